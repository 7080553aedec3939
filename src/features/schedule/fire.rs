//! What is due goes out, in one of several processes, exactly once: the occurrence is claimed in the
//! transaction that posts it.

use std::time::Duration;

use super::drawn::{author, draw};
use super::rules::{self, Due};
use super::store::{self, Settled};
use super::{Outcome, Schedule, letters};
use crate::base::clock::Millis;
use crate::base::id;
use crate::config::operators::{AlertSettings, Role};
use crate::features::alert::draft::office::{Done, Office};
use crate::features::alert::draft::rules::Act;
use crate::features::alert::draft::{self, Draft, Kind, State as Stage, call};
use crate::features::alert::picture::{Maps, Painter};
use crate::features::alert::send::SendFault;
use crate::features::alert::{Alert, draft::store as drafts};
use crate::features::audit::{self, Deed};
use crate::message::catalogue::CatalogueError;
use crate::message::{Letter, Words, say};
use crate::store::{Db, Tx};

/// After this somebody is asked again about what came too late.
const ASK_AGAIN: Duration = Duration::from_hours(1);
/// How often somebody is asked about it.
const MOST_ASKS: i64 = 3;
/// How long such a question is worth sending.
const HOLDS: Duration = Duration::from_hours(12);

/// Deals with whatever is due, each occurrence once, whoever else does the same at the same time;
/// how many were dealt with. One that goes wrong keeps no other from its time.
///
/// # Errors
/// When the database is away.
pub async fn due(
    db: &Db,
    office: &Office<'_>,
    painter: Option<&Painter>,
    now: Millis,
) -> Result<usize, SendFault> {
    let mut tx = db.read().await?;
    let waiting = store::due(&mut tx, now).await?;
    let asking = store::ask(&mut tx, now).await?;
    drop(tx);
    let mut count = 0;
    for id in waiting {
        match fire(db, office, painter, (id, now)).await {
            Ok(done) => count += usize::from(done),
            Err(why) => tracing::error!(schedule = id, "what is due is tried again: {why}"),
        }
    }
    for id in asking {
        match ask_again(db, office, (id, now)).await {
            Ok(done) => count += usize::from(done),
            Err(why) => tracing::error!(schedule = id, "somebody is asked later: {why}"),
        }
    }
    Ok(count)
}

/// Deals with the last occurrence that a schedule has had by now; false when another process has.
async fn fire(
    db: &Db,
    office: &Office<'_>,
    painter: Option<&Painter>,
    (id, now): (i64, Millis),
) -> Result<bool, SendFault> {
    let mut tx = db.read().await?;
    let found = store::find(&mut tx, id).await?;
    drop(tx);
    let Some((schedule, due)) = found.and_then(|found| {
        let due = rules::due(&found, now)?;
        Some((found, due))
    }) else {
        return Ok(false);
    };
    let drawn = draw(office, &schedule, due.at, now);
    let maps = match (&drawn, painter) {
        (Ok(alert), Some(painter)) => painter.maps(alert, now).await,
        _ => Maps::new(),
    };
    let mut firing = Firing {
        office,
        schedule: &schedule,
        due,
        drawn,
        maps,
        now,
    };
    let mut tx = db.begin().await?;
    let mut done = firing.fire(&mut tx).await;
    if let Err(Stopped::Refused(why)) = done {
        // Nothing of it is kept but that it could not be.
        drop(tx);
        firing.drawn = Err(why);
        tx = db.begin().await?;
        done = firing.fire(&mut tx).await;
    }
    match done {
        Ok(done) => {
            tx.commit().await?;
            Ok(done)
        }
        Err(Stopped::Fault(why)) => Err(why),
        Err(Stopped::Refused(_)) => Ok(false),
    }
}

enum Stopped {
    Fault(SendFault),
    Refused(Words),
}

impl From<SendFault> for Stopped {
    fn from(why: SendFault) -> Self {
        Self::Fault(why)
    }
}

impl From<sqlx::Error> for Stopped {
    fn from(why: sqlx::Error) -> Self {
        Self::Fault(why.into())
    }
}

impl From<CatalogueError> for Stopped {
    fn from(why: CatalogueError) -> Self {
        Self::Fault(why.into())
    }
}

/// An occurrence that is being dealt with.
struct Firing<'a> {
    office: &'a Office<'a>,
    schedule: &'a Schedule,
    due: Due,
    drawn: Result<Alert, Words>,
    maps: Maps,
    now: Millis,
}

impl Firing<'_> {
    async fn fire(&self, tx: &mut Tx) -> Result<bool, Stopped> {
        let (schedule, due, now) = (self.schedule, self.due, self.now);
        if !store::claim(tx, schedule, (due.at, due.next), now).await? {
            return Ok(false);
        }
        self.leave_out_the_one_before(tx).await?;
        let missed = match due.missed {
            0 => String::new(),
            missed => format!(" missed:{missed}"),
        };
        let when = format!("due:{}{missed}", due.at.rfc3339());
        let settled = match &self.drawn {
            Err(why) => self.could_not(tx, why, &when).await?,
            Ok(alert) if due.late => {
                let draft = self.file(tx, alert).await?;
                self.record(tx, "late", &format!("{when} {}", draft.object()))
                    .await?;
                let letter = letters::late(schedule, due, &draft);
                tell(tx, self.office, &letter, now).await?;
                Settled {
                    outcome: Outcome::Asked,
                    why: None,
                    draft: Some(draft.id),
                    ask_at: Some(now.plus(ASK_AGAIN)),
                }
            }
            Ok(alert) => {
                let draft = self.file(tx, alert).await?;
                self.record(tx, "fire", &format!("{when} {}", draft.object()))
                    .await?;
                let draft = self.submit(tx, &draft).await?;
                Settled {
                    outcome: match draft.state {
                        Stage::Sent => Outcome::Sent,
                        _ => Outcome::Waits,
                    },
                    why: None,
                    draft: Some(draft.id),
                    ask_at: None,
                }
            }
        };
        store::settle(tx, schedule.id, &settled).await?;
        Ok(true)
    }

    /// Nobody has decided on what was due before: now it is this one's turn.
    async fn leave_out_the_one_before(&self, tx: &mut Tx) -> Result<(), Stopped> {
        let Some(before) = self.schedule.draft else {
            return Ok(());
        };
        leave_out(tx, self.schedule, before, self.now).await?;
        Ok(())
    }

    /// It cannot go out: that is written down and told.
    async fn could_not(&self, tx: &mut Tx, why: &Words, when: &str) -> Result<Settled, Stopped> {
        let (schedule, due) = (self.schedule, self.due);
        // What was right at its time has come too late.
        let over = due.late && draw(self.office, schedule, due.at, due.at).is_ok();
        let (outcome, why) = if over {
            (Outcome::Over, say("schedule-over"))
        } else {
            (Outcome::Failed, why.clone())
        };
        let resting = store::resting(&why, self.office.catalogue)?;
        let letter = letters::could_not(schedule, due, why);
        tell(tx, self.office, &letter, self.now).await?;
        self.record(tx, outcome.word(), when).await?;
        Ok(Settled {
            outcome,
            why: Some(resting),
            draft: None,
            ask_at: None,
        })
    }

    /// Writes down what was drawn up, in its author's name: they approve nothing of their own.
    async fn file(&self, tx: &mut Tx, alert: &Alert) -> Result<Draft, Stopped> {
        let kind = if self.schedule.what.drill {
            Kind::Drill
        } else {
            Kind::New
        };
        let id = id::next();
        let author = &self.schedule.author;
        drafts::add(tx, (id, kind), alert, None, author, self.now).await?;
        if !self.maps.is_empty() {
            drafts::keep_maps(tx, id, &self.maps, self.office.catalogue).await?;
        }
        let draft = drafts::find(tx, id).await?;
        draft.ok_or(Stopped::Fault(sqlx::Error::RowNotFound.into()))
    }

    /// Submits it: it goes out, or a second person is called. How many a series that was approved
    /// is for asks for nobody again; how grave it is does every time.
    async fn submit(&self, tx: &mut Tx, draft: &Draft) -> Result<Draft, Stopped> {
        let approved = AlertSettings {
            second_person_above: i64::MAX,
            ..self.office.settings.clone()
        };
        let office = match self.schedule.approver {
            Some(_) => Office {
                settings: &approved,
                ..*self.office
            },
            None => *self.office,
        };
        let actor = author(self.office, self.schedule);
        let seen = (draft.id, draft.revision);
        match office.act(tx, seen, &actor, Act::Submit, self.now).await? {
            Done::Draft(draft) => Ok(*draft),
            Done::Refused(why) => Err(Stopped::Refused(why)),
        }
    }

    async fn record(&self, tx: &mut Tx, act: &str, detail: &str) -> Result<(), sqlx::Error> {
        record(tx, self.schedule, act, detail, self.now).await
    }
}

/// Writes down what a schedule did by itself.
async fn record(
    tx: &mut Tx,
    schedule: &Schedule,
    act: &str,
    detail: &str,
    now: Millis,
) -> Result<(), sqlx::Error> {
    let deed = Deed {
        actor: &schedule.actor(),
        act,
        object: &schedule.object(),
        detail,
    };
    audit::record(tx, &deed, now).await
}

/// Leaves out a draft of a schedule that nobody has decided on.
///
/// # Errors
/// When the database is away.
pub async fn leave_out(
    tx: &mut Tx,
    schedule: &Schedule,
    draft: i64,
    now: Millis,
) -> Result<(), sqlx::Error> {
    let Some(mut before) = drafts::lock(tx, draft).await? else {
        return Ok(());
    };
    if !matches!(before.state, Stage::Draft | Stage::Waiting) {
        return Ok(());
    }
    before.state = Stage::Rejected;
    before.decider = Some(schedule.actor());
    drafts::moved(tx, &before, None, now).await?;
    record(tx, schedule, "leave-out", &before.object(), now).await
}

/// Asks again about what came too late; false when another process does or it is decided.
async fn ask_again(
    db: &Db,
    office: &Office<'_>,
    (id, now): (i64, Millis),
) -> Result<bool, SendFault> {
    let mut tx = db.begin().await?;
    let Some(schedule) = store::find(&mut tx, id).await? else {
        return Ok(false);
    };
    let draft = match schedule.draft {
        Some(draft) => drafts::find(&mut tx, draft).await?,
        None => None,
    };
    let open = draft.filter(|draft| draft.state == draft::State::Draft);
    let more = open.is_some() && schedule.asks + 1 < MOST_ASKS;
    let next = more.then(|| now.plus(ASK_AGAIN));
    if !store::asked(&mut tx, &schedule, next).await? {
        return Ok(false);
    }
    if let (Some(draft), Some(at)) = (&open, schedule.last) {
        let due = Due {
            at,
            missed: 0,
            late: true,
            next: None,
        };
        let letter = letters::late(&schedule, due, draft);
        tell(&mut tx, office, &letter, now).await?;
    }
    tx.commit().await?;
    Ok(open.is_some())
}

/// Writes to everybody who may send.
async fn tell(
    tx: &mut Tx,
    office: &Office<'_>,
    letter: &Letter,
    now: Millis,
) -> Result<(), SendFault> {
    let worded = call::word(office, letter)?;
    for (channel, handle, _) in office.roster.at_least(Role::Publisher) {
        call::tell(tx, office, (channel, handle), &worded, HOLDS, now).await?;
    }
    Ok(())
}
