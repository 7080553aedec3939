### Предупреждението, както го четат гражданите.

## Първият ред. $severity е една от степените по-долу, $what – събитието или вид опасност по-долу.

alert-title = { $severity }: { $what }
alert-title-update = Обновено – { $severity }: { $what }
alert-title-cancel = Отменено предупреждение: { $what }
alert-title-all-clear = Опасността отмина: { $what }
alert-title-drill = УЧЕНИЕ: { $what }
alert-drill-footer = Учение на { $sender }. Получавате го, защото работите с предупрежденията на града.
alert-drill = Това е учение за хората, които работят с предупреждения. Няма опасност.

alert-severity-extreme = Изключителна опасност
alert-severity-severe = Сериозна опасност
alert-severity-moderate = Умерена опасност
alert-severity-minor = Малка опасност
alert-notice = Съобщение

## Видът на опасността, когато предупреждението няма своя дума на езика на читателя.

alert-hazard-geo = земетресение, свлачище или друго движение на земните маси
alert-hazard-met = опасно време или наводнение
alert-hazard-safety = заплаха за обществената безопасност
alert-hazard-security = заплаха за сигурността
alert-hazard-rescue = издирване и спасяване
alert-hazard-fire = пожар
alert-hazard-health = опасност за здравето
alert-hazard-env = замърсяване на околната среда
alert-hazard-transport = затруднения в движението и транспорта
alert-hazard-infra = авария във водоснабдяването, електроснабдяването, отоплението или съобщителните мрежи
alert-hazard-cbrne = опасни вещества, радиация или опасност от взрив
alert-hazard-other = извънредна ситуация

## Кой го съобщава и как се отнася към казаното преди.

alert-source = Източник: { $source }, { MOMENT($sent) }
alert-replaces = Това съобщение заменя предупреждението от { MOMENT($sent) }
alert-revokes = Вече не важи предупреждението от { MOMENT($sent) }
alert-severity-unknown = Източникът не посочва колко сериозна е опасността; приемаме я за умерена.

## Къде и кога, колко скоро и колко сигурно.

alert-where = Къде
alert-districts = { $count ->
    [one] район { $districts }
   *[other] районите { $districts }
}
alert-everywhere = целият град
alert-where-exactly = По-точно
alert-places = { $places }
alert-when = Кога
alert-from-until = от { MOMENT($from) } до { MOMENT($until) }
alert-from = от { MOMENT($from) }; краят не е обявен
alert-until = сега, до { MOMENT($until) }
alert-from-now = сега; краят не е обявен
alert-how-soon = Колко е спешно
alert-urgency-immediate = действайте веднага
alert-urgency-expected = действайте скоро, до един час
alert-urgency-future = има време за подготовка
alert-urgency-past = събитието е отминало
alert-how-sure = Колко е сигурно
alert-certainty-observed = случва се или вече се е случило
alert-certainty-likely = вероятно
alert-certainty-possible = възможно
alert-certainty-unlikely = малко вероятно

## Какво да се направи.

alert-what-to-do = Какво да направите:
alert-do-shelter = Подслонете се на закрито или на друго безопасно място и останете там.
alert-do-evacuate = Напуснете опасната зона, като следвате указанията на властите.
alert-do-prepare = Подгответе се и помогнете на хората около Вас да се подготвят.
alert-do-execute = Действайте, както сте планирали и упражнявали за такъв случай.
alert-do-avoid = Пазете се от опасността и избягвайте засегнатите места.
alert-do-monitor = Следете съобщенията на властите.
alert-do-assess = Преценете какво означава това за Вас и за хората около Вас.
alert-do-all-clear = Можете да се върнете към заниманията си с обичайното внимание.
alert-emergency = При опасност за живота или здравето се обадете на { $number }.

## Собствените думи на подателя, когато са на друг език.

alert-original = Оригиналният текст на { $language ->
    [ar] арабски
    [bg] български
    [cs] чешки
    [de] немски
    [el] гръцки
    [en] английски
    [es] испански
    [fr] френски
    [hr] хърватски
    [hu] унгарски
    [it] италиански
    [mk] македонски
    [nl] нидерландски
    [pl] полски
    [pt] португалски
    [ro] румънски
    [ru] руски
    [sr] сръбски
    [tr] турски
    [uk] украински
    [zh] китайски
   *[other] друг език ({ $language })
}:

alert-open = Повече информация
alert-mute = Без „{ $topic }“
alert-footer = Получавате това съобщение от { $sender } чрез „Глас“, защото сте се записали за предупрежденията на града.
