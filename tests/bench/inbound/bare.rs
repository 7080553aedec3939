//! The bare loop: teloxide fetches updates and answers each with the same text, and remembers nothing.

use futures_util::{StreamExt as _, stream};
use teloxide::prelude::*;
use teloxide::types::UpdateKind;

use super::super::{IN_FLIGHT, durable};

/// The process: runs until it is killed.
///
/// # Errors
/// When the server is away.
pub fn answer_all(url: &str) -> anyhow::Result<()> {
    let text = durable::text()?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()?;
    runtime.block_on(async {
        let bot = Bot::new("1:token").set_api_url(url.parse()?);
        let mut offset = 0;
        loop {
            let updates = bot.get_updates().offset(offset).limit(100).timeout(8);
            let updates = updates.await?;
            for update in &updates {
                offset = offset.max(i32::try_from(update.id.0)?.saturating_add(1));
            }
            let mut answers = stream::iter(updates)
                .map(|update| answer(&bot, update, &text))
                .buffer_unordered(IN_FLIGHT);
            while let Some(answered) = answers.next().await {
                answered?;
            }
        }
    })
}

async fn answer(bot: &Bot, update: Update, text: &str) -> anyhow::Result<()> {
    let Some(chat) = update.chat().map(|chat| chat.id) else {
        anyhow::bail!("an update without a chat");
    };
    bot.send_message(chat, text).await?;
    if let UpdateKind::CallbackQuery(press) = update.kind {
        bot.answer_callback_query(press.id).await?;
    }
    Ok(())
}
