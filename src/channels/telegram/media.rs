//! What somebody sent that is no text: a place, or a file of some kind.

use serde::Deserialize;
use serde::de::IgnoredAny;

use crate::base::point::Point;
use crate::channel::{Act, Media};

/// The fields of a `Message` of which one says what it holds.
#[derive(Deserialize)]
pub(super) struct Enclosed {
    /// Set for a venue, too.
    location: Option<Location>,
    photo: Option<IgnoredAny>,
    video: Option<IgnoredAny>,
    video_note: Option<IgnoredAny>,
    voice: Option<IgnoredAny>,
    audio: Option<IgnoredAny>,
    sticker: Option<IgnoredAny>,
    animation: Option<IgnoredAny>,
    dice: Option<IgnoredAny>,
    /// Set for an animation, too.
    document: Option<IgnoredAny>,
    contact: Option<IgnoredAny>,
}

#[derive(Deserialize)]
struct Location {
    latitude: f64,
    longitude: f64,
}

impl Enclosed {
    /// What the person did by sending it; nothing for what we know no answer to.
    pub(super) fn act(self) -> Option<Act> {
        if let Some(place) = self.location {
            return Point::from_degrees(place.latitude, place.longitude).map(Act::Shared);
        }
        let kinds = [
            (self.animation, Media::Sticker),
            (self.photo, Media::Photo),
            (self.video, Media::Video),
            (self.video_note, Media::Video),
            (self.voice, Media::Voice),
            (self.audio, Media::Voice),
            (self.sticker, Media::Sticker),
            (self.dice, Media::Sticker),
            (self.document, Media::File),
            (self.contact, Media::Contact),
        ];
        let (_, media) = kinds.into_iter().find(|(there, _)| there.is_some())?;
        Some(Act::Sent(media))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::Enclosed;
    use crate::base::point::Point;
    use crate::channel::{Act, Media};

    fn act(message: Value) -> Option<Act> {
        let enclosed: Enclosed = serde_json::from_value(message).expect("readable");
        enclosed.act()
    }

    #[test]
    fn every_kind_is_told_by_its_field() {
        for (message, media) in [
            (json!({"photo": [{}], "caption": "x"}), Media::Photo),
            (json!({"video_note": {}}), Media::Video),
            (json!({"audio": {}}), Media::Voice),
            (json!({"dice": {"value": 3}}), Media::Sticker),
            (json!({"animation": {}, "document": {}}), Media::Sticker),
            (json!({"document": {}}), Media::File),
            (json!({"contact": {}}), Media::Contact),
        ] {
            assert_eq!(act(message.clone()), Some(Act::Sent(media)), "{message}");
        }
        assert_eq!(act(json!({"poll": {}})), None);
    }

    #[test]
    fn a_place_is_shared_when_it_is_on_the_globe() {
        let place = |latitude: f64| json!({"location": {"latitude": latitude, "longitude": 23.25}});
        let point = Point {
            lat: 42_700_000,
            lon: 23_250_000,
        };
        assert_eq!(act(place(42.7)), Some(Act::Shared(point)));
        assert_eq!(act(place(91.0)), None);
        let mut venue = place(42.7);
        venue["venue"] = json!({"title": "X"});
        assert_eq!(act(venue), Some(Act::Shared(point)));
    }
}
