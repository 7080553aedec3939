//! What a batch writes down for all its events together: that they came, and what answers them.

use std::collections::HashSet;
use std::time::Duration;

use sqlx::QueryBuilder;

use crate::base::clock::Millis;
use crate::channel::Inbound;
use crate::on;
use crate::outbox::Lane;
use crate::outbox::post::{self, Reply};
use crate::outbox::row::Worded;
use crate::store::{self, Tx};

/// How long an answer is worth sending.
const ANSWER_HOLDS: Duration = Duration::from_hours(24);

/// A letter that answers an event, worded.
pub(super) struct Answer {
    pub(super) address: i64,
    pub(super) worded: Worded,
    pub(super) via: Option<String>,
    pub(super) replaces: Option<String>,
}

/// Posts these answers.
pub(super) async fn post(tx: &mut Tx, answers: &[Answer], now: Millis) -> Result<(), sqlx::Error> {
    let replies: Vec<Reply<'_>> = (answers.iter())
        .map(|answer| Reply {
            address: answer.address,
            worded: &answer.worded,
            created: now,
            expires: now.plus(ANSWER_HOLDS),
            via: answer.via.as_deref(),
            replaces: answer.replaces.as_deref(),
            lane: Lane::Reply,
        })
        .collect();
    post::replies(tx, &replies).await
}

/// Writes down which events came; those that are new, in order, each once.
///
/// What is known already is asked for first: nearly always nothing is, and rows that do not come
/// back cost nothing.
pub(super) async fn remember<'a>(
    tx: &mut Tx,
    events: &[&'a Inbound],
    now: Millis,
) -> Result<Vec<&'a Inbound>, sqlx::Error> {
    let mut once = HashSet::new();
    let mut new: Vec<&'a Inbound> = (events.iter().copied())
        .filter(|event| once.insert((event.channel, event.id.as_str())))
        .collect();
    let known: Vec<(String, String)> = on!(&mut *tx, c => {
        let mut find = QueryBuilder::new("select i.channel, i.id from ");
        store::values(&mut find, &new, |row, event| {
            row.push_bind(event.map(|event| event.channel)).push_bind(event.map(|event| event.id.as_str()));
        });
        find.push(" cross join inbox i where i.channel = v.column1 and i.id = v.column2");
        find.build_query_as().fetch_all(&mut *c).await?
    });
    for (channel, id) in known {
        new.retain(|event| event.channel != channel || event.id != id);
    }
    if new.is_empty() {
        return Ok(new);
    }
    let added = on!(tx, c => {
        let mut add = QueryBuilder::new("insert into inbox (channel, id, at) select column1, column2, column3 from ");
        store::values(&mut add, &new, |row, event| {
            row.push_bind(event.map(|event| event.channel)).push_bind(event.map(|event| event.id.as_str()))
                .push_bind(event.map(|_| now.0));
        });
        add.push(" where column1 is not null on conflict (channel, id) do nothing");
        add.build().execute(&mut *c).await?.rows_affected()
    });
    if added == new.len() as u64 {
        Ok(new)
    } else {
        // Nothing of it happens here; offered again, they are known.
        Err(sqlx::Error::Protocol(
            "another process took some of the same events just now".to_owned(),
        ))
    }
}
