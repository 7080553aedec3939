//! Pictures that nothing refers to any more are removed; an alert's own stay as long as its page.

use std::collections::HashSet;
use std::time::Duration;

use super::draft::store::pictures_of_drafts;
use super::picture::Maps;
use crate::base::clock::Millis;
use crate::message::picture::PictureId;
use crate::on;
use crate::outbox::picture::Pictures;
use crate::outbox::row::Worded;
use crate::store::{Db, Tx};

/// How long a picture stays without being used: a letter may be about to refer to it, and what a
/// draft became is still on its way.
const UNUSED_FOR: Duration = Duration::from_hours(30 * 24);
/// Letters that are read at once.
const PAGE: i64 = 200;

const LETTERS: &str = "select a.id, l.worded from alert a join letter l on l.id = a.letter
    where a.id > $1 order by a.id limit $2";
const FORGET: &str = "delete from upload where at < $1";

/// Every statement of this file, for the test that prepares them.
pub const STATEMENTS: [&str; 2] = [LETTERS, FORGET];

/// Removes pictures that nobody has used for 30 days and that no alert and no draft has, and
/// forgets what networks call those they were handed that long ago; how many files went.
///
/// # Errors
/// When the database is away; then nothing was removed. What the disk refuses is logged and tried
/// again the next time.
pub async fn tidy(db: &Db, pictures: &Pictures, now: Millis) -> Result<usize, sqlx::Error> {
    let before = now.minus(UNUSED_FOR);
    let mut tx = db.begin().await?;
    on!(&mut tx, c => sqlx::query(FORGET).bind(before.0).execute(c).await.map(drop))?;
    tx.commit().await?;
    let folder = pictures.clone();
    let Some(mut unused) = on_disk(move || {
        let mut all = folder.all()?;
        all.retain(|(_, used)| *used < before);
        Ok(all.into_iter().map(|(id, _)| id).collect::<HashSet<_>>())
    })
    .await
    else {
        return Ok(0);
    };
    let mut after = 0;
    while !unused.is_empty() {
        let mut tx = db.read().await?;
        let rows: Vec<(i64, String)> =
            on!(&mut tx, c => sqlx::query_as(LETTERS).bind(after).bind(PAGE).fetch_all(c).await?);
        drop(tx);
        let Some((last, _)) = rows.last() else { break };
        after = *last;
        for (_, worded) in &rows {
            for id in of_letter(worded)? {
                unused.remove(&id);
            }
        }
    }
    for id in drafts(&mut db.read().await?, before).await? {
        unused.remove(&id);
    }
    let folder = pictures.clone();
    let removed = on_disk(move || {
        let mut removed = 0;
        for id in &unused {
            removed += usize::from(folder.remove(id, before)?);
        }
        Ok(removed)
    });
    Ok(removed.await.unwrap_or(0))
}

/// The pictures of a letter as it rests.
fn of_letter(worded: &str) -> Result<Vec<PictureId>, sqlx::Error> {
    let worded = Worded::from_json(worded).map_err(|why| sqlx::Error::Decode(why.into()))?;
    let pictures = worded.0.into_values().filter_map(|letter| letter.picture);
    Ok(pictures.map(|picture| picture.id).collect())
}

async fn drafts(tx: &mut Tx, since: Millis) -> Result<Vec<PictureId>, sqlx::Error> {
    let maps = pictures_of_drafts(tx, since).await?;
    let pictures = maps.into_iter().flat_map(Maps::into_values);
    Ok(pictures.map(|picture| picture.id).collect())
}

/// What the disk said; nothing where it refused, which is logged.
async fn on_disk<T: Send + 'static>(
    work: impl FnOnce() -> std::io::Result<T> + Send + 'static,
) -> Option<T> {
    let done = tokio::task::spawn_blocking(work).await;
    let done = done.map_err(std::io::Error::other).and_then(|done| done);
    done.inspect_err(|why| tracing::error!("old pictures are looked through next time: {why}"))
        .ok()
}
