//! What is offered, one tap away, for a place that somebody wrote without saying what for.

use super::chat::{button, row};
use crate::city::{City, Set};
use crate::message::{Arg, Letter, Words, say, say_with};

/// A place that was written without saying what for: what can be done about it.
#[must_use]
pub fn offer_place(city: &City, slugs: &[String]) -> Letter {
    let mut actions = vec![];
    for slug in slugs.iter().take(4) {
        let Some(district) = city.districts().iter().find(|it| it.slug == *slug) else {
            continue;
        };
        let name = || {
            [(
                "place",
                Arg::Words(Box::new(Words::Written(district.names.clone()))),
            )]
        };
        actions.push(row([button(
            say_with("offer-now", name()),
            &format!("now.{slug}"),
        )]));
        actions.push(row([button(
            say_with("offer-join", name()),
            &format!("join.{slug}"),
        )]));
    }
    Letter {
        actions,
        ..Letter::line(say("offer-place"))
    }
}

/// The topics of a set by name.
#[must_use]
pub fn topic_names(city: &City, topics: Set) -> Words {
    let names = (city.topics().iter())
        .filter(|topic| topics.has(topic.bit))
        .map(|topic| Words::Written(topic.names.clone()));
    say_with("wish-topics", [("topics", Arg::List(names.collect()))])
}
