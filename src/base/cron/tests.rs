//! Expressions are read as people mean them, and followed over changes of the clock.

use std::time::Duration;

use chrono_tz::Europe::Sofia;

use super::*;

fn at(text: &str) -> Millis {
    Millis::parse_rfc3339(text).unwrap_or_else(|why| panic!("{text}: {why}"))
}

fn cron(text: &str) -> Cron {
    text.parse().unwrap_or_else(|why| panic!("{text}: {why}"))
}

fn follow(text: &str, from: &str, count: usize) -> Vec<Millis> {
    let cron = cron(text);
    let next = |after: &Millis| cron.next_after(Sofia, *after);
    std::iter::successors(Some(at(from)), next)
        .skip(1)
        .take(count)
        .collect()
}

const NIGHTLY: &str = "0 30 3 * * *";

#[test]
fn a_time_that_the_spring_leaves_out_comes_when_the_clock_would_have_shown_it() {
    // 2027-03-28: 03:00 becomes 04:00, so 03:30 is 04:30.
    assert_eq!(
        follow(NIGHTLY, "2027-03-27T00:00:00+02:00", 3),
        [
            at("2027-03-27T03:30:00+02:00"),
            at("2027-03-28T04:30:00+03:00"),
            at("2027-03-29T03:30:00+03:00"),
        ]
    );
    // Asked within the hour that is missing, and just after it.
    for (after, next, change) in [
        (
            "2027-03-28T04:10:00+03:00",
            "2027-03-28T04:30:00+03:00",
            Change::Moved,
        ),
        (
            "2027-03-28T04:30:00+03:00",
            "2027-03-29T03:30:00+03:00",
            Change::None,
        ),
    ] {
        let turn = cron(NIGHTLY).turn_after(Sofia, at(after));
        assert_eq!(turn.map(|it| (it.at, it.change)), Some((at(next), change)));
    }
    // Two that fall together are one.
    assert_eq!(
        follow("0 3,4 * * *", "2027-03-28T01:00:00+02:00", 2),
        [
            at("2027-03-28T04:00:00+03:00"),
            at("2027-03-29T03:00:00+03:00")
        ]
    );
}

#[test]
fn a_time_that_the_autumn_has_twice_comes_once() {
    // 2027-10-31: 04:00 becomes 03:00, so 03:30 comes twice.
    assert_eq!(
        follow(NIGHTLY, "2027-10-30T12:00:00+03:00", 2),
        [
            at("2027-10-31T03:30:00+03:00"),
            at("2027-11-01T03:30:00+02:00")
        ]
    );
    let turn = cron(NIGHTLY).turn_after(Sofia, at("2027-10-30T12:00:00+03:00"));
    assert_eq!(turn.map(|turn| turn.change), Some(Change::Once));
    let within = at("2027-10-31T03:10:00+02:00");
    let next = at("2027-11-01T03:30:00+02:00");
    assert_eq!(cron(NIGHTLY).next_after(Sofia, within), Some(next));
}

#[test]
fn what_comes_next_is_always_later() {
    for (text, step) in [("0 * * * * *", 7), ("30 30 3 * * *", 1)] {
        let cron = cron(text);
        for day in ["2027-03-28T00:00:00+02:00", "2027-10-31T00:00:00+03:00"] {
            for minute in (0..26 * 60).step_by(step) {
                let after = at(day).plus(Duration::from_secs(minute * 60 + 1));
                let next = cron.next_after(Sofia, after);
                assert!(
                    next.is_some_and(|next| next > after),
                    "{text} after {after:?}"
                );
            }
        }
    }
}

#[test]
fn five_fields_and_six_are_understood_and_sunday_is_zero_or_seven() {
    // 2027-01-01 is a Friday.
    let days = |text: &str| -> Vec<String> {
        let all = follow(text, "2026-12-31T23:59:59+02:00", 3).into_iter();
        let civil = all.filter_map(|at| shown(Sofia, at));
        civil
            .map(|at| at.format("%a %d %H:%M:%S").to_string())
            .collect()
    };
    let nights = ["Fri 01 03:30:00", "Sat 02 03:30:00", "Sun 03 03:30:00"];
    assert_eq!(days("30 3 * * *"), nights);
    assert_eq!(days("0 30 3 * * *"), nights);
    let sundays = ["Sun 03 03:30:15", "Sun 10 03:30:15", "Sun 17 03:30:15"];
    for day in ["0", "7", "Sun", "sun"] {
        assert_eq!(days(&format!("15 30 3 * * {day}")), sundays);
    }
    let week = ["Fri 01 04:00:00", "Mon 04 04:00:00", "Tue 05 04:00:00"];
    assert_eq!(days("0 4 * * 1-5"), week);
    let weekend = ["Sat 02 04:00:00", "Sun 03 04:00:00", "Sat 09 04:00:00"];
    for both in ["6-7", "6,0", "Sat-Sun"] {
        assert_eq!(days(&format!("0 4 * * {both}")), weekend, "{both}");
    }
    assert_eq!(
        days("0 */6 1 * *"),
        ["Fri 01 00:00:00", "Fri 01 06:00:00", "Fri 01 12:00:00"]
    );
    // The first Monday of each month.
    assert_eq!(
        days("0 11 1-7 * 1"),
        ["Mon 04 11:00:00", "Mon 01 11:00:00", "Mon 01 11:00:00"]
    );
    assert_eq!(cron("0 11 1-7 * 1").nth(), Some(1));
    assert_eq!(cron("0 11 * * 1").nth(), None);
    assert_eq!(cron("0 11 * * *").values(Field::Weekday), None);
    assert_eq!(cron("0 11 * * 7").values(Field::Weekday), Some(vec![0]));
    assert_eq!(
        follow("0 9 29 2 *", "2027-01-01T00:00:00+02:00", 1),
        [at("2028-02-29T09:00:00+02:00")]
    );
}

#[test]
fn the_field_that_is_wrong_is_named() {
    let wrong = |text: &str| text.parse::<Cron>().map(|cron| cron.text().to_owned());
    let field = |field, text: &str| Err(Wrong::Field(field, text.to_owned()));
    assert_eq!(wrong(""), Err(Wrong::Fields(0)));
    assert_eq!(wrong("3:30"), Err(Wrong::Fields(1)));
    assert_eq!(wrong("0 0 0 1 1 * 2027"), Err(Wrong::Fields(7)));
    assert_eq!(wrong("61 3 * * *"), field(Field::Minute, "61"));
    assert_eq!(wrong("0 24 * * *"), field(Field::Hour, "24"));
    assert_eq!(wrong("0 7 0 * *"), field(Field::Day, "0"));
    assert_eq!(wrong("0 7 * Foo *"), field(Field::Month, "Foo"));
    assert_eq!(wrong("0 7 * * 8"), field(Field::Weekday, "8"));
    assert_eq!(wrong("0 7 * * 5-1"), field(Field::Weekday, "5-1"));
    assert_eq!(wrong("*/0 7 * * *"), field(Field::Minute, "*/0"));
    assert_eq!(wrong("-1 7 * * *"), field(Field::Minute, "-1"));
    assert_eq!(wrong(", 7 * * *"), field(Field::Minute, ","));
    assert_eq!(wrong("x 30 7 * * *"), field(Field::Second, "x"));
    assert_eq!(
        wrong("99999999999 7 * * *"),
        field(Field::Minute, "99999999999")
    );
    assert_eq!(wrong("0 7 1 * 1"), Err(Wrong::Days));
    assert_eq!(wrong("0 7 1-7 * 1,2"), Err(Wrong::Days));
    assert_eq!(wrong("0 7 30 2 *"), Err(Wrong::Never));
    assert_eq!(wrong("0  7 * * 2"), Ok("0 7 * * 2".to_owned()));
}
