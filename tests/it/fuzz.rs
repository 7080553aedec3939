//! What holds of every seed of the fuzz targets, and of every input that once broke something.

use std::fs;
use std::path::{Path, PathBuf};

use crate::holds;

/// The files of a folder below the project's, sorted; each must hold something.
fn seeds(folder: &str) -> Vec<(PathBuf, Vec<u8>)> {
    let folder = holds::root().join(folder);
    let entries = fs::read_dir(&folder).unwrap_or_else(|why| panic!("{}: {why}", folder.display()));
    let mut paths: Vec<PathBuf> = entries
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.is_file())
        .collect();
    paths.sort();
    let read = |path: PathBuf| (path.clone(), fs::read(&path).expect("a seed"));
    paths.into_iter().map(read).collect()
}

/// Tries every seed of these folders; at least so many must be there.
fn tried(folders: &[&str], least: usize, holds: fn(&[u8])) {
    let mut count = 0;
    for (path, bytes) in folders.iter().flat_map(|folder| seeds(folder)) {
        let name = path.file_name().map(Path::new).map(Path::display);
        eprintln!("{}", name.expect("a name"));
        holds(&bytes);
        count += 1;
    }
    assert!(count >= least, "only {count} seeds");
}

#[test]
fn every_message_is_refused_with_a_reason_or_survives_being_written() {
    tried(&["tests/data/cap", "tests/fuzz/seeds/cap"], 50, holds::cap);
}

#[test]
fn every_document_is_refused_with_a_reason_or_read_within_bounds() {
    let folders = [
        "tests/data/feeds",
        "tests/data/cap",
        "tests/fuzz/seeds/feed",
    ];
    tried(&folders, 60, holds::feed);
}

#[test]
fn every_template_is_refused_with_reasons_or_drawn_up_in_every_language() {
    tried(&["tests/fuzz/seeds/template"], 20, holds::template);
}

#[test]
fn every_request_is_refused_with_reasons_or_understood() {
    tried(&["tests/fuzz/seeds/api"], 20, holds::api);
}
