//! What stands around a map: the title above, key, scale and credit below, the city small in a corner.

use super::EDGES;
use super::ground::{Dot, Frame};
use super::sheet::{Captions, EDGE, FILL, FOOT, INK, Sheet, TITLE};
use super::view::View;
use super::write::{Type, push, text};

impl Sheet<'_> {
    /// The whole city small, and in it the part that the map shows.
    pub(super) fn overview(&self, svg: &mut String, corner: Frame) {
        let view = View::fit(self.ground.frame, corner.wider(-10.0));
        let rectangle = |frame: &Frame, more: &str| {
            format!(
                r#"<rect x="{:.1}" y="{:.1}" width="{:.1}" height="{:.1}" {more}/>"#,
                frame.west,
                frame.north,
                frame.width(),
                frame.height()
            )
        };
        let card = r##"fill="#ffffff" stroke="#52606d" stroke-width="2""##;
        svg.push_str(&rectangle(&corner, card));
        let inner = rectangle(&corner.wider(-2.0), "");
        push(
            svg,
            format_args!(r#"<clipPath id="o">{inner}</clipPath><g clip-path="url(#o)">"#),
        );
        self.land(svg, &view);
        self.marked(svg, &view, false);
        svg.push_str("</g>");
        let shown = self.view.ground;
        let (from, to) = (
            Dot {
                x: shown.west,
                y: shown.north,
            },
            Dot {
                x: shown.east,
                y: shown.south,
            },
        );
        let shown = Frame::around([view.place(from), view.place(to)]);
        if let Some(shown) = shown.and_then(|shown| shown.common(&corner.wider(-4.0))) {
            let window = format!(r#"fill="none" stroke="{INK}" stroke-width="3""#);
            svg.push_str(&rectangle(&shown, &window));
        }
    }

    /// The strip above: what it is about, on one line or two.
    pub(super) fn title(&self, svg: &mut String, title: &str) {
        let (width, room) = (f64::from(EDGES.0), f64::from(EDGES.0) - 2.0 * 28.0);
        push(
            svg,
            format_args!(r#"<rect width="{width}" height="{TITLE}" fill="{INK}"/>"#),
        );
        let kind = |size| Type {
            size,
            bold: true,
            colour: "#ffffff",
            anchor: "start",
            rim: false,
        };
        let x = 28.0;
        let fits = |words: &str, size| {
            self.paint
                .width(&text(words, kind(size), Dot { x, y: 0.0 }))
                <= room
        };
        let middle = TITLE / 2.0;
        if let Some(size) = [46, 40, 34].into_iter().find(|size| fits(title, *size)) {
            let y = middle + 0.36 * f64::from(size);
            svg.push_str(&text(title, kind(size), Dot { x, y }));
            return;
        }
        let size = 31;
        let (first, rest) = broken(title, |words| fits(words, size));
        let (second, more) = broken(rest, |words| fits(&format!("{words} …"), size));
        let second = if more.is_empty() {
            second.to_owned()
        } else {
            format!("{second} …")
        };
        svg.push_str(&text(first, kind(size), Dot { x, y: 39.0 }));
        svg.push_str(&text(&second, kind(size), Dot { x, y: 77.0 }));
    }

    /// The strip below: what the hatching means, how long a kilometre is, whom to credit.
    pub(super) fn foot(&self, svg: &mut String, captions: &Captions) {
        let (width, height) = (f64::from(EDGES.0), f64::from(EDGES.1));
        let top = height - FOOT;
        push(
            svg,
            format_args!(r##"<rect y="{top}" width="{width}" height="{FOOT}" fill="#ffffff"/>"##),
        );
        push(
            svg,
            format_args!(
                r#"<path d="M28 {0}h52v28h-52z" fill="{FILL}"/><path d="M28 {0}h52v28h-52z" fill="url(#h)" stroke="{EDGE}" stroke-width="3"/>"#,
                top + 14.0
            ),
        );
        let kind = |size, colour, anchor| Type {
            size,
            bold: false,
            colour,
            anchor,
            rim: false,
        };
        let y = top + 37.0;
        let legend = text(
            &captions.affected,
            kind(26, INK, "start"),
            Dot { x: 94.0, y },
        );
        let scale_from = 94.0 + self.paint.width(&legend) + 44.0;
        svg.push_str(&legend);
        let length = f64::from(self.scale_metres()) * self.view.scale;
        push(
            svg,
            format_args!(
                r#"<path d="M{scale_from:.1} {0:.1}v14h{length:.1}v-14" fill="none" stroke="{INK}" stroke-width="3"/>"#,
                top + 21.0
            ),
        );
        let x = scale_from + length + 14.0;
        svg.push_str(&text(
            &captions.length,
            kind(24, INK, "start"),
            Dot { x, y },
        ));
        if !self.ground.credit.is_empty() {
            let credit = format!("© {}", self.ground.credit);
            let x = width - 20.0;
            svg.push_str(&text(&credit, kind(19, "#52606d", "end"), Dot { x, y }));
        }
    }
}

/// As many of the first words as `fits` lets stand, at least one, and the rest.
fn broken(words: &str, fits: impl Fn(&str) -> bool) -> (&str, &str) {
    let words = words.trim();
    if fits(words) {
        return (words, "");
    }
    let gaps: Vec<usize> = words.match_indices(' ').map(|(at, _)| at).collect();
    let last = gaps.iter().rev().find(|at| fits(&words[..**at]));
    let at = *last.or(gaps.first()).unwrap_or(&words.len());
    (&words[..at], words[at..].trim())
}
