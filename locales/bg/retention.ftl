### Почистването: какво е надживяло срока си, както го чете операторът.

retention-would = Това би се изтрило сега; нищо не е променено:
retention-went = Изтрито:
retention-before = преди { MOMENT($at) }
retention-number = { NUM($number) }
retention-elsewhere = Почистването вече върви в друг процес. Опитайте пак след минута; нищо не е загубено.
retention-run = { MOMENT($at) }
retention-nothing = { "  " }нямаше нищо за изтриване
retention-never = Досега не е имало почистване. То става по разписанието в bot.toml, докато работи „glas run“.

retention-departed = Адреси, които са спрели, напуснали са или вече ги няма
retention-visitors = Адреси, които са писали, но не са се записали
retention-events = Белези за обработени съобщения
retention-forms = Изоставени формуляри
retention-requests = Непотвърдени заявки по имейл
retention-confirmed-requests = Потвърдени заявки по имейл
retention-answers = Отговори и други писма до един човек
retention-deliveries = Кой какво предупреждение е получил
retention-quotas = Броячи срещу злоупотреби
retention-replays = Заявки на програми с отговорите им
retention-reports = Отчети за почистването
