"""A small bot on aiogram, to show that this library can use the sandbox's Bot API.

Usage: telegram_aiogram.py URL TOKEN PICTURE. It ends with status 0 after somebody writes /done.
"""

import asyncio
import io
import sys
from pathlib import Path

from aiogram import Bot, Dispatcher, F
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import TelegramBadRequest, TelegramForbiddenError, TelegramRetryAfter
from aiogram.filters import Command, CommandStart
from aiogram.types import (
    BotCommand, BufferedInputFile, InlineKeyboardButton, InlineKeyboardMarkup, MessageEntity, ReplyParameters,
)

dispatcher = Dispatcher()
state = {"left": None, "failure": None}


@dispatcher.message(CommandStart())
async def start(message):
    keyboard = InlineKeyboardMarkup(inline_keyboard=[[
        InlineKeyboardButton(text="Да", callback_data="yes"),
        InlineKeyboardButton(text="Повече", url="https://example.org/more"),
    ]])
    await message.answer(
        f"Здравейте, {message.from_user.first_name}",
        entities=[MessageEntity(type="bold", offset=0, length=9)],
        reply_markup=keyboard,
        reply_parameters=ReplyParameters(message_id=message.message_id),
    )


@dispatcher.callback_query()
async def pressed(query):
    await query.answer("Прието")
    changed = await query.message.edit_text(f"Избрахте {query.data}")
    assert changed.edit_date is not None and changed.reply_markup is None
    try:
        await query.message.edit_text(f"Избрахте {query.data}")
    except TelegramBadRequest as refused:
        assert "message is not modified" in refused.message, refused


@dispatcher.message(Command("picture"))
async def picture(message, bot):
    content = Path(state["picture"]).read_bytes()
    sent = await message.answer_photo(BufferedInputFile(content, "picture.png"), caption="Снимка")
    again = await message.answer_photo(sent.photo[-1].file_id, caption="Снимка отново")
    assert again.photo[-1].file_unique_id == sent.photo[-1].file_unique_id
    copy = await bot.download(sent.photo[-1], io.BytesIO())
    assert copy.getvalue() == content


@dispatcher.message(Command("refused"))
async def refused(message, bot, command):
    try:
        await bot.send_message(int(command.args), "Ехо")
    except TelegramForbiddenError as why:
        await message.answer(f"Отказано: {why.message}")


@dispatcher.message(Command("hurry"))
async def hurry(message):
    try:
        await message.answer("Бързо")
    except TelegramRetryAfter as wait:
        await asyncio.sleep(wait.retry_after)
        await message.answer(f"След {wait.retry_after} s")


@dispatcher.message(F.location)
async def place(message):
    await message.answer(f"{message.location.latitude:.4f} {message.location.longitude:.4f}")


@dispatcher.my_chat_member()
async def member(change):
    state["left"] = change.new_chat_member.status


@dispatcher.message(Command("done"))
async def done(message):
    await message.answer(f"Край, {state['left']}")
    state["stopping"] = asyncio.create_task(dispatcher.stop_polling())


@dispatcher.errors()
async def failed(event):
    state["failure"] = event.exception
    state["stopping"] = asyncio.create_task(dispatcher.stop_polling())


async def main():
    url, token, state["picture"] = sys.argv[1:4]
    session = AiohttpSession(api=TelegramAPIServer.from_base(url))
    bot = Bot(token, session=session)
    await bot.set_my_commands([BotCommand(command="start", description="Начало")], language_code="bg")
    commands = await bot.get_my_commands(language_code="bg")
    assert [command.description for command in commands] == ["Начало"], commands
    allowed = ["message", "callback_query", "my_chat_member"]
    await dispatcher.start_polling(bot, allowed_updates=allowed, handle_signals=False)
    if state["failure"]:
        raise state["failure"]


asyncio.run(main())
