//! While an alert goes out its author and whoever approved it read how far it is; then its report.

use std::collections::BTreeSet;

use glas::features::alert::report::{self, Report};
use glas::message::Lang;
use glas::message::layout::lay_out;
use glas::people::Wish;
use glas::sandbox::ledger::{Seen, What};
use serde_json::Value;

use super::{CHANNELS, OPERATORS, approver, good, submitted};
use crate::town::{Base, Cap, Plan, Town, handle, on_both, until};

on_both!(
    operators_watch_it_go_out_and_read_the_report,
    a_killed_bot_goes_on_with_the_same_message,
    a_report_says_what_stands_and_what_to_do,
);

/// Residents on Telegram; five of them have deleted their accounts.
const RESIDENTS: u64 = 90;
const GONE: u64 = 5;

/// A town where an alert takes some seconds.
async fn slow_town(base: Base) -> Town {
    let plan = Plan {
        channels: CHANNELS,
        more: OPERATORS,
        telegram_rate: 15,
        lease_seconds: 1,
        ..Plan::default()
    };
    let town = Town::build(base, plan).await;
    town.move_in("telegram", 1..RESIDENTS + 1, "bg", Wish::EVERYTHING)
        .await;
    for number in 1..=GONE {
        let number = i64::try_from(number).expect("small");
        town.telegram.delete_account(number).expect("an account");
    }
    town.move_in("discord", 1..4, "en", Wish::EVERYTHING).await;
    town.settle_in("telegram", 901, "bg");
    town.settle_in("telegram", 903, "bg");
    town.settle_in("discord", 902, "en");
    town
}

/// What somebody was told of how far it is, in order.
fn told(town: &Town, channel: &str, number: u64) -> Vec<Seen> {
    let to = handle(channel, number);
    let all = town.ledger.seen_since(0).into_iter();
    let titles = ["Разпраща се: ", "Отчет за ", "Going out: ", "Report on "];
    all.filter(|seen| seen.channel == channel && seen.to == to && seen.what != What::Notice)
        .map(crate::town::hands::as_read)
        .filter(|seen| titles.iter().any(|title| seen.text.starts_with(title)))
        .collect()
}

/// Waits until nobody is told anything more.
async fn over(town: &Town) {
    until("everybody has the report", async || {
        town.count("select count(*) from follow").await == 0
    })
    .await;
    town.quiet().await;
}

/// How many residents of a channel have got the storm.
fn reached(town: &Town, channel: &str) -> usize {
    let all = town.ledger.seen_since(0).into_iter();
    let theirs = all.filter(|seen| {
        let storm = ["Сериозна опасност", "Serious danger"];
        seen.channel == channel && storm.iter().any(|title| seen.text.contains(title))
    });
    let operators = ["901", "903", "user:902"];
    let people: BTreeSet<String> = theirs
        .map(|seen| seen.to)
        .filter(|to| !operators.contains(&to.as_str()))
        .collect();
    people.len()
}

async fn operators_watch_it_go_out_and_read_the_report(base: Base) {
    let mut town = slow_town(base).await;
    town.start().await;
    let id = submitted(&town, &Cap::new("storm"), "publisher");
    let hand = approver(&town);
    hand.reads("Чака Ви за одобрение").await;
    town.change("update address set languages = 'en' where handle = 'user:902'")
        .await;
    good(&town, &["alert", "approve", &id, "--as", "approver"]);
    over(&town).await;
    let author = told(&town, "telegram", 901);
    let decider = told(&town, "discord", 902);
    for (told, going, report) in [
        (
            &author,
            "Разпраща се: Силна гръмотевична буря",
            "Отчет за „Силна гръмотевична буря“",
        ),
        (
            &decider,
            "Going out: Severe thunderstorm",
            "Report on “Severe thunderstorm”",
        ),
    ] {
        assert!((3..=6).contains(&told.len()), "few: {told:#?}");
        assert_eq!(told[0].what, What::Sent);
        assert!(told[0].text.starts_with(going), "{}", told[0].text);
        for later in &told[1..] {
            assert_eq!((later.what, &later.id), (What::Edited, &told[0].id));
        }
        let last = told.last().expect("the report");
        assert!(last.text.starts_with(report), "{}", last.text);
    }
    let asked = town.ledger.requests().into_iter();
    let first = asked
        .filter(|it| it.what == "sendMessage" && it.body["chat_id"].to_string().contains("901"))
        .find(|it| it.body["text"].to_string().contains("Разпраща се: "));
    let silent = first.map(|it| it.body["disable_notification"].to_string());
    assert!(
        silent.is_some_and(|it| it.contains("true")),
        "it does not ring"
    );
    let third = &author[1].text;
    assert!(third.contains("още около"), "{third}");

    // The numbers are those of the world.
    let (telegram, discord) = (reached(&town, "telegram"), reached(&town, "discord"));
    assert_eq!((telegram, discord), (85, 3));
    let report = &author.last().expect("the report").text;
    for part in [
        "Получено е на 88 от 93 адреса. Половината го получиха за ",
        "telegram: получено на 85 от 90; 5 са ни блокирали или вече ги няма",
        "discord: получено на 3 от 3",
        "5 адреса са ни блокирали или вече не съществуват.",
    ] {
        assert!(report.contains(part), "no „{part}“ in {report}");
    }
    let report = &decider.last().expect("the report").text;
    for part in [
        "Reached 88 of 93 addresses. Half of them had it within ",
        "telegram: reached 85 of 90; 5 have blocked us or are no more",
    ] {
        assert!(report.contains(part), "no “{part}” in {report}");
    }
    let labels: Vec<String> = (author.last().into_iter())
        .flat_map(crate::town::hands::labels)
        .collect();
    assert_eq!(
        labels,
        [
            "Отчет",
            "Съобщете промяна",
            "Обявете, че отмина",
            "Беше погрешно",
            "English"
        ]
    );

    // Whoever asks later reads the same.
    let again = town.hand("telegram", 901).taps("Отчет").await;
    assert!(
        again.text.contains("Получено е на 88 от 93 адреса."),
        "{}",
        again.text
    );
    let alert = town.count("select max(id) from alert").await.to_string();
    let status = good(&town, &["alert", "status", &alert, "--json"]);
    let status: Value = serde_json::from_str(&status).expect("JSON");
    let report = &status["report"];
    assert_eq!(report["finished"], true, "{report:#}");
    assert_eq!(report["total"]["reached"], 88);
    assert_eq!(report["channels"][1]["blocked"], 5);
    assert_eq!(report["channels"][1]["to_go"], 0);
    let seconds = |share: &str| {
        report["total"]["seconds_to"][share]
            .as_f64()
            .expect("a time")
    };
    assert!(seconds("50") < seconds("95") && seconds("95") <= seconds("100"));
    assert!((3.0..30.0).contains(&seconds("100")), "{report:#}");
    town.end().await;
}

async fn a_killed_bot_goes_on_with_the_same_message(base: Base) {
    let town = slow_town(base).await;
    let bot = town.spawn();
    let id = submitted(&town, &Cap::new("storm"), "publisher");
    good(&town, &["alert", "approve", &id, "--as", "approver"]);
    let begun = |all: &[Seen]| {
        all.iter()
            .any(|it| it.to == "901" && it.text.starts_with("Разпраща се: "))
    };
    let arrived = town.ledger.wait_for(crate::town::PATIENCE, begun).await;
    assert!(arrived.is_some(), "nobody is told");
    until("both receipts are kept", async || {
        let kept = "select count(*) from follow f join delivery d on d.letter = f.told where d.receipts is not null";
        town.count(kept).await == 2
    })
    .await;
    bot.kill().await;
    let bot = town.spawn();
    over(&town).await;
    bot.kill().await;
    let author = told(&town, "telegram", 901);
    let last = author.last().expect("the report");
    assert!(last.text.contains("Получено е на 8"), "{}", last.text);
    assert!(last.text.starts_with("Отчет за „"), "{}", last.text);
    let ids: BTreeSet<&String> = author.iter().map(|it| &it.id).collect();
    assert_eq!(ids.len(), 1, "one message from the beginning to the end");
    town.end().await;
}

/// The report on an alert as an operator reads it.
async fn report_on(town: &Town, letter: i64, lang: &str) -> String {
    let lang: Lang = lang.parse().expect("a language");
    let mut tx = town.db.read().await.expect("the database");
    let which = format!("select id from alert where letter = {letter}");
    let alert = town.count(&which).await.to_string();
    let report = Report::of_alert(&mut tx, &alert, town.clock.now()).await;
    let report = report.expect("the database").expect("an alert");
    let letter = report::letter(&report);
    let letter = town
        .loaded
        .catalogue
        .localise(&letter, lang)
        .expect("words");
    let limits = glas::channels::limits("telegram").expect("a channel");
    let parts = lay_out(&letter, &limits).into_iter();
    parts.map(|part| part.plain_text()).collect()
}

async fn a_report_says_what_stands_and_what_to_do(base: Base) {
    let mut town = Town::build(base, Plan::default()).await;
    town.move_in("telegram", 1..3, "bg", Wish::EVERYTHING).await;
    town.move_in("discord", 1..2, "bg", Wish::EVERYTHING).await;
    let letter = town.alert(&Cap::new("storm")).await;
    let year_3000 = 32_503_680_000_000_i64;
    town.change(&format!(
        "insert into lease (name, owner, until, note) values ('lane/discord', 7, {year_3000}, '401: the token is refused.')"
    ))
    .await;
    let bulgarian = report_on(&town, letter, "bg").await;
    let english = report_on(&town, letter, "en").await;
    insta::allow_duplicates! {
        insta::assert_snapshot!(bulgarian, @r"
        Разпраща се: Силна гръмотевична буря

        Получено е на 0 от 3 адреса.

        Остават 3 адреса. Още не може да се каже колко време ще отнеме.

        • discord не разпраща: 401: the token is refused. Отстранете причината; останалите съобщения тръгват сами веднага след това.
        • По telegram в момента никой не разпраща. Проверете дали „glas run“ работи и дали каналът е включен; съобщенията чакат.

        discord: получено на 0 от 1; остава 1
        telegram: получено на 0 от 2; остават 2
        [Отчет] [Съобщете промяна]
        [Обявете, че отмина] [Беше погрешно]
        ");
        insta::assert_snapshot!(english, @r"
        Going out: Severe thunderstorm

        Reached 0 of 3 addresses.

        3 addresses to go. It cannot be said yet how long that will take.

        • discord is not sending: 401: the token is refused. Mend that; what is left goes by itself right afterwards.
        • Nobody is delivering on telegram just now. Check that “glas run” is running and that the channel is on; the messages wait.

        discord: reached 0 of 1; 1 to go
        telegram: reached 0 of 2; 2 to go
        [Report] [Update]
        [Say that it is over] [It was wrong]
        ");
    }
    town.change("delete from lease").await;
    town.start().await;
    town.delivered(letter).await;
    town.quiet().await;
    let after = report_on(&town, letter, "bg").await;
    assert!(after.contains("Получено е на 3 от 3 адреса."), "{after}");
    town.end().await;
}
