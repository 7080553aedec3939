### Working with alerts: who may do what, drafts, calling a second person, the record.

## Roles.

role-viewer = viewer
role-moderator = moderator
role-publisher = publisher
role-approver = approver
role-administrator = administrator
permit-denied = Your role is “{ $own }”; this needs at least “{ $needed }”. Ask somebody who has it.
permit-stranger = This account is not among the people who work with alerts. If it should be, the administrator adds it to bot.toml.

## What a draft is, and how far it has come.

draft-kind-new = a new alert
draft-kind-update = an update of an alert
draft-kind-cancel = a cancellation
draft-kind-correction = the correction of a false alert
draft-kind-drill = a drill
draft-state-draft = draft
draft-state-waiting = waits for a second person
draft-state-sent = sent
draft-state-returned = returned
draft-state-rejected = rejected

## What it comes to.

draft-what = What it is
draft-severity = Severity
draft-where = Where
draft-until = Until
draft-moment = { MOMENT($at) }
draft-author = Author
draft-audience = To how many addresses
draft-audience-exact = { NUM($count) }
draft-count = { $name }: { NUM($count) }

## Calling a second person.

draft-call = Waits for your approval: { $name }
draft-call-again = Still waits for approval: { $name }
draft-call-typed = It concerns more than half of the city. To approve it, you will have to type the city’s name.
draft-button-look = See what it will look like
draft-button-approve = Approve
draft-button-return = Return
draft-button-reject = Reject
draft-button-end = Say that it is over
draft-button-wrong = It was wrong
draft-ask-typed = Type the city’s name to confirm.
draft-ask-reason = Why? A sentence or two.
draft-preview = This is what it will look like ({ $language }):

## What has happened.

draft-alone = Sent without a second person: { $name }
draft-alone-review = For review – sent without a second person yesterday: { $name }
draft-alone-who = { $sender } sent it alone. Reason: “{ $reason }”. Go through it together the next day.
draft-told-returned = { $by } returned “{ $name }”. Reason: “{ $reason }”. Change it and submit it again.
draft-told-rejected = { $by } rejected “{ $name }”. Reason: “{ $reason }”.
draft-told-sent = { $by } approved “{ $name }”. It is going out.
draft-done-filed = The draft is kept under the number { $id }.
draft-done-waiting = Submitted for approval. Those who can approve it have been called.
draft-done-sent = It is going out. How far it has come: glas alert status { $alert }
draft-chat-sent = Approved; it is going out.
draft-chat-ended = Everybody whom it reached is being told that it is over.
draft-chat-corrected = Everybody whom it reached is being told that it was wrong.
draft-done-drill = The drill has begun. It reaches those who take part and nobody else.
draft-done-returned = It is back with its author.
draft-done-rejected = It is rejected and will not go out.
draft-none = No drafts are waiting.
draft-line = { $id }  { $state }  { $name }  ({ $author })
draft-line-feed = { $id }  from the feed “{ $feed }”  { $event }  – { $why }

## Why something cannot be done.

draft-unknown = There is no draft of this number. “glas alert drafts” lists them.
draft-changed = The draft has changed since you saw it. Look at it again, then decide.
draft-own = You wrote or submitted it; a second person approves. If nobody else is there and it cannot wait, send it alone, with a reason.
draft-needs-nobody = It needs no second person. Just submit it.
draft-reason-none = Give a reason: its author has to know what to change.
draft-reason-short = Give more of a reason (at least { $least } characters): somebody will read it tomorrow.
draft-type-the-name = It concerns more than half of the city. Confirm by typing its name: { $city }.
draft-not-submitted = It has not been submitted for approval yet.
draft-waits-already = It is submitted already and waits for a second person.
draft-sent-already = It has gone out already.
draft-returned-already = It is back with its author and waits for them.
draft-rejected-already = It is rejected and will not go out.
draft-not-alert = There is no such alert. Check its number with “glas alert status”.
draft-ended-already = People have already been told that this alert no longer holds. Nothing new was sent.
draft-faults = The facts are not complete or not clear: { $faults }
draft-no-template = There is no template “{ $name }”. There are: { $all }.
draft-no-operator = There is no operator “{ $name }” in bot.toml.

## The record.

audit-line = { $number }  { MOMENT($at) }  { $actor }  { $act }  { $object }  { $detail }
audit-good = The record is whole: { NUM($count) } entries, the last hash is { $hash }
audit-empty = The record is empty.
audit-changed = Entry { $number } was changed after it was written, or is not in its place. Compare with a back-up.
audit-missing = Entries before number { $number } are missing. Compare with a back-up.
audit-end = Entries at the end of the record are missing, or others were added. Compare with a back-up.
