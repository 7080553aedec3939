//! The words of `locales/`: fluent messages, worded in a language with its dates and numbers.

mod entries;
mod formats;
mod language;

use std::collections::BTreeMap;
use std::path::Path;

use super::tidy::tidy;
use super::{Arg, Args, Key, Lang, Letter, Words};
use entries::Fault;
use language::{LIST_LAST, LIST_NEXT, Language, Value};

pub use entries::{Need, Parts};

/// The most faults that an error lists.
const FAULTS_SHOWN: usize = 20;

/// The moments that can be worded: the years 1 to 9999.
const WORDABLE: std::ops::Range<i64> = -62_135_596_800_000..253_402_300_800_000;

/// Every message in every installed language.
pub struct Catalogue {
    languages: BTreeMap<Lang, Language>,
    messages: BTreeMap<String, Parts>,
}

/// Why the words could not be loaded or found.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct CatalogueError(pub String);

impl Catalogue {
    /// Reads every `*.ftl` of every folder below `folder`; the folder's name is the language.
    /// What is loaded can be worded: a message exists in every language, refers to nothing that
    /// is missing, and wants the same of its arguments everywhere.
    ///
    /// # Errors
    /// A folder that is no language, a file that does not parse, a key twice, a key that some
    /// language lacks, a message without text, a reference to nothing. All of them together, one
    /// a line with file and line number, the first twenty.
    pub fn load(folder: &Path, zone: chrono_tz::Tz) -> Result<Self, CatalogueError> {
        let mut faults = vec![];
        let mut languages = BTreeMap::new();
        let mut read = vec![];
        for (lang, own) in language::folders(folder).map_err(CatalogueError)? {
            let (language, found) = Language::read(lang, &own, zone, &mut faults);
            let parts = entries::settle(&found, &mut faults);
            read.push((lang, found, parts));
            languages.extend(language.map(|language| (lang, language)));
        }
        let messages = compare(&read, &mut faults);
        if faults.is_empty() {
            Ok(Self {
                languages,
                messages,
            })
        } else {
            Err(report(faults))
        }
    }

    /// The installed languages, sorted.
    #[must_use]
    pub fn languages(&self) -> Vec<Lang> {
        self.languages.keys().copied().collect()
    }

    /// Every message by its key, sorted, with the arguments it wants and what it refers to;
    /// the same in every language.
    #[must_use]
    pub fn messages(&self) -> &BTreeMap<String, Parts> {
        &self.messages
    }

    /// Words one text in `lang`. Arguments go in as they are: nothing in them is markup, only
    /// controls are taken out of them ([`tidy`]).
    ///
    /// # Errors
    /// A key that does not exist, an argument missing or of the wrong kind, a written text not
    /// given in `lang`, a language that is not installed.
    pub fn word(&self, words: &Words, lang: Lang) -> Result<String, CatalogueError> {
        match words {
            Words::Verbatim(text) => Ok(tidy(text).into_owned()),
            Words::Written(texts) => match texts.get(&lang) {
                Some(text) => Ok(tidy(text).into_owned()),
                None => Err(CatalogueError(format!(
                    "a text was not written in {lang}; write it, or offer it in another language"
                ))),
            },
            Words::Say(key, args) => self
                .say(*key, args, lang)
                .map_err(|what| CatalogueError(format!("{} in {lang}: {what}", key.0))),
        }
    }

    /// Words a whole letter in `lang`.
    ///
    /// # Errors
    /// As [`Catalogue::word`].
    pub fn localise(&self, letter: &Letter, lang: Lang) -> Result<Letter<String>, CatalogueError> {
        letter.try_map(|words| self.word(words, lang))
    }

    /// The first of `preferred` (BCP 47 tags, best first, regions ignored, malformed ones passed
    /// over) that is among `available`, else the first of `available`.
    #[must_use]
    pub fn choose(preferred: &[&str], available: &[Lang]) -> Option<Lang> {
        preferred
            .iter()
            .filter_map(|tag| tag.split(['-', '_']).next()?.trim().parse::<Lang>().ok())
            .find(|lang| available.contains(lang))
            .or_else(|| available.first().copied())
    }

    fn say(&self, key: Key, args: &Args, lang: Lang) -> Result<String, String> {
        let parts = self
            .messages
            .get(key.0)
            .ok_or("there is no such message; add it to locales/")?;
        let language = self
            .languages
            .get(&lang)
            .ok_or("the language is not installed")?;
        let mut values = Vec::with_capacity(parts.needs.len());
        for (name, need) in &parts.needs {
            let (name, arg) = args
                .iter()
                .find(|(given, _)| given == name)
                .ok_or_else(|| format!("the argument ${name} is missing"))?;
            let value = self
                .value(arg, *need, lang)
                .map_err(|what| format!("${name}: {what}"))?;
            values.push((*name, value));
        }
        language.word(key.0, values)
    }

    fn value<'a>(&self, arg: &'a Arg, need: Need, lang: Lang) -> Result<Value<'a>, String> {
        let told = |error: CatalogueError| error.0;
        match (arg, need) {
            (Arg::Number(number), Need::Any | Need::Number) => Ok(Value::Number(*number)),
            (Arg::Time(at), Need::Time) if WORDABLE.contains(&at.0) => Ok(Value::Number(at.0)),
            (Arg::Time(at), Need::Time) => Err(format!("{} ms is no year that we word", at.0)),
            (Arg::Text(text), Need::Any) => Ok(Value::Text(tidy(text))),
            (Arg::Words(words), Need::Any) => {
                Ok(Value::Text(self.word(words, lang).map_err(told)?.into()))
            }
            (Arg::List(items), Need::Any) => {
                Ok(Value::Text(self.list(items, lang).map_err(told)?.into()))
            }
            (_, Need::Time) => Err("the message wants a moment".to_owned()),
            (_, Need::Number) => Err("the message wants a number".to_owned()),
            (Arg::Time(_), Need::Any) => {
                Err("the message shows a moment without DATE(), TIME() or MOMENT()".to_owned())
            }
        }
    }

    /// Joins a list as the language does; nothing when it is empty.
    fn list(&self, items: &[Words], lang: Lang) -> Result<String, CatalogueError> {
        let mut joined = String::new();
        for (number, item) in items.iter().enumerate() {
            let item = self.word(item, lang)?;
            let (key, name) = match number {
                0 => {
                    joined = item;
                    continue;
                }
                _ if number + 1 == items.len() => (LIST_LAST, "last"),
                _ => (LIST_NEXT, "next"),
            };
            let pair = vec![("first", Arg::Text(joined)), (name, Arg::Text(item))];
            joined = self.word(&Words::Say(key, pair), lang)?;
        }
        Ok(joined)
    }
}

/// One language after reading: what its files define and, settled, what each message wants.
type Read = (Lang, entries::Entries, BTreeMap<String, Parts>);

/// The messages of all languages together; a key that one lacks, or that wants different things
/// in two, is a fault.
fn compare(read: &[Read], faults: &mut Vec<Fault>) -> BTreeMap<String, Parts> {
    let mut together: BTreeMap<String, Parts> = BTreeMap::new();
    for (lang, found, settled) in read {
        for (key, at) in found.iter().filter(|(key, _)| !key.starts_with('-')) {
            let mut fault = |what: String| {
                let (file, line) = (at.file.clone(), at.line);
                faults.push(Fault { file, line, what });
            };
            for (other, theirs, _) in read {
                if other != lang && !theirs.contains_key(key) {
                    fault(format!("{key} is missing in {other}"));
                }
            }
            let all = together.entry(key.clone()).or_default();
            let parts = settled.get(key).cloned().unwrap_or_default();
            for (argument, need) in parts.needs {
                if let Err(what) = all.need(&argument, need) {
                    fault(format!("{key}: {what} (compared with another language)"));
                }
            }
            all.refers.extend(parts.refers);
        }
    }
    together
}

fn report(mut faults: Vec<Fault>) -> CatalogueError {
    faults.sort();
    faults.dedup();
    let mut lines: Vec<String> = faults
        .iter()
        .take(FAULTS_SHOWN)
        .map(|fault| format!("{}:{}: {}", fault.file, fault.line, fault.what))
        .collect();
    if faults.len() > FAULTS_SHOWN {
        lines.push(format!("and {} more", faults.len() - FAULTS_SHOWN));
    }
    CatalogueError(lines.join("\n"))
}
