//! Reads the lists of a city's folder strictly: every fault is named with file and line.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use super::CityError;
use crate::message::Lang;

/// The most that one file of a city may hold: 16 MiB.
const MOST_BYTES: u64 = 16 << 20;

/// The text of a file and the name to call it by in faults.
pub(super) struct Source {
    /// The path as it was given.
    pub name: String,
    /// All of it.
    pub text: String,
}

impl Source {
    pub fn read(folder: &Path, file: &str) -> Result<Self, CityError> {
        let path = folder.join(file);
        let name = path.display().to_string();
        let length = fs::metadata(&path)
            .map_err(|e| CityError(format!("{name} cannot be read: {e}")))?
            .len();
        if length > MOST_BYTES {
            return Err(CityError(format!(
                "{name} is {length} bytes long; a file of a city has at most {MOST_BYTES}"
            )));
        }
        let text = fs::read_to_string(&path)
            .map_err(|e| CityError(format!("{name} cannot be read: {e}")))?;
        Ok(Self { name, text })
    }

    /// A fault at a line, counted from 1.
    pub fn fault(&self, line: u64, what: impl std::fmt::Display) -> CityError {
        CityError(format!("{}, line {line}: {what}", self.name))
    }

    /// The line that a byte of the text is on.
    pub fn line_of(&self, byte: usize) -> u64 {
        let before = self.text.get(..byte).unwrap_or(&self.text);
        before.bytes().filter(|b| *b == b'\n').count() as u64 + 1
    }
}

/// A list: one header, then rows as long as it.
pub(super) struct Table {
    source: Source,
    columns: BTreeMap<String, usize>,
    rows: Vec<(u64, csv::StringRecord)>,
}

/// One row of a list.
#[derive(Clone, Copy)]
pub(super) struct Row<'a> {
    table: &'a Table,
    line: u64,
    cells: &'a csv::StringRecord,
}

impl Table {
    /// Reads a list that has just these columns and one for the name in each language.
    pub fn read(
        folder: &Path,
        file: &str,
        fixed: &[&str],
        languages: &[Lang],
    ) -> Result<Self, CityError> {
        let source = Source::read(folder, file)?;
        let mut reader = csv::ReaderBuilder::new()
            .trim(csv::Trim::All)
            .from_reader(source.text.as_bytes());
        let broken = |e: &csv::Error| {
            let line = e.position().map_or(1, csv::Position::line);
            source.fault(line, format!("not a row of the list: {e}"))
        };
        let mut columns = BTreeMap::new();
        for (at, name) in reader.headers().map_err(|e| broken(&e))?.iter().enumerate() {
            if columns.insert(name.to_owned(), at).is_some() {
                return Err(source.fault(1, format!("the column {name} is there twice")));
            }
        }
        let tags: Vec<&str> = languages.iter().map(Lang::as_str).collect();
        let wanted = || fixed.iter().chain(&tags);
        if let Some(missing) = wanted().find(|name| !columns.contains_key(**name)) {
            return Err(source.fault(1, format!("the column {missing} is missing")));
        }
        if let Some(unknown) = columns.keys().find(|name| !wanted().any(|w| w == name)) {
            return Err(source.fault(1, format!("the column {unknown} is unknown")));
        }
        let mut rows = vec![];
        for record in reader.records() {
            let record = record.map_err(|e| broken(&e))?;
            rows.push((record.position().map_or(1, csv::Position::line), record));
        }
        Ok(Self {
            source,
            columns,
            rows,
        })
    }

    pub fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        self.rows.iter().map(|(line, cells)| Row {
            table: self,
            line: *line,
            cells,
        })
    }

    /// A fault of the list as a whole.
    pub fn fault(&self, what: impl std::fmt::Display) -> CityError {
        self.source.fault(1, what)
    }
}

impl<'a> Row<'a> {
    /// A cell that may be empty.
    pub fn cell(&self, column: &str) -> &'a str {
        self.table
            .columns
            .get(column)
            .and_then(|at| self.cells.get(*at))
            .unwrap_or_default()
    }

    /// A cell that may not be empty.
    pub fn filled(&self, column: &str) -> Result<&'a str, CityError> {
        match self.cell(column) {
            "" => Err(self.fault(format!("{column} is empty"))),
            cell => Ok(cell),
        }
    }

    /// A cell that is a key: small Latin letters, digits and hyphens.
    pub fn slug(&self, column: &str) -> Result<&'a str, CityError> {
        let cell = self.filled(column)?;
        let fits = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
        if cell.len() <= 64 && cell.bytes().all(fits) {
            return Ok(cell);
        }
        Err(self.fault(format!(
            "{column} is „{cell}“; it is made of at most 64 of a–z, 0–9 and hyphens"
        )))
    }

    /// A cell that is a whole number of this type.
    pub fn number<N: std::str::FromStr>(&self, column: &str) -> Result<N, CityError> {
        let cell = self.filled(column)?;
        cell.parse()
            .map_err(|_| self.fault(format!("{column} is „{cell}“ and not a number that fits")))
    }

    /// A place in a [`super::Set`].
    pub fn bit(&self) -> Result<u8, CityError> {
        match self.number("bit")? {
            bit @ 0..=62 => Ok(bit),
            bit => Err(self.fault(format!("bit is {bit}; it goes from 0 to 62"))),
        }
    }

    /// The name in each language.
    pub fn names(&self, languages: &[Lang]) -> Result<BTreeMap<Lang, String>, CityError> {
        languages
            .iter()
            .map(|lang| Ok((*lang, self.filled(lang.as_str())?.to_owned())))
            .collect()
    }

    /// The line it is on, counted from 1.
    pub fn line(&self) -> u64 {
        self.line
    }

    pub fn fault(&self, what: impl std::fmt::Display) -> CityError {
        self.table.source.fault(self.line, what)
    }
}
