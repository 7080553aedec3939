//! Where the alerts of a feed are, as `GeoJSON` (RFC 7946): as drawn, else as districts.

use geo::orient::{Direction, Orient as _};
use geo::{Coord, Destination as _, Haversine, LineString, MultiPolygon, Polygon};
use serde_json::{Value, json};

use super::{Entry, Feed};
use crate::base::point::{Point, Shape};
use crate::city::City;
use crate::features::alert::rules;
use crate::message::catalogue::CatalogueError;

/// The most positions of one feed, about two megabytes; where more were needed, the alerts that
/// come last have no geometry, which RFC 7946 allows.
const MOST: usize = 100_000;
/// The corners of a circle: `GeoJSON` knows none.
const CORNERS: u32 = 64;

/// The feed's text.
pub(super) fn write(feed: &Feed<'_>) -> Result<String, CatalogueError> {
    let city = &feed.asked.site.city;
    let mut left = MOST;
    let mut features = vec![];
    for entry in &feed.entries {
        let place = Place::of(entry, city);
        let fits = place.positions() <= left;
        left -= if fits { place.positions() } else { 0 };
        let mut properties = super::json::facts(entry)?;
        for (name, value) in [
            ("title", json!(entry.title)),
            ("summary", json!(entry.summary)),
            ("url", json!(entry.page)),
            ("cap", json!(entry.cap)),
            ("circles", json!(place.circles)),
        ] {
            properties.insert(name.to_owned(), value);
        }
        features.push(json!({
            "type": "Feature",
            "id": entry.page,
            "geometry": if fits { place.geometry() } else { Value::Null },
            "properties": properties,
        }));
    }
    let whole = json!({
        "type": "FeatureCollection",
        "title": feed.title,
        "url": feed.own,
        "features": features,
    });
    Ok(whole.to_string())
}

/// Where an alert is.
struct Place {
    area: MultiPolygon<f64>,
    points: Vec<Point>,
    /// Circles as they were given: their middles and radii.
    circles: Vec<Value>,
}

impl Place {
    /// What is drawn and what is meant as a whole; else the districts that were told.
    fn of(entry: &Entry<'_>, city: &City) -> Self {
        let (whole, shapes) = rules::covered(&entry.told.alert, city);
        let mut place = Self {
            area: MultiPolygon::new(vec![]),
            points: vec![],
            circles: vec![],
        };
        for shape in &shapes {
            place.add(shape);
        }
        let districts = if shapes.is_empty() {
            entry.told.districts
        } else {
            whole
        };
        for district in city.in_set(districts) {
            place.area.0.extend(
                city.outline(district)
                    .into_iter()
                    .flat_map(|own| own.0.clone()),
            );
        }
        // Right-hand rule (RFC 7946 §3.1.6).
        place.area = place.area.orient(Direction::Default);
        place
    }

    fn add(&mut self, shape: &Shape) {
        let coord = |point: &Point| {
            let (lat, lon) = point.degrees();
            Coord { x: lon, y: lat }
        };
        match shape {
            Shape::Polygon(ring) => {
                let ring: LineString<f64> = ring.iter().map(coord).collect();
                self.area.0.push(Polygon::new(ring, vec![]));
            }
            Shape::Circle { centre, radius_m } => {
                let (lat, lon) = centre.degrees();
                self.circles
                    .push(json!({ "lat": lat, "lon": lon, "radius_m": radius_m }));
                if *radius_m > 0.0 {
                    let middle = geo::Point(coord(centre));
                    let corner = |number: u32| {
                        let bearing = 360.0 * f64::from(number) / f64::from(CORNERS);
                        Haversine.destination(middle, bearing, *radius_m).0
                    };
                    let ring: LineString<f64> = (0..CORNERS).map(corner).collect();
                    self.area.0.push(Polygon::new(ring, vec![]));
                } else {
                    self.points.push(*centre);
                }
            }
        }
    }

    fn positions(&self) -> usize {
        let rings =
            (self.area.iter()).flat_map(|one| one.interiors().iter().chain([one.exterior()]));
        rings.map(|ring| ring.0.len()).sum::<usize>() + self.points.len()
    }

    fn geometry(&self) -> Value {
        let ring =
            |ring: &LineString<f64>| -> Vec<[f64; 2]> { ring.coords().map(position).collect() };
        let polygons: Vec<Vec<Vec<[f64; 2]>>> = (self.area.iter())
            .map(|one| {
                [one.exterior()]
                    .into_iter()
                    .chain(one.interiors())
                    .map(ring)
                    .collect()
            })
            .collect();
        let area = json!({ "type": "MultiPolygon", "coordinates": polygons });
        if self.points.is_empty() {
            return if polygons.is_empty() {
                Value::Null
            } else {
                area
            };
        }
        let points = self.points.iter().map(|point| {
            let (lat, lon) = point.degrees();
            json!({ "type": "Point", "coordinates": [lon, lat] })
        });
        let mut all: Vec<Value> = points.collect();
        if !polygons.is_empty() {
            all.insert(0, area);
        }
        match all.as_slice() {
            [only] => only.clone(),
            _ => json!({ "type": "GeometryCollection", "geometries": all }),
        }
    }
}

/// Longitude and latitude, to millionths of a degree.
fn position(coord: &Coord<f64>) -> [f64; 2] {
    [coord.x, coord.y].map(|degrees| (degrees * 1e6).round() / 1e6)
}
