### The sandbox: the bot among made-up networks, without a single real address.

sandbox-starting = Glas starts among simulated Telegram, Discord and e-mail. Nothing leaves this machine. Here live:
sandbox-resident = { "  " }{ $who } (language: { $language }), subscribed to alerts
sandbox-newcomer = { "  " }{ $who } (language: { $language }), not subscribed yet
sandbox-type =
    Write as a resident: “resident7@telegram: /start”. A button is pressed by its number: “resident7@telegram: 1”.
    “kill” kills the bot, “run” starts it again, “quit” ends everything.
sandbox-operator = operator › { $value }
sandbox-world-only = The networks are running. The lines above are for bot.toml and for the bot’s environment. Ctrl-C ends.
sandbox-no-bot = Only the networks run here; the bot is not in this program’s hands.
sandbox-bot-stopped = The bot was killed.
sandbox-bot-started = The bot was started again.
sandbox-bot-ended = The bot’s process has ended. “run” starts it again.
sandbox-ended = The end. Messages shown: { NUM($messages) }.
sandbox-gets = { TIME($at) } { $who } gets:
sandbox-sees-changed = { TIME($at) } { $who } sees changed:
sandbox-sees-deleted = { TIME($at) } Deleted for { $who }:
sandbox-sees-notice = { TIME($at) } { $who } sees for a moment:
sandbox-unknown-resident = Nobody called “{ $value }” lives here.
sandbox-mail-only-receives = E-mail only receives for now.
sandbox-impossible = The network does not allow it: { $value }
