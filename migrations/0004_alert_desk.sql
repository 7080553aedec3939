-- Alerts before they go out, and the record of who did what with them. Additive: a process of the
-- release before runs on beside it.

-- `body`: the alert as JSON. `about`: the alert that it updates, cancels or corrects. `revision`
-- counts changes: whoever decides says which one they saw. `reason`: why it was returned or
-- rejected, or why somebody sent it alone. `call_at`: when whoever can decide is called next.
-- `maps`: its pictures by language, drawn when it was written, as JSON.
create table draft (
    id bigint primary key,
    kind text not null,
    state text not null,
    revision bigint not null,
    body text not null,
    about bigint,
    author text not null,
    submitter text,
    decider text,
    reason text,
    alone boolean not null default false,
    created bigint not null,
    changed bigint not null,
    calls bigint not null default 0,
    call_at bigint,
    alert bigint,
    maps text
);
create index draft_open on draft (state, id) where state in ('draft', 'waiting', 'returned');
create index draft_calls on draft (call_at) where call_at is not null;
create index draft_of_alert on draft (alert) where alert is not null;

-- What was done, by whom, in order; `hash` binds each row to the one before.
create table audit (
    number bigint primary key,
    at bigint not null,
    actor text not null,
    act text not null,
    object text not null,
    detail text not null,
    hash text not null
);
create index audit_of_object on audit (object, number);

-- The last number and hash of the record; the one row is locked while an entry is added.
create table audit_head (
    id bigint primary key,
    number bigint not null,
    hash text not null
);
insert into audit_head (id, number, hash) values (1, 0, '');
