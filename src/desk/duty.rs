//! What operators do on their own channels: alerts drawn up, changed and updated, and the board.

mod window;

use super::Desk;
use super::talk::duty::Duty;
use super::talk::{Say, Scene};
use crate::base::clock::Millis;
use crate::base::id::from_base36;
use crate::features::alert::draft::office::Office;
use crate::features::alert::draft::sheet::{self, Drawn, Goal};
use crate::features::alert::draft::{Draft, letters, panel, store as drafts};
use crate::features::alert::store as alerts;
use crate::features::alert::template::{
    self, CHANGE, Facts, Fault, OF, Template, asks_again, template_of,
};
use crate::message::form::Filled;
use crate::message::{Letter, Words, say};
use crate::people::crowd::Citizen;
use crate::people::permit::{Actor, Doing, authorize};
use crate::store::Tx;

use super::drafts::{fault, line};

/// What a button is about that changes something: `draft.ID.REVISION`, `more.ID.REVISION`, `alert.ID`.
fn goal(of: Option<&str>) -> Option<Goal> {
    let Some(of) = of else {
        return Some(Goal::New);
    };
    let mut parts = of.split('.');
    let (what, id) = (parts.next()?, from_base36(parts.next()?)?);
    let revision = parts.next().map(str::parse).transpose().ok()?;
    match (what, revision) {
        ("draft" | "more", Some(seen)) => Some(Goal::Edit(id, seen)),
        ("alert", None) => Some(Goal::Update(id)),
        _ => None,
    }
}

/// An answer of its own.
fn answer(letter: Letter) -> Say {
    Say {
        letter,
        replaces: false,
        both: false,
    }
}

impl Desk {
    /// Does what an operator wants; what is said then. Their form changes with it.
    pub(super) async fn on_duty(
        &self,
        tx: &mut Tx,
        scene: &Scene<'_>,
        citizen: &mut Citizen,
        duty: Duty,
        drawn: &mut Vec<Draft>,
    ) -> Result<Vec<Say>, sqlx::Error> {
        let Some(actor) = scene.actor.clone() else {
            return Ok(line(say("permit-stranger")));
        };
        if let Err(why) = authorize(&actor, Doing::Look) {
            return Ok(line(why));
        }
        let now = scene.now;
        match duty {
            Duty::Board => {
                let open = drafts::open(tx).await?;
                let in_force: Vec<panel::InForce> = (scene.notices.iter())
                    .map(|notice| (notice.id, Words::Written(notice.titles.clone())))
                    .collect();
                let letter = panel::board(&actor, &open, &in_force);
                Ok(vec![answer(letter)])
            }
            Duty::Draft(id) => self.show_panel(tx, id, &actor, now).await,
            Duty::Alert(id) => {
                let known = scene.notices.iter().find(|notice| notice.id == id);
                Ok(match known {
                    Some(notice) => {
                        let title = Words::Written(notice.titles.clone());
                        vec![answer(panel::alert(id, title))]
                    }
                    None => line(say("draft-not-alert")),
                })
            }
            Duty::Change(of) => {
                let (template, answers) = match self.known(tx, &of, now).await? {
                    Ok(known) => known,
                    Err(why) => return Ok(line(why)),
                };
                let Some(form) = scene.forms.get(template.declared().form) else {
                    return Ok(vec![]);
                };
                let run = citizen.form.as_ref().map_or(0, |form| form.run);
                let mut filled = Filled::new(form, now.0.max(run + 1), answers);
                filled.answers.insert(OF.to_owned(), vec![of]);
                citizen.form = Some(filled);
                let mut says = scene.ask(citizen, None).says;
                for said in &mut says {
                    said.replaces = false;
                }
                Ok(says)
            }
            Duty::Draw(filled) => {
                let heard = (scene, &actor, false);
                self.draw(tx, heard, (citizen, filled), drawn).await
            }
            Duty::Filled { of, values } => {
                let Some(filled) = self.filled_in(tx, scene, citizen, (&of, values)).await? else {
                    return Ok(line(say("form-old")));
                };
                let heard = (scene, &actor, true);
                self.draw(tx, heard, (citizen, filled), drawn).await
            }
        }
    }

    /// The template and the answers of what is to be changed, or why there are none.
    async fn known(
        &self,
        tx: &mut Tx,
        of: &str,
        now: Millis,
    ) -> Result<Result<(Template, Answers), Words>, sqlx::Error> {
        let facts = match goal(Some(of)) {
            Some(Goal::Edit(id, _)) => match sheet::of_draft(tx, id).await? {
                Some(facts) => facts,
                None => return Ok(Err(say("draft-no-facts"))),
            },
            Some(Goal::Update(id)) => match sheet::of_alert(tx, id).await? {
                Some(facts) if facts.template != Template::AllClear => facts,
                _ => match alerts::look_up(tx, &id.to_string()).await? {
                    Some(kept) => self.as_facts(&kept),
                    None => return Ok(Err(say("draft-not-alert"))),
                },
            },
            _ => return Ok(Err(say("form-old"))),
        };
        let mut facts = facts;
        // An end that has passed is asked for anew.
        facts.until = facts.until.filter(|until| *until > now);
        Ok(Ok((facts.template, template::answers(&facts, &self.city))))
    }

    /// What is known of an alert that no template drew up: where it is. Its text is written anew.
    fn as_facts(&self, kept: &alerts::Kept) -> Facts {
        let districts = self.city.in_set(kept.earlier.districts);
        let names = districts.map(|district| district.slug.clone()).collect();
        Facts {
            place: template::Where::Named(names),
            ..Facts::of(Template::Free)
        }
    }

    /// Draws up what was filled in: a draft with its preview, or what is not right in it.
    async fn draw(
        &self,
        tx: &mut Tx,
        (scene, actor, by_window): (&Scene<'_>, &Actor, bool),
        (citizen, filled): (&mut Citizen, Filled),
        drawn: &mut Vec<Draft>,
    ) -> Result<Vec<Say>, sqlx::Error> {
        let now = scene.now;
        let office = self.office();
        let (Some(template), Some(goal)) = (template_of(&filled.form), goal(filled.one(OF))) else {
            return Ok(line(say("form-old")));
        };
        let read = template::facts(template, &filled, &office.drafting("", now));
        let done = match read {
            Ok(facts) => office
                .fill(tx, goal, &facts, actor, now)
                .await
                .map_err(fault)?,
            Err(faults) => Drawn::Faults(faults),
        };
        let draft = match done {
            Drawn::Draft(draft) => draft,
            Drawn::Refused(why) => return Ok(line(why)),
            Drawn::Faults(faults) => {
                return Ok(again(scene, citizen, filled, faults, by_window));
            }
        };
        let letter = panel_of(tx, &office, &draft, actor, now).await?;
        let says = vec![Say {
            replaces: true,
            ..answer(letter)
        }];
        drawn.push(*draft);
        Ok(says)
    }

    /// A draft as it stands, with what can be done with it.
    pub(super) async fn show_panel(
        &self,
        tx: &mut Tx,
        id: i64,
        actor: &Actor,
        now: Millis,
    ) -> Result<Vec<Say>, sqlx::Error> {
        let Some(draft) = drafts::find(tx, id).await? else {
            return Ok(line(say("draft-unknown")));
        };
        let letter = panel_of(tx, &self.office(), &draft, actor, now).await?;
        Ok(vec![answer(letter)])
    }

    /// Draws the maps of a draft beside everything else: nobody waits for them.
    pub(super) fn paint(&self, draft: Draft, now: Millis) {
        let Some(painter) = self.painter.clone() else {
            return;
        };
        let (db, catalogue) = (self.db.clone(), std::sync::Arc::clone(&self.catalogue));
        tokio::spawn(async move {
            let maps = painter.maps(&draft.alert, now).await;
            let kept = async {
                let mut tx = db.begin().await?;
                let now = drafts::find(&mut tx, draft.id).await?;
                // One that was changed meanwhile has maps of its own.
                if now.is_some_and(|now| now.revision == draft.revision) && !maps.is_empty() {
                    let all = drafts::keep_maps(&mut tx, draft.id, &maps, &catalogue);
                    all.await.map_err(fault)?;
                }
                tx.commit().await
            };
            if let Err(why) = kept.await {
                tracing::error!(draft = draft.id, "a draft goes without its maps: {why}");
            }
        });
    }
}

/// The answers of a form by question.
pub(super) type Answers = std::collections::BTreeMap<String, Vec<String>>;

async fn panel_of(
    tx: &mut Tx,
    office: &Office<'_>,
    draft: &Draft,
    actor: &Actor,
    now: Millis,
) -> Result<Letter, sqlx::Error> {
    let preview = office.preview(tx, draft, now).await.map_err(fault)?;
    let names = office.city.languages().iter().filter_map(|lang| {
        let name = office.catalogue.word(&say("language-own-name"), *lang);
        Some((*lang, name.ok()?))
    });
    let names = names.collect();
    Ok(panel::panel(draft, &preview, (actor, office.city), &names))
}

/// What is not right is asked again; nothing that was given is lost.
fn again(
    scene: &Scene<'_>,
    citizen: &mut Citizen,
    mut filled: Filled,
    faults: Vec<Fault>,
    by_window: bool,
) -> Vec<Say> {
    let first = faults.first().map(|fault| {
        let question = asks_again(fault.fact, &filled, scene.city);
        (question, fault.words.clone())
    });
    let (question, note) = first.unwrap_or((CHANGE, say("form-answer-first")));
    question.clone_into(&mut filled.at);
    citizen.form = Some(filled);
    if by_window {
        return vec![Say {
            replaces: true,
            ..answer(panel::faults(faults))
        }];
    }
    scene.ask(citizen, Some(note)).says
}

/// What follows when a draft was submitted.
pub(super) fn submitted(draft: &Draft, actor: &Actor) -> Letter {
    use crate::features::alert::draft::State;
    match draft.state {
        State::Sent => Letter {
            actions: letters::after(draft),
            ..Letter::line(say("duty-sent"))
        },
        _ => panel::waiting(draft, actor),
    }
}
