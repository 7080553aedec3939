-- What goes out by the calendar. Additive: a process of the release before runs on beside it.

-- `rule`: a cron expression, or the civil time of what happens once; in `zone`. `what`: a
-- template with its facts, as JSON. `approver`: who let the whole series go out. `next`: the
-- occurrence that comes next; null: there is none. `last`: the last one that was dealt with; an
-- occurrence is never dealt with before it. `outcome`: what became of that one, `why` an object
-- of texts by language, `draft` what was drawn up for it. `asks`, `ask_at`: how often somebody was
-- asked about one that came too late, and when they are asked next.
create table schedule (
    id bigint primary key,
    name text not null,
    rule text not null,
    zone text not null,
    what text not null,
    author text not null,
    approver text,
    state text not null,
    next bigint,
    last bigint,
    outcome text,
    why text,
    draft bigint,
    asks bigint not null default 0,
    ask_at bigint,
    created bigint not null,
    changed bigint not null
);
create unique index schedule_name on schedule (name) where state in ('on', 'paused');
create index schedule_next on schedule (next) where state = 'on';
create index schedule_asks on schedule (ask_at) where ask_at is not null;
