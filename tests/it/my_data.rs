//! One's own data: shown, erased everywhere at once, and brought back by nobody else.

mod under_way;

use glas::app;
use glas::base::clock::Clock;
use glas::features::privacy::store as privacy;
use glas::people::Wish;
use glas::people::crowd::{Citizen, Crowd, Name};
use glas::people::import::{self, LeftOut};
use glas::sandbox::ledger::Seen;
use glas::sandbox::telegram::{Often, Trouble};
use glas::store::On;

use crate::town::{Base, Cap, LYULIN, PATIENCE, Plan, Town, line, on_both, until};

on_both!(
    what_is_kept_is_shown_and_erased_on_telegram,
    what_is_kept_is_shown_and_erased_on_discord,
    who_comes_back_before_the_last_letter_has_left_is_somebody_new,
);

/// Numbers that stand nowhere else.
const RESIDENT: u64 = 730_042_001;
const HANDLE: &str = "730042001";

fn plan() -> Plan {
    Plan {
        channels: &["telegram", "discord"],
        ..Plan::default()
    }
}

/// Waits for a message whose text holds `text`; the whole text.
async fn reads(town: &Town, to: &str, text: &str) -> String {
    let fits = |seen: &&Seen| seen.to == to && seen.text.contains(text);
    let came = town
        .ledger
        .wait_for(PATIENCE, |all| all.iter().any(|seen| fits(&seen)))
        .await;
    assert!(
        came.is_some(),
        "{to} never read {text:?}: {:#?}",
        town.ledger.seen_since(0)
    );
    let all = town.ledger.seen_since(0);
    all.iter().rfind(fits).expect("just now").text.clone()
}

/// Waits for a button and presses the newest of that name.
async fn press(town: &Town, to: &str, label: &str) {
    let has =
        |seen: &Seen| seen.to == to && seen.buttons.iter().any(|(name, _)| name.contains(label));
    let came = town
        .ledger
        .wait_for(PATIENCE, |all| all.iter().any(has))
        .await;
    assert!(
        came.is_some(),
        "{to} never saw {label:?}: {:#?}",
        town.ledger.seen_since(0)
    );
    let seen = town
        .ledger
        .seen_since(0)
        .into_iter()
        .rfind(has)
        .expect("just now");
    let (_, token) = seen
        .buttons
        .iter()
        .find(|(name, _)| name.contains(label))
        .expect("a button");
    let message = seen.id.rsplit(':').next().expect("an id");
    if let Some(person) = to.strip_prefix("user:") {
        let person = person.parse().expect("a number");
        let dm = town.discord.dm(person).expect("a conversation");
        let message = message.parse().expect("a number");
        town.discord
            .press(person, dm, message, token)
            .expect("pressed");
    } else {
        let (chat, message) = (
            to.parse().expect("a number"),
            message.parse().expect("a number"),
        );
        town.telegram.press(chat, message, token).expect("pressed");
    }
}

fn telegram_says(town: &Town, text: &str) {
    let chat = i64::try_from(RESIDENT).expect("small");
    town.telegram.say(chat, chat, text).expect("said");
}

/// Says so and answers the one question, in writing.
async fn joins(town: &Town, start: &str) {
    let since = town.ledger.seen_since(0).len();
    telegram_says(town, start);
    names_her_district(town, since).await;
}

/// Answers the question that was asked after the first `since` things that happened.
async fn names_her_district(town: &Town, since: usize) {
    let asked =
        |seen: &Seen| seen.number >= since && seen.text.contains("За кои места да Ви пиша?");
    let came = town
        .ledger
        .wait_for(PATIENCE, |all| all.iter().any(asked))
        .await;
    let since = came.expect("she is asked").len();
    telegram_says(town, "Люлин");
    let chosen = |seen: &Seen| seen.number >= since && seen.text.contains("Избрано: Люлин");
    let came = town
        .ledger
        .wait_for(PATIENCE, |all| all.iter().any(chosen))
        .await;
    assert!(came.is_some(), "{:#?}", town.ledger.seen_since(since));
    press(town, HANDLE, "Готово").await;
    until("she is subscribed", async || {
        citizen(town, "telegram", HANDLE)
            .await
            .is_some_and(|it| it.on)
    })
    .await;
}

/// Waits for a list with this entry and chooses it, the newest.
async fn choose(town: &Town, person: u64, label: &str) {
    let find = |seen: &Seen| {
        let lists = seen
            .lists
            .iter()
            .filter(|_| seen.to == format!("user:{person}"));
        let mut found =
            lists.flat_map(|list| list.options.iter().map(|it| (list.token.clone(), it)));
        found
            .find(|(_, it)| it.label.contains(label))
            .map(|(token, it)| (token, it.value.clone()))
    };
    let has = |all: &[Seen]| all.iter().any(|seen| find(seen).is_some());
    let came = town.ledger.wait_for(PATIENCE, has).await;
    assert!(
        came.is_some(),
        "never saw {label:?}: {:#?}",
        town.ledger.seen_since(0)
    );
    let all = town.ledger.seen_since(0);
    let seen = all
        .iter()
        .rfind(|seen| find(seen).is_some())
        .expect("just now");
    let (token, value) = find(seen).expect("just now");
    let message = seen.id.rsplit(':').next().and_then(|id| id.parse().ok());
    let dm = town.discord.dm(person).expect("a conversation");
    let chosen = town
        .discord
        .choose(person, dm, message.expect("a number"), &token, &[&value]);
    chosen.expect("chosen");
}

/// Every text column of every table.
async fn text_columns(town: &Town) -> Vec<(String, String)> {
    let mut tx = town.db.read().await.expect("the database");
    let sqlite = "select m.name, p.name from sqlite_master m join pragma_table_info(m.name) p
        where m.type = 'table' and lower(p.type) = 'text'";
    let postgres = "select table_name::text, column_name::text from information_schema.columns
        where table_schema = 'public' and data_type = 'text'";
    let columns: Result<Vec<(String, String)>, _> = match &mut tx {
        On::Sqlite(tx) => sqlx::query_as(sqlite).fetch_all(&mut **tx).await,
        On::Postgres(tx) => sqlx::query_as(postgres).fetch_all(&mut **tx).await,
    };
    let columns = columns.expect("the columns");
    assert!(columns.len() > 30, "{columns:?}");
    columns
}

/// Where in the database a text still stands.
async fn traces(town: &Town, text: &str) -> Vec<String> {
    let mut found = vec![];
    for (table, column) in text_columns(town).await {
        let sql = format!("select count(*) from {table} where {column} like '%{text}%'");
        if town.count(&sql).await > 0 {
            found.push(format!("{table}.{column}"));
        }
    }
    found
}

/// Erases who has got their last letter, as every minute does, until nothing of them is left.
async fn erased(town: &Town, text: &str) {
    until("nothing is left", async || {
        let mut tx = town.db.begin().await.expect("the database");
        privacy::erase(&mut tx, Clock::system().now())
            .await
            .expect("erased");
        tx.commit().await.expect("the database");
        traces(town, text).await.is_empty()
    })
    .await;
}

/// Somebody as the database knows them.
async fn citizen(town: &Town, channel: &str, handle: &str) -> Option<Citizen> {
    let mut tx = town.db.read().await.expect("the database");
    let mut crowd = Crowd::default();
    let name = Name {
        channel,
        handle,
        languages: "bg",
        group: false,
    };
    crowd.read(&mut tx, &[name]).await.expect("the database");
    crowd.find(channel, handle).cloned()
}

/// What a list brings of one address.
async fn listed(town: &Town, channel: &'static str, handle: &str) -> Vec<LeftOut> {
    let keys = app::keyring(&town.db).await.expect("keys");
    let lines = [line(channel, handle.to_owned(), "bg", Wish::EVERYTHING)];
    let written = import::write(&town.db, &keys, &lines, Clock::system().now()).await;
    written
        .expect("the list")
        .into_iter()
        .map(|(_, why)| why)
        .collect()
}

async fn what_is_kept_is_shown_and_erased_on_telegram(base: Base) {
    let mut town = Town::build(base, plan()).await;
    town.settle_in("telegram", RESIDENT, "bg");
    town.move_in("telegram", 8..9, "bg", Wish::EVERYTHING).await;
    town.start().await;
    joins(&town, "/start").await;
    let letter = town.alert(&Cap::new("storm")).await;
    town.delivered(letter).await;

    telegram_says(&town, "/mydata");
    let shown = reads(&town, HANDLE, "Какво пазим за Вас").await;
    for part in [
        "telegram",
        HANDLE,
        "Люлин",
        "пристигат",
        "Съгласие, дадено на",
        "(/start)",
        "изпратени съобщения; последните са:",
    ] {
        assert!(shown.contains(part), "{part:?} is not in: {shown}");
    }
    let before = town.progress(letter).await;

    telegram_says(&town, "забравете ме");
    let asked = reads(&town, HANDLE, "Да изтрия ли всичко за Вас?").await;
    assert!(
        asked.contains("чакащите съобщения няма да пристигнат"),
        "{asked}"
    );
    press(&town, HANDLE, "Да, изтрийте всичко").await;
    let last = reads(&town, HANDLE, "Изтрих всичко за Вас").await;
    assert!(last.contains("отпечатък на адреса Ви"), "{last}");
    assert!(last.contains("Това е последното съобщение"), "{last}");
    erased(&town, HANDLE).await;
    assert_eq!(
        town.progress(letter).await["telegram"].states,
        before["telegram"].states
    );

    // Nothing more arrives, a list does not bring her back, and she herself does.
    let got = town.inbox("telegram", HANDLE).len();
    assert_eq!(
        listed(&town, "telegram", HANDLE).await,
        [LeftOut::Forgotten]
    );
    let letter = town.alert(&Cap::new("flood")).await;
    assert_eq!(town.delivered(letter).await["telegram"].planned, 1);
    assert_eq!(town.inbox("telegram", HANDLE).len(), got);
    // In other words: the same within a moment would count once.
    joins(&town, "Старт!").await;
    assert_eq!(town.count("select count(*) from suppression").await, 0);
    assert_eq!(listed(&town, "telegram", HANDLE).await, []);
    town.end().await;
}

async fn what_is_kept_is_shown_and_erased_on_discord(base: Base) {
    const NAME: &str = "user:730042001";
    let mut town = Town::build(base, plan()).await;
    let wish = town.wish_for(LYULIN);
    town.move_in("discord", RESIDENT..RESIDENT + 1, "en", wish)
        .await;
    town.start().await;
    let letter = town.alert(&Cap::new("storm")).await;
    town.delivered(letter).await;
    let dm = town.discord.dm(RESIDENT).expect("a conversation");
    town.discord.say(RESIDENT, dm, "my data").expect("said");
    let shown = reads(&town, NAME, "What we keep about you").await;
    for part in [
        "discord",
        NAME,
        "Lyulin",
        "arrive",
        "Consent given on",
        "(test)",
        "1 sent message is kept:",
    ] {
        assert!(shown.contains(part), "{part:?} is not in: {shown}");
    }
    town.discord
        .command(RESIDENT, dm, "forget", &[])
        .expect("a command");
    let asked = reads(&town, NAME, "Shall I erase everything about you?").await;
    assert!(asked.contains("This cannot be undone"), "{asked}");
    choose(&town, RESIDENT, "No, keep it").await;
    until("the form is closed", async || {
        let citizen = citizen(&town, "discord", NAME).await.expect("known");
        citizen.on && citizen.form.is_some_and(|form| form.is_closed())
    })
    .await;
    town.discord.say(RESIDENT, dm, "forget me").expect("said");
    let twice = |all: &[Seen]| {
        all.iter()
            .filter(|seen| seen.text.contains("Shall I erase"))
            .count()
            == 2
    };
    assert!(town.ledger.wait_for(PATIENCE, twice).await.is_some());
    choose(&town, RESIDENT, "Yes, erase everything").await;
    let last = reads(&town, NAME, "I have erased everything about you").await;
    assert!(last.contains("This is the last message."), "{last}");
    erased(&town, HANDLE).await;
    assert_eq!(listed(&town, "discord", NAME).await, [LeftOut::Forgotten]);
    town.end().await;
}

async fn who_comes_back_before_the_last_letter_has_left_is_somebody_new(base: Base) {
    let mut town = Town::build(base, plan()).await;
    town.move_in("telegram", RESIDENT..RESIDENT + 1, "bg", Wish::EVERYTHING)
        .await;
    town.start().await;
    let letter = town.alert(&Cap::new("storm")).await;
    town.delivered(letter).await;
    let before = citizen(&town, "telegram", HANDLE).await.expect("known");
    telegram_says(&town, "/forget");
    reads(&town, HANDLE, "Да изтрия ли всичко за Вас?").await;
    town.telegram
        .fail(Trouble::Status(502), &["sendMessage"], Often::Always);
    press(&town, HANDLE, "Да, изтрийте всичко").await;
    let forgotten = async || {
        let citizen = citizen(&town, "telegram", HANDLE).await;
        citizen.is_some_and(|it| it.reason.as_deref() == Some("forgotten"))
    };
    until("she is forgotten", forgotten).await;
    // The last letter waits, so her address does; what was sent there does not.
    let of = |table: &str| format!("select count(*) from {table}");
    assert_eq!(town.count(&of("subscription")).await, 0);
    assert_eq!(town.count(&of("delivery")).await, 1);
    let mut tx = town.db.begin().await.expect("the database");
    let count = privacy::erase(&mut tx, Clock::system().now())
        .await
        .expect("erased");
    assert_eq!(count, 0, "a letter is on its way there");
    drop(tx);

    telegram_says(&town, "/start");
    let back = async || !forgotten().await;
    until("she is back", back).await;
    let mut tx = town.db.begin().await.expect("the database");
    privacy::erase(&mut tx, Clock::system().now())
        .await
        .expect("erased");
    tx.commit().await.expect("the database");
    let now = citizen(&town, "telegram", HANDLE).await.expect("known");
    assert!(!now.on && now.wishes.is_empty() && now.form.is_some());
    assert!(now.generation > before.generation, "old links are dead");
    assert_eq!(
        listed(&town, "telegram", HANDLE).await,
        [LeftOut::Forgotten]
    );
    let since = town.ledger.seen_since(0).len();
    town.telegram.clear_troubles();
    reads(&town, HANDLE, "Изтрих всичко за Вас").await;
    names_her_district(&town, since).await;
    let letter = town.alert(&Cap::new("flood")).await;
    assert_eq!(town.delivered(letter).await["telegram"].count("sent"), 1);
    town.end().await;
}
