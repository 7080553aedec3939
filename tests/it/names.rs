//! A DNS server that knows nothing but TXT records, as many of each name as a story publishes.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use tokio::net::UdpSocket;
use tokio::task::JoinHandle;

type Records = Arc<Mutex<HashMap<String, Vec<String>>>>;

/// The TXT type and the IN class (RFC 1035 §3.2).
const TXT: [u8; 4] = [0, 16, 0, 1];
/// An answer, recursion asked for and had; with NXDOMAIN (RFC 1035 §4.1.1).
const FOUND: [u8; 2] = [0x81, 0x80];
const NO_SUCH_NAME: [u8; 2] = [0x81, 0x83];

/// A running server.
pub struct Names {
    address: SocketAddr,
    records: Records,
    serving: JoinHandle<()>,
}

impl Names {
    pub async fn start() -> Self {
        let socket = UdpSocket::bind("127.0.0.1:0").await.expect("a free port");
        let address = socket.local_addr().expect("an address");
        let records = Records::default();
        let serving = tokio::spawn(serve(socket, records.clone()));
        Self {
            address,
            records,
            serving,
        }
    }

    /// Where it listens, as `--nameserver` takes it.
    pub fn address(&self) -> String {
        self.address.to_string()
    }

    /// Publishes these texts at `name` in place of those before.
    pub fn publish(&self, name: &str, texts: &[&str]) {
        let texts = texts.iter().map(|text| (*text).to_owned()).collect();
        let mut records = self.records.lock().expect("the records");
        records.insert(name.to_owned(), texts);
    }
}

impl Drop for Names {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

async fn serve(socket: UdpSocket, records: Records) {
    let mut packet = [0; 1500];
    while let Ok((length, from)) = socket.recv_from(&mut packet).await {
        let answer = answer(&packet[..length], &records.lock().expect("the records"));
        socket.send_to(&answer, from).await.expect("a way back");
    }
}

fn answer(question: &[u8], records: &HashMap<String, Vec<String>>) -> Vec<u8> {
    let mut labels = vec![];
    let mut at = 12;
    while question[at] != 0 {
        let end = at + 1 + usize::from(question[at]);
        labels.push(String::from_utf8_lossy(&question[at + 1..end]).to_lowercase());
        at = end;
    }
    let asked = &question[12..at + 5];
    let texts = records
        .get(&labels.join("."))
        .filter(|texts| !texts.is_empty());
    let texts = texts.filter(|_| asked.ends_with(&TXT));
    let count = texts.map_or(0, Vec::len);
    let mut answer = question[..2].to_vec();
    answer.extend(if texts.is_some() { FOUND } else { NO_SUCH_NAME });
    answer.extend([0, 1, 0, u8::try_from(count).expect("few"), 0, 0, 0, 0]);
    answer.extend_from_slice(asked);
    for text in texts.into_iter().flatten() {
        let pieces = text.as_bytes().chunks(255);
        let data: Vec<u8> = pieces
            .flat_map(|piece| {
                let length = u8::try_from(piece.len()).expect("a short piece");
                std::iter::once(length).chain(piece.iter().copied())
            })
            .collect();
        // The name of the question, TXT, IN, a minute, the length of what follows.
        answer.extend([0xc0, 12]);
        answer.extend(TXT);
        answer.extend([0, 0, 0, 60]);
        answer.extend(
            u16::try_from(data.len())
                .expect("a short text")
                .to_be_bytes(),
        );
        answer.extend(data);
    }
    answer
}
