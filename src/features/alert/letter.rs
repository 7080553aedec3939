//! Words an alert as a letter: source, hazard and impact, place, time, what to do.

mod names;

use super::buttons;
use super::rules::{Judgement, is_pressing};
use super::{Alert, Category, Certainty, Info, MsgType, ResponseType, Severity, Status};
use crate::base::clock::Millis;
use crate::city::{City, Set, Sureness, What};
use crate::message::{Action, Arg, Block, Lang, Letter, Weight, Words, say, say_with};
use names::{certainty, step, urgency};

pub(super) use names::hazard;

/// The most areas that are named one by one beside their districts.
const MAX_NAMES: usize = 12;

/// The letter for readers of `lang`.
///
/// Where the alert is written in `lang`, its own words are used. Otherwise everything that can be
/// told without them is said in `lang`, and the original follows as a quotation under the name of
/// its language. Meant for accepted alerts, and for exercises whose texts say that they are some.
#[must_use]
pub fn letter(alert: &Alert, judgement: &Judgement, city: &City, lang: Lang) -> Letter {
    let telling = Telling::choose(alert, judgement, lang);
    let mut body = telling.introduction();
    if telling.is_cancel() {
        body.push(Block::Facts(vec![(
            say("alert-where"),
            districts(judgement.districts, city),
        )]));
    } else {
        body.extend(telling.own_text());
        body.push(Block::Facts(telling.facts(city)));
        body.extend(telling.what_to_do(city));
    }
    body.extend(telling.original());
    Letter {
        title: Some(telling.title()),
        body,
        actions: telling.actions(city),
        weight: telling.weight(),
        footer: Some(telling.footer(city, lang)),
        picture: None,
    }
}

/// An alert beside the info that is told from.
struct Telling<'a> {
    alert: &'a Alert,
    judgement: &'a Judgement,
    info: Option<&'a Info>,
    /// Whether the info is written in the reader's language.
    own: bool,
}

impl<'a> Telling<'a> {
    fn choose(alert: &'a Alert, judgement: &'a Judgement, lang: Lang) -> Self {
        let english = Lang::from_bytes(b"en").ok();
        let written_in = |wanted: Option<Lang>| {
            let mut infos = judgement.infos.iter();
            infos.find(|info| wanted.is_some() && info.lang() == wanted)
        };
        let own = written_in(Some(lang));
        Self {
            alert,
            judgement,
            info: own
                .or_else(|| written_in(english))
                .or(judgement.infos.first()),
            own: own.is_some(),
        }
    }

    fn is_cancel(&self) -> bool {
        self.alert.msg_type == Some(MsgType::Cancel)
    }

    fn is_all_clear(&self) -> bool {
        self.info
            .is_some_and(|info| info.response_types.contains(&ResponseType::AllClear))
    }

    /// Whether it is an exercise; its own texts say so, and nothing here may sound like danger.
    fn is_drill(&self) -> bool {
        self.alert.status == Some(Status::Exercise)
    }

    /// Whether it tells of a nuisance, such as a planned repair, which is no danger to anybody.
    fn is_notice(&self) -> bool {
        let nuisance =
            |it: &Category| matches!(it, Category::Infra | Category::Transport | Category::Other);
        self.judgement.severity == Severity::Minor
            && self
                .info
                .is_some_and(|info| info.categories.iter().all(nuisance))
    }

    fn title(&self) -> Words {
        if self.is_drill() && !self.is_cancel() {
            return self.what();
        }
        let severity = if self.is_notice() {
            say("alert-notice")
        } else {
            severity(self.judgement.severity)
        };
        let words = |words| Arg::Words(Box::new(words));
        let what = ("what", words(self.what()));
        if self.is_cancel() {
            say_with("alert-title-cancel", [what])
        } else if self.is_all_clear() {
            say_with("alert-title-all-clear", [what])
        } else if self.alert.msg_type == Some(MsgType::Update) {
            say_with("alert-title-update", [("severity", words(severity)), what])
        } else {
            say_with("alert-title", [("severity", words(severity)), what])
        }
    }

    /// The event in the reader's language: the alert's own word, else that for its category.
    fn what(&self) -> Words {
        let Some(info) = self.info else {
            return say("alert-hazard-other");
        };
        let own_word = Some(&info.event)
            .filter(|event| !event.is_empty())
            .or(info.headline.as_ref());
        match own_word {
            Some(event) if self.own => Words::Verbatim(event.clone()),
            _ => {
                let hazard = hazard(info.categories.first().copied().unwrap_or(Category::Other));
                if !self.is_drill() {
                    return hazard;
                }
                let what = ("what", Arg::Words(Box::new(hazard)));
                say_with("alert-title-drill", [what])
            }
        }
    }

    /// Who says it, and how it stands to what was said before.
    fn introduction(&self) -> Vec<Block> {
        let named = self.info.and_then(|info| info.sender_name.as_ref());
        let drill = self.is_drill().then(|| say("alert-drill"));
        let mut blocks: Vec<Block> = drill.into_iter().map(Block::Paragraph).collect();
        blocks.push(Block::Paragraph(say_with(
            "alert-source",
            [
                (
                    "source",
                    Arg::Text(named.unwrap_or(&self.alert.sender).clone()),
                ),
                ("sent", Arg::Time(self.alert.sent)),
            ],
        )));
        if let Some(earlier) = &self.judgement.refers_to {
            let sent = [("sent", Arg::Time(earlier.sent))];
            blocks.push(Block::Paragraph(if self.is_cancel() {
                say_with("alert-revokes", sent)
            } else {
                say_with("alert-replaces", sent)
            }));
        }
        if !self.is_cancel()
            && self
                .info
                .is_some_and(|info| info.severity == Severity::Unknown)
        {
            blocks.push(Block::Paragraph(say("alert-severity-unknown")));
        }
        if self.is_cancel() {
            blocks.extend(self.own_text());
        }
        blocks
    }

    /// Headline and description, where they are in the reader's language.
    fn own_text(&self) -> Vec<Block> {
        let Some(info) = self.info.filter(|_| self.own) else {
            return vec![];
        };
        [&info.headline, &info.description]
            .into_iter()
            .flatten()
            .filter(|text| **text != info.event)
            .map(|text| Block::Paragraph(Words::Verbatim(text.clone())))
            .collect()
    }

    fn facts(&self, city: &City) -> Vec<(Words, Words)> {
        let mut facts = vec![(
            say("alert-where"),
            districts(self.judgement.districts, city),
        )];
        let Some(info) = self.info else {
            return facts;
        };
        facts.extend(exactly(info, city).map(|places| (say("alert-where-exactly"), places)));
        if self.is_all_clear() {
            return facts;
        }
        facts.push((say("alert-when"), self.when(info)));
        if self.is_notice() {
            return facts;
        }
        facts.extend(urgency(info.urgency).map(|words| (say("alert-how-soon"), words)));
        // What was observed and is still to come is settled: nobody doubts it.
        let settled = info.certainty == Certainty::Observed && self.ahead(info).is_some();
        let sure = certainty(info.certainty).filter(|_| !settled);
        facts.extend(sure.map(|words| (say("alert-how-sure"), words)));
        facts
    }

    /// When it begins, if that is still to come.
    fn ahead(&self, info: &Info) -> Option<Millis> {
        let begins = info.onset.or(info.effective);
        begins.filter(|begins| *begins > self.alert.sent)
    }

    fn when(&self, info: &Info) -> Words {
        let from = self.ahead(info).map(|begins| ("from", Arg::Time(begins)));
        let until = info.expires.map(|until| ("until", Arg::Time(until)));
        match (from, until) {
            (Some(from), Some(until)) => say_with("alert-from-until", [from, until]),
            (Some(from), None) => say_with("alert-from", [from]),
            (None, Some(until)) => say_with("alert-until", [until]),
            (None, None) => say("alert-from-now"),
        }
    }

    /// The sender's own instruction, else what follows from the response types; and the
    /// number for emergencies.
    fn what_to_do(&self, city: &City) -> Vec<Block> {
        let Some(info) = self.info else {
            return vec![];
        };
        let mut blocks = vec![];
        if let Some(instruction) = info.instruction.as_ref().filter(|_| self.own) {
            blocks.push(Block::Paragraph(say("alert-what-to-do")));
            blocks.push(Block::Paragraph(Words::Verbatim(instruction.clone())));
        } else {
            let steps: Vec<_> = info
                .response_types
                .iter()
                .copied()
                .filter_map(step)
                .collect();
            if !steps.is_empty() {
                blocks.push(Block::Paragraph(say("alert-what-to-do")));
                blocks.push(Block::Bullets(steps));
            }
        }
        let grave = matches!(info.severity, Severity::Extreme | Severity::Severe);
        if grave && !self.is_all_clear() && !self.is_drill() {
            let number = ("number", Arg::Text(city.emergency().to_owned()));
            blocks.push(Block::Paragraph(say_with("alert-emergency", [number])));
        }
        blocks
    }

    /// The sender's words, when they are not in the reader's language.
    fn original(&self) -> Vec<Block> {
        let Some(info) = self.info.filter(|_| !self.own) else {
            return vec![];
        };
        let headline = info.headline.as_ref().unwrap_or(&info.event);
        let texts: Vec<&str> = [
            Some(headline),
            info.description.as_ref(),
            info.instruction.as_ref(),
        ]
        .into_iter()
        .flatten()
        .map(String::as_str)
        .filter(|text| !text.is_empty())
        .collect();
        if texts.is_empty() {
            return vec![];
        }
        let tag = info
            .lang()
            .map_or_else(String::new, |lang| lang.to_string());
        vec![
            Block::Paragraph(say_with("alert-original", [("language", Arg::Text(tag))])),
            Block::Quote(Words::Verbatim(texts.join("\n\n"))),
        ]
    }

    fn footer(&self, city: &City, lang: Lang) -> Words {
        let sender = [("sender", Arg::Text(city.sender(lang).to_owned()))];
        if self.is_drill() {
            return say_with("alert-drill-footer", sender);
        }
        say_with("alert-footer", sender)
    }

    fn actions(&self, city: &City) -> Vec<Vec<Action>> {
        // A button here would change what real alerts come.
        if self.is_drill() {
            return vec![];
        }
        let web = self.info.and_then(|info| info.web.as_ref());
        let over = self.is_cancel() || self.is_all_clear();
        let topics = if over {
            Set::ALL
        } else {
            self.judgement.topics
        };
        buttons::below(web, topics, city)
    }

    fn weight(&self) -> Weight {
        if self.is_cancel() || self.is_all_clear() || self.is_drill() {
            return Weight::Normal;
        }
        match self.judgement.severity {
            _ if self.info.is_some_and(is_pressing) => Weight::Danger,
            Severity::Minor => Weight::Silent,
            _ => Weight::Warning,
        }
    }
}

/// The names of these districts in a phrase, or that they are the whole city.
#[must_use]
pub fn districts(set: Set, city: &City) -> Words {
    let names: Vec<_> = city
        .in_set(set)
        .map(|district| Words::Written(district.names.clone()))
        .collect();
    if names.len() == city.districts().len() {
        return say("alert-everywhere");
    }
    let count = i64::try_from(names.len()).unwrap_or(0);
    say_with(
        "alert-districts",
        [
            ("count", Arg::Number(count)),
            ("districts", Arg::List(names)),
        ],
    )
}

/// How grave it is, in words.
#[must_use]
pub fn severity(severity: Severity) -> Words {
    match severity {
        Severity::Extreme => say("alert-severity-extreme"),
        Severity::Severe => say("alert-severity-severe"),
        Severity::Moderate | Severity::Unknown => say("alert-severity-moderate"),
        Severity::Minor => say("alert-severity-minor"),
    }
}

/// The names of the areas that say more than their districts do, unless there are so many that
/// nobody would read them.
fn exactly(info: &Info, city: &City) -> Option<Words> {
    let mut names: Vec<&String> = vec![];
    for area in &info.areas {
        let name = &area.description;
        if !name.is_empty() && !names.contains(&name) && !is_district(name, city) {
            names.push(name);
        }
        if names.len() > MAX_NAMES {
            return None;
        }
    }
    let names: Vec<_> = names
        .into_iter()
        .map(|name| Words::Verbatim(name.clone()))
        .collect();
    (!names.is_empty()).then(|| say_with("alert-places", [("places", Arg::List(names))]))
}

fn is_district(name: &str, city: &City) -> bool {
    matches!(
        city.find(name).as_slice(),
        [only] if only.sureness == Sureness::Exact && !matches!(only.what, What::Place(_))
    )
}
