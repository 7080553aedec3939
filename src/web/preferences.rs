//! Everything that an address has chosen, on one page, to be seen and changed.

pub(super) mod changes;

use axum::extract::Path;
use axum::http::StatusCode;
use maud::{Markup, html};

use super::asked::private;
use super::personal::{self, lead};
use super::posted::Posted;
use super::wish::{Faults, Typed, choices};
use super::{Answer, Asked, quiet};
use crate::base::link::{MY_DATA, PREFERENCES, UNSUBSCRIBE};
use crate::features::subscribe::{chat, rules};
use crate::message::{Arg, Words, say, say_with};
use crate::page::{
    Choice, Field, Input, Page, Tone, error_summary, facts, notice, panel, path, tick,
};
use crate::people::Wish;
use crate::people::crowd::{Citizen, Crowd};
use changes::{ALL, Came, NEW, Scene, reads, same_hours, state};

/// The page. Nothing changes.
pub(super) async fn page(asked: Asked, Path((_, token)): Path<(String, String)>) -> Answer {
    let mut tx = asked.site.db.read().await?;
    let opened = personal::look(&asked.site, &mut tx, PREFERENCES, &token).await?;
    drop(tx);
    shown(&asked, &token, &opened.citizen, &Came::Nothing)
}

/// Takes one of its forms, and shows the page as it is then.
pub(super) async fn post(
    asked: Asked,
    Path((_, token)): Path<(String, String)>,
    posted: Posted,
) -> Answer {
    let site = &asked.site;
    let now = site.clock.now();
    let mut tx = site.db.begin().await?;
    let mut crowd = Crowd::default();
    let opened = personal::hold(site, &mut tx, &mut crowd, PREFERENCES, &token).await?;
    let mut citizen = opened.citizen;
    let scene = Scene {
        city: &site.city,
        quiet: quiet(site),
        languages: &site.languages,
        now,
    };
    let came = scene.take(&mut citizen, &posted);
    personal::save(site, tx, crowd, &citizen, now).await?;
    citizen.consents.clear();
    shown(&asked, &token, &citizen, &came)
}

fn shown(asked: &Asked, token: &str, citizen: &Citizen, came: &Came) -> Answer {
    let (site, voice, lang) = (&asked.site, asked.voice(), asked.lang);
    let own_path = format!("/preferences/{token}");
    let action = path(lang, &own_path);
    let title = voice.say("settings-title")?;
    let forms = Forms {
        asked,
        action: &action,
        came,
    };
    let several = citizen.wishes.len() > 1;
    let main = html! {
        h1 { (title) }
        @if let Some(address) = personal::shown(site, citizen) {
            p.lead { (voice.say_with("preferences-of", [("address", Arg::Text(address.to_owned()))])?) }
        }
        (remark(asked, came)?)
        (standing(asked, citizen)?)
        @for (number, (id, wish)) in (1..).zip(&citizen.wishes) {
            (panel(&html! {
                h2 {
                    @if several { (voice.say_with("wish-number", [("number", Arg::Number(number))])?) }
                    @else { (voice.say("preferences-one")?) }
                }
                (facts(&chat::facts(wish, &site.city), voice)?)
                (forms.change(*id, wish)?)
            }))
        }
        (panel(&html! {
            h2 { (voice.say("preferences-add")?) }
            (forms.add()?)
        }))
        (panel(&html! {
            h2 { (voice.say("preferences-all")?) }
            (whole(asked, citizen, &action)?)
        }))
        h2 { (voice.say("preferences-more")?) }
        ul.links {
            li { a href=(lead(site, lang, citizen, ("mydata", MY_DATA))) { (voice.say("mydata-title")?) } }
            li { a href=(lead(site, lang, citizen, ("unsubscribe", UNSUBSCRIBE))) { (voice.say("unsubscribe-link")?) } }
            li { a href=(path(lang, "/privacy")) { (voice.say("button-privacy")?) } }
        }
    };
    let mut answer = private(asked, title, &own_path, &main)?;
    if matches!(came, Came::Faulty(..)) {
        *answer.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    }
    Ok(answer)
}

/// What has become of the form that was sent.
fn remark(asked: &Asked, came: &Came) -> Page {
    let voice = asked.voice();
    let (tone, words) = match came {
        Came::Nothing | Came::Faulty(..) => return Ok(html! {}),
        Came::Taken(words) => (Tone::Good, voice.word(words)?),
        Came::Gone => (Tone::Wrong, voice.say("settings-changed-already")?),
    };
    Ok(notice(tone, &html! { p role="status" { (words) } }))
}

/// Whether letters come, where that is not a matter of course.
fn standing(asked: &Asked, citizen: &Citizen) -> Page {
    let voice = asked.voice();
    let now = asked.site.clock.now();
    let words = if !citizen.on {
        say("settings-off")
    } else if let Some(until) = citizen.paused_until.filter(|until| *until > now) {
        say_with("settings-paused", [("until", Arg::Time(until))])
    } else {
        return Ok(html! {});
    };
    Ok(notice(Tone::Plain, &html! { p { (voice.word(&words)?) } }))
}

/// The forms about single subscriptions.
struct Forms<'a> {
    asked: &'a Asked,
    action: &'a str,
    came: &'a Came,
}

impl Forms<'_> {
    fn change(&self, id: i64, wish: &Wish) -> Page {
        let voice = self.asked.voice();
        let key = id.to_string();
        let remove = format!("remove-{key}");
        let more = html! {
            (tick(&remove, "yes", &voice.say("preferences-remove")?, None))
        };
        let usual = Typed::of(wish, &self.asked.site.city);
        let words = (say("preferences-change"), say("preferences-save"));
        self.folded(&key, &usual, words, &more)
    }

    fn add(&self) -> Page {
        let usual = Typed::usual(&self.asked.site.city);
        let words = (say("preferences-add-open"), say("preferences-add-send"));
        self.folded(NEW, &usual, words, &html! {})
    }

    /// A form that unfolds; it is open when there is something to correct in it.
    fn folded(
        &self,
        key: &str,
        usual: &Typed,
        (open, send): (Words, Words),
        more: &Markup,
    ) -> Page {
        let voice = self.asked.voice();
        let none = Faults::new();
        let (typed, faults) = match self.came {
            Came::Faulty(its, typed, faults) if its == key => (&**typed, faults),
            _ => (usual, &none),
        };
        let fields = typed.fields(&self.asked.site.city, voice, key, faults)?;
        Ok(html! {
            details open[!faults.is_empty()] {
                summary { (voice.word(&open)?) }
                (error_summary(&fields, voice)?)
                form method="post" action=(self.action) novalidate {
                    input type="hidden" name="form" value=(key);
                    @for field in &fields { (field.html()) }
                    (more)
                    p.actions { button type="submit" { (voice.word(&send)?) } }
                }
            }
        })
    }
}

/// What is about the whole address. Everything is chosen as it is, so that sending it changes
/// nothing.
fn whole(asked: &Asked, citizen: &Citizen, action: &str) -> Page {
    let (site, voice) = (&asked.site, asked.voice());
    let now = state(citizen, site.clock.now());
    let choice = |value: &str, label: String, chosen: bool| Choice {
        value: value.to_owned(),
        label,
        chosen,
    };
    let states = vec![
        choice("on", voice.say("preferences-on")?, now == "on"),
        choice("pause", voice.say("preferences-pause")?, now == "pause"),
        choice("off", voice.say("preferences-off")?, now == "off"),
    ];
    let question = rules::quiet();
    let hours = citizen.quiet.unwrap_or(quiet(site));
    let mut quiets = choices(&question, &[], voice)?;
    for one in &mut quiets {
        one.chosen = rules::quiet_of(&one.value).is_some_and(|its| same_hours(its, hours));
    }
    if !quiets.iter().any(|one| one.chosen) {
        let label = voice.word(&rules::quiet_hours(hours.0, hours.1))?;
        quiets.push(choice("own", label, true));
    }
    let reads = reads(citizen, &site.languages);
    let mut languages = vec![];
    for lang in &site.languages {
        let label = site.voice(*lang).say("language-own-name")?;
        languages.push(choice(lang.as_str(), label, reads == Some(*lang)));
    }
    let hint = Some(voice.say("preferences-quiet-hint")?);
    let fields = [
        ("state", voice.say("preferences-state")?, None, states),
        ("quiet", voice.say("preferences-quiet")?, hint, quiets),
        ("lang", voice.say("preferences-language")?, None, languages),
    ];
    Ok(html! {
        form method="post" action=(action) {
            input type="hidden" name="form" value=(ALL);
            @for (name, label, hint, choices) in fields {
                (Field { name: name.to_owned(), label, hint, error: None, input: Input::One(choices) }.html())
            }
            p.actions { button type="submit" { (voice.say("preferences-save")?) } }
        }
    })
}
