//! `glas audit`: who did what with alerts, and whether the record is whole.

use std::io::Write as _;

use super::words::Words;
use crate::features::audit::{self, Broken, Entry};
use crate::message::{self, Arg, say, say_with};

/// Prints the record, or says whether it is whole.
///
/// # Errors
/// When the database is away or a word is missing.
pub async fn run(words: &Words, verify: bool, json: bool) -> anyhow::Result<bool> {
    let db = words.loaded.database().await?;
    let mut tx = db.read().await?;
    if verify {
        let found = audit::verify(&mut tx).await?;
        drop(tx);
        db.close().await;
        let number = |number: i64| [("number", Arg::Text(number.to_string()))];
        let (good, line) = match found {
            Ok((0, _)) => (true, say("audit-empty")),
            Ok((count, hash)) => {
                let told = [("count", Arg::Number(count)), ("hash", Arg::Text(hash))];
                (true, say_with("audit-good", told))
            }
            Err(Broken::Changed(entry)) => (false, say_with("audit-changed", number(entry))),
            Err(Broken::Missing(entry)) => (false, say_with("audit-missing", number(entry))),
            Err(Broken::End) => (false, say("audit-end")),
        };
        words.say(&line)?;
        return Ok(good);
    }
    let mut after = 0;
    loop {
        let entries = audit::page(&mut tx, after).await?;
        let Some(last) = entries.last() else { break };
        after = last.number;
        for entry in &entries {
            if json {
                writeln!(std::io::stdout(), "{}", serde_json::to_string(entry)?)?;
                continue;
            }
            words.say(&line(entry))?;
        }
    }
    if after == 0 && !json {
        words.say(&say("audit-empty"))?;
    }
    drop(tx);
    db.close().await;
    Ok(true)
}

/// An entry in one line.
pub(super) fn line(entry: &Entry) -> message::Words {
    let text = |text: &String| Arg::Text(text.clone());
    say_with(
        "audit-line",
        [
            ("number", Arg::Text(entry.number.to_string())),
            ("at", Arg::Time(entry.at)),
            ("actor", text(&entry.actor)),
            ("act", text(&entry.act)),
            ("object", text(&entry.object)),
            ("detail", text(&entry.detail)),
        ],
    )
}
