//! Writing back what has changed, a statement or two for each table.

use sqlx::QueryBuilder;

use super::{Citizen, among};
use crate::base::clock::Millis;
use crate::base::id;
use crate::message::form::Filled;
use crate::on;
use crate::people::Wish;
use crate::store::{self, Tx};

/// Who was read, and what became of them.
type Changed<'a> = [(&'a Citizen, &'a Citizen)];

pub(super) async fn addresses(
    tx: &mut Tx,
    changed: &Changed<'_>,
    now: Millis,
) -> Result<(), sqlx::Error> {
    let own = |it: &Citizen| {
        (
            it.languages.clone(),
            it.on,
            it.reason.clone(),
            it.paused_until,
            it.quiet,
            it.generation,
        )
    };
    // The last word of consent stands on the address itself, too.
    let agreed = |it: &Citizen| {
        let given = it.consents.iter().rev().find(|(given, _)| *given);
        given.map(|(_, source)| *source)
    };
    let rows: Vec<(&Citizen, Option<&'static str>)> = (changed.iter())
        .filter(|(before, after)| own(before) != own(after) || agreed(after).is_some())
        .map(|(_, after)| (*after, agreed(after)))
        .collect();
    if rows.is_empty() {
        return Ok(());
    }
    // The rows exist, and a conflict is what makes one statement of them. It inserts only where one
    // was erased a moment ago, whose person is then a new one to us.
    on!(tx, c => {
        let mut update = QueryBuilder::new("insert into address (id, person, channel, handle, since, languages, state,
            reason, paused_until, quiet_from, quiet_to, generation, consent_at, consent_source)
            select column1, column2, column3, column4, column5, column6, column7, column8, column9, column10, column11,
                column12, column13, column14 from ");
        store::values(&mut update, &rows, |row, entry| {
            let it = entry.map(|(it, _)| *it);
            let agreed = entry.and_then(|(_, agreed)| *agreed);
            row.push_bind(it.map(|it| it.id)).push_bind(it.and_then(|it| (!it.group).then(id::random)))
                .push_bind(it.map(|it| it.channel.as_str())).push_bind(it.map(|it| it.handle.as_str()))
                .push_bind(it.map(|it| it.since.0)).push_bind(it.map(|it| it.languages.as_str()))
                .push_bind(it.map(|it| if it.on { "on" } else { "off" }))
                .push_bind(it.and_then(|it| it.reason.as_deref()))
                .push_bind(it.and_then(|it| it.paused_until).map(|at| at.0))
                .push_bind(it.and_then(|it| it.quiet).map(|(from, _)| from))
                .push_bind(it.and_then(|it| it.quiet).map(|(_, to)| to))
                .push_bind(it.map(|it| it.generation))
                .push_bind(agreed.map(|_| now.0)).push_bind(agreed);
        });
        update.push(" where column1 is not null on conflict (id) do update set languages = excluded.languages,
            state = excluded.state, reason = excluded.reason, paused_until = excluded.paused_until,
            quiet_from = excluded.quiet_from, quiet_to = excluded.quiet_to, generation = excluded.generation,
            consent_at = coalesce(excluded.consent_at, address.consent_at),
            consent_source = coalesce(excluded.consent_source, address.consent_source),
            off_seen = case when excluded.state = 'on' then null else address.off_seen end");
        update.build().execute(&mut *c).await.map(drop)
    })
}

pub(super) async fn wishes(
    tx: &mut Tx,
    changed: &Changed<'_>,
    now: Millis,
) -> Result<(), sqlx::Error> {
    let mut gone: Vec<i64> = vec![];
    let mut new: Vec<(i64, i64, Wish)> = vec![];
    for (before, after) in changed {
        let kept = |id: &i64| after.wishes.get(id) == before.wishes.get(id);
        gone.extend(before.wishes.keys().filter(|id| !kept(id)));
        new.extend(
            (after.wishes.iter())
                .filter(|(id, wish)| before.wishes.get(id) != Some(wish))
                .map(|(id, wish)| (*id, after.id, *wish)),
        );
    }
    if !gone.is_empty() {
        on!(&mut *tx, c => {
            let mut drop_them = among("delete from subscription where id in ", &gone);
            drop_them.build().execute(&mut *c).await.map(drop)
        })?;
    }
    if new.is_empty() {
        return Ok(());
    }
    on!(tx, c => {
        let mut add = QueryBuilder::new("insert into subscription (id, address, districts, topics, least_severity,
            cadence, since, hour, weekday, lat, lon, radius_m) select column1, column2, column3, column4, column5,
            column6, column7, column8, column9, column10, column11, column12 from ");
        store::values(&mut add, &new, |row, it| {
            let wish = it.map(|(_, _, wish)| wish);
            let spot = wish.and_then(|wish| wish.spot);
            row.push_bind(it.map(|(id, ..)| *id)).push_bind(it.map(|(_, address, _)| *address))
                .push_bind(wish.map(|wish| wish.districts.0)).push_bind(wish.map(|wish| wish.topics.0))
                .push_bind(wish.map(|wish| wish.least_severity)).push_bind(wish.map(|wish| wish.cadence.word()))
                .push_bind(wish.map(|_| now.0)).push_bind(wish.map(|wish| wish.hour))
                .push_bind(wish.map(|wish| wish.weekday)).push_bind(spot.map(|spot| spot.point.lat))
                .push_bind(spot.map(|spot| spot.point.lon)).push_bind(spot.map(|spot| spot.radius_m));
        });
        add.push(" where column1 is not null");
        add.build().execute(&mut *c).await.map(drop)
    })
}

pub(super) async fn forms(
    tx: &mut Tx,
    changed: &Changed<'_>,
    now: Millis,
) -> Result<(), sqlx::Error> {
    let differ = |(before, after): &&(&Citizen, &Citizen)| before.form != after.form;
    let gone: Vec<i64> = (changed.iter().filter(differ))
        .filter(|(_, after)| after.form.is_none())
        .map(|(_, after)| after.id)
        .collect();
    let open: Vec<(i64, &Filled)> = (changed.iter().filter(differ))
        .filter_map(|(_, after)| Some((after.id, after.form.as_ref()?)))
        .collect();
    if !gone.is_empty() {
        on!(&mut *tx, c => {
            let mut drop_them = among("delete from open_form where address in ", &gone);
            drop_them.build().execute(&mut *c).await.map(drop)
        })?;
    }
    if open.is_empty() {
        return Ok(());
    }
    let mut texts = Vec::with_capacity(open.len());
    for (address, filled) in open {
        let text = serde_json::to_string(filled).map_err(|why| sqlx::Error::Encode(why.into()))?;
        texts.push((address, filled.form.as_str(), text));
    }
    on!(tx, c => {
        let mut put = QueryBuilder::new("insert into open_form (address, form, filled, since)
            select column1, column2, column3, column4 from ");
        store::values(&mut put, &texts, |row, it| {
            row.push_bind(it.map(|(address, ..)| *address)).push_bind(it.map(|(_, form, _)| *form))
                .push_bind(it.map(|(_, _, text)| text.as_str())).push_bind(it.map(|_| now.0));
        });
        put.push(" where column1 is not null on conflict (address) do update set form = excluded.form, filled = excluded.filled,
            since = excluded.since");
        put.build().execute(&mut *c).await.map(drop)
    })
}

pub(super) async fn consents(
    tx: &mut Tx,
    changed: &Changed<'_>,
    now: Millis,
) -> Result<(), sqlx::Error> {
    let words: Vec<(i64, bool, &'static str)> = (changed.iter())
        .flat_map(|(_, after)| {
            after
                .consents
                .iter()
                .map(|(given, source)| (after.id, *given, *source))
        })
        .collect();
    if words.is_empty() {
        return Ok(());
    }
    on!(&mut *tx, c => {
        let mut add = QueryBuilder::new("insert into consent (id, address, at, given, source)
            select column1, column2, column3, column4, column5 from ");
        store::values(&mut add, &words, |row, it| {
            row.push_bind(it.map(|_| id::next())).push_bind(it.map(|(address, ..)| *address))
                .push_bind(it.map(|_| now.0)).push_bind(it.map(|(_, given, _)| *given))
                .push_bind(it.map(|(_, _, source)| *source));
        });
        add.push(" where column1 is not null");
        add.build().execute(&mut *c).await.map(drop)
    })
}

pub(super) async fn drops(
    tx: &mut Tx,
    changed: &Changed<'_>,
    now: Millis,
) -> Result<(), sqlx::Error> {
    for (_, after) in changed.iter().filter(|(_, after)| after.drops) {
        let reason = after.reason.as_deref().unwrap_or_default();
        on!(&mut *tx, c => sqlx::query(DROP_BROADCASTS).bind(after.id).bind(now.0).bind(reason).execute(c).await
            .map(drop))?;
    }
    Ok(())
}

const DROP_BROADCASTS: &str = "update delivery set state = 'gone', settled = $2, reason = $3
    where address = $1 and state in ('ready', 'retry', 'held') and lane <> 1";

/// Every statement of this file with one text, for the test that prepares them.
pub const STATEMENTS: [&str; 1] = [DROP_BROADCASTS];
