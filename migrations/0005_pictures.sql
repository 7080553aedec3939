-- Pictures are files in a folder, named by what they hold. Additive: a process of the release
-- before runs on beside it.

-- What a network calls a picture that it keeps, so that it is handed over once.
create table upload (
    channel text not null,
    picture text not null,
    reference text not null,
    at bigint not null,
    primary key (channel, picture)
);
