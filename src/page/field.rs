//! Fields of forms: each with its label, its hint and its error, tied together for all senses.

use maud::{Markup, html};

use super::{Page, Voice};

/// A question of a form.
pub struct Field<'a> {
    /// The name that its answer is posted under, and the anchor that errors link to.
    pub name: String,
    /// What is asked.
    pub label: String,
    /// What helps to answer.
    pub hint: Option<String>,
    /// Why the answer given was not taken: what to do.
    pub error: Option<String>,
    /// How it is answered.
    pub input: Input<'a>,
}

/// How a field is answered.
pub enum Input<'a> {
    /// One line.
    Line {
        /// The `type` of the input: `text`, `email`, `search`.
        kind: &'a str,
        /// What browsers may fill in (WCAG 1.3.5), where it is about the reader: `email`.
        autocomplete: Option<&'a str>,
        /// What stands there already.
        value: &'a str,
    },
    /// One of several, all in sight.
    One(Vec<Choice>),
    /// Any of several.
    Several(Vec<Choice>),
    /// One of many, in a list that folds.
    Listed(Vec<Choice>),
}

/// An answer to choose.
pub struct Choice {
    /// What is posted.
    pub value: String,
    /// What is read.
    pub label: String,
    /// Whether it is chosen already.
    pub chosen: bool,
}

impl Field<'_> {
    /// The field as HTML.
    #[must_use]
    pub fn html(&self) -> Markup {
        let (name, label) = (&self.name, &self.label);
        let hint_id = format!("{name}-hint");
        let error_id = format!("{name}-error");
        let described: Vec<&str> = [
            self.hint.is_some().then_some(hint_id.as_str()),
            self.error.is_some().then_some(error_id.as_str()),
        ]
        .into_iter()
        .flatten()
        .collect();
        let described = (!described.is_empty()).then(|| described.join(" "));
        let invalid = self.error.is_some().then_some("true");
        let notes = html! {
            @if let Some(hint) = &self.hint { p.hint id=(hint_id) { (hint) } }
            @if let Some(error) = &self.error { p.error id=(error_id) { (error) } }
        };
        html! {
            @match &self.input {
                Input::Line { kind, autocomplete, value } => div.field {
                    label for=(name) { (label) }
                    (notes)
                    input id=(name) name=(name) type=(kind) value=(value) autocomplete=[*autocomplete]
                        aria-describedby=[described.as_deref()] aria-invalid=[invalid];
                },
                Input::Listed(choices) => div.field {
                    label for=(name) { (label) }
                    (notes)
                    select id=(name) name=(name) aria-describedby=[described.as_deref()] aria-invalid=[invalid] {
                        @for choice in choices {
                            option value=(choice.value) selected[choice.chosen] { (choice.label) }
                        }
                    }
                },
                Input::One(choices) => (group(self, choices, "radio", &notes, described.as_deref())),
                Input::Several(choices) => (group(self, choices, "checkbox", &notes, described.as_deref())),
            }
        }
    }
}

/// One box to tick, never ticked beforehand: who sends it has decided something.
#[must_use]
pub fn tick(name: &str, value: &str, label: &str, error: Option<&str>) -> Markup {
    let error_id = format!("{name}-error");
    let described = error.map(|_| error_id.as_str());
    html! {
        div.sure {
            @if let Some(error) = error { p.error role="alert" id=(error_id) { (error) } }
            label.choice for=(name) {
                input id=(name) name=(name) type="checkbox" value=(value) aria-describedby=[described]
                    aria-invalid=[described.map(|_| "true")];
                span { (label) }
            }
        }
    }
}

/// Boxes or dots under one question. The first of them bears the field's name as its anchor.
fn group(
    field: &Field<'_>,
    choices: &[Choice],
    kind: &str,
    notes: &Markup,
    described: Option<&str>,
) -> Markup {
    let id = |number: usize| match number {
        0 => field.name.clone(),
        number => format!("{}-{number}", field.name),
    };
    html! {
        fieldset.field aria-describedby=[described] {
            legend { (field.label) }
            (notes)
            div.choices.(kind) {
                @for (number, choice) in choices.iter().enumerate() {
                    label.choice for=(id(number)) {
                        input id=(id(number)) name=(field.name) type=(kind) value=(choice.value)
                            checked[choice.chosen];
                        span { (choice.label) }
                    }
                }
            }
        }
    }
}

/// The errors of a form in one place, each leading to its field; nothing when there are none.
///
/// # Errors
/// When the catalogue lacks the heading.
pub fn error_summary(fields: &[Field<'_>], voice: Voice<'_>) -> Page {
    let faulty: Vec<_> = fields
        .iter()
        .filter_map(|field| Some((&field.name, field.error.as_ref()?)))
        .collect();
    Ok(html! {
        @if !faulty.is_empty() {
            div.notice.wrong role="alert" {
                h2 { (voice.say("web-form-faults")?) }
                ul {
                    @for (name, error) in faulty { li { a href={ "#" (name) } { (error) } } }
                }
            }
        }
    })
}
