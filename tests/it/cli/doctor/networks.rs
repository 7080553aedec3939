//! What an operator reads of Telegram and Discord: tokens, rights, what other programs changed.

use super::{Clinic, assert_has};
use crate::town::{Base, GUILD};

/// "Permissions" in Discord's reference.
const VIEW_AND_SEND: u64 = 1 << 10 | 1 << 11;
const EMBED_AND_HISTORY: u64 = 1 << 14 | 1 << 16;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_token_that_telegram_refuses() {
    let mut clinic = Clinic::open(Base::Sqlite).await;
    clinic.telegram_token = "110201543:another-token-another-token-another-00";
    clinic
        .has_fault(
            "Telegram: ключът е отхвърлен (401 Unauthorized), затова там нищо не се изпраща и не се чува. Копирайте ключа от @BotFather",
            "Telegram: the token is refused (401 Unauthorized), so nothing is sent and nothing heard there. Copy the token from @BotFather",
        )
        .await;
    clinic.telegram_token = "";
    clinic
        .has_fault(
            "telegram: включен, но не може да работи: Променливата GLAS_TELEGRAM_TOKEN не е зададена.",
            "telegram: on, but it cannot work: GLAS_TELEGRAM_TOKEN is not set.",
        )
        .await;
    clinic.town.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn networks_that_are_away() {
    let clinic = Clinic::open(Base::Sqlite).await;
    clinic.town.telegram.stop().await;
    clinic
        .has_fault(
            "Telegram: няма използваем отговор (no connection: ",
            "Telegram: no usable answer (no connection: ",
        )
        .await;
    clinic.town.telegram.start_again().await.expect("its port");
    clinic.town.discord.stop().await;
    clinic
        .has_fault(
            "Discord: няма използваем отговор (",
            "Discord: no usable answer (",
        )
        .await;
    clinic.town.discord.start_again().await.expect("its ports");
    clinic.town.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_others_set_at_telegram() {
    let clinic = Clinic::open(Base::Sqlite).await;
    let telegram = &clinic.town.telegram;
    let poll = format!("{}/bot{}/getUpdates", telegram.url(), clinic.telegram_token);
    let fewer = serde_json::json!({"allowed_updates": ["message"]});
    let polled = reqwest::Client::new().post(poll).json(&fewer).send().await;
    assert!(polled.expect("an answer").status().is_success());
    clinic
        .has_warning(
            "Telegram: не ни се предават callback_query, my_chat_member, защото друга програма",
            "Telegram: callback_query, my_chat_member are withheld, because another program",
        )
        .await;
    telegram.set_webhook("https://hooks.example.org/a-secret-path");
    clinic
        .has_warning(
            "Telegram: зададен е webhook към hooks.example.org и докато го има, ботът не чува нищо.",
            "Telegram: a webhook at hooks.example.org is set, and until it is gone the bot hears nothing.",
        )
        .await;
    telegram.allow_groups(false);
    telegram.set_privacy(false);
    let said = clinic.says("bg").await;
    assert_has(
        &said.out,
        "внимание",
        "Telegram: ботът не може да бъде добавян в групи.",
    );
    let said = clinic.says("en").await;
    assert_has(
        &said.out,
        "warning",
        "Telegram: the bot is given every message of every group",
    );
    assert!(!said.out.contains("a-secret-path"), "{}", said.out);
    clinic.town.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_webhook_is_taken_away_by_the_bot() {
    let mut clinic = Clinic::open(Base::Sqlite).await;
    clinic
        .town
        .telegram
        .set_webhook("https://hooks.example.org/");
    clinic.town.settle_in("telegram", 1, "bg");
    clinic.town.start().await;
    clinic.town.telegram.say(1, 1, "/start").expect("a message");
    clinic.town.reads("telegram", "1", 1).await;
    let said = clinic.says("en").await;
    assert!(!said.out.contains("webhook"), "{}", said.out);
    clinic.town.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_token_that_discord_refuses() {
    let mut clinic = Clinic::open(Base::Sqlite).await;
    clinic.discord_token = "another.token.of-somebody";
    clinic
        .has_fault(
            "Discord: ключът е отхвърлен (401, code 0: 401: Unauthorized), затова там нищо не се изпраща",
            "Discord: the token is refused (401, code 0: 401: Unauthorized), so nothing is sent",
        )
        .await;
    clinic.town.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_without_the_bot_and_a_bot_without_permissions() {
    let clinic = Clinic::open(Base::Sqlite).await;
    let discord = &clinic.town.discord;
    discord.set_permissions(GUILD, VIEW_AND_SEND);
    clinic
        .has_fault(
            "Discord: в сървъра „Люлин“ съобщенията не пристигат както трябва, защото на бота му липсват права: Embed Links, Read Message History.",
            "Discord: letters do not arrive as they should on the server “Люлин”, because the bot lacks: Embed Links, Read Message History.",
        )
        .await;
    discord.set_permissions(GUILD, VIEW_AND_SEND | EMBED_AND_HISTORY);
    clinic
        .has_warning(
            "Discord: в сървъра „Люлин“ на бота му липсват права (Send Messages in Threads, Create Public Threads, Attach Files)",
            "Discord: on the server “Люлин” the bot lacks Send Messages in Threads, Create Public Threads, Attach Files,",
        )
        .await;
    discord.remove_guild(GUILD);
    clinic
        .has_fault(
            "Discord: ботът не е в сървъра 900001 и никой там не вижда командите му. Нека човек, който управлява сървъра, отвори тази връзка: https://discord.com/oauth2/authorize?client_id=1100000000000000001&scope=bot+applications.commands&permissions=309237763072&guild_id=900001 ",
            "Discord: the bot is not on the server 900001, so nobody sees its commands there. Somebody who manages the server opens this link: https://discord.com/oauth2/authorize?client_id=1100000000000000001&scope=bot+applications.commands&permissions=309237763072&guild_id=900001 ",
        )
        .await;
    clinic.edit("guild = 900001\n", "");
    clinic
        .has_warning(
            "Discord: ботът не е в нито един сървър и никой не може да го намери.",
            "Discord: the bot is on no server, so nobody can find it.",
        )
        .await;
    clinic.town.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_application_that_reads_too_much_or_sends_commands_elsewhere() {
    let clinic = Clinic::open(Base::Sqlite).await;
    let discord = &clinic.town.discord;
    discord.grant_intents(1 << 15 | 1 << 1);
    clinic
        .has_warning(
            "Discord: приложението може да чете повече, отколкото е нужно на бота: Server Members Intent, Message Content Intent.",
            "Discord: the application may read more than the bot needs: Server Members Intent, Message Content Intent.",
        )
        .await;
    discord.set_interactions_endpoint(Some("https://hooks.example.org/a-secret-path"));
    clinic
        .has_fault(
            "Discord: командите и натиснатите бутони отиват при hooks.example.org, а не при бота, и никой не получава отговор.",
            "Discord: commands and presses go to hooks.example.org instead of to the bot, so nobody gets an answer.",
        )
        .await;
    clinic.town.end().await;
}
