### Retention: what has had its time, as an operator reads it.

retention-would = This would go now; nothing was changed:
retention-went = Removed:
retention-before = before { MOMENT($at) }
retention-number = { NUM($number) }
retention-elsewhere = Another process is at it just now. Try again in a minute; nothing is lost.
retention-run = { MOMENT($at) }
retention-nothing = { "  " }nothing had had its time
retention-never = There was no run yet. It happens on the schedule in bot.toml while “glas run” runs.

retention-departed = Addresses that stopped, left or are gone
retention-visitors = Addresses that wrote and never subscribed
retention-events = Marks of messages already answered
retention-forms = Abandoned forms
retention-requests = Unconfirmed requests by e-mail
retention-confirmed-requests = Confirmed requests by e-mail
retention-answers = Answers and other letters to one person
retention-deliveries = Who got which alert
retention-quotas = Counts against abuse
retention-replays = Requests of programs, with their answers
retention-reports = Reports on what was removed
