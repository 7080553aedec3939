//! One SQL text for both databases, except in two places.

use super::source::{Kind, Source, faults, tree};
use super::{hold, tried};

/// Where the dialect may show: the database's own clock and settings, and the outbox's hot claim
/// and acknowledgement.
const PLACES: [&str; 4] = [
    "src/store.rs",
    "src/outbox/hot.rs",
    "src/outbox/hot/counting.rs",
    "src/outbox/hot/waiting.rs",
];

/// What only one of the two databases understands, in small letters.
const DIALECT: [&str; 29] = [
    "json_each",
    "json_group_array",
    "json_array_elements",
    "json_agg",
    "jsonb",
    "skip locked",
    "unnest",
    "::bigint",
    "::text",
    "::json",
    "::int",
    "strftime",
    "julianday",
    "unixepoch",
    "now()",
    "current_timestamp",
    "extract(",
    "ilike",
    "generate_series",
    "string_agg",
    "group_concat",
    "= any(",
    "rowid",
    "pragma",
    "insert or ",
    "autoincrement",
    "serial",
    "ifnull(",
    "begin immediate",
];

fn portable(source: &Source) -> Vec<String> {
    if source.is_in(&PLACES) {
        return vec![];
    }
    let texts = source
        .tokens
        .iter()
        .filter(|token| token.kind == Kind::Text);
    texts
        .flat_map(|token| spoken(source, token.line, &token.text))
        .collect()
}

/// The dialect in one text; nothing in what is no statement.
fn spoken(source: &Source, line: usize, text: &str) -> Vec<String> {
    let text = text.to_lowercase();
    let verbs = [
        "select ", "insert ", "update ", "delete ", "create ", "with ", "pragma ", " where ",
        " set ", "begin ",
    ];
    if !verbs.iter().any(|verb| text.contains(verb)) {
        return vec![];
    }
    let mut found: Vec<&str> = DIALECT
        .iter()
        .filter(|word| text.contains(**word))
        .copied()
        .collect();
    // PostgreSQL wants the index's own condition repeated there, SQLite does not parse all of them.
    let target = text
        .split("on conflict")
        .nth(1)
        .and_then(|rest| rest.split(" do ").next());
    found.extend(
        target
            .filter(|target| target.contains("where"))
            .map(|_| "on conflict … where"),
    );
    found
        .iter()
        .map(|word| source.fault(line, &format!("{word} is known to one database only")))
        .collect()
}

#[test]
fn sql_is_portable() {
    let mut found = faults(&tree("src", "rs"), portable);
    for file in tree("migrations", "sql") {
        for (number, line) in file.text.lines().enumerate() {
            let code = line.split("--").next().unwrap_or_default();
            found.extend(spoken(&file, number + 1, &format!("create {code}")));
        }
    }
    hold(
        &found,
        "every statement runs on SQLite and on PostgreSQL; a fork in the dialect is a second \
         program to test, allowed only where it is measured to pay",
    );
}

#[test]
fn dialects_are_found() {
    let found = |path: &str, text: &str| tried(portable, path, text).len();
    assert_eq!(
        found(
            "src/people/store.rs",
            "const A: &str = \"select id from x where id = ANY($1)\";"
        ),
        1
    );
    assert_eq!(
        found(
            "src/people/store.rs",
            "const A: &str = \"insert into x values ($1) on conflict (a) where b do nothing\";"
        ),
        1
    );
    assert_eq!(
        found(
            "src/people/store.rs",
            "const A: &str = \"insert into x values ($1) on conflict (a) do update set c = 1 where d\";"
        ),
        0
    );
    assert_eq!(
        found(
            "src/people/store.rs",
            "/* select now() */ let x = \"the serial number\";"
        ),
        0
    );
    assert_eq!(
        found(
            "src/outbox/hot.rs",
            "const A: &str = \"select x for update skip locked\";"
        ),
        0
    );
}
