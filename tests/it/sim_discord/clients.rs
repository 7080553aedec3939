//! Two real libraries at the simulated Discord: serenity, and discord.py in its own process.

use std::process::Stdio;
use std::sync::Arc;

use glas::sandbox::discord::{BOT, Discord};
use glas::sandbox::ledger::{Seen, What};
use serde_json::json;
use serenity::all::{
    ButtonStyle, Command, Context, CreateActionRow, CreateAllowedMentions, CreateButton,
    CreateCommand, CreateInteractionResponse, CreateInteractionResponseMessage, CreateMessage,
    EventHandler, GatewayIntents, HttpBuilder, Interaction, Ready, UserId,
};
use tokio::process::Command as Process;

use super::{CHANNEL, PATIENCE, Place, RESIDENT, TOKEN};

/// A bot in a few lines: registers `/start`, answers it with a button, and the button in place.
struct SerenityBot;

#[serenity::async_trait]
impl EventHandler for SerenityBot {
    async fn ready(&self, context: Context, _: Ready) {
        let start = CreateCommand::new("start")
            .name_localized("bg", "старт")
            .description("Subscribe");
        Command::set_global_commands(&context.http, vec![start])
            .await
            .unwrap();
        let person = UserId::new(RESIDENT);
        let nobody = CreateAllowedMentions::new();
        let hello = CreateMessage::new()
            .content("@everyone готов")
            .allowed_mentions(nobody);
        person.direct_message(&context, hello).await.unwrap();
    }

    async fn interaction_create(&self, context: Context, interaction: Interaction) {
        let message = CreateInteractionResponseMessage::new();
        match interaction {
            Interaction::Command(command) => {
                let button = CreateButton::new("end")
                    .label("Край")
                    .style(ButtonStyle::Danger);
                let message = message
                    .content(format!("Здравей, {}", command.user.name))
                    .components(vec![CreateActionRow::Buttons(vec![button])]);
                let response = CreateInteractionResponse::Message(message);
                command.create_response(&context, response).await.unwrap();
                let original = command.get_response(&context).await.unwrap();
                assert_eq!(original.author.id.get(), BOT);
            }
            Interaction::Component(press) => {
                let message = message.content("Край").components(vec![]);
                let response = CreateInteractionResponse::UpdateMessage(message);
                press.create_response(&context, response).await.unwrap();
            }
            other => panic!("{other:?}"),
        }
    }
}

fn told(seen: &[Seen], text: &str) -> bool {
    seen.iter().any(|seen| seen.text == text)
}

/// Plays a citizen against any bot that behaves as the one above, once its commands are there.
async fn play(place: &Place) {
    let registered = |discord: &Discord| !discord.commands().is_empty() && discord.listening() == 1;
    assert!(place.discord.wait_until(PATIENCE, registered).await);
    let ready = |seen: &[Seen]| told(seen, "@everyone готов");
    let seen = place
        .ledger
        .wait_for(PATIENCE, ready)
        .await
        .expect("no greeting");
    assert_eq!(seen[0].to, format!("user:{RESIDENT}"));
    assert_eq!(seen[0].raw["mention_everyone"], false);
    place
        .discord
        .command(RESIDENT, CHANNEL, "/start", &[])
        .unwrap();
    let greeted = |seen: &[Seen]| told(seen, "Здравей, resident");
    let seen = place
        .ledger
        .wait_for(PATIENCE, greeted)
        .await
        .expect("no answer");
    let answer = seen.last().unwrap();
    assert_eq!(answer.buttons, [("Край".to_owned(), "end".to_owned())]);
    let message = answer.id.parse().unwrap();
    place
        .discord
        .press(RESIDENT, CHANNEL, message, "end")
        .unwrap();
    let over = |seen: &[Seen]| told(seen, "Край");
    let seen = place
        .ledger
        .wait_for(PATIENCE, over)
        .await
        .expect("no change");
    let last = seen.last().unwrap();
    assert_eq!((last.what, &last.id), (What::Edited, &answer.id));
    assert!(last.buttons.is_empty());
    for asked in place.ledger.requests() {
        assert!((200..300).contains(&asked.status), "{asked:?}");
    }
}

#[tokio::test]
async fn serenity_connects_answers_and_changes() {
    let place = Place::open().await;
    let http = HttpBuilder::new(TOKEN)
        .proxy(place.discord.url())
        .ratelimiter_disabled(true)
        .build();
    let intents = GatewayIntents::GUILDS | GatewayIntents::DIRECT_MESSAGES;
    let mut client = serenity::client::ClientBuilder::new_with_http(http, intents)
        .event_handler_arc(Arc::new(SerenityBot))
        .await
        .unwrap();
    let running = tokio::spawn(async move { client.start().await });
    play(&place).await;
    let told = place.discord.commands();
    assert_eq!(told[0]["name_localizations"], json!({"bg": "старт"}));
    running.abort();
}

#[tokio::test]
async fn discord_py_connects_answers_and_changes() {
    let python = std::env::var("GLAS_TEST_PYTHON").expect(
        "GLAS_TEST_PYTHON names no Python 3 with the packages of tests/clients/requirements.txt",
    );
    let place = Place::open().await;
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/clients/discord_py.py");
    let check = Process::new(&python)
        .args(["-c", "import discord"])
        .output()
        .await;
    let check = check.expect("GLAS_TEST_PYTHON cannot be run");
    assert!(
        check.status.success(),
        "discord.py is missing there: install tests/clients/requirements.txt"
    );
    let mut bot = Process::new(&python)
        .arg(script)
        .args([place.discord.url(), place.discord.gateway_url()])
        .args([TOKEN.to_owned(), RESIDENT.to_string()])
        .stdin(Stdio::null())
        .kill_on_drop(true)
        .spawn()
        .unwrap();
    tokio::select! {
        () = play(&place) => {}
        ended = bot.wait() => panic!("discord.py ended: {ended:?}"),
    }
}
