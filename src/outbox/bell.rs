//! Tells a channel's worker in this process that something was posted.

use std::collections::HashMap;
use std::sync::Arc;

use tokio::sync::Notify;

/// A bell for each channel; clones share them.
#[derive(Debug, Clone, Default)]
pub struct Bell(Arc<HashMap<&'static str, Arc<Notify>>>);

impl Bell {
    /// Bells for these channels.
    #[must_use]
    pub fn new(channels: &[&'static str]) -> Self {
        Self(Arc::new(
            channels
                .iter()
                .map(|name| (*name, Arc::default()))
                .collect(),
        ))
    }

    /// Wakes the worker of `channel`, if this process has one.
    pub fn ring(&self, channel: &str) {
        if let Some(bell) = self.0.get(channel) {
            bell.notify_one();
        }
    }

    /// Wakes every worker of this process.
    pub fn ring_all(&self) {
        self.0.values().for_each(|bell| bell.notify_one());
    }

    /// What the worker of `channel` waits on.
    #[must_use]
    pub fn of(&self, channel: &str) -> Arc<Notify> {
        self.0.get(channel).cloned().unwrap_or_default()
    }
}
