//! What owners and other programs set beside the bot: its rights in groups, a webhook.

use super::Telegram;

/// How the bot is set up, besides its token.
#[derive(Debug)]
pub(super) struct SetUp {
    /// Where updates are delivered; empty: nowhere, they are fetched.
    pub(super) webhook: String,
    /// Whether it can be added to groups.
    pub(super) joins_groups: bool,
    /// Whether it hears everything in groups, and not only what is meant for it.
    pub(super) hears_all: bool,
}

impl Default for SetUp {
    fn default() -> Self {
        Self {
            webhook: String::new(),
            joins_groups: true,
            hears_all: false,
        }
    }
}

impl Telegram {
    /// Another program sets a webhook: until it is deleted no update can be fetched. None is ever
    /// delivered to it.
    pub fn set_webhook(&self, url: &str) {
        url.clone_into(&mut self.0.state().set_up.webhook);
    }

    /// The owner says whether the bot can be added to groups (`/setjoingroups`).
    pub fn allow_groups(&self, allowed: bool) {
        self.0.state().set_up.joins_groups = allowed;
    }

    /// The owner says whether the bot hears only what is meant for it in groups (`/setprivacy`).
    pub fn set_privacy(&self, on: bool) {
        self.0.state().set_up.hears_all = !on;
    }
}
