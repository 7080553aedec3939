//! Drafts that are drawn up here: from a template's facts, or to end or correct what went out.

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
    /// New facts about the alert of this name.
    Update(&'a str, Template, &'a [String]),
    /// The end of the alert of this name.
    Cancel(&'a str),
    /// The word that the alert of this name was wrong.
    Correct(&'a str, Wrong),
}

impl Plan<'_> {
    const fn kind(&self) -> Kind {
        match self {
            Self::New(.., true) => Kind::Drill,
            Self::New(.., false) => Kind::New,
            Self::Update(..) => Kind::Update,
            Self::Cancel(_) => Kind::Cancel,
            Self::Correct(..) => Kind::Correction,
        }
    }

    const fn about(&self) -> Option<&str> {
        match self {
            Self::New(..) => None,
            Self::Update(name, ..) | Self::Cancel(name) | Self::Correct(name, _) => Some(name),
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
        let named = match plan.about() {
            Some(name) => Some(name.to_owned()),
            None => self.about_in(&plan, now),
        };
        let about = match named {
            Some(name) => match store::look_up(tx, &name).await? {
                Some(kept) => Some(kept),
                None => return Ok(Done::Refused(say("draft-not-alert"))),
            },
            None => None,
        };
        let identifier = format!("{}-{}", self.settings.sender, base36(id::next()));
        let alert = match self.drawn(&plan, about.as_ref(), &identifier, now) {
            Ok(alert) => alert,
            Err(faults) => return Ok(Done::Refused(listed(faults))),
        };
        let what = (plan.kind(), about.map(|kept| kept.id));
        let filed = match self.file(tx, what, &alert, actor, now).await? {
            Done::Draft(draft) => draft,
            refused @ Done::Refused(_) => return Ok(refused),
        };
        match plan {
            Plan::Cancel(_) | Plan::Correct(..) => {
                self.act(tx, (filed.id, filed.revision), actor, Act::Submit, now)
                    .await
            }
            Plan::New(..) | Plan::Update(..) => Ok(Done::Draft(filed)),
        }
    }

    /// The earlier alert that the facts of an all-clear name.
    fn about_in(&self, plan: &Plan<'_>, now: Millis) -> Option<String> {
        let Plan::New(template, arguments, _) = plan else {
            return None;
        };
        let read = template::read(*template, arguments, &self.drawing("", now));
        read.ok().and_then(|facts: Facts| facts.about)
    }

    pub(super) fn drawing<'a>(&'a self, identifier: &'a str, now: Millis) -> Drafting<'a> {
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
            (Plan::New(template, arguments, drill), _) => {
                let facts = template::read(*template, arguments, &drawing)?;
                let alert = template::draw_up(&facts, &drawing, earlier)?;
                if *drill {
                    template::drill(&alert, &drawing)
                } else {
                    Ok(alert)
                }
            }
            (Plan::Update(_, template, arguments), Some(earlier)) => {
                let facts = template::read(*template, arguments, &drawing)?;
                let mut alert = template::draw_up(&facts, &drawing, None)?;
                alert.msg_type = Some(MsgType::Update);
                alert.references = vec![earlier.reference()];
                Ok(alert)
            }
            (Plan::Cancel(_), Some(earlier)) => template::cancel(earlier, &drawing),
            (Plan::Correct(_, wrong), Some(earlier)) => {
                template::correction(earlier, *wrong, &drawing)
            }
            (Plan::Update(..) | Plan::Cancel(_) | Plan::Correct(..), None) => Err(vec![]),
        }
    }
}

/// Everything that is not right in the facts, for the operator.
fn listed(faults: Vec<Fault>) -> Words {
    let lines = faults.into_iter().map(|fault| fault.words).collect();
    say_with("draft-faults", [("faults", Arg::List(lines))])
}
