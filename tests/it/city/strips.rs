//! Strips that cover what is drawn: nobody inside is missed, nobody far away is hit.

use glas::base::point::{Point, Shape, Strip};
use glas::city::METRES_PER_DEGREE;
use proptest::prelude::*;

use super::{SOFIA, point};

/// The middle of the city, where the shapes of these tests lie.
const SOUTH: f64 = 42.60;
const WEST: f64 = 23.20;

fn east(metres: f64, lat: f64) -> f64 {
    metres / METRES_PER_DEGREE / lat.to_radians().cos()
}

/// A corner so many metres north and east of the corner of the field.
fn corner((north, easting): (f64, f64)) -> Point {
    let lat = SOUTH + north / METRES_PER_DEGREE;
    point(lat, WEST + east(easting, SOUTH))
}

/// Inside by the even-odd rule.
fn inside(ring: &[Point], at: Point) -> bool {
    let (y, x) = at.degrees();
    let next = ring.iter().cycle().skip(1);
    let crossed = ring.iter().zip(next).filter(|(from, to)| {
        let ((y1, x1), (y2, x2)) = (from.degrees(), to.degrees());
        (y1 <= y) != (y2 <= y) && x < x1 + (y - y1) * (x2 - x1) / (y2 - y1)
    });
    crossed.count() % 2 == 1
}

/// Metres from a point to the nearest edge of a ring, on a plane that is good for a few kilometres.
fn metres_to_ring(ring: &[Point], at: Point) -> f64 {
    let (y, x) = at.degrees();
    let flat = |corner: &Point| {
        let (lat, lon) = corner.degrees();
        let narrowing = y.to_radians().cos();
        (
            (lon - x) * narrowing * METRES_PER_DEGREE,
            (lat - y) * METRES_PER_DEGREE,
        )
    };
    let next = ring.iter().cycle().skip(1);
    (ring.iter().zip(next))
        .map(|(from, to)| {
            let ((x1, y1), (x2, y2)) = (flat(from), flat(to));
            let (dx, dy) = (x2 - x1, y2 - y1);
            let length = dx * dx + dy * dy;
            let along = if length > 0.0 {
                -(x1 * dx + y1 * dy) / length
            } else {
                0.0
            };
            let along = along.clamp(0.0, 1.0);
            (x1 + along * dx).hypot(y1 + along * dy)
        })
        .fold(f64::INFINITY, f64::min)
}

fn hit(strips: &[Strip], at: Point) -> bool {
    strips.iter().any(|strip| strip.holds(at))
}

/// A point within a strip: so far from its south-western to its north-eastern corner.
fn within(strip: &Strip, (up, right): (f64, f64)) -> Point {
    #[expect(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        reason = "millionths of degrees"
    )]
    let between = |from: i64, to: i64, part: f64| from + ((to - from) as f64 * part) as i64;
    Point {
        lat: between(strip.south, strip.north, up),
        lon: between(strip.west, strip.east, right),
    }
}

fn field(size: f64) -> impl Strategy<Value = (f64, f64)> {
    (0.0..size, 0.0..size)
}

proptest! {
    #[test]
    fn no_point_of_a_polygon_is_missed_and_none_far_away_is_hit(
        corners in prop::collection::vec(field(4000.0), 3..12),
        tries in prop::collection::vec(field(1.0), 64),
    ) {
        let ring: Vec<Point> = corners.into_iter().map(corner).collect();
        let (strips, height) = SOFIA.strips(&[Shape::Polygon(ring.clone())]);
        prop_assert!(strips.len() <= 512 && !strips.is_empty());
        for at in &ring {
            prop_assert!(hit(&strips, *at), "a corner");
        }
        for (north, easting) in &tries {
            let at = corner((north * 4000.0, easting * 4000.0));
            if inside(&ring, at) {
                prop_assert!(hit(&strips, at), "{at:?} is inside");
            }
        }
        for (strip, part) in strips.iter().cycle().zip(&tries) {
            let at = within(strip, *part);
            let away = metres_to_ring(&ring, at);
            prop_assert!(inside(&ring, at) || away <= height + 1.0, "{away} m of {height}");
        }
    }

    #[test]
    fn no_point_of_a_circle_is_missed_and_none_far_away_is_hit(
        centre in field(4000.0),
        radius_m in 0.0..5000.0,
        tries in prop::collection::vec(field(1.0), 64),
    ) {
        let centre = corner(centre);
        let (strips, height) = SOFIA.strips(&[Shape::Circle { centre, radius_m }]);
        prop_assert!(hit(&strips, centre));
        let (lat, lon) = centre.degrees();
        for (turn, part) in &tries {
            let (sin, cos) = (turn * std::f64::consts::TAU).sin_cos();
            let reach = part.sqrt() * radius_m;
            let to = lat + sin * reach / METRES_PER_DEGREE;
            let at = point(to, lon + east(cos * reach, to));
            prop_assert!(hit(&strips, at), "{at:?}");
        }
        for (strip, part) in strips.iter().cycle().zip(&tries) {
            let at = within(strip, *part);
            let (y, x) = at.degrees();
            let narrowing = y.to_radians().cos();
            let away = ((x - lon) * narrowing).hypot(y - lat) * METRES_PER_DEGREE;
            prop_assert!(away <= radius_m * 1.001 + height + 1.0, "{away} m of {radius_m}");
        }
    }
}

#[test]
fn strips_are_as_fine_as_their_number_allows() {
    let street = [(0.0, 0.0), (0.0, 300.0), (80.0, 300.0), (80.0, 0.0)].map(corner);
    let (strips, height) = SOFIA.strips(&[Shape::Polygon(street.to_vec())]);
    assert_eq!((strips.len(), height), (1, 100.0));
    // The whole country, and a comb of a thousand teeth.
    let country = [(41.2, 22.3), (44.2, 22.3), (44.2, 28.6), (41.2, 28.6)];
    let country = country.map(|(lat, lon)| point(lat, lon)).to_vec();
    let teeth = (0..1000).flat_map(|tooth| {
        let at = f64::from(tooth) * 20.0;
        [
            corner((0.0, at)),
            corner((9000.0, at + 1.0)),
            corner((0.0, at + 2.0)),
        ]
    });
    let comb: Vec<Point> = teeth.collect();
    for ring in [country.clone(), comb] {
        let (strips, height) = SOFIA.strips(&[Shape::Polygon(ring.clone())]);
        assert!(
            (1..=512).contains(&strips.len()),
            "{} of {height} m",
            strips.len()
        );
        let here = ring.iter().filter(|at| SOFIA.district_at(**at).is_some());
        assert!(here.clone().all(|at| hit(&strips, *at)));
        assert!(height > 100.0);
    }
    let (strips, _) = SOFIA.strips(&[Shape::Polygon(country)]);
    assert!(hit(&strips, point(42.70, 23.32)));
    let many = (0..2000u32).map(|number| Shape::Circle {
        centre: corner((f64::from(number), f64::from(number % 50) * 100.0)),
        radius_m: 1.0,
    });
    let many: Vec<Shape> = many.collect();
    let (strips, _) = SOFIA.strips(&many);
    assert!((1..=512).contains(&strips.len()));
    assert!(many.iter().all(|shape| match shape {
        Shape::Circle { centre, .. } => hit(&strips, *centre),
        Shape::Polygon(_) => false,
    }));
    let elsewhere = Shape::Circle {
        centre: point(42.1, 24.7),
        radius_m: 1000.0,
    };
    assert!(SOFIA.strips(&[elsewhere]).0.is_empty());
}
