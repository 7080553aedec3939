### What is read from others, as operators read it.

## Whole documents.

feed-verdict-read = { $format }: { $entries ->
    [one] one entry
   *[other] { NUM($entries) } entries
}, all can be read.
feed-verdict-partly = { $format }: { $entries ->
    [one] one entry
   *[other] { NUM($entries) } entries
}, of which { NUM($unusable) } cannot be used. For example: { $reason }
feed-verdict-useless = { $format }: { $entries ->
    [one] one entry, and it cannot be used.
   *[other] { NUM($entries) } entries, and none of them can be used.
} For example: { $reason }
feed-verdict-empty = { $format }: no entries.
feed-verdict-unchanged = It had nothing new.
feed-verdict-refused = Not read. { $reason }

## Why a document or an entry cannot be used.

feed-unfit-too-large = It is larger than is read (2 MiB).
feed-unfit-not-a-feed = It is neither Atom, RSS, EDXL-DE nor CAP: it begins with “{ $root }”. Check the address.
feed-unfit-too-many = It has more entries than are read (5,000).
feed-unfit-not-json = It is not well-formed JSON (line { $line }).
feed-unfit-no-array = There is no list at “{ $pointer }”. Check fields.items in bot.toml.
feed-unfit-no-message = The entry carries no CAP message and no link to one.
feed-unfit-no-words = The entry has neither a title nor a text.

## Why something was not fetched.

feed-fetch-scheme = The address begins with { $scheme }:, and only http and https are fetched.
feed-fetch-credentials = The address holds a name or a password; feeds are read without any.
feed-fetch-name = Nobody knows the name { $host }. Check the address and this machine’s DNS.
feed-fetch-reach = { $host } is an address inside a private network or of this machine. If this is meant, list its range in bot.toml: [fetch] allow.
feed-fetch-downgraded = The source redirects from https to unencrypted http. Ask it for an address that stays encrypted.
feed-fetch-redirects = The source redirects more than 5 times.
feed-fetch-unreachable = The source cannot be reached. It will be tried again.
feed-fetch-broken = The connection broke off. It will be tried again.
feed-fetch-slow = The answer did not end in time. It will be tried again.
feed-fetch-packed = The answer is compressed although that was not asked for. Ask the source for plain answers.
feed-fetch-status = The source answered with status { $status }.
feed-fetch-later = The source asks for a pause (status { $status }). It will be tried again later.
feed-fetch-file = The file cannot be read. Check its name and your rights to it.

## Why a person decides.

feed-draft-always = This feed goes to a person first.
feed-draft-grave = It is graver than what may go out from this feed without a person.
feed-draft-other-source = It changes or cancels something that did not come from this feed. Check who may do that.
feed-draft-changed = The source has changed something that people have been told already.

## Why nothing comes of an entry.

feed-pass-over = It was over at { MOMENT($expires) }.
feed-pass-elsewhere = It is about other places.
feed-pass-unheard = It cancels something that nobody here was told.
feed-pass-already = It went out already.
feed-pass-pending = Another feed brought it, and it waits for a person.
feed-pass-double = The same was told shortly before.
feed-pass-before = It was there before the feed was first read, and does not say since when.

## Commands.

feed-none = No feed is set: bot.toml has no [[feed]].
feed-unknown = There is no feed called { $name } in bot.toml.
feed-no-database = The database is not there yet: run “glas migrate” first.
feed-no-mark = The source gives neither ETag nor Last-Modified, so the whole feed is fetched each time.
feed-nothing-new = Nothing in it is new.
feed-left = More is new than is fetched at once; the rest follows at the next reading.
feed-line = { $name }: { $what }
feed-entry = – { $title }: { $what }
feed-told-straight = would go out at once.
feed-told-draft = would go to a person as a draft. { $reason }
feed-told-pass = nothing would come of it. { $reason }
feed-told-same = means the same as before.
feed-told-unread = its message could not be fetched. { $reason }
feed-standing-never = was never read. It is read while “glas run” runs.
feed-standing-read = last read at { MOMENT($read) }. { $outcome }
feed-standing-failed = could not be read the last time and is tried again at { MOMENT($next) }. { $outcome }
feed-standing-failing = has not been readable since { MOMENT($since) }. { $outcome }
feed-standing-silent = has said nothing new since { MOMENT($since) }. Ask its source whether all is well.
