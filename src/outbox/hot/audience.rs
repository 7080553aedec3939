//! Whom a letter concerns, and when each of them wants it: the conditions of the walk and of its
//! count, one text for both databases.

/// How far a point lies outside a strip in one direction, in millionths of a degree.
macro_rules! aside {
    ($at:literal, $from:literal, $to:literal) => {
        concat!(
            "(case when s.",
            $at,
            " < z.",
            $from,
            " then z.",
            $from,
            " - s.",
            $at,
            " when s.",
            $at,
            " > z.",
            $to,
            " then s.",
            $at,
            " - z.",
            $to,
            " else 0 end)"
        )
    };
}

/// The delivery that one to the address belongs under, and its receipts: `t`, or the digest that
/// told what `t` says. No join, for the same reason as in [`audience`].
macro_rules! under {
    ($address:literal) => {
        concat!(
            "case when t.merged_into is null then t.id else (select g.id from delivery g
                where g.letter = t.merged_into and g.address = ",
            $address,
            " limit 1) end as t_id, case when t.merged_into is null then t.receipts else (select g.receipts
                from delivery g where g.letter = t.merged_into and g.address = ",
            $address,
            " limit 1) end as t_receipts"
        )
    };
}

/// What a broadcast and a subscription `s` must have in common: district, topic, severity; and
/// where the subscription is for a point, a district that the broadcast means as a whole or a
/// strip within the radius. A metre is 8.994 millionths of a degree of latitude. The arguments:
/// where the strips `z` are, then the numbers of districts, topics, severity and whole districts.
macro_rules! common {
    ($strips:literal, $districts:literal, $topics:literal, $severity:literal, $whole:literal) => {
        concat!(
            "s.address = a.id and (s.districts & ",
            $districts,
            ") <> 0 and (s.topics & ",
            $topics,
            ") <> 0 and s.least_severity <= ",
            $severity,
            " and (s.lat is null or (s.districts & ",
            $whole,
            ") <> 0 or (select 1 from ",
            $strips,
            aside!("lat", "south", "north"),
            " * ",
            aside!("lat", "south", "north"),
            " + ",
            aside!("lon", "west", "east"),
            " * z.narrowing / 1000 * (",
            aside!("lon", "west", "east"),
            " * z.narrowing / 1000)
                <= (s.radius_m * 8994 / 1000 + 1) * (s.radius_m * 8994 / 1000 + 1) limit 1) = 1)"
        )
    };
}

/// [`common`] for a letter that is written down, `$7`, with its strips.
macro_rules! wanted {
    () => {
        common!(
            "strip z where z.letter = $7
                and ",
            "$3",
            "$4",
            "$5",
            "$8"
        )
    };
}

/// Whether the thread of the letter `$6` reached the address `a`, or may have; `$which` of its letters.
macro_rules! reached {
    ($which:literal) => {
        concat!(
            "(select 1 from delivery e where e.address = a.id
            and e.letter in (select l.id from letter l where (l.id = $6 or l.thread = $6)",
            $which,
            ")
            and (e.state in ('sent', 'uncertain', 'inflight', 'merged') or e.doubts > 0 or e.next_part > 0) limit 1)"
        )
    };
}

/// Whether something else of the thread `$thread` is on its way to the address just now, by itself or
/// told in a digest: what follows it waits, so that each person reads in order.
macro_rules! on_its_way {
    ($address:literal, $thread:literal) => {
        concat!(
            "(select 1 from delivery e left join delivery g on g.letter = e.merged_into and g.address = e.address
                where e.address = ",
            $address,
            " and e.letter in (select o.id from letter o where o.id = ",
            $thread,
            " or o.thread = ",
            $thread,
            ") and (e.state = 'inflight' or g.state = 'inflight') limit 1)"
        )
    };
}

/// Who of a channel's addresses, beyond the one numbered `$2`, belongs to an audience and has not
/// got the letter `$7` yet: one text for the walk and for the count of those still to come. Of its
/// thread the walk goes by every letter; the count by those before it alone, for what followed it
/// has reached some who never were its own. What is for no district ends where its thread has come to,
/// and looks at nobody beyond.
///
/// Scalar subqueries with a limit, and no `exists`: PostgreSQL would turn that into a hash of the
/// whole table, made anew for every chunk.
macro_rules! audience {
    ($which:literal) => {
        concat!(
            "a.channel = $1 and a.state = 'on' and a.id > $2
            and a.id <= case when cast($3 as bigint) <> 0 then 9223372036854775807 else coalesce(
                (select max((select max(e.address) from delivery e where e.letter = l.id)) from letter l
                    where l.id = $6 or l.thread = $6), 0) end
            and coalesce(a.paused_until, 0) <= $9
            and coalesce((select 1 from subscription s where ",
            wanted!(),
            " limit 1), ",
            reached!($which),
            ", 0) = 1
            and (select 1 from delivery own where own.letter = $7 and own.address = a.id limit 1) is null"
        )
    };
}

/// The recipients, each with the earliest slot in which it wants the letter ([`Slots`] from `$12`
/// on; -1 and nothing: at once), its own quiet hours, and whether something of the thread is still on
/// its way there. A letter that is pressing, `$13`, waits
/// for nobody, nor does one for whom its thread has reached. What the address has of the letter
/// `$10` is found by its id: joined by letter and address, PostgreSQL would read the whole letter for
/// each of them as long as its statistics know nothing of a letter that is new.
macro_rules! recipients {
    () => {
        concat!(
            "select a.id as a_id, a.handle, a.languages, a.generation, ",
            under!("a.id"),
            ", case when $13 or coalesce($6, 0) <> 0 and ",
            reached!(""),
            " = 1 then null else (select min(case s.cadence when 'daily' then (s.hour - $12 % 24 + 24) % 24
                    when 'weekly' then (s.weekday * 24 + s.hour - $12 + 336) % 168 else -1 end)
                from subscription s where ",
            wanted!(),
            ") end as slot, a.quiet_from, a.quiet_to, case when coalesce($6, 0) = 0 then null else ",
            on_its_way!("a.id", "$6"),
            " end as behind
            from address a left join delivery t on t.id =
                (select n.id from delivery n where n.letter = $10 and n.address = a.id limit 1) where ",
            audience!(""),
            " order by a.id limit $11"
        )
    };
}
