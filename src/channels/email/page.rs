//! A letter as a simple HTML page: one column, real headings, readable in light and in dark.

use super::own::Own;
use super::words::EmailWords;
use crate::message::picture::Picture;
use crate::message::{Action, Block, Lang, Letter, Weight};

/// The most bytes of a letter's blocks. Gmail shows 102 KB of a page and hides the rest, with it
/// the way to stop; the frame and the footer need some of that.
const BLOCKS: usize = 90_000;

/// What stands after the part of a page that is different for each reader.
pub(super) const CLOSING: &str = "</div>\n</body>\n</html>\n";

/// The direction of every text follows its own first letter: names may come in any script.
const PARAGRAPH: &str = "<p dir=\"auto\">";

/// Colours are set only in pairs of text and ground, each with a contrast above 4.5 to 1; all
/// other text keeps the reader's own colours, light or dark. Without its style the page is still
/// in order. The second block stands apart for programs that drop a block they do not understand.
const STYLE: &str = r#"<style>
:root{color-scheme:light dark;supported-color-schemes:light dark}
body{margin:0;padding:0}
.mail{max-width:600px;margin:0 auto;padding:24px 16px;font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",Arial,sans-serif;overflow-wrap:break-word}
h1{margin:0 0 16px;font-size:24px;line-height:1.3}
p,ul,dl,blockquote{margin:0 0 16px}
ul{padding-left:24px}
dt{font-weight:bold}
dd{margin:0 0 8px}
blockquote{padding:0 0 0 12px;border-left:4px solid #767676}
.level{display:inline-block;margin:0 0 12px;padding:2px 12px;border-radius:4px;font-weight:bold}
.warning{background:#8a4b00;color:#ffffff}
.danger{background:#b00020;color:#ffffff}
.button{display:inline-block;padding:10px 20px;border-radius:6px;background:#0b57d0;color:#ffffff;font-weight:bold;text-decoration:none}
.small{margin:24px 0 0;padding:12px 0 0;border-top:1px solid #767676;font-size:14px}
.small+.small{margin:0;border:0}
</style>
<style>
@media (prefers-color-scheme:dark){
.warning{background:#ffb95c;color:#2b1700}
.danger{background:#ffb3b3;color:#520006}
.button{background:#a8c7fa;color:#062e6f}
}
</style>"#;

/// The page up to where the reader's own part begins.
///
/// A picture stands behind the text, with its words for whoever cannot or does not want to see it.
pub(super) fn opening(
    letter: &Letter<String>,
    lang: Lang,
    words: &EmailWords,
    picture: Option<(&Picture<String>, &str)>,
) -> String {
    let title = escaped(letter.title.as_deref().unwrap_or_default()).replace('\n', " ");
    let mut page = format!(
        "<!DOCTYPE html>\n<html lang=\"{lang}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n\
         <meta name=\"supported-color-schemes\" content=\"light dark\">\n\
         <title>{title}</title>\n{STYLE}\n</head>\n<body>\n<div class=\"mail\" lang=\"{lang}\">\n"
    );
    if let Some((class, word)) = level(letter.weight, words) {
        let opening = format!("<p class=\"level {class}\">");
        push(&mut page, &opening, word, "</p>\n");
    }
    if let Some(title) = &letter.title {
        push(&mut page, "<h1 dir=\"auto\">", title, "</h1>\n");
    }
    push_blocks(&mut page, &letter.body, words);
    if let Some((picture, source)) = picture {
        push(&mut page, "<p><img src=\"", source, "\" alt=\"");
        // An attribute has no line breaks of HTML in it.
        page.push_str(&escaped(&picture.alternative).replace('\n', " "));
        page.push_str("\" width=\"600\" style=\"max-width:100%;height:auto\"></p>\n");
    }
    for (label, url) in links(letter) {
        push(
            &mut page,
            "<p><a class=\"button\" href=\"",
            url.as_str(),
            "\">",
        );
        push(&mut page, "", label, "</a></p>\n");
    }
    page
}

/// The reader's own part: the buttons that answer us as links, the footer, what can be changed.
pub(super) fn own_part(footer: Option<&str>, own: &Own, words: &EmailWords) -> String {
    let mut page = String::new();
    for (label, url) in &own.presses {
        push(&mut page, "<p><a href=\"", url, "\">");
        push(&mut page, "", label, "</a></p>\n");
    }
    if let Some(footer) = footer {
        push(
            &mut page,
            "<p class=\"small\" dir=\"auto\">",
            footer,
            "</p>\n",
        );
    }
    let links: Vec<String> = (own.links(words))
        .map(|(label, url)| format!("<a href=\"{}\">{}</a>", escaped(url), escaped(label)))
        .collect();
    if !links.is_empty() {
        page.push_str("<p class=\"small\">");
        page.push_str(&links.join("<br>\n"));
        page.push_str("</p>\n");
    }
    page
}

/// How grave a letter is, in a word; nothing for ordinary ones.
pub(super) fn level(weight: Weight, words: &EmailWords) -> Option<(&'static str, &str)> {
    match weight {
        Weight::Silent | Weight::Normal => None,
        Weight::Warning => Some(("warning", &words.warning)),
        Weight::Danger => Some(("danger", &words.danger)),
    }
}

/// The pages that a letter points to.
pub(super) fn links(letter: &Letter<String>) -> impl Iterator<Item = (&String, &url::Url)> {
    letter
        .actions
        .iter()
        .flatten()
        .filter_map(|action| match action {
            Action::Open { label, url } => Some((label, url)),
            Action::Press { .. } | Action::Type { .. } | Action::Share { .. } => None,
        })
}

fn push_blocks(page: &mut String, blocks: &[Block<String>], words: &EmailWords) {
    let most = page.len() + BLOCKS;
    for block in blocks {
        let html = self::html(block);
        if page.len() + html.len() <= most {
            page.push_str(&html);
            continue;
        }
        if let Block::Paragraph(text) | Block::Quote(text) = block {
            page.push_str(PARAGRAPH);
            let room = most.saturating_sub(page.len());
            page.push_str(cut(&with_breaks(text), room));
            page.push_str("…</p>\n");
        }
        push(page, "<p><em>", &words.cut, "</em></p>\n");
        return;
    }
}

fn html(block: &Block<String>) -> String {
    let mut html = String::new();
    match block {
        Block::Paragraph(text) => push(&mut html, PARAGRAPH, text, "</p>\n"),
        Block::Quote(text) => push(
            &mut html,
            "<blockquote dir=\"auto\">",
            text,
            "</blockquote>\n",
        ),
        // A mail has no buttons.
        Block::Choice(_) => {}
        Block::Bullets(items) => {
            html.push_str("<ul>\n");
            for item in items {
                push(&mut html, "<li dir=\"auto\">", item, "</li>\n");
            }
            html.push_str("</ul>\n");
        }
        Block::Facts(facts) => {
            html.push_str("<dl>\n");
            for (name, value) in facts {
                push(&mut html, "<dt dir=\"auto\">", name, "</dt>\n");
                push(&mut html, "<dd dir=\"auto\">", value, "</dd>\n");
            }
            html.push_str("</dl>\n");
        }
    }
    html
}

/// Appends an element with text in it.
fn push(page: &mut String, opening: &str, text: &str, closing: &str) {
    page.push_str(opening);
    page.push_str(&with_breaks(text));
    page.push_str(closing);
}

/// The beginning of a piece of HTML that is text, entities and `<br>` only, at most `room` bytes,
/// cut at a blank: neither an entity nor a `<br>` has one inside.
fn cut(html: &str, room: usize) -> &str {
    let fits = &html[..html.floor_char_boundary(room)];
    fits.rfind(char::is_whitespace).map_or("", |at| &fits[..at])
}

/// Text as HTML, safe in elements and in quoted attributes; controls, which HTML forbids, go.
fn escaped(text: &str) -> String {
    let mut html = String::with_capacity(text.len() + 16);
    for letter in text.chars() {
        match letter {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            '\n' | '\t' => html.push(letter),
            letter if letter.is_control() => {}
            letter => html.push(letter),
        }
    }
    html
}

fn with_breaks(text: &str) -> String {
    escaped(text).replace('\n', "<br>\n")
}

#[cfg(test)]
mod tests {
    use super::{EmailWords, Letter, opening};
    use crate::message::Block;

    fn words() -> EmailWords {
        EmailWords {
            cut: "There is more.".to_owned(),
            ..EmailWords::default()
        }
    }

    #[test]
    fn text_never_becomes_markup() {
        let mut letter = Letter::line("@everyone <b>\"&\u{0}".to_owned());
        letter.title = Some("</title><script>".to_owned());
        let page = opening(&letter, "en".parse().expect("a language"), &words(), None);
        assert!(page.contains("<p dir=\"auto\">@everyone &lt;b&gt;&quot;&amp;</p>"));
        assert!(page.contains("<h1 dir=\"auto\">&lt;/title&gt;&lt;script&gt;</h1>"));
    }

    #[test]
    fn a_page_stays_short_enough_to_be_shown_whole_and_says_that_it_was_cut() {
        let mut letter = Letter::line("one & two\n".repeat(20_000));
        letter.body.push(Block::Paragraph("last".to_owned()));
        let page = opening(&letter, "en".parse().expect("a language"), &words(), None);
        assert!(page.len() < 96_000 && page.len() > 80_000);
        assert!(page.contains("There is more.") && !page.contains("last"));
        assert!(!page.contains("&a…") && !page.contains("<b…"));
    }
}
