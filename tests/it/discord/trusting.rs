//! Encrypted calls and an encrypted gateway under a certificate of one's own.

use axum::routing::get;
use rustls::pki_types::PrivateKeyDer;
use serde_json::json;
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;

use super::*;

/// Takes encrypted connections and passes what is in them on to `backend`; returns its port.
async fn encrypt(acceptor: TlsAcceptor, backend: String) -> Result<u16, std::io::Error> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
    let port = listener.local_addr()?.port();
    tokio::spawn(async move {
        while let Ok((outside, _)) = listener.accept().await {
            let (acceptor, backend) = (acceptor.clone(), backend.clone());
            tokio::spawn(async move {
                let mut outside = acceptor.accept(outside).await?;
                let mut inside = TcpStream::connect(backend).await?;
                tokio::io::copy_bidirectional(&mut outside, &mut inside).await
            });
        }
    });
    Ok(port)
}

#[tokio::test]
async fn a_certificate_of_one_s_own_is_trusted_for_calls_and_gateway() -> Outcome {
    let town = Town::new().await?;
    let own = rcgen::generate_simple_self_signed(vec!["localhost".to_owned()])?;
    let key = PrivateKeyDer::try_from(own.signing_key.serialize_der())?;
    let ring = Arc::new(rustls::crypto::ring::default_provider());
    let tls = rustls::ServerConfig::builder_with_provider(ring)
        .with_safe_default_protocol_versions()?
        .with_no_client_auth()
        .with_single_cert(vec![own.cert.der().clone()], key)?;
    let acceptor = TlsAcceptor::from(Arc::new(tls));

    let gateway = town.world.gateway_url().replace("ws://", "");
    let gateway = encrypt(acceptor.clone(), gateway).await?;
    let address = json!({"url": format!("wss://localhost:{gateway}")});
    let app = axum::Router::new().route(
        "/api/v10/gateway",
        get(move || std::future::ready(axum::Json(address))),
    );
    let rest = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
    let plain = rest.local_addr()?.to_string();
    tokio::spawn(async move { axum::serve(rest, app).await });
    let rest = encrypt(acceptor, plain).await?;

    let file = tempfile::NamedTempFile::new()?;
    std::fs::write(file.path(), own.cert.pem())?;
    let api_url: url::Url = format!("https://localhost:{rest}").parse()?;
    let stranger = channel(&town.world, TOKEN, |settings| {
        settings.api_url = api_url.clone();
    });
    let refused = send(&stranger, "channel:701", &line("Здравейте.")).await;
    assert!(
        matches!(refused, Err(SendError::Transient { .. })),
        "{refused:?}"
    );

    let trusting = channel(&town.world, TOKEN, |settings| {
        settings.api_url = api_url;
        settings.ca_file = Some(file.path().to_owned());
    });
    let mut ear = listen(&trusting);
    assert!(
        town.world
            .wait_until(SOON, |world| world.listening() == 1)
            .await
    );
    let direct = town.world.dm(RESIDENT).ok_or("no direct channel")?;
    town.world.say(RESIDENT, direct, "чува ли се?")?;
    assert_eq!(ear.next().await?.from, "user:501");
    Ok(())
}

#[tokio::test]
async fn what_is_no_certificate_is_refused_at_the_start() -> Outcome {
    let file = tempfile::NamedTempFile::new()?;
    std::fs::write(file.path(), "not a certificate")?;
    for ca_file in [file.path().to_owned(), "/nowhere/ca.pem".into()] {
        let settings = DiscordSettings {
            ca_file: Some(ca_file),
            ..DiscordSettings::default()
        };
        assert!(Discord::new(&settings, SecretString::from(TOKEN), vec![]).is_err());
    }
    for token in ["", "two words", "с кирилица"] {
        let settings = DiscordSettings::default();
        assert!(
            Discord::new(&settings, SecretString::from(token), vec![]).is_err(),
            "{token}"
        );
    }
    Ok(())
}
