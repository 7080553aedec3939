//! What goes out by the calendar: at its time, once, and when it is late after somebody was asked.

mod deeds;
mod faults;
mod late;
mod words;

use chrono_tz::Tz;
use glas::base::clock::Millis;
use glas::features::alert::draft::office::Office;
use glas::features::alert::template::Template;
use glas::features::schedule::office::{self, Deal, Wish};
use glas::features::schedule::rules::{Rule, read_cron, read_once};
use glas::features::schedule::{Schedule, What, fire, store};
use glas::message::Words;

use crate::town::{Base, Plan, Town, on_both};

on_both!(
    a_reminder_comes_again_each_week_in_both_languages,
    what_the_spring_leaves_out_comes_an_hour_later,
    what_the_autumn_has_twice_comes_once,
    what_is_to_happen_once_happens_once,
    a_clock_that_is_set_back_brings_nothing_again,
    a_drill_comes_again_for_those_who_take_part,
);

const OPERATORS: &str = "[alerts]\nsecond_person_above = 5\n\
    [[operator]]\nname = \"publisher\"\nrole = \"publisher\"\ntelegram = 901\n\
    [[operator]]\nname = \"approver\"\nrole = \"approver\"\ndiscord = 902\n\
    [[operator]]\nname = \"moderator\"\nrole = \"moderator\"\ntelegram = 904\n\
    [[operator]]\nname = \"volunteer\"\nrole = \"viewer\"\ntelegram = 905\n";
const CHANNELS: &[&str] = &["telegram", "discord"];
const RESIDENT: &str = "42";
const SOFIA: Tz = Tz::Europe__Sofia;
const TUESDAYS: &str = "30 7 * * 2";
const WASTE: [&str; 3] = [
    "place=Люлин",
    "text.bg=Днес извозваме разделно събраните отпадъци\nИзнесете жълтия контейнер до 9:00.",
    "text.en=Recycling is collected today\nPut the yellow bin out by 9:00.",
];

/// A town with one resident for each language, where nobody runs the bot yet.
async fn town(base: Base, at: Option<&'static str>) -> Town {
    built(base, at, false).await
}

/// As [`town`], with pages.
async fn built(base: Base, at: Option<&'static str>, web: bool) -> Town {
    let plan = Plan {
        channels: CHANNELS,
        more: OPERATORS,
        web,
        at,
        ..Plan::default()
    };
    let town = Town::build(base, plan).await;
    town.settle_in("telegram", 42, "bg");
    town.subscribe("telegram", RESIDENT, "bg").await;
    town.settle_in("discord", 43, "en");
    town.subscribe("discord", "user:43", "en").await;
    for (channel, number) in [
        ("telegram", 901),
        ("discord", 902),
        ("telegram", 904),
        ("telegram", 905),
    ] {
        town.settle_in(channel, number, "bg");
    }
    town
}

fn at(text: &str) -> Millis {
    Millis::parse_rfc3339(text).expect("a time")
}

fn cron(text: &str) -> Rule {
    read_cron(text).expect("an expression")
}

fn what(template: Template, facts: &[&str]) -> What {
    What {
        template,
        facts: facts.iter().map(|fact| (*fact).to_owned()).collect(),
        drill: false,
    }
}

fn waste() -> What {
    what(Template::Free, &WASTE)
}

/// Does something with the town's office.
macro_rules! with_office {
    ($town:expr, $office:ident => $work:expr) => {{
        let roster = $town.loaded.roster().expect("a roster");
        let $office = Office {
            catalogue: &$town.loaded.catalogue,
            city: &$town.loaded.city,
            channels: CHANNELS,
            roster: &roster,
            settings: &$town.loaded.config.alerts,
        };
        $work
    }};
}
use with_office;

/// Makes a schedule by the town's clock.
async fn try_add(
    town: &Town,
    by: &str,
    (name, rule): (&str, Rule),
    what: What,
) -> Result<Schedule, Words> {
    with_office!(town, office => {
        let wish = Wish {
            name: name.to_owned(),
            rule,
            zone: SOFIA,
            what,
        };
        let actor = office.roster.named(by).expect("an operator");
        let added = office::add(&town.db, &office, (wish, actor), town.clock.now()).await;
        added.expect("the database").map(|(schedule, _)| schedule)
    })
}

async fn add(town: &Town, by: &str, when: (&str, Rule), what: What) -> Schedule {
    let added = try_add(town, by, when, what).await;
    added.unwrap_or_else(|why| panic!("{}", bulgarian(town, &why)))
}

async fn deal(town: &Town, by: &str, what: (&str, Deal)) -> Result<Schedule, Words> {
    with_office!(town, office => {
        let actor = office.roster.named(by).expect("an operator");
        let mut tx = town.db.begin().await.expect("the database");
        let now = town.clock.now();
        let done = office::deal(&mut tx, &office, what, actor, now).await;
        tx.commit().await.expect("the database");
        done.expect("the database")
    })
}

/// What a running bot does when its clock shows `time`; how many occurrences it dealt with.
async fn look_at(town: &Town, time: &str) -> usize {
    with_office!(town, office => {
        let done = fire::due(&town.db, &office, None, at(time)).await;
        done.expect("the database")
    })
}

async fn known(town: &Town, name: &str) -> Schedule {
    let mut tx = town.db.read().await.expect("the database");
    let found = store::look_up(&mut tx, name).await;
    found.expect("the database").expect("a schedule")
}

fn bulgarian(town: &Town, words: &Words) -> String {
    let lang = "bg".parse().expect("a language");
    town.loaded.catalogue.word(words, lang).expect("words")
}

async fn alerts(town: &Town) -> i64 {
    town.count("select count(*) from alert").await
}

async fn a_reminder_comes_again_each_week_in_both_languages(base: Base) {
    // A Monday.
    let mut town = town(base, Some("2026-11-30T12:00:00+02:00")).await;
    add(&town, "publisher", ("waste", cron(TUESDAYS)), waste()).await;
    town.start().await;
    town.wait_for("2026-12-01T07:30:00+02:00");
    let read = town.reads("telegram", RESIDENT, 1).await;
    assert!(
        read[0].contains("Днес извозваме разделно събраните отпадъци"),
        "{}",
        read[0]
    );
    let read = town.reads("discord", "user:43", 1).await;
    assert!(
        read[0].contains("Recycling is collected today"),
        "{}",
        read[0]
    );
    town.wait_for("2026-12-08T07:30:01+02:00");
    town.reads("telegram", RESIDENT, 2).await;
    town.reads("discord", "user:43", 2).await;
    town.quiet().await;
    assert_eq!(town.inbox("telegram", RESIDENT).len(), 2);
    let schedule = known(&town, "waste").await;
    assert_eq!(schedule.next, Some(at("2026-12-15T07:30:00+02:00")));
    assert_eq!(alerts(&town).await, 2);
    town.end().await;
}

async fn what_the_spring_leaves_out_comes_an_hour_later(base: Base) {
    // 2027-03-28: 03:00 becomes 04:00, so 03:30 is 04:30.
    let mut town = town(base, Some("2027-03-27T12:00:00+02:00")).await;
    add(&town, "publisher", ("night", cron("30 3 * * *")), waste()).await;
    assert_eq!(look_at(&town, "2027-03-28T04:29:59+03:00").await, 0);
    assert_eq!(look_at(&town, "2027-03-28T04:30:00+03:00").await, 1);
    assert_eq!(look_at(&town, "2027-03-28T04:31:00+03:00").await, 0);
    assert_eq!(look_at(&town, "2027-03-29T03:29:59+03:00").await, 0);
    assert_eq!(look_at(&town, "2027-03-29T03:30:02+03:00").await, 1);
    assert_eq!(alerts(&town).await, 2);
    town.start().await;
    town.reads("telegram", RESIDENT, 2).await;
    town.end().await;
}

async fn what_the_autumn_has_twice_comes_once(base: Base) {
    // 2027-10-31: 04:00 becomes 03:00, so 03:30 comes twice.
    let mut town = town(base, Some("2027-10-30T12:00:00+03:00")).await;
    add(&town, "publisher", ("night", cron("30 3 * * *")), waste()).await;
    assert_eq!(look_at(&town, "2027-10-31T03:30:00+03:00").await, 1);
    assert_eq!(look_at(&town, "2027-10-31T03:30:00+02:00").await, 0);
    assert_eq!(look_at(&town, "2027-11-01T03:30:00+02:00").await, 1);
    assert_eq!(alerts(&town).await, 2);
    town.start().await;
    town.reads("telegram", RESIDENT, 2).await;
    town.end().await;
}

async fn what_is_to_happen_once_happens_once(base: Base) {
    let mut town = town(base, Some("2026-11-30T12:00:00+02:00")).await;
    let once = read_once("2026-12-01 10:00").expect("a time");
    add(&town, "publisher", ("once", once.clone()), waste()).await;
    let again = try_add(&town, "publisher", ("once", once), waste()).await;
    let why = bulgarian(&town, &again.expect_err("taken"));
    assert!(why.contains("Вече има разписание „once“"), "{why}");
    town.start().await;
    town.wait_for("2026-12-01T10:00:00+02:00");
    town.reads("telegram", RESIDENT, 1).await;
    town.quiet().await;
    assert_eq!(look_at(&town, "2026-12-02T10:00:00+02:00").await, 0);
    assert_eq!(look_at(&town, "2027-12-01T10:00:00+02:00").await, 0);
    assert_eq!(alerts(&town).await, 1);
    let done = "select count(*) from schedule where state = 'done' and next is null";
    assert_eq!(town.count(done).await, 1);
    // The name is free again; the day has passed.
    let past = read_once("01.12.2026 09:00").expect("a time");
    let why = try_add(&town, "publisher", ("once", past), waste()).await;
    let why = bulgarian(&town, &why.expect_err("past"));
    assert_eq!(why, "Този ден и час вече отминаха.");
    town.end().await;
}

async fn a_clock_that_is_set_back_brings_nothing_again(base: Base) {
    let mut town = town(base, Some("2026-11-30T12:00:00+02:00")).await;
    add(&town, "publisher", ("waste", cron(TUESDAYS)), waste()).await;
    assert_eq!(look_at(&town, "2026-12-01T07:30:00+02:00").await, 1);
    // The town's clock still shows Monday: what was paused and resumed does not come again either.
    assert!(
        deal(&town, "publisher", ("waste", Deal::Pause))
            .await
            .is_ok()
    );
    assert!(
        deal(&town, "publisher", ("waste", Deal::Resume))
            .await
            .is_ok()
    );
    for time in [
        "2026-12-01T07:00:00+02:00",
        "2026-12-01T07:30:00+02:00",
        "2026-12-08T07:29:59+02:00",
    ] {
        assert_eq!(look_at(&town, time).await, 0, "{time}");
    }
    assert_eq!(alerts(&town).await, 1);
    town.start().await;
    town.reads("telegram", RESIDENT, 1).await;
    town.end().await;
}

async fn a_drill_comes_again_for_those_who_take_part(base: Base) {
    let mut town = town(base, Some("2026-11-30T12:00:00+02:00")).await;
    let drill = What {
        drill: true,
        ..what(Template::Storm, &["place=Люлин"])
    };
    // The first Tuesday of each month.
    let first = cron("0 11 1-7 * 2");
    add(&town, "publisher", ("sirens", first), drill).await;
    town.start().await;
    town.wait_for("2026-12-01T11:00:00+02:00");
    let read = town.reads("telegram", "905", 1).await;
    assert!(read[0].starts_with("УЧЕНИЕ"), "{}", read[0]);
    town.quiet().await;
    assert!(town.inbox("telegram", RESIDENT).is_empty());
    let next = known(&town, "sirens").await.next;
    assert_eq!(next, Some(at("2027-01-05T11:00:00+02:00")));
    town.end().await;
}
