//! The simulated mail server: it speaks the protocol as a strict server does, to any client.

use std::process::Stdio;

use glas::sandbox::smtp::{Effect, Fault, Security, Settings, Smtp, Step};
use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::TcpStream;

use crate::email::{header, server, source};

/// A client that says what it is told to.
struct Client(BufReader<TcpStream>);

impl Client {
    async fn to(smtp: &Smtp) -> Self {
        let stream = TcpStream::connect(smtp.address()).await.expect("a server");
        let mut client = Self(BufReader::new(stream));
        assert!(client.answer().await.starts_with("220 "));
        client
    }

    async fn greeted(smtp: &Smtp) -> Self {
        let mut client = Self::to(smtp).await;
        assert!(client.say("EHLO test.example").await.contains("250 SIZE"));
        client
    }

    async fn write(&mut self, text: &str) {
        self.0.write_all(text.as_bytes()).await.expect("to write");
    }

    /// One whole answer, its lines joined.
    async fn answer(&mut self) -> String {
        let mut all = String::new();
        loop {
            let mut line = String::new();
            self.0.read_line(&mut line).await.expect("to read");
            all.push_str(&line);
            if line.is_empty() || line.as_bytes().get(3) == Some(&b' ') {
                return all;
            }
        }
    }

    async fn say(&mut self, line: &str) -> String {
        self.write(&format!("{line}\r\n")).await;
        self.answer().await
    }

    async fn expect(&mut self, line: &str, code: &str) {
        let answer = self.say(line).await;
        assert!(answer.starts_with(code), "{line:.80} → {answer}");
    }
}

#[tokio::test]
async fn commands_have_their_order_and_their_form() {
    let (ledger, smtp) = server(Settings {
        max_recipients: 2,
        max_size: 1000,
        ..Settings::default()
    })
    .await;
    let mut client = Client::to(&smtp).await;
    for (line, code) in [
        ("MAIL FROM:<a@example.bg>", "503"),
        ("EHLO", "501"),
        ("HELO test.example", "250"),
        ("EHLO test.example", "250"),
        ("RCPT TO:<b@example.bg>", "503"),
        ("DATA", "503"),
        ("MAIL FROM: a@example.bg", "501"),
        ("MAIL FROM:<a@example.bg> WHAT=1", "555"),
        ("MAIL FROM:<a@example.bg> SIZE=1001", "552"),
        ("MAIL FROM:<ä@example.bg>", "553"),
        ("mail from:<a@example.bg> size=10 BODY=8BITMIME", "250"),
        ("MAIL FROM:<a@example.bg>", "503"),
        ("DATA", "503"),
        ("RCPT TO:<>", "501"),
        ("RCPT TO:<b@example.bg>", "250"),
        ("RCPT TO:<c@example.bg>", "250"),
        ("RCPT TO:<d@example.bg>", "452"),
        ("NOOP", "250"),
        ("VRFY b", "252"),
        ("EXPN b", "502"),
        ("HOW ARE YOU", "500"),
        ("STARTTLS", "503"),
        ("AUTH PLAIN AGEAYg==", "502"),
        (&"x".repeat(20_000), "500"),
        ("RSET", "250"),
        ("RCPT TO:<b@example.bg>", "503"),
        ("QUIT", "221"),
    ] {
        client.expect(line, code).await;
    }
    let asked = ledger.requests();
    assert!(
        asked
            .iter()
            .any(|asked| asked.what == "VRFY" && asked.status == 252)
    );
}

#[tokio::test]
async fn commands_may_come_in_one_go_and_dots_are_unstuffed() {
    let (ledger, smtp) = server(Settings::default()).await;
    let mut client = Client::greeted(&smtp).await;
    client
        .write("MAIL FROM:<>\r\nRCPT TO:<b@example.bg>\r\nRCPT TO:<c@example.bg>\r\nDATA\r\n")
        .await;
    for code in ["250", "250", "250", "354"] {
        assert!(client.answer().await.starts_with(code));
    }
    client
        .write("Subject: dots\r\n\r\n..one\r\n...two\r\n.\r\nQUIT\r\n")
        .await;
    assert!(client.answer().await.starts_with("250"));
    assert!(client.answer().await.starts_with("221"));
    let seen = ledger.seen_since(0);
    assert_eq!(seen.len(), 2);
    assert_eq!(
        (seen[0].to.as_str(), seen[1].to.as_str()),
        ("b@example.bg", "c@example.bg")
    );
    assert_eq!(seen[0].text, "dots\n\n.one\n..two");
    assert_eq!(seen[0].raw["envelope_from"], "");
}

#[tokio::test]
async fn messages_that_a_strict_server_refuses_are_refused() {
    let (ledger, smtp) = server(Settings {
        max_size: 5_000,
        ..Settings::default()
    })
    .await;
    for (text, code) in [
        ("x".repeat(70) + "\r\n", "250"),
        (("x".repeat(70) + "\r\n").repeat(100), "552"),
        ("x".repeat(999) + "\r\n", "554"),
        ("вода\r\n".to_owned(), "250"),
        ("bare\nline\r\n".to_owned(), "521"),
        ("bare\rreturn\r\n".to_owned(), "521"),
    ] {
        let mut client = Client::greeted(&smtp).await;
        client.expect("MAIL FROM:<a@example.bg>", "250").await;
        client.expect("RCPT TO:<b@example.bg>", "250").await;
        client.expect("DATA", "354").await;
        client
            .write(&format!("Subject: x\r\n\r\n{text}.\r\n"))
            .await;
        let answer = client.answer().await;
        assert!(answer.starts_with(code), "{text:.20?} → {answer}");
    }
    assert_eq!(ledger.seen_since(0).len(), 2);
    let mut client = Client::greeted(&smtp).await;
    client.write("NOOP\n").await;
    assert!(client.answer().await.starts_with("521"));
}

#[tokio::test]
async fn a_login_is_asked_for_and_never_in_the_open_where_tls_is_on_offer() {
    let account = Some(("glas".to_owned(), "secret".to_owned()));
    let (ledger, smtp) = server(Settings {
        account: account.clone(),
        ..Settings::default()
    })
    .await;
    let mut client = Client::greeted(&smtp).await;
    client.expect("MAIL FROM:<a@example.bg>", "530").await;
    client.expect("AUTH CRAM-MD5", "504").await;
    client.expect("AUTH LOGIN", "334 VXNlcm5hbWU6").await;
    client.expect("*", "501").await;
    client.expect("AUTH PLAIN AGdsYXMAd3Jvbmc=", "535").await;
    client.expect("AUTH LOGIN", "334").await;
    client.expect("Z2xhcw==", "334 UGFzc3dvcmQ6").await;
    client.expect("c2VjcmV0", "235").await;
    client.expect("AUTH LOGIN", "503").await;
    client.expect("MAIL FROM:<a@example.bg>", "250").await;
    assert!(
        ledger
            .requests()
            .iter()
            .all(|asked| !asked.body.to_string().contains("c2Vj"))
    );

    let (_ledger, smtp) = server(Settings {
        security: Security::StartTls,
        account,
        ..Settings::default()
    })
    .await;
    let mut client = Client::to(&smtp).await;
    let offered = client.say("EHLO test.example").await;
    assert!(offered.contains("STARTTLS") && !offered.contains("AUTH"));
    client.expect("AUTH PLAIN AGdsYXMAc2VjcmV0", "538").await;
    client.expect("MAIL FROM:<a@example.bg>", "530").await;
}

#[tokio::test]
async fn what_is_sent_ahead_of_encryption_is_not_taken_for_encrypted() {
    let (_ledger, smtp) = server(Settings {
        security: Security::StartTls,
        ..Settings::default()
    })
    .await;
    let mut client = Client::greeted(&smtp).await;
    client
        .write("STARTTLS\r\nMAIL FROM:<a@example.bg>\r\n")
        .await;
    assert!(client.answer().await.starts_with("220"));
    let mut rest = Vec::new();
    // Closed or reset, but nothing is answered any more.
    let _ = client.0.read_to_end(&mut rest).await;
    assert_eq!(rest, b"");
}

#[tokio::test]
async fn faults_are_counted_and_survive_a_restart() {
    let (_ledger, smtp) = server(Settings::default()).await;
    let later = Effect::Reply(451, "4.3.0 Later".to_owned());
    smtp.add_fault(Fault::at(Step::Mail, later).times(2));
    let mut client = Client::greeted(&smtp).await;
    client.expect("MAIL FROM:<a@example.bg>", "451").await;
    smtp.stop().await;
    let mut rest = Vec::new();
    assert_eq!(client.0.read_to_end(&mut rest).await.unwrap_or(0), 0);
    assert!(TcpStream::connect(smtp.address()).await.is_err());
    smtp.start_again().await.expect("the port");
    let mut client = Client::greeted(&smtp).await;
    client.expect("MAIL FROM:<a@example.bg>", "451").await;
    client.expect("MAIL FROM:<a@example.bg>", "250").await;
}

#[tokio::test]
async fn pythons_smtplib_can_deliver() {
    const SCRIPT: &str = r"
import smtplib, ssl, sys
from email.message import EmailMessage
port, mode, ca = int(sys.argv[1]), sys.argv[2], sys.argv[3]
trust = ssl.create_default_context(cadata=ca)
if mode == 'tls':
    server = smtplib.SMTP_SSL('localhost', port, context=trust)
else:
    server = smtplib.SMTP('localhost', port)
if mode == 'starttls':
    server.starttls(context=trust)
server.login('glas', 'secret')
mail = EmailMessage()
mail['Subject'] = 'Вода'
mail['From'] = 'a@example.bg'
mail['To'] = 'b@example.bg'
mail['Message-ID'] = '<python@example.bg>'
mail.set_content('Днес спира.\n.\n')
mail.add_alternative('<p>Днес <a href=\'x\'>не</a> <a href=\'y\' >x</a></p>'.replace(chr(39), chr(34)), subtype='html')
server.send_message(mail)
server.quit()
";
    for (security, mode) in [
        (Security::None, "none"),
        (Security::StartTls, "starttls"),
        (Security::Tls, "tls"),
    ] {
        let (ledger, smtp) = server(Settings {
            security,
            account: Some(("glas".to_owned(), "secret".to_owned())),
            ..Settings::default()
        })
        .await;
        let port = smtp.address().port().to_string();
        let ran = tokio::process::Command::new("python3")
            .args(["-c", SCRIPT, &port, mode, smtp.ca_pem()])
            .stdin(Stdio::null())
            .output()
            .await
            .expect("python3");
        let said = String::from_utf8_lossy(&ran.stderr);
        assert!(ran.status.success(), "{mode}: {said}");
        let seen = ledger.seen_since(0).remove(0);
        assert_eq!(seen.text, "Вода\n\nДнес спира.\n.");
        assert_eq!(seen.id, "python@example.bg");
        assert_eq!(seen.buttons[0], ("не".to_owned(), "x".to_owned()));
        assert_eq!(header(&seen, "To"), "b@example.bg");
        assert!(source(&seen).contains("text/html"));
    }
}
