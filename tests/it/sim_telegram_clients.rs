//! Libraries that others wrote can use the simulated Bot API for what Glas uses.

use std::process::Stdio;
use std::time::Duration;

use glas::base::point::Point;
use glas::sandbox::ledger::{Seen, What};
use glas::sandbox::telegram::{Often, Trouble};
use teloxide::payloads::{
    AnswerCallbackQuerySetters, GetUpdatesSetters, SendMessageSetters, SendPhotoSetters,
};
use teloxide::prelude::{Bot, Request, Requester};
use teloxide::types::{
    BotCommand, CallbackQueryId, ChatId, FileId, InlineKeyboardButton, InlineKeyboardMarkup,
    InputFile, MessageEntity, ReplyParameters, UpdateKind,
};
use teloxide::{ApiError, RequestError};

use crate::sim_telegram::{NEIGHBOUR, Platform, RESIDENT, TOKEN, person, png};

/// How long a step of somebody else's program may take.
const PATIENCE: Duration = Duration::from_mins(1);

#[tokio::test]
async fn teloxide_understands_it() {
    let platform = Platform::start().await;
    let bot = Bot::new(TOKEN).set_api_url(platform.telegram.url().parse().unwrap());
    let (resident, neighbour) = (ChatId(RESIDENT), ChatId(NEIGHBOUR));
    assert_eq!(
        bot.get_me().await.unwrap().username(),
        platform.telegram.bot_username()
    );
    bot.set_my_commands([BotCommand::new("start", "Начало")])
        .await
        .unwrap();
    platform.telegram.say(RESIDENT, RESIDENT, "/start").unwrap();
    let updates = bot.get_updates().timeout(5).await.unwrap();
    let UpdateKind::Message(start) = &updates[0].kind else {
        panic!("{updates:?}");
    };
    assert_eq!(start.text(), Some("/start"));
    let button = InlineKeyboardButton::callback("Да", "yes");
    let sent = bot
        .send_message(resident, "Здравейте")
        .entities([MessageEntity::bold(0, 9)])
        .reply_parameters(ReplyParameters::new(start.id))
        .reply_markup(InlineKeyboardMarkup::new([[button]]))
        .await
        .unwrap();
    assert_eq!(
        sent.reply_to_message().map(|answered| answered.id),
        Some(start.id)
    );
    platform
        .telegram
        .press(RESIDENT, i64::from(sent.id.0), "yes")
        .unwrap();
    let updates = bot
        .get_updates()
        .offset(updates[0].id.as_offset())
        .await
        .unwrap();
    let UpdateKind::CallbackQuery(press) = &updates[0].kind else {
        panic!("{updates:?}");
    };
    bot.answer_callback_query(CallbackQueryId(press.id.0.clone()))
        .text("Прието")
        .await
        .unwrap();
    let edited = bot
        .edit_message_text(resident, sent.id, "Прието.")
        .await
        .unwrap();
    assert!(edited.edit_date().is_some());
    let same = bot
        .edit_message_text(resident, sent.id, "Прието.")
        .await
        .unwrap_err();
    assert!(matches!(
        same,
        RequestError::Api(ApiError::MessageNotModified)
    ));

    let upload = InputFile::memory(png(640, 480)).file_name("a.png");
    let photo = bot
        .send_photo(resident, upload)
        .caption("Карта")
        .await
        .unwrap();
    let id: FileId = photo.photo().unwrap().last().unwrap().file.id.clone();
    let again = bot
        .send_photo(resident, InputFile::file_id(id.clone()))
        .await
        .unwrap();
    assert_eq!(again.photo().unwrap().last().unwrap().file.id, id);
    assert_eq!(bot.get_file(id).await.unwrap().path, "photos/file_1.jpg");

    let unmet = bot.send_message(neighbour, "Ехо").send().await.unwrap_err();
    assert!(
        unmet
            .to_string()
            .contains("bot can't initiate conversation"),
        "{unmet}"
    );
    platform
        .telegram
        .fail(Trouble::TooMany(9), &["sendMessage"], Often::Times(1));
    let limited = bot.send_message(resident, "Ехо").send().await.unwrap_err();
    assert!(matches!(limited, RequestError::RetryAfter(wait) if wait.seconds() == 9));
    platform.telegram.block(RESIDENT).unwrap();
    let updates = bot
        .get_updates()
        .offset(updates[0].id.as_offset())
        .await
        .unwrap();
    let UpdateKind::MyChatMember(left) = &updates[0].kind else {
        panic!("{updates:?}");
    };
    assert!(left.new_chat_member.kind.is_banned());
    bot.get_chat(resident).await.unwrap();
}

#[tokio::test]
async fn python_telegram_bot_understands_it() {
    converse_with("telegram_ptb.py").await;
}

#[tokio::test]
async fn aiogram_understands_it() {
    converse_with("telegram_aiogram.py").await;
}

/// Lives through a conversation with the little bot in `script`.
async fn converse_with(script: &str) {
    let python = std::env::var("GLAS_TEST_PYTHON").unwrap_or_else(|_| {
        panic!("GLAS_TEST_PYTHON is not set: it names a python3 with the packages of tests/clients/requirements.txt")
    });
    let platform = Platform::start().await;
    let telegram = &platform.telegram;
    telegram.add_acquaintance(person(NEIGHBOUR + 1, "Петър"));
    telegram.block(NEIGHBOUR + 1).unwrap();
    let picture = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(picture.path(), png(320, 200)).unwrap();
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/clients");
    let bot = tokio::process::Command::new(python)
        .arg(format!("{folder}/{script}"))
        .args([telegram.url().as_str(), TOKEN])
        .arg(picture.path())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .kill_on_drop(true)
        .spawn()
        .unwrap();
    let talk = async {
        telegram.say(NEIGHBOUR, NEIGHBOUR, "/start").unwrap();
        let hello = wait(&platform, "Здравейте, Съсед").await;
        assert_eq!(
            hello.buttons[1],
            ("Повече".to_owned(), "https://example.org/more".to_owned())
        );
        assert_eq!(hello.raw["reply_to_message"]["text"], "/start");
        telegram
            .press(NEIGHBOUR, hello.id.parse().unwrap(), "yes")
            .unwrap();
        assert_eq!(wait(&platform, "Прието").await.what, What::Notice);
        assert_eq!(wait(&platform, "Избрахте yes").await.what, What::Edited);
        telegram.say(NEIGHBOUR, NEIGHBOUR, "/picture").unwrap();
        wait(&platform, "Снимка отново").await;
        telegram
            .say(NEIGHBOUR, NEIGHBOUR, &format!("/refused {}", NEIGHBOUR + 1))
            .unwrap();
        wait(
            &platform,
            "Отказано: Forbidden: bot was blocked by the user",
        )
        .await;
        telegram.fail(Trouble::TooMany(1), &["sendMessage"], Often::Times(1));
        telegram.say(NEIGHBOUR, NEIGHBOUR, "/hurry").unwrap();
        wait(&platform, "След 1 s").await;
        let sofia = Point::from_degrees(42.6977, 23.3219).unwrap();
        telegram
            .share_location(NEIGHBOUR, NEIGHBOUR, sofia)
            .unwrap();
        wait(&platform, "42.6977 23.3219").await;
        telegram.block(RESIDENT).unwrap();
        telegram.say(NEIGHBOUR, NEIGHBOUR, "/done").unwrap();
        wait(&platform, "Край, kicked").await;
    };
    // A bot that dies ends the talk at once, with its own words.
    tokio::pin!(talk);
    let ended = bot.wait_with_output();
    tokio::pin!(ended);
    let output = tokio::select! {
        () = &mut talk => tokio::time::timeout(PATIENCE, ended).await.expect("the bot ends after /done"),
        output = &mut ended => output,
    };
    let output = output.unwrap();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(
        output.status.success(),
        "{script} failed; are the packages of tests/clients/requirements.txt there?\n{errors}"
    );
    let last = platform.ledger.seen_since(0);
    assert_eq!(
        last.last().map(|seen| seen.text.as_str()),
        Some("Край, kicked"),
        "{errors}"
    );
}

/// The first thing seen that reads `text`.
async fn wait(platform: &Platform, text: &str) -> Seen {
    let reads = |seen: &Seen| seen.text == text;
    let seen = platform
        .ledger
        .wait_for(PATIENCE, |all| all.iter().any(reads))
        .await;
    let Some(seen) = seen else {
        panic!("nobody saw {text:?}: {:#?}", platform.ledger.requests());
    };
    seen.into_iter().find(reads).unwrap()
}
