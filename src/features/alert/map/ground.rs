//! The city laid flat: its districts in metres, east and south of its middle.

use std::collections::BTreeMap;

use geo::Coord;

use crate::base::point::Point;
use crate::city::{City, METRES_PER_DEGREE, Set};
use crate::message::Lang;

/// A place on the flat ground: metres to the east and to the south, or pixels of the picture.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Dot {
    pub(super) x: f64,
    pub(super) y: f64,
}

/// A rectangle on the flat ground or in the picture.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Frame {
    pub(super) west: f64,
    pub(super) north: f64,
    pub(super) east: f64,
    pub(super) south: f64,
}

impl Frame {
    /// The smallest rectangle around some places.
    pub(super) fn around(spots: impl IntoIterator<Item = Dot>) -> Option<Self> {
        let mut spots = spots.into_iter();
        let first = spots.next()?;
        let start = Self {
            west: first.x,
            east: first.x,
            north: first.y,
            south: first.y,
        };
        Some(spots.fold(start, |frame, spot| Self {
            west: frame.west.min(spot.x),
            east: frame.east.max(spot.x),
            north: frame.north.min(spot.y),
            south: frame.south.max(spot.y),
        }))
    }

    /// A rectangle around a middle.
    pub(super) fn centred(middle: Dot, width: f64, height: f64) -> Self {
        Self {
            west: middle.x - width / 2.0,
            east: middle.x + width / 2.0,
            north: middle.y - height / 2.0,
            south: middle.y + height / 2.0,
        }
    }

    pub(super) fn width(&self) -> f64 {
        self.east - self.west
    }

    pub(super) fn height(&self) -> f64 {
        self.south - self.north
    }

    pub(super) fn middle(&self) -> Dot {
        Dot {
            x: f64::midpoint(self.west, self.east),
            y: f64::midpoint(self.north, self.south),
        }
    }

    /// The rectangle that reaches `margin` farther on all sides.
    pub(super) fn wider(&self, margin: f64) -> Self {
        Self {
            west: self.west - margin,
            east: self.east + margin,
            north: self.north - margin,
            south: self.south + margin,
        }
    }

    pub(super) fn holds(&self, spot: Dot) -> bool {
        (self.west..=self.east).contains(&spot.x) && (self.north..=self.south).contains(&spot.y)
    }

    pub(super) fn meets(&self, other: &Self) -> bool {
        self.west < other.east
            && other.west < self.east
            && self.north < other.south
            && other.north < self.south
    }

    /// What both have, if they have anything.
    pub(super) fn common(&self, other: &Self) -> Option<Self> {
        let frame = Self {
            west: self.west.max(other.west),
            east: self.east.min(other.east),
            north: self.north.max(other.north),
            south: self.south.min(other.south),
        };
        (frame.west <= frame.east && frame.north <= frame.south).then_some(frame)
    }

    pub(super) fn both(self, other: Self) -> Self {
        Self {
            west: self.west.min(other.west),
            east: self.east.max(other.east),
            north: self.north.min(other.north),
            south: self.south.max(other.south),
        }
    }
}

/// A district laid flat.
#[derive(Debug)]
pub(super) struct Plot {
    pub(super) bit: u8,
    pub(super) names: BTreeMap<Lang, String>,
    /// Outer and inner rings; what an odd number of them holds is inside.
    pub(super) rings: Vec<Vec<Dot>>,
    pub(super) frame: Frame,
    /// Where its name stands best.
    pub(super) label: Dot,
}

impl Plot {
    /// Whether a place lies in it (even-odd rule).
    pub(super) fn holds(&self, spot: Dot) -> bool {
        self.frame.holds(spot)
            && (self.rings.iter()).fold(false, |inside, ring| inside ^ within(ring, spot))
    }
}

/// Whether a place lies within a ring whose last corner joins the first.
pub(super) fn within(ring: &[Dot], spot: Dot) -> bool {
    let Some(mut last) = ring.last() else {
        return false;
    };
    let mut inside = false;
    for corner in ring {
        let crosses = (corner.y > spot.y) != (last.y > spot.y);
        if crosses {
            let along = (spot.y - corner.y) / (last.y - corner.y);
            inside ^= spot.x < corner.x + along * (last.x - corner.x);
        }
        last = corner;
    }
    inside
}

/// The whole city laid flat.
#[derive(Debug)]
pub(super) struct Ground {
    pub(super) plots: Vec<Plot>,
    pub(super) frame: Frame,
    pub(super) credit: String,
    /// The middle, in degrees, and how much shorter a degree of longitude is there.
    middle: (f64, f64),
    narrowing: f64,
}

impl Ground {
    pub(super) fn new(city: &City) -> Self {
        let degrees = Frame::around((city.outlines()).flat_map(|(_, area, _)| {
            let rings = area.iter().flat_map(|polygon| polygon.exterior().coords());
            rings.map(|c| Dot { x: c.x, y: c.y }).collect::<Vec<_>>()
        }));
        let middle = degrees.map_or((0.0, 0.0), |frame| (frame.middle().y, frame.middle().x));
        let mut ground = Self {
            plots: vec![],
            frame: Frame::centred(Dot { x: 0.0, y: 0.0 }, 1.0, 1.0),
            credit: city.credit().to_owned(),
            middle,
            narrowing: middle.0.to_radians().cos().max(0.01),
        };
        for (district, area, label) in city.outlines() {
            let rings = area.iter().flat_map(|polygon| {
                let inner = polygon.interiors().iter();
                inner.chain([polygon.exterior()])
            });
            let rings: Vec<Vec<Dot>> = rings
                .map(|ring| ring.coords().map(|c| ground.coord(*c)).collect())
                .collect();
            let Some(frame) = Frame::around(rings.iter().flatten().copied()) else {
                continue;
            };
            ground.plots.push(Plot {
                bit: district.bit,
                names: district.names.clone(),
                label: label.map_or(frame.middle(), |label| ground.coord(label)),
                rings,
                frame,
            });
        }
        let frames = ground.plots.iter().map(|plot| plot.frame);
        ground.frame = frames.reduce(Frame::both).unwrap_or(ground.frame);
        ground
    }

    /// A point laid flat.
    pub(super) fn point(&self, point: Point) -> Dot {
        let (lat, lon) = point.degrees();
        self.coord(Coord { x: lon, y: lat })
    }

    fn coord(&self, coord: Coord<f64>) -> Dot {
        Dot {
            x: (coord.x - self.middle.1) * self.narrowing * METRES_PER_DEGREE,
            y: (self.middle.0 - coord.y) * METRES_PER_DEGREE,
        }
    }

    /// The districts of a set.
    pub(super) fn of(&self, set: Set) -> impl Iterator<Item = &Plot> {
        self.plots.iter().filter(move |plot| set.has(plot.bit))
    }
}
