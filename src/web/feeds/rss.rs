//! A feed as RSS 2.0, with what CAP says of each alert in CAP's own elements.

use super::atom::cap_facts;
use super::{Feed, Kind};
use crate::base::clock::Millis;
use crate::base::xml::Document;
use crate::features::alert::cap::write;
use crate::message::Words;
use crate::message::catalogue::CatalogueError;

/// After how many minutes it is worth asking again.
const MINUTES: &str = "1";

/// The feed's text.
pub(super) fn write(feed: &Feed<'_>) -> Result<String, CatalogueError> {
    let voice = feed.asked.voice();
    let mut out = Document::new();
    out.open(
        "rss",
        &[
            ("version", "2.0"),
            ("xmlns:atom", "http://www.w3.org/2005/Atom"),
            ("xmlns:cap", write::NAMESPACE),
        ],
    );
    out.open("channel", &[]);
    out.text("title", &feed.title);
    out.text("link", &feed.page);
    out.text("description", &feed.about);
    out.text("language", feed.asked.lang.as_str());
    out.text("lastBuildDate", &date(feed.updated));
    out.text("ttl", MINUTES);
    let own = [
        ("rel", "self"),
        ("type", Kind::Rss.media_type()),
        ("href", feed.own.as_str()),
    ];
    out.empty("atom:link", &own);
    for entry in &feed.entries {
        out.open("item", &[]);
        out.text("title", &entry.title);
        out.text("link", &entry.page);
        out.text_with("guid", &[("isPermaLink", "true")], &entry.page);
        out.text("pubDate", &date(entry.told.created));
        for topic in entry.topics() {
            out.text(
                "category",
                &voice.word(&Words::Written(topic.names.clone()))?,
            );
        }
        // Readers take a description for HTML.
        out.text("description", &html(&entry.summary));
        let cap = [
            ("rel", "alternate"),
            ("type", write::MEDIA_TYPE),
            ("href", &entry.cap),
        ];
        out.empty("atom:link", &cap);
        cap_facts(&mut out, entry);
        out.close();
    }
    Ok(out.finish())
}

fn date(at: Millis) -> String {
    at.utc().map_or_else(String::new, |at| at.to_rfc2822())
}

/// Plain text as HTML, its paragraphs and line breaks kept.
fn html(text: &str) -> String {
    let paragraphs = text.split("\n\n").map(|paragraph| {
        let lines: Vec<&str> = paragraph.lines().collect();
        maud::html! {
            p { @for (number, line) in lines.iter().enumerate() { @if number > 0 { br; } (line) } }
        }
    });
    paragraphs.map(maud::Markup::into_string).collect()
}
