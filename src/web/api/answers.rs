//! What programs are told of drafts, alerts and templates, as JSON. Numbers of ours are texts there:
//! they have more digits than the numbers of many programs.

use serde_json::{Map, Value, json};

use crate::base::clock::Millis;
use crate::city::City;
use crate::config::web::BaseUrl;
use crate::features::alert::draft::Draft;
use crate::features::alert::draft::office::Preview;
use crate::features::alert::draft::rules::to_be_typed;
use crate::features::alert::template::TABLE;
use crate::features::alert::{Alert, MsgType, Severity};
use crate::features::now::Standing;
use crate::message::catalogue::{Catalogue, CatalogueError};
use crate::message::layout::{Part, lay_out};
use crate::message::limits::Limits;
use crate::message::{Arg, Lang, Words};
use crate::outbox::report::Progress;
use crate::people::bearer::Bearer;

/// A number of ours.
fn id(id: i64) -> Value {
    Value::from(id.to_string())
}

fn ids(of: Option<i64>) -> Value {
    of.map_or(Value::Null, id)
}

/// Names by language.
fn names<'a>(names: impl IntoIterator<Item = (&'a Lang, &'a String)>) -> Value {
    let names = names.into_iter();
    let pairs = names.map(|(lang, name)| (lang.to_string(), Value::from(name.as_str())));
    Value::Object(pairs.collect())
}

/// Words in every language of the city.
fn worded(words: &Words, city: &City, catalogue: &Catalogue) -> Result<Value, CatalogueError> {
    let mut all = Map::new();
    for lang in city.languages() {
        all.insert(lang.to_string(), catalogue.word(words, *lang)?.into());
    }
    Ok(Value::Object(all))
}

/// Whose token it is.
#[must_use]
pub fn me(bearer: &Bearer) -> Value {
    let scopes = bearer.scopes().iter().map(|scope| scope.word());
    json!({
        "name": bearer.actor.name,
        "role": bearer.actor.role.word(),
        "scopes": scopes.collect::<Vec<_>>(),
        "expires": bearer.until.map(Millis::rfc3339),
    })
}

/// The templates.
///
/// # Errors
/// When a word is missing.
pub fn templates(city: &City, catalogue: &Catalogue) -> Result<Value, CatalogueError> {
    let mut all = vec![];
    for declared in &TABLE {
        let mut causes = vec![];
        for choice in declared.choices {
            let code = ("cause", Arg::Text(choice.code.to_owned()));
            let name = Words::Say(declared.keys.cause, vec![code]);
            let needs = choice.needs.iter().map(|fact| fact.code());
            causes.push(json!({
                "code": choice.code,
                "names": worded(&name, city, catalogue)?,
                "severity": choice.level.0.name(),
                "number": choice.number,
                "needs": needs.collect::<Vec<_>>(),
            }));
        }
        let mut facts = vec![];
        for fact in declared.asks {
            facts.push(json!({
                "code": fact.code(),
                "names": worded(&fact.name(), city, catalogue)?,
                "required": declared.must.contains(fact),
            }));
        }
        let name = Words::Say(declared.keys.name, vec![]);
        all.push(json!({
            "code": declared.code,
            "names": worded(&name, city, catalogue)?,
            "causes": causes,
            "facts": facts,
        }));
    }
    Ok(json!({ "templates": all }))
}

/// The gravest of an alert's levels.
fn severity(alert: &Alert) -> &'static str {
    let gravest = alert.infos.iter().map(|info| info.severity).min();
    gravest.unwrap_or(Severity::Unknown).name()
}

/// What an alert says, in each language.
fn texts(alert: &Alert) -> Vec<Value> {
    let infos = alert.infos.iter().map(|info| {
        let areas = info.areas.iter().map(|area| area.description.as_str());
        json!({
            "language": info.language,
            "event": info.event,
            "headline": info.headline,
            "description": info.description,
            "instruction": info.instruction,
            "areas": areas.collect::<Vec<_>>(),
        })
    });
    infos.collect()
}

/// A draft.
#[must_use]
pub fn draft(draft: &Draft) -> Value {
    json!({
        "id": id(draft.id),
        "kind": draft.kind.word(),
        "state": draft.state.word(),
        "revision": draft.revision,
        "about": ids(draft.about),
        "alert": ids(draft.sent_as),
        "identifier": draft.alert.identifier,
        "severity": severity(&draft.alert),
        "author": draft.author,
        "submitter": draft.submitter,
        "decider": draft.decider,
        "reason": draft.reason,
        "alone": draft.alone,
        "created": draft.created.rfc3339(),
        "texts": texts(&draft.alert),
    })
}

/// What a draft comes to: for how many it is, and what each channel will show.
#[must_use]
pub fn preview(
    draft: &Draft,
    preview: &Preview,
    (city, limits): (&City, &[(&'static str, Limits)]),
) -> Value {
    let channels = (preview.by_channel.iter())
        .map(|(channel, count)| json!({ "channel": channel, "count": count }));
    let districts = preview.by_district.iter().filter_map(|(bit, count)| {
        let district = city.districts().iter().find(|it| it.bit == *bit)?;
        let names = names(&district.names);
        Some(json!({ "code": district.code, "names": names, "count": count }))
    });
    let mut letters = vec![];
    for (channel, limits) in limits {
        for (lang, letter) in &preview.worded.0 {
            let parts = lay_out(letter, limits);
            let parts: Vec<String> = parts.iter().map(Part::plain_text).collect();
            letters.push(json!({
                "channel": channel,
                "language": lang.to_string(),
                "parts": parts,
            }));
        }
    }
    let weight = &preview.weight;
    let languages = city.languages().iter();
    let confirm = to_be_typed(draft.kind, weight, city).then(|| {
        let named = languages.map(|lang| (lang.to_string(), Value::from(city.name(*lang))));
        Value::Object(named.collect())
    });
    json!({
        "draft": id(draft.id),
        "revision": draft.revision,
        "severity": weight.severity.name(),
        "expires": preview.judgement.expires.rfc3339(),
        "takes_two": preview.takes_two,
        "confirm": confirm,
        "audience": weight.audience,
        "channels": channels.collect::<Vec<_>>(),
        "districts": districts.collect::<Vec<_>>(),
        "letters": letters,
    })
}

/// An alert that went out: its number, what it says, how it stands, when it went out and until when
/// it counts.
#[must_use]
pub fn alert(
    (number, alert): (i64, &Alert),
    standing: Standing,
    (created, expires): (Millis, Millis),
    (base, city): (&BaseUrl, &City),
) -> Value {
    let (state, replaced_by) = match standing {
        Standing::InForce => ("in_force", None),
        Standing::Updated(by) => ("updated", by),
        Standing::Cancelled(by) => ("cancelled", by),
        Standing::AllClear => ("all_clear", None),
        Standing::Over => ("over", None),
    };
    let pages = city.languages().iter();
    let pages = pages.map(|lang| {
        let page = base.of(&format!("/{lang}/alert/{number}"));
        (lang.to_string(), Value::from(page))
    });
    let cap = (alert.is_public()).then(|| base.of(&format!("/alerts/{number}.cap")));
    json!({
        "id": id(number),
        "identifier": alert.identifier,
        "sender": alert.sender,
        "sent": alert.sent.rfc3339(),
        "type": alert.msg_type.map(MsgType::name),
        "state": state,
        "replaced_by": ids(replaced_by),
        "severity": severity(alert),
        "created": created.rfc3339(),
        "expires": expires.rfc3339(),
        "texts": texts(alert),
        "pages": Value::Object(pages.collect()),
        "cap": cap,
    })
}

/// How far an alert has come.
#[must_use]
pub fn report(number: i64, progress: &[Progress]) -> Value {
    let channels = progress.iter().map(|channel| {
        json!({
            "channel": channel.channel,
            "walk": channel.walk,
            "reason": channel.reason,
            "planned": channel.planned,
            "reached": channel.count("sent"),
            "to_go": channel.to_go(),
            "held": channel.held(),
            "unexpanded": channel.unexpanded,
            "dropped": channel.dropped,
            "deliveries": channel.states,
            "times_ms": channel.times_ms,
        })
    });
    json!({ "alert": id(number), "channels": channels.collect::<Vec<_>>() })
}
