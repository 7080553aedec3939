//! The bot's pages, asked for the way a reader's browser would: from outside, by their address.

use std::time::Duration;

use reqwest::Client;
use reqwest::redirect::Policy;
use url::Url;

use super::is_here;
use crate::channels::checkup::Finding;
use crate::message::{Arg, say, say_with};

/// The time for the whole answer, the connection included.
const PATIENCE: Duration = Duration::from_secs(9);

/// Asks `base_url` for its health.
pub async fn check(base_url: Option<&Url>) -> Finding {
    const ABOUT: &str = "web";
    let Some(base_url) = base_url else {
        return Finding::note(ABOUT, say("doctor-web-off"));
    };
    let health = health(base_url);
    let url = ("url", Arg::Text(health.to_string()));
    match status(health).await {
        Ok(200..=299) => Finding::ok(ABOUT, say_with("doctor-web", [url])),
        Ok(status) => {
            let status = ("status", Arg::Text(status.to_string()));
            Finding::fault(ABOUT, say_with("doctor-web-status", [url, status]))
        }
        Err(why) => {
            let why = ("why", Arg::Text(why));
            Finding::fault(ABOUT, say_with("doctor-web-away", [url, why]))
        }
    }
}

/// The page that says whether all is well.
fn health(base_url: &Url) -> Url {
    let mut url = base_url.clone();
    // An address that has no path has no page either, and is refused as it is.
    if let Ok(mut path) = url.path_segments_mut() {
        path.pop_if_empty().push("health");
    }
    url
}

async fn status(url: Url) -> Result<u16, String> {
    let mut client = Client::builder().redirect(Policy::none()).timeout(PATIENCE);
    if is_here(&url) {
        client = client.no_proxy();
    }
    let client = client.build().map_err(|error| deepest(&error))?;
    let answer = client.get(url).send().await;
    answer
        .map(|answer| answer.status().as_u16())
        .map_err(|error| deepest(&error))
}

/// The cause at the bottom of an error: the ones above only say that a request failed.
fn deepest(error: &dyn std::error::Error) -> String {
    let mut cause = error;
    while let Some(deeper) = cause.source() {
        cause = deeper;
    }
    cause.to_string()
}
