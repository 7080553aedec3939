### Образците за предупреждения: какво се казва на гражданите и за какво се пита служителят.
### $cause е причината или видът, $place – „в район Люлин“, $period – „до 27 ноември 2026 г., 18:00 ч.“
### Часът завършва на „ч.“, затова след него няма точка.

## Къде.

template-place = { $kind ->
    [district] район { $name }
    [town] гр. { $name }
    [village] с. { $name }
    [complex] ж.к. { $name }
    [quarter] кв. { $name }
    [villa] в.з. { $name }
    [locality] местността { $name }
   *[area] { $name }
}
template-place-within = { $place } ({ $districts })
template-in-city = в целия град
template-in-districts = { $count ->
    [one] в район { $districts }
   *[other] в районите { $districts }
}
template-in-places = { $initial ->
    [v] във { $places }
    [f] във { $places }
   *[other] в { $places }
}
template-part = { $count ->
    [one] част от район { $districts }
   *[other] части от районите { $districts }
}
template-in-part = в { template-part }
template-circle = до { NUM($metres) } м около { $line }
template-in-circle = в радиус от { NUM($metres) } м около { $line }
template-at-address = на { $line } ({ $districts })

## Кога.

template-period-day = на { DATE($from) } от { TIME($from) } до { TIME($until) } ч.
template-period-between = от { MOMENT($from) } до { MOMENT($until) }
template-period-from = от { MOMENT($from) }
template-period-until = до { MOMENT($until) }
template-period-one-day = на { DATE($from) }
template-period-days = от { DATE($from) } до { DATE($until) }

## Вода.

template-water = Вода
template-water-cause = { $cause ->
    [planned] планиран ремонт
   *[breakdown] авария
}
template-water-event = { $cause ->
    [planned] Планирано спиране на водата
   *[breakdown] Авария на водопровода
}
template-water-headline = { $cause ->
    [planned] Водата ще бъде спряна { $place }.
   *[breakdown] Няма вода { $place }.
}
template-water-what = { $cause ->
    [planned] Спирането ще бъде { $period } Причината е планиран ремонт на водопровода.
   *[breakdown] Причината е авария на водопровода.
}
template-water-ends = Очакваме водата да бъде пусната до { MOMENT($until) }
template-water-open = Още не знаем кога водата ще бъде пусната.
template-water-advice = { $cause ->
    [planned] Запасете се с вода за пиене и за домакинството. Дръжте крановете затворени, докато водата е спряна.
   *[breakdown] Затворете крановете, за да не се наводни жилището, когато водата дойде. После я оставете да потече, докато се избистри.
}

## Парно.

template-heating = Парно и топла вода
template-heating-cause = { $cause ->
    [planned] планиран ремонт
   *[breakdown] авария
}
template-heating-event = { $cause ->
    [planned] Планирано спиране на парното
   *[breakdown] Авария на парното
}
template-heating-headline = { $cause ->
    [planned] Парното и топлата вода ще бъдат спрени { $place }.
   *[breakdown] Няма парно и топла вода { $place }.
}
template-heating-what = { $cause ->
    [planned] Спирането ще бъде { $period } Причината е планиран ремонт.
   *[breakdown] Причината е авария на топлопровода.
}
template-heating-ends = Очакваме парното и топлата вода да бъдат пуснати до { MOMENT($until) }
template-heating-open = Още не знаем кога парното и топлата вода ще бъдат пуснати.
template-heating-advice = Не се отоплявайте със скара или с газов котлон: може да се задушите. Не оставяйте включен електрически уред без надзор. Нагледайте възрастните и болните хора около Вас.

## Ток.

template-power = Ток
template-power-cause = { $cause ->
    [planned] планиран ремонт
   *[breakdown] авария
}
template-power-event = { $cause ->
    [planned] Планирано спиране на тока
   *[breakdown] Авария в електроснабдяването
}
template-power-headline = { $cause ->
    [planned] Токът ще бъде спрян { $place }.
   *[breakdown] Няма ток { $place }.
}
template-power-what = { $cause ->
    [planned] Спирането ще бъде { $period } Причината е планиран ремонт.
   *[breakdown] Причината е авария в електрическата мрежа.
}
template-power-ends = Очакваме токът да бъде пуснат до { MOMENT($until) }
template-power-open = Още не знаем кога токът ще бъде пуснат.
template-power-advice = { $cause ->
    [planned] Не се качвайте в асансьор малко преди и по време на спирането. Ако Ви е нужен медицински уред на ток, осигурете си резервно захранване.
   *[breakdown] Изключете печката, котлоните и ютията, за да не останат без надзор, когато токът дойде. Не се качвайте в асансьор. Не докосвайте паднали проводници и стойте далеч от тях.
}

## Затворена улица.

template-road = Затворена улица
template-road-cause = { $cause ->
    [accident] катастрофа
    [event] събитие
    [damage] пропаднала настилка
   *[works] ремонт
}
template-road-event = Затворена улица
template-road-headline = { $ahead ->
    [yes] Движението ще бъде спряно { $place }.
   *[no] Движението е спряно { $place }.
}
template-road-what = { $cause ->
    [accident] Причината е катастрофа.
    [event] Причината е събитие на открито.
    [damage] Причината е пропаднала настилка.
   *[works] Причината е ремонт.
}
template-road-ends = Очакваме движението да бъде възстановено до { MOMENT($until) }
template-road-open = Още не знаем кога движението ще бъде възстановено.
template-road-advice = Заобиколете затворения участък и следвайте знаците. Предвидете повече време за път: съседните улици са натоварени.

## Въздух.

template-air = Замърсен въздух
template-air-cause = { $cause ->
    [green-ticket] със зелен билет
   *[plain] без зелен билет
}
template-air-event = Замърсен въздух
template-air-headline = Въздухът { $place } е замърсен.
template-air-what = { $cause ->
    [green-ticket] Те вредят най-много на децата, възрастните хора, бременните и хората с болни бели дробове или сърце. Въведен е „зелен билет“: с него пътувате цял ден с градския транспорт на намалена цена.
   *[plain] Те вредят най-много на децата, възрастните хора, бременните и хората с болни бели дробове или сърце.
}
template-air-number = Фините прахови частици (ФПЧ10) са { $number ->
    [one] { NUM($number) } микрограм
   *[other] { NUM($number) } микрограма
} на кубичен метър при средноденонощна норма 50.
template-air-ends = Предупреждението важи { $period }
template-air-advice = { $cause ->
    [green-ticket] Стойте повече на закрито и не спортувайте навън. Оставете колата и се качете на градския транспорт. Ако имате друго отопление, не горете дърва и въглища.
   *[plain] Стойте повече на закрито и не спортувайте навън. Ако можете, оставете колата. Ако имате друго отопление, не горете дърва и въглища.
}

## Буря.

template-storm = Опасно време
template-storm-cause = { $cause ->
    [hail] градушка
    [rain] проливен дъжд
    [snow] снеговалеж
    [ice] поледица
   *[wind] силен вятър
}
template-storm-event = { $cause ->
    [hail] Градушка
    [rain] Проливен дъжд
    [snow] Обилен снеговалеж
    [ice] Поледица
   *[wind] Силен вятър
}
template-storm-headline = { $cause ->
    [hail] Очаква се градушка { $place }.
    [rain] Очаква се проливен дъжд { $place }.
    [snow] Очаква се обилен снеговалеж { $place }.
    [ice] Очаква се поледица { $place }.
   *[wind] Очаква се силен вятър { $place }.
}
template-storm-what = { $cause ->
    [hail] Градушката може да нарани хора и да повреди коли, прозорци и покриви.
    [rain] Подлези и ниски улици може да се наводнят за минути.
    [snow] Пътуването ще бъде трудно. Възможно е да спре токът.
    [ice] Улиците и тротоарите ще бъдат много хлъзгави.
   *[wind] Може да падат дървета, керемиди и рекламни табла.
}
template-storm-number = { $cause ->
    [rain] Може да паднат до { NUM($number) } литра дъжд на квадратен метър.
    [snow] Снегът може да стигне { NUM($number) } сантиметра.
   *[wind] Поривите може да стигнат { NUM($number) } километра в час.
}
template-storm-ends = Предупреждението важи { $period }
template-storm-advice = { $cause ->
    [hail] Влезте на закрито и стойте далеч от прозорците. Ако има време, приберете колата под покрив.
    [rain] Не влизайте в наводнени подлези – нито пеша, нито с кола. Стойте далеч от реки и дерета. Изнесете ценното от мазета и гаражи.
    [snow] Пътувайте само ако се налага и с кола, подготвена за зимата. Не паркирайте там, където пречите на снегорините.
    [ice] Излизайте само ако се налага, с обувки, които не се хлъзгат. Карайте бавно и дръжте по-голямо разстояние. Пазете се от ледени висулки.
   *[wind] Затворете прозорците и приберете всичко от балконите. Не стойте и не паркирайте под дървета. Стойте далеч от скелета и рекламни табла.
}

## Наводнение.

template-flood = Наводнение
template-flood-cause = { $cause ->
    [rain] проливен дъжд
   *[river] река
}
template-flood-event = Наводнение
template-flood-headline = Опасност от наводнение { $place }.
template-flood-what = { $cause ->
    [rain] След проливния дъжд водата залива улици, подлези и мазета.
   *[river] Реката се покачва и може скоро да излезе от коритото си.
}
template-flood-ends = Предупреждението важи { $period }
template-flood-advice = Качете се на високо място. Не пресичайте вода – нито пеша, нито с кола. Не слизайте в мазета и подземни гаражи. Ако водата наближава дома Ви, изключете тока и газта.

## Затворени училища.

template-school = Затворени училища
template-school-cause = { $cause ->
    [flu] грип
    [failure] авария
   *[weather] опасно време
}
template-school-event = Затворени училища и детски градини
template-school-headline = Училищата и детските градини { $place } са затворени { $days }
template-school-what = { $cause ->
    [flu] Причината е грипна епидемия.
    [failure] Причината е авария.
   *[weather] Причината е опасното време.
}
template-school-advice = Оставете децата вкъщи. Следете какво съобщава училището за занятията.

## Евакуация на сграда.

template-evacuation = Евакуация на сграда
template-evacuation-cause = { $cause ->
    [gas] изтичане на газ
    [threat] сигнал за бомба
    [damage] опасност от срутване
   *[fire] пожар
}
template-evacuation-event = Евакуация на сграда
template-evacuation-headline = Напуснете веднага сградата { $place }.
template-evacuation-what = { $cause ->
    [gas] В сградата изтича газ и има опасност от взрив.
    [threat] Получен е сигнал за бомба в сградата.
    [damage] Сградата може да се срути.
   *[fire] В сградата има пожар.
}
template-evacuation-ends = Очакваме хората да могат да се върнат до { MOMENT($until) }
template-evacuation-open = Ще съобщим кога хората могат да се върнат.
template-evacuation-advice = { $cause ->
    [gas] Излезте спокойно по стълбите. Не палете огън и не пипайте ключове за осветлението. Помогнете на хората, които се движат трудно. Не се връщайте, преди да Ви разрешат. Ако сте наблизо, стойте далеч от сградата.
   *[other] Излезте спокойно по стълбите; не се качвайте в асансьор. Помогнете на хората, които се движат трудно. Не се връщайте, преди да Ви разрешат. Ако сте наблизо, стойте далеч от сградата.
}

## Събитие.

template-event = Събитие
template-event-cause = { $cause ->
    [sports] спортно
   *[culture] културно
}
template-event-event = { $cause ->
    [sports] Спортно събитие
   *[culture] Културно събитие
}
template-event-headline = { $cause ->
    [sports] Спортно събитие { $place }.
   *[culture] Културно събитие { $place }.
}
template-event-ends = Събитието ще бъде { $period }
template-event-open = Началото е на { MOMENT($from) }
template-event-advice = Ако пътувате наблизо, предвидете повече време за път.

## Край на опасността.

template-all-clear = Край на опасността
template-all-clear-cause = { $cause ->
    [restored] отстранена авария
   *[over] отминала опасност
}
template-all-clear-headline = { $cause ->
    [restored] Аварията е отстранена.
   *[over] Опасността { $place } отмина.
}
template-all-clear-what = { $cause ->
    [restored] Вече всичко работи нормално.
   *[over] Вече не са нужни предпазни мерки.
}
template-all-clear-advice = { $cause ->
    [restored] Ако при Вас още има проблем, съобщете за него.
   *[over] Можете да се върнете към обичайните си занимания. Ако забележите нещо опасно, обадете се на { $emergency }.
}

## Свободен текст.

template-free = Свободен текст
template-free-cause = { $cause ->
    [health] здраве
    [transport] движение и транспорт
   *[safety] безопасност
}
template-free-event = Съобщение от общината

## Общи изречения.

template-contact = За въпроси: { $contact }.
template-only-in = Това е публикувано само на { $language ->
    [bg] български
    [en] английски
   *[other] друг език ({ $language })
}: „{ $text }“

## Поправка, отмяна, учение.

template-wrong-headline = Предишното съобщение беше грешка.
template-wrong-what = { $reason ->
    [place] Посочихме грешно място; при Вас няма опасност. Ако има опасност другаде, ще съобщим за нея отделно.
    [drill] Беше част от учение и не трябваше да стига до Вас. Няма опасност.
   *[mistake] Изпратихме го по погрешка. Няма опасност.
}
template-wrong-do = Не е нужно да правите нищо. Извинете ни за безпокойството.
template-cancel-what = Не е нужно да правите нищо повече.
template-drill-event = УЧЕНИЕ: { $text }
template-drill-text = ТОВА Е УЧЕНИЕ, няма опасност. { $text }

## Въпросите към служителя.

template-ask-cause = Каква е причината или видът?
template-ask-where = За кои места се отнася?
template-ask-where-hint = Изберете райони, напишете квартал или споделете точка. За целия град изберете „Целият град“.
template-ask-radius = Колко далеч от точката?
template-ask-radius-metres = { $metres ->
   *[other] { NUM($metres) } м
}
template-ask-line = Коя улица или сграда?
template-ask-line-hint = Само името и номера, например „ул. Оборище 5“; за другите езици го изписваме на латиница. Напишете „-“, ако няма.
template-ask-from = Откога?
template-ask-until = Докога?
template-ask-time-hint = Например 14:00, „утре 9:00“ или 27.11. 18:00. Напишете „-“, ако не се знае.
template-ask-contact = Към кого да се обръщат хората с въпроси?
template-ask-contact-hint = Служба и телефон. Напишете „-“, ако няма.
template-ask-number = Коя е измерената или очакваната стойност?
template-ask-number-hint = { $cause ->
    [air] ФПЧ10 в микрограми на кубичен метър.
   *[storm] Вятър в км/ч, дъжд в литри на кв. м, сняг в см. Напишете „-“, ако не се знае.
}
template-ask-text = Какво още да кажем на хората ({ $language ->
    [bg] на български
    [en] на английски
   *[other] { $language }
})?
template-ask-text-hint = Първият ред е заглавие, когато образецът няма свое. Напишете „-“, ако няма какво; или е на всички езици, или на никой.
template-ask-change = Какво променяте?
template-ask-none = Няма
template-ask-unknown = Не се знае
template-ask-now = Сега
template-ask-today = До края на деня
template-ask-hours = { $hours ->
   *[other] След { NUM($hours) } часа
}
template-ask-emergency = Извънредно: без този език
template-hour-unit = ч
template-yes = да
template-today = днес
template-tomorrow = утре
template-now = сега

## Какво не е наред в попълненото.

template-fact = { $fact ->
    [place] място
    [line] улица или сграда
    [from] начало
    [until] край
    [contact] контакт
    [cause] причина или вид
    [number] стойност
    [about] предупреждение, за което се отнася
    [severity] степен
   *[text] текст
}
template-fault-missing = Липсва: { $fact }. Без това съобщението не може да се състави.
template-fault-unasked = За „{ $template }“ това не е нужно: { $fact }. Махнете го.
template-fault-place-none = Не е посочено място. Напишете район или квартал; за целия град напишете „целият град“.
template-fault-place-unknown = В града няма място „{ $text }“. Напишете района или квартала точно.
template-fault-place-alike = Няма място точно с името „{ $text }“. Ако имате предвид { $places }, напишете го така.
template-fault-place-several = „{ $text }“ може да е { $places }. Напишете кое.
template-fault-place-city = „{ $text }“ е целият град. Ако наистина е за всички, напишете „целият град“.
template-fault-place-many = Местата са { $count }, а може да са най-много { $most }. За всички напишете „целият град“.
template-fault-place-both = Посочени са и име на място, и точка. Оставете едното от двете.
template-fault-place-outside = Точката { $text } не засяга никой район на града. Проверете координатите.
template-fault-point = „{ $text }“ не е точка. Напишете ширина и дължина, например 42.6977,23.3219.
template-fault-radius = Радиусът „{ $text }“ не става. Напишете метри, от 50 до 20 000.
template-fault-time = „{ $text }“ не е час или дата. Напишете 14:00, „утре 9:00“, 27.11. 18:00 или 2026-11-27 18:00.
template-fault-times-order = Краят ({ MOMENT($until) }) не е след началото ({ MOMENT($from) }). Поправете едното от двете.
template-fault-times-past = Краят ({ MOMENT($until) }) вече е минал. Посочете бъдещ час.
template-fault-times-far = { MOMENT($at) } е твърде далеч: най-много месец оттук нататък или назад.
template-fault-choice = „{ $text }“ не е сред възможностите: { $choices }.
template-fault-number = „{ $text }“ не е стойност. Напишете цяло число от 1 до { NUM($most) }.
template-fault-severity = „{ $text }“ не е степен. Напишете Extreme, Severe, Moderate или Minor.
template-fault-language = Градът не публикува на „{ $language }“. Махнете този текст.
template-fault-text-missing = Липсва текстът на { $language ->
    [bg] български
    [en] английски
   *[other] { $language }
}. Напишете го. Само при извънредна ситуация може да се изпрати и без него: тогава вместо текста напишете „!“.
template-fault-too-long = Твърде дълго ({ $fact }): { NUM($length) } знака, а се побират най-много { NUM($most) }.
template-fault-about = Не намерихме предупреждението, чийто край обявявате. Посочете номера му.
template-fault-key = „{ $text }“ не се разбира. Напишете име=стойност с едно от тези имена: { $names }.
template-fault-twice = „{ $text }“ е написано два пъти. Оставете едното.
template-fault-words = Текстът не може да се състави: { $why }.
