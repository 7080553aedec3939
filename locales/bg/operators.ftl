### Хората, които работят с предупреждения, както ги описва „glas doctor“.

doctor-operators = Предупреждения: за одобрение можем да повикаме { $count ->
    [one] { NUM($count) } профил или роля
   *[other] { NUM($count) } профила и роли
}.
doctor-operators-nobody = Предупреждения: няма кого да повикаме да одобри и чакащото за втори човек остава незабелязано. Дайте профил в bot.toml на някого с роля „approver“ или задайте operators_channel в [discord].
doctor-operators-fault = Предупреждения: никой не може да работи с тях, докато не поправите bot.toml: { $value }
doctor-discord-operators = Discord: в канала { $value } не можем да повикаме никого: няма го в сървъра от guild или ботът не го вижда. Поправете operators_channel в [discord] или пуснете бота в канала.
