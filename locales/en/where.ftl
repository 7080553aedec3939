# What "glas where" answers: where a place is.

where-empty = Type the name of a quarter or district, an address or coordinates, such as “Druzhba 2” or 42.6977,23.3219.
where-point = The point is in { $district } district (code { $code }).
where-outside = The point is outside { $city }.
where-city = { $city }, the whole city: { $count ->
        [one] { $count } district
       *[other] { $count } districts
    }.
where-district = { $district } district (code { $code }).
where-place = { $place } is in { $district } district (code { $code }).
where-spanning = { $place } lies in more than one district: { $districts }. Please say which.
where-several = More than one place has this name:
where-item = { $place } – { $districts }
where-choose = Please say which one you mean.
where-near = We did not find exactly “{ $query }”. The nearest match:
where-guess = We did not find “{ $query }”. Did you mean:
where-nothing = We did not find “{ $query }”. Try the name of the quarter or district, or coordinates such as 42.6977,23.3219.

where-name-district = { $name } district
where-name-town = { $name } (town)
where-name-village = { $name } (village)
where-name-complex = { $name } (housing complex)
where-name-quarter = { $name } (quarter)
where-name-villa = { $name } (villa zone)
where-name-locality = { $name } (locality)
