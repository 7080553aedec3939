### What is on now.

now-title-mine = Alerts in force for you
now-title-place = Alerts in force: { $place }
now-title-city = Alerts in force in the whole city
now-line = { $title } – until { MOMENT($until) }
now-more = { $count ->
    [one] There is { $count } more alert.
   *[other] There are { $count } more alerts.
}
now-nothing-mine = There are no alerts for your places and topics right now.
now-nothing-place = There are no alerts for { $place } right now.
now-nothing-city = There are no alerts in the city right now.
now-place-unknown = I did not find “{ $text }” in the city. Try another name of a district or quarter.
