//! Whoever is called, and whoever calls nobody: in whose language, and what is asked once more.

use super::{on_duty, residents, town};
use crate::town::{Base, Hand, on_both};

on_both!(
    whoever_was_called_first_is_answered_in_their_own_language,
    a_reason_that_is_too_short_is_asked_for_once_more,
    whoever_decides_finds_the_buttons_on_the_board,
    what_came_back_is_opened_and_submitted_again,
);

/// A grave alert is written and submitted.
async fn submitted(officer: &Hand<'_>) {
    officer.says("/alert new евакуация").await;
    officer.taps("изтичане на газ").await;
    officer.says("Люлин").await;
    officer.reads("Коя улица или сграда?").await;
    officer.says("ул. Орех 7").await;
    officer.reads("Докога?").await;
    officer.taps("Не се знае").await;
    officer.reads("– чернова").await;
    officer.taps("Подайте за одобрение").await;
    officer.reads("Повикахме хората").await;
}

async fn whoever_was_called_first_is_answered_in_their_own_language(base: Base) {
    let town = town(base).await;
    let officer = on_duty(&town);
    submitted(&officer).await;
    let second = town.hand("discord", 912);
    // They have not written yet: nobody knows how they read.
    second.reads("Чака Ви за одобрение").await;
    second.taps("Одобрявам").await;
    second.reads("Approved; it is going out.").await;
    residents(&town, 1).await;
    town.end().await;
}

async fn a_reason_that_is_too_short_is_asked_for_once_more(base: Base) {
    let town = town(base).await;
    let officer = on_duty(&town);
    submitted(&officer).await;
    officer.taps("Няма кой – разпратете без одобрение").await;
    officer.says("няма").await;
    officer.reads("поне 10 знака").await;
    assert!(town.inbox("telegram", "42").is_empty(), "nothing went out");
    officer.taps("Поправете").await;
    officer.says("Няма никой на телефона, гори етаж 3.").await;
    let (bulgarian, _) = residents(&town, 1).await;
    assert!(bulgarian.contains("ул. Орех 7"), "{bulgarian}");
    town.hand("telegram", 902)
        .reads("Няма никой на телефона, гори етаж 3.")
        .await;
    town.end().await;
}

async fn whoever_decides_finds_the_buttons_on_the_board(base: Base) {
    let town = town(base).await;
    let officer = on_duty(&town);
    submitted(&officer).await;
    let second = town.hand("telegram", 902);
    second.reads("Чака Ви за одобрение").await;
    // The call has scrolled away since.
    second.says("/alert").await;
    second.taps("Евакуация на сграда").await;
    second.reads("– чака втори човек").await;
    second.taps("Одобрявам").await;
    let (bulgarian, _) = residents(&town, 1).await;
    assert!(bulgarian.contains("ул. Орех 7"), "{bulgarian}");
    town.end().await;
}

async fn what_came_back_is_opened_and_submitted_again(base: Base) {
    let town = town(base).await;
    let officer = on_duty(&town);
    submitted(&officer).await;
    let second = town.hand("telegram", 902);
    second.reads("Чака Ви за одобрение").await;
    second.taps("Върнете за поправка").await;
    second.says("Улицата е сбъркана.").await;
    officer.reads("second върна черновата").await;
    officer.taps("Отворете черновата").await;
    officer
        .reads("Върнаха Ви я с причина: „Улицата е сбъркана.“")
        .await;
    officer.taps("Подайте за одобрение").await;
    officer.reads("Повикахме хората").await;
    second.taps("Одобрявам").await;
    residents(&town, 1).await;
    town.end().await;
}
