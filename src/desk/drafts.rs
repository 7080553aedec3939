//! What operators do with the drafts of alerts from their own channels.

use std::collections::BTreeMap;
use std::time::Duration;

use super::Desk;
use super::duty::submitted;
use super::talk::Say;
use crate::base::clock::Millis;
use crate::channel::Inbound;
use crate::features::alert::draft::drawn::Plan;
use crate::features::alert::draft::letters::{self, Pressed};
use crate::features::alert::draft::office::{Done, Preview};
use crate::features::alert::draft::rules::Act;
use crate::features::alert::draft::{Draft, State, panel, store};
use crate::features::alert::report::{self, Report};
use crate::features::alert::send::SendFault;
use crate::features::alert::template::Wrong;
use crate::message::{Arg, Block, Letter, Words, say, say_with};
use crate::outbox::Lane;
use crate::outbox::post::{self, Post};
use crate::outbox::row::Worded;
use crate::people::crowd::Citizen;
use crate::people::permit::{Actor, Doing, authorize};
use crate::store::Tx;

/// How long a test is worth sending.
const TEST_HOLDS: Duration = Duration::from_mins(10);

/// The database is away, or a word is missing, which no retry mends.
pub(super) fn fault(why: SendFault) -> sqlx::Error {
    match why {
        SendFault::Database(why) => why,
        SendFault::Words(why) => sqlx::Error::Protocol(why.to_string()),
    }
}

pub(super) fn line(words: Words) -> Vec<Say> {
    vec![Say {
        letter: Letter::line(words),
        replaces: false,
        both: false,
    }]
}

impl Desk {
    /// Does what was pressed under the call to a second person; who may, the roster says.
    pub(super) async fn on_draft(
        &self,
        tx: &mut Tx,
        event: &Inbound,
        citizen: &Citizen,
        (act, id, revision, text): Pressed,
        now: Millis,
    ) -> Result<Vec<Say>, sqlx::Error> {
        let known = self.roster.find(event.channel, &event.from, &event.groups);
        let Some(actor) = known else {
            return Ok(line(say("permit-stranger")));
        };
        let text = text.unwrap_or_default();
        let act = match act.as_str() {
            "ok" => Act::Approve(None),
            "sure" => Act::Approve(Some(&text)),
            "back" => Act::Return(&text),
            "no" => Act::Reject(&text),
            "go" | "now" => Act::Submit,
            "skip" => Act::Skip,
            "alone" => Act::Alone(&text),
            "drop" => Act::Discard,
            "test" => {
                return match authorize(&actor, Doing::Look) {
                    Ok(()) => self.test_draft(tx, id, (citizen, &actor), now).await,
                    Err(why) => Ok(line(why)),
                };
            }
            "end" | "wrong" => {
                let alert = id.to_string();
                let plan = if act == "end" {
                    Plan::Cancel(&alert)
                } else {
                    Plan::Correct(&alert, Wrong::Mistake)
                };
                let done = self.office().draw(tx, plan, &actor, now).await;
                return Ok(match done.map_err(fault)? {
                    Done::Refused(why) => line(why),
                    Done::Draft(_) if act == "end" => line(say("draft-chat-ended")),
                    Done::Draft(_) => line(say("draft-chat-corrected")),
                });
            }
            "report" => {
                return match authorize(&actor, Doing::Look) {
                    Ok(()) => self.alert_report(tx, &id.to_string(), now).await,
                    Err(why) => Ok(line(why)),
                };
            }
            _ => {
                return match authorize(&actor, Doing::Look) {
                    Ok(()) => self.show_draft(tx, id, &actor, now).await,
                    Err(why) => Ok(line(why)),
                };
            }
        };
        let office = self.office();
        let done = office.act(tx, (id, revision), &actor, act, now).await;
        Ok(match done.map_err(fault)? {
            Done::Refused(why) => {
                let draft = store::find(tx, id).await?;
                let same = draft.filter(|draft| draft.revision == revision);
                let mut says = line(why);
                if let (Some(draft), Some(said)) = (same, says.first_mut()) {
                    panel::put_below(&mut said.letter, panel::once_more(&draft, act));
                }
                says
            }
            Done::Draft(draft) if matches!(act, Act::Submit | Act::Alone(_)) => {
                vec![Say {
                    letter: submitted(&draft, &actor),
                    replaces: false,
                    both: false,
                }]
            }
            Done::Draft(draft) => {
                let said = match draft.state {
                    State::Rejected if act == Act::Discard => say("duty-dropped"),
                    State::Returned => say("draft-done-returned"),
                    State::Rejected if act == Act::Skip => say("schedule-chat-skipped"),
                    State::Rejected => say("draft-done-rejected"),
                    _ => say("draft-chat-sent"),
                };
                vec![Say {
                    letter: Letter {
                        actions: letters::after(&draft),
                        ..Letter::line(said)
                    },
                    replaces: false,
                    both: false,
                }]
            }
        })
    }

    /// How far an alert has come, which is named by our id or by its identifier.
    pub(super) async fn alert_report(
        &self,
        tx: &mut Tx,
        alert: &str,
        now: Millis,
    ) -> Result<Vec<Say>, sqlx::Error> {
        let Some(report) = Report::of_alert(tx, alert, now).await? else {
            return Ok(line(say("draft-not-alert")));
        };
        Ok(vec![Say {
            letter: report::letter(&report),
            replaces: false,
            both: false,
        }])
    }

    /// A draft and what it comes to, or why neither can be shown.
    async fn previewed(
        &self,
        tx: &mut Tx,
        id: i64,
        now: Millis,
    ) -> Result<Result<(Draft, Preview), Words>, sqlx::Error> {
        let Some(draft) = store::find(tx, id).await? else {
            return Ok(Err(say("draft-unknown")));
        };
        let preview = self.office().preview(tx, &draft, now).await;
        Ok(preview.map_err(fault)?.map(|preview| (draft, preview)))
    }

    /// The letter of a draft, marked as a test, to whoever asked for it and nobody else.
    async fn test_draft(
        &self,
        tx: &mut Tx,
        id: i64,
        (citizen, actor): (&Citizen, &Actor),
        now: Millis,
    ) -> Result<Vec<Say>, sqlx::Error> {
        let (draft, preview) = match self.previewed(tx, id, now).await? {
            Ok(previewed) => previewed,
            Err(why) => return Ok(line(why)),
        };
        let next = panel::next(&draft, Some(&preview), (actor, &self.city));
        let mut worded = BTreeMap::new();
        for (lang, letter) in &preview.worded.0 {
            let mut letter = panel::test(letter);
            panel::put_below(&mut letter, next.clone());
            let marked = self.catalogue.localise(&letter, *lang);
            let marked = marked.map_err(|why| sqlx::Error::Protocol(why.to_string()))?;
            worded.insert(*lang, marked);
        }
        let post = Post {
            worded: &Worded(worded),
            lane: Lane::Reply,
            created: now,
            expires: now.plus(TEST_HOLDS),
            thread: None,
        };
        post::reply(tx, &post, citizen.id, None, None).await?;
        Ok(vec![])
    }

    /// The letter of a draft in every language, as its readers will see it.
    async fn show_draft(
        &self,
        tx: &mut Tx,
        id: i64,
        actor: &Actor,
        now: Millis,
    ) -> Result<Vec<Say>, sqlx::Error> {
        let (draft, preview) = match self.previewed(tx, id, now).await? {
            Ok(previewed) => previewed,
            Err(why) => return Ok(line(why)),
        };
        let mut says: Vec<Say> = vec![];
        for (lang, letter) in &preview.worded.0 {
            let mut letter = panel::as_read(letter);
            let language = self.catalogue.word(&say("language-own-name"), *lang);
            let language = [("language", Arg::Text(language.unwrap_or_default()))];
            letter
                .body
                .insert(0, Block::Paragraph(say_with("draft-preview", language)));
            says.push(Say {
                letter,
                replaces: false,
                both: false,
            });
        }
        if let Some(last) = says.last_mut() {
            let next = panel::next(&draft, Some(&preview), (actor, &self.city));
            panel::put_below(&mut last.letter, next);
        }
        Ok(says)
    }
}
