### Данните на един човек, в ръцете на длъжностното лице по защита на данните.

person-channel = Няма канал „{ $value }“; очаква се telegram, discord или email.
person-unknown = Няма нищо за { $handle } в { $channel }.
person-forgotten-before = Няма нищо за { $handle } в { $channel }: този адрес вече е поискал да бъде забравен.
person-confirm = Ще бъде изтрито всичко за { $handle }, без връщане назад. За потвърждение напишете адреса още веднъж:
person-not-forgotten = Адресът не съвпада. Нищо не е изтрито.
person-forgotten = Изтрит е { $handle } в { $channel }:
person-erased-subscriptions = { "  " }абонаменти: { NUM($count) }
person-erased-consents = { "  " }записи за съгласие: { NUM($count) }
person-erased-letters = { "  " }изпратени или чакащи съобщения: { NUM($count) }
person-erased-forms = { "  " }недовършени формуляри: { NUM($count) }
person-erased-requests = { "  " }заявки по имейл: { NUM($count) }
person-kept = Остават броят на изпратените съобщения, за да излизат сметките, и отпечатък на адреса, за да не го запише отново стар списък. По отпечатъка адресът не може да се възстанови.
person-backups = Резервните копия не се променят: ако възстановите някое, изтрийте адреса отново.
