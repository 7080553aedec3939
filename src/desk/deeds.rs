//! What an answer must ask the database for: one's own data, a letter in another language, an alert.

use std::time::Duration;

use super::Desk;
use super::talk::{Deed, Say};
use crate::base::clock::Millis;
use crate::base::link::{MY_DATA, Personal};
use crate::channel::Inbound;
use crate::features::privacy;
use crate::message::{Action, Block, Lang, Letter, Words, say};
use crate::on;
use crate::outbox::row::Worded;
use crate::people::crowd::{Citizen, Crowd};
use crate::people::suppression;
use crate::store::Tx;

/// How long the page with one's own data can be opened.
const DATA_SHOWN: Duration = Duration::from_hours(24);

const LETTER: &str = "select l.worded from letter l join delivery d on d.letter = l.id
    where l.id = $1 and d.address = $2";
const ALERT: &str = "select l.worded from alert a join letter l on l.id = a.letter where a.id = $1";

/// Every statement of this file, for the test that prepares them.
pub const STATEMENTS: [&str; 2] = [LETTER, ALERT];

impl Desk {
    /// Writes back what has changed of people. Whoever has given their word is kept from no list
    /// any more, whatever they said before.
    pub(super) async fn write_down(
        &self,
        tx: &mut Tx,
        crowd: &mut Crowd,
        now: Millis,
    ) -> Result<(), sqlx::Error> {
        suppression::forgive(tx, &self.keys, &crowd.consented()).await?;
        crowd.save(tx, now).await
    }

    /// Does a deed; what is said then.
    pub(super) async fn act(
        &self,
        tx: &mut Tx,
        (citizen, event): (&Citizen, &Inbound),
        deed: Deed,
        lang: Lang,
        now: Millis,
    ) -> Result<Vec<Say>, sqlx::Error> {
        let letter = match deed {
            Deed::Draft {
                act,
                id,
                revision,
                text,
            } => {
                let pressed = (act, id, revision, text);
                return self.on_draft(tx, event, citizen, pressed, now).await;
            }
            // An operator's own way leads elsewhere.
            Deed::Duty(_) => return Ok(vec![]),
            Deed::MyData => {
                let data = privacy::store::gather(tx, citizen, &self.city).await?;
                let page = self.data_page(citizen, lang, now);
                privacy::chat::my_data(&data, citizen, &self.city, page)
            }
            Deed::Forget => {
                privacy::store::forget(tx, citizen, &self.keys, now).await?;
                privacy::chat::forgotten()
            }
            Deed::Translate { letter, lang } => {
                let row: Option<(String,)> = on!(tx, c => sqlx::query_as(LETTER).bind(letter).bind(citizen.id)
                    .fetch_optional(c).await)?;
                shown(row.map(|(worded,)| worded), lang)
            }
            Deed::Show { alert } => {
                let row: Option<(String,)> =
                    on!(tx, c => sqlx::query_as(ALERT).bind(alert).fetch_optional(c).await)?;
                shown(row.map(|(worded,)| worded), lang)
            }
        };
        Ok(vec![Say {
            letter,
            replaces: false,
            both: false,
        }])
    }

    fn data_page(&self, citizen: &Citizen, lang: Lang, now: Millis) -> Option<url::Url> {
        let link = Personal {
            address: citizen.id,
            generation: citizen.generation,
            expires: Some(now.plus(DATA_SHOWN)),
            rest: String::new(),
        };
        let token = link.sign(&self.keys, MY_DATA);
        self.base
            .as_ref()?
            .join(&format!("{lang}/mydata/{token}"))
            .ok()
    }
}

/// A letter as it rests, in one language; its buttons are left to the letter that was sent.
fn shown(worded: Option<String>, lang: Lang) -> Letter {
    let letter = worded
        .and_then(|worded| Worded::from_json(&worded).ok())
        .and_then(|mut worded| worded.0.remove(&lang));
    let Some(letter) = letter else {
        return Letter::line(say("letter-is-no-more"));
    };
    let words = |text: &String| Ok::<_, std::convert::Infallible>(Words::Verbatim(text.clone()));
    let Ok(mut letter) = letter.try_map(words);
    letter
        .body
        .retain(|block| !matches!(block, Block::Choice(_)));
    for row in &mut letter.actions {
        row.retain(|action| matches!(action, Action::Open { .. }));
    }
    letter.actions.retain(|row| !row.is_empty());
    letter
}
