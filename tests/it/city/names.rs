//! What people type, and the district that it leads to.

use std::path::Path;

use glas::base::fold::fold;
use glas::city::{City, Found, Kind, Sureness, What};
use glas::cli::locate;
use glas::message::catalogue::Catalogue;

use super::{SOFIA, lang, names};

/// Typed, and the districts of all that is found.
const TYPED: &[(&str, &[&str])] = &[
    // Cyrillic
    ("дружба", &["Искър"]),
    ("ДРУЖБА-2", &["Искър"]),
    ("ж.к. Дружба 2", &["Искър"]),
    ("ж.к.Дружба 1", &["Искър"]),
    ("жк „Дружба“ 2", &["Искър"]),
    ("Дру́жба2", &["Искър"]),
    ("район Искър", &["Искър"]),
    ("р-н „Искър“", &["Искър"]),
    ("Студентски град", &["Студентски"]),
    ("студентския", &["Студентски"]),
    ("Люлин 3", &["Люлин"]),
    ("Люлин10", &["Люлин"]),
    ("ж. к. Люлин, бл. 308, вх. А", &["Люлин"]),
    ("Младост 1А", &["Младост"]),
    ("Младост 4", &["Младост"]),
    ("Младост4", &["Младост"]),
    ("кв. Бояна", &["Витоша"]),
    ("Бояна\u{301}", &["Витоша"]),
    ("кв. Симеоново", &["Витоша"]),
    ("Обеля", &["Връбница"]),
    ("Обеля 2", &["Връбница"]),
    ("ж.к. Надежда 4", &["Надежда"]),
    ("зона Б-5", &["Възраждане"]),
    ("Зона Б5", &["Възраждане"]),
    ("Зона Б-18", &["Възраждане"]),
    ("Гео Милев", &["Слатина"]),
    ("Хаджи Димитър", &["Подуяне"]),
    ("Левски Г", &["Подуяне"]),
    ("с. Лозен", &["Панчарево"]),
    ("село Герман", &["Панчарево"]),
    ("Бусманци", &["Искър"]),
    ("гр. Банкя", &["Банкя"]),
    ("Нови Искър", &["Нови Искър"]),
    ("Кътина", &["Нови Искър"]),
    (
        "гр. София, кв. Горубляне, ул. Околовръстен път 12",
        &["Младост"],
    ),
    ("Манастирски ливади", &["Триадица", "Витоша"]),
    ("Манастирски ливади – запад", &["Витоша"]),
    ("ж.к. Манастирски ливади - Б", &["Триадица"]),
    ("Кръстова вада", &["Лозенец", "Триадица"]),
    ("Бъкстон", &["Красно село", "Витоша"]),
    ("НДК", &["Триадица"]),
    ("68134-14", &["Искър"]),
    // й as и with a breve, capitals, letters that look alike
    ("Лев Толсто\u{438}\u{306}", &["Надежда"]),
    ("ЛОЗЕНЕЦ", &["Лозенец"]),
    ("ДPУЖБA", &["Искър"]),
    ("Oвчa кyпeл", &["Овча купел"]),
    // the official transliteration
    ("Druzhba", &["Искър"]),
    ("Ovcha kupel 1", &["Овча купел"]),
    ("Iskar district", &["Искър"]),
    ("Krasno selo", &["Красно село"]),
    ("krasno-selo", &["Красно село"]),
    ("Knyazhevo", &["Витоша"]),
    ("Triagalnika", &["Надежда"]),
    ("Iliyantsi", &["Надежда"]),
    ("Gorna banya", &["Овча купел"]),
    ("Hristo Smirnenski", &["Слатина"]),
    ("Sofia Airport", &["Слатина"]),
    // informal Latin
    ("Drujba", &["Искър"]),
    ("jk. Druzhba 2", &["Искър"]),
    ("zhk Drujba 2", &["Искър"]),
    ("kv. Boqna", &["Витоша"]),
    ("Boiana", &["Витоша"]),
    ("Ov4a kupel", &["Овча купел"]),
    ("Mladost4", &["Младост"]),
    ("mladost 1a", &["Младост"]),
    ("Lqlin", &["Люлин"]),
    ("Liulin 7", &["Люлин"]),
    ("Lulin 7", &["Люлин"]),
    ("Iskur", &["Искър"]),
    ("Iskyr", &["Искър"]),
    ("Triugulnika", &["Надежда"]),
    ("Vrubnica 1", &["Връбница"]),
    ("Vyzrajdane", &["Възраждане"]),
    ("Studentski grad", &["Студентски"]),
    ("Hadji Dimitur", &["Подуяне"]),
    ("Xladilnika", &["Лозенец"]),
    ("Lozenetz", &["Лозенец"]),
    ("Triadica", &["Триадица"]),
    ("Drvenica", &["Студентски"]),
    ("Bankq", &["Банкя"]),
    ("Strelbi6te", &["Триадица"]),
    ("Knqjevo", &["Витоша"]),
    ("Kremikovci", &["Кремиковци"]),
    ("Malashevci", &["Сердика", "Подуяне"]),
    // slips
    ("Дужба", &["Искър"]),
    ("Драгалефци", &["Витоша"]),
    ("Simeonvo", &["Витоша"]),
    ("Панчерево", &["Панчарево"]),
    ("Дружба 2 213", &["Искър"]),
    ("Люлин 25", &["Люлин"]),
];

fn certain(text: &str) -> Vec<Found> {
    let mut found = SOFIA.find(text);
    found.retain(|found| found.sureness != Sureness::Guess);
    found
}

#[test]
fn what_people_type_leads_to_the_district() {
    let mut wrong = vec![];
    for (typed, expected) in TYPED {
        let set = certain(typed)
            .iter()
            .fold(glas::city::Set::NONE, |set, found| set.or(found.districts));
        if names(set) != *expected {
            wrong.push(format!("{typed}: {:?} and not {expected:?}", names(set)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_name_is_found_exactly_in_each_language() {
    let mut places = csv::Reader::from_path(format!("{}/places.csv", super::FOLDER)).unwrap();
    for row in places.records().map(Result::unwrap) {
        let (bg, en, districts) = (&row[0], &row[1], &row[3]);
        for name in [bg, en, &bg.to_uppercase(), &format!("ж.к. {bg}")] {
            let found = SOFIA.find(name);
            let expected = districts
                .split(' ')
                .fold(glas::city::Set::NONE, |set, code| {
                    set.with(SOFIA.district(code).unwrap().bit)
                });
            assert!(
                found
                    .iter()
                    .any(|f| f.districts == expected && f.sureness == Sureness::Exact),
                "{name}: {found:?}"
            );
        }
    }
    for district in SOFIA.districts() {
        for name in district
            .names
            .values()
            .chain([&district.slug, &district.code])
        {
            let found = SOFIA.find(name);
            assert_eq!(found[0].what, What::District, "{name}");
            assert_eq!(found[0].districts.0, 1 << district.bit, "{name}");
        }
    }
}

#[test]
fn a_street_is_no_district_and_a_kind_word_chooses() {
    assert!(
        certain("бул. Витоша 15").is_empty(),
        "the boulevard is not the district"
    );
    assert!(certain("ул. „Цар Иван Шишман“ 10").is_empty());
    assert_eq!(names(certain("район Витоша")[0].districts), ["Витоша"]);
    let quarter = certain("кв. Витоша");
    assert_eq!(quarter.len(), 1);
    assert_eq!(quarter[0].what, What::Place(Kind::Quarter));
    assert_eq!(names(quarter[0].districts), ["Лозенец", "Студентски"]);
    assert_eq!(certain("Витоша").len(), 2, "nobody knows which is meant");
    assert_eq!(certain("бул. Витоша 15, район Средец").len(), 1);
    assert_eq!(
        certain("Лозенец").len(),
        1,
        "a place that says no more is left out"
    );
    assert_eq!(certain("гр. София")[0].what, What::City);
    assert_eq!(certain("София, Люлин").len(), 1);
}

#[test]
fn what_is_only_alike_is_a_guess_and_nonsense_is_nothing() {
    for text in ["Манастирските ливадки", "Strelbiste park", "Младостт 9"]
    {
        let found = SOFIA.find(text);
        assert!(!found.is_empty() && found.len() <= 3, "{text}: {found:?}");
    }
    for text in [
        "",
        "   ",
        "!?",
        "Пловдив",
        "12345",
        "🙂",
        "ж.к.",
        "бл. 25А",
        "xyzzy",
    ] {
        assert!(certain(text).is_empty(), "{text}");
    }
    // A name with another number or letter is not a slip.
    let levski = certain("Левски Д");
    assert!(
        levski
            .iter()
            .all(|found| found.names[&lang("bg")] == "Левски"),
        "{levski:?}"
    );
    assert!(SOFIA.find(&"Люлин ".repeat(100_000)).len() <= 3);
}

#[test]
fn a_text_of_any_length_and_kind_is_taken() {
    for text in [
        "\u{0}",
        "\u{301}\u{301}",
        "ж.к. ж.к. ж.к.",
        ",,,;;;",
        "4",
        "6",
        "ъ",
        "№",
        "ıİß",
    ] {
        let _ = SOFIA.find(text);
    }
}

fn catalogue() -> Catalogue {
    Catalogue::load(Path::new("locales"), chrono_tz::Europe::Sofia).unwrap()
}

fn answers(city: &City, query: &str) -> [String; 2] {
    let catalogue = catalogue();
    ["bg", "en"].map(|tag| locate::answer(city, &catalogue, lang(tag), query).unwrap())
}

#[test]
fn the_answer_says_where_in_both_languages() {
    let [bg, en] = answers(&SOFIA, "jk. Druzhba 2");
    assert_eq!(bg, "ж.к. Дружба 2 е в район „Искър“ (код 68134-14).");
    assert_eq!(
        en,
        "Druzhba 2 (housing complex) is in Iskar district (code 68134-14)."
    );

    let [bg, en] = answers(&SOFIA, "42.6446, 23.2662");
    assert_eq!(bg, "Точката е в район „Витоша“ (код 68134-17).");
    assert_eq!(en, "The point is in Vitosha district (code 68134-17).");

    let [bg, en] = answers(&SOFIA, "42.1354 24.7453");
    assert_eq!(bg, "Точката е извън границите на София.");
    assert_eq!(en, "The point is outside Sofia.");

    let [bg, en] = answers(&SOFIA, "Манастирски ливади");
    assert_eq!(
        bg,
        "ж.к. Манастирски ливади е на територията на няколко района: \
         район „Триадица“ и район „Витоша“. Посочете в кой от тях."
    );
    assert!(
        en.contains("Triaditsa district") && en.ends_with("Please say which."),
        "{en}"
    );

    let [bg, _] = answers(&SOFIA, "Сердика");
    assert_eq!(
        bg,
        "Така се наричат няколко места:\nрайон „Сердика“\n\
         ж.к. Сердика – район „Възраждане“\nПосочете кое от тях имате предвид."
    );

    let [bg, en] = answers(&SOFIA, "София");
    assert_eq!(bg, "София – целият град, 24 района.");
    assert_eq!(en, "Sofia, the whole city: 24 districts.");
}

#[test]
fn the_answer_owns_up_when_it_is_not_sure() {
    let [bg, en] = answers(&SOFIA, "Дужба");
    assert_eq!(
        bg,
        "Точно „Дужба“ не открихме. Най-близо е:\nж.к. Дружба е в район „Искър“ (код 68134-14)."
    );
    assert!(en.starts_with("We did not find exactly “Дужба”."), "{en}");

    let [bg, _] = answers(&SOFIA, "Манастирските ливадки");
    assert!(
        bg.starts_with("Не открихме „Манастирските ливадки“. Може би имате предвид:\n"),
        "{bg}"
    );
    assert!(
        bg.contains("ж.к. Манастирски ливади – район „Триадица“ и район „Витоша“"),
        "{bg}"
    );

    let [bg, en] = answers(&SOFIA, "zzz\u{7}qqq");
    assert!(bg.starts_with("Не открихме „zzzqqq“. Опитайте"), "{bg}");
    assert!(en.starts_with("We did not find “zzzqqq”. Try"), "{en}");

    let [bg, _] = answers(&SOFIA, "  ");
    assert!(bg.starts_with("Напишете име"), "{bg}");
}

#[test]
fn keys_of_all_names_agree_with_their_official_transliteration() {
    let places = csv::Reader::from_path(format!("{}/places.csv", super::FOLDER))
        .unwrap()
        .into_records()
        .map(|row| row.unwrap()[0].to_owned());
    let districts = SOFIA
        .districts()
        .iter()
        .map(|d| d.names[&lang("bg")].clone());
    for name in places.chain(districts) {
        let latin = crate::fold::official(&name);
        assert_eq!(fold(&latin), fold(&name), "{name} as {latin}");
    }
}
