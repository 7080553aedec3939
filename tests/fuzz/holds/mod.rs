//! What must hold whatever comes in: each function takes bytes and panics where something does not.
//!
//! The fuzz targets call them with bytes of their own making, `tests/it/fuzz.rs` with every seed.

mod alert;
mod api;
mod cap;
mod feed;
mod template;

use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use std::time::{Duration, Instant};

use chrono_tz::Tz;
use glas::base::clock::Millis;
use glas::city::City;
use glas::message::Words;
use glas::message::catalogue::Catalogue;

pub use alert::survives;
pub use api::api;
pub use cap::cap;
pub use feed::feed;
pub use template::template;

/// The most processor time that one input may take.
const LONGEST: Duration = Duration::from_secs(2);
/// The most characters that an operator is told about one thing.
const MOST_TOLD: usize = 3_000;
/// Zones with offsets of every kind: whole hours, half ones, none, and seconds in 1970.
const ZONES: [Tz; 4] = [
    chrono_tz::Europe::Sofia,
    chrono_tz::UTC,
    chrono_tz::America::St_Johns,
    chrono_tz::Africa::Monrovia,
];

static TOWN: LazyLock<Town> = LazyLock::new(Town::load);

/// Where everything happens: Sofia, on a Thursday in November.
struct Town {
    city: City,
    catalogue: Catalogue,
    now: Millis,
}

impl Town {
    fn load() -> Self {
        let root = root();
        let city = City::load(&root.join("cities/sofia")).expect("the city");
        let catalogue = Catalogue::load(&root.join("locales"), city.zone()).expect("its words");
        let now = Millis::parse_rfc3339("2026-11-26T07:10:00.250+02:00").expect("a moment");
        Self {
            city,
            catalogue,
            now,
        }
    }

    /// That something can be told in every language, and shortly.
    fn tells(&self, words: &Words) {
        for lang in self.catalogue.languages() {
            let told = self.catalogue.word(words, lang);
            let told = told.unwrap_or_else(|why| panic!("{lang}: {why} in {words:?}"));
            assert!(!told.trim().is_empty(), "{lang}: nothing is told");
            assert!(told.chars().count() <= MOST_TOLD, "{lang}: {told}");
        }
    }
}

/// The project's folder.
pub fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let project = here.ancestors().find(|it| it.join("locales").is_dir());
    project.expect("the project").to_owned()
}

/// A zone for an input, always the same one for the same.
fn zone_of(bytes: &[u8]) -> Tz {
    ZONES[bytes.len() % ZONES.len()]
}

/// Does something that must not take long. Where others have the processor too, it is done again
/// and its own time counts.
fn in_time<T>(what: &str, work: impl Fn() -> T) -> T {
    let began = Instant::now();
    let done = work();
    if began.elapsed() > LONGEST {
        let before = processor_time();
        work();
        let took = processor_time().saturating_sub(before);
        assert!(took <= LONGEST, "{what} takes {took:?}");
    }
    done
}

/// The processor time of this thread (proc(5)).
fn processor_time() -> Duration {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let first = told.split_whitespace().next();
    Duration::from_nanos(first.and_then(|text| text.parse().ok()).unwrap_or(0))
}
