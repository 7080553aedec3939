//! Wiring: what is loaded at the start, what runs, and how it ends.

mod calls;
mod feeds;
mod following;
mod keys;
mod listening;
mod pages;
mod pictures;
mod roster;
mod schedules;

pub use keys::{keyring, own_keyring};
pub use pages::Pages;

use std::panic::AssertUnwindSafe;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use futures_util::FutureExt as _;
use tokio::sync::{mpsc, watch};
use tokio::task::JoinSet;

use crate::base::clock::Clock;
use crate::base::id;
use crate::base::token::Keyring;
use crate::channel::{Channel, Inbox};
use crate::channels;
use crate::city::City;
use crate::config::{Config, secrets};
use crate::desk::{Desk, commands::Commands, sense::Senses};
use crate::features::alert::draft::letters;
use crate::features::alert::template;
use crate::features::subscribe::rules::Forms;
use crate::message::catalogue::Catalogue;
use crate::outbox::translate;
use crate::outbox::{bell::Bell, gather::Gatherer, hold::Hours, lane::Worker, lease::Lease};
use crate::people::permit::Roster;
use crate::schedule::Calendar;
use crate::store::{self, Db};
use crate::web;

/// What every command needs: settings, city and words, all checked.
pub struct Loaded {
    /// `bot.toml`.
    pub config: Config,
    /// The city's data.
    pub city: Arc<City>,
    /// The words.
    pub catalogue: Arc<Catalogue>,
    /// What one can ask for.
    pub commands: Commands,
    /// By what free text is understood.
    pub senses: Senses,
}

/// Reads `bot.toml` and what it names.
///
/// # Errors
/// The first fault, with file and line where there is one.
pub fn load(config: &Path) -> anyhow::Result<Loaded> {
    let config = Config::load(config)?;
    let city = City::load(&config.city.folder)?;
    let catalogue = Catalogue::load(&config.city.locales, city.zone())?;
    let commands = Commands::load(&catalogue)?;
    let senses = Senses::load(&catalogue)?;
    let installed = catalogue.languages();
    for lang in city.languages() {
        anyhow::ensure!(
            installed.contains(lang),
            "the city publishes in \"{lang}\", which has no folder of words"
        );
    }
    feeds::check(&config, &city)?;
    Ok(Loaded {
        config,
        city: Arc::new(city),
        catalogue: Arc::new(catalogue),
        commands,
        senses,
    })
}

/// The address of the database: from the environment where it is set there.
///
/// # Errors
/// When the file that the environment names cannot be read, or a sandbox would leave this machine.
pub fn database_url(config: &Config) -> anyhow::Result<String> {
    use secrecy::ExposeSecret as _;
    let secret = secrets::find(secrets::DATABASE_URL)?;
    let url = secret.map_or_else(
        || config.database.url.clone(),
        |url| url.expose_secret().to_owned(),
    );
    anyhow::ensure!(
        !config.sandbox || store::is_here(&url),
        "with sandbox = true only a database on this machine is used"
    );
    Ok(url)
}

/// The setting that names the city a database belongs to.
pub const CITY: &str = "city";
/// The setting that keeps everything from leaving: a restored copy starts with it.
pub const PAUSED: &str = "paused";

impl Loaded {
    /// The city's code: the name of its folder.
    #[must_use]
    pub fn code(&self) -> &str {
        self.config
            .city
            .folder
            .file_name()
            .and_then(|name| name.to_str())
            .unwrap_or("")
    }

    /// The city's day.
    #[must_use]
    pub fn hours(&self) -> Hours {
        Hours {
            zone: self.city.zone(),
            quiet: self.config.people.quiet_hours,
        }
    }

    /// The desk that answers people.
    fn desk(&self, db: &Db, (keys, roster): (Keyring, Roster), clock: &Clock, bell: &Bell) -> Desk {
        let hours = self.hours();
        let web = self.config.web.as_ref();
        Desk {
            db: db.clone(),
            catalogue: Arc::clone(&self.catalogue),
            city: Arc::clone(&self.city),
            commands: self.commands.clone(),
            senses: self.senses.clone(),
            forms: Forms::new(
                &self.city,
                letters::forms()
                    .into_iter()
                    .chain(template::forms(&self.city)),
            ),
            base: web.map(|web| web.base_url.url().clone()),
            keys,
            quiet: (hours.quiet.from, hours.quiet.to),
            clock: clock.clone(),
            bell: bell.clone(),
            channels: channels::on(&self.config),
            roster,
            alerts: self.config.alerts.clone(),
            painter: self.painter(),
        }
    }

    /// Opens the database, brings it up to date, and makes sure that it is this city's.
    ///
    /// # Errors
    /// When it cannot be opened, or belongs to another city.
    pub async fn database(&self) -> anyhow::Result<Db> {
        let db = store::open(&database_url(&self.config)?).await?;
        let mut tx = db.begin().await?;
        match store::setting(&mut tx, CITY).await? {
            Some(other) if other != self.code() => {
                anyhow::bail!(
                    "this database belongs to the city \"{other}\", and bot.toml names \"{}\"",
                    self.code()
                )
            }
            Some(_) => {}
            None => store::set_setting(&mut tx, CITY, Some(self.code())).await?,
        }
        tx.commit().await?;
        Ok(db)
    }

    /// Opens every network that is on, with the secrets of the environment.
    ///
    /// # Errors
    /// The first whose secret is missing or whose settings cannot work.
    pub async fn networks(&self, db: &Db) -> anyhow::Result<Vec<Arc<dyn Channel>>> {
        let keys = keyring(db).await?;
        channels::open(&self.config, &keys, &self.catalogue, self.commands.menu())
    }
}

/// How long the whole program may take to end.
const LAST_WORDS: Duration = Duration::from_secs(18);
/// How long closing the database may take.
const CLOSE_WITHIN: Duration = Duration::from_secs(1);
/// How often a paused process looks whether it may go on.
const PAUSE_LOOK: Duration = Duration::from_secs(1);
/// Batches of events that may wait for the desk.
const WAITING_BATCHES: usize = 64;

/// Runs the bot on these networks and its pages until `stop` turns true, then lets what is under
/// way finish and closes the database. Once it runs, no network and no failure of the database ends it.
pub async fn run(
    loaded: Loaded,
    db: Db,
    (networks, pages): (Vec<Arc<dyn Channel>>, Option<Pages>),
    clock: Clock,
    stop: watch::Receiver<bool>,
    ready: impl FnOnce(),
) {
    if networks.is_empty() {
        tracing::warn!("no channel is on: nothing is sent and nobody is heard");
    }
    let process = id::random();
    let keys = match keyring(&db).await {
        Ok(keys) => keys,
        Err(why) => {
            tracing::error!("there are no keys to sign with: {why}");
            return;
        }
    };
    let names: Vec<&'static str> = networks.iter().map(|network| network.name()).collect();
    let bell = Bell::new(&names);
    let (inbox, batches) = Inbox::new(WAITING_BATCHES);
    let (windows, asked) = mpsc::channel(WAITING_BATCHES);
    let inbox = inbox.with_windows(windows);
    let delivery = loaded.config.delivery;
    let lasts = Duration::from_secs(delivery.lease_seconds.max(1));

    let lease = |name: String| Lease {
        name,
        owner: process,
        lasts,
    };

    let hours = loaded.hours();
    // Loading has found the name in every language.
    let languages = Arc::new(translate::names(&loaded.catalogue).unwrap_or_default());
    let mut tasks = JoinSet::new();
    let desk = Arc::new(loaded.desk(&db, (keys, loaded.known_roster()), &clock, &bell));
    tasks.spawn(calls::make(Arc::clone(&desk), stop.clone()));
    let painter = loaded.painter();
    tasks.spawn(schedules::follow(Arc::clone(&desk), painter, stop.clone()));
    following::spawn(&mut tasks, &desk, &networks, (process, lasts), &stop);
    if let Some(Pages { listener, mut site }) = pages {
        site.channels.clone_from(&names);
        site.desk = Some(Arc::clone(&desk));
        tasks.spawn(pages::remind(Arc::clone(&desk), stop.clone()));
        tasks.spawn(web::serve(
            listener,
            Arc::new(site),
            web::Bounds::default(),
            stop.clone(),
        ));
    }
    tasks.spawn(Arc::clone(&desk).open_windows(asked, stop.clone()));
    tasks.spawn(desk.run(batches, stop.clone()));
    let calendar = Calendar {
        db: db.clone(),
        clock: clock.clone(),
        zone: loaded.city.zone(),
        privacy: loaded.config.privacy.clone(),
        pictures: loaded.pictures(),
        process,
    };
    tasks.spawn(calendar.run(stop.clone()));
    let reader = loaded.reader(&db, &clock, names.clone(), &bell);
    feeds::watch(&mut tasks, &reader, &loaded.config.feed, process, &stop);
    let gatherer = Gatherer {
        db: db.clone(),
        clock: clock.clone(),
        catalogue: Arc::clone(&loaded.catalogue),
        channels: names,
        bell: bell.clone(),
        lease: lease("gather".to_owned()),
    };
    tasks.spawn(gather(gatherer, stop.clone()));
    for network in networks {
        tasks.spawn(listening::listen(
            db.clone(),
            Arc::clone(&network),
            inbox.clone(),
            lease(format!("listen/{}", network.name())),
            stop.clone(),
        ));
        let album = loaded.album(&db, &*network);
        let rates = network.rates();
        let mut lane = lease(format!("lane/{}", network.name()));
        if !rates.exclusive {
            lane.name = format!("{}/{process}", lane.name);
        }
        let window = delivery.window.unwrap_or_else(|| network.window());
        let wake = bell.of(network.name());
        let worker = Worker {
            db: db.clone(),
            channel: network,
            clock: clock.clone(),
            hours,
            languages: Arc::clone(&languages),
            rates,
            window,
            lease: lane,
            wake,
            album,
            stop: stop.clone(),
        };
        tasks.spawn(work(worker));
    }
    drop(inbox);
    ready();

    finish(tasks, db, stop).await;
}

/// Waits for the end, lets what is under way finish and closes the database.
async fn finish(mut tasks: JoinSet<()>, db: Db, mut stop: watch::Receiver<bool>) {
    // The sender of `stop` outlives the program's run; a closed one means the same as a stop.
    let _ = stop.wait_for(|stop| *stop).await;
    let ended = tokio::time::timeout(LAST_WORDS, async {
        while tasks.join_next().await.is_some() {}
    })
    .await;
    if ended.is_err() {
        tracing::warn!(
            "not everything could be finished in time; it is taken up again at the next start"
        );
        tasks.abort_all();
    }
    let closed = tokio::time::timeout(CLOSE_WITHIN, db.close()).await;
    if closed.is_err() {
        tracing::warn!("the database did not close in time");
    }
}

/// Lets go what is held, unless a person has paused the program.
async fn gather(gatherer: Gatherer, stop: watch::Receiver<bool>) {
    if unpaused(&gatherer.db, stop.clone()).await {
        gatherer.run(stop).await;
    }
}

/// Keeps a worker at work: one that fell over on something is replaced, and what it held is taken
/// up again like that of a dead process.
async fn work(worker: Worker) {
    if !unpaused(&worker.db, worker.stop.clone()).await {
        return;
    }
    while AssertUnwindSafe(worker.clone().run())
        .catch_unwind()
        .await
        .is_err()
    {
        tracing::error!(
            channel = worker.channel.name(),
            "the worker fell over and is replaced"
        );
        tokio::time::sleep(PAUSE_LOOK).await;
    }
}

/// Waits while a person has paused the program; false when the process is to end meanwhile.
async fn unpaused(db: &Db, mut stop: watch::Receiver<bool>) -> bool {
    let mut said = false;
    loop {
        let paused = async {
            let mut tx = db.read().await?;
            store::setting(&mut tx, PAUSED).await
        };
        match paused.await {
            Ok(None) => return true,
            Ok(Some(_)) if !said => {
                tracing::warn!("paused: nothing is sent until `glas resume`");
                said = true;
            }
            Ok(Some(_)) => {}
            Err(why) => tracing::error!("the database did not answer: {why}"),
        }
        tokio::select! {
            () = tokio::time::sleep(PAUSE_LOOK) => {}
            _ = stop.wait_for(|stop| *stop) => return false,
        }
    }
}
