### Schedules: what goes out by the calendar, when, and what happens when it is late.

## When.

schedule-once = once, on { MOMENT($at) }
schedule-rule = { $days } at { $times }
schedule-expression = by the expression “{ $text }”
schedule-in-zone = { $rule } (by the clock of { $zone })
schedule-every-day = every day
schedule-workdays = every weekday
schedule-weekly = every { schedule-weekday }
schedule-weekly-several = { $first ->
       *[other] every { $days }
    }
schedule-weekday = { $day ->
        [mon] Monday
        [tue] Tuesday
        [wed] Wednesday
        [thu] Thursday
        [fri] Friday
        [sat] Saturday
       *[other] Sunday
    }
schedule-monthly = on the { $day ->
        [1] 1st
        [2] 2nd
        [3] 3rd
        [21] 21st
        [22] 22nd
        [23] 23rd
        [31] 31st
       *[other] { NUM($day) }th
    } of every month
schedule-monthly-several = every month on day { $days }
schedule-yearly = every year on { $dates }
schedule-date = { NUM($day) } { $month }
schedule-nth = on the { $nth ->
        [1] first
        [2] second
        [3] third
       *[other] fourth
    } { schedule-weekday } of the month
schedule-in-months = { $days }, in { $months } only,
schedule-month = { $month ->
        [1] January
        [2] February
        [3] March
        [4] April
        [5] May
        [6] June
        [7] July
        [8] August
        [9] September
        [10] October
        [11] November
       *[other] December
    }
schedule-turn = { WEEKDAY($at) }, { MOMENT($at) }
schedule-turn-moved = { $when } (instead of { $clock }: the clocks go forward)
schedule-turn-once = { $when } (the clocks go back and { $clock } comes twice; the first counts)

## The list.

schedule-none = There are no schedules. “glas schedule add” makes one.
schedule-line = { $name } – { $rule }
schedule-line-drill = { $name } (a drill) – { $rule }
schedule-detail = template: { $template }; author: { $author }; number: { $number }
schedule-detail-approved = template: { $template }; author: { $author }; the whole series was approved by { $approver }; number: { $number }
schedule-zone = Times are by the city’s clock: { $zone }.
schedule-no-next = There is no further one.

## How far it has come.

schedule-never-yet = Its time has not come yet.
schedule-paused = It is paused.
schedule-paused-last = It is paused. { $last }
schedule-last-sent = Last: { MOMENT($at) } – sent
schedule-last-waits = Last: { MOMENT($at) } – waits for a second person. See it: glas alert preview { $draft }
schedule-last-asked = Last: { MOMENT($at) } – came too late and waits for your decision. Send it: glas alert submit { $draft }; or leave it out: glas schedule skip { $schedule }
schedule-last-returned = Last: { MOMENT($at) } – returned to its author: glas alert preview { $draft }
schedule-last-left-out = Last: { MOMENT($at) } – not sent; it was decided to leave it out
schedule-last-failed = Last: { MOMENT($at) } – could not go out. { $why }
schedule-last-over = Last: { MOMENT($at) } – missed: its time was over before the bot ran again
schedule-over = The bot was not running when it was due, and by now its time is over.

## When it is late or cannot go out.

schedule-late = Did not go out in time: { $name }
schedule-late-when = By the schedule “{ $schedule }” it was due on { MOMENT($at) }, but the bot was not running then.
schedule-late-missed = { $missed ->
        [one] One more before it was missed. You will not be asked about that one.
       *[other] { NUM($missed) } more before it were missed. You will not be asked about those.
    }
schedule-late-ask = Shall it go out now?
schedule-button-now = Send it now
schedule-button-skip = Leave it out
schedule-chat-skipped = It is left out. The next one goes out on schedule.
schedule-could-not = “{ $schedule }” could not go out on { MOMENT($at) }

## What has happened.

schedule-added = The schedule “{ $name }” is kept under the number { $number }.
schedule-first = The first time: { $when }
schedule-calls-nobody = It will go out by itself.
schedule-calls-unless = Each time it will wait for a second person, who is called. For it to go out by itself, a second person approves the whole series once: glas schedule approve { $number }
schedule-calls-always = Each time it will wait for a second person: an alert this grave is not approved ahead.
schedule-done-pause = It is paused. “glas schedule resume { $name }” lets it go on.
schedule-done-resume = It goes on. What it missed meanwhile is not sent.
schedule-done-remove = It is removed.
schedule-done-approve = The whole series is approved. Whatever is to change in it is made as a new schedule and approved again.
schedule-done-skip = It is left out. The next one goes out on schedule.

## Why something cannot be done.

schedule-wrong-fields = { $count ->
        [one] The expression has one field and should have five
       *[other] The expression has { NUM($count) } fields and should have five
    }: minute, hour, day of the month, month, day of the week (or six, with the seconds first). “30 7 * * 2”, for example, is every Tuesday at 7:30.
schedule-wrong-field = The field for { $field ->
        [second] seconds (“{ $text }”) takes a number from 0 to 59
        [minute] minutes (“{ $text }”) takes a number from 0 to 59
        [hour] the hour (“{ $text }”) takes a number from 0 to 23
        [day] the day of the month (“{ $text }”) takes a number from 1 to 31
        [month] the month (“{ $text }”) takes a number from 1 to 12, or Jan to Dec
       *[other] the day of the week (“{ $text }”) takes a number from 0 to 7 (Sunday is 0 and 7), or Sun to Sat
    }, several with commas, a range with a hyphen, “*” for all, “*/10” for every tenth. “30 7 * * 2”, for example, is every Tuesday at 7:30.
schedule-wrong-days = A day of the month and a day of the week are not written together: some programs take them as “or”, others as “and”. Make two schedules. For the first Monday of the month write “0 11 1-7 * 1”, for the second “8-14”, for the third “15-21”, for the fourth “22-28”.
schedule-wrong-never = There is no such day in any year. Check the day of the month and the month.
schedule-wrong-once = “{ $text }” is no day and hour. Write them like this: 2026-12-01 10:00 or 01.12.2026 10:00.
schedule-wrong-zone = “{ $text }” is no time zone. Write its name as the IANA database has it, such as Europe/Sofia.
schedule-wrong-name = A name has letters, digits, hyphens and dots, no spaces, at least one letter and at most { $most } characters: “waste-lyulin”, for example.
schedule-wrong-past = That day and hour have passed.
schedule-wrong-often = A schedule comes again once an hour at most.
schedule-wrong-dated = What comes again names no date: write “from” and “until” with an hour alone (“18:00”), “today” or “tomorrow”. They count from each time it goes out.
schedule-wrong-when = Say when: --cron "30 7 * * 2" for what comes again, or --at "2026-12-01 10:00" for what happens once.
schedule-name-taken = There is a schedule “{ $name }” already. Choose another name, or remove the old one first.
schedule-many = There are too many schedules. Remove one that is no longer needed.
schedule-unknown = There is no such schedule. “glas schedule” lists them.
schedule-not-on = It is not followed now. See “glas schedule”.
schedule-not-paused = It is not paused.
schedule-own = You made it; a second person approves.
schedule-by-number = Exactly this text is approved, so give its number. Look at it with “glas schedule show { $name }”, then write “glas schedule approve { $number }”.
schedule-nothing-late = Nothing is late and waits for a decision.

## The check-up.

schedule-doctor = “{ $name }”: { $what }
schedule-doctor-overdue = its time has passed and nobody dealt with it. Is “glas run” running?

## In the record, after the name of a person or a schedule.

schedule-history-add = made the schedule
schedule-history-pause = paused it
schedule-history-resume = resumed it
schedule-history-remove = removed it
schedule-history-fire = came due in time
schedule-history-late = was late and asked those on duty
schedule-history-failed = could send nothing
schedule-history-over = sent nothing, because its time was over
schedule-history-skip = left it out
