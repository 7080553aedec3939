//! What an operator wants to know of the bot at Telegram: its token, its rights, what is kept from it.

use std::time::Duration;

use serde::Deserialize;
use teloxide::payloads::{GetMe, GetWebhookInfo};
use url::Url;

use super::Telegram;
use super::api::{Bounds, CallError};
use super::listen::WANTED;
use crate::channels::checkup::{Checkup, Finding};
use crate::message::{Arg, say, say_with, say_with_text};

/// Two calls after one another stay below the ten seconds that a check may take.
const BOUNDS: Bounds = Bounds {
    patience: Duration::from_millis(4500),
    ..Bounds::BRIEF
};

#[derive(Deserialize)]
struct Me {
    #[serde(default)]
    username: String,
    #[serde(default)]
    can_join_groups: bool,
    #[serde(default)]
    can_read_all_group_messages: bool,
}

#[derive(Deserialize)]
struct Webhook {
    #[serde(default)]
    url: String,
    #[serde(default)]
    pending_update_count: i64,
    #[serde(default)]
    allowed_updates: Vec<String>,
}

impl Telegram {
    /// Asks the Bot API how the bot stands; changes nothing and fetches no updates, which would
    /// interrupt who listens.
    pub async fn check(&self) -> Checkup {
        let api = &self.api;
        let me = api.call_and_compare("getMe", &GetMe::new(), BOUNDS).await;
        let (me, ahead_ms): (Me, _) = match me {
            Ok(me) => me,
            Err(error) => return only(refused(&error)),
        };
        let webhook = api
            .call::<Webhook>("getWebhookInfo", &GetWebhookInfo::new(), BOUNDS)
            .await;
        let mut findings = match webhook {
            Ok(webhook) => about_updates(&me, &webhook),
            Err(error) => vec![refused(&error)],
        };
        findings.extend(about_groups(&me));
        Checkup { findings, ahead_ms }
    }
}

fn only(finding: Finding) -> Checkup {
    Checkup {
        findings: vec![finding],
        ahead_ms: None,
    }
}

fn refused(error: &CallError) -> Finding {
    let why = error.why();
    match error {
        CallError::Refused(no) if matches!(no.code, 401 | 404) => Finding::fault(
            "telegram-token",
            say_with_text("doctor-telegram-token", &why),
        ),
        _ => Finding::fault(
            "telegram-reachable",
            say_with_text("doctor-telegram-unreachable", &why),
        ),
    }
}

fn about_updates(me: &Me, webhook: &Webhook) -> Vec<Finding> {
    let mut findings = vec![Finding::ok(
        "telegram-token",
        say_with(
            "doctor-telegram",
            [
                ("name", Arg::Text(me.username.clone())),
                ("waiting", Arg::Number(webhook.pending_update_count)),
            ],
        ),
    )];
    if !webhook.url.is_empty() {
        // The path may hold a secret, the host does not.
        let host = Url::parse(&webhook.url).ok();
        let host = host.as_ref().and_then(Url::host_str).unwrap_or("?");
        findings.push(Finding::warning(
            "telegram-webhook",
            say_with_text("doctor-telegram-webhook", host),
        ));
    }
    let withheld = withheld(&webhook.allowed_updates);
    if !withheld.is_empty() {
        findings.push(Finding::warning(
            "telegram-updates",
            say_with_text("doctor-telegram-updates", &withheld.join(", ")),
        ));
    }
    findings
}

/// The kinds of updates that we want and are not given; an empty list stands for the usual ones.
fn withheld(allowed: &[String]) -> Vec<String> {
    if allowed.is_empty() {
        return vec![];
    }
    let wanted = WANTED.iter().filter_map(|kind| {
        let name = serde_json::to_value(kind).ok()?;
        name.as_str().map(str::to_owned)
    });
    wanted.filter(|name| !allowed.contains(name)).collect()
}

fn about_groups(me: &Me) -> Vec<Finding> {
    let mut findings = vec![];
    if !me.can_join_groups {
        findings.push(Finding::warning(
            "telegram-groups",
            say("doctor-telegram-groups"),
        ));
    }
    if me.can_read_all_group_messages {
        findings.push(Finding::warning(
            "telegram-privacy",
            say("doctor-telegram-privacy"),
        ));
    }
    findings
}
