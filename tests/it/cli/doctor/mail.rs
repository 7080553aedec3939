//! What an operator reads of outgoing mail: the relay, SPF, DKIM and DMARC.

use std::path::Path;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use glas::sandbox::ledger::Ledger;
use glas::sandbox::smtp::{Security, Settings, Smtp};
use ring::rand::SystemRandom;
use ring::signature::{Ed25519KeyPair, KeyPair as _};
use tokio::net::UdpSocket;

use super::{Clinic, assert_has};
use crate::town::Base;

/// Writes a new signing key into `file`; the record that publishes it.
pub fn write_key(file: &Path) -> String {
    let pkcs8 = Ed25519KeyPair::generate_pkcs8(&SystemRandom::new()).expect("a key");
    let pem = format!(
        "-----BEGIN PRIVATE KEY-----\n{}\n-----END PRIVATE KEY-----\n",
        STANDARD.encode(pkcs8.as_ref())
    );
    std::fs::write(file, pem).expect("a file");
    let key = Ed25519KeyPair::from_pkcs8(pkcs8.as_ref()).expect("a key");
    format!(
        "v=DKIM1; k=ed25519; p={}",
        STANDARD.encode(key.public_key())
    )
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_relay_that_is_away() {
    let clinic = Clinic::open(Base::Sqlite).await;
    clinic.town.smtp.stop().await;
    let relay = clinic.town.smtp.address();
    clinic
        .has_fault(
            &format!("Имейл: пощенският сървър {relay} не отговаря както трябва ("),
            &format!("E-mail: the relay {relay} does not answer as it should ("),
        )
        .await;
    clinic.town.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_relay_that_wants_a_login_over_tls() {
    let mut clinic = Clinic::open(Base::Sqlite).await;
    let settings = Settings {
        security: Security::StartTls,
        account: Some(("glas".to_owned(), "right".to_owned())),
        ..Settings::default()
    };
    let anywhere = "127.0.0.1:0".parse().expect("an address");
    let relay = Smtp::start(Ledger::default(), anywhere, settings)
        .await
        .expect("a relay");
    std::fs::write(clinic.file("ca.pem"), relay.ca_pem()).expect("a file");
    let (old, new) = (clinic.town.smtp.address().port(), relay.address().port());
    let address = relay.address();
    clinic.edit(
        "security = \"none\"",
        "security = \"starttls\"\nusername = \"glas\"",
    );
    clinic.password = "right";
    clinic
        .has_fault(
            "Имейл: с пощенския сървър 127.0.0.1:",
            &format!("E-mail: no encrypted connection to the relay 127.0.0.1:{old} can be had, so no mail leaves: the relay does not offer STARTTLS"),
        )
        .await;
    clinic.edit(&format!("port = {old}"), &format!("port = {new}"));
    clinic
        .has_fault(
            &format!("Имейл: с пощенския сървър {address} не може да се установи защитена връзка и писма не тръгват: "),
            &format!("E-mail: no encrypted connection to the relay {address} can be had, so no mail leaves: "),
        )
        .await;
    clinic.edit(
        "username = \"glas\"",
        "username = \"glas\"\nca_file = \"ca.pem\"",
    );
    let said = clinic.says("en").await;
    assert_has(
        &said.out,
        "ok",
        &format!("E-mail: the relay {address} is reachable and accepts the login."),
    );
    clinic.password = "wrong";
    clinic
        .has_fault(
            &format!("Имейл: пощенският сървър {address} отхвърля името или паролата ("),
            &format!("E-mail: the relay {address} refuses the login ("),
        )
        .await;
    let said = clinic.says("en").await;
    assert!(said.out.contains("5.7.8 Wrong name or password), so no mail leaves. Check username under [email] and GLAS_SMTP_PASSWORD"), "{}", said.out);
    clinic.town.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn spf_that_is_missing_or_says_too_little() {
    let clinic = Clinic::open(Base::Sqlite).await;
    clinic.names.publish("example.org", &["other=1"]);
    clinic
        .has_fault(
            "Имейл: example.org не публикува SPF и големите доставчици отхвърлят писмата ни или ги смятат за спам. Публикувайте на example.org TXT запис",
            "E-mail: example.org publishes no SPF, so large providers refuse our mail or call it spam. Publish a TXT record at example.org",
        )
        .await;
    clinic
        .names
        .publish("example.org", &["v=spf1 mx -all", "v=spf1 a -all"]);
    clinic
        .has_fault(
            "Имейл: example.org публикува повече от един SPF запис",
            "E-mail: example.org publishes more than one SPF record",
        )
        .await;
    clinic.names.publish("example.org", &["v=spf1 mx +all"]);
    clinic
        .has_fault(
            "Имейл: SPF на example.org позволява на всеки да изпраща от негово име",
            "E-mail: SPF of example.org lets everybody send in its name",
        )
        .await;
    clinic.names.publish("example.org", &["v=spf1 mx"]);
    clinic
        .has_warning(
            "Имейл: SPF на example.org не казва какво да става с другите изпращачи.",
            "E-mail: SPF of example.org does not say what is to become of other senders.",
        )
        .await;
    clinic.town.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_signing_key_that_is_not_published_or_does_not_fit() {
    let clinic = Clinic::open(Base::Sqlite).await;
    // The key is changed; what is published is the old one.
    let record = write_key(&clinic.file("dkim.pem"));
    let name = "s1._domainkey.example.org";
    clinic
        .has_fault(
            &format!("Имейл: публикуваното на {name} не съответства на ключа, с който се подписват писмата"),
            &format!("E-mail: what is published at {name} does not fit the key that signs our mail"),
        )
        .await;
    clinic.names.publish(name, &[]);
    clinic
        .has_fault(
            &format!("Имейл: на {name} не е публикуван ключ за DKIM"),
            &format!("E-mail: no DKIM key is published at {name}, so no signature of ours can be checked and mail ends as spam. Publish this TXT record there: {record}"),
        )
        .await;
    // What the doctor advises is what mends it.
    clinic.names.publish(name, &[&record]);
    let said = clinic.says("bg").await;
    assert_has(
        &said.out,
        "наред",
        &format!("Имейл: ключът за DKIM на {name} е същият, с който се подписват писмата."),
    );
    clinic.town.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn dmarc_that_is_missing_wrong_or_not_met() {
    let clinic = Clinic::open(Base::Sqlite).await;
    clinic.names.publish("_dmarc.example.org", &[]);
    clinic
        .has_fault(
            "Имейл: example.org не публикува DMARC; тогава Gmail, Yahoo и други отхвърлят писма до много хора. Публикувайте TXT запис на _dmarc.example.org: v=DMARC1; p=none",
            "E-mail: example.org publishes no DMARC; Gmail, Yahoo and others then refuse mail to many. Publish a TXT record at _dmarc.example.org: v=DMARC1; p=none",
        )
        .await;
    clinic
        .names
        .publish("_dmarc.example.org", &["v=DMARC1; p=block"]);
    clinic
        .has_fault(
            "Имейл: записът за DMARC на _dmarc.example.org не може да се прочете и не важи: v=DMARC1; p=block.",
            "E-mail: the DMARC record at _dmarc.example.org cannot be read and does not count: v=DMARC1; p=block.",
        )
        .await;
    clinic
        .names
        .publish("_dmarc.example.org", &["v=DMARC1; p=none"]);
    clinic
        .has_warning(
            "Имейл: DMARC на example.org само наблюдава (p=none)",
            "E-mail: DMARC of example.org only watches (p=none)",
        )
        .await;
    // The sender moves to another domain, below which nothing of ours signs or takes bounces.
    clinic.edit("alerts@example.org", "alerts@glas.example.net");
    clinic.edit(
        "[email.dkim]",
        "return_path = \"b+{token}@example.org\"\n[email.dkim]",
    );
    clinic
        .names
        .publish("_dmarc.example.net", &["v=DMARC1; p=reject"]);
    clinic
        .has_fault(
            "Имейл: писмата ни не отговарят на DMARC: нито адресът за върнати писма (example.org), нито подписът (example.org) е на домейна на подателя glas.example.net.",
            "E-mail: our mail fails DMARC: neither the bounce address (example.org) nor the signature (example.org) belongs to the sender’s domain glas.example.net.",
        )
        .await;
    clinic.town.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_dns_that_does_not_answer_is_a_warning_and_no_hang() {
    let clinic = Clinic::open(Base::Sqlite).await;
    let silent = UdpSocket::bind("127.0.0.1:0").await.expect("a free port");
    let address = silent.local_addr().expect("an address").to_string();
    for (lang, level, begins) in [
        (
            "bg",
            "внимание",
            "Имейл: DNS не казва какво има на example.org (",
        ),
        (
            "en",
            "warning",
            "E-mail: the DNS does not say what stands at s1._domainkey.example.org (",
        ),
    ] {
        let before = tokio::time::Instant::now();
        let said = clinic.call(lang, &["--nameserver", &address]).await;
        assert!(
            before.elapsed() < Duration::from_secs(20),
            "{:?}",
            before.elapsed()
        );
        assert_eq!(said.code, Some(0), "{}", said.out);
        assert_has(&said.out, level, begins);
    }
    clinic.town.end().await;
}
