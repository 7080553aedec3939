//! Stories of the command line, told against the program itself.

mod alerts;
mod database;
mod doctor;
mod feeds;
mod privacy;
pub mod program;
mod sandbox;
mod settings;
mod subscribers;
