//! The ground floor: ids, time, points, folded text keys, signed tokens and XML. No IO, no words.

pub mod bearer;
pub mod civil;
pub mod clock;
pub mod fold;
pub mod id;
pub mod link;
pub mod point;
pub mod token;
pub mod xml;
