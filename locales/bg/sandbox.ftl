### Пясъчникът: ботът сред измислени мрежи, без нито един истински адрес.

sandbox-starting = „Глас“ тръгва сред симулирани Telegram, Discord и електронна поща. Нищо не излиза от този компютър. Тук живеят:
sandbox-resident = { "  " }{ $who } (език: { $language }), записан за предупреждения
sandbox-newcomer = { "  " }{ $who } (език: { $language }), още не е записан
sandbox-on-duty = { "  " }{ $who } (език: { $language }), работи с предупрежденията
sandbox-type =
    Пишете като жител: „resident7@telegram: /start“. Бутон се натиска с номера му: „resident7@telegram: 1“.
    От списък се избира с номера: „resident3@discord: choose 1 3“. Място се споделя така: „resident7@telegram: @42.70,23.25“.
    Дежурният пуска предупреждение с „officer@telegram: /тревога нова“ или „officer@discord: /alert new“, вторият човек одобрява от „second@…“.
    Полетата на прозорец се попълват така: „officer@discord: where=Люлин; until=2ч“.
    „kill“ спира бота насила, „run“ го пуска отново, „quit“ е за край.
sandbox-pages = Страниците се отварят на { $value }
sandbox-operator = оператор › { $value }
sandbox-world-only = Мрежите работят. Горните редове са за bot.toml и за средата на бота. За край: Ctrl-C.
sandbox-no-bot = Тук работят само мрежите; ботът не се управлява оттук.
sandbox-bot-stopped = Ботът е спрян насила.
sandbox-bot-started = Ботът е пуснат отново.
sandbox-bot-ended = Процесът на бота приключи. С „run“ тръгва отново.
sandbox-ended = Край. Показани съобщения: { NUM($messages) }.
sandbox-gets = { TIME($at) } { $who } получава:
sandbox-with-picture = с картинка
sandbox-sees-changed = { TIME($at) } При { $who } ботът променя съобщението така:
sandbox-sees-deleted = { TIME($at) } При { $who } е изтрито:
sandbox-sees-notice = { TIME($at) } { $who } вижда за миг:
sandbox-sees-window = { TIME($at) } Пред { $who } се отваря прозорец. Каквото напишете сега от негово име, влиза в него; „close“ го затваря.
sandbox-unknown-resident = Тук не живее „{ $value }“.
sandbox-mail-only-receives = По електронната поща засега само се получава.
sandbox-impossible = Мрежата не го позволява: { $value }
sandbox-share-like-this = Този бутон пита къде е жителят. Споделете мястото така: „resident7@telegram: @42.70,23.25“.
sandbox-no-places-here = В тази мрежа не може да се споделя място.
sandbox-nothing-to-choose = В последното съобщение до този жител няма списък с такива номера.
sandbox-window-is-open = Пред този жител е отворен прозорец: напишете текста за него или „close“.
