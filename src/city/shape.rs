//! Which districts a drawn shape touches, by scan lines: any polygon will do, however it is drawn.

use geo::{ConvexHull, Coord, MultiPoint, Rect};

use super::Set;
use super::boundary::{self, Boundary, METRES_PER_DEGREE};
use crate::base::point::{Point, Shape};

/// How deep into a district a polygon must reach to touch it. Borders are drawn by others with
/// other care, ours within 20 m; a sliver along a border is no wish to alert the neighbour.
const DEPTH_METRES: f64 = 30.0;
/// The most space between two scan lines.
const STEP_METRES: f64 = 25.0;
/// The least number of scan lines over a polygon, however low it is.
const LEAST_LINES: f64 = 16.0;
/// The most crossings of a polygon's edges with scan lines. One that goes to and fro more often
/// is taken as its convex hull: that bounds the work and loses no district.
const MOST_CROSSINGS: f64 = 100_000.0;
/// How many of its points speak for a polygon that nowhere reaches deep.
const WITNESSES: usize = 64;

/// Every district that a shape touches.
///
/// A polygon touches a district when it reaches more than 30 m into it; one that nowhere reaches
/// so far touches the districts that it lies in. A circle touches what is nearer to its centre
/// than its radius, measured over the ground; without a radius it is a point.
pub(super) fn touching(boundaries: &[Boundary], shape: &Shape) -> Set {
    match shape {
        Shape::Circle { centre, radius_m } if *radius_m > 0.0 => boundaries
            .iter()
            .filter(|b| boundary::metres(&b.area, boundary::coord(*centre)) < *radius_m)
            .fold(Set::NONE, |set, b| set.with(b.bit)),
        Shape::Circle { centre, .. } => at(boundaries, *centre),
        Shape::Polygon(corners) => polygon(boundaries, corners),
    }
}

/// Whether a shape's bounds meet a rectangle.
pub(super) fn is_near(shape: &Shape, around: &Rect<f64>) -> bool {
    let own = match shape {
        Shape::Polygon(corners) => {
            let ring: Vec<Coord<f64>> = corners.iter().copied().map(boundary::coord).collect();
            bounds_of(&ring)
        }
        Shape::Circle { centre, radius_m } => {
            let middle = boundary::coord(*centre);
            let high = radius_m / METRES_PER_DEGREE;
            let half = Coord {
                x: high / middle.y.to_radians().cos().max(0.01),
                y: high,
            };
            Some(Rect::new(middle - half, middle + half))
        }
    };
    own.is_some_and(|own| meet(&own, around))
}

fn at(boundaries: &[Boundary], point: Point) -> Set {
    boundary::at(boundaries, point).map_or(Set::NONE, |bit| Set::NONE.with(bit))
}

fn polygon(boundaries: &[Boundary], corners: &[Point]) -> Set {
    let mut ring: Vec<Coord<f64>> = corners.iter().copied().map(boundary::coord).collect();
    let Some(bounds) = bounds_of(&ring) else {
        return Set::NONE;
    };
    let near: Vec<&Boundary> = boundaries
        .iter()
        .filter(|b| meet(&b.bounds, &bounds))
        .collect();
    let Some(lines) = Lines::over(&near, &bounds) else {
        return witnesses(boundaries, corners);
    };
    if lines.crossings(&ring) > MOST_CROSSINGS {
        let hull = MultiPoint::from(ring).convex_hull();
        ring = hull.into_inner().0.into_inner();
    }
    let mut own = lines.empty();
    lines.cross(&ring, 0.0, &mut own);
    sort(&mut own);

    let deep = near
        .iter()
        .filter(|b| reaches_into(b, &lines, &own))
        .fold(Set::NONE, |set, b| set.with(b.bit));
    if !deep.is_empty() {
        return deep;
    }
    let middles: Vec<Point> = own
        .iter()
        .enumerate()
        .flat_map(|(number, crossings)| {
            let lat = lines.at(number);
            crossings
                .chunks_exact(2)
                .filter_map(move |run| Point::from_degrees(lat, f64::midpoint(run[0], run[1])))
        })
        .collect();
    let shallow = witnesses(boundaries, &middles);
    if shallow.is_empty() {
        return witnesses(boundaries, corners);
    }
    shallow
}

/// The districts of some points, evenly picked.
fn witnesses(boundaries: &[Boundary], corners: &[Point]) -> Set {
    let stride = corners.len().div_ceil(WITNESSES).max(1);
    corners
        .iter()
        .step_by(stride)
        .fold(Set::NONE, |set, point| set.or(at(boundaries, *point)))
}

/// Whether the polygon's runs meet the district's inside, drawn in by the depth on all sides.
fn reaches_into(boundary: &Boundary, lines: &Lines, own: &[Vec<f64>]) -> bool {
    let depth = DEPTH_METRES / METRES_PER_DEGREE;
    let aside = depth / boundary.bounds.center().y.to_radians().cos().max(0.01);
    let rows = [-depth, 0.0, depth].map(|shift| {
        let mut row = lines.empty();
        for polygon in &boundary.area {
            lines.cross(&polygon.exterior().0, shift, &mut row);
            for hole in polygon.interiors() {
                lines.cross(&hole.0, shift, &mut row);
            }
        }
        sort(&mut row);
        row
    });
    own.iter().enumerate().any(|(number, runs)| {
        let inner = rows
            .iter()
            .map(|row| drawn_in(&row[number], aside))
            .reduce(|one, other| common(&one, &other))
            .unwrap_or_default();
        // Between the lines a spit of the neighbour may come nearer, hence the second look.
        common(&inner, &pairs(runs)).iter().any(|(west, east)| {
            let middle = Coord {
                x: f64::midpoint(*west, *east),
                y: lines.at(number),
            };
            boundary::metres_to_border(&boundary.area, middle) > DEPTH_METRES
        })
    })
}

/// Level lines over the part of a polygon that is near the city, from south to north.
struct Lines {
    first: f64,
    step: f64,
    count: usize,
}

impl Lines {
    /// `None` when the polygon has no height or is nowhere near.
    fn over(near: &[&Boundary], bounds: &Rect<f64>) -> Option<Self> {
        let south = near.iter().map(|b| b.bounds.min().y).reduce(f64::min)?;
        let north = near.iter().map(|b| b.bounds.max().y).reduce(f64::max)?;
        let south = south.max(bounds.min().y);
        let height = north.min(bounds.max().y) - south;
        if height <= 0.0 {
            return None;
        }
        let step = (STEP_METRES / METRES_PER_DEGREE).min(height / LEAST_LINES);
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "positive, and at most 180 degrees over 25 m"
        )]
        let count = (height / step).ceil().max(1.0) as usize;
        Some(Self {
            first: south + step / 2.0,
            step,
            count,
        })
    }

    /// How often about a ring crosses the lines.
    fn crossings(&self, ring: &[Coord<f64>]) -> f64 {
        let (south, north) = (self.first, self.at(self.count));
        let climb = |(from, to): (Coord<f64>, Coord<f64>)| {
            (to.y.clamp(south, north) - from.y.clamp(south, north)).abs()
        };
        edges(ring).map(climb).sum::<f64>() / self.step
    }

    #[expect(
        clippy::cast_precision_loss,
        reason = "at most some hundred thousand lines"
    )]
    fn at(&self, number: usize) -> f64 {
        self.first + number as f64 * self.step
    }

    fn empty(&self) -> Vec<Vec<f64>> {
        vec![vec![]; self.count]
    }

    /// Adds where a ring crosses each line, the lines moved north by `shift`.
    fn cross(&self, ring: &[Coord<f64>], shift: f64, rows: &mut [Vec<f64>]) {
        for (from, to) in edges(ring) {
            let (low, high) = if from.y <= to.y {
                (from, to)
            } else {
                (to, from)
            };
            let slope = (high.x - low.x) / (high.y - low.y);
            let mut number = self.first_at_or_above(low.y - shift);
            while number < self.count {
                let y = self.at(number) + shift;
                if y >= high.y {
                    break;
                }
                // The lower end counts and the upper does not, so that a corner is crossed once.
                if y >= low.y {
                    rows[number].push(low.x + (y - low.y) * slope);
                }
                number += 1;
            }
        }
    }

    /// The number of the first line that may be at or above `y`.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "the cast saturates, and zero is meant below the first line"
    )]
    fn first_at_or_above(&self, y: f64) -> usize {
        ((y - self.first) / self.step).floor().max(0.0) as usize
    }
}

/// The edges of a ring, also the one that closes it.
fn edges(ring: &[Coord<f64>]) -> impl Iterator<Item = (Coord<f64>, Coord<f64>)> {
    let next = ring.iter().cycle().skip(1);
    ring.iter().zip(next).map(|(from, to)| (*from, *to))
}

fn bounds_of(ring: &[Coord<f64>]) -> Option<Rect<f64>> {
    let first = *ring.first()?;
    let (min, max) = ring.iter().fold((first, first), |(min, max), c| {
        let min = Coord {
            x: min.x.min(c.x),
            y: min.y.min(c.y),
        };
        (
            min,
            Coord {
                x: max.x.max(c.x),
                y: max.y.max(c.y),
            },
        )
    });
    Some(Rect::new(min, max))
}

fn meet(one: &Rect<f64>, other: &Rect<f64>) -> bool {
    one.min().x <= other.max().x
        && other.min().x <= one.max().x
        && one.min().y <= other.max().y
        && other.min().y <= one.max().y
}

fn sort(rows: &mut [Vec<f64>]) {
    for row in rows {
        row.sort_by(f64::total_cmp);
    }
}

type Runs = Vec<(f64, f64)>;

fn pairs(crossings: &[f64]) -> Runs {
    crossings
        .chunks_exact(2)
        .map(|run| (run[0], run[1]))
        .collect()
}

/// The runs between crossings, each shorter by `aside` at both ends.
fn drawn_in(crossings: &[f64], aside: f64) -> Runs {
    crossings
        .chunks_exact(2)
        .map(|run| (run[0] + aside, run[1] - aside))
        .filter(|(west, east)| west < east)
        .collect()
}

/// What lies in both of two sorted lists of runs.
fn common(one: &[(f64, f64)], other: &[(f64, f64)]) -> Runs {
    let (mut i, mut j) = (0, 0);
    let mut both = vec![];
    while let (Some(a), Some(b)) = (one.get(i), other.get(j)) {
        let (west, east) = (a.0.max(b.0), a.1.min(b.1));
        if west < east {
            both.push((west, east));
        }
        if a.1 < b.1 {
            i += 1;
        } else {
            j += 1;
        }
    }
    both
}
