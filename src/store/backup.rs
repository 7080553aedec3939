//! Copies of an embedded database: made while it is in use, and put back in its place.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use sqlx::sqlite::SqliteConnectOptions;

use super::{Db, On};

/// Writes a consistent copy of a SQLite database to `file`, also while others write to it.
///
/// # Errors
/// When the database is not SQLite, or the file exists or cannot be written.
pub async fn copy_to(db: &Db, file: &Path) -> Result<(), sqlx::Error> {
    let On::Sqlite(pools) = db else {
        return Err(sqlx::Error::Configuration("only SQLite is copied".into()));
    };
    let path = file
        .to_str()
        .ok_or_else(|| sqlx::Error::Configuration("the path is not UTF-8".into()))?;
    sqlx::query("vacuum into $1")
        .bind(path)
        .execute(&pools.readers)
        .await
        .map(drop)
}

/// The file of a SQLite address.
#[must_use]
pub fn sqlite_file(url: &str) -> Option<PathBuf> {
    let options = SqliteConnectOptions::from_str(url).ok()?;
    url.starts_with("sqlite:")
        .then(|| options.get_filename().to_owned())
}

/// Puts the copy `from` in the place of the database `target`, which nobody has open. The old one
/// stays beside it under `-before-restore`.
///
/// # Errors
/// When `from` is no SQLite database, or a file cannot be written.
pub fn replace_by(target: &Path, from: &Path) -> std::io::Result<()> {
    const MAGIC: &[u8] = b"SQLite format 3\0";
    let mut start = [0; 16];
    std::io::Read::read_exact(&mut File::open(from)?, &mut start)?;
    if start != MAGIC {
        return Err(std::io::Error::other("the file is not a SQLite database"));
    }
    let beside = |suffix: &str| {
        let mut name = target.as_os_str().to_owned();
        name.push(suffix);
        PathBuf::from(name)
    };
    let fresh = beside("-restoring");
    std::fs::copy(from, &fresh)?;
    File::open(&fresh)?.sync_all()?;
    for suffix in ["", "-wal", "-shm"] {
        let old = beside(suffix);
        if old.exists() {
            std::fs::rename(&old, beside(&format!("-before-restore{suffix}")))?;
        }
    }
    std::fs::rename(&fresh, target)
}
