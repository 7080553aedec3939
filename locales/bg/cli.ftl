### Командният ред, както го чете операторът.

## glas check

check-words = Езици: { $languages }
check-city = Град: { $city } ({ $districts ->
    [one] { NUM($districts) } район
   *[other] { NUM($districts) } района
}, { $topics ->
    [one] { NUM($topics) } тема
   *[other] { NUM($topics) } теми
})
check-channel-on = { $channel }: включен
check-channel-off = { $channel }: изключен (в bot.toml няма раздел за него)
check-channel-fault = { $channel }: включен, но не може да работи: { $fault }
channel-secret-missing = Променливата { $name } не е зададена. Запишете тайната в нея или името на файл с тайната в { $name }_FILE.
check-web-on = web: включен ({ $value })
check-web-off = web: изключен (в bot.toml няма раздел за него)
check-database = База данни: достъпна
check-database-new = База данни: още я няма; ще се създаде при първото пускане
check-database-fault = База данни: недостъпна – { $fault }
check-good = Всичко е наред.
check-faults = Има грешки; вижте по-горе.

## Базата данни

database-up-to-date = Базата данни е с последната схема.
backup-done = Копието е в { $file }.
backup-exists = { $file } вече съществува. Изберете друго име; нищо не е записано.
backup-postgres = Така се копира само SQLite. За PostgreSQL използвайте pg_dump и pg_restore и копирайте заедно с него папката с картинките, { $folder }.
restore-done = Базата данни е заменена с { $file }; предишната е запазена до нея с „-before-restore“ в името. Изпращането е на пауза: прегледайте какво чака, после го пуснете с „glas resume“.
restore-in-use = Базата данни се използва от работещ „glas run“. Първо го спрете; нищо не е променено.
resume-done = { $broadcasts ->
    [0] Изпращането продължава.
    [one] Изпращането продължава, както и { NUM($broadcasts) } спряло разпращане.
   *[other] Изпращането продължава, както и { NUM($broadcasts) } спрели разпращания.
}
resume-nothing = Нищо не беше спряно.

## glas subscriber

import-line = Ред { $line }: { $reason }
import-column = няма колона „{ $value }“. На първия ред са имената на колоните: channel, handle, locale, areas, topics, cadence, consent_date, consent_source.
import-unreadable = редът не може да се прочете ({ $value }).
import-not-utf-8 = редът не е в UTF-8. Запишете файла в тази кодировка.
import-cells = клетките са { NUM($found) } вместо { NUM($expected) }. Стойност със запетая се огражда с кавички "…".
import-too-long = твърде дълъг ред или клетка в него (най-много 8192 и 500 байта).
import-channel = няма канал „{ $value }“; очаква се telegram, discord или email.
import-locale = „{ $value }“ не е наличен език; очаква се bg или en.
import-area = няма място „{ $value }“; очаква се код на район, име, * за целия град или точка с метри наоколо: @42.6977,23.3219/300
import-topic = няма тема „{ $value }“; очаква се код на тема или * за всички.
import-cadence = „{ $value }“ не е честота; очаква се now, daily, daily@ЧАС, weekly или weekly@ДЕН@ЧАС, с час от 0 до 23 и ден от 1 (понеделник) до 7.
import-quiet = „{ $value }“ не са тихи часове; очаква се например 22:00-07:00 или none.
import-severity = „{ $value }“ не е степен; очаква се minor, moderate, severe или extreme.
import-consent-date = „{ $value }“ не е дата на съгласие; очаква се ГГГГ-ММ-ДД, не в бъдещето.
import-consent-source = не е посочено откъде е съгласието; без това никой не се записва.
import-off = според самия списък този адрес е изключен, затова е пропуснат.
import-stopped = този адрес е отписан по собствено желание и остава така.
import-forgotten = този адрес е изтрит по желание на собственика си; списък не може да го запише отново.
import-done = Записани: { NUM($good) }. Грешни редове: { NUM($bad) }. Отписани и оставени така: { NUM($left_out) }.

## glas alert

send-refused = Не може да се изпрати: { $reason }
send-held = Не е изпратено, защото първо трябва да го види човек: { $reason }
send-already = Това предупреждение вече е изпратено под номер { $id }.
send-no-channel = Няма включен канал: в bot.toml няма раздел telegram, discord или email. Нищо не е изпратено.
send-on-its-way = Предупреждение { $id } тръгва за: { $districts }
send-nobody-delivers = { $channel }: в момента никой не изпраща по този канал. Съобщенията ще чакат, докато се пусне „glas run“.
send-lane-stands = { $channel }: изпращането е спряно, докато не се отстрани причината: { $why }
status-unknown = Няма предупреждение „{ $id }“.
status-line = Предупреждение { $id } ({ $identifier }): { $state }
status-sent = изпратено
status-updated = заменено с по-ново
status-cancelled = отменено
report-channel = { $channel }: { $planned ->
    [one] получено на { NUM($reached) } от { NUM($planned) } адрес
   *[other] получено на { NUM($reached) } от { NUM($planned) } адреса
}
report-to-go = { "  " }чакат: { NUM($count) }
report-held = { "  " }{ $count ->
    [one] { NUM($count) } адрес ще го получи по-късно – с обобщение или след тихите часове
   *[other] { NUM($count) } адреса ще го получат по-късно – с обобщение или след тихите часове
}
report-merged = { "  " }съобщено в обобщение: { NUM($count) }
report-uncertain = { "  " }не се знае дали е получено: { NUM($count) }
report-gone = { "  " }адресът вече не съществува или ни е блокирал: { NUM($count) }
report-failed = { "  " }отхвърлени от канала: { NUM($count) }
report-late = { "  " }неизпратени, защото срокът е изтекъл или предупреждението е заменено: { NUM($count) }
report-times = { "  " }половината за { NUM($half) } s, 95 % за { NUM($most) } s, всички за { NUM($all) } s
report-stopped = { $channel }: разпращането спря, защото каналът отхвърля това съобщение за всички получатели: { $why } Отстранете причината, после пуснете „glas resume“.
