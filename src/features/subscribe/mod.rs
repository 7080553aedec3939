//! Subscribing: what is asked, what the answers mean, and the letters around it.

pub mod chat;
pub mod offer;
pub mod opt_in;
pub mod quota;
pub mod rules;
pub mod sent;

/// The button that begins.
pub const START: &str = "start";
/// The button that ends letters.
pub const STOP: &str = "stop";
/// The button that shows what one has chosen.
pub const SETTINGS: &str = "settings";
/// The button that shows what is on now.
pub const NOW: &str = "now";
