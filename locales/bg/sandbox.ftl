### Пясъчникът: ботът сред измислени мрежи, без нито един истински адрес.

sandbox-starting = „Глас“ тръгва сред симулирани Telegram, Discord и електронна поща. Нищо не излиза от този компютър. Тук живеят:
sandbox-resident = { "  " }{ $who } (език: { $language }), записан за предупреждения
sandbox-newcomer = { "  " }{ $who } (език: { $language }), още не е записан
sandbox-type =
    Пишете като жител: „resident7@telegram: /start“. Бутон се натиска с номера му: „resident7@telegram: 1“.
    „kill“ спира бота насила, „run“ го пуска отново, „quit“ е за край.
sandbox-operator = оператор › { $value }
sandbox-world-only = Мрежите работят. Горните редове са за bot.toml и за средата на бота. За край: Ctrl-C.
sandbox-no-bot = Тук работят само мрежите; ботът не се управлява оттук.
sandbox-bot-stopped = Ботът е спрян насила.
sandbox-bot-started = Ботът е пуснат отново.
sandbox-bot-ended = Процесът на бота приключи. С „run“ тръгва отново.
sandbox-ended = Край. Показани съобщения: { NUM($messages) }.
sandbox-gets = { TIME($at) } { $who } получава:
sandbox-sees-changed = { TIME($at) } { $who } вижда променено:
sandbox-sees-deleted = { TIME($at) } При { $who } е изтрито:
sandbox-sees-notice = { TIME($at) } { $who } вижда за миг:
sandbox-unknown-resident = Тук не живее „{ $value }“.
sandbox-mail-only-receives = По електронната поща засега само се получава.
sandbox-impossible = Мрежата не го позволява: { $value }
