//! The words of both languages as a reader sees them, and what a broken catalogue is told.

use std::fs;
use std::path::Path;

use glas::base::clock::Millis;
use glas::message::catalogue::Catalogue;
use glas::message::{Arg, Lang, Words, say, say_with};
use insta::assert_snapshot;

fn lang(code: &str) -> Lang {
    code.parse().expect("a language")
}

fn at(rfc3339: &str) -> Arg {
    Arg::Time(Millis::parse_rfc3339(rfc3339).expect("a time"))
}

/// A folder of locales that holds these files beside the common words.
fn locales(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for language in ["bg", "en"] {
        let common = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("locales")
            .join(language);
        fs::create_dir(folder.path().join(language)).expect("made");
        fs::copy(
            common.join("common.ftl"),
            folder.path().join(language).join("common.ftl"),
        )
        .expect("copied");
    }
    for (name, text) in files {
        fs::write(folder.path().join(name), text).expect("written");
    }
    folder
}

fn load(files: &[(&str, &str)]) -> Result<Catalogue, String> {
    let folder = locales(files);
    Catalogue::load(folder.path(), chrono_tz::Europe::Sofia).map_err(|error| {
        error
            .0
            .replace(&format!("{}/", folder.path().display()), "")
    })
}

/// The bg and en wording of a message with `bg` and `en` as its text.
fn worded(bg: &str, en: &str, args: impl Into<Vec<(&'static str, Arg)>>) -> String {
    let files = [
        ("bg/t.ftl", format!("t = {bg}")),
        ("en/t.ftl", format!("t = {en}")),
    ];
    let catalogue =
        load(&files.each_ref().map(|(name, text)| (*name, text.as_str()))).expect("loads");
    let words = say_with("t", args);
    ["bg", "en"]
        .map(|code| {
            catalogue
                .word(&words, lang(code))
                .unwrap_or_else(|error| error.to_string())
        })
        .join("\n")
        .replace('\u{202f}', "<202F>")
        .replace('\u{a0}', "<A0>")
}

#[test]
fn the_locales_of_the_project_load() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("locales");
    let catalogue = Catalogue::load(&folder, chrono_tz::Europe::Sofia)
        .unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(catalogue.languages(), [lang("bg"), lang("en")]);
}

#[test]
fn dates_and_times_are_written_as_each_language_writes_them() {
    let t = "{ DATE($at) } | { TIME($at) } | { MOMENT($at) } | { WEEKDAY($at) }";
    assert_snapshot!(worded(t, t, [("at", at("2026-11-23T14:05:00+02:00"))]), @"
23 ноември 2026<202F>г. | 14:05 | 23 ноември 2026<202F>г., 14:05<A0>ч. | понеделник
23 November 2026 | 14:05 | 23 November 2026, 14:05 | Monday
");
    assert_snapshot!(worded(t, t, [("at", at("2027-01-01T07:03:59Z"))]), @"
1 януари 2027<202F>г. | 9:03 | 1 януари 2027<202F>г., 9:03<A0>ч. | петък
1 January 2027 | 9:03 | 1 January 2027, 9:03 | Friday
");
}

#[test]
fn clocks_change_where_the_city_changes_them() {
    let t = "{ MOMENT($before) } – { MOMENT($after) }";
    let spring = [
        ("before", at("2027-03-28T00:59:00Z")),
        ("after", at("2027-03-28T01:00:00Z")),
    ];
    assert_snapshot!(worded(t, t, spring), @"
28 март 2027<202F>г., 2:59<A0>ч. – 28 март 2027<202F>г., 4:00<A0>ч.
28 March 2027, 2:59 – 28 March 2027, 4:00
");
    let autumn = [
        ("before", at("2027-10-31T00:30:00Z")),
        ("after", at("2027-10-31T01:30:00Z")),
    ];
    assert_snapshot!(worded(t, t, autumn), @"
31 октомври 2027<202F>г., 3:30<A0>ч. – 31 октомври 2027<202F>г., 3:30<A0>ч.
31 October 2027, 3:30 – 31 October 2027, 3:30
");
}

#[test]
fn numbers_are_grouped_and_plurals_follow_them() {
    let bg = "{ $n ->\n [one] { NUM($n) } сигнал\n *[other] { NUM($n) } сигнала\n }";
    let en = "{ $n ->\n [one] { NUM($n) } report\n *[other] { NUM($n) } reports\n }";
    let all: Vec<String> = [0, 1, 2, 21, 1234, 12345, -1_234_567]
        .map(|n| worded(bg, en, [("n", Arg::Number(n))]).replace('\n', " | "))
        .to_vec();
    assert_snapshot!(all.join("\n"), @"
0 сигнала | 0 reports
1 сигнал | 1 report
2 сигнала | 2 reports
21 сигнала | 21 reports
1234 сигнала | 1,234 reports
12<A0>345 сигнала | 12,345 reports
-1<A0>234<A0>567 сигнала | -1,234,567 reports
");
}

#[test]
fn lists_are_joined_and_their_items_worded() {
    let name = |name: &str| Words::Verbatim(name.to_owned());
    let all: Vec<String> = (0..=4)
        .map(|count| {
            let items = ["Искър", "Младост", "Средец", "Люлин"][..count]
                .iter()
                .map(|item| name(item));
            worded(
                "[{ $areas }]",
                "[{ $areas }]",
                [("areas", Arg::List(items.collect()))],
            )
            .replace('\n', " | ")
        })
        .collect();
    assert_snapshot!(all.join("\n"), @"
[] | []
[Искър] | [Искър]
[Искър и Младост] | [Искър and Младост]
[Искър, Младост и Средец] | [Искър, Младост and Средец]
[Искър, Младост, Средец и Люлин] | [Искър, Младост, Средец and Люлин]
");
}

#[test]
fn arguments_go_in_as_they_are() {
    let given = "{ $x } *b* <b>&amp; @everyone -term שלום \u{202e}abc\u{7}";
    assert_eq!(
        worded(
            "„{ $name }“!",
            "“{ $name }”!",
            [("name", Arg::Text(given.to_owned()))]
        ),
        "„{ $x } *b* <b>&amp; @everyone -term שלום \u{202e}abc\u{202c}“!\n\
         “{ $x } *b* <b>&amp; @everyone -term שלום \u{202e}abc\u{202c}”!"
    );
}

#[test]
fn words_within_words_are_in_the_same_language() {
    let files = [
        ("bg/t.ftl", "a = Внимание: { $what }\nb = пожар"),
        ("en/t.ftl", "a = Attention: { $what }\nb = fire"),
    ];
    let catalogue = load(&files).expect("loads");
    let words = say_with("a", [("what", Arg::Words(Box::new(say("b"))))]);
    assert_eq!(
        catalogue.word(&words, lang("bg")).expect("worded"),
        "Внимание: пожар"
    );
    assert_eq!(
        catalogue.word(&words, lang("en")).expect("worded"),
        "Attention: fire"
    );
}

#[test]
fn what_cannot_be_worded_is_an_error_that_says_why() {
    let number = ("n", Arg::Number(3));
    assert_snapshot!(worded("{ $n }", "{ $n }", []), @"
t in bg: the argument $n is missing
t in en: the argument $n is missing
");
    assert_snapshot!(worded("{ DATE($n) }", "{ DATE($n) }", [number.clone()]), @"
t in bg: $n: the message wants a moment
t in en: $n: the message wants a moment
");
    assert_snapshot!(worded("{ NUM($n) }", "{ NUM($n) }", [("n", Arg::Text("3".to_owned()))]), @"
t in bg: $n: the message wants a number
t in en: $n: the message wants a number
");
    assert_snapshot!(worded("{ $n }", "{ $n }", [("n", at("2027-01-01T00:00:00Z"))]), @"
t in bg: $n: the message shows a moment without DATE(), TIME() or MOMENT()
t in en: $n: the message shows a moment without DATE(), TIME() or MOMENT()
");
    assert_snapshot!(worded("{ DATE($n) }", "{ DATE($n) }", [("n", Arg::Time(Millis(i64::MAX)))]), @"
t in bg: $n: 9223372036854775807 ms is no year that we word
t in en: $n: 9223372036854775807 ms is no year that we word
");
    assert_snapshot!(worded("{ $n }", "{ $n }", [("n", Arg::Number(i64::MAX))]), @"
t in bg: 9223372036854775807 is too large a number
t in en: 9223372036854775807 is too large a number
");
    assert_snapshot!(worded("{ $n }", "{ $n }", [("n", Arg::Words(Box::new(say("no-such"))))]), @"
t in bg: $n: no-such in bg: there is no such message; add it to locales/
t in en: $n: no-such in en: there is no such message; add it to locales/
");
    // A variant that is not taken still needs its argument: the fault shows in every test.
    assert_snapshot!(worded("{ $n ->\n [one] { $x }\n *[other] -\n }", "-", [number]), @"
t in bg: the argument $x is missing
t in en: the argument $x is missing
");
    let catalogue = load(&[]).expect("loads");
    let written = Words::Written([(lang("en"), "Hello".to_owned())].into());
    assert_eq!(
        catalogue.word(&written, lang("en")).expect("written"),
        "Hello"
    );
    assert_snapshot!(catalogue.word(&written, lang("bg")).expect_err("not in bg"), @"a text was not written in bg; write it, or offer it in another language");
    assert_snapshot!(catalogue.word(&say("moment"), lang("tr")).expect_err("not installed"), @"moment in tr: the language is not installed");
}

#[test]
fn every_fault_of_the_files_is_told_with_its_line() {
    let bg = "\
# faults
twice = 1
only-bg = 2
two-moments = { $at } { DATE($at) }
bad-function = { NUMBER($n) }
bad-arguments = { NUM($n, digits: 2) }
by-text = { NUM($n) ->
    [one] x
   *[other] y
 }
lost = { missing } { -nobody }
circle = { circle-two }
circle-two = { circle }
-term = { $who }
differs = { $n }

broken = { $
empty =
";
    let en = "\
twice = 1
two-moments = x
bad-function = x
bad-arguments = x
by-text = x
lost = x
circle = x
circle-two = x
differs = { TIME($n) }
attributed = x
    .title = y
";
    let faults = load(&[
        ("bg/t.ftl", bg),
        ("bg/u.ftl", "twice = 3"),
        ("en/t.ftl", en),
    ])
    .err()
    .expect("faults");
    assert_snapshot!(faults, @r#"
bg/t.ftl:3: only-bg is missing in en
bg/t.ftl:4: two-moments $at is used as a moment and as something else; use two arguments
bg/t.ftl:5: bad-function calls NUMBER(), which does not exist
bg/t.ftl:6: bad-arguments calls NUM() with something else than one argument
bg/t.ftl:7: by-text chooses by something else than an argument: what a function returns is text and knows no plural
bg/t.ftl:11: lost refers to -nobody, which does not exist
bg/t.ftl:12: circle refers to itself in a circle
bg/t.ftl:13: circle-two refers to itself in a circle
bg/t.ftl:14: -term is a term and shows $who, which nobody gives it
bg/t.ftl:17: Expected one of "a-zA-Z"
bg/t.ftl:18: Expected a message field for "empty"
bg/u.ftl:1: twice is already in bg/t.ftl:2
en/t.ftl:9: differs: $n is used as a moment and as something else; use two arguments (compared with another language)
en/t.ftl:10: attributed has attributes, which nothing shows; make them messages
en/t.ftl:10: attributed is missing in bg
"#);
}

#[test]
fn folders_that_hold_no_language_are_refused() {
    let empty = tempfile::tempdir().expect("a folder");
    let zone = chrono_tz::Europe::Sofia;
    let refused = |folder: &Path| Catalogue::load(folder, zone).err().expect("refused").0;
    assert!(refused(empty.path()).contains("no language here"));
    assert!(refused(&empty.path().join("none")).contains("none"));
    fs::create_dir(empty.path().join("bg")).expect("made");
    assert!(refused(empty.path()).contains("bg:1: moment is missing"));
    fs::create_dir(empty.path().join("bulgarian-old")).expect("made");
    assert!(
        refused(empty.path())
            .contains("bulgarian-old: a folder of locales is named by its language")
    );
}

#[test]
fn the_readers_languages_choose() {
    let available = [lang("bg"), lang("en")];
    let choose =
        |preferred: &[&str]| Catalogue::choose(preferred, &available).map(|lang| lang.to_string());
    assert_eq!(choose(&["en-GB"]).as_deref(), Some("en"));
    assert_eq!(choose(&["EN_us", "bg"]).as_deref(), Some("en"));
    assert_eq!(
        choose(&["tr", "", "!!", "x", "en-x-private"]).as_deref(),
        Some("en")
    );
    assert_eq!(choose(&["zh-Hant-TW"]).as_deref(), Some("bg"));
    assert_eq!(choose(&[]).as_deref(), Some("bg"));
    assert_eq!(Catalogue::choose(&["en"], &[]), None);
}
