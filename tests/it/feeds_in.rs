//! Feeds in: what is read, what is fetched and from where, and what citizens get of it.

mod reading;
mod source;
