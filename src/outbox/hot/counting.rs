//! Whom an audience has before anything is written down: counted once, by channel and by districts.

use serde_json::json;

use crate::base::clock::Millis;
use crate::base::point::Strip;
use crate::city::Set;
use crate::on;
use crate::outbox::post::Audience;
use crate::store::{On, Tx};

/// Addresses of a channel whose wishes meet an audience in the same districts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Met {
    /// The channel.
    pub channel: String,
    /// In which districts; none: only a message before reached them.
    pub districts: Set,
    /// How many.
    pub count: i64,
}

macro_rules! strips_sqlite {
    () => {
        "select value ->> 0 as south, value ->> 1 as north, value ->> 2 as west, value ->> 3 as east,
            value ->> 4 as narrowing from json_each($1)"
    };
}

macro_rules! strips_postgres {
    () => {
        "select (e ->> 0)::bigint as south, (e ->> 1)::bigint as north, (e ->> 2)::bigint as west,
            (e ->> 3)::bigint as east, (e ->> 4)::bigint as narrowing from json_array_elements($1::json) e"
    };
}

/// By wishes: an address counts once, under all districts in which any of its wishes is met.
macro_rules! met {
    ($strips:ident, $together:literal) => {
        concat!(
            "with z as materialized (",
            $strips!(),
            ") select channel, met, count(*) from (select a.channel as channel, ",
            $together,
            " as met from address a join subscription s on s.address = a.id
                where a.state = 'on' and coalesce(a.paused_until, 0) <= $6 and ",
            common!("z where ", "$2", "$3", "$4", "$5"),
            " group by a.id, a.channel) m group by channel, met"
        )
    };
}

/// Whom the thread of the letter `$7` reached and no wish of theirs meets the audience.
macro_rules! only_reached {
    ($strips:ident) => {
        concat!(
            "with z as materialized (",
            $strips!(),
            ") select a.channel, count(*) from address a
                where a.state = 'on' and coalesce(a.paused_until, 0) <= $6 and a.id in (
                    select e.address from delivery e
                    where e.letter in (select l.id from letter l where l.id = $7 or l.thread = $7)
                    and (e.state in ('sent', 'uncertain', 'inflight', 'merged') or e.doubts > 0 or e.next_part > 0))
                and (select 1 from subscription s where ",
            common!("z where ", "$2", "$3", "$4", "$5"),
            " limit 1) is null group by a.channel"
        )
    };
}

const MET: [&str; 2] = [
    met!(strips_sqlite, "group_concat(s.districts & $2)"),
    met!(strips_postgres, "bit_or(s.districts & $2)::text"),
];
const ONLY_REACHED: [&str; 2] = [only_reached!(strips_sqlite), only_reached!(strips_postgres)];

/// Every statement of this file in both dialects.
pub(super) const STATEMENTS: [[&str; 2]; 2] = [MET, ONLY_REACHED];

/// The districts that one list of sets names together, `1,4,5`; what is no number names none.
fn together(sets: &str) -> Set {
    let numbers = sets.split(',').filter_map(|set| set.parse().ok());
    numbers.fold(Set::NONE, |all, set| all.or(Set(set)))
}

/// Everybody whom `audience` has at `now`, where exactly it is about the `strips`; the same people
/// as a walk finds once all is written down.
///
/// # Errors
/// When the database is away.
pub async fn count(
    tx: &mut Tx,
    audience: &Audience,
    strips: &[Strip],
    now: Millis,
) -> Result<Vec<Met>, sqlx::Error> {
    let rows: Vec<_> = strips
        .iter()
        .map(|it| json!([it.south, it.north, it.west, it.east, it.narrowing()]))
        .collect();
    let rows = json!(rows).to_string();
    let dialect = usize::from(matches!(tx, On::Postgres(_)));
    let mut all = vec![];
    if !audience.districts.is_empty() {
        let met: Vec<(String, String, i64)> = on!(&mut *tx, c => sqlx::query_as(MET[dialect]).bind(&rows)
            .bind(audience.districts.0).bind(audience.topics.0).bind(audience.severity).bind(audience.whole.0)
            .bind(now.0).fetch_all(c).await?);
        all.extend(met.into_iter().map(|(channel, sets, count)| Met {
            channel,
            districts: together(&sets),
            count,
        }));
    }
    if let Some(thread) = audience.reached_by {
        let reached: Vec<(String, i64)> = on!(tx, c => sqlx::query_as(ONLY_REACHED[dialect]).bind(&rows)
            .bind(audience.districts.0).bind(audience.topics.0).bind(audience.severity).bind(audience.whole.0)
            .bind(now.0).bind(thread).fetch_all(c).await?);
        all.extend(reached.into_iter().map(|(channel, count)| Met {
            channel,
            districts: Set::NONE,
            count,
        }));
    }
    Ok(all)
}
