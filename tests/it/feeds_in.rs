//! Feeds in: what is read, what is fetched and from where, and what citizens get of it.

mod fetching;
mod places;
mod reading;
mod settings;
mod source;
mod stories;
mod troubles;
