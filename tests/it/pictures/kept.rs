//! Pictures stay as long as something refers to them.

use std::fs::File;
use std::time::{Duration, UNIX_EPOCH};

use glas::features::alert::cap as reader;
use glas::message::picture::PictureId;
use glas::outbox::picture::Pictures;
use glas::people::Wish;

use super::post_on;
use crate::town::{Base, Cap, Plan, Town, on_both, until};
use crate::web::{get, header, id_of, read};

on_both!(pictures_go_when_nothing_has_them);

const DAY: Duration = Duration::from_hours(24);

fn folder(town: &Town) -> Pictures {
    town.loaded.pictures().expect("a folder")
}

fn there(town: &Town) -> Vec<PictureId> {
    let all = folder(town).all().expect("the folder");
    all.into_iter().map(|(id, _)| id).collect()
}

/// Draws the maps of an alert that is not sent.
async fn drawn(town: &Town, district: &'static str) -> Vec<PictureId> {
    let cap = Cap::new("other").at(town.clock.now()).district(district);
    let alert = reader::read(cap.xml().as_bytes()).expect("a CAP message");
    let painter = town.loaded.painter().expect("a folder");
    let maps = painter.maps(&alert, town.clock.now()).await;
    maps.into_values().map(|picture| picture.id).collect()
}

/// Makes pictures look as if nobody had used them for so many days.
fn age(town: &Town, pictures: &[PictureId], days: u32) {
    let at = town.clock.now().minus(DAY * days);
    let since = Duration::from_millis(at.0.try_into().expect("after 1970"));
    for id in pictures {
        let (first, rest) = id.as_str().split_at(2);
        let file = folder(town)
            .folder()
            .join(first)
            .join(format!("{rest}.png"));
        let file = File::options().append(true).open(file).expect("a picture");
        file.set_modified(UNIX_EPOCH + since).expect("a time");
    }
}

async fn pictures_go_when_nothing_has_them(base: Base) {
    let plan = Plan {
        web: true,
        channels: &["telegram"],
        at: Some("2026-06-17T12:00:00+03:00"),
        more: "[privacy]\nretention = \"*/2 * * * * *\"\n",
        ..Plan::default()
    };
    let mut town = Town::build(base, plan).await;
    town.move_in("telegram", 1..2, "bg", Wish::EVERYTHING).await;
    town.start().await;
    let storm = Cap::new("storm").at(town.clock.now());
    let (letter, maps) = post_on(&town, &storm.xml(), &["telegram"]).await;
    assert_eq!(maps, 2);
    town.delivered(letter).await;
    assert_eq!(town.count("select count(*) from upload").await, 1);
    let own = there(&town);
    let in_draft = drawn(&town, "68134-12").await;
    let unused = drawn(&town, "68134-24").await;
    let recent = drawn(&town, "68134-01").await;
    assert_eq!(there(&town).len(), 8);
    let maps = serde_json::json!({
        "bg": {"id": in_draft[0].as_str(), "alternative": "…"},
        "en": {"id": in_draft[1].as_str(), "alternative": "…"},
    });
    town.change(&format!(
        "insert into draft (id, kind, state, revision, body, author, created, changed, maps)
            values (1, 'new', 'returned', 1, '{{}}', 'publisher', 0, 0, '{maps}')"
    ))
    .await;
    town.change("update upload set at = 0").await;
    age(&town, &own, 31);
    age(&town, &in_draft, 31);
    age(&town, &recent, 20);
    age(&town, &unused, 31);
    until("what nothing has is gone", async || there(&town).len() == 6).await;
    let left = there(&town);
    for (kept, all) in [
        (true, &own),
        (true, &in_draft),
        (true, &recent),
        (false, &unused),
    ] {
        assert!(all.iter().all(|id| left.contains(id) == kept), "{left:?}");
    }
    until("the network's names of them are forgotten", async || {
        town.count("select count(*) from upload").await == 0
    })
    .await;

    // The permanent page of the alert has its map.
    let page = read(&town, &format!("/bg/alert/{}", id_of(&town, "storm").await)).await;
    let shown = own.iter().find(|id| page.contains(&id.path()));
    let shown = shown.expect("a map").path();
    let answer = get(&town, &shown, "").await;
    assert_eq!(
        (answer.status().as_u16(), header(&answer, "content-type")),
        (200, "image/png")
    );

    // What is drawn again is in use again.
    age(&town, &recent, 31);
    assert_eq!(drawn(&town, "68134-01").await, recent);
    town.change("update draft set state = 'rejected'").await;
    until("a draft that was given up has none", async || {
        there(&town).len() <= 4
    })
    .await;
    assert!(there(&town).iter().all(|id| !in_draft.contains(id)));
    town.end().await;
}
