//! Which places plain words name beyond doubt, and what becomes of alerts that are not for us.

use std::path::Path;

use glas::city::{City, Found};
use glas::config::feeds::Degree;
use glas::features::alert::cap;
use glas::features::feed::Decision;
use glas::features::feed::rules::place::{in_words, of_field};
use glas::features::feed::rules::{Past, Rule, decide};

use crate::town::Cap;

fn city() -> City {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("cities/sofia");
    City::load(&folder).expect("the city")
}

fn districts(city: &City, found: &[Found]) -> Vec<String> {
    let set = found
        .iter()
        .fold(glas::city::Set::NONE, |set, found| set.or(found.districts));
    city.in_set(set)
        .map(|district| district.slug.clone())
        .collect()
}

#[test]
fn running_words_name_a_place_only_with_its_kind_or_at_the_head() {
    let city = city();
    for (title, text, expected) in [
        ("Спиране на водата в район Люлин", "", vec!["lyulin"]),
        ("Авария", "Без ток е ж.к. „Дружба 1“.", vec!["iskar"]),
        ("Банкя: ремонт на водопровода", "", vec!["bankya"]),
        (
            "Works",
            "There is no water in Lyulin district today.",
            vec!["lyulin"],
        ),
        (
            "Ремонт на бул. „Витоша“",
            "Движението е затруднено.",
            vec![],
        ),
        ("Ремонт на ул. Люлин", "", vec![]),
        (
            "Столичната община съобщава: София е готова за зимата",
            "",
            vec![],
        ),
        ("София: празник на града", "", vec![]),
        ("Иван Младост Иванов е новият директор", "", vec![]),
        ("Нови цени", "От следващия месец.", vec![]),
    ] {
        let found = in_words(title, text, &city);
        assert_eq!(
            districts(&city, &found),
            expected,
            "{title} {text}: {found:?}"
        );
    }
}

#[test]
fn a_field_names_one_place_or_several_that_are_all_sure() {
    let city = city();
    for (field, expected) in [
        ("Люлин", vec!["lyulin"]),
        ("район Банкя", vec!["bankya"]),
        ("Люлин, Банкя", vec!["lyulin", "bankya"]),
        ("Люлин, Атлантида", vec![]),
        ("", vec![]),
        ("на много места", vec![]),
    ] {
        let mut found = districts(&city, &of_field(field, &city));
        found.sort();
        let mut expected: Vec<String> = expected.into_iter().map(str::to_owned).collect();
        expected.sort();
        assert_eq!(found, expected, "{field}");
    }
}

#[test]
fn what_is_elsewhere_is_passed_over_and_what_may_be_here_is_not() {
    let city = city();
    let decided = |xml: &str, past: Option<Past>| {
        let alert = cap::read(xml.as_bytes()).expect("a message");
        let rule = Rule {
            city: &city,
            at: alert.sent,
            up_to: Some(Degree::Moderate),
        };
        match decide(alert, &rule, |_| None, |_| past) {
            Decision::Straight(_) => "straight",
            Decision::Draft(..) => "draft",
            Decision::Pass(_) => "pass",
        }
    };
    let storm = Cap::new("storm").severity("Moderate");
    let xml = storm.xml();
    let coded = |scheme: &str, code: &str| {
        let xml = xml.replace(">EKATTE<", &format!(">{scheme}<"));
        xml.replace("68134-19", code)
    };
    assert_eq!(decided(&xml, None), "straight");
    assert_eq!(
        decided(&storm.clone().severity("Severe").xml(), None),
        "draft"
    );
    // Codes of a system that the city knows, and of one that it does not.
    assert_eq!(decided(&coded("NUTS3", "BG411"), None), "straight");
    assert_eq!(decided(&coded("NUTS3", "BG331"), None), "pass");
    assert_eq!(decided(&coded("EMMA_ID", "BG777"), None), "draft");
    let far = storm.clone().polygon("10,10 10,11 11,11 10,10");
    assert_eq!(decided(&far.xml(), None), "pass");
    // Tests are no alerts; exercises are shown to a person; what is restricted is for nobody.
    let with = |from: &str, to: &str| xml.replace(from, to);
    assert_eq!(decided(&with(">Actual<", ">Test<"), None), "pass");
    assert_eq!(decided(&with(">Actual<", ">Exercise<"), None), "draft");
    assert_eq!(decided(&with(">Public<", ">Restricted<"), None), "pass");
    // A cancel of what nobody has heard of: dropped where we know that, else a person's.
    let cancel = storm.follow_up("over", "Cancel").xml();
    assert_eq!(decided(&cancel, Some(Past::Draft)), "pass");
    assert_eq!(decided(&cancel, Some(Past::Passed)), "pass");
    assert_eq!(decided(&cancel, None), "draft");
    let update = storm.follow_up("more", "Update").severity("Minor").xml();
    assert_eq!(decided(&update, None), "straight");
}
