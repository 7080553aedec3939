//! What is typed into the sandbox.

/// A typed line, understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Typed {
    /// `resident1@telegram: /start`, or a button by its number.
    Said {
        /// The resident.
        who: String,
        /// What they write, or the number of a button.
        text: String,
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
            Some((who, text)) if who.contains('@') && !text.trim().is_empty() => Self::Said {
                who: who.trim().to_owned(),
                text: text.trim().to_owned(),
            },
            _ => Self::Unclear,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Typed;

    #[test]
    fn what_residents_say_is_told_from_words_for_the_sandbox() {
        let said = Typed::Said {
            who: "resident1@telegram".into(),
            text: "/start".into(),
        };
        assert_eq!(Typed::parse(" resident1@telegram: /start "), said);
        let said = Typed::Said {
            who: "resident3@discord".into(),
            text: "в 12:30".into(),
        };
        assert_eq!(Typed::parse("resident3@discord: в 12:30"), said);
        assert_eq!(Typed::parse("kill"), Typed::Stop);
        assert_eq!(Typed::parse("resident1@telegram:"), Typed::Unclear);
        assert_eq!(Typed::parse("good morning"), Typed::Unclear);
    }
}
