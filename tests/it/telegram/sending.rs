//! Sending: the request as documented, and a fate for every way it can fail.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use glas::channel::{Receipt, SendError};
use glas::channels::telegram::{Telegram, is_group, parse_handle};
use glas::config::telegram::TelegramSettings;
use glas::message::layout::{Mark, Part, Styled};
use glas::message::{Action, Token, Weight};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;
use tokio::time::sleep;
use url::Url;

use super::stub::{self, Stub, always_yes, no};
use super::{TOKEN, plain, send, telegram};

#[tokio::test]
async fn a_letter_becomes_plain_text_with_entities_buttons_and_a_thread() {
    let (stub, url) = Stub::start(always_yes).await;
    let part = Part {
        title: Some("⚠️ Буря <b>".to_owned()),
        text: Styled {
            text: "Къде: @everyone".to_owned(),
            marks: vec![(0.."Къде:".len(), Mark::Strong)],
        },
        actions: vec![vec![
            Action::Press {
                label: "Спиране".to_owned(),
                token: Token::try_from("stop".to_owned()).expect("a token"),
            },
            Action::Open {
                label: "Повече".to_owned(),
                url: Url::parse("https://example.org/a").expect("an address"),
            },
        ]],
        lists: vec![],
        weight: Weight::Silent,
        picture: None,
    };
    let receipt = send(&telegram(&url, vec![]), part, "-100", Some("-100:40")).await;
    assert_eq!(
        receipt,
        Ok(Receipt {
            message: "-100:41".to_owned(),
            picture: None,
        })
    );
    assert_eq!(
        stub.bodies("sendMessage"),
        [json!({
            "chat_id": -100,
            "text": "⚠️ Буря <b>\n\nКъде: @everyone",
            "entities": [
                {"type": "bold", "offset": 0, "length": 11},
                {"type": "bold", "offset": 13, "length": 5},
            ],
            "link_preview_options": {"is_disabled": true},
            "disable_notification": true,
            "reply_parameters": {"message_id": 40, "allow_sending_without_reply": true},
            "reply_markup": {"inline_keyboard": [[
                {"text": "Спиране", "callback_data": "stop"},
                {"text": "Повече", "url": "https://example.org/a"},
            ]]},
        })]
    );
}

#[tokio::test]
async fn a_public_channel_is_written_to_by_name() {
    let (stub, url) = Stub::start(always_yes).await;
    let telegram = telegram(&url, vec![]);
    let handle = parse_handle(" @Sofia_Alerts ").expect("a handle");
    // The stub answers with the name where Telegram gives the number, which no receipt can hold.
    let answer = send(&telegram, plain("x"), &handle, None).await;
    assert!(matches!(answer, Err(SendError::Ambiguous { .. })));
    assert_eq!(stub.bodies("sendMessage")[0]["chat_id"], "@sofia_alerts");
}

#[test]
fn handles_have_one_form() {
    for (typed, handle) in [
        ("42", Some("42")),
        (" -1001234567890 ", Some("-1001234567890")),
        ("007", Some("7")),
        ("@Sofia", Some("@sofia")),
        ("0", None),
        ("", None),
        ("@ab", None),
        ("@9lives", None),
        ("sofia", None),
        ("99999999999999999999", None),
    ] {
        assert_eq!(parse_handle(typed).ok().as_deref(), handle, "{typed}");
    }
    assert!(is_group("-5") && is_group("@sofia") && !is_group("5"));
}

/// Each chat of this table answers in its own way.
fn answer_by_chat(_: &str, body: &Value) -> Response {
    let nothing = json!({});
    match body["chat_id"].as_i64() {
        Some(1) => no(403, "Forbidden: bot was blocked by the user", &nothing),
        Some(2) => no(400, "Bad Request: chat not found", &nothing),
        Some(-3) => no(
            400,
            "Bad Request: group chat was upgraded to a supergroup chat",
            &json!({"migrate_to_chat_id": -1003}),
        ),
        Some(4) => no(400, "Bad Request: message is too long", &nothing),
        Some(5) => no(401, "Unauthorized", &nothing),
        Some(-6 | 6) => no(
            429,
            "Too Many Requests: retry after 3",
            &json!({"retry_after": 3}),
        ),
        Some(7) => no(500, "Internal Server Error", &nothing),
        Some(8) => (StatusCode::BAD_GATEWAY, "<html>").into_response(),
        Some(9) => "{\"ok\":true,\"result\":{\"mess".into_response(),
        Some(10) => (StatusCode::FORBIDDEN, "<html>").into_response(),
        Some(11) => (StatusCode::FOUND, [("location", "http://127.0.0.1:9/")]).into_response(),
        Some(12) => no(
            404,
            &format!("Cannot POST /bot{TOKEN}/sendMessage"),
            &nothing,
        ),
        _ => always_yes("sendMessage", body),
    }
}

#[tokio::test]
async fn every_answer_has_its_fate() {
    let (_stub, url) = Stub::start(answer_by_chat).await;
    let telegram = telegram(&url, vec![]);
    for (chat, fate) in [
        ("1", "Gone"),
        ("2", "Gone"),
        ("-3", "Moved { to: \"-1003\" }"),
        ("4", "Rejected"),
        ("5", "Misconfigured"),
        ("6", "Limited { retry_after: 3s, everyone: true }"),
        ("-6", "Limited { retry_after: 3s, everyone: false }"),
        ("7", "Ambiguous"),
        ("8", "Ambiguous"),
        ("9", "Ambiguous"),
        ("10", "Transient"),
        ("11", "Transient"),
        ("12", "Misconfigured"),
        ("no-number", "Rejected"),
    ] {
        let error = send(&telegram, plain("x"), chat, None).await;
        let told = format!("{:?}", error.expect_err(chat));
        assert!(told.starts_with(fate), "{chat}: {told}, not {fate}");
        assert!(!told.contains(TOKEN), "{told}");
    }
}

#[tokio::test]
async fn what_was_never_written_is_transient() {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    drop(listener);
    let not_tls = stub::raw(|stream| async move { drop(stream) }).await;
    for url in [
        format!("http://{address}"),
        not_tls.as_str().replace("http:", "https:"),
    ] {
        let url = Url::parse(&url).expect("an address");
        let error = send(&telegram(&url, vec![]), plain("x"), "5", None).await;
        let told = format!("{:?}", error.expect_err("nobody there"));
        assert!(told.starts_with("Transient"), "{url}: {told}");
        assert!(!told.contains("NEVER"), "{told}");
    }
}

#[tokio::test]
async fn what_was_written_and_not_answered_is_ambiguous() {
    let closes = stub::raw(|stream| async move { drop(stream) }).await;
    let resets = stub::raw(|stream| async move {
        let _ = stream.set_zero_linger();
    })
    .await;
    let cuts = stub::raw(|stream| async move {
        stub::write(
            stream,
            b"HTTP/1.1 200 OK\r\ncontent-length: 500\r\n\r\n{\"ok\":",
        )
        .await;
    })
    .await;
    let rambles = stub::raw(|stream| async move {
        stub::write(stream, b"220 not HTTP at all\r\n\r\n").await;
    })
    .await;
    let floods = stub::raw(|mut stream| async move {
        let _ = stream
            .write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 104857600\r\n\r\n")
            .await;
        while stream.write_all(&[b' '; 4096]).await.is_ok() {}
    })
    .await;
    for url in [closes, resets, cuts, rambles, floods] {
        let error = send(&telegram(&url, vec![]), plain("x"), "5", None).await;
        let told = format!("{:?}", error.expect_err("no answer"));
        assert!(told.starts_with("Ambiguous"), "{told}");
        assert!(!told.contains("NEVER"), "{told}");
    }
}

/// Takes the whole 15 seconds that a send may take: once for all slow servers together.
#[tokio::test]
async fn no_send_outlasts_fifteen_seconds() {
    let silent = stub::raw(|mut stream| async move {
        let _ = stream.read(&mut [0; 1]).await;
    })
    .await;
    let dripping = stub::raw(|mut stream| async move {
        let head = b"HTTP/1.1 200 OK\r\ncontent-length: 500\r\n\r\n";
        let _ = stream.write_all(head).await;
        while stream.write_all(b" ").await.is_ok() {
            sleep(Duration::from_secs(1)).await;
        }
    })
    .await;
    let (silent, dripping) = (telegram(&silent, vec![]), telegram(&dripping, vec![]));
    let both = async {
        tokio::join!(
            send(&silent, plain("x"), "5", None),
            send(&dripping, plain("x"), "5", None)
        )
    };
    let (silence, drip) = tokio::time::timeout(Duration::from_secs(17), both)
        .await
        .expect("cut off");
    assert!(
        matches!(silence, Err(SendError::Ambiguous { .. })),
        "{silence:?}"
    );
    assert!(matches!(drip, Err(SendError::Ambiguous { .. })), "{drip:?}");
}

#[tokio::test]
async fn a_server_with_a_certificate_of_its_own_is_trusted_through_ca_file() {
    let certified = rcgen::generate_simple_self_signed(["localhost".to_owned()]).expect("a key");
    let (url, accepted) = secure(&certified).await;
    let stranger = send(&telegram(&url, vec![]), plain("x"), "5", None).await;
    assert!(
        matches!(stranger, Err(SendError::Transient { .. })),
        "{stranger:?}"
    );
    assert_eq!(accepted.load(Ordering::SeqCst), 0);

    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("ca.pem");
    std::fs::write(&file, certified.cert.pem()).expect("written");
    let settings = TelegramSettings {
        api_url: url,
        ca_file: Some(file),
        ..TelegramSettings::default()
    };
    let friend = Telegram::new(&settings, TOKEN.into(), vec![]).expect("a channel");
    let receipt = send(&friend, plain("x"), "5", None).await.expect("sent");
    assert_eq!(receipt.message, "5:41");
}

/// A Bot API behind TLS that takes any message, and how many handshakes it finished.
async fn secure(certified: &rcgen::CertifiedKey<rcgen::KeyPair>) -> (Url, Arc<AtomicUsize>) {
    let key = certified.signing_key.serialize_der();
    let config = rustls::ServerConfig::builder_with_provider(Arc::new(
        rustls::crypto::ring::default_provider(),
    ))
    .with_safe_default_protocol_versions()
    .expect("versions")
    .with_no_client_auth()
    .with_single_cert(
        vec![certified.cert.der().clone()],
        rustls::pki_types::PrivatePkcs8KeyDer::from(key).into(),
    )
    .expect("a certificate");
    let acceptor = tokio_rustls::TlsAcceptor::from(Arc::new(config));
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let port = listener.local_addr().expect("an address").port();
    let accepted = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&accepted);
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let Ok(mut stream) = acceptor.accept(stream).await else {
                continue;
            };
            counter.fetch_add(1, Ordering::SeqCst);
            stub::read_message(&mut stream).await;
            let body = r#"{"ok":true,"result":{"message_id":41,"chat":{"id":5}}}"#;
            let head = format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n", body.len());
            let _ = stream.write_all((head + body).as_bytes()).await;
            let _ = stream.shutdown().await;
        }
    });
    let url = Url::parse(&format!("https://localhost:{port}")).expect("an address");
    (url, accepted)
}
