//! The database: SQLite or PostgreSQL behind one value, one SQL text for both.
//!
//! Two places may know the dialect: the outbox's hot statements and [`Tx::now`].

mod backup;
mod migrations;
mod rows;

pub use backup::{copy_to, replace_by, sqlite_file};
pub use rows::{list, values};

use std::borrow::Cow;
use std::fs::File;
use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::time::Duration;

use sqlx::migrate::{Migration, MigrationType, Migrator};
use sqlx::postgres::{PgConnectOptions, PgPool, PgPoolOptions};
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous,
};
use sqlx::{Connection as _, Postgres, SqlSafeStr, Sqlite, SqliteConnection, Transaction};

use migrations::MIGRATIONS;

use crate::base::clock::Millis;

/// One of two databases. [`on!`](crate::on) runs the same expression on either.
#[derive(Debug, Clone)]
pub enum On<S, P> {
    /// Embedded, one machine.
    Sqlite(S),
    /// A server, several machines.
    Postgres(P),
}

/// Pools of SQLite: one writer (there is only ever one at a time), several readers.
#[derive(Debug, Clone)]
pub struct SqlitePools {
    /// The only connection that writes.
    pub writer: SqlitePool,
    /// Connections that read while the writer writes (WAL).
    pub readers: SqlitePool,
    /// The database's file.
    pub file: PathBuf,
}

/// An open database.
pub type Db = On<SqlitePools, PgPool>;

/// An open transaction; dropped without a commit it is rolled back.
pub type Tx = On<Transaction<'static, Sqlite>, Transaction<'static, Postgres>>;

/// `on!(tx, connection => expression)`: the expression once for each database.
///
/// `connection` is a `&mut` connection inside a transaction.
#[macro_export]
macro_rules! on {
    ($tx:expr, $connection:ident => $body:expr) => {
        match $tx {
            $crate::store::On::Sqlite(tx) => {
                let $connection = &mut **tx;
                $body
            }
            $crate::store::On::Postgres(tx) => {
                let $connection = &mut **tx;
                $body
            }
        }
    };
}

/// How long a statement waits for SQLite's lock before it fails.
const BUSY: Duration = Duration::from_secs(12);
/// What PostgreSQL is told. It ends the transaction of a process that sleeps in its middle, so that
/// others can take over what it holds locked. And it plans for a disk that does not turn: for one
/// that does it would read a whole table rather than look up 100 rows. And it compiles nothing: with
/// a million people it expects much of a walk's step, which takes the first few and ends after a
/// millisecond, and would compile it for half a second before.
const POSTGRES: [(&str, &str); 3] = [
    ("jit", "off"),
    ("idle_in_transaction_session_timeout", "10s"),
    ("random_page_cost", "1.1"),
];
/// Pages of 4 KiB that each SQLite connection may keep in memory.
const CACHE_PAGES: &str = "1000";
/// Pages in SQLite's log before they are carried over: 16 MiB, so that busy pages are so only once.
const CHECKPOINT_PAGES: &str = "4000";
/// Prepared statements that a connection keeps; those with many rows have a text for each size.
const STATEMENTS_KEPT: usize = 256;

/// Why the database could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The address is neither SQLite's nor PostgreSQL's.
    #[error("the database address must start with sqlite: or postgres:")]
    Scheme,
    /// The database said no.
    #[error("the database cannot be opened: {0}")]
    Sql(#[from] sqlx::Error),
    /// A migration failed.
    #[error("the database could not be brought up to date: {0}")]
    Migrate(#[from] sqlx::migrate::MigrateError),
    /// The lock file beside a SQLite database.
    #[error("the lock beside the database cannot be taken: {0}")]
    Lock(#[from] std::io::Error),
}

/// Opens a database and brings it up to date.
///
/// # Errors
/// [`OpenError`], without the address in it (it may hold a password).
pub async fn open(url: &str) -> Result<Db, OpenError> {
    let db = connect_or_make(url, true).await?;
    migrate(&db).await?;
    Ok(db)
}

/// Opens a database as it is; one that does not exist is not made.
///
/// # Errors
/// [`OpenError`], without the address in it.
pub async fn connect(url: &str) -> Result<Db, OpenError> {
    connect_or_make(url, false).await
}

async fn connect_or_make(url: &str, make: bool) -> Result<Db, OpenError> {
    if url.starts_with("sqlite:") {
        let options = SqliteConnectOptions::from_str(url)?
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .busy_timeout(BUSY)
            .foreign_keys(true)
            .pragma("cache_size", CACHE_PAGES)
            .pragma("wal_autocheckpoint", CHECKPOINT_PAGES)
            .statement_cache_capacity(STATEMENTS_KEPT);
        let file = options.get_filename().to_owned();
        let writer = SqlitePoolOptions::new()
            .max_connections(1)
            .idle_timeout(None)
            .max_lifetime(None)
            .connect_with(options.clone().create_if_missing(make))
            .await?;
        let readers = SqlitePoolOptions::new()
            .max_connections(4)
            .min_connections(0)
            .idle_timeout(Duration::from_mins(1))
            .connect_lazy_with(options);
        Ok(On::Sqlite(SqlitePools {
            writer,
            readers,
            file,
        }))
    } else if url.starts_with("postgres:") || url.starts_with("postgresql:") {
        let options = PgConnectOptions::from_str(url)?
            .statement_cache_capacity(STATEMENTS_KEPT)
            .options(POSTGRES);
        Ok(On::Postgres(
            PgPoolOptions::new()
                .max_connections(8)
                .acquire_timeout(BUSY)
                .connect_with(options)
                .await?,
        ))
    } else {
        Err(OpenError::Scheme)
    }
}

/// Applies what is missing, one process at a time. Unknown newer migrations are left alone, so
/// that an older process runs beside a newer one.
///
/// # Errors
/// [`OpenError::Migrate`] or the lock.
pub async fn migrate(db: &Db) -> Result<(), OpenError> {
    let mut migrator = Migrator::with_migrations(
        MIGRATIONS
            .iter()
            .map(|&(version, name, sql)| {
                Migration::new(
                    version,
                    Cow::Borrowed(name),
                    MigrationType::Simple,
                    sql.into_sql_str(),
                    false,
                )
            })
            .collect(),
    );
    migrator.set_ignore_missing(true);
    match db {
        On::Sqlite(pools) => {
            let _held = lock_beside(&pools.file).await?;
            migrator.run(&pools.writer).await?;
        }
        On::Postgres(pool) => migrator.run(pool).await?,
    }
    Ok(())
}

/// sqlx locks PostgreSQL while it migrates and not SQLite; a locked file beside it does.
async fn lock_beside(database: &Path) -> std::io::Result<Option<File>> {
    if database.as_os_str().is_empty() || database.as_os_str() == ":memory:" {
        return Ok(None);
    }
    let mut path = database.as_os_str().to_owned();
    path.push("-migrating");
    let file = File::create(path)?;
    let held = tokio::task::spawn_blocking(move || file.lock().map(|()| file)).await;
    held.map_err(std::io::Error::other)?.map(Some)
}

impl Db {
    /// Begins a transaction that may write.
    ///
    /// # Errors
    /// When the database is away or stays locked.
    pub async fn begin(&self) -> Result<Tx, sqlx::Error> {
        Ok(match self {
            On::Sqlite(pools) => On::Sqlite(pools.writer.begin_with("begin immediate").await?),
            On::Postgres(pool) => On::Postgres(pool.begin().await?),
        })
    }

    /// Begins a transaction that only reads, beside the writer, and sees one state of everything.
    ///
    /// # Errors
    /// When the database is away.
    pub async fn read(&self) -> Result<Tx, sqlx::Error> {
        Ok(match self {
            On::Sqlite(pools) => On::Sqlite(pools.readers.begin().await?),
            On::Postgres(pool) => On::Postgres(
                pool.begin_with("begin isolation level repeatable read")
                    .await?,
            ),
        })
    }

    /// Waits for running statements and closes every connection.
    pub async fn close(&self) {
        match self {
            On::Sqlite(pools) => {
                pools.readers.close().await;
                pools.writer.close().await;
            }
            On::Postgres(pool) => pool.close().await,
        }
    }
}

impl Tx {
    /// Makes it last.
    ///
    /// # Errors
    /// When the database could not; whether it took effect is then unknown on PostgreSQL.
    pub async fn commit(self) -> Result<(), sqlx::Error> {
        match self {
            On::Sqlite(tx) => tx.commit().await,
            On::Postgres(tx) => tx.commit().await,
        }
    }

    /// The database's clock, which decides leases and closings.
    ///
    /// # Errors
    /// When the database is away.
    pub async fn now(&mut self) -> Result<Millis, sqlx::Error> {
        let (now,): (i64,) = match self {
            On::Sqlite(tx) => {
                sqlx::query_as("select cast(unixepoch('subsec') * 1000 as integer)")
                    .fetch_one(&mut **tx)
                    .await?
            }
            On::Postgres(tx) => {
                sqlx::query_as(
                    "select cast(extract(epoch from clock_timestamp()) * 1000 as bigint)",
                )
                .fetch_one(&mut **tx)
                .await?
            }
        };
        Ok(Millis(now))
    }
}

const APPLIED: &str = "select version from _sqlx_migrations where success = true";
const READ_SETTING: &str = "select value from setting where name = $1";
const WRITE_SETTING: &str = "insert into setting (name, value) values ($1, $2)
    on conflict (name) do update set value = excluded.value";
const DROP_SETTING: &str = "delete from setting where name = $1";

/// Every statement of this file with one text, for the test that prepares them.
pub const STATEMENTS: [&str; 4] = [APPLIED, READ_SETTING, WRITE_SETTING, DROP_SETTING];

/// How many migrations of this program the database has not had yet; all when it had none.
///
/// # Errors
/// When the database is away.
pub async fn behind(db: &Db) -> Result<usize, sqlx::Error> {
    let mut tx = db.read().await?;
    let rows: Result<Vec<(i64,)>, sqlx::Error> =
        on!(&mut tx, c => sqlx::query_as(APPLIED).fetch_all(c).await);
    let applied = match rows {
        Ok(rows) => rows,
        // The table is not there.
        Err(why @ sqlx::Error::Database(_)) if !may_pass(&why) => vec![],
        Err(why) => return Err(why),
    };
    let missing = |(version, ..): &&(i64, &str, &str)| !applied.contains(&(*version,));
    Ok(MIGRATIONS.iter().filter(missing).count())
}

/// A setting that the program itself keeps.
///
/// # Errors
/// When the database is away.
pub async fn setting(tx: &mut Tx, name: &str) -> Result<Option<String>, sqlx::Error> {
    let row: Option<(String,)> =
        on!(tx, c => sqlx::query_as(READ_SETTING).bind(name).fetch_optional(c).await?);
    Ok(row.map(|(value,)| value))
}

/// Writes a setting, or removes it.
///
/// # Errors
/// When the database is away.
pub async fn set_setting(tx: &mut Tx, name: &str, value: Option<&str>) -> Result<(), sqlx::Error> {
    match value {
        Some(value) => {
            on!(tx, c => sqlx::query(WRITE_SETTING).bind(name).bind(value).execute(c).await.map(drop))
        }
        None => on!(tx, c => sqlx::query(DROP_SETTING).bind(name).execute(c).await.map(drop)),
    }
}

/// Whether the database is on this machine, as far as its address tells.
#[must_use]
pub fn is_here(url: &str) -> bool {
    if url.starts_with("sqlite:") {
        return true;
    }
    let local = |host: &str| {
        let address = host.trim_matches(['[', ']']).parse::<IpAddr>();
        host == "localhost" || address.is_ok_and(|address| address.is_loopback())
    };
    PgConnectOptions::from_str(url)
        .is_ok_and(|options| options.get_socket().is_some() || local(options.get_host()))
}

/// Whether another connection, of any process, has the SQLite database `file` open. Only who is
/// alone may leave the write-ahead log, so that is tried; its contents then stand in `file`.
/// A damaged database counts as free: it is the one that needs to be replaced.
pub async fn in_use(file: &Path) -> bool {
    const BUSY_CODE: i32 = 5;
    let alone = SqliteConnectOptions::new()
        .filename(file)
        .journal_mode(SqliteJournalMode::Delete)
        .busy_timeout(Duration::from_secs(1));
    match SqliteConnection::connect_with(&alone).await {
        Ok(connection) => connection.close().await.is_err(),
        Err(sqlx::Error::Database(why)) => why
            .code()
            .and_then(|code| code.parse::<i32>().ok())
            .is_some_and(|code| code & 0xff == BUSY_CODE),
        Err(_) => false,
    }
}

/// Whether the same statement may succeed later: the database is away, busy or full, or chose
/// this transaction to end a deadlock.
#[must_use]
pub fn may_pass(why: &sqlx::Error) -> bool {
    match why {
        sqlx::Error::Io(_)
        | sqlx::Error::Tls(_)
        | sqlx::Error::Protocol(_)
        | sqlx::Error::PoolTimedOut
        | sqlx::Error::PoolClosed
        | sqlx::Error::WorkerCrashed => true,
        // SQLite's primary result codes are numbers (busy, locked, I/O error, full); PostgreSQL's
        // are classes of SQLSTATE (connection, rollback, resources, limits, operator, system).
        sqlx::Error::Database(why) => why.code().is_some_and(|code| match code.parse::<u32>() {
            Ok(number) if code.len() < 5 => matches!(number & 0xff, 5 | 6 | 10 | 13),
            _ => ["08", "40", "53", "54", "57", "58", "25P03"]
                .iter()
                .any(|class| code.starts_with(class)),
        }),
        _ => false,
    }
}
