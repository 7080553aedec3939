//! What programs are told when something is not right, in both languages.

use reqwest::Method;
use serde_json::{Value, json};

use super::desk::storm;
use super::{Book, CHIEF, DISPATCH, Program, UNKNOWN, VIEWER, town};
use crate::town::{Base, Cap, on_both};

on_both!(
    problems_are_told_in_plain_words,
    fields_are_told_one_by_one,
    facts_are_checked_as_for_people,
);

const DRAFTS: &str = "/api/v1/drafts";
const JSON: (&str, &str) = ("content-type", "application/json");

/// Every problem that is easily had: the same requests in each language.
async fn troubles(chief: &Program, others: [&Program; 2]) -> Vec<String> {
    let [dispatch, viewer] = others;
    let key = chief.key();
    let keyed = ("idempotency-key", key.as_str());
    let post = |body: &str| (Method::POST, body.to_owned());
    let mut all = vec![];
    for (who, path, headers, (method, body)) in [
        (
            chief,
            "/api/v1/me?as=mayor",
            vec![],
            (Method::GET, String::new()),
        ),
        (chief, "/api/v1/alerts/1/cancel", vec![keyed], post("{}")),
        (chief, DRAFTS, vec![keyed, JSON], post("{\"facts\": }")),
        (chief, DRAFTS, vec![JSON], post("{}")),
        (
            dispatch,
            "/api/v1/drafts/1/approve",
            vec![keyed, JSON],
            post("{}"),
        ),
        (
            viewer,
            DRAFTS,
            vec![keyed, JSON],
            post(&storm().to_string()),
        ),
        (
            chief,
            "/api/v1/nothing",
            vec![],
            (Method::GET, String::new()),
        ),
        (
            chief,
            "/api/v1/drafts/1",
            vec![],
            (Method::GET, String::new()),
        ),
        (
            chief,
            "/api/v1/alerts/x",
            vec![],
            (Method::GET, String::new()),
        ),
        (chief, "/api/v1/me", vec![], (Method::DELETE, String::new())),
        (
            chief,
            DRAFTS,
            vec![keyed, ("content-type", "text/csv")],
            post("a,b"),
        ),
        (
            chief,
            DRAFTS,
            vec![keyed, ("content-type", "text/xml")],
            post("<a/>"),
        ),
        (
            chief,
            DRAFTS,
            vec![keyed, JSON],
            post(&"[".repeat(65 * 1024)),
        ),
    ] {
        let body = Some(body).filter(|body| !body.is_empty());
        all.push(told(&who.ask(method, path, &headers, body).await));
    }
    all
}

/// A problem as its reader sees it.
fn told(problem: &super::program::Answer) -> String {
    let kind = problem.text("type").replace("urn:glas:problem:", "");
    format!(
        "{} {kind}: {}\n   {}",
        problem.status,
        problem.text("title"),
        problem.text("detail")
    )
}

async fn problems_are_told_in_plain_words(base: Base) {
    let town = town(base).await;
    let book = Book::default();
    let names = [CHIEF, DISPATCH, VIEWER];
    let [chief, dispatch, viewer] = names.map(|token| book.program(&town, token));
    let mut said = vec![];
    for lang in ["bg", "en"] {
        let (dispatch, viewer) = (dispatch.reading(lang), viewer.reading(lang));
        let mut all = troubles(&chief.reading(lang), [&dispatch, &viewer]).await;
        for token in ["", UNKNOWN, super::PAST] {
            let who = book.program(&town, token).reading(lang);
            let who = if token.is_empty() {
                who.without_token()
            } else {
                who
            };
            let answer = who.get("/api/v1/me").await;
            assert_eq!(answer.header("content-language"), lang);
            assert_eq!(answer.header("vary"), "accept-language");
            all.push(told(&answer));
        }
        said.push(all.join("\n"));
    }
    insta::allow_duplicates! {
        insta::assert_snapshot!(said[0], @r#"
        400 parameters: Заявката не беше разбрана
           Не разбрахме заявката и нищо не е направено. Тук никой адрес не приема параметри след „?“; какво приема всеки, пише в описанието на /api/v1/openapi.json.
        400 body: Тук не се приема съдържание
           Заявката носи съдържание, а този адрес не приема такова. Нищо не е направено. Изпратете я без него.
        400 json: Съдържанието не е JSON
           Четенето спря на ред 1, знак 11: написаното там не е JSON. Нищо не е направено. Проверете кавичките, запетаите и скобите на това място.
        400 idempotency-key: Липсва Idempotency-Key
           Всяка промяна изисква точно една заглавка Idempotency-Key с 1 до 100 видими знака, например UUID, нов за всяка промяна. Без него повторение след прекъсната връзка може да стане второ предупреждение. Нищо не е направено.
        403 scope: Ключът не е за това
           За това е нужен ключ с право „decide“, а Вашият има: read, draft. Нищо не е направено. Който поддържа bot.toml, може да добави правото.
        403 role: Ролята Ви не позволява това
           Вашата роля е „наблюдател“, а за това е нужна поне „модератор“. Обърнете се към човек с тази роля.
        404 not-found: На този адрес няма нищо
           Няма такъв адрес и нищо не е направено. Всички адреси са в описанието на /api/v1/openapi.json.
        404 no-such-draft: Няма такава чернова
           Няма чернова с този номер и нищо не е направено. GET /api/v1/drafts показва тези, които се пишат или чакат.
        404 no-such-alert: Няма такова предупреждение
           Няма предупреждение с този номер и нищо не е направено. GET /api/v1/alerts показва тези от последните 30 дни.
        405 method: Адресът е за други методи
           Този адрес приема: GET, HEAD. Нищо не е направено.
        415 media-type: Този вид съдържание не се приема тук
           Нищо не е направено. Изпратете JSON като application/json; новата чернова може да е и CAP съобщение, изпратено като application/cap+xml.
        422 cap: CAP съобщението не може да се използва
           Файлът не е предупреждение: започва с „a“. Ако е емисия (feed), подайте предупрежденията, към които препраща.
        413 too-large: Съдържанието е твърде голямо
           Съдържанието е над 64 KB за JSON или над 1 MB за CAP. Нищо не е направено. Изпратете по-кратко.
        401 no-token: Липсва ключ за достъп
           Без ключ не се влиза. Изпратете го като „Authorization: Bearer glas_…“. Ключ се прави с „glas token new“.
        401 wrong-token: Непознат ключ за достъп
           Ключът не е сред тези в bot.toml или част от него се е изгубила при преписването. Нищо не е направено. Сравнете го с показаното от „glas token new“ или направете нов; ботът чете bot.toml, когато се пуска.
        401 expired-token: Ключът за достъп е изтекъл
           Последният ден на този ключ е минал. Нищо не е направено. Направете нов с „glas token new“ и сложете редовете му в bot.toml.
        "#);
        insta::assert_snapshot!(said[1], @r#"
        400 parameters: The request was not understood
           The request was not understood, and nothing was done. No address here takes parameters after “?”; the description at /api/v1/openapi.json says what each takes.
        400 body: This takes no body
           The request came with a body, and this address takes none. Nothing was done. Send it without.
        400 json: The body is not JSON
           Reading stopped at line 1, column 11: what stands there is not JSON. Nothing was done. Check quotes, commas and brackets there.
        400 idempotency-key: The Idempotency-Key is missing
           What changes something needs exactly one header Idempotency-Key of 1 to 100 visible characters, such as a UUID, made new for each change. Without it a repeat after a lost connection could become a second alert. Nothing was done.
        403 scope: The token is not for this
           This needs a token with the scope “decide”; yours has: read, draft. Nothing was done. Whoever keeps bot.toml can add it.
        403 role: Your role does not allow this
           Your role is “viewer”; this needs at least “moderator”. Ask somebody who has it.
        404 not-found: There is nothing at this address
           There is no such address in the API, and nothing was done. The description at /api/v1/openapi.json lists all of them.
        404 no-such-draft: There is no such draft
           There is no draft of this number, and nothing was done. GET /api/v1/drafts lists those that are being written or wait.
        404 no-such-alert: There is no such alert
           There is no alert of this number, and nothing was done. GET /api/v1/alerts lists those of the last 30 days.
        405 method: The address is for other methods
           This address takes: GET, HEAD. Nothing was done.
        415 media-type: The content type is not taken here
           Nothing was done. Send JSON as application/json; a new draft may also be a CAP message, sent as application/cap+xml.
        422 cap: The CAP message cannot be used
           The file is not an alert: it begins with “a”. If it is a feed, give the alerts it links to.
        413 too-large: The body is too large
           The body is larger than 64 KB of JSON or 1 MB of CAP. Nothing was done. Send a shorter one.
        401 no-token: A token is missing
           Nobody is let in without a token. Send it as “Authorization: Bearer glas_…”; “glas token new” makes one.
        401 wrong-token: The token is not known
           The token is none of those in bot.toml, or a part of it was lost in copying. Nothing was done. Compare it with what “glas token new” showed, or make a new one; the bot reads bot.toml when it starts.
        401 expired-token: The token has expired
           The last day of this token is over. Nothing was done. Make a new one with “glas token new” and put its lines into bot.toml.
        "#);
    }
    book.holds(&town).await;
    town.end().await;
}

/// What is wrong with which fields.
async fn errors(program: &Program, body: Value) -> String {
    let problem = program.post(DRAFTS, body).await.told(422, "fields");
    let errors = problem.json["errors"].as_array().expect("errors").iter();
    let lines = errors.map(|error| {
        let text = |name: &str| error[name].as_str().expect("a text").to_owned();
        format!("{}: {}", text("pointer"), text("detail"))
    });
    lines.collect::<Vec<_>>().join("\n")
}

async fn fields_are_told_one_by_one(base: Base) {
    let town = town(base).await;
    let book = Book::default();
    let dispatch = book.program(&town, DISPATCH);
    let wrong = json!({
        "dril": true,
        "drill": "yes",
        "facts": {
            "template": "wather",
            "place": { "around": { "point": "Люлин", "radius": 1.5 } },
            "until": "утре",
            "number": "5",
            "contact": 7,
            "text": { "bg": "Спира\u{0}водата", "български": "…" },
            "severity": "extreme",
            "emergency": 1,
        },
    });
    let bulgarian = errors(&dispatch, wrong.clone()).await;
    let english = errors(&dispatch.reading("en"), wrong).await;
    insta::allow_duplicates! {
        insta::assert_snapshot!(bulgarian, @r#"
        #/drill: Тук се очаква true или false, без кавички.
        #/facts/template: „wather“ не е познато тук. Познати са: water, heating, power, road, air, storm, flood, school, evacuation, event, all-clear и free.
        #/facts/place/around/point: „Люлин“ не е точка. Напишете географската ширина и дължина така: 42.6977,23.3219.
        #/facts/place/around/radius: Тук се очаква цяло число, без кавички.
        #/facts/until: Тук се очаква момент по RFC 3339, с часовата разлика: 2026-11-26T18:00:00+02:00.
        #/facts/contact: Тук се очаква текст в кавички.
        #/facts/number: Тук се очаква цяло число, без кавички.
        #/facts/text/bg: От управляващите знаци текстът може да съдържа само нов ред и табулация.
        #/facts/text/български: Няма език с такъв код. Кодът е от две или три букви: bg, en.
        #/facts/severity: „extreme“ не е познато тук. Познати са: Extreme, Severe, Moderate и Minor.
        #/facts/emergency: Тук се очаква true или false, без кавички.
        #/dril: Тук няма поле „dril“. Има: drill и facts.
        "#);
        insta::assert_snapshot!(english, @r#"
        #/drill: true or false belongs here, without quotes.
        #/facts/template: “wather” is not known here. Known are: water, heating, power, road, air, storm, flood, school, evacuation, event, all-clear and free.
        #/facts/place/around/point: “Люлин” is not a point. Write latitude and longitude like this: 42.6977,23.3219.
        #/facts/place/around/radius: A whole number belongs here, without quotes.
        #/facts/until: A moment belongs here as in RFC 3339, with its offset: 2026-11-26T18:00:00+02:00.
        #/facts/contact: A text belongs here, in quotes.
        #/facts/number: A whole number belongs here, without quotes.
        #/facts/text/bg: Of control characters a text may hold line breaks and tabs only.
        #/facts/text/български: No language has this tag. It is two or three letters: bg, en.
        #/facts/severity: “extreme” is not known here. Known are: Extreme, Severe, Moderate and Minor.
        #/facts/emergency: true or false belongs here, without quotes.
        #/dril: There is no field “dril” here. There are: drill and facts.
        "#);
    }
    for (body, says) in [
        (json!([]), "#: Тук се очаква обект с полета."),
        (json!({}), "#/facts: Това поле е задължително."),
        (
            json!({ "facts": {} }),
            "#/facts/template: Това поле е задължително.",
        ),
        (
            json!({ "facts": { "template": "water", "place": { "named": ["a"], "around": {} } } }),
            "#/facts/place: Мястото е",
        ),
        (
            json!({ "facts": { "template": "water", "place": { "named": [1] } } }),
            "#/facts/place/named/0: ",
        ),
        (
            json!({ "facts": { "template": "water", "place": { "address": {} } } }),
            "#/facts/place/address/line: ",
        ),
    ] {
        let said = errors(&dispatch, body).await;
        assert!(said.contains(says), "no „{says}“ in {said}");
    }
    assert_eq!(town.count("select count(*) from draft").await, 0);
    book.holds(&town).await;
    town.end().await;
}

async fn facts_are_checked_as_for_people(base: Base) {
    let town = town(base).await;
    let book = Book::default();
    let dispatch = book.program(&town, DISPATCH);
    let facts = json!({ "facts": {
        "template": "road", "place": { "named": ["Нарния", "Люлин"] }, "text": { "bg": "Само на български." },
        "cause": "dragon",
    } });
    let said = errors(&dispatch, facts).await;
    for part in [
        "#/facts/place: ",
        "„Нарния“",
        "#/facts/text: ",
        "#/facts/cause: „dragon“",
    ] {
        assert!(said.contains(part), "no „{part}“ in {said}");
    }
    // What is written, and cannot go out, says why when it is looked at and when it is submitted.
    let lost = Cap::new("lost").district("99999-99");
    let draft = dispatch.post_cap(lost.xml()).await.is(201);
    let preview = super::desk::below(draft.text("id"), "preview");
    let why = dispatch.get(&preview).await.told(409, "not-ready");
    let again = super::desk::done(&dispatch, draft.text("id"), "submit").await;
    assert_eq!(again.told(409, "not-ready").json, why.json);
    let doctype = "<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>".to_owned();
    dispatch.post_cap(doctype).await.told(422, "cap");
    book.holds(&town).await;
    town.end().await;
}
