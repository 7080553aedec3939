//! The web pages made ready: their port taken, what they are made from put together.

use std::sync::Arc;

use anyhow::Context as _;
use tokio::net::TcpListener;
use tokio::sync::watch;

use super::{Loaded, keyring};
use crate::base::clock::Clock;
use crate::channels;
use crate::desk::Desk;
use crate::features::subscribe::opt_in::{self, Writer};
use crate::schedule;
use crate::store::Db;
use crate::web::{Mail, Site};

/// The channel that people subscribe to on the pages.
const MAIL: &str = "email";
/// When requests that were not confirmed are called to mind: cron's six fields in the city's time.
const REMIND: &str = "*/15 * * * * *";

/// Calls requests by mail to mind until the process is to end.
pub(super) async fn remind(desk: Arc<Desk>, mut stop: watch::Receiver<bool>) {
    let Some(base) = &desk.base else { return };
    let time = (&desk.clock, desk.city.zone());
    let mut from = desk.clock.now();
    while let Some(at) = schedule::due(REMIND, time, from, &mut stop).await {
        let writer = Writer {
            catalogue: &desk.catalogue,
            city: &desk.city,
            keys: &desk.keys,
            base,
        };
        match opt_in::remind(&desk.db, writer, at).await {
            Ok(0) => {}
            Ok(_) => desk.bell.ring(MAIL),
            Err(why) => tracing::error!("reminders are tried again next time: {why}"),
        }
        from = at.max(desk.clock.now());
    }
}

/// The web pages, ready to be served.
pub struct Pages {
    /// The port, taken.
    pub listener: TcpListener,
    /// What they are made from.
    pub site: Site,
}

impl Loaded {
    /// The pages, if they are on, on `held` where a port was taken already, else on their own.
    ///
    /// # Errors
    /// When the port cannot be had, or there are no keys to sign links with.
    pub async fn pages(
        &self,
        db: &Db,
        clock: &Clock,
        held: Option<TcpListener>,
    ) -> anyhow::Result<Option<Pages>> {
        let Some(settings) = &self.config.web else {
            return Ok(None);
        };
        let listener = match held {
            Some(held) => held,
            None => TcpListener::bind(settings.listen)
                .await
                .with_context(|| format!("[web] listen = \"{}\" cannot be had", settings.listen))?,
        };
        let mut site = Site::new(
            settings,
            (Arc::clone(&self.catalogue), Arc::clone(&self.city)),
            (db.clone(), keyring(db).await?, clock.clone()),
            self.config.ways(),
        );
        site.mail = self.config.email.as_ref().map(|_| Mail {
            channel: MAIL,
            parse: |text| channels::parse_handle(MAIL, text).map(|(handle, _)| handle),
        });
        site.pictures = self.pictures();
        site.kept = self.config.privacy.clone();
        let on = channels::on(&self.config).into_iter();
        site.limits = on
            .filter_map(|name| Some((name, channels::limits(name)?)))
            .collect();
        let programs = self.config.operators.iter().any(|it| it.token.is_some());
        site.painter = programs.then(|| self.painter()).flatten();
        Ok(Some(Pages { listener, site }))
    }
}
