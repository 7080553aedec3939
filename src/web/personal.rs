//! Pages that belong to one address: their links are read here, and made here.

use std::time::Duration;

use super::{Failure, Site};
use crate::base::clock::Millis;
use crate::base::link::Personal;
use crate::message::Lang;
use crate::page::{Trouble, path};
use crate::people::crowd::{Citizen, Crowd};
use crate::people::store as people;
use crate::people::suppression;
use crate::store::Tx;

/// How long a link holds that leads from one page of somebody's to another.
const LEADS: Duration = Duration::from_hours(24);

/// A link that was opened, and whose it is.
pub(super) struct Opened {
    /// What the link says.
    pub(super) link: Personal,
    /// Whose it is.
    pub(super) citizen: Citizen,
}

/// Reads the link `token` and the address that it is of.
pub(super) async fn look(
    site: &Site,
    tx: &mut Tx,
    purpose: &str,
    token: &str,
) -> Result<Opened, Failure> {
    read(site, tx, &mut Crowd::default(), purpose, token).await
}

/// As [`look`], by whoever is to change the address: it is left in `crowd` to be saved, and nobody
/// else changes it meanwhile.
pub(super) async fn hold(
    site: &Site,
    tx: &mut Tx,
    crowd: &mut Crowd,
    purpose: &str,
    token: &str,
) -> Result<Opened, Failure> {
    let link = Personal::read(&site.keys, purpose, token, site.clock.now());
    if let Some(link) = link {
        people::lock(tx, link.address).await?;
    }
    read(site, tx, crowd, purpose, token).await
}

async fn read(
    site: &Site,
    tx: &mut Tx,
    crowd: &mut Crowd,
    purpose: &str,
    token: &str,
) -> Result<Opened, Failure> {
    let over = || Failure(Trouble::LinkOver);
    let link = Personal::read(&site.keys, purpose, token, site.clock.now()).ok_or_else(over)?;
    let citizen = crowd.read_one(tx, link.address).await?;
    let citizen = citizen.filter(|citizen| citizen.generation == link.generation);
    let citizen = citizen.ok_or_else(over)?.clone();
    Ok(Opened { link, citizen })
}

/// Writes back what has become of an address, and makes it last. Whoever has given their word is
/// kept from no list any more, whatever they said before.
pub(super) async fn save(
    site: &Site,
    mut tx: Tx,
    mut crowd: Crowd,
    citizen: &Citizen,
    now: Millis,
) -> Result<(), Failure> {
    crowd.put(citizen.clone());
    suppression::forgive(&mut tx, &site.keys, &crowd.consented()).await?;
    crowd.save(&mut tx, now).await?;
    Ok(tx.commit().await?)
}

/// The path of another page of the same address, `/{lang}/{page}/{token}`.
pub(super) fn lead(
    site: &Site,
    lang: Lang,
    citizen: &Citizen,
    (page, purpose): (&str, &str),
) -> String {
    let expires = site.clock.now().plus(LEADS);
    let token = sign(site, citizen, purpose, Some(expires), "");
    path(lang, &format!("/{page}/{token}"))
}

/// A link's token for this address.
pub(super) fn sign(
    site: &Site,
    citizen: &Citizen,
    purpose: &str,
    expires: Option<Millis>,
    rest: &str,
) -> String {
    let link = Personal {
        address: citizen.id,
        generation: citizen.generation,
        expires,
        rest: rest.to_owned(),
    };
    link.sign(&site.keys, purpose)
}

/// The address of somebody as they know it; a number on a network is nobody's to read.
pub(super) fn shown<'a>(site: &Site, citizen: &'a Citizen) -> Option<&'a str> {
    let mail = site.mail.as_ref()?;
    (mail.channel == citizen.channel).then_some(citizen.handle.as_str())
}
