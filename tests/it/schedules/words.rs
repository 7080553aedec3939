//! Rules and times in words, as people say them in each language.

use std::path::Path;

use chrono_tz::Tz;
use glas::base::clock::Millis;
use glas::features::schedule::rules::{read_cron, read_once};
use glas::features::schedule::told;
use glas::message::Words;
use glas::message::catalogue::Catalogue;

use super::{SOFIA, TUESDAYS};

fn both(words: &Words) -> [String; 2] {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("locales");
    let catalogue = Catalogue::load(&folder, SOFIA).expect("the words");
    ["bg", "en"].map(|lang| {
        let lang = lang.parse().expect("a language");
        let said = catalogue.word(words, lang).expect("words");
        said.replace(['\u{a0}', '\u{202f}'], " ")
    })
}

#[test]
fn rules_are_said_as_people_say_them() {
    for (cron, bulgarian, english) in [
        (TUESDAYS, "всеки вторник в 7:30 ч.", "every Tuesday at 7:30"),
        (
            "0 9 * * 3",
            "всяка сряда в 9:00 ч.",
            "every Wednesday at 9:00",
        ),
        (
            "0 9 * * 0",
            "всяка неделя в 9:00 ч.",
            "every Sunday at 9:00",
        ),
        (
            "5 8,18 * * *",
            "всеки ден в 8:05 и 18:05 ч.",
            "every day at 8:05 and 18:05",
        ),
        (
            "0 8 * * 1-5",
            "всеки делник в 8:00 ч.",
            "every weekday at 8:00",
        ),
        (
            "0 8 * * 2,5",
            "всяка седмица във вторник и петък в 8:00 ч.",
            "every Tuesday and Friday at 8:00",
        ),
        (
            "0 8 * * 0,1,3",
            "всяка седмица в понеделник, сряда и неделя в 8:00 ч.",
            "every Monday, Wednesday and Sunday at 8:00",
        ),
        (
            "0 11 1-7 * 1",
            "първия понеделник на месеца в 11:00 ч.",
            "on the first Monday of the month at 11:00",
        ),
        (
            "0 11 8-14 * 3",
            "втората сряда на месеца в 11:00 ч.",
            "on the second Wednesday of the month at 11:00",
        ),
        (
            "0 9 1 * *",
            "всеки месец на първо число в 9:00 ч.",
            "on the 1st of every month at 9:00",
        ),
        (
            "0 9 15 * *",
            "всеки месец на 15 число в 9:00 ч.",
            "on the 15th of every month at 9:00",
        ),
        (
            "0 11 1 4,10 *",
            "всяка година на 1 април и 1 октомври в 11:00 ч.",
            "every year on 1 April and 1 October at 11:00",
        ),
        (
            "0 9 * 3-5 6",
            "всяка събота, само през март, април и май, в 9:00 ч.",
            "every Saturday, in March, April and May only, at 9:00",
        ),
        (
            "15 * * * *",
            "по израза „15 * * * *“",
            "by the expression “15 * * * *”",
        ),
    ] {
        let rule = read_cron(cron).expect(cron);
        let said = both(&told::rule(&rule, SOFIA, SOFIA));
        assert_eq!(said, [bulgarian, english], "{cron}");
    }
    let elsewhere = told::rule(
        &read_cron(TUESDAYS).expect("a rule"),
        Tz::Europe__London,
        SOFIA,
    );
    assert_eq!(
        both(&elsewhere),
        [
            "всеки вторник в 7:30 ч. (по часовника в зона Europe/London)",
            "every Tuesday at 7:30 (by the clock of Europe/London)"
        ]
    );
    let once = read_once("01.12.2026 10:00").expect("a time");
    assert_eq!(
        both(&told::rule(&once, SOFIA, SOFIA)),
        [
            "веднъж, на 1 декември 2026 г., 10:00 ч.",
            "once, on 1 December 2026, 10:00"
        ]
    );
}

#[test]
fn a_change_of_the_clock_is_told() {
    let nightly = read_cron("30 3 * * *").expect("a rule");
    let after = |text: &str| Millis::parse_rfc3339(text).expect("a time");
    let turn = |from: &str| {
        let turn = nightly.turn_after(SOFIA, after(from)).expect("a turn");
        both(&told::turn(&turn))
    };
    assert_eq!(
        turn("2027-03-26T12:00:00+02:00"),
        [
            "събота, 27 март 2027 г., 3:30 ч.",
            "Saturday, 27 March 2027, 3:30"
        ]
    );
    assert_eq!(
        turn("2027-03-27T12:00:00+02:00"),
        [
            "неделя, 28 март 2027 г., 4:30 ч. (вместо в 3:30, защото стрелките се местят напред)",
            "Sunday, 28 March 2027, 4:30 (instead of 3:30: the clocks go forward)"
        ]
    );
    assert_eq!(
        turn("2027-10-30T12:00:00+03:00"),
        [
            "неделя, 31 октомври 2027 г., 3:30 ч. (стрелките се местят назад и 3:30 идва два пъти, важи първият)",
            "Sunday, 31 October 2027, 3:30 (the clocks go back and 3:30 comes twice; the first counts)"
        ]
    );
}
