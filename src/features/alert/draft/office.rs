//! The office: writes drafts down, decides on them and lets them go out, all in the transaction
//! of the record's entry about it.

use super::rules::{Act, Next, Weight, decide, takes_two};
use super::{Draft, Kind, State, call, follow, letters, store};
use crate::base::clock::Millis;
use crate::base::id;
use crate::city::City;
use crate::config::operators::AlertSettings;
use crate::features::alert::picture::Maps;
use crate::features::alert::rules::{self, Judgement, Verdict};
use crate::features::alert::send::{self, Outcome, Prepared, SendFault, Word};
use crate::features::alert::{Alert, Status, template};
use crate::features::audit::{self, Deed};
use crate::message::catalogue::Catalogue;
use crate::message::{Words, say};
use crate::outbox::hot::counting;
use crate::outbox::row::Worded;
use crate::people::permit::{Actor, Doing, Roster, authorize};
use crate::store::Tx;

/// What decisions are made with.
#[derive(Clone, Copy)]
pub struct Office<'a> {
    /// The words.
    pub catalogue: &'a Catalogue,
    /// The city.
    pub city: &'a City,
    /// The networks that are on.
    pub channels: &'a [&'a str],
    /// Who is who.
    pub roster: &'a Roster,
    /// When a second person must look.
    pub settings: &'a AlertSettings,
}

/// Whether an audience is counted: a decision on what was submitted waits for no count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Counted {
    Nobody,
    Everybody,
}

/// What became of what somebody did.
#[derive(Debug)]
pub enum Done {
    /// It is done; the draft as it stands now.
    Draft(Box<Draft>),
    /// It cannot be done; why, for the one who did it.
    Refused(Words),
}

/// What a draft comes to: for the second person to see before anything goes out.
#[derive(Debug)]
pub struct Preview {
    /// How it is judged.
    pub judgement: Judgement,
    /// The letter in every language.
    pub worded: Worded,
    /// What it weighs.
    pub weight: Weight,
    /// Whether it takes a second person.
    pub takes_two: bool,
    /// How many addresses it is for by channel.
    pub by_channel: Vec<(String, i64)>,
    /// And by district; whoever has wishes in several counts in each.
    pub by_district: Vec<(u8, i64)>,
}

impl Office<'_> {
    /// Writes a new draft down.
    ///
    /// # Errors
    /// When the database is away.
    pub async fn file(
        &self,
        tx: &mut Tx,
        (kind, about): (Kind, Option<i64>),
        alert: &Alert,
        actor: &Actor,
        now: Millis,
    ) -> Result<Done, SendFault> {
        if let Err(why) = authorize(actor, Doing::Draft) {
            return Ok(Done::Refused(why));
        }
        let id = id::next();
        store::add(tx, (id, kind), alert, about, &actor.name, now).await?;
        let object = format!("draft:{id}");
        record(tx, actor, (kind.word(), &object), &alert.identifier, now).await?;
        let draft = store::find(tx, id).await?;
        draft
            .map(|draft| Done::Draft(Box::new(draft)))
            .ok_or(SendFault::Database(sqlx::Error::RowNotFound))
    }

    /// What a draft comes to, or why it cannot go out as it is.
    ///
    /// # Errors
    /// When the database is away or a word is missing.
    pub async fn preview(
        &self,
        tx: &mut Tx,
        draft: &Draft,
        now: Millis,
    ) -> Result<Result<Preview, Words>, SendFault> {
        self.reckon(tx, draft, Counted::Everybody, now).await
    }

    async fn reckon(
        &self,
        tx: &mut Tx,
        draft: &Draft,
        counted: Counted,
        now: Millis,
    ) -> Result<Result<Preview, Words>, SendFault> {
        let mut alert = draft.alert.clone();
        alert.sent = now.in_seconds();
        if draft.kind == Kind::Drill {
            return self.drill(&alert, &draft.maps, now).map(Ok);
        }
        let words = (self.catalogue, self.city);
        let ready = match send::prepare(tx, words, (&alert, Word::Citys, &draft.maps), now).await? {
            Prepared::Ready(ready) => ready,
            Prepared::NotNow(judgement) => return Ok(Err(judgement.reason)),
            Prepared::Already(_) => return Ok(Err(say("draft-sent-already"))),
        };
        let met = match counted {
            Counted::Nobody => vec![],
            Counted::Everybody => counting::count(tx, &ready.audience, &ready.strips, now).await?,
        };
        let sum = |which: &dyn Fn(&counting::Met) -> bool| -> i64 {
            let met = met.iter().filter(|met| which(met));
            met.map(|met| met.count).sum()
        };
        let on = |met: &counting::Met| self.channels.contains(&met.channel.as_str());
        let by_channel = self.channels.iter().map(|channel| {
            let count = sum(&|met| met.channel == *channel);
            ((*channel).to_owned(), count)
        });
        let by_channel: Vec<_> = by_channel.collect();
        let districts = self.city.in_set(ready.audience.districts);
        let by_district = districts
            .map(|it| (it.bit, sum(&|met| on(met) && met.districts.has(it.bit))))
            .collect();
        let weight = Weight {
            severity: ready.judgement.severity,
            audience: by_channel.iter().map(|(_, count)| count).sum(),
            districts: ready.judgement.districts,
            limit: self.settings.second_person_above,
        };
        Ok(Ok(Preview {
            takes_two: takes_two(draft.kind, &weight),
            weight,
            by_channel,
            by_district,
            worded: ready.worded,
            judgement: ready.judgement,
        }))
    }

    /// A drill is judged as if it were live, and goes to nobody but operators and volunteers.
    fn drill(&self, alert: &Alert, maps: &Maps, now: Millis) -> Result<Preview, SendFault> {
        // Whatever it is made of, every text in it says that it is an exercise.
        let drawing = self.drafting(&alert.identifier, now);
        let marked = template::drill(alert, &drawing);
        let alert = marked.as_ref().unwrap_or(alert);
        let live = Alert {
            status: Some(Status::Actual),
            ..alert.clone()
        };
        let judgement = rules::judge(&live, self.city, now, |_| None);
        let worded = send::word_it((self.catalogue, self.city), alert, &judgement, maps)?;
        let mut by_channel: Vec<(String, i64)> = vec![];
        for (channel, ..) in self.roster.at_least(crate::config::operators::Role::Viewer) {
            match by_channel.iter_mut().find(|(known, _)| known == channel) {
                Some((_, count)) => *count += 1,
                None => by_channel.push((channel.to_owned(), 1)),
            }
        }
        let weight = Weight {
            severity: judgement.severity,
            audience: by_channel.iter().map(|(_, count)| count).sum(),
            districts: judgement.districts,
            limit: self.settings.second_person_above,
        };
        Ok(Preview {
            judgement,
            worded,
            takes_two: false,
            weight,
            by_channel,
            by_district: vec![],
        })
    }

    /// Does something with the draft `id`, of which `actor` saw the revision `seen`.
    ///
    /// # Errors
    /// When the database is away or a word is missing; then nothing was done.
    pub async fn act(
        &self,
        tx: &mut Tx,
        (id, seen): (i64, i64),
        actor: &Actor,
        act: Act<'_>,
        now: Millis,
    ) -> Result<Done, SendFault> {
        if let Err(why) = authorize(actor, act.doing()) {
            return Ok(Done::Refused(why));
        }
        let Some(mut draft) = store::lock(tx, id).await? else {
            return Ok(Done::Refused(say("draft-unknown")));
        };
        // Whether it takes two people may depend on how many it is for; what takes back never does.
        let weighed = matches!(draft.kind, Kind::New | Kind::Update);
        let counted = match act {
            Act::Submit | Act::Alone(_) if weighed => Counted::Everybody,
            _ => Counted::Nobody,
        };
        let preview = self.reckon(tx, &draft, counted, now).await?;
        let stops = matches!(
            act,
            Act::Return(_) | Act::Reject(_) | Act::Skip | Act::Discard
        );
        let weight = match &preview {
            Ok(preview) => preview.weight,
            Err(_) if stops => Weight {
                severity: crate::features::alert::Severity::Unknown,
                audience: 0,
                districts: crate::city::Set::NONE,
                limit: self.settings.second_person_above,
            },
            Err(why) => return Ok(Done::Refused(why.clone())),
        };
        let next = match decide(&draft, (actor, seen), act, (&weight, self.city)) {
            Ok(next) => next,
            Err(why) => return Ok(Done::Refused(why)),
        };
        let reason = match act {
            Act::Return(reason) | Act::Reject(reason) | Act::Alone(reason) => {
                let reason = reason.trim();
                Some(reason.chars().take(super::rules::LONGEST_REASON).collect())
            }
            Act::Submit | Act::Approve(_) | Act::Skip | Act::Discard => None,
        };
        draft.reason = reason;
        if matches!(act, Act::Submit | Act::Alone(_)) && draft.submitter.is_none() {
            draft.submitter = Some(actor.name.clone());
        }
        let mut call_at = None;
        match next {
            Next::Wait => {
                draft.state = State::Waiting;
                draft.submitter = Some(actor.name.clone());
                draft.decider = None;
                call_at = Some(now);
            }
            Next::Send { alone } => {
                draft.state = State::Sent;
                draft.decider = Some(actor.name.clone());
                draft.alone = alone;
                if let Err(why) = self.go(tx, &mut draft, preview, now).await? {
                    return Ok(Done::Refused(why));
                }
                // Whoever could have decided is told at once, and looks again the next day.
                call_at = alone.then_some(now);
            }
            Next::Return => draft.state = State::Returned,
            Next::Reject => draft.state = State::Rejected,
        }
        if !matches!(next, Next::Wait) && !matches!(act, Act::Submit) {
            draft.decider = Some(actor.name.clone());
        }
        store::moved(tx, &draft, call_at, now).await?;
        let detail = match (&draft.reason, draft.sent_as) {
            (Some(reason), _) => reason.clone(),
            (None, Some(alert)) => format!("alert:{alert}"),
            (None, None) => String::new(),
        };
        record(tx, actor, (act.word(), &draft.object()), &detail, now).await?;
        if !matches!(act, Act::Submit | Act::Skip | Act::Discard) {
            let told = letters::decided(&draft, actor);
            call::tell_author(tx, self, &draft, actor, &told, now).await?;
        }
        if call_at.is_some() {
            call::round(tx, self, &draft, now).await?;
        }
        Ok(Done::Draft(Box::new(draft)))
    }

    /// Lets it go out.
    async fn go(
        &self,
        tx: &mut Tx,
        draft: &mut Draft,
        preview: Result<Preview, Words>,
        now: Millis,
    ) -> Result<Result<(), Words>, SendFault> {
        draft.alert.sent = now.in_seconds();
        if draft.kind == Kind::Drill {
            let preview = match preview {
                Ok(preview) => preview,
                Err(why) => return Ok(Err(why)),
            };
            let letter = call::drill(tx, self, &preview, now).await?;
            follow::start(tx, self, draft, letter, now).await?;
            return Ok(Ok(()));
        }
        let words = (self.catalogue, self.city);
        let alert = (&draft.alert, Word::Citys, &draft.maps);
        match send::send_with_maps(tx, words, alert, self.channels, (now, now)).await? {
            Outcome::Sent { id, letter, .. } => {
                draft.sent_as = Some(id);
                follow::start(tx, self, draft, letter, now).await?;
                Ok(Ok(()))
            }
            Outcome::NotNow(judgement) => {
                debug_assert_ne!(judgement.verdict, Verdict::Accepted);
                Ok(Err(judgement.reason))
            }
            Outcome::Already(_) => Ok(Err(say("draft-sent-already"))),
        }
    }
}

/// Writes down what was done.
pub(crate) async fn record(
    tx: &mut Tx,
    actor: &Actor,
    (act, object): (&str, &str),
    detail: &str,
    now: Millis,
) -> Result<(), sqlx::Error> {
    let deed = Deed {
        actor: &actor.name,
        act,
        object,
        detail,
    };
    audit::record(tx, &deed, now).await
}
