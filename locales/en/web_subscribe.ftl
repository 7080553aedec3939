### Subscribing by mail, and the pages of personal links: confirming, choosing, unsubscribing, data.

## Subscribing.

way-email = E-mail
way-email-how = Fill in a short form, and confirm with the link that we send you.
way-email-open = Subscribe by e-mail

web-preferences = Your choice

subscribe-title = Subscribe by e-mail
subscribe-about = We will write only about the places and topics that you choose. One tap stops it at any time.
subscribe-email = E-mail address
subscribe-email-hint = You will get an e-mail there with a link to confirm.
subscribe-email-none = Enter your e-mail address.
subscribe-email-wrong = This does not look like an e-mail address. One is written like name@example.com
subscribe-where = Which places shall we write to you about?
subscribe-topics = Which topics shall we write to you about?
subscribe-cadence = How often shall we write?
subscribe-cadence-hint = When people are in danger we write at once, whatever you choose.
subscribe-near = Street, quarter or place
subscribe-near-hint = Optional. If you do not know the district, write the place here, for example “Lyulin 3” or “Vitoshka”.
subscribe-point = A point on the map
subscribe-point-hint = Optional. If you want to hear only about your street, paste its coordinates from a map here, for example 42.6977, 23.3219
subscribe-point-unread = “{ $text }” does not look like coordinates. They are two numbers, latitude and longitude, for example 42.6977, 23.3219
subscribe-point-outside = This point is outside the city. Please check that the latitude comes first.
subscribe-point-or-place = Choose either a point or districts. Add another subscription for the other later.
subscribe-radius = How far around the point?
subscribe-radius-hint = Counts if you gave a point.
subscribe-place-none = Choose at least one place, or the whole city.
subscribe-place-unknown = We did not find “{ $text }” in the city. Write another name, or choose the district from the list.
subscribe-place-which = “{ $text }” may be in { $places }. Tick the district that you mean in the list.
subscribe-topic-none = Choose at least one topic.
subscribe-choose-again = Choose one of the answers.
subscribe-hour-hint = Counts if you chose to hear once a day or once a week.
subscribe-weekday-hint = Counts if you chose to hear once a week.
subscribe-privacy = We keep your address, language and choice so that we can write to you. Your mail service sees the e-mails too.
subscribe-send = Send me a link to confirm
subscribe-sent = Look into your mailbox
subscribe-sent-what = We are sending you an e-mail with a link. You are subscribed only when you have opened it and confirmed.
subscribe-sent-holds = The link is valid for { $days ->
    [one] { $days } day
   *[other] { $days } days
}.
subscribe-sent-not = If nothing has come within a few minutes, look into the spam folder. To one address we send at most one such e-mail in ten minutes, and three a day.

## The mail that asks for a confirmation.

opt-in-title = Please confirm that you want our messages
opt-in-reminder = Reminder: please confirm that you want our messages
opt-in-what = Somebody – you, we hope – asked us to send alerts to this address:
opt-in-reminder-what = Yesterday somebody – you, we hope – asked us to send alerts to this address, and has not confirmed it yet:
opt-in-until = Open the link and confirm by { MOMENT($until) }
opt-in-not-me = If it was not you, do nothing. Without a confirmation we will not write to you.
opt-in-open = See and confirm

## The confirmation.

confirm-title = Confirm your subscription
confirm-about = This is what we will send to { $address }:
confirm-language = Language
confirm-tick = Yes, write to me
confirm-tick-first = Tick “Yes, write to me” and press the button once more.
confirm-button = Confirm
confirm-not-me = If you did not ask for this, close the page. Nothing will happen.
confirm-done = Every message of ours lets you change your choice or stop.
confirm-already = Already confirmed
confirm-already-what = This subscription is confirmed, and there is nothing more to do.

## Everything that was chosen, on one page.

preferences-of = For { $address }
preferences-one = Your subscription
preferences-change = Change or remove
preferences-save = Save the change
preferences-remove = Remove this subscription
preferences-add = Another subscription
preferences-add-open = Add a subscription
preferences-add-send = Add
preferences-all = For this address as a whole
preferences-state = Shall we write to you?
preferences-on = Yes, write to me
preferences-pause = No, pause for a week
preferences-off = No, stop the messages
preferences-language = In which language?
preferences-quiet = When shall we not disturb you?
preferences-quiet-hint = What has gathered comes together in the morning. When people are in danger we write at once.
preferences-more = More
preferences-added = The subscription is added.
preferences-removed = The subscription is removed.
preferences-last-removed = This was your last subscription, so we have stopped the messages. Your choice is kept in case you come back.
preferences-unchanged = There was nothing to change.
preferences-too-many = You have 20 subscriptions already, and no more fit. Add places to one of them.

## Unsubscribing.

unsubscribe-title = Shall we stop the messages?
unsubscribe-of = This is what we send to { $address } now:
unsubscribe-what = This is what we send now:
unsubscribe-ask = What shall we do?
unsubscribe-stop = Stop all messages
unsubscribe-pause = Stop them for a week only
unsubscribe-button = Do it
unsubscribe-choose = Choose what we shall do.
unsubscribe-fewer = If there are just too many, choose fewer topics or places:
unsubscribe-link = Stop the messages
unsubscribe-stopped = The messages are stopped
unsubscribe-stopped-what = We will not write to you any more. Your choice is kept in case you come back.
unsubscribe-paused = Paused for a week
unsubscribe-paused-what = We will not write to you until { MOMENT($until) }, not even when there is danger. After that we go on.
unsubscribe-undone = Everything is back
unsubscribe-undone-what = We will write to you again, as before.
unsubscribe-is-off = The messages are stopped already
unsubscribe-is-off-what = We send nothing to this address. If you want us to write again, switch it on in your choice.

## The buttons of letters.

press-title = One more step
press-what = You pressed a button in a message from us.
press-what-of = You pressed a button in an e-mail to { $address }.
press-button = Do it
press-go = Go on
press-tick-first = Tick the box, so that we know that you want it.
press-why = We ask because some mail programs open every link by themselves.
press-done = Done
press-nothing = It is done.
press-choose = That is my choice
press-answers = Answers
press-write = Send

## Data.

mydata-save = Save as a file (JSON)
mydata-languages = Languages
mydata-languages-all = { $languages }
mydata-paused = Paused until
mydata-wishes = What we write to you about
mydata-consents = Your consent
mydata-consents-none = No consent is written down.
mydata-requests = Requests by e-mail
mydata-request = Made on { MOMENT($at) }, not confirmed yet
mydata-request-used = Made on { MOMENT($at) }, confirmed
mydata-form = There is also a question of ours that you have begun to answer. The answers are in the file.
mydata-sent = What we sent you
mydata-erase = Erasing
mydata-erase-what = We erase your choice, your words of consent and what was sent; messages that wait will not arrive. This cannot be undone.

## A link that is over.

trouble-link-over = This link is no longer valid
trouble-link-over-means = Personal links are valid for a limited time and for one thing. Nothing was changed.
trouble-link-over-do = Open the link in your latest message from us, or subscribe again.
