//! The few static files of the pages, named by their content so that they may be kept for ever.

use std::sync::LazyLock;

use sha2::{Digest as _, Sha256};

/// A static file.
#[derive(Debug)]
pub struct Asset {
    /// Its name with the hash of its content in it: `style-0123456789abcdef.css`.
    pub name: String,
    /// Its media type.
    pub kind: &'static str,
    /// What it holds.
    pub text: &'static str,
}

impl Asset {
    fn new(name: &str, ending: &str, kind: &'static str, text: &'static str) -> Self {
        let digest = Sha256::digest(text);
        let hash = digest[..8]
            .iter()
            .fold(0u64, |hash, byte| hash << 8 | u64::from(*byte));
        Self {
            name: format!("{name}-{hash:016x}.{ending}"),
            kind,
            text,
        }
    }

    /// Where it is served.
    #[must_use]
    pub fn path(&self) -> String {
        format!("/static/{}", self.name)
    }
}

/// All of them: the style of every page, and the mark in its head.
#[must_use]
pub fn assets() -> &'static [Asset; 2] {
    static ASSETS: LazyLock<[Asset; 2]> = LazyLock::new(|| {
        [
            Asset::new(
                "style",
                "css",
                "text/css; charset=utf-8",
                include_str!("style.css"),
            ),
            Asset::new("mark", "svg", "image/svg+xml", include_str!("mark.svg")),
        ]
    });
    &ASSETS
}
