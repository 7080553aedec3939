### The sandbox: the bot among made-up networks, without a single real address.

sandbox-starting = Glas starts among simulated Telegram, Discord and e-mail. Nothing leaves this machine. Here live:
sandbox-resident = { "  " }{ $who } (language: { $language }), subscribed to alerts
sandbox-newcomer = { "  " }{ $who } (language: { $language }), not subscribed yet
sandbox-on-duty = { "  " }{ $who } (language: { $language }), works with alerts
sandbox-type =
    Write as a resident: “resident7@telegram: /start”. A button is pressed by its number: “resident7@telegram: 1”.
    From a list you choose by numbers: “resident3@discord: choose 1 3”. A place is shared like this: “resident7@telegram: @42.70,23.25”.
    The officer on duty begins an alert with “officer@telegram: /alert new” or “officer@discord: /alert new”; the second person approves as “second@…”.
    The fields of a window are filled in like this: “officer@discord: where=Lyulin; until=2h”.
    “kill” kills the bot, “run” starts it again, “quit” ends everything.
sandbox-pages = The pages are open at { $value }
sandbox-operator = operator › { $value }
sandbox-world-only = The networks are running. The lines above are for bot.toml and for the bot’s environment. Ctrl-C ends.
sandbox-no-bot = Only the networks run here; the bot is not in this program’s hands.
sandbox-bot-stopped = The bot was killed.
sandbox-bot-started = The bot was started again.
sandbox-bot-ended = The bot’s process has ended. “run” starts it again.
sandbox-ended = The end. Messages shown: { NUM($messages) }.
sandbox-gets = { TIME($at) } { $who } gets:
sandbox-with-picture = with a picture
sandbox-sees-changed = { TIME($at) } For { $who } the bot changes it to:
sandbox-sees-deleted = { TIME($at) } Deleted for { $who }:
sandbox-sees-notice = { TIME($at) } { $who } sees for a moment:
sandbox-sees-window = { TIME($at) } A window opens for { $who }. What you type next as them goes into it; “close” closes it.
sandbox-unknown-resident = Nobody called “{ $value }” lives here.
sandbox-mail-only-receives = E-mail only receives for now.
sandbox-impossible = The network does not allow it: { $value }
sandbox-share-like-this = This button asks for the resident’s place. Share it like this: “resident7@telegram: @42.70,23.25”.
sandbox-no-places-here = Nobody can share a place on this network.
sandbox-nothing-to-choose = The last message of this resident has no list with these numbers.
sandbox-window-is-open = A window is open for this resident: type the text that goes into it, or “close”.
