//! What a program asks of the API: a method, a path, a media type and a body.

use glas::features::alert::cap;
use glas::features::alert::template::drill;
use glas::web::api::call::{Call, MOST_JSON, Unread, most_bytes, read};
use glas::web::api::fields::Wrong;
use glas::web::api::table::{Lost, route};

use super::{TOWN, Town, in_time, zone_of};

/// The most faults that are told at once.
const MOST_FAULTS: usize = 20;
/// The most characters of the place of a fault: five names of forty characters, each of which may
/// be one that is escaped.
const LONGEST_POINTER: usize = 5 * 81;

/// Reads the bytes as a request: it leads nowhere, is refused with reasons, or is understood, and
/// then what holds of a template or of a CAP message holds.
///
/// The first line is `METHOD PATH MEDIA`; what follows it is the body.
pub fn api(bytes: &[u8]) {
    let end = bytes.iter().position(|byte| *byte == b'\n');
    let (head, body) = end.map_or((bytes, &[][..]), |end| (&bytes[..end], &bytes[end + 1..]));
    let Ok(head) = std::str::from_utf8(head) else {
        return;
    };
    let (method, rest) = head.split_once(' ').unwrap_or((head, ""));
    let (path, media) = rest.split_once(' ').unwrap_or((rest, ""));
    in_time("a request", || {
        let (operation, number) = match route(method, path) {
            Ok(found) => found,
            Err(Lost::Nowhere) => return,
            Err(Lost::Method(others)) => {
                assert!(
                    !others.is_empty() && !others.contains(&method),
                    "{others:?}"
                );
                return;
            }
        };
        assert!(number >= 0, "{number}");
        let called = read(operation, media, body);
        if body.len() > most_bytes(operation.takes) {
            assert!(called.is_err(), "{} bytes", body.len());
        }
        match called {
            Ok(Call::Draw(facts, as_drill)) => {
                if let Some(alert) = TOWN.draws(&facts, zone_of(bytes))
                    && as_drill
                {
                    let alert = drill(&alert, &TOWN.office()).expect("a drill");
                    TOWN.gives(&alert, zone_of(bytes));
                }
            }
            Ok(Call::File(alert)) => {
                assert!(cap::read(body).is_ok());
                TOWN.takes(&alert, zone_of(bytes));
            }
            Ok(Call::Decide(_, text)) => assert!(text.len() <= MOST_JSON),
            Ok(Call::Plain) => assert!(body.is_empty()),
            Err(Unread::Fields(faults)) => TOWN.told_where(&faults),
            Err(Unread::Cap(refusal)) => TOWN.tells(&refusal.words()),
            Err(Unread::Json(line, _)) => {
                let lines = body.split(|byte| *byte == b'\n').count();
                assert!(line <= lines, "line {line} of {lines}");
            }
            Err(Unread::Needless) => assert!(!body.is_empty()),
            Err(Unread::TooLarge) => assert!(body.len() > MOST_JSON),
            Ok(Call::Correct(_)) | Err(Unread::Media) => {}
        }
    });
}

impl Town {
    fn told_where(&self, faults: &[Wrong]) {
        assert!(!faults.is_empty(), "refused without a reason");
        assert!(faults.len() <= MOST_FAULTS, "{} faults", faults.len());
        for fault in faults {
            self.tells(&fault.words);
            let pointer = &fault.pointer;
            assert!(pointer.is_empty() || pointer.starts_with('/'), "{pointer}");
            assert!(pointer.chars().count() <= LONGEST_POINTER, "{pointer}");
        }
    }
}
