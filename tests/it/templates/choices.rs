//! Every sentence of every template: headline, description and advice for each cause.

use glas::features::alert::template::Template;
use insta::assert_snapshot;

use super::{Desk, enough};

/// What each choice of a template says, a paragraph each.
fn said(template: Template, code: &str) -> String {
    let desk = Desk::new();
    let mut told = vec![];
    for choice in template.declared().choices {
        let facts = enough(template, choice.code);
        let mut facts: Vec<&str> = facts.iter().map(String::as_str).collect();
        if choice.number && !facts.iter().any(|it| it.starts_with("number")) {
            facts.push("number=95");
        }
        let alert = desk.drawn(template, &facts);
        let mut infos = alert.infos.into_iter();
        let info = infos.find(|info| info.language == code).unwrap();
        let lines = [
            Some(format!("{}: {}", choice.code, info.event)),
            info.headline,
            info.description,
            info.instruction,
        ];
        let lines: Vec<String> = lines.into_iter().flatten().collect();
        told.push(lines.join("\n"));
    }
    told.join("\n\n")
}

#[test]
fn all_of_water() {
    assert_snapshot!(said(Template::Water, "bg"), @"
    breakdown: Авария на водопровода
    Няма вода в район Люлин.
    Причината е авария на водопровода. Още не знаем кога водата ще бъде пусната.
    Затворете крановете, за да не се наводни жилището, когато водата дойде. После я оставете да потече, докато се избистри.

    planned: Планирано спиране на водата
    Водата ще бъде спряна в район Люлин.
    Спирането ще бъде на 27 ноември 2026 г. от 9:00 до 17:00 ч. Причината е планиран ремонт на водопровода.
    Запасете се с вода за пиене и за домакинството. Дръжте крановете затворени, докато водата е спряна.
    ");
    assert_snapshot!(said(Template::Water, "en"), @"
    breakdown: Burst water main
    There is no water in Lyulin district.
    The cause is a burst water main. We do not know yet when the water will be back.
    Close your taps so that your home is not flooded when the water comes back. Then let it run until it is clear.

    planned: Planned water cut
    The water will be cut off in Lyulin district.
    The cut will be on 27 November 2026 from 9:00 to 17:00. The cause is a planned repair of the water main.
    Store water for drinking and for the household. Keep your taps closed while the water is off.
    ");
}

#[test]
fn all_of_heating() {
    assert_snapshot!(said(Template::Heating, "bg"), @"
    breakdown: Авария на парното
    Няма парно и топла вода в район Люлин.
    Причината е авария на топлопровода. Още не знаем кога парното и топлата вода ще бъдат пуснати.
    Не се отоплявайте със скара или с газов котлон: може да се задушите. Не оставяйте включен електрически уред без надзор. Нагледайте възрастните и болните хора около Вас.

    planned: Планирано спиране на парното
    Парното и топлата вода ще бъдат спрени в район Люлин.
    Спирането ще бъде на 27 ноември 2026 г. от 9:00 до 17:00 ч. Причината е планиран ремонт.
    Не се отоплявайте със скара или с газов котлон: може да се задушите. Не оставяйте включен електрически уред без надзор. Нагледайте възрастните и болните хора около Вас.
    ");
    assert_snapshot!(said(Template::Heating, "en"), @"
    breakdown: Heating failure
    There is no heating or hot water in Lyulin district.
    The cause is a failed heating main. We do not know yet when heating and hot water will be back.
    Do not heat your home with a barbecue or a gas cooker: you could suffocate. Do not leave an electric heater unattended. Look in on elderly and ill people near you.

    planned: Planned heating cut
    Heating and hot water will be cut off in Lyulin district.
    The cut will be on 27 November 2026 from 9:00 to 17:00. The cause is a planned repair.
    Do not heat your home with a barbecue or a gas cooker: you could suffocate. Do not leave an electric heater unattended. Look in on elderly and ill people near you.
    ");
}

#[test]
fn all_of_power() {
    assert_snapshot!(said(Template::Power, "bg"), @"
    breakdown: Авария в електроснабдяването
    Няма ток в район Люлин.
    Причината е авария в електрическата мрежа. Още не знаем кога токът ще бъде пуснат.
    Изключете печката, котлоните и ютията, за да не останат без надзор, когато токът дойде. Не се качвайте в асансьор. Не докосвайте паднали проводници и стойте далеч от тях.

    planned: Планирано спиране на тока
    Токът ще бъде спрян в район Люлин.
    Спирането ще бъде на 27 ноември 2026 г. от 9:00 до 17:00 ч. Причината е планиран ремонт.
    Не се качвайте в асансьор малко преди и по време на спирането. Ако Ви е нужен медицински уред на ток, осигурете си резервно захранване.
    ");
    assert_snapshot!(said(Template::Power, "en"), @"
    breakdown: Power failure
    There is no power in Lyulin district.
    The cause is a fault in the electricity network. We do not know yet when the power will be back.
    Switch off the oven, the hob and the iron, so that they are not left unattended when the power comes back. Do not use lifts. Do not touch fallen wires and keep away from them.

    planned: Planned power cut
    The power will be cut off in Lyulin district.
    The cut will be on 27 November 2026 from 9:00 to 17:00. The cause is a planned repair.
    Do not use lifts shortly before and during the cut. If you depend on an electric medical device, arrange a back-up supply.
    ");
}

#[test]
fn all_of_road() {
    assert_snapshot!(said(Template::Road, "bg"), @"
    works: Затворена улица
    Движението е спряно на ул. Оборище 5 (район Люлин).
    Причината е ремонт. Още не знаем кога движението ще бъде възстановено.
    Заобиколете затворения участък и следвайте знаците. Предвидете повече време за път: съседните улици са натоварени.

    accident: Затворена улица
    Движението е спряно на ул. Оборище 5 (район Люлин).
    Причината е катастрофа. Още не знаем кога движението ще бъде възстановено.
    Заобиколете затворения участък и следвайте знаците. Предвидете повече време за път: съседните улици са натоварени.

    event: Затворена улица
    Движението е спряно на ул. Оборище 5 (район Люлин).
    Причината е събитие на открито. Още не знаем кога движението ще бъде възстановено.
    Заобиколете затворения участък и следвайте знаците. Предвидете повече време за път: съседните улици са натоварени.

    damage: Затворена улица
    Движението е спряно на ул. Оборище 5 (район Люлин).
    Причината е пропаднала настилка. Още не знаем кога движението ще бъде възстановено.
    Заобиколете затворения участък и следвайте знаците. Предвидете повече време за път: съседните улици са натоварени.
    ");
    assert_snapshot!(said(Template::Road, "en"), @"
    works: Closed road
    Traffic is stopped at ul. Oborishte 5 (Lyulin district).
    The cause is a repair. We do not know yet when the road will reopen.
    Go around the closed section and follow the signs. Allow more time: the streets nearby are busy.

    accident: Closed road
    Traffic is stopped at ul. Oborishte 5 (Lyulin district).
    The cause is an accident. We do not know yet when the road will reopen.
    Go around the closed section and follow the signs. Allow more time: the streets nearby are busy.

    event: Closed road
    Traffic is stopped at ul. Oborishte 5 (Lyulin district).
    The cause is an outdoor event. We do not know yet when the road will reopen.
    Go around the closed section and follow the signs. Allow more time: the streets nearby are busy.

    damage: Closed road
    Traffic is stopped at ul. Oborishte 5 (Lyulin district).
    The cause is a collapsed road surface. We do not know yet when the road will reopen.
    Go around the closed section and follow the signs. Allow more time: the streets nearby are busy.
    ");
}

#[test]
fn all_of_air() {
    assert_snapshot!(said(Template::Air, "bg"), @"
    plain: Замърсен въздух
    Въздухът в район Люлин е замърсен.
    Фините прахови частици (ФПЧ10) са 95 микрограма на кубичен метър при средноденонощна норма 50. Те вредят най-много на децата, възрастните хора, бременните и хората с болни бели дробове или сърце. Предупреждението важи до 27 ноември 2026 г., 8:00 ч.
    Стойте повече на закрито и не спортувайте навън. Ако можете, оставете колата. Ако имате друго отопление, не горете дърва и въглища.

    green-ticket: Замърсен въздух
    Въздухът в район Люлин е замърсен.
    Фините прахови частици (ФПЧ10) са 95 микрограма на кубичен метър при средноденонощна норма 50. Те вредят най-много на децата, възрастните хора, бременните и хората с болни бели дробове или сърце. Въведен е „зелен билет“: с него пътувате цял ден с градския транспорт на намалена цена. Предупреждението важи до 27 ноември 2026 г., 8:00 ч.
    Стойте повече на закрито и не спортувайте навън. Оставете колата и се качете на градския транспорт. Ако имате друго отопление, не горете дърва и въглища.
    ");
    assert_snapshot!(said(Template::Air, "en"), @"
    plain: Air pollution
    The air in Lyulin district is polluted.
    Fine particles (PM10) are at 95 micrograms per cubic metre; the daily limit is 50. They are most harmful to children, elderly people, pregnant women and people with lung or heart disease. The warning is in force until 27 November 2026, 8:00.
    Stay indoors more and avoid sport outside. If you can, leave your car. If you have other heating, do not burn wood or coal.

    green-ticket: Air pollution
    The air in Lyulin district is polluted.
    Fine particles (PM10) are at 95 micrograms per cubic metre; the daily limit is 50. They are most harmful to children, elderly people, pregnant women and people with lung or heart disease. A “green ticket” is in force: with it you travel all day by public transport at a reduced price. The warning is in force until 27 November 2026, 8:00.
    Stay indoors more and avoid sport outside. Leave your car and take public transport. If you have other heating, do not burn wood or coal.
    ");
}

#[test]
fn all_of_storm() {
    assert_snapshot!(said(Template::Storm, "bg"), @"
    wind: Силен вятър
    Очаква се силен вятър в район Люлин.
    Поривите може да стигнат 95 километра в час. Може да падат дървета, керемиди и рекламни табла. Предупреждението важи до 26 ноември 2026 г., 14:00 ч.
    Затворете прозорците и приберете всичко от балконите. Не стойте и не паркирайте под дървета. Стойте далеч от скелета и рекламни табла.

    hail: Градушка
    Очаква се градушка в район Люлин.
    Градушката може да нарани хора и да повреди коли, прозорци и покриви. Предупреждението важи до 26 ноември 2026 г., 14:00 ч.
    Влезте на закрито и стойте далеч от прозорците. Ако има време, приберете колата под покрив.

    rain: Проливен дъжд
    Очаква се проливен дъжд в район Люлин.
    Може да паднат до 95 литра дъжд на квадратен метър. Подлези и ниски улици може да се наводнят за минути. Предупреждението важи до 26 ноември 2026 г., 14:00 ч.
    Не влизайте в наводнени подлези – нито пеша, нито с кола. Стойте далеч от реки и дерета. Изнесете ценното от мазета и гаражи.

    snow: Обилен снеговалеж
    Очаква се обилен снеговалеж в район Люлин.
    Снегът може да стигне 95 сантиметра. Пътуването ще бъде трудно. Възможно е да спре токът. Предупреждението важи до 26 ноември 2026 г., 14:00 ч.
    Пътувайте само ако се налага и с кола, подготвена за зимата. Не паркирайте там, където пречите на снегорините.

    ice: Поледица
    Очаква се поледица в район Люлин.
    Улиците и тротоарите ще бъдат много хлъзгави. Предупреждението важи до 26 ноември 2026 г., 14:00 ч.
    Излизайте само ако се налага, с обувки, които не се хлъзгат. Карайте бавно и дръжте по-голямо разстояние. Пазете се от ледени висулки.
    ");
    assert_snapshot!(said(Template::Storm, "en"), @"
    wind: Strong wind
    Strong wind is expected in Lyulin district.
    Gusts may reach 95 kilometres per hour. Trees, roof tiles and billboards may come down. The warning is in force until 26 November 2026, 14:00.
    Close your windows and bring in everything from your balcony. Do not stand or park under trees. Keep away from scaffolding and billboards.

    hail: Hail
    Hail is expected in Lyulin district.
    Hail can injure people and damage cars, windows and roofs. The warning is in force until 26 November 2026, 14:00.
    Go indoors and keep away from windows. If there is time, put your car under a roof.

    rain: Heavy rain
    Heavy rain is expected in Lyulin district.
    Up to 95 litres of rain per square metre may fall. Underpasses and low streets may flood within minutes. The warning is in force until 26 November 2026, 14:00.
    Do not enter flooded underpasses, on foot or by car. Keep away from rivers and gullies. Move valuables out of cellars and garages.

    snow: Heavy snow
    Heavy snow is expected in Lyulin district.
    The snow may reach 95 centimetres. Travel will be difficult. The power may fail. The warning is in force until 26 November 2026, 14:00.
    Travel only if you must, with a car prepared for winter. Do not park where you block the snowploughs.

    ice: Icy streets
    Ice is expected in Lyulin district.
    Streets and pavements will be very slippery. The warning is in force until 26 November 2026, 14:00.
    Go out only if you must, in shoes that do not slip. Drive slowly and keep a longer distance. Beware of icicles.
    ");
}

#[test]
fn all_of_flood() {
    assert_snapshot!(said(Template::Flood, "bg"), @"
    river: Наводнение
    Опасност от наводнение в район Люлин.
    Реката се покачва и може скоро да излезе от коритото си. Предупреждението важи до 26 ноември 2026 г., 20:00 ч.
    Качете се на високо място. Не пресичайте вода – нито пеша, нито с кола. Не слизайте в мазета и подземни гаражи. Ако водата наближава дома Ви, изключете тока и газта.

    rain: Наводнение
    Опасност от наводнение в район Люлин.
    След проливния дъжд водата залива улици, подлези и мазета. Предупреждението важи до 26 ноември 2026 г., 20:00 ч.
    Качете се на високо място. Не пресичайте вода – нито пеша, нито с кола. Не слизайте в мазета и подземни гаражи. Ако водата наближава дома Ви, изключете тока и газта.
    ");
    assert_snapshot!(said(Template::Flood, "en"), @"
    river: Flood
    Danger of flooding in Lyulin district.
    The river is rising and may soon leave its bed. The warning is in force until 26 November 2026, 20:00.
    Go to higher ground. Do not cross water, on foot or by car. Do not go down into cellars and underground garages. If the water comes near your home, switch off electricity and gas.

    rain: Flood
    Danger of flooding in Lyulin district.
    After the heavy rain, water is flooding streets, underpasses and cellars. The warning is in force until 26 November 2026, 20:00.
    Go to higher ground. Do not cross water, on foot or by car. Do not go down into cellars and underground garages. If the water comes near your home, switch off electricity and gas.
    ");
}

#[test]
fn all_of_school() {
    assert_snapshot!(said(Template::School, "bg"), @"
    weather: Затворени училища и детски градини
    Училищата и детските градини в район Люлин са затворени на 27 ноември 2026 г.
    Причината е опасното време.
    Оставете децата вкъщи. Следете какво съобщава училището за занятията.

    flu: Затворени училища и детски градини
    Училищата и детските градини в район Люлин са затворени на 27 ноември 2026 г.
    Причината е грипна епидемия.
    Оставете децата вкъщи. Следете какво съобщава училището за занятията.

    failure: Затворени училища и детски градини
    Училищата и детските градини в район Люлин са затворени на 27 ноември 2026 г.
    Причината е авария.
    Оставете децата вкъщи. Следете какво съобщава училището за занятията.
    ");
    assert_snapshot!(said(Template::School, "en"), @"
    weather: Schools and kindergartens closed
    Schools and kindergartens in Lyulin district are closed on 27 November 2026.
    The cause is dangerous weather.
    Keep your children at home. Follow what your school says about lessons.

    flu: Schools and kindergartens closed
    Schools and kindergartens in Lyulin district are closed on 27 November 2026.
    The cause is a flu epidemic.
    Keep your children at home. Follow what your school says about lessons.

    failure: Schools and kindergartens closed
    Schools and kindergartens in Lyulin district are closed on 27 November 2026.
    The cause is a technical failure.
    Keep your children at home. Follow what your school says about lessons.
    ");
}

#[test]
fn all_of_evacuation() {
    assert_snapshot!(said(Template::Evacuation, "bg"), @"
    fire: Евакуация на сграда
    Напуснете веднага сградата на ул. Оборище 5 (район Люлин).
    В сградата има пожар. Ще съобщим кога хората могат да се върнат.
    Излезте спокойно по стълбите; не се качвайте в асансьор. Помогнете на хората, които се движат трудно. Не се връщайте, преди да Ви разрешат. Ако сте наблизо, стойте далеч от сградата.

    gas: Евакуация на сграда
    Напуснете веднага сградата на ул. Оборище 5 (район Люлин).
    В сградата изтича газ и има опасност от взрив. Ще съобщим кога хората могат да се върнат.
    Излезте спокойно по стълбите. Не палете огън и не пипайте ключове за осветлението. Помогнете на хората, които се движат трудно. Не се връщайте, преди да Ви разрешат. Ако сте наблизо, стойте далеч от сградата.

    threat: Евакуация на сграда
    Напуснете веднага сградата на ул. Оборище 5 (район Люлин).
    Получен е сигнал за бомба в сградата. Ще съобщим кога хората могат да се върнат.
    Излезте спокойно по стълбите; не се качвайте в асансьор. Помогнете на хората, които се движат трудно. Не се връщайте, преди да Ви разрешат. Ако сте наблизо, стойте далеч от сградата.

    damage: Евакуация на сграда
    Напуснете веднага сградата на ул. Оборище 5 (район Люлин).
    Сградата може да се срути. Ще съобщим кога хората могат да се върнат.
    Излезте спокойно по стълбите; не се качвайте в асансьор. Помогнете на хората, които се движат трудно. Не се връщайте, преди да Ви разрешат. Ако сте наблизо, стойте далеч от сградата.
    ");
    assert_snapshot!(said(Template::Evacuation, "en"), @"
    fire: Evacuation of a building
    Leave the building at ul. Oborishte 5 (Lyulin district) at once.
    There is a fire in the building. We will tell you when people can return.
    Leave calmly by the stairs; do not use the lift. Help people who have difficulty moving. Do not go back until you are allowed to. If you are nearby, keep away from the building.

    gas: Evacuation of a building
    Leave the building at ul. Oborishte 5 (Lyulin district) at once.
    Gas is leaking in the building and may explode. We will tell you when people can return.
    Leave calmly by the stairs. Light no flame and touch no light switch. Help people who have difficulty moving. Do not go back until you are allowed to. If you are nearby, keep away from the building.

    threat: Evacuation of a building
    Leave the building at ul. Oborishte 5 (Lyulin district) at once.
    There has been a bomb threat against the building. We will tell you when people can return.
    Leave calmly by the stairs; do not use the lift. Help people who have difficulty moving. Do not go back until you are allowed to. If you are nearby, keep away from the building.

    damage: Evacuation of a building
    Leave the building at ul. Oborishte 5 (Lyulin district) at once.
    The building may collapse. We will tell you when people can return.
    Leave calmly by the stairs; do not use the lift. Help people who have difficulty moving. Do not go back until you are allowed to. If you are nearby, keep away from the building.
    ");
}

#[test]
fn all_of_event() {
    assert_snapshot!(said(Template::Event, "bg"), @"
    culture: Културно събитие
    Културно събитие в район Люлин.
    Първи ред
    Втори ред.
    Началото е на 27 ноември 2026 г., 9:00 ч.
    Ако пътувате наблизо, предвидете повече време за път.

    sports: Спортно събитие
    Спортно събитие в район Люлин.
    Първи ред
    Втори ред.
    Началото е на 27 ноември 2026 г., 9:00 ч.
    Ако пътувате наблизо, предвидете повече време за път.
    ");
    assert_snapshot!(said(Template::Event, "en"), @"
    culture: Cultural event
    Cultural event in Lyulin district.
    First line
    Second line.
    It begins on 27 November 2026, 9:00.
    If you travel nearby, allow more time.

    sports: Sports event
    Sports event in Lyulin district.
    First line
    Second line.
    It begins on 27 November 2026, 9:00.
    If you travel nearby, allow more time.
    ");
}
