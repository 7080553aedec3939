### The statement of privacy: the gist, then each class of data, then people’s rights.

privacy-title = Your data
privacy-description = What Glas keeps about you, why, for how long, and how to see or erase it.

privacy-gist = In short
privacy-gist-kept = We keep your address on the channel, your language and what you want to hear about. No name, no telephone number.
privacy-gist-never = We do not sell your data or give it away for advertising. These pages set no cookies, and nobody tracks you.
privacy-gist-provider = Telegram, Discord or your mail service also see the messages that they carry.
privacy-gist-forget = /mydata shows you everything that we keep, and /forget erases it.

privacy-who = Who is responsible
privacy-who-text = The controller of the data is { $sender }.
privacy-officer = Data protection officer:
privacy-officer-city = The data protection officer can be reached through the municipality.

privacy-kept = What we keep
privacy-why = What for
privacy-how-long = How long

privacy-address = Your address on the channel, and your language
privacy-address-why = To send you alerts in your language.
privacy-address-how-long = While you are subscribed. After you stop, or the channel tells us that you are gone, { $months ->
    [one] { NUM($months) } month
   *[other] { NUM($months) } months
} more, so that you can come back. If you only wrote to us and never subscribed: { $days ->
    [one] { NUM($days) } day
   *[other] { NUM($days) } days
}. /forget erases it at once.
privacy-wishes = The districts, places, topics and hours that you have chosen
privacy-wishes-why = So that you get only what concerns you. A shared location is kept rounded.
privacy-wishes-how-long = As long as the address.
privacy-consent = When and how you agreed
privacy-consent-why = To be able to prove that you wanted the messages.
privacy-consent-how-long = As long as the address.
privacy-forms = Forms that you are still filling in, and your requests by e-mail
privacy-forms-why = So that you can go on where you stopped, and so that we know it was really you who asked us to write.
privacy-forms-how-long = A form: { $forms ->
    [one] { NUM($forms) } day
   *[other] { NUM($forms) } days
} after your last answer. A request that you do not confirm: { $requests ->
    [one] { NUM($requests) } day
   *[other] { NUM($requests) } days
} after our last mail about it; a confirmed one: { $confirmed ->
    [one] { NUM($confirmed) } day
   *[other] { NUM($confirmed) } days
}.
privacy-deliveries = Which messages we sent you, and whether they arrived
privacy-deliveries-why = So as not to send them twice, and to take back a mistaken alert from everybody who got it.
privacy-deliveries-how-long = Alerts: { $days ->
    [one] { NUM($days) } day
   *[other] { NUM($days) } days
} after their time is over. Answers to you alone: { $answers ->
    [one] { NUM($answers) } day
   *[other] { NUM($answers) } days
}. After that only how many there were.
privacy-events = The numbers of the messages that you wrote to us
privacy-events-why = So as not to answer the same one twice.
privacy-events-how-long = { $days ->
    [one] { NUM($days) } day
   *[other] { NUM($days) } days
}.
privacy-left = A fingerprint of an address that asked to be forgotten
privacy-left-why = So that no old list subscribes you again. The address cannot be recovered from the fingerprint.
privacy-left-how-long = Until you subscribe again.

privacy-basis = On what grounds
privacy-basis-task = For alerts, polls and reports: a task carried out in the public interest (Article 6(1)(e) of the General Data Protection Regulation).
privacy-basis-consent = For everything optional – location, linking your addresses, weekly digests: your consent, which you can withdraw at any time.
privacy-others = Who else sees the data
privacy-others-text = The provider of the channel that you chose carries the messages and sees them: Telegram, Discord or your mail service. They handle them by their own rules, sometimes outside the European Union. We pass data about you to nobody else.
privacy-pages = These pages
privacy-pages-text = They set no cookies, load nothing from other sites, and keep no record of who opened what. When a form is sent, a fingerprint of the network address is kept for up to { $days ->
    [one] { NUM($days) } day
   *[other] { NUM($days) } days
}, just enough to stop abuse.
privacy-rights = Your rights
privacy-right-see = To see your data and get a copy: /mydata on any channel.
privacy-right-forget = To have it erased: /forget on any channel. It takes effect at once and everywhere; it leaves the back-ups when newer ones take their place.
privacy-right-change = To correct it, or to limit what you get, in the preferences.
privacy-right-object = To object, and to withdraw your consent.
privacy-right-answer = If you write to the data protection officer, you will have an answer within a month.
privacy-authority = If you believe that we infringe your rights, you may complain to the Commission for Personal Data Protection (CPDP), 2 Prof. Tsvetan Lazarov Blvd., Sofia 1592,
privacy-age = Age
privacy-age-text = If you are under 14, a parent or guardian must agree to everything that we ask consent for.
