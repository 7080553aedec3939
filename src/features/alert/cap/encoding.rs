//! Turns the bytes of an XML file into text, also where its declaration lies.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

use super::{Refusal, values};

/// How far into the file its declaration is looked for, in bytes.
const DECLARATION: usize = 200;

/// Decodes an XML file: by its byte order mark, by the pattern of its first bytes, as UTF-8 where
/// the bytes are UTF-8 (whatever is declared: other encodings do not look so by accident), else
/// by its declaration (XML 1.0, appendix F). Nothing is guessed: garbled words help nobody.
///
/// # Errors
/// [`Refusal::Encoding`] when the bytes do not fit.
pub(in crate::features) fn decode(bytes: &[u8]) -> Result<Cow<'_, str>, Refusal> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return decode_as(encoding, &bytes[mark..]);
    }
    match bytes {
        [b'<', 0, ..] => return decode_as(UTF_16LE, bytes),
        [0, b'<', ..] => return decode_as(UTF_16BE, bytes),
        _ => {}
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Ok(Cow::Borrowed(text));
    }
    let label = declared(bytes).unwrap_or_else(|| UTF_8.name().to_owned());
    match Encoding::for_label(label.as_bytes()) {
        Some(encoding) if encoding.is_ascii_compatible() => decode_as(encoding, bytes),
        _ => Err(Refusal::Encoding(values::excerpt(&label))),
    }
}

fn decode_as<'a>(encoding: &'static Encoding, bytes: &'a [u8]) -> Result<Cow<'a, str>, Refusal> {
    encoding
        .decode_without_bom_handling_and_without_replacement(bytes)
        .ok_or_else(|| Refusal::Encoding(encoding.name().to_owned()))
}

/// The encoding that the XML declaration names.
fn declared(bytes: &[u8]) -> Option<String> {
    let start = String::from_utf8_lossy(&bytes[..bytes.len().min(DECLARATION)]);
    let declaration = start
        .trim_start()
        .strip_prefix("<?xml")?
        .split("?>")
        .next()?;
    let (_, after) = declaration.split_once("encoding")?;
    let value = after.trim_start().strip_prefix('=')?.trim_start();
    let quote = value.chars().next().filter(|mark| "'\"".contains(*mark))?;
    value[1..].split(quote).next().map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINE: &str = "<?xml version='1.0' encoding='ENC'?><a>буря</a>";

    fn encoded(as_encoding: &'static Encoding, says: &str) -> Vec<u8> {
        let text = LINE.replace("ENC", says);
        as_encoding.encode(&text).0.into_owned()
    }

    #[test]
    fn bytes_win_over_what_is_declared_when_they_are_utf8() {
        for says in ["UTF-8", "ISO-8859-1", "windows-1251", "UTF-16", "no-such"] {
            let bytes = encoded(UTF_8, says);
            assert!(decode(&bytes).unwrap().contains("буря"), "{says}");
        }
    }

    #[test]
    fn declared_encodings_and_utf16_are_read() {
        let cp1251 = encoded(encoding_rs::WINDOWS_1251, "windows-1251");
        assert!(decode(&cp1251).unwrap().contains("буря"));
        let utf16: Vec<u8> = LINE.encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert!(decode(&utf16).unwrap().contains("буря"));
        let marked = [&[0xFF, 0xFE], utf16.as_slice()].concat();
        assert!(decode(&marked).unwrap().contains("буря"));
        let big: Vec<u8> = LINE.encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert!(decode(&big).unwrap().contains("буря"));
    }

    #[test]
    fn bytes_that_fit_nothing_declared_are_refused() {
        for says in ["UTF-8", "UTF-16", "no-such"] {
            let bytes = encoded(encoding_rs::WINDOWS_1251, says);
            assert!(
                matches!(decode(&bytes), Err(Refusal::Encoding(_))),
                "{says}"
            );
        }
    }
}
