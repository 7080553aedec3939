//! Who may make, approve and stop schedules, and what is written down about it.

use glas::features::alert::template::Template;
use glas::features::schedule::Outcome;
use glas::features::schedule::office::Deal;

use super::{
    RESIDENT, TUESDAYS, WASTE, add, alerts, bulgarian, cron, deal, known, look_at, town, try_add,
    waste, what,
};
use crate::cli::program::{Said, bare, finish};
use crate::town::{Base, Town, on_both};
use glas::people::Wish;

on_both!(
    a_series_for_many_is_approved_once,
    what_is_grave_waits_for_a_second_person_every_time,
    a_moderators_reminder_waits_for_a_second_person,
    what_cannot_be_a_schedule_is_refused,
    an_operator_makes_shows_and_stops_schedules,
);

fn glas(town: &Town, lang: &str, arguments: &[&str]) -> Said {
    let config = town.config();
    let config = config.to_str().expect("a path");
    let all = ["--lang", lang, "--config", config, "schedule"];
    let all: Vec<&str> = all.iter().chain(arguments).copied().collect();
    finish(&mut bare(&all))
}

fn good(town: &Town, lang: &str, arguments: &[&str]) -> String {
    let said = glas(town, lang, arguments);
    assert_eq!(said.code, Some(0), "{arguments:?}: {said:?}");
    said.out
}

#[track_caller]
fn refused(town: &Town, arguments: &[&str], why: &str) {
    let said = glas(town, "bg", arguments);
    assert_eq!(said.code, Some(1), "{arguments:?}: {said:?}");
    assert!(said.out.contains(why), "no „{why}“ in {said:?}");
}

async fn a_series_for_many_is_approved_once(base: Base) {
    let mut town = town(base, Some("2026-11-30T12:00:00+02:00")).await;
    // More than the five that one person may write to.
    town.move_in("telegram", 100..106, "bg", Wish::EVERYTHING)
        .await;
    let schedule = add(&town, "publisher", ("waste", cron(TUESDAYS)), waste()).await;
    assert_eq!(look_at(&town, "2026-12-01T07:30:00+02:00").await, 1);
    let waits = known(&town, "waste").await;
    assert_eq!(waits.outcome, Some(Outcome::Waits));
    assert_eq!(alerts(&town).await, 0);
    town.start().await;
    let hand = town.hand("discord", 902);
    hand.reads("Чака Ви за одобрение").await;
    hand.taps("Одобрявам").await;
    town.reads("telegram", RESIDENT, 1).await;
    town.hand("telegram", 901).reads("approver одобри").await;

    let number = schedule.id.to_string();
    for (who, name, why) in [
        ("publisher", number.as_str(), "нужна поне „одобряващ“"),
        ("approver", "waste", "glas schedule approve"),
    ] {
        let no = deal(&town, who, (name, Deal::Approve)).await;
        let no = bulgarian(&town, &no.expect_err("refused"));
        assert!(no.contains(why), "{no}");
    }
    let yes = deal(&town, "approver", (&number, Deal::Approve)).await;
    assert_eq!(yes.map(|it| it.approver), Ok(Some("approver".to_owned())));
    town.wait_for("2026-12-08T07:30:00+02:00");
    town.reads("telegram", RESIDENT, 2).await;
    town.quiet().await;
    assert_eq!(known(&town, "waste").await.outcome, Some(Outcome::Sent));
    // What is approved is this very text: another under the same name is not.
    assert!(
        deal(&town, "publisher", ("waste", Deal::Remove))
            .await
            .is_ok()
    );
    let other = add(&town, "publisher", ("waste", cron(TUESDAYS)), waste()).await;
    assert_eq!(other.approver, None);
    town.end().await;
}

async fn what_is_grave_waits_for_a_second_person_every_time(base: Base) {
    let mut town = town(base, Some("2026-11-30T12:00:00+02:00")).await;
    let grave = what(
        Template::Evacuation,
        &["place=Люлин", "line=бул. Царица Йоанна 15"],
    );
    let schedule = add(&town, "publisher", ("grave", cron(TUESDAYS)), grave).await;
    let number = schedule.id.to_string();
    // Approved ahead or not.
    assert!(
        deal(&town, "approver", (&number, Deal::Approve))
            .await
            .is_ok()
    );
    assert_eq!(look_at(&town, "2026-12-01T07:30:00+02:00").await, 1);
    assert_eq!(known(&town, "grave").await.outcome, Some(Outcome::Waits));
    // A severity that the facts ask for is no way around it.
    let mut facts = WASTE.to_vec();
    facts.push("severity=Extreme");
    let sly = what(Template::Free, &facts);
    let schedule = add(&town, "publisher", ("sly", cron(TUESDAYS)), sly).await;
    let number = schedule.id.to_string();
    assert!(
        deal(&town, "approver", (&number, Deal::Approve))
            .await
            .is_ok()
    );
    assert_eq!(look_at(&town, "2026-12-01T07:30:01+02:00").await, 1);
    assert_eq!(known(&town, "sly").await.outcome, Some(Outcome::Waits));
    assert_eq!(alerts(&town).await, 0);
    town.start().await;
    town.hand("discord", 902)
        .reads("Чака Ви за одобрение")
        .await;
    town.quiet().await;
    assert!(town.inbox("telegram", RESIDENT).is_empty());
    town.end().await;
}

async fn a_moderators_reminder_waits_for_a_second_person(base: Base) {
    let mut town = town(base, Some("2026-11-30T12:00:00+02:00")).await;
    let schedule = add(&town, "moderator", ("waste", cron(TUESDAYS)), waste()).await;
    assert_eq!(look_at(&town, "2026-12-01T07:30:00+02:00").await, 1);
    assert_eq!(known(&town, "waste").await.outcome, Some(Outcome::Waits));
    let number = schedule.id.to_string();
    assert!(
        deal(&town, "approver", (&number, Deal::Approve))
            .await
            .is_ok()
    );
    assert_eq!(look_at(&town, "2026-12-08T07:30:00+02:00").await, 1);
    assert_eq!(known(&town, "waste").await.outcome, Some(Outcome::Sent));
    town.start().await;
    town.reads("telegram", RESIDENT, 1).await;
    // Whoever is no operator any more sends nothing alone.
    let gone = add(&town, "publisher", ("gone", cron("0 8 * * 3")), waste()).await;
    town.change(&format!(
        "update schedule set author = 'somebody' where id = {}",
        gone.id
    ))
    .await;
    assert_eq!(look_at(&town, "2026-12-02T08:00:00+02:00").await, 1);
    assert_eq!(known(&town, "gone").await.outcome, Some(Outcome::Waits));
    town.end().await;
}

async fn what_cannot_be_a_schedule_is_refused(base: Base) {
    let town = town(base, Some("2026-11-30T12:00:00+02:00")).await;
    let no = async |by: &str, (name, when): (&str, &str), template, facts: &[&str]| {
        let added = try_add(&town, by, (name, cron(when)), what(template, facts)).await;
        bulgarian(&town, &added.expect_err("refused"))
    };
    let viewer = no("volunteer", ("waste", TUESDAYS), Template::Free, &WASTE).await;
    assert!(viewer.contains("Вашата роля е „наблюдател“"), "{viewer}");
    let name = no("publisher", ("12", TUESDAYS), Template::Free, &WASTE).await;
    assert!(name.contains("с поне една буква"), "{name}");
    let often = no(
        "publisher",
        ("waste", "*/10 8 * * *"),
        Template::Free,
        &WASTE,
    )
    .await;
    assert!(often.contains("най-много веднъж на час"), "{often}");
    let missing = no(
        "publisher",
        ("waste", TUESDAYS),
        Template::Free,
        &WASTE[..2],
    )
    .await;
    assert!(missing.contains("Фактите не са пълни"), "{missing}");
    let mut dated = vec!["line=бул. Сливница", "until=10.12. 18:00"];
    dated.extend(WASTE);
    let dated = no("publisher", ("road", "0 8 * * *"), Template::Road, &dated).await;
    assert!(dated.contains("не се пише дата"), "{dated}");
    let over = no(
        "publisher",
        ("over", TUESDAYS),
        Template::AllClear,
        &["place=Люлин"],
    )
    .await;
    assert!(over.contains("Фактите не са пълни"), "{over}");
    assert_eq!(town.count("select count(*) from schedule").await, 0);
    assert_eq!(town.count("select count(*) from draft").await, 0);
    town.end().await;
}

async fn an_operator_makes_shows_and_stops_schedules(base: Base) {
    let town = town(base, None).await;
    let new = ["add", "waste", "--cron", TUESDAYS, "free"];
    let new: Vec<&str> = new
        .into_iter()
        .chain(WASTE)
        .chain(["--as", "publisher"])
        .collect();
    assert!(good(&town, "bg", &[]).contains("Няма разписания."));
    let said = good(&town, "bg", &new);
    for part in [
        "Разписанието „waste“ е записано",
        "всеки вторник в 7:30 ч.",
        "За първи път: вторник, ",
        "Ще се изпраща автоматично.",
    ] {
        assert!(said.contains(part), "no „{part}“ in {said}");
    }
    let listed = good(&town, "bg", &[]);
    assert_eq!(listed.matches("• вторник, ").count(), 10, "{listed}");
    assert!(listed.contains("Още не му е идвало времето."), "{listed}");
    let listed = good(&town, "en", &[]);
    assert!(listed.contains("waste – every Tuesday at 7:30"), "{listed}");
    assert_eq!(listed.matches("• Tuesday, ").count(), 10, "{listed}");
    let listed = good(&town, "en", &["--json"]);
    let listed: serde_json::Value = serde_json::from_str(&listed).expect("JSON");
    assert_eq!(listed[0]["next"].as_array().map(Vec::len), Some(10));
    assert_eq!(listed[0]["words"]["bg"], "всеки вторник в 7:30 ч.");
    assert_eq!(listed[0]["attention"], false);
    let shown = good(&town, "bg", &["show", "waste"]);
    for part in [
        "── telegram, bg",
        "Recycling is collected today",
        "publisher направи разписанието.",
    ] {
        assert!(shown.contains(part), "no „{part}“ in {shown}");
    }
    assert_eq!(town.count("select count(*) from draft").await, 0);

    let by = |deal: &'static str, who: &'static str| [deal, "waste", "--as", who];
    refused(&town, &by("pause", "volunteer"), "Вашата роля");
    refused(&town, &by("resume", "publisher"), "То не е спряно.");
    good(&town, "bg", &by("pause", "moderator"));
    assert!(good(&town, "bg", &[]).contains("Спряно е временно."));
    refused(&town, &by("resume", "moderator"), "Вашата роля");
    good(&town, "bg", &by("resume", "publisher"));
    refused(&town, &by("skip", "publisher"), "Няма закъсняло");
    good(&town, "bg", &by("remove", "publisher"));
    refused(&town, &by("remove", "publisher"), "Няма такова разписание.");
    refused(&town, &["add", "x", "free"], "--cron");
    let bad = ["add", "x", "--cron", "61 7 * * *", "free"];
    refused(&town, &bad, "В полето за минути („61“) се пише число");
    refused(
        &town,
        &["add", "x", "--at", "утре", "free"],
        "2026-12-01 10:00",
    );
    let zone = ["add", "x", "--cron", TUESDAYS, "--zone", "EET2", "free"];
    refused(&town, &zone, "Europe/Sofia");
    let record = town.count("select count(*) from audit").await;
    assert_eq!(record, 4, "add, pause, resume, remove");
    town.end().await;
}
