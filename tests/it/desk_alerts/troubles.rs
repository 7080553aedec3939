//! What does not go as it should: strangers, places that nobody knows, texts in one language only.

use super::{on_duty, town};
use crate::town::hands::labels;
use crate::town::{Base, on_both};

on_both!(
    strangers_and_viewers_are_refused,
    an_unknown_place_is_asked_about_and_nothing_is_lost,
    a_text_is_given_in_every_language_or_the_emergency_is_named,
    a_draft_is_given_up,
);

async fn strangers_and_viewers_are_refused(base: Base) {
    let town = town(base).await;
    let stranger = town.hand("telegram", 42);
    let told = stranger.says("/alert new water Люлин").await;
    insta::allow_duplicates!(insta::assert_snapshot!(told.text, @r"
    Този профил не е сред хората, които работят с предупреждения. Ако трябва да е, администраторът го добавя в bot.toml.
    "));
    let told = town.hand("discord", 43).says("/alert new").await;
    insta::allow_duplicates!(insta::assert_snapshot!(told.text, @r"
    This account is not among the people who work with alerts. If it should be, the administrator adds it to bot.toml.
    "));
    let viewer = town.hand("telegram", 903);
    let board = viewer.says("/alert").await;
    insta::allow_duplicates!(insta::assert_snapshot!(board.text, @r"
    Дежурство: viewer (наблюдател)

    Няма отворени чернови.

    Сега не важи нито едно предупреждение.
    "));
    assert!(labels(&board).is_empty(), "{:?}", labels(&board));
    let told = viewer.says("/alert new water Люлин").await;
    insta::allow_duplicates!(insta::assert_snapshot!(told.text, @r"
    Вашата роля е „наблюдател“, а за това е нужна поне „модератор“. Обърнете се към човек с тази роля.
    "));
    assert_eq!(town.count("select count(*) from draft").await, 0);
    town.end().await;
}

async fn an_unknown_place_is_asked_about_and_nothing_is_lost(base: Base) {
    let town = town(base).await;
    let officer = on_duty(&town);
    officer
        .says("/alert new вода авария Люлин, Надеждата")
        .await;
    let asked = officer.reads("Надеждата").await;
    assert!(asked.text.contains("Не намерих"), "{}", asked.text);
    officer.taps("Надежда").await;
    officer.taps("Готово").await;
    officer.reads("Докога?").await;
    officer.taps("Не се знае").await;
    let panel = officer.reads("– чернова").await;
    assert!(panel.text.contains("Надежда и Люлин"), "{}", panel.text);
    town.end().await;
}

async fn a_text_is_given_in_every_language_or_the_emergency_is_named(base: Base) {
    let town = town(base).await;
    let officer = on_duty(&town);
    officer.says("/alert new текст безопасност Люлин").await;
    officer.taps("Не се знае").await;
    officer.reads("на български").await;
    officer.says("Бездомни кучета\nНе ги доближавайте.").await;
    officer.reads("на английски").await;
    officer.taps("Няма").await;
    let missing = officer.reads("Липсва текстът на английски").await;
    assert!(missing.text.contains("на английски)?"), "{}", missing.text);
    officer.taps("Извънредно: без този език").await;
    let english = officer.reads("– чернова").await.text;
    let marked = "This has been published only in Bulgarian";
    assert!(english.contains(marked), "{english}");
    town.end().await;
}

async fn a_draft_is_given_up(base: Base) {
    let town = town(base).await;
    let officer = on_duty(&town);
    officer.says("/alert new вода авария Люлин").await;
    officer.taps("Не се знае").await;
    officer.reads("– чернова").await;
    officer.taps("Откажете се").await;
    officer.reads("Отказахте се").await;
    let board = officer.says("/alert").await;
    assert!(
        board.text.contains("Няма отворени чернови."),
        "{}",
        board.text
    );
    town.end().await;
}
