### The pages of Glas on the web: the frame, the first page, alerts, troubles.

## The frame of every page.

web-name = Glas
web-language = English
web-skip = Skip to the content
web-navigation = Main navigation
web-home-link = Go to the first page
web-now-link = What is in force now
web-privacy-link = Your data
web-accessibility-link = Accessibility
# The number stands behind it.
web-emergency = If life or health is in danger, call
web-warning = Warning
web-danger = Danger
web-form-faults = Please correct the following:

## The channels that people can subscribe on.

way-telegram = Telegram
way-telegram-how = Open a chat with the bot and press “Start”. Buttons guide you from there.
way-telegram-open = Open in Telegram
way-discord = Discord
way-discord-how = Send /start to the bot, in a direct message or on the city’s server.
way-discord-open = Open in Discord

## The first page.

home-title = { $city }’s alerts, in your language
home-about = Glas tells you about outages, dangerous weather and closed streets in { $city }, where you read anyway: on Telegram, on Discord or by e-mail.
home-now = { $count ->
    [0] In force now
    [one] In force now: { NUM($count) } alert
   *[other] In force now: { NUM($count) } alerts
}
home-now-all = See all alerts
home-subscribe = Subscribe
home-subscribe-about = It takes less than a minute, and needs neither a name nor an account.
home-promise = What we promise
home-promise-free = It is free, and carries no advertising.
home-promise-choice = You choose the districts, the topics, and how serious something must be before we write to you. One tap stops it.
home-promise-data = We keep only what we need to be able to write to you.
home-promise-emergency = Emergencies are not reported here. For those, call { $number }.

## What is in force now.

now-title = What is in force now: { $city }
now-about = The alerts that are in force at this moment, for the whole city or for your neighbourhood.
now-place = Neighbourhood or district
now-place-hint = For example “Lyulin 3”, “Druzhba” or „Лозенец“.
now-show = Show
now-everywhere = In the whole city
now-for = For { $place }
now-all = See the whole city
now-quiet = No alerts are in force at the moment.
now-count = { $count ->
    [one] { NUM($count) } alert
   *[other] { NUM($count) } alerts
}
now-permanent = Permanent address of this alert
now-several = More than one place has this name. Which one do you mean?
now-guess = We did not find “{ $place }”. Did you mean:
now-unknown = We did not find “{ $place }”
now-unknown-do = Check the spelling, or choose the district from the list.
now-districts = The districts

## One alert.

alert-page-sent = Sent on { MOMENT($at) }
alert-page-in-force = In force until { MOMENT($until) }
alert-page-updated = A newer message has replaced this alert.
alert-page-cancelled = This alert was cancelled and is no longer in force.
alert-page-all-clear = This message announces no danger: the alert before it is no longer in force.
alert-page-over = This alert is no longer in force. It ended on { MOMENT($until) }
alert-page-newer = See the latest message

## When something fails: what happened, what it means, what to do.

trouble-not-found = There is nothing here
trouble-not-found-means = The address is mistyped, or the page is gone. Your subscription is not affected.
trouble-not-found-do = Check the address, or start from the first page.
trouble-unclear = We did not understand the request
trouble-unclear-means = What was sent is not in the form that we expect. Nothing was changed.
trouble-unclear-do = Go back and try again.
trouble-too-large = What was sent is too large
trouble-too-large-means = We take up to 64 KB at once. Nothing was changed.
trouble-too-large-do = Go back and send less.
trouble-too-many = Too many requests
trouble-too-many-means = Too many requests came from your network in a short time. This limit protects everybody from abuse.
trouble-too-many-do = Wait a few minutes and try again.
trouble-fault = A fault on our side
trouble-fault-means = Something went wrong while we prepared the page. It was written down and will be mended.
trouble-fault-do = Try again in a moment. Alerts arrive independently of these pages.
trouble-away = We cannot answer right now
trouble-away-means = The system is overloaded or being maintained. Nothing is lost.
trouble-away-do = Try again in a minute. Alerts arrive independently of these pages.

## Accessibility.

accessibility-title = Accessibility statement
accessibility-description = How accessible the pages of Glas are to everybody, and how to tell us if something is in your way.
accessibility-about = { $sender } is committed to making the pages of Glas accessible to everybody, as the Electronic Governance Act and Directive (EU) 2016/2102 require. This statement covers these pages; Telegram and Discord are used through their own applications.
accessibility-status = How far they comply
accessibility-status-text = The pages comply partially with EN 301 549 V3.2.1 and with WCAG 2.1, level AA, because of the points below. They are built to work without JavaScript, with the keyboard alone, with a screen reader, at 200 % zoom and on a screen 320 pixels wide.
accessibility-gaps = What is not accessible yet
accessibility-gap-original = When an alert came in another language only, its text is quoted in the original without that language being marked for screen readers (criterion 3.1.2).
accessibility-gap-senders = The senders’ own words – those of weather services, water and power companies – are passed on unchanged, and are not always easy to read.
accessibility-gap-links = The links “More information” lead to other people’s sites, whose accessibility is not in our hands.
accessibility-elsewhere = The same alerts can be had as plain text on Telegram, on Discord and by e-mail.
accessibility-made = How this statement was prepared
accessibility-made-text = It was prepared on 26 November 2026 by self-assessment: every page is checked automatically with axe-core in both languages, in light and dark, on narrow and wide screens.
accessibility-write = If something is in your way
accessibility-write-to = Write to us:
accessibility-write-city = Write to or call { $sender } in the usual way, and mention Glas.
accessibility-answer = Describe the page and what does not work. We answer within 14 days, and will give you the content in a form that suits you.
accessibility-enforce = If the answer does not satisfy you
accessibility-enforce-text = You may complain to the Minister of Electronic Governance, who supervises the accessibility of public bodies’ websites.
