//! Whoever can decide is called on their own channels, and called again, further up, when nobody
//! answers; authors hear what became of their drafts; drills go to whoever takes part.

use std::collections::BTreeMap;
use std::time::Duration;

use super::office::{Office, Preview};
use super::{Draft, State, letters, store};
use crate::base::clock::Millis;
use crate::config::operators::Role;
use crate::message::Letter;
use crate::message::catalogue::CatalogueError;
use crate::outbox::Lane;
use crate::outbox::post::{self, Post};
use crate::outbox::row::Worded;
use crate::people::permit::Actor;
use crate::people::store as people;
use crate::store::{Db, Tx};

use crate::features::alert::send::SendFault;

/// How long a call is worth sending.
const HOLDS: Duration = Duration::from_hours(12);
/// How long a drill takes.
const DRILL_HOLDS: Duration = Duration::from_hours(1);
/// When somebody who sent alone is looked at again.
const REVIEW_AFTER: Duration = Duration::from_hours(18);

/// Calls about whatever is due, each once, whoever else does the same at the same time; how many
/// drafts somebody was called about.
///
/// # Errors
/// When the database is away or a word is missing.
pub async fn due(db: &Db, office: &Office<'_>, now: Millis) -> Result<usize, SendFault> {
    let mut tx = db.read().await?;
    let waiting = store::due(&mut tx, now).await?;
    drop(tx);
    let mut count = 0;
    for draft in waiting {
        let mut tx = db.begin().await?;
        let draft = store::lock(&mut tx, draft.id).await?;
        if let Some(draft) = draft
            && round(&mut tx, office, &draft, now).await?
        {
            count += 1;
        }
        tx.commit().await?;
    }
    Ok(count)
}

/// One round of calls about a draft; false when another process has made it.
pub(super) async fn round(
    tx: &mut Tx,
    office: &Office<'_>,
    draft: &Draft,
    now: Millis,
) -> Result<bool, SendFault> {
    let minutes = u64::from(office.settings.call_again_minutes.get());
    let again = now.plus(Duration::from_mins(minutes));
    let next = match draft.state {
        State::Waiting => Some(again),
        // Told at once, and once more for the review.
        State::Sent if draft.alone && draft.calls == 0 => Some(now.plus(REVIEW_AFTER)),
        _ => None,
    };
    if !store::called(tx, draft, next).await? {
        return Ok(false);
    }
    let letter = match draft.state {
        State::Waiting => {
            let preview = office.preview(tx, draft, now).await?;
            letters::request(draft, &preview, office.city)
        }
        State::Sent if draft.alone => letters::alone(draft),
        _ => return Ok(true),
    };
    let mut called = office.roster.at_least(Role::Approver);
    called.retain(|(.., actor)| {
        draft.author != actor.name && draft.submitter.as_ref() != Some(&actor.name)
    });
    let approvers = called
        .iter()
        .any(|(.., actor)| actor.role == Role::Approver);
    let up = i64::from(office.settings.calls_before_administrators);
    if approvers && draft.state == State::Waiting && draft.calls < up {
        called.retain(|(.., actor)| actor.role == Role::Approver);
    }
    let worded = word(office, &letter)?;
    for (channel, handle, _) in called {
        tell(tx, office, (channel, handle), &worded, HOLDS, now).await?;
    }
    Ok(true)
}

/// Tells the author and whoever submitted it what another decided.
pub(super) async fn tell_author(
    tx: &mut Tx,
    office: &Office<'_>,
    draft: &Draft,
    decider: &Actor,
    letter: &Letter,
    now: Millis,
) -> Result<(), SendFault> {
    let worded = word(office, letter)?;
    for (channel, handle, actor) in office.roster.at_least(Role::Viewer) {
        let own = draft.author == actor.name || draft.submitter.as_ref() == Some(&actor.name);
        if own && actor.name != decider.name {
            tell(tx, office, (channel, handle), &worded, HOLDS, now).await?;
        }
    }
    // Whoever acts by a group has no account on the roster; the name that they act under is one.
    let mut names = vec![draft.author.as_str()];
    names.extend(draft.submitter.as_deref().filter(|it| *it != draft.author));
    for name in names.into_iter().filter(|name| *name != decider.name) {
        if let Some(account) = office.roster.account_of(name) {
            tell(tx, office, account, &worded, HOLDS, now).await?;
        }
    }
    Ok(())
}

/// A drill goes to everybody on the roster and to nobody else; its letter.
pub(super) async fn drill(
    tx: &mut Tx,
    office: &Office<'_>,
    preview: &Preview,
    now: Millis,
) -> Result<i64, SendFault> {
    let mut addresses = vec![];
    for (channel, handle, _) in office.roster.at_least(Role::Viewer) {
        if office.channels.contains(&channel) {
            addresses.push((channel, address(tx, office, (channel, handle), now).await?));
        }
    }
    let post = Post {
        worded: &preview.worded,
        lane: Lane::Reply,
        created: now,
        expires: now.plus(DRILL_HOLDS),
        thread: None,
    };
    Ok(post::listed(tx, &post, &addresses).await?)
}

/// A letter in every language of the city.
pub(crate) fn word(office: &Office<'_>, letter: &Letter) -> Result<Worded, CatalogueError> {
    let mut worded = BTreeMap::new();
    for lang in office.city.languages() {
        worded.insert(*lang, office.catalogue.localise(letter, *lang)?);
    }
    Ok(Worded(worded))
}

/// Writes to an account of somebody on the roster; `holds` is how long it is worth sending.
pub(crate) async fn tell(
    tx: &mut Tx,
    office: &Office<'_>,
    (channel, handle): (&str, &str),
    worded: &Worded,
    holds: Duration,
    now: Millis,
) -> Result<(), sqlx::Error> {
    if !office.channels.contains(&channel) {
        return Ok(());
    }
    let address = address(tx, office, (channel, handle), now).await?;
    let post = Post {
        worded,
        lane: Lane::Reply,
        created: now,
        expires: now.plus(holds),
        thread: None,
    };
    post::reply(tx, &post, address, None, None).await.map(drop)
}

/// Our id of an account.
pub(super) async fn address(
    tx: &mut Tx,
    office: &Office<'_>,
    (channel, handle): (&str, &str),
    now: Millis,
) -> Result<i64, sqlx::Error> {
    let group = office.roster.is_place(channel, handle);
    // In which language somebody reads, they have not told before they do something.
    let own = office.city.languages().first().filter(|_| group);
    let own = own.map_or(String::new(), ToString::to_string);
    let found = people::find_or_add(tx, channel, handle, &own, group, now).await?;
    Ok(found.id)
}
