//! One alert of a feed: its words, its addresses, and what machines read of it.

use super::cap;
use crate::base::clock::Millis;
use crate::city::Topic;
use crate::features::alert::cap::write;
use crate::features::alert::{Info, MsgType};
use crate::features::now::Standing;
use crate::features::now::published::Published;
use crate::message::catalogue::CatalogueError;
use crate::message::{Arg, Block, Letter};
use crate::page::path;
use crate::web::{Asked, alert, now};

/// The most of a letter that a feed tells, in characters; all of it is on its page.
const MOST: usize = 4_000;

/// An alert as a feed tells of it.
pub(super) struct Entry<'a> {
    pub asked: &'a Asked,
    pub told: &'a Published,
    /// Its letter's title, marked where it no longer counts.
    pub title: String,
    /// How it stands, and what its letter says.
    pub summary: String,
    /// Its permanent address, which it is known by.
    pub page: String,
    /// The address of its CAP file.
    pub cap: String,
    /// The address of the message that took its place.
    pub newer: Option<String>,
}

impl<'a> Entry<'a> {
    /// `None` where there are no words for it.
    pub fn of(asked: &'a Asked, told: &'a Published) -> Result<Option<Self>, CatalogueError> {
        let worded = &told.letter.0;
        let own = worded.get(&asked.lang).or_else(|| worded.values().next());
        let Some(letter) = own else {
            return Ok(None);
        };
        let voice = asked.voice();
        let title = letter.title.clone().unwrap_or_default();
        let marked = [("title", Arg::Text(title.clone()))];
        let title = match told.standing {
            Standing::InForce | Standing::AllClear => title,
            Standing::Updated(_) => voice.say_with("feed-updated", marked)?,
            Standing::Cancelled(_) => voice.say_with("feed-cancelled", marked)?,
            Standing::Over => voice.say_with("feed-over", marked)?,
        };
        let standing = alert::Standing::of(asked, told.standing, told.expires)?;
        let base = &asked.site.base_url;
        let page = |id: i64| base.of(&path(asked.lang, &now::address(id)));
        Ok(Some(Self {
            asked,
            told,
            title,
            summary: format!("{}\n\n{}", standing.words, text(letter)),
            page: page(told.id),
            cap: base.of(&cap::address(told.id)),
            newer: standing.newer.map(page),
        }))
    }

    /// The info that readers of this language are told from.
    pub fn info(&self) -> Option<&'a Info> {
        let infos = &self.told.alert.infos;
        let own = infos
            .iter()
            .find(|info| info.lang() == Some(self.asked.lang));
        own.or(infos.first())
    }

    /// The topics that it is about; about all of them is about none in particular.
    pub fn topics(&self) -> impl Iterator<Item = &'a Topic> {
        let (told, topics) = (self.told, self.asked.site.city.topics());
        let all = topics.iter().all(|topic| told.topics.has(topic.bit));
        (topics.iter()).filter(move |topic| !all && told.topics.has(topic.bit))
    }

    /// How it stands, in a word for machines.
    pub fn standing(&self) -> &'static str {
        match self.told.standing {
            Standing::InForce => "in_force",
            Standing::Updated(_) => "updated",
            Standing::Cancelled(_) => "cancelled",
            Standing::AllClear => "all_clear",
            Standing::Over => "over",
        }
    }

    /// Names and values of CAP that machines go by, the sender's own name and time for it first.
    pub fn facts(&self) -> Vec<(&'static str, String)> {
        let alert = &self.told.alert;
        let when = |at: Millis| write::time(at, self.asked.site.city.zone());
        let mut facts = vec![
            ("identifier", alert.identifier.clone()),
            ("sender", alert.sender.clone()),
            ("sent", when(alert.sent)),
            (
                "msgType",
                alert.msg_type.map_or("", MsgType::name).to_owned(),
            ),
        ];
        let references = write::references(alert, self.asked.site.city.zone());
        facts.extend(references.map(|all| ("references", all)));
        if let Some(info) = self.info() {
            facts.extend([
                ("event", write::event(info).to_owned()),
                ("urgency", info.urgency.name().to_owned()),
                ("severity", info.severity.name().to_owned()),
                ("certainty", info.certainty.name().to_owned()),
            ]);
            facts.extend(info.onset.map(|at| ("onset", when(at))));
        }
        facts.push(("expires", when(self.told.expires)));
        facts
    }
}

/// What a letter says, without its title and without why somebody got it.
fn text(letter: &Letter<String>) -> String {
    let blocks = letter.body.iter().filter_map(|block| match block {
        Block::Paragraph(text) | Block::Quote(text) => Some(text.clone()),
        Block::Choice(_) => None,
        Block::Bullets(items) => {
            let items: Vec<_> = items.iter().map(|item| format!("• {item}")).collect();
            Some(items.join("\n"))
        }
        Block::Facts(facts) => {
            let facts: Vec<_> = (facts.iter())
                .map(|(name, value)| format!("{name}: {value}"))
                .collect();
            Some(facts.join("\n"))
        }
    });
    let whole = blocks.collect::<Vec<_>>().join("\n\n");
    let Some((end, _)) = whole.char_indices().nth(MOST) else {
        return whole;
    };
    let words = whole[..end].rfind(char::is_whitespace).unwrap_or(end);
    format!("{}…", whole[..words].trim_end())
}
