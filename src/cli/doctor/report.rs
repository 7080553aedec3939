//! How findings are told: a line each, or a JSON object each, and how they add up.

use serde::Serialize;

use crate::channels::checkup::{Finding, Level};
use crate::message::catalogue::Catalogue;
use crate::message::{self, Arg, Lang, say, say_with};

/// Prints findings as they come.
pub struct Report<'a> {
    catalogue: &'a Catalogue,
    lang: Lang,
    json: bool,
    /// The words for the levels, each as wide as the widest.
    levels: [(Level, String); 4],
    warnings: i64,
    faults: i64,
}

/// A finding for scripts.
#[derive(Serialize)]
struct Line<'a> {
    check: &'a str,
    level: Level,
    text: String,
}

impl<'a> Report<'a> {
    /// A report in `lang`, for scripts when `json`.
    ///
    /// # Errors
    /// When the catalogue lacks a level's word.
    pub fn new(catalogue: &'a Catalogue, lang: Lang, json: bool) -> anyhow::Result<Self> {
        let word = |words: &message::Words| catalogue.word(words, lang);
        let mut levels = [
            (Level::Ok, word(&say("doctor-level-ok"))?),
            (Level::Note, word(&say("doctor-level-note"))?),
            (Level::Warning, word(&say("doctor-level-warning"))?),
            (Level::Fault, word(&say("doctor-level-fault"))?),
        ];
        let width = levels.iter().map(|(_, word)| word.chars().count()).max();
        let width = width.unwrap_or(0);
        for (_, word) in &mut levels {
            *word = format!("{word:width$}");
        }
        Ok(Self {
            catalogue,
            lang,
            json,
            levels,
            warnings: 0,
            faults: 0,
        })
    }

    /// Whether there was no fault.
    pub fn good(&self) -> bool {
        self.faults == 0
    }

    /// Prints a finding.
    ///
    /// # Errors
    /// When the catalogue lacks its words.
    pub fn tell(&mut self, finding: &Finding) -> anyhow::Result<()> {
        self.warnings += i64::from(finding.level == Level::Warning);
        self.faults += i64::from(finding.level == Level::Fault);
        let text = self.catalogue.word(&finding.says, self.lang)?;
        if self.json {
            let line = Line {
                check: finding.about,
                level: finding.level,
                text,
            };
            println!("{}", serde_json::to_string(&line)?);
            return Ok(());
        }
        let level = self
            .levels
            .iter()
            .find(|(level, _)| *level == finding.level);
        let level = level.map_or("", |(_, word)| word);
        // What somebody else said may have several lines.
        println!("{level}  {}", text.replace('\n', " "));
        Ok(())
    }

    /// Prints findings in their order.
    ///
    /// # Errors
    /// As [`Report::tell`].
    pub fn tell_all(&mut self, findings: &[Finding]) -> anyhow::Result<()> {
        findings.iter().try_for_each(|finding| self.tell(finding))
    }

    /// Prints how it all adds up; whether there was no fault.
    ///
    /// # Errors
    /// When the catalogue lacks the words.
    pub fn end(self) -> anyhow::Result<bool> {
        if !self.json {
            let count = |count| [("count", Arg::Number(count))];
            let sum = match (self.faults, self.warnings) {
                (0, 0) => say("doctor-good"),
                (0, warnings) => say_with("doctor-warnings", count(warnings)),
                (faults, _) => say_with("doctor-faults", count(faults)),
            };
            println!("\n{}", self.catalogue.word(&sum, self.lang)?);
        }
        Ok(self.good())
    }
}
