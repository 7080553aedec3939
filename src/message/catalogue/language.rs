//! One language: its folder of fluent files, read into a bundle that words messages.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono_tz::Tz;
use fluent::concurrent::FluentBundle;
use fluent::{FluentArgs, FluentResource, FluentValue};
use unic_langid::LanguageIdentifier;

use super::entries::{Entries, Fault, gather, line_at};
use super::formats::Formats;
use crate::message::{Key, Lang};

/// The message that joins the `$date` and the `$time` of `MOMENT()`.
const MOMENT: Key = Key("moment");
/// Joins what stands of a list, `$first`, with its `$next` item.
pub(super) const LIST_NEXT: Key = Key("list-next");
/// Joins what stands of a list, `$first`, with its `$last` item.
pub(super) const LIST_LAST: Key = Key("list-last");

/// The largest whole number that fluent's numbers hold exactly.
const EXACT: i64 = 1 << 53;

/// A language that can word its messages.
pub(super) struct Language {
    bundle: FluentBundle<FluentResource>,
}

/// An argument made ready: text, or a number, which may be a moment in milliseconds.
pub(super) enum Value<'a> {
    Text(Cow<'a, str>),
    Number(i64),
}

/// The languages below `folder`, each with its own folder.
///
/// # Errors
/// When the folder cannot be read, holds no language, or a folder that is none.
pub(super) fn folders(folder: &Path) -> Result<BTreeMap<Lang, PathBuf>, String> {
    let mut languages = BTreeMap::new();
    for path in list(folder)?.into_iter().filter(|path| path.is_dir()) {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let lang = name.parse::<Lang>().map_err(|_| {
            format!(
                "{}: a folder of locales is named by its language, such as bg or en",
                path.display()
            )
        })?;
        languages.insert(lang, path);
    }
    if languages.is_empty() {
        return Err(format!(
            "{}: no language here; each is a folder of .ftl files",
            folder.display()
        ));
    }
    Ok(languages)
}

fn list(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let told = |error: std::io::Error| format!("{}: {error}", folder.display());
    let mut paths = fs::read_dir(folder)
        .map_err(told)?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<Vec<_>, _>>()
        .map_err(told)?;
    paths.sort();
    Ok(paths)
}

impl Language {
    /// Reads a language's folder. What is wrong goes to `faults`, what could be read is returned
    /// all the same, so that one reading finds every fault.
    pub fn read(
        lang: Lang,
        folder: &Path,
        zone: Tz,
        faults: &mut Vec<Fault>,
    ) -> (Option<Self>, Entries) {
        let id = LanguageIdentifier::from_parts(lang, None, None, &[]);
        let mut bundle = FluentBundle::new_concurrent(vec![id]);
        // Isolation marks would show as boxes in old clients and count against every limit.
        bundle.set_use_isolating(false);
        let mut entries = Entries::new();
        let files = list(folder).map_err(|what| faults.push(in_folder(folder, what)));
        for path in files.unwrap_or_default() {
            if path.extension().is_some_and(|kind| kind == "ftl")
                && let Some(resource) = resource(&path, faults)
            {
                gather(&path.display().to_string(), &resource, &mut entries, faults);
                // A key that comes twice is already among the faults.
                let _ = bundle.add_resource(resource);
            }
        }
        for key in [MOMENT, LIST_NEXT, LIST_LAST] {
            if !entries.contains_key(key.0) {
                let what = format!(
                    "{} is missing, which dates and lists are joined with",
                    key.0
                );
                faults.push(in_folder(folder, what));
            }
        }
        let language = Formats::new(lang, zone)
            .and_then(|formats| Self { bundle }.with_functions(&Arc::new(formats)))
            .map_err(|what| faults.push(in_folder(folder, what)));
        (language.ok(), entries)
    }

    /// Words a message whose arguments are all there.
    pub fn word(&self, key: &str, values: Vec<(&str, Value)>) -> Result<String, String> {
        let mut args = FluentArgs::with_capacity(values.len());
        for (name, value) in values {
            match value {
                Value::Text(text) => args.set(name, text),
                Value::Number(number) if number.abs() <= EXACT => args.set(name, number),
                Value::Number(number) => return Err(format!("{number} is too large a number")),
            }
        }
        let pattern = self
            .bundle
            .get_message(key)
            .and_then(|message| message.value())
            .ok_or("there is no such message")?;
        let mut errors = vec![];
        let text = self
            .bundle
            .format_pattern(pattern, Some(&args), &mut errors);
        match errors.first() {
            None => Ok(text.into_owned()),
            Some(error) => Err(error.to_string()),
        }
    }

    /// Registers the functions of [`super::entries::FUNCTIONS`]. Loading has made sure that each
    /// gets one number, so that none can fail while a letter is worded.
    fn with_functions(mut self, formats: &Arc<Formats>) -> Result<Self, String> {
        if !self.bundle.has_message(MOMENT.0) {
            return Ok(self);
        }
        // The language's own way to join date and time, with holes for both.
        let joint = |name| Value::Text(Cow::Borrowed(name));
        let holes = vec![("date", joint("\u{1}")), ("time", joint("\u{2}"))];
        let moment = self.word(MOMENT.0, holes)?;
        self.function("NUM", formats, |formats, number| {
            Some(formats.number(number))
        })?;
        self.function("DATE", formats, Formats::date)?;
        self.function("TIME", formats, Formats::time)?;
        self.function("WEEKDAY", formats, Formats::weekday)?;
        self.function("MOMENT", formats, move |formats, at| {
            let (date, time) = (formats.date(at)?, formats.time(at)?);
            Some(moment.replace('\u{1}', &date).replace('\u{2}', &time))
        })?;
        Ok(self)
    }

    fn function(
        &mut self,
        name: &str,
        formats: &Arc<Formats>,
        write: impl Fn(&Formats, i64) -> Option<String> + Send + Sync + 'static,
    ) -> Result<(), String> {
        let formats = Arc::clone(formats);
        self.bundle
            .add_function(name, move |values, _| match values {
                [FluentValue::Number(number)] => {
                    #[expect(
                        clippy::cast_possible_truncation,
                        reason = "came from an i64 within 2^53"
                    )]
                    let number = number.value as i64;
                    write(&formats, number).map_or(FluentValue::Error, FluentValue::from)
                }
                _ => FluentValue::Error,
            })
            .map_err(|error| error.to_string())
    }
}

/// A fault of a language as a whole.
fn in_folder(folder: &Path, what: String) -> Fault {
    let file = folder.display().to_string();
    Fault {
        file,
        line: 1,
        what,
    }
}

/// Reads and parses one file; `None` when it cannot be read at all.
fn resource(path: &Path, faults: &mut Vec<Fault>) -> Option<FluentResource> {
    let file = path.display().to_string();
    let text = match fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) => {
            let what = error.to_string();
            faults.push(Fault {
                file,
                line: 1,
                what,
            });
            return None;
        }
    };
    Some(
        FluentResource::try_new(text).unwrap_or_else(|(resource, errors)| {
            faults.extend(errors.iter().map(|error| Fault {
                file: file.clone(),
                line: line_at(resource.source(), error.pos.start),
                what: error.to_string(),
            }));
            resource
        }),
    )
}
