//! Maps beside alerts: every network shows them, with words for whoever cannot see them.

mod drawn;
mod kept;

use glas::features::alert::picture::Maps;
use glas::features::alert::{cap as reader, send};
use glas::people::Wish;
use glas::sandbox::ledger::Seen;
use mail_parser::{MessageParser, MimeHeaders as _};
use serde_json::Value;

use crate::town::{Base, Cap, Plan, Town, handle, on_both};

on_both!(
    every_network_shows_the_map_and_is_handed_it_once,
    a_warning_too_long_for_a_caption_rings_before_its_map_comes,
    after_a_restart_the_network_still_has_the_map,
    a_name_that_the_network_does_not_know_is_given_up,
    without_a_folder_or_a_file_the_warning_goes_alone,
    what_takes_a_warning_back_has_no_map,
    the_pages_show_the_map_and_mails_link_to_it,
);

const IN_BULGARIAN: &str = "Карта на засегнатите места: район Люлин.";
const IN_ENGLISH: &str = "Map of the affected places: Lyulin district.";

/// Posts an alert with its maps, as the command line does; its letter, and how many maps it has.
async fn post(town: &Town, xml: &str) -> (i64, usize) {
    post_on(town, xml, &["telegram", "discord", "email"]).await
}

/// As [`post`], on these channels.
pub async fn post_on(town: &Town, xml: &str, channels: &[&str]) -> (i64, usize) {
    let alert = reader::read(xml.as_bytes()).expect("a CAP message");
    let now = town.clock.now();
    let painter = town.loaded.painter().expect("a folder of pictures");
    let maps: Maps = painter.maps(&alert, now).await;
    let mut tx = town.db.begin().await.expect("the database");
    let sources = (&*town.loaded.catalogue, &*town.loaded.city);
    let outcome = send::send_with_maps(
        &mut tx,
        sources,
        (&alert, send::Word::Senders, &maps),
        channels,
        (now, now),
    )
    .await;
    tx.commit().await.expect("the database");
    match outcome.expect("the alert can be sent") {
        send::Outcome::Sent { letter, .. } => (letter, maps.len()),
        other => panic!("not sent: {other:?}"),
    }
}

async fn with_readers(town: &Town) {
    for (channel, bulgarian, english) in [
        ("telegram", 1..5, 5..7),
        ("discord", 1..2, 2..3),
        ("email", 1..2, 2..3),
    ] {
        town.move_in(channel, bulgarian, "bg", Wish::EVERYTHING)
            .await;
        town.move_in(channel, english, "en", Wish::EVERYTHING).await;
    }
}

/// The one message that somebody has got.
#[track_caller]
fn only(town: &Town, channel: &str, number: u64) -> Seen {
    let mut inbox = town.inbox(channel, &handle(channel, number));
    assert_eq!(inbox.len(), 1, "{inbox:#?}");
    inbox.remove(0)
}

/// How often a photo was handed over, and how often it was named.
fn photos(town: &Town) -> (usize, usize) {
    let requests = town.ledger.requests().into_iter();
    let photos: Vec<Value> = requests
        .filter(|asked| asked.what == "sendPhoto" && asked.status == 200)
        .map(|asked| asked.body["photo"].clone())
        .collect();
    let uploads = photos.iter().filter(|photo| photo.is_object()).count();
    (uploads, photos.len() - uploads)
}

/// The page of a mail, and the pictures that came with it.
fn page_of(mail: &Seen) -> (String, Vec<Vec<u8>>) {
    let source = mail.raw["source"].as_str().expect("a mail");
    let parsed = MessageParser::default().parse(source.as_bytes());
    let parsed = parsed.expect("a mail");
    let pictures = parsed.parts.iter();
    let pictures = pictures
        .filter(|part| {
            part.content_type()
                .is_some_and(|kind| kind.ctype() == "image")
        })
        .map(|part| part.contents().to_vec())
        .collect();
    let page = parsed.body_html(0).expect("a page").into_owned();
    (page, pictures)
}

async fn every_network_shows_the_map_and_is_handed_it_once(base: Base) {
    let mut town = Town::build(base, Plan::default()).await;
    with_readers(&town).await;
    let (letter, maps) = post(&town, &Cap::new("storm").xml()).await;
    assert_eq!(maps, 2);
    town.start().await;
    town.delivered(letter).await;

    for number in 1..7 {
        let seen = only(&town, "telegram", number);
        assert!(seen.raw["photo"].is_array(), "{:#}", seen.raw);
        assert_eq!(seen.raw["show_caption_above_media"], true);
        let title = if number < 5 {
            "Силна гръмотевична буря"
        } else {
            "Severe thunderstorm"
        };
        assert!(seen.text.contains(title), "{}", seen.text);
        assert!(!seen.buttons.is_empty());
    }
    assert_eq!(photos(&town), (2, 4), "once for each language");

    for (number, words) in [(1, IN_BULGARIAN), (2, IN_ENGLISH)] {
        let seen = only(&town, "discord", number);
        let attached = &seen.raw["attachments"][0];
        assert_eq!(attached["description"], words, "{:#}", seen.raw);
        assert_eq!(attached["content_type"], "image/png");
        assert!(attached["size"].as_u64().is_some_and(|size| size > 10_000));
        let image = &seen.raw["embeds"][0]["image"];
        assert_eq!(image["url"], "attachment://map.png");
        assert_eq!(image["description"], words);

        // Without pages of ours the mail brings its picture along.
        let (page, pictures) = page_of(&only(&town, "email", number));
        assert!(
            page.contains(&format!("src=\"cid:map@glas\" alt=\"{words}\"")),
            "{page}"
        );
        assert_eq!(pictures.len(), 1);
        assert!(pictures[0].starts_with(b"\x89PNG"));
    }
    town.end().await;
}

async fn a_warning_too_long_for_a_caption_rings_before_its_map_comes(base: Base) {
    let mut town = Town::build(base, Plan::default()).await;
    with_readers(&town).await;
    let more = format!(
        "{}</description>",
        " Наводнени са подлези и мазета.".repeat(40)
    );
    let xml = Cap::new("storm").xml().replace("</description>", &more);
    let (letter, _) = post(&town, &xml).await;
    town.start().await;
    town.delivered(letter).await;
    for (number, words) in [(1, IN_BULGARIAN), (5, IN_ENGLISH)] {
        let inbox = town.inbox("telegram", &handle("telegram", number));
        let [text, map] = inbox.as_slice() else {
            panic!("{inbox:#?}");
        };
        assert!(text.raw["photo"].is_null() && !text.buttons.is_empty());
        assert!(map.raw["photo"].is_array() && map.buttons.is_empty());
        assert_eq!(map.text, words);
    }
    let silent = |asked: &glas::sandbox::ledger::Asked| asked.body["disable_notification"] == true;
    let requests = town.ledger.requests();
    let of = |method: &str| {
        requests
            .iter()
            .filter(move |asked| asked.what == method)
            .cloned()
            .collect::<Vec<_>>()
    };
    assert!(of("sendPhoto").iter().all(silent) && !of("sendMessage").iter().any(silent));
    // Discord has room for it all.
    assert_eq!(
        only(&town, "discord", 1).raw["attachments"][0]["description"],
        IN_BULGARIAN
    );
    town.end().await;
}

async fn after_a_restart_the_network_still_has_the_map(base: Base) {
    let mut town = Town::build(base, Plan::default()).await;
    town.move_in("telegram", 1..3, "bg", Wish::EVERYTHING).await;
    let (first, _) = post(&town, &Cap::new("storm").xml()).await;
    town.start().await;
    town.delivered(first).await;
    assert_eq!(photos(&town), (1, 1));
    town.stop().await;
    let (second, _) = post(&town, &Cap::new("another storm").xml()).await;
    town.start().await;
    town.delivered(second).await;
    assert_eq!(photos(&town), (1, 3));
    town.end().await;
}

async fn a_name_that_the_network_does_not_know_is_given_up(base: Base) {
    let mut town = Town::build(base, Plan::default()).await;
    town.move_in("telegram", 1..3, "bg", Wish::EVERYTHING).await;
    let (first, _) = post(&town, &Cap::new("storm").xml()).await;
    town.start().await;
    town.delivered(first).await;
    town.stop().await;
    // As after the bot got another token.
    town.change("update upload set reference = 'somebody else''s'")
        .await;
    let (second, _) = post(&town, &Cap::new("another storm").xml()).await;
    town.start().await;
    town.delivered(second).await;
    for number in 1..3 {
        let inbox = town.inbox("telegram", &handle("telegram", number));
        assert!(inbox.len() == 2 && inbox.iter().all(|seen| seen.raw["photo"].is_array()));
    }
    let (uploads, _) = photos(&town);
    assert!((2..=3).contains(&uploads), "{uploads}");
    let learnt = "select count(*) from upload where reference like 'AgAC%'";
    assert_eq!(town.count(learnt).await, 1);
    town.end().await;
}

async fn without_a_folder_or_a_file_the_warning_goes_alone(base: Base) {
    let mut town = Town::build(base, Plan::default()).await;
    with_readers(&town).await;
    let pictures = town.loaded.pictures().expect("a folder of pictures");
    // Nothing can be written where a file stands in the way.
    std::fs::write(pictures.folder(), "in the way").expect("a file");
    let (first, maps) = post(&town, &Cap::new("storm").xml()).await;
    assert_eq!(maps, 0);
    town.start().await;
    town.delivered(first).await;
    std::fs::remove_file(pictures.folder()).expect("the file");
    let (second, maps) = post(&town, &Cap::new("another storm").xml()).await;
    assert_eq!(maps, 2);
    std::fs::remove_dir_all(pictures.folder()).expect("the folder");
    town.delivered(second).await;
    for (channel, number) in [("telegram", 1), ("discord", 1), ("email", 1)] {
        let inbox = town.inbox(channel, &handle(channel, number));
        assert_eq!(inbox.len(), 2, "{inbox:#?}");
        for seen in inbox {
            assert!(
                seen.text.contains("Силна гръмотевична буря"),
                "{}",
                seen.text
            );
        }
    }
    assert_eq!(photos(&town), (0, 0));
    town.end().await;
}

async fn what_takes_a_warning_back_has_no_map(base: Base) {
    let mut town = Town::build(base, Plan::default()).await;
    with_readers(&town).await;
    let storm = Cap::new("storm");
    let (letter, _) = post(&town, &storm.xml()).await;
    town.start().await;
    town.delivered(letter).await;
    let (update, maps) = post(&town, &storm.follow_up("worse", "Update").xml()).await;
    assert_eq!(maps, 2);
    town.delivered(update).await;
    let (cancel, maps) = post(&town, &storm.follow_up("over", "Cancel").xml()).await;
    assert_eq!(maps, 0);
    town.delivered(cancel).await;
    let shown: Vec<bool> = (town.inbox("telegram", "1").iter())
        .map(|seen| seen.raw["photo"].is_array())
        .collect();
    assert_eq!(shown, [true, true, false]);
    town.end().await;
}

async fn the_pages_show_the_map_and_mails_link_to_it(base: Base) {
    let plan = Plan {
        web: true,
        ..Plan::default()
    };
    let mut town = Town::build(base, plan).await;
    with_readers(&town).await;
    let (letter, _) = post(&town, &Cap::new("storm").xml()).await;
    town.start().await;
    town.delivered(letter).await;
    let id = town
        .count(&format!("select id from alert where letter = {letter}"))
        .await;
    let mut addresses = vec![];
    for (number, lang, words) in [(1, "bg", IN_BULGARIAN), (2, "en", IN_ENGLISH)] {
        let page = reqwest::get(town.page(&format!("/{lang}/alert/{id}"))).await;
        let page = page.expect("an answer").text().await.expect("a page");
        let (_, after) = page
            .split_once("<img class=\"picture\" src=\"")
            .expect("a picture");
        let (path, after) = after.split_once('"').expect("an address");
        assert!(after.starts_with(&format!(" alt=\"{words}\"")), "{after}");
        let address = town.page(path);
        let (mail, pictures) = page_of(&only(&town, "email", number));
        assert!(
            mail.contains(&format!("src=\"{address}\" alt=\"{words}\"")),
            "{mail}"
        );
        assert!(pictures.is_empty());
        let message = only(&town, "discord", number).raw;
        let image = &message["embeds"][0]["image"];
        assert_eq!(
            (&image["url"], &image["description"]),
            (&Value::from(&*address), &Value::from(words))
        );
        assert_eq!(message["attachments"].as_array().map(Vec::len), Some(0));
        addresses.push(address);
    }
    assert_ne!(
        addresses[0], addresses[1],
        "labelled in the reader's language"
    );
    for address in &addresses {
        let answer = reqwest::get(address).await.expect("an answer");
        let header = |name: &str| answer.headers()[name].to_str().expect("text").to_owned();
        assert_eq!(header("content-type"), "image/png");
        assert_eq!(
            header("cache-control"),
            "public, max-age=31536000, immutable"
        );
        assert!(answer.bytes().await.expect("bytes").starts_with(b"\x89PNG"));
    }
    let none = "0".repeat(64);
    for wrong in ["x.png", "..%2f..%2fbot.toml", &format!("{none}.png"), &none] {
        let answer = reqwest::get(town.page(&format!("/pictures/{wrong}"))).await;
        assert_eq!(answer.expect("an answer").status(), 404, "{wrong}");
    }
    town.end().await;
}
