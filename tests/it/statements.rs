//! Every statement of the program is prepared on both databases.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use glas::outbox::claim::{self, mend, walk};
use glas::outbox::{gather, hot, lease, post, report};
use glas::store::On;
use glas::{desk, features, outbox, people, store};
use sqlx::{AssertSqlSafe, Executor as _, SqlSafeStr as _};

use crate::town::{Base, Plan, Town, on_both};

on_both!(every_statement_is_prepared);

fn everywhere() -> Vec<&'static str> {
    [
        store::STATEMENTS.as_slice(),
        &claim::STATEMENTS,
        &mend::STATEMENTS,
        &walk::STATEMENTS,
        &lease::STATEMENTS,
        &post::STATEMENTS,
        &outbox::album::STATEMENTS,
        &gather::STATEMENTS,
        &report::STATEMENTS,
        &desk::deeds::STATEMENTS,
        &people::crowd::save::STATEMENTS,
        &features::now::board::STATEMENTS,
        &features::privacy::store::STATEMENTS,
        &features::privacy::sweep::sql::STATEMENTS,
        &outbox::removal::STATEMENTS,
        &outbox::mark::STATEMENTS,
        &features::alert::draft::follow::STATEMENTS,
        &people::suppression::STATEMENTS,
        &people::store::STATEMENTS,
        &features::alert::store::STATEMENTS,
        &features::alert::draft::sheet::STATEMENTS,
        &features::alert::draft::store::STATEMENTS,
        &features::alert::tidy::STATEMENTS,
        &features::audit::STATEMENTS,
        &features::feed::store::STATEMENTS,
        &features::feed::draft::STATEMENTS,
        &features::replay::STATEMENTS,
        &features::now::store::STATEMENTS,
        &features::now::published::STATEMENTS,
        &features::schedule::store::STATEMENTS,
        &features::subscribe::opt_in::STATEMENTS,
        &features::subscribe::quota::STATEMENTS,
        &features::subscribe::sent::STATEMENTS,
    ]
    .concat()
}

async fn every_statement_is_prepared(base: Base) {
    let town = Town::build(base, Plan::default()).await;
    let mut tx = town.db.begin().await.expect("the database");
    let hot = hot::statements(&tx);
    for sql in everywhere().into_iter().chain(hot) {
        let text = AssertSqlSafe(sql).into_sql_str();
        let prepared = match &mut tx {
            On::Sqlite(tx) => (&mut **tx).prepare(text).await.map(drop),
            On::Postgres(tx) => (&mut **tx).prepare(text).await.map(drop),
        };
        assert!(prepared.is_ok(), "{sql}\n{prepared:?}");
    }
    tx.commit().await.expect("the database");
    town.end().await;
}

/// Source files below `folder`.
fn sources(folder: &Path, found: &mut Vec<String>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|it| it == "rs") {
            found.push(fs::read_to_string(&path).expect("a source"));
        }
    }
}

#[test]
fn no_list_of_statements_is_left_out() {
    let mut texts = vec![];
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    sources(&src, &mut texts);
    let lists = texts
        .iter()
        .filter(|text| text.contains("pub const STATEMENTS"));
    assert_eq!(lists.count(), 33, "a new list belongs into this test");
    // And in a file with a list, no constant with SQL is missing from it.
    let starts = [
        "select ", "insert ", "update ", "delete ", "select\n", "insert\n",
    ];
    for text in texts
        .iter()
        .filter(|text| text.contains("pub const STATEMENTS"))
    {
        let named: BTreeSet<&str> = (text.split("const ").skip(1))
            .filter_map(|rest| {
                let (name, rest) = rest.split_once(": &str =")?;
                let value = rest.trim_start().strip_prefix('"')?;
                starts
                    .iter()
                    .any(|start| value.starts_with(start))
                    .then_some(name)
            })
            .collect();
        let list = text
            .split("pub const STATEMENTS")
            .nth(1)
            .unwrap_or_default();
        let list = list.split("];").next().unwrap_or_default();
        let missing: Vec<&&str> = named.iter().filter(|name| !list.contains(**name)).collect();
        assert!(missing.is_empty(), "{missing:?}");
    }
}
