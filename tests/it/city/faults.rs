//! A city's folder with a fault is refused, and the fault named with file and line.

use std::fs;

use glas::city::City;
use tempfile::TempDir;

use super::FOLDER;

/// A copy of Sofia in which one text of one file is another.
fn with(file: &str, text: &str, instead: &str) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for entry in fs::read_dir(FOLDER).unwrap().map(Result::unwrap) {
        fs::copy(entry.path(), folder.path().join(entry.file_name())).unwrap();
    }
    let path = folder.path().join(file);
    let old = fs::read_to_string(&path).unwrap();
    assert!(old.contains(text), "{file} has no {text}");
    fs::write(path, old.replacen(text, instead, 1)).unwrap();
    folder
}

/// File, text, what stands instead, what is told.
const FAULTS: &[(&str, &str, &str, &str)] = &[
    (
        "city.toml",
        "Europe/Sofia",
        "Europe/Sofija",
        "city.toml, line 5: „Europe/Sofija“",
    ),
    (
        "city.toml",
        "emergency =",
        "emergencies =",
        "unknown field `emergencies`",
    ),
    (
        "city.toml",
        "emergency = \"112\"",
        "",
        "missing field `emergency`",
    ),
    (
        "city.toml",
        "[\"bg\", \"en\"]",
        "[\"bg\", \"tr\"]",
        "[names] has no text in tr",
    ),
    (
        "city.toml",
        "[\"bg\", \"en\"]",
        "[\"bg\", \"bg\"]",
        "names one twice",
    ),
    ("city.toml", "[\"bg\", \"en\"]", "[]", "languages is empty"),
    (
        "districts.csv",
        "68134-03,2,",
        "68134-02,2,",
        "districts.csv, line 4: code 68134-02 is already on line 3",
    ),
    (
        "districts.csv",
        "68134-03,2,",
        "68134-03,1,",
        "line 4: bit 1 is already on line 3",
    ),
    (
        "districts.csv",
        "68134-03,2,",
        "68134-03,63,",
        "line 4: bit is 63",
    ),
    (
        "districts.csv",
        "68134-03,2,",
        "68134-03,x,",
        "line 4: bit is „x“",
    ),
    (
        "districts.csv",
        "vazrazhdane",
        "Vazrazhdane",
        "line 4: slug is „Vazrazhdane“",
    ),
    ("districts.csv", "Възраждане", "", "line 4: bg is empty"),
    (
        "districts.csv",
        "YOUR-SOFIA:RVA",
        "YOUR-SOFIA:RSR",
        "line 4: YOUR-SOFIA RSR is there twice",
    ),
    (
        "districts.csv",
        "YOUR-SOFIA:RVA",
        "RVA",
        "line 4: the alias RVA is not SCHEME:CODE",
    ),
    (
        "districts.csv",
        "slug",
        "slag",
        "line 1: the column slug is missing",
    ),
    (
        "districts.csv",
        "aliases",
        "aliases,notes",
        "notes is unknown",
    ),
    (
        "districts.csv",
        ",Възраждане,",
        ",",
        "districts.csv, line 4: not a row of the list",
    ),
    (
        "places.csv",
        "68134-22,EKATTE",
        "68134-25,EKATTE",
        "places.csv, line 3: 68134-25 is no district's code",
    ),
    (
        "places.csv",
        "Бухово,Buhovo",
        "Банкя,Bankya",
        "line 3: kind and name Town Банкя is already on line 2",
    ),
    (
        "places.csv",
        "town",
        "tow",
        "line 2: tow is no kind of place",
    ),
    ("places.csv", "EKATTE", "hearsay", "line 2: source is"),
    (
        "geocodes.csv",
        "BG411,all",
        "BG411,68134",
        "geocodes.csv, line 5: 68134 is no district's code",
    ),
    (
        "geocodes.csv",
        "NUTS2,BG41,",
        "NUTS3,BG411,",
        "line 5: NUTS3 BG411 is there twice",
    ),
    (
        "topics.csv",
        "electricity,1,",
        "electricity,0,",
        "topics.csv, line 3: bit 0 is already on line 2",
    ),
    (
        "topics.csv",
        ",Met,",
        ",Meteo,",
        "Meteo is no category of CAP 1.2",
    ),
    ("topics.csv", "вода; ", ";", "line 2: „“ has no word"),
    (
        "categories.csv",
        "roads-potholes,roads,",
        "roads-potholes,raods,",
        "categories.csv, line 3: raods is no upper category",
    ),
    ("categories.csv", "1314", "many", "line 2: count is „many“"),
    (
        "districts.geojson",
        "\"68134-02\"",
        "\"68134-01\"",
        "districts.geojson, line 3: 68134-01 is drawn twice",
    ),
    (
        "districts.geojson",
        "\"68134-02\"",
        "\"68134-99\"",
        "line 3: 68134-99 is no district's code",
    ),
    (
        "districts.geojson",
        "[[[23.320768,42.683368]",
        "[[[23.32,42.68],[23.320768,42.683368]",
        "line 2: a ring is open",
    ),
    (
        "districts.geojson",
        "[[[23.320768,42.683368]",
        "[[[23.32,142.68],[23.320768,42.683368]",
        "line 2: ",
    ),
    ("districts.geojson", "\"Polygon\"", "\"Point\"", "line 2: "),
    (
        "districts.geojson",
        "FeatureCollection",
        "Features",
        "line 1: the type is not FeatureCollection",
    ),
];

#[test]
fn faults_are_named_with_file_and_line() {
    for (file, text, instead, told) in FAULTS {
        let folder = with(file, text, instead);
        match City::load(folder.path()) {
            Ok(_) => panic!("{file} was taken with {instead} for {text}"),
            Err(e) => assert!(e.to_string().contains(told), "{e}\nshould tell: {told}"),
        }
    }
}

#[test]
fn a_district_without_a_boundary_and_a_missing_file_are_faults() {
    let text = fs::read_to_string(format!("{FOLDER}/districts.geojson")).unwrap();
    let line = text.lines().nth(24).unwrap();
    let last = format!(",\n{line}");
    let folder = with("districts.geojson", &last, "");
    let told = City::load(folder.path()).err().unwrap().to_string();
    assert!(told.contains("68134-24 has no boundary"), "{told}");

    fs::remove_file(folder.path().join("topics.csv")).unwrap();
    let text = fs::read_to_string(format!("{FOLDER}/districts.geojson")).unwrap();
    fs::write(folder.path().join("districts.geojson"), text).unwrap();
    let told = City::load(folder.path()).err().unwrap().to_string();
    assert!(told.contains("topics.csv cannot be read"), "{told}");
}
