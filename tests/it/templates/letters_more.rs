//! The letters of the other templates, in both languages.

use glas::features::alert::template::Template;
use insta::assert_snapshot;

use super::Desk;

#[test]
fn a_flood() {
    let desk = Desk::new();
    let facts = [
        "around=42.7201,23.2503",
        "radius=300",
        "line=бул. „Сливница“ 430",
    ];
    assert_snapshot!(desk.told_by(Template::Flood, &facts, "bg"), @"
    Сериозна опасност: Наводнение
    Източник: Столична община, 26 ноември 2026 г., 7:10 ч.
    Опасност от наводнение в радиус от 300 м около бул. „Сливница“ 430.
    Реката се покачва и може скоро да излезе от коритото си. Предупреждението важи до 26 ноември 2026 г., 20:00 ч.
    Къде: район Люлин
    По-точно: до 300 м около бул. „Сливница“ 430
    Кога: сега, до 26 ноември 2026 г., 20:00 ч.
    Колко е спешно: действайте веднага
    Колко е сигурно: вероятно
    Какво да направите:
    Качете се на високо място. Не пресичайте вода – нито пеша, нито с кола. Не слизайте в мазета и подземни гаражи. Ако водата наближава дома Ви, изключете тока и газта.
    При опасност за живота или здравето се обадете на 112.
    [Актуални предупреждения]
    [Без „Наводнения“]
    Получавате това съобщение от Столична община чрез „Глас“, защото сте се записали за предупрежденията на града.
    ");
    assert_snapshot!(desk.told_by(Template::Flood, &facts, "en"), @"
    Serious danger: Flood
    Source: Sofia Municipality, 26 November 2026, 7:10.
    Danger of flooding up to 300 m around bul. “Slivnitsa” 430.
    The river is rising and may soon leave its bed. The warning is in force until 26 November 2026, 20:00.
    Where: Lyulin district
    More exactly: up to 300 m around bul. “Slivnitsa” 430
    When: now, until 26 November 2026, 20:00
    How soon: act at once
    How certain: likely
    What to do:
    Go to higher ground. Do not cross water, on foot or by car. Do not go down into cellars and underground garages. If the water comes near your home, switch off electricity and gas.
    If life or health is in danger, call 112.
    [What is on now]
    [Mute “Floods”]
    Sent by Sofia Municipality through Glas because you subscribed to the city’s alerts.
    ");
}

#[test]
fn schools_that_are_closed() {
    let desk = Desk::new();
    let facts = [
        "place=everywhere",
        "cause=flu",
        "from=27.11.",
        "until=1.12.",
    ];
    assert_snapshot!(desk.told_by(Template::School, &facts, "bg"), @"
    Умерена опасност: Затворени училища и детски градини
    Източник: Столична община, 26 ноември 2026 г., 7:10 ч.
    Училищата и детските градини в целия град са затворени от 27 ноември 2026 г. до 1 декември 2026 г.
    Причината е грипна епидемия.
    Къде: целият град
    Кога: от 27 ноември 2026 г., 0:00 ч. до 1 декември 2026 г., 23:59 ч.
    Колко е спешно: има време за подготовка
    Какво да направите:
    Оставете децата вкъщи. Следете какво съобщава училището за занятията.
    [Актуални предупреждения]
    [Без „Училища и детски градини“]
    Получавате това съобщение от Столична община чрез „Глас“, защото сте се записали за предупрежденията на града.
    ");
    assert_snapshot!(desk.told_by(Template::School, &facts, "en"), @"
    Moderate danger: Schools and kindergartens closed
    Source: Sofia Municipality, 26 November 2026, 7:10.
    Schools and kindergartens in the whole city are closed from 27 November 2026 to 1 December 2026.
    The cause is a flu epidemic.
    Where: the whole city
    When: from 27 November 2026, 0:00 to 1 December 2026, 23:59
    How soon: there is time to prepare
    What to do:
    Keep your children at home. Follow what your school says about lessons.
    [What is on now]
    [Mute “Schools and kindergartens”]
    Sent by Sofia Municipality through Glas because you subscribed to the city’s alerts.
    ");
}

#[test]
fn a_building_to_leave() {
    let desk = Desk::new();
    let facts = [
        "place=Оборище",
        "line=ул. „Шипка“ 15",
        "cause=gas",
        "text.bg=Събираме се пред 112-о училище.",
        "text.en=We gather in front of School 112.",
    ];
    assert_snapshot!(desk.told_by(Template::Evacuation, &facts, "bg"), @"
    Сериозна опасност: Евакуация на сграда
    Източник: Столична община, 26 ноември 2026 г., 7:10 ч.
    Напуснете веднага сградата на ул. „Шипка“ 15 (район Оборище).
    В сградата изтича газ и има опасност от взрив. Ще съобщим кога хората могат да се върнат.
    Събираме се пред 112-о училище.
    Къде: район Оборище
    По-точно: ул. „Шипка“ 15
    Кога: сега; краят не е обявен
    Колко е спешно: действайте веднага
    Колко е сигурно: случва се или вече се е случило
    Какво да направите:
    Излезте спокойно по стълбите. Не палете огън и не пипайте ключове за осветлението. Помогнете на хората, които се движат трудно. Не се връщайте, преди да Ви разрешат. Ако сте наблизо, стойте далеч от сградата.
    При опасност за живота или здравето се обадете на 112.
    [Актуални предупреждения]
    [Без „Гражданска защита“]
    Получавате това съобщение от Столична община чрез „Глас“, защото сте се записали за предупрежденията на града.
    ");
    assert_snapshot!(desk.told_by(Template::Evacuation, &facts, "en"), @"
    Serious danger: Evacuation of a building
    Source: Sofia Municipality, 26 November 2026, 7:10.
    Leave the building at ul. “Shipka” 15 (Oborishte district) at once.
    Gas is leaking in the building and may explode. We will tell you when people can return.
    We gather in front of School 112.
    Where: Oborishte district
    More exactly: ul. “Shipka” 15
    When: now; no end has been announced
    How soon: act at once
    How certain: it is happening or has happened
    What to do:
    Leave calmly by the stairs. Light no flame and touch no light switch. Help people who have difficulty moving. Do not go back until you are allowed to. If you are nearby, keep away from the building.
    If life or health is in danger, call 112.
    [What is on now]
    [Mute “Civil protection”]
    Sent by Sofia Municipality through Glas because you subscribed to the city’s alerts.
    ");
}

#[test]
fn an_event() {
    let desk = Desk::new();
    let facts = [
        "place=Средец",
        "line=пл. „Княз Александър I“",
        "from=5.12. 18:00",
        "until=5.12. 21:00",
        "text.bg=Коледен концерт на открито. Входът е свободен.",
        "text.en=Open-air Christmas concert. Entry is free.",
    ];
    assert_snapshot!(desk.told_by(Template::Event, &facts, "bg"), @"
    Съобщение: Културно събитие
    Източник: Столична община, 26 ноември 2026 г., 7:10 ч.
    Културно събитие на пл. „Княз Александър I“ (район Средец).
    Коледен концерт на открито. Входът е свободен.
    Събитието ще бъде на 5 декември 2026 г. от 18:00 до 21:00 ч.
    Къде: район Средец
    По-точно: пл. „Княз Александър I“
    Кога: от 5 декември 2026 г., 18:00 ч. до 5 декември 2026 г., 21:00 ч.
    Какво да направите:
    Ако пътувате наблизо, предвидете повече време за път.
    [Актуални предупреждения]
    [Без „Култура“]
    Получавате това съобщение от Столична община чрез „Глас“, защото сте се записали за предупрежденията на града.
    ");
    assert_snapshot!(desk.told_by(Template::Event, &facts, "en"), @"
    Notice: Cultural event
    Source: Sofia Municipality, 26 November 2026, 7:10.
    Cultural event at pl. “Knyaz Aleksandar I” (Sredets district).
    Open-air Christmas concert. Entry is free.
    The event is on 5 December 2026 from 18:00 to 21:00.
    Where: Sredets district
    More exactly: pl. “Knyaz Aleksandar I”
    When: from 5 December 2026, 18:00 to 5 December 2026, 21:00
    What to do:
    If you travel nearby, allow more time.
    [What is on now]
    [Mute “Culture”]
    Sent by Sofia Municipality through Glas because you subscribed to the city’s alerts.
    ");
}

#[test]
fn free_words() {
    let desk = Desk::new();
    let facts = [
        "place=Банкя",
        "until=27.11. 12:00",
        "text.bg=Обезвреждане на снаряд\nСапьори обезвреждат снаряд в парка. Ще чуете взрив; не се плашете.",
        "text.en=Disposal of a shell\nSappers are disposing of a shell in the park. You will hear an explosion; do not be afraid.",
    ];
    assert_snapshot!(desk.told_by(Template::Free, &facts, "bg"), @"
    Умерена опасност: Обезвреждане на снаряд
    Източник: Столична община, 26 ноември 2026 г., 7:10 ч.
    Сапьори обезвреждат снаряд в парка. Ще чуете взрив; не се плашете.
    Къде: район Банкя
    Кога: сега, до 27 ноември 2026 г., 12:00 ч.
    Какво да направите:
    • Следете съобщенията на властите.
    [Актуални предупреждения]
    [Без „Гражданска защита“]
    Получавате това съобщение от Столична община чрез „Глас“, защото сте се записали за предупрежденията на града.
    ");
    assert_snapshot!(desk.told_by(Template::Free, &facts, "en"), @"
    Moderate danger: Disposal of a shell
    Source: Sofia Municipality, 26 November 2026, 7:10.
    Sappers are disposing of a shell in the park. You will hear an explosion; do not be afraid.
    Where: Bankya district
    When: now, until 27 November 2026, 12:00
    What to do:
    • Follow the messages of the authorities.
    [What is on now]
    [Mute “Civil protection”]
    Sent by Sofia Municipality through Glas because you subscribed to the city’s alerts.
    ");
}

#[test]
fn free_words_in_one_language_in_an_emergency() {
    let desk = Desk::new();
    let facts = [
        "place=Банкя",
        "emergency=yes",
        "text.bg=Обезвреждане на снаряд\nСтойте далеч от парка.",
    ];
    assert_snapshot!(desk.told_by(Template::Free, &facts, "bg"), @"
    Умерена опасност: Обезвреждане на снаряд
    Източник: Столична община, 26 ноември 2026 г., 7:10 ч.
    Стойте далеч от парка.
    Къде: район Банкя
    Кога: сега; краят не е обявен
    Какво да направите:
    • Следете съобщенията на властите.
    [Актуални предупреждения]
    [Без „Гражданска защита“]
    Получавате това съобщение от Столична община чрез „Глас“, защото сте се записали за предупрежденията на града.
    ");
    assert_snapshot!(desk.told_by(Template::Free, &facts, "en"), @"
    Moderate danger: Message from the municipality
    Source: Sofia Municipality, 26 November 2026, 7:10.
    This has been published only in Bulgarian: “Обезвреждане на снаряд
    Стойте далеч от парка.”
    Where: Bankya district
    When: now; no end has been announced
    What to do:
    • Follow the messages of the authorities.
    [What is on now]
    [Mute “Civil protection”]
    Sent by Sofia Municipality through Glas because you subscribed to the city’s alerts.
    ");
}
