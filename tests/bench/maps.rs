//! Maps of alerts: how long one takes to draw, and how many bytes it has.

use std::path::Path;
use std::time::Instant;

use anyhow::Context as _;
use glas::base::point::{Point, Shape};
use glas::city::{City, Set};
use glas::features::alert::map::{Affected, Atlas, Captions};

/// How often each map is drawn; the median counts.
const ROUNDS: usize = 15;

/// Draws the maps of some alerts and prints what they cost.
pub fn measure() -> anyhow::Result<()> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("cities/sofia");
    let city = City::load(&folder)?;
    let start = Instant::now();
    let atlas = Atlas::new(&city);
    println!("\nmaps: prepared in {:.1} ms", millis(start));
    println!("{:<22}{:>12}{:>12}", "", "ms", "KB");
    let lang = "bg".parse()?;
    let captions = Captions {
        title: "Сериозна опасност: Силна гръмотевична буря".to_owned(),
        affected: "Засегнати места".to_owned(),
        length: "1 км".to_owned(),
    };
    for (name, affected) in alerts(&city)? {
        let mut times = vec![];
        let mut bytes = 0;
        for _ in 0..ROUNDS {
            let start = Instant::now();
            let sheet = atlas.sheet(&affected).context("nothing to show")?;
            bytes = sheet.png(&captions, lang)?.len();
            times.push(millis(start));
        }
        times.sort_by(f64::total_cmp);
        println!(
            "{name:<22}{:>12.1}{:>12}",
            times[ROUNDS / 2],
            bytes.div_ceil(1000)
        );
    }
    Ok(())
}

fn alerts(city: &City) -> anyhow::Result<[(&'static str, Affected); 3]> {
    let of = |wanted: &dyn Fn(&str) -> bool| {
        let named = city.districts().iter().filter(|it| wanted(&it.slug));
        Affected {
            whole: named.fold(Set::NONE, |set, it| set.with(it.bit)),
            touched: Set::NONE,
            shapes: vec![],
        }
    };
    let centre = Point::from_degrees(42.657, 23.376).context("a point")?;
    let circle = Shape::Circle {
        centre,
        radius_m: 300.0,
    };
    let drawn = Affected {
        whole: Set::NONE,
        touched: city.touching(&circle),
        shapes: vec![circle],
    };
    Ok([
        ("one district", of(&|slug| slug == "lyulin")),
        ("the whole city", of(&|_| true)),
        ("a circle of 300 m", drawn),
    ])
}

fn millis(since: Instant) -> f64 {
    since.elapsed().as_secs_f64() * 1000.0
}
