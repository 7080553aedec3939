//! The arguments of MAIL and RCPT: a path in angle brackets and parameters (RFC 5321 §4.1.2).

/// What stands behind `MAIL FROM:` or `RCPT TO:`.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Path {
    /// The address; empty for `<>`.
    pub(super) address: String,
    /// Parameters by name in upper case, with their values.
    pub(super) parameters: Vec<(String, Option<String>)>,
}

/// Reads `FROM:<address> NAME=value …` with the given word before the colon.
pub(super) fn parse(argument: &str, word: &str) -> Option<Path> {
    let (said, rest) = argument.split_once(':')?;
    if !said.eq_ignore_ascii_case(word) {
        return None;
    }
    let (address, rest) = rest.strip_prefix('<')?.split_once('>')?;
    if !(rest.is_empty() || rest.starts_with(' ')) || !(address.is_empty() || is_address(address)) {
        return None;
    }
    let parameters = rest
        .split_ascii_whitespace()
        .map(|parameter| match parameter.split_once('=') {
            Some((name, value)) => (name.to_ascii_uppercase(), Some(value.to_owned())),
            None => (parameter.to_ascii_uppercase(), None),
        })
        .collect();
    Some(Path {
        address: address.to_owned(),
        parameters,
    })
}

/// Whether it has the form of an address: no blanks or controls, both sides within their lengths
/// (RFC 5321 §4.5.3.1.1 and .2), no route in front.
fn is_address(text: &str) -> bool {
    let Some((local, domain)) = text.rsplit_once('@') else {
        return false;
    };
    let odd = |letter: char| letter.is_control() || letter.is_whitespace() || letter == '<';
    (1..=64).contains(&local.len())
        && (1..=255).contains(&domain.len())
        && !local.starts_with('@')
        && !text.contains(odd)
        && domain.split('.').all(|label| !label.is_empty())
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn a_path_is_read_with_its_parameters() {
        let path = parse("FROM:<a.b@example.bg> SIZE=12 smtputf8", "FROM").expect("a path");
        assert_eq!(path.address, "a.b@example.bg");
        assert_eq!(
            path.parameters,
            [
                ("SIZE".to_owned(), Some("12".to_owned())),
                ("SMTPUTF8".to_owned(), None)
            ]
        );
        assert_eq!(parse("from:<>", "FROM").expect("nobody").address, "");
    }

    #[test]
    fn what_is_no_path_is_refused() {
        for wrong in [
            "FROM:a@b.bg",
            "FROM: <a@b.bg>",
            "FROM:<a b@c.bg>",
            "FROM:<a@b.bg>SIZE=1",
            "FROM:<a@b..bg>",
            "FROM:<@relay:a@b.bg>",
            "FROM:<nobody>",
            "TO:<a@b.bg>",
            "FROM",
        ] {
            assert_eq!(parse(wrong, "FROM"), None, "{wrong}");
        }
        let long = format!("FROM:<{}@b.bg>", "a".repeat(65));
        assert_eq!(parse(&long, "FROM"), None);
    }
}
