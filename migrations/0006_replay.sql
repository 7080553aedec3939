-- What programs asked for once, by the key that they made for it. Additive: a process of the release
-- before runs on beside it.

-- `caller`: a name of the roster. `request`: a hash of what was asked for. `status` and `answer`: what
-- it was answered, written in the transaction of what was done.
create table replay (
    caller text not null,
    key text not null,
    request text not null,
    at bigint not null,
    status bigint,
    answer text,
    primary key (caller, key)
);
create index replay_age on replay (at);
