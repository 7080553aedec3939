### Talking with citizens: commands, free text, help.

## The commands. The name is one lower-case word; "words" are what else people say for it.

command-start-name = start
command-start-words = begin, subscribe, sign me up, sign up, hello, hi, i want alerts
command-start-about = Choose the places to get alerts for
command-now-name = now
command-now-words = what is on, what is on now, whats on, alerts, news
command-now-about = See what is on now
command-settings-name = settings
command-settings-words = preferences, my settings, change, my subscription, my subscriptions
command-settings-about = Change places, topics and times
command-pause-name = pause
command-pause-words = snooze, silence
command-pause-about = Stop the messages for a week
command-stop-name = stop
command-stop-words = end, quit, unsubscribe, leave
command-stop-about = Stop the messages
command-language-name = language
command-language-words = change language, in english, english, английски
command-language-about = Change the language
command-mydata-name = mydata
command-mydata-words = my data, what do you know about me
command-mydata-about = See what we keep about you
command-forget-name = forget
command-forget-words = forget me, delete me, erase me, delete my data, erase my data
command-forget-about = Erase all that we keep about you
command-privacy-name = privacy
command-privacy-words = data protection, privacy policy
command-privacy-about = How we treat your data
command-help-name = help
command-help-words = what can you do, commands, menu, info
command-help-about = What you can ask for
command-cancel-name = cancel
command-cancel-words = never mind, abort
command-cancel-about = Give up what you have begun
command-back-name = back
command-back-words = go back, previous question
command-back-about = Go back to the question before
command-alert-name = alert
command-alert-words = on duty, new alert
command-alert-about = For people on duty: send, update or end an alert
command-work-name = what
command-work-about = For example: new water Lyulin
command-place-name = place
command-place-about = A district or quarter, such as Lyulin

## The words by which free text is understood. A star at the end: and all that begins like this.

sense-danger = on fire, a fire, house fire, fire in the, fire in our, fire in my, fire at, is burning, are burning, burning down, full of smoke, not breathing, cannot breathe, can't breathe, cant breathe, he is dying, she is dying, i am dying, he's dying, she's dying, someone is dying, somebody is dying, unconscious, fainted, passed out, bleeding, badly hurt, people hurt, is injured, are injured, am injured, badly injured, injured people, people injured, car crash, bus crash, crashed into, bad accident, got run over, was run over, is drowning, are drowning, a heart attack, having a stroke, a stroke, chest pain, overdose*, swallowed, giving birth, is attacking, are attacking, attacked me, attacked him, attacked her, was attacked, beating me, beating his, beating her, beating up, stabbed, with a knife, with a gun, gunshot, gunshots, is shooting, shooting at, was shot, been shot, threatening me, threatening us, raped, kidnapped, suicide, kill myself, want to die, smell of gas, smells of gas, smells like gas, smell gas, gas leak, leaking gas, an explosion, explosion in, explosion at, loud explosion, exploded, building collapsed, has collapsed, collapsed on, breaking into, broke into, trapped, save us, save me, live wire, fallen power line
# With one of these in it, a sentence does not report a danger.
sense-calm = alerts about, alerts for, warn me about, in case of, drill, drills, prevention, prevent, film, movie, screening, last year
sense-now = outage*, no power, no water, no heating, power cut, water cut, when will, what is happening, what is going on, why is there no
sense-settings = change my, change the, i moved, i have moved, another district, other district, quiet hours, at night
sense-stop = spam, no more, do not send, dont send, leave me alone
sense-mydata = what do you know, what do you keep, which data, gdpr
sense-forget = erase, delete, forget
sense-start = i want to get, how do i subscribe, how to subscribe, notify me, alert me
# Words by which this language is told from the others, for whoever writes where none is named.
sense-language = the, is, there, my, you, what, when, where, why, how, which, want, would, please, thanks, thank, hello, hi, hey, and, with, from, english
sense-in = in, at, near, around, for, district, quarter
sense-offer = Is this what you are looking for?
sense-offer-topic = { $topics } – shall we see what is on now?

## The answers.

subscribe-stopped = The messages are stopped. We keep your choice in case you come back. To have it erased, send /forget.
subscribe-was-not-on = You are not subscribed to messages, so there is nothing to stop.

help-title = What you can ask for
help-line = /{ $name } – { $about }
help-free = You can also just write a district, a quarter, or what you want to know.
help-emergency = In an emergency call { $number }. Urgent reports are not taken here.

danger-title = If somebody is in danger, call { $number }
danger-text = This is a bot, and nobody watches for emergencies here. { $number } answers day and night, free of charge, from any phone.

lost = I did not understand you. Write a district or quarter, or choose from here:
group-private = This is only possible in a private conversation. Please write to me directly.
cancelled = All right, nothing has changed.
cancel-nothing = There is nothing to cancel right now.
letter-is-no-more = This message is no longer kept.
language-done = Done, from now on I write to you in English.

sent-photo = Thank you for the picture, but I cannot look at it yet. Please tell me in words what you want to know.
sent-video = Thank you for the video, but I cannot watch it yet. Please tell me in words what you want to know.
sent-voice = I cannot listen to voice messages yet. Please write it to me. In an emergency call { $number }.
sent-sticker = Thank you! If you want to see what is on in the city now, press the button.
sent-file = Thank you for the file, but I cannot open it yet. Please tell me in words what you want to know.
sent-contact = Thank you, but we need no telephone numbers and do not keep them.
shared-outside = This place is not in our city, so we have no alerts for it.

offer-place = What shall I do for you?
offer-now = What is on now: { $place }
offer-join = Write to me about { $place }

button-settings = Settings
button-now = What is on now
button-now-city = The whole city
button-help = Help
button-stop = Stop the messages
button-start = Switch them on again
button-subscribe = Subscribe
button-mydata = My data
button-forget = Erase all about me
button-privacy = Privacy
