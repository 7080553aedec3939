### Работата по предупрежденията: кой какво може, чернови, повикване на втори човек, протокол.

## Роли.

role-viewer = наблюдател
role-moderator = модератор
role-publisher = дежурен, който разпраща
role-approver = одобряващ
role-administrator = администратор
permit-denied = Вашата роля е „{ $own }“, а за това е нужна поне „{ $needed }“. Обърнете се към човек с тази роля.
permit-stranger = Този профил не е сред хората, които работят с предупреждения. Ако трябва да е, администраторът го добавя в bot.toml.

## Какво е черновата и докъде е стигнала.

draft-kind-new = ново предупреждение
draft-kind-update = промяна в предупреждение
draft-kind-cancel = отмяна
draft-kind-correction = поправка на погрешно предупреждение
draft-kind-drill = учение
draft-state-draft = чернова
draft-state-waiting = чака втори човек
draft-state-sent = разпратена
draft-state-returned = върната
draft-state-rejected = отхвърлена

## Какво представлява.

draft-what = Какво е
draft-severity = Сериозност
draft-where = Къде
draft-until = Важи до
draft-moment = { MOMENT($at) }
draft-author = Автор
draft-audience = До колко адреса
draft-audience-exact = { NUM($count) }
draft-count = { $name }: { NUM($count) }

## Повикване на втори човек.

draft-call = Чака Ви за одобрение: { $name }
draft-call-again = Още чака за одобрение: { $name }
draft-call-typed = Отнася се за повече от половината град. За да го одобрите, ще трябва да напишете името на града.
draft-button-look = Вижте как ще изглежда
draft-button-approve = Одобрявам
draft-button-return = Върнете за поправка
draft-button-reject = Отхвърлете
draft-button-end = Обявете, че отмина
draft-button-wrong = Беше погрешно
draft-ask-typed = Напишете името на града, за да потвърдите.
draft-ask-reason = Защо? Напишете го с едно-две изречения.
draft-preview = Така ще изглежда ({ $language }):

## Какво е станало.

draft-alone = Разпратено без втори човек: { $name }
draft-alone-review = За преглед – вчера беше разпратено без втори човек: { $name }
draft-alone-who = { $sender } го разпрати сам. Причина: „{ $reason }“. Прегледайте случая заедно на следващия ден.
draft-told-returned = { $by } върна черновата „{ $name }“. Причина: „{ $reason }“. Поправете я и я подайте отново.
draft-told-rejected = { $by } отхвърли „{ $name }“. Причина: „{ $reason }“.
draft-told-sent = { $by } одобри „{ $name }“. Разпраща се.
draft-done-filed = Черновата е записана под номер { $id }.
draft-done-waiting = Черновата е подадена за одобрение. Повикахме хората, които могат да я одобрят.
draft-done-sent = Разпраща се. Докъде е стигнало: glas alert status { $alert }
draft-chat-sent = Одобрено е и се разпраща.
draft-chat-ended = Съобщаваме на всички, които го получиха, че вече не важи.
draft-chat-corrected = Съобщаваме на всички, които го получиха, че е било погрешно.
draft-done-drill = Учението започна. То стига само до участниците.
draft-done-returned = Черновата е върната на автора.
draft-done-rejected = Отхвърлена е. Няма да бъде разпратена.
draft-none = Няма чернови, които чакат.
draft-line = { $id }  { $state }  { $name }  ({ $author })
draft-line-feed = { $id }  от източника „{ $feed }“  { $event }  – { $why }

## Защо нещо не става.

draft-unknown = Няма чернова с този номер. Списъкът е в „glas alert drafts“.
draft-changed = Черновата е променена, след като сте я видели. Прегледайте я отново и тогава решете.
draft-own = Вие сте я написали или подали, а одобрява втори човек. Ако няма никой друг и не може да се чака, разпратете я сам с причина.
draft-needs-nobody = За нея не е нужен втори човек. Просто я подайте.
draft-reason-none = Напишете причина: авторът трябва да знае какво да промени.
draft-reason-short = Напишете причината по-подробно (поне { $least } знака): утре някой ще я чете.
draft-type-the-name = Отнася се за повече от половината град. Потвърдете, като напишете името му: { $city }.
draft-not-submitted = Още не е подадена за одобрение.
draft-waits-already = Вече е подадена и чака втори човек.
draft-sent-already = Вече е разпратена.
draft-returned-already = Върната е на автора и чака него.
draft-rejected-already = Отхвърлена е и няма да бъде разпратена.
draft-not-alert = Няма такова предупреждение. Проверете номера с „glas alert status“.
draft-ended-already = Хората вече знаят, че предупреждението не важи. Ново съобщение не е изпратено.
draft-faults = Фактите не са пълни или не са ясни: { $faults }
draft-no-template = Няма такъв образец: „{ $name }“. Има: { $all }.
draft-no-operator = В bot.toml няма оператор с име „{ $name }“.

## Протоколът.

audit-line = { $number }  { MOMENT($at) }  { $actor }  { $act }  { $object }  { $detail }
audit-good = Протоколът е цял: { NUM($count) } записа, последен отпечатък { $hash }
audit-empty = Протоколът е празен.
audit-changed = Запис { $number } е променян след написването си или не е на мястото си. Сравнете с резервно копие.
audit-missing = Преди запис { $number } липсват записи. Сравнете с резервно копие.
audit-end = В края на протокола липсват записи или са добавени други. Сравнете с резервно копие.
