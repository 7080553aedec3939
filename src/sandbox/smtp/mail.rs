//! A mail as a reader sees it: subject, plain text, links, headers; for the ledger.

use mail_parser::{MessageParser, PartType};
use serde_json::{Map, Value, json};

use crate::base::clock::Millis;
use crate::sandbox::ledger::{Seen, What};

/// The ledger's entry for a message that was accepted from `sender` for `recipient`.
///
/// `raw` holds `headers` (name → value as sent, unfolded; repeated ones joined by line breaks),
/// `source` (the whole message) and `envelope_from`.
pub(super) fn seen(source: &[u8], sender: &str, recipient: &str) -> Seen {
    let parsed = MessageParser::default().parse(source).unwrap_or_default();
    let subject = parsed.subject().unwrap_or_default();
    let text = parsed.body_text(0).unwrap_or_default();
    let html = parsed.html_part(0).and_then(|part| match &part.body {
        PartType::Html(html) => Some(html.as_ref()),
        _ => None,
    });
    let mut headers = Map::new();
    for header in parsed.headers() {
        // From the source, because the parser writes well-known names in its own way.
        let at = |from: u32, to: u32| source.get(from as usize..to as usize).unwrap_or_default();
        let name = at(header.offset_field, header.offset_start);
        let name = String::from_utf8_lossy(name);
        let name = name.trim_end().trim_end_matches(':');
        let value = at(header.offset_start, header.offset_end);
        let value = unfolded(&String::from_utf8_lossy(value));
        match headers.get_mut(name) {
            Some(Value::String(before)) => *before = format!("{before}\n{value}"),
            _ => drop(headers.insert(name.to_owned(), Value::String(value))),
        }
    }
    Seen {
        number: 0,
        at: Millis(0),
        channel: "email",
        to: recipient.to_owned(),
        id: parsed.message_id().unwrap_or_default().to_owned(),
        what: What::Sent,
        text: format!("{subject}\n\n{}", text.replace("\r\n", "\n").trim_end()),
        buttons: html.map_or_else(|| addresses(&text), links),
        lists: vec![],
        raw: json!({
            "headers": headers,
            "source": String::from_utf8_lossy(source),
            "envelope_from": sender,
        }),
    }
}

fn unfolded(value: &str) -> String {
    let lines: Vec<&str> = value.lines().map(str::trim).collect();
    lines.join(" ").trim().to_owned()
}

/// Label and address of every link of a page, in reading order.
fn links(html: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    // Lower case in ASCII only keeps every byte where it is.
    let lower = html.to_ascii_lowercase();
    let mut from = 0;
    while let Some(start) = lower[from..].find("<a ").map(|at| from + at) {
        let Some(end) = lower[start..].find("</a").map(|at| start + at) else {
            break;
        };
        from = end;
        let element = &html[start..end];
        let Some((tag, label)) = element.split_once('>') else {
            continue;
        };
        if let Some((_, after)) = tag.split_once("href=\"")
            && let Some((address, _)) = after.split_once('"')
        {
            found.push((unescaped(&without_tags(label)), unescaped(address)));
        }
    }
    found
}

/// The web addresses in a plain text, each its own label.
fn addresses(text: &str) -> Vec<(String, String)> {
    text.split_whitespace()
        .filter(|word| word.starts_with("https://") || word.starts_with("http://"))
        .map(|word| (word.to_owned(), word.to_owned()))
        .collect()
}

fn without_tags(html: &str) -> String {
    let mut inside = false;
    let kept = html.chars().filter(|letter| {
        let was_inside = inside;
        inside = match letter {
            '<' => true,
            '>' => false,
            _ => inside,
        };
        !was_inside && !inside
    });
    kept.collect::<String>().trim().to_owned()
}

fn unescaped(html: &str) -> String {
    html.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&amp;", "&")
}

#[cfg(test)]
mod tests {
    use super::links;

    #[test]
    fn links_are_found_with_their_labels() {
        let html = r#"<p>x <A class="b" href="https://a.bg/?x=1&amp;y=2"> See <b>more</b></a>
            <a name="top">no link</a> <a href="mailto:stop@a.bg">Stop</a>"#;
        assert_eq!(
            links(html),
            [
                ("See more".to_owned(), "https://a.bg/?x=1&y=2".to_owned()),
                ("Stop".to_owned(), "mailto:stop@a.bg".to_owned())
            ]
        );
    }
}
