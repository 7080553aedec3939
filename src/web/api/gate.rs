//! Who asks: the token of a request (RFC 6750), and how often wrong ones may be tried.

use axum::http::HeaderMap;
use axum::http::header::{AUTHORIZATION, RETRY_AFTER, WWW_AUTHENTICATE};

use super::problem::{Kind, Problem};
use crate::base::bearer;
use crate::base::clock::Millis;
use crate::config::operators::Scope;
use crate::features::subscribe::quota;
use crate::message::{Arg, say_with};
use crate::people::bearer::Bearer;
use crate::people::permit::Roster;
use crate::web::{Site, Source};

/// Seconds after which another attempt is worth it.
const LATER: &str = "600";

/// Whose token a request shows. Only wrong ones are counted: a good one passes whatever others
/// behind the same address do.
///
/// # Errors
/// The problem to answer with.
pub async fn admit<'a>(
    (site, roster): (&Site, &'a Roster),
    (headers, source): (&HeaderMap, Option<Source>),
    now: Millis,
) -> Result<&'a Bearer, Problem> {
    let mut shown = headers.get_all(AUTHORIZATION).iter();
    let Some(first) = shown.next() else {
        return Err(Kind::NoToken.into());
    };
    let text = first.to_str().ok().filter(|_| shown.next().is_none());
    let token = text.and_then(|text| {
        let (scheme, token) = text.split_once(' ')?;
        scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
    });
    let known = token.filter(|token| bearer::is_whole(token));
    let found = known.and_then(|token| roster.bearer(token));
    let Some(found) = found else {
        return Err(wrong(site, source, now).await?);
    };
    if found.until.is_some_and(|until| until <= now) {
        return Err(Kind::OldToken.into());
    }
    Ok(found)
}

/// Counts a wrong token.
async fn wrong(site: &Site, source: Option<Source>, now: Millis) -> Result<Problem, sqlx::Error> {
    let Some(Source(source)) = source else {
        return Ok(Kind::WrongToken.into());
    };
    let mut tx = site.db.read().await?;
    let full = quota::is_shut_out(&mut tx, &site.keys, source, now).await?;
    drop(tx);
    if full {
        return Ok(Problem::from(Kind::TooMany).with(RETRY_AFTER, LATER));
    }
    let mut tx = site.db.begin().await?;
    quota::guessed(&mut tx, &site.keys, source, now).await?;
    tx.commit().await?;
    Ok(Kind::WrongToken.into())
}

/// Whether a token is good for something.
///
/// # Errors
/// The problem to answer with.
pub fn scope(bearer: &Bearer, needed: Option<Scope>) -> Result<(), Problem> {
    let Some(needed) = needed.filter(|needed| !bearer.may(*needed)) else {
        return Ok(());
    };
    let own: Vec<&str> = bearer.scopes().iter().map(|scope| scope.word()).collect();
    let words = say_with(
        "api-scope-means",
        [
            ("needed", Arg::Text(needed.word().to_owned())),
            ("own", Arg::Text(own.join(", "))),
        ],
    );
    let challenge = format!(
        "Bearer realm=\"glas\", error=\"insufficient_scope\", scope=\"{}\"",
        needed.word()
    );
    Err(Problem::because(Kind::Scope, words).with(WWW_AUTHENTICATE, challenge))
}
