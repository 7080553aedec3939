//! Wiring: what is loaded at the start, what runs, and how it ends.

use std::panic::AssertUnwindSafe;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;
use futures_util::FutureExt as _;
use tokio::sync::watch;
use tokio::task::JoinSet;

use crate::base::clock::Clock;
use crate::base::id;
use crate::base::token::Keyring;
use crate::channel::{Channel, Inbox};
use crate::channels;
use crate::city::City;
use crate::config::{Config, secrets};
use crate::desk::{Desk, commands::Commands};
use crate::message::catalogue::Catalogue;
use crate::outbox::bell::Bell;
use crate::outbox::lane::Worker;
use crate::outbox::lease::Lease;
use crate::schedule;
use crate::store::{self, Db};

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
    let installed = catalogue.languages();
    for lang in city.languages() {
        anyhow::ensure!(
            installed.contains(lang),
            "the city publishes in \"{lang}\", which has no folder of words"
        );
    }
    Ok(Loaded {
        config,
        city: Arc::new(city),
        catalogue: Arc::new(catalogue),
        commands,
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

/// The keyring: from the environment, else made once and kept in the database, which is enough
/// for one that is never restored elsewhere.
///
/// # Errors
/// When the environment's is malformed or the database is away.
pub async fn keyring(db: &Db) -> anyhow::Result<Keyring> {
    const KEYS: &str = "keys";
    if let Some(keys) = own_keyring()? {
        return Ok(keys);
    }
    let mut tx = db.begin().await?;
    let text = if let Some(text) = store::setting(&mut tx, KEYS).await? {
        text
    } else {
        let text = Keyring::generate();
        store::set_setting(&mut tx, KEYS, Some(&text)).await?;
        text
    };
    tx.commit().await?;
    Ok(Keyring::parse(&text)?)
}

/// The keyring of the environment, when there is one.
///
/// # Errors
/// When it is malformed, or its file cannot be read.
pub fn own_keyring() -> anyhow::Result<Option<Keyring>> {
    use secrecy::ExposeSecret as _;
    let secret = secrets::find(secrets::KEYS)?;
    secret
        .map(|secret| Keyring::parse(secret.expose_secret()).context("GLAS_KEYS"))
        .transpose()
}

/// How long the whole program may take to end.
const LAST_WORDS: Duration = Duration::from_secs(18);
/// How long closing the database may take.
const CLOSE_WITHIN: Duration = Duration::from_secs(1);
/// How often a paused process looks whether it may go on.
const PAUSE_LOOK: Duration = Duration::from_secs(1);
/// Batches of events that may wait for the desk.
const WAITING_BATCHES: usize = 64;

/// Runs the bot on these networks until `stop` turns true, then lets what is under way finish and
/// closes the database. Once it runs, no network and no failure of the database ends it.
pub async fn run(
    loaded: Loaded,
    db: Db,
    networks: Vec<Arc<dyn Channel>>,
    clock: Clock,
    stop: watch::Receiver<bool>,
    ready: impl FnOnce(),
) {
    if networks.is_empty() {
        tracing::warn!("no channel is on: nothing is sent and nobody is heard");
    }
    let process = id::random();
    let names: Vec<&'static str> = networks.iter().map(|network| network.name()).collect();
    let bell = Bell::new(&names);
    let (inbox, batches) = Inbox::new(WAITING_BATCHES);
    let delivery = loaded.config.delivery;
    let lasts = Duration::from_secs(delivery.lease_seconds.max(1));

    let desk = Desk {
        db: db.clone(),
        catalogue: Arc::clone(&loaded.catalogue),
        city: Arc::clone(&loaded.city),
        commands: loaded.commands,
        clock: clock.clone(),
        bell: bell.clone(),
    };
    let mut tasks = JoinSet::new();
    tasks.spawn(desk.run(batches, stop.clone()));
    tasks.spawn(schedule::run(
        db.clone(),
        clock.clone(),
        loaded.city.zone(),
        stop.clone(),
    ));
    for network in networks {
        let lease = |what: &str| Lease {
            name: format!("{what}/{}", network.name()),
            owner: process,
            lasts,
        };
        tasks.spawn(listen(
            db.clone(),
            Arc::clone(&network),
            inbox.clone(),
            lease("listen"),
            stop.clone(),
        ));
        let rates = network.rates();
        let mut lane = lease("lane");
        if !rates.exclusive {
            lane.name = format!("{}/{process}", lane.name);
        }
        let window = delivery.window.unwrap_or_else(|| network.window());
        let wake = bell.of(network.name());
        let worker = Worker {
            db: db.clone(),
            channel: network,
            clock: clock.clone(),
            rates,
            window,
            lease: lane,
            wake,
            stop: stop.clone(),
        };
        tasks.spawn(work(worker));
    }
    drop(inbox);
    ready();

    let mut stop = stop;
    // The sender of `stop` outlives this function; a closed one means the same as a stop.
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

/// Listens to one network while its lease is ours: one token has one listener.
async fn listen(
    db: Db,
    network: Arc<dyn Channel>,
    inbox: Inbox,
    lease: Lease,
    mut stop: watch::Receiver<bool>,
) {
    loop {
        if take(&db, &lease).await {
            tokio::select! {
                () = network.listen(inbox.clone()) => {}
                () = lost(&db, &lease) => tracing::warn!(channel = network.name(), "another process listens now"),
                _ = stop.wait_for(|stop| *stop) => break,
            }
        }
        tokio::select! {
            () = tokio::time::sleep(lease.lasts / 10) => {}
            _ = stop.wait_for(|stop| *stop) => break,
        }
    }
    let released = async {
        let mut tx = db.begin().await?;
        lease.release(&mut tx).await?;
        tx.commit().await
    };
    if let Err(why) = released.await {
        tracing::warn!(
            channel = network.name(),
            "the listener's lease could not be given back: {why}"
        );
    }
}

async fn take(db: &Db, lease: &Lease) -> bool {
    let taken = async {
        let mut tx = db.begin().await?;
        let taken = lease.take(&mut tx).await?;
        tx.commit().await?;
        Ok::<_, sqlx::Error>(taken)
    };
    taken.await.unwrap_or_else(|why| {
        tracing::error!(lease = lease.name, "the database did not answer: {why}");
        false
    })
}

/// Renews the lease; returns when it is lost for certain.
async fn lost(db: &Db, lease: &Lease) {
    let mut sure_until = tokio::time::Instant::now() + lease.lasts;
    loop {
        tokio::time::sleep(lease.lasts / 3).await;
        let began = tokio::time::Instant::now();
        let kept = async {
            let mut tx = db.begin().await?;
            let kept = lease.keep(&mut tx).await?;
            tx.commit().await?;
            Ok::<_, sqlx::Error>(kept)
        };
        match kept.await {
            Ok(true) => sure_until = began + lease.lasts * 2 / 3,
            Ok(false) => return,
            Err(_) if began >= sure_until => return,
            Err(why) => {
                tracing::error!(lease = lease.name, "the lease could not be renewed: {why}");
            }
        }
    }
}
