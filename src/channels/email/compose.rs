//! A whole mail: its headers, its two bodies, its signature; the same bytes in every attempt.

use std::collections::BTreeMap;

use lettre::Address;
use lettre::message::header::{self, HeaderName, HeaderValue, Headers};
use lettre::message::{Mailbox, Mailboxes};

use super::body::Bodies;
use super::dkim::Signer;
use super::own::{Own, Pages};
use super::words::EmailWords;
use crate::base::token::Keyring;
use crate::channel::{Parcel, SendError};
use crate::message::Lang;
use crate::message::layout::Part;

/// The purpose of the token in a request to stop; its payload is the address as we write it.
/// The request is a mail to the unsubscribe mailbox with the subject `stop TOKEN`.
pub const UNSUBSCRIBE: &str = "email.unsubscribe";

/// The purpose of the token in an envelope sender; its payload is the parcel's nonce. There it is
/// written `KID.NONCE.MAC`, at most 57 bytes, which leaves a pattern 7 of the 64 that the part
/// before the @ may have; `1.KID.BASE64URL(NONCE).MAC` is the token to verify.
pub const RETURN_PATH: &str = "email.return-path";

/// The most characters of a subject made from the first line of a letter without a title.
const SUBJECT: usize = 78;

/// What all mails have in common.
pub(super) struct Composer {
    pub(super) from: Mailbox,
    pub(super) return_path: Option<ReturnPath>,
    pub(super) unsubscribe: Address,
    pub(super) list_id: String,
    pub(super) keys: Keyring,
    /// Where our pages are; `None` without a web part.
    pub(super) pages: Option<Pages>,
    pub(super) signer: Option<Signer>,
    pub(super) words: BTreeMap<Lang, EmailWords>,
}

/// An envelope sender that tells which mail came back: what stands before and after the token.
pub(super) struct ReturnPath {
    pub(super) before: String,
    pub(super) after: String,
    pub(super) domain: String,
}

/// A mail ready to be handed to a relay.
pub(super) struct Mail {
    /// The envelope sender.
    pub(super) sender: Address,
    /// The envelope recipient.
    pub(super) recipient: Address,
    /// The Message-ID without its angle brackets.
    pub(super) id: String,
    /// Headers and body; no line starts with a dot or is longer than 998 bytes.
    pub(super) source: String,
}

impl Composer {
    /// The words in a language, or in the first that there is.
    pub(super) fn words(&self, lang: Lang) -> Option<&EmailWords> {
        self.words.get(&lang).or_else(|| self.words.values().next())
    }

    /// Writes the mail for a parcel. The same parcel gives the same bytes.
    pub(super) fn compose(
        &self,
        parcel: &Parcel<'_>,
        part: &Part,
        bodies: &Bodies,
        words: &EmailWords,
    ) -> Result<Mail, SendError> {
        let recipient = super::address::parse(parcel.to)
            .ok_or_else(|| rejected("the handle is no e-mail address"))?;
        let id = self.message_id(parcel.nonce)?;
        let mailto = parcel.bulk.then(|| self.stop_address(&recipient));
        let own = Own::of(parcel, self.pages.as_ref(), &self.keys, mailto);
        let boundary = format!("=_{}", parcel.nonce);
        let headers = self.headers(parcel, part, &recipient, &id, &own, &boundary)?;

        let mut source = headers.to_string();
        source.push_str("\r\n");
        bodies.push_to(&mut source, &boundary, words, &own);
        if let Some(signer) = &self.signer {
            source.insert_str(0, &signer.header(&source, parcel.dated));
        }
        Ok(Mail {
            sender: self.sender(parcel.nonce),
            recipient,
            id,
            source,
        })
    }

    fn headers(
        &self,
        parcel: &Parcel<'_>,
        part: &Part,
        recipient: &Address,
        id: &str,
        own: &Own,
        boundary: &str,
    ) -> Result<Headers, SendError> {
        let dated = parcel
            .dated
            .utc()
            .ok_or_else(|| rejected("the letter's date is outside the calendar"))?;
        let to = Mailboxes::from(Mailbox::new(None, recipient.clone()));
        let mut headers = Headers::with_capacity(15);
        headers.set(header::From::from(Mailboxes::from(self.from.clone())));
        headers.set(header::To::from(to));
        headers.set(header::Subject::from(subject(part)));
        headers.set(header::Date::new(dated.into()));
        headers.set(header::MessageId::from(format!("<{id}>")));
        if let Some(thread) = parcel.thread {
            let thread = format!("<{}>", self.message_id(thread)?);
            headers.set(header::InReplyTo::from(thread.clone()));
            headers.set(header::References::from(thread));
        }
        if let Some(mailto) = &own.mailto {
            set(&mut headers, "List-Id", format!("<{}>", self.list_id));
            match &own.unsubscribe {
                // RFC 8058 §3.1.
                Some(page) => {
                    let ways = format!("<{page}>, <{mailto}>");
                    set(&mut headers, "List-Unsubscribe", ways);
                    let how = "List-Unsubscribe=One-Click".to_owned();
                    set(&mut headers, "List-Unsubscribe-Post", how);
                }
                None => set(&mut headers, "List-Unsubscribe", format!("<{mailto}>")),
            }
        }
        let automatic = if parcel.bulk { "generated" } else { "replied" };
        set(&mut headers, "Auto-Submitted", format!("auto-{automatic}"));
        let lang = parcel.rendering.lang.to_string();
        set(&mut headers, "Content-Language", lang);
        headers.set(header::MIME_VERSION_1_0);
        set(
            &mut headers,
            "Content-Type",
            format!("multipart/alternative; boundary=\"{boundary}\""),
        );
        Ok(headers)
    }

    /// `NONCE@DOMAIN`; a nonce is checked because it goes into headers as it is.
    fn message_id(&self, nonce: &str) -> Result<String, SendError> {
        let fits =
            (1..=25).contains(&nonce.len()) && nonce.bytes().all(|b| b.is_ascii_alphanumeric());
        if fits {
            Ok(format!("{nonce}@{}", self.from.email.domain()))
        } else {
            Err(rejected("a nonce is 1 to 25 letters and digits"))
        }
    }

    /// The address that asks for no more mails: opened, it is a mail ready to be sent.
    fn stop_address(&self, recipient: &Address) -> String {
        let handle: &str = recipient.as_ref();
        let token = self.keys.sign(UNSUBSCRIBE, handle.as_bytes());
        // A token holds only what may stand in an address as it is.
        format!("mailto:{}?subject=stop%20{token}", self.unsubscribe)
    }

    fn sender(&self, nonce: &str) -> Address {
        let Some(path) = &self.return_path else {
            return self.from.email.clone();
        };
        let token = short_token(&self.keys, nonce);
        let local = format!("{}{token}{}", path.before, path.after);
        Address::new(local, &path.domain).unwrap_or_else(|_| self.from.email.clone())
    }
}

/// The token of an envelope sender, `KID.NONCE.MAC`; see [`RETURN_PATH`].
fn short_token(keys: &Keyring, nonce: &str) -> String {
    let token = keys.sign(RETURN_PATH, nonce.as_bytes());
    let mut parts = token.split('.');
    let kid = parts.nth(1).unwrap_or_default();
    let mac = parts.nth(1).unwrap_or_default();
    format!("{kid}.{nonce}.{mac}")
}

/// The title, or the beginning of the first line; without anything that could end a header.
fn subject(part: &Part) -> String {
    let first_line = || part.text.text.lines().find(|line| !line.trim().is_empty());
    let text = match &part.title {
        Some(title) => title.clone(),
        None => shortened(first_line().unwrap_or_default()),
    };
    let words: Vec<&str> = text
        .split(|letter: char| letter.is_whitespace() || letter.is_control())
        .filter(|word| !word.is_empty())
        .collect();
    words.join(" ")
}

fn shortened(line: &str) -> String {
    let Some((most, _)) = line.char_indices().nth(SUBJECT) else {
        return line.to_owned();
    };
    let end = line[..most].rfind(char::is_whitespace).unwrap_or(most);
    format!("{}…", &line[..end])
}

fn set(headers: &mut Headers, name: &'static str, value: String) {
    headers.insert_raw(HeaderValue::new(
        HeaderName::new_from_ascii_str(name),
        value,
    ));
}

fn rejected(why: &str) -> SendError {
    SendError::Rejected {
        why: why.to_owned(),
    }
}
