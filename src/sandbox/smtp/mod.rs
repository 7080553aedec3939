//! A simulated mail server (RFC 5321): refuses what a strict one refuses, keeps the rest in the ledger.

mod auth;
mod faults;
mod mail;
mod path;
mod session;
mod tls;
mod transaction;
mod wire;

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Mutex, oneshot};
use tokio::task::{JoinHandle, JoinSet};

use super::ledger::Ledger;
use faults::Faults;
pub use faults::{Effect, Fault, Step};

/// How a simulated server behaves as long as no fault is set.
#[derive(Debug, Clone)]
pub struct Settings {
    /// How connections are encrypted.
    pub security: Security,
    /// The name and password that must be given before a mail is taken; `None`: anybody may send.
    pub account: Option<(String, String)>,
    /// The most bytes a message may have (SIZE, RFC 1870).
    pub max_size: usize,
    /// The most recipients of one message (RFC 5321 §4.5.3.1.8 asks for at least 100).
    pub max_recipients: usize,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            security: Security::None,
            account: None,
            max_size: 10 * 1024 * 1024,
            max_recipients: 100,
        }
    }
}

/// How connections are encrypted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Security {
    /// Not at all.
    None,
    /// From the command STARTTLS on (RFC 3207).
    StartTls,
    /// From the first byte (RFC 8314).
    Tls,
}

/// A running simulated mail server; clones share it.
#[derive(Clone)]
pub struct Smtp(Arc<Server>);

struct Server {
    host: Arc<Host>,
    address: SocketAddr,
    running: Mutex<Option<Running>>,
}

struct Running {
    stop: oneshot::Sender<()>,
    ended: JoinHandle<()>,
}

/// What all connections share.
struct Host {
    ledger: Ledger,
    settings: Settings,
    faults: Faults,
    identity: tls::Identity,
}

impl Smtp {
    /// Listens on `listen` (port 0: any free one) and writes everything down in `ledger`.
    ///
    /// # Errors
    /// The address cannot be had, or no certificate could be made.
    pub async fn start(ledger: Ledger, listen: SocketAddr, settings: Settings) -> io::Result<Self> {
        let listener = TcpListener::bind(listen).await?;
        let address = listener.local_addr()?;
        let host = Arc::new(Host {
            ledger,
            settings,
            faults: Faults::default(),
            identity: tls::Identity::new(address.ip()).map_err(io::Error::other)?,
        });
        let running = Mutex::new(Some(Running::start(listener, host.clone())));
        Ok(Self(Arc::new(Server {
            host,
            address,
            running,
        })))
    }

    /// Where it listens; the same after [`Smtp::start_again`].
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.0.address
    }

    /// The certificate authority to trust, in PEM; made anew with every [`Smtp::start`].
    #[must_use]
    pub fn ca_pem(&self) -> &str {
        &self.0.host.identity.ca_pem
    }

    /// Adds a fault; of several that fit a moment, the oldest strikes.
    pub fn add_fault(&self, fault: Fault) {
        self.0.host.faults.add(fault);
    }

    /// Takes all faults away; a connection that one has silenced stays silent.
    pub fn clear_faults(&self) {
        self.0.host.faults.clear();
    }

    /// Stops listening and cuts every connection; what was accepted stays in the ledger.
    pub async fn stop(&self) {
        if let Some(running) = self.0.running.lock().await.take() {
            running.stop().await;
        }
    }

    /// Listens again on the same port, with the same certificate and faults.
    ///
    /// # Errors
    /// Somebody else has taken the port.
    pub async fn start_again(&self) -> io::Result<()> {
        let mut running = self.0.running.lock().await;
        if running.is_none() {
            let listener = TcpListener::bind(self.0.address).await?;
            *running = Some(Running::start(listener, self.0.host.clone()));
        }
        Ok(())
    }
}

impl Running {
    fn start(listener: TcpListener, host: Arc<Host>) -> Self {
        let (stop, stopped) = oneshot::channel();
        let ended = tokio::spawn(accept(listener, host, stopped));
        Self { stop, ended }
    }

    async fn stop(self) {
        // Either may be gone already when the runtime is shutting down.
        let _ = self.stop.send(());
        let _ = self.ended.await;
    }
}

/// Takes connections until told to stop, or until every handle is gone; then cuts them all.
async fn accept(listener: TcpListener, host: Arc<Host>, mut stopped: oneshot::Receiver<()>) {
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            _ = &mut stopped => break,
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => {
                    connections.spawn(welcome(stream, host.clone()));
                }
                // Out of file descriptors: give connections a moment to end.
                Err(_) => tokio::time::sleep(Duration::from_millis(20)).await,
            },
            Some(_) = connections.join_next() => {}
        }
    }
    drop(listener);
    connections.shutdown().await;
}

/// Serves one connection; how it ended is for the other side to judge.
async fn welcome(stream: TcpStream, host: Arc<Host>) {
    let _ = stream.set_nodelay(true);
    let _ = session::serve(stream, &host).await;
}
