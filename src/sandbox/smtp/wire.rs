//! Lines over a connection: bounded reading, and answers that wait until the input is used up.

use std::io;

use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncWrite, AsyncWriteExt, BufReader};

/// The most bytes of a text line in a message, CRLF included (RFC 5321 §4.5.3.1.6).
const TEXT_LINE: usize = 1000;

/// A connection seen as lines.
pub(super) struct Wire<S> {
    stream: BufReader<S>,
    answers: Vec<u8>,
}

/// How a line came to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Line {
    /// With CRLF; it is in the buffer without it.
    Whole,
    /// It was longer than allowed, and all of it is read and thrown away.
    TooLong,
    /// With LF alone, or with a CR inside: a sender to be refused, because servers that disagree
    /// on where a line ends can be made to see different messages (RFC 5321 §2.3.8).
    Bare,
    /// The other side has gone.
    Gone,
}

/// What came after DATA.
pub(super) enum Message {
    /// The message, dots unstuffed, every line with CRLF.
    Whole(Vec<u8>),
    /// More bytes than the limit; all are read.
    TooBig,
    /// A line longer than a text line may be; all are read.
    LineTooLong,
    /// See [`Line::Bare`]; the rest is not read.
    Bare,
    /// The other side has gone.
    Gone,
}

impl<S: AsyncRead + AsyncWrite + Unpin> Wire<S> {
    pub(super) fn new(stream: S) -> Self {
        Self {
            stream: BufReader::with_capacity(32 * 1024, stream),
            answers: Vec::new(),
        }
    }

    /// The bare connection; `None` when something was sent ahead, which STARTTLS forbids (a
    /// plain-text command must not be taken for an encrypted one).
    pub(super) fn into_stream(self) -> Option<S> {
        self.stream
            .buffer()
            .is_empty()
            .then(|| self.stream.into_inner())
    }

    /// Answers one line; it leaves with [`Wire::flush`], or when input is waited for.
    pub(super) fn answer(&mut self, line: &str) {
        self.answers.extend_from_slice(line.as_bytes());
        self.answers.extend_from_slice(b"\r\n");
    }

    /// Sends all answers given so far.
    pub(super) async fn flush(&mut self) -> io::Result<()> {
        if !self.answers.is_empty() {
            self.stream.write_all(&self.answers).await?;
            self.stream.flush().await?;
            self.answers.clear();
        }
        Ok(())
    }

    /// Reads a line of at most `limit` bytes into `line`, which is emptied first.
    pub(super) async fn line(&mut self, line: &mut Vec<u8>, limit: usize) -> io::Result<Line> {
        line.clear();
        let mut length = 0;
        loop {
            if self.stream.buffer().is_empty() {
                self.flush().await?;
            }
            let waiting = self.stream.fill_buf().await?;
            if waiting.is_empty() {
                return Ok(Line::Gone);
            }
            let end = waiting.iter().position(|byte| *byte == b'\n');
            let taken = end.map_or(waiting.len(), |end| end + 1);
            let room = limit.saturating_sub(line.len()).min(taken);
            line.extend_from_slice(&waiting[..room]);
            length += taken;
            self.stream.consume(taken);
            if end.is_some() {
                break;
            }
        }
        if length > limit {
            return Ok(Line::TooLong);
        }
        line.truncate(length - 1);
        let whole = line.pop() == Some(b'\r') && !line.contains(&b'\r');
        Ok(if whole { Line::Whole } else { Line::Bare })
    }

    /// Reads a message up to its final dot, keeping at most `limit` bytes.
    pub(super) async fn message(&mut self, limit: usize) -> io::Result<Message> {
        let mut message = Vec::with_capacity(8 * 1024);
        let mut line = Vec::with_capacity(TEXT_LINE);
        let (mut too_big, mut too_long) = (false, false);
        loop {
            match self.line(&mut line, TEXT_LINE).await? {
                Line::Gone => return Ok(Message::Gone),
                Line::Bare => return Ok(Message::Bare),
                Line::TooLong => too_long = true,
                Line::Whole if line == b"." => break,
                Line::Whole => {
                    let text = line.strip_prefix(b".").unwrap_or(&line);
                    too_big |= message.len() + text.len() + 2 > limit;
                    if !too_big {
                        message.extend_from_slice(text);
                        message.extend_from_slice(b"\r\n");
                    }
                }
            }
        }
        Ok(match (too_big, too_long) {
            (true, _) => Message::TooBig,
            (_, true) => Message::LineTooLong,
            _ => Message::Whole(message),
        })
    }
}
