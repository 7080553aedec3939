//! A feed as Atom (RFC 4287), with what CAP says of each alert in CAP's own elements.

use super::{Feed, Kind};
use crate::base::xml::Document;
use crate::features::alert::cap::write;
use crate::message::Words;
use crate::message::catalogue::CatalogueError;

/// The feed's text.
pub(super) fn write(feed: &Feed<'_>) -> Result<String, CatalogueError> {
    let (site, voice) = (&feed.asked.site, feed.asked.voice());
    let lang = feed.asked.lang.as_str();
    let mut out = Document::new();
    out.open(
        "feed",
        &[
            ("xmlns", "http://www.w3.org/2005/Atom"),
            ("xmlns:cap", write::NAMESPACE),
            ("xml:lang", lang),
        ],
    );
    out.text("id", &feed.own);
    out.text("title", &feed.title);
    out.text("subtitle", &feed.about);
    out.text("updated", &feed.updated.rfc3339());
    out.empty(
        "link",
        &[
            ("rel", "self"),
            ("type", Kind::Atom.media_type()),
            ("href", &feed.own),
        ],
    );
    let page = |out: &mut Document, address: &str| {
        let link = [
            ("rel", "alternate"),
            ("type", "text/html"),
            ("hreflang", lang),
            ("href", address),
        ];
        out.empty("link", &link);
    };
    page(&mut out, &feed.page);
    out.open("author", &[]);
    out.text("name", site.city.sender(feed.asked.lang));
    out.text("uri", &site.base_url.of("/"));
    out.close();
    out.text("generator", &voice.say("web-name")?);
    for entry in &feed.entries {
        out.open("entry", &[]);
        out.text("id", &entry.page);
        out.text("title", &entry.title);
        out.text("published", &entry.told.created.rfc3339());
        out.text("updated", &entry.told.changed.rfc3339());
        page(&mut out, &entry.page);
        let cap = [
            ("rel", "alternate"),
            ("type", write::MEDIA_TYPE),
            ("href", &entry.cap),
        ];
        out.empty("link", &cap);
        if let Some(newer) = &entry.newer {
            // RFC 5829: the latest of several versions.
            out.empty("link", &[("rel", "latest-version"), ("href", newer)]);
        }
        for topic in entry.topics() {
            let label = voice.word(&Words::Written(topic.names.clone()))?;
            out.empty("category", &[("term", &topic.code), ("label", &label)]);
        }
        out.text("summary", &entry.summary);
        cap_facts(&mut out, entry);
        out.close();
    }
    Ok(out.finish())
}

/// What CAP says of an alert, in elements of CAP's own namespace.
pub(super) fn cap_facts(out: &mut Document, entry: &super::Entry<'_>) {
    for (name, value) in entry.facts() {
        let element = match name {
            "identifier" => "cap:identifier",
            "sender" => "cap:sender",
            "sent" => "cap:sent",
            "msgType" => "cap:msgType",
            "references" => "cap:references",
            "event" => "cap:event",
            "urgency" => "cap:urgency",
            "severity" => "cap:severity",
            "certainty" => "cap:certainty",
            "onset" => "cap:onset",
            _ => "cap:expires",
        };
        out.text(element, &value);
    }
}
