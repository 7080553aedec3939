//! Letters of the conversation as a mail has them, for whoever reads them there.

use std::time::Duration;

use glas::on;
use glas::outbox::Lane;
use glas::outbox::post::{self, Post};
use glas::outbox::row::Worded;

use super::{Reader, town};
use crate::town::{Base, Town, on_both};

on_both!(the_mails_in_bulgarian, the_mails_in_english);

/// The last answer, sent by mail to `number`; what they read, without the addresses of links.
async fn mailed(town: &Town, number: u64) -> String {
    let to = format!("resident{number}@example.org");
    let mut tx = town.db.begin().await.expect("the database");
    let last = "select l.worded from letter l join delivery d on d.letter = l.id join address a on a.id = d.address
        where a.channel = 'telegram' and d.lane = 1 order by l.id desc limit 1";
    let (worded,): (String,) =
        on!(&mut tx, c => sqlx::query_as(last).fetch_one(c).await.expect("a letter"));
    let worded = Worded::from_json(&worded).expect("a letter");
    let now = town.clock.now();
    let post = Post {
        worded: &worded,
        lane: Lane::Reply,
        created: now,
        expires: now.plus(Duration::from_hours(1)),
        thread: None,
    };
    let address = town
        .count(&format!("select id from address where handle = '{to}'"))
        .await;
    let posted = post::reply(&mut tx, &post, address, None, None).await;
    tx.commit().await.expect("the database");
    posted.expect("posted");
    let before = town.inbox("email", &to).len();
    let read = town.reads("email", &to, before + 1).await;
    let text = read.last().expect("a mail");
    let lines = text.lines().filter(|line| !line.is_empty());
    let plain = lines.map(|line| line.split("http").next().unwrap_or_default().trim_end());
    plain.collect::<Vec<_>>().join("\n")
}

async fn the_mails_in_bulgarian(base: Base) {
    let town = town(base).await;
    let reader = Reader::new(&town, "bg");
    town.subscribe("email", "resident50@example.org", "bg")
        .await;
    reader.says("/start lyulin").await;
    reader.taps("Готово").await;
    reads!(
        mailed(&town, 50).await,
        "
    Готово, записани сте
    Къде: район Люлин
    Теми: всичко без Паркиране, Култура и Спорт
    Сериозност: всички, и дребните
    Кога: веднага
    Тихи часове: няма
    Ето какво има там сега:
    • Сериозна опасност: Силна гръмотевична буря – до 17 юни 2026 г., 18:00 ч.
    Можете да промените всичко със /settings или да спрете със /stop.
    "
    );
    reader.says("/now").await;
    reads!(
        mailed(&town, 50).await,
        "
    Актуални предупреждения за Вас
    • Сериозна опасност: Силна гръмотевична буря – до 17 юни 2026 г., 18:00 ч.
    "
    );
    reader.says("/privacy").await;
    reads!(mailed(&town, 50).await, "
    Как пазим данните Ви
    Пазим профила, от който пишете, езика и избора Ви, кога сте се съгласили и какво сме Ви изпратили. Правим го в изпълнение на обществена задача на града, а за всичко извън нея – с Вашето съгласие.
    Съобщенията вижда и мрежата, през която минават. Не даваме данни на никого другиго.
    По всяко време можете да видите всичко с /mydata и да го изтриете с /forget.
    ");
    reader.says("/stop").await;
    reads!(mailed(&town, 50).await, "
    Съобщенията са спрени. Пазим избора Ви, в случай че се върнете. Ако искате да…
    Съобщенията са спрени. Пазим избора Ви, в случай че се върнете. Ако искате да го изтрием, изпратете /forget.
    ");
    town.end().await;
}

async fn the_mails_in_english(base: Base) {
    let town = town(base).await;
    let reader = Reader::new(&town, "en");
    town.subscribe("email", "resident51@example.org", "en")
        .await;
    reader.says("/start lyulin").await;
    reader.taps("Done").await;
    reads!(
        mailed(&town, 51).await,
        "
    Done, you are subscribed
    Where: Lyulin district
    Topics: all but Parking, Culture and Sports
    Seriousness: all, the minor ones too
    When: at once
    Quiet hours: none
    This is on there now:
    • Serious danger: Severe thunderstorm – until 17 June 2026, 18:00
    You can change everything with /settings, or stop with /stop.
    "
    );
    reader.says("/now").await;
    reads!(
        mailed(&town, 51).await,
        "
    Alerts in force for you
    • Serious danger: Severe thunderstorm – until 17 June 2026, 18:00
    "
    );
    reader.says("/privacy").await;
    reads!(mailed(&town, 51).await, "
    How we treat your data
    We keep the account you write from, your language, your choice, when you agreed, and what we sent you. We do so to carry out a public task of the city, and for anything beyond that with your consent.
    The network that carries the messages sees them too. We give data to nobody else.
    At any time you can see everything with /mydata and erase it with /forget.
    ");
    reader.says("/stop").await;
    reads!(mailed(&town, 51).await, "
    The messages are stopped. We keep your choice in case you come back. To have…
    The messages are stopped. We keep your choice in case you come back. To have it erased, send /forget.
    ");
    town.end().await;
}
