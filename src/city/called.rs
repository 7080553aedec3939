//! What a found place is called in a sentence: its name with the word for its kind.

use super::find::{Found, Kind, What};
use crate::message::{Arg, Words, say_with};

impl Found {
    /// Its name with the word for its kind; the name alone where that says enough.
    #[must_use]
    pub fn called(&self) -> Words {
        let name = Words::Written(self.names.clone());
        let named = [("name", Arg::Words(name.clone().into()))];
        match self.what {
            What::District => say_with("where-name-district", named),
            What::Place(Kind::Town) => say_with("where-name-town", named),
            What::Place(Kind::Village) => say_with("where-name-village", named),
            What::Place(Kind::Complex) => say_with("where-name-complex", named),
            What::Place(Kind::Quarter) => say_with("where-name-quarter", named),
            What::Place(Kind::Villa) => say_with("where-name-villa", named),
            What::Place(Kind::Locality) => say_with("where-name-locality", named),
            What::City | What::Place(Kind::Area) => name,
        }
    }
}
