# Какво четат операторите за канала в Discord.

channel-discord-handle = адресът в Discord е user:НОМЕР за човек или channel:НОМЕР за канал (номерът се вижда с „Copy ID“ в режима за разработчици на Discord)
channel-discord-token = Ключът за Discord е празен или съдържа знаци, каквито в ключ няма. Копирайте го отново от страницата „Bot“ на приложението си в GLAS_DISCORD_TOKEN.
channel-discord-address = „{ $url }“ не може да е адрес на Discord: адресът започва с http:// или https:// и посочва сървър. Поправете api_url в раздела [discord].
channel-discord-ca-file = Сертификатите във файла „{ $file }“ не могат да бъдат прочетени: { $why }. Поправете ca_file в раздела [discord] или махнете реда.
channel-discord-client = Защитените връзки с Discord не могат да бъдат подготвени: { $why }.
