//! Static files, what search engines are told, and paths where nothing is.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse as _, Response};

use super::{Answer, Failure, Site};
use crate::message::picture::PictureId;
use crate::page::{Trouble, assets};

/// A static file. Its name changes with its content, so it may be kept for ever.
pub(super) async fn asset(State(_): State<Arc<Site>>, Path(name): Path<String>) -> Answer {
    let asset = assets().iter().find(|asset| asset.name == name);
    let asset = asset.ok_or(Failure(Trouble::NotFound))?;
    let headers = [
        (CONTENT_TYPE, asset.kind),
        (CACHE_CONTROL, "public, max-age=31536000, immutable"),
    ];
    Ok((headers, asset.text).into_response())
}

/// A picture of a letter. Its name is what it holds, so it may be kept for ever.
pub(super) async fn picture(State(site): State<Arc<Site>>, Path(name): Path<String>) -> Answer {
    let nothing = || Failure(Trouble::NotFound);
    let id = name
        .strip_suffix(".png")
        .and_then(|id| PictureId::try_from(id.to_owned()).ok());
    let (id, pictures) = id.zip(site.pictures.clone()).ok_or_else(nothing)?;
    let read = tokio::task::spawn_blocking(move || pictures.read(&id)).await;
    let bytes = read.map_err(|_| nothing())?.map_err(|_| nothing())?;
    let headers = [
        (CONTENT_TYPE, "image/png"),
        (CACHE_CONTROL, "public, max-age=31536000, immutable"),
    ];
    Ok((headers, bytes).into_response())
}

/// Public pages may be searched; nothing else is for robots.
pub(super) async fn robots() -> Response {
    let headers = [
        (CONTENT_TYPE, "text/plain; charset=utf-8"),
        (CACHE_CONTROL, "public, max-age=86400"),
    ];
    (headers, "User-agent: *\nDisallow: /health\n").into_response()
}

/// A path where nothing is.
pub(super) async fn nothing() -> Failure {
    Failure(Trouble::NotFound)
}
