//! Files that the platform keeps, and what it sees in a picture.

use std::collections::HashMap;

use bytes::Bytes;
use serde_json::{Value, json};

use super::refusal::Refusal;

/// The most bytes that sendPhoto takes.
const LARGEST_PHOTO: usize = 10 * 1024 * 1024;
/// The most that all files together may take in memory.
const ROOM: usize = 512 * 1024 * 1024;
/// The edge of the small size that comes with every photo.
const SMALL_EDGE: u32 = 90;

/// The files by id and by path.
#[derive(Debug, Default)]
pub(super) struct Files {
    by_id: HashMap<String, File>,
    by_path: HashMap<String, Bytes>,
    stored: usize,
    count: u64,
}

#[derive(Debug, Clone)]
struct File {
    unique: String,
    path: String,
    bytes: usize,
    /// The sizes of the photo that it is one of.
    sizes: Value,
}

impl Files {
    /// Keeps an uploaded picture and returns its sizes (`Array of PhotoSize`, smallest first).
    ///
    /// # Errors
    /// Too large, not a JPEG or PNG, or of a shape that the platform does not take.
    pub(super) fn add_photo(&mut self, content: &Bytes) -> Result<Value, Refusal> {
        let (width, height) = photo_edges(content)?;
        let longer = width.max(height);
        if self.stored + content.len() > ROOM {
            return Err(Refusal::status(500));
        }
        self.stored += content.len();
        self.count += 1;
        let number = self.count;
        let scaled = |edge: u32| edge * SMALL_EDGE.min(longer) / longer;
        let names = [
            (
                format!("AgACAgIAAxk{number:08}s"),
                format!("AQAD{number:08}s"),
            ),
            (
                format!("AgACAgIAAxk{number:08}x"),
                format!("AQAD{number:08}x"),
            ),
        ];
        let [small, large] = &names;
        let sizes = json!([
            { "file_id": small.0, "file_unique_id": small.1, "file_size": content.len(),
              "width": scaled(width).max(1), "height": scaled(height).max(1) },
            { "file_id": large.0, "file_unique_id": large.1, "file_size": content.len(),
              "width": width, "height": height },
        ]);
        let path = format!("photos/file_{number}.jpg");
        for (id, unique) in names {
            let file = File {
                unique,
                path: path.clone(),
                bytes: content.len(),
                sizes: sizes.clone(),
            };
            self.by_id.insert(id, file);
        }
        self.by_path.insert(path, content.clone());
        Ok(sizes)
    }

    /// The sizes of the photo that `file_id` names.
    pub(super) fn photo(&self, file_id: &str) -> Option<Value> {
        Some(self.by_id.get(file_id)?.sizes.clone())
    }

    /// A `File` object.
    pub(super) fn describe(&self, file_id: &str) -> Option<Value> {
        let file = self.by_id.get(file_id)?;
        Some(json!({
            "file_id": file_id,
            "file_unique_id": file.unique,
            "file_size": file.bytes,
            "file_path": file.path,
        }))
    }

    /// The content behind a `file_path`.
    pub(super) fn content(&self, path: &str) -> Option<Bytes> {
        self.by_path.get(path).cloned()
    }
}

/// Width and height of a picture that can be a photo, both at least 1.
fn photo_edges(content: &[u8]) -> Result<(u32, u32), Refusal> {
    if content.is_empty() {
        return Err(Refusal::bad("file must be non-empty"));
    }
    if content.len() > LARGEST_PHOTO {
        return Err(Refusal::bad(format!(
            "file of size {} bytes is too big for a photo; the maximum size is {LARGEST_PHOTO} bytes",
            content.len()
        )));
    }
    let (width, height) =
        dimensions(content).ok_or_else(|| Refusal::bad("IMAGE_PROCESS_FAILED"))?;
    let (longer, shorter) = (width.max(height), width.min(height));
    if shorter == 0 || width.saturating_add(height) > 10_000 || longer > shorter.saturating_mul(20)
    {
        return Err(Refusal::bad("PHOTO_INVALID_DIMENSIONS"));
    }
    Ok((width, height))
}

/// Width and height that the header of a PNG or JPEG declares.
fn dimensions(content: &[u8]) -> Option<(u32, u32)> {
    if content.starts_with(b"\x89PNG\r\n\x1a\n") && content.get(12..16)? == b"IHDR" {
        let edge = |at: usize| {
            Some(u32::from_be_bytes(
                content.get(at..at + 4)?.try_into().ok()?,
            ))
        };
        return Some((edge(16)?, edge(20)?));
    }
    if !content.starts_with(b"\xff\xd8") {
        return None;
    }
    // JPEG: segments of marker and length; a start-of-frame segment holds height, then width.
    let short = |at: usize| {
        Some(u16::from_be_bytes(
            content.get(at..at + 2)?.try_into().ok()?,
        ))
    };
    let mut at = 2;
    loop {
        let marker = short(at)?;
        let frame =
            matches!(marker, 0xffc0..=0xffcf) && !matches!(marker, 0xffc4 | 0xffc8 | 0xffcc);
        if frame {
            return Some((u32::from(short(at + 7)?), u32::from(short(at + 5)?)));
        }
        if marker < 0xff01 {
            return None;
        }
        at += 2 + usize::from(short(at + 2)?);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_jpeg_is_measured_behind_its_other_segments_and_a_broken_one_refused() {
        let jpeg = [
            b"\xff\xd8\xff\xe0\x00\x04ab".as_slice(),
            b"\xff\xc0\x00\x11\x08\x01\x02\x03\x04",
        ]
        .concat();
        assert_eq!(dimensions(&jpeg), Some((0x304, 0x102)));
        assert_eq!(dimensions(&jpeg[..12]), None);
        assert_eq!(dimensions(b"\xff\xd8garbage"), None);
    }
}
