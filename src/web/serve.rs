//! The listener: connections are taken, bounded in number, size and time, and ended in order.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, watch};
use tokio::task::JoinSet;

use super::guard::Peer;
use super::{Site, router};
use crate::features::alert::cap;

/// What one client may cost.
#[derive(Debug, Clone, Copy)]
pub struct Bounds {
    /// The most bytes of a request's body.
    pub body: usize,
    /// The most of one that a program sends: a CAP message.
    pub document: usize,
    /// The most bytes of a request's head.
    pub head: usize,
    /// How long a client may take for the head of a request, and stay silent between two.
    pub silence: Duration,
    /// How long an answer may take, the reading of the request's body included.
    pub request: Duration,
    /// After how long a connection is closed behind the answer under way.
    pub connection: Duration,
    /// The most connections at once; further ones wait.
    pub connections: usize,
}

impl Default for Bounds {
    fn default() -> Self {
        Self {
            body: 64 * 1024,
            document: cap::MAX_BYTES,
            head: 16 * 1024,
            silence: Duration::from_secs(10),
            request: Duration::from_secs(15),
            connection: Duration::from_mins(2),
            connections: 1024,
        }
    }
}

/// How long answers under way may take at the end.
const LAST_ANSWERS: Duration = Duration::from_secs(5);
/// How long a listener that failed (too many open files) rests.
const REST: Duration = Duration::from_millis(100);

/// Serves the site on `listener` until `stop` turns true; answers under way are finished.
pub async fn serve(
    listener: TcpListener,
    site: Arc<Site>,
    bounds: Bounds,
    mut stop: watch::Receiver<bool>,
) {
    let router = router(site, bounds);
    let places = Arc::new(Semaphore::new(bounds.connections));
    let mut connections = JoinSet::new();
    loop {
        // The semaphore is never closed.
        let Ok(place) = Arc::clone(&places).acquire_owned().await else {
            break;
        };
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            _ = stop.wait_for(|stop| *stop) => break,
        };
        // Those that have ended make room.
        while connections.try_join_next().is_some() {}
        match accepted {
            Ok((stream, peer)) => {
                let (router, stop) = (router.clone(), stop.clone());
                connections.spawn(async move {
                    converse(stream, peer, router, bounds, stop).await;
                    drop(place);
                });
            }
            Err(why) => {
                tracing::warn!("no connection could be taken: {why}");
                tokio::time::sleep(REST).await;
            }
        }
    }
    drop(listener);
    let ended = async { while connections.join_next().await.is_some() {} };
    if tokio::time::timeout(LAST_ANSWERS, ended).await.is_err() {
        tracing::warn!("some answers on the web could not be finished in time");
    }
}

/// Answers the requests of one connection.
async fn converse(
    stream: TcpStream,
    peer: SocketAddr,
    router: axum::Router,
    bounds: Bounds,
    mut stop: watch::Receiver<bool>,
) {
    // Without it answers only leave later.
    let _ = stream.set_nodelay(true);
    let service = service_fn(move |mut request: hyper::Request<Incoming>| {
        request.extensions_mut().insert(Peer(peer.ip()));
        let mut router = router.clone();
        async move { tower_service::Service::call(&mut router, request).await }
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(bounds.silence)
        .max_buf_size(bounds.head)
        .serve_connection(TokioIo::new(stream), service);
    let mut connection = std::pin::pin!(connection);
    tokio::select! {
        // What goes wrong on a connection is the client's to know.
        _ = connection.as_mut() => return,
        _ = stop.wait_for(|stop| *stop) => {}
        () = tokio::time::sleep(bounds.connection) => {}
    }
    connection.as_mut().graceful_shutdown();
    // A client that does not read its answer is not waited for.
    let _ = tokio::time::timeout(bounds.request, connection).await;
}
