### What becomes of an alert and why, for operators.

## It may go out.

alert-accepted = May go out now.
alert-accepted-noting = May go out now. Note: { $notes }.
alert-note-severity = it does not say how severe it is and counts as moderate
alert-note-expires = it does not say when it ends and counts until { MOMENT($expires) }
alert-note-signature = its signature was not checked

## A person must look first.

alert-held-test = This is a test, not a live alert; it does not go out to the public.
alert-held-exercise = This is part of an exercise, not a live alert; it does not go out to the public.
alert-held-system = This is a message between systems, not an alert for the public.
alert-held-draft = This is a draft; it may not be acted upon in this form.
alert-held-no-status = It does not say whether it is live or an exercise. Ask the sender.
alert-held-no-type = It does not say whether it is new, an update or a cancellation. Ask the sender.
alert-held-no-scope = It does not say whether it is for the public. Ask the sender.
alert-held-no-reference = It updates or cancels something, but does not say what. Look for the alert that is meant.
alert-held-unknown-reference = It updates or cancels an alert that was not sent from here. Check whether residents have heard of it.
alert-held-other-sender = It updates or cancels another sender’s alert. Check who may do that.
alert-held-no-info = It carries no information: neither event nor place. There is nothing to send.
alert-held-no-district = None of its areas maps to a district of this city. If it concerns the city, choose the districts by hand.
alert-held-unread = Its { $element } cannot be read (“{ $text }”). Check place and times before it is sent.
alert-held-several = It carries different messages for different places or times. Send each of them as an alert of its own.
alert-held-sent-ahead = It was sent in the future, at { MOMENT($sent) }. Check the sender’s clock.
alert-held-expired = It expired at { MOMENT($expires) }. What it says may no longer be true.
alert-held-not-yet = It takes effect only at { MOMENT($effective) }. Send it when the time has come.
alert-held-ends-before = It ends before it begins. Check the times with the sender.
alert-held-too-long = It is in force until { MOMENT($expires) }, longer than a month. Confirm that this is meant.

## Not for the public, or no alert that can be used.

alert-refused-restricted = It is for a restricted circle and not for the public.
alert-refused-private = It is private, for its addressees only, and not for the public.
alert-refused-ack = It acknowledges another message and is not an alert for people.
alert-refused-error = It reports an error in another message and is not an alert for people.

cap-unopened = The file cannot be read: { $why }. Check its name and your rights to it.
cap-too-large = The file is larger than an alert may be (1 MiB). It was not read.
cap-encoding = The bytes of the file are not in its encoding ({ $label }), so its words would be garbled. Ask the sender for it in UTF-8.
cap-doctype = The file carries a document type definition (DTD), which alerts do not have and attacks use. It was not read.
cap-entity = The file uses the entity “{ $name }”, which XML does not define. It was not read.
cap-malformed = The file is not well-formed XML (line { $line }). It may have been cut off; ask for it again.
cap-too-deep = The elements of the file are nested deeper than any alert has them. It was not read.
cap-too-many-parts = The file has more elements and entities than any alert. It was not read.
cap-too-many-attributes = An element of the file has more attributes than any alert. It was not read.
cap-too-many-infos = The alert has more info blocks than can be handled (64).
cap-too-many-areas = The alert has more areas than can be handled (4,000).
cap-too-many-codes = The alert has more codes than can be handled (12,000).
cap-too-many-points = The shapes of the alert have more points than can be handled (20,000).
cap-too-many-references = The alert refers to more messages than can be handled (500).
cap-too-long = The text of { $element } is longer than can be sent (20,000 characters).
cap-not-an-alert = The file is not an alert: it begins with “{ $root }”. If it is a feed, give the alerts it links to.
cap-namespace = The file is not an alert of CAP 1.0, 1.1 or 1.2: its namespace is “{ $found }”.
cap-namespace-none = The file is not an alert of CAP 1.0, 1.1 or 1.2: it has no namespace.
cap-missing = The alert has no { $element }, so it cannot be told from others. Ask the sender.
cap-time = The time of sending cannot be read (“{ $found }”). Ask the sender.

## The readable form of the check. The lines below the first are shown where something is known.

alert-check-verdict-accepted = accepted
alert-check-verdict-held = held
alert-check-verdict-refused = refused
alert-check-line = { $file }: { $verdict }. { $reason }
alert-check-what = { $event } ({ $severity })
alert-check-who = { $sender }, { $identifier }, { MOMENT($sent) }
alert-check-districts = To: { $districts }
