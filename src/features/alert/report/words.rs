//! The words of a report: what became of everybody, what that means, and what to do next.

use super::{OnChannel, Report, Standing};
use crate::features::alert::draft::{Kind, letters};
use crate::message::{Arg, Block, Letter, Weight, Words, say, say_with};

/// The report as a letter for operators.
#[must_use]
pub fn letter(report: &Report) -> Letter {
    let mut body = vec![Block::Paragraph(reached(report))];
    body.extend(to_go(report).map(Block::Paragraph));
    let standing: Vec<Words> = report.channels.iter().filter_map(standing).collect();
    if !standing.is_empty() {
        body.push(Block::Bullets(standing));
    }
    let by_channel = report.channels.iter();
    let by_channel: Vec<_> = by_channel
        .filter(|one| one.numbers.planned > 0)
        .map(|one| (Words::Verbatim(one.channel.clone()), on_channel(one)))
        .collect();
    if !by_channel.is_empty() {
        body.push(Block::Facts(by_channel));
    }
    let meaning = meaning(report);
    if !meaning.is_empty() {
        body.push(Block::Bullets(meaning));
    }
    let alert = report.alert;
    let actions = alert.map_or(vec![], |alert| letters::about(report.kind, alert));
    Letter {
        title: Some(title(report)),
        body,
        actions,
        weight: Weight::Silent,
        footer: None,
        picture: None,
    }
}

fn title(report: &Report) -> Words {
    let name = [("name", Arg::Words(Box::new(report.name.clone())))];
    match (report.kind, report.finished) {
        (Kind::Drill, false) => say_with("progress-drill", name),
        (Kind::Drill, true) => say_with("progress-drill-over", name),
        (_, false) => say_with("progress-going", name),
        (_, true) => say_with("progress-over", name),
    }
}

fn count(key_of: Words, number: i64) -> Option<Words> {
    (number > 0).then_some(key_of)
}

fn number(number: i64) -> [(&'static str, Arg); 1] {
    [("count", Arg::Number(number))]
}

fn reached(report: &Report) -> Words {
    let total = &report.total;
    let numbers = || {
        vec![
            ("reached", Arg::Number(total.reached)),
            ("planned", Arg::Number(total.planned)),
        ]
    };
    let Some(took) = total.seconds_to.filter(|_| report.finished) else {
        return say_with("progress-reached", numbers());
    };
    let lasting = |seconds: f64| Arg::Words(Box::new(lasting(whole(seconds))));
    let mut all = numbers();
    if whole(took.half) == whole(took.all) {
        all.push(("all", lasting(took.all)));
        return say_with("progress-reached-at-once", all);
    }
    all.extend([
        ("half", lasting(took.half)),
        ("most", lasting(took.most)),
        ("all", lasting(took.all)),
    ]);
    say_with("progress-reached-times", all)
}

/// Seconds, rounded up; less than one is none.
fn whole(seconds: f64) -> i64 {
    if seconds < 1.0 {
        return 0;
    }
    #[expect(
        clippy::cast_possible_truncation,
        reason = "clamped to what a week has as a float"
    )]
    let whole = seconds.ceil().clamp(0.0, 1e9) as i64;
    whole
}

/// A time as people say it.
fn lasting(seconds: i64) -> Words {
    match seconds {
        ..1 => say("lasting-moment"),
        1..120 => say_with("lasting-seconds", number(seconds)),
        120..7200 => say_with("lasting-minutes", number((seconds + 30) / 60)),
        _ => say_with("lasting-hours", number((seconds + 1800) / 3600)),
    }
}

fn to_go(report: &Report) -> Option<Words> {
    let left = report.total.to_go;
    if left == 0 || report.finished {
        return None;
    }
    Some(match report.forecast_seconds {
        Some(seconds) => say_with(
            "progress-to-go",
            [
                ("count", Arg::Number(left)),
                ("time", Arg::Words(Box::new(lasting(seconds)))),
            ],
        ),
        None => say_with("progress-to-go-somehow", number(left)),
    })
}

fn on_channel(one: &OnChannel) -> Words {
    let it = &one.numbers;
    let others = [
        count(say_with("progress-n-to-go", number(it.to_go)), it.to_go),
        count(say_with("progress-n-held", number(it.held)), it.held),
        count(
            say_with("progress-n-blocked", number(it.blocked)),
            it.blocked,
        ),
        count(
            say_with("progress-n-bounced", number(it.bounced)),
            it.bounced,
        ),
        count(say_with("progress-n-gone", number(it.gone)), it.gone),
        count(
            say_with("progress-n-uncertain", number(it.uncertain)),
            it.uncertain,
        ),
        count(
            say_with("progress-n-superseded", number(it.superseded)),
            it.superseded,
        ),
        count(
            say_with("progress-n-expired", number(it.expired)),
            it.expired,
        ),
    ];
    let others = others.into_iter().flatten();
    let numbers = [
        ("reached", Arg::Number(it.reached)),
        ("planned", Arg::Number(it.planned)),
    ];
    let reached = say_with("progress-n-reached", numbers);
    let words = |words| Arg::Words(Box::new(words));
    others.fold(reached, |first, next| {
        say_with(
            "progress-joined",
            [("first", words(first)), ("next", words(next))],
        )
    })
}

/// What stands, and what is to be done about it.
fn standing(one: &OnChannel) -> Option<Words> {
    let channel = ("channel", Arg::Text(one.channel.clone()));
    Some(match one.stands.as_ref()? {
        Standing::Nobody => say_with("progress-nobody", [channel]),
        Standing::Lane(why) => say_with(
            "progress-stands",
            [channel, ("why", Arg::Text(why.clone()))],
        ),
        Standing::Refused(why) => {
            say_with("report-stopped", [channel, ("why", Arg::Text(why.clone()))])
        }
    })
}

/// What the numbers mean.
fn meaning(report: &Report) -> Vec<Words> {
    let it = &report.total;
    let why = (report.channels.iter()).find_map(|one| one.bounced_because.clone());
    let bounced = vec![
        ("count", Arg::Number(it.bounced)),
        ("why", Arg::Text(why.unwrap_or_default())),
    ];
    let all = [
        count(
            say_with("progress-means-blocked", number(it.blocked)),
            it.blocked,
        ),
        count(say_with("progress-means-bounced", bounced), it.bounced),
        count(say_with("progress-means-gone", number(it.gone)), it.gone),
        count(
            say_with("progress-means-uncertain", number(it.uncertain)),
            it.uncertain,
        ),
        count(say_with("progress-means-held", number(it.held)), it.held),
        count(
            say_with("progress-means-superseded", number(it.superseded)),
            it.superseded,
        ),
        count(
            say_with("progress-means-expired", number(it.expired)),
            it.expired,
        ),
    ];
    all.into_iter().flatten().collect()
}
