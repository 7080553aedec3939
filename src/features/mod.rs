//! What the city can say and ask: one folder an ability.

pub mod alert;
pub mod audit;
pub mod feed;
pub mod now;
pub mod privacy;
pub mod replay;
pub mod subscribe;
