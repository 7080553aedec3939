# What operators read about the Telegram channel.

channel-telegram-handle = a Telegram address is a chat number (such as 123456789, negative for a group) or the public name of a channel (such as @channelname)
channel-telegram-token = The Telegram token is not of the form 123456789:letters-and-digits. Copy it again from @BotFather into GLAS_TELEGRAM_TOKEN.
channel-telegram-address = “{ $url }” cannot be the address of the Bot API: it begins with http:// or https:// and names a server. Correct api_url under [telegram].
channel-telegram-ca-file = The certificates in “{ $file }” could not be read: { $why }. Correct ca_file under [telegram], or leave it out.
channel-telegram-client = Encrypted connections to Telegram could not be prepared: { $why }.
