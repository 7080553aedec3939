//! What is typed into the sandbox.

use crate::base::point::Point;

/// A typed line, understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Typed {
    /// `resident1@telegram: /start`.
    Did {
        /// The resident.
        who: String,
        /// What they do.
        deed: Deed,
    },
    /// Kill the bot's process.
    Stop,
    /// Start it again.
    Start,
    /// End the sandbox.
    End,
    /// An empty line.
    Nothing,
    /// None of these.
    Unclear,
}

/// What a resident does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Deed {
    /// Writes this.
    Say(String),
    /// A bare number: presses that button, or writes it where there is none.
    Press(usize, String),
    /// `choose 1 3`: chooses these entries of a list, and no others.
    Choose(Vec<usize>),
    /// `@42.70,23.25`: shares this place.
    Share(Point),
}

impl Deed {
    fn parse(text: &str) -> Self {
        let numbers = text.strip_prefix("choose").filter(|rest| {
            let spaced = rest.is_empty() || rest.starts_with(' ');
            spaced && (rest.split_whitespace()).all(|word| word.parse::<usize>().is_ok())
        });
        if let Some(numbers) = numbers {
            let numbers = numbers.split_whitespace();
            return Self::Choose(numbers.filter_map(|word| word.parse().ok()).collect());
        }
        if let Some(place) = text.strip_prefix('@').and_then(Point::read) {
            return Self::Share(place);
        }
        match text.parse() {
            Ok(number) => Self::Press(number, text.to_owned()),
            Err(_) => Self::Say(text.to_owned()),
        }
    }
}

impl Typed {
    /// Reads a line.
    #[must_use]
    pub fn parse(line: &str) -> Self {
        let line = line.trim();
        match line {
            "" => return Self::Nothing,
            "quit" | "exit" => return Self::End,
            "kill" => return Self::Stop,
            "run" => return Self::Start,
            _ => {}
        }
        match line.split_once(':') {
            Some((who, text)) if who.contains('@') && !text.trim().is_empty() => Self::Did {
                who: who.trim().to_owned(),
                deed: Deed::parse(text.trim()),
            },
            _ => Self::Unclear,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Deed, Typed};
    use crate::base::point::Point;

    #[test]
    fn what_residents_do_is_told_from_words_for_the_sandbox() {
        let did = |who: &str, deed: Deed| Typed::Did {
            who: who.to_owned(),
            deed,
        };
        let said = |text: &str| Deed::Say(text.to_owned());
        let place = Point {
            lat: 42_700_000,
            lon: 23_250_000,
        };
        for (line, who, deed) in [
            (
                " resident1@telegram: /start ",
                "resident1@telegram",
                said("/start"),
            ),
            (
                "resident3@discord: в 12:30",
                "resident3@discord",
                said("в 12:30"),
            ),
            ("a@b: 2", "a@b", Deed::Press(2, "2".to_owned())),
            ("a@b: choose 1 3", "a@b", Deed::Choose(vec![1, 3])),
            ("a@b: choose", "a@b", Deed::Choose(vec![])),
            ("a@b: choose wisely", "a@b", said("choose wisely")),
            ("a@b: @42.70,23.25", "a@b", Deed::Share(place)),
            ("a@b: @42.70, 23.25", "a@b", Deed::Share(place)),
            ("a@b: @home", "a@b", said("@home")),
        ] {
            assert_eq!(Typed::parse(line), did(who, deed), "{line}");
        }
        assert_eq!(Typed::parse("kill"), Typed::Stop);
        assert_eq!(Typed::parse("resident1@telegram:"), Typed::Unclear);
        assert_eq!(Typed::parse("good morning"), Typed::Unclear);
    }
}
