### How far an alert has come, the report at its end, and the mark on an old message.

## Above the old message, once the new one has come.

mark-cancelled = Cancelled at { TIME($at) } – see the new message.
mark-cancelled-later = Cancelled on { MOMENT($at) } – see the new message.
mark-updated = Updated at { TIME($at) } – see the new message.
mark-updated-later = Updated on { MOMENT($at) } – see the new message.

## Titles.

progress-going = Going out: { $name }
progress-over = Report on “{ $name }”
progress-drill = Drill under way: { $name }
progress-drill-over = Report on the drill: { $name }

## All together.

progress-reached = { $planned ->
    [one] Reached { NUM($reached) } of { NUM($planned) } address.
   *[other] Reached { NUM($reached) } of { NUM($planned) } addresses.
}
progress-reached-times = { progress-reached } Half of them had it within { $half }, 95 % within { $most }, all within { $all }.
progress-reached-at-once = { progress-reached } All had it within { $all }.
progress-to-go = { $count ->
    [one] { NUM($count) } address to go: about { $time } more.
   *[other] { NUM($count) } addresses to go: about { $time } more.
}
progress-to-go-somehow = { $count ->
    [one] { NUM($count) } address to go. It cannot be said yet how long that will take.
   *[other] { NUM($count) } addresses to go. It cannot be said yet how long that will take.
}
lasting-moment = a second
lasting-seconds = { $count ->
    [one] { NUM($count) } second
   *[other] { NUM($count) } seconds
}
lasting-minutes = { $count ->
    [one] { NUM($count) } minute
   *[other] { NUM($count) } minutes
}
lasting-hours = { $count ->
    [one] { NUM($count) } hour
   *[other] { NUM($count) } hours
}

## By channel.

progress-joined = { $first }; { $next }
progress-n-reached = reached { NUM($reached) } of { NUM($planned) }
progress-n-to-go = { NUM($count) } to go
progress-n-held = { NUM($count) } will get it later
progress-n-blocked = { $count ->
    [one] { NUM($count) } has blocked us or is no more
   *[other] { NUM($count) } have blocked us or are no more
}
progress-n-bounced = { NUM($count) } refused
progress-n-gone = { NUM($count) } unsubscribed meanwhile
progress-n-uncertain = { NUM($count) } unknown
progress-n-superseded = { NUM($count) } not sent, because there is a newer one
progress-n-expired = { NUM($count) } not sent, because its time was over

## What stands, and what to do about it.

progress-stands = { $channel } is not sending: { $why } Mend that; what is left goes by itself right afterwards.
progress-nobody = Nobody is delivering on { $channel } just now. Check that “glas run” is running and that the channel is on; the messages wait.

## What the numbers mean.

progress-means-blocked = { $count ->
    [one] One address has blocked us or is no more. Such addresses are switched off by themselves; there is nothing for you to do.
   *[other] { NUM($count) } addresses have blocked us or are no more. Such addresses are switched off by themselves; there is nothing for you to do.
}
progress-means-bounced = { $count ->
    [one] One address was refused by the channel itself. The reason: “{ $why }”. It is not tried again.
   *[other] { NUM($count) } addresses were refused by the channel itself. The most frequent reason: “{ $why }”. They are not tried again.
}
progress-means-gone = { $count ->
    [one] One person stopped the messages before it came.
   *[other] { NUM($count) } people stopped the messages before it came.
}
progress-means-uncertain = { $count ->
    [one] Nobody knows whether it reached one address: the connection broke at that very moment. It is not sent again, lest it come twice.
   *[other] Nobody knows whether it reached { NUM($count) } addresses: the connection broke at that very moment. It is not sent again, lest it come twice.
}
progress-means-held = { $count ->
    [one] One address will get it later – with a digest or after quiet hours.
   *[other] { NUM($count) } addresses will get it later – with a digest or after quiet hours.
}
progress-means-superseded = { $count ->
    [one] One address did not get it, because something newer came before.
   *[other] { NUM($count) } addresses did not get it, because something newer came before.
}
progress-means-expired = { $count ->
    [one] One address did not get it, because its time was over before.
   *[other] { NUM($count) } addresses did not get it, because its time was over before.
}

## The buttons under the report.

progress-button-report = Report
