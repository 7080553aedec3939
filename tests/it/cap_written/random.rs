//! Alerts at random, as reading leaves them.

use glas::base::clock::Millis;
use glas::base::point::{Point, Shape};
use glas::features::alert::{
    Alert, Area, Category, Certainty, Code, Info, MsgType, Reference, Resource, ResponseType,
    Scope, Severity, Status, Urgency,
};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;

/// A line as readers keep it: no blank at the ends, none doubled.
fn line() -> impl Strategy<Value = String> {
    "[\\PC&&[^\\s]]{1,12}( [\\PC&&[^\\s]]{1,12}){0,3}"
}

fn lines() -> impl Strategy<Value = String> {
    vec(line(), 1..4).prop_map(|lines| lines.join("\n\n"))
}

fn moment() -> impl Strategy<Value = Millis> {
    (0..7_258_118_400i64).prop_map(|seconds| Millis(seconds * 1000))
}

fn one_of<T: Clone + std::fmt::Debug + 'static>(
    names: &str,
    parse: fn(&str) -> Option<T>,
) -> impl Strategy<Value = T> + use<T> {
    let all: Vec<T> = names
        .split(' ')
        .map(|name| parse(name).expect("a name"))
        .collect();
    prop::sample::select(all)
}

fn point() -> impl Strategy<Value = Point> {
    (-90_000_000..=90_000_000i64, -180_000_000..=180_000_000i64)
        .prop_map(|(lat, lon)| Point { lat, lon })
}

fn shapes() -> impl Strategy<Value = Vec<Shape>> {
    let polygon = prop::collection::hash_set(point(), 3..9)
        .prop_map(|corners| Shape::Polygon(corners.into_iter().collect()));
    #[expect(clippy::cast_precision_loss, reason = "at most 2e10")]
    let circle = (point(), 0..20_038_000_000i64).prop_map(|(centre, mm)| Shape::Circle {
        centre,
        radius_m: mm as f64 / 1e3,
    });
    (vec(polygon, 0..3), vec(circle, 0..3))
        .prop_map(|(polygons, circles)| [polygons, circles].concat())
}

fn codes() -> impl Strategy<Value = Vec<Code>> {
    let code = (option::of(line()), line()).prop_map(|(scheme, value)| Code {
        scheme: scheme.unwrap_or_default(),
        value,
    });
    vec(code, 0..3)
}

fn area() -> impl Strategy<Value = Area> {
    #[expect(clippy::cast_precision_loss, reason = "at most 1e9")]
    let height =
        || option::of((-1_000_000_000..=1_000_000_000i64).prop_map(|feet| feet as f64 / 1e3));
    (option::of(line()), shapes(), codes(), height(), height()).prop_map(
        |(description, shapes, geocodes, altitude, ceiling)| Area {
            description: description.unwrap_or_default(),
            shapes,
            geocodes,
            altitude,
            ceiling,
        },
    )
}

fn resource() -> impl Strategy<Value = Resource> {
    let uri = option::of("https://[a-z]{1,8}\\.example/[a-z0-9?=&]{0,12}");
    (
        line(),
        "[a-z]{1,8}/[a-z]{1,8}",
        any::<Option<u64>>(),
        uri,
        option::of("[0-9a-f]{40}"),
    )
        .prop_map(|(description, mime_type, size, uri, digest)| Resource {
            description,
            mime_type,
            size,
            uri: uri.map(|uri| uri.parse().expect("an address")),
            digest,
        })
}

fn info() -> impl Strategy<Value = Info> {
    let categories = one_of(
        "Geo Met Safety Security Rescue Fire Health Env Transport Infra CBRNE Other",
        Category::parse,
    );
    let responses = one_of(
        "Shelter Evacuate Prepare Execute Avoid Monitor Assess AllClear None",
        ResponseType::parse,
    );
    let degree = (
        one_of("Immediate Expected Future Past Unknown", Urgency::parse),
        one_of("Extreme Severe Moderate Minor Unknown", Severity::parse),
        one_of(
            "Observed Likely Possible Unlikely Unknown",
            Certainty::parse,
        ),
    );
    let what = (
        "[a-z]{2,3}(-[A-Z]{2})?",
        vec(categories, 1..3),
        option::of(line()),
        vec(responses, 0..3),
        option::of(line()),
        codes(),
    );
    let times = [
        option::of(moment()),
        option::of(moment()),
        option::of(moment()),
    ];
    let texts = [option::of(line()), option::of(line()), option::of(line())];
    let long = [option::of(lines()), option::of(lines())];
    let rest = (
        option::of("https://[a-z]{1,8}\\.example/[a-z?=&]{0,12}"),
        codes(),
        vec(resource(), 0..3),
        vec(area(), 0..3),
    );
    (what, degree, times, texts, long, rest).prop_map(|(what, degree, times, texts, long, rest)| {
        let [effective, onset, expires] = times;
        let [sender_name, headline, contact] = texts;
        let [description, instruction] = long;
        Info {
            language: what.0,
            categories: what.1,
            event: what.2.unwrap_or_default(),
            response_types: what.3,
            urgency: degree.0,
            severity: degree.1,
            certainty: degree.2,
            audience: what.4,
            event_codes: what.5,
            effective,
            onset,
            expires,
            sender_name,
            headline,
            description,
            instruction,
            web: rest.0.map(|web| web.parse().expect("an address")),
            contact,
            parameters: rest.1,
            resources: rest.2,
            areas: rest.3,
        }
    })
}

/// Any alert.
pub fn alert() -> impl Strategy<Value = Alert> {
    let word = || "[^\\s,\\p{C}]{1,12}";
    let reference = (word(), word(), moment()).prop_map(|(sender, identifier, sent)| Reference {
        sender,
        identifier,
        sent,
    });
    let head = (
        option::of(one_of("Actual Exercise System Test Draft", Status::parse)),
        option::of(one_of("Alert Update Cancel Ack Error", MsgType::parse)),
        option::of(one_of("Public Restricted Private", Scope::parse)),
    );
    let texts = [
        option::of(line()),
        option::of(line()),
        option::of(line()),
        option::of(line()),
    ];
    let rest = (
        vec(line(), 0..3),
        option::of(lines()),
        vec(reference, 0..3),
        vec(info(), 0..3),
    );
    (line(), line(), moment(), head, texts, rest, any::<bool>()).prop_map(
        |(identifier, sender, sent, head, texts, rest, signed)| {
            let [source, restriction, addresses, incidents] = texts;
            Alert {
                identifier,
                sender,
                sent,
                status: head.0,
                msg_type: head.1,
                source,
                scope: head.2,
                restriction,
                addresses,
                codes: rest.0,
                note: rest.1,
                references: rest.2,
                incidents,
                infos: rest.3,
                signed,
                unread: vec![],
            }
        },
    )
}
