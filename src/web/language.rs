//! Which language a browser asks for (RFC 9110 §12.5.4, RFC 4647 §3.4).

use axum::http::HeaderMap;
use axum::http::header::ACCEPT_LANGUAGE;

use crate::message::Lang;
use crate::message::catalogue::Catalogue;

/// The most of a header that is read, in bytes, and the most languages in it.
const MOST_TEXT: usize = 1024;
const MOST_LANGUAGES: usize = 32;

/// The first language of an `Accept-Language` header that is among `available`, by quality and
/// then by order; the first of `available` when there is none. `available` is never empty.
#[must_use]
pub fn preferred(headers: &HeaderMap, available: &[Lang]) -> Option<Lang> {
    let header = headers.get(ACCEPT_LANGUAGE);
    let text = header.and_then(|value| value.to_str().ok()).unwrap_or("");
    let tags = by_quality(text);
    Catalogue::choose(&tags, available)
}

/// The tags of a header, best first; what is refused (`q=0`) or not to be read is left out.
fn by_quality(text: &str) -> Vec<&str> {
    let text = text.get(..MOST_TEXT).unwrap_or(text);
    let mut wanted: Vec<(&str, u16)> = text
        .split(',')
        .take(MOST_LANGUAGES)
        .filter_map(|range| {
            let (tag, parameters) = range.split_once(';').unwrap_or((range, ""));
            let quality = match parameters.trim().strip_prefix("q=") {
                Some(quality) => thousandths(quality.trim())?,
                None => 1000,
            };
            Some((tag.trim(), quality))
        })
        .filter(|(tag, quality)| !tag.is_empty() && *quality > 0)
        .collect();
    wanted.sort_by_key(|(_, quality)| std::cmp::Reverse(*quality));
    wanted.into_iter().map(|(tag, _)| tag).collect()
}

/// A quality between 0 and 1 with up to three decimals.
fn thousandths(text: &str) -> Option<u16> {
    let (whole, decimals) = text.split_once('.').unwrap_or((text, ""));
    if decimals.len() > 3 || !decimals.bytes().all(|digit| digit.is_ascii_digit()) {
        return None;
    }
    let decimals: u16 = format!("{decimals:0<3}").parse().ok()?;
    match (whole, decimals) {
        ("0", decimals) => Some(decimals),
        ("1", 0) => Some(1000),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_language_that_we_speak_is_chosen() {
        let lang = |tag: &str| -> Lang { tag.parse().expect("a language") };
        let ours = [lang("bg"), lang("en")];
        for (header, chosen) in [
            ("en", "en"),
            ("en-GB,en;q=0.9,bg;q=0.8", "en"),
            ("bg-BG, en;q=0.5", "bg"),
            ("en;q=0.4, bg;q=0.6", "bg"),
            ("de, fr;q=0.9, en;q=0.1", "en"),
            ("en;q=0, bg;q=0.1", "bg"),
            ("tr, de", "bg"),
            ("", "bg"),
            ("*", "bg"),
            ("en;q=2, ;;;, en;q=abc", "bg"),
            ("EN-us", "en"),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(ACCEPT_LANGUAGE, header.parse().expect("a header"));
            assert_eq!(preferred(&headers, &ours), Some(lang(chosen)), "{header}");
        }
        assert_eq!(preferred(&HeaderMap::new(), &ours), Some(lang("bg")));
        let many = "xx,".repeat(100_000) + "en";
        assert!(by_quality(&many).len() <= MOST_LANGUAGES);
    }
}
