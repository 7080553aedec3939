# The map beside alerts: what is written on it, and what it says to those who do not see it.
# $where is “Lyulin district”, “the districts Lyulin and Nadezhda” or “the whole city”.
map-alternative = Map of the affected places: { $where }.
map-alternative-part = Map of the affected places: only parts of { $where }.
# Beside the hatched square below the map.
map-affected = Affected area
# The length of the scale below the map.
map-kilometres = { NUM($number) } km
map-metres = { NUM($number) } m
