//! The people of a batch of events: read together, changed in memory, written back together.

use std::collections::{BTreeMap, HashMap, HashSet};

use sqlx::QueryBuilder;

use super::{Cadence, Wish};
use crate::base::clock::Millis;
use crate::base::id;
use crate::base::point::{Point, Spot};
use crate::city::Set;
use crate::message::Lang;
use crate::message::form::Filled;
use crate::on;
use crate::store::{self, Tx};

/// An address with everything that answering it takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Citizen {
    /// Our id of the address.
    pub id: i64,
    /// Its network.
    pub channel: String,
    /// Its name there.
    pub handle: String,
    /// Whether it is a group or a public channel and not one person.
    pub group: bool,
    /// Languages, best first, joined by commas.
    pub languages: String,
    /// Whether letters go there.
    pub on: bool,
    /// Why not.
    pub reason: Option<String>,
    /// Nothing is sent before.
    pub paused_until: Option<Millis>,
    /// Minutes of the day between which it is quiet; `None`: those of the settings; equal: none.
    pub quiet: Option<(i64, i64)>,
    /// The generation of its personal links.
    pub generation: i64,
    /// Since when it is known.
    pub since: Millis,
    /// What it wants to hear, by id.
    pub wishes: BTreeMap<i64, Wish>,
    /// The form that it is filling in, or has just closed.
    pub form: Option<Filled>,
    /// Words of consent that were given (`true`) or taken back now, and where.
    pub consents: Vec<(bool, &'static str)>,
    /// Whether letters that wait are to be dropped, because it was switched off now.
    pub drops: bool,
}

impl Citizen {
    /// Switches it on; consent is written down when it was off.
    pub fn switch_on(&mut self, source: &'static str) {
        if !self.on {
            self.consents.push((true, source));
        }
        self.on = true;
        self.reason = None;
        self.paused_until = None;
        self.drops = false;
    }

    /// Switches it off; wishes are kept for the day it comes back.
    pub fn switch_off(&mut self, reason: &str) {
        self.drops = self.on;
        self.on = false;
        self.reason = Some(reason.to_owned());
    }

    /// Reads in this language from now on, before all others.
    pub fn speak_first(&mut self, lang: Lang) {
        let first = lang.to_string();
        let others = self
            .languages
            .split(',')
            .filter(|it| !it.is_empty() && *it != first);
        let all: Vec<&str> = std::iter::once(first.as_str()).chain(others).collect();
        self.languages = all.join(",");
    }

    /// Adds a wish, unless there is the same one already.
    pub fn add(&mut self, wish: Wish) {
        if !self.wishes.values().any(|known| *known == wish) {
            self.wishes.insert(id::next(), wish);
        }
    }
}

/// The people of a batch.
#[derive(Debug, Default)]
pub struct Crowd {
    /// By channel and handle.
    by_name: HashMap<String, HashMap<String, i64>>,
    now: BTreeMap<i64, Citizen>,
    before: BTreeMap<i64, Citizen>,
}

const ADDRESS: &str =
    "select id, channel, handle, languages, state, reason, paused_until, quiet_from, quiet_to,
    generation, since, person ";
const WISHES: &str =
    "select id, address, districts, topics, least_severity, cadence, hour, weekday, lat, lon,
    radius_m from subscription where address in ";
const FORMS: &str = "select address, filled from open_form where address in ";

type AddressRow = (
    i64,
    String,
    String,
    String,
    String,
    Option<String>,
    Option<i64>,
    Option<i64>,
    Option<i64>,
    i64,
    i64,
    Option<i64>,
);
type WishRow = (
    i64,
    i64,
    i64,
    i64,
    i64,
    String,
    i64,
    i64,
    Option<i64>,
    Option<i64>,
    Option<i64>,
);

fn citizen(row: AddressRow) -> Citizen {
    Citizen {
        id: row.0,
        channel: row.1,
        handle: row.2,
        languages: row.3,
        on: row.4 == "on",
        reason: row.5,
        paused_until: row.6.map(Millis),
        quiet: row.7.zip(row.8),
        generation: row.9,
        since: Millis(row.10),
        group: row.11.is_none(),
        wishes: BTreeMap::new(),
        form: None,
        consents: vec![],
        drops: false,
    }
}

fn wish(row: &WishRow) -> Wish {
    let spot = row.8.zip(row.9).zip(row.10);
    Wish {
        districts: Set(row.2),
        topics: Set(row.3),
        least_severity: row.4,
        cadence: Cadence::parse(&row.5).unwrap_or(Cadence::Now),
        hour: row.6,
        weekday: row.7,
        spot: spot.map(|((lat, lon), radius_m)| Spot {
            point: Point { lat, lon },
            radius_m,
        }),
    }
}

/// A name that is to be known: its channel, its handle, its language, and whether it is a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Name<'a> {
    /// The network.
    pub channel: &'a str,
    /// The handle, canonical.
    pub handle: &'a str,
    /// What it reads, where it is new.
    pub languages: &'a str,
    /// Whether it is a group.
    pub group: bool,
}

impl Crowd {
    /// Reads those of `names` that are not read yet; the unknown are made, switched off.
    ///
    /// # Errors
    /// When the database is away.
    pub async fn meet(
        &mut self,
        tx: &mut Tx,
        names: &[Name<'_>],
        now: Millis,
    ) -> Result<(), sqlx::Error> {
        self.read(tx, names).await?;
        let mut listed = HashSet::new();
        let new: Vec<(Name<'_>, i64)> = (names.iter())
            .filter(|name| self.find(name.channel, name.handle).is_none())
            .filter(|name| listed.insert((name.channel, name.handle)))
            .map(|name| (*name, id::next()))
            .collect();
        if new.is_empty() {
            return Ok(());
        }
        on!(&mut *tx, c => {
            let mut add = QueryBuilder::new(
                "insert into address (id, person, channel, handle, languages, state, since)
                select column1, column2, column3, column4, column5, 'off', column6 from ");
            store::values(&mut add, &new, |row, it| {
                let name = it.map(|(name, _)| name);
                row.push_bind(it.map(|(_, id)| *id))
                    .push_bind(name.filter(|name| !name.group).map(|_| id::random()))
                    .push_bind(name.map(|name| name.channel)).push_bind(name.map(|name| name.handle))
                    .push_bind(name.map(|name| name.languages)).push_bind(name.map(|_| now.0));
            });
            add.push(" where column1 is not null on conflict (channel, handle) do nothing");
            add.build().execute(&mut *c).await.map(drop)
        })?;
        let new: Vec<Name<'_>> = new.into_iter().map(|(name, _)| name).collect();
        self.read(tx, &new).await
    }

    /// Reads those of `names` that are known and not read yet.
    ///
    /// # Errors
    /// When the database is away.
    pub async fn read(&mut self, tx: &mut Tx, names: &[Name<'_>]) -> Result<(), sqlx::Error> {
        let unread: Vec<&Name<'_>> = (names.iter())
            .filter(|name| self.find(name.channel, name.handle).is_none())
            .collect();
        if unread.is_empty() {
            return Ok(());
        }
        let rows: Vec<AddressRow> = on!(&mut *tx, c => {
            let mut find = QueryBuilder::new(ADDRESS);
            find.push("from ");
            store::values(&mut find, &unread, |row, name| {
                row.push_bind(name.map(|name| name.channel)).push_bind(name.map(|name| name.handle));
            });
            // Joined in this order: each name is looked up, whatever a planner believes of channels.
            find.push(" cross join address where channel = v.column1 and handle = v.column2");
            find.build_query_as().fetch_all(&mut *c).await
        })?;
        self.take_in(tx, rows).await
    }

    /// Reads one by our id; `None` when there is none.
    ///
    /// # Errors
    /// When the database is away.
    pub async fn read_one(
        &mut self,
        tx: &mut Tx,
        address: i64,
    ) -> Result<Option<&mut Citizen>, sqlx::Error> {
        if !self.now.contains_key(&address) {
            let rows: Vec<AddressRow> = on!(&mut *tx, c => {
                let mut find = QueryBuilder::new(ADDRESS);
                find.push("from address where id = ").push_bind(address);
                find.build_query_as().fetch_all(&mut *c).await
            })?;
            self.take_in(tx, rows).await?;
        }
        Ok(self.now.get_mut(&address))
    }

    async fn take_in(&mut self, tx: &mut Tx, rows: Vec<AddressRow>) -> Result<(), sqlx::Error> {
        if rows.is_empty() {
            return Ok(());
        }
        let mut new: BTreeMap<i64, Citizen> =
            rows.into_iter().map(|row| (row.0, citizen(row))).collect();
        let ids: Vec<i64> = new.keys().copied().collect();
        let wishes: Vec<WishRow> = on!(&mut *tx, c => {
            let mut find = among(WISHES, &ids);
            find.build_query_as().fetch_all(&mut *c).await
        })?;
        for row in wishes {
            if let Some(citizen) = new.get_mut(&row.1) {
                citizen.wishes.insert(row.0, wish(&row));
            }
        }
        let forms: Vec<(i64, String)> = on!(&mut *tx, c => {
            let mut find = among(FORMS, &ids);
            find.build_query_as().fetch_all(&mut *c).await
        })?;
        for (address, filled) in forms {
            if let Some(citizen) = new.get_mut(&address) {
                citizen.form = serde_json::from_str(&filled).ok();
            }
        }
        for (id, citizen) in new {
            let of_channel = self.by_name.entry(citizen.channel.clone()).or_default();
            of_channel.insert(citizen.handle.clone(), id);
            self.before.insert(id, citizen.clone());
            self.now.insert(id, citizen);
        }
        Ok(())
    }

    /// Somebody who was read.
    #[must_use]
    pub fn find(&self, channel: &str, handle: &str) -> Option<&Citizen> {
        let id = self.by_name.get(channel)?.get(handle)?;
        self.now.get(id)
    }

    /// Puts back what was changed in memory; [`Crowd::save`] writes it.
    pub fn put(&mut self, citizen: Citizen) {
        self.now.insert(citizen.id, citizen);
    }

    /// Forgets what was read of somebody: it is read anew when it is needed.
    pub fn let_go(&mut self, id: i64) {
        for of_channel in self.by_name.values_mut() {
            of_channel.retain(|_, known| *known != id);
        }
        self.now.remove(&id);
        self.before.remove(&id);
    }

    /// Who has given their word of consent since the last [`Crowd::save`]: channel and handle.
    #[must_use]
    pub fn consented(&self) -> Vec<(&str, &str)> {
        let given = |citizen: &&Citizen| citizen.consents.iter().any(|(given, _)| *given);
        let all = self.now.values().filter(given);
        all.map(|citizen| (citizen.channel.as_str(), citizen.handle.as_str()))
            .collect()
    }

    /// Writes what has changed, in a few statements however many they are.
    ///
    /// # Errors
    /// When the database is away.
    pub async fn save(&mut self, tx: &mut Tx, now: Millis) -> Result<(), sqlx::Error> {
        let changed: Vec<(&Citizen, &Citizen)> = (self.now.iter())
            .filter_map(|(id, after)| Some((self.before.get(id)?, after)))
            .filter(|(before, after)| before != after)
            .collect();
        if changed.is_empty() {
            return Ok(());
        }
        save::addresses(tx, &changed, now).await?;
        save::wishes(tx, &changed, now).await?;
        save::forms(tx, &changed, now).await?;
        save::consents(tx, &changed, now).await?;
        save::drops(tx, &changed, now).await?;
        let saved: Vec<i64> = changed.iter().map(|(_, after)| after.id).collect();
        for id in saved {
            if let Some(citizen) = self.now.get_mut(&id) {
                citizen.consents.clear();
                citizen.drops = false;
                self.before.insert(id, citizen.clone());
            }
        }
        Ok(())
    }
}

/// `sql`, which ends in `in `, with these ids behind it.
fn among<DB: sqlx::Database>(sql: &'static str, ids: &[i64]) -> QueryBuilder<DB>
where
    for<'q> Option<i64>: sqlx::Encode<'q, DB> + sqlx::Type<DB>,
{
    let mut find = QueryBuilder::new(sql);
    store::list(&mut find, ids);
    find
}

pub mod save;
