//! Drafts that are drawn up here: from a template's facts, or to end or correct what went out.

use super::office::{Done, Office};
use super::rules::Act;
use super::sheet::{Drawn, Goal};
use super::{Kind, store as drafts};
use crate::base::clock::Millis;
use crate::base::id::{self, base36};
use crate::features::alert::send::SendFault;
use crate::features::alert::store;
use crate::features::alert::template::{self, Fault, Template, Wrong};
use crate::message::{Arg, Words, say, say_with};
use crate::people::permit::Actor;
use crate::store::Tx;

/// What is drawn up.
#[derive(Debug, Clone, Copy)]
pub enum Plan<'a> {
    /// A new alert of this template, from `name=value` arguments; or an exercise.
    New(Template, &'a [String], bool),
    /// New facts about the alert of this name.
    Update(&'a str, Template, &'a [String]),
    /// The end of the alert of this name.
    Cancel(&'a str),
    /// The word that the alert of this name was wrong.
    Correct(&'a str, Wrong),
}

impl Office<'_> {
    /// Draws something up and writes it down as a draft. What ends or corrects an alert goes out
    /// at once where `actor` may do that.
    ///
    /// # Errors
    /// When the database is away or a word is missing.
    pub async fn draw(
        &self,
        tx: &mut Tx,
        plan: Plan<'_>,
        actor: &Actor,
        now: Millis,
    ) -> Result<Done, SendFault> {
        let (goal, template, arguments) = match plan {
            Plan::New(template, arguments, drill) => {
                let goal = if drill { Goal::Drill } else { Goal::New };
                (goal, template, arguments)
            }
            Plan::Update(name, template, arguments) => match store::look_up(tx, name).await? {
                Some(kept) => (Goal::Update(kept.id), template, arguments),
                None => return Ok(Done::Refused(say("draft-not-alert"))),
            },
            Plan::Cancel(name) => return self.revoke(tx, (name, None), actor, now).await,
            Plan::Correct(name, wrong) => {
                return self.revoke(tx, (name, Some(wrong)), actor, now).await;
            }
        };
        match template::read(template, arguments, &self.drafting("", now)) {
            Ok(facts) => Ok(done(self.fill(tx, goal, &facts, actor, now).await?)),
            Err(faults) => Ok(Done::Refused(listed(faults))),
        }
    }

    /// Ends an alert, or corrects it where it was wrong, in one step.
    async fn revoke(
        &self,
        tx: &mut Tx,
        (name, wrong): (&str, Option<Wrong>),
        actor: &Actor,
        now: Millis,
    ) -> Result<Done, SendFault> {
        let Some(kept) = store::look_up(tx, name).await? else {
            return Ok(Done::Refused(say("draft-not-alert")));
        };
        // Two people may press at the same time, or somebody an older button: it is told once. What
        // has ended may still turn out to have been wrong.
        if kept.state == "cancelled" && (wrong.is_none() || drafts::corrected(tx, kept.id).await?) {
            return Ok(Done::Refused(say("draft-ended-already")));
        }
        let identifier = format!("{}-{}", self.settings.sender, base36(id::next()));
        let drafting = self.drafting(&identifier, now);
        let earlier = &kept.earlier.alert;
        let (kind, drawn) = match wrong {
            None => (Kind::Cancel, template::cancel(earlier, &drafting)),
            Some(wrong) => {
                let drawn = template::correction(earlier, wrong, &drafting);
                (Kind::Correction, drawn)
            }
        };
        let alert = match drawn {
            Ok(alert) => alert,
            Err(faults) => return Ok(Done::Refused(listed(faults))),
        };
        match self
            .file(tx, (kind, Some(kept.id)), &alert, actor, now)
            .await?
        {
            Done::Draft(filed) => {
                let seen = (filed.id, filed.revision);
                self.act(tx, seen, actor, Act::Submit, now).await
            }
            refused @ Done::Refused(_) => Ok(refused),
        }
    }
}

/// What became of facts, for whoever gave them all at once.
pub(super) fn done(drawn: Drawn) -> Done {
    match drawn {
        Drawn::Draft(draft) => Done::Draft(draft),
        Drawn::Faults(faults) => Done::Refused(listed(faults)),
        Drawn::Refused(why) => Done::Refused(why),
    }
}

/// Everything that is not right in the facts, for the operator.
pub(crate) fn listed(faults: Vec<Fault>) -> Words {
    let lines = faults.into_iter().map(|fault| fault.words).collect();
    say_with("draft-faults", [("faults", Arg::List(lines))])
}
