//! What personal links lead to: preferences, unsubscribing and undoing it; and whom they are for.

use glas::base::clock::{Clock, Millis};
use glas::base::link::{CONFIRM, MY_DATA, PREFERENCES, PRESS, Personal, UNSUBSCRIBE};
use glas::base::token::Keyring;
use glas::sandbox::ledger::Seen;

use super::browser::{Browser, Page};
use super::mail::{RESIDENT, change, header, leads, letters, mail_town, subscribed};
use super::scanner::dump;
use crate::town::{Base, Cap, Plan, Town, on_both};

on_both!(
    a_mail_service_unsubscribes_in_one_request,
    a_person_unsubscribes_and_changes_their_mind,
    a_point_is_chosen_and_moved,
    everything_is_changed_on_one_page,
    the_settings_of_a_chat_have_a_page,
    a_link_is_good_for_one_thing_only,
);

pub const READER: &str = "192.0.2.20";

/// A subscriber who has got an alert; the mail.
pub async fn with_an_alert(town: &Town, lang: &str) -> Seen {
    subscribed(town, lang, RESIDENT).await;
    town.alert(&Cap::new("storm")).await;
    letters(town, RESIDENT, 2).await.swap_remove(1)
}

pub fn unsubscribe_page(letter: &Seen) -> String {
    let ways = header(letter, "List-Unsubscribe");
    let (page, mailto) = ways.split_once(">, <").expect("two ways");
    assert!(
        mailto.starts_with("mailto:stop@example.org?subject=stop%20"),
        "{ways}"
    );
    page.trim_start_matches('<').to_owned()
}

async fn on(town: &Town) -> bool {
    town.count("select count(*) from address where state = 'on'")
        .await
        == 1
}

async fn a_mail_service_unsubscribes_in_one_request(base: Base) {
    let town = mail_town(base).await;
    let letter = with_an_alert(&town, "bg").await;
    let how = header(&letter, "List-Unsubscribe-Post");
    assert_eq!(how, "List-Unsubscribe=One-Click");
    let url = unsubscribe_page(&letter);
    assert_eq!(leads(&letter, "Не искам повече такива писма"), url);
    let browser = Browser::at(READER);
    browser.head(&url).await.is(200);
    browser
        .get(&url)
        .await
        .is(200)
        .says(&["Да спрем ли съобщенията?", RESIDENT]);
    browser.post(&url, &[]).await.is(200);
    assert!(on(&town).await, "nothing was chosen");
    let done = browser
        .post(&url, &[("List-Unsubscribe", "One-Click")])
        .await;
    done.is(200).says(&["Съобщенията са спрени"]);
    assert!(!on(&town).await);
    browser
        .post(&url, &[("List-Unsubscribe", "One-Click")])
        .await
        .is(200);
    let taken_back = "select count(*) from consent where not given and source = 'one-click'";
    assert_eq!(
        town.count(taken_back).await,
        1,
        "said twice, it is written down once"
    );
    town.alert(&Cap::new("second")).await;
    // RFC 8058 allows both forms of a body.
    change(&town, "update address set state = 'on', reason = null").await;
    let parts = reqwest::multipart::Form::new().text("List-Unsubscribe", "One-Click");
    let asked = reqwest::Client::new().post(&url).multipart(parts);
    assert_eq!(asked.send().await.expect("an answer").status(), 200);
    assert!(!on(&town).await);
    assert_eq!(town.inbox("email", RESIDENT).len(), 2);
    town.end().await;
}

async fn a_person_unsubscribes_and_changes_their_mind(base: Base) {
    let town = mail_town(base).await;
    let letter = with_an_alert(&town, "en").await;
    let browser = Browser::at(READER);
    let page = browser.get(&leads(&letter, "Stop these e-mails")).await;
    page.is(200)
        .says(&["Shall we stop the messages?", RESIDENT, "Lyulin"]);
    browser
        .send(&page, 0, &[])
        .await
        .says(&["Choose what we shall do."]);
    browser
        .get(&page.link("Your choice"))
        .await
        .is(200)
        .says(&["Change or remove"]);
    assert!(on(&town).await);

    let stopped = browser.send(&page, 0, &[("choice", "stop")]).await;
    stopped.is(200).says(&["The messages are stopped", "Undo"]);
    assert!(!on(&town).await);
    browser
        .get(page.url.as_str())
        .await
        .says(&["The messages are stopped already"]);
    let undone = browser.send(&stopped, 0, &[]).await;
    undone.is(200).says(&["Everything is back"]);
    assert!(on(&town).await);
    let paused = browser.send(&page, 0, &[("choice", "pause")]).await;
    paused.is(200).says(&["Paused for a week"]);
    let resting = "select count(*) from address where state = 'on' and paused_until is not null";
    assert_eq!(town.count(resting).await, 1);
    browser
        .send(&paused, 0, &[])
        .await
        .says(&["Everything is back"]);
    assert_eq!(town.count(resting).await, 0);
    assert_eq!(town.count("select count(*) from subscription").await, 1);
    town.alert(&Cap::new("second")).await;
    letters(&town, RESIDENT, 3).await;
    town.end().await;
}

/// A street: asked for by the coordinates of a map, moved, widened, and given up for a district.
async fn a_point_is_chosen_and_moved(base: Base) {
    let town = mail_town(base).await;
    let browser = Browser::at(READER);
    let empty = browser.get(&town.page("/bg/subscribe")).await;
    for (answers, fault) in [
        (
            vec![("point", "до кооперацията")],
            "не прилича на координати",
        ),
        (
            vec![("point", "23.3219, 42.6977")],
            "Тази точка е извън града.",
        ),
        (
            vec![("point", "42.6977, 23.3219"), ("place", "lyulin")],
            "Изберете или точка, или райони.",
        ),
        (
            vec![("point", "42.6977, 23.3219"), ("radius", "9")],
            "Изберете един от отговорите.",
        ),
    ] {
        let all: Vec<(&str, &str)> = [("email", RESIDENT)].into_iter().chain(answers).collect();
        browser.send(&empty, 0, &all).await.is(422).says(&[fault]);
    }
    let street = [("email", RESIDENT), ("point", "42,6977 23,3219")];
    browser.send(&empty, 0, &street).await.is(200);
    let letter = letters(&town, RESIDENT, 1).await.swap_remove(0);
    let here = "до 300 м от избраното място (районите Средец, Възраждане, Оборище и Триадица)";
    assert!(letter.text.contains(here), "{}", letter.text);
    let question = browser.get(&leads(&letter, "Вижте и потвърдете")).await;
    let done = browser.send(&question, 0, &[("sure", "yes")]).await;
    let preferences = done
        .links()
        .into_iter()
        .find(|link| link.contains("/preferences/"));
    let page = browser
        .get(&preferences.expect("a way to the preferences"))
        .await;
    page.is(200).says(&[here, "value=\"42.697700, 23.321900\""]);
    let field = |page: &Page, name: &str| format!("{name}-{}", page.forms()[0].fields[0].1);
    let (point, radius) = (field(&page, "point"), field(&page, "radius"));
    let moved = [(&*point, "geo:42.7180,23.2470"), (&*radius, "1000")];
    let page = browser.send(&page, 0, &moved).await;
    page.is(200)
        .says(&["до 1000 м от избраното място (район Люлин"]);
    let (point, place) = (field(&page, "point"), field(&page, "place"));
    let page = browser
        .send(&page, 0, &[(&*point, ""), (&*place, "lyulin")])
        .await;
    page.is(200).says(&["Записах промяната.", "район Люлин"]);
    let whole = "select count(*) from subscription where radius_m is null and lat is null";
    assert_eq!(town.count(whole).await, 1);
    town.end().await;
}

async fn everything_is_changed_on_one_page(base: Base) {
    let town = mail_town(base).await;
    let letter = with_an_alert(&town, "bg").await;
    let browser = Browser::at(READER);
    let url = leads(&letter, "Променете какво получавате");
    let page = browser.get(&url).await;
    page.is(200)
        .says(&["Вашите настройки", RESIDENT, "Люлин", "веднага"]);
    let before = dump(&town).await;
    for number in 0..page.forms().len() {
        browser.send(&page, number, &[]).await;
    }
    browser.post(&url, &[]).await.is(200).says(&["Люлин"]);
    assert_eq!(
        dump(&town).await,
        before,
        "forms as they stand change nothing"
    );

    // Another subscription, the first one changed, then removed.
    let adding = page.form("Добавете");
    browser
        .send(&page, adding, &[])
        .await
        .is(422)
        .says(&["Изберете поне едно място"]);
    let added = [
        ("near-new", "Лозенец"),
        ("cadence-new", "daily"),
        ("hour-new", "18"),
    ];
    let two = browser.send(&page, adding, &added).await;
    two.is(200).says(&[
        "Добавихме абонамента.",
        "Абонамент 2",
        "веднъж на ден, в 18:00 ч.",
    ]);
    let first = two.forms().swap_remove(0);
    let key = &first.fields[0].1;
    let severity = format!("severity-{key}");
    let changed = browser.send(&two, 0, &[(&severity, "2")]).await;
    changed
        .is(200)
        .says(&["Записах промяната.", "само сериозна опасност"]);
    // A page that is older than the database says so, and loses nothing.
    let gone = browser.send(&two, 0, &[(&severity, "3")]).await;
    gone.is(200).says(&[
        "Междувременно този абонамент е променен.",
        "само сериозна опасност",
    ]);
    let stale = format!("remove-{}", changed.forms()[0].fields[0].1);
    let one = browser.send(&changed, 0, &[(&stale, "yes")]).await;
    one.is(200)
        .says(&["Премахнахме абонамента.", "Вашият абонамент"]);
    assert_eq!(town.count("select count(*) from subscription").await, 1);

    let whole = one.form("Запишете промяната") + 2;
    let answers = [("state", "pause"), ("quiet", "21.8"), ("lang", "en")];
    let whole = browser.send(&one, whole, &answers).await;
    whole.is(200).says(&["Записах промяната.", "на пауза до "]);
    let kept = "select count(*) from address where paused_until is not null and quiet_from = 1260
        and quiet_to = 480 and languages = 'en,bg'";
    assert_eq!(town.count(kept).await, 1);
    let last = whole.forms().len() - 1;
    let resumed = browser.send(&whole, last, &[("state", "on")]).await;
    assert!(!resumed.text.contains("на пауза до "), "{}", resumed.text);
    let key = &resumed.forms()[0].fields[0].1;
    let last_one = browser
        .send(&resumed, 0, &[(&format!("remove-{key}"), "yes")])
        .await;
    last_one.says(&[
        "Това беше последният Ви абонамент",
        "Съобщенията са спрени. Изборът Ви се пази.",
    ]);
    assert!(!on(&town).await);
    assert_eq!(town.count("select count(*) from subscription").await, 1);
    town.end().await;
}

async fn the_settings_of_a_chat_have_a_page(base: Base) {
    let plan = Plan {
        web: true,
        channels: &["telegram", "email"],
        ..Plan::default()
    };
    let mut town = Town::build(base, plan).await;
    let wish = town.wish_for("68134-19");
    town.move_in("telegram", 42..43, "bg", wish).await;
    town.start().await;
    town.telegram.say(42, 42, "/settings").expect("said");
    town.reads("telegram", "42", 1).await;
    let letter = town.inbox("telegram", "42").swap_remove(0);
    let url = leads(&letter, "Всичко на една страница");
    let browser = Browser::at(READER);
    let page = browser.get(&url).await;
    page.is(200).says(&["Вашите настройки", "Люлин"]);
    let last = page.forms().len() - 1;
    browser
        .send(&page, last, &[("state", "off")])
        .await
        .is(200)
        .says(&["Съобщенията са спрени."]);
    assert_eq!(
        town.count("select count(*) from address where state = 'off'")
            .await,
        1
    );
    town.end().await;
}

async fn a_link_is_good_for_one_thing_only(base: Base) {
    let town = mail_town(base).await;
    let letter = with_an_alert(&town, "en").await;
    let id = town.count("select id from address").await;
    let keys = glas::app::keyring(&town.db).await.expect("keys");
    let other = Keyring::parse(&Keyring::generate()).expect("keys");
    let in_an_hour = Clock::system()
        .now()
        .plus(std::time::Duration::from_hours(1));
    let token = |keys: &Keyring, purpose: &str, generation: i64, expires: Millis| {
        let link = Personal {
            address: id,
            generation,
            expires: Some(expires),
            rest: "settings".to_owned(),
        };
        link.sign(keys, purpose)
    };
    let browser = Browser::at(READER);
    let pages = [
        ("/en/confirm/", CONFIRM),
        ("/en/preferences/", PREFERENCES),
        ("/en/unsubscribe/", UNSUBSCRIBE),
        ("/u/", UNSUBSCRIBE),
        ("/en/do/", PRESS),
        ("/en/mydata/", MY_DATA),
    ];
    let before = dump(&town).await;
    for (path, purpose) in pages {
        let good = token(&keys, purpose, 0, in_an_hour);
        let refused = [
            token(&other, purpose, 0, in_an_hour),
            token(
                &keys,
                if purpose == PRESS { MY_DATA } else { PRESS },
                0,
                in_an_hour,
            ),
            token(&keys, purpose, 1, in_an_hour),
            token(&keys, purpose, 0, Clock::system().now()),
            good[..good.len() - 2].to_owned(),
            "x".to_owned(),
        ];
        for wrong in refused {
            let url = town.page(&format!("{path}{wrong}"));
            let page = browser.get(&url).await;
            page.is(410);
            let english = page.text.contains("This link is no longer valid");
            assert!(
                english || page.text.contains("Тази връзка вече не важи"),
                "{}",
                page.text
            );
            if path != "/en/mydata/" {
                let all = [
                    ("List-Unsubscribe", "One-Click"),
                    ("choice", "stop"),
                    ("do", "press"),
                    ("sure", "yes"),
                ];
                browser.post(&url, &all).await.is(410);
            }
        }
        // A confirmation names a request, and there is none of this name.
        let good = browser.get(&town.page(&format!("{path}{good}"))).await;
        good.is(if purpose == CONFIRM { 410 } else { 200 });
    }
    assert_eq!(dump(&town).await, before);
    browser
        .get(&leads(&letter, "Change what you get"))
        .await
        .is(200);
    town.end().await;
}
