//! Secrets: from the environment, or from a file that the environment names.

use secrecy::SecretString;

/// A bot token of Telegram.
pub const TELEGRAM_TOKEN: &str = "GLAS_TELEGRAM_TOKEN";
/// A bot token of Discord.
pub const DISCORD_TOKEN: &str = "GLAS_DISCORD_TOKEN";
/// The password of the SMTP account.
pub const SMTP_PASSWORD: &str = "GLAS_SMTP_PASSWORD";
/// The keyring that signs links: `kid:secret[,kid:secret…]`.
pub const KEYS: &str = "GLAS_KEYS";
/// The database's address, when it holds a password.
pub const DATABASE_URL: &str = "GLAS_DATABASE_URL";

/// Why a secret could not be had.
#[derive(Debug, thiserror::Error)]
pub enum SecretError {
    /// Neither the variable nor its file is set.
    #[error("{0} is not set: put the secret there, or the name of a file with it into {0}_FILE")]
    Missing(&'static str),
    /// The file that holds it cannot be read.
    #[error("the file that {0}_FILE names cannot be read: {1}")]
    File(&'static str, std::io::Error),
}

/// The secret in the variable `name`, or in the file that `name`_FILE names; `None` when neither
/// is set or both are empty. White space around it is cut off.
///
/// # Errors
/// When the file cannot be read.
pub fn find(name: &'static str) -> Result<Option<SecretString>, SecretError> {
    let text = match std::env::var(name) {
        Ok(text) if !text.trim().is_empty() => text,
        _ => match std::env::var_os(format!("{name}_FILE")) {
            Some(path) => {
                std::fs::read_to_string(path).map_err(|why| SecretError::File(name, why))?
            }
            None => return Ok(None),
        },
    };
    Ok(Some(text.trim())
        .filter(|text| !text.is_empty())
        .map(SecretString::from))
}

/// As [`find`], and it must be there.
///
/// # Errors
/// When it is missing or its file cannot be read.
pub fn need(name: &'static str) -> Result<SecretString, SecretError> {
    find(name)?.ok_or(SecretError::Missing(name))
}
