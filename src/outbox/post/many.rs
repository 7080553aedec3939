//! Posting many answers at once: one statement for their letters, one for their deliveries.

use std::time::Duration;

use sqlx::QueryBuilder;

use crate::base::clock::Millis;
use crate::base::id;
use crate::on;
use crate::outbox::Lane;
use crate::outbox::row::Worded;
use crate::store::{self, Tx};

/// An answer to be posted with others.
#[derive(Debug, Clone, Copy)]
pub struct Reply<'a> {
    /// To whom.
    pub address: i64,
    /// Its words; at least one language.
    pub worded: &'a Worded,
    /// When it was written.
    pub created: Millis,
    /// After this it is not sent any more.
    pub expires: Millis,
    /// A way to answer the event that asked for it.
    pub via: Option<&'a str>,
    /// The receipt of the message that it takes the place of.
    pub replaces: Option<&'a str>,
    /// Its lane.
    pub lane: Lane,
}

/// Answers that one statement takes.
const AT_ONCE: usize = 128;
/// An answer is due at once, whatever the clocks of two processes say; among many that wait the
/// older one still goes first, which the index knows without sorting them.
const DUE_SINCE: Duration = Duration::from_hours(48);

/// Writes answers: a letter and a delivery for each. Whoever is no longer known gets none.
///
/// # Errors
/// When the database is away, or a letter cannot be written as JSON.
pub async fn replies(tx: &mut Tx, replies: &[Reply<'_>]) -> Result<(), sqlx::Error> {
    for replies in replies.chunks(AT_ONCE) {
        let first = id::block(u32::try_from(replies.len() * 2).unwrap_or(u32::MAX));
        let mut rows = Vec::with_capacity(replies.len());
        for (reply, id) in replies.iter().zip((first..).step_by(2)) {
            let worded = (reply.worded.to_json()).map_err(|why| sqlx::Error::Encode(why.into()))?;
            rows.push((reply, id, worded));
        }
        on!(&mut *tx, c => {
            let mut letters = QueryBuilder::new("insert into letter (id, worded, lane, created, expires)
                select column1, column2, column3, column4, column5 from ");
            store::values(&mut letters, &rows, |row, it| {
                row.push_bind(it.map(|(_, id, _)| *id)).push_bind(it.map(|(_, _, worded)| worded.as_str()))
                    .push_bind(it.map(|(reply, ..)| reply.lane.number()))
                    .push_bind(it.map(|(reply, ..)| reply.created.0))
                    .push_bind(it.map(|(reply, ..)| reply.expires.0));
            });
            letters.push(" where column1 is not null");
            letters.build().execute(&mut *c).await?;
            let mut deliveries = QueryBuilder::new("insert into delivery (id, letter, address, channel, lane, due, via,
                replaces, state, owner, epoch, claimed, attempts, doubts, crashes, next_part)
                select v.column1, v.column2, a.id, a.channel, v.column4, v.column5, v.column6, v.column7,
                    'ready', 0, 0, 0, 0, 0, 0, 0 from ");
            store::values(&mut deliveries, &rows, |row, it| {
                row.push_bind(it.map(|(_, id, _)| *id + 1)).push_bind(it.map(|(_, id, _)| *id))
                    .push_bind(it.map(|(reply, ..)| reply.address))
                    .push_bind(it.map(|(reply, ..)| reply.lane.number()))
                    .push_bind(it.map(|(reply, ..)| reply.created.minus(DUE_SINCE).0))
                    .push_bind(it.and_then(|(reply, ..)| reply.via))
                    .push_bind(it.and_then(|(reply, ..)| reply.replaces));
            });
            deliveries.push(" cross join address a where a.id = v.column3");
            deliveries.build().execute(&mut *c).await?;
        });
    }
    Ok(())
}
