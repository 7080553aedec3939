### The feeds of alerts for news readers and for other systems.

feed-title = Alerts: { $city }
feed-title-district = Alerts: { $place }, { $city }
feed-about = The alerts in force now, and all of the last 30 days.
# Before the title of an alert that is no longer in force.
feed-updated = Replaced – { $title }
feed-cancelled = Cancelled – { $title }
feed-over = No longer in force – { $title }
# The links follow: Atom, RSS, JSON, GeoJSON.
feed-links = For news readers and programs:
feed-cap = This alert as a file (CAP 1.2)
feed-no-district = There is no such district
feed-no-district-do = The city has no district “{ $district }”. The address takes a district’s short name or its code, such as { $slug } or { $code }. All districts are listed here; without “district” you get the alerts for the whole city.
