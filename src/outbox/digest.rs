//! The words of a digest: several letters told in one, each by its title, its end and one line.

use super::row::Worded;
use crate::base::clock::Millis;
use crate::message::catalogue::Catalogue;
use crate::message::{Action, Arg, Block, Lang, Letter, Token, Weight, Words, say, say_with};

/// The button that asks what is on now.
pub const NOW: &str = "now";

/// The most letters that are told one by one.
const MOST: usize = 40;
/// The most characters of a line that is cut from a running text.
const LINE: usize = 160;

/// A letter that is told in a digest.
#[derive(Debug, Clone)]
pub struct Told {
    /// Its words.
    pub worded: Worded,
    /// The end of its time.
    pub expires: Millis,
}

/// The button that asks what is on now.
#[must_use]
pub fn now_button() -> Option<Action> {
    let token = Token::try_from(NOW.to_owned()).ok()?;
    Some(Action::Press {
        label: say("digest-now"),
        token,
    })
}

/// The digest of some letters for readers of `lang`, in the order in which they are given. Of
/// their texts it uses what rests in `lang`, else in another language.
#[must_use]
pub fn letter(told: &[Told], lang: Lang) -> Letter {
    let number = |count: usize| Arg::Number(i64::try_from(count).unwrap_or(i64::MAX));
    let resting: Vec<(&Letter<String>, Millis)> = (told.iter())
        .filter_map(|told| Some((in_lang(&told.worded, lang)?, told.expires)))
        .collect();
    let mut body = vec![Block::Paragraph(say("digest-why"))];
    let shown = resting.iter().take(MOST);
    body.extend(shown.map(|(letter, expires)| Block::Paragraph(item(letter, *expires))));
    if resting.len() > MOST {
        let more = [("count", number(resting.len() - MOST))];
        body.push(Block::Paragraph(say_with("digest-more", more)));
    }
    let silent = |(letter, _): &(&Letter<String>, Millis)| letter.weight == Weight::Silent;
    let footer = resting.first().and_then(|(first, _)| first.footer.clone());
    Letter {
        title: Some(say_with("digest-title", [("count", number(told.len()))])),
        body,
        actions: now_button().map(|now| vec![now]).into_iter().collect(),
        weight: if resting.iter().all(silent) {
            Weight::Silent
        } else {
            Weight::Normal
        },
        footer: footer.map(Words::Verbatim),
        picture: None,
    }
}

fn in_lang(worded: &Worded, lang: Lang) -> Option<&Letter<String>> {
    let available: Vec<Lang> = worded.0.keys().copied().collect();
    worded
        .0
        .get(&Catalogue::choose(&[lang.as_str()], &available)?)
}

fn item(letter: &Letter<String>, until: Millis) -> Words {
    let line = line(letter);
    let title = letter.title.clone().or_else(|| line.clone());
    let line = line.filter(|line| Some(line) != title.as_ref());
    let text = |text: Option<String>| Arg::Text(text.unwrap_or_default());
    let args = [("title", text(title)), ("until", Arg::Time(until))];
    match line {
        Some(line) => {
            let [title, until] = args;
            say_with("digest-item", [title, until, ("line", Arg::Text(line))])
        }
        None => say_with("digest-item-short", args),
    }
}

/// What says most beside the title: the first fact, in an alert its place; else the beginning of
/// the text.
fn line(letter: &Letter<String>) -> Option<String> {
    let fact = letter.body.iter().find_map(|block| match block {
        Block::Facts(facts) => facts.first(),
        _ => None,
    });
    if let Some((name, value)) = fact {
        return Some(format!("{name}: {value}"));
    }
    let text = letter.body.iter().find_map(|block| match block {
        Block::Paragraph(text) => Some(text),
        _ => None,
    })?;
    let first = text.lines().next()?;
    let Some((cut, _)) = first.char_indices().nth(LINE) else {
        return Some(first.to_owned());
    };
    let words = first[..cut].rfind(char::is_whitespace).unwrap_or(cut);
    Some(format!("{}…", first[..words].trim_end()))
}
