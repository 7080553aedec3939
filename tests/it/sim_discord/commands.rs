//! Commands: registered in languages, refused by the platform's rules, typed by people.

use glas::sandbox::discord::{BOT, Impossible};
use reqwest::Method;
use serde_json::{Value, json};

use super::{CHANNEL, GUILD, Place, RESIDENT};

pub(super) fn start() -> Value {
    json!({"name": "start", "type": 1, "description": "Subscribe",
        "name_localizations": {"bg": "старт"},
        "description_localizations": {"bg": "Абонамент"}})
}

impl Place {
    pub(super) async fn register(&self, commands: Value) -> super::Answer {
        let path = format!("/applications/{BOT}/commands");
        self.ask(Method::PUT, &path, Some(commands)).await
    }
}

#[tokio::test]
async fn commands_are_overwritten_edited_and_listed() {
    let place = Place::open().await;
    let path = format!("/applications/{BOT}/commands");
    let put = place.register(json!([start()])).await;
    assert_eq!(
        (put.status, &put.body[0]["name_localizations"]["bg"]),
        (200, &json!("старт"))
    );
    let id = put.body[0]["id"].clone();
    let again = place
        .register(json!([start(), {"name": "stop", "description": "End"}]))
        .await;
    assert_eq!(again.body[0]["id"], id);
    assert_eq!(place.discord.commands().len(), 2);

    let plain = place.get(&path).await;
    assert_eq!(plain.body[0].get("name_localizations"), None);
    let worded = place.get(&format!("{path}?with_localizations=true")).await;
    assert_eq!(worded.body[0]["name_localizations"]["bg"], "старт");

    let known = place.post(&path, start()).await;
    assert_eq!((known.status, &known.body["id"]), (200, &id));
    let new = place
        .post(&path, json!({"name": "help", "description": "Help"}))
        .await;
    assert_eq!(new.status, 201);
    let one = format!("{path}/{}", new.id());
    let edited = place
        .ask(Method::PATCH, &one, Some(json!({"description": "More"})))
        .await;
    assert_eq!(edited.body["description"], "More");
    assert_eq!(place.ask(Method::DELETE, &one, None).await.status, 204);
    assert_eq!(place.get(&one).await.code(), 10063);
    let of_town = format!("/applications/{BOT}/guilds/{GUILD}/commands");
    assert_eq!(
        place.post(&of_town, start()).await.body["guild_id"],
        GUILD.to_string()
    );
    assert_eq!(place.get("/applications/5/commands").await.code(), 10002);
}

#[tokio::test]
async fn bad_commands_are_refused_where_they_are_wrong() {
    let place = Place::open().await;
    let option = |name: &str, required: bool| json!({"type": 3, "name": name, "description": "x", "required": required});
    let options = |list: Value| json!({"name": "x", "description": "x", "options": list});
    for (command, at) in [
        (json!({"name": "Start", "description": "x"}), "/0/name"),
        (json!({"name": "Старт", "description": "x"}), "/0/name"),
        (json!({"name": "two words", "description": "x"}), "/0/name"),
        (
            json!({"name": "я".repeat(33), "description": "x"}),
            "/0/name",
        ),
        (json!({"name": "x"}), "/0/description"),
        (
            json!({"name": "x", "description": "д".repeat(101)}),
            "/0/description",
        ),
        (
            json!({"name": "x", "description": "x", "name_localizations": {"bg-BG": "х"}}),
            "/0/name_localizations/bg-BG",
        ),
        (
            json!({"name": "x", "description": "x", "name_localizations": {"bg": "Ха"}}),
            "/0/name_localizations/bg",
        ),
        (
            json!({"name": "x", "description": "x", "colour": 1}),
            "/0/colour",
        ),
        (
            options(json!([option("a", false), option("b", true)])),
            "/0/options/1",
        ),
        (
            options(json!([option("a", true), option("a", true)])),
            "/0/options/1/name",
        ),
        (
            options(json!([{"type": 99, "name": "a", "description": "x"}])),
            "/0/options/0/type",
        ),
    ] {
        let answer = place.register(json!([command])).await;
        assert_eq!(answer.code(), 50035, "{at}");
        let errors = &answer.body["errors"];
        assert!(
            errors.pointer(&format!("{at}/_errors/0")).is_some(),
            "{at}: {errors}"
        );
    }
    let twice = place.register(json!([start(), start()])).await;
    let code = twice.body["errors"].pointer("/1/name/_errors/0/code");
    assert_eq!(code, Some(&json!("APPLICATION_COMMANDS_DUPLICATE_NAME")));
    assert!(place.discord.commands().is_empty());
}

#[tokio::test]
async fn people_type_what_is_registered_in_any_of_its_languages() {
    let place = Place::open().await;
    let nobody = place.discord.command(RESIDENT, CHANNEL, "/start", &[]);
    assert_eq!(nobody, Err(Impossible::NoSuchCommand("start".to_owned())));
    let mut where_ = json!({"name": "where", "description": "Find", "contexts": [0],
        "options": [{"type": 3, "name": "text", "description": "x", "required": true,
            "name_localizations": {"bg": "текст"}}]});
    place.register(json!([start(), where_.take()])).await;
    let deaf = place.discord.command(RESIDENT, CHANNEL, "/start", &[]);
    assert_eq!(deaf, Err(Impossible::NobodyListens));

    let mut gateway = place.listen(1).await;
    place
        .discord
        .command(RESIDENT, CHANNEL, "/старт", &[])
        .unwrap();
    let asked = gateway.until("INTERACTION_CREATE").await;
    assert_eq!(
        (&asked["type"], &asked["data"]["name"]),
        (&json!(2), &json!("start"))
    );
    assert_eq!(
        (&asked["locale"], &asked["guild_locale"]),
        (&json!("bg"), &json!("bg"))
    );
    assert_eq!(asked["member"]["user"]["id"], RESIDENT.to_string());
    assert!(asked["app_permissions"].is_string() && asked.get("user").is_none());

    let direct = place.discord.dm(RESIDENT).unwrap();
    place
        .discord
        .command(RESIDENT, direct, "start", &[])
        .unwrap();
    let asked = gateway.until("INTERACTION_CREATE").await;
    assert_eq!(asked["user"]["id"], RESIDENT.to_string());
    assert!(asked.get("guild_id").is_none() && asked.get("member").is_none());

    let word = json!("дружба");
    place
        .discord
        .command(RESIDENT, CHANNEL, "/where", &[("текст", word.clone())])
        .unwrap();
    let asked = gateway.until("INTERACTION_CREATE").await;
    let given = json!([{"name": "text", "type": 3, "value": word}]);
    assert_eq!(asked["data"]["options"], given);

    let bad = |name: &str| Err(Impossible::BadOption(name.to_owned()));
    assert_eq!(
        place.discord.command(RESIDENT, CHANNEL, "/where", &[]),
        bad("text")
    );
    let number = [("text", json!(5))];
    assert_eq!(
        place.discord.command(RESIDENT, CHANNEL, "/where", &number),
        bad("text")
    );
    let elsewhere = place
        .discord
        .command(RESIDENT, direct, "/where", &[("text", word)]);
    assert!(matches!(elsewhere, Err(Impossible::NoSuchCommand(_))));
    assert_eq!(
        place.discord.command(99, CHANNEL, "/start", &[]),
        Err(Impossible::NotThere)
    );
}
