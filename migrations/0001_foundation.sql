-- One portable schema for SQLite and PostgreSQL: TEXT, BIGINT, BOOLEAN; times are Unix
-- milliseconds; ids are made by the application.

-- What the program itself remembers: whether it is paused, which city the database belongs to.
create table setting (
    name text primary key,
    value text not null
);

-- Who holds a channel's lane or listener. `until` is by the database's clock.
create table lease (
    name text primary key,
    owner bigint not null,
    until bigint not null,
    note text
);

-- Where letters go. A group or a public channel has no person.
create table address (
    id bigint primary key,
    person bigint,
    channel text not null,
    handle text not null,
    languages text not null,
    state text not null,
    reason text,
    since bigint not null,
    consent_at bigint,
    consent_source text,
    unique (channel, handle)
);
create index address_walk on address (channel, id) where state = 'on';

-- What an address wants to hear: sets of districts and topics as bits (-1: all, also those to
-- come), the least severity (0 unknown or minor to 3 extreme), and how often.
create table subscription (
    id bigint primary key,
    address bigint not null references address (id),
    districts bigint not null,
    topics bigint not null,
    least_severity bigint not null,
    cadence text not null,
    since bigint not null
);
create index subscription_by_address on subscription (address);

-- A letter already worded: a JSON object of language to letter.
create table letter (
    id bigint primary key,
    worded text not null,
    lane bigint not null,
    created bigint not null,
    expires bigint not null,
    thread bigint
);

create index letter_by_thread on letter (thread) where thread is not null;

-- A letter's walk over the addresses of one channel.
create table broadcast (
    letter bigint not null references letter (id),
    channel text not null,
    lane bigint not null,
    state text not null,
    reason text,
    districts bigint not null,
    topics bigint not null,
    severity bigint not null,
    reached_by bigint,
    walked_to bigint not null,
    walked bigint not null,
    dropped bigint not null,
    planned bigint,
    turn bigint not null,
    primary key (letter, channel)
);
create index broadcast_open on broadcast (channel, lane, turn) where state = 'open';

-- One letter for one address.
create table delivery (
    id bigint primary key,
    letter bigint not null references letter (id),
    address bigint not null references address (id),
    channel text not null,
    lane bigint not null,
    state text not null,
    due bigint not null,
    owner bigint not null,
    epoch bigint not null,
    claimed bigint not null,
    attempts bigint not null,
    doubts bigint not null,
    crashes bigint not null,
    next_part bigint not null,
    receipts text,
    via text,
    reason text,
    settled bigint,
    unique (letter, address)
);
create index delivery_due on delivery (channel, lane, due) where state in ('ready', 'retry');
create index delivery_caught on delivery (channel, lane, due) where state in ('ready', 'retry') and crashes > 0;
create index delivery_inflight on delivery (channel, owner) where state = 'inflight';
create index delivery_by_address on delivery (address) where state in ('ready', 'retry', 'held');

-- Events already taken: a replay stops here.
create table inbox (
    channel text not null,
    id text not null,
    at bigint not null,
    primary key (channel, id)
);

-- Alerts as they were read, and what was decided.
create table alert (
    id bigint primary key,
    identifier text not null,
    sender text not null,
    sent bigint not null,
    state text not null,
    body text not null,
    districts bigint not null,
    topics bigint not null,
    severity bigint not null,
    expires bigint not null,
    created bigint not null,
    letter bigint,
    unique (sender, identifier, sent)
);
