//! What people send besides text, as the Bot API shows it.

use serde_json::{Map, Value, json};

use crate::base::point::Point;

/// Something that is no text. Files of people are only described; there is nothing to fetch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Media {
    /// A picture.
    Photo,
    /// A film.
    Video,
    /// A round film.
    VideoNote,
    /// Something spoken.
    Voice,
    /// Music.
    Audio,
    /// A sticker.
    Sticker,
    /// A film without sound that repeats itself.
    Animation,
    /// A die.
    Dice,
    /// Any other file.
    Document,
    /// Somebody's telephone number.
    Contact,
    /// A place with a name.
    Venue(Point),
}

impl Media {
    /// The fields that a `Message` has for it; `from` is who sends it.
    pub(super) fn fields(self, from: i64) -> Map<String, Value> {
        let file = |more: Value| {
            let mut file = json!({
                "file_id": format!("AgAD{from}"), "file_unique_id": format!("AQAD{from}"),
                "file_size": 20_480,
            });
            if let (Value::Object(file), Value::Object(more)) = (&mut file, more) {
                file.extend(more);
            }
            file
        };
        let size = || json!({ "width": 320, "height": 320 });
        let timed = || json!({ "width": 320, "height": 320, "duration": 3 });
        let fields = match self {
            Self::Photo => vec![("photo", json!([file(size())]))],
            Self::Video => vec![("video", file(timed()))],
            Self::VideoNote => {
                let round = json!({ "length": 240, "duration": 3 });
                vec![("video_note", file(round))]
            }
            Self::Voice => vec![("voice", file(json!({ "duration": 3 })))],
            Self::Audio => vec![("audio", file(json!({ "duration": 180 })))],
            Self::Sticker => {
                let mut sticker = file(size());
                sticker["type"] = json!("regular");
                sticker["is_animated"] = json!(false);
                sticker["is_video"] = json!(false);
                vec![("sticker", sticker)]
            }
            // Older bots look for a document there, so it comes as one, too.
            Self::Animation => vec![("animation", file(timed())), ("document", file(json!({})))],
            Self::Dice => vec![("dice", json!({ "emoji": "🎲", "value": 4 }))],
            Self::Document => vec![("document", file(json!({ "file_name": "a.pdf" })))],
            Self::Contact => {
                let contact = json!({ "phone_number": "+359000000000", "first_name": "A" });
                vec![("contact", contact)]
            }
            Self::Venue(point) => {
                let (latitude, longitude) = point.degrees();
                let place = json!({ "latitude": latitude, "longitude": longitude });
                let venue = json!({ "location": place, "title": "A", "address": "B" });
                vec![("location", place), ("venue", venue)]
            }
        };
        let owned = |(name, value): (&str, Value)| (name.to_owned(), value);
        fields.into_iter().map(owned).collect()
    }
}
