//! Drawn shapes as strips: level rectangles that the database can compare with a point.

use geo::{Coord, Rect};

use super::boundary::{METRES_PER_DEGREE, coord};
use crate::base::point::{Shape, Strip};

/// The height of strips where few enough of them cover everything.
const FINEST_METRES: f64 = 100.0;
/// The most strips of one letter.
pub(super) const MOST: usize = 512;
/// How much farther a circle is taken to reach, for the earth is no cylinder.
const CIRCLE_CARE: f64 = 1.0005;
/// Millionths in a degree.
const MILLION: f64 = 1e6;

/// Strips that cover what of the shapes lies within `bounds`, at most [`MOST`], and their height
/// in metres. No point of a shape is outside all of them, and nothing in one is farther from the
/// shape that it belongs to than that height.
///
/// A shape is sliced from south to north. What it covers of a slice, seen from above, is what its
/// edges there cover, and what lies inside along the upper and the lower cut. Slices are twice as
/// high until there are few enough strips: one slice of a shape in one piece is one strip.
pub(super) fn strips(shapes: &[Shape], bounds: &Rect<f64>) -> (Vec<Strip>, f64) {
    let mut metres = FINEST_METRES;
    loop {
        let mut all = vec![];
        let mut coarsest = true;
        for shape in shapes {
            coarsest &= cut(shape, bounds, (metres, MOST), &mut all) <= 1;
        }
        all.sort_unstable();
        all.dedup();
        if all.len() <= MOST {
            return (all, metres);
        }
        if coarsest {
            for shape in shapes {
                cut(shape, bounds, (metres, usize::MAX), &mut all);
            }
            return (around(&all).into_iter().collect(), metres);
        }
        metres *= 2.0;
    }
}

/// One strip around all.
fn around(all: &[Strip]) -> Option<Strip> {
    all.iter().copied().reduce(|one, other| Strip {
        south: one.south.min(other.south),
        north: one.north.max(other.north),
        west: one.west.min(other.west),
        east: one.east.max(other.east),
    })
}

/// Adds the strips of one shape, stopping when there are more than `most`; how many slices it
/// takes.
fn cut(
    shape: &Shape,
    bounds: &Rect<f64>,
    (metres, most): (f64, usize),
    all: &mut Vec<Strip>,
) -> usize {
    let (ring, circle) = match shape {
        Shape::Polygon(corners) => (corners.iter().copied().map(coord).collect(), None),
        Shape::Circle { centre, radius_m } => {
            let reach = radius_m.max(0.0) * CIRCLE_CARE / METRES_PER_DEGREE;
            (vec![], Some((coord(*centre), reach)))
        }
    };
    let Some((low, high)) = heights(&ring, circle) else {
        return 0;
    };
    let (low, high) = (low.max(bounds.min().y), high.min(bounds.max().y));
    if low > high {
        return 0;
    }
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "positive, and at most 180 degrees over 100 m"
    )]
    let count = ((high - low) * METRES_PER_DEGREE / metres).ceil().max(1.0) as usize;
    #[expect(clippy::cast_precision_loss, reason = "at most some hundred thousand")]
    let at = |number: usize| low + (high - low) * (number as f64) / (count as f64);
    for number in 0..count {
        if all.len() > most {
            break;
        }
        let (south, north) = (at(number), at(number + 1));
        let spans = match circle {
            Some(circle) => vec![chord(circle, south, north)],
            None => spans(&ring, south, north),
        };
        let clipped = spans
            .into_iter()
            .filter(|(west, east)| *west <= bounds.max().x && *east >= bounds.min().x)
            .map(|(west, east)| (down(west.max(bounds.min().x)), up(east.min(bounds.max().x))));
        let joined = join(clipped.collect());
        all.extend(joined.into_iter().map(|(west, east)| Strip {
            south: down(south),
            north: up(north),
            west,
            east,
        }));
    }
    count
}

/// The lowest and the highest latitude of a ring, or of a circle where there is one.
fn heights(ring: &[Coord<f64>], circle: Option<(Coord<f64>, f64)>) -> Option<(f64, f64)> {
    if let Some((centre, reach)) = circle {
        return Some((centre.y - reach, centre.y + reach));
    }
    let low = ring.iter().map(|corner| corner.y).reduce(f64::min)?;
    let high = ring.iter().map(|corner| corner.y).reduce(f64::max)?;
    Some((low, high))
}

/// How far west and east a circle reaches between two latitudes.
fn chord((centre, reach): (Coord<f64>, f64), south: f64, north: f64) -> (f64, f64) {
    let widest = centre.y.clamp(south, north) - centre.y;
    let half = (reach * reach - widest * widest).max(0.0).sqrt();
    let farthest = south.abs().max(north.abs()).min(89.0);
    let half = half / farthest.to_radians().cos();
    (centre.x - half, centre.x + half)
}

/// What a ring covers between two latitudes, as seen from above.
fn spans(ring: &[Coord<f64>], south: f64, north: f64) -> Vec<(f64, f64)> {
    let mut spans = vec![];
    let mut cuts = [(south, vec![]), (north, vec![])];
    let next = ring.iter().cycle().skip(1);
    for (from, to) in ring.iter().zip(next) {
        let (low, high) = if from.y <= to.y {
            (from, to)
        } else {
            (to, from)
        };
        if high.y < south || low.y > north {
            continue;
        }
        let at = |y: f64| {
            if y <= low.y {
                low.x
            } else if y >= high.y {
                high.x
            } else {
                low.x + (y - low.y) * (high.x - low.x) / (high.y - low.y)
            }
        };
        let (one, other) = if low.y < high.y {
            (at(south), at(north))
        } else {
            (low.x, high.x)
        };
        spans.push((one.min(other), one.max(other)));
        for (y, crossings) in &mut cuts {
            if low.y <= *y && *y < high.y {
                crossings.push(at(*y));
            }
        }
    }
    for (_, crossings) in &mut cuts {
        crossings.sort_by(f64::total_cmp);
        spans.extend(crossings.chunks_exact(2).map(|run| (run[0], run[1])));
    }
    spans
}

/// Spans that meet become one.
fn join(mut spans: Vec<(i64, i64)>) -> Vec<(i64, i64)> {
    spans.sort_unstable();
    let mut joined: Vec<(i64, i64)> = vec![];
    for (west, east) in spans {
        match joined.last_mut() {
            Some(last) if west <= last.1 => last.1 = last.1.max(east),
            _ => joined.push((west, east)),
        }
    }
    joined
}

#[expect(clippy::cast_possible_truncation, reason = "degrees of the globe")]
fn down(degrees: f64) -> i64 {
    (degrees * MILLION).floor() as i64
}

#[expect(clippy::cast_possible_truncation, reason = "degrees of the globe")]
fn up(degrees: f64) -> i64 {
    (degrees * MILLION).ceil() as i64
}
