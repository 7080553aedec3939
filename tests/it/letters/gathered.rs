//! A digest, as each network shows it.

use std::time::Duration;

use glas::people::Cadence;

use super::{alone, without_links};
use crate::town::{Base, Cap, Plan, Town, Who, handle, on_both};

on_both!(a_digest_in_bulgarian, a_digest_in_english);

/// Two alerts of an afternoon, told at six to whoever wants them once a day; what they read on a
/// network.
async fn told(base: Base, lang: &'static str, channel: &'static str) -> String {
    let plan = Plan {
        at: Some("2026-06-17T14:00:00+03:00"),
        web: true,
        ..Plan::default()
    };
    let mut town = Town::build(base, plan).await;
    let who = Who {
        lang,
        cadence: Cadence::Daily,
        digest: (1, 18),
        ..Who::new(channel, 1)
    };
    town.move_in_as(&who).await;
    town.start().await;
    let now = town.clock.now();
    for (identifier, district, severity) in [
        ("storm", "68134-14", "Moderate"),
        ("pipe", "68134-01", "Minor"),
    ] {
        let cap = Cap::new(identifier)
            .at(now)
            .district(district)
            .severity(severity);
        let letter = town
            .alert(&cap.expires(now.plus(Duration::from_hours(12))))
            .await;
        town.delivered(letter).await;
    }
    town.quiet().await;
    town.wait_for("2026-06-17T18:00:00+03:00");
    let to = handle(channel, 1);
    town.reads(channel, &to, 1).await;
    let seen = town.inbox(channel, &to).remove(0);
    town.end().await;
    without_links(&alone(&seen))
}

async fn a_digest_in_bulgarian(base: Base) {
    reads!(told(base, "bg", "telegram").await, "
    Сега важат 2 предупреждения
    Събрахме ги в едно съобщение, за да не Ви безпокоим за всяко поотделно.
    Умерена опасност: Силна гръмотевична буря
    до 18 юни 2026 г., 2:00 ч.
    Къде: район Искър
    Малка опасност: Силна гръмотевична буря
    до 18 юни 2026 г., 2:00 ч.
    Къде: район Средец
    Получавате това съобщение от Столична община чрез „Глас“, защото сте се записали за предупрежденията на града.
    telegram [Актуални предупреждения]
    telegram [English]
    ");
    reads!(told(base, "bg", "discord").await, "
    Сега важат 2 предупреждения
    Събрахме ги в едно съобщение, за да не Ви безпокоим за всяко поотделно.
    Умерена опасност: Силна гръмотевична буря
    до 18 юни 2026 г., 2:00 ч.
    Къде: район Искър
    Малка опасност: Силна гръмотевична буря
    до 18 юни 2026 г., 2:00 ч.
    Къде: район Средец
    Получавате това съобщение от Столична община чрез „Глас“, защото сте се записали за предупрежденията на града.
    discord [Актуални предупреждения]
    discord [English]
    ");
    reads!(told(base, "bg", "email").await, "
    Сега важат 2 предупреждения
    Събрахме ги в едно съобщение, за да не Ви безпокоим за всяко поотделно.
    Умерена опасност: Силна гръмотевична буря
    до 18 юни 2026 г., 2:00 ч.
    Къде: район Искър
    Малка опасност: Силна гръмотевична буря
    до 18 юни 2026 г., 2:00 ч.
    Къде: район Средец
    Актуални предупреждения:
    English:
    Получавате това съобщение от Столична община чрез „Глас“, защото сте се записали за предупрежденията на града.
    Променете какво получавате:
    Не искам повече такива писма:
    email [Актуални предупреждения]
    email [English]
    email [Променете какво получавате]
    email [Не искам повече такива писма]
    ");
}

async fn a_digest_in_english(base: Base) {
    reads!(
        told(base, "en", "telegram").await,
        "
    2 alerts are in force
    We gathered them in one message so as not to disturb you for each.
    Moderate danger: Severe thunderstorm
    until 18 June 2026, 2:00
    Where: Iskar district
    Minor danger: Severe thunderstorm
    until 18 June 2026, 2:00
    Where: Sredets district
    Sent by Sofia Municipality through Glas because you subscribed to the city’s alerts.
    telegram [What is on now]
    telegram [Български]
    "
    );
    reads!(
        told(base, "en", "discord").await,
        "
    2 alerts are in force
    We gathered them in one message so as not to disturb you for each.
    Moderate danger: Severe thunderstorm
    until 18 June 2026, 2:00
    Where: Iskar district
    Minor danger: Severe thunderstorm
    until 18 June 2026, 2:00
    Where: Sredets district
    Sent by Sofia Municipality through Glas because you subscribed to the city’s alerts.
    discord [What is on now]
    discord [Български]
    "
    );
    reads!(
        told(base, "en", "email").await,
        "
    2 alerts are in force
    We gathered them in one message so as not to disturb you for each.
    Moderate danger: Severe thunderstorm
    until 18 June 2026, 2:00
    Where: Iskar district
    Minor danger: Severe thunderstorm
    until 18 June 2026, 2:00
    Where: Sredets district
    What is on now:
    Български:
    Sent by Sofia Municipality through Glas because you subscribed to the city’s alerts.
    Change what you get:
    Stop these e-mails:
    email [What is on now]
    email [Български]
    email [Change what you get]
    email [Stop these e-mails]
    "
    );
}
