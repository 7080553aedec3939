//! From a source to the citizens: what goes straight out, what waits for a person, what nobody hears.

use std::time::Duration;

use glas::config::Config;
use glas::features::feed::draft::{self, FeedDraft};
use glas::features::feed::round::standing;
use glas::features::feed::store::{self, State};
use glas::message::Words;
use glas::people::Wish;

use super::source::{Says, Source, index, news};
use crate::town::{Base, Cap, Plan, Town, handle, on_both, until};

on_both!(
    a_source_is_heard_once_and_asked_politely,
    what_is_grave_waits_for_a_person_and_goes_when_it_is_taken_back,
    what_a_feed_leaves_for_a_person_calls_one,
    an_update_and_a_cancel_reach_those_who_were_told,
    nobody_takes_back_what_another_source_has_said,
    plain_words_go_where_they_name_a_place,
    a_source_that_asks_for_a_pause_gets_it_across_a_restart,
    silence_is_reported_and_ends,
);

const LYULIN: &str = "68134-19";
pub const BANKYA: &str = "68134-24";
const STORM: &str = "Малка опасност: Силна гръмотевична буря";

/// A town with these feeds, where a Bulgarian reader of everything lives, and their source; `{}`
/// stands for the source's address.
pub async fn town(base: Base, feeds: &str) -> (Town, Source) {
    let plan = Plan {
        channels: &["telegram"],
        at: Some("2026-06-17T15:00:00+03:00"),
        ..Plan::default()
    };
    let town = Town::build(base, plan).await;
    let source = Source::start().await;
    let mut text = std::fs::read_to_string(town.config()).expect("bot.toml");
    text += "[fetch]\nallow = [\"127.0.0.1/32\"]\nseconds = 5\n";
    text += &feeds.replace("{}", &source.at(""));
    std::fs::write(town.config(), text).expect("bot.toml");
    town.move_in("telegram", 1..2, "bg", Wish::EVERYTHING).await;
    (town, source)
}

pub const ALERTS: &str =
    "[[feed]]\nname = \"meteo\"\nurl = \"{}/feed\"\nevery = 60\nkind = \"cap\"\nsend = \"minor\"\n";
const NEWS: &str = "[[feed]]\nname = \"water\"\nsource = \"Водоснабдяване\"\nurl = \"{}/feed\"\nevery = 60\n\
    kind = \"rss\"\nlanguage = \"bg\"\ntopic = \"water\"\nsend = \"minor\"\n";

/// An alert as of now.
pub fn cap(town: &Town, identifier: &str) -> Cap {
    Cap::new(identifier).at(town.clock.now()).severity("Minor")
}

impl Source {
    /// Says something new at `/feed`; waits until it is heard.
    pub async fn tells(&self, town: &Town, text: String) {
        let before = self.asked("/feed").len();
        self.page("/feed", text);
        town.clock.advance(Duration::from_secs(61));
        self.is_asked("/feed", before + 1).await;
    }
}

pub async fn state(town: &Town, feed: &str) -> Option<State> {
    let mut tx = town.db.read().await.expect("the database");
    store::state(&mut tx, feed).await.expect("the database")
}

async fn drafts(town: &Town) -> Vec<FeedDraft> {
    let mut tx = town.db.read().await.expect("the database");
    draft::list(&mut tx).await.expect("the database")
}

/// Waits until a feed has told of an entry what became of it.
pub async fn entry_is(town: &Town, entry: &str, state: &str) {
    let sql =
        format!("select count(*) from feed_entry where entry = '{entry}' and state = '{state}'");
    until(&format!("{entry} is {state}"), async || {
        town.count(&sql).await == 1
    })
    .await;
}

pub async fn hears(town: &Town, count: usize) -> Vec<String> {
    let read = town.reads("telegram", &handle("telegram", 1), count).await;
    assert_eq!(read.len(), count, "{read:#?}");
    read
}

pub fn in_both(town: &Town, words: &Words) -> [String; 2] {
    ["bg", "en"].map(|lang| {
        let lang = lang.parse().expect("a language");
        town.loaded.catalogue.word(words, lang).expect("words")
    })
}

async fn a_source_is_heard_once_and_asked_politely(base: Base) {
    let (mut town, source) = town(base, ALERTS).await;
    source.says("/feed", Says::Page(index(&["one"]), Some("first")));
    source.page("/cap/one", cap(&town, "one").xml());
    town.start().await;
    let read = hears(&town, 1).await;
    assert!(read[0].contains(STORM), "{}", read[0]);
    let seen = town.inbox("telegram", "1").remove(0);
    assert!(seen.raw["photo"].is_array(), "its map: {:#}", seen.raw);
    until("it is written down", async || {
        state(&town, "meteo").await.is_some()
    })
    .await;
    let kept = state(&town, "meteo").await.expect("a state");
    assert_eq!(kept.mark.etag.as_deref(), Some("\"first\""));
    assert_eq!(kept.next.since(kept.tried_at).as_secs(), 60);
    assert_eq!(source.asked("/feed").len(), 1);
    // The source is asked again with what it said of itself, and has nothing new.
    town.clock.advance(Duration::from_secs(61));
    source.is_asked("/feed", 2).await;
    let again = source.asked("/feed");
    assert!(!again[0].head.contains("if-none-match"), "{again:?}");
    assert!(
        again[1].head.contains("if-none-match: \"first\""),
        "{again:?}"
    );
    // What is new is fetched and told; what was known is neither.
    source.page("/cap/two", cap(&town, "two").district(BANKYA).xml());
    source.says("/feed", Says::Page(index(&["one", "two"]), Some("second")));
    town.clock.advance(Duration::from_secs(61));
    hears(&town, 2).await;
    assert_eq!(source.asked("/cap/one").len(), 1);
    assert_eq!(source.asked("/cap/two").len(), 1);
    town.end().await;
}

async fn what_is_grave_waits_for_a_person_and_goes_when_it_is_taken_back(base: Base) {
    let (mut town, source) = town(base, ALERTS).await;
    let storm = cap(&town, "storm").severity("Severe");
    source.page("/feed", storm.xml());
    town.start().await;
    entry_is(&town, "storm", "draft").await;
    let waiting = drafts(&town).await;
    let [draft] = waiting.as_slice() else {
        panic!("{waiting:?}")
    };
    assert_eq!(
        (draft.feed.as_str(), draft.alert.identifier.as_str()),
        ("meteo", "storm")
    );
    assert_eq!(
        in_both(&town, &draft.why),
        [
            "По-сериозно е от онова, което този източник може да разпраща без човек.",
            "It is graver than what may go out from this feed without a person."
        ]
    );
    // A milder update takes its place, and is for nobody but a person either.
    let update = storm.follow_up("storm-2", "Update").at(town.clock.now());
    source.tells(&town, update.severity("Moderate").xml()).await;
    entry_is(&town, "storm-2", "draft").await;
    entry_is(&town, "storm", "replaced").await;
    // It is over: nobody was told, and nobody is.
    let cancel = storm.follow_up("storm-3", "Cancel").at(town.clock.now());
    source.tells(&town, cancel.xml()).await;
    entry_is(&town, "storm-3", "passed").await;
    town.quiet().await;
    assert!(town.inbox("telegram", &handle("telegram", 1)).is_empty());
    // A person takes a draft up once.
    let id = drafts(&town).await[0].id;
    let mut tx = town.db.begin().await.expect("the database");
    assert!(draft::take(&mut tx, id).await.expect("the database"));
    assert!(!draft::take(&mut tx, id).await.expect("the database"));
    tx.commit().await.expect("the database");
    assert!(drafts(&town).await.is_empty());
    town.end().await;
}

async fn what_a_feed_leaves_for_a_person_calls_one(base: Base) {
    let operator = "[[operator]]\nname = \"approver\"\nrole = \"approver\"\ntelegram = 9\n";
    let (mut town, source) = town(base, &format!("{ALERTS}{operator}")).await;
    town.settle_in("telegram", 9, "bg");
    let storm = cap(&town, "storm").severity("Severe");
    source.page("/feed", storm.xml());
    town.start().await;
    let approver = town.hand("telegram", 9);
    town.clock.advance(Duration::from_secs(21));
    let call = approver.reads("Чака Ви за одобрение").await;
    assert!(call.text.contains("Автор: feed:meteo"), "{}", call.text);
    entry_is(&town, "storm", "taken").await;
    approver.taps("Одобрявам").await;
    let read = hears(&town, 1).await;
    assert!(read[0].starts_with("Сериозна опасност"), "{}", read[0]);
    town.end().await;
}

async fn an_update_and_a_cancel_reach_those_who_were_told(base: Base) {
    let (mut town, source) = town(base, ALERTS).await;
    let storm = cap(&town, "storm");
    source.page("/feed", storm.xml());
    town.start().await;
    hears(&town, 1).await;
    let update = storm.follow_up("storm-2", "Update").at(town.clock.now());
    let update = update.severity("Minor");
    source.tells(&town, update.xml()).await;
    let read = hears(&town, 2).await;
    assert!(read[1].contains("Обновено – Малка опасност"), "{}", read[1]);
    let cancel = update.follow_up("storm-3", "Cancel").at(town.clock.now());
    source.tells(&town, cancel.severity("Minor").xml()).await;
    let read = hears(&town, 3).await;
    assert!(read[2].contains("Отменено предупреждение"), "{}", read[2]);
    // An update of what nobody here has heard of is news, in its own district.
    let foreign = cap(&town, "unheard").follow_up("news", "Update");
    let foreign = foreign
        .at(town.clock.now())
        .severity("Minor")
        .district(BANKYA);
    source.tells(&town, foreign.xml()).await;
    let read = hears(&town, 4).await;
    assert!(
        read[3].contains(STORM) && !read[3].contains("Обновено"),
        "{}",
        read[3]
    );
    town.end().await;
}

async fn nobody_takes_back_what_another_source_has_said(base: Base) {
    let feeds = ALERTS.to_owned()
        + &ALERTS
            .replace("meteo", "other")
            .replace("/feed\"", "/other\"");
    let (mut town, source) = town(base, &feeds).await;
    let storm = cap(&town, "storm");
    source.page("/feed", storm.xml());
    source.page("/other", "<rss version='2.0'><channel/></rss>");
    town.start().await;
    hears(&town, 1).await;
    let cancel = storm.follow_up("false", "Cancel").at(town.clock.now());
    source.page("/other", cancel.severity("Minor").xml());
    town.clock.advance(Duration::from_secs(61));
    entry_is(&town, "false", "draft").await;
    let why = in_both(&town, &drafts(&town).await[0].why);
    assert!(
        why[1].starts_with("It changes or cancels something"),
        "{why:?}"
    );
    // The same alert by another way is no second alert.
    source.page("/other", storm.xml());
    town.clock.advance(Duration::from_secs(61));
    until("it is known", async || {
        let sql = "select count(*) from feed_entry where feed = 'other' and entry = 'storm' and state = 'passed'";
        town.count(sql).await == 1
    })
    .await;
    town.quiet().await;
    hears(&town, 1).await;
    town.end().await;
}

async fn plain_words_go_where_they_name_a_place(base: Base) {
    let (mut town, source) = town(base, NEWS).await;
    let lyulin = town.wish_for(LYULIN);
    town.move_in("telegram", 2..3, "en", lyulin).await;
    let now = town.clock.now();
    let there = (
        "1",
        "Спиране на водата в район Люлин",
        "От 16:00 до 18:00 ч.",
    );
    let nowhere = ("2", "Нови цени на водата", "От следващия месец");
    source.page("/feed", news(&[there, nowhere], now));
    town.start().await;
    entry_is(&town, "1", "sent").await;
    entry_is(&town, "2", "draft").await;
    let read = hears(&town, 1).await;
    for words in [
        "Съобщение: Спиране на водата в район Люлин",
        "Водоснабдяване",
        "От 16:00 до 18:00 ч.",
    ] {
        assert!(read[0].contains(words), "no “{words}” in {}", read[0]);
    }
    let english = town.reads("telegram", &handle("telegram", 2), 1).await;
    assert!(
        english[0].contains("Спиране на водата в район Люлин"),
        "{}",
        english[0]
    );
    let why = in_both(&town, &drafts(&town).await[0].why);
    assert!(
        why[1].starts_with("None of its areas maps to a district"),
        "{why:?}"
    );
    // What people were told is not changed behind their backs; the same once more is no news.
    let changed = (
        "1",
        "Спиране на водата в район Люлин",
        "От 16:00 до 20:00 ч.",
    );
    let again = ("3", changed.1, changed.2);
    source.tells(&town, news(&[changed, nowhere], now)).await;
    entry_is(&town, "1", "draft").await;
    let waiting = drafts(&town).await;
    let draft = waiting
        .iter()
        .find(|draft| draft.alert.identifier == "1")
        .expect("a draft");
    assert_eq!(draft.alert.references.len(), 1, "{draft:?}");
    source
        .tells(&town, news(&[changed, nowhere, again], now))
        .await;
    entry_is(&town, "3", "passed").await;
    // What is long over is nobody's business.
    let old = ("4", "Авария в район Люлин", "Отстранена");
    let before = now.minus(Duration::from_hours(72));
    source.tells(&town, news(&[old], before)).await;
    entry_is(&town, "4", "passed").await;
    town.quiet().await;
    hears(&town, 1).await;
    town.end().await;
}

async fn a_source_that_asks_for_a_pause_gets_it_across_a_restart(base: Base) {
    let (mut town, source) = town(base, ALERTS).await;
    source.says("/feed", Says::Status(503, "retry-after: 600\r\n"));
    town.start().await;
    until("the pause is written down", async || {
        state(&town, "meteo").await.is_some()
    })
    .await;
    let kept = state(&town, "meteo").await.expect("a state");
    assert_eq!(
        (kept.failures, kept.next.since(kept.tried_at).as_secs()),
        (1, 600)
    );
    town.stop().await;
    source.page("/feed", cap(&town, "storm").xml());
    town.start().await;
    assert_eq!(source.asked("/feed").len(), 1);
    town.clock.advance(Duration::from_secs(601));
    hears(&town, 1).await;
    assert_eq!(source.asked("/feed").len(), 2);
    town.end().await;
}

async fn silence_is_reported_and_ends(base: Base) {
    let feeds = ALERTS.to_owned() + "silent_after = 2\n";
    let (mut town, source) = town(base, &feeds).await;
    source.page("/feed", index(&[]));
    town.start().await;
    until("it is read", async || state(&town, "meteo").await.is_some()).await;
    let config = Config::load(&town.config()).expect("bot.toml");
    let told = async |town: &Town| {
        let state = state(town, "meteo").await;
        let (fine, words) = standing(&config.feed[0], state.as_ref(), town.clock.now());
        (fine, in_both(town, &words))
    };
    let (fine, words) = told(&town).await;
    assert!(fine, "{words:?}");
    assert!(
        words[0].contains("Atom: няма записи.") && words[1].contains("Atom: no entries."),
        "{words:?}"
    );
    town.clock.advance(Duration::from_hours(3));
    until("its silence is reported", async || {
        state(&town, "meteo")
            .await
            .is_some_and(|state| state.silent.is_some())
    })
    .await;
    let (fine, words) = told(&town).await;
    assert!(!fine, "{words:?}");
    assert!(
        words[0].starts_with("мълчи от 17 юни") && words[1].contains("nothing new since"),
        "{words:?}"
    );
    let reported = state(&town, "meteo").await.expect("a state").silent;
    source.tells(&town, index(&[])).await;
    assert_eq!(
        state(&town, "meteo").await.expect("a state").silent,
        reported
    );
    // It speaks again.
    source.page("/cap/one", cap(&town, "one").xml());
    source.tells(&town, index(&["one"])).await;
    hears(&town, 1).await;
    until("its silence has ended", async || {
        state(&town, "meteo")
            .await
            .is_some_and(|state| state.silent.is_none())
    })
    .await;
    town.end().await;
}
