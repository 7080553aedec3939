//! One key for a name in Cyrillic, in the official transliteration and in informal Latin.

use glas::base::fold::{fold, part_trailing_digits, spellings};
use proptest::prelude::*;

/// The transliteration law of 2009 (article 3 with its appendix), final -ия included.
pub fn official(text: &str) -> String {
    let mut latin = String::new();
    let mut letters = text.chars().peekable();
    let mut rest: Vec<char> = text.chars().collect();
    while let Some(c) = letters.next() {
        rest.remove(0);
        let word_ends = |at: usize| rest.get(at).is_none_or(|c| !c.is_alphabetic());
        let small = c.to_lowercase().next().unwrap();
        let is_ending =
            small == 'и' && rest.first().is_some_and(|c| "яЯ".contains(*c)) && word_ends(1);
        if is_ending {
            letters.next();
            rest.remove(0);
            latin.push_str("ia");
            continue;
        }
        let table = [
            ('а', "a"),
            ('б', "b"),
            ('в', "v"),
            ('г', "g"),
            ('д', "d"),
            ('е', "e"),
            ('ж', "zh"),
            ('з', "z"),
            ('и', "i"),
            ('й', "y"),
            ('к', "k"),
            ('л', "l"),
            ('м', "m"),
            ('н', "n"),
            ('о', "o"),
            ('п', "p"),
            ('р', "r"),
            ('с', "s"),
            ('т', "t"),
            ('у', "u"),
            ('ф', "f"),
            ('х', "h"),
            ('ц', "ts"),
            ('ч', "ch"),
            ('ш', "sh"),
            ('щ', "sht"),
            ('ъ', "a"),
            ('ь', "y"),
            ('ю', "yu"),
            ('я', "ya"),
        ];
        match table.iter().find(|(letter, _)| *letter == small) {
            Some((_, written)) => latin.push_str(written),
            None => latin.push(c),
        }
    }
    latin
}

#[test]
fn spellings_of_one_name_have_one_key() {
    for group in [
        &[
            "Дружба",
            "дружба",
            "ДРУЖБА",
            "Druzhba",
            "Drujba",
            "drujba",
            "Дру́жба",
        ][..],
        &[
            "Овча купел",
            "Ovcha kupel",
            "Ov4a kupel",
            "OVCHA-KUPEL",
            "Овча\u{a0}купел",
        ],
        &["Лозенец", "Lozenets", "Lozenetz", "Lozenec"],
        &["Бояна", "Boyana", "Boiana", "Boqna"],
        &["Стрелбище", "Strelbishte", "Strelbi6te"],
        &["София", "Sofia", "Sofiya", "Sofiq"],
        &["Хладилника", "Hladilnika", "Xladilnika"],
        &[
            "Васил Левски",
            "Vasil Levski",
            "Vassil Levski",
            "Wasil Lewski",
        ],
        &["Толстой", "Толсто\u{438}\u{306}", "Tolstoy", "Tolstoi"],
        &["бл. 25А", "бл. 25A", "БЛ.25 а", "bl. 25a", "bl 25 A"],
        &["Младост 1А", "Младост-1А", "mladost 1a", "Mladost1A"],
        &["Зона Б-5", "зона б5", "Zona B-5"],
        &[
            "Киноцентъра III част",
            "Киноцентъра ІІІ част",
            "Kinotsentara 3 chast",
        ],
        &["BИTOШA", "витоша", "Vitosha", "Vito6a"],
    ] {
        for name in group {
            assert_eq!(fold(name), fold(group[0]), "{name}");
        }
    }
}

#[test]
fn different_names_have_different_keys() {
    for (one, other) in [
        ("Люлин 4", "Люлин 6"),
        ("Люлин 1", "Люлин 11"),
        ("Левски В", "Левски Г"),
        ("Лозен", "Лозенец"),
        ("Младост 1", "Младост 1А"),
        ("Яна", "Плана"),
    ] {
        assert_ne!(fold(one), fold(other));
    }
}

#[test]
fn four_and_six_are_letters_only_beside_letters() {
    assert_eq!(fold("Mladost 4"), "mladost 4");
    assert_eq!(fold("Люлин6"), "liulin 6");
    assert_eq!(fold("bl 46"), "bl 46");
    assert_eq!(fold("4A"), "4 a");
    assert_eq!(fold("6i6kov4e"), fold("шишковче"));
    assert_eq!(part_trailing_digits("Mladost4 blok46"), "Mladost 4 blok 46");
}

#[test]
fn the_hard_sign_is_known_in_three_ways() {
    let keys = spellings("Искър");
    for typed in ["Искър", "Iskar", "Iskur", "Iskyr", "Iskir"] {
        assert!(keys.contains(&fold(typed)), "{typed}");
    }
    assert_eq!(spellings("Люлин").len(), 1);
}

#[test]
fn nothing_folds_to_nothing() {
    for text in ["", "  ", "–!?„“", "\u{301}", "🙂"] {
        assert_eq!(fold(text), "");
    }
}

proptest! {
    #[test]
    fn folding_a_key_changes_nothing(text in "\\PC{0,40}") {
        let key = fold(&text);
        prop_assert_eq!(fold(&key), key);
    }

    #[test]
    fn folding_a_typed_key_changes_nothing(text in "[а-яА-Яa-zA-Z0-9 .,-]{0,40}") {
        let key = fold(&text);
        prop_assert_eq!(fold(&key), key);
    }

    #[test]
    fn case_does_not_matter(words in prop::collection::vec("[а-я]{1,8}|[a-z]{1,8}", 0..5)) {
        let text = words.join(" ");
        prop_assert_eq!(fold(&text.to_uppercase()), fold(&text));
    }

    #[test]
    fn official_transliteration_keeps_the_key(word in "[абвгдежзийклмнопрстуфхцчшщъьюя]{1,12}( [абвгдежзийклмнопрстуфхцчшщъьюя]{2,8})?") {
        prop_assert_eq!(fold(&official(&word)), fold(&word));
    }
}

#[test]
fn names_are_written_in_latin_letters_by_the_law() {
    for (name, written) in [
        ("бул. „Мария Луиза“ 5", "bul. „Maria Luiza“ 5"),
        ("Княз Александър I", "Knyaz Aleksandar I"),
        ("Софийска вода, 0800 12 121", "Sofiyska voda, 0800 12 121"),
        ("ул. Щърк 3", "ul. Shtark 3"),
        ("НДК, ЩЪРКЕЛ", "NDK, SHTARKEL"),
        ("партия, партиямна", "partia, partiyamna"),
        ("Й\u{438}\u{306}", "Yy"),
        ("Rue de Sofia, 東", "Rue de Sofia, 東"),
        ("", ""),
    ] {
        assert_eq!(glas::base::fold::latin(name), written);
    }
}
