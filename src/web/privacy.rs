//! The statement of privacy, in layers: the gist, then each class of data, then people's rights.

use maud::html;

use super::asked::public;
use super::{Answer, Asked};
use crate::config::privacy::PrivacySettings;
use crate::features::privacy::retention::Class;
use crate::message::Arg;
use crate::message::catalogue::CatalogueError;
use crate::page::{Head, Voice, panel};

/// A class of data: what it is, what it is kept for, how long.
type Kept = (String, String, String);

/// The page.
pub(super) async fn page(asked: Asked) -> Answer {
    let (site, voice) = (&asked.site, asked.voice());
    let sender = Arg::Text(site.city.sender(asked.lang).to_owned());
    let quotas = Arg::Number(Class::Quotas.kept(&site.kept).number());
    let title = voice.say("privacy-title")?;
    let main = html! {
        h1 { (title) }
        (panel(&html! {
            h2 { (voice.say("privacy-gist")?) }
            ul {
                li { (voice.say("privacy-gist-kept")?) }
                li { (voice.say("privacy-gist-never")?) }
                li { (voice.say("privacy-gist-provider")?) }
                li { (voice.say("privacy-gist-forget")?) }
            }
        }))
        h2 { (voice.say("privacy-who")?) }
        p { (voice.say_with("privacy-who-text", [("sender", sender)])?) }
        p {
            @match &site.data_officer {
                Some(officer) => {
                    (voice.say("privacy-officer")?) " "
                    a href={ "mailto:" (officer.as_str()) } { (officer.as_str()) }
                },
                None => (voice.say("privacy-officer-city")?),
            }
        }
        h2 { (voice.say("privacy-kept")?) }
        @for (what, why, how_long) in kept(voice, &site.kept)? {
            h3 { (what) }
            dl {
                div { dt { (voice.say("privacy-why")?) } dd { (why) } }
                div { dt { (voice.say("privacy-how-long")?) } dd { (how_long) } }
            }
        }
        h2 { (voice.say("privacy-basis")?) }
        p { (voice.say("privacy-basis-task")?) }
        p { (voice.say("privacy-basis-consent")?) }
        h2 { (voice.say("privacy-others")?) }
        p { (voice.say("privacy-others-text")?) }
        h2 { (voice.say("privacy-pages")?) }
        p { (voice.say_with("privacy-pages-text", [("days", quotas)])?) }
        h2 { (voice.say("privacy-rights")?) }
        ul {
            li { (voice.say("privacy-right-see")?) }
            li { (voice.say("privacy-right-forget")?) }
            li { (voice.say("privacy-right-change")?) }
            li { (voice.say("privacy-right-object")?) }
        }
        p { (voice.say("privacy-right-answer")?) }
        p {
            (voice.say("privacy-authority")?) " "
            a href="mailto:kzld@cpdp.bg" { "kzld@cpdp.bg" } ", "
            a href="https://www.cpdp.bg/" rel="noreferrer" { "www.cpdp.bg" } "."
        }
        h2 { (voice.say("privacy-age")?) }
        p { (voice.say("privacy-age-text")?) }
    };
    let head = Head {
        title,
        description: Some(voice.say("privacy-description")?),
        path: "/privacy",
        public: true,
    };
    Ok(public(asked.frame().page(&head, &main)?))
}

/// Every class of data that is kept, and how long: the very times of the settings.
fn kept(voice: Voice<'_>, settings: &PrivacySettings) -> Result<Vec<Kept>, CatalogueError> {
    let time = |class: Class| Arg::Number(class.kept(settings).number());
    Ok(vec![
        (
            voice.say("privacy-address")?,
            voice.say("privacy-address-why")?,
            voice.say_with(
                "privacy-address-how-long",
                [
                    ("months", time(Class::Departed)),
                    ("days", time(Class::Visitors)),
                ],
            )?,
        ),
        (
            voice.say("privacy-wishes")?,
            voice.say("privacy-wishes-why")?,
            voice.say("privacy-wishes-how-long")?,
        ),
        (
            voice.say("privacy-consent")?,
            voice.say("privacy-consent-why")?,
            voice.say("privacy-consent-how-long")?,
        ),
        (
            voice.say("privacy-forms")?,
            voice.say("privacy-forms-why")?,
            voice.say_with(
                "privacy-forms-how-long",
                [
                    ("forms", time(Class::Forms)),
                    ("requests", time(Class::Requests)),
                    ("confirmed", time(Class::ConfirmedRequests)),
                ],
            )?,
        ),
        (
            voice.say("privacy-deliveries")?,
            voice.say("privacy-deliveries-why")?,
            voice.say_with(
                "privacy-deliveries-how-long",
                [
                    ("days", time(Class::Deliveries)),
                    ("answers", time(Class::Answers)),
                ],
            )?,
        ),
        (
            voice.say("privacy-events")?,
            voice.say("privacy-events-why")?,
            voice.say_with("privacy-events-how-long", [("days", time(Class::Events))])?,
        ),
        (
            voice.say("privacy-left")?,
            voice.say("privacy-left-why")?,
            voice.say("privacy-left-how-long")?,
        ),
    ])
}
