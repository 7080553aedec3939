//! Drafts that are drawn up here: from a template's facts, or to end or correct what went out.

use std::borrow::Cow;

use super::Kind;
use super::office::{Done, Office};
use super::rules::Act;
use crate::base::clock::Millis;
use crate::base::id::{self, base36};
use crate::features::alert::send::SendFault;
use crate::features::alert::store::{self, Kept};
use crate::features::alert::template::{self, Drafting, Facts, Fault, Template, Wrong};
use crate::features::alert::{Alert, MsgType};
use crate::message::{Arg, Words, say, say_with};
use crate::people::permit::Actor;
use crate::store::Tx;

/// What is drawn up.
#[derive(Debug, Clone, Copy)]
pub enum Plan<'a> {
    /// A new alert of this template, from `name=value` arguments; or an exercise.
    New(Template, &'a [String], bool),
    /// As [`Plan::New`], from facts that are read already.
    Filled(&'a Facts, bool),
    /// New facts about the alert of this name.
    Update(&'a str, Template, &'a [String]),
    /// As [`Plan::Update`], from facts that are read already.
    Refilled(&'a str, &'a Facts),
    /// The end of the alert of this name.
    Cancel(&'a str),
    /// The word that the alert of this name was wrong.
    Correct(&'a str, Wrong),
}

impl Plan<'_> {
    const fn kind(&self) -> Kind {
        match self {
            Self::New(.., true) | Self::Filled(_, true) => Kind::Drill,
            Self::New(.., false) | Self::Filled(_, false) => Kind::New,
            Self::Update(..) | Self::Refilled(..) => Kind::Update,
            Self::Cancel(_) => Kind::Cancel,
            Self::Correct(..) => Kind::Correction,
        }
    }

    const fn about(&self) -> Option<&str> {
        match self {
            Self::New(..) | Self::Filled(..) => None,
            Self::Update(name, ..)
            | Self::Refilled(name, _)
            | Self::Cancel(name)
            | Self::Correct(name, _) => Some(name),
        }
    }

    /// The facts of a plan that has some.
    fn facts(&self, drawing: &Drafting<'_>) -> Result<Cow<'_, Facts>, Vec<Fault>> {
        match self {
            Self::New(template, arguments, _) | Self::Update(_, template, arguments) => {
                template::read(*template, arguments, drawing).map(Cow::Owned)
            }
            Self::Filled(facts, _) | Self::Refilled(_, facts) => Ok(Cow::Borrowed(*facts)),
            Self::Cancel(_) | Self::Correct(..) => Err(vec![]),
        }
    }
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
        let drawn = self.try_draw(tx, plan, actor, now).await?;
        Ok(drawn.unwrap_or_else(|faults| Done::Refused(listed(faults))))
    }

    /// As [`Office::draw`], with what is not right in the facts one by one.
    ///
    /// # Errors
    /// As [`Office::draw`].
    pub async fn try_draw(
        &self,
        tx: &mut Tx,
        plan: Plan<'_>,
        actor: &Actor,
        now: Millis,
    ) -> Result<Result<Done, Vec<Fault>>, SendFault> {
        let named = match plan.about() {
            Some(name) => Some(name.to_owned()),
            None => self.about_in(&plan, now),
        };
        let about = match named {
            Some(name) => match store::look_up(tx, &name).await? {
                Some(kept) => Some(kept),
                None => return Ok(Ok(Done::Refused(say("draft-not-alert")))),
            },
            None => None,
        };
        let identifier = format!("{}-{}", self.settings.sender, base36(id::next()));
        let alert = match self.drawn(&plan, about.as_ref(), &identifier, now) {
            Ok(alert) => alert,
            Err(faults) => return Ok(Err(faults)),
        };
        let what = (plan.kind(), about.map(|kept| kept.id));
        let filed = match self.file(tx, what, &alert, actor, now).await? {
            Done::Draft(draft) => draft,
            refused @ Done::Refused(_) => return Ok(Ok(refused)),
        };
        match plan {
            Plan::Cancel(_) | Plan::Correct(..) => {
                let seen = (filed.id, filed.revision);
                self.act(tx, seen, actor, Act::Submit, now).await.map(Ok)
            }
            _ => Ok(Ok(Done::Draft(filed))),
        }
    }

    /// The earlier alert that the facts of an all-clear name.
    fn about_in(&self, plan: &Plan<'_>, now: Millis) -> Option<String> {
        let facts = plan.facts(&self.drawing("", now)).ok()?;
        facts.about.clone()
    }

    fn drawing<'a>(&'a self, identifier: &'a str, now: Millis) -> Drafting<'a> {
        Drafting {
            city: self.city,
            catalogue: self.catalogue,
            sender: &self.settings.sender,
            contact: None,
            identifier,
            now: now.in_seconds(),
        }
    }

    fn drawn(
        &self,
        plan: &Plan<'_>,
        about: Option<&Kept>,
        identifier: &str,
        now: Millis,
    ) -> Result<Alert, Vec<Fault>> {
        let drawing = self.drawing(identifier, now);
        let earlier = about.map(|kept| &kept.earlier.alert);
        match (plan, earlier) {
            (Plan::New(.., drill) | Plan::Filled(_, drill), _) => {
                let facts = plan.facts(&drawing)?;
                let alert = template::draw_up(&facts, &drawing, earlier)?;
                if *drill {
                    template::drill(&alert, &drawing)
                } else {
                    Ok(alert)
                }
            }
            (Plan::Update(..) | Plan::Refilled(..), Some(earlier)) => {
                let facts = plan.facts(&drawing)?;
                let mut alert = template::draw_up(&facts, &drawing, None)?;
                alert.msg_type = Some(MsgType::Update);
                alert.references = vec![earlier.reference()];
                Ok(alert)
            }
            (Plan::Cancel(_), Some(earlier)) => template::cancel(earlier, &drawing),
            (Plan::Correct(_, wrong), Some(earlier)) => {
                template::correction(earlier, *wrong, &drawing)
            }
            (_, None) => Err(vec![]),
        }
    }
}

/// Everything that is not right in the facts, for the operator.
fn listed(faults: Vec<Fault>) -> Words {
    let lines = faults.into_iter().map(|fault| fault.words).collect();
    say_with("draft-faults", [("faults", Arg::List(lines))])
}
