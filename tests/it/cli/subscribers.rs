//! `glas subscriber`: lists in and out.

use super::program::{Place, project};

const COLUMNS: &str = "channel,handle,locale,areas,topics,cadence,consent_date,consent_source";

fn place(list: &str) -> Place {
    let place = Place::new("");
    place.write("list.csv", list);
    place
}

#[test]
fn bad_lines_are_told_with_number_and_reason_and_good_ones_kept() {
    let place = place(&format!(
        "{COLUMNS}\n\
         telegram,1001,bg,*,*,now,2026-01-05,desk\n\
         telegram,resident,bg,*,*,now,2026-01-05,desk\n\
         fax,1,bg,*,*,now,2026-01-05,desk\n\
         \n\
         discord,user:5,de,*,*,now,2026-01-05,desk\n\
         email,neighbour@example.org,\"bg,en\",Дружба;68134-19,water,daily@18,2026-01-05,\"form, paper\"\n\
         telegram,5,bg,Атлантида,*,now,2026-01-05,desk\n\
         telegram,6,bg,*,moon,now,2026-01-05,desk\n\
         telegram,7,bg,*,*,hourly,2026-01-05,desk\n\
         telegram,8,bg,*,*,now,2999-01-05,desk\n\
         telegram,9,bg,*,*,now,2026-01-05,\n\
         telegram,10,bg\n"
    ));
    let said = place.glas(&["subscriber", "import", "list.csv"]);
    assert_eq!(said.code, Some(1), "{said:?}");
    let told: Vec<(&str, &str)> = said
        .out
        .lines()
        .filter_map(|line| line.strip_prefix("Line ")?.split_once(": "))
        .collect();
    let expected = [
        ("3", "a Telegram address is"),
        ("4", "there is no channel “fax”"),
        ("6", "“de” is no language"),
        ("8", "there is no place “Атлантида”"),
        ("9", "there is no topic “moon”"),
        ("10", "“hourly” is no cadence"),
        ("11", "“2999-01-05” is no date of consent"),
        ("12", "it does not say where consent was given"),
        ("13", "3 cells instead of 8"),
    ];
    assert_eq!(told.len(), expected.len(), "{}", said.out);
    for ((line, reason), (number, start)) in told.iter().zip(expected) {
        assert_eq!(*line, number, "{}", said.out);
        assert!(reason.starts_with(start), "{line}: {reason}");
    }
    let summary = "Subscribed: 2. Bad lines: 9. Unsubscribed and left so: 0.\n";
    assert!(said.out.ends_with(summary), "{}", said.out);

    let said = place.glas(&["--lang", "bg", "subscriber", "import", "list.csv"]);
    assert!(said.out.contains("Ред 4: няма канал „fax“"), "{}", said.out);
    assert!(
        said.out.contains("Записани: 2. Грешни редове: 9."),
        "{}",
        said.out
    );
}

#[test]
fn a_list_goes_out_as_it_came_in_and_comes_in_again() {
    let place = place(&format!(
        "{COLUMNS},least_severity,quiet\n\
         telegram,-1001234567890,bg,68134-14,weather;flood,now,2026-01-05,desk,severe,22:30-06:00\n\
         email,neighbour@example.org,\"bg,en\",Дружба;Lyulin,water,daily@18,2026-01-05,\"form, paper\",,none\n\
         discord,user:5,en,*,*,weekly@7@9,2026-01-05T10:00:00Z,desk,extreme,\n\
         discord,user:6,en,\"@42.6977, 23.3219/300\",*,now,2026-01-05,desk,,\n\
         discord,user:6,en,Lyulin,*,daily,2026-01-05,desk,severe,\n"
    ));
    place.good(&["subscriber", "import", "list.csv"]);
    let listed = place.good(&["subscriber", "list"]);
    assert_eq!(
        listed,
        "channel,handle,locale,areas,topics,cadence,consent_date,consent_source,least_severity,quiet,state,reason\n\
         telegram,-1001234567890,bg,68134-14,weather;flood,now,2026-01-05T00:00:00Z,desk,severe,22:30-06:00,on,\n\
         email,neighbour@example.org,\"bg,en\",68134-14;68134-19,water,daily@18,2026-01-05T00:00:00Z,\"form, paper\",minor,none,on,\n\
         discord,user:5,en,*,*,weekly@7@9,2026-01-05T10:00:00Z,desk,extreme,,on,\n\
         discord,user:6,en,\"@42.697700,23.321900/300\",*,now,2026-01-05T00:00:00Z,desk,minor,,on,\n\
         discord,user:6,en,68134-19,*,daily,2026-01-05T00:00:00Z,desk,severe,,on,\n"
    );
    let elsewhere = Place::new("");
    elsewhere.write("list.csv", &listed);
    elsewhere.good(&["subscriber", "import", "list.csv"]);
    assert_eq!(elsewhere.good(&["subscriber", "list"]), listed);
}

#[test]
fn a_line_that_the_list_itself_switches_off_subscribes_nobody() {
    let place = place(&format!(
        "{COLUMNS},least_severity,state,reason\n\
         telegram,1,bg,*,*,now,2026-01-05,desk,minor,off,stopped\n\
         telegram,2,bg,*,*,now,2026-01-05,desk,minor,on,\n"
    ));
    let said = place.good(&["subscriber", "import", "list.csv"]);
    assert!(
        said.contains("Line 2: the list itself says that this address is off"),
        "{said}"
    );
    assert!(
        said.contains("Subscribed: 1. Bad lines: 0. Unsubscribed and left so: 1."),
        "{said}"
    );
    assert!(!place.good(&["subscriber", "list"]).contains("telegram,1,"));
}

#[test]
fn the_list_in_the_readme_can_be_imported() {
    let readme = std::fs::read_to_string(project().join("README.md")).expect("a README");
    let (_, from) = readme.split_once("```csv\n").expect("a list");
    let (list, _) = from.split_once("```").expect("its end");
    let said = place(list).good(&["subscriber", "import", "list.csv"]);
    assert!(said.contains("Subscribed: 3. Bad lines: 0."), "{said}");
}

#[test]
fn one_wild_line_spoils_no_other() {
    let list = format!(
        "\u{feff}{COLUMNS}\r\n\
         telegram,1,bg,*,*,now,2026-01-05,\"desk\r\n\
         telegram,2,bg,*,*,now,2026-01-05,{}\r\n\
         telegram,3,bg,*,*,now,2026-01-05,desk\u{0}\n\
         telegram,4,bg,*,*,now,2026-01-05,desk",
        "x".repeat(100_000),
    );
    let place = Place::new("");
    let mut bytes = list.into_bytes();
    bytes.extend(b"\ntelegram,5,bg,*,*,now,2026-01-05,caf\xe9\n");
    std::fs::write(place.path("list.csv"), bytes).expect("a file");
    let said = place.glas(&["subscriber", "import", "list.csv"]);
    assert!(
        said.out
            .contains("Line 3: the line or one of its cells is too long"),
        "{said:?}"
    );
    assert!(
        said.out.contains("Line 4: it does not say where"),
        "{said:?}"
    );
    assert!(
        said.out.contains("Line 6: the line is not UTF-8."),
        "{said:?}"
    );
    assert!(
        said.out
            .ends_with("Bad lines: 3. Unsubscribed and left so: 0.\n"),
        "{said:?}"
    );
    let listed = place.good(&["subscriber", "list"]);
    assert!(listed.contains("telegram,4,bg,*,*,now,"), "{listed}");
}

#[test]
fn a_list_without_a_column_is_refused_at_once() {
    let place = place(
        "channel,handle,locale,areas,topics,cadence,consent_date\ntelegram,1,bg,*,*,now,2026-01-05\n",
    );
    let said = place.glas(&["subscriber", "import", "list.csv"]);
    assert_eq!(said.code, Some(1), "{said:?}");
    assert!(
        said.out
            .starts_with("Line 1: there is no column “consent_source”."),
        "{said:?}"
    );
    assert_eq!(said.out.lines().count(), 1, "{said:?}");
}

#[test]
fn lines_of_one_address_that_follow_each_other_count_together_else_the_later_ones() {
    let place = place(&format!(
        "{COLUMNS}\n\
         telegram,1,bg,*,*,now,2026-01-05,desk\n\
         telegram,2,bg,*,*,now,2026-01-05,desk\n\
         telegram,1,en,68134-19,*,now,2026-02-05,desk\n\
         telegram,1,en,68134-19,*,now,2026-02-05,desk\n\
         telegram,1,en,68134-14,*,now,2026-02-05,desk\n"
    ));
    place.good(&["subscriber", "import", "list.csv"]);
    let listed = place.good(&["subscriber", "list"]);
    let theirs: Vec<&str> = (listed
        .lines()
        .filter(|line| line.starts_with("telegram,1,")))
    .map(|line| line.split(",*,").next().unwrap_or_default())
    .collect();
    assert_eq!(theirs, ["telegram,1,en,68134-19", "telegram,1,en,68134-14"]);
}
