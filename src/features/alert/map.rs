//! A map of the places that an alert is for, drawn from the city's own boundaries.
//!
//! What is affected is filled, hatched and outlined, so that nobody needs to tell colours apart.
//! The same alert gives the same picture, byte for byte.

mod around;
mod ground;
mod indexed;
mod label;
mod paint;
mod sheet;
mod view;
mod write;

use crate::base::point::Shape;
use crate::city::{City, Set};
use ground::Ground;
use paint::Paint;

pub use paint::PaintFault;
pub use sheet::{Captions, Sheet};

/// The picture's edges in pixels: four to three, as phones show a picture whole.
pub const EDGES: (u32, u32) = (1200, 900);

/// What is shown as affected.
#[derive(Debug, Clone, PartialEq)]
pub struct Affected {
    /// Districts that are meant as a whole.
    pub whole: Set,
    /// Districts that what is drawn lies in.
    pub touched: Set,
    /// What is drawn.
    pub shapes: Vec<Shape>,
}

/// Everything that is the same on every map of a city, prepared once: its boundaries in metres,
/// and the fonts.
#[derive(Debug)]
pub struct Atlas {
    ground: Ground,
    paint: Paint,
}

impl Atlas {
    /// Prepares the maps of `city`.
    #[must_use]
    pub fn new(city: &City) -> Self {
        Self {
            ground: Ground::new(city),
            paint: Paint::new(),
        }
    }

    /// The map of what is affected, its words still to come; `None` where nothing can be shown.
    #[must_use]
    pub fn sheet<'a>(&'a self, affected: &'a Affected) -> Option<Sheet<'a>> {
        Sheet::new(&self.ground, &self.paint, affected)
    }
}
