-- What is read from others. Additive: a process of the release before runs on beside it.

-- How a feed was last read. `url` and what follows: where, and by what its source tells whether
-- something is new; `document` is the digest of the last document. `next`: not read again before.
-- `read_at`: the last reading that worked; `changed_at`: the last that brought something new; both
-- begin when the feed was first looked at. `outcome`: how the last reading went, a JSON object of
-- texts by language. `silent`: since when its silence has been reported; null: it speaks.
create table feed (
    name text primary key,
    url text not null,
    etag text,
    modified text,
    document text,
    next bigint not null,
    failures bigint not null,
    tried_at bigint not null,
    read_at bigint not null,
    changed_at bigint not null,
    outcome text not null,
    silent bigint
);

-- What feeds have told. `entry`: the source's name for it. `stamp`: the digest of what the feed's
-- document said about it; `content`: of what it means. `sender`, `identifier`, `sent`: as CAP
-- names it, once that is known. `alert`: what went out for it, or what it repeats. `state`: sent,
-- draft, taken, passed, replaced, withdrawn, or unread (its message could not be fetched, `tries`
-- times so far). `why`: a JSON object of texts by language. `body`: the alert of a draft.
create table feed_entry (
    id bigint primary key,
    feed text not null,
    entry text not null,
    stamp text not null,
    content text not null,
    sender text,
    identifier text,
    sent bigint,
    alert bigint,
    state text not null,
    tries bigint not null,
    why text not null,
    body text,
    expires bigint,
    seen bigint not null,
    last bigint not null,
    unique (feed, entry)
);
create index feed_entry_named on feed_entry (identifier, sender, sent);
create index feed_entry_drafts on feed_entry (state, id) where state = 'draft';
