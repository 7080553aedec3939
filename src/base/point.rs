//! Points and shapes on the ground, in WGS 84.

use std::ops::RangeInclusive;

use serde::{Deserialize, Serialize};

/// A point in millionths of a degree (about 11 cm of latitude).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Point {
    /// Latitude, −90 000 000 to 90 000 000.
    pub lat: i64,
    /// Longitude, −180 000 000 to 180 000 000.
    pub lon: i64,
}

impl Point {
    /// A point from degrees, or `None` outside the globe or when not a number.
    #[must_use]
    pub fn from_degrees(lat: f64, lon: f64) -> Option<Self> {
        if !(-90.0..=90.0).contains(&lat) || !(-180.0..=180.0).contains(&lon) {
            return None;
        }
        #[expect(
            clippy::cast_possible_truncation,
            reason = "the range is checked just above"
        )]
        let millionths = |degrees: f64| (degrees * 1e6).round() as i64;
        Some(Self {
            lat: millionths(lat),
            lon: millionths(lon),
        })
    }

    /// A point as people and maps write it: latitude and longitude in degrees, parted by a comma, a
    /// semicolon or space, with a decimal point, or with a decimal comma where no comma parts
    /// them; also behind `geo:` (RFC 5870).
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let text = text.trim();
        let text = text.strip_prefix("geo:").unwrap_or(text);
        let parts = |apart: &[char]| -> Vec<&str> {
            (text.split(apart).filter(|part| !part.is_empty())).collect()
        };
        let read = |parts: &[&str]| match parts {
            [lat, lon] => Self::from_degrees(lat.parse().ok()?, lon.parse().ok()?),
            _ => None,
        };
        let with_commas: Vec<String> = (parts(&[';', ' ']).iter())
            .map(|part| part.replace(',', "."))
            .collect();
        let with_commas: Vec<&str> = with_commas.iter().map(String::as_str).collect();
        read(&parts(&[',', ';', ' '])).or_else(|| read(&with_commas))
    }

    /// Latitude and longitude in degrees.
    #[must_use]
    pub fn degrees(self) -> (f64, f64) {
        #[expect(clippy::cast_precision_loss, reason = "at most 1.8e8, exact in f64")]
        let degrees = |millionths: i64| millionths as f64 / 1e6;
        (degrees(self.lat), degrees(self.lon))
    }
}

/// A circle that somebody wants to hear about: their street.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Spot {
    /// Its middle.
    pub point: Point,
    /// Metres.
    pub radius_m: i64,
}

impl Spot {
    /// How many metres around a point may be asked for.
    pub const RADII: RangeInclusive<i64> = 50..=20_000;

    /// The circle as a shape.
    #[must_use]
    pub fn shape(&self) -> Shape {
        #[expect(clippy::cast_precision_loss, reason = "a few thousand metres")]
        let radius_m = self.radius_m as f64;
        Shape::Circle {
            centre: self.point,
            radius_m,
        }
    }
}

/// What an alert covers when it is drawn and not named.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Shape {
    /// A ring of at least three different corners; the last joins the first.
    Polygon(Vec<Point>),
    /// All within `radius_m` metres of `centre`; zero means the point itself.
    Circle {
        /// The middle.
        centre: Point,
        /// Metres, finite and not negative.
        radius_m: f64,
    },
}

/// A rectangle along the lines of the globe, its edges included; in millionths of a degree.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Strip {
    /// The lower latitude.
    pub south: i64,
    /// The higher latitude.
    pub north: i64,
    /// The lower longitude.
    pub west: i64,
    /// The higher longitude.
    pub east: i64,
}

impl Strip {
    /// Whether a point lies in it.
    #[must_use]
    pub fn holds(&self, point: Point) -> bool {
        (self.south..=self.north).contains(&point.lat)
            && (self.west..=self.east).contains(&point.lon)
    }

    /// How long a degree of longitude is in its middle, in thousandths of one of latitude.
    #[must_use]
    pub fn narrowing(&self) -> i64 {
        let (lat, _) = Point {
            lat: i64::midpoint(self.south, self.north),
            lon: 0,
        }
        .degrees();
        #[expect(clippy::cast_possible_truncation, reason = "0 to 1000")]
        let thousandths = (lat.to_radians().cos() * 1000.0) as i64;
        thousandths.clamp(1, 1000)
    }
}
