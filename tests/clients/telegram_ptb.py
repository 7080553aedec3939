"""A small bot on python-telegram-bot, to show that this library can use the sandbox's Bot API.

Usage: telegram_ptb.py URL TOKEN PICTURE. It ends with status 0 after somebody writes /done.
"""

import asyncio
import sys
from pathlib import Path

from telegram import BotCommand, InlineKeyboardButton, InlineKeyboardMarkup, MessageEntity, ReplyParameters
from telegram.error import BadRequest, Forbidden, RetryAfter
from telegram.ext import Application, CallbackQueryHandler, ChatMemberHandler, CommandHandler, MessageHandler, filters


async def start(update, context):
    keyboard = InlineKeyboardMarkup([[
        InlineKeyboardButton("Да", callback_data="yes"),
        InlineKeyboardButton("Повече", url="https://example.org/more"),
    ]])
    name = update.effective_user.first_name
    await update.message.reply_text(
        f"Здравейте, {name}",
        entities=[MessageEntity(MessageEntity.BOLD, 0, 9)],
        reply_markup=keyboard,
        reply_parameters=ReplyParameters(update.message.message_id),
    )


async def pressed(update, context):
    query = update.callback_query
    await query.answer("Прието")
    changed = await query.edit_message_text(f"Избрахте {query.data}")
    assert changed.edit_date is not None and changed.reply_markup is None
    try:
        await query.edit_message_text(f"Избрахте {query.data}")
    except BadRequest as refused:
        assert "message is not modified" in str(refused).lower(), refused


async def picture(update, context):
    content = Path(context.application.bot_data["picture"]).read_bytes()
    chat = update.effective_chat.id
    sent = await context.bot.send_photo(chat, content, caption="Снимка")
    again = await context.bot.send_photo(chat, sent.photo[-1].file_id, caption="Снимка отново")
    assert again.photo[-1].file_unique_id == sent.photo[-1].file_unique_id
    file = await sent.photo[-1].get_file()
    assert bytes(await file.download_as_bytearray()) == content


async def refused(update, context):
    try:
        await context.bot.send_message(int(context.args[0]), "Ехо")
    except Forbidden as why:
        await update.message.reply_text(f"Отказано: {why}")


async def hurry(update, context):
    try:
        await context.bot.send_message(update.effective_chat.id, "Бързо")
    except RetryAfter as wait:
        # A timedelta since 22.2, when asked for; plain seconds before.
        seconds = getattr(wait.retry_after, "total_seconds", lambda: wait.retry_after)()
        await asyncio.sleep(seconds)
        await context.bot.send_message(update.effective_chat.id, f"След {seconds:.0f} s")


async def place(update, context):
    where = update.message.location
    await update.message.reply_text(f"{where.latitude:.4f} {where.longitude:.4f}")


async def member(update, context):
    context.application.bot_data["left"] = update.my_chat_member.new_chat_member.status


async def done(update, context):
    await update.message.reply_text(f"Край, {context.application.bot_data.get('left')}")
    context.application.stop_running()


async def ready(application):
    await application.bot.set_my_commands([BotCommand("start", "Начало")], language_code="bg")
    commands = await application.bot.get_my_commands(language_code="bg")
    assert [command.description for command in commands] == ["Начало"], commands


def main():
    url, token, photo = sys.argv[1:4]
    builder = Application.builder().token(token).post_init(ready)
    application = builder.base_url(f"{url}/bot").base_file_url(f"{url}/file/bot").build()
    application.bot_data["picture"] = photo
    for name, handler in [("start", start), ("picture", picture), ("refused", refused), ("hurry", hurry), ("done", done)]:
        application.add_handler(CommandHandler(name, handler))
    application.add_handler(CallbackQueryHandler(pressed))
    application.add_handler(MessageHandler(filters.LOCATION, place))
    application.add_handler(ChatMemberHandler(member, ChatMemberHandler.MY_CHAT_MEMBER))
    failures = []

    async def failed(update, context):
        failures.append(context.error)
        context.application.stop_running()

    application.add_error_handler(failed)
    application.run_polling(allowed_updates=["message", "callback_query", "my_chat_member"], stop_signals=None)
    if failures:
        raise failures[0]


main()
