//! What holds of every alert that was read or drawn up, wherever it came from.

use chrono_tz::Tz;
use glas::city::Set;
use glas::config::feeds::Degree;
use glas::features::alert::cap::{self, Counted, MAX_BYTES, Refusal, write};
use glas::features::alert::letter::letter;
use glas::features::alert::rules::{Verdict, exactly, judge};
use glas::features::alert::{Alert, MsgType, Scope, Status};
use glas::features::feed::Decision;
use glas::features::feed::rules::{Past, Rule, decide};
use serde_json::Value;

use super::Town;

/// The most strips that describe where an alert is for.
const STRIPS: usize = 512;

/// What may change when an alert is written, and nothing else: the signature and the parts that
/// nobody could read are gone; an alert that does not say what it must is a draft; what has no name
/// gets one.
fn as_written(alert: &Alert) -> Alert {
    let mut alert = alert.clone();
    alert.signed = false;
    alert.unread = vec![];
    let all_said = alert.msg_type.is_some() && alert.scope.is_some();
    alert.status = (alert.status.filter(|_| all_said)).or(Some(Status::Draft));
    alert.msg_type = alert.msg_type.or(Some(MsgType::Alert));
    alert.scope = alert.scope.or(Some(Scope::Public));
    for info in &mut alert.infos {
        info.event = write::event(info).to_owned();
        for area in &mut info.areas {
            // A name that was missing is anything but empty; the rest of the area is the same.
            if area.description.is_empty() {
                area.description = String::from("named");
            }
        }
    }
    alert
}

/// Takes the names that areas got when they had none for the one that [`as_written`] gives.
fn with_names_of(mut read: Alert, original: &Alert) -> Alert {
    let areas = |alert: &Alert| -> Vec<String> {
        let areas = alert.infos.iter().flat_map(|info| &info.areas);
        areas.map(|area| area.description.clone()).collect()
    };
    let names = areas(original);
    let own = (read.infos.iter_mut()).flat_map(|info| &mut info.areas);
    for (area, name) in own.zip(names) {
        assert!(!area.description.is_empty());
        if name.is_empty() {
            area.description = String::from("named");
        }
    }
    read
}

/// Reads what was written of an alert and compares; the text.
pub fn survives(alert: &Alert, zone: Tz, name: &str) -> String {
    let text = write::write(alert, zone);
    let read = match cap::read(text.as_bytes()) {
        Ok(read) => read,
        // Written out in full, the largest ones are larger than what is read.
        Err(Refusal::TooLarge) if text.len() > MAX_BYTES => return text,
        Err(Refusal::TooMany(Counted::Parts)) if text.matches("</").count() > 30_000 => {
            return text;
        }
        Err(why) => panic!("{name}: {why}\n{text}"),
    };
    assert_eq!(
        with_names_of(read.clone(), alert),
        as_written(alert),
        "{name}\n{text}"
    );
    // What was written once is written the same again, to the byte.
    assert_eq!(write::write(&read, zone), text, "{name}");
    text
}

/// The same without blanks and what is no letter: readers tidy them.
fn squeezed(value: Value) -> Value {
    let shown = |letter: &char| {
        !letter.is_whitespace() && !letter.is_control() && !"\u{FFFE}\u{FFFF}".contains(*letter)
    };
    match value {
        Value::String(text) => text.chars().filter(shown).collect::<String>().into(),
        Value::Array(values) => values.into_iter().map(squeezed).collect(),
        Value::Object(fields) => {
            let fields = fields.into_iter();
            Value::Object(
                fields
                    .map(|(name, value)| (name, squeezed(value)))
                    .collect(),
            )
        }
        other => other,
    }
}

impl Town {
    /// That an alert of our own says the same to whoever reads its file, and all that holds of one
    /// that was read.
    pub(super) fn gives(&self, alert: &Alert, zone: Tz) {
        let text = write::write(alert, zone);
        let read = cap::read(text.as_bytes()).unwrap_or_else(|why| panic!("{why}\n{text}"));
        let value = |alert: &Alert| squeezed(serde_json::to_value(alert).expect("JSON"));
        assert_eq!(value(&read), value(alert), "{text}");
        self.takes(&read, zone);
        self.tells_alert(alert);
    }

    /// That an alert survives being written, and can be told.
    pub(super) fn takes(&self, alert: &Alert, zone: Tz) {
        survives(alert, zone, "alert");
        self.tells_alert(alert);
    }

    /// That an alert survives being kept, is judged, and can be told in every language.
    fn tells_alert(&self, alert: &Alert) {
        let kept = serde_json::to_string(alert).expect("JSON");
        let again: Alert = serde_json::from_str(&kept).expect("the same alert");
        assert_eq!(again, *alert);
        let now = alert.sent;
        let judgement = judge(alert, &self.city, now, |_| None);
        self.tells(&judgement.reason);
        let (_, strips) = exactly(&judgement, &self.city);
        assert!(strips.len() <= STRIPS, "{} strips", strips.len());
        if judgement.verdict == Verdict::Accepted {
            assert_ne!(judgement.districts, Set::NONE, "nobody is told");
            for lang in self.catalogue.languages() {
                let letter = letter(alert, &judgement, &self.city, lang);
                let worded = self.catalogue.localise(&letter, lang);
                let worded = worded.unwrap_or_else(|why| panic!("{lang}: {why}"));
                assert!(worded.title.is_some_and(|title| !title.trim().is_empty()));
            }
        }
        let rule = Rule {
            city: &self.city,
            at: now,
            up_to: Some(Degree::Moderate),
        };
        let own = |_: &_| Some(Past::Draft);
        match decide(alert.clone(), &rule, |_| None, own) {
            Decision::Straight(sent) => {
                let judgement = judge(&sent, &self.city, now, |_| None);
                assert_eq!(judgement.verdict, Verdict::Accepted, "{sent:?}");
            }
            Decision::Draft(_, why) | Decision::Pass(why) => self.tells(&why),
        }
    }
}
