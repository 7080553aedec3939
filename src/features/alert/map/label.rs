//! Where names stand on a map: in their districts, and never one on another.

use super::ground::{Dot, Frame, Ground};
use super::view::View;

/// The edge of a square of the grid that the map is looked at through, in pixels.
const CELL: f64 = 8.0;
/// The least between two names, in pixels.
const APART: f64 = 6.0;
/// The least between a name and the edge of the map, in pixels.
const EDGE: f64 = 12.0;

/// Which district is where on the map, by squares.
#[derive(Debug, Clone)]
pub(super) struct Grid {
    frame: Frame,
    columns: usize,
    /// By row: a district's bit, or nothing outside the city.
    cells: Vec<Option<u8>>,
    /// What no name may cover.
    taken: Vec<Frame>,
}

impl Grid {
    pub(super) fn new(ground: &Ground, view: &View) -> Self {
        let frame = view.frame;
        let (columns, rows) = (count(frame.width()), count(frame.height()));
        let mut cells = Vec::with_capacity(columns * rows);
        let mut last = None;
        for row in 0..rows {
            for column in 0..columns {
                let spot = view.ground_at(middle(&frame, column, row));
                // Most often it is the district of the square before.
                let same = |plot: &&super::ground::Plot| last == Some(plot.bit);
                let plots = ground.plots.iter();
                let mut plots = plots.clone().filter(same).chain(plots);
                last = plots.find(|plot| plot.holds(spot)).map(|plot| plot.bit);
                cells.push(last);
            }
        }
        Self {
            frame,
            columns,
            cells,
            taken: vec![],
        }
    }

    /// How many squares a district has.
    pub(super) fn size(&self, bit: u8) -> usize {
        self.cells.iter().filter(|cell| **cell == Some(bit)).count()
    }

    /// How much of a district or of the city `weigh` finds in a rectangle.
    pub(super) fn weight(&self, within: &Frame, weigh: impl Fn(Dot, Option<u8>) -> u32) -> u32 {
        let inside = self.spots().filter(|(spot, _)| within.holds(*spot));
        inside.map(|(spot, cell)| weigh(spot, cell)).sum()
    }

    /// The middle of what is to be seen of a district.
    pub(super) fn middle_of(&self, bit: u8) -> Option<Dot> {
        let (mut x, mut y, mut number) = (0.0, 0.0, 0.0);
        for (spot, _) in self.spots().filter(|(_, cell)| *cell == Some(bit)) {
            (x, y, number) = (x + spot.x, y + spot.y, number + 1.0);
        }
        (number > 0.0).then(|| Dot {
            x: x / number,
            y: y / number,
        })
    }

    /// Keeps a rectangle free of names.
    pub(super) fn take(&mut self, frame: Frame) {
        self.taken.push(frame);
    }

    /// The middle of a free rectangle of this size for a district's name: wholly in the district
    /// and the nearest to `wanted`; or, where that is not asked for, with its middle in it and as
    /// much of the rest as can be.
    pub(super) fn find(
        &self,
        bit: u8,
        wanted: Dot,
        (width, height): (f64, f64),
        inside: bool,
    ) -> Option<Dot> {
        let distance = |spot: &Dot| (spot.x - wanted.x).hypot(spot.y - wanted.y);
        let own = self.spots().filter(|(_, cell)| *cell == Some(bit));
        let mut own: Vec<Dot> = own.map(|(spot, _)| spot).collect();
        own.sort_by(|one, other| distance(one).total_cmp(&distance(other)));
        let mut free = own.into_iter().filter(|spot| {
            let frame = Frame::centred(*spot, width, height);
            let within = frame.common(&self.frame.wider(-EDGE)) == Some(frame);
            within
                && !self
                    .taken
                    .iter()
                    .any(|taken| taken.meets(&frame.wider(APART)))
        });
        let outside = |spot: &Dot| self.outside(&Frame::centred(*spot, width, height), bit);
        if inside {
            free.find(|spot| outside(spot) == 0)
        } else {
            free.min_by_key(outside)
        }
    }

    /// How many squares of a rectangle are not of a district.
    fn outside(&self, frame: &Frame, bit: u8) -> usize {
        let first = |at: f64| (at / CELL).max(0.0);
        let columns = floor(first(frame.west - self.frame.west))
            ..=floor(first(frame.east - self.frame.west)).min(self.columns.saturating_sub(1));
        let rows = floor(first(frame.north - self.frame.north))
            ..=floor(first(frame.south - self.frame.north));
        let cells = rows.flat_map(|row| {
            let columns = columns.clone();
            columns.filter_map(move |column| self.cells.get(row * self.columns + column))
        });
        cells.filter(|cell| **cell != Some(bit)).count()
    }

    fn spots(&self) -> impl Iterator<Item = (Dot, Option<u8>)> {
        self.cells.iter().enumerate().map(|(number, cell)| {
            let (column, row) = (number % self.columns, number / self.columns);
            (middle(&self.frame, column, row), *cell)
        })
    }
}

#[expect(clippy::cast_precision_loss, reason = "at most some hundred squares")]
fn middle(frame: &Frame, column: usize, row: usize) -> Dot {
    Dot {
        x: frame.west + (column as f64 + 0.5) * CELL,
        y: frame.north + (row as f64 + 0.5) * CELL,
    }
}

fn count(length: f64) -> usize {
    floor(length / CELL).max(1)
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "not negative, and at most the squares of a picture"
)]
fn floor(number: f64) -> usize {
    number.floor() as usize
}
