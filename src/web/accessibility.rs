//! The statement of accessibility (Directive (EU) 2016/2102, Decision (EU) 2018/1523, EN 301 549).

use maud::html;

use super::asked::public;
use super::{Answer, Asked};
use crate::message::Arg;
use crate::page::Head;

/// The page.
pub(super) async fn page(asked: Asked) -> Answer {
    let (site, voice) = (&asked.site, asked.voice());
    let sender = Arg::Text(site.city.sender(asked.lang).to_owned());
    let title = voice.say("accessibility-title")?;
    let main = html! {
        h1 { (title) }
        p.lead { (voice.say_with("accessibility-about", [("sender", sender.clone())])?) }
        h2 { (voice.say("accessibility-status")?) }
        p { (voice.say("accessibility-status-text")?) }
        h2 { (voice.say("accessibility-gaps")?) }
        ul {
            li { (voice.say("accessibility-gap-original")?) }
            li { (voice.say("accessibility-gap-senders")?) }
            li { (voice.say("accessibility-gap-links")?) }
        }
        p { (voice.say("accessibility-elsewhere")?) }
        h2 { (voice.say("accessibility-made")?) }
        p { (voice.say("accessibility-made-text")?) }
        h2 { (voice.say("accessibility-write")?) }
        p {
            @match &site.contact {
                Some(contact) => {
                    (voice.say("accessibility-write-to")?) " "
                    a href={ "mailto:" (contact.as_str()) } { (contact.as_str()) }
                },
                None => (voice.say_with("accessibility-write-city", [("sender", sender)])?),
            }
        }
        p { (voice.say("accessibility-answer")?) }
        h2 { (voice.say("accessibility-enforce")?) }
        p { (voice.say("accessibility-enforce-text")?) }
    };
    let head = Head {
        title,
        description: Some(voice.say("accessibility-description")?),
        path: "/accessibility",
        public: true,
    };
    Ok(public(asked.frame().page(&head, &main)?))
}
