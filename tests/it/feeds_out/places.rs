//! Where alerts are, as a map reads it.

use glas::base::point::{Point, Shape};
use glas::features::alert::cap;
use serde_json::Value;

use super::{json, post};
use crate::town::{Base, Cap, Town, on_both};
use crate::web::town;

on_both!(
    what_is_drawn_is_drawn_and_what_is_named_is_a_district,
    a_feed_ends_somewhere,
);

type Ring = Vec<[f64; 2]>;

fn polygons(geometry: &Value) -> Vec<Vec<Ring>> {
    assert_eq!(geometry["type"], "MultiPolygon", "{geometry}");
    serde_json::from_value(geometry["coordinates"].clone()).expect("polygons")
}

/// Twice the area of a ring, positive where it runs against the clock.
fn area(ring: &[[f64; 2]]) -> f64 {
    let edges = ring.windows(2);
    edges
        .map(|two| two[0][0] * two[1][1] - two[1][0] * two[0][1])
        .sum()
}

fn feature(feed: &Value, identifier: &str) -> Value {
    let all = feed["features"].as_array().expect("features").iter();
    let mut all = all.filter(|feature| feature["properties"]["identifier"] == identifier);
    all.next().expect("a feature").clone()
}

async fn map(town: &Town) -> Value {
    let feed = json(town, "/en/alerts.geojson").await;
    assert_eq!(feed["type"], "FeatureCollection");
    for feature in feed["features"].as_array().expect("features") {
        assert_eq!(feature["type"], "Feature");
        assert!(feature["id"].is_string() && feature["properties"].is_object());
    }
    feed
}

async fn what_is_drawn_is_drawn_and_what_is_named_is_a_district(base: Base) {
    let town = town(base).await;
    let clockwise = "42.70,23.24 42.72,23.24 42.72,23.28 42.70,23.28 42.70,23.24";
    town.alert(&Cap::new("drawn").polygon(clockwise)).await;
    town.alert(&Cap::new("named")).await;
    let mut round = cap::read(Cap::new("round").xml().as_bytes()).expect("a CAP message");
    let centre = Point::from_degrees(42.71, 23.26).expect("a point");
    let circle = |radius_m| Shape::Circle { centre, radius_m };
    let mut spot = round.clone();
    spot.identifier = String::from("spot");
    for (alert, radius) in [(&mut round, 500.0), (&mut spot, 0.0)] {
        for info in &mut alert.infos {
            info.areas[0].geocodes = vec![];
            info.areas[0].shapes = vec![circle(radius)];
        }
    }
    post(&town, &round).await;
    post(&town, &spot).await;

    let feed = map(&town).await;
    let drawn = polygons(&feature(&feed, "drawn")["geometry"]);
    assert_eq!(drawn.len(), 1);
    let ring = &drawn[0][0];
    assert_eq!((ring.len(), ring.first()), (5, ring.last()));
    assert!(area(ring) > 0.0, "{ring:?}");
    for corner in [[23.24, 42.7], [23.24, 42.72], [23.28, 42.72], [23.28, 42.7]] {
        assert!(ring.contains(&corner), "{ring:?}");
    }

    let named = feature(&feed, "named");
    assert_eq!(named["properties"]["districts"][0]["code"], "68134-19");
    assert_eq!(named["properties"]["severity"], "Severe");
    let district = polygons(&named["geometry"]);
    let outer = &district[0][0];
    assert!(outer.len() > 20 && area(outer) > 0.0 && outer.first() == outer.last());
    // Lyulin lies in the north-west of the city.
    for [lon, lat] in outer {
        assert!(
            (23.1..23.32).contains(lon) && (42.68..42.78).contains(lat),
            "{lon} {lat}"
        );
    }

    let round = feature(&feed, "round");
    assert_eq!(round["properties"]["circles"][0]["radius_m"], 500.0);
    let ring = polygons(&round["geometry"]).remove(0).remove(0);
    assert!(ring.len() == 65 && area(&ring) > 0.0, "{ring:?}");
    let north = ring.iter().map(|[_, lat]| *lat).fold(0.0, f64::max);
    let metres = (north - 42.71) * glas::city::METRES_PER_DEGREE;
    assert!((499.0..501.0).contains(&metres), "{metres}");

    let spot = feature(&feed, "spot");
    let expected = serde_json::json!({ "type": "Point", "coordinates": [23.26, 42.71] });
    assert_eq!(spot["geometry"], expected);
    town.end().await;
}

async fn a_feed_ends_somewhere(base: Base) {
    let town = town(base).await;
    for number in 0..205 {
        town.alert(&Cap::new(&format!("everywhere-{number}")).district("68134"))
            .await;
    }
    let feed = map(&town).await;
    let all = feed["features"].as_array().expect("features");
    assert_eq!(all.len(), 200);
    // The newest are there, drawn as far as a reader can be asked to load.
    let newest = feature(&feed, "everywhere-204");
    assert!(polygons(&newest["geometry"]).len() >= 24);
    let drawn = all
        .iter()
        .filter(|feature| !feature["geometry"].is_null())
        .count();
    assert!((2..100).contains(&drawn), "{drawn}");
    assert!(feed.to_string().len() < 8_000_000);
    town.end().await;
}
