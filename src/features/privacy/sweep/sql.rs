//! What has had its time, in SQL: counted, found and removed by the same conditions.

// The conditions stand in macros, so that what is counted and what is removed cannot differ.

/// Nothing hangs on the address `a` that has a time of its own.
macro_rules! alone {
    () => {
        "(select 1 from delivery d where d.address = a.id limit 1) is null
            and (select 1 from open_form f where f.address = a.id limit 1) is null
            and (select 1 from opt_in o where o.address = a.id limit 1) is null"
    };
}
/// It never had anything of a subscriber.
macro_rules! never {
    () => {
        "(a.reason is null and a.consent_at is null
            and (select 1 from subscription s where s.address = a.id limit 1) is null
            and (select 1 from consent c where c.address = a.id limit 1) is null)"
    };
}
macro_rules! departed {
    () => {
        concat!(
            "a.state = 'off' and not ",
            never!(),
            " and ",
            alone!(),
            " and a.off_seen < "
        )
    };
}
macro_rules! visitors {
    () => {
        concat!(
            "a.state = 'off' and ",
            never!(),
            " and ",
            alone!(),
            " and a.since < "
        )
    };
}
/// A letter `l` to one person that has come to an end, and that nothing refers to.
macro_rules! answers {
    () => {
        "(select 1 from broadcast b where b.letter = l.id limit 1) is null
            and (select 1 from letter u where u.thread = l.id limit 1) is null
            and (select 1 from alert t where t.letter = l.id limit 1) is null
            and (select 1 from delivery m where m.merged_into = l.id limit 1) is null
            and (select 1 from delivery d where d.letter = l.id and (d.settled is null or d.settled >= $1) limit 1)
                is null and l.created < $1"
    };
}
/// A broadcast's letter `l` whose time, and that of all its thread, ended long ago.
macro_rules! over {
    () => {
        "l.expires < $1 and (select 1 from broadcast b where b.letter = l.id limit 1) = 1
            and (select 1 from delivery d where d.letter = l.id limit 1) = 1
            and (select 1 from letter r where r.id = l.thread and r.expires >= $1 limit 1) is null
            and (select 1 from letter u where u.thread = coalesce(l.thread, l.id) and u.expires >= $1 limit 1) is null"
    };
}
macro_rules! requests {
    () => {
        "used is null and coalesce(reminded, created) < "
    };
}

pub(super) const COUNT_DEPARTED: &str =
    concat!("select count(*) from address a where ", departed!(), "$1");
pub(super) const COUNT_VISITORS: &str =
    concat!("select count(*) from address a where ", visitors!(), "$1");
pub(super) const COUNT_EVENTS: &str = "select count(*) from inbox where at < $1";
pub(super) const COUNT_FORMS: &str = "select count(*) from open_form where since < $1";
pub(super) const COUNT_REQUESTS: &str =
    concat!("select count(*) from opt_in where ", requests!(), "$1");
pub(super) const COUNT_CONFIRMED: &str = "select count(*) from opt_in where used < $1";
pub(super) const COUNT_ANSWERS: &str = concat!("select count(*) from letter l where ", answers!());
pub(super) const COUNT_DELIVERIES: &str = concat!(
    "select count(*) from delivery where letter in (select l.id from letter l where ",
    over!(),
    ")"
);
pub(super) const COUNT_QUOTAS: &str = "select count(*) from quota where hour < $1";
pub(super) const COUNT_REPLAYS: &str = "select count(*) from replay where at < $1";
pub(super) const COUNT_REPORTS: &str = "select count(*) from retention where at < $1";

pub(super) const NEXT_OFF: &str = "select id from address where state = 'off' and off_seen is null and id > $1 order by id limit $2";
pub(super) const NEXT_DEPARTED: &str = concat!(
    "select a.id from address a where ",
    departed!(),
    "$1 and a.id > $2 order by a.id limit $3"
);
pub(super) const NEXT_VISITORS: &str = concat!(
    "select a.id from address a where ",
    visitors!(),
    "$1 and a.id > $2 order by a.id limit $3"
);
pub(super) const NEXT_FORMS: &str =
    "select address from open_form where since < $1 and address > $2 order by address limit $3";
pub(super) const NEXT_REQUESTS: &str = concat!(
    "select id from opt_in where ",
    requests!(),
    "$1 and id > $2 order by id limit $3"
);
pub(super) const NEXT_CONFIRMED: &str =
    "select id from opt_in where used < $1 and id > $2 order by id limit $3";
pub(super) const NEXT_ANSWERS: &str = concat!(
    "select l.id from letter l where ",
    answers!(),
    " and l.id > $2 order by l.id limit $3"
);
pub(super) const NEXT_OVER: &str = concat!(
    "select l.id from letter l where ",
    over!(),
    " and l.id > $2 order by l.id limit $3"
);

pub(super) const EVENTS: &str = "delete from inbox where (channel, id) in
    (select channel, id from inbox where at < $1 order by at limit $2)";
pub(super) const QUOTAS: &str =
    "delete from quota where (key, hour) in (select key, hour from quota where hour < $1 limit $2)";
pub(super) const REPLAYS: &str = "delete from replay where (caller, key) in (select caller, key from replay where at < $1 limit $2)";
pub(super) const REPORTS: &str =
    "delete from retention where id in (select id from retention where at < $1 limit $2)";
pub(super) const REPORT: &str =
    "insert into retention (id, at, class, removed) values ($1, $2, $3, $4)";
pub(super) const LAST_RUN: &str = "select max(at) from retention";
pub(super) const RUNS: &str = "select at, class, removed from retention where at in
    (select at from retention group by at order by at desc limit $1) order by at desc, id";

/// Which addresses departed, up to the time before which they were seen off.
pub(super) const DEPARTED: &str = departed!();
/// Which addresses are visitors, up to the time before which they wrote first.
pub(super) const VISITORS: &str = visitors!();
/// Removes unconfirmed requests, up to the time of their last mail.
pub(super) const REQUESTS: &str = concat!("delete from opt_in where ", requests!());

/// Every statement of this file with one text, for the test that prepares them.
pub const STATEMENTS: [&str; 26] = [
    COUNT_DEPARTED,
    COUNT_VISITORS,
    COUNT_EVENTS,
    COUNT_FORMS,
    COUNT_REQUESTS,
    COUNT_CONFIRMED,
    COUNT_ANSWERS,
    COUNT_DELIVERIES,
    COUNT_QUOTAS,
    COUNT_REPLAYS,
    COUNT_REPORTS,
    NEXT_OFF,
    NEXT_DEPARTED,
    NEXT_VISITORS,
    NEXT_FORMS,
    NEXT_REQUESTS,
    NEXT_CONFIRMED,
    NEXT_ANSWERS,
    NEXT_OVER,
    EVENTS,
    QUOTAS,
    REPLAYS,
    REPORTS,
    REPORT,
    LAST_RUN,
    RUNS,
];
