//! The folder of pictures: each once, under the hash of what it holds, for every machine to read.

use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};

use crate::base::id;
use crate::message::picture::PictureId;

/// The largest picture that is read, in bytes.
const LARGEST: u64 = 8 * 1024 * 1024;

/// A folder of pictures; several machines may share it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pictures {
    folder: PathBuf,
}

impl Pictures {
    /// The pictures in `folder`, which is made when the first one comes.
    #[must_use]
    pub fn new(folder: impl Into<PathBuf>) -> Self {
        Self {
            folder: folder.into(),
        }
    }

    /// Where they are.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Keeps a picture: when this returns it is there whole, or it is not there at all. What is
    /// there already stays as it is. Blocks while the disk works.
    ///
    /// # Errors
    /// When the folder cannot be written to.
    pub fn keep(&self, bytes: &[u8]) -> io::Result<PictureId> {
        let id = PictureId::of(Sha256::digest(bytes).into());
        let file = self.file(&id);
        if file.exists() {
            return Ok(id);
        }
        let folder = file.parent().unwrap_or(&self.folder);
        std::fs::create_dir_all(folder)?;
        // A name of its own for every attempt; the last rename wins, and all are the same.
        let draft = folder.join(format!("{}.new", id::base36(id::random())));
        let written = write(&draft, bytes).and_then(|()| std::fs::rename(&draft, &file));
        if written.is_err() {
            let _ = std::fs::remove_file(&draft);
        }
        written.map(|()| id)
    }

    /// What a picture holds. Blocks while the disk works.
    ///
    /// # Errors
    /// When it is not there, cannot be read, or is larger than any of ours.
    pub fn read(&self, id: &PictureId) -> io::Result<Vec<u8>> {
        let file = self.file(id);
        if std::fs::metadata(&file)?.len() > LARGEST {
            return Err(io::Error::other("larger than 8 MiB"));
        }
        std::fs::read(file)
    }

    /// `ab/cdef….png`: no folder gets too many entries.
    fn file(&self, id: &PictureId) -> PathBuf {
        let (first, rest) = id.as_str().split_at(2);
        self.folder.join(first).join(format!("{rest}.png"))
    }
}

fn write(file: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = std::fs::File::create_new(file)?;
    file.write_all(bytes)?;
    file.sync_all()
}
