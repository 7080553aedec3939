//! Which part of the city a map shows, and how large.

use super::Affected;
use super::ground::{Dot, Frame, Ground, within};
use crate::base::point::Shape;

/// How much of the shown area stays free around what is affected.
const MARGIN: f64 = 0.10;
/// The least that a map shows from west to east, in metres: without streets, the borders of the
/// districts are what tells where it is.
const LEAST_WIDTH: f64 = 7_000.0;
/// From this part of the city on, the whole city is shown.
const NEARLY_ALL: f64 = 0.72;

/// What is drawn, laid flat.
#[derive(Debug)]
pub(super) enum Drawn {
    Ring(Vec<Dot>),
    Round { middle: Dot, radius: f64 },
}

impl Drawn {
    pub(super) fn new(shape: &Shape, ground: &Ground) -> Self {
        match shape {
            Shape::Polygon(corners) => {
                Self::Ring(corners.iter().map(|corner| ground.point(*corner)).collect())
            }
            Shape::Circle { centre, radius_m } => Self::Round {
                middle: ground.point(*centre),
                radius: *radius_m,
            },
        }
    }

    fn frame(&self) -> Option<Frame> {
        match self {
            Self::Ring(corners) => Frame::around(corners.iter().copied()),
            Self::Round { middle, radius } => {
                Some(Frame::centred(*middle, 2.0 * radius, 2.0 * radius))
            }
        }
    }

    pub(super) fn holds(&self, spot: Dot) -> bool {
        match self {
            Self::Ring(corners) => within(corners, spot),
            Self::Round { middle, radius } => {
                (middle.x - spot.x).hypot(middle.y - spot.y) <= *radius
            }
        }
    }
}

/// How the ground comes into a rectangle of the picture.
#[derive(Debug, Clone, Copy)]
pub(super) struct View {
    /// The ground that is to be shown.
    wanted: Frame,
    /// The ground that is shown.
    pub(super) ground: Frame,
    /// Where it is shown.
    pub(super) frame: Frame,
    /// Pixels of a metre.
    pub(super) scale: f64,
}

impl View {
    /// Shows at least `ground` in `frame`.
    pub(super) fn fit(ground: Frame, frame: Frame) -> Self {
        let scale = (frame.width() / ground.width().max(1.0))
            .min(frame.height() / ground.height().max(1.0));
        let (width, height) = (frame.width() / scale, frame.height() / scale);
        Self {
            wanted: ground,
            ground: Frame::centred(ground.middle(), width, height),
            frame,
            scale,
        }
    }

    /// Shows what is affected: as near as is useful, or the whole city; and whether it is less than
    /// the whole. `None` where nothing is to be seen.
    pub(super) fn of(
        ground: &Ground,
        affected: &Affected,
        drawn: &[Drawn],
        frame: Frame,
    ) -> Option<(Self, bool)> {
        let city = ground.frame.wider(ground.frame.width() * 0.03);
        let shapes = drawn.iter().filter_map(Drawn::frame);
        let shapes = shapes.filter_map(|shape| shape.common(&city));
        let plots = ground.of(affected.whole).map(|plot| plot.frame);
        let wanted = plots.chain(shapes).reduce(Frame::both)?;
        let all = Self::fit(city, frame);
        let least = Frame::centred(wanted.middle(), LEAST_WIDTH, 1.0);
        let margin = wanted.width().max(wanted.height()) * MARGIN;
        let near = Self::fit(wanted.wider(margin).both(least), frame);
        if near.ground.width() > all.ground.width() * NEARLY_ALL {
            return Some((all, false));
        }
        Some((near, true))
    }

    /// Shows the same ground in a part of the frame, and more around it in the rest.
    pub(super) fn beside(&self, part: Frame) -> Self {
        let fit = Self::fit(self.wanted, part);
        let (from, to) = (
            Dot {
                x: self.frame.west,
                y: self.frame.north,
            },
            Dot {
                x: self.frame.east,
                y: self.frame.south,
            },
        );
        let (from, to) = (fit.ground_at(from), fit.ground_at(to));
        Self {
            ground: Frame {
                west: from.x,
                north: from.y,
                east: to.x,
                south: to.y,
            },
            frame: self.frame,
            ..fit
        }
    }

    /// Where a place is in the picture.
    pub(super) fn place(&self, spot: Dot) -> Dot {
        Dot {
            x: self.frame.west + (spot.x - self.ground.west) * self.scale,
            y: self.frame.north + (spot.y - self.ground.north) * self.scale,
        }
    }

    /// What place of the ground is at a place of the picture.
    pub(super) fn ground_at(&self, at: Dot) -> Dot {
        Dot {
            x: self.ground.west + (at.x - self.frame.west) / self.scale,
            y: self.ground.north + (at.y - self.frame.north) / self.scale,
        }
    }

    /// A round number of metres that is at most `pixels` long.
    pub(super) fn round_length(&self, pixels: f64) -> u32 {
        const LENGTHS: [u32; 9] = [20_000, 10_000, 5_000, 2_000, 1_000, 500, 200, 100, 50];
        let fits = |metres: &u32| f64::from(*metres) * self.scale <= pixels;
        LENGTHS.into_iter().find(fits).unwrap_or(50)
    }
}
