//! Fetching is safe: only what may be reached is reached, and no answer is too large or too slow.

use std::time::{Duration, Instant};

use glas::base::clock::Millis;
use glas::features::feed::fetch::{FetchFault, Fetched, Fetcher, Mark};
use glas::features::feed::reach::Reach;
use url::Url;

use super::source::{Says, Source};

const NOW: Millis = Millis(1_780_000_000_000);

fn fetcher(allow: &[&str], within: Duration) -> Fetcher {
    let allow = allow.iter().map(|range| range.parse().expect("a range"));
    let reach = Reach {
        allow: allow.collect(),
        only_here: false,
    };
    Fetcher::new(reach, within)
}

fn here() -> Fetcher {
    fetcher(&["127.0.0.1/32"], Duration::from_secs(5))
}

async fn fetch(fetcher: &Fetcher, url: &str) -> Result<Fetched, FetchFault> {
    let url = Url::parse(url).expect("an address");
    fetcher.web(&url, &Mark::default(), NOW).await
}

fn out_of_reach(host: &str) -> Result<Fetched, FetchFault> {
    Err(FetchFault::OutOfReach(host.to_owned()))
}

#[tokio::test]
async fn a_document_comes_with_its_mark_and_is_not_sent_again() {
    let source = Source::start().await;
    source.says("/feed", Says::Page("<feed/>".to_owned(), Some("first")));
    let fetched = fetch(&here(), &source.at("/feed")).await;
    let Ok(Fetched::Document { bytes, mark, .. }) = fetched else {
        panic!("{fetched:?}")
    };
    assert_eq!(bytes, b"<feed/>");
    assert_eq!(mark.etag.as_deref(), Some("\"first\""));
    let url = Url::parse(&source.at("/feed")).expect("an address");
    assert_eq!(here().web(&url, &mark, NOW).await, Ok(Fetched::Unchanged));
    let asked = source.asked("/feed");
    assert!(
        asked[1].head.contains("if-none-match: \"first\""),
        "{asked:?}"
    );
    assert!(
        asked[0].head.contains("accept-encoding: identity"),
        "{asked:?}"
    );
    assert!(asked[0].head.contains("user-agent: glas/"), "{asked:?}");
}

#[tokio::test]
async fn what_is_not_public_is_not_connected_to() {
    let source = Source::start().await;
    source.page("/feed", "secret");
    let port = source.address.port();
    let nobody = fetcher(&[], Duration::from_secs(5));
    for (host, shown) in [
        ("127.0.0.1", "127.0.0.1"),
        ("2130706433", "127.0.0.1"),
        ("0x7f.1", "127.0.0.1"),
        ("0", "0.0.0.0"),
        ("[::ffff:127.0.0.1]", "[::ffff:7f00:1]"),
        ("[::1]", "[::1]"),
        ("localhost", "localhost"),
        ("169.254.169.254", "169.254.169.254"),
        ("10.0.0.1", "10.0.0.1"),
        ("[64:ff9b::7f00:1]", "[64:ff9b::7f00:1]"),
    ] {
        let outcome = fetch(&nobody, &format!("http://{host}:{port}/feed")).await;
        assert_eq!(outcome, out_of_reach(shown), "{host}");
    }
    assert!(source.asked("/feed").is_empty());
    // A name is looked up, judged, and what was judged is connected to.
    let both = fetcher(&["127.0.0.1/32", "::1/128"], Duration::from_secs(5));
    let outcome = fetch(&both, &format!("http://localhost:{port}/feed")).await;
    assert!(
        matches!(outcome, Ok(Fetched::Document { .. })),
        "{outcome:?}"
    );
    assert!(
        source.asked("/feed")[0]
            .head
            .contains(&format!("host: localhost:{port}"))
    );
}

#[tokio::test]
async fn every_redirect_is_judged_anew() {
    let source = Source::start().await;
    let port = source.address.port();
    source.page("/feed", "<feed/>");
    source.says("/good", Says::To("/feed".to_owned()));
    source.says("/private", Says::To("http://10.0.0.1/feed".to_owned()));
    source.says("/beside", Says::To(format!("http://127.0.0.2:{port}/feed")));
    source.says("/file", Says::To("file:///etc/hostname".to_owned()));
    source.says(
        "/login",
        Says::To(format!("http://a:b@127.0.0.1:{port}/feed")),
    );
    source.says("/round", Says::To("/round".to_owned()));
    source.says("/nowhere", Says::Status(302, ""));
    let good = fetch(&here(), &source.at("/good")).await;
    let Ok(Fetched::Document { url, .. }) = good else {
        panic!("{good:?}")
    };
    assert_eq!(url.as_str(), source.at("/feed"));
    for (path, fault) in [
        ("/private", FetchFault::OutOfReach("10.0.0.1".to_owned())),
        ("/beside", FetchFault::OutOfReach("127.0.0.2".to_owned())),
        ("/file", FetchFault::Scheme("file".to_owned())),
        ("/login", FetchFault::Credentials),
        ("/round", FetchFault::TooManyRedirects),
        ("/nowhere", FetchFault::Status(302)),
    ] {
        assert_eq!(fetch(&here(), &source.at(path)).await, Err(fault), "{path}");
    }
    assert_eq!(source.asked("/feed").len(), 1);
    assert_eq!(source.asked("/round").len(), 6);
    // What others give as an address is never a file.
    let file = fetch(&here(), "file:///etc/hostname").await;
    assert_eq!(file, Err(FetchFault::Scheme("file".to_owned())));
}

#[tokio::test]
async fn no_answer_is_too_large_too_slow_or_packed() {
    let source = Source::start().await;
    source.says("/stalls", Says::Stalls);
    source.says("/endless", Says::Endless);
    let claims = b"HTTP/1.1 200 OK\r\ncontent-length: 99999999\r\n\r\n<feed/>";
    source.says("/claims", Says::Raw(claims.to_vec()));
    let packed = b"HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: 7\r\n\r\n<feed/>";
    source.says("/packed", Says::Raw(packed.to_vec()));
    let cut = b"HTTP/1.1 200 OK\r\ncontent-length: 70\r\nconnection: close\r\n\r\n<feed/>";
    source.says("/cut", Says::Raw(cut.to_vec()));
    source.says(
        "/garbage",
        Says::Raw(b"\x00\xff\x00 no http\r\n\r\n".to_vec()),
    );
    source.says("/gone", Says::Status(410, ""));
    let quick = fetcher(&["127.0.0.1/32"], Duration::from_secs(2));
    let began = Instant::now();
    for (path, fault) in [
        ("/stalls", FetchFault::TooSlow),
        ("/claims", FetchFault::TooLarge),
        ("/packed", FetchFault::Packed),
        ("/cut", FetchFault::Broken),
        ("/garbage", FetchFault::Broken),
        ("/gone", FetchFault::Status(410)),
        ("/missing", FetchFault::Status(404)),
    ] {
        assert_eq!(fetch(&quick, &source.at(path)).await, Err(fault), "{path}");
    }
    assert!(began.elapsed() < Duration::from_secs(30));
    let endless = fetch(&here(), &source.at("/endless")).await;
    assert_eq!(endless, Err(FetchFault::TooLarge));
    let nobody = fetch(&here(), "http://127.0.0.1:1/").await;
    assert_eq!(nobody, Err(FetchFault::Unreachable));
}

#[tokio::test]
async fn a_wish_for_a_pause_is_understood() {
    let source = Source::start().await;
    let later = |status, seconds: Option<u64>| {
        let after = seconds.map(Duration::from_secs);
        Err(FetchFault::Later { status, after })
    };
    for (path, status, headers, expected) in [
        ("/a", 429, "retry-after: 120\r\n", Some(120)),
        ("/b", 503, "", None),
        ("/c", 503, "retry-after: soon\r\n", None),
        // 2026-05-28T20:26:40Z is now.
        (
            "/d",
            429,
            "retry-after: Thu, 28 May 2026 20:27:10 GMT\r\n",
            Some(30),
        ),
    ] {
        source.says(path, Says::Status(status, headers));
        let outcome = fetch(&here(), &source.at(path)).await;
        assert_eq!(outcome, later(status, expected), "{path}");
    }
}
