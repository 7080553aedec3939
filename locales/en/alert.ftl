### An alert as residents read it.

## The first line. $severity is one of the severities below, $what the event or a hazard below.

alert-title = { $severity }: { $what }
alert-title-update = Updated – { $severity }: { $what }
alert-title-cancel = Cancelled: { $what }
alert-title-all-clear = The danger is over: { $what }
alert-title-drill = DRILL: { $what }
alert-drill-footer = A drill of { $sender }. You get it because you work with the city’s alerts.
alert-drill = This is a drill for those who work with alerts. There is no danger.

alert-severity-extreme = Extreme danger
alert-severity-severe = Serious danger
alert-severity-moderate = Moderate danger
alert-severity-minor = Minor danger
alert-notice = Notice

## What kind of hazard it is, where the alert has no word of its own in the reader's language.

alert-hazard-geo = earthquake, landslide or another movement of the ground
alert-hazard-met = dangerous weather or flooding
alert-hazard-safety = threat to public safety
alert-hazard-security = threat to security
alert-hazard-rescue = search and rescue
alert-hazard-fire = fire
alert-hazard-health = health hazard
alert-hazard-env = pollution of the environment
alert-hazard-transport = disruption of traffic and transport
alert-hazard-infra = failure of water, electricity, heating or communications
alert-hazard-cbrne = dangerous substances, radiation or explosives
alert-hazard-other = emergency

## Who says it, and how it stands to what was said before.

alert-source = Source: { $source }, { MOMENT($sent) }.
alert-replaces = This message replaces the alert of { MOMENT($sent) }.
alert-revokes = The alert of { MOMENT($sent) } is no longer in force.
alert-severity-unknown = The source does not say how serious the danger is; we treat it as moderate.

## Where and when, how soon and how sure.

alert-where = Where
alert-districts = { $count ->
    [one] { $districts } district
   *[other] the districts { $districts }
}
alert-everywhere = the whole city
alert-where-exactly = More exactly
alert-places = { $places }
alert-when = When
alert-from-until = from { MOMENT($from) } to { MOMENT($until) }
alert-from = from { MOMENT($from) }; no end has been announced
alert-until = now, until { MOMENT($until) }
alert-from-now = now; no end has been announced
alert-how-soon = How soon
alert-urgency-immediate = act at once
alert-urgency-expected = act soon, within the next hour
alert-urgency-future = there is time to prepare
alert-urgency-past = what happened is over
alert-how-sure = How certain
alert-certainty-observed = it is happening or has happened
alert-certainty-likely = likely
alert-certainty-possible = possible
alert-certainty-unlikely = unlikely

## What to do.

alert-what-to-do = What to do:
alert-do-shelter = Take shelter indoors or in another safe place and stay there.
alert-do-evacuate = Leave the area, following the instructions of the authorities.
alert-do-prepare = Prepare yourself and those around you.
alert-do-execute = Do what you have planned and practised for such a case.
alert-do-avoid = Keep out of danger and avoid the affected places.
alert-do-monitor = Follow the messages of the authorities.
alert-do-assess = Consider what this means for you and those around you.
alert-do-all-clear = You may return to what you were doing, with the usual care.
alert-emergency = If life or health is in danger, call { $number }.

## The sender's own words in another language.

alert-original = The original text, in { $language ->
    [ar] Arabic
    [bg] Bulgarian
    [cs] Czech
    [de] German
    [el] Greek
    [en] English
    [es] Spanish
    [fr] French
    [hr] Croatian
    [hu] Hungarian
    [it] Italian
    [mk] Macedonian
    [nl] Dutch
    [pl] Polish
    [pt] Portuguese
    [ro] Romanian
    [ru] Russian
    [sr] Serbian
    [tr] Turkish
    [uk] Ukrainian
    [zh] Chinese
   *[other] another language ({ $language })
}:

alert-open = More information
alert-mute = Mute “{ $topic }”
alert-footer = Sent by { $sender } through Glas because you subscribed to the city’s alerts.
