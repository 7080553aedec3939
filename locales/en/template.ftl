### The templates of alerts: what citizens are told and what the operator is asked.
### $cause is the cause or kind, $place “in Lyulin district”, $period “until 27 November 2026, 18:00”.

## Where.

template-place = { $kind ->
    [district] { $name } district
   *[area] { $name }
}
template-place-within = { $place } ({ $districts })
template-in-city = in the whole city
template-in-districts = { $count ->
    [one] in { $districts } district
   *[other] in the districts of { $districts }
}
template-in-places = { $initial ->
   *[other] in { $places }
}
template-part = { $count ->
    [one] part of { $districts } district
   *[other] parts of the districts of { $districts }
}
template-in-part = in { template-part }
template-circle = up to { NUM($metres) } m around { $line }
template-in-circle = up to { NUM($metres) } m around { $line }
template-at-address = at { $line } ({ $districts })

## When.

template-period-day = on { DATE($from) } from { TIME($from) } to { TIME($until) }
template-period-between = from { MOMENT($from) } to { MOMENT($until) }
template-period-from = from { MOMENT($from) }
template-period-until = until { MOMENT($until) }
template-period-one-day = on { DATE($from) }
template-period-days = from { DATE($from) } to { DATE($until) }

## Water.

template-water = Water
template-water-cause = { $cause ->
    [planned] planned repair
   *[breakdown] failure
}
template-water-event = { $cause ->
    [planned] Planned water cut
   *[breakdown] Burst water main
}
template-water-headline = { $cause ->
    [planned] The water will be cut off { $place }.
   *[breakdown] There is no water { $place }.
}
template-water-what = { $cause ->
    [planned] The cut will be { $period }. The cause is a planned repair of the water main.
   *[breakdown] The cause is a burst water main.
}
template-water-ends = We expect the water back by { MOMENT($until) }.
template-water-open = We do not know yet when the water will be back.
template-water-advice = { $cause ->
    [planned] Store water for drinking and for the household. Keep your taps closed while the water is off.
   *[breakdown] Close your taps so that your home is not flooded when the water comes back. Then let it run until it is clear.
}

## Heating.

template-heating = Heating and hot water
template-heating-cause = { $cause ->
    [planned] planned repair
   *[breakdown] failure
}
template-heating-event = { $cause ->
    [planned] Planned heating cut
   *[breakdown] Heating failure
}
template-heating-headline = { $cause ->
    [planned] Heating and hot water will be cut off { $place }.
   *[breakdown] There is no heating or hot water { $place }.
}
template-heating-what = { $cause ->
    [planned] The cut will be { $period }. The cause is a planned repair.
   *[breakdown] The cause is a failed heating main.
}
template-heating-ends = We expect heating and hot water back by { MOMENT($until) }.
template-heating-open = We do not know yet when heating and hot water will be back.
template-heating-advice = Do not heat your home with a barbecue or a gas cooker: you could suffocate. Do not leave an electric heater unattended. Look in on elderly and ill people near you.

## Power.

template-power = Electricity
template-power-cause = { $cause ->
    [planned] planned repair
   *[breakdown] failure
}
template-power-event = { $cause ->
    [planned] Planned power cut
   *[breakdown] Power failure
}
template-power-headline = { $cause ->
    [planned] The power will be cut off { $place }.
   *[breakdown] There is no power { $place }.
}
template-power-what = { $cause ->
    [planned] The cut will be { $period }. The cause is a planned repair.
   *[breakdown] The cause is a fault in the electricity network.
}
template-power-ends = We expect the power back by { MOMENT($until) }.
template-power-open = We do not know yet when the power will be back.
template-power-advice = { $cause ->
    [planned] Do not use lifts shortly before and during the cut. If you depend on an electric medical device, arrange a back-up supply.
   *[breakdown] Switch off the oven, the hob and the iron, so that they are not left unattended when the power comes back. Do not use lifts. Do not touch fallen wires and keep away from them.
}

## A closed road.

template-road = Closed road
template-road-cause = { $cause ->
    [accident] accident
    [event] event
    [damage] collapsed surface
   *[works] repair
}
template-road-event = Closed road
template-road-headline = { $ahead ->
    [yes] Traffic will be stopped { $place }.
   *[no] Traffic is stopped { $place }.
}
template-road-what = { $cause ->
    [accident] The cause is an accident.
    [event] The cause is an outdoor event.
    [damage] The cause is a collapsed road surface.
   *[works] The cause is a repair.
}
template-road-ends = We expect the road to reopen by { MOMENT($until) }.
template-road-open = We do not know yet when the road will reopen.
template-road-advice = Go around the closed section and follow the signs. Allow more time: the streets nearby are busy.

## Air.

template-air = Polluted air
template-air-cause = { $cause ->
    [green-ticket] with the green ticket
   *[plain] without the green ticket
}
template-air-event = Air pollution
template-air-headline = The air { $place } is polluted.
template-air-what = { $cause ->
    [green-ticket] They are most harmful to children, elderly people, pregnant women and people with lung or heart disease. A “green ticket” is in force: with it you travel all day by public transport at a reduced price.
   *[plain] They are most harmful to children, elderly people, pregnant women and people with lung or heart disease.
}
template-air-number = Fine particles (PM10) are at { $number ->
    [one] { NUM($number) } microgram
   *[other] { NUM($number) } micrograms
} per cubic metre; the daily limit is 50.
template-air-ends = The warning is in force { $period }.
template-air-advice = { $cause ->
    [green-ticket] Stay indoors more and avoid sport outside. Leave your car and take public transport. If you have other heating, do not burn wood or coal.
   *[plain] Stay indoors more and avoid sport outside. If you can, leave your car. If you have other heating, do not burn wood or coal.
}

## A storm.

template-storm = Dangerous weather
template-storm-cause = { $cause ->
    [hail] hail
    [rain] heavy rain
    [snow] heavy snow
    [ice] ice
   *[wind] strong wind
}
template-storm-event = { $cause ->
    [hail] Hail
    [rain] Heavy rain
    [snow] Heavy snow
    [ice] Icy streets
   *[wind] Strong wind
}
template-storm-headline = { $cause ->
    [hail] Hail is expected { $place }.
    [rain] Heavy rain is expected { $place }.
    [snow] Heavy snow is expected { $place }.
    [ice] Ice is expected { $place }.
   *[wind] Strong wind is expected { $place }.
}
template-storm-what = { $cause ->
    [hail] Hail can injure people and damage cars, windows and roofs.
    [rain] Underpasses and low streets may flood within minutes.
    [snow] Travel will be difficult. The power may fail.
    [ice] Streets and pavements will be very slippery.
   *[wind] Trees, roof tiles and billboards may come down.
}
template-storm-number = { $cause ->
    [rain] Up to { NUM($number) } litres of rain per square metre may fall.
    [snow] The snow may reach { NUM($number) } centimetres.
   *[wind] Gusts may reach { NUM($number) } kilometres per hour.
}
template-storm-ends = The warning is in force { $period }.
template-storm-advice = { $cause ->
    [hail] Go indoors and keep away from windows. If there is time, put your car under a roof.
    [rain] Do not enter flooded underpasses, on foot or by car. Keep away from rivers and gullies. Move valuables out of cellars and garages.
    [snow] Travel only if you must, with a car prepared for winter. Do not park where you block the snowploughs.
    [ice] Go out only if you must, in shoes that do not slip. Drive slowly and keep a longer distance. Beware of icicles.
   *[wind] Close your windows and bring in everything from your balcony. Do not stand or park under trees. Keep away from scaffolding and billboards.
}

## A flood.

template-flood = Flood
template-flood-cause = { $cause ->
    [rain] heavy rain
   *[river] river
}
template-flood-event = Flood
template-flood-headline = Danger of flooding { $place }.
template-flood-what = { $cause ->
    [rain] After the heavy rain, water is flooding streets, underpasses and cellars.
   *[river] The river is rising and may soon leave its bed.
}
template-flood-ends = The warning is in force { $period }.
template-flood-advice = Go to higher ground. Do not cross water, on foot or by car. Do not go down into cellars and underground garages. If the water comes near your home, switch off electricity and gas.

## Closed schools.

template-school = Closed schools
template-school-cause = { $cause ->
    [flu] flu
    [failure] technical failure
   *[weather] dangerous weather
}
template-school-event = Schools and kindergartens closed
template-school-headline = Schools and kindergartens { $place } are closed { $days }.
template-school-what = { $cause ->
    [flu] The cause is a flu epidemic.
    [failure] The cause is a technical failure.
   *[weather] The cause is dangerous weather.
}
template-school-advice = Keep your children at home. Follow what your school says about lessons.

## Evacuation of a building.

template-evacuation = Evacuation of a building
template-evacuation-cause = { $cause ->
    [gas] gas leak
    [threat] bomb threat
    [damage] danger of collapse
   *[fire] fire
}
template-evacuation-event = Evacuation of a building
template-evacuation-headline = Leave the building { $place } at once.
template-evacuation-what = { $cause ->
    [gas] Gas is leaking in the building and may explode.
    [threat] There has been a bomb threat against the building.
    [damage] The building may collapse.
   *[fire] There is a fire in the building.
}
template-evacuation-ends = We expect people to be able to return by { MOMENT($until) }.
template-evacuation-open = We will tell you when people can return.
template-evacuation-advice = { $cause ->
    [gas] Leave calmly by the stairs. Light no flame and touch no light switch. Help people who have difficulty moving. Do not go back until you are allowed to. If you are nearby, keep away from the building.
   *[other] Leave calmly by the stairs; do not use the lift. Help people who have difficulty moving. Do not go back until you are allowed to. If you are nearby, keep away from the building.
}

## An event.

template-event = Event
template-event-cause = { $cause ->
    [sports] sports
   *[culture] culture
}
template-event-event = { $cause ->
    [sports] Sports event
   *[culture] Cultural event
}
template-event-headline = { $cause ->
    [sports] Sports event { $place }.
   *[culture] Cultural event { $place }.
}
template-event-ends = The event is { $period }.
template-event-open = It begins on { MOMENT($from) }.
template-event-advice = If you travel nearby, allow more time.

## The end of the danger.

template-all-clear = All-clear
template-all-clear-cause = { $cause ->
    [restored] failure repaired
   *[over] danger over
}
template-all-clear-headline = { $cause ->
    [restored] The failure has been repaired.
   *[over] The danger { $place } is over.
}
template-all-clear-what = { $cause ->
    [restored] Everything works normally again.
   *[over] No precautions are needed any more.
}
template-all-clear-advice = { $cause ->
    [restored] If you still have a problem, report it.
   *[over] You can return to what you usually do. If you notice anything dangerous, call { $emergency }.
}

## Free form.

template-free = Free form
template-free-cause = { $cause ->
    [health] health
    [transport] traffic and transport
   *[safety] safety
}
template-free-event = Message from the municipality

## Sentences that all share.

template-contact = Questions: { $contact }.
template-only-in = This has been published only in { $language ->
    [bg] Bulgarian
    [en] English
   *[other] another language ({ $language })
}: “{ $text }”

## Correction, cancel, drill.

template-wrong-headline = Our last message was wrong.
template-wrong-what = { $reason ->
    [place] It named the wrong place; there is no danger where you are. If there is danger elsewhere, we will say so separately.
    [drill] It was part of a drill and should not have reached you. There is no danger.
   *[mistake] We sent it by mistake. There is no danger.
}
template-wrong-do = You need not do anything. We are sorry for the alarm.
template-cancel-what = You need not do anything more.
template-drill-event = DRILL: { $text }
template-drill-text = THIS IS A DRILL, there is no danger. { $text }

## What the operator is asked.

template-ask-cause = What is the cause or kind?
template-ask-where = Which places is it for?
template-ask-where-hint = Choose districts, write a quarter or share a point. For the whole city choose “The whole city”.
template-ask-radius = How far from the point?
template-ask-radius-metres = { $metres ->
   *[other] { NUM($metres) } m
}
template-ask-line = Which street or building?
template-ask-line-hint = Its name and number only, for example “ul. Oborishte 5”; other languages get it in Latin letters. Write “-” if there is none.
template-ask-from = From when?
template-ask-until = Until when?
template-ask-time-hint = For example 14:00, “tomorrow 9:00” or 27.11. 18:00. Write “-” if it is not known.
template-ask-contact = Whom should people ask?
template-ask-contact-hint = An office and its telephone. Write “-” if there is none.
template-ask-number = What is the measured or expected value?
template-ask-number-hint = { $cause ->
    [air] PM10 in micrograms per cubic metre.
   *[storm] Wind in km/h, rain in litres per square metre, snow in cm. Write “-” if it is not known.
}
template-ask-text = What else should people know ({ $language ->
    [bg] in Bulgarian
    [en] in English
   *[other] { $language }
})?
template-ask-text-hint = The first line is the title where the template has none. Write “-” if there is nothing; give it in every language or in none.
template-ask-change = What do you change?
template-ask-none = None
template-ask-unknown = Not known
template-ask-now = Now
template-ask-today = Until the end of the day
template-ask-hours = { $hours ->
   *[other] In { NUM($hours) } hours
}
template-ask-emergency = Emergency: without this language
template-hour-unit = h
template-yes = yes
template-today = today
template-tomorrow = tomorrow
template-now = now

## What is not right in what was filled in.

template-fact = { $fact ->
    [place] place
    [line] street or building
    [from] beginning
    [until] end
    [contact] contact
    [cause] cause or kind
    [number] value
    [about] the alert that it is about
    [severity] severity
   *[text] text
}
template-fault-missing = Missing: { $fact }. The message cannot be drawn up without it.
template-fault-unasked = For “{ $template }” this is not needed: { $fact }. Leave it out.
template-fault-place-none = No place is given. Write a district or a quarter; for everybody write “the whole city”.
template-fault-place-unknown = There is no place “{ $text }” in the city. Write the exact name of the district or quarter.
template-fault-place-alike = No place is called exactly “{ $text }”. If you mean { $places }, write it so.
template-fault-place-several = “{ $text }” may be { $places }. Write which.
template-fault-place-city = “{ $text }” is the whole city. If it really is for everybody, write “the whole city”.
template-fault-place-many = There are { $count } places, and { $most } at most are taken. For everybody write “the whole city”.
template-fault-place-both = Both names and a point are given. Leave one of the two.
template-fault-place-outside = The point { $text } touches no district of the city. Check the coordinates.
template-fault-point = “{ $text }” is no point. Write latitude and longitude, for example 42.6977,23.3219.
template-fault-radius = “{ $text }” is no radius. Write metres, from 50 to 20,000.
template-fault-time = “{ $text }” is no time or date. Write 14:00, “tomorrow 9:00”, 27.11. 18:00 or 2026-11-27 18:00.
template-fault-times-order = The end ({ MOMENT($until) }) is not after the beginning ({ MOMENT($from) }). Correct one of them.
template-fault-times-past = The end ({ MOMENT($until) }) has passed. Give a time to come.
template-fault-times-far = { MOMENT($at) } is too far away: a month from now or back at most.
template-fault-choice = “{ $text }” is not among the choices: { $choices }.
template-fault-number = “{ $text }” is no value. Write a whole number from 1 to { NUM($most) }.
template-fault-severity = “{ $text }” is no severity. Write Extreme, Severe, Moderate or Minor.
template-fault-language = The city does not publish in “{ $language }”. Leave that text out.
template-fault-text-missing = The text in { $language ->
    [bg] Bulgarian
    [en] English
   *[other] { $language }
} is missing. Write it. Only in an emergency can it go out without: then write “!” instead of the text.
template-fault-too-long = Too long ({ $fact }): { NUM($length) } characters, and { NUM($most) } at most fit.
template-fault-about = We did not find the alert whose end you announce. Give its number.
template-fault-key = “{ $text }” is not understood. Write name=value with one of these names: { $names }.
template-fault-twice = “{ $text }” is written twice. Leave one of them.
template-fault-words = The text cannot be drawn up: { $why }.
