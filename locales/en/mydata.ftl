### Personal data: what is kept, how to see it and how to erase it.

privacy-short-title = How we treat your data
privacy-short-kept = We keep the account you write from, your language, your choice, when you agreed, and what we sent you. We do so to carry out a public task of the city, and for anything beyond that with your consent.
privacy-short-provider = The network that carries the messages sees them too. We give data to nobody else.
privacy-short-rights = At any time you can see everything with /mydata and erase it with /forget.

mydata-title = What we keep about you
mydata-intro = This is all that belongs to this address:
mydata-channel = Channel
mydata-address = Address
mydata-state = Messages
mydata-on = arrive
mydata-off = are stopped
mydata-since = Known since
mydata-moment = { MOMENT($at) }
mydata-consent = Consent given on { MOMENT($at) } ({ $source })
mydata-consent-back = Consent taken back on { MOMENT($at) } ({ $source })
mydata-letters = { $count ->
    [0] No sent messages are kept.
    [one] { $count } sent message is kept:
   *[other] { $count } sent messages are kept; the latest:
}
mydata-page = Everything, with a file to save
mydata-file = The same as a file (JSON):
mydata-too-long = The whole file (JSON) is too long for this message. The data protection officer will send it to you.

forget-ask = Shall I erase everything about you?
forget-hint = I erase your choice, your words of consent and what was sent; messages that wait will not arrive. This cannot be undone.
forget-yes = Yes, erase everything
forget-no = No, keep it
forgotten-title = I have erased everything about you
forgotten-what = Your choice, your words of consent and your messages are gone. Nothing more will arrive.
forgotten-kept = What remains is only how many messages we sent, and a fingerprint of your address by which we cannot recognise you but which keeps others from signing you up from an old list. Your data leaves the back-ups when newer ones take their place.
forgotten-last = This is the last message. Once it has arrived we erase the address too. To come back, send /start.
