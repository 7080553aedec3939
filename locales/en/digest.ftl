### The digest: what has gathered for an address until the hour that it chose.

digest-title = { $count ->
    [one] { NUM($count) } alert is in force
   *[other] { NUM($count) } alerts are in force
}
digest-why = We gathered them in one message so as not to disturb you for each.

## One alert: its title, its end, and one line, usually where.

digest-item =
    { $title }
    until { MOMENT($until) }
    { $line }
digest-item-short =
    { $title }
    until { MOMENT($until) }
digest-more = { $count ->
    [one] And { NUM($count) } more alert.
   *[other] And { NUM($count) } more alerts.
}

## The button below a digest and below every alert.

digest-now = What is on now
