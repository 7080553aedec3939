//! What operators do with schedules: each by who may, and written in the record.

use super::rules::{self, DAYS_APART, Rule, SHOWN};
use super::store::{self, New};
use super::{Schedule, State, What, drawn, fire};
use crate::base::clock::Millis;
use crate::base::cron::Turn;
use crate::base::id;
use crate::features::alert::Severity;
use crate::features::alert::draft::office::{Done, Office, Preview, record};
use crate::features::alert::draft::rules::Act;
use crate::features::alert::draft::{Draft, Kind, State as Stage, store as drafts};
use crate::features::alert::send::SendFault;
use crate::message::{Arg, Words, say, say_with};
use crate::people::permit::{Actor, Doing, authorize};
use crate::store::{Db, Tx};

/// A schedule that somebody wants.
#[derive(Debug)]
pub struct Wish {
    /// What people will call it.
    pub name: String,
    /// When.
    pub rule: Rule,
    /// In which zone's time.
    pub zone: chrono_tz::Tz,
    /// What.
    pub what: What,
}

/// Whether its occurrences go out by themselves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Calls {
    /// They do.
    Nobody,
    /// Each waits for a second person, unless one lets the whole series go out.
    Unless,
    /// Each waits for a second person: it is grave.
    Always,
}

/// What an occurrence comes to, or why it could not go out as it is.
pub type Look = (Draft, Result<Preview, Words>);

/// What an occurrence at `at` comes to. Nothing is written down.
///
/// # Errors
/// When the database is away or a word is missing; what is not right in the facts is an answer.
pub async fn look(
    db: &Db,
    office: &Office<'_>,
    schedule: &Schedule,
    at: Millis,
) -> Result<Result<Look, Words>, SendFault> {
    let alert = match drawn::draw(office, schedule, at, at) {
        Ok(alert) => alert,
        Err(why) => return Ok(Err(why)),
    };
    let kind = if schedule.what.drill {
        Kind::Drill
    } else {
        Kind::New
    };
    // What is written here goes with the transaction.
    let mut tx = db.begin().await?;
    let draft = id::next();
    let author = &schedule.author;
    drafts::add(&mut tx, (draft, kind), &alert, None, author, at).await?;
    let draft = drafts::find(&mut tx, draft).await?;
    let draft = draft.ok_or(sqlx::Error::RowNotFound)?;
    let preview = office.preview(&mut tx, &draft, at).await?;
    Ok(Ok((draft, preview)))
}

/// Whether what `preview` shows goes out by itself each time.
#[must_use]
pub fn calls(office: &Office<'_>, schedule: &Schedule, preview: &Preview) -> Calls {
    let grave = matches!(
        preview.weight.severity,
        Severity::Extreme | Severity::Severe
    );
    if preview.takes_two && grave {
        Calls::Always
    } else if schedule.approver.is_some() {
        Calls::Nobody
    } else if preview.takes_two || !drawn::may_send(office, schedule) {
        Calls::Unless
    } else {
        Calls::Nobody
    }
}

/// Writes a schedule down, after its next occurrences were looked at; with what the first of them
/// comes to.
///
/// # Errors
/// When the database is away or a word is missing; a refusal is an answer.
pub async fn add(
    db: &Db,
    office: &Office<'_>,
    (wish, actor): (Wish, &Actor),
    now: Millis,
) -> Result<Result<(Schedule, Look), Words>, SendFault> {
    if let Err(why) = authorize(actor, Doing::Draft).and_then(|()| rules::fit_name(&wish.name)) {
        return Ok(Err(why));
    }
    let schedule = Schedule {
        id: id::next(),
        name: wish.name,
        rule: wish.rule,
        zone: wish.zone,
        what: wish.what,
        author: actor.name.clone(),
        approver: None,
        state: State::On,
        next: None,
        last: None,
        outcome: None,
        why: None,
        draft: None,
        asks: 0,
    };
    let first = match fit(office, &schedule, now) {
        Ok(first) => first,
        Err(why) => return Ok(Err(why)),
    };
    let looked = match look(db, office, &schedule, first).await? {
        Ok((_, Err(why))) | Err(why) => return Ok(Err(why)),
        Ok(looked) => looked,
    };
    let mut tx = db.begin().await?;
    let known = store::all(&mut tx).await?;
    if known
        .iter()
        .any(|known| known.state != State::Done && known.name == schedule.name)
    {
        let name = ("name", Arg::Text(schedule.name));
        return Ok(Err(say_with("schedule-name-taken", [name])));
    }
    if known.len() >= usize::try_from(store::MOST).unwrap_or(usize::MAX) {
        return Ok(Err(say("schedule-many")));
    }
    let new = New {
        id: schedule.id,
        name: &schedule.name,
        rule: &schedule.rule,
        zone: schedule.zone,
        what: &schedule.what,
        author: &schedule.author,
        next: first,
    };
    store::add(&mut tx, &new, now).await?;
    let What {
        template,
        facts,
        drill,
    } = &schedule.what;
    let detail = format!(
        "{}; {} {}; {}{} {}",
        schedule.name,
        schedule.rule.text(),
        schedule.zone.name(),
        template.declared().code,
        if *drill { " drill" } else { "" },
        facts.join(" ")
    );
    record(
        &mut tx,
        actor,
        ("schedule", &schedule.object()),
        &detail,
        now,
    )
    .await?;
    tx.commit().await?;
    Ok(Ok((schedule, looked)))
}

/// That the next occurrences can be drawn up and are not too close together; the first of them.
fn fit(office: &Office<'_>, schedule: &Schedule, now: Millis) -> Result<Millis, Words> {
    let turns = schedule.rule.turns(schedule.zone, now, SHOWN);
    let Some(first) = turns.first().map(|turn: &Turn| turn.at) else {
        return Err(say("schedule-wrong-past"));
    };
    rules::far_enough(&turns)?;
    for turn in &turns {
        drawn::draw(office, schedule, turn.at, turn.at)?;
    }
    let later = first.plus(DAYS_APART);
    if let Some(later) = schedule.rule.turn_after(schedule.zone, later) {
        let facts = |at| drawn::facts(office, schedule, at);
        rules::names_no_day(&facts(first)?, &facts(later.at)?)?;
    }
    Ok(first)
}

/// What somebody does with a schedule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Deal {
    /// It is not followed until it is resumed.
    Pause,
    /// It is followed again; what it missed meanwhile stays missed.
    Resume,
    /// It is taken away.
    Remove,
    /// A second person lets the whole series go out, as it stands.
    Approve,
    /// What came too late is left out.
    Skip,
}

impl Deal {
    const fn word(self) -> &'static str {
        match self {
            Self::Pause => "pause",
            Self::Resume => "resume",
            Self::Remove => "remove",
            Self::Approve => "approve",
            Self::Skip => "skip",
        }
    }

    const fn doing(self) -> Doing {
        match self {
            Self::Pause | Self::Remove => Doing::Draft,
            Self::Resume | Self::Skip => Doing::Send,
            Self::Approve => Doing::Decide,
        }
    }
}

/// Does something with the schedule that is called `name`, or that has this number.
///
/// # Errors
/// When the database is away or a word is missing; a refusal is an answer.
pub async fn deal(
    tx: &mut Tx,
    office: &Office<'_>,
    (name, deal): (&str, Deal),
    actor: &Actor,
    now: Millis,
) -> Result<Result<Schedule, Words>, SendFault> {
    if let Err(why) = authorize(actor, deal.doing()) {
        return Ok(Err(why));
    }
    let schedule = store::lock(tx, name).await?;
    let Some(schedule) = schedule.filter(|it| it.state != State::Removed) else {
        return Ok(Err(say("schedule-unknown")));
    };
    let refused = match deal {
        Deal::Pause if schedule.state != State::On => Some(say("schedule-not-on")),
        Deal::Resume if schedule.state != State::Paused => Some(say("schedule-not-paused")),
        Deal::Approve if schedule.author == actor.name => Some(say("schedule-own")),
        // What is called so may have become something else since somebody looked at it.
        Deal::Approve if name.parse::<i64>().is_err() => {
            let number = ("number", Arg::Text(schedule.id.to_string()));
            let name = ("name", Arg::Text(schedule.name.clone()));
            Some(say_with("schedule-by-number", [number, name]))
        }
        Deal::Approve if schedule.state == State::Done => Some(say("schedule-not-on")),
        _ => None,
    };
    if let Some(why) = refused {
        return Ok(Err(why));
    }
    match deal {
        Deal::Pause => store::moved(tx, schedule.id, (State::Paused, None), now).await?,
        Deal::Resume => {
            // A clock that was set back brings nothing again.
            let from = schedule.last.map_or(now, |last| last.max(now));
            let Some(turn) = schedule.rule.turn_after(schedule.zone, from) else {
                return Ok(Err(say("schedule-wrong-past")));
            };
            store::moved(tx, schedule.id, (State::On, Some(turn.at)), now).await?;
        }
        Deal::Remove => {
            store::moved(tx, schedule.id, (State::Removed, None), now).await?;
            if let Some(draft) = schedule.draft {
                fire::leave_out(tx, &schedule, draft, now).await?;
            }
        }
        Deal::Approve => store::approved(tx, schedule.id, &actor.name, now).await?,
        Deal::Skip => {
            if let Err(why) = skip(tx, office, &schedule, actor, now).await? {
                return Ok(Err(why));
            }
        }
    }
    record(
        tx,
        actor,
        (deal.word(), &schedule.object()),
        &schedule.name,
        now,
    )
    .await?;
    let now_it_is = store::find(tx, schedule.id).await?;
    Ok(Ok(now_it_is.unwrap_or(schedule)))
}

/// Leaves out what came too late.
async fn skip(
    tx: &mut Tx,
    office: &Office<'_>,
    schedule: &Schedule,
    actor: &Actor,
    now: Millis,
) -> Result<Result<(), Words>, SendFault> {
    let draft = match schedule.draft {
        Some(draft) => drafts::find(tx, draft).await?,
        None => None,
    };
    let Some(draft) = draft.filter(|draft| draft.state == Stage::Draft) else {
        return Ok(Err(say("schedule-nothing-late")));
    };
    let seen = (draft.id, draft.revision);
    Ok(match office.act(tx, seen, actor, Act::Skip, now).await? {
        Done::Draft(_) => Ok(()),
        Done::Refused(why) => Err(why),
    })
}
