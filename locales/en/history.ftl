### The history of one draft or alert, as “glas audit --of” tells it. $act is one of the acts below.

history-line = { MOMENT($at) }: { $actor } { $act }.
history-why = { MOMENT($at) }: { $actor } { $act }: “{ $reason }”
history-sent = { MOMENT($at) }: { $actor } { $act }. It went out as alert { $alert }.
history-of = ── { $value }
history-nothing = The record says nothing about “{ $value }”. Write draft:NUMBER or alert:NUMBER.

## Acts

history-new = wrote a draft
history-update = wrote a draft of an update
history-cancel = wrote a draft that ends an alert
history-correction = wrote a draft of a correction
history-drill = wrote a draft of a drill
history-submit = submitted it for approval
history-send = sent it
history-approve = approved it
history-return = returned it
history-reject = rejected it
history-break-glass = sent it without a second person
