//! What an operator is told about facts that are not right, in both languages.

use glas::features::alert::template::{Facts, Template, Where, draw_up};
use insta::assert_snapshot;

use super::Desk;
use crate::cap::at;

#[test]
fn no_place_is_refused_and_never_everybody() {
    let desk = Desk::new();
    for none in [&[][..], &["place="], &["place= , ;"], &["place=-"]] {
        let told = desk.refused(Template::Water, none, "en");
        assert!(told.starts_with("No place is given."), "{told}");
    }
    assert_snapshot!(desk.refused(Template::Water, &[], "bg"), @"Не е посочено място. Напишете район или квартал; за целия град напишете „целият град“.");
    for all in [
        "целият град",
        "The whole city",
        "tseliyat grad",
        "*",
        "everywhere",
    ] {
        let place = format!("place={all}");
        let facts = desk.facts(Template::Water, &[&place]).unwrap();
        assert_eq!(facts.place, Where::Everywhere, "{all}");
    }
}

#[test]
fn a_place_is_taken_only_by_its_very_name() {
    let desk = Desk::new();
    let told = |place: &str, code| desk.refused(Template::Water, &[place], code);
    assert_snapshot!(told("place=София", "bg"), @"„София“ е целият град. Ако наистина е за всички, напишете „целият град“.");
    assert_snapshot!(told("place=София", "en"), @"“София” is the whole city. If it really is for everybody, write “the whole city”.");
    assert_snapshot!(told("place=Люлюн", "bg"), @"Няма място точно с името „Люлюн“. Ако имате предвид район Люлин, напишете го така.");
    assert_snapshot!(told("place=Люлюн", "en"), @"No place is called exactly “Люлюн”. If you mean Lyulin district, write it so.");
    assert_snapshot!(told("place=Атлантида, Мордор", "bg"), @"
    В града няма място „Атлантида“. Напишете района или квартала точно.
    В града няма място „Мордор“. Напишете района или квартала точно.
    ");
    assert_snapshot!(told("place=Atlantis", "en"), @"There is no place “Atlantis” in the city. Write the exact name of the district or quarter.");
    assert_snapshot!(told("around=48.85,2.35", "bg"), @"Точката 48.850000,2.350000 не засяга никой район на града. Проверете координатите.");
    assert_snapshot!(told("around=48.85,2.35", "en"), @"The point 48.850000,2.350000 touches no district of the city. Check the coordinates.");
    assert_snapshot!(told("around=тук", "bg"), @"„тук“ не е точка. Напишете ширина и дължина, например 42.6977,23.3219.");
    assert_snapshot!(told("around=here", "en"), @"“here” is no point. Write latitude and longitude, for example 42.6977,23.3219.");
    let wide = ["around=42.6977,23.3219", "radius=40000"];
    assert_snapshot!(desk.refused(Template::Water, &wide, "bg"), @"Радиусът „40000“ не става. Напишете метри, от 50 до 20 000.");
    assert_snapshot!(desk.refused(Template::Water, &wide, "en"), @"“40000” is no radius. Write metres, from 50 to 20,000.");
    let both = ["around=42.6977,23.3219", "place=Люлин"];
    assert_snapshot!(desk.refused(Template::Water, &both, "bg"), @"Посочени са и име на място, и точка. Оставете едното от двете.");
    assert_snapshot!(desk.refused(Template::Water, &both, "en"), @"Both names and a point are given. Leave one of the two.");
    let many = vec!["Люлин"; 31].join(",");
    assert_snapshot!(told(&format!("place={many}"), "bg"), @"Местата са 31, а може да са най-много 30. За всички напишете „целият град“.");
}

#[test]
fn times_must_be_readable_and_make_sense() {
    let desk = Desk::new();
    let told = |time: &[&str], code| {
        let all = [&["place=Люлин"], time].concat();
        desk.refused(Template::Water, &all, code)
    };
    assert_snapshot!(told(&["until=скоро"], "bg"), @"„скоро“ не е час или дата. Напишете 14:00, „утре 9:00“, 27.11. 18:00 или 2026-11-27 18:00.");
    assert_snapshot!(told(&["until=25:00"], "en"), @"“25:00” is no time or date. Write 14:00, “tomorrow 9:00”, 27.11. 18:00 or 2026-11-27 18:00.");
    assert_snapshot!(told(&["from=28.11.", "until=27.11. 12:00"], "bg"), @"Краят (27 ноември 2026 г., 12:00 ч.) не е след началото (28 ноември 2026 г., 0:00 ч.). Поправете едното от двете.");
    assert_snapshot!(told(&["from=28.11.", "until=27.11. 12:00"], "en"), @"The end (27 November 2026, 12:00) is not after the beginning (28 November 2026, 0:00). Correct one of them.");
    assert_snapshot!(told(&["until=25.11."], "bg"), @"Краят (25 ноември 2026 г., 23:59 ч.) вече е минал. Посочете бъдещ час.");
    assert_snapshot!(told(&["until=25.11."], "en"), @"The end (25 November 2026, 23:59) has passed. Give a time to come.");
    assert_snapshot!(told(&["until=2027-11-27"], "bg"), @"27 ноември 2027 г., 23:59 ч. е твърде далеч: най-много месец оттук нататък или назад.");
    assert_snapshot!(told(&["until=2027-11-27"], "en"), @"27 November 2027, 23:59 is too far away: a month from now or back at most.");
}

#[test]
fn times_are_read_as_people_write_them() {
    let desk = Desk::new();
    for (from, until, begins, ends) in [
        ("", "14:00", None, Some("2026-11-26T14:00:00+02:00")),
        ("", "6:00", None, Some("2026-11-27T06:00:00+02:00")),
        ("6:30 ч.", "", Some("2026-11-26T06:30:00+02:00"), None),
        ("0:30", "", Some("2026-11-27T00:30:00+02:00"), None),
        (
            "22:00",
            "06:00",
            Some("2026-11-26T22:00:00+02:00"),
            Some("2026-11-27T06:00:00+02:00"),
        ),
        (
            "утре 9:00",
            "27.11. 18:00",
            Some("2026-11-27T09:00:00+02:00"),
            Some("2026-11-27T18:00:00+02:00"),
        ),
        (
            "tomorrow",
            "tomorrow",
            Some("2026-11-27T00:00:00+02:00"),
            Some("2026-11-27T23:59:00+02:00"),
        ),
        (
            "dnes 18:00",
            "2.1.",
            Some("2026-11-26T18:00:00+02:00"),
            Some("2027-01-02T23:59:00+02:00"),
        ),
        (
            "2026-11-27 08:15",
            "2026-11-27T20:00:00+01:00",
            Some("2026-11-27T08:15:00+02:00"),
            Some("2026-11-27T21:00:00+02:00"),
        ),
        (
            "27.11.2026 г., 8:15 ч.",
            "2026-11-27T20:00",
            Some("2026-11-27T08:15:00+02:00"),
            Some("2026-11-27T20:00:00+02:00"),
        ),
    ] {
        let (from, until) = (format!("from={from}"), format!("until={until}"));
        let facts = desk.facts(Template::Water, &["place=Люлин", &from, &until]);
        let facts = facts.unwrap_or_else(|faults| panic!("{}", desk.told(&faults, "en")));
        let read = (facts.from, facts.until);
        assert_eq!(read, (begins.map(at), ends.map(at)), "{from} {until}");
    }
    let now = desk.facts(Template::Water, &["from=сега"]).unwrap();
    assert_eq!(now.from, Some(desk.now));
}

#[test]
fn what_must_be_there_is_asked_for_and_what_has_no_use_is_named() {
    let desk = Desk::new();
    let told = |template, facts: &[&str], code| desk.refused(template, facts, code);
    let place = "place=Люлин";
    assert_snapshot!(told(Template::School, &[place], "bg"), @"
    Липсва: начало. Без това съобщението не може да се състави.
    Липсва: край. Без това съобщението не може да се състави.
    ");
    assert_snapshot!(told(Template::School, &[place], "en"), @"
    Missing: beginning. The message cannot be drawn up without it.
    Missing: end. The message cannot be drawn up without it.
    ");
    assert_snapshot!(told(Template::Evacuation, &[place], "bg"), @"Липсва: улица или сграда. Без това съобщението не може да се състави.");
    assert_snapshot!(told(Template::Water, &[place, "cause=planned"], "en"), @"
    Missing: beginning. The message cannot be drawn up without it.
    Missing: end. The message cannot be drawn up without it.
    ");
    assert_snapshot!(told(Template::Air, &[place], "bg"), @"Липсва: стойност. Без това съобщението не може да се състави.");
    assert_snapshot!(told(Template::Storm, &[place, "cause=hail", "number=5"], "bg"), @"За „Опасно време“ това не е нужно: стойност. Махнете го.");
    assert_snapshot!(told(Template::Storm, &[place, "cause=hail", "number=5"], "en"), @"For “Dangerous weather” this is not needed: value. Leave it out.");
    assert_snapshot!(told(Template::Storm, &[place, "number=0"], "bg"), @"„0“ не е стойност. Напишете цяло число от 1 до 2000.");
    assert_snapshot!(told(Template::Storm, &[place, "number=силен"], "en"), @"“силен” is no value. Write a whole number from 1 to 2,000.");
    assert_snapshot!(told(Template::Storm, &[place, "cause=торнадо"], "bg"), @"„торнадо“ не е сред възможностите: силен вятър, градушка, проливен дъжд, снеговалеж и поледица.");
    assert_snapshot!(told(Template::Storm, &[place, "cause=tornado"], "en"), @"“tornado” is not among the choices: strong wind, hail, heavy rain, heavy snow and ice.");
    assert_snapshot!(told(Template::Storm, &[place, "severity=ужасна"], "bg"), @"„ужасна“ не е степен. Напишете Extreme, Severe, Moderate или Minor.");
    assert_snapshot!(told(Template::Storm, &[place, "severity=unknown"], "en"), @"“Unknown” is no severity. Write Extreme, Severe, Moderate or Minor.");
    assert_snapshot!(told(Template::AllClear, &[], "bg"), @"Не намерихме предупреждението, чийто край обявявате. Посочете номера му.");
    assert_snapshot!(told(Template::AllClear, &[], "en"), @"We did not find the alert whose end you announce. Give its number.");
    assert_snapshot!(told(Template::Water, &[place, "кога=сега", "until"], "bg"), @"
    „кога“ не се разбира. Напишете име=стойност с едно от тези имена: place, around, radius, line, from, until, contact, cause, number, about, severity, emergency, text.bg и text.en.
    „until“ не се разбира. Напишете име=стойност с едно от тези имена: place, around, radius, line, from, until, contact, cause, number, about, severity, emergency, text.bg и text.en.
    ");
    assert_snapshot!(told(Template::Water, &[place, "when=now"], "en"), @"“when” is not understood. Write name=value with one of these names: place, around, radius, line, from, until, contact, cause, number, about, severity, emergency, text.bg and text.en.");
    assert_snapshot!(told(Template::Water, &[place, "place=Младост"], "bg"), @"„place“ е написано два пъти. Оставете едното.");
    assert_snapshot!(told(Template::Water, &[place, "place=Младост"], "en"), @"“place” is written twice. Leave one of them.");
}

#[test]
fn free_text_is_in_every_language_or_marked() {
    let desk = Desk::new();
    let told = |facts: &[&str], code| desk.refused(Template::Free, facts, code);
    let place = "place=Люлин";
    assert_snapshot!(told(&[place, "text.bg=Здравейте"], "bg"), @"Липсва текстът на английски. Напишете го. Само при извънредна ситуация може да се изпрати и без него: тогава вместо текста напишете „!“.");
    assert_snapshot!(told(&[place, "text.en=Hello", "text.bg= "], "en"), @"The text in Bulgarian is missing. Write it. Only in an emergency can it go out without: then write “!” instead of the text.");
    assert_snapshot!(told(&[place, "text.en=a", "text.bg=b", "text.fr=c"], "bg"), @"Градът не публикува на „fr“. Махнете този текст.");
    assert_snapshot!(told(&[place, "text.en=a", "text.bg=b", "text.fr=c"], "en"), @"The city does not publish in “fr”. Leave that text out.");
    let long = format!("text.bg={}", "ж".repeat(1501));
    assert_snapshot!(told(&[place, &long, "text.en=a"], "bg"), @"Твърде дълго (текст): 1501 знака, а се побират най-много 1500.");
    assert_snapshot!(told(&[place, &long, "text.en=a"], "en"), @"Too long (text): 1,501 characters, and 1,500 at most fit.");
    // An emergency allows one language to be missing, not all of them.
    assert_snapshot!(told(&[place, "emergency=да"], "bg"), @"Липсва: текст. Без това съобщението не може да се състави.");
}

#[test]
fn json_says_the_same_and_knows_nothing_else() {
    let desk = Desk::new();
    let json = r#"{"template":"water","place":{"around":{"point":"42.6977,23.3219","radius":300}},
        "until":"2026-11-26T18:00:00+02:00","contact":"0800 12 121"}"#;
    let facts: Facts = serde_json::from_str(json).unwrap();
    let arguments = [
        "around=42.6977,23.3219",
        "until=18:00",
        "contact=0800 12 121",
    ];
    assert_eq!(desk.facts(Template::Water, &arguments).unwrap(), facts);
    let again = serde_json::to_string(&facts).unwrap();
    assert_eq!(serde_json::from_str::<Facts>(&again).unwrap(), facts);
    assert!(draw_up(&facts, &desk.office(), None).is_ok());
    for wrong in [
        r#"{"template":"water","where":"everywhere"}"#,
        r#"{"template":"tsunami"}"#,
        r#"{"template":"water","place":"everybody"}"#,
        r#"{"template":"water","place":{"address":{"line":"x","within":[],"house":1}}}"#,
        r#"{"template":"water","place":{"around":{"point":"here","radius":3}}}"#,
        r#"{"template":"water","until":"18:00"}"#,
        r#"{"template":"free","text":{"klingonese!":"x"}}"#,
        r#"{"place":"everywhere"}"#,
    ] {
        assert!(serde_json::from_str::<Facts>(wrong).is_err(), "{wrong}");
    }
    let nowhere: Facts = serde_json::from_str(r#"{"template":"water"}"#).unwrap();
    let faults = draw_up(&nowhere, &desk.office(), None).unwrap_err();
    assert!(desk.told(&faults, "en").starts_with("No place is given."));
}
