//! Every page in headless Chromium: axe-core finds no violation. `tests/screenshots` takes pictures.

use std::process::Stdio;
use std::time::Duration;

use glas::base::clock::Clock;
use glas::base::link::{CONFIRM, MY_DATA, PREFERENCES, PRESS, Personal, UNSUBSCRIBE};
use glas::people::Wish;
use glas::people::crowd::Crowd;
use serde_json::{Value, json};
use tokio::io::AsyncWriteExt as _;
use tokio::process::Command;

use super::mail::ask;
use super::{eventful, id_of, read};
use crate::pictures::post_on;
use crate::points::STREET;
use crate::town::{Base, Cap, LYULIN, Plan, Town, handle};

/// How long the browser may take for all pages.
const PATIENCE: Duration = Duration::from_mins(15);

/// A page, and what a reader does there first.
struct Wanted {
    name: &'static str,
    /// Its path below the language; each visit takes the next one.
    paths: Vec<String>,
    steps: Value,
    status: u16,
}

fn wanted(name: &'static str, path: &str, status: u16) -> Wanted {
    of(name, &[path.to_owned()], json!([]), status)
}

fn of(name: &'static str, paths: &[String], steps: Value, status: u16) -> Wanted {
    Wanted {
        name,
        paths: paths.to_vec(),
        steps,
        status,
    }
}

/// The pages by a name, with the path below the language and the status that is answered: the one
/// list that a new page joins.
async fn pages(town: &Town) -> Vec<Wanted> {
    let alert = async |identifier: &str| format!("/alert/{}", id_of(town, identifier).await);
    vec![
        wanted("home", "", 200),
        wanted("now", "/now", 200),
        wanted("now-place", "/now?place=Lozenets", 200),
        wanted("now-several", "/now?place=Витоша", 200),
        wanted("now-unknown", "/now?place=Атлантида", 200),
        wanted("alert", &alert("new").await, 200),
        wanted("alert-map", &alert("drawn").await, 200),
        wanted("alert-updated", &alert("old").await, 200),
        wanted("alert-cancelled", &alert("mistaken").await, 200),
        wanted("alert-all-clear", &alert("sorry").await, 200),
        wanted("privacy", "/privacy", 200),
        wanted("accessibility", "/accessibility", 200),
        wanted("nothing", "/nothing/here", 404),
        wanted("unclear", "/now?place=%ff&place=1", 400),
    ]
}

/// Words of a form in both languages.
fn by(lang: &str, bg: &'static str, en: &'static str) -> &'static str {
    if lang == "bg" { bg } else { en }
}

/// How often each page is visited: in two schemes on three screens.
const VISITS: u64 = 6;

/// Paths of personal links.
struct Links {
    /// One for each visit: what is done there is done once.
    requests: Vec<String>,
    stops: Vec<String>,
    preferences: Vec<String>,
    press: Vec<String>,
    ask_where: Vec<String>,
    settings_of_one: Vec<String>,
    my_data: Vec<String>,
}

/// Links for people who read `lang` and whom no other language's pages change.
async fn links(town: &Town, lang: &str) -> Links {
    let keys = glas::app::keyring(&town.db).await.expect("keys");
    let sign = async |number: u64, purpose: &str, rest: &str| {
        let handle = handle("email", number);
        let find = format!("select id from address where handle = '{handle}'");
        let link = Personal {
            address: town.count(&find).await,
            generation: 0,
            expires: None,
            rest: rest.to_owned(),
        };
        link.sign(&keys, purpose)
    };
    let base = if lang == "bg" { 100 } else { 200 };
    let wish = town.wish_for(LYULIN);
    town.move_in("email", base..base + VISITS + 1, lang, wish)
        .await;
    let second = town.wish_for("68134-09");
    let mut stops = vec![];
    for number in base..base + VISITS {
        stops.push(format!(
            "/unsubscribe/{}",
            sign(number, UNSUBSCRIBE, "").await
        ));
    }
    let reader = base + VISITS;
    add_wish(town, reader, second).await;
    let mut requests = vec![];
    for number in base + 50..base + 50 + VISITS {
        let source = format!("198.51.100.{number}");
        ask(town, lang, &source, &handle("email", number))
            .await
            .is(200);
        let find = format!(
            "select o.id from opt_in o join address a on a.id = o.address where a.handle = '{}'",
            handle("email", number)
        );
        let id = town.count(&find).await.to_string();
        requests.push(format!("/confirm/{}", sign(number, CONFIRM, &id).await));
    }
    let press = async |number, token| vec![format!("/do/{}", sign(number, PRESS, token).await)];
    Links {
        requests,
        stops,
        preferences: vec![format!(
            "/preferences/{}",
            sign(reader, PREFERENCES, "").await
        )],
        press: press(reader, "settings").await,
        ask_where: press(reader, "set.more").await,
        settings_of_one: press(base, "settings").await,
        my_data: vec![format!("/mydata/{}", sign(reader, MY_DATA, "").await)],
    }
}

/// Subscribing by mail and unsubscribing, in every state.
fn coming_and_going(lang: &str, links: &Links) -> Vec<Wanted> {
    let subscribe = ["/subscribe".to_owned()];
    let send = by(
        lang,
        "Изпратете ми връзка за потвърждение",
        "Send me a link to confirm",
    );
    let confirm = by(lang, "Потвърждавам", "Confirm");
    let stop = by(lang, "Направете го", "Do it");
    let undo = by(lang, "Отмяна", "Undo");
    let wrong = json!([
        ["fill", "#email", "ime@"],
        ["fill", "#near", "Атлантида"],
        ["press", send]
    ]);
    let right = json!([
        ["fill", "#email", "new@example.org"],
        ["check", "#place"],
        ["press", send]
    ]);
    let sure = json!([["check", "#sure"], ["press", confirm]]);
    let stopped = json!([["check", "#choice"], ["press", stop]]);
    let undone = json!([["check", "#choice"], ["press", stop], ["press", undo]]);
    let (requests, stops) = (&links.requests, &links.stops);
    vec![
        of("subscribe", &subscribe, json!([]), 200),
        of("subscribe-errors", &subscribe, wrong, 422),
        of("subscribe-sent", &subscribe, right, 200),
        of("confirm", requests, json!([]), 200),
        of(
            "confirm-unticked",
            requests,
            json!([["press", confirm]]),
            200,
        ),
        of("confirmed", requests, sure, 200),
        of("confirm-already", requests, json!([]), 200),
        of("unsubscribe", stops, json!([]), 200),
        of("unsubscribe-unchosen", stops, json!([["press", stop]]), 200),
        of("undone", stops, undone, 200),
        of("unsubscribed", stops, stopped, 200),
        of("unsubscribe-off", stops, json!([]), 200),
    ]
}

/// What belongs to somebody, in every state.
fn own_pages(lang: &str, links: &Links) -> Vec<Wanted> {
    let add = by(lang, "Добавете", "Add");
    let save = by(lang, "Запишете промяната", "Save the change");
    let go = by(lang, "Продължете", "Go on");
    let topics = by(lang, "Теми", "Topics");
    let unfold = "section:nth-of-type(3) summary";
    let nowhere = json!([["open", unfold], ["press", add]]);
    let pressed = || json!([["check", "#do"], ["press", go]]);
    let chosen = json!([["check", "#do"], ["press", go], ["press", topics]]);
    vec![
        of("preferences", &links.preferences, json!([]), 200),
        of(
            "preferences-open",
            &links.preferences,
            json!([["open", "section summary"]]),
            200,
        ),
        of("preferences-errors", &links.preferences, nowhere, 422),
        of(
            "preferences-saved",
            &links.preferences,
            json!([["press", save]]),
            200,
        ),
        of("press", &links.press, json!([]), 200),
        of("press-unticked", &links.press, json!([["press", go]]), 200),
        of("pressed", &links.press, pressed(), 200),
        of("pressed-form", &links.ask_where, pressed(), 200),
        of("pressed-one", &links.settings_of_one, chosen, 200),
        of("mydata", &links.my_data, json!([]), 200),
        of("link-over", &["/preferences/x".to_owned()], json!([]), 410),
    ]
}

async fn add_wish(town: &Town, number: u64, wish: Wish) {
    let mut tx = town.db.begin().await.expect("the database");
    let mut crowd = Crowd::default();
    let handle = handle("email", number);
    let id = town
        .count(&format!("select id from address where handle = '{handle}'"))
        .await;
    let mut citizen = crowd
        .read_one(&mut tx, id)
        .await
        .expect("read")
        .expect("one")
        .clone();
    citizen.add(wish);
    crowd.put(citizen);
    let now = Clock::system().now();
    crowd.save(&mut tx, now).await.expect("saved");
    tx.commit().await.expect("the database");
}

#[tokio::test(flavor = "multi_thread")]
async fn no_page_is_in_anybodys_way() {
    let plan = Plan {
        web: true,
        channels: &["telegram", "email"],
        ..Plan::default()
    };
    let mut town = Town::build(Base::Sqlite, plan).await;
    town.start().await;
    eventful(&town).await;
    let drawn = Cap::new("drawn").polygon(STREET);
    let (_, maps) = post_on(&town, &drawn.xml(), &["telegram", "email"]).await;
    assert_eq!(maps, 2, "the page of this one has a map in each language");
    for (lang, words) in [
        (
            "bg",
            "alt=\"Карта на засегнатите места: само части от район Люлин.\"",
        ),
        (
            "en",
            "alt=\"Map of the affected places: only parts of Lyulin district.\"",
        ),
    ] {
        let page = read(
            &town,
            &format!("/{lang}/alert/{}", id_of(&town, "drawn").await),
        )
        .await;
        assert!(page.contains(words), "{page}");
    }
    let mut all = vec![];
    for lang in ["bg", "en"] {
        let links = links(&town, lang).await;
        let personal = coming_and_going(lang, &links)
            .into_iter()
            .chain(own_pages(lang, &links));
        for wanted in pages(&town).await.into_iter().chain(personal) {
            let urls = wanted
                .paths
                .iter()
                .map(|path| town.page(&format!("/{lang}{path}")));
            let urls: Vec<String> = urls.collect();
            let name = format!("{}-{lang}", wanted.name);
            all.push(json!({ "name": name, "urls": urls, "steps": wanted.steps, "status": wanted.status }));
        }
    }
    let pictures = std::env::var("GLAS_SCREENSHOTS").ok();
    let task = json!({ "pages": all, "pictures": pictures }).to_string();
    let python = std::env::var("GLAS_TEST_PYTHON")
        .expect("GLAS_TEST_PYTHON names no Python 3; tests/run prepares one");
    let mut browser = Command::new(python)
        .arg(concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/tests/browser/pages.py"
        ))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .kill_on_drop(true)
        .spawn()
        .expect("Python runs");
    let mut stdin = browser.stdin.take().expect("a way in");
    stdin.write_all(task.as_bytes()).await.expect("it reads");
    drop(stdin);
    let done = tokio::time::timeout(PATIENCE, browser.wait_with_output()).await;
    let done = done.expect("the browser ends in time").expect("it runs");
    assert!(
        done.status.success(),
        "{}\n{}",
        String::from_utf8_lossy(&done.stdout),
        String::from_utf8_lossy(&done.stderr)
    );
    town.end().await;
}
