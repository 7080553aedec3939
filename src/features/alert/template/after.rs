//! What follows an alert with prepared words: a correction, a cancel, and a drill made of it.

use super::draw::areas_of;
use super::{Drafting, Fact, Fault};
use crate::features::alert::{
    Alert, Category, Certainty, Info, MsgType, ResponseType, Scope, Status, Urgency, letter,
};
use crate::message::{Arg, Lang, Words, say, say_with};

/// What was wrong with an alert.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wrong {
    /// It was sent by mistake.
    Mistake,
    /// It named the wrong place.
    Place,
    /// It was meant as a drill.
    Drill,
}

impl Wrong {
    /// Every reason.
    pub const ALL: [Self; 3] = [Self::Mistake, Self::Place, Self::Drill];

    /// Its code for operators.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Mistake => "mistake",
            Self::Place => "place",
            Self::Drill => "drill",
        }
    }
}

/// Revokes a false alert: that it was wrong, why, and that nothing need be done.
///
/// # Errors
/// When a word is missing.
pub fn correction(alert: &Alert, wrong: Wrong, office: &Drafting<'_>) -> Result<Alert, Vec<Fault>> {
    let reason = [("reason", Arg::Text(wrong.code().to_owned()))];
    let text = [
        say_with("template-wrong-what", reason),
        say("template-wrong-do"),
    ];
    revoking(alert, Some(&say("template-wrong-headline")), &text, office)
}

/// Revokes an alert that was right and no longer counts.
///
/// # Errors
/// When a word is missing.
pub fn cancel(alert: &Alert, office: &Drafting<'_>) -> Result<Alert, Vec<Fault>> {
    revoking(alert, None, &[say("template-cancel-what")], office)
}

fn revoking(
    alert: &Alert,
    headline: Option<&Words>,
    text: &[Words],
    office: &Drafting<'_>,
) -> Result<Alert, Vec<Fault>> {
    let mut infos = vec![];
    for lang in office.city.languages().iter().copied() {
        let own = alert.infos.iter().find(|info| info.lang() == Some(lang));
        let Some(info) = own.or(alert.infos.first()) else {
            continue;
        };
        let category = info.categories.first().copied().unwrap_or(Category::Other);
        let event = match own {
            Some(info) => info.event.clone(),
            None => office.word(&letter::hazard(category), lang)?,
        };
        let description = (text.iter())
            .map(|words| office.word(words, lang))
            .collect::<Result<Vec<_>, _>>()?;
        infos.push(Info {
            language: lang.to_string(),
            event,
            response_types: vec![ResponseType::AllClear],
            urgency: Urgency::Past,
            certainty: Certainty::Observed,
            effective: None,
            onset: None,
            expires: None,
            sender_name: Some(office.city.sender(lang).to_owned()),
            headline: headline.map(|words| office.word(words, lang)).transpose()?,
            description: Some(description.join(" ")),
            instruction: None,
            areas: areas_of(alert, lang),
            ..info.clone()
        });
    }
    Ok(Alert {
        identifier: office.identifier.to_owned(),
        sender: office.sender.to_owned(),
        sent: office.sent(),
        status: alert.status,
        msg_type: Some(MsgType::Cancel),
        scope: Some(Scope::Public),
        references: vec![alert.reference()],
        infos,
        signed: false,
        unread: vec![],
        source: None,
        restriction: None,
        addresses: None,
        codes: vec![],
        note: None,
        incidents: None,
    })
}

/// The same alert as an exercise: every text in it says so once, and no page is linked that does not.
///
/// # Errors
/// When a word is missing.
pub fn drill(alert: &Alert, office: &Drafting<'_>) -> Result<Alert, Vec<Fault>> {
    let mut drill = Alert {
        identifier: office.identifier.to_owned(),
        sender: office.sender.to_owned(),
        sent: office.sent(),
        status: Some(Status::Exercise),
        signed: false,
        ..alert.clone()
    };
    for info in &mut drill.infos {
        let lang = language(info, office);
        let mark = |key: fn(Arg) -> Words, text: &str| {
            let marked = |text: &str| office.word(&key(Arg::Text(text.to_owned())), lang);
            // One that says so already says so once.
            let begins = text.starts_with(marked("")?.trim_end());
            if begins {
                Ok(text.to_owned())
            } else {
                marked(text)
            }
        };
        info.event = mark(
            |text| say_with("template-drill-event", [("text", text)]),
            &info.event,
        )?;
        info.web = None;
        for text in [
            &mut info.headline,
            &mut info.description,
            &mut info.instruction,
        ] {
            let Some(text) = text else { continue };
            *text = mark(
                |text| say_with("template-drill-text", [("text", text)]),
                text,
            )?;
        }
        if info.headline.is_none() {
            info.headline = Some(info.event.clone());
        }
    }
    if drill.infos.is_empty() {
        return Err(vec![Fault::missing(Fact::Text)]);
    }
    Ok(drill)
}

/// The language to mark a text in: its own, or the city's where that is not installed.
fn language(info: &Info, office: &Drafting<'_>) -> Lang {
    let installed = office.catalogue.languages();
    let own = info.lang().filter(|lang| installed.contains(lang));
    let city = office.city.languages().first().copied();
    own.or(city)
        .or(installed.first().copied())
        .unwrap_or_default()
}
