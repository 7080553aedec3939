//! A letter as HTML: what the channels carry as text, with headings, lists and links.

use maud::{Markup, html};

use super::{Page, Voice};
use crate::message::{Action, Block, Letter, Weight};

/// The letter in the voice's language. Its title is a heading of level `heading`, 1 to 3. Its
/// footer, which tells why somebody gets it, has no place on a page; what in it answers us (buttons,
/// choices, fields) are forms, which are the page's own.
///
/// # Errors
/// When the catalogue lacks a word of the frame around it.
pub fn letter(letter: &Letter<String>, voice: Voice<'_>, heading: u8) -> Page {
    let level = match letter.weight {
        Weight::Silent | Weight::Normal => None,
        Weight::Warning => Some(("warning", voice.say("web-warning")?)),
        Weight::Danger => Some(("danger", voice.say("web-danger")?)),
    };
    let title = letter.title.as_deref();
    Ok(html! {
        @if let Some((class, word)) = &level {
            p.level.(class) { (word) }
        }
        @match (title, heading) {
            (Some(title), 1) => h1 dir="auto" { (title) },
            (Some(title), 2) => h2 dir="auto" { (title) },
            (Some(title), _) => h3 dir="auto" { (title) },
            (None, _) => {},
        }
        @for block in &letter.body { (self::block(block)) }
        @if let Some(picture) = &letter.picture {
            p { img.picture src=(picture.id.path()) alt=(picture.alternative) width="1200" height="900"; }
        }
        (links(letter))
    })
}

fn block(block: &Block<String>) -> Markup {
    html! {
        @match block {
            Block::Paragraph(text) => p.lines dir="auto" { (text) },
            Block::Quote(text) => blockquote.lines dir="auto" { (text) },
            Block::Choice(_) => {},
            Block::Bullets(items) => ul {
                @for item in items { li.lines dir="auto" { (item) } }
            },
            Block::Facts(facts) => dl {
                @for (name, value) in facts {
                    div {
                        dt dir="auto" { (name) }
                        dd.lines dir="auto" { (value) }
                    }
                }
            },
        }
    }
}

fn links(letter: &Letter<String>) -> Markup {
    let links = letter.actions.iter().flatten();
    let links: Vec<_> = links
        .filter_map(|action| match action {
            Action::Open { label, url } => Some((label, url)),
            _ => None,
        })
        .collect();
    html! {
        @if !links.is_empty() {
            p.actions {
                @for (label, url) in links { a.button href=(url) rel="noreferrer" { (label) } " " }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::message::{Token, catalogue::Catalogue};

    #[test]
    fn text_never_becomes_markup_and_what_answers_us_is_left_to_the_page() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("locales");
        let catalogue = Catalogue::load(&folder, chrono_tz::Europe::Sofia).expect("words");
        let lang = "en".parse().expect("a language");
        let voice = Voice {
            catalogue: &catalogue,
            lang,
        };
        let mut one = Letter::line("<b>\"&".to_owned());
        one.title = Some("</title><script>".to_owned());
        one.weight = Weight::Danger;
        one.actions = vec![vec![Action::Press {
            label: "Stop <now>".to_owned(),
            token: Token::try_from("stop\"".to_owned()).expect("a token"),
        }]];
        let shown = letter(&one, voice, 1).expect("words");
        assert_eq!(
            shown.into_string(),
            "<p class=\"level danger\">Danger</p><h1 dir=\"auto\">&lt;/title&gt;&lt;script&gt;</h1>\
             <p class=\"lines\" dir=\"auto\">&lt;b&gt;&quot;&amp;</p>"
        );
    }
}
