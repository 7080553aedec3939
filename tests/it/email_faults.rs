//! The e-mail channel when things go wrong: every failure gets the fate that it deserves.

use std::time::{Duration, Instant};

use futures_util::future::join_all;
use glas::channel::{Channel as _, SendError};
use glas::channels::email::Email;
use glas::sandbox::ledger::Ledger;
use glas::sandbox::smtp::{Effect, Fault, Security, Settings, Smtp, Step};

use crate::email::{channel, parcel, server, settings, simple, source};

const TO: &str = "resident@example.bg";

async fn plain(more: &str) -> (Ledger, Smtp, Email) {
    let (ledger, smtp) = server(Settings::default()).await;
    let email = channel(
        &settings(&smtp, &format!("security = \"none\"\n{more}")),
        None,
    );
    (ledger, smtp, email)
}

async fn send(email: &Email, nonce: &str) -> Result<(), SendError> {
    let rendering = simple("Вода", "Спира.");
    email.send(&parcel(&rendering, TO, nonce)).await.map(drop)
}

fn connections(ledger: &Ledger) -> usize {
    let requests = ledger.requests();
    requests.iter().filter(|asked| asked.what == "EHLO").count()
}

fn kind(sent: &Result<(), SendError>) -> &'static str {
    match sent {
        Ok(()) => "sent",
        Err(SendError::Transient { .. }) => "transient",
        Err(SendError::Limited { .. }) => "limited",
        Err(SendError::Gone { .. }) => "gone",
        Err(SendError::Moved { .. }) => "moved",
        Err(SendError::Rejected { .. }) => "rejected",
        Err(SendError::Misconfigured { .. }) => "misconfigured",
        Err(SendError::Ambiguous { .. }) => "ambiguous",
    }
}

#[tokio::test]
async fn every_answer_of_the_relay_has_its_fate() {
    let (ledger, smtp, email) = plain("").await;
    let answer = |at, code, text: &str| Fault::at(at, Effect::Reply(code, text.to_owned()));
    for (fault, fate) in [
        (answer(Step::Mail, 451, "4.3.0 Later"), "transient"),
        (answer(Step::Mail, 550, "5.7.1 Not from you"), "rejected"),
        (answer(Step::Mail, 530, "5.7.0 Log in"), "misconfigured"),
        (answer(Step::Mail, 553, "5.1.8 Bad sender"), "misconfigured"),
        (Fault::unknown_mailbox(TO), "gone"),
        (answer(Step::Rcpt, 550, "5.1.10 Null MX"), "gone"),
        (Fault::full_mailbox(TO), "transient"),
        (answer(Step::Rcpt, 554, "5.7.1 Blocked"), "rejected"),
        (answer(Step::Rcpt, 550, "no enhanced code"), "rejected"),
        (answer(Step::Data, 451, "4.3.0 Later"), "transient"),
        (answer(Step::Data, 554, "5.3.0 No"), "rejected"),
        (answer(Step::FinalDot, 452, "4.3.1 Disk full"), "transient"),
        (answer(Step::FinalDot, 554, "5.7.1 Spam"), "rejected"),
        (answer(Step::FinalDot, 421, "4.3.2 Going"), "transient"),
        (Fault::at(Step::Mail, Effect::Cut), "transient"),
        (Fault::at(Step::Rcpt, Effect::Cut), "transient"),
        (Fault::at(Step::Data, Effect::Cut), "transient"),
        (Fault::at(Step::FinalDot, Effect::Cut), "ambiguous"),
    ] {
        let before = ledger.seen_since(0).len();
        smtp.add_fault(fault.clone());
        let sent = send(&email, "n1").await;
        assert_eq!(kind(&sent), fate, "{fault:?}: {sent:?}");
        let words = sent.expect_err("a failure").to_string();
        assert!(!words.contains(TO), "an address in {words}");
        assert_eq!(ledger.seen_since(0).len(), before, "{fault:?}");
        smtp.clear_faults();
        assert_eq!(kind(&send(&email, "n2").await), "sent", "after {fault:?}");
    }
}

#[tokio::test]
async fn a_refused_recipient_costs_no_connection() {
    let (ledger, smtp, email) = plain("connections = 1").await;
    smtp.add_fault(Fault::unknown_mailbox(TO).times(5));
    for _ in 0..5 {
        assert_eq!(kind(&send(&email, "n1").await), "gone");
    }
    assert_eq!(kind(&send(&email, "n1").await), "sent");
    assert_eq!(connections(&ledger), 1);
}

#[tokio::test]
async fn after_an_unknown_end_the_repeat_is_the_same_mail() {
    let (ledger, smtp, email) = plain("").await;
    smtp.add_fault(Fault::at(Step::FinalDot, Effect::AcceptAndCut).times(1));
    assert_eq!(kind(&send(&email, "n1").await), "ambiguous");
    assert_eq!(kind(&send(&email, "n1").await), "sent");
    // A process that starts anew writes the same bytes.
    let anew = channel(&settings(&smtp, "security = \"none\""), None);
    assert_eq!(kind(&send(&anew, "n1").await), "sent");
    let seen = ledger.seen_since(0);
    assert_eq!(seen.len(), 3);
    assert_eq!(source(&seen[0]), source(&seen[1]));
    assert_eq!(source(&seen[0]), source(&seen[2]));
    assert_eq!(seen[0].raw["envelope_from"], seen[2].raw["envelope_from"]);
}

#[tokio::test]
async fn a_server_that_stops_and_starts_again_is_found_again() {
    let (ledger, smtp, email) = plain("").await;
    assert_eq!(kind(&send(&email, "n1").await), "sent");
    smtp.stop().await;
    assert_eq!(kind(&send(&email, "n2").await), "transient");
    smtp.start_again().await.expect("the port");
    assert_eq!(kind(&send(&email, "n2").await), "sent");
    // A restart between two mails costs nothing: the connection that died is replaced.
    smtp.stop().await;
    smtp.start_again().await.expect("the port");
    assert_eq!(kind(&send(&email, "n3").await), "sent");
    assert_eq!(ledger.seen_since(0).len(), 3);
}

#[tokio::test]
async fn a_connection_that_the_relay_closes_is_replaced_at_once() {
    let (ledger, smtp, email) = plain("").await;
    assert_eq!(kind(&send(&email, "n1").await), "sent");
    let enough = Effect::Reply(421, "4.7.0 Enough on this connection".to_owned());
    smtp.add_fault(Fault::at(Step::Mail, enough).times(1));
    assert_eq!(kind(&send(&email, "n2").await), "sent");
    assert_eq!(connections(&ledger), 2);
}

#[tokio::test]
async fn connections_are_few_and_used_again() {
    let (ledger, _smtp, email) = plain("connections = 3").await;
    let nonces: Vec<String> = (0..60).map(|number| format!("n{number}")).collect();
    let all = join_all(nonces.iter().map(|nonce| send(&email, nonce))).await;
    assert!(all.iter().all(Result::is_ok), "{all:?}");
    assert_eq!(ledger.seen_since(0).len(), 60);
    assert_eq!(connections(&ledger), 3);
}

#[tokio::test]
async fn a_relay_that_does_not_greet_is_tried_again_later_or_mended() {
    let (_ledger, smtp, email) = plain("").await;
    for (effect, fate) in [
        (Effect::Reply(421, "4.3.2 Busy".to_owned()), "transient"),
        (Effect::Cut, "transient"),
        (
            Effect::Reply(554, "5.7.1 Not you".to_owned()),
            "misconfigured",
        ),
    ] {
        smtp.add_fault(Fault::at(Step::Greeting, effect).times(1));
        assert_eq!(kind(&send(&email, "n1").await), fate);
    }
    assert_eq!(kind(&send(&email, "n1").await), "sent");
}

#[tokio::test]
async fn silence_before_the_message_ends_within_fifteen_seconds() {
    let silent = async |step| {
        let (ledger, smtp, email) = plain("").await;
        smtp.add_fault(Fault::at(step, Effect::Silence));
        let begun = Instant::now();
        let sent = send(&email, "n1").await;
        assert_eq!(kind(&sent), "transient", "{step:?}");
        assert!(begun.elapsed() < Duration::from_secs(17), "{step:?}");
        assert!(ledger.seen_since(0).is_empty());
    };
    tokio::join!(silent(Step::Greeting), silent(Step::Rcpt));
}

#[tokio::test]
async fn a_slow_relay_is_waited_for() {
    let (_ledger, smtp, email) = plain("").await;
    for step in [Step::Mail, Step::FinalDot] {
        smtp.add_fault(Fault::at(step, Effect::Delay(Duration::from_millis(50))).times(1));
    }
    assert_eq!(kind(&send(&email, "n1").await), "sent");
}

#[tokio::test]
async fn a_wrong_set_up_is_told_from_a_bad_moment() {
    let account = Some(("glas".to_owned(), "secret".to_owned()));
    let (_ledger, smtp) = server(Settings {
        account,
        ..Settings::default()
    })
    .await;
    let wrong = "security = \"none\"\nusername = \"glas\"";
    let email = channel(&settings(&smtp, wrong), Some("another"));
    assert_eq!(kind(&send(&email, "n1").await), "misconfigured");
    let email = channel(&settings(&smtp, "security = \"none\""), None);
    assert_eq!(kind(&send(&email, "n1").await), "misconfigured");
    // STARTTLS wanted where it is not offered.
    let email = channel(&settings(&smtp, "security = \"starttls\""), None);
    assert_eq!(kind(&send(&email, "n1").await), "misconfigured");

    for (security, name) in [(Security::StartTls, "starttls"), (Security::Tls, "tls")] {
        let (_ledger, smtp) = server(Settings {
            security,
            ..Settings::default()
        })
        .await;
        let untrusting = settings(&smtp, &format!("security = \"{name}\""));
        let sent = send(&channel(&untrusting, None), "n1").await;
        assert_eq!(kind(&sent), "misconfigured", "{name}: {sent:?}");
        assert!(sent.expect_err("a failure").to_string().contains("ca_file"));
    }
}

#[tokio::test]
async fn mails_leave_fast_over_four_connections() {
    let (ledger, _smtp, email) = plain("connections = 4").await;
    let rendering = simple(
        "Спиране на водата",
        &"Днес от 9 до 17 ч. няма вода. ".repeat(20),
    );
    let nonces: Vec<String> = (0..2_000).map(|number| format!("n{number}")).collect();
    let begun = Instant::now();
    let sends = nonces.chunks(500).map(async |nonces| {
        for nonce in nonces {
            let mail = parcel(&rendering, TO, nonce);
            email.send(&mail).await.expect("a receipt");
        }
    });
    join_all(sends).await;
    let took = begun.elapsed();
    assert_eq!(ledger.seen_since(0).len(), 2_000);
    println!("2000 mails over 4 connections in {took:?}");
    // A tenth of what a slow machine does, and ten times what waiting for acknowledgements gives.
    assert!(took < Duration::from_secs(20), "{took:?}");
}
