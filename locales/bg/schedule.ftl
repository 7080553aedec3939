### Разписанията: какво се изпраща по календара, кога, и какво, ако закъснее.

## Кога.

schedule-once = веднъж, на { MOMENT($at) }
schedule-rule = { $days } в { $times } ч.
schedule-expression = по израза „{ $text }“
schedule-in-zone = { $rule } (по часовника в зона { $zone })
schedule-every-day = всеки ден
schedule-workdays = всеки делник
schedule-weekly = { $day ->
        [wed] всяка сряда
        [sat] всяка събота
        [sun] всяка неделя
        [mon] всеки понеделник
        [tue] всеки вторник
        [thu] всеки четвъртък
       *[other] всеки петък
    }
schedule-weekly-several = всяка седмица { $first ->
        [tue] във
       *[other] в
    } { $days }
schedule-weekday = { $day ->
        [mon] понеделник
        [tue] вторник
        [wed] сряда
        [thu] четвъртък
        [fri] петък
        [sat] събота
       *[other] неделя
    }
schedule-monthly = всеки месец на { $day ->
        [1] първо
        [2] второ
        [3] трето
        [21] двайсет и първо
        [22] двайсет и второ
        [23] двайсет и трето
        [31] трийсет и първо
       *[other] { NUM($day) }
    } число
schedule-monthly-several = всеки месец на { $days } число
schedule-yearly = всяка година на { $dates }
schedule-date = { NUM($day) } { $month }
schedule-nth = { $nth ->
        [1] { $day ->
            [wed] първата
            [sat] първата
            [sun] първата
           *[other] първия
        }
        [2] { $day ->
            [wed] втората
            [sat] втората
            [sun] втората
           *[other] втория
        }
        [3] { $day ->
            [wed] третата
            [sat] третата
            [sun] третата
           *[other] третия
        }
       *[other] { $day ->
            [wed] четвъртата
            [sat] четвъртата
            [sun] четвъртата
           *[other] четвъртия
        }
    } { schedule-weekday } на месеца
schedule-in-months = { $days }, само през { $months },
schedule-month = { $month ->
        [1] януари
        [2] февруари
        [3] март
        [4] април
        [5] май
        [6] юни
        [7] юли
        [8] август
        [9] септември
        [10] октомври
        [11] ноември
       *[other] декември
    }
schedule-turn = { WEEKDAY($at) }, { MOMENT($at) }
schedule-turn-moved = { $when } (вместо в { $clock }, защото стрелките се местят напред)
schedule-turn-once = { $when } (стрелките се местят назад и { $clock } идва два пъти, важи първият)

## Списъкът.

schedule-none = Няма разписания. Ново се прави с „glas schedule add“.
schedule-line = { $name } – { $rule }
schedule-line-drill = { $name } (учение) – { $rule }
schedule-detail = образец: { $template }; автор: { $author }; номер: { $number }
schedule-detail-approved = образец: { $template }; автор: { $author }; цялата поредица е одобрена от: { $approver }; номер: { $number }
schedule-zone = Часовете са по часовника на града: { $zone }.
schedule-no-next = Повече няма.

## Докъде е стигнало.

schedule-never-yet = Още не му е идвало времето.
schedule-paused = Спряно е временно.
schedule-paused-last = Спряно е временно. { $last }
schedule-last-sent = Последно: { MOMENT($at) } – изпратено
schedule-last-waits = Последно: { MOMENT($at) } – чака втори човек. Вижте го: glas alert preview { $draft }
schedule-last-asked = Последно: { MOMENT($at) } – закъсня и чака Вашето решение. Изпратете го: glas alert submit { $draft }; или го пропуснете: glas schedule skip { $schedule }
schedule-last-returned = Последно: { MOMENT($at) } – върнато на автора: glas alert preview { $draft }
schedule-last-left-out = Последно: { MOMENT($at) } – пропуснато, не беше изпратено
schedule-last-failed = Последно: { MOMENT($at) } – не можа да бъде изпратено. { $why }
schedule-last-over = Последно: { MOMENT($at) } – пропуснато: срокът му изтече, докато ботът не работеше
schedule-over = Ботът не работеше, когато трябваше да го изпрати, а срокът му вече изтече.

## Когато закъснее или не може да се изпрати.

schedule-late = Не беше изпратено навреме: { $name }
schedule-late-when = По разписанието „{ $schedule }“ трябваше да се изпрати на { MOMENT($at) }, но тогава ботът не работеше.
schedule-late-missed = { $missed ->
        [one] Преди него пропуснахме още едно. За него няма да питаме.
       *[other] Преди него пропуснахме още { NUM($missed) }. За тях няма да питаме.
    }
schedule-late-ask = Да го изпратим ли сега?
schedule-button-now = Изпратете го сега
schedule-button-skip = Пропуснете го
schedule-chat-skipped = Пропуснато е. Следващото ще се изпрати по разписание.
schedule-could-not = „{ $schedule }“ не можа да бъде изпратено на { MOMENT($at) }

## Какво е станало.

schedule-added = Разписанието „{ $name }“ е записано под номер { $number }.
schedule-first = За първи път: { $when }
schedule-calls-nobody = Ще се изпраща автоматично.
schedule-calls-unless = Всеки път ще чака одобрение от втори човек и ще го викаме за това. За да се изпраща автоматично, втори човек одобрява цялата поредица веднъж: glas schedule approve { $number }
schedule-calls-always = Всеки път ще чака втори човек: толкова сериозно предупреждение не се одобрява предварително.
schedule-done-pause = Спряно е временно. Продължава с „glas schedule resume { $name }“.
schedule-done-resume = Продължава. Пропуснатото междувременно няма да се изпрати.
schedule-done-remove = Премахнато е.
schedule-done-approve = Цялата поредица е одобрена. Всяка промяна в нея се прави като ново разписание и се одобрява отново.
schedule-done-skip = Пропуснато е. Следващото ще се изпрати по разписание.

## Защо нещо не става.

schedule-wrong-fields = { $count ->
        [one] Изразът има едно поле, а трябва да са пет
       *[other] Изразът има { NUM($count) } полета, а трябва да са пет
    }: минута, час, ден от месеца, месец, ден от седмицата (или шест, със секундите отпред). Например „30 7 * * 2“ е всеки вторник в 7:30 ч.
schedule-wrong-field = В полето за { $field ->
        [second] секунди („{ $text }“) се пише число от 0 до 59
        [minute] минути („{ $text }“) се пише число от 0 до 59
        [hour] час („{ $text }“) се пише число от 0 до 23
        [day] ден от месеца („{ $text }“) се пише число от 1 до 31
        [month] месец („{ $text }“) се пише число от 1 до 12 или Jan до Dec
       *[other] ден от седмицата („{ $text }“) се пише число от 0 до 7 (неделя е 0 и 7) или Sun до Sat
    }, няколко със запетая, диапазон с тире, „*“ за всички, „*/10“ за всяко десето. Например „30 7 * * 2“ е всеки вторник в 7:30 ч.
schedule-wrong-days = Денят от месеца и денят от седмицата не се пишат заедно: едни програми ги разбират като „или“, други като „и“. Направете две разписания. За първия понеделник от месеца пишете „0 11 1-7 * 1“, за втория „8-14“, за третия „15-21“, за четвъртия „22-28“.
schedule-wrong-never = Такъв ден няма в никоя година. Проверете деня от месеца и месеца.
schedule-wrong-once = „{ $text }“ не е ден и час. Пишете ги така: 2026-12-01 10:00 или 01.12.2026 10:00.
schedule-wrong-zone = „{ $text }“ не е часова зона. Пишете името ѝ както в базата на IANA, например Europe/Sofia.
schedule-wrong-name = Името е от букви, цифри, тирета и точки, без интервали, с поне една буква и до { $most } знака, например „otpadaci-lyulin“.
schedule-wrong-past = Този ден и час вече отминаха.
schedule-wrong-often = Едно разписание може да се повтаря най-много веднъж на час.
schedule-wrong-dated = При повтарящо се съобщение не се пише дата: „from“ и „until“ са само с час („18:00“), „днес 18:00“ или „утре 18:00“. Броят се от всяко изпращане.
schedule-wrong-when = Кажете кога: --cron "30 7 * * 2" за което се повтаря или --at "2026-12-01 10:00" за което става веднъж.
schedule-name-taken = Вече има разписание „{ $name }“. Изберете друго име или първо премахнете старото.
schedule-many = Разписанията са твърде много. Премахнете някое, което вече не е нужно.
schedule-unknown = Няма такова разписание. Списъкът е в „glas schedule“.
schedule-not-on = То не се изпълнява сега. Вижте „glas schedule“.
schedule-not-paused = То не е спряно.
schedule-own = Вие сте го направили, а одобрява втори човек.
schedule-by-number = Одобрява се точно този текст, затова посочете номера му. Прегледайте го с „glas schedule show { $name }“ и напишете „glas schedule approve { $number }“.
schedule-nothing-late = Няма закъсняло, което да чака решение.

## Проверката.

schedule-doctor = „{ $name }“: { $what }
schedule-doctor-overdue = времето му мина, а не е изпратено. Работи ли „glas run“?

## В протокола, след името на човека или на разписанието.

schedule-history-add = направи разписанието
schedule-history-pause = го спря временно
schedule-history-resume = го пусна отново
schedule-history-remove = го премахна
schedule-history-fire = се задейства навреме
schedule-history-late = закъсня и попита дежурните
schedule-history-failed = не можа да изпрати нищо
schedule-history-over = не изпрати нищо, защото срокът беше изтекъл
schedule-history-skip = пропусна закъснялото
