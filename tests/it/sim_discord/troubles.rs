//! Rates and ordered faults: what a client sees when it is too fast or the network is not well.

use std::time::{Duration, Instant};

use glas::sandbox::discord::{Rates, Scope, Trouble};
use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use super::{CHANNEL, GUILD, PATIENCE, Place, TOKEN};

fn hello() -> serde_json::Value {
    json!({"content": "x"})
}

#[tokio::test]
async fn too_many_messages_in_a_channel_have_to_wait() {
    let place = Place::open().await;
    place.discord.set_rates(Some(Rates {
        global_per_second: 1000,
        ..Rates::default()
    }));
    let first = place.send(hello()).await;
    assert_eq!(first.header("x-ratelimit-limit"), "5");
    assert_eq!(first.header("x-ratelimit-remaining"), "4");
    for _ in 0..4 {
        assert_eq!(place.send(hello()).await.status, 200);
    }
    let over = place.send(hello()).await;
    assert_eq!(over.status, 429);
    assert_eq!(over.header("x-ratelimit-scope"), "user");
    assert_eq!(over.header("x-ratelimit-remaining"), "0");
    assert_eq!(over.body["global"], false);
    let wait = over.body["retry_after"].as_f64().unwrap();
    assert!(wait > 0.0 && wait <= 5.0, "{wait}");
    assert!(over.header("retry-after").parse::<f64>().unwrap() >= wait);

    place.discord.add_channel(GUILD, 600, "other");
    let other = place.post("/channels/600/messages", hello()).await;
    assert_eq!(other.status, 200);
    assert_eq!(
        other.header("x-ratelimit-bucket"),
        over.header("x-ratelimit-bucket")
    );
    let stranger = place
        .post("/interactions/1/1.a/callback", json!({"type": 6}))
        .await;
    assert_eq!(stranger.header("x-ratelimit-bucket"), "");
    place.discord.let_pass(Duration::from_secs(6));
    assert_eq!(place.send(hello()).await.status, 200);
    assert_eq!(place.seen().len(), 7);
}

#[tokio::test]
async fn ordered_limits_and_states_are_used_up_one_by_one() {
    let place = Place::open().await;
    for (scope, name) in [
        (Scope::Global, "global"),
        (Scope::User, "user"),
        (Scope::Shared, "shared"),
    ] {
        let retry_after = Duration::from_millis(1500);
        let limit = Trouble::TooMany { scope, retry_after };
        place.discord.trouble(limit, "POST /channels", Some(1));
        assert_eq!(place.get("/users/@me").await.status, 200);
        let told = place.send(hello()).await;
        assert_eq!((told.status, told.header("retry-after")), (429, "2"));
        assert_eq!(told.header("x-ratelimit-scope"), name);
        assert_eq!(told.body["retry_after"], 1.5);
        assert_eq!(told.body["global"], json!(scope == Scope::Global));
        let is_global = told.header("x-ratelimit-global") == "true";
        assert_eq!(is_global, scope == Scope::Global);
    }
    place.discord.trouble(Trouble::Status(503), "", None);
    for _ in 0..3 {
        assert_eq!(place.send(hello()).await.status, 503);
    }
    assert!(place.seen().is_empty());
    place.discord.heal();
    assert_eq!(place.send(hello()).await.status, 200);
}

#[tokio::test]
async fn a_reset_before_does_nothing_and_a_reset_after_has_done_it() {
    let place = Place::open().await;
    let path = format!("/channels/{CHANNEL}/messages");
    let post = || {
        place
            .request(reqwest::Method::POST, &path)
            .json(&hello())
            .send()
    };
    place.discord.trouble(Trouble::ResetBefore, "", Some(1));
    assert!(post().await.is_err());
    assert!(place.seen().is_empty());
    place.discord.trouble(Trouble::ResetAfter, "", Some(1));
    assert!(post().await.is_err());
    assert_eq!(place.seen().len(), 1);
    place.discord.trouble(Trouble::ResetOnAccept, "", Some(1));
    assert!(reqwest::get(place.discord.url()).await.is_err());
    assert_eq!(post().await.unwrap().status(), 200);
    let statuses: Vec<u16> = place.ledger.requests().iter().map(|r| r.status).collect();
    assert_eq!(statuses, [0, 200, 200]);
}

#[tokio::test]
async fn spoilt_answers_come_after_the_deed() {
    let place = Place::open().await;
    let path = format!("/channels/{CHANNEL}/messages");
    let post = || {
        place
            .request(reqwest::Method::POST, &path)
            .json(&hello())
            .send()
    };
    for trouble in [Trouble::Truncated, Trouble::Garbage] {
        place.discord.trouble(trouble, "", Some(1));
        let text = post().await.unwrap().text().await.unwrap();
        assert!(serde_json::from_str::<serde_json::Value>(&text).is_err());
    }
    place.discord.trouble(Trouble::Huge(3_000_000), "", Some(1));
    let huge = post().await.unwrap().bytes().await.unwrap();
    assert_eq!(huge.len(), 3_000_000);
    assert!(serde_json::from_slice::<String>(&huge).is_ok());
    let late = Trouble::Delay(Duration::from_millis(80));
    place.discord.trouble(late, "", Some(1));
    let before = Instant::now();
    assert_eq!(post().await.unwrap().status(), 200);
    assert!(before.elapsed() >= Duration::from_millis(80));
    assert_eq!(place.seen().len(), 4);
}

#[tokio::test]
async fn stopped_means_cut_and_started_again_means_the_same_place() {
    let place = Place::open().await;
    let address = place.discord.url().replace("http://", "");
    let mut line = TcpStream::connect(address).await.unwrap();
    let ask =
        format!("GET /api/v10/gateway HTTP/1.1\r\nhost: x\r\nauthorization: Bot {TOKEN}\r\n\r\n");
    line.write_all(ask.as_bytes()).await.unwrap();
    let mut start = [0; 15];
    line.read_exact(&mut start).await.unwrap();
    assert_eq!(&start, b"HTTP/1.1 200 OK");
    // Half a request is under way when the world ends.
    line.write_all(&ask.as_bytes()[..20]).await.unwrap();
    place.discord.stop().await;
    let mut rest = vec![];
    let end = tokio::time::timeout(PATIENCE, line.read_to_end(&mut rest)).await;
    assert!(end.expect("the line is still open").is_err());
    let refused = place.request(reqwest::Method::GET, "/gateway").send().await;
    assert!(refused.unwrap_err().is_connect());
    place.discord.start_again().await.unwrap();
    assert_eq!(place.send(hello()).await.status, 200);
    assert_eq!(place.discord.messages_of(CHANNEL).len(), 1);
}
