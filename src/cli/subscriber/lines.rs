//! A list read line by line: a line is one entry whatever stands in it, so that a stray quotation
//! mark spoils one entry and not the rest, and memory stays bounded.

use std::io::{self, BufRead, BufReader, Read};

use csv::StringRecord;

use crate::message::{Words, say, say_with_text};

/// The longest line that is read, in bytes.
const LONGEST: u64 = 8 * 1024;
/// What some programs put before the first line of a UTF-8 file.
const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";

/// The lines of a list.
pub struct Lines<R> {
    from: BufReader<R>,
    number: u64,
    line: Vec<u8>,
}

impl<R: Read> Lines<R> {
    /// Before the first line.
    pub fn new(from: R) -> Self {
        Self {
            from: BufReader::new(from),
            number: 0,
            line: vec![],
        }
    }

    /// The next line that is not blank, with its number from 1: its cells, or why it has none.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn next(&mut self) -> io::Result<Option<(u64, Result<StringRecord, Words>)>> {
        loop {
            self.line.clear();
            let mut bounded = (&mut self.from).take(LONGEST);
            if bounded.read_until(b'\n', &mut self.line)? == 0 {
                return Ok(None);
            }
            self.number += 1;
            if self.line.len() as u64 == LONGEST && !self.line.ends_with(b"\n") {
                self.skip_line()?;
                return Ok(Some((self.number, Err(say("import-too-long")))));
            }
            let line = match self.line.strip_prefix(BYTE_ORDER_MARK) {
                Some(line) if self.number == 1 => line,
                _ => &self.line,
            };
            match cells(line) {
                Ok(None) => {}
                Ok(Some(cells)) => return Ok(Some((self.number, Ok(cells)))),
                Err(why) => return Ok(Some((self.number, Err(why)))),
            }
        }
    }

    fn skip_line(&mut self) -> io::Result<()> {
        loop {
            let ahead = self.from.fill_buf()?;
            let end = ahead.iter().position(|byte| *byte == b'\n');
            let (used, done) = match end {
                Some(at) => (at + 1, true),
                None => (ahead.len(), ahead.is_empty()),
            };
            self.from.consume(used);
            if done {
                return Ok(());
            }
        }
    }
}

/// The cells of one line (RFC 4180, but for line breaks within a cell); `None` of a blank one.
fn cells(line: &[u8]) -> Result<Option<StringRecord>, Words> {
    if line.trim_ascii().is_empty() {
        return Ok(None);
    }
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .trim(csv::Trim::All)
        .buffer_capacity(line.len())
        .from_reader(line);
    let mut record = StringRecord::new();
    match reader.read_record(&mut record) {
        Ok(_) => Ok(Some(record)),
        Err(why) if matches!(why.kind(), csv::ErrorKind::Utf8 { .. }) => {
            Err(say("import-not-utf-8"))
        }
        Err(why) => Err(say_with_text("import-unreadable", &why.to_string())),
    }
}
