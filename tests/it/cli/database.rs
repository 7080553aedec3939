//! `glas migrate`, `backup` and `restore`.

use std::fmt::Write as _;
use std::process::Stdio;

use glas::outbox::picture::Pictures;

use super::program::{Place, finish};

/// A list of this many people on Telegram.
fn people(count: u32) -> String {
    let mut list =
        "channel,handle,locale,areas,topics,cadence,consent_date,consent_source\n".to_owned();
    for number in 1..=count {
        writeln!(list, "telegram,{number},bg,*,*,now,2026-01-05,desk").expect("a text");
    }
    list
}

fn listed(place: &Place) -> usize {
    place.good(&["subscriber", "list"]).lines().count() - 1
}

#[test]
fn eight_processes_may_bring_a_new_database_up_to_date_at_once() {
    let place = Place::new("");
    let started: Vec<_> = (0..8)
        .map(|_| {
            let mut command = place.command(&["migrate"]);
            let quiet = command.stdout(Stdio::piped()).stderr(Stdio::piped());
            quiet.spawn().expect("the program")
        })
        .collect();
    for child in started {
        let output = child.wait_with_output().expect("an end");
        assert!(output.status.success(), "{output:?}");
    }
    assert_eq!(listed(&place), 0);
}

#[test]
fn a_copy_made_while_a_list_comes_in_holds_whole_batches_and_can_be_restored() {
    let place = Place::new("");
    place.write("list.csv", &people(20_000));
    let first = people(2_000);
    place.write("first.csv", &first);
    place.good(&["subscriber", "import", "first.csv"]);
    let mut importing = place.command(&["subscriber", "import", "list.csv"]);
    let mut importing = importing
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the program");
    let mut copies = vec![];
    while copies.len() < 3 && importing.try_wait().expect("a process").is_none() {
        let name = format!("copy{}.db", copies.len());
        place.good(&["backup", &name]);
        copies.push(name);
    }
    assert!(importing.wait().expect("an end").success());
    assert!(!copies.is_empty(), "no copy was made meanwhile");
    for copy in &copies {
        let elsewhere = Place::new("");
        let file = place.path(copy).display().to_string();
        elsewhere.good(&["restore", &file]);
        let people = listed(&elsewhere);
        assert!(
            (2_000..=20_000).contains(&people) && people.is_multiple_of(1_000),
            "{people}"
        );
    }
}

#[test]
fn what_a_restore_replaces_stays_beside_it() {
    let place = Place::new("");
    place.write("list.csv", &people(3));
    place.good(&["migrate"]);
    place.good(&["backup", "empty.db"]);
    place.good(&["subscriber", "import", "list.csv"]);
    place.good(&["restore", "empty.db"]);
    assert_eq!(listed(&place), 0);
    place.good(&["restore", "glas.db-before-restore"]);
    assert_eq!(listed(&place), 3);
}

#[test]
fn a_copy_takes_the_pictures_along_and_brings_them_back() {
    let place = Place::new("");
    place.good(&["migrate"]);
    let own = Pictures::new(place.path("pictures"));
    let id = own.keep(b"a map").expect("a picture");
    let said = place.good(&["backup", "copy.db"]);
    assert!(
        said.contains("1 picture is in copy.db.pictures. Keep that folder beside the copy"),
        "{said}"
    );
    std::fs::remove_dir_all(own.folder()).expect("a folder");
    let said = place.glas(&["--lang", "bg", "restore", "copy.db"]);
    assert_eq!(said.code, Some(0), "{said:?}");
    assert!(
        said.out
            .contains("Върната е 1 картинка от copy.db.pictures."),
        "{said:?}"
    );
    assert_eq!(own.read(&id).expect("a picture"), b"a map");
    // Where the pictures cannot go, the copy of the database is there nevertheless, and it is said.
    place.write("other.db.pictures", "no folder");
    let said = place.glas(&["backup", "other.db"]);
    assert_eq!(said.code, Some(1), "{said:?}");
    assert!(said.out.contains("Copy that folder by hand."), "{said:?}");
    assert!(place.path("other.db").exists());
}

#[test]
fn nothing_is_overwritten_and_nothing_else_than_a_copy_restored() {
    let place = Place::new("");
    let nothing = place.glas(&["backup", "copy.db"]);
    assert_eq!(
        nothing.code,
        Some(1),
        "there is nothing to copy: {nothing:?}"
    );
    place.good(&["migrate"]);
    place.good(&["backup", "copy.db"]);
    let again = place.glas(&["backup", "copy.db"]);
    assert_eq!(again.code, Some(1), "{again:?}");
    assert!(again.out.contains("exists already"), "{again:?}");
    let wrong = place.glas(&["restore", "bot.toml"]);
    assert_eq!(wrong.code, Some(1), "{wrong:?}");
    assert!(wrong.err.contains("not a SQLite database"), "{wrong:?}");
    assert_eq!(listed(&place), 0);
}

#[test]
fn a_damaged_database_can_be_replaced() {
    let place = Place::new("");
    place.write("list.csv", &people(3));
    place.good(&["subscriber", "import", "list.csv"]);
    place.good(&["backup", "copy.db"]);
    for left in ["glas.db-wal", "glas.db-shm"] {
        let _ = std::fs::remove_file(place.path(left));
    }
    place.write("glas.db", "no database at all");
    place.good(&["restore", "copy.db"]);
    assert_eq!(listed(&place), 3);
}

#[test]
fn a_database_belongs_to_one_city() {
    let place = Place::new("");
    place.good(&["migrate"]);
    let text = std::fs::read_to_string(place.path("bot.toml")).expect("bot.toml");
    let other = place.path("plovdiv");
    std::fs::create_dir(&other).expect("a folder");
    let sofia = super::program::project().join("cities/sofia");
    for file in std::fs::read_dir(&sofia).expect("the city") {
        let file = file.expect("a file");
        std::fs::copy(file.path(), other.join(file.file_name())).expect("a copy");
    }
    let sofia = format!("folder = \"{}\"", sofia.display());
    place.write("bot.toml", &text.replace(&sofia, "folder = \"plovdiv\""));
    let said = finish(&mut place.command(&["migrate"]));
    assert_eq!(said.code, Some(1), "{said:?}");
    assert!(
        said.err.contains("belongs to the city \"sofia\""),
        "{said:?}"
    );
}
