//! Points, circles and polygons, and the districts that they touch.

use glas::base::point::{Point, Shape};
use glas::city::Set;
use proptest::prelude::*;
use serde_json::Value;

use super::{FOLDER, SOFIA, lang, names, point};

fn geojson() -> Value {
    let text = std::fs::read_to_string(format!("{FOLDER}/districts.geojson")).unwrap();
    serde_json::from_str(&text).unwrap()
}

/// Each district's code, the point of its label and its ring.
fn drawn() -> Vec<(String, Point, Vec<Point>)> {
    let position = |at: &Value| point(at[1].as_f64().unwrap(), at[0].as_f64().unwrap());
    geojson()["features"]
        .as_array()
        .unwrap()
        .iter()
        .map(|feature| {
            let ring = feature["geometry"]["coordinates"][0].as_array().unwrap();
            (
                feature["id"].as_str().unwrap().to_owned(),
                position(&feature["properties"]["label_point"]),
                ring.iter().map(position).collect(),
            )
        })
        .collect()
}

fn code_at(at: Point) -> Option<&'static str> {
    SOFIA.district_at(at).map(|district| district.code.as_str())
}

fn rectangle(south: f64, west: f64, north: f64, east: f64) -> Shape {
    Shape::Polygon(vec![
        point(south, west),
        point(south, east),
        point(north, east),
        point(north, west),
    ])
}

fn circle(lat: f64, lon: f64, radius_m: f64) -> Shape {
    let centre = point(lat, lon);
    Shape::Circle { centre, radius_m }
}

#[test]
fn label_points_lie_in_their_districts() {
    let drawn = drawn();
    assert_eq!(drawn.len(), 24);
    for (code, label, _) in drawn {
        assert_eq!(code_at(label), Some(code.as_str()));
    }
    assert_eq!(geojson()["attribution"], "OP Sofiaplan, Sofia Municipality");
}

/// Well-known points, the name under which people look for the place, and where both are.
#[test]
fn places_with_a_known_point_are_in_one_of_their_districts() {
    for (name, lat, lon) in [
        ("НДК", 42.6847, 23.3188),
        ("Храм Свети Александър Невски", 42.6958, 23.3328),
        ("Боянска църква", 42.6446, 23.2662),
        ("Летище София", 42.6885, 23.4115),
        ("Бизнес парк София", 42.6288, 23.3755),
        ("София Тех Парк", 42.6680, 23.3740),
        ("Централна гара", 42.7115, 23.3210),
        ("Орлов мост", 42.6910, 23.3370),
        ("Руски паметник", 42.6880, 23.3050),
        ("Женски пазар", 42.7010, 23.3190),
        ("Борисова градина", 42.6800, 23.3420),
        ("Дружба 1", 42.6660, 23.3990),
        ("Дружба 2", 42.6480, 23.4120),
        ("Димитър Миленков", 42.6730, 23.4090),
        ("Люлин 5", 42.7180, 23.2470),
        ("Република", 42.7290, 23.2400),
        ("Филиповци", 42.7190, 23.2120),
        ("Студентски град", 42.6500, 23.3480),
        ("Дървеница", 42.6550, 23.3610),
        ("Мусагеница", 42.6590, 23.3640),
        ("Малинова долина", 42.6330, 23.3480),
        ("Младост 1", 42.6560, 23.3780),
        ("Младост 2", 42.6430, 23.3700),
        ("Младост 3", 42.6450, 23.3830),
        ("Младост 4", 42.6270, 23.3780),
        ("Горубляне", 42.6380, 23.4040),
        ("Полигона", 42.6590, 23.3830),
        ("Дианабад", 42.6660, 23.3520),
        ("Изток", 42.6740, 23.3540),
        ("Яворов", 42.6870, 23.3470),
        ("Гео Милев", 42.6810, 23.3600),
        ("Редута", 42.6880, 23.3640),
        ("Хаджи Димитър", 42.7120, 23.3570),
        ("Сухата река", 42.7070, 23.3680),
        ("Стефан Караджа", 42.7080, 23.3540),
        ("Малашевци", 42.7245, 23.3520),
        ("Орландовци", 42.7290, 23.3370),
        ("Банишора", 42.7120, 23.3110),
        ("Фондови жилища", 42.7190, 23.3150),
        ("Свобода", 42.7270, 23.3020),
        ("Лев Толстой", 42.7330, 23.3000),
        ("Триъгълника", 42.7235, 23.3030),
        ("Илиянци", 42.7480, 23.3080),
        ("Требич", 42.7680, 23.3070),
        ("Връбница 1", 42.7370, 23.2760),
        ("Обеля 2", 42.7440, 23.2740),
        ("Захарна фабрика", 42.7125, 23.2870),
        ("Света Троица", 42.7120, 23.2990),
        ("Зона Б-5", 42.7020, 23.3070),
        ("ж.к. Сердика", 42.6990, 23.3080),
        ("Факултета", 42.6990, 23.2720),
        ("Разсадника", 42.7010, 23.2950),
        ("Лагера", 42.6850, 23.2950),
        ("Хиподрума", 42.6810, 23.2980),
        ("Борово", 42.6690, 23.2850),
        ("Бъкстон", 42.6670, 23.2740),
        ("Гоце Делчев", 42.6680, 23.2970),
        ("Стрелбище", 42.6720, 23.2980),
        ("Иван Вазов", 42.6790, 23.3110),
        ("Манастирски ливади", 42.6640, 23.2850),
        ("Кръстова вада", 42.6500, 23.3120),
        ("Хладилника", 42.6600, 23.3180),
        ("кв. Витоша", 42.6470, 23.3330),
        ("Бояна", 42.6440, 23.2660),
        ("Драгалевци", 42.6320, 23.3100),
        ("Симеоново", 42.6200, 23.3330),
        ("Княжево", 42.6570, 23.2440),
        ("Горна баня", 42.6790, 23.2390),
        ("Суходол", 42.6940, 23.2180),
        ("Ботунец", 42.7430, 23.4930),
        ("Враждебна", 42.7140, 23.4300),
        ("Челопечене", 42.7330, 23.4560),
        ("Сеславци", 42.7970, 23.5110),
        ("Курило", 42.8240, 23.3540),
        ("Михайлово", 42.7100, 23.1200),
    ] {
        let found = SOFIA.find(name);
        let district = SOFIA.district_at(point(lat, lon)).unwrap();
        assert!(
            found[0].districts.has(district.bit),
            "{name} is in {:?}, its point in {:?}",
            names(found[0].districts),
            district.names[&lang("bg")]
        );
    }
}

#[test]
fn every_point_of_a_border_has_one_district() {
    for (_, _, ring) in drawn() {
        for pair in ring.windows(2) {
            let middle = Point {
                lat: i64::midpoint(pair[0].lat, pair[1].lat),
                lon: i64::midpoint(pair[0].lon, pair[1].lon),
            };
            assert!(code_at(pair[0]).is_some(), "{:?}", pair[0]);
            assert!(code_at(middle).is_some(), "{middle:?}");
        }
    }
}

#[test]
fn outside_is_outside() {
    for (lat, lon) in [
        (42.1354, 24.7453),
        (42.6, 22.9),
        (0.0, 0.0),
        (90.0, 180.0),
        (-90.0, -180.0),
    ] {
        assert_eq!(code_at(point(lat, lon)), None);
        assert_eq!(SOFIA.touching(&circle(lat, lon, 0.0)), Set::NONE);
    }
}

#[test]
fn a_district_s_own_boundary_touches_no_neighbour() {
    for (code, _, ring) in drawn() {
        let touched = SOFIA.touching(&Shape::Polygon(ring));
        let bit = SOFIA.district(&code).unwrap().bit;
        assert_eq!(touched, Set::NONE.with(bit), "{code}: {:?}", names(touched));
    }
}

#[test]
fn a_boundary_drawn_with_less_care_touches_no_neighbour() {
    // Every corner is moved by up to 20 m, each its own way.
    for (code, _, ring) in drawn() {
        let moved = ring
            .iter()
            .enumerate()
            .map(|(at, corner)| {
                let at = i64::try_from(at).unwrap();
                Point {
                    lat: corner.lat + (at * 7919) % 250 - 125,
                    lon: corner.lon + (at * 104_729) % 300 - 150,
                }
            })
            .collect();
        let touched = SOFIA.touching(&Shape::Polygon(moved));
        let bit = SOFIA.district(&code).unwrap().bit;
        assert_eq!(touched, Set::NONE.with(bit), "{code}: {:?}", names(touched));
    }
}

#[test]
fn polygons_touch_what_they_reach_into() {
    let all = SOFIA.touching(&rectangle(42.0, 22.5, 43.5, 24.5));
    assert_eq!(SOFIA.in_set(all).count(), 24, "round the whole city");
    let lyulin = rectangle(42.715, 23.240, 42.722, 23.252);
    assert_eq!(names(SOFIA.touching(&lyulin)), ["Люлин"]);
    // Over the border of Manastirski livadi: Triaditsa and Vitosha.
    let both = rectangle(42.655, 23.283, 42.665, 23.297);
    let touched = names(SOFIA.touching(&both));
    assert!(
        touched.contains(&"Триадица") && touched.contains(&"Витоша"),
        "{touched:?}"
    );
    let away = rectangle(42.10, 24.70, 42.20, 24.80);
    assert!(SOFIA.touching(&away).is_empty());
    // Beside the city, its bounding box overlapping ours.
    assert!(
        SOFIA
            .touching(&rectangle(42.86, 23.05, 42.88, 23.08))
            .is_empty()
    );
}

#[test]
fn small_and_thin_polygons_count_where_they_lie() {
    // A house; a street of ten metres, level, upright and askew; all in Lyulin.
    for corners in [
        [
            (42.7180, 23.2470),
            (42.7180, 23.2471),
            (42.7181, 23.2471),
            (42.7181, 23.2470),
        ],
        [
            (42.7180, 23.2420),
            (42.7180, 23.2500),
            (42.7181, 23.2500),
            (42.7181, 23.2420),
        ],
        [
            (42.7150, 23.2470),
            (42.7150, 23.2471),
            (42.7210, 23.2471),
            (42.7210, 23.2470),
        ],
        [
            (42.7150, 23.2420),
            (42.7150, 23.2421),
            (42.7210, 23.2501),
            (42.7210, 23.2500),
        ],
    ] {
        let ring = corners.map(|(lat, lon)| point(lat, lon)).to_vec();
        assert_eq!(
            names(SOFIA.touching(&Shape::Polygon(ring))),
            ["Люлин"],
            "{corners:?}"
        );
    }
    // A strip along a border, nowhere deep in either district, is not lost.
    for (code, _, ring) in drawn() {
        let (a, b) = (ring[0], ring[1]);
        let strip = vec![
            a,
            b,
            Point {
                lat: b.lat + 20,
                lon: b.lon + 20,
            },
            Point {
                lat: a.lat + 20,
                lon: a.lon + 20,
            },
        ];
        assert!(!SOFIA.touching(&Shape::Polygon(strip)).is_empty(), "{code}");
    }
}

#[test]
fn broken_polygons_are_judged_all_the_same() {
    let (a, b) = (point(42.7180, 23.2420), point(42.7180, 23.2500));
    let (c, d) = (point(42.7210, 23.2420), point(42.7210, 23.2500));
    for ring in [
        vec![a],
        vec![a, a, a, a],
        vec![a, b],
        vec![a, b, a],
        vec![a, b, point(42.7180, 23.2460)],
        vec![a, d, b, c],
        vec![a, b, d, c, a, b, d, c, a],
        vec![a, b, b, b, d, d, c, c, a],
    ] {
        assert_eq!(
            names(SOFIA.touching(&Shape::Polygon(ring.clone()))),
            ["Люлин"],
            "{ring:?}"
        );
    }
    assert!(SOFIA.touching(&Shape::Polygon(vec![])).is_empty());
}

#[test]
fn circles_are_measured_over_the_ground() {
    assert_eq!(
        names(SOFIA.touching(&circle(42.7180, 23.2470, 0.0))),
        ["Люлин"]
    );
    assert_eq!(
        names(SOFIA.touching(&circle(42.7180, 23.2470, 500.0))),
        ["Люлин"]
    );
    let all = SOFIA.touching(&circle(42.6977, 23.3219, 60_000.0));
    assert_eq!(SOFIA.in_set(all).count(), 24);
    assert!(
        SOFIA.touching(&circle(42.7180, 23.2470, f64::NAN)).has(18),
        "no radius is a point"
    );
    // From Plovdiv (42.1354, 24.7453) the nearest district, Pancharevo, begins some 91 km away.
    let near = |radius_m| names(SOFIA.touching(&circle(42.1354, 24.7453, radius_m)));
    let first = (80..120)
        .find(|km| !near(f64::from(*km) * 1000.0).is_empty())
        .unwrap();
    assert_eq!(near(f64::from(first) * 1000.0), ["Панчарево"], "{first} km");
    // A circle reaches the neighbour as soon as its radius is the way there, and no sooner.
    let neighbour = |radius_m| {
        SOFIA
            .in_set(SOFIA.touching(&circle(42.6847, 23.3188, radius_m)))
            .count()
    };
    assert_eq!(
        (neighbour(170.0), neighbour(195.0)),
        (1, 2),
        "181 m to Sredets"
    );
}

/// A ring of many corners round a point, in and out like a saw.
fn saw(corners: u32, lat: f64, lon: f64, outer: f64, inner: f64) -> Shape {
    Shape::Polygon(
        (0..corners)
            .map(|at| {
                let turn = f64::from(at) / f64::from(corners) * std::f64::consts::TAU;
                let reach = if at % 2 == 0 { outer } else { inner };
                point(lat + reach * turn.sin(), lon + reach * turn.cos())
            })
            .collect(),
    )
}

#[test]
fn a_hundred_thousand_corners_are_no_trouble() {
    for (shape, count) in [
        (saw(100_000, 42.6977, 23.3219, 0.6, 0.599), 24),
        (saw(100_000, 42.6977, 23.3219, 1.0, 0.0), 24),
        (saw(100_000, 42.7180, 23.2470, 0.004, 0.003), 1),
    ] {
        let touched = SOFIA.touching(&shape);
        assert_eq!(SOFIA.in_set(touched).count(), count);
    }
}

proptest! {
    #[test]
    fn a_point_and_a_small_square_round_it_agree(lat in 42.35f64..42.95, lon in 22.95f64..23.75) {
        let at = point(lat, lon);
        let touched = SOFIA.touching(&rectangle(lat - 1e-5, lon - 1e-5, lat + 1e-5, lon + 1e-5));
        if let Some(district) = SOFIA.district_at(at) {
            prop_assert!(touched.has(district.bit));
        }
        prop_assert_eq!(SOFIA.touching(&circle(lat, lon, 0.0)).is_empty(), SOFIA.district_at(at).is_none());
    }

    #[test]
    fn any_polygon_is_taken(corners in prop::collection::vec((-90.0f64..90.0, -180.0f64..180.0), 0..12)) {
        let ring = corners.into_iter().map(|(lat, lon)| point(lat, lon)).collect();
        let _ = SOFIA.touching(&Shape::Polygon(ring));
    }
}
