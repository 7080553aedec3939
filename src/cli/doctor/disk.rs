//! The disk where the database is: is there room to write?

use std::path::Path;

use crate::app::{self, Loaded};
use crate::channels::checkup::{Finding, Level};
use crate::message::{Arg, Words, say, say_with};
use crate::store;

const MEGABYTE: u64 = 1_000_000;
/// With less room, in bytes, letters may be lost for want of a place to write them down.
const FULL: u64 = 100 * MEGABYTE;
/// With less room, in bytes, somebody must look soon.
const LOW: u64 = 1000 * MEGABYTE;

/// Looks at the file system of an embedded database; a server's is not seen from here.
pub fn check(loaded: &Loaded) -> Finding {
    const ABOUT: &str = "disk";
    let url = app::database_url(&loaded.config).unwrap_or_default();
    let Some(file) = store::sqlite_file(&url) else {
        return Finding::note(ABOUT, say("doctor-disk-elsewhere"));
    };
    let folder = file
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    let folder = folder.unwrap_or(Path::new("."));
    // A whole path is easier to find again than a dot.
    let shown = folder.canonicalize();
    let shown = shown.as_deref().unwrap_or(folder).display();
    let name = ("folder", Arg::Text(shown.to_string()));
    let stat = match rustix::fs::statvfs(folder) {
        Ok(stat) => stat,
        Err(why) => {
            let says = say_with(
                "doctor-disk-fault",
                [name, ("why", Arg::Text(why.to_string()))],
            );
            return Finding::fault(ABOUT, says);
        }
    };
    let free = stat.f_bavail.saturating_mul(stat.f_frsize);
    let no_more_files = stat.f_files > 0 && stat.f_favail == 0;
    let megabytes = i64::try_from(free / MEGABYTE).unwrap_or(i64::MAX);
    let args = [name, ("free", Arg::Number(megabytes))];
    let (level, says): (Level, Words) = match judge(free, no_more_files) {
        Level::Fault => (Level::Fault, say_with("doctor-disk-full", args)),
        Level::Warning => (Level::Warning, say_with("doctor-disk-low", args)),
        level => (level, say_with("doctor-disk", args)),
    };
    Finding {
        about: ABOUT,
        level,
        says,
    }
}

fn judge(free: u64, no_more_files: bool) -> Level {
    match free {
        _ if no_more_files => Level::Fault,
        free if free < FULL => Level::Fault,
        free if free < LOW => Level::Warning,
        _ => Level::Ok,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn room_runs_low_and_out() {
        assert_eq!(judge(LOW, false), Level::Ok);
        assert_eq!(judge(LOW - 1, false), Level::Warning);
        assert_eq!(judge(FULL - 1, false), Level::Fault);
        assert_eq!(judge(LOW, true), Level::Fault);
    }
}
