//! A document that a source serves: Atom, RSS, EDXL-DE, CAP or JSON.

use std::collections::HashSet;
use std::sync::LazyLock;

use chrono_tz::Tz;
use glas::config::feeds::{Degree, FeedSettings, Fields, Kind, Send};
use glas::features::feed::read::{How, MAX_ENTRIES, read};
use glas::features::feed::rules::plain;
use glas::features::feed::unfit::verdict;
use glas::features::feed::{Content, Document, Entry};
use url::Url;

use super::{TOWN, Town, in_time, zone_of};

/// How many entries of a document are followed further.
const FOLLOWED: usize = 4;
/// The most characters of an entry's name, title and text, with the sign that more was there.
const LENGTHS: [usize; 3] = [500, 302, 4_002];

/// Every way in which a feed may be set up.
static FEEDS: LazyLock<[FeedSettings; 4]> = LazyLock::new(|| {
    let named = |names: [&str; 7]| {
        let [items, id, title, text, link, time, place] = names.map(|name| Some(name.to_owned()));
        Fields {
            items,
            id,
            title,
            text,
            link,
            time,
            place,
        }
    };
    let elements = ["", "id", "headline", "body", "url", "when", "where"];
    let pointers = [
        "/items", "/id", "/title", "/text", "/link", "/time", "/place",
    ];
    [
        (Kind::Cap, Fields::default()),
        (Kind::Rss, Fields::default()),
        (Kind::Rss, named(elements)),
        (Kind::Json, named(pointers)),
    ]
    .map(|(kind, fields)| FeedSettings {
        name: "source".to_owned(),
        source: "A source".to_owned(),
        url: Url::parse("https://example.org/feeds/all.xml").expect("an address"),
        every: 300,
        kind,
        fields,
        language: None,
        topic: None,
        severity: Degree::Minor,
        send: Send::Minor,
        silent_after: None,
    })
});

/// Reads the bytes as a document of each kind of feed: it is refused with a reason, or its entries
/// are within their bounds and each of them is an alert, the address of one, words, or has a reason.
pub fn feed(bytes: &[u8]) {
    for feed in FEEDS.iter() {
        let how = How {
            kind: feed.kind,
            fields: &feed.fields,
            zone: TOWN.city.zone(),
            base: Some(&feed.url),
        };
        in_time("a document", || {
            let outcome = read(bytes, &how);
            TOWN.tells(&verdict(&outcome).words);
            match outcome {
                Ok(document) => TOWN.follows(&document, feed, zone_of(bytes)),
                Err(unfit) => TOWN.tells(&unfit.words()),
            }
        });
    }
}

impl Town {
    fn follows(&self, document: &Document, feed: &FeedSettings, zone: Tz) {
        assert!(document.entries.len() + document.repeated <= MAX_ENTRIES);
        let mut names = HashSet::new();
        for entry in &document.entries {
            bounded(entry);
            assert!(names.insert(&entry.id), "{} comes twice", entry.id);
        }
        for entry in document.entries.iter().take(FOLLOWED) {
            match &entry.content {
                Content::Message(alert) => self.takes(alert, zone),
                Content::Elsewhere(url) => assert!(is_web(url), "{url}"),
                Content::Plain => {
                    let alert = plain::alert(entry, feed, &self.city, self.now, None);
                    self.takes(&alert, zone);
                    let again =
                        plain::alert(entry, feed, &self.city, self.now, Some(alert.reference()));
                    assert!(again.sent >= alert.sent);
                }
                Content::Unusable(why) => self.tells(&why.words()),
            }
        }
    }
}

fn bounded(entry: &Entry) {
    assert!(!entry.id.is_empty(), "an entry without a name");
    let texts = [&entry.id, &entry.title, &entry.text];
    for (text, most) in texts.into_iter().zip(LENGTHS) {
        assert!(text.chars().count() <= most, "too long: {text}");
        assert_eq!(text.trim(), text);
    }
    assert!(!entry.title.contains('\n'), "{:?}", entry.title);
    assert!(entry.link.as_ref().is_none_or(is_web), "{:?}", entry.link);
}

fn is_web(url: &Url) -> bool {
    matches!(url.scheme(), "http" | "https") && url.has_host()
}
