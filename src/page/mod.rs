//! The frame that every web page stands in: its head, its landmarks, its words in one language.

mod assets;
mod feed;
mod field;
mod letter;
mod pieces;
mod trouble;

pub use assets::{Asset, assets};
pub use feed::Feed;
pub use field::{Choice, Field, Input, error_summary, tick};
pub use letter::letter;
pub use pieces::{Tone, facts, notice, panel};
pub use trouble::{Trouble, trouble};

use maud::{DOCTYPE, Markup, html};

use crate::city::City;
use crate::config::web::BaseUrl;
use crate::message::catalogue::{Catalogue, CatalogueError};
use crate::message::{Arg, Args, Lang, Words, say, say_with};

/// A page, or why it could not be worded.
pub type Page = Result<Markup, CatalogueError>;

/// The catalogue in one language.
#[derive(Clone, Copy)]
pub struct Voice<'a> {
    /// All words.
    pub catalogue: &'a Catalogue,
    /// The language that is spoken.
    pub lang: Lang,
}

impl Voice<'_> {
    /// A message without arguments.
    ///
    /// # Errors
    /// When the catalogue lacks it.
    pub fn say(&self, key: &'static str) -> Result<String, CatalogueError> {
        self.word(&say(key))
    }

    /// A message with arguments.
    ///
    /// # Errors
    /// When the catalogue lacks it, or an argument does not fit.
    pub fn say_with(
        &self,
        key: &'static str,
        args: impl Into<Args>,
    ) -> Result<String, CatalogueError> {
        self.word(&say_with(key, args))
    }

    /// Words in this language.
    ///
    /// # Errors
    /// As [`Catalogue::word`].
    pub fn word(&self, words: &Words) -> Result<String, CatalogueError> {
        self.catalogue.word(words, self.lang)
    }
}

/// What all pages share: the city, the languages, where the pages are in the world.
#[derive(Clone, Copy)]
pub struct Frame<'a> {
    /// The words, in the page's language.
    pub voice: Voice<'a>,
    /// Whose pages these are.
    pub city: &'a City,
    /// The languages that pages exist in, the city's own first.
    pub languages: &'a [Lang],
    /// Where the pages are in the world.
    pub base_url: &'a BaseUrl,
}

/// What a page says about itself.
pub struct Head<'a> {
    /// Its title; the page shows it as its heading by itself.
    pub title: String,
    /// One sentence on what it holds, for those who search.
    pub description: Option<String>,
    /// Its address below the language: `/now?place=x`; empty for the first page.
    pub path: &'a str,
    /// Whether it is the same for everybody, found at this address and worth finding; a page for
    /// one person is not, and names no address of its own.
    pub public: bool,
}

/// The path of a page: `path` is empty or begins with a slash.
#[must_use]
pub fn path(lang: Lang, path: &str) -> String {
    format!("/{lang}{path}")
}

impl Frame<'_> {
    /// A whole page around `main`, which holds its only `h1`.
    ///
    /// # Errors
    /// When the catalogue lacks a word of the frame.
    pub fn page(&self, head: &Head<'_>, main: &Markup) -> Page {
        let voice = self.voice;
        let lang = voice.lang;
        let city = self.city.name(lang);
        let product = voice.say("web-name")?;
        let title = format!("{} – {product}, {city}", head.title);
        let [style, mark] = assets();
        Ok(html! {
            (DOCTYPE)
            html lang=(lang) {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    meta name="color-scheme" content="light dark";
                    title { (title) }
                    @if let Some(description) = &head.description {
                        meta name="description" content=(description);
                    }
                    @if head.public {
                        link rel="canonical" href=(self.base_url.of(&path(lang, head.path)));
                        @for other in self.languages {
                            link rel="alternate" hreflang=(other) href=(self.base_url.of(&path(*other, head.path)));
                        }
                        (self.feeds(city)?)
                    } @else {
                        meta name="robots" content="noindex, nofollow";
                    }
                    link rel="stylesheet" href=(style.path());
                    link rel="icon" type=(mark.kind) href=(mark.path());
                }
                body {
                    a.skip href="#main" { (voice.say("web-skip")?) }
                    (self.header(&product, city, head.path)?)
                    main #main tabindex="-1" { (main) }
                    (self.footer()?)
                }
            }
        })
    }

    /// Where news readers find the alerts by themselves.
    fn feeds(&self, city: &str) -> Page {
        let voice = self.voice;
        let title = voice.say_with("feed-title", [("city", Arg::Text(city.to_owned()))])?;
        Ok(html! {
            @for feed in [Feed::Atom, Feed::Rss, Feed::Json] {
                link rel="alternate" type=(feed.media_type()) title={ (title) " – " (feed.name()) }
                    href=(self.base_url.of(&feed.path(voice.lang, None)));
            }
        })
    }

    fn header(&self, product: &str, city: &str, here: &str) -> Page {
        let voice = self.voice;
        let lang = voice.lang;
        let now = here == "/now" || here.starts_with("/now?");
        Ok(html! {
            header.top {
                div.wide {
                    a.brand href=(path(lang, "")) {
                        img src=(assets()[1].path()) alt="" width="36" height="36";
                        span { strong { (product) } " " span.city { (city) } }
                    }
                    nav aria-label=(voice.say("web-navigation")?) {
                        a href=(path(lang, "/now")) aria-current=[now.then_some("page")] { (voice.say("web-now-link")?) }
                        @for other in self.languages.iter().filter(|other| **other != lang) {
                            @let theirs = Voice { lang: *other, ..voice };
                            a.language href=(path(*other, here)) lang=(other) hreflang=(other) rel="alternate" {
                                (theirs.say("web-language")?)
                            }
                        }
                    }
                }
            }
        })
    }

    fn footer(&self) -> Page {
        let voice = self.voice;
        let lang = voice.lang;
        let number = self.city.emergency();
        let call = voice.say("web-emergency")?;
        Ok(html! {
            footer {
                div.wide {
                    p.emergency { (call) " " a href={ "tel:" (number) } { (number) } }
                    ul.bare {
                        li { a href=(path(lang, "/privacy")) { (voice.say("web-privacy-link")?) } }
                        li { a href=(path(lang, "/accessibility")) { (voice.say("web-accessibility-link")?) } }
                    }
                    p.small { (self.city.sender(lang)) }
                }
            }
        })
    }
}
