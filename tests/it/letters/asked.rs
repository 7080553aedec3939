//! What can be asked, and what is answered to what was not understood.

use glas::sandbox::telegram::Media;

use super::{Reader, text, town};
use crate::town::{Base, on_both};

on_both!(what_is_asked_in_bulgarian, what_is_asked_in_english);

async fn what_is_asked_in_bulgarian(base: Base) {
    let town = town(base).await;
    let reader = Reader::new(&town, "bg");
    reads!(
        reader.says("/help").await,
        "
    Какво можете да поискате
    • /start – Изберете за кои места да получавате предупреждения
    • /now – Вижте какви предупреждения има сега
    • /settings – Променете места, теми и часове
    • /pause – Спрете съобщенията за една седмица
    • /stop – Спрете съобщенията
    • /language – Сменете езика
    • /mydata – Вижте какво пазим за Вас
    • /forget – Изтрийте всичко, което пазим за Вас
    • /privacy – Как пазим данните Ви
    Можете и просто да напишете район, квартал или какво Ви интересува.
    При спешен случай се обадете на 112. Тук не приемаме спешни сигнали.
    telegram [Запишете ме][Какво има сега]
    telegram [English]
    discord [Запишете ме][Какво има сега]
    discord [English]
    "
    );
    reads!(reader.says("/privacy").await, "
    Как пазим данните Ви
    Пазим профила, от който пишете, езика и избора Ви, кога сте се съгласили и какво сме Ви изпратили. Правим го в изпълнение на обществена задача на града, а за всичко извън нея – с Вашето съгласие.
    Съобщенията вижда и мрежата, през която минават. Не даваме данни на никого другиго.
    По всяко време можете да видите всичко с /mydata и да го изтриете с /forget.
    telegram [Моите данни][Изтрийте всичко за мен]
    telegram [English]
    discord [Моите данни][Изтрийте всичко за мен]
    discord [English]
    ");
    reads!(
        reader.says("/now").await,
        "
    Актуални предупреждения за целия град
    • Сериозна опасност: Силна гръмотевична буря – до 17 юни 2026 г., 18:00 ч.
    telegram [Сериозна опасност: Силна гръмотевична буря]
    telegram [English]
    discord [Сериозна опасност: Силна гръмотевична буря]
    discord [English]
    "
    );
    reads!(
        reader.says("/now bankya").await,
        "
    Актуални предупреждения: район Банкя
    В момента няма предупреждения за район Банкя.
    telegram [За целия град]
    telegram [Пишете ми за район Банкя]
    telegram [English]
    discord [За целия град]
    discord [Пишете ми за район Банкя]
    discord [English]
    "
    );
    reads!(
        reader.says("/now atlantis").await,
        "
    Не намерих „atlantis“ в града. Опитайте с друго име на район или квартал.
    telegram [За целия град]
    discord [За целия град]
    "
    );
    reads!(reader.says("има пожар във входа").await, "
    Ако някой е в опасност, обадете се на 112
    Това е бот и тук никой не следи за спешни сигнали. Номер 112 е безплатен и отговаря денонощно, от всеки телефон.
    telegram [Какво има сега]
    telegram [English]
    discord [Какво има сега]
    discord [English]
    ");
    reads!(
        reader.says("нещо съвсем друго").await,
        "
    Не Ви разбрах. Напишете район или квартал или изберете оттук:
    telegram [Какво има сега][Настройки][Помощ]
    discord [Какво има сега][Настройки][Помощ]
    "
    );
    reads!(
        reader.says("Банкя").await,
        "
    Какво да направя за Вас?
    telegram [Какво има сега: Банкя]
    telegram [Пишете ми за Банкя]
    discord [Какво има сега: Банкя]
    discord [Пишете ми за Банкя]
    "
    );
    reads!(
        reader.says("кога ще дойде водата").await,
        "
    Вода – да видим ли какво има сега?
    telegram [Какво има сега]
    discord [Какво има сега]
    "
    );
    reads!(
        reader.says("преместих се").await,
        "
    Това ли търсите?
    telegram [Настройки]
    discord [Настройки]
    "
    );
    reads!(reader.says("/forget").await, "
    Да изтрия ли всичко за Вас?
    Изтривам избора Ви, съгласията и изпратеното; чакащите съобщения няма да пристигнат. Това не може да се отмени.
    telegram [Да, изтрийте всичко]
    telegram [Не, оставете всичко]
    telegram [Отказ]
    discord (Да, изтрийте всичко, Не, оставете всичко … 2)
    discord [Отказ]
    ");
    reads!(
        reader.taps("Не, оставете всичко").await,
        "
    Добре, нищо не променям.
    telegram [Запишете ме][Какво има сега]
    discord [Запишете ме][Какво има сега]
    "
    );
    town.telegram
        .send_media(42, 42, Media::Photo)
        .expect("sent");
    reads!(
        text(&reader.telegram.reads("снимката").await),
        "
    Благодаря за снимката, но засега не мога да я разгледам. Напишете ми с думи какво Ви интересува.
    "
    );
    town.telegram
        .send_media(42, 42, Media::Video)
        .expect("sent");
    reads!(
        text(&reader.telegram.reads("видеото").await),
        "
    Благодаря за видеото, но засега не мога да го изгледам. Напишете ми с думи какво Ви интересува.
    "
    );
    town.telegram
        .send_media(42, 42, Media::Voice)
        .expect("sent");
    reads!(text(&reader.telegram.reads("гласови").await), "
    Засега не мога да слушам гласови съобщения. Напишете ми го, моля. При спешен случай се обадете на 112.
    ");
    town.telegram
        .send_media(42, 42, Media::Sticker)
        .expect("sent");
    reads!(
        text(&reader.telegram.reads("натиснете").await),
        "
    Благодаря! Ако искате да видите какво има сега в града, натиснете бутона.
    "
    );
    town.telegram
        .send_media(42, 42, Media::Document)
        .expect("sent");
    reads!(
        text(&reader.telegram.reads("файла").await),
        "
    Благодаря за файла, но засега не мога да го отворя. Напишете ми с думи какво Ви интересува.
    "
    );
    town.telegram
        .send_media(42, 42, Media::Contact)
        .expect("sent");
    reads!(
        text(&reader.telegram.reads("телефонни").await),
        "
    Благодаря, но телефонни номера не ни трябват и не ги пазим.
    "
    );
    town.telegram.add_group(-700, "Вход Б");
    town.telegram
        .say(-700, 42, "/settings@glas_sandbox_bot")
        .expect("said");
    reads!(
        town.reads("telegram", "-700", 1).await.remove(0),
        "
    Това става само в личен разговор. Моля, пишете ми на лично.
    "
    );
    town.end().await;
}

async fn what_is_asked_in_english(base: Base) {
    let town = town(base).await;
    let reader = Reader::new(&town, "en");
    reads!(
        reader.says("/help").await,
        "
    What you can ask for
    • /start – Choose the places to get alerts for
    • /now – See what is on now
    • /settings – Change places, topics and times
    • /pause – Stop the messages for a week
    • /stop – Stop the messages
    • /language – Change the language
    • /mydata – See what we keep about you
    • /forget – Erase all that we keep about you
    • /privacy – How we treat your data
    You can also just write a district, a quarter, or what you want to know.
    In an emergency call 112. Urgent reports are not taken here.
    telegram [Subscribe][What is on now]
    telegram [Български]
    discord [Subscribe][What is on now]
    discord [Български]
    "
    );
    reads!(reader.says("/privacy").await, "
    How we treat your data
    We keep the account you write from, your language, your choice, when you agreed, and what we sent you. We do so to carry out a public task of the city, and for anything beyond that with your consent.
    The network that carries the messages sees them too. We give data to nobody else.
    At any time you can see everything with /mydata and erase it with /forget.
    telegram [My data][Erase all about me]
    telegram [Български]
    discord [My data][Erase all about me]
    discord [Български]
    ");
    reads!(
        reader.says("/now").await,
        "
    Alerts in force in the whole city
    • Serious danger: Severe thunderstorm – until 17 June 2026, 18:00
    telegram [Serious danger: Severe thunderstorm]
    telegram [Български]
    discord [Serious danger: Severe thunderstorm]
    discord [Български]
    "
    );
    reads!(
        reader.says("/now bankya").await,
        "
    Alerts in force: Bankya district
    There are no alerts for Bankya district right now.
    telegram [The whole city]
    telegram [Write to me about Bankya district]
    telegram [Български]
    discord [The whole city]
    discord [Write to me about Bankya district]
    discord [Български]
    "
    );
    reads!(
        reader.says("/now atlantis").await,
        "
    I did not find “atlantis” in the city. Try another name of a district or quarter.
    telegram [The whole city]
    discord [The whole city]
    "
    );
    reads!(reader.says("there is a fire in the building").await, "
    If somebody is in danger, call 112
    This is a bot, and nobody watches for emergencies here. 112 answers day and night, free of charge, from any phone.
    telegram [What is on now]
    telegram [Български]
    discord [What is on now]
    discord [Български]
    ");
    reads!(
        reader.says("something else entirely").await,
        "
    I did not understand you. Write a district or quarter, or choose from here:
    telegram [What is on now][Settings][Help]
    discord [What is on now][Settings][Help]
    "
    );
    reads!(
        reader.says("Bankya").await,
        "
    What shall I do for you?
    telegram [What is on now: Bankya]
    telegram [Write to me about Bankya]
    discord [What is on now: Bankya]
    discord [Write to me about Bankya]
    "
    );
    reads!(
        reader.says("when will the water be back").await,
        "
    Water – shall we see what is on now?
    telegram [What is on now]
    discord [What is on now]
    "
    );
    reads!(
        reader.says("i moved").await,
        "
    Is this what you are looking for?
    telegram [Settings]
    discord [Settings]
    "
    );
    reads!(reader.says("/forget").await, "
    Shall I erase everything about you?
    I erase your choice, your words of consent and what was sent; messages that wait will not arrive. This cannot be undone.
    telegram [Yes, erase everything]
    telegram [No, keep it]
    telegram [Cancel]
    discord (Yes, erase everything, No, keep it … 2)
    discord [Cancel]
    ");
    reads!(
        reader.taps("No, keep it").await,
        "
    All right, nothing has changed.
    telegram [Subscribe][What is on now]
    discord [Subscribe][What is on now]
    "
    );
    town.telegram
        .send_media(42, 42, Media::Photo)
        .expect("sent");
    reads!(text(&reader.telegram.reads("picture").await), "
    Thank you for the picture, but I cannot look at it yet. Please tell me in words what you want to know.
    ");
    town.telegram
        .send_media(42, 42, Media::Video)
        .expect("sent");
    reads!(text(&reader.telegram.reads("video").await), "
    Thank you for the video, but I cannot watch it yet. Please tell me in words what you want to know.
    ");
    town.telegram
        .send_media(42, 42, Media::Voice)
        .expect("sent");
    reads!(
        text(&reader.telegram.reads("voice").await),
        "
    I cannot listen to voice messages yet. Please write it to me. In an emergency call 112.
    "
    );
    town.telegram
        .send_media(42, 42, Media::Sticker)
        .expect("sent");
    reads!(
        text(&reader.telegram.reads("press the button").await),
        "
    Thank you! If you want to see what is on in the city now, press the button.
    "
    );
    town.telegram
        .send_media(42, 42, Media::Document)
        .expect("sent");
    reads!(
        text(&reader.telegram.reads("the file").await),
        "
    Thank you for the file, but I cannot open it yet. Please tell me in words what you want to know.
    "
    );
    town.telegram
        .send_media(42, 42, Media::Contact)
        .expect("sent");
    reads!(
        text(&reader.telegram.reads("telephone").await),
        "
    Thank you, but we need no telephone numbers and do not keep them.
    "
    );
    town.telegram.add_group(-700, "Вход Б");
    town.telegram
        .say(-700, 42, "/settings@glas_sandbox_bot")
        .expect("said");
    reads!(
        town.reads("telegram", "-700", 1).await.remove(0),
        "
    This is only possible in a private conversation. Please write to me directly.
    "
    );
    town.end().await;
}
