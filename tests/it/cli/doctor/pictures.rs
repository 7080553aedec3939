//! The folder of pictures: not to be written to, or without the map of an alert in force.

use super::Clinic;
use crate::cli::program::{bare, finish};
use crate::pictures::post_on;
use crate::town::{Base, Cap, on_both};

on_both!(
    a_map_of_an_alert_in_force_is_missing,
    a_folder_that_cannot_be_written_to_is_a_fault,
);

async fn a_map_of_an_alert_in_force_is_missing(base: Base) {
    let clinic = Clinic::open(base).await;
    let town = &clinic.town;
    post_on(town, &Cap::new("storm").xml(), &["telegram"]).await;
    let said = clinic.says("en").await;
    assert!(
        said.out.contains("has the map of every alert in force."),
        "{}",
        said.out
    );
    let folder = town.loaded.pictures().expect("a folder");
    std::fs::remove_dir_all(folder.folder()).expect("a folder");
    clinic
        .has_warning(
            "Картинки: 2 карти на действащи предупреждения липсват",
            "Pictures: 2 maps of alerts in force are not in",
        )
        .await;
}

async fn a_folder_that_cannot_be_written_to_is_a_fault(base: Base) {
    let clinic = Clinic::open(base).await;
    clinic.edit(
        "[email.dkim]",
        "[pictures]\nfolder = \"dkim.pem\"\n[email.dkim]",
    );
    clinic
        .has_fault("Картинки: в ", "Pictures: nothing can be written to")
        .await;
    for (lang, line) in [
        ("bg", "предупрежденията ще излизат без карти"),
        ("en", "so alerts would go without maps"),
    ] {
        let mut check = bare(&["--lang", lang, "check", "--config"]);
        let said = finish(check.arg(clinic.file("doctor.toml")));
        assert_eq!(said.code, Some(1), "{said:?}");
        assert!(said.out.contains(line), "{said:?}");
    }
    clinic.edit("folder = \"dkim.pem\"", "maps = false");
    let said = clinic.says("en").await;
    assert!(
        said.out.contains("Pictures: off, alerts have no maps."),
        "{}",
        said.out
    );
}
