//! The gateway: who is let in, what they hear, and how a broken line is taken up again.

use std::time::Duration;

use glas::sandbox::discord::{BOT, GatewayTrouble};
use serde_json::json;

use super::commands::start;
use super::{CHANNEL, GUILD, Gateway, PATIENCE, Place, RESIDENT, TOKEN};

const GUILDS: u64 = 1;
const GUILD_MESSAGES: u64 = 1 << 9;
const DIRECT_MESSAGES: u64 = 1 << 12;
const MESSAGE_CONTENT: u64 = 1 << 15;

#[tokio::test]
async fn a_bot_that_identifies_itself_is_told_of_its_servers() {
    let place = Place::open().await;
    let told = place.get("/gateway/bot").await;
    assert_eq!(told.body["url"], place.discord.gateway_url());
    assert_eq!(told.body["session_start_limit"]["remaining"], 1000);
    let mut gateway = Gateway::connect(&place.discord).await;
    assert_eq!(gateway.hello["d"]["heartbeat_interval"], 41_250);
    gateway.say(json!({"op": 1, "d": null})).await;
    assert_eq!(gateway.next().await.unwrap()["op"], 11);
    gateway.identify(TOKEN, GUILDS).await;
    let ready = gateway.next().await.unwrap();
    assert_eq!((&ready["t"], &ready["s"]), (&json!("READY"), &json!(1)));
    assert_eq!(
        ready["d"]["resume_gateway_url"],
        place.discord.gateway_url()
    );
    assert_eq!(ready["d"]["application"]["id"], BOT.to_string());
    let unavailable = json!([{"id": GUILD.to_string(), "unavailable": true}]);
    assert_eq!(ready["d"]["guilds"], unavailable);
    let guild = gateway.until("GUILD_CREATE").await;
    assert_eq!(guild["channels"][0]["id"], CHANNEL.to_string());
    gateway.identify(TOKEN, GUILDS).await;
    assert_eq!(gateway.end().await, 4005);
}

#[tokio::test]
async fn whoever_does_not_fit_is_shown_the_door_with_a_reason() {
    let place = Place::open().await;
    let identify = |token: &str, intents: serde_json::Value| json!({"op": 2, "d": {"token": token, "intents": intents, "properties": {}}});
    for (payload, code) in [
        (identify("other", json!(1)), 4004),
        (identify(TOKEN, json!(MESSAGE_CONTENT)), 4014),
        (identify(TOKEN, json!(1_u64 << 40)), 4013),
        (identify(TOKEN, json!(null)), 4013),
        (json!({"op": 2, "d": {"token": TOKEN, "intents": 1}}), 4002),
        (json!({"op": 3, "d": {}}), 4003),
        (json!({"op": 77}), 4001),
        (json!({"op": 1, "d": "x".repeat(5000)}), 4002),
    ] {
        let mut gateway = Gateway::connect(&place.discord).await;
        gateway.say(payload).await;
        assert_eq!(gateway.end().await, code);
    }
    place
        .discord
        .gateway(GatewayTrouble::RefuseIdentify(4000, 1));
    let mut refused = Gateway::connect(&place.discord).await;
    refused.identify(TOKEN, 1).await;
    assert_eq!(refused.end().await, 4000);
    place.discord.grant_intents(MESSAGE_CONTENT);
    place.listen(MESSAGE_CONTENT).await;
    let old = format!("{}/?v=6", place.discord.gateway_url());
    let (socket, _) = tokio_tungstenite::connect_async(old).await.unwrap();
    let hello = json!(null);
    assert_eq!(Gateway { socket, hello }.end().await, 4012);
}

#[tokio::test]
async fn too_much_talk_is_cut_off() {
    let place = Place::open().await;
    let mut gateway = Gateway::connect(&place.discord).await;
    for _ in 0..121 {
        gateway.say(json!({"op": 1, "d": null})).await;
    }
    assert_eq!(gateway.end().await, 4008);
}

#[tokio::test]
async fn what_people_write_is_hidden_unless_it_is_meant_for_the_bot() {
    let place = Place::open().await;
    let mut gateway = place.listen(GUILD_MESSAGES | DIRECT_MESSAGES).await;
    let direct = place.discord.dm(RESIDENT).unwrap();
    let call = format!("<@{BOT}> вода?");
    place.discord.say(RESIDENT, CHANNEL, "тайна").unwrap();
    place.discord.say(RESIDENT, CHANNEL, &call).unwrap();
    place.discord.say(RESIDENT, direct, "здравей").unwrap();
    place.send(json!({"content": "ours"})).await;
    for content in ["", &call, "здравей", "ours"] {
        assert_eq!(gateway.until("MESSAGE_CREATE").await["content"], content);
    }
    place.discord.grant_intents(MESSAGE_CONTENT);
    let mut reading = place.listen(GUILD_MESSAGES | MESSAGE_CONTENT).await;
    place.discord.say(RESIDENT, direct, "не се чува").unwrap();
    place.discord.say(RESIDENT, CHANNEL, "тайна").unwrap();
    let heard = reading.until("MESSAGE_CREATE").await;
    assert_eq!(heard["content"], "тайна");
    assert_eq!(heard["guild_id"], GUILD.to_string());
}

/// Connects anew and asks for what came after `seen`.
async fn resume(place: &Place, session: &serde_json::Value, seen: u64) -> Gateway {
    let mut gateway = Gateway::connect(&place.discord).await;
    let data = json!({"token": TOKEN, "session_id": session, "seq": seen});
    gateway.say(json!({"op": 6, "d": data})).await;
    gateway
}

#[tokio::test]
async fn a_broken_line_is_taken_up_where_it_broke() {
    let place = Place::open().await;
    place.register(json!([start()])).await;
    let mut gateway = Gateway::connect(&place.discord).await;
    gateway.identify(TOKEN, 0).await;
    let session = gateway.until("READY").await["session_id"].clone();
    place.discord.gateway(GatewayTrouble::Cut);
    assert_eq!(gateway.end().await, 1006);
    assert_eq!(place.discord.listening(), 0);
    place
        .discord
        .command(RESIDENT, CHANNEL, "/start", &[])
        .unwrap();
    let mut again = resume(&place, &session, 1).await;
    let missed = again.next().await.unwrap();
    assert_eq!(
        (&missed["t"], &missed["s"]),
        (&json!("INTERACTION_CREATE"), &json!(2))
    );
    assert_eq!(again.next().await.unwrap()["t"], "RESUMED");
    assert_eq!(place.discord.identified(), 1);

    place.discord.stop().await;
    assert_eq!(again.end().await, 1006);
    place.discord.start_again().await.unwrap();
    let mut after = resume(&place, &session, 3).await;
    assert_eq!(after.next().await.unwrap()["t"], "RESUMED");

    let mut liar = resume(&place, &session, 99).await;
    assert_eq!(liar.end().await, 4007);
    let mut stranger = resume(&place, &json!("nobody"), 1).await;
    assert_eq!(stranger.next().await.unwrap()["op"], 9);
    stranger.identify(TOKEN, 0).await;
    stranger.until("READY").await;
}

#[tokio::test]
async fn a_client_that_says_goodbye_ends_its_session() {
    let place = Place::open().await;
    let mut gateway = place.listen(0).await;
    gateway.socket.close(None).await.unwrap();
    let gone = |discord: &glas::sandbox::discord::Discord| discord.listening() == 0;
    assert!(place.discord.wait_until(PATIENCE, gone).await);
    place.register(json!([start()])).await;
    let nobody = place.discord.command(RESIDENT, CHANNEL, "/start", &[]);
    assert!(nobody.is_err());
}

#[tokio::test]
async fn the_gateway_misbehaves_on_demand() {
    let place = Place::open().await;
    let trouble = |trouble| place.discord.gateway(trouble);
    let mut gateway = place.listen(0).await;
    trouble(GatewayTrouble::Reconnect);
    assert_eq!(gateway.next().await.unwrap()["op"], 7);
    trouble(GatewayTrouble::InvalidSession { resumable: false });
    let invalid = gateway.next().await.unwrap();
    assert_eq!((&invalid["op"], &invalid["d"]), (&json!(9), &json!(false)));
    gateway.identify(TOKEN, 0).await;
    gateway.until("READY").await;
    trouble(GatewayTrouble::Close(4004));
    assert_eq!(gateway.end().await, 4004);
}

/// What comes between a heartbeat and the close that an unknown opcode brings.
async fn heartbeat(gateway: &mut Gateway) -> Vec<serde_json::Value> {
    gateway.say(json!({"op": 1, "d": null})).await;
    gateway.say(json!({"op": 77})).await;
    let mut heard = vec![];
    while let Ok(payload) = gateway.next().await {
        heard.push(payload["op"].clone());
    }
    heard
}

#[tokio::test]
async fn heartbeats_go_unheard_and_silence_loses_nothing() {
    let place = Place::open().await;
    let mut deaf = place.listen(0).await;
    place.discord.gateway(GatewayTrouble::NoAcknowledgement);
    assert!(heartbeat(&mut deaf).await.is_empty());

    place.discord.gateway(GatewayTrouble::Recover);
    let mut quiet = Gateway::connect(&place.discord).await;
    quiet.identify(TOKEN, GUILDS).await;
    let session = quiet.until("READY").await["session_id"].clone();
    quiet.until("GUILD_CREATE").await;
    place.discord.gateway(GatewayTrouble::Silence);
    place.discord.add_guild(900, "other", "bg");
    assert!(heartbeat(&mut quiet).await.is_empty());

    place.discord.gateway(GatewayTrouble::Recover);
    let mut again = resume(&place, &session, 2).await;
    assert_eq!(again.until("GUILD_CREATE").await["id"], "900");
    again.until("RESUMED").await;
    assert_eq!(heartbeat(&mut again).await, [11]);
}

#[tokio::test]
async fn a_client_without_a_heartbeat_is_taken_for_dead() {
    let place = Place::open().await;
    place.discord.set_heartbeat(Duration::from_millis(60));
    let mut gateway = place.listen(0).await;
    assert_eq!(gateway.end().await, 4009);
    assert_eq!(place.discord.listening(), 0);
}
