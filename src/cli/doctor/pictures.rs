//! The folder of pictures: whether maps can be kept, and whether those of alerts in force are there.

use crate::app::{self, Loaded};
use crate::base::clock::Clock;
use crate::channels::checkup::Finding;
use crate::features::now::store as now;
use crate::message::{Arg, say, say_with};
use crate::outbox::picture::Pictures;
use crate::store::connect;

/// How the folder stands.
pub async fn check(loaded: &Loaded) -> Finding {
    const ABOUT: &str = "pictures";
    let Some(pictures) = loaded.pictures().filter(|_| loaded.config.pictures.maps) else {
        return Finding::note(ABOUT, say("doctor-pictures-off"));
    };
    let folder = || Arg::Text(pictures.folder().display().to_string());
    if let Err(why) = pictures.try_out() {
        let why = ("why", Arg::Text(why.to_string()));
        let says = say_with("doctor-pictures-fault", [("folder", folder()), why]);
        return Finding::fault(ABOUT, says);
    }
    let missing = missing(loaded, &pictures).await.unwrap_or(0);
    if missing > 0 {
        let count = ("count", Arg::Number(missing));
        let says = say_with("doctor-pictures-missing", [("folder", folder()), count]);
        return Finding::warning(ABOUT, says);
    }
    Finding::ok(ABOUT, say("doctor-pictures"))
}

/// How many pictures of alerts in force are not there; nothing when the database cannot tell, for
/// it has a finding of its own.
async fn missing(loaded: &Loaded, pictures: &Pictures) -> Option<i64> {
    let db = connect(&app::database_url(&loaded.config).ok()?)
        .await
        .ok()?;
    let mut tx = db.read().await.ok()?;
    let in_force = now::in_force(&mut tx, Clock::system().now()).await.ok()?;
    drop(tx);
    db.close().await;
    let letters = in_force.iter().flat_map(|alert| alert.letter.0.values());
    let ids = letters.filter_map(|letter| Some(&letter.picture.as_ref()?.id));
    let missing = ids.filter(|id| !pictures.has(id)).count();
    Some(i64::try_from(missing).unwrap_or(i64::MAX))
}
