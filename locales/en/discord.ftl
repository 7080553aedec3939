# What operators read about the Discord channel.

channel-discord-handle = a Discord address is user:NUMBER for a person or channel:NUMBER for a channel (the number is “Copy ID” in Discord’s developer mode)
channel-discord-token = The Discord token is empty or holds characters that no token has. Copy it again from the page “Bot” of your application into GLAS_DISCORD_TOKEN.
channel-discord-address = “{ $url }” cannot be the address of Discord: it begins with http:// or https:// and names a server. Correct api_url under [discord].
channel-discord-ca-file = The certificates in “{ $file }” could not be read: { $why }. Correct ca_file under [discord], or leave it out.
channel-discord-client = Encrypted connections to Discord could not be prepared: { $why }.
