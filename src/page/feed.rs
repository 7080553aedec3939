//! The feeds of public alerts: what kinds there are, and where each is found.

use super::path;
use crate::message::Lang;

/// A kind of feed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Feed {
    /// RFC 4287.
    Atom,
    /// RSS 2.0.
    Rss,
    /// JSON Feed 1.1.
    Json,
    /// RFC 7946.
    GeoJson,
}

impl Feed {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Atom, Self::Rss, Self::Json, Self::GeoJson];

    /// What its format is called, in every language.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Atom => "Atom",
            Self::Rss => "RSS",
            Self::Json => "JSON",
            Self::GeoJson => "GeoJSON",
        }
    }

    /// Its media type.
    #[must_use]
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Atom => "application/atom+xml",
            Self::Rss => "application/rss+xml",
            Self::Json => "application/feed+json",
            Self::GeoJson => "application/geo+json",
        }
    }

    /// Its path, of the whole city or of the district with this short name.
    #[must_use]
    pub fn path(self, lang: Lang, district: Option<&str>) -> String {
        let ending = match self {
            Self::Atom => "atom",
            Self::Rss => "rss",
            Self::Json => "json",
            Self::GeoJson => "geojson",
        };
        let file = path(lang, &format!("/alerts.{ending}"));
        match district {
            Some(slug) => format!("{file}?district={slug}"),
            None => file,
        }
    }
}
