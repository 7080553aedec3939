//! What residents read of an alert, in both languages.

use glas::features::alert::letter::letter;
use glas::features::alert::rules::{Verdict, judge};
use glas::features::alert::{Alert, Severity};
use glas::message::{Action, Block, Letter, Weight};
use insta::assert_snapshot;

use crate::cap::{at, known, lang, own, sample, sofia, words};

/// The letter of an accepted alert, worded.
fn worded(alert: &Alert, code: &str) -> Letter<String> {
    let city = sofia();
    let judgement = judge(alert, &city, at("2026-06-17T12:10:00Z"), known(&city));
    assert_eq!(judgement.verdict, Verdict::Accepted, "{judgement:?}");
    let letter = letter(alert, &judgement, &city, lang(code));
    words().localise(&letter, lang(code)).unwrap()
}

/// A letter as plain lines: a quotation behind bars, a button in brackets.
pub fn plain(letter: &Letter<String>) -> String {
    let mut lines = vec![letter.title.clone().unwrap_or_default()];
    for block in &letter.body {
        match block {
            Block::Paragraph(text) => lines.push(text.clone()),
            Block::Quote(text) => lines.extend(text.lines().map(|line| format!("| {line}"))),
            Block::Bullets(items) => lines.extend(items.iter().map(|item| format!("• {item}"))),
            Block::Facts(facts) => {
                lines.extend(facts.iter().map(|(name, value)| format!("{name}: {value}")));
            }
            Block::Choice(choice) => lines.push(format!("[{}]", choice.label)),
        }
    }
    for action in letter.actions.iter().flatten() {
        match action {
            Action::Open { label, url } => lines.push(format!("[{label}] {url}")),
            other => lines.push(format!("[{}]", other.label())),
        }
    }
    lines.extend(letter.footer.clone());
    lines.join("\n")
}

#[test]
fn the_sample_reads_naturally_in_both_languages() {
    let bulgarian = worded(&sample(), "bg");
    assert_eq!(bulgarian.weight, Weight::Danger);
    assert_snapshot!(plain(&bulgarian), @"
    Сериозна опасност: Силна гръмотевична буря
    Източник: Столична община, 17 юни 2026 г., 14:57 ч.
    Силна гръмотевична буря с градушка над Люлин
    Радарът показва силна гръмотевична буря над Люлин, която бавно се движи на югозапад. Очакват се градушка, проливен дъжд и пориви на вятъра, които могат да повалят дървета и да повредят покриви. Ниските улици и подлезите може да се наводнят за минути.
    Къде: район Люлин
    Кога: сега, до 17 юни 2026 г., 18:00 ч.
    Колко е спешно: действайте веднага
    Колко е сигурно: случва се или вече се е случило
    Какво да направите:
    Влезте в здрава сграда и останете там, докато бурята отмине. Стойте далеч от дървета, скелета и рекламни табла. Не влизайте в наводнени подлези – нито пеша, нито с кола.
    При опасност за живота или здравето се обадете на 112.
    [Повече информация] https://www.sofia.bg/
    [Актуални предупреждения]
    [Без „Времето“]
    Получавате това съобщение от Столична община чрез „Глас“, защото сте се записали за предупрежденията на града.
    ");
    assert_snapshot!(plain(&worded(&sample(), "en")), @"
    Serious danger: Severe thunderstorm
    Source: Sofia Municipality, 17 June 2026, 14:57.
    Severe thunderstorm with hail over Lyulin
    Radar shows a severe thunderstorm over Lyulin that is moving slowly to the south-west. Expect hail, intense rain and gusts strong enough to bring down trees and damage roofs. Low-lying streets and underpasses may flood within minutes.
    Where: Lyulin district
    When: now, until 17 June 2026, 18:00
    How soon: act at once
    How certain: it is happening or has happened
    What to do:
    Go into a solid building and stay there until the storm has passed. Keep away from trees, scaffolding and billboards. Do not enter flooded underpasses, on foot or by car.
    If life or health is in danger, call 112.
    [More information] https://www.sofia.bg/
    [What is on now]
    [Mute “Weather”]
    Sent by Sofia Municipality through Glas because you subscribed to the city’s alerts.
    ");
}

#[test]
fn a_foreign_alert_is_framed_and_its_original_quoted() {
    assert_snapshot!(plain(&worded(&own("english-only.xml"), "bg")), @"
    Изключителна опасност: опасно време или наводнение
    Източник: National Institute of Meteorology, 17 юни 2026 г., 14:30 ч.
    Къде: район Люлин
    Кога: сега, до 17 юни 2026 г., 22:00 ч.
    Колко е спешно: действайте веднага
    Колко е сигурно: вероятно
    Какво да направите:
    • Напуснете опасната зона, като следвате указанията на властите.
    При опасност за живота или здравето се обадете на 112.
    Оригиналният текст на английски:
    | Flash flood on the Suhodolska river
    | 
    | The river is rising fast and may leave its bed within the hour.
    | 
    | Move to higher ground.
    [Актуални предупреждения]
    [Без „Наводнения“]
    Получавате това съобщение от Столична община чрез „Глас“, защото сте се записали за предупрежденията на града.
    ");
    assert_snapshot!(plain(&worded(&own("circle.xml"), "en")), @"
    Serious danger: fire
    Source: Столична община, 17 June 2026, 14:30.
    Where: Lyulin district
    More exactly: Около склада
    When: now, until 17 June 2026, 22:00
    How soon: act at once
    How certain: it is happening or has happened
    What to do:
    • Keep out of danger and avoid the affected places.
    If life or health is in danger, call 112.
    The original text, in Bulgarian:
    | Пожар в склад
    | 
    | Гори склад за пластмаси, димът е гъст.
    | 
    | Затворете прозорците.
    [What is on now]
    [Mute “Civil protection”]
    Sent by Sofia Municipality through Glas because you subscribed to the city’s alerts.
    ");
}

#[test]
fn an_update_and_a_cancel_are_told_apart_at_a_glance() {
    assert_snapshot!(plain(&worded(&own("update.xml"), "bg")), @"
    Обновено – Умерена опасност: Гръмотевична буря
    Източник: Столична община, 17 юни 2026 г., 15:05 ч.
    Това съобщение заменя предупреждението от 17 юни 2026 г., 14:57 ч.
    Бурята отслабва, но дъждът продължава.
    Къде: район Люлин
    Кога: сега, до 17 юни 2026 г., 20:00 ч.
    Колко е спешно: действайте скоро, до един час
    Колко е сигурно: вероятно
    Какво да направите:
    Следете прогнозата.
    [Актуални предупреждения]
    [Без „Времето“]
    Получавате това съобщение от Столична община чрез „Глас“, защото сте се записали за предупрежденията на града.
    ");
    assert_snapshot!(plain(&worded(&own("update.xml"), "en")), @"
    Updated – Moderate danger: Thunderstorm
    Source: Sofia Municipality, 17 June 2026, 15:05.
    This message replaces the alert of 17 June 2026, 14:57.
    The storm is weakening but the rain goes on.
    Where: Lyulin district
    When: now, until 17 June 2026, 20:00
    How soon: act soon, within the next hour
    How certain: likely
    What to do:
    Follow the forecast.
    [What is on now]
    [Mute “Weather”]
    Sent by Sofia Municipality through Glas because you subscribed to the city’s alerts.
    ");
    let cancel = worded(&own("cancel.xml"), "bg");
    assert_eq!(cancel.weight, Weight::Normal);
    assert_snapshot!(plain(&cancel), @"
    Отменено предупреждение: Гръмотевична буря
    Източник: Столична община, 17 юни 2026 г., 15:08 ч.
    Вече не важи предупреждението от 17 юни 2026 г., 15:05 ч.
    Къде: район Люлин
    [Актуални предупреждения]
    Получавате това съобщение от Столична община чрез „Глас“, защото сте се записали за предупрежденията на града.
    ");
    assert_snapshot!(plain(&worded(&own("cancel.xml"), "en")), @"
    Cancelled: Thunderstorm
    Source: Sofia Municipality, 17 June 2026, 15:08.
    The alert of 17 June 2026, 15:05 is no longer in force.
    Where: Lyulin district
    [What is on now]
    Sent by Sofia Municipality through Glas because you subscribed to the city’s alerts.
    ");
}

#[test]
fn an_unknown_severity_is_said_and_the_whole_city_named_as_such() {
    assert_snapshot!(plain(&worded(&own("unknown-severity.xml"), "bg")), @"
    Умерена опасност: Авария на водопровод
    Източник: Столична община, 17 юни 2026 г., 14:30 ч.
    Източникът не посочва колко сериозна е опасността; приемаме я за умерена.
    Спукан е главен водопровод. Няма вода до отстраняване на аварията.
    Къде: район Люлин
    Кога: сега; краят не е обявен
    Какво да направите:
    Водоноски има пред сградата на района.
    [Актуални предупреждения]
    [Без „Вода“]
    Получавате това съобщение от Столична община чрез „Глас“, защото сте се записали за предупрежденията на града.
    ");
    assert_snapshot!(plain(&worded(&own("geocode-all.xml"), "en")), @"
    Moderate danger: dangerous weather or flooding
    Source: Столична община, 17 June 2026, 14:30.
    Where: the whole city
    When: now, until 17 June 2026, 22:00
    How soon: act soon, within the next hour
    How certain: likely
    What to do:
    • Keep out of danger and avoid the affected places.
    The original text, in Bulgarian:
    | Опасни горещини
    | 
    | Очакват се температури до 39 градуса.
    | 
    | Пийте вода и избягвайте слънцето между 11 и 17 часа.
    [What is on now]
    [Mute “Weather”]
    Sent by Sofia Municipality through Glas because you subscribed to the city’s alerts.
    ");
}

#[test]
fn emergencies_point_to_112_and_minor_ones_do_not() {
    for (severity, points) in [
        (Severity::Extreme, true),
        (Severity::Severe, true),
        (Severity::Moderate, false),
        (Severity::Minor, false),
    ] {
        let mut alert = sample();
        for info in &mut alert.infos {
            info.severity = severity;
        }
        for code in ["bg", "en"] {
            let text = plain(&worded(&alert, code));
            assert_eq!(text.contains("112"), points, "{severity:?} {code}");
        }
    }
}

#[test]
fn only_web_addresses_become_buttons() {
    let text = std::fs::read_to_string(crate::cap::root().join("src/sandbox/sample.xml")).unwrap();
    for bad in [
        "javascript:alert(1)",
        "file:///etc/passwd",
        "tg://resolve",
        "sofia",
    ] {
        let bytes = text.replace("https://www.sofia.bg", bad);
        let alert = glas::features::alert::cap::read(bytes.as_bytes()).unwrap();
        let actions = worded(&alert, "en").actions.concat();
        let opens = |action: &Action<String>| matches!(action, Action::Open { .. });
        assert!(!actions.iter().any(opens), "{bad}");
    }
}
