### Talking with citizens: subscribing, leaving, help.

## The commands. The name is one lower-case word; "words" are what else people say for it.

command-start-name = start
command-start-words = begin, subscribe, sign me up, sign up, hello, hi
command-start-about = Get the city’s alerts
command-stop-name = stop
command-stop-words = end, quit, unsubscribe, leave, cancel
command-stop-about = Stop the alerts
command-help-name = help
command-help-words = what can you do, commands, menu, info
command-help-about = What you can ask for

## The answers.

subscribe-welcome = Done, you are subscribed
subscribe-already = You are already subscribed
subscribe-what = You will get the alerts for { $city } here: outages, dangerous weather, closed streets and more.
subscribe-how-to-stop = You can stop them at any time with /stop.
subscribe-emergency = In an emergency call 112. Urgent reports are not taken here.
subscribe-privacy = We keep only your address on this channel, your language and when you subscribed. The channel’s provider sees the messages too.
subscribe-button-stop = Stop the alerts
subscribe-button-start = Subscribe
subscribe-stopped = The alerts are stopped. You will get no more. To come back, send /start.
subscribe-was-not-on = You are not subscribed to alerts, so there is nothing to stop.

help-title = What you can ask for
help-line = /{ $name } – { $about }
