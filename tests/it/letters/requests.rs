//! Letters that come without a conversation: mails that ask for a confirmation, and the message
//! in a public place by which everybody there can subscribe.

use super::{alone, text, without_links};
use crate::cli::program::bare;
use crate::town::{Base, GUILD, Plan, Town, on_both};
use crate::web::mail::{ask, letters};

on_both!(
    a_request_by_mail_in_bulgarian,
    a_request_by_mail_in_english,
    an_invitation_in_a_public_place,
);

const RESIDENT: &str = "resident1@example.org";

/// The mail that asks, and a day later the one that calls it to mind, without addresses of links.
async fn asked(base: Base, lang: &str) -> String {
    let plan = Plan {
        web: true,
        channels: &["email"],
        at: Some("2026-06-17T12:00:00Z"),
        ..Plan::default()
    };
    let mut town = Town::build(base, plan).await;
    town.start().await;
    ask(&town, lang, "192.0.2.1", RESIDENT).await.is(200);
    letters(&town, RESIDENT, 1).await;
    town.wait_for("2026-06-18T12:01:00Z");
    let both = letters(&town, RESIDENT, 2).await;
    town.end().await;
    let read: Vec<String> = both.iter().map(|seen| without_links(&text(seen))).collect();
    read.join("\n– a day later –\n")
}

async fn a_request_by_mail_in_bulgarian(base: Base) {
    reads!(asked(base, "bg").await, "
    Потвърдете, че искате да Ви пишем
    Някой – надяваме се, Вие – поиска да изпращаме на този адрес предупреждения:
    Къде: район Люлин
    Теми: Вода и Времето
    Сериозност: всички, и дребните
    Кога: веднага
    Отворете връзката и потвърдете до 24 юни 2026 г., 15:00 ч.
    Ако не сте били Вие, не правете нищо. Без потвърждение няма да Ви пишем.
    Вижте и потвърдете:
    – a day later –
    Напомняне: потвърдете, че искате да Ви пишем
    Вчера някой – надяваме се, Вие – поиска да изпращаме на този адрес предупреждения, но още не е потвърдил:
    Къде: район Люлин
    Теми: Вода и Времето
    Сериозност: всички, и дребните
    Кога: веднага
    Отворете връзката и потвърдете до 24 юни 2026 г., 15:00 ч.
    Ако не сте били Вие, не правете нищо. Без потвърждение няма да Ви пишем.
    Вижте и потвърдете:
    ");
}

async fn a_request_by_mail_in_english(base: Base) {
    reads!(asked(base, "en").await, "
    Please confirm that you want our messages
    Somebody – you, we hope – asked us to send alerts to this address:
    Where: Lyulin district
    Topics: Water and Weather
    Seriousness: all, the minor ones too
    When: at once
    Open the link and confirm by 24 June 2026, 15:00
    If it was not you, do nothing. Without a confirmation we will not write to you.
    See and confirm:
    – a day later –
    Reminder: please confirm that you want our messages
    Yesterday somebody – you, we hope – asked us to send alerts to this address, and has not confirmed it yet:
    Where: Lyulin district
    Topics: Water and Weather
    Seriousness: all, the minor ones too
    When: at once
    Open the link and confirm by 24 June 2026, 15:00
    If it was not you, do nothing. Without a confirmation we will not write to you.
    See and confirm:
    ");
}

async fn an_invitation_in_a_public_place(base: Base) {
    let mut town = Town::build(base, Plan::default()).await;
    town.discord.add_channel(GUILD, 77, "important");
    town.telegram.add_group(-1001, "Important");
    town.start().await;
    let config = town.config();
    let config = config.to_str().expect("a path");
    for (channel, handle) in [("telegram", "-1001"), ("discord", "channel:77")] {
        let arguments = ["--config", config, "subscriber", "invite", channel, handle];
        let said = crate::cli::program::finish(&mut bare(&arguments));
        assert_eq!(said.code, Some(0), "{said:?}");
        town.reads(channel, handle, 1).await;
        let shown = alone(&town.inbox(channel, handle).remove(0));
        if channel == "telegram" {
            reads!(shown, "
    Искате ли градът да Ви предупреждава?
    Тук Столична община Ви предупреждава за аварии, опасно време, затворени улици и всичко важно около Вас.
    telegram [Запишете ме]
    telegram [English]
    ");
        } else {
            reads!(shown, "
    Искате ли градът да Ви предупреждава?
    Тук Столична община Ви предупреждава за аварии, опасно време, затворени улици и всичко важно около Вас.
    discord [Запишете ме]
    discord [English]
    ");
        }
    }
    town.end().await;
}
