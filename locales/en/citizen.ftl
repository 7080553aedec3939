### Subscribing and settings: the questions, the choice, the confirmations.

## The first meeting.

welcome-title = Welcome to Glas
welcome-what = Here { $city } warns you of outages, dangerous weather, closed streets and whatever matters around you.
welcome-privacy = We keep only the account you write from, your language and your choice. The network that carries the messages sees them too. All of it can be erased with /forget. More: /privacy.

ask-where = Which places shall I write to you about?
ask-where-hint = Choose one or more districts, or write the name of a quarter.
ask-radius = How far around you?
ask-radius-metres = { $metres ->
    [300] My street (300 m)
   *[other] Up to { $metres } m
}
ask-radius-district = The whole district
ask-topics = Which topics shall I write to you about?
ask-severity = How serious shall the messages be?
ask-severity-hint = The less important ones arrive without a sound.
ask-cadence = How often shall I write?
ask-cadence-hint = When people are in danger I write at once, whatever you choose.
ask-weekday = On which day?
ask-hour = At what time?
ask-quiet = When shall I not disturb you?
ask-quiet-hint = What has gathered comes together in the morning. When people are in danger I write at once.
hour = { $hour }:00
weekday-1 = Monday
weekday-2 = Tuesday
weekday-3 = Wednesday
weekday-4 = Thursday
weekday-5 = Friday
weekday-6 = Saturday
weekday-7 = Sunday

severity-all = all, the minor ones too
severity-moderate = from moderate danger on
severity-severe = serious danger only
severity-extreme = extreme danger only
cadence-now = At once
cadence-daily = Once a day
cadence-weekly = Once a week
quiet-none = none
quiet-from-to = from { $from } to { $to }

## The choice, line by line.

wish-number = Subscription { $number }
wish-where = Where
wish-about = Topics
wish-severity = Seriousness
wish-when = When
wish-quiet = Quiet hours
wish-around = within { $metres } m of the chosen place ({ $districts })
wish-all-topics = all
wish-no-topics = none chosen
wish-topics = { $topics }
wish-topics-without = all but { $topics }
wish-now = at once
wish-daily = once a day, at { $hour }:00
wish-weekly = once a week ({ $day }), at { $hour }:00

summary-joined = Done, you are subscribed
summary-already = You are already subscribed
summary-back = Welcome back
summary-on-now = This is on there now:
summary-footer = You can change everything with /settings, or stop with /stop.

## The settings.

settings-title = Your settings
settings-one = This subscription
settings-saved = The change is saved.
settings-off = The messages are stopped. Your choice is kept.
settings-paused = The messages are paused until { MOMENT($until) }.
settings-changed-already = This subscription was changed meanwhile. This is chosen now:
paused-until = I will not write to you until { MOMENT($until) }, not even when there is danger. After that the messages come again.
resumed = Done, I will write to you again.
mute-done = I will no longer write to you about: { $topic }.
mute-undo = Undo
mute-undone = I will write to you again about: { $topic }.
mute-again = No “{ $topic }”

button-where = Places
button-about = Topics
button-severity = Seriousness
button-cadence = How often
button-quiet = Quiet hours
button-more = Another subscription
button-pause = Pause for a week
button-resume = End the pause
button-remove = Remove
button-change-number = Change { $number }
button-remove-number = Remove { $number }
button-page = Everything on one page

## The invitation in a group or a public channel.

invite-title = Shall the city warn you?
invite-button = Subscribe me
invite-posted = The invitation is written down; a running “glas run” sends it.
invite-channel-off = The channel “{ $channel }” is not switched on in bot.toml, so nobody can send an invitation there.
invite-not-public = An invitation is posted in a group or a public channel, and this is one person’s address.
invite-needs-link = On “{ $channel }” a button counts for the whole group, so the invitation leads to the bot. Put its address as invite into bot.toml.
