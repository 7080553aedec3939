//! Lists of subscribers: a batch of checked lines becomes addresses and wishes in a few statements.

use std::collections::{BTreeSet, HashMap};

use sqlx::QueryBuilder;

use super::Wish;
use super::store::{FORGOTTEN, STOPPED};
use super::suppression;
use crate::base::civil::Quiet;
use crate::base::clock::Millis;
use crate::base::id;
use crate::base::token::Keyring;
use crate::on;
use crate::store::{Db, Tx};

/// One good line of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Its number in the file.
    pub number: u64,
    /// The channel's name.
    pub channel: &'static str,
    /// The address, canonical.
    pub handle: String,
    /// Whether it is a group and not a person.
    pub group: bool,
    /// Languages, best first, joined by commas.
    pub languages: String,
    /// What it wants to hear.
    pub wish: Wish,
    /// Its own quiet hours, where they are not the city's.
    pub quiet: Option<Quiet>,
    /// When consent was given, and to whom or where.
    pub consent: (Millis, String),
}

impl Line {
    /// Whether another line is about the same address.
    #[must_use]
    pub fn is_of_the_same(&self, other: &Self) -> bool {
        self.channel == other.channel && self.handle == other.handle
    }
}

/// Lines that one transaction takes: many enough to share its cost, few enough for the number of
/// parameters that SQLite allows (32 766).
pub const BATCH: usize = 1000;

/// Why a good line was left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LeftOut {
    /// Its person has stopped the letters.
    Stopped,
    /// Its person has asked to be forgotten.
    Forgotten,
}

/// Writes a batch: new addresses come in, known ones get the new wishes, one for each line. Lines of
/// one address belong together when they follow each other; else the later ones count. Returns the
/// numbers of lines that were left out, because their person had stopped the letters or asked to be
/// forgotten.
///
/// # Errors
/// When the database is away; then nothing of the batch was written.
pub async fn write(
    db: &Db,
    keys: &Keyring,
    lines: &[Line],
    now: Millis,
) -> Result<Vec<(u64, LeftOut)>, sqlx::Error> {
    let mut latest: HashMap<(&str, &str), &[Line]> = HashMap::with_capacity(lines.len());
    for of_address in lines.chunk_by(Line::is_of_the_same) {
        latest.insert((of_address[0].channel, &of_address[0].handle), of_address);
    }
    let mut wanted: Vec<&[Line]> = latest.into_values().collect();
    wanted.sort_unstable_by_key(|of_address| of_address[0].number);
    let mut lines: Vec<&Line> = wanted
        .iter()
        .filter_map(|of_address| of_address.last())
        .collect();
    let mut tx = db.begin().await?;
    let addresses: Vec<(&str, &str)> = (lines.iter())
        .map(|line| (line.channel, line.handle.as_str()))
        .collect();
    let forgotten = suppression::among(&mut tx, keys, &addresses).await?;
    let mut left_out: Vec<(u64, LeftOut)> = (forgotten.iter())
        .flat_map(|place| wanted[*place])
        .map(|line| (line.number, LeftOut::Forgotten))
        .collect();
    let mut place = 0..;
    lines.retain(|_| place.next().is_none_or(|place| !forgotten.contains(&place)));
    let mut place = 0..;
    wanted.retain(|_| place.next().is_none_or(|place| !forgotten.contains(&place)));
    if lines.is_empty() {
        return Ok(left_out);
    }

    on!(&mut tx, c => {
        let mut add = QueryBuilder::new("insert into address (id, person, channel, handle, languages, state, since,
            consent_at, consent_source, quiet_from, quiet_to) ");
        let first = id::block(u32::try_from(lines.len()).unwrap_or(u32::MAX));
        add.push_values(lines.iter().zip(first..), |mut row, (line, id)| {
            row.push_bind(id).push_bind((!line.group).then(id::random)).push_bind(line.channel)
                .push_bind(&line.handle).push_bind(&line.languages).push_bind("on").push_bind(now.0)
                .push_bind(line.consent.0.0).push_bind(&line.consent.1)
                .push_bind(line.quiet.map(|quiet| quiet.from)).push_bind(line.quiet.map(|quiet| quiet.to));
        });
        add.push(" on conflict (channel, handle) do update set languages = excluded.languages, state = 'on',
            reason = null, off_seen = null, consent_at = excluded.consent_at,
            consent_source = excluded.consent_source,
            quiet_from = coalesce(excluded.quiet_from, address.quiet_from),
            quiet_to = coalesce(excluded.quiet_to, address.quiet_to)
            where address.reason is null or address.reason not in (").push_bind(STOPPED).push(", ")
            .push_bind(FORGOTTEN).push(")");
        add.build().execute(&mut *c).await?;
    });
    let mut known: HashMap<(String, String), (i64, bool)> = HashMap::with_capacity(lines.len());
    let channels: BTreeSet<&'static str> = lines.iter().map(|line| line.channel).collect();
    for channel in channels {
        let of_channel: Vec<&&Line> = lines
            .iter()
            .filter(|line| line.channel == channel)
            .collect();
        let rows: Vec<(i64, String, String)> = on!(&mut tx, c => {
            let mut find = QueryBuilder::new("select id, handle, state from address where channel = ");
            find.push_bind(channel).push(" and handle in (");
            let mut handles = find.separated(", ");
            for line in &of_channel {
                handles.push_bind(&line.handle);
            }
            find.push(")");
            find.build_query_as().fetch_all(&mut *c).await?
        });
        known.extend(
            rows.into_iter()
                .map(|(id, handle, state)| ((channel.to_owned(), handle), (id, state == "on"))),
        );
    }
    let mut wishes: Vec<(i64, &Line)> = Vec::with_capacity(lines.len());
    for line in wanted.into_iter().flatten() {
        match known.get(&(line.channel.to_owned(), line.handle.clone())) {
            // The same wish twice is one wish.
            Some(&(id, true)) => match wishes.last() {
                Some((other, last)) if *other == id && last.wish == line.wish => {}
                _ => wishes.push((id, line)),
            },
            _ => left_out.push((line.number, LeftOut::Stopped)),
        }
    }
    if !wishes.is_empty() {
        want(&mut tx, &wishes, now).await?;
    }
    tx.commit().await?;
    left_out.sort_unstable_by_key(|(number, _)| *number);
    Ok(left_out)
}

/// Puts these wishes in the place of what their addresses wanted.
async fn want(tx: &mut Tx, wishes: &[(i64, &Line)], now: Millis) -> Result<(), sqlx::Error> {
    on!(tx, c => {
        let mut forget = QueryBuilder::new("delete from subscription where address in (");
        let mut addresses = forget.separated(", ");
        for (address, _) in wishes {
            addresses.push_bind(*address);
        }
        forget.push(")");
        forget.build().execute(&mut *c).await?;
        let mut add = QueryBuilder::new("insert into subscription (id, address, districts, topics, least_severity,
            cadence, since, weekday, hour, lat, lon, radius_m) ");
        let first = id::block(u32::try_from(wishes.len()).unwrap_or(u32::MAX));
        add.push_values(wishes.iter().zip(first..), |mut row, ((address, line), id)| {
            row.push_bind(id).push_bind(*address).push_bind(line.wish.districts.0)
                .push_bind(line.wish.topics.0).push_bind(line.wish.least_severity)
                .push_bind(line.wish.cadence.word()).push_bind(now.0)
                .push_bind(line.wish.weekday).push_bind(line.wish.hour)
                .push_bind(line.wish.spot.map(|spot| spot.point.lat))
                .push_bind(line.wish.spot.map(|spot| spot.point.lon))
                .push_bind(line.wish.spot.map(|spot| spot.radius_m));
        });
        add.build().execute(&mut *c).await?;
    });
    Ok(())
}
