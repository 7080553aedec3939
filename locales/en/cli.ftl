### The command line, as the operator reads it.

## glas check

check-words = Languages: { $languages }
check-city = City: { $city } ({ $districts ->
    [one] { NUM($districts) } district
   *[other] { NUM($districts) } districts
}, { $topics ->
    [one] { NUM($topics) } topic
   *[other] { NUM($topics) } topics
})
check-channel-on = { $channel }: on
check-channel-off = { $channel }: off (bot.toml has no section for it)
check-channel-fault = { $channel }: on, but it cannot work: { $fault }
channel-secret-missing = { $name } is not set. Put the secret there, or the name of a file that holds it into { $name }_FILE.
check-web-on = web: on ({ $value })
check-web-off = web: off (bot.toml has no section for it)
check-database = Database: reachable
check-database-new = Database: not there yet; the first start makes it
check-database-fault = Database: not reachable: { $fault }
check-good = Everything is in order.
check-faults = There are faults; see above.

## The database

database-up-to-date = The database has the latest schema.
backup-done = The copy is in { $file }.
backup-exists = { $file } exists already. Choose another name; nothing was written.
backup-postgres = Only SQLite is copied this way. For PostgreSQL use pg_dump and pg_restore, and copy the folder of pictures, { $folder }, along with it.
restore-done = { $file } has taken the database’s place; the former one is kept beside it with “-before-restore” in its name. Sending is paused: look at what waits, then let it go with “glas resume”.
restore-in-use = A running “glas run” uses the database. Stop it first; nothing was changed.
resume-done = { $broadcasts ->
    [0] Sending goes on.
    [one] Sending goes on, and so does { NUM($broadcasts) } broadcast that had stopped.
   *[other] Sending goes on, and so do { NUM($broadcasts) } broadcasts that had stopped.
}
resume-nothing = Nothing had been stopped.

## glas subscriber

import-line = Line { $line }: { $reason }
import-column = there is no column “{ $value }”. The first line names the columns: channel, handle, locale, areas, topics, cadence, consent_date, consent_source.
import-unreadable = the line cannot be read ({ $value }).
import-not-utf-8 = the line is not UTF-8. Save the file in that encoding.
import-cells = { NUM($found) } cells instead of { NUM($expected) }. A value with a comma stands in quotation marks.
import-too-long = the line or one of its cells is too long (8,192 and 500 bytes at most).
import-channel = there is no channel “{ $value }”; telegram, discord or email is expected.
import-locale = “{ $value }” is no language that is installed; bg or en is expected.
import-area = there is no place “{ $value }”; the code of a district, a name, * for the whole city, or a point with metres around it is expected: @42.6977,23.3219/300
import-topic = there is no topic “{ $value }”; the code of a topic, or * for all is expected.
import-cadence = “{ $value }” is no cadence; now, daily, daily@HOUR, weekly or weekly@DAY@HOUR is expected, the hour from 0 to 23, the day from 1 (Monday) to 7.
import-quiet = “{ $value }” are no quiet hours; 22:00-07:00, say, or none is expected.
import-severity = “{ $value }” is no severity; minor, moderate, severe or extreme is expected.
import-consent-date = “{ $value }” is no date of consent; YYYY-MM-DD, not in the future, is expected.
import-consent-source = it does not say where consent was given; nobody is subscribed without that.
import-off = the list itself says that this address is off, so it is left out.
import-stopped = this address has unsubscribed by itself and stays so.
import-forgotten = this address was erased at its owner’s wish; no list brings it back.
import-done = Subscribed: { NUM($good) }. Bad lines: { NUM($bad) }. Unsubscribed and left so: { NUM($left_out) }.

## glas alert

send-refused = It cannot be sent: { $reason }
send-held = It was not sent, because a person must look at it: { $reason }
send-already = This alert was sent before, as number { $id }.
send-no-channel = No channel is on: bot.toml has no section telegram, discord or email. Nothing was sent.
send-on-its-way = Alert { $id } is on its way to: { $districts }
send-nobody-delivers = { $channel }: nobody delivers on this channel now. The messages wait until “glas run” is started.
send-lane-stands = { $channel }: sending stands until this is mended: { $why }
status-unknown = There is no alert “{ $id }”.
status-line = Alert { $id } ({ $identifier }): { $state }
status-sent = sent
status-updated = replaced by a newer one
status-cancelled = cancelled
report-channel = { $channel }: { $planned ->
    [one] reached { NUM($reached) } of { NUM($planned) } address
   *[other] reached { NUM($reached) } of { NUM($planned) } addresses
}
report-to-go = { "  " }waiting: { NUM($count) }
report-held = { "  " }{ $count ->
    [one] { NUM($count) } comes with a later digest or after quiet hours
   *[other] { NUM($count) } come with a later digest or after quiet hours
}
report-merged = { "  " }told in a digest: { NUM($count) }
report-uncertain = { "  " }unknown whether received: { NUM($count) }
report-gone = { "  " }the address no longer exists or has blocked us: { NUM($count) }
report-failed = { "  " }refused by the channel: { NUM($count) }
report-late = { "  " }not sent, because time ran out or it was replaced: { NUM($count) }
report-times = { "  " }half within { NUM($half) } s, 95 % within { NUM($most) } s, all within { NUM($all) } s
report-stopped = { $channel }: the broadcast stopped, because the channel refuses this message for everybody: { $why } When that is mended: “glas resume”.
