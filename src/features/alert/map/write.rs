//! SVG by hand: paths, texts and the few other elements that a map is made of.

use std::fmt::Write as _;

use super::ground::Dot;
use super::paint::FAMILY;
use super::view::View;

/// How near a corner may be to the one before it and still be drawn, in pixels.
const STEP: f64 = 0.8;
/// How far outside the picture a corner may lie, in pixels.
const FAR: f64 = 100_000.0;

/// Rings as the `d` of a path, to be filled by the even-odd rule.
pub(super) fn path<'a>(rings: impl IntoIterator<Item = &'a Vec<Dot>>, view: &View) -> String {
    let mut d = String::new();
    for ring in rings {
        let mut last: Option<Dot> = None;
        for corner in ring {
            let at = view.place(*corner);
            let at = Dot {
                x: at.x.clamp(-FAR, FAR),
                y: at.y.clamp(-FAR, FAR),
            };
            if last.is_some_and(|last| (last.x - at.x).hypot(last.y - at.y) < STEP) {
                continue;
            }
            let letter = if last.is_none() { 'M' } else { 'L' };
            push(&mut d, format_args!("{letter}{:.1} {:.1}", at.x, at.y));
            last = Some(at);
        }
        if last.is_some() {
            d.push('Z');
        }
    }
    d
}

/// How a text stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct Type {
    /// Pixels.
    pub(super) size: u32,
    pub(super) bold: bool,
    pub(super) colour: &'static str,
    /// `start`, `middle` or `end`.
    pub(super) anchor: &'static str,
    /// Whether a light rim sets it apart from what is below.
    pub(super) rim: bool,
}

/// A text with its base line at `at`.
pub(super) fn text(words: &str, kind: Type, at: Dot) -> String {
    let weight = if kind.bold { 700 } else { 400 };
    let rim = if kind.rim {
        r##" stroke="#ffffff" stroke-width="7" stroke-linejoin="round" paint-order="stroke""##
    } else {
        ""
    };
    format!(
        r#"<text x="{:.1}" y="{:.1}" font-family="{FAMILY}" font-size="{}" font-weight="{weight}" fill="{}" text-anchor="{}"{rim}>{}</text>"#,
        at.x,
        at.y,
        kind.size,
        kind.colour,
        kind.anchor,
        escaped(words)
    )
}

/// A text as XML carries it: on one line, without characters that XML has none for.
fn escaped(words: &str) -> String {
    let mut safe = String::with_capacity(words.len());
    for char in words.chars() {
        match char {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            char if char.is_whitespace() || char.is_control() => safe.push(' '),
            '\u{fffe}' | '\u{ffff}' => {}
            char => safe.push(char),
        }
    }
    safe
}

/// Writing into a string does not fail.
pub(super) fn push(svg: &mut String, what: std::fmt::Arguments<'_>) {
    let _ = svg.write_fmt(what);
}
