//! The keys that sign links and addresses: from the environment, or made once.

use anyhow::Context as _;

use crate::base::token::Keyring;
use crate::config::secrets;
use crate::store::{self, Db};

/// The keyring: from the environment, else made once and kept in the database, which is enough
/// for one that is never restored elsewhere.
///
/// # Errors
/// When the environment's is malformed or the database is away.
pub async fn keyring(db: &Db) -> anyhow::Result<Keyring> {
    const KEYS: &str = "keys";
    if let Some(keys) = own_keyring()? {
        return Ok(keys);
    }
    let mut tx = db.begin().await?;
    let text = if let Some(text) = store::setting(&mut tx, KEYS).await? {
        text
    } else {
        let text = Keyring::generate();
        store::set_setting(&mut tx, KEYS, Some(&text)).await?;
        text
    };
    tx.commit().await?;
    Ok(Keyring::parse(&text)?)
}

/// The keyring of the environment, when there is one.
///
/// # Errors
/// When it is malformed, or its file cannot be read.
pub fn own_keyring() -> anyhow::Result<Option<Keyring>> {
    use secrecy::ExposeSecret as _;
    let secret = secrets::find(secrets::KEYS)?;
    secret
        .map(|secret| Keyring::parse(secret.expose_secret()).context("GLAS_KEYS"))
        .transpose()
}
