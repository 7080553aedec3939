//! What the bot says, as values: letters, their words, and how they are cut into parts.

pub mod catalogue;
pub mod choice;
pub mod form;
pub mod layout;
pub mod limits;
pub mod picture;
pub mod tidy;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use unic_langid::subtags::Language;

use crate::base::clock::Millis;
use choice::Choice;
use picture::Picture;

/// A language by its primary BCP 47 subtag: `bg`, `en`.
pub type Lang = Language;

/// What the bot says. `Letter<Words>` is still to be worded, `Letter<String>` is in one language.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Letter<T = Words> {
    /// One line that says it all, shown in bold and as an e-mail's subject.
    pub title: Option<T>,
    /// The rest, in the order it is read.
    pub body: Vec<Block<T>>,
    /// What the reader can do with it, one row of buttons a line.
    pub actions: Vec<Vec<Action<T>>>,
    /// How much it matters: decides sound and colour, never alone what is understood.
    pub weight: Weight,
    /// A small line below everything: who sends this and why.
    pub footer: Option<T>,
    /// What it shows, where the channel shows pictures.
    #[serde(default = "nothing", skip_serializing_if = "Option::is_none")]
    pub picture: Option<Picture<T>>,
}

/// No picture: letters that rested before there were any have none.
fn nothing<T>() -> Option<Picture<T>> {
    None
}

impl<T> Letter<T> {
    /// A letter of one paragraph and nothing else.
    #[must_use]
    pub fn line(text: T) -> Self {
        Self {
            title: None,
            body: vec![Block::Paragraph(text)],
            actions: vec![],
            weight: Weight::Normal,
            footer: None,
            picture: None,
        }
    }

    /// The same letter with every text turned by `word`, or the first error.
    ///
    /// # Errors
    /// Whatever `word` returns.
    pub fn try_map<U, E>(&self, mut word: impl FnMut(&T) -> Result<U, E>) -> Result<Letter<U>, E> {
        let mut actions = Vec::with_capacity(self.actions.len());
        let title = self.title.as_ref().map(&mut word).transpose()?;
        let mut body = Vec::with_capacity(self.body.len());
        for block in &self.body {
            body.push(match block {
                Block::Paragraph(text) => Block::Paragraph(word(text)?),
                Block::Quote(text) => Block::Quote(word(text)?),
                Block::Bullets(items) => {
                    Block::Bullets(items.iter().map(&mut word).collect::<Result<_, _>>()?)
                }
                Block::Facts(facts) => Block::Facts(
                    facts
                        .iter()
                        .map(|(name, value)| Ok((word(name)?, word(value)?)))
                        .collect::<Result<_, _>>()?,
                ),
                Block::Choice(choice) => Block::Choice(choice.try_map(&mut word)?),
            });
        }
        for row in &self.actions {
            actions.push(
                row.iter()
                    .map(|action| action.try_map(&mut word))
                    .collect::<Result<_, _>>()?,
            );
        }
        let footer = self.footer.as_ref().map(&mut word).transpose()?;
        let picture = self.picture.as_ref();
        let picture = picture.map(|picture| picture.try_map(word)).transpose()?;
        Ok(Letter {
            title,
            body,
            actions,
            weight: self.weight,
            footer,
            picture,
        })
    }
}

/// A piece of a letter's body.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Block<T = Words> {
    /// Running text; line breaks within it are kept.
    Paragraph(T),
    /// Somebody's own words, set apart: the original text of an alert in another language.
    Quote(T),
    /// Short items, one a line.
    Bullets(Vec<T>),
    /// Name and value, one a line.
    Facts(Vec<(T, T)>),
    /// A question with answers to tap; shown below the text, above the other buttons.
    Choice(Choice<T>),
}

/// Something to press below a letter.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Action<T = Words> {
    /// Sends the token back to us.
    Press {
        /// What the button says.
        label: T,
        /// What comes back.
        token: Token,
    },
    /// Opens a public page.
    Open {
        /// What the button says.
        label: T,
        /// An absolute http or https address.
        url: url::Url,
    },
    /// Lets the person type something for `token`: a field of its own where the channel has one,
    /// else nothing to see, because there whatever is written comes in anyway.
    Type {
        /// What the button and the field say.
        label: T,
        /// What the text is for; at most 60 bytes.
        token: Token,
    },
    /// Lets the person share where they are, where the channel can do that; elsewhere nothing to
    /// see. Beside other buttons it is one of them and sends `token` back; alone it is the
    /// device's own.
    Share {
        /// What the button says.
        label: T,
        /// What comes back when it stands beside others.
        token: Token,
    },
}

impl<T> Action<T> {
    /// What the button says.
    pub fn label(&self) -> &T {
        match self {
            Self::Press { label, .. }
            | Self::Open { label, .. }
            | Self::Type { label, .. }
            | Self::Share { label, .. } => label,
        }
    }

    fn try_map<U, E>(&self, word: &mut impl FnMut(&T) -> Result<U, E>) -> Result<Action<U>, E> {
        Ok(match self {
            Self::Press { label, token } => Action::Press {
                label: word(label)?,
                token: token.clone(),
            },
            Self::Open { label, url } => Action::Open {
                label: word(label)?,
                url: url.clone(),
            },
            Self::Type { label, token } => Action::Type {
                label: word(label)?,
                token: token.clone(),
            },
            Self::Share { label, token } => Action::Share {
                label: word(label)?,
                token: token.clone(),
            },
        })
    }
}

/// What a pressed button sends back: 1 to 64 bytes of printable ASCII without spaces, the least
/// that every channel carries (Bot API `callback_data`).
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Token(String);

impl Token {
    /// The token's text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for Token {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        if (1..=64).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_graphic()) {
            Ok(Self(text))
        } else {
            Err("a button's token is 1 to 64 bytes of printable ASCII")
        }
    }
}

impl From<Token> for String {
    fn from(token: Token) -> Self {
        token.0
    }
}

/// How much a letter matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Weight {
    /// Arrives without a sound where the channel can do that.
    Silent,
    /// Arrives as any message does.
    Normal,
    /// A warning that calls for care.
    Warning,
    /// Danger to life.
    Danger,
}

/// Words before a language is chosen.
#[derive(Debug, Clone, PartialEq)]
pub enum Words {
    /// A message of the catalogue with its arguments.
    Say(Key, Args),
    /// Text that a person wrote, by language; see [`catalogue::Catalogue::localise`].
    Written(BTreeMap<Lang, String>),
    /// Text that is the same in every language: a name, a number, a foreign original.
    Verbatim(String),
}

/// The name of a message in `locales/*/*.ftl`. Always a literal, so that a test finds every use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Key(pub &'static str);

/// Arguments by the name that the fluent message uses.
pub type Args = Vec<(&'static str, Arg)>;

/// One argument of a message.
#[derive(Debug, Clone, PartialEq)]
pub enum Arg {
    /// Taken as it stands.
    Text(String),
    /// For plural rules and `NUM()`.
    Number(i64),
    /// For `DATE()`, `TIME()` and `MOMENT()`, shown in the city's zone.
    Time(Millis),
    /// Worded in the same language first.
    Words(Box<Words>),
    /// Each worded, then joined as the language joins a list.
    List(Vec<Words>),
}

/// `say("key")` without arguments.
#[must_use]
pub fn say(key: &'static str) -> Words {
    Words::Say(Key(key), vec![])
}

/// `say_with("key", [("name", Arg::…)])`.
#[must_use]
pub fn say_with(key: &'static str, args: impl Into<Args>) -> Words {
    Words::Say(Key(key), args.into())
}

/// `say_with(key, [("value", text)])`: a message about one value that somebody gave.
#[must_use]
pub fn say_with_text(key: &'static str, value: &str) -> Words {
    say_with(key, [("value", Arg::Text(value.to_owned()))])
}
