//! `glas alert edit`: some facts of a draft change, the others stay.

use super::{actor, answer, paint, stranger};
use crate::base::clock::Millis;
use crate::cli::words::Words;
use crate::features::alert::draft::office::Office;

use super::command::One;

/// Changes facts of a draft; it has to be submitted again then.
pub(super) async fn edit(
    words: &Words,
    office: &Office<'_>,
    (one, facts): (&One, &[String]),
    now: Millis,
) -> anyhow::Result<bool> {
    let actor = match actor(&one.by, office.roster) {
        Ok(actor) => actor,
        Err(name) => return stranger(words, name),
    };
    let db = words.loaded.database().await?;
    let mut tx = db.begin().await?;
    let done = office
        .edit(&mut tx, (one.id, one.revision), facts, &actor, now)
        .await?;
    tx.commit().await?;
    paint(words, &db, &done, now).await?;
    db.close().await;
    answer(words, done)
}
