//! What an operator wants to know of outgoing mail: the relay, and what the sender's domain publishes.

use std::time::Duration;

use tokio::time::timeout;

use super::Email;
use super::dkim::Signer;
use super::dkim::public::Fit;
use super::dns::Dns;
use super::records::{self, Dmarc, Spf, aligned, upwards};
use super::relay::Stage;
use crate::channel::SendError;
use crate::channels::checkup::{Checkup, Finding, Nameserver};
use crate::message::{Arg, say, say_with, say_with_text};

/// What scripts know the check of DMARC by.
const DMARC: &str = "email-dmarc";
/// How long the walk from the sender's domain upwards may take.
const WALK: Duration = Duration::from_secs(9);

/// A DMARC record and the domain where it was found.
type Policy = (Dmarc, String);

impl Email {
    /// Logs in at the relay and out again, and looks at SPF, DKIM and DMARC; sends nothing.
    pub async fn check(&self, nameserver: Nameserver) -> Checkup {
        let (relay, published) = tokio::join!(self.check_relay(), self.check_domain(nameserver));
        let mut findings = vec![relay];
        findings.extend(published);
        Checkup {
            findings,
            ahead_ms: None,
        }
    }

    async fn check_relay(&self) -> Finding {
        let relay = self.relay.address();
        let text = |text: &str| Arg::Text(text.to_owned());
        let (stage, error) = match self.relay.check().await {
            Ok(true) => return Finding::ok("email-relay", say_with_text("doctor-relay", &relay)),
            Ok(false) => {
                let says = say_with_text("doctor-relay-without-login", &relay);
                return Finding::ok("email-relay", says);
            }
            Err(failed) => failed,
        };
        let distrusted = matches!(error, SendError::Misconfigured { .. });
        let args = [("relay", text(&relay)), ("why", Arg::Text(why(error)))];
        match stage {
            Stage::LoggingIn => Finding::fault("email-login", say_with("doctor-relay-login", args)),
            Stage::Connecting if !distrusted => {
                Finding::fault("email-relay", say_with("doctor-relay-away", args))
            }
            _ => Finding::fault("email-tls", say_with("doctor-relay-tls", args)),
        }
    }

    async fn check_domain(&self, nameserver: Nameserver) -> Vec<Finding> {
        let composer = &self.composer;
        let from = composer.from.email.domain();
        let dns = match Dns::new(nameserver) {
            Ok(Some(dns)) => dns,
            Ok(None) => return vec![Finding::note("email-dns", say("doctor-dns-nobody"))],
            Err(error) => return vec![silent("email-dns", from, &error)],
        };
        let bounces = composer.return_path.as_ref();
        let bounces = bounces.map_or(from, |path| path.domain.as_str());
        let (spf, dkim, policy) = tokio::join!(
            check_spf(&dns, bounces),
            check_dkim(&dns, composer.signer.as_ref()),
            find_policy(&dns, from),
        );
        let signer = composer.signer.as_ref().map(Signer::domain);
        let mut findings = vec![spf, dkim];
        findings.push(match policy {
            Ok((policy, at)) => judge_policy(&policy, &at, from, bounces, signer),
            Err(finding) => finding,
        });
        findings
    }
}

fn why(error: SendError) -> String {
    match error {
        SendError::Transient { why }
        | SendError::Misconfigured { why }
        | SendError::Rejected { why } => why,
        other => other.to_string(),
    }
}

fn silent(about: &'static str, name: &str, why: &str) -> Finding {
    let text = |text: &str| Arg::Text(text.to_owned());
    Finding::warning(
        about,
        say_with(
            "doctor-dns-silent",
            [("name", text(name)), ("why", text(why))],
        ),
    )
}

async fn check_spf(dns: &Dns, domain: &str) -> Finding {
    const ABOUT: &str = "email-spf";
    let texts = match dns.texts(domain).await {
        Ok(texts) => texts,
        Err(why) => return silent(ABOUT, domain, &why),
    };
    match records::spf(&texts) {
        Spf::Good => Finding::ok(ABOUT, say_with_text("doctor-spf", domain)),
        Spf::Missing => Finding::fault(ABOUT, say_with_text("doctor-spf-missing", domain)),
        Spf::Several => Finding::fault(ABOUT, say_with_text("doctor-spf-several", domain)),
        Spf::Everybody => Finding::fault(ABOUT, say_with_text("doctor-spf-everybody", domain)),
        Spf::Open => Finding::warning(ABOUT, say_with_text("doctor-spf-open", domain)),
    }
}

async fn check_dkim(dns: &Dns, signer: Option<&Signer>) -> Finding {
    const ABOUT: &str = "email-dkim";
    let Some(signer) = signer else {
        return Finding::warning(ABOUT, say("doctor-dkim-off"));
    };
    let name = signer.name();
    let texts = match dns.texts(&name).await {
        Ok(texts) => texts,
        Err(why) => return silent(ABOUT, &name, &why),
    };
    let publish = || {
        [
            ("name", Arg::Text(name.clone())),
            ("record", Arg::Text(signer.record())),
        ]
    };
    match signer.fit(&texts) {
        Fit::Good => Finding::ok(ABOUT, say_with_text("doctor-dkim", &name)),
        Fit::Missing => Finding::fault(ABOUT, say_with("doctor-dkim-missing", publish())),
        Fit::Other => Finding::fault(ABOUT, say_with("doctor-dkim-other", publish())),
    }
}

/// The DMARC record that counts for `from`: its own, or that of the nearest domain above.
async fn find_policy(dns: &Dns, from: &str) -> Result<Policy, Finding> {
    let late = || silent(DMARC, from, "no answer in time");
    let walk = walk_up(dns, from);
    timeout(WALK, walk).await.unwrap_or_else(|_| Err(late()))
}

async fn walk_up(dns: &Dns, from: &str) -> Result<Policy, Finding> {
    for domain in upwards(from) {
        let name = format!("_dmarc.{domain}");
        let texts = dns.texts(&name).await;
        let texts = texts.map_err(|why| silent(DMARC, &name, &why))?;
        match records::dmarc(&texts, domain != from) {
            Ok(Some(policy)) => return Ok((policy, domain.to_owned())),
            Ok(None) => {}
            Err(record) => {
                let args = [("name", Arg::Text(name)), ("record", Arg::Text(record))];
                return Err(Finding::fault(DMARC, say_with("doctor-dmarc-wrong", args)));
            }
        }
    }
    Err(Finding::fault(
        DMARC,
        say_with_text("doctor-dmarc-missing", from),
    ))
}

/// Whether our mails pass the policy: one of the two must vouch for the sender's own domain.
fn judge_policy(
    policy: &Dmarc,
    at: &str,
    from: &str,
    bounces: &str,
    signer: Option<&str>,
) -> Finding {
    let by_spf = aligned(bounces, from, policy.strict_spf, at);
    let by_dkim = signer.is_some_and(|domain| aligned(domain, from, policy.strict_dkim, at));
    let text = |text: &str| Arg::Text(text.to_owned());
    let args = [
        ("from", text(from)),
        ("bounces", text(bounces)),
        ("signer", text(signer.unwrap_or("–"))),
    ];
    match (by_spf, by_dkim) {
        (false, false) => Finding::fault(DMARC, say_with("doctor-dmarc-unaligned", args)),
        (true, false) if signer.is_some() => {
            Finding::warning(DMARC, say_with("doctor-dmarc-dkim-unaligned", args))
        }
        _ if policy.policy == "none" => {
            Finding::warning(DMARC, say_with_text("doctor-dmarc-none", from))
        }
        _ => Finding::ok(
            DMARC,
            say_with(
                "doctor-dmarc",
                [("from", text(from)), ("policy", text(&policy.policy))],
            ),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::channels::checkup::Level;

    #[test]
    fn one_of_the_two_must_vouch_for_the_sender() {
        let dmarc = |policy: &str, strict| Dmarc {
            policy: policy.to_owned(),
            strict_dkim: strict,
            strict_spf: strict,
        };
        let judged = |policy: &Dmarc, bounces, signer| {
            let found = judge_policy(policy, "example.org", "alerts.example.org", bounces, signer);
            found.level
        };
        let (own, above, other) = ("alerts.example.org", "example.org", "relay.example");
        let reject = dmarc("reject", false);
        assert_eq!(judged(&reject, own, Some(own)), Level::Ok);
        assert_eq!(judged(&reject, other, Some(above)), Level::Ok);
        assert_eq!(judged(&reject, own, None), Level::Ok);
        assert_eq!(judged(&reject, own, Some(other)), Level::Warning);
        assert_eq!(judged(&reject, other, Some(other)), Level::Fault);
        assert_eq!(judged(&reject, other, None), Level::Fault);
        assert_eq!(
            judged(&dmarc("reject", true), above, Some(above)),
            Level::Fault
        );
        assert_eq!(
            judged(&dmarc("none", false), own, Some(own)),
            Level::Warning
        );
    }
}
