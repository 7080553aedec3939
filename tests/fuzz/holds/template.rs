//! What an operator fills into a template: as arguments, as answers of a form, or as JSON.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use chrono_tz::Tz;
use glas::base::clock::Millis;
use glas::features::alert::Alert;
use glas::features::alert::rules::{Earlier, Verdict, judge};
use glas::features::alert::template::{
    Drafting, Facts, Fault, Template, Wrong, cancel, correction, draw_up, drill, facts, form, read,
};
use glas::message::form::Filled;

use super::{TOWN, Town, in_time, zone_of};

/// The alert that an all-clear is about.
static EARLIER: LazyLock<Alert> = LazyLock::new(|| {
    let office = TOWN.office();
    let facts = read(Template::Storm, &["place=Люлин"], &office).expect("facts");
    draw_up(&facts, &office, None).expect("an alert")
});

/// Reads the bytes as what an operator fills in: it is refused with reasons, or every language has
/// an alert that may go out.
///
/// The first line names the template; `form` after it means that the others are answers of its form
/// and not arguments. In both a line is `name=value`, and `\n` in it a new line. Bytes that begin
/// with `{` are the facts themselves, as JSON.
pub fn template(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    in_time("a template", || {
        let office = TOWN.office();
        let facts = if text.starts_with('{') {
            let Ok(facts) = serde_json::from_str(text) else {
                return;
            };
            Ok(facts)
        } else {
            let mut lines = text.lines();
            let head = lines.next().unwrap_or_default();
            let (code, as_form) = match head.strip_suffix(" form") {
                Some(code) => (code, true),
                None => (head, false),
            };
            let Some(template) = Template::parse(code) else {
                return;
            };
            let lines: Vec<String> = lines.map(|line| line.replace("\\n", "\n")).collect();
            if as_form {
                facts(template, &filled(template, &lines), &office)
            } else {
                read(template, &lines, &office)
            }
        };
        match facts {
            Ok(facts) => {
                TOWN.draws(&facts, zone_of(bytes));
            }
            Err(faults) => TOWN.faults(&faults),
        }
    });
}

fn filled(template: Template, lines: &[String]) -> Filled {
    let form = form(template, &TOWN.city);
    let mut answers = BTreeMap::<String, Vec<String>>::new();
    for (name, value) in lines.iter().filter_map(|line| line.split_once('=')) {
        if form.question(name).is_some() {
            let values = answers.entry(name.to_owned()).or_default();
            values.push(value.to_owned());
        }
    }
    Filled::new(&form, 1, answers)
}

impl Town {
    pub(super) fn office(&self) -> Drafting<'_> {
        Drafting {
            city: &self.city,
            catalogue: &self.catalogue,
            sender: "alerts@sofia.example",
            contact: None,
            identifier: "sofia-1",
            now: self.now,
        }
    }

    fn faults(&self, faults: &[Fault]) {
        assert!(!faults.is_empty(), "refused without a reason");
        for fault in faults {
            self.tells(&fault.words);
            self.tells(&fault.fact.name());
            let told = format!("{:?}", fault.words);
            assert!(!told.contains("template-fault-words"), "{told}");
        }
    }

    /// The alert of these facts, where nothing is wrong with them.
    pub(super) fn draws(&self, facts: &Facts, zone: Tz) -> Option<Alert> {
        let office = self.office();
        let alert = match draw_up(facts, &office, Some(&EARLIER)) {
            Ok(alert) => alert,
            Err(faults) => {
                self.faults(&faults);
                return None;
            }
        };
        let kept = serde_json::to_string(facts).expect("JSON");
        let again: Facts = serde_json::from_str(&kept).expect("the same facts");
        // In JSON moments have whole seconds.
        let whole = Facts {
            from: facts.from.map(Millis::in_seconds),
            until: facts.until.map(Millis::in_seconds),
            ..facts.clone()
        };
        assert_eq!(again, whole);
        assert_eq!(alert.infos.len(), self.city.languages().len());
        self.gives(&alert, zone);
        let judgement = judge(&alert, &self.city, self.now, |reference| {
            let judged = judge(&EARLIER, &self.city, self.now, |_| None);
            (EARLIER.reference() == *reference).then(|| Earlier {
                alert: EARLIER.clone(),
                districts: judged.districts,
                topics: judged.topics,
            })
        });
        let reason = &judgement.reason;
        assert_eq!(judgement.verdict, Verdict::Accepted, "{reason:?}");
        let after = [
            cancel(&alert, &office),
            drill(&alert, &office),
            correction(&alert, Wrong::Mistake, &office),
            correction(&alert, Wrong::Place, &office),
        ];
        for made in after {
            match made {
                Ok(made) => self.gives(&made, zone),
                Err(faults) => panic!("{faults:?}"),
            }
        }
        Some(alert)
    }
}
