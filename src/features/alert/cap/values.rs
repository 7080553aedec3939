//! The small texts inside a CAP message: times, shapes, references, lines.

use chrono::DateTime;

use super::super::Reference;
use crate::base::clock::Millis;
use crate::base::point::{Point, Shape};
use crate::base::xml;

/// The longest excerpt of an unreadable text, in characters.
const EXCERPT: usize = 60;
/// Half the way round the globe in kilometres: no circle is larger.
const MAX_RADIUS_KM: f64 = 20_038.0;

/// No height or depth is larger, in feet.
const MAX_HEIGHT: f64 = 1e6;

/// 1970-01-01 to 2200-01-01: what lies outside is a mistake and not a time.
pub(in crate::features) const PLAUSIBLE: std::ops::Range<i64> = 0..7_258_118_400_000;

/// A time with its offset. CAP asks for `2026-02-03T04:05:06+02:00`; seen and read besides: `Z`,
/// fractions of a second, a blank for the `T`, an offset without its colon, no seconds. CAP counts
/// whole seconds, and so do we: fractions are cut off, or a reference could not be matched.
pub(in crate::features) fn time(text: &str) -> Option<Millis> {
    let text = text.trim().replacen(' ', "T", 1);
    DateTime::parse_from_rfc3339(&text)
        .or_else(|_| DateTime::parse_from_str(&text, "%Y-%m-%dT%H:%M:%S%.f%#z"))
        .or_else(|_| DateTime::parse_from_str(&text, "%Y-%m-%dT%H:%M%#z"))
        .ok()
        .map(|at| Millis(Millis::from(at).0.div_euclid(1000) * 1000))
        .filter(|at| PLAUSIBLE.contains(&at.0))
}

/// `sender,identifier,sent`.
pub(super) fn reference(text: &str) -> Option<Reference> {
    let (sender, rest) = text.split_once(',')?;
    let (identifier, sent) = rest.rsplit_once(',')?;
    Some(Reference {
        sender: line(sender),
        identifier: line(identifier),
        sent: time(sent)?,
    })
}

/// A polygon of `lat,lon` pairs, closed or open, with brackets and stray commas or without.
/// At least three different corners.
pub(super) fn polygon(text: &str) -> Option<Shape> {
    let numbers = numbers(text)?;
    let (pairs, rest) = numbers.as_chunks::<2>();
    if !rest.is_empty() {
        return None;
    }
    let mut ring = pairs
        .iter()
        .map(|[lat, lon]| Point::from_degrees(*lat, *lon))
        .collect::<Option<Vec<_>>>()?;
    ring.dedup();
    while ring.len() > 1 && ring.first() == ring.last() {
        ring.pop();
    }
    (ring.len() >= 3).then_some(Shape::Polygon(ring))
}

/// A circle of `lat,lon radius`, the radius in kilometres; it is kept to the millimetre.
pub(super) fn circle(text: &str) -> Option<Shape> {
    let [lat, lon, radius_km] = numbers(text)?.try_into().ok()?;
    if !(0.0..=MAX_RADIUS_KM).contains(&radius_km) {
        return None;
    }
    Some(Shape::Circle {
        centre: Point::from_degrees(lat, lon)?,
        radius_m: (radius_km * 1e6).round() / 1e3,
    })
}

/// A height in feet, kept to the thousandth; none where it is nowhere near the earth.
pub(super) fn height(text: &str) -> Option<f64> {
    let [feet] = numbers(text)?.try_into().ok()?;
    let near = (-MAX_HEIGHT..=MAX_HEIGHT).contains(&feet);
    near.then(|| (feet * 1e3).round() / 1e3)
}

/// A language tag as XML Schema has it (`xs:language`), with hyphens; `und`, which BCP 47 has for
/// the undetermined, where the text is none.
pub(super) fn language(text: &str) -> String {
    let tag = text.trim().replace('_', "-");
    let part = |(number, part): (usize, &str)| {
        (1..=8).contains(&part.len())
            && part
                .bytes()
                .all(|byte| byte.is_ascii_alphabetic() || number > 0 && byte.is_ascii_digit())
    };
    if tag.split('-').enumerate().all(part) {
        tag
    } else {
        "und".to_owned()
    }
}

/// The decimal numbers of a text that holds nothing else but separators and brackets.
fn numbers(text: &str) -> Option<Vec<f64>> {
    text.split(|mark: char| mark.is_whitespace() || ",;()[]{}".contains(mark))
        .filter(|piece| !piece.is_empty())
        .map(|piece| {
            let plain = piece
                .bytes()
                .all(|b| b.is_ascii_digit() || b"+-.".contains(&b));
            plain.then(|| piece.parse().ok()).flatten()
        })
        .collect()
}

/// An absolute http or https address.
pub(in crate::features) fn web(text: &str) -> Option<url::Url> {
    let url = url::Url::parse(text).ok()?;
    (matches!(url.scheme(), "http" | "https") && url.has_host()).then_some(url)
}

/// A text on one line: what is no letter for XML or for people dropped, each run of white space one
/// blank.
pub(in crate::features) fn line(text: &str) -> String {
    let shown = |letter: &char| !letter.is_control() && xml::is_carried(*letter);
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        let before = out.len();
        out.extend((before > 0).then_some(' '));
        let start = out.len();
        out.extend(word.chars().filter(shown));
        if out.len() == start {
            out.truncate(before);
        }
    }
    out
}

/// A text with its line breaks: each line as [`line`] has it, at most one empty line in a row,
/// none at the ends.
pub(in crate::features) fn lines(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut empty = 0;
    for line in text.lines().map(line) {
        if line.is_empty() {
            empty += 1;
            continue;
        }
        if !out.is_empty() {
            out.push_str(if empty > 0 { "\n\n" } else { "\n" });
        }
        empty = 0;
        out.push_str(&line);
    }
    out
}

/// The beginning of a text, short enough to be shown.
pub(in crate::features) fn excerpt(text: &str) -> String {
    let text = line(text);
    match text.char_indices().nth(EXCERPT) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_in_every_form_seen() {
        let expected = Millis::parse_rfc3339("2026-02-03T04:05:06Z").unwrap();
        for text in [
            "2026-02-03T06:05:06+02:00",
            "2026-02-03T04:05:06-00:00",
            "2026-02-03T04:05:06Z",
            "2026-02-03T06:05:06+0200",
            " 2026-02-03 06:05:06+02:00\n",
        ] {
            assert_eq!(time(text), Some(expected), "{text}");
        }
        assert!(time("2026-02-03T06:05+02:00").is_some());
        assert!(time("2026-02-03T06:05:06.5+02:00").is_some());
        for text in [
            "",
            "2026-02-03T06:05:06",
            "2026-02-30T06:05:06Z",
            "0001-01-01T00:00:00Z",
            "soon",
        ] {
            assert_eq!(time(text), None, "{text}");
        }
    }

    #[test]
    fn polygons_are_closed_by_us_and_brackets_forgiven() {
        let square = polygon("42.70,23.20 42.70,23.30 42.75,23.30 42.70,23.20");
        assert!(matches!(&square, Some(Shape::Polygon(ring)) if ring.len() == 3));
        for text in [
            "42.70,23.20 42.70,23.30 42.75,23.30",
            "(42.70,23.20) (42.70,23.30) (42.75,23.30)",
            "[[42.70, 23.20], [42.70, 23.30], [42.75, 23.30]]",
            "+42.70,+23.20, 42.70,23.30, 42.75,23.30, ",
        ] {
            assert_eq!(polygon(text), square, "{text}");
        }
    }

    #[test]
    fn shapes_that_are_none_are_not_made_up() {
        for text in [
            "",
            "42.7,23.2",
            "42.7,23.2 42.7,23.2 42.7,23.2 42.7,23.2",
            "42.7,23.2 42.7,23.3 42.8",
            "142.7,23.2 42.7,23.3 42.8,23.3",
            "42.7,NaN 42.7,23.3 42.8,23.3",
            "north of the river",
        ] {
            assert_eq!(polygon(text), None, "{text}");
        }
        for text in [
            "42.7,23.2",
            "42.7,23.2 -1",
            "42.7,23.2 1e9",
            "42.7,23.2 99999",
        ] {
            assert_eq!(circle(text), None, "{text}");
        }
        let centre = Point::from_degrees(42.7, 23.2).unwrap();
        let radius_m = 500.0;
        let half_a_kilometre = Shape::Circle { centre, radius_m };
        assert_eq!(circle("42.7,23.2 0.5"), Some(half_a_kilometre));
    }

    #[test]
    fn lines_keep_their_breaks_and_lose_their_indents() {
        assert_eq!(lines("  a\tb \r\n   c\n\n\n\n d\u{7}e  \n"), "a b\nc\n\nde");
        assert_eq!(line(" a\n b\u{0}c "), "a bc");
    }
}
