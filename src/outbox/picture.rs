//! The folder of pictures: each once, under the hash of what it holds, for every machine to read.

use std::fs::{DirEntry, Metadata};
use std::io::{self, ErrorKind, Write as _};
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use sha2::{Digest as _, Sha256};

use crate::base::clock::Millis;
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

    /// Keeps a picture: when this returns it is there whole, or it is not there at all. One that is
    /// there already is written anew, so that a file is as old as its last use. Blocks while the
    /// disk works.
    ///
    /// # Errors
    /// When the folder cannot be written to.
    pub fn keep(&self, bytes: &[u8]) -> io::Result<PictureId> {
        let id = PictureId::of(Sha256::digest(bytes).into());
        let file = self.file(&id);
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

    /// Whether a picture is there.
    #[must_use]
    pub fn has(&self, id: &PictureId) -> bool {
        self.file(id).is_file()
    }

    /// Every picture, with the time when it was last used. Blocks while the disk works.
    ///
    /// # Errors
    /// When the folder cannot be read; one that is not there yet has none.
    pub fn all(&self) -> io::Result<Vec<(PictureId, Millis)>> {
        let mut all = vec![];
        for folder in entries(&self.folder)? {
            for entry in entries(&folder.path())? {
                if let Some(id) = name(&folder.path(), &entry.path()) {
                    all.push((id, used(&entry.metadata()?)?));
                }
            }
        }
        all.sort();
        Ok(all)
    }

    /// Removes a picture that nobody has used since `before`; whether it is gone now. Blocks while
    /// the disk works.
    ///
    /// # Errors
    /// When it cannot be looked at or removed.
    pub fn remove(&self, id: &PictureId, before: Millis) -> io::Result<bool> {
        let file = self.file(id);
        let old = used(&std::fs::metadata(&file)?)? < before;
        if old {
            std::fs::remove_file(file)?;
        }
        Ok(old)
    }

    /// Copies every picture to `other`; how many there are. Blocks while the disk works.
    ///
    /// # Errors
    /// When one cannot be read or written.
    pub fn copy_to(&self, other: &Self) -> io::Result<usize> {
        let all = self.all()?;
        for (id, _) in &all {
            if !other.has(id) {
                other.keep(&self.read(id)?)?;
            }
        }
        Ok(all.len())
    }

    /// That the folder can be written to, or made where it is not there yet. Leaves nothing behind.
    ///
    /// # Errors
    /// Why not.
    pub fn try_out(&self) -> io::Result<()> {
        let there = self.folder.ancestors().find(|folder| folder.exists());
        let folder = there.unwrap_or(Path::new("."));
        let trial = folder.join(format!("{}.new", id::base36(id::random())));
        write(&trial, b"")?;
        std::fs::remove_file(trial)
    }

    /// `ab/cdef….png`: no folder gets too many entries.
    fn file(&self, id: &PictureId) -> PathBuf {
        let (first, rest) = id.as_str().split_at(2);
        self.folder.join(first).join(format!("{rest}.png"))
    }
}

/// What a folder has in it; nothing where there is no folder.
fn entries(folder: &Path) -> io::Result<Vec<DirEntry>> {
    match std::fs::read_dir(folder) {
        Ok(entries) => entries.collect(),
        Err(why) if matches!(why.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
            Ok(vec![])
        }
        Err(why) => Err(why),
    }
}

/// The picture whose file this is; none for a file of another kind.
fn name(folder: &Path, file: &Path) -> Option<PictureId> {
    let first = folder.file_name()?.to_str()?;
    let rest = file.file_name()?.to_str()?.strip_suffix(".png")?;
    PictureId::try_from(format!("{first}{rest}")).ok()
}

fn used(file: &Metadata) -> io::Result<Millis> {
    let since = file.modified()?.duration_since(UNIX_EPOCH);
    let since = since.unwrap_or_default().as_millis();
    Ok(Millis(i64::try_from(since).unwrap_or(i64::MAX)))
}

fn write(file: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = std::fs::File::create_new(file)?;
    file.write_all(bytes)?;
    file.sync_all()
}
