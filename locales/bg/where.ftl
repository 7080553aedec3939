# Отговорите на „glas where“: къде е едно място.

where-empty = Напишете име на квартал или район, адрес или координати – например „Дружба 2“ или 42.6977,23.3219.
where-point = Точката е в район „{ $district }“ (код { $code }).
where-outside = Точката е извън границите на { $city }.
where-city = { $city } – целият град, { $count ->
        [one] { $count } район
       *[other] { $count } района
    }.
where-district = Район „{ $district }“ (код { $code }).
where-place = { $place } е в район „{ $district }“ (код { $code }).
where-spanning = { $place } е на територията на няколко района: { $districts }. Посочете в кой от тях.
where-several = Така се наричат няколко места:
where-item = { $place } – { $districts }
where-choose = Посочете кое от тях имате предвид.
where-near = Точно „{ $query }“ не открихме. Най-близо е:
where-guess = Не открихме „{ $query }“. Може би имате предвид:
where-nothing = Не открихме „{ $query }“. Опитайте с името на квартала или района, или с координати – например 42.6977,23.3219.

where-name-district = район „{ $name }“
where-name-town = гр. { $name }
where-name-village = с. { $name }
where-name-complex = ж.к. { $name }
where-name-quarter = кв. { $name }
where-name-villa = в.з. { $name }
where-name-locality = м. { $name }
