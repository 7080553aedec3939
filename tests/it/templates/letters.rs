//! The letter of every template, in both languages.

use glas::features::alert::template::Template;
use insta::assert_snapshot;

use super::Desk;

#[test]
fn water_that_failed() {
    let desk = Desk::new();
    let facts = [
        "place=кв. Бояна, Люлин 5",
        "until=18:00",
        "contact=Софийска вода, 0800 12 121",
    ];
    assert_snapshot!(desk.told_by(Template::Water, &facts, "bg"), @"
    Умерена опасност: Авария на водопровода
    Източник: Столична община, 26 ноември 2026 г., 7:10 ч.
    Няма вода в кв. Бояна и ж.к. Люлин 5.
    Причината е авария на водопровода. Очакваме водата да бъде пусната до 26 ноември 2026 г., 18:00 ч.
    Къде: районите Витоша и Люлин
    По-точно: кв. Бояна и ж.к. Люлин 5
    Кога: сега, до 26 ноември 2026 г., 18:00 ч.
    Колко е спешно: действайте скоро, до един час
    Колко е сигурно: случва се или вече се е случило
    Какво да направите:
    Затворете крановете, за да не се наводни жилището, когато водата дойде. После я оставете да потече, докато се избистри.
    За въпроси: Софийска вода, 0800 12 121.
    [Актуални предупреждения]
    [Без „Вода“]
    Получавате това съобщение от Столична община чрез „Глас“, защото сте се записали за предупрежденията на града.
    ");
    assert_snapshot!(desk.told_by(Template::Water, &facts, "en"), @"
    Moderate danger: Burst water main
    Source: Sofia Municipality, 26 November 2026, 7:10.
    There is no water in Boyana and Lyulin 5.
    The cause is a burst water main. We expect the water back by 26 November 2026, 18:00.
    Where: the districts Vitosha and Lyulin
    More exactly: Boyana and Lyulin 5
    When: now, until 26 November 2026, 18:00
    How soon: act soon, within the next hour
    How certain: it is happening or has happened
    What to do:
    Close your taps so that your home is not flooded when the water comes back. Then let it run until it is clear.
    Questions: Sofiyska voda, 0800 12 121.
    [What is on now]
    [Mute “Water”]
    Sent by Sofia Municipality through Glas because you subscribed to the city’s alerts.
    ");
}

#[test]
fn heating_that_will_be_cut_off() {
    let desk = Desk::new();
    let facts = [
        "place=Младост, Студентски",
        "cause=планиран ремонт",
        "from=утре 9:00",
        "until=28.11. 17:00",
    ];
    assert_snapshot!(desk.told_by(Template::Heating, &facts, "bg"), @"
    Съобщение: Планирано спиране на парното
    Източник: Столична община, 26 ноември 2026 г., 7:10 ч.
    Парното и топлата вода ще бъдат спрени в районите Младост и Студентски.
    Спирането ще бъде от 27 ноември 2026 г., 9:00 ч. до 28 ноември 2026 г., 17:00 ч. Причината е планиран ремонт.
    Къде: районите Младост и Студентски
    Кога: от 27 ноември 2026 г., 9:00 ч. до 28 ноември 2026 г., 17:00 ч.
    Какво да направите:
    Не се отоплявайте със скара или с газов котлон: може да се задушите. Не оставяйте включен електрически уред без надзор. Нагледайте възрастните и болните хора около Вас.
    [Актуални предупреждения]
    [Без „Парно и топла вода“]
    Получавате това съобщение от Столична община чрез „Глас“, защото сте се записали за предупрежденията на града.
    ");
    assert_snapshot!(desk.told_by(Template::Heating, &facts, "en"), @"
    Notice: Planned heating cut
    Source: Sofia Municipality, 26 November 2026, 7:10.
    Heating and hot water will be cut off in the districts of Mladost and Studentski.
    The cut will be from 27 November 2026, 9:00 to 28 November 2026, 17:00. The cause is a planned repair.
    Where: the districts Mladost and Studentski
    When: from 27 November 2026, 9:00 to 28 November 2026, 17:00
    What to do:
    Do not heat your home with a barbecue or a gas cooker: you could suffocate. Do not leave an electric heater unattended. Look in on elderly and ill people near you.
    [What is on now]
    [Mute “Heating and hot water”]
    Sent by Sofia Municipality through Glas because you subscribed to the city’s alerts.
    ");
}

#[test]
fn power_with_no_end_in_sight() {
    let desk = Desk::new();
    let facts = ["around=42.6977,23.3219", "radius=400"];
    assert_snapshot!(desk.told_by(Template::Power, &facts, "bg"), @"
    Умерена опасност: Авария в електроснабдяването
    Източник: Столична община, 26 ноември 2026 г., 7:10 ч.
    Няма ток в части от районите Средец, Възраждане, Оборище и Триадица.
    Причината е авария в електрическата мрежа. Още не знаем кога токът ще бъде пуснат.
    Къде: районите Средец, Възраждане, Оборище и Триадица
    Кога: сега; краят не е обявен
    Колко е спешно: действайте скоро, до един час
    Колко е сигурно: случва се или вече се е случило
    Какво да направите:
    Изключете печката, котлоните и ютията, за да не останат без надзор, когато токът дойде. Не се качвайте в асансьор. Не докосвайте паднали проводници и стойте далеч от тях.
    [Актуални предупреждения]
    [Без „Електричество“]
    Получавате това съобщение от Столична община чрез „Глас“, защото сте се записали за предупрежденията на града.
    ");
    assert_snapshot!(desk.told_by(Template::Power, &facts, "en"), @"
    Moderate danger: Power failure
    Source: Sofia Municipality, 26 November 2026, 7:10.
    There is no power in parts of the districts of Sredets, Vazrazhdane, Oborishte and Triaditsa.
    The cause is a fault in the electricity network. We do not know yet when the power will be back.
    Where: the districts Sredets, Vazrazhdane, Oborishte and Triaditsa
    When: now; no end has been announced
    How soon: act soon, within the next hour
    How certain: it is happening or has happened
    What to do:
    Switch off the oven, the hob and the iron, so that they are not left unattended when the power comes back. Do not use lifts. Do not touch fallen wires and keep away from them.
    [What is on now]
    [Mute “Electricity”]
    Sent by Sofia Municipality through Glas because you subscribed to the city’s alerts.
    ");
}

#[test]
fn a_road_that_will_be_closed() {
    let desk = Desk::new();
    let facts = [
        "place=Средец",
        "line=бул. „Витоша“",
        "from=27.11. 6:00",
        "until=27.11. 20:00",
        "text.bg=Затворено е от НДК до ул. „Алабин“. Обходен маршрут: по бул. „Фритьоф Нансен“.",
        "text.en=It is closed from NDK to ul. Alabin. Detour: bul. Fridtjof Nansen.",
    ];
    assert_snapshot!(desk.told_by(Template::Road, &facts, "bg"), @"
    Съобщение: Затворена улица
    Източник: Столична община, 26 ноември 2026 г., 7:10 ч.
    Движението ще бъде спряно на бул. „Витоша“ (район Средец).
    Причината е ремонт. Очакваме движението да бъде възстановено до 27 ноември 2026 г., 20:00 ч.
    Затворено е от НДК до ул. „Алабин“. Обходен маршрут: по бул. „Фритьоф Нансен“.
    Къде: район Средец
    По-точно: бул. „Витоша“
    Кога: от 27 ноември 2026 г., 6:00 ч. до 27 ноември 2026 г., 20:00 ч.
    Какво да направите:
    Заобиколете затворения участък и следвайте знаците. Предвидете повече време за път: съседните улици са натоварени.
    [Актуални предупреждения]
    [Без „Затворени улици“]
    Получавате това съобщение от Столична община чрез „Глас“, защото сте се записали за предупрежденията на града.
    ");
    assert_snapshot!(desk.told_by(Template::Road, &facts, "en"), @"
    Notice: Closed road
    Source: Sofia Municipality, 26 November 2026, 7:10.
    Traffic will be stopped at bul. “Vitosha” (Sredets district).
    The cause is a repair. We expect the road to reopen by 27 November 2026, 20:00.
    It is closed from NDK to ul. Alabin. Detour: bul. Fridtjof Nansen.
    Where: Sredets district
    More exactly: bul. “Vitosha”
    When: from 27 November 2026, 6:00 to 27 November 2026, 20:00
    What to do:
    Go around the closed section and follow the signs. Allow more time: the streets nearby are busy.
    [What is on now]
    [Mute “Closed roads”]
    Sent by Sofia Municipality through Glas because you subscribed to the city’s alerts.
    ");
}

#[test]
fn air_with_the_green_ticket() {
    let desk = Desk::new();
    let facts = ["place=целият град", "cause=green-ticket", "number=121"];
    assert_snapshot!(desk.told_by(Template::Air, &facts, "bg"), @"
    Умерена опасност: Замърсен въздух
    Източник: Столична община, 26 ноември 2026 г., 7:10 ч.
    Въздухът в целия град е замърсен.
    Фините прахови частици (ФПЧ10) са 121 микрограма на кубичен метър при средноденонощна норма 50. Те вредят най-много на децата, възрастните хора, бременните и хората с болни бели дробове или сърце. Въведен е „зелен билет“: с него пътувате цял ден с градския транспорт на намалена цена. Предупреждението важи до 27 ноември 2026 г., 8:00 ч.
    Къде: целият град
    Кога: сега, до 27 ноември 2026 г., 8:00 ч.
    Колко е спешно: действайте скоро, до един час
    Колко е сигурно: случва се или вече се е случило
    Какво да направите:
    Стойте повече на закрито и не спортувайте навън. Оставете колата и се качете на градския транспорт. Ако имате друго отопление, не горете дърва и въглища.
    [Актуални предупреждения]
    [Без „Качество на въздуха“]
    Получавате това съобщение от Столична община чрез „Глас“, защото сте се записали за предупрежденията на града.
    ");
    assert_snapshot!(desk.told_by(Template::Air, &facts, "en"), @"
    Moderate danger: Air pollution
    Source: Sofia Municipality, 26 November 2026, 7:10.
    The air in the whole city is polluted.
    Fine particles (PM10) are at 121 micrograms per cubic metre; the daily limit is 50. They are most harmful to children, elderly people, pregnant women and people with lung or heart disease. A “green ticket” is in force: with it you travel all day by public transport at a reduced price. The warning is in force until 27 November 2026, 8:00.
    Where: the whole city
    When: now, until 27 November 2026, 8:00
    How soon: act soon, within the next hour
    How certain: it is happening or has happened
    What to do:
    Stay indoors more and avoid sport outside. Leave your car and take public transport. If you have other heating, do not burn wood or coal.
    [What is on now]
    [Mute “Air quality”]
    Sent by Sofia Municipality through Glas because you subscribed to the city’s alerts.
    ");
}

#[test]
fn a_storm_with_wind() {
    let desk = Desk::new();
    let facts = [
        "place=Витоша",
        "number=95",
        "from=14:00",
        "until=20:00",
        "severity=Severe",
    ];
    assert_snapshot!(desk.told_by(Template::Storm, &facts, "bg"), @"
    Сериозна опасност: Силен вятър
    Източник: Столична община, 26 ноември 2026 г., 7:10 ч.
    Очаква се силен вятър в район Витоша.
    Поривите може да стигнат 95 километра в час. Може да падат дървета, керемиди и рекламни табла. Предупреждението важи на 26 ноември 2026 г. от 14:00 до 20:00 ч.
    Къде: район Витоша
    Кога: от 26 ноември 2026 г., 14:00 ч. до 26 ноември 2026 г., 20:00 ч.
    Колко е спешно: действайте скоро, до един час
    Колко е сигурно: вероятно
    Какво да направите:
    Затворете прозорците и приберете всичко от балконите. Не стойте и не паркирайте под дървета. Стойте далеч от скелета и рекламни табла.
    При опасност за живота или здравето се обадете на 112.
    [Актуални предупреждения]
    [Без „Времето“]
    Получавате това съобщение от Столична община чрез „Глас“, защото сте се записали за предупрежденията на града.
    ");
    assert_snapshot!(desk.told_by(Template::Storm, &facts, "en"), @"
    Serious danger: Strong wind
    Source: Sofia Municipality, 26 November 2026, 7:10.
    Strong wind is expected in Vitosha district.
    Gusts may reach 95 kilometres per hour. Trees, roof tiles and billboards may come down. The warning is in force on 26 November 2026 from 14:00 to 20:00.
    Where: Vitosha district
    When: from 26 November 2026, 14:00 to 26 November 2026, 20:00
    How soon: act soon, within the next hour
    How certain: likely
    What to do:
    Close your windows and bring in everything from your balcony. Do not stand or park under trees. Keep away from scaffolding and billboards.
    If life or health is in danger, call 112.
    [What is on now]
    [Mute “Weather”]
    Sent by Sofia Municipality through Glas because you subscribed to the city’s alerts.
    ");
}
