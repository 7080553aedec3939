//! Personal links: what they are for, whom they belong to, until when they hold.

use super::clock::Millis;
use super::token::Keyring;

/// Shows and changes what an address has chosen.
pub const PREFERENCES: &str = "preferences";
/// Ends letters to an address (RFC 8058).
pub const UNSUBSCRIBE: &str = "unsubscribe";
/// Confirms that an address wants letters (double opt-in).
pub const CONFIRM: &str = "confirm";
/// Does what a button would do.
pub const PRESS: &str = "press";
/// Shows what is known of an address.
pub const MY_DATA: &str = "mydata";

/// What a link says, signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Personal {
    /// Our id of the address.
    pub address: i64,
    /// The generation of its links that this one is of; an older one is no longer taken.
    pub generation: i64,
    /// After this it is no longer taken; `None`: never ends.
    pub expires: Option<Millis>,
    /// What else belongs to the purpose: a button's token, a request's id. No spaces.
    pub rest: String,
}

impl Personal {
    /// The link's token, for this purpose alone.
    #[must_use]
    pub fn sign(&self, keys: &Keyring, purpose: &str) -> String {
        let expires = self.expires.map_or(0, |at| at.0);
        let text = format!(
            "{} {} {expires} {}",
            self.address, self.generation, self.rest
        );
        keys.sign(&format!("link.{purpose}"), text.as_bytes())
    }

    /// Reads a token; `None` when it is not ours, for another purpose, or over. Whether its
    /// generation still holds is for whoever knows the address.
    #[must_use]
    pub fn read(keys: &Keyring, purpose: &str, token: &str, now: Millis) -> Option<Self> {
        let payload = keys.verify(&format!("link.{purpose}"), token)?;
        let text = String::from_utf8(payload).ok()?;
        let mut parts = text.splitn(4, ' ');
        let mut number = || parts.next()?.parse::<i64>().ok();
        let (address, generation, expires) = (number()?, number()?, number()?);
        let rest = parts.next()?.to_owned();
        let expires = (expires != 0).then_some(Millis(expires));
        expires.is_none_or(|at| at > now).then_some(Self {
            address,
            generation,
            expires,
            rest,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_holds_for_its_purpose_and_its_time() {
        let keys = Keyring::parse(&Keyring::generate()).expect("a keyring");
        let link = Personal {
            address: 42,
            generation: 1,
            expires: Some(Millis(1000)),
            rest: "mute.water".to_owned(),
        };
        let token = link.sign(&keys, PRESS);
        assert_eq!(
            Personal::read(&keys, PRESS, &token, Millis(999)),
            Some(link.clone())
        );
        assert_eq!(Personal::read(&keys, PRESS, &token, Millis(1000)), None);
        assert_eq!(Personal::read(&keys, CONFIRM, &token, Millis(1)), None);
        let other = Keyring::parse(&Keyring::generate()).expect("a keyring");
        assert_eq!(Personal::read(&other, PRESS, &token, Millis(1)), None);
        let for_ever = Personal {
            expires: None,
            rest: String::new(),
            ..link
        };
        let token = for_ever.sign(&keys, UNSUBSCRIBE);
        assert_eq!(
            Personal::read(&keys, UNSUBSCRIBE, &token, Millis(i64::MAX)),
            Some(for_ever)
        );
    }
}
