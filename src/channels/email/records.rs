//! What SPF and DMARC records say, as far as a sender must know it (RFC 7208, RFC 7489).

/// How a domain says who may send in its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Spf {
    /// It names senders and says what to do with all others.
    Good,
    /// No record.
    Missing,
    /// More than one record: receivers take none of them (RFC 7208 §4.5).
    Several,
    /// Everybody may send (`+all`).
    Everybody,
    /// It says nothing, or nothing definite, about all others.
    Open,
}

/// Reads the texts of a domain.
pub(super) fn spf(texts: &[String]) -> Spf {
    let mut records = texts.iter().filter(|text| {
        let mut words = text.split(' ');
        words
            .next()
            .is_some_and(|word| word.eq_ignore_ascii_case("v=spf1"))
    });
    let Some(record) = records.next() else {
        return Spf::Missing;
    };
    if records.next().is_some() {
        return Spf::Several;
    }
    let terms = record.split_ascii_whitespace().map(str::to_ascii_lowercase);
    let last = terms.into_iter().find_map(|term| match term.as_str() {
        "all" | "+all" => Some(Spf::Everybody),
        "?all" => Some(Spf::Open),
        "-all" | "~all" => Some(Spf::Good),
        other if other.starts_with("redirect=") => Some(Spf::Good),
        _ => None,
    });
    last.unwrap_or(Spf::Open)
}

/// What a domain asks receivers to do with mails that nobody vouches for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Dmarc {
    /// `none`, `quarantine` or `reject`.
    pub(super) policy: String,
    /// Whether the signing domain must be the very domain of the sender.
    pub(super) strict_dkim: bool,
    /// Whether the bounces' domain must be.
    pub(super) strict_spf: bool,
}

/// Reads the texts at `_dmarc.`; `of_parent`: of a domain above the sender's. `None`: no record.
///
/// # Errors
/// What is wrong with the record, as it stands there.
pub(super) fn dmarc(texts: &[String], of_parent: bool) -> Result<Option<Dmarc>, String> {
    let records: Vec<&String> = texts
        .iter()
        .filter(|text| tag(text, "v") == Some("DMARC1"))
        .collect();
    let record = match records.as_slice() {
        [] => return Ok(None),
        [record] => *record,
        [first, second, ..] => return Err(format!("{first} | {second}")),
    };
    let parents = Some("sp").filter(|_| of_parent);
    let policy = parents
        .and_then(|name| tag(record, name))
        .or_else(|| tag(record, "p"));
    let policy = policy.map(str::to_ascii_lowercase);
    match policy {
        Some(policy) if ["none", "quarantine", "reject"].contains(&policy.as_str()) => {
            let strict =
                |name| tag(record, name).is_some_and(|value| value.eq_ignore_ascii_case("s"));
            Ok(Some(Dmarc {
                policy,
                strict_dkim: strict("adkim"),
                strict_spf: strict("aspf"),
            }))
        }
        _ => Err(record.clone()),
    }
}

/// The value of a tag in `name=value; name=value`.
pub(super) fn tag<'a>(record: &'a str, name: &str) -> Option<&'a str> {
    let mut tags = record.split(';').filter_map(|tag| tag.split_once('='));
    let found = tags.find(|(known, _)| known.trim() == name)?;
    Some(found.1.trim())
}

/// `domain` and those above it down to two labels, nearest first.
pub(super) fn upwards(domain: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(domain), |domain| {
        let (_, above) = domain.split_once('.')?;
        above.contains('.').then_some(above)
    })
}

/// Whether `domain` vouches for a sender at `from`; `at`: where the sender's DMARC record is,
/// which tells where the organisation's domains begin.
pub(super) fn aligned(domain: &str, from: &str, strict: bool, at: &str) -> bool {
    let within = |domain: &str, above: &str| {
        domain == above
            || domain
                .strip_suffix(above)
                .is_some_and(|rest| rest.ends_with('.'))
    };
    if strict {
        return domain == from;
    }
    within(from, domain) || within(domain, from) || within(domain, at) && within(from, at)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(texts: &[&str]) -> Vec<String> {
        texts.iter().map(|text| (*text).to_owned()).collect()
    }

    #[test]
    fn spf_records_are_told_apart() {
        for (published, expected) in [
            (&[][..], Spf::Missing),
            (
                &["google-site-verification=x", "v=spf10 -all"],
                Spf::Missing,
            ),
            (&["v=spf1 include:relay.example -all"], Spf::Good),
            (&["V=SPF1 mx ~ALL"], Spf::Good),
            (&["v=spf1 redirect=_spf.example.org"], Spf::Good),
            (&["v=spf1 -all", "v=spf1 mx -all"], Spf::Several),
            (&["v=spf1 mx +all"], Spf::Everybody),
            (&["v=spf1 all"], Spf::Everybody),
            (&["v=spf1 mx ?all"], Spf::Open),
            (&["v=spf1"], Spf::Open),
        ] {
            assert_eq!(spf(&texts(published)), expected, "{published:?}");
        }
    }

    #[test]
    fn dmarc_records_are_read() {
        let read = |text: &str, of_parent| dmarc(&texts(&[text]), of_parent);
        let policy = |text: &str, of_parent| read(text, of_parent).map(|it| it.map(|it| it.policy));
        assert_eq!(
            policy("v=DMARC1; p=reject", false),
            Ok(Some("reject".to_owned()))
        );
        assert_eq!(
            policy("v=DMARC1;p=Reject ; sp=none", true),
            Ok(Some("none".to_owned()))
        );
        assert_eq!(policy("v=spf1 -all", false), Ok(None));
        for wrong in ["v=DMARC1", "v=DMARC1; p=block"] {
            assert_eq!(policy(wrong, false), Err(wrong.to_owned()));
        }
        assert!(dmarc(&texts(&["v=DMARC1; p=none", "v=DMARC1; p=reject"]), false).is_err());
        let strict = read("v=DMARC1; p=none; adkim=s; aspf=r", false);
        let strict = strict.expect("a record").expect("a record");
        assert_eq!((strict.strict_dkim, strict.strict_spf), (true, false));
    }

    #[test]
    fn domains_of_one_organisation_vouch_for_one_another() {
        let all: Vec<&str> = upwards("a.alerts.example.org").collect();
        assert_eq!(
            all,
            ["a.alerts.example.org", "alerts.example.org", "example.org"]
        );
        for (domain, strict, expected) in [
            ("alerts.example.org", true, true),
            ("example.org", true, false),
            ("example.org", false, true),
            ("bounce.example.org", false, true),
            ("b.alerts.example.org", false, true),
            ("relay.example", false, false),
            ("otherexample.org", false, false),
        ] {
            let found = aligned(domain, "alerts.example.org", strict, "example.org");
            assert_eq!(found, expected, "{domain}");
        }
    }
}
