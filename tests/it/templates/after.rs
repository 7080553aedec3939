//! What follows an alert: the all-clear, the correction, the cancel, the drill.

use glas::features::alert::letter::letter;
use glas::features::alert::rules::{Verdict, judge};
use glas::features::alert::template::{Template, Wrong, cancel, correction, draw_up, drill};
use glas::features::alert::{Alert, Status};
use glas::message::Weight;
use insta::assert_snapshot;

use super::Desk;
use crate::cap::lang;
use crate::cap_letter::plain;

fn wind(desk: &Desk) -> Alert {
    let facts = ["place=Люлин, Младост", "number=110", "severity=Severe"];
    desk.drawn(Template::Storm, &facts)
}

fn all_clear(desk: &Desk, earlier: &Alert, facts: &[&str]) -> Alert {
    let facts = desk.facts(Template::AllClear, facts).unwrap();
    let mut office = desk.office();
    office.identifier = "sofia-2";
    draw_up(&facts, &office, Some(earlier)).unwrap()
}

#[test]
fn an_all_clear_is_for_where_the_alert_was() {
    let desk = Desk::new();
    let earlier = wind(&desk);
    let over = all_clear(&desk, &earlier, &[]);
    assert_snapshot!(desk.letter(&over, "bg", &[&earlier]), @"
    Опасността отмина: Силен вятър
    Източник: Столична община, 26 ноември 2026 г., 7:10 ч.
    Това съобщение заменя предупреждението от 26 ноември 2026 г., 7:10 ч.
    Опасността в районите Младост и Люлин отмина.
    Вече не са нужни предпазни мерки.
    Къде: районите Младост и Люлин
    Какво да направите:
    Можете да се върнете към обичайните си занимания. Ако забележите нещо опасно, обадете се на 112.
    [Актуални предупреждения]
    Получавате това съобщение от Столична община чрез „Глас“, защото сте се записали за предупрежденията на града.
    ");
    assert_snapshot!(desk.letter(&over, "en", &[&earlier]), @"
    The danger is over: Strong wind
    Source: Sofia Municipality, 26 November 2026, 7:10.
    This message replaces the alert of 26 November 2026, 7:10.
    The danger in the districts of Mladost and Lyulin is over.
    No precautions are needed any more.
    Where: the districts Mladost and Lyulin
    What to do:
    You can return to what you usually do. If you notice anything dangerous, call 112.
    [What is on now]
    Sent by Sofia Municipality through Glas because you subscribed to the city’s alerts.
    ");
    let topics = |alert: &Alert| judge(alert, &desk.city, desk.now, |_| None).topics;
    assert_eq!(topics(&over), topics(&earlier));
}

#[test]
fn what_was_repaired_is_said_so() {
    let desk = Desk::new();
    let earlier = desk.drawn(Template::Power, &["around=42.6977,23.3219", "radius=400"]);
    let over = all_clear(&desk, &earlier, &["cause=restored", "contact=0700 12 345"]);
    assert_eq!(over.infos[0].areas, earlier.infos[0].areas);
    assert_snapshot!(desk.letter(&over, "bg", &[&earlier]), @"
    Опасността отмина: Авария в електроснабдяването
    Източник: Столична община, 26 ноември 2026 г., 7:10 ч.
    Това съобщение заменя предупреждението от 26 ноември 2026 г., 7:10 ч.
    Аварията е отстранена.
    Вече всичко работи нормално.
    Къде: районите Средец, Възраждане, Оборище и Триадица
    Какво да направите:
    Ако при Вас още има проблем, съобщете за него.
    За въпроси: 0700 12 345.
    [Актуални предупреждения]
    Получавате това съобщение от Столична община чрез „Глас“, защото сте се записали за предупрежденията на града.
    ");
    assert_snapshot!(desk.letter(&over, "en", &[&earlier]), @"
    The danger is over: Power failure
    Source: Sofia Municipality, 26 November 2026, 7:10.
    This message replaces the alert of 26 November 2026, 7:10.
    The failure has been repaired.
    Everything works normally again.
    Where: the districts Sredets, Vazrazhdane, Oborishte and Triaditsa
    What to do:
    If you still have a problem, report it.
    Questions: 0700 12 345.
    [What is on now]
    Sent by Sofia Municipality through Glas because you subscribed to the city’s alerts.
    ");
}

#[test]
fn a_false_alert_is_corrected_in_one_step() {
    let desk = Desk::new();
    let earlier = wind(&desk);
    let mut office = desk.office();
    office.identifier = "sofia-2";
    let wrong = correction(&earlier, Wrong::Mistake, &office).unwrap();
    assert_snapshot!(desk.letter(&wrong, "bg", &[&earlier]), @"
    Отменено предупреждение: Силен вятър
    Източник: Столична община, 26 ноември 2026 г., 7:10 ч.
    Вече не важи предупреждението от 26 ноември 2026 г., 7:10 ч.
    Предишното съобщение беше грешка.
    Изпратихме го по погрешка. Няма опасност. Не е нужно да правите нищо. Извинете ни за безпокойството.
    Къде: районите Младост и Люлин
    [Актуални предупреждения]
    Получавате това съобщение от Столична община чрез „Глас“, защото сте се записали за предупрежденията на града.
    ");
    assert_snapshot!(desk.letter(&wrong, "en", &[&earlier]), @"
    Cancelled: Strong wind
    Source: Sofia Municipality, 26 November 2026, 7:10.
    The alert of 26 November 2026, 7:10 is no longer in force.
    Our last message was wrong.
    We sent it by mistake. There is no danger. You need not do anything. We are sorry for the alarm.
    Where: the districts Mladost and Lyulin
    [What is on now]
    Sent by Sofia Municipality through Glas because you subscribed to the city’s alerts.
    ");
    let told = |wrong| {
        let alert = correction(&earlier, wrong, &office).unwrap();
        let texts = alert.infos.into_iter().filter_map(|info| info.description);
        texts.collect::<Vec<_>>().join("\n")
    };
    assert_snapshot!(told(Wrong::Place), @"
    Посочихме грешно място; при Вас няма опасност. Ако има опасност другаде, ще съобщим за нея отделно. Не е нужно да правите нищо. Извинете ни за безпокойството.
    It named the wrong place; there is no danger where you are. If there is danger elsewhere, we will say so separately. You need not do anything. We are sorry for the alarm.
    ");
    assert_snapshot!(told(Wrong::Drill), @"
    Беше част от учение и не трябваше да стига до Вас. Няма опасност. Не е нужно да правите нищо. Извинете ни за безпокойството.
    It was part of a drill and should not have reached you. There is no danger. You need not do anything. We are sorry for the alarm.
    ");
}

#[test]
fn a_cancel_says_that_nothing_is_to_be_done() {
    let desk = Desk::new();
    let earlier = wind(&desk);
    let mut office = desk.office();
    office.identifier = "sofia-2";
    let cancel = cancel(&earlier, &office).unwrap();
    assert_snapshot!(desk.letter(&cancel, "bg", &[&earlier]), @"
    Отменено предупреждение: Силен вятър
    Източник: Столична община, 26 ноември 2026 г., 7:10 ч.
    Вече не важи предупреждението от 26 ноември 2026 г., 7:10 ч.
    Не е нужно да правите нищо повече.
    Къде: районите Младост и Люлин
    [Актуални предупреждения]
    Получавате това съобщение от Столична община чрез „Глас“, защото сте се записали за предупрежденията на града.
    ");
    assert_snapshot!(desk.letter(&cancel, "en", &[&earlier]), @"
    Cancelled: Strong wind
    Source: Sofia Municipality, 26 November 2026, 7:10.
    The alert of 26 November 2026, 7:10 is no longer in force.
    You need not do anything more.
    Where: the districts Mladost and Lyulin
    [What is on now]
    Sent by Sofia Municipality through Glas because you subscribed to the city’s alerts.
    ");
}

#[test]
fn a_drill_cannot_be_mistaken() {
    let desk = Desk::new();
    let drill = drill(&wind(&desk), &desk.office()).unwrap();
    assert_eq!(drill.status, Some(Status::Exercise));
    let judged = judge(&drill, &desk.city, desk.now, |_| None);
    assert_eq!(judged.verdict, Verdict::Held, "it never goes out as it is");
    let read = |code| {
        let letter = letter(&drill, &judged, &desk.city, lang(code));
        assert_eq!(letter.weight, Weight::Normal);
        plain(&desk.catalogue.localise(&letter, lang(code)).unwrap())
    };
    assert_snapshot!(read("bg"), @"
    УЧЕНИЕ: Силен вятър
    Това е учение за хората, които работят с предупреждения. Няма опасност.
    Източник: Столична община, 26 ноември 2026 г., 7:10 ч.
    ТОВА Е УЧЕНИЕ, няма опасност. Очаква се силен вятър в районите Младост и Люлин.
    ТОВА Е УЧЕНИЕ, няма опасност. Поривите може да стигнат 110 километра в час. Може да падат дървета, керемиди и рекламни табла. Предупреждението важи до 26 ноември 2026 г., 14:00 ч.
    Къде: районите Младост и Люлин
    Кога: сега, до 26 ноември 2026 г., 14:00 ч.
    Колко е спешно: действайте скоро, до един час
    Колко е сигурно: вероятно
    Какво да направите:
    ТОВА Е УЧЕНИЕ, няма опасност. Затворете прозорците и приберете всичко от балконите. Не стойте и не паркирайте под дървета. Стойте далеч от скелета и рекламни табла.
    Учение на Столична община. Получавате го, защото работите с предупрежденията на града.
    ");
    assert_snapshot!(read("en"), @"
    DRILL: Strong wind
    This is a drill for those who work with alerts. There is no danger.
    Source: Sofia Municipality, 26 November 2026, 7:10.
    THIS IS A DRILL, there is no danger. Strong wind is expected in the districts of Mladost and Lyulin.
    THIS IS A DRILL, there is no danger. Gusts may reach 110 kilometres per hour. Trees, roof tiles and billboards may come down. The warning is in force until 26 November 2026, 14:00.
    Where: the districts Mladost and Lyulin
    When: now, until 26 November 2026, 14:00
    How soon: act soon, within the next hour
    How certain: likely
    What to do:
    THIS IS A DRILL, there is no danger. Close your windows and bring in everything from your balcony. Do not stand or park under trees. Keep away from scaffolding and billboards.
    A drill of Sofia Municipality. You get it because you work with the city’s alerts.
    ");
}
