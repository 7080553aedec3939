//! `glas feed`: what would become of what is told, and how each feed stands.

use super::program::{Place, project};

fn place() -> Place {
    let news = project().join("tests/data/feeds/news.rss");
    let page = project().join("tests/data/feeds/page.html");
    let feed = |name: &str, file: &std::path::Path| {
        format!(
            "[[feed]]\nname = \"{name}\"\nurl = \"file://{}\"\nkind = \"rss\"\nlanguage = \"bg\"\n",
            file.display()
        )
    };
    Place::new(&format!(
        "{}{}",
        feed("water", &news),
        feed("broken", &page)
    ))
}

#[test]
fn a_check_says_what_would_become_of_a_feed_and_changes_nothing() {
    let place = place();
    place.good(&["migrate"]);
    let expected = "water: RSS: 2 entries, of which 1 cannot be used. For example: The entry has neither a title nor a text.\n\
        – Спиране на водата в район Люлин: nothing would come of it. It was over at 18 June 2026, 8:00.\n\
        – 18: nothing would come of it. The entry has neither a title nor a text.\n";
    assert_eq!(place.good(&["feed", "check", "water"]), expected);
    assert_eq!(
        place.good(&["feed", "check", "water"]),
        expected,
        "nothing was kept"
    );
    let said = place.glas(&["--lang", "bg", "feed", "check", "broken"]);
    assert_eq!(said.code, Some(1), "{said:?}");
    assert_eq!(
        said.out,
        "broken: Не е прочетено. Не е нито Atom, нито RSS, EDXL-DE или CAP: започва с „html“. Проверете адреса.\n"
    );
    let said = place.glas(&["feed", "check", "nobody"]);
    assert_eq!(said.code, Some(1), "{said:?}");
    assert!(
        said.out.contains("There is no feed called nobody"),
        "{said:?}"
    );
    let listed = place.good(&["feed", "list"]);
    assert_eq!(
        listed,
        "water: was never read. It is read while “glas run” runs.\n\
         broken: was never read. It is read while “glas run” runs.\n"
    );
}

#[test]
fn faults_of_the_settings_are_named_at_the_start() {
    let feed = "[[feed]]\nname = \"a\"\nurl = \"https://example.org/\"\nkind = \"cap\"\n";
    let twice = Place::new(&format!("{feed}{feed}")).glas(&["feed", "list"]);
    let said = twice.out + &twice.err;
    assert!(said.contains("two feeds have the name \"a\""), "{said}");
    let topic = feed.replace("\"cap\"", "\"rss\"\nlanguage = \"bg\"\ntopic = \"beer\"");
    let unknown = Place::new(&topic).glas(&["feed", "list"]);
    let said = unknown.out + &unknown.err;
    assert!(said.contains("no topic of the city"), "{said}");
    let none = Place::new("").good(&["feed", "list"]);
    assert!(none.contains("No feed is set"), "{none}");
}
