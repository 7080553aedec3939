//! The world outside, made small: plain state, thin servers that speak each network's protocol.

pub mod discord;
pub mod ledger;
pub mod smtp;
pub mod telegram;
