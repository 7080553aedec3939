//! Connections that can really be cut: the peer sees a reset, at once, whatever was under way.

use std::collections::HashMap;
use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

use axum::extract::connect_info::Connected;
use axum::serve::{IncomingStream, Listener};
use futures_util::task::AtomicWaker;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Notify;

/// One connection, as a request handler knows it; clones mean the same connection.
#[derive(Debug, Clone, Default)]
pub(super) struct Line(Arc<LineState>);

#[derive(Debug, Default)]
struct LineState {
    cut: AtomicBool,
    /// The task that serves the connection.
    server: AtomicWaker,
    told: Notify,
}

impl Line {
    /// Resets the connection.
    pub(super) fn cut(&self) {
        self.0.cut.store(true, Ordering::SeqCst);
        self.0.told.notify_waiters();
        self.0.server.wake();
    }

    /// Ends when the connection is cut.
    pub(super) async fn until_cut(&self) {
        let told = self.0.told.notified();
        tokio::pin!(told);
        told.as_mut().enable();
        if !self.is_cut() {
            told.await;
        }
    }

    fn is_cut(&self) -> bool {
        self.0.cut.load(Ordering::SeqCst)
    }
}

impl Connected<IncomingStream<'_, Wires>> for Line {
    fn connect_info(stream: IncomingStream<'_, Wires>) -> Self {
        stream.remote_addr().clone()
    }
}

/// The connections that are open now.
#[derive(Debug, Clone, Default)]
pub(super) struct Open(Arc<Mutex<HashMap<u64, Line>>>);

impl Open {
    /// Cuts every connection.
    pub(super) fn cut_all(&self) {
        let lines = std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner));
        lines.values().for_each(Line::cut);
    }
}

/// A listener whose connections are [`Open`] to be cut.
#[derive(Debug)]
pub(super) struct Wires {
    listener: TcpListener,
    open: Open,
}

impl Wires {
    /// Listens on `address`.
    ///
    /// # Errors
    /// When the address is taken or not ours.
    pub(super) async fn bind(address: SocketAddr, open: Open) -> io::Result<Self> {
        let listener = TcpListener::bind(address).await?;
        Ok(Self { listener, open })
    }

    /// Where it listens.
    ///
    /// # Errors
    /// When the system does not know.
    pub(super) fn address(&self) -> io::Result<SocketAddr> {
        self.listener.local_addr()
    }
}

impl Listener for Wires {
    type Io = Wire;
    type Addr = Line;

    async fn accept(&mut self) -> (Wire, Line) {
        static NUMBER: AtomicU64 = AtomicU64::new(0);
        loop {
            let Ok((stream, _)) = self.listener.accept().await else {
                // Out of file handles, or the peer is gone already: look again a little later.
                tokio::time::sleep(Duration::from_millis(20)).await;
                continue;
            };
            if stream.set_nodelay(true).is_err() {
                continue;
            }
            let (line, number) = (Line::default(), NUMBER.fetch_add(1, Ordering::Relaxed));
            let open = self.open.clone();
            open.0
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .insert(number, line.clone());
            let wire = Wire {
                stream,
                line: line.clone(),
                number,
                open,
            };
            return (wire, line);
        }
    }

    fn local_addr(&self) -> io::Result<Line> {
        Ok(Line::default())
    }
}

/// A TCP stream that fails as soon as its [`Line`] is cut.
#[derive(Debug)]
pub(super) struct Wire {
    stream: TcpStream,
    line: Line,
    number: u64,
    open: Open,
}

impl Wire {
    fn check(&self, context: &Context<'_>) -> io::Result<()> {
        self.line.0.server.register(context.waker());
        if self.line.is_cut() {
            return Err(io::ErrorKind::ConnectionReset.into());
        }
        Ok(())
    }
}

impl Drop for Wire {
    fn drop(&mut self) {
        if self.line.is_cut() {
            // Without lingering the peer gets a reset and not an orderly end. When the system
            // refuses, the connection still ends.
            let _ = self.stream.set_zero_linger();
        }
        self.open
            .0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .remove(&self.number);
    }
}

impl AsyncRead for Wire {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        into: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        self.check(context)?;
        Pin::new(&mut self.stream).poll_read(context, into)
    }
}

impl AsyncWrite for Wire {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        from: &[u8],
    ) -> Poll<io::Result<usize>> {
        self.check(context)?;
        Pin::new(&mut self.stream).poll_write(context, from)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.check(context)?;
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.check(context)?;
        Pin::new(&mut self.stream).poll_shutdown(context)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        from: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        self.check(context)?;
        Pin::new(&mut self.stream).poll_write_vectored(context, from)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }
}
