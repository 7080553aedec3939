//! The messages of one language as read from its files: what each needs, and what is wrong.

use std::collections::{BTreeMap, BTreeSet};

use fluent::FluentResource;
use fluent_syntax::ast::{
    CallArguments, Entry, Expression, Identifier, InlineExpression, Pattern, PatternElement,
    Variant, VariantKey,
};

/// The functions that messages may call, and what each wants.
pub(super) const FUNCTIONS: [(&str, Need); 5] = [
    ("NUM", Need::Number),
    ("DATE", Need::Time),
    ("TIME", Need::Time),
    ("MOMENT", Need::Time),
    ("WEEKDAY", Need::Time),
];

/// The plural categories of CLDR; a choice among these wants a number.
const PLURALS: [&str; 6] = ["zero", "one", "two", "few", "many", "other"];

/// What an argument must be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// Shown as it stands: text, a number, words or a list.
    Any,
    /// A number: it goes through `NUM()` or decides a plural.
    Number,
    /// A moment: it goes through `DATE()`, `TIME()`, `MOMENT()` or `WEEKDAY()`.
    Time,
}

impl Need {
    /// What satisfies both, if anything does.
    fn and(self, other: Self) -> Option<Self> {
        match (self, other) {
            (a, b) if a == b => Some(a),
            (Self::Any, Self::Number) | (Self::Number, Self::Any) => Some(Self::Number),
            _ => None,
        }
    }
}

/// What a message is made of besides text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Parts {
    /// The arguments it wants, also through the messages that it refers to.
    pub needs: BTreeMap<String, Need>,
    /// The messages, and the terms with their `-`, that it refers to.
    pub refers: BTreeSet<String>,
}

impl Parts {
    /// Adds a need.
    ///
    /// # Errors
    /// When the argument is already needed as something else.
    pub(super) fn need(&mut self, argument: &str, need: Need) -> Result<(), String> {
        let known = self.needs.entry(argument.to_owned()).or_insert(need);
        *known = known.and(need).ok_or_else(|| {
            format!("${argument} is used as a moment and as something else; use two arguments")
        })?;
        Ok(())
    }
}

/// Something wrong in a file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Fault {
    pub file: String,
    pub line: usize,
    pub what: String,
}

/// A message or, its name beginning with `-`, a term.
#[derive(Debug)]
pub(super) struct Found {
    pub file: String,
    pub line: usize,
    pub parts: Parts,
}

/// Everything that a language's files define, by name.
pub(super) type Entries = BTreeMap<String, Found>;

/// Adds what `resource`, read from `file`, defines.
pub(super) fn gather(
    file: &str,
    resource: &FluentResource,
    entries: &mut Entries,
    faults: &mut Vec<Fault>,
) {
    for entry in resource.entries() {
        let mut walk = Walk::default();
        let (id, name) = match entry {
            Entry::Message(message) => {
                match &message.value {
                    Some(value) => walk.pattern(value),
                    None => walk.fault("has no text"),
                }
                if !message.attributes.is_empty() {
                    walk.fault("has attributes, which nothing shows; make them messages");
                }
                (&message.id, message.id.name.to_owned())
            }
            Entry::Term(term) => {
                walk.in_term = true;
                walk.pattern(&term.value);
                for attribute in &term.attributes {
                    walk.pattern(&attribute.value);
                }
                (&term.id, format!("-{}", term.id.name))
            }
            _ => continue,
        };
        let line = line_of(resource.source(), id);
        let mut fault = |what: String| {
            faults.push(Fault {
                file: file.to_owned(),
                line,
                what: format!("{name} {what}"),
            });
        };
        walk.faults.into_iter().for_each(&mut fault);
        if let Some(first) = entries.get(&name) {
            fault(format!("is already in {}:{}", first.file, first.line));
            continue;
        }
        let (file, parts) = (file.to_owned(), walk.parts);
        entries.insert(name, Found { file, line, parts });
    }
}

/// The line, counted from 1, that an identifier stands on; it is a slice of `source`.
fn line_of(source: &str, id: &Identifier<&str>) -> usize {
    let at = (id.name.as_ptr() as usize).saturating_sub(source.as_ptr() as usize);
    line_at(source, at)
}

/// The line, counted from 1, of a place in `source`.
pub(super) fn line_at(source: &str, at: usize) -> usize {
    1 + source[..source.floor_char_boundary(at)]
        .matches('\n')
        .count()
}

/// The parts of every message with all that it refers to, and the faults of the references.
pub(super) fn settle(entries: &Entries, faults: &mut Vec<Fault>) -> BTreeMap<String, Parts> {
    let mut settled = BTreeMap::new();
    for (name, found) in entries {
        if let Err(what) = reach(name, entries, &mut vec![], &mut settled) {
            let (file, line) = (found.file.clone(), found.line);
            let what = format!("{name} {what}");
            faults.push(Fault { file, line, what });
        }
    }
    settled.retain(|name, _| !name.starts_with('-'));
    settled
}

/// Settles `name` after everything that it refers to; `path` leads to it.
fn reach<'a>(
    name: &'a str,
    entries: &'a Entries,
    path: &mut Vec<&'a str>,
    settled: &mut BTreeMap<String, Parts>,
) -> Result<Parts, String> {
    if let Some(parts) = settled.get(name) {
        return Ok(parts.clone());
    }
    if path.contains(&name) {
        return Err("refers to itself in a circle".to_owned());
    }
    let Some(found) = entries.get(name) else {
        return Err(format!("refers to {name}, which does not exist"));
    };
    path.push(name);
    let mut parts = found.parts.clone();
    for other in &found.parts.refers {
        for (argument, need) in reach(other, entries, path, settled)?.needs {
            parts.need(&argument, need)?;
        }
    }
    path.pop();
    settled.insert(name.to_owned(), parts.clone());
    Ok(parts)
}

/// A walk through one message or term.
#[derive(Default)]
struct Walk {
    in_term: bool,
    parts: Parts,
    faults: Vec<String>,
}

impl Walk {
    fn fault(&mut self, what: impl Into<String>) {
        self.faults.push(what.into());
    }

    fn pattern(&mut self, pattern: &Pattern<&str>) {
        for element in &pattern.elements {
            if let PatternElement::Placeable { expression } = element {
                self.expression(expression);
            }
        }
    }

    fn expression(&mut self, expression: &Expression<&str>) {
        match expression {
            Expression::Inline(inline) => self.inline(inline),
            Expression::Select { selector, variants } => {
                self.selector(selector, variants);
                for variant in variants {
                    self.pattern(&variant.value);
                }
            }
        }
    }

    /// What a choice goes by: an argument itself, or an attribute of a term (its gender).
    fn selector(&mut self, selector: &InlineExpression<&str>, variants: &[Variant<&str>]) {
        match selector {
            // Its caller within the file gives a term its arguments; they are literals.
            InlineExpression::VariableReference { .. } if self.in_term => {}
            InlineExpression::VariableReference { id } => {
                let plural = variants.iter().any(|variant| match &variant.key {
                    VariantKey::NumberLiteral { .. } => true,
                    VariantKey::Identifier { name } => PLURALS.contains(name) && *name != "other",
                });
                self.need(id.name, if plural { Need::Number } else { Need::Any });
            }
            InlineExpression::TermReference { .. } => self.inline(selector),
            _ => self.fault("chooses by something else than an argument: what a function returns is text and knows no plural"),
        }
    }

    fn inline(&mut self, inline: &InlineExpression<&str>) {
        match inline {
            InlineExpression::StringLiteral { .. } | InlineExpression::NumberLiteral { .. } => {}
            InlineExpression::VariableReference { id } if self.in_term => {
                self.fault(format!(
                    "is a term and shows ${}, which nobody gives it",
                    id.name
                ));
            }
            InlineExpression::VariableReference { id } => self.need(id.name, Need::Any),
            InlineExpression::MessageReference { id, .. } if self.in_term => {
                self.fault(format!("is a term and refers to the message {}", id.name));
            }
            InlineExpression::MessageReference { id, attribute } => {
                if let Some(attribute) = attribute {
                    self.fault(format!(
                        "refers to an attribute, {}.{}",
                        id.name, attribute.name
                    ));
                }
                self.parts.refers.insert(id.name.to_owned());
            }
            InlineExpression::TermReference { id, .. } => {
                self.parts.refers.insert(format!("-{}", id.name));
            }
            InlineExpression::FunctionReference { id, arguments } => {
                self.function(id.name, arguments);
            }
            InlineExpression::Placeable { expression } => self.expression(expression),
        }
    }

    fn function(&mut self, name: &str, arguments: &CallArguments<&str>) {
        let Some((_, need)) = FUNCTIONS.iter().find(|(known, _)| *known == name) else {
            self.fault(format!("calls {name}(), which does not exist"));
            return;
        };
        match (arguments.positional.as_slice(), arguments.named.as_slice()) {
            ([InlineExpression::VariableReference { id }], []) if !self.in_term => {
                self.need(id.name, *need);
            }
            _ => self.fault(format!(
                "calls {name}() with something else than one argument"
            )),
        }
    }

    fn need(&mut self, argument: &str, need: Need) {
        if let Err(what) = self.parts.need(argument, need) {
            self.fault(what);
        }
    }
}
