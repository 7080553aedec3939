//! One public alert as a CAP 1.2 file, as it was sent: identifier and time are frozen.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::HeaderMap;

use crate::features::alert::cap::write;
use crate::features::now::store;
use crate::page::Trouble;
use crate::web::cached::Document;
use crate::web::{Answer, Failure, Site};

/// The path of an alert's file.
pub(in crate::web) fn address(id: i64) -> String {
    format!("/alerts/{id}.cap")
}

/// The file. It stays as it is whatever becomes of the alert: updates and cancels have their own.
pub(in crate::web) async fn file(
    State(site): State<Arc<Site>>,
    Path(name): Path<String>,
    headers: HeaderMap,
) -> Answer {
    let nothing = || Failure(Trouble::NotFound);
    let id = name.strip_suffix(".cap").ok_or_else(nothing)?;
    let id: i64 = id.parse().map_err(|_| nothing())?;
    let mut tx = site.db.read().await?;
    let now = site.clock.now();
    let told = store::find(&mut tx, id, now).await?;
    drop(tx);
    let told = told
        .filter(|told| told.alert.is_public())
        .ok_or_else(nothing)?;
    let text = write::write(&told.alert, site.city.zone());
    let document = Document::new(write::MEDIA_TYPE, text, Some(told.created));
    Ok(document.answer(&headers, now))
}
