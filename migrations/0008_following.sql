-- What follows an alert: marks on the messages that a newer one took the place of, and whoever is
-- told how far it has come. Additive: a process of the release before runs on beside it.

-- A JSON object of texts by language. A letter that has one is sent to nobody: it says what stands
-- from now on above the old message, whose words it keeps.
alter table letter add column mark text;

-- Marks still to be made. `letter`: the mark; `old`: whose messages are marked; `newer`: what must
-- have come first. `walked_to`: the last address that was looked at; `left_over`: whether some were
-- passed by because the newer letter was still on its way there; `due`: not looked at again before.
create table mark (
    letter bigint not null,
    channel text not null,
    old bigint not null,
    newer bigint not null,
    walked_to bigint not null,
    left_over boolean not null,
    due bigint not null,
    primary key (letter, channel)
);
create index mark_of_old on mark (old);

-- Who is told how far a letter has come, by one message that changes. `draft`: what it was.
-- `told`: the letter that told it last, `said`: what that said, `times`: how often something was
-- told; `next`: nothing is told before.
create table follow (
    letter bigint not null,
    address bigint not null,
    draft bigint not null,
    told bigint,
    said text not null,
    times bigint not null,
    next bigint not null,
    primary key (letter, address)
);
create index follow_next on follow (next);
