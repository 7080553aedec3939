//! One map: what is affected in its surroundings, names, an overview, scale and credit.

use super::ground::{Dot, Frame, Ground, Plot};
use super::label::Grid;
use super::paint::{Paint, PaintFault};
use super::view::{Drawn, View};
use super::write::{Type, path, push, text};
use super::{Affected, EDGES};
use crate::message::Lang;

/// The heights of the strips above and below the map, in pixels.
pub(super) const TITLE: f64 = 92.0;
pub(super) const FOOT: f64 = 56.0;
/// The width of the overview, and how far it is from the edges.
const OVERVIEW: f64 = 270.0;
const ASIDE: f64 = 16.0;
/// The most names on a map; of more districts only those are named that have room for it.
const MOST_NAMES: usize = 12;
/// The least radius at which something small is still seen, in pixels.
const LEAST_RADIUS: f64 = 12.0;

/// Circles up to this width are kept free of names, in pixels.
const SMALL: f64 = 240.0;
/// How much a square of the map that is affected weighs, beside 1 for any other of the city: more
/// than all others that an overview covers.
const HIDDEN: u32 = 10_000;

pub(super) const INK: &str = "#1f2933";
const LAND: &str = "#dfe4e8";
pub(super) const FILL: &str = "#f6a04d";
pub(super) const EDGE: &str = "#7c2d12";

/// Dark lines at 45°, for whom the colour alone says nothing; the tiles meet without a seam.
const HATCH: &str = r##"<defs><pattern id="h" width="20" height="20" patternUnits="userSpaceOnUse"><path d="M-5 5L5 -5M0 20L20 0M15 25L25 15" stroke="#7c2d12" stroke-width="3.2" stroke-opacity=".62"/></pattern></defs>"##;

/// What is written on a map, in the reader's language.
#[derive(Debug, Clone, PartialEq)]
pub struct Captions {
    /// What it is about; two lines have room.
    pub title: String,
    /// What the hatched area is.
    pub affected: String,
    /// How long the scale is.
    pub length: String,
}

/// A map, to be written in one language or more.
#[derive(Debug)]
pub struct Sheet<'a> {
    pub(super) ground: &'a Ground,
    pub(super) paint: &'a Paint,
    affected: &'a Affected,
    drawn: Vec<Drawn>,
    pub(super) view: View,
    grid: Grid,
    /// Where the overview is; none where the whole city is shown anyway.
    corner: Option<Frame>,
}

impl<'a> Sheet<'a> {
    pub(super) fn new(
        ground: &'a Ground,
        paint: &'a Paint,
        affected: &'a Affected,
    ) -> Option<Self> {
        let shapes = affected.shapes.iter();
        let drawn: Vec<Drawn> = shapes.map(|shape| Drawn::new(shape, ground)).collect();
        let (width, height) = (f64::from(EDGES.0), f64::from(EDGES.1));
        let frame = Frame {
            west: 0.0,
            north: TITLE,
            east: width,
            south: height - FOOT,
        };
        let (view, near) = View::of(ground, affected, &drawn, frame)?;
        let mut sheet = Self {
            ground,
            paint,
            affected,
            drawn,
            grid: Grid::new(ground, &view),
            view,
            corner: None,
        };
        if near {
            sheet.make_room();
        }
        Some(sheet)
    }

    /// Finds a corner for the overview; where all four would hide something that is affected, the
    /// view moves aside.
    fn make_room(&mut self) {
        let (corner, hidden) = self.lightest();
        self.corner = Some(corner);
        if hidden < HIDDEN {
            return;
        }
        let aside = OVERVIEW + ASIDE;
        let frame = self.view.frame;
        let mut beside = frame;
        if corner.west < frame.middle().x {
            beside.west += aside;
        } else {
            beside.east -= aside;
        }
        self.view = self.view.beside(beside);
        self.grid = Grid::new(self.ground, &self.view);
        self.corner = Some(self.lightest().0);
    }

    /// How many metres the scale below the map stands for.
    #[must_use]
    pub fn scale_metres(&self) -> u32 {
        self.view.round_length(180.0)
    }

    /// The map as PNG.
    ///
    /// # Errors
    /// A [`PaintFault`].
    pub fn png(&self, captions: &Captions, lang: Lang) -> Result<Vec<u8>, PaintFault> {
        self.paint.png(&self.svg(captions, lang))
    }

    /// The map as SVG.
    #[must_use]
    pub fn svg(&self, captions: &Captions, lang: Lang) -> String {
        let (width, height) = EDGES;
        let mut svg = format!(
            r##"<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}">{HATCH}<rect width="100%" height="100%" fill="#eef2f5"/>"##
        );
        self.land(&mut svg, &self.view);
        self.marked(&mut svg, &self.view, true);
        self.borders(&mut svg);
        let mut grid = self.grid.clone();
        if let Some(corner) = self.corner {
            grid.take(corner);
            self.overview(&mut svg, corner);
        }
        for shape in &self.drawn {
            if let Drawn::Round { middle, radius } = shape {
                let edge = 2.0 * (radius * self.view.scale).max(LEAST_RADIUS);
                if edge < SMALL {
                    grid.take(Frame::centred(self.view.place(*middle), edge, edge));
                }
            }
        }
        self.names(&mut svg, &mut grid, lang);
        self.title(&mut svg, &captions.title);
        self.foot(&mut svg, captions);
        svg.push_str("</svg>");
        svg
    }

    /// The city in grey: its edge first and wide, so that the districts cover the inner half of it.
    pub(super) fn land(&self, svg: &mut String, view: &View) {
        let plots = self.ground.plots.iter();
        let d: String = plots.map(|plot| path(&plot.rings, view)).collect();
        for (fill, stroke, width) in [("none", "#7b8794", 5.0), (LAND, "#ffffff", 2.0)] {
            push(
                svg,
                format_args!(
                    r#"<path d="{d}" fill="{fill}" stroke="{stroke}" stroke-width="{width}" stroke-linejoin="round" fill-rule="evenodd"/>"#
                ),
            );
        }
    }

    /// What is affected: districts as a whole, then what is drawn; hatched where `large`.
    pub(super) fn marked(&self, svg: &mut String, view: &View, large: bool) {
        let width = match (large, self.corner.is_some()) {
            (true, true) => 3.5,
            (true, false) => 2.2,
            (false, _) => 1.5,
        };
        let hatched = |svg: &mut String, d: &str| {
            let shape = |fill: &str, stroke: &str| {
                format!(
                    r#"<path d="{d}" fill="{fill}" stroke="{stroke}" stroke-width="{width}" stroke-linejoin="round" fill-rule="evenodd"/>"#
                )
            };
            svg.push_str(&shape(FILL, if large { "none" } else { EDGE }));
            if large {
                svg.push_str(&shape("url(#h)", EDGE));
            }
        };
        // A district that something is drawn in is tinted: it helps to see where one is.
        let whole = self.affected.whole;
        let partly = self.ground.of(self.affected.touched);
        for plot in partly.filter(|plot| !whole.has(plot.bit)) {
            let d = path(&plot.rings, view);
            push(
                svg,
                format_args!(
                    r##"<path d="{d}" fill="#fdecd8" stroke="#c2833f" stroke-width="2" stroke-linejoin="round" fill-rule="evenodd"/>"##
                ),
            );
        }
        for plot in self.ground.of(whole) {
            hatched(svg, &path(&plot.rings, view));
        }
        for shape in &self.drawn {
            match shape {
                Drawn::Ring(corners) => hatched(svg, &path([corners], view)),
                Drawn::Round { middle, radius } => {
                    let least = if large { LEAST_RADIUS } else { 4.0 };
                    let radius = (radius * view.scale).max(least);
                    hatched(svg, &round(view.place(*middle), radius));
                }
            }
        }
    }

    /// The borders of districts once more, thin, over what is drawn across them.
    fn borders(&self, svg: &mut String) {
        if self.drawn.is_empty() {
            return;
        }
        for plot in self.ground.of(self.affected.touched) {
            let d = path(&plot.rings, &self.view);
            push(
                svg,
                format_args!(
                    r#"<path d="{d}" fill="none" stroke="{EDGE}" stroke-width="1.6" stroke-opacity=".7" stroke-linejoin="round"/>"#
                ),
            );
        }
    }

    /// Names: those of affected districts first and large, then of their neighbours where there is room.
    fn names(&self, svg: &mut String, grid: &mut Grid, lang: Lang) {
        let affected = self.affected.whole.or(self.affected.touched);
        let seen = |plot: &&Plot| grid.size(plot.bit) > 0;
        let by_size = |plots: &mut Vec<&Plot>, grid: &Grid| {
            plots.sort_by_key(|plot| std::cmp::Reverse(grid.size(plot.bit)));
        };
        let mut own: Vec<&Plot> = self.ground.of(affected).filter(seen).collect();
        let mut others: Vec<&Plot> = self.ground.plots.iter().collect();
        others.retain(|plot| !affected.has(plot.bit) && seen(plot));
        by_size(&mut own, grid);
        by_size(&mut others, grid);
        let crowded = own.len() > MOST_NAMES;
        if !crowded {
            // All of them will stand somewhere; the smallest have the fewest places for it.
            own.reverse();
        }
        let mut left = MOST_NAMES;
        for (plots, bold, sizes) in [
            (own, true, [40, 34, 28, 24].as_slice()),
            (others, false, [26, 24].as_slice()),
        ] {
            for plot in plots {
                if left == 0 {
                    return;
                }
                let at_any_rate = bold && !crowded;
                let Some(name) = self.name(plot, lang, grid, (bold, sizes, at_any_rate)) else {
                    continue;
                };
                svg.push_str(&name);
                left -= 1;
            }
        }
    }

    /// A district's name where it has room: within the district at the largest size that fits, or
    /// where it must stand `at_any_rate`, reaching over its border.
    fn name(
        &self,
        plot: &Plot,
        lang: Lang,
        grid: &mut Grid,
        (bold, sizes, at_any_rate): (bool, &[u32], bool),
    ) -> Option<String> {
        let name = plot.names.get(&lang).or(plot.names.values().next())?;
        let best = self.view.place(plot.label);
        let wanted = if self.view.frame.wider(-40.0).holds(best) {
            best
        } else {
            grid.middle_of(plot.bit)?
        };
        let inside = sizes.iter().map(|size| (*size, true));
        let over = sizes.iter().rev().take(2).rev();
        let over = over.map(|size| (*size, false)).filter(|_| at_any_rate);
        for (size, inside) in inside.chain(over) {
            let kind = Type {
                size,
                bold,
                colour: if bold { "#111827" } else { "#52606d" },
                anchor: "middle",
                rim: true,
            };
            let high = f64::from(size);
            let width = self.paint.width(&text(name, kind, Dot { x: 0.0, y: 0.0 }));
            if let Some(at) = grid.find(plot.bit, wanted, (width, high), inside) {
                grid.take(Frame::centred(at, width, high));
                let base = Dot {
                    x: at.x,
                    y: at.y + 0.36 * high,
                };
                return Some(text(name, kind, base));
            }
        }
        None
    }

    /// The corner where an overview hides least of what is affected, and of the city, and how much
    /// that is.
    fn lightest(&self) -> (Frame, u32) {
        let ratio = self.ground.frame.height() / self.ground.frame.width().max(1.0);
        let (width, height) = (OVERVIEW, OVERVIEW * ratio.clamp(0.4, 1.2));
        let map = self.view.frame.wider(-ASIDE);
        let (east, south) = (map.east - width, map.south - height);
        let corner = |west, north| Frame {
            west,
            north,
            east: west + width,
            south: north + height,
        };
        let corners = [
            corner(east, south),
            corner(map.west, south),
            corner(east, map.north),
            corner(map.west, map.north),
        ];
        let weigh = |at: Dot, district: Option<u8>| match district {
            _ if self.is_drawn(at) => HIDDEN,
            Some(bit) if self.affected.whole.has(bit) => HIDDEN,
            Some(bit) if self.affected.touched.has(bit) => 2,
            Some(_) => 1,
            None => 0,
        };
        let weighed = corners.map(|corner| (corner, self.grid.weight(&corner, weigh)));
        let lightest = weighed.iter().min_by_key(|(_, weight)| *weight);
        *lightest.unwrap_or(&weighed[0])
    }

    fn is_drawn(&self, at: Dot) -> bool {
        let ground = self.view.ground_at(at);
        self.drawn.iter().any(|shape| shape.holds(ground))
    }
}

/// A circle as the `d` of a path.
fn round(middle: Dot, radius: f64) -> String {
    let (west, east) = (middle.x - radius, middle.x + radius);
    let y = middle.y;
    format!(
        "M{west:.1} {y:.1}A{radius:.1} {radius:.1} 0 1 1 {east:.1} {y:.1}A{radius:.1} {radius:.1} 0 1 1 {west:.1} {y:.1}Z"
    )
}
