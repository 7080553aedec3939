### Operators on their own channels: a new alert, drafts, tests.

## What is open.

duty-board = On duty: { $name } ({ $role })
duty-drafts = Drafts:
duty-no-drafts = No drafts are open.
duty-in-force = In force now:
duty-none-in-force = No alert is in force now.
duty-draft = { $name } – { $state } ({ $author })
duty-open = Open a draft
duty-alert = Update or end an alert
duty-button-new = New alert

## A new alert. The words that commas part are understood when they are typed.

duty-new = What is the alert about?
duty-choose = Choose a template
duty-no-template = There is no template “{ $text }”. Choose from the list.
duty-words-new = new
duty-words-template = { $template ->
    [water] water
    [heating] heating,hot water
    [power] power,electricity
    [road] road,street
    [air] air
    [storm] storm,weather
    [flood] flood
    [school] schools,school
    [evacuation] evacuation
    [event] event
    [all-clear] all-clear,all clear
   *[free] free,text
}

## A draft and what can be done with it.

duty-panel = { $name } – { $state }
duty-returned = It came back to you. Reason: “{ $reason }”.
duty-button-send = Send it
duty-button-submit = Submit for approval
duty-button-test = Test to me
duty-button-change = Change
duty-button-more = Add more
duty-button-drop = Discard
duty-button-alone = Nobody is there – send without approval
duty-button-update = Update
duty-button-open = Open the draft
duty-button-again = Correct it
duty-faults = Not ready yet
duty-sent = It is going out.
duty-dropped = The draft is discarded and will not go out.
duty-test-title = TEST: { $title }
duty-test = This is a test. Nobody but you gets it.
draft-not-yours = The draft is somebody else’s. Only its author can change it.
draft-no-facts = This draft was not drawn up from a template, so it cannot be changed. It can be submitted, returned or rejected.

## Below the fields of a window.

duty-hint-where = Districts and quarters with commas, “the whole city”, or a point with metres: 42.6977, 23.3219 300
duty-hint-line = For example “ul. Oborishte 5”. Leave it empty if there is none.
duty-hint-from = 14:00, “tomorrow 9:00” or 27.11. 18:00. Empty means now.
duty-hint-until = 2h, 18:00, “tomorrow 9:00” or 27.11. 18:00. Leave it empty if it is not known.
duty-hint-contact = An office and its telephone. Leave it empty if there is none.
duty-hint-number = A number only. Leave it empty if it is not known.
duty-hint-text = In every language or in none. In an emergency “!” stands in for a text.
