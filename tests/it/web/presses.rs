//! Buttons and forms of the bot on the web, and one's own data.

use glas::message::{Action, Letter, Token};
use glas::outbox::Lane;

use super::browser::{Browser, Page};
use super::links::{READER, unsubscribe_page, with_an_alert};
use super::mail::{RESIDENT, leads, letters, mail_town, subscribed};
use crate::town::{Base, Town, on_both};

on_both!(
    a_button_in_a_mail_works_on_the_web,
    a_form_is_filled_in_on_the_web,
    ones_data_is_shown_and_erased,
);

/// A letter with a button, to everybody; the mail and where its button leads.
pub async fn with_a_button(town: &Town, label: &str, token: &str) -> String {
    let mut letter = Letter::line("Спряна вода.".to_owned());
    letter.actions = vec![vec![Action::Press {
        label: label.to_owned(),
        token: Token::try_from(token.to_owned()).expect("a token"),
    }]];
    let before = town.inbox("email", RESIDENT).len();
    town.broadcast(&letter, Lane::Alert).await;
    let mail = letters(town, RESIDENT, before + 1)
        .await
        .pop()
        .expect("a mail");
    let url = leads(&mail, label);
    assert!(
        mail.text.contains(&format!("{label}: {url}")),
        "{}",
        mail.text
    );
    url
}

async fn a_button_in_a_mail_works_on_the_web(base: Base) {
    let town = mail_town(base).await;
    subscribed(&town, "bg", RESIDENT).await;
    let wanted = async || town.count("select topics from subscription").await;
    let before = wanted().await;
    let url = with_a_button(&town, "Без „Вода“", "mute.water").await;
    let browser = Browser::at(READER);
    let page = browser.get(&url).await;
    page.is(200)
        .says(&["Още една стъпка", "Без „Вода“", RESIDENT]);
    browser.head(&url).await.is(200);
    browser
        .post(&url, &[])
        .await
        .is(200)
        .says(&["Отбележете полето"]);
    browser
        .send(&page, 0, &[])
        .await
        .is(200)
        .says(&["Отбележете полето"]);
    assert_eq!(wanted().await, before);
    let muted = browser.send(&page, 0, &[("do", "press")]).await;
    muted.is(200).says(&["Повече няма да Ви пиша за: "]);
    assert_ne!(wanted().await, before);
    // What the answer offers works, too.
    let undone = browser.send(&muted, muted.form("Отмяна"), &[]).await;
    undone.is(200).says(&["Отново ще Ви пиша за: "]);
    assert_eq!(wanted().await, before);
    // Nothing of it was sent as a mail.
    assert_eq!(town.inbox("email", RESIDENT).len(), 2);
    let english = url.replace("/bg/do/", "/en/do/");
    let page = browser.get(&english).await;
    let muted = browser.send(&page, 0, &[("do", "press")]).await;
    muted
        .is(200)
        .says(&["I will no longer write to you about: "]);
    town.end().await;
}

async fn a_form_is_filled_in_on_the_web(base: Base) {
    let town = mail_town(base).await;
    subscribed(&town, "en", RESIDENT).await;
    let url = with_a_button(&town, "Settings", "settings")
        .await
        .replace("/bg/", "/en/");
    let browser = Browser::at(READER);
    let page = browser.get(&url).await;
    let settings = browser.send(&page, 0, &[("do", "press")]).await;
    settings.is(200).says(&["Your settings", "Lyulin"]);
    let press = async |page: &Page, button: &str| {
        let next = browser.send(page, page.form(button), &[]).await;
        next.is(200);
        next
    };
    // One of a few.
    let severity = press(&settings, "Seriousness").await;
    let question = severity.forms().swap_remove(0);
    assert!(
        question
            .fields
            .contains(&("answer".to_owned(), "0".to_owned())),
        "{question:?}"
    );
    let saved = browser.send(&severity, 0, &[("answer", "3")]).await;
    saved
        .is(200)
        .says(&["The change is saved.", "extreme danger only"]);
    // Several of many.
    let topics = press(&saved, "Topics").await;
    let chosen = browser.send(&topics, 0, &[("answer", "heating")]).await;
    let saved = press(&chosen, "Done").await;
    saved.says(&["The change is saved.", "Heating"]);
    // Something that is written.
    let places = press(&saved, "Places").await;
    let written = browser
        .send(&places, places.form("Send"), &[("text", "Druzhba 2")])
        .await;
    written.is(200).says(&["Iskar"]);
    press(&written, "Done")
        .await
        .says(&["The change is saved.", "Iskar"]);
    assert_eq!(
        town.count("select least_severity from subscription").await,
        3
    );
    town.end().await;
}

async fn ones_data_is_shown_and_erased(base: Base) {
    let town = mail_town(base).await;
    let letter = with_an_alert(&town, "bg").await;
    let browser = Browser::at(READER);
    let preferences = browser
        .get(&leads(&letter, "Променете какво получавате"))
        .await;
    let page = browser.get(&preferences.link("Какво пазим за Вас")).await;
    page.is(200).says(&[
        RESIDENT,
        "Люлин",
        "Съгласие, дадено на ",
        "web form",
        "Силна гръмотевична буря",
        "потвърдена",
    ]);
    let file = page.link("Запазете като файл (JSON)");
    let answer = reqwest::get(&file).await.expect("an answer");
    let headers = answer.headers().clone();
    assert_eq!(headers["content-type"], "application/json");
    let attached = headers["content-disposition"].to_str().expect("plain");
    assert!(attached.starts_with("attachment; filename="), "{attached}");
    assert_eq!(headers["cache-control"], "no-store");
    let file: serde_json::Value = answer.json().await.expect("JSON");
    assert_eq!(file["address"], RESIDENT);
    assert_eq!(file["subscriptions"][0]["districts"][0], "68134-19");
    assert_eq!(file["letters"].as_array().expect("a list").len(), 2);

    let forget = browser.get(&page.link("Изтрийте всичко за мен")).await;
    forget
        .is(200)
        .says(&["Още една стъпка", "Изтрийте всичко за мен"]);
    let sure = browser.send(&forget, 0, &[("do", "press")]).await;
    sure.is(200)
        .says(&["Да изтрия ли всичко за Вас?", "Да, изтрийте всичко"]);
    let gone = browser.send(&sure, 0, &[("answer", "yes")]).await;
    gone.is(200).says(&["Изтрих всичко за Вас"]);
    let left = "select (select count(*) from subscription) + (select count(*) from consent)
        + (select count(*) from opt_in)";
    assert_eq!(town.count(left).await, 0);
    // Every link of before is over.
    for url in [
        page.url.as_str(),
        preferences.url.as_str(),
        &unsubscribe_page(&letter),
    ] {
        browser
            .get(url)
            .await
            .is(410)
            .says(&["Тази връзка вече не важи"]);
    }
    town.end().await;
}
