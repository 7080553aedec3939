//! A source on this machine: a plain HTTP server that says what a story wants and keeps what it was asked.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use glas::base::clock::Millis;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

use crate::town::until;

/// What is said at a path.
#[derive(Debug, Clone)]
pub enum Says {
    /// A document; with a tag, and then 304 to whoever knows it.
    Page(String, Option<&'static str>),
    /// A status with these headers and nothing else.
    Status(u16, &'static str),
    /// 302 to somewhere.
    To(String),
    /// The head of an answer, and then nothing any more.
    Stalls,
    /// An answer that never ends.
    Endless,
    /// These bytes.
    Raw(Vec<u8>),
}

/// What was asked.
#[derive(Debug, Clone)]
pub struct Asked {
    pub path: String,
    /// The head as it came, in small letters.
    pub head: String,
}

#[derive(Default)]
struct Inner {
    says: HashMap<String, Says>,
    asked: Vec<Asked>,
}

/// A running source; it ends with its story.
pub struct Source {
    pub address: SocketAddr,
    inner: Arc<Mutex<Inner>>,
    server: JoinHandle<()>,
}

impl Drop for Source {
    fn drop(&mut self) {
        self.server.abort();
    }
}

impl Source {
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let inner: Arc<Mutex<Inner>> = Arc::default();
        let shared = Arc::clone(&inner);
        let server = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(stream, Arc::clone(&shared)));
            }
        });
        Self {
            address,
            inner,
            server,
        }
    }

    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().expect("nobody fell over")
    }

    /// The address of a path.
    pub fn at(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    pub fn says(&self, path: &str, says: Says) {
        self.inner().says.insert(path.to_owned(), says);
    }

    pub fn page(&self, path: &str, text: impl Into<String>) {
        self.says(path, Says::Page(text.into(), None));
    }

    /// What was asked at a path, in order.
    pub fn asked(&self, path: &str) -> Vec<Asked> {
        let asked = self.inner().asked.clone().into_iter();
        asked.filter(|asked| asked.path == path).collect()
    }

    /// Waits until a path was asked for `count` times.
    pub async fn is_asked(&self, path: &str, count: usize) {
        until("the source is asked", async || {
            self.asked(path).len() >= count
        })
        .await;
    }
}

async fn serve(mut stream: TcpStream, inner: Arc<Mutex<Inner>>) {
    let mut head = vec![];
    while !head.ends_with(b"\r\n\r\n") && head.len() < 10_000 {
        match stream.read_u8().await {
            Ok(byte) => head.push(byte),
            Err(_) => return,
        }
    }
    let head = String::from_utf8_lossy(&head).into_owned();
    let path = head.split(' ').nth(1).unwrap_or_default().to_owned();
    let says = {
        let mut inner = inner.lock().expect("nobody fell over");
        let asked = Asked {
            path: path.clone(),
            head: head.to_lowercase(),
        };
        inner.asked.push(asked);
        inner.says.get(&path).cloned()
    };
    let answer = match says {
        None => b"HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\nconnection: close\r\n\r\n".to_vec(),
        Some(Says::Raw(bytes)) => bytes,
        Some(Says::Status(status, headers)) => {
            format!("HTTP/1.1 {status} No\r\n{headers}content-length: 0\r\nconnection: close\r\n\r\n")
                .into_bytes()
        }
        Some(Says::To(place)) => {
            format!("HTTP/1.1 302 Found\r\nlocation: {place}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n")
                .into_bytes()
        }
        Some(Says::Page(text, tag)) => {
            let tagged = tag.map_or(String::new(), |tag| format!("etag: \"{tag}\"\r\n"));
            let known = tag.is_some_and(|tag| head.contains(&format!("\"{tag}\"")));
            let text = if known { "" } else { &text };
            let status = if known { "304 Not Modified" } else { "200 OK" };
            format!(
                "HTTP/1.1 {status}\r\n{tagged}content-length: {}\r\nconnection: close\r\n\r\n{text}",
                text.len()
            )
            .into_bytes()
        }
        Some(Says::Stalls) => {
            let start = b"HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n<feed";
            let _ = stream.write_all(start).await;
            tokio::time::sleep(Duration::from_mins(5)).await;
            return;
        }
        Some(Says::Endless) => {
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n").await;
            let chunk = vec![b' '; 64 * 1024];
            // Until whoever reads it has had enough.
            while stream.write_all(&chunk).await.is_ok() {}
            return;
        }
    };
    let _ = stream.write_all(&answer).await;
}

/// An Atom feed as weather services have it: an entry for each area of each message.
pub fn index(messages: &[&str]) -> String {
    let entry = |name: &&str| {
        ["Люлин", "Банкя"].map(|area| {
            format!(
                "<entry><id>urn:{name}:{area}</id><title>{area}</title><cap:identifier>{name}</cap:identifier>\
                 <link type=\"application/cap+xml\" href=\"/cap/{name}\"/></entry>"
            )
        })
    };
    let entries: String = messages.iter().flat_map(entry).collect();
    format!(
        "<feed xmlns=\"http://www.w3.org/2005/Atom\" xmlns:cap=\"urn:oasis:names:tc:emergency:cap:1.2\">{entries}</feed>"
    )
}

/// A news feed.
pub fn news(items: &[(&str, &str, &str)], at: Millis) -> String {
    let at = at.utc().expect("a moment").to_rfc2822();
    let item = |(id, title, text): &(&str, &str, &str)| {
        format!(
            "<item><guid>{id}</guid><title>{title}</title><description>{text}</description><pubDate>{at}</pubDate></item>"
        )
    };
    let items: String = items.iter().map(item).collect();
    format!("<rss version=\"2.0\"><channel>{items}</channel></rss>")
}
