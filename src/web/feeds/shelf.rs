//! Feeds that were written already: kept for as long as nothing has changed that they tell of.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use crate::features::now::published::Mark;
use crate::message::Lang;
use crate::page::Feed as Kind;
use crate::web::cached::Document;

/// The most bytes that are kept.
const MOST: usize = 16 << 20;

/// Which feed: its kind, its language, its district.
pub(super) type Name = (Kind, Lang, Option<u8>);

/// The feeds written since something changed last, within bounds.
#[derive(Debug, Default)]
pub(in crate::web) struct Shelf(Mutex<Kept>);

#[derive(Debug, Default)]
struct Kept {
    /// What they tell of.
    mark: Option<Mark>,
    documents: HashMap<Name, Document>,
    bytes: usize,
}

impl Shelf {
    /// The feed as it was written when all was as it is now.
    pub(super) fn find(&self, name: &Name, mark: &Mark) -> Option<Document> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let same = kept.mark.as_ref() == Some(mark);
        kept.documents.get(name).filter(|_| same).cloned()
    }

    /// Keeps a feed. What tells of another state goes; all goes where there would be too much.
    pub(super) fn keep(&self, name: Name, mark: Mark, document: &Document) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let size = document.size();
        if kept.mark.as_ref() != Some(&mark) || kept.bytes + size > MOST {
            *kept = Kept {
                mark: Some(mark),
                ..Kept::default()
            };
        }
        if size <= MOST && kept.documents.insert(name, document.clone()).is_none() {
            kept.bytes += size;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_is_bounded_and_goes_with_what_it_tells_of() {
        let shelf = Shelf::default();
        let lang = Lang::default();
        let document = |size: usize| Document::new("text/plain", "x".repeat(size), None);
        let mark = |count| Mark {
            count,
            ..Mark::default()
        };
        let name = |bit| (Kind::Json, lang, Some(bit));
        let there = |bit, count| shelf.find(&name(bit), &mark(count)).is_some();
        shelf.keep(name(1), mark(1), &document(10));
        shelf.keep(name(2), mark(1), &document(10));
        assert!(there(1, 1) && there(2, 1) && !there(1, 2) && !there(3, 1));
        shelf.keep(name(1), mark(2), &document(10));
        assert!(there(1, 2) && !there(2, 1) && !there(2, 2));
        shelf.keep(name(2), mark(2), &document(MOST));
        assert!(!there(1, 2) && there(2, 2));
        shelf.keep(name(3), mark(2), &document(MOST + 1));
        assert!(!there(3, 2));
    }
}
