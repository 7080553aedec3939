//! The districts' boundaries: read from `GeoJSON` (RFC 7946), asked what lies in them.

use std::path::Path;

use geo::coordinate_position::{CoordPos, CoordinatePosition};
use geo::{
    BoundingRect, Closest, ClosestPoint, Coord, Distance, Euclidean, Haversine, Line, LineString,
    LinesIter, MapCoords, MultiPolygon, Polygon, Rect,
};
use serde::Deserialize;
use serde_json::value::RawValue;

use super::table::Source;
use super::{CityError, District};
use crate::base::point::Point;

/// Metres in a degree of latitude on the mean sphere of 6 371 008.8 m.
pub const METRES_PER_DEGREE: f64 = 111_195.08;

/// How far outside every boundary a point may lie and still belong to the nearest district:
/// neighbours that were drawn apart leave gaps of centimetres.
const GAP_METRES: f64 = 1.0;

/// Where a district lies.
pub(super) struct Boundary {
    pub bit: u8,
    /// Degrees; x is the longitude.
    pub area: MultiPolygon<f64>,
    pub bounds: Rect<f64>,
    /// Where its name stands best.
    pub label: Option<Coord<f64>>,
}

/// What a file of boundaries says.
pub(super) struct Drawn {
    /// By bit.
    pub boundaries: Vec<Boundary>,
    /// Whom to credit; empty where the file does not say.
    pub credit: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Collection<'a> {
    #[serde(rename = "type")]
    kind: String,
    /// Whom to credit.
    attribution: Option<String>,
    #[serde(borrow)]
    features: Vec<&'a RawValue>,
}

#[derive(Deserialize)]
struct Feature {
    /// The district's code.
    id: String,
    properties: Option<Properties>,
    geometry: Geometry,
}

#[derive(Deserialize)]
struct Properties {
    /// Longitude, latitude.
    label_point: Option<[f64; 2]>,
}

#[derive(Deserialize)]
#[serde(tag = "type", content = "coordinates")]
enum Geometry {
    Polygon(Rings),
    MultiPolygon(Vec<Rings>),
}

type Rings = Vec<Vec<[f64; 2]>>;

/// Reads the boundary of every district, ordered as `districts` are.
pub(super) fn read(folder: &Path, file: &str, districts: &[District]) -> Result<Drawn, CityError> {
    let source = Source::read(folder, file)?;
    let collection: Collection =
        serde_json::from_str(&source.text).map_err(|e| source.fault(e.line() as u64, &e))?;
    if collection.kind != "FeatureCollection" {
        return Err(source.fault(1, "the type is not FeatureCollection"));
    }
    let mut boundaries: Vec<Boundary> = vec![];
    for raw in collection.features {
        let start = raw.get().as_ptr() as usize - source.text.as_ptr() as usize;
        // Counted only for a fault: it goes through the whole text.
        let line = || source.line_of(start);
        let feature: Feature = serde_json::from_str(raw.get())
            .map_err(|e| source.fault(line() + e.line() as u64 - 1, &e))?;
        let district = districts
            .iter()
            .find(|district| district.code == feature.id)
            .ok_or_else(|| source.fault(line(), format!("{} is no district's code", feature.id)))?;
        if boundaries.iter().any(|known| known.bit == district.bit) {
            return Err(source.fault(line(), format!("{} is drawn twice", feature.id)));
        }
        let area = area(feature.geometry).map_err(|what| source.fault(line(), what))?;
        let bounds = area
            .bounding_rect()
            .ok_or_else(|| source.fault(line(), "the boundary is empty"))?;
        let label = feature.properties.and_then(|known| known.label_point);
        boundaries.push(Boundary {
            bit: district.bit,
            area,
            bounds,
            label: label.map(Coord::from),
        });
    }
    if let Some(district) = districts
        .iter()
        .find(|district| boundaries.iter().all(|b| b.bit != district.bit))
    {
        return Err(source.fault(1, format!("{} has no boundary", district.code)));
    }
    boundaries.sort_by_key(|boundary| boundary.bit);
    Ok(Drawn {
        boundaries,
        credit: collection.attribution.unwrap_or_default(),
    })
}

fn area(geometry: Geometry) -> Result<MultiPolygon<f64>, String> {
    let polygons = match geometry {
        Geometry::Polygon(rings) => vec![rings],
        Geometry::MultiPolygon(polygons) => polygons,
    };
    polygons.into_iter().map(polygon).collect()
}

fn polygon(rings: Rings) -> Result<Polygon<f64>, String> {
    let mut rings = rings.into_iter().map(ring);
    let outer = rings.next().ok_or("a polygon has no ring")??;
    Ok(Polygon::new(outer, rings.collect::<Result<_, _>>()?))
}

fn ring(corners: Vec<[f64; 2]>) -> Result<LineString<f64>, String> {
    if corners.len() < 4 {
        return Err("a ring has at least four positions (RFC 7946 §3.1.6)".to_owned());
    }
    if corners.first() != corners.last() {
        return Err("a ring is open: its last position is not its first".to_owned());
    }
    if let Some([lon, lat]) = corners
        .iter()
        .find(|[lon, lat]| Point::from_degrees(*lat, *lon).is_none())
    {
        return Err(format!("{lon}, {lat} is no longitude and latitude"));
    }
    Ok(corners.into_iter().map(|[x, y]| Coord { x, y }).collect())
}

/// The rectangle around two others.
pub(super) fn both(one: &Rect<f64>, other: &Rect<f64>) -> Rect<f64> {
    let least = |one: Coord<f64>, other: Coord<f64>| Coord {
        x: one.x.min(other.x),
        y: one.y.min(other.y),
    };
    let most = |one: Coord<f64>, other: Coord<f64>| Coord {
        x: one.x.max(other.x),
        y: one.y.max(other.y),
    };
    Rect::new(least(one.min(), other.min()), most(one.max(), other.max()))
}

/// A rectangle that reaches at least 2 km farther to all sides.
pub(super) fn wider(bounds: &Rect<f64>) -> Rect<f64> {
    const DEGREES: Coord<f64> = Coord { x: 0.05, y: 0.02 };
    Rect::new(bounds.min() - DEGREES, bounds.max() + DEGREES)
}

/// A point as geometry has it.
pub(super) fn coord(point: Point) -> Coord<f64> {
    let (lat, lon) = point.degrees();
    Coord { x: lon, y: lat }
}

/// The district that a point lies in. On a border and in a gap between neighbours it is one of
/// those beside it, always the same.
pub(super) fn at(boundaries: &[Boundary], point: Point) -> Option<u8> {
    let coord = coord(point);
    let mut on_border = None;
    for boundary in boundaries.iter().filter(|b| holds(&b.bounds, coord, 0.0)) {
        match boundary.area.coordinate_position(&coord) {
            CoordPos::Inside => return Some(boundary.bit),
            CoordPos::OnBoundary => on_border = on_border.or(Some(boundary.bit)),
            CoordPos::Outside => {}
        }
    }
    on_border.or_else(|| in_gap(boundaries, coord))
}

fn in_gap(boundaries: &[Boundary], coord: Coord<f64>) -> Option<u8> {
    // A degree of longitude is shorter than one of latitude, but less than ten times inhabited.
    let margin = 10.0 * GAP_METRES / METRES_PER_DEGREE;
    boundaries
        .iter()
        .filter(|b| holds(&b.bounds, coord, margin))
        .map(|b| (metres(&b.area, coord), b.bit))
        .filter(|(metres, _)| *metres <= GAP_METRES)
        .min_by(|one, other| one.0.total_cmp(&other.0))
        .map(|(_, bit)| bit)
}

fn holds(bounds: &Rect<f64>, coord: Coord<f64>, margin: f64) -> bool {
    let (min, max) = (bounds.min(), bounds.max());
    (min.x - margin..=max.x + margin).contains(&coord.x)
        && (min.y - margin..=max.y + margin).contains(&coord.y)
}

/// Metres from a point to the nearest border of an area, from within or without.
pub(super) fn metres_to_border(area: &MultiPolygon<f64>, from: Coord<f64>) -> f64 {
    let narrowing = narrowing_at(from);
    let flat = |c: Coord<f64>| Coord {
        x: (c.x - from.x) * narrowing,
        y: c.y - from.y,
    };
    let here = geo::Point::new(0.0, 0.0);
    let nearest = area
        .lines_iter()
        .map(|line| Euclidean.distance(&here, &Line::new(flat(line.start), flat(line.end))))
        .fold(f64::INFINITY, f64::min);
    nearest * METRES_PER_DEGREE
}

/// How much shorter a degree of longitude is here than one of latitude.
fn narrowing_at(here: Coord<f64>) -> f64 {
    here.y.to_radians().cos().max(0.01)
}

/// Metres over the ground from a point to the nearest of an area, zero within it.
pub(super) fn metres(area: &MultiPolygon<f64>, from: Coord<f64>) -> f64 {
    // The nearest point is sought with longitude drawn in, so that a step east is as long as a
    // step north; then the way there is measured on the sphere.
    let narrowing = narrowing_at(from);
    let flat = |c: Coord<f64>| Coord {
        x: c.x * narrowing,
        y: c.y,
    };
    let nearest = area.map_coords(flat).closest_point(&geo::Point(flat(from)));
    match nearest {
        Closest::Intersection(_) => 0.0,
        Closest::SinglePoint(at) => {
            let at = geo::Point::new(at.x() / narrowing, at.y());
            Haversine.distance(geo::Point(from), at)
        }
        Closest::Indeterminate => f64::INFINITY,
    }
}
