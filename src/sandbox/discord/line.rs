//! TCP connections that can be cut from outside, as networks cut them: with a reset.

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

/// The handle that cuts one connection.
#[derive(Debug, Clone, Default)]
pub(super) struct Cut(Arc<Knife>);

#[derive(Debug, Default)]
struct Knife {
    fallen: AtomicBool,
    waker: AtomicWaker,
}

impl Cut {
    /// Resets the connection; what was not yet sent is lost.
    pub(super) fn fall(&self) {
        self.0.fallen.store(true, Ordering::SeqCst);
        self.0.waker.wake();
    }

    fn check(&self, stream: &TcpStream) -> io::Result<()> {
        if self.0.fallen.load(Ordering::SeqCst) {
            // Closing with unsent data discarded makes the kernel send RST.
            let _ = stream.set_zero_linger();
            return Err(io::ErrorKind::ConnectionReset.into());
        }
        Ok(())
    }
}

/// All open connections.
#[derive(Debug, Clone, Default)]
pub(super) struct Lines {
    open: Arc<Mutex<HashMap<u64, Cut>>>,
    last: Arc<AtomicU64>,
}

impl Lines {
    /// Cuts every connection.
    pub(super) fn cut_all(&self) {
        let cuts: Vec<Cut> = {
            let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
            open.drain().map(|(_, cut)| cut).collect()
        };
        for cut in cuts {
            cut.fall();
        }
    }

    fn add(&self, cut: Cut) -> u64 {
        let number = self.last.fetch_add(1, Ordering::Relaxed);
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        open.insert(number, cut);
        number
    }

    fn remove(&self, number: u64) {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        open.remove(&number);
    }
}

/// A door for connections that can be cut; `refuses` says whether to reset the next one.
pub(super) struct Door<F> {
    pub(super) listener: TcpListener,
    pub(super) lines: Lines,
    pub(super) refuses: F,
}

impl<F: FnMut() -> bool + Send + 'static> Listener for Door<F> {
    type Io = Line;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Line, SocketAddr) {
        loop {
            let Ok((stream, from)) = self.listener.accept().await else {
                // Out of file handles, most likely: others may close soon.
                tokio::time::sleep(Duration::from_millis(50)).await;
                continue;
            };
            if (self.refuses)() {
                let _ = stream.set_zero_linger();
                continue;
            }
            let _ = stream.set_nodelay(true);
            let cut = Cut::default();
            let line = Line {
                number: self.lines.add(cut.clone()),
                lines: self.lines.clone(),
                stream,
                cut,
            };
            return (line, from);
        }
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        self.listener.local_addr()
    }
}

/// One connection.
pub(super) struct Line {
    stream: TcpStream,
    cut: Cut,
    number: u64,
    lines: Lines,
}

impl Drop for Line {
    fn drop(&mut self) {
        self.lines.remove(self.number);
    }
}

impl<F: FnMut() -> bool + Send + 'static> Connected<IncomingStream<'_, Door<F>>> for Cut {
    fn connect_info(stream: IncomingStream<'_, Door<F>>) -> Self {
        stream.io().cut.clone()
    }
}

impl AsyncRead for Line {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        self.cut.0.waker.register(context.waker());
        self.cut.check(&self.stream)?;
        Pin::new(&mut self.stream).poll_read(context, buffer)
    }
}

impl AsyncWrite for Line {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        self.cut.check(&self.stream)?;
        Pin::new(&mut self.stream).poll_write(context, bytes)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        pieces: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        self.cut.check(&self.stream)?;
        Pin::new(&mut self.stream).poll_write_vectored(context, pieces)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        // A polite end would come before the reset.
        self.cut.check(&self.stream)?;
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}
