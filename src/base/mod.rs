//! The ground floor: ids, time, points, folded text keys and signed tokens. No IO, no words.

pub mod civil;
pub mod clock;
pub mod fold;
pub mod id;
pub mod link;
pub mod point;
pub mod token;
