//! The signature of a mail, checked as a receiver checks it (RFC 6376 §6.1).

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use glas::channel::Channel as _;
use glas::sandbox::smtp::Settings;
use sha2::{Digest as _, Sha256};

use crate::email::{channel, header, pages, parcel, server, settings, simple, source};

#[tokio::test]
async fn a_signature_holds_and_is_the_same_in_a_repeat() {
    let pkcs8 = ring::signature::Ed25519KeyPair::generate_pkcs8(&ring::rand::SystemRandom::new())
        .expect("a key");
    let key = ring::signature::Ed25519KeyPair::from_pkcs8(pkcs8.as_ref()).expect("a key");
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("key.pem");
    let pem = format!(
        "-----BEGIN PRIVATE KEY-----\n{}\n-----END PRIVATE KEY-----\n",
        STANDARD.encode(pkcs8.as_ref())
    );
    std::fs::write(&file, pem).expect("a file");
    let (ledger, smtp) = server(Settings::default()).await;
    let more = format!(
        "security = \"none\"\n[dkim]\ndomain = \"glas.example\"\nselector = \"s1\"\nkey_file = \"{}\"",
        file.display()
    );
    let email = channel(&settings(&smtp, &more), None).with_pages(Some(&pages()));
    let rendering = simple("Вода", "Спира.");
    for _ in 0..2 {
        let mail = parcel(&rendering, "resident@example.bg", "n1");
        email.send(&mail).await.expect("a receipt");
    }
    let seen = ledger.seen_since(0);
    assert_eq!(source(&seen[0]), source(&seen[1]));

    let signature = header(&seen[0], "DKIM-Signature").replace(' ', "");
    let tag = |name: &str| {
        let all = signature.split(';');
        all.filter_map(|tag| tag.split_once('='))
            .find(|(known, _)| *known == name)
            .map(|(_, value)| value)
            .expect("the tag")
    };
    let (_, body) = source(&seen[0]).split_once("\r\n\r\n").expect("a body");
    assert_eq!(tag("bh"), STANDARD.encode(Sha256::digest(body)));
    let mut input = String::new();
    for name in tag("h").split(':') {
        let headers = seen[0].raw["headers"].as_object().expect("headers");
        let (_, value) = headers
            .iter()
            .find(|(known, _)| known.eq_ignore_ascii_case(name))
            .expect("a header");
        let value = value.as_str().expect("a value");
        input += &[name, ":", value, "\r\n"].concat();
    }
    for needed in [
        "from",
        "to",
        "subject",
        "date",
        "message-id",
        "list-unsubscribe",
        "list-unsubscribe-post",
    ] {
        assert!(tag("h").split(':').any(|name| name == needed), "{needed}");
    }
    let whole = header(&seen[0], "DKIM-Signature");
    let (unsigned, _) = whole.split_once(" b=").expect("a signature");
    input += &["dkim-signature:", unsigned, " b="].concat();
    let public = ring::signature::KeyPair::public_key(&key);
    ring::signature::UnparsedPublicKey::new(&ring::signature::ED25519, public)
        .verify(
            &Sha256::digest(input),
            &STANDARD.decode(tag("b")).expect("base64"),
        )
        .expect("a signature that holds");
}
