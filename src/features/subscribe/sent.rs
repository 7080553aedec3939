//! What a button of a letter that somebody got is called.

use crate::message::{Action, Lang, Token};
use crate::on;
use crate::outbox::row::Worded;
use crate::store::Tx;

/// The most letters that are looked through, the newest first.
const MOST: i64 = 50;

const LETTERS: &str = "select l.worded from delivery d join letter l on l.id = d.letter
    where d.address = $1 order by d.id desc limit $2";

/// Every statement of this file, for the test that prepares them.
pub const STATEMENTS: [&str; 1] = [LETTERS];

/// What the button `token` of a letter to this address says in `lang`; `None` when no letter that
/// is still kept has it.
///
/// # Errors
/// When the database is away.
pub async fn label(
    tx: &mut Tx,
    address: i64,
    token: &Token,
    lang: Lang,
) -> Result<Option<String>, sqlx::Error> {
    let letters: Vec<(String,)> =
        on!(tx, c => sqlx::query_as(LETTERS).bind(address).bind(MOST).fetch_all(c).await)?;
    let kept = (letters.iter()).filter_map(|(worded,)| Worded::from_json(worded).ok());
    Ok(kept
        .into_iter()
        .find_map(|worded| found(&worded, token, lang)))
}

fn found(worded: &Worded, token: &Token, lang: Lang) -> Option<String> {
    let own = worded.0.get(&lang).or_else(|| worded.0.values().next())?;
    own.actions
        .iter()
        .flatten()
        .find_map(|action| match action {
            Action::Press { label, token: its } if its == token => Some(label.clone()),
            _ => None,
        })
}
