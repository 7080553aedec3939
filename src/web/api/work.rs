//! Carries out what was asked for: everything is decided by the office, once for each key.

use sha2::{Digest as _, Sha256};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::Value;

use super::answers;
use super::call::Call;
use super::fields::Wrong;
use super::problem::{Kind, Problem};
use super::table::{Op, Operation};
use crate::base::clock::Millis;
use crate::city::Set;
use crate::config::operators::Scope;
use crate::desk::Desk;
use crate::features::alert::draft::drawn::Plan;
use crate::features::alert::draft::office::Done;
use crate::features::alert::draft::rules::Act;
use crate::features::alert::draft::sheet::{Drawn, Goal};
use crate::features::alert::draft::{self, Draft, Kind as DraftKind, State};
use crate::features::alert::template::{Fact, Fault};
use crate::features::now::{published, store as told};
use crate::features::replay::{self, Once, Seen};
use crate::outbox::report;
use crate::people::permit::Actor;
use crate::store::Tx;
use crate::web::Site;

/// An answer: its status and its JSON, and whether the same request was carried out before.
pub struct Answer {
    pub status: u16,
    pub body: String,
    pub again: bool,
}

/// A request that is understood and admitted.
pub struct Asked<'a> {
    pub site: &'a Site,
    pub desk: &'a Desk,
    pub operation: &'static Operation,
    /// The number in the path.
    pub number: i64,
    pub actor: Actor,
    pub now: Millis,
}

/// The hash of a request, by which a repeat is told from another.
pub fn fingerprint(method: &str, path: &str, media: &str, body: &[u8]) -> String {
    let mut hash = Sha256::new();
    for field in [method.as_bytes(), path.as_bytes(), media.as_bytes(), body] {
        hash.update((field.len() as u64).to_be_bytes());
        hash.update(field);
    }
    URL_SAFE_NO_PAD.encode(hash.finalize())
}

/// What is wrong with the facts, each at its field.
fn at_fields(faults: Vec<Fault>) -> Problem {
    let wrong = |fault: Fault| Wrong {
        pointer: match fault.fact {
            Fact::Line => "/facts/place".to_owned(),
            fact => format!("/facts/{}", fact.code()),
        },
        words: fault.words,
    };
    Problem::fields(faults.into_iter().map(wrong).collect())
}

impl Asked<'_> {
    /// Answers a question.
    pub async fn look(&self) -> Result<Value, Problem> {
        let mut tx = self.site.db.read().await?;
        let (base, city) = (&self.site.base_url, &*self.site.city);
        let view = (base, city);
        Ok(match self.operation.op {
            Op::Drafts => {
                let drafts = draft::store::open(&mut tx).await?;
                let drafts: Vec<Value> = drafts.iter().map(answers::draft).collect();
                serde_json::json!({ "drafts": drafts })
            }
            Op::Draft => answers::draft(&self.draft(&mut tx).await?),
            Op::Preview => {
                let draft = self.draft(&mut tx).await?;
                let office = self.desk.office();
                let preview = office.preview(&mut tx, &draft, self.now).await?;
                let preview = preview.map_err(Problem::refused)?;
                answers::preview(&draft, &preview, (city, &self.site.limits))
            }
            Op::Alerts => {
                let all = published::published(&mut tx, Set::ALL, self.now).await?;
                let alerts = all.iter().map(|it| {
                    let times = (it.created, it.expires);
                    answers::alert((it.id, &it.alert), it.standing, times, view)
                });
                serde_json::json!({ "alerts": alerts.collect::<Vec<_>>() })
            }
            Op::Alert => {
                let found = told::find(&mut tx, self.number, self.now).await?;
                let it = found.ok_or(Kind::NoAlert)?;
                let times = (it.created, it.expires);
                answers::alert((it.id, &it.alert), it.standing, times, view)
            }
            _ => {
                let name = self.number.to_string();
                let found = crate::features::alert::store::look_up(&mut tx, &name).await?;
                let kept = found.filter(|kept| kept.id == self.number);
                let kept = kept.ok_or(Kind::NoAlert)?;
                let progress = report::progress(&mut tx, kept.letter).await?;
                answers::report(kept.id, &progress)
            }
        })
    }

    async fn draft(&self, tx: &mut Tx) -> Result<Draft, Problem> {
        let found = draft::store::find(tx, self.number).await?;
        found.ok_or_else(|| Kind::NoDraft.into())
    }

    /// Carries a change out, or repeats what was answered when it was. What is refused changes
    /// nothing and is not kept: the same key may be tried again.
    pub async fn change(&self, call: &Call, key: &str, request: &str) -> Result<Answer, Problem> {
        let once = Once {
            caller: &self.actor.name,
            key,
            request,
        };
        let mut tx = self.site.db.begin().await?;
        match replay::claim(&mut tx, once, self.now).await? {
            Seen::Never => {}
            Seen::Answered(status, body) => {
                return Ok(Answer {
                    status: u16::try_from(status).unwrap_or(200),
                    body,
                    again: true,
                });
            }
            Seen::Other => return Err(Kind::KeyTaken.into()),
        }
        let draft = match self.done(&mut tx, call).await? {
            Done::Draft(draft) => draft,
            Done::Refused(why) => return Err(Problem::refused(why)),
        };
        let answer = Answer {
            status: self.operation.gives.0,
            body: answers::draft(&draft).to_string(),
            again: false,
        };
        replay::keep(&mut tx, once, (answer.status, &answer.body)).await?;
        tx.commit().await?;
        self.desk.bell.ring_all();
        // What fails here is logged: the draft is written, and goes out without a map.
        let _ = self.paint(&draft).await;
        Ok(answer)
    }

    async fn done(&self, tx: &mut Tx, call: &Call) -> Result<Done, Problem> {
        let (office, actor, now) = (self.desk.office(), &self.actor, self.now);
        let name = self.number.to_string();
        let plan = match call {
            Call::Draw(facts, drill) => {
                let goal = match self.operation.op {
                    Op::Update => Goal::Update(self.number),
                    _ if *drill => Goal::Drill,
                    _ => Goal::New,
                };
                return match office.fill(tx, goal, facts, actor, now).await? {
                    Drawn::Draft(draft) => Ok(Done::Draft(draft)),
                    Drawn::Refused(why) => Ok(Done::Refused(why)),
                    Drawn::Faults(faults) => Err(at_fields(faults)),
                };
            }
            Call::Correct(wrong) => Plan::Correct(&name, *wrong),
            Call::Plain => Plan::Cancel(&name),
            Call::File(alert) => {
                let what = (DraftKind::of(alert), None);
                return Ok(office.file(tx, what, alert, actor, now).await?);
            }
            Call::Decide(revision, text) => {
                let act = match self.operation.op {
                    Op::Submit => Act::Submit,
                    Op::Approve => Act::Approve(Some(text.as_str()).filter(|it| !it.is_empty())),
                    Op::Return => Act::Return(text),
                    Op::Reject => Act::Reject(text),
                    _ => Act::Alone(text),
                };
                let seen = (self.number, *revision);
                return Ok(office.act(tx, seen, actor, act, now).await?);
            }
        };
        Ok(office.draw(tx, plan, actor, now).await?)
    }

    /// Draws the maps of a new draft, as for those of the command line: nobody waits for them when
    /// it goes out.
    async fn paint(&self, draft: &Draft) -> Result<(), Problem> {
        let is_new = draft.state == State::Draft && self.operation.scope == Some(Scope::Draft);
        let Some(painter) = self.site.painter.as_ref().filter(|_| is_new) else {
            return Ok(());
        };
        let maps = painter.maps(&draft.alert, self.now).await;
        if !maps.is_empty() {
            let mut tx = self.site.db.begin().await?;
            draft::store::keep_maps(&mut tx, draft.id, &maps, &self.site.catalogue).await?;
            tx.commit().await?;
        }
        Ok(())
    }
}
