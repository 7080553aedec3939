//! Streets: who chose a point is told of what is near it, and of what is meant for the district.

use glas::base::id;
use glas::city::Set;
use glas::people::Cadence;

use crate::town::{Base, Cap, LYULIN, Plan, Town, Who, handle, on_both};

on_both!(
    a_street_concerns_those_who_live_near,
    the_earliest_of_several_wishes_decides,
);

/// A stretch of a street in Lyulin, 300 m long and 150 m wide.
pub const STREET: &str =
    "42.7150,23.2500 42.7164,23.2500 42.7164,23.2540 42.7150,23.2540 42.7150,23.2500";

/// Gives an address another subscription: for everything within metres of a point.
pub async fn near(
    town: &Town,
    (channel, number): (&str, u64),
    (lat, lon): (i64, i64),
    radius: i64,
) {
    let lyulin = town.loaded.city.district(LYULIN).expect("a district");
    let districts = Set::NONE.with(lyulin.bit).0;
    let handle = handle(channel, number);
    town.change(&format!(
        "insert into subscription (id, address, districts, topics, least_severity, cadence, since, lat, lon, radius_m)
            select {}, id, {districts}, -1, 0, 'now', 0, {lat}, {lon}, {radius} from address
            where channel = '{channel}' and handle = '{handle}'",
        id::next()
    ))
    .await;
}

async fn a_street_concerns_those_who_live_near(base: Base) {
    let mut town = Town::build(base, Plan::default()).await;
    // In the street; 200 m beside it with 100 m and with 300 m; 2 km away; the whole district.
    let residents = [
        (1, Some(((42_715_700, 23_252_000), 0)), true),
        (2, Some(((42_718_200, 23_252_000), 100)), false),
        (3, Some(((42_718_200, 23_252_000), 300)), true),
        (4, Some(((42_715_700, 23_278_000), 500)), false),
        (5, None, true),
        // 200 m to the east: a degree of longitude is shorter there.
        (6, Some(((42_715_700, 23_256_440), 195)), false),
        (7, Some(((42_715_700, 23_256_440), 205)), true),
    ];
    for channel in ["telegram", "discord", "email"] {
        for (number, point, _) in residents {
            town.move_in(channel, number..number + 1, "bg", town.wish_for(LYULIN))
                .await;
            if let Some((at, radius)) = point {
                let address = format!(
                    "delete from subscription where address = (select id from address
                        where channel = '{channel}' and handle = '{}')",
                    handle(channel, number)
                );
                town.change(&address).await;
                near(&town, (channel, number), at, radius).await;
            }
        }
    }
    town.start().await;
    let street = town.alert(&Cap::new("street").polygon(STREET)).await;
    let progress = town.delivered(street).await;
    for channel in ["telegram", "discord", "email"] {
        assert_eq!(progress[channel].planned, 4, "{progress:?}");
        for (number, _, concerned) in residents {
            let got = town.inbox(channel, &handle(channel, number)).len();
            assert_eq!(got, usize::from(concerned), "{channel}, resident {number}");
        }
    }
    let district = town.alert(&Cap::new("district")).await;
    let progress = town.delivered(district).await;
    assert!(
        progress.values().all(|one| one.count("sent") == 7),
        "{progress:?}"
    );
    town.end().await;
}

async fn the_earliest_of_several_wishes_decides(base: Base) {
    let plan = Plan {
        channels: &["telegram"],
        at: Some("2026-06-17T14:00:00+03:00"),
        ..Plan::default()
    };
    let mut town = Town::build(base, plan).await;
    // Everything as a digest, and at once what is near the home.
    for number in [1, 2] {
        let who = Who {
            cadence: Cadence::Daily,
            ..Who::new("telegram", number)
        };
        town.move_in_as(&who).await;
    }
    near(&town, ("telegram", 1), (42_715_700, 23_252_000), 50).await;
    near(&town, ("telegram", 2), (42_725_700, 23_252_000), 50).await;
    town.start().await;
    let cap = Cap::new("street").at(town.clock.now()).polygon(STREET);
    let street = town.alert(&cap.severity("Moderate")).await;
    let progress = town.delivered(street).await;
    let one = &progress["telegram"];
    assert_eq!((one.count("sent"), one.held()), (1, 1), "{one:?}");
    town.reads("telegram", "1", 1).await;
    town.end().await;
}
