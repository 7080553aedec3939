//! `glas alert check`: what would become of these CAP files, one answer a file.

use std::cell::RefCell;
use std::fs::File;
use std::io::{self, Read as _, Write};
use std::path::{Path, PathBuf};

use serde::Serialize;

use crate::base::clock::Millis;
use crate::city::City;
use crate::features::alert::rules::{self, Earlier, Judgement, Verdict};
use crate::features::alert::{
    Alert, Certainty, MsgType, Reference, Severity, Status, Urgency, cap, letter,
};
use crate::message::catalogue::Catalogue;
use crate::message::{Arg, Lang, Words, say, say_with};

/// What files are checked against.
pub struct Check<'a> {
    /// The city that alerts are mapped to.
    pub city: &'a City,
    /// The words of the answers.
    pub catalogue: &'a Catalogue,
    /// The operator's language.
    pub lang: Lang,
    /// The moment they are judged at.
    pub at: Millis,
    /// One JSON object a line instead of lines to read.
    pub json: bool,
}

/// One answer, with exactly the fields that scripts rely on. Everything that was parsed is null
/// when the file is refused; times are UTC; `expires` is null when the alert does not say it.
#[derive(Debug, Serialize)]
struct Answer<'a> {
    file: &'a str,
    verdict: Verdict,
    reason: String,
    identifier: Option<&'a str>,
    sender: Option<&'a str>,
    sent: Option<String>,
    status: Option<Status>,
    msg_type: Option<MsgType>,
    severity: Option<Severity>,
    urgency: Option<Urgency>,
    certainty: Option<Certainty>,
    event: Option<&'a str>,
    expires: Option<String>,
    languages: Option<Vec<&'a str>>,
    districts: Option<Vec<&'a str>>,
}

impl<'a> Answer<'a> {
    fn new(file: &'a str, verdict: Verdict, reason: String) -> Self {
        Self {
            file,
            verdict,
            reason,
            identifier: None,
            sender: None,
            sent: None,
            status: None,
            msg_type: None,
            severity: None,
            urgency: None,
            certainty: None,
            event: None,
            expires: None,
            languages: None,
            districts: None,
        }
    }
}

impl Check<'_> {
    /// Judges each file in turn and writes the answers to `out`. `known` finds alerts that went
    /// out before; those accepted earlier in the same call are known too, so that an alert can be
    /// checked together with its update and its cancel. Returns whether any file was refused.
    ///
    /// # Errors
    /// When `out` cannot be written to, or a message of the catalogue is missing.
    pub fn run(
        &self,
        files: &[PathBuf],
        known: impl Fn(&Reference) -> Option<Earlier>,
        out: &mut impl Write,
    ) -> anyhow::Result<bool> {
        let accepted: RefCell<Vec<Earlier>> = RefCell::default();
        let known = |reference: &Reference| {
            let accepted = accepted.borrow();
            let here = accepted
                .iter()
                .find(|earlier| earlier.alert.reference() == *reference);
            here.cloned().or_else(|| known(reference))
        };
        let mut any_refused = false;
        for file in files {
            let name = file.to_string_lossy();
            match read(file) {
                Err(reason) => {
                    any_refused = true;
                    self.answer_refused(&name, &reason, out)?;
                }
                Ok(alert) => {
                    let judgement = rules::judge(&alert, self.city, self.at, known);
                    any_refused |= judgement.verdict == Verdict::Refused;
                    self.answer(&name, &alert, &judgement, out)?;
                    if judgement.verdict == Verdict::Accepted {
                        accepted.borrow_mut().push(Earlier {
                            alert,
                            districts: judgement.districts,
                            topics: judgement.topics,
                        });
                    }
                }
            }
        }
        Ok(any_refused)
    }

    fn answer(
        &self,
        file: &str,
        alert: &Alert,
        judgement: &Judgement,
        out: &mut impl Write,
    ) -> anyhow::Result<()> {
        if judgement.verdict == Verdict::Refused {
            return self.answer_refused(file, &judgement.reason, out);
        }
        if !self.json {
            return self.tell(file, alert, judgement, out);
        }
        let info = judgement.infos.first().or(alert.infos.first());
        let mut languages: Vec<_> = alert.infos.iter().map(|info| &*info.language).collect();
        let mut seen = std::collections::BTreeSet::new();
        languages.retain(|language| seen.insert(*language));
        let districts = self.city.in_set(judgement.districts);
        let reason = self.catalogue.word(&judgement.reason, self.lang)?;
        let answer = Answer {
            identifier: Some(&alert.identifier),
            sender: Some(&alert.sender),
            sent: Some(alert.sent.rfc3339()),
            status: alert.status,
            msg_type: alert.msg_type,
            severity: info.map(|info| info.severity),
            urgency: info.map(|info| info.urgency),
            certainty: info.map(|info| info.certainty),
            event: info.map(|info| &*info.event),
            expires: info.and_then(|info| info.expires).map(Millis::rfc3339),
            languages: Some(languages),
            districts: Some(districts.map(|district| &*district.code).collect()),
            ..Answer::new(file, judgement.verdict, reason)
        };
        Ok(writeln!(out, "{}", serde_json::to_string(&answer)?)?)
    }

    fn answer_refused(
        &self,
        file: &str,
        reason: &Words,
        out: &mut impl Write,
    ) -> anyhow::Result<()> {
        if !self.json {
            return self.tell_verdict(file, Verdict::Refused, reason, out);
        }
        let reason = self.catalogue.word(reason, self.lang)?;
        let answer = Answer::new(file, Verdict::Refused, reason);
        Ok(writeln!(out, "{}", serde_json::to_string(&answer)?)?)
    }

    /// The answer for people.
    fn tell(
        &self,
        file: &str,
        alert: &Alert,
        judgement: &Judgement,
        out: &mut impl Write,
    ) -> anyhow::Result<()> {
        self.tell_verdict(file, judgement.verdict, &judgement.reason, out)?;
        let text = |text: &str| Arg::Text(text.to_owned());
        let mut lines = vec![say_with(
            "alert-check-who",
            [
                ("sender", text(&alert.sender)),
                ("identifier", text(&alert.identifier)),
                ("sent", Arg::Time(alert.sent)),
            ],
        )];
        let mut infos = judgement.infos.iter().chain(&alert.infos);
        let first = infos.clone().next();
        let in_own_language = infos.find(|info| info.lang() == Some(self.lang));
        if let Some(info) = in_own_language.or(first) {
            let severity = Arg::Words(Box::new(letter::severity(info.severity)));
            lines.push(say_with(
                "alert-check-what",
                [("event", text(&info.event)), ("severity", severity)],
            ));
        }
        if !judgement.districts.is_empty() {
            let districts = letter::districts(judgement.districts, self.city);
            lines.push(say_with(
                "alert-check-districts",
                [("districts", Arg::Words(Box::new(districts)))],
            ));
        }
        for line in lines {
            writeln!(out, "    {}", self.catalogue.word(&line, self.lang)?)?;
        }
        Ok(())
    }

    fn tell_verdict(
        &self,
        file: &str,
        verdict: Verdict,
        reason: &Words,
        out: &mut impl Write,
    ) -> anyhow::Result<()> {
        let verdict = match verdict {
            Verdict::Accepted => say("alert-check-verdict-accepted"),
            Verdict::Held => say("alert-check-verdict-held"),
            Verdict::Refused => say("alert-check-verdict-refused"),
        };
        let line = say_with(
            "alert-check-line",
            [
                ("file", Arg::Text(file.to_owned())),
                ("verdict", Arg::Words(Box::new(verdict))),
                ("reason", Arg::Words(Box::new(reason.clone()))),
            ],
        );
        Ok(writeln!(out, "{}", self.catalogue.word(&line, self.lang)?)?)
    }
}

/// Reads one file as an alert, at most as many bytes as an alert may have and one more.
///
/// # Errors
/// The reason why it is refused, in words.
pub fn read(file: &Path) -> Result<Alert, Words> {
    let bytes = bytes(file)
        .map_err(|error| say_with("cap-unopened", [("why", Arg::Text(error.to_string()))]))?;
    cap::read(&bytes).map_err(|refusal| refusal.words())
}

fn bytes(file: &Path) -> io::Result<Vec<u8>> {
    let most = u64::try_from(cap::MAX_BYTES).unwrap_or(u64::MAX);
    let mut bytes = vec![];
    File::open(file)?
        .take(most.saturating_add(1))
        .read_to_end(&mut bytes)?;
    Ok(bytes)
}
