//! What the maps themselves show: names in the reader's language, none on another, few bytes.

use std::path::Path;

use glas::base::point::{Point, Shape};
use glas::city::{City, Set};
use glas::features::alert::map::{Affected, Atlas, Captions};
use glas::message::layout::{Part, lay_out};
use glas::message::limits::Showing;
use glas::message::picture::{Picture, PictureId};
use glas::message::{Block, Letter};

use crate::layout::{letter, limits, texts};

fn city() -> City {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("cities/sofia");
    City::load(&folder).expect("the city")
}

fn point(lat: f64, lon: f64) -> Point {
    Point::from_degrees(lat, lon).expect("a point")
}

fn named(city: &City, slugs: &[&str]) -> Affected {
    let named = city.districts().iter();
    let named = named.filter(|it| slugs.is_empty() || slugs.contains(&it.slug.as_str()));
    Affected {
        whole: named.fold(Set::NONE, |set, it| set.with(it.bit)),
        touched: Set::NONE,
        shapes: vec![],
    }
}

fn drawn(city: &City, shape: Shape) -> Affected {
    Affected {
        whole: Set::NONE,
        touched: city.touching(&shape),
        shapes: vec![shape],
    }
}

fn captions() -> Captions {
    Captions {
        title: "Буря <&> 1".to_owned(),
        affected: "A".to_owned(),
        length: "1 km".to_owned(),
    }
}

/// A text of the map: what it says, its size, and where its middle and base line are.
type Text = (String, f64, (f64, f64));

/// The names on a map: its texts with a rim.
fn names(svg: &str) -> Vec<Text> {
    let number = |element: &str, name: &str| -> f64 {
        let (_, after) = element
            .split_once(&format!(" {name}=\""))
            .expect("a number");
        after
            .split('"')
            .next()
            .and_then(|text| text.parse().ok())
            .expect("a number")
    };
    let elements = svg
        .split("<text")
        .skip(1)
        .filter(|it| it.contains("paint-order"));
    let name = |element: &str| {
        let (_, after) = element.split_once('>').expect("a text");
        let words = after.split("</text>").next().expect("a text").to_owned();
        let size = number(element, "font-size");
        (words, size, (number(element, "x"), number(element, "y")))
    };
    elements.map(name).collect()
}

/// Every map that is looked at here.
fn maps(city: &City) -> Vec<(&'static str, Affected)> {
    let across = [
        (42.60, 23.02),
        (42.78, 23.05),
        (42.76, 23.22),
        (42.66, 23.26),
        (42.58, 23.18),
    ];
    let across = across.map(|(lat, lon)| point(lat, lon)).to_vec();
    let country = [(41.0, 22.0), (44.0, 22.0), (44.0, 28.0), (41.0, 28.0)];
    let country = country.map(|(lat, lon)| point(lat, lon)).to_vec();
    let centre = point(42.657, 23.376);
    let inner = [
        "sredets",
        "oborishte",
        "vazrazhdane",
        "triaditsa",
        "lozenets",
        "krasno-selo",
        "izgrev",
        "serdika",
    ];
    vec![
        ("one district", named(city, &["lyulin"])),
        ("eight districts", named(city, &inner)),
        ("the whole city", named(city, &[])),
        (
            "a circle",
            drawn(
                city,
                Shape::Circle {
                    centre,
                    radius_m: 300.0,
                },
            ),
        ),
        (
            "a point",
            drawn(
                city,
                Shape::Circle {
                    centre,
                    radius_m: 0.0,
                },
            ),
        ),
        ("across the border", drawn(city, Shape::Polygon(across))),
        ("a whole country", drawn(city, Shape::Polygon(country))),
    ]
}

#[test]
fn names_are_in_the_readers_language_and_never_one_on_another() {
    let city = city();
    let atlas = Atlas::new(&city);
    for (what, affected) in maps(&city) {
        let sheet = atlas.sheet(&affected).expect("a map");
        for (lang, names_lyulin) in [("bg", "Люлин"), ("en", "Lyulin")] {
            let svg = sheet.svg(&captions(), lang.parse().expect("a language"));
            let names = names(&svg);
            assert!((1..=12).contains(&names.len()), "{what}: {names:?}");
            if what == "one district" {
                assert!(
                    names.iter().any(|(name, ..)| name == names_lyulin),
                    "{names:?}"
                );
            }
            if what == "eight districts" {
                let bold = svg.matches("font-weight=\"700\" fill=\"#111827\"").count();
                assert_eq!(bold, 8, "{names:?}");
            }
            for (number, (name, size, (x, y))) in names.iter().enumerate() {
                // No letter of either script is narrower on the average.
                let width = |name: &str, size: f64| {
                    0.45 * size * f64::from(u8::try_from(name.chars().count()).expect("short"))
                };
                for (other, high, (at, base)) in &names[..number] {
                    let beside =
                        (x - at).abs() >= f64::midpoint(width(name, *size), width(other, *high));
                    let below = (y - base).abs() >= 0.8 * size.min(*high);
                    assert!(beside || below, "{what}: {name} on {other}");
                }
                let room = width(name, *size) / 2.0;
                assert!(
                    x - room >= 0.0 && x + room <= 1200.0 && (92.0..=850.0).contains(y),
                    "{what}: {name}"
                );
            }
        }
    }
}

#[test]
fn a_map_is_small_the_same_every_time_and_told_apart_without_colours() {
    let city = city();
    let atlas = Atlas::new(&city);
    let lang = "bg".parse().expect("a language");
    for (what, affected) in maps(&city) {
        let sheet = atlas.sheet(&affected).expect("a map");
        let svg = sheet.svg(&captions(), lang);
        assert!(
            svg.matches("url(#h)").count() >= 2,
            "{what}: hatched, and so is its key"
        );
        assert!(svg.contains("© OP Sofiaplan, Sofia Municipality"), "{what}");
        assert!(svg.contains("Буря &lt;&amp;&gt; 1"), "{what}");
        let png = sheet.png(&captions(), lang).expect("a picture");
        assert!(png.len() < 80_000, "{what}: {} bytes", png.len());
        let edges = [&png[16..20], &png[20..24]]
            .map(|edge| u32::from_be_bytes(edge.try_into().expect("four bytes")));
        assert_eq!(edges, [1200, 900], "{what}");
        let again = Atlas::new(&city);
        let again = again
            .sheet(&affected)
            .expect("a map")
            .png(&captions(), lang);
        assert!(again.expect("a picture") == png, "{what}: another picture");
    }
}

#[test]
fn where_nothing_is_affected_there_is_no_map() {
    let city = city();
    let atlas = Atlas::new(&city);
    let far = point(43.2, 27.9);
    let nothing = Affected {
        whole: Set::NONE,
        touched: Set::NONE,
        shapes: vec![Shape::Circle {
            centre: far,
            radius_m: 500.0,
        }],
    };
    assert!(atlas.sheet(&nothing).is_none());
}

/// The parts of a letter with a picture, its text of so many letters, and which of them show it.
fn laid_out(length: usize, showing: Option<Showing>) -> (Vec<Part>, Vec<bool>) {
    let mut letter = letter(Some("12345678"), vec![Block::Paragraph("x".repeat(length))]);
    letter.picture = Some(Picture {
        id: PictureId::of([7; 32]),
        alternative: "Map of the places".to_owned(),
    });
    let mut limits = limits(Some(60), Some(50));
    limits.pictures = showing;
    let parts = lay_out(&letter, &limits);
    let shown = parts.iter().map(|part| part.picture.is_some()).collect();
    (parts, shown)
}

#[test]
fn a_picture_stands_beside_a_short_text_and_behind_a_long_one() {
    let caption = |most| {
        Some(Showing {
            caption: Some(most),
            keeps: true,
        })
    };
    // Title, a blank line and 20 letters are 30.
    assert_eq!(laid_out(20, caption(30)).1, [true]);
    let (parts, shown) = laid_out(20, caption(29));
    assert_eq!(shown, [false, true]);
    assert_eq!(parts[1].text.text, "Map of the places");
    assert_eq!(laid_out(90, caption(100)).1, [false, false, true]);
    let (parts, _) = laid_out(20, caption(12));
    assert_eq!(texts(&parts)[1], "Map of the…");
    let beside = Some(Showing {
        caption: None,
        keeps: false,
    });
    assert_eq!(laid_out(90, beside).1, [true, false]);
    assert_eq!(laid_out(20, None).1, [false]);
}

#[test]
fn a_letter_that_rested_before_there_were_pictures_is_still_read() {
    let rested =
        r#"{"title":null,"body":[{"Paragraph":"a"}],"actions":[],"weight":"Normal","footer":null}"#;
    let read: Letter<String> = serde_json::from_str(rested).expect("a letter");
    assert_eq!(read, Letter::line("a".to_owned()));
    assert_eq!(serde_json::to_string(&read).expect("JSON"), rested);
    let id = "0123456789abcdef".repeat(4);
    assert!(PictureId::try_from(id.clone()).is_ok_and(|read| String::from(read) == id));
    for wrong in ["", "../../etc", &id.to_uppercase(), &id[1..]] {
        assert!(PictureId::try_from(wrong.to_owned()).is_err(), "{wrong}");
    }
}
