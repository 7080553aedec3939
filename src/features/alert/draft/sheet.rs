//! Drafts with their facts: drawn up from them, edited by changing them, updated with new ones.

use super::drawn::{done, listed};
use super::office::{Done, Office, record};
use super::{Draft, Kind, State, store as drafts};
use crate::base::clock::Millis;
use crate::base::id::{self, base36};
use crate::features::alert::send::SendFault;
use crate::features::alert::store::{self, Kept};
use crate::features::alert::template::{self, Drafting, Facts, Fault};
use crate::features::alert::{Alert, MsgType};
use crate::message::{Words, say};
use crate::on;
use crate::people::permit::{Actor, Doing, authorize};
use crate::store::Tx;

const KEEP: &str = "update draft set facts = $2 where id = $1";
const OF_DRAFT: &str = "select facts from draft where id = $1";
const OF_ALERT: &str = "select facts from draft where alert = $1 order by id desc limit 1";

/// Every statement of this file, for the test that prepares them.
pub const STATEMENTS: [&str; 3] = [KEEP, OF_DRAFT, OF_ALERT];

/// What becomes of facts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Goal {
    /// A new alert.
    New,
    /// An exercise.
    Drill,
    /// The draft of this id, of which this revision was seen, says this from now on.
    Edit(i64, i64),
    /// New facts about the alert of this id of ours.
    Update(i64),
}

/// What became of them.
#[derive(Debug)]
pub enum Drawn {
    /// The draft as it stands now.
    Draft(Box<Draft>),
    /// They are not complete or not clear.
    Faults(Vec<Fault>),
    /// It may not be done; why, for the one who did it.
    Refused(Words),
}

impl<'a> Office<'a> {
    /// What a template is drawn up with.
    #[must_use]
    pub fn drafting(&self, identifier: &'a str, now: Millis) -> Drafting<'a> {
        Drafting {
            city: self.city,
            catalogue: self.catalogue,
            sender: &self.settings.sender,
            contact: None,
            identifier,
            now: now.in_seconds(),
        }
    }
}

impl Office<'_> {
    /// Draws an alert up from `facts` and writes it down as a draft, or as the next revision of one.
    ///
    /// # Errors
    /// When the database is away or a word is missing.
    pub async fn fill(
        &self,
        tx: &mut Tx,
        goal: Goal,
        facts: &Facts,
        actor: &Actor,
        now: Millis,
    ) -> Result<Drawn, SendFault> {
        if let Err(why) = authorize(actor, Doing::Draft) {
            return Ok(Drawn::Refused(why));
        }
        let (about, edited) = match self.about(tx, goal, facts, actor).await? {
            Ok(found) => found,
            Err(why) => return Ok(Drawn::Refused(why)),
        };
        let identifier = match &edited {
            Some(draft) => draft.alert.identifier.clone(),
            None => format!("{}-{}", self.settings.sender, base36(id::next())),
        };
        let alert = match self.drawn_up(
            goal,
            facts,
            (about.as_ref(), edited.as_ref()),
            &identifier,
            now,
        ) {
            Ok(alert) => alert,
            Err(faults) => return Ok(Drawn::Faults(faults)),
        };
        let draft = if let Some(draft) = edited {
            drafts::edit(tx, draft.id, &alert, now).await?;
            record(
                tx,
                actor,
                ("edit", &draft.object()),
                &draft.revision.to_string(),
                now,
            )
            .await?;
            let draft = drafts::find(tx, draft.id).await?;
            Box::new(draft.ok_or(sqlx::Error::RowNotFound)?)
        } else {
            let kind = match goal {
                Goal::Drill => Kind::Drill,
                Goal::Update(_) => Kind::Update,
                Goal::New | Goal::Edit(..) => Kind::New,
            };
            let about = about.map(|kept| kept.id);
            match self.file(tx, (kind, about), &alert, actor, now).await? {
                Done::Draft(draft) => draft,
                Done::Refused(why) => return Ok(Drawn::Refused(why)),
            }
        };
        keep(tx, draft.id, facts).await?;
        Ok(Drawn::Draft(draft))
    }

    /// Changes some facts of a draft of which the revision `seen` was seen, the latest where none is
    /// told; the others stay.
    ///
    /// # Errors
    /// When the database is away or a word is missing.
    pub async fn edit(
        &self,
        tx: &mut Tx,
        (id, seen): (i64, Option<i64>),
        arguments: &[String],
        actor: &Actor,
        now: Millis,
    ) -> Result<Done, SendFault> {
        let Some(draft) = drafts::lock(tx, id).await? else {
            return Ok(Done::Refused(say("draft-unknown")));
        };
        let Some(facts) = of_draft(tx, id).await? else {
            return Ok(Done::Refused(say("draft-no-facts")));
        };
        let mut given = template::arguments(&facts, self.city);
        let name = |argument: &str| {
            argument
                .split('=')
                .next()
                .unwrap_or_default()
                .trim()
                .to_lowercase()
        };
        for changed in arguments.iter().map(|it| name(it)) {
            // A place takes the place of a point, and a point that of places.
            let others: &[&str] = match changed.as_str() {
                "place" => &["around", "radius"],
                "around" => &["place"],
                _ => &[],
            };
            given.retain(|known, _| *known != changed && !others.contains(&known.as_str()));
        }
        let kept = given
            .into_iter()
            .map(|(name, value)| format!("{name}={value}"));
        let all: Vec<String> = kept.chain(arguments.iter().cloned()).collect();
        match template::read(facts.template, &all, &self.drafting("", now)) {
            Ok(facts) => {
                let goal = Goal::Edit(id, seen.unwrap_or(draft.revision));
                Ok(done(self.fill(tx, goal, &facts, actor, now).await?))
            }
            Err(faults) => Ok(Done::Refused(listed(faults))),
        }
    }

    /// The alert that facts are about, and the draft that they change.
    async fn about(
        &self,
        tx: &mut Tx,
        goal: Goal,
        facts: &Facts,
        actor: &Actor,
    ) -> Result<Result<(Option<Kept>, Option<Draft>), Words>, SendFault> {
        let mut edited = None;
        let named = match goal {
            Goal::Edit(id, seen) => {
                let Some(draft) = drafts::lock(tx, id).await? else {
                    return Ok(Err(say("draft-unknown")));
                };
                if let Err(why) = may_edit(&draft, seen, actor) {
                    return Ok(Err(why));
                }
                let about = draft.about.map(|id| id.to_string());
                edited = Some(draft);
                about
            }
            Goal::Update(id) => Some(id.to_string()),
            Goal::New | Goal::Drill => facts.about.clone(),
        };
        let Some(name) = named else {
            return Ok(Ok((None, edited)));
        };
        let kept = store::look_up(tx, &name).await?;
        Ok(match kept {
            Some(kept) => Ok((Some(kept), edited)),
            None => Err(say("draft-not-alert")),
        })
    }

    fn drawn_up(
        &self,
        goal: Goal,
        facts: &Facts,
        (about, edited): (Option<&Kept>, Option<&Draft>),
        identifier: &str,
        now: Millis,
    ) -> Result<Alert, Vec<Fault>> {
        let drafting = self.drafting(identifier, now);
        let earlier = about.map(|kept| &kept.earlier.alert);
        let kind = edited.map(|draft| draft.kind);
        let mut alert = template::draw_up(facts, &drafting, earlier)?;
        if goal == Goal::Drill || kind == Some(Kind::Drill) {
            return template::drill(&alert, &drafting);
        }
        let updates = matches!(goal, Goal::Update(_)) || kind == Some(Kind::Update);
        if let Some(earlier) = earlier.filter(|_| updates) {
            alert.msg_type = Some(MsgType::Update);
            alert.references = vec![earlier.reference()];
        }
        Ok(alert)
    }
}

/// Only its author changes a draft, as they saw it last: whoever approves another's words must not
/// have written them.
fn may_edit(draft: &Draft, seen: i64, actor: &Actor) -> Result<(), Words> {
    if draft.author != actor.name {
        return Err(say("draft-not-yours"));
    }
    match draft.state {
        State::Sent => Err(say("draft-sent-already")),
        State::Rejected => Err(say("draft-rejected-already")),
        _ if draft.revision != seen => Err(say("draft-changed")),
        State::Draft | State::Waiting | State::Returned => Ok(()),
    }
}

/// Keeps the facts of a draft.
async fn keep(tx: &mut Tx, id: i64, facts: &Facts) -> Result<(), sqlx::Error> {
    let facts = serde_json::to_string(facts).map_err(|why| sqlx::Error::Encode(why.into()))?;
    on!(tx, c => sqlx::query(KEEP).bind(id).bind(facts).execute(c).await.map(drop))
}

fn read(row: Option<(Option<String>,)>) -> Result<Option<Facts>, sqlx::Error> {
    let facts = row.and_then(|(facts,)| facts);
    let facts = facts.map(|facts| serde_json::from_str(&facts));
    facts
        .transpose()
        .map_err(|why| sqlx::Error::Decode(why.into()))
}

/// The facts of a draft; `None` where it was not drawn up from any.
///
/// # Errors
/// When the database is away.
pub async fn of_draft(tx: &mut Tx, id: i64) -> Result<Option<Facts>, sqlx::Error> {
    read(on!(tx, c => sqlx::query_as(OF_DRAFT).bind(id).fetch_optional(c).await)?)
}

/// The facts of an alert that went out.
///
/// # Errors
/// When the database is away.
pub async fn of_alert(tx: &mut Tx, alert: i64) -> Result<Option<Facts>, sqlx::Error> {
    read(on!(tx, c => sqlx::query_as(OF_ALERT).bind(alert).fetch_optional(c).await)?)
}
