//! Pictures made ready: their folder, who draws them, and who hands them over.

use std::sync::Arc;

use super::Loaded;
use crate::channel::Channel;
use crate::features::alert::picture::Painter;
use crate::outbox::album::Album;
use crate::outbox::picture::Pictures;
use crate::store::Db;

impl Loaded {
    /// The folder of pictures.
    #[must_use]
    pub fn pictures(&self) -> Option<Pictures> {
        self.config.pictures.folder.as_ref().map(Pictures::new)
    }

    /// Who draws the maps of alerts, where there are to be any. Costs some milliseconds: a process
    /// that sends alerts keeps one.
    #[must_use]
    pub fn painter(&self) -> Option<Painter> {
        let pictures = self.pictures().filter(|_| self.config.pictures.maps)?;
        let (catalogue, city) = (Arc::clone(&self.catalogue), Arc::clone(&self.city));
        Some(Painter::new(catalogue, city, pictures))
    }

    /// The pictures on their way to a network, where it shows any.
    pub(super) fn album(&self, db: &Db, network: &dyn Channel) -> Option<Arc<Album>> {
        let (pictures, showing) = self.pictures().zip(network.limits().pictures)?;
        let album = Album::new(db.clone(), network.name(), pictures, showing.keeps);
        Some(Arc::new(album))
    }
}
