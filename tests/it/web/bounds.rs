//! What a slow, huge or greedy client costs: itself, and nobody else.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use glas::base::clock::Clock;
use glas::web::{Bounds, serve};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinHandle;

use crate::town::{Base, PATIENCE, Plan, Town, until};

/// The town's pages on a port of their own, with other bounds.
struct Pages {
    at: SocketAddr,
    stop: watch::Sender<bool>,
    running: JoinHandle<()>,
}

impl Pages {
    async fn open(town: &Town, bounds: Bounds) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let at = listener.local_addr().expect("an address");
        let clock = Clock::system();
        let pages = town.loaded.pages(&town.db, &clock, Some(listener)).await;
        let pages = pages.expect("the pages").expect("they are on");
        let (stop, stopped) = watch::channel(false);
        let site = Arc::new(pages.site);
        let running = tokio::spawn(serve(pages.listener, site, bounds, stopped));
        Self { at, stop, running }
    }

    async fn connect(&self) -> TcpStream {
        TcpStream::connect(self.at).await.expect("a connection")
    }

    /// The status of a page, asked for by somebody else meanwhile.
    async fn still_answers(&self) -> u16 {
        let url = format!("http://{}/en/privacy", self.at);
        let answer = tokio::time::timeout(PATIENCE, reqwest::get(url)).await;
        answer
            .expect("in time")
            .expect("an answer")
            .status()
            .as_u16()
    }

    async fn close(self) {
        self.stop.send_replace(true);
        self.running.await.expect("it ends");
    }
}

async fn quiet_town() -> Town {
    let plan = Plan {
        web: true,
        channels: &[],
        ..Plan::default()
    };
    Town::build(Base::Sqlite, plan).await
}

/// Everything that comes until the other end closes.
async fn rest(stream: &mut TcpStream) -> String {
    let mut all = vec![];
    let read = tokio::time::timeout(PATIENCE, stream.read_to_end(&mut all)).await;
    // A reset is an end, too.
    let _ = read.expect("the connection ends");
    String::from_utf8_lossy(&all).into_owned()
}

fn impatient() -> Bounds {
    Bounds {
        silence: Duration::from_millis(300),
        request: Duration::from_millis(600),
        ..Bounds::default()
    }
}

#[tokio::test]
async fn who_is_slow_is_left_and_nobody_waits_for_them() {
    let town = quiet_town().await;
    let pages = Pages::open(&town, impatient()).await;
    let mut silent = pages.connect().await;
    let mut slow = pages.connect().await;
    slow.write_all(b"GET /en/privacy HTTP/1.1\r\nHost:")
        .await
        .expect("sent");
    let mut idle = pages.connect().await;
    idle.write_all(b"GET /health HTTP/1.1\r\nHost: x\r\n\r\n")
        .await
        .expect("sent");
    assert_eq!(pages.still_answers().await, 200);
    assert_eq!(rest(&mut silent).await, "");
    assert!(!rest(&mut slow).await.contains("200 OK"));
    // One answer, and then the silence was too long.
    assert_eq!(rest(&mut idle).await.matches("HTTP/1.1 200 OK").count(), 1);
    pages.close().await;
    town.end().await;
}

#[tokio::test]
async fn the_connections_are_counted() {
    let town = quiet_town().await;
    let bounds = Bounds {
        connections: 2,
        ..impatient()
    };
    let pages = Pages::open(&town, bounds).await;
    let mut greedy = vec![];
    for _ in 0..8 {
        greedy.push(pages.connect().await);
    }
    // Those who hold the places are silent too long, and the next one's turn comes.
    assert_eq!(pages.still_answers().await, 200);
    drop(greedy);
    pages.close().await;
    town.end().await;
}

#[tokio::test]
async fn a_huge_head_is_refused() {
    let town = quiet_town().await;
    let pages = Pages::open(&town, Bounds::default()).await;
    let mut huge = pages.connect().await;
    let head = format!(
        "GET /en HTTP/1.1\r\nHost: x\r\nCookie: {}\r\n\r\n",
        "x".repeat(100_000)
    );
    // It may be cut off before all is sent.
    let _ = huge.write_all(head.as_bytes()).await;
    let answer = rest(&mut huge).await;
    assert!(
        answer.is_empty() || answer.starts_with("HTTP/1.1 431 "),
        "{answer}"
    );
    assert_eq!(pages.still_answers().await, 200);
    pages.close().await;
    town.end().await;
}

#[tokio::test]
async fn an_answer_under_way_is_finished_at_the_end() {
    let town = quiet_town().await;
    let pages = Pages::open(&town, Bounds::default()).await;
    let mut open = pages.connect().await;
    open.write_all(b"GET /health HTTP/1.1\r\nHost: x\r\n\r\n")
        .await
        .expect("sent");
    let mut first = [0; 12];
    open.read_exact(&mut first).await.expect("an answer");
    assert_eq!(&first, b"HTTP/1.1 200");
    let at = pages.at;
    let closed = tokio::spawn(pages.close());
    assert!(rest(&mut open).await.contains("\"database\":true"));
    closed
        .await
        .expect("it closes at once, with a client still there");
    until("the port is free", async || {
        TcpStream::connect(at).await.is_err()
    })
    .await;
    town.end().await;
}
