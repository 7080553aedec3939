### The folder of pictures, for operators. $why is what the system said, in its own words.

## glas backup and glas restore

backup-pictures = { $count ->
    [one] { NUM($count) } picture is
   *[other] { NUM($count) } pictures are
} in { $folder }. Keep that folder beside the copy: “glas restore” takes the pictures from there.
restore-pictures = { $count ->
    [one] { NUM($count) } picture was
   *[other] { NUM($count) } pictures were
} taken back from { $folder }.
backup-pictures-fault = The pictures could not be copied from { $folder } to { $to }: { $why }. Copy that folder by hand.

## glas check and glas doctor

check-pictures-on = Pictures: kept in { $folder }
check-pictures-off = Pictures: off, alerts have no maps
check-pictures-fault = Pictures: nothing can be written to { $folder }, so alerts would go without maps: { $why }
doctor-pictures = Pictures: the folder can be written to, and has the map of every alert in force.
doctor-pictures-off = Pictures: off, alerts have no maps.
doctor-pictures-fault = Pictures: nothing can be written to { $folder }, so alerts go without maps: { $why }. Look whether the disk is mounted, whether it is full, and who may write there.
doctor-pictures-missing = Pictures: { $count ->
    [one] { NUM($count) } map of an alert in force is
   *[other] { NUM($count) } maps of alerts in force are
} not in { $folder }, so readers get the words alone. If several machines work together, they need the same folder; else take it from a back-up.
