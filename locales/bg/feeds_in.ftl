### Какво се чете от други източници – за служителите.

## Цели документи.

feed-verdict-read = { $format }: { $entries ->
    [one] един запис, прочетен
   *[other] { NUM($entries) } записа, всички са прочетени
}.
feed-verdict-partly = { $format }: { $entries ->
    [one] един запис
   *[other] { NUM($entries) } записа
}, от които { $unusable ->
    [one] един не може да се използва
   *[other] { NUM($unusable) } не могат да се използват
}. Например: { $reason }
feed-verdict-useless = { $format }: { $entries ->
    [one] един запис, който не може да се използва.
   *[other] { NUM($entries) } записа, нито един не може да се използва.
} Например: { $reason }
feed-verdict-empty = { $format }: няма записи.
feed-verdict-unchanged = Нямаше нищо ново.
feed-verdict-refused = Не е прочетено. { $reason }

## Защо документ или запис не може да се използва.

feed-unfit-too-large = Документът е по-голям от допустимото (2 MiB).
feed-unfit-not-a-feed = Не е нито Atom, нито RSS, EDXL-DE или CAP: започва с „{ $root }“. Проверете адреса.
feed-unfit-too-many = Има повече записи, отколкото се четат (5000).
feed-unfit-not-json = Не е правилен JSON (ред { $line }).
feed-unfit-no-array = На „{ $pointer }“ няма списък. Проверете fields.items в bot.toml.
feed-unfit-no-message = В записа няма нито съобщение CAP, нито връзка към такова.
feed-unfit-no-words = В записа няма нито заглавие, нито текст.

## Защо нещо не е изтеглено.

feed-fetch-scheme = Адресът започва с { $scheme }:, а се четат само http и https.
feed-fetch-credentials = В адреса има име или парола; източниците се четат без тях.
feed-fetch-name = Името { $host } не се открива. Проверете адреса и настройките за DNS на тази машина.
feed-fetch-reach = { $host } е адрес в частна мрежа или на самата машина. Ако така трябва, впишете обхвата му в bot.toml: [fetch] allow.
feed-fetch-downgraded = Източникът пренасочва от https към нешифрован http. Поискайте адрес, който остава шифрован.
feed-fetch-redirects = Източникът пренасочва повече от 5 пъти.
feed-fetch-unreachable = Няма връзка с източника. Ще опитаме отново.
feed-fetch-broken = Връзката прекъсна. Ще опитаме отново.
feed-fetch-slow = Отговорът не пристигна навреме. Ще опитаме отново.
feed-fetch-packed = Отговорът е компресиран, без да сме искали това. Поискайте от източника некомпресирани отговори.
feed-fetch-status = Източникът отговори с код { $status }.
feed-fetch-later = Източникът моли за пауза (код { $status }). Ще опитаме по-късно.
feed-fetch-file = Файлът не може да се прочете. Проверете името му и правата си върху него.

## Защо решава човек.

feed-draft-always = Всичко от този източник първо се преглежда от човек.
feed-draft-grave = По-сериозно е от онова, което този източник може да разпраща без човек.
feed-draft-other-source = Променя или отменя нещо, което не е дошло от този източник. Проверете кой има право на това.
feed-draft-changed = Източникът е променил нещо, за което вече писахме на хората.

## Защо по записа не се прави нищо.

feed-pass-over = Срокът му е изтекъл на { MOMENT($expires) }
feed-pass-elsewhere = Отнася се за други места.
feed-pass-unheard = Отменя нещо, за което не сме писали на никого.
feed-pass-already = Вече е разпратено.
feed-pass-pending = Дошло е и от друг източник и чака решение.
feed-pass-double = Същото беше съобщено малко преди това.
feed-pass-before = Било е там преди първото четене и не посочва откога е.

## Команди.

feed-none = Няма зададени източници: в bot.toml липсва [[feed]].
feed-unknown = В bot.toml няма източник с име { $name }.
feed-no-database = Базата данни още я няма: първо изпълнете „glas migrate“.
feed-no-mark = Източникът не дава нито ETag, нито Last-Modified, затова всеки път се изтегля целият.
feed-nothing-new = В него няма нищо ново.
feed-left = Новото е повече, отколкото се изтегля наведнъж; останалото идва при следващото четене.
feed-line = { $name }: { $what }
feed-entry = – { $title }: { $what }
feed-told-straight = би било разпратено веднага.
feed-told-draft = би станало чернова, за която решава човек. { $reason }
feed-told-pass = не би се разпратило. { $reason }
feed-told-same = означава същото като преди.
feed-told-unread = съобщението не можа да се изтегли. { $reason }
feed-standing-never = още не е четен. Чете се, докато работи „glas run“.
feed-standing-read = последно прочетен на { MOMENT($read) } { $outcome }
feed-standing-failed = последния път не можа да се прочете; следващ опит: { MOMENT($next) } { $outcome }
feed-standing-failing = не може да се чете от { MOMENT($since) } { $outcome }
feed-standing-silent = мълчи от { MOMENT($since) } Попитайте източника дали всичко е наред.
