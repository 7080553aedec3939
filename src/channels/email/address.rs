//! E-mail addresses: read at the door, kept in one canonical form.

use std::net::IpAddr;

use lettre::Address;

/// The most bytes of an address (RFC 5321 §4.5.3.1.3, less the angle brackets).
const LONGEST: usize = 254;

/// An address with its domain in lower case and in ASCII (IDNA); the part before the @ stays as
/// it is, because only its own host knows whether case matters there. Quoted forms and bare IP
/// addresses, which nobody's mailbox has, are not taken.
pub(super) fn parse(text: &str) -> Option<Address> {
    let (local, domain) = text.trim().rsplit_once('@')?;
    let odd = |letter: char| {
        letter.is_control() || letter.is_whitespace() || "\"\\<>()[],;:@".contains(letter)
    };
    let url::Host::Domain(domain) = url::Host::parse(domain).ok()? else {
        return None;
    };
    if local.contains(odd) || !domain.contains('.') || domain.parse::<IpAddr>().is_ok() {
        return None;
    }
    Address::new(local, domain)
        .ok()
        .filter(|address| AsRef::<str>::as_ref(address).len() <= LONGEST)
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn an_address_has_one_form() {
        for (text, canonical) in [
            ("  Resident.One@Example.BG ", "Resident.One@example.bg"),
            ("a+b@пример.бг", "a+b@xn--e1afmkfd.xn--90ae"),
            ("поща@example.bg", "поща@example.bg"),
        ] {
            let address = parse(text).expect("an address");
            assert_eq!(AsRef::<str>::as_ref(&address), canonical);
        }
    }

    #[test]
    fn what_is_no_mailbox_is_not_taken() {
        let long = format!("{}@{}.bg", "a".repeat(64), "b.".repeat(100));
        for text in [
            "",
            "resident",
            "@example.bg",
            "resident@",
            "resident@localhost",
            "resident@127.0.0.1",
            "resident@[127.0.0.1]",
            "ma ria@example.bg",
            "resident@example.bg\r\nBcc: x@example.bg",
            "resident\r\n@example.bg",
            "\"resident\"@example.bg",
            "a@b@example.bg",
            "a,b@example.bg",
            &format!("{}@example.bg", "a".repeat(65)),
            &long,
        ] {
            assert!(parse(text).is_none(), "{text}");
        }
    }
}
