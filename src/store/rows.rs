//! Many rows in one statement: padded to a few sizes, so that few texts are ever prepared.
//!
//! The driver keeps prepared statements by their text. A text for each number of rows would be
//! prepared anew most of the time, which costs more than the rows themselves.

use sqlx::query_builder::Separated;
use sqlx::{Database, Encode, QueryBuilder, Type};

/// The numbers of rows that have a text of their own; more are rounded up to the largest.
const SIZES: [usize; 5] = [1, 4, 16, 64, 128];

/// How many rows a statement has room for that is to take `count`.
fn room(count: usize) -> usize {
    let largest = SIZES[SIZES.len() - 1];
    let size = SIZES.into_iter().find(|size| *size >= count);
    size.unwrap_or(count.div_ceil(largest) * largest)
}

/// Writes `(values (…), (…)) v`, whose columns are `v.column1`, `v.column2` and so on. `bind` binds
/// each column of a row as an `Option`, and `None` in all of them for a row that only pads: the
/// statement leaves those out by `where v.column1 is not null`, or by what it joins them with.
pub fn values<DB: Database, T>(
    sql: &mut QueryBuilder<DB>,
    rows: &[T],
    mut bind: impl FnMut(&mut Separated<'_, DB, &'static str>, Option<&T>),
) {
    sql.push("(values ");
    for at in 0..room(rows.len()) {
        sql.push(if at == 0 { "(" } else { ", (" });
        bind(&mut sql.separated(", "), rows.get(at));
        sql.push(")");
    }
    sql.push(") v");
}

/// Writes `(…, …)`, a list to be searched with `in`: none of `wanted` is left out.
pub fn list<'t, DB: Database, T: Copy>(sql: &mut QueryBuilder<DB>, wanted: &[T])
where
    Option<T>: Encode<'t, DB> + Type<DB>,
{
    sql.push("(");
    let mut listed = sql.separated(", ");
    for at in 0..room(wanted.len()) {
        // What is listed twice is found once, and nothing equals null.
        listed.push_bind(wanted.get(at).or(wanted.last()).copied());
    }
    sql.push(")");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_sizes_hold_any_number() {
        let sizes = [0, 1, 2, 16, 17, 100, 128, 129, 300].map(room);
        assert_eq!(sizes, [1, 1, 4, 16, 64, 128, 128, 256, 384]);
    }

    #[test]
    fn rows_that_only_pad_are_null() {
        let mut sql: QueryBuilder<sqlx::Sqlite> = QueryBuilder::new("");
        values(&mut sql, &[1i64, 2], |row, it| {
            row.push_bind(it.copied()).push_bind(it.map(|it| -it));
        });
        let text = sql.sql();
        let holes = |text: &str| text.replace(|char: char| char.is_ascii_digit(), "");
        assert_eq!(
            holes(text.as_str()),
            "(values (?, ?), (?, ?), (?, ?), (?, ?)) v"
        );
    }
}
