//! `glas schedule`: what goes out by the calendar, made, shown and stopped.

mod command;

pub use command::Options;

use std::collections::BTreeMap;
use std::io::Write as _;

use command::{Command, One};
use serde_json::{Value, json};

use super::drafts::{self, By};
use super::words::Words;
use crate::base::clock::{Clock, Millis};
use crate::base::cron::{Change, Turn};
use crate::channels;
use crate::features::alert::draft::office::Office;
use crate::features::alert::draft::{Draft, store as kept_drafts};
use crate::features::alert::template::Template;
use crate::features::audit;
use crate::features::schedule::office::{self, Calls, Deal, Wish};
use crate::features::schedule::rules::{self, Rule, SHOWN};
use crate::features::schedule::{Outcome, Schedule, State, What, store, told};
use crate::message::{self, Arg, say, say_with};
use crate::people::permit::Actor;

/// Runs a subcommand, or shows all schedules.
///
/// # Errors
/// When the database is away or a word is missing; a refusal is an answer.
pub async fn run(words: &Words, options: Options) -> anyhow::Result<bool> {
    let Some(command) = options.command else {
        return list(words, options.json).await;
    };
    let roster = words.loaded.roster()?;
    let on = channels::on(&words.loaded.config);
    let office = words.office(&on, &roster);
    let now = Clock::system().now();
    let one = |one: One, deal| (one.schedule, one.by, deal);
    let (name, by, deal) = match command {
        Command::Add {
            schedule,
            cron,
            at,
            zone,
            template,
            facts,
            drill,
            by,
        } => {
            let rule = match when(words, cron, at, zone) {
                Ok(rule) => rule,
                Err(why) => return no(words, &why),
            };
            let Some(template) = Template::parse(&template) else {
                return drafts::no_template(words, &template);
            };
            let wish = Wish {
                name: schedule,
                rule: rule.0,
                zone: rule.1,
                what: What {
                    template,
                    facts,
                    drill,
                },
            };
            return match drafts::actor(&by, &roster) {
                Ok(actor) => add(words, &office, (wish, &actor), now).await,
                Err(name) => drafts::stranger(words, name),
            };
        }
        Command::Show { schedule } => return show(words, &office, &schedule, now).await,
        Command::Pause(it) => one(it, Deal::Pause),
        Command::Resume(it) => one(it, Deal::Resume),
        Command::Remove(it) => one(it, Deal::Remove),
        Command::Approve { number, by } => (number, by, Deal::Approve),
        Command::Skip(it) => one(it, Deal::Skip),
    };
    act(words, &office, (&name, deal), &by, now).await
}

fn no(words: &Words, why: &message::Words) -> anyhow::Result<bool> {
    words.say(why)?;
    Ok(false)
}

/// When, as it was typed.
fn when(
    words: &Words,
    cron: Option<String>,
    at: Option<String>,
    zone: Option<String>,
) -> Result<(Rule, chrono_tz::Tz), message::Words> {
    let rule = match (cron, at) {
        (Some(cron), _) => rules::read_cron(&cron)?,
        (None, Some(at)) => rules::read_once(&at)?,
        (None, None) => return Err(say("schedule-wrong-when")),
    };
    let zone = match zone {
        Some(zone) => rules::read_zone(&zone)?,
        None => words.loaded.city.zone(),
    };
    Ok((rule, zone))
}

async fn add(
    words: &Words,
    office: &Office<'_>,
    (wish, actor): (Wish, &Actor),
    now: Millis,
) -> anyhow::Result<bool> {
    let db = words.loaded.database().await?;
    let added = office::add(&db, office, (wish, actor), now).await?;
    db.close().await;
    let (schedule, (_, preview)) = match added {
        Ok(added) => added,
        Err(why) => return no(words, &why),
    };
    words.say(&say_with(
        "schedule-added",
        [
            ("name", Arg::Text(schedule.name.clone())),
            ("number", Arg::Text(schedule.id.to_string())),
        ],
    ))?;
    words.say(&line(words, &schedule))?;
    if let Some(turn) = schedule.rule.turn_after(schedule.zone, now) {
        let when = ("when", Arg::Words(Box::new(told::turn(&turn))));
        words.say(&say_with("schedule-first", [when]))?;
    }
    if let Ok(preview) = preview {
        words.say(&who_is_called(office, &schedule, &preview))?;
    }
    Ok(true)
}

/// Whether it goes out by itself.
fn who_is_called(
    office: &Office<'_>,
    schedule: &Schedule,
    preview: &crate::features::alert::draft::office::Preview,
) -> message::Words {
    match office::calls(office, schedule, preview) {
        Calls::Nobody => say("schedule-calls-nobody"),
        Calls::Unless => {
            let number = ("number", Arg::Text(schedule.id.to_string()));
            say_with("schedule-calls-unless", [number])
        }
        Calls::Always => say("schedule-calls-always"),
    }
}

async fn act(
    words: &Words,
    office: &Office<'_>,
    (name, deal): (&str, Deal),
    by: &By,
    now: Millis,
) -> anyhow::Result<bool> {
    let actor = match drafts::actor(by, office.roster) {
        Ok(actor) => actor,
        Err(name) => return drafts::stranger(words, name),
    };
    let db = words.loaded.database().await?;
    let mut tx = db.begin().await?;
    let done = office::deal(&mut tx, office, (name, deal), &actor, now).await?;
    match &done {
        Ok(_) => tx.commit().await?,
        Err(_) => drop(tx),
    }
    db.close().await;
    let schedule = match done {
        Ok(schedule) => schedule,
        Err(why) => return no(words, &why),
    };
    let name = ("name", Arg::Text(schedule.name));
    words.say(&match deal {
        Deal::Pause => say_with("schedule-done-pause", [name]),
        Deal::Resume => say("schedule-done-resume"),
        Deal::Remove => say("schedule-done-remove"),
        Deal::Approve => say("schedule-done-approve"),
        Deal::Skip => say("schedule-done-skip"),
    })?;
    Ok(true)
}

fn line(words: &Words, schedule: &Schedule) -> message::Words {
    let own = words.loaded.city.zone();
    let rule = told::rule(&schedule.rule, schedule.zone, own);
    let told = [
        ("name", Arg::Text(schedule.name.clone())),
        ("rule", Arg::Words(Box::new(rule))),
    ];
    if schedule.what.drill {
        say_with("schedule-line-drill", told)
    } else {
        say_with("schedule-line", told)
    }
}

fn detail(schedule: &Schedule) -> message::Words {
    let keys = &schedule.what.template.declared().keys;
    let name = message::Words::Say(keys.name, vec![]);
    let mut told = vec![
        ("template", Arg::Words(Box::new(name))),
        ("author", Arg::Text(schedule.author.clone())),
        ("number", Arg::Text(schedule.id.to_string())),
    ];
    let Some(approver) = &schedule.approver else {
        return say_with("schedule-detail", told);
    };
    told.push(("approver", Arg::Text(approver.clone())));
    say_with("schedule-detail-approved", told)
}

/// The next ten times, from the one that is due next.
fn turns(schedule: &Schedule) -> Vec<Turn> {
    let Some(next) = schedule.next else {
        return vec![];
    };
    let before = Millis(next.0 - 1);
    schedule.rule.turns(schedule.zone, before, SHOWN)
}

async fn list(words: &Words, json: bool) -> anyhow::Result<bool> {
    let db = words.loaded.database().await?;
    let mut tx = db.read().await?;
    let mut all: Vec<(Schedule, Option<Draft>)> = vec![];
    for schedule in store::all(&mut tx).await? {
        let draft = match schedule.draft {
            Some(draft) => kept_drafts::find(&mut tx, draft).await?,
            None => None,
        };
        all.push((schedule, draft));
    }
    drop(tx);
    db.close().await;
    if json {
        let all = all.iter().map(|(schedule, draft)| {
            let standing = told::standing(schedule, draft.as_ref());
            machine(words, schedule, &standing)
        });
        let all: Vec<Value> = all.collect::<anyhow::Result<_>>()?;
        writeln!(std::io::stdout(), "{}", Value::from(all))?;
        return Ok(true);
    }
    if all.is_empty() {
        words.say(&say("schedule-none"))?;
        return Ok(true);
    }
    let zone = words.loaded.city.zone().name().to_owned();
    words.say(&say_with("schedule-zone", [("zone", Arg::Text(zone))]))?;
    for (schedule, draft) in &all {
        writeln!(std::io::stdout())?;
        describe(words, schedule, draft.as_ref())?;
    }
    Ok(true)
}

/// A schedule with its next ten times, in words.
fn describe(words: &Words, schedule: &Schedule, draft: Option<&Draft>) -> anyhow::Result<()> {
    let mut out = std::io::stdout();
    words.say(&line(words, schedule))?;
    writeln!(out, "  {}", words.word(&detail(schedule))?)?;
    let (_, standing) = told::standing(schedule, draft);
    writeln!(out, "  {}", words.word(&standing)?)?;
    for turn in turns(schedule) {
        writeln!(out, "  • {}", words.word(&told::turn(&turn))?)?;
    }
    if schedule.state == State::Done {
        writeln!(out, "  {}", words.word(&say("schedule-no-next"))?)?;
    }
    Ok(())
}

/// A schedule for scripts, its words in every language of the city.
fn machine(
    words: &Words,
    schedule: &Schedule,
    (attention, standing): &(bool, message::Words),
) -> anyhow::Result<Value> {
    let own = words.loaded.city.zone();
    let spoken = |said: &message::Words| -> anyhow::Result<Value> {
        let mut texts = BTreeMap::new();
        for lang in words.loaded.city.languages() {
            texts.insert(lang.to_string(), words.loaded.catalogue.word(said, *lang)?);
        }
        Ok(json!(texts))
    };
    let next = turns(schedule).into_iter().map(|turn| {
        Ok(json!({
            "at": told::machine(&turn, schedule.zone),
            "change": match turn.change {
                Change::None => "none",
                Change::Moved => "moved",
                Change::Once => "once",
            },
            "words": spoken(&told::turn(&turn))?,
        }))
    });
    Ok(json!({
        "number": schedule.id.to_string(),
        "name": schedule.name,
        "state": schedule.state.word(),
        "rule": schedule.rule.text(),
        "zone": schedule.zone.name(),
        "words": spoken(&told::rule(&schedule.rule, schedule.zone, own))?,
        "what": schedule.what,
        "author": schedule.author,
        "approver": schedule.approver,
        "last": schedule.last.map(Millis::rfc3339),
        "outcome": schedule.outcome.map(Outcome::word),
        "attention": attention,
        "standing": spoken(standing)?,
        "next": next.collect::<anyhow::Result<Vec<Value>>>()?,
    }))
}

async fn show(words: &Words, office: &Office<'_>, name: &str, now: Millis) -> anyhow::Result<bool> {
    let db = words.loaded.database().await?;
    let mut tx = db.read().await?;
    let Some(schedule) = store::look_up(&mut tx, name).await? else {
        return no(words, &say("schedule-unknown"));
    };
    let draft = match schedule.draft {
        Some(draft) => kept_drafts::find(&mut tx, draft).await?,
        None => None,
    };
    let record = audit::of(&mut tx, &schedule.object()).await?;
    drop(tx);
    describe(words, &schedule, draft.as_ref())?;
    let mut out = std::io::stdout();
    writeln!(out)?;
    for entry in &record {
        words.say(&super::audit::told(entry))?;
    }
    writeln!(out)?;
    let at = schedule.next.or(schedule.last).unwrap_or(now);
    let looked = office::look(&db, office, &schedule, at).await?;
    db.close().await;
    match looked {
        Ok((draft, Ok(preview))) => {
            drafts::show(words, office, &draft, &preview)?;
            writeln!(out)?;
            words.say(&who_is_called(office, &schedule, &preview))?;
            Ok(true)
        }
        Ok((_, Err(why))) | Err(why) => no(words, &why),
    }
}
