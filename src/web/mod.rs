//! The web: which page answers which request. What a page holds comes from its feature.

mod accessibility;
mod alert;
pub mod api;
mod asked;
mod cached;
mod confirm;
mod feeds;
mod files;
mod guard;
mod health;
mod home;
mod language;
mod my_data;
mod now;
mod personal;
mod posted;
mod preferences;
mod press;
mod privacy;
mod serve;
mod subscribe;
mod unsubscribe;
mod wish;

pub use asked::{Answer, Asked, Failure, Source, html, public};
pub use language::preferred;
pub use serve::{Bounds, serve};

use std::sync::Arc;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware;
use axum::routing::{any, get};

use crate::base::clock::Clock;
use crate::base::token::Keyring;
use crate::city::City;
use crate::config::privacy::PrivacySettings;
use crate::config::web::{BaseUrl, Mailbox, Way, WebSettings};
use crate::desk::Desk;
use crate::features::alert::picture::Painter;
use crate::message::catalogue::Catalogue;
use crate::message::limits::Limits;
use crate::message::{Key, Lang};
use crate::outbox::picture::Pictures;
use crate::page::{Frame, Voice};
use crate::store::Db;

/// What the pages are made from.
pub struct Site {
    /// Where everything is kept.
    pub db: Db,
    /// The words.
    pub catalogue: Arc<Catalogue>,
    /// Whose pages these are.
    pub city: Arc<City>,
    /// Signs and checks personal links.
    pub keys: Keyring,
    /// What time it is.
    pub clock: Clock,
    /// Where the pages are in the world.
    pub base_url: BaseUrl,
    /// Whether a proxy stands in front.
    pub behind_proxy: bool,
    /// The languages that pages exist in, the city's own first; never empty.
    pub languages: Vec<Lang>,
    /// The channels that people can subscribe on.
    pub ways: Vec<Way>,
    /// The channels that a worker should stand at; none until the bot runs.
    pub channels: Vec<&'static str>,
    /// How people subscribe by mail; `None` when there is none.
    pub mail: Option<Mail>,
    /// What answers a press that comes from a page; none until the bot runs.
    pub desk: Option<Arc<Desk>>,
    /// Whom to write to about the pages.
    pub contact: Option<Mailbox>,
    /// The pictures of letters; `None` where there is no folder of them.
    pub pictures: Option<Pictures>,
    /// What each channel can show, for those who preview a draft.
    pub limits: Vec<(&'static str, Limits)>,
    /// Who draws the maps of drafts; `None` where there are none.
    pub painter: Option<Painter>,
    /// How long what is kept is kept.
    pub kept: PrivacySettings,
    /// Whom to write to about one's data.
    pub data_officer: Option<Mailbox>,
}

impl Site {
    /// The site that these settings describe.
    #[must_use]
    pub fn new(
        settings: &WebSettings,
        (catalogue, city): (Arc<Catalogue>, Arc<City>),
        (db, keys, clock): (Db, Keyring, Clock),
        ways: Vec<Way>,
    ) -> Self {
        let installed = catalogue.languages();
        let mut languages: Vec<Lang> = city.languages().to_vec();
        languages.extend(
            installed
                .iter()
                .filter(|lang| !city.languages().contains(lang)),
        );
        Self {
            db,
            catalogue,
            city,
            keys,
            clock,
            base_url: settings.base_url.clone(),
            behind_proxy: settings.behind_proxy,
            languages,
            ways,
            channels: vec![],
            mail: None,
            desk: None,
            contact: settings.contact.clone(),
            pictures: None,
            limits: vec![],
            painter: None,
            kept: PrivacySettings::default(),
            data_officer: settings.data_officer.clone(),
        }
    }

    /// The city's own language.
    #[must_use]
    pub fn own_language(&self) -> Lang {
        self.city
            .languages()
            .first()
            .copied()
            .unwrap_or(self.languages[0])
    }

    /// The words in `lang`.
    #[must_use]
    pub fn voice(&self, lang: Lang) -> Voice<'_> {
        Voice {
            catalogue: &self.catalogue,
            lang,
        }
    }

    /// The frame of pages in `lang`.
    #[must_use]
    pub fn frame(&self, lang: Lang) -> Frame<'_> {
        Frame {
            voice: self.voice(lang),
            city: &self.city,
            languages: &self.languages,
            base_url: &self.base_url,
        }
    }
}

/// Subscribing by mail.
#[derive(Debug, Clone, Copy)]
pub struct Mail {
    /// The channel's name.
    pub channel: &'static str,
    /// An address in its one form.
    pub parse: fn(&str) -> Result<String, Key>,
}

/// Quiet hours of those who chose none: minutes of the day.
fn quiet(site: &Site) -> (i64, i64) {
    site.desk.as_ref().map_or((0, 0), |desk| desk.quiet)
}

/// Every route, behind what every request is held to.
pub fn router(site: Arc<Site>, bounds: Bounds) -> Router {
    Router::new()
        .route("/", get(home::choose))
        .route("/{lang}", get(home::page))
        .route("/{lang}/now", get(now::page))
        .route("/{lang}/alert/{id}", get(alert::page))
        .route("/alerts/{file}", get(feeds::file))
        .route("/{lang}/alerts.atom", get(feeds::atom))
        .route("/{lang}/alerts.rss", get(feeds::rss))
        .route("/{lang}/alerts.json", get(feeds::json))
        .route("/{lang}/alerts.geojson", get(feeds::geojson))
        .route("/{lang}/privacy", get(privacy::page))
        .route("/{lang}/accessibility", get(accessibility::page))
        .route(
            "/{lang}/subscribe",
            get(subscribe::page).post(subscribe::post),
        )
        .route(
            "/{lang}/confirm/{token}",
            get(confirm::page).post(confirm::post),
        )
        .route(
            "/{lang}/preferences/{token}",
            get(preferences::page).post(preferences::post),
        )
        .route(
            "/{lang}/unsubscribe/{token}",
            get(unsubscribe::page).post(unsubscribe::post),
        )
        .route(
            "/u/{token}",
            get(unsubscribe::plain_page).post(unsubscribe::plain_post),
        )
        .route("/{lang}/do/{token}", get(press::page).post(press::post))
        .route("/{lang}/mydata/{token}", get(my_data::page))
        .route("/health", get(health::answer))
        .route("/robots.txt", get(files::robots))
        .route("/static/{name}", get(files::asset))
        .route("/pictures/{name}", get(files::picture))
        .route("/api", any(api::answer))
        .route("/api/", any(api::answer))
        .route("/api/{*rest}", any(api::answer))
        .fallback(files::nothing)
        .layer(DefaultBodyLimit::max(bounds.body))
        .layer(middleware::from_fn_with_state(
            (Arc::clone(&site), bounds),
            guard::guard,
        ))
        .with_state(site)
}
