//! One event: what it means, what is done, what is said.

use super::record::Answer;
use super::talk::{Deed, Outcome, Say};
use super::{Desk, Memory, Sitting};
use crate::base::clock::Millis;
use crate::channel::{Act, Inbound};
use crate::message::Lang;
use crate::people::crowd::Citizen;
use crate::people::store as people;
use crate::store::Tx;

impl Desk {
    /// Answers one event.
    pub(super) async fn handle(
        &self,
        tx: &mut Tx,
        sitting: &mut Sitting,
        memory: &mut Memory,
        event: &Inbound,
        now: Millis,
    ) -> Result<(), sqlx::Error> {
        if let Act::Moved { to } = &event.act {
            self.write_down(tx, &mut sitting.crowd, now).await?;
            if let Some(known) = sitting
                .crowd
                .find(event.channel, &event.from)
                .map(|it| it.id)
            {
                sitting.crowd.let_go(known);
            }
            return people::moved(tx, event.channel, &event.from, to).await;
        }
        if sitting.crowd.find(event.channel, &event.from).is_none() {
            // Let go of by an event before it: forgotten, or moved.
            self.seat(tx, &mut sitting.crowd, &[event], now).await?;
        }
        let Some(before) = sitting.crowd.find(event.channel, &event.from) else {
            return Ok(());
        };
        if memory.quick.is_again(event) {
            return Ok(());
        }
        let mut citizen = before.clone();
        if citizen.languages.is_empty() {
            // Written to before they ever wrote.
            citizen.languages = self.languages(event);
        }
        let scene = self.scene(&memory.board, event, now);
        let lang = |citizen: &Citizen| scene.lang(citizen);
        let Outcome { says, deed } = scene.answer(&mut citizen, event);
        let reader = sitting.reads.unwrap_or_else(|| lang(&citizen));
        if self.say(sitting, &citizen, event, says, reader) {
            sitting.crowd.put(citizen.clone());
        }
        if let Some(deed) = deed {
            self.write_down(tx, &mut sitting.crowd, now).await?;
            let forgets = deed == Deed::Forget;
            sitting.posted |= matches!(deed, Deed::Draft { .. } | Deed::Duty(_));
            let says = if let Deed::Duty(duty) = deed {
                let drawn = &mut sitting.drawn;
                let says = self.on_duty(tx, &scene, &mut citizen, duty, drawn).await?;
                sitting.crowd.put(citizen.clone());
                says
            } else {
                self.act(tx, (&citizen, event), deed, reader, now).await?
            };
            if forgets {
                // Answers that wait for them are about what is no more.
                sitting
                    .answers
                    .retain(|answer| answer.address != citizen.id);
                sitting.crowd.let_go(citizen.id);
            }
            self.say(sitting, &citizen, event, says, reader);
        }
        Ok(())
    }

    /// Words what is said; false when that cannot be done, and then none of it is.
    fn say(
        &self,
        sitting: &mut Sitting,
        citizen: &Citizen,
        event: &Inbound,
        says: Vec<Say>,
        lang: Lang,
    ) -> bool {
        let mut answers = vec![];
        for Say {
            letter,
            replaces,
            both,
        } in says
        {
            let worded = match self.word(&letter, lang, both) {
                Ok(worded) => worded,
                Err(why) => {
                    tracing::error!(
                        channel = event.channel,
                        event = event.id,
                        "an event could not be answered: {why}"
                    );
                    return false;
                }
            };
            answers.push(Answer {
                address: citizen.id,
                worded,
                via: event.via.clone(),
                replaces: event.on.clone().filter(|_| replaces),
            });
        }
        sitting.answers.extend(answers);
        true
    }
}
