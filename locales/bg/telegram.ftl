# Какво четат операторите за канала в Telegram.

channel-telegram-handle = адресът в Telegram е номер на чат (например 123456789, отрицателен за група) или публичното име на канал (например @channelname)
channel-telegram-token = Ключът за Telegram не е във вида 123456789:букви-и-цифри. Копирайте го отново от @BotFather в GLAS_TELEGRAM_TOKEN.
channel-telegram-address = „{ $url }“ не може да е адрес на Bot API: адресът започва с http:// или https:// и посочва сървър. Поправете api_url в раздела [telegram].
channel-telegram-ca-file = Сертификатите във файла „{ $file }“ не могат да бъдат прочетени: { $why }. Поправете ca_file в раздела [telegram] или махнете реда.
channel-telegram-client = Защитените връзки с Telegram не могат да бъдат подготвени: { $why }.
