### Докъде е стигнало разпращането, отчетът след него и знакът върху старото съобщение.

## Над старото съобщение, щом новото е дошло.

mark-cancelled = Отменено в { TIME($at) } – вижте новото съобщение.
mark-cancelled-later = Отменено на { MOMENT($at) } Вижте новото съобщение.
mark-updated = Обновено в { TIME($at) } – вижте новото съобщение.
mark-updated-later = Обновено на { MOMENT($at) } Вижте новото съобщение.

## Заглавия.

progress-going = Разпраща се: { $name }
progress-over = Отчет за „{ $name }“
progress-drill = Тече учение: { $name }
progress-drill-over = Отчет за учението: { $name }

## Общо.

progress-reached = { $planned ->
    [one] Получено е на { NUM($reached) } от { NUM($planned) } адрес.
   *[other] Получено е на { NUM($reached) } от { NUM($planned) } адреса.
}
progress-reached-times = { progress-reached } Половината го получиха за { $half }, 95 % – за { $most }, всички – за { $all }.
progress-reached-at-once = { progress-reached } Всички го получиха за { $all }.
progress-to-go = { $count ->
    [one] Остава { NUM($count) } адрес: още около { $time }.
   *[other] Остават { NUM($count) } адреса: още около { $time }.
}
progress-to-go-somehow = { $count ->
    [one] Остава { NUM($count) } адрес. Още не може да се каже колко време ще отнеме.
   *[other] Остават { NUM($count) } адреса. Още не може да се каже колко време ще отнеме.
}
lasting-moment = по-малко от секунда
lasting-seconds = { $count ->
    [one] { NUM($count) } секунда
   *[other] { NUM($count) } секунди
}
lasting-minutes = { $count ->
    [one] { NUM($count) } минута
   *[other] { NUM($count) } минути
}
lasting-hours = { $count ->
    [one] { NUM($count) } час
   *[other] { NUM($count) } часа
}

## По канали.

progress-joined = { $first }; { $next }
progress-n-reached = получено на { NUM($reached) } от { NUM($planned) }
progress-n-to-go = { $count ->
    [one] остава { NUM($count) }
   *[other] остават { NUM($count) }
}
progress-n-held = { $count ->
    [one] { NUM($count) } ще го получи по-късно
   *[other] { NUM($count) } ще го получат по-късно
}
progress-n-blocked = { $count ->
    [one] { NUM($count) } ни е блокирал или вече го няма
   *[other] { NUM($count) } са ни блокирали или вече ги няма
}
progress-n-bounced = { $count ->
    [one] { NUM($count) } е отказан
   *[other] { NUM($count) } са отказани
}
progress-n-gone = { $count ->
    [one] { NUM($count) } се е отписал междувременно
   *[other] { NUM($count) } са се отписали междувременно
}
progress-n-uncertain = за { NUM($count) } не се знае
progress-n-superseded = на { NUM($count) } не е пращано, защото има по-ново
progress-n-expired = на { NUM($count) } не е пращано, защото срокът изтече

## Какво стои и какво да се направи.

progress-stands = { $channel } не разпраща: { $why } Отстранете причината; останалите съобщения тръгват сами веднага след това.
progress-nobody = По { $channel } в момента никой не разпраща. Проверете дали „glas run“ работи и дали каналът е включен; съобщенията чакат.

## Какво значат числата.

progress-means-blocked = { $count ->
    [one] Един адрес ни е блокирал или вече не съществува. Такива адреси се изключват сами; от Вас не се иска нищо.
   *[other] { NUM($count) } адреса са ни блокирали или вече не съществуват. Такива адреси се изключват сами; от Вас не се иска нищо.
}
progress-means-bounced = { $count ->
    [one] Един адрес е отказан от самия канал. Причината: „{ $why }“. Няма да опитваме отново.
   *[other] { NUM($count) } адреса са отказани от самия канал. Най-честата причина: „{ $why }“. Няма да опитваме отново.
}
progress-means-gone = { $count ->
    [one] Един човек е спрял съобщенията, преди да го получи.
   *[other] { NUM($count) } души са спрели съобщенията, преди да го получат.
}
progress-means-uncertain = { $count ->
    [one] За един адрес не се знае дали го е получил: връзката прекъсна точно тогава. Не го пращаме втори път, за да не дойде двойно.
   *[other] За { NUM($count) } адреса не се знае дали са го получили: връзката прекъсна точно тогава. Не го пращаме втори път, за да не дойде двойно.
}
progress-means-held = { $count ->
    [one] Един адрес ще го получи по-късно – с обобщение или след тихите часове.
   *[other] { NUM($count) } адреса ще го получат по-късно – с обобщение или след тихите часове.
}
progress-means-superseded = { $count ->
    [one] На един адрес не е изпратено, защото преди това излезе по-ново съобщение.
   *[other] На { NUM($count) } адреса не е изпратено, защото преди това излезе по-ново съобщение.
}
progress-means-expired = { $count ->
    [one] На един адрес не е изпратено, защото срокът му изтече преди това.
   *[other] На { NUM($count) } адреса не е изпратено, защото срокът му изтече преди това.
}

## Бутоните под отчета.

progress-button-report = Отчет
