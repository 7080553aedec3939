-- What citizens choose and what they are asked. Additive: a process of the release before runs
-- on beside it.

-- `paused_until`: nothing is sent before. `quiet_from`, `quiet_to`: minutes of the city's day in
-- which only danger to life may ring; null: the hours of bot.toml; equal: no quiet hours.
-- `generation` is part of every personal link: counting it up makes all older ones invalid.
alter table address add column paused_until bigint;
alter table address add column quiet_from bigint;
alter table address add column quiet_to bigint;
alter table address add column generation bigint not null default 0;

-- `hour` of a digest, and its ISO `weekday` (1 Monday to 7) where it comes weekly. A point with a
-- radius narrows the districts, which are then those that the circle touches: millionths of a
-- degree, metres.
alter table subscription add column hour bigint not null default 8;
alter table subscription add column weekday bigint not null default 1;
alter table subscription add column lat bigint;
alter table subscription add column lon bigint;
alter table subscription add column radius_m bigint check (radius_m between 0 and 100000);

-- `pressing` passes quiet hours, digests and hours of rest. `whole`: the districts that a
-- broadcast names as a whole; null: all of them. In the others its strips say where exactly.
alter table broadcast add column pressing boolean not null default false;
alter table broadcast add column whole bigint;

-- Where a letter is about exactly: rectangles that cover its shapes, in millionths of a degree.
-- `narrowing`: how long a degree of longitude is there, in thousandths of one of latitude.
create table strip (
    letter bigint not null references letter (id),
    number bigint not null,
    south bigint not null,
    north bigint not null,
    west bigint not null,
    east bigint not null,
    narrowing bigint not null,
    primary key (letter, number)
);

-- `replaces`: the receipt of the message that this one takes the place of. `merged_into`: the
-- digest that told what this one says.
alter table delivery add column replaces text;
alter table delivery add column merged_into bigint;
create index delivery_held on delivery (channel, due) where state = 'held';
create index delivery_merged on delivery (merged_into) where merged_into is not null;

-- The form that an address is filling in: a JSON object of its answers so far.
create table open_form (
    address bigint primary key references address (id),
    form text not null,
    filled text not null,
    since bigint not null
);

-- Who agreed to what, when and where, and who took it back.
create table consent (
    id bigint primary key,
    address bigint not null references address (id),
    at bigint not null,
    given boolean not null,
    source text not null
);
create index consent_by_address on consent (address);

-- Requests by mail that wait for their person's word (double opt-in); the id cannot be guessed.
create table opt_in (
    id bigint primary key,
    address bigint not null references address (id),
    wish text not null,
    created bigint not null,
    reminded bigint,
    used bigint
);
create index opt_in_by_address on opt_in (address);
create index opt_in_waiting on opt_in (created) where used is null;

-- How often something was asked for by one source: a keyed hash, and the hour it was in, counted
-- from 1970-01-01T00:00Z.
create table quota (
    key text not null,
    hour bigint not null,
    used bigint not null,
    primary key (key, hour)
);

-- Addresses that asked to be forgotten, as keyed hashes: no list brings them back.
create table suppression (
    key text primary key,
    since bigint not null
);

-- What the retention jobs removed.
create table retention (
    id bigint primary key,
    at bigint not null,
    class text not null,
    removed bigint not null
);
create index alert_in_force on alert (expires) where state = 'sent';

-- What was kept once and is numbers now: deliveries of broadcasts whose rows were removed.
create table tally (
    letter bigint not null references letter (id),
    channel text not null,
    state text not null,
    number bigint not null,
    primary key (letter, channel, state)
);

-- `off_seen`: when the nightly run first found an address switched off; null: it is on, or was
-- when the run last looked.
alter table address add column off_seen bigint;

-- Everything about an address is found when its person asks for it, not only what waits.
create index delivery_of_address on delivery (address);
drop index delivery_by_address;
create index alert_by_letter on alert (letter) where letter is not null;
create index inbox_by_time on inbox (at);
