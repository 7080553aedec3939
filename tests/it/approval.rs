//! From a draft to the citizens: two people, one alone, a drill, and the record of it all.

mod counted;
mod drawn;
mod drills;
mod progress;
mod record;
mod roles;

use std::time::Duration;

use glas::features::alert::cap;
use glas::features::alert::draft::Kind;
use glas::features::alert::draft::office::{Done, Office};
use glas::features::alert::draft::rules::Act;
use glas::sandbox::ledger::Seen;

use crate::cli::program::{Said, bare, finish};
use crate::town::{Base, Cap, Hand, Plan, Town, on_both};

on_both!(
    a_second_person_lets_a_severe_alert_go_out,
    a_mild_alert_takes_one_publisher_and_a_moderator_two_people,
    what_is_given_back_says_why_and_can_be_submitted_again,
    nobody_answers_and_the_call_goes_further_up,
    a_lone_officer_breaks_the_glass_and_everybody_is_told,
    what_one_sent_alone_is_looked_at_the_next_day,
    an_extreme_alert_for_the_city_is_confirmed_by_its_name,
    a_drill_reaches_whoever_takes_part_and_nobody_else,
    strangers_decide_nothing,
);

const OPERATORS: &str = "[alerts]\ncall_again_minutes = 5\ncalls_before_administrators = 2\n\
    [[operator]]\nname = \"publisher\"\nrole = \"publisher\"\ntelegram = 901\n\
    [[operator]]\nname = \"approver\"\nrole = \"approver\"\ndiscord = 902\n\
    [[operator]]\nname = \"administrator\"\nrole = \"administrator\"\ntelegram = 903\n\
    [[operator]]\nname = \"moderator\"\nrole = \"moderator\"\ntelegram = 904\n\
    [[operator]]\nname = \"volunteer\"\nrole = \"viewer\"\ntelegram = 905\n";

const CHANNELS: &[&str] = &["telegram", "discord"];
const RESIDENT: &str = "42";

/// A town whose one resident wants everything, with people who work with alerts.
async fn town(base: Base) -> Town {
    town_at(base, None).await
}

/// As [`town`], whose clock can be moved forward from there.
async fn town_at(base: Base, at: Option<&'static str>) -> Town {
    let plan = Plan {
        channels: CHANNELS,
        more: OPERATORS,
        at,
        ..Plan::default()
    };
    let mut town = Town::build(base, plan).await;
    town.settle_in("telegram", 42, "bg");
    town.subscribe("telegram", RESIDENT, "bg").await;
    for (channel, number) in [
        ("telegram", 901),
        ("discord", 902),
        ("telegram", 903),
        ("telegram", 904),
        ("telegram", 905),
    ] {
        town.settle_in(channel, number, "bg");
    }
    town.start().await;
    town
}

fn glas(town: &Town, arguments: &[&str]) -> Said {
    glas_in(town, "bg", arguments)
}

fn glas_in(town: &Town, lang: &str, arguments: &[&str]) -> Said {
    let config = town.config();
    let config = config.to_str().expect("a path");
    let all = ["--lang", lang, "--config", config];
    let all: Vec<&str> = all.iter().chain(arguments).copied().collect();
    finish(&mut bare(&all))
}

fn good(town: &Town, arguments: &[&str]) -> String {
    let said = glas(town, arguments);
    assert_eq!(said.code, Some(0), "{arguments:?}: {said:?}");
    said.out
}

#[track_caller]
fn refused(town: &Town, arguments: &[&str], why: &str) {
    let said = glas(town, arguments);
    assert_eq!(said.code, Some(1), "{arguments:?}: {said:?}");
    assert!(said.out.contains(why), "no „{why}“ in {said:?}");
}

/// Writes a draft; its number.
fn draft(town: &Town, cap: &Cap, by: &str) -> String {
    let file = town.config().with_file_name("draft.xml");
    std::fs::write(&file, cap.xml()).expect("a file");
    let file = file.to_str().expect("a path");
    let said = good(town, &["alert", "new", "--cap", file, "--as", by]);
    let number = said.chars().filter(char::is_ascii_digit).collect();
    assert!(said.contains("Черновата е записана"), "{said}");
    number
}

/// The draft, submitted, waits.
fn submitted(town: &Town, cap: &Cap, by: &str) -> String {
    let id = draft(town, cap, by);
    let said = good(town, &["alert", "submit", &id, "--as", by]);
    assert!(said.contains("Повикахме хората"), "{said}");
    id
}

/// A severe alert of the publisher's, with something done to it by the town's clock.
async fn acts(town: &Town, act: Act<'_>) {
    let roster = town.loaded.roster().expect("a roster");
    let office = Office {
        catalogue: &town.loaded.catalogue,
        city: &town.loaded.city,
        channels: CHANNELS,
        roster: &roster,
        settings: &town.loaded.config.alerts,
    };
    let now = town.clock.now();
    let alert = cap::read(Cap::new("storm").at(now).xml().as_bytes()).expect("an alert");
    let actor = roster.named("publisher").expect("an operator");
    let mut tx = town.db.begin().await.expect("the database");
    let filed = office
        .file(&mut tx, (Kind::New, None), &alert, actor, now)
        .await;
    let Ok(Done::Draft(draft)) = filed else {
        panic!("{filed:?}");
    };
    let done = office.act(&mut tx, (draft.id, 1), actor, act, now).await;
    assert!(matches!(done, Ok(Done::Draft(_))), "{done:?}");
    tx.commit().await.expect("the database");
}

fn approver(town: &Town) -> Hand<'_> {
    town.hand("discord", 902)
}

fn letters_to_the_resident(town: &Town) -> Vec<Seen> {
    town.inbox("telegram", RESIDENT)
}

async fn a_second_person_lets_a_severe_alert_go_out(base: Base) {
    let town = town(base).await;
    let id = submitted(&town, &Cap::new("storm"), "publisher");
    let shown = good(&town, &["alert", "drafts"]);
    assert!(shown.contains("чака втори човек"), "{shown}");
    let shown = good(&town, &["alert", "preview", &id]);
    for part in [
        "До колко адреса: 1",
        "• telegram: 1",
        "• discord: 0",
        "• Люлин: 1",
        "── telegram, bg",
        "── discord, en",
        "Severe thunderstorm",
        "Сериозна опасност",
    ] {
        assert!(shown.contains(part), "no „{part}“ in {shown}");
    }
    let own = ["alert", "approve", &id, "--as", "publisher"];
    refused(&town, &own, "нужна поне „одобряващ“");

    // The approver is called where they are, looks, and lets it go.
    let hand = approver(&town);
    let call = hand.reads("Чака Ви за одобрение").await;
    assert!(call.text.contains("До колко адреса: 1"), "{}", call.text);
    let shown = hand.taps("Вижте как ще изглежда").await;
    assert!(shown.text.contains("Така ще изглежда"), "{}", shown.text);
    assert!(letters_to_the_resident(&town).is_empty());
    hand.taps("Одобрявам").await;
    hand.reads("Одобрено е и се разпраща.").await;
    let read = town.reads("telegram", RESIDENT, 1).await;
    assert!(read[0].starts_with("Сериозна опасност"), "{}", read[0]);
    town.hand("telegram", 901).reads("approver одобри").await;
    let late = ["alert", "approve", &id, "--as", "administrator"];
    refused(&town, &late, "Вече е разпратена.");
    town.quiet().await;
    assert_eq!(letters_to_the_resident(&town).len(), 1);

    let record = good(&town, &["audit"]);
    let acts: Vec<&str> = record
        .lines()
        .filter_map(|line| line.split("  ").nth(3))
        .collect();
    assert_eq!(acts, ["new", "submit", "approve"], "{record}");
    for verify in ["verify", "--verify"] {
        let said = good(&town, &["audit", verify]);
        assert!(said.contains("Протоколът е цял: 3 записа"), "{said}");
    }
    town.end().await;
}

async fn a_mild_alert_takes_one_publisher_and_a_moderator_two_people(base: Base) {
    let town = town(base).await;
    let mild = Cap::new("mild").severity("Moderate");
    let id = draft(&town, &mild, "publisher");
    let said = good(&town, &["alert", "submit", &id, "--as", "publisher"]);
    assert!(said.contains("Разпраща се."), "{said}");
    town.reads("telegram", RESIDENT, 1).await;
    let other = Cap::new("other").severity("Minor");
    let id = submitted(&town, &other, "moderator");
    approver(&town).reads("Чака Ви за одобрение").await;
    let by_another = ["alert", "approve", &id, "--as", "administrator"];
    good(&town, &by_another);
    town.reads("telegram", RESIDENT, 2).await;
    let viewer = ["alert", "submit", &id, "--as", "volunteer"];
    refused(&town, &viewer, "Вашата роля е „наблюдател“");
    town.quiet().await;
    town.end().await;
}

async fn what_is_given_back_says_why_and_can_be_submitted_again(base: Base) {
    let town = town(base).await;
    let id = submitted(&town, &Cap::new("storm"), "publisher");
    let hand = approver(&town);
    hand.reads("Чака Ви за одобрение").await;
    hand.taps("Върнете за поправка").await;
    hand.says("Липсва телефон за връзка").await;
    hand.reads("Черновата е върната на автора.").await;
    let told = town.hand("telegram", 901).reads("върна").await;
    assert!(
        told.text.contains("„Липсва телефон за връзка“"),
        "{}",
        told.text
    );
    let again = good(&town, &["alert", "submit", &id, "--as", "publisher"]);
    assert!(again.contains("Повикахме хората"), "{again}");
    let reject = [
        "alert",
        "reject",
        &id,
        "--as",
        "administrator",
        "--reason",
        " ",
    ];
    refused(&town, &reject, "Напишете причина");
    let reject = [
        "alert",
        "reject",
        &id,
        "--as",
        "administrator",
        "--reason",
        "Бурята отмина",
    ];
    good(&town, &reject);
    let late = ["alert", "approve", &id, "--as", "approver"];
    refused(&town, &late, "Отхвърлена е");
    town.quiet().await;
    assert!(letters_to_the_resident(&town).is_empty());
    town.end().await;
}

async fn nobody_answers_and_the_call_goes_further_up(base: Base) {
    let town = town_at(base, Some("2026-06-17T12:00:00Z")).await;
    acts(&town, Act::Submit).await;
    let hand = approver(&town);
    hand.reads("Чака Ви за одобрение").await;
    let up = |town: &Town| town.inbox("telegram", "903").len();
    assert_eq!(up(&town), 0);
    town.clock.advance(Duration::from_mins(6));
    hand.reads("Още чака за одобрение").await;
    town.quiet().await;
    assert_eq!(up(&town), 0);
    town.clock.advance(Duration::from_mins(6));
    let above = town.hand("telegram", 903);
    above.reads("Още чака за одобрение").await;
    above.taps("Одобрявам").await;
    town.reads("telegram", RESIDENT, 1).await;
    let before = town.inbox("discord", "user:902").len();
    town.clock.advance(Duration::from_mins(20));
    town.quiet().await;
    assert_eq!(town.inbox("discord", "user:902").len(), before);
    town.end().await;
}

async fn a_lone_officer_breaks_the_glass_and_everybody_is_told(base: Base) {
    let town = town(base).await;
    let id = draft(&town, &Cap::new("storm"), "publisher");
    let short = [
        "alert",
        "break-glass",
        &id,
        "--as",
        "publisher",
        "--reason",
        "спешно",
    ];
    refused(&town, &short, "поне 10 знака");
    let reason = "Никой не вдига, а бурята е тук.";
    let alone = [
        "alert",
        "break-glass",
        &id,
        "--as",
        "publisher",
        "--reason",
        reason,
    ];
    good(&town, &alone);
    town.reads("telegram", RESIDENT, 1).await;
    approver(&town).reads("Разпратено без втори човек").await;
    town.end().await;
}

async fn what_one_sent_alone_is_looked_at_the_next_day(base: Base) {
    let town = town_at(base, Some("2026-06-17T12:00:00Z")).await;
    let reason = "Никой не вдига, а бурята е тук.";
    acts(&town, Act::Alone(reason)).await;
    town.reads("telegram", RESIDENT, 1).await;
    let told = approver(&town).reads("Разпратено без втори човек").await;
    assert!(told.text.contains(reason), "{}", told.text);
    town.hand("telegram", 903)
        .reads("Разпратено без втори човек")
        .await;
    town.clock.advance(Duration::from_hours(19));
    approver(&town).reads("За преглед").await;
    town.quiet().await;
    town.end().await;
}

async fn an_extreme_alert_for_the_city_is_confirmed_by_its_name(base: Base) {
    let town = town(base).await;
    let wide = Cap::new("wide")
        .severity("Extreme")
        .polygon("42.4,22.9 42.4,23.8 43.0,23.8 43.0,22.9 42.4,22.9");
    let id = submitted(&town, &wide, "publisher");
    let unnamed = ["alert", "approve", &id, "--as", "approver"];
    refused(&town, &unnamed, "Потвърдете, като напишете името му: София");
    let hand = approver(&town);
    hand.reads("Чака Ви за одобрение").await;
    hand.taps("Одобрявам").await;
    hand.says("Пловдив").await;
    hand.reads("Потвърдете, като напишете името му").await;
    hand.taps("Одобрявам").await;
    hand.says("sofia").await;
    hand.reads("Одобрено е и се разпраща.").await;
    town.reads("telegram", RESIDENT, 1).await;
    town.quiet().await;
    town.end().await;
}

async fn a_drill_reaches_whoever_takes_part_and_nobody_else(base: Base) {
    let town = town(base).await;
    let file = town.config().with_file_name("draft.xml");
    let xml = Cap::new("drill").xml();
    std::fs::write(&file, xml.replace(">Actual<", ">Exercise<")).expect("a file");
    let file = file.to_str().expect("a path");
    let said = good(&town, &["alert", "new", "--cap", file, "--as", "publisher"]);
    let id: String = said.chars().filter(char::is_ascii_digit).collect();
    let said = good(&town, &["alert", "submit", &id, "--as", "publisher"]);
    assert!(said.contains("Учението започна"), "{said}");
    for who in ["901", "903", "904", "905"] {
        town.reads("telegram", who, 1).await;
    }
    town.reads("discord", "user:902", 1).await;
    town.quiet().await;
    assert!(letters_to_the_resident(&town).is_empty());
    town.end().await;
}

async fn strangers_decide_nothing(base: Base) {
    let town = town(base).await;
    submitted(&town, &Cap::new("storm"), "publisher");
    let call = approver(&town).reads("Чака Ви за одобрение").await;
    let (_, token) = (call.buttons.iter())
        .find(|(label, _)| label == "Одобрявам")
        .expect("a button");
    // Somebody copies the button's token into a message of their own.
    let letter = glas::message::Letter {
        title: Some("…".to_owned()),
        body: vec![],
        actions: vec![vec![glas::message::Action::Press {
            label: "Одобрявам".to_owned(),
            token: glas::message::Token::try_from(token.clone()).expect("a token"),
        }]],
        weight: glas::message::Weight::Normal,
        footer: None,
        picture: None,
    };
    let letter = town.broadcast(&letter, glas::outbox::Lane::Alert).await;
    town.delivered(letter).await;
    let resident = town.hand("telegram", 42);
    resident.taps("Одобрявам").await;
    resident
        .reads("не е сред хората, които работят с предупреждения")
        .await;
    town.quiet().await;
    let sent = "select count(*) from draft where state = 'sent'";
    assert_eq!(town.count(sent).await, 0);
    town.end().await;
}
