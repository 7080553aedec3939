//! Glas (глас: *voice*, and *vote*): one civic bot for every channel people already use.
//!
//! This page is the map. What a citizen's ability changes together (its talk, its rules, its SQL)
//! shares a folder under `features`; transport, storage and language vary on their own, so they
//! are floors below. **Imports go downward only.**
//!
//! | floor | room | what it is for |
//! | --- | --- | --- |
//! | 0 | [`base`] | ids, the [clock](base::clock), [cron](base::cron), points and shapes, folded text, signed tokens and [links](base::link), the [tokens](base::bearer) of programs, [XML](base::xml) that is written |
//! | 1 | [`message`] | a [letter](message::Letter) as a value; its words (fluent); [choices](message::choice) and [forms](message::form); its layout within a network's limits |
//! | 1 | [`config`], [`city`] | `bot.toml` and the secrets of the environment; a city as data, and how places are found in it |
//! | 2 | [`store`] | SQLite or PostgreSQL behind one value: `Db`, `Tx`, `on!` |
//! | 2 | [`channel`] | the seam to a network: what is sent, what is heard, how sending fails |
//! | 3 | [`channels`] | the registry, and one folder for each network |
//! | 3 | [`people`] | addresses, what they subscribe to, the [crowd](people::crowd) of a batch, whole lists of them; who may [do what](people::permit) |
//! | 3 | [`page`] | the frame that every web page stands in, and the pieces it is made of |
//! | 4 | [`outbox`] | delivery: letters are posted with their cause, and leave from here |
//! | 5 | [`features`] | `subscribe`, `alert` (with its [drafts](features::alert::draft)), `feed`, `schedule`, `now` and `privacy`: types, pure rules, SQL, letters; the [record](features::audit); what programs [asked once](features::replay) |
//! | 6 | [`desk`] | what was heard becomes an ability asked for or a form filled in, written down once |
//! | 6 | [`web`] | the pages and the feeds, read and served; the [API](web::api) for programs; what every request is held to |
//! | 6 | [`schedule`] | what the program itself does by the calendar |
//! | 7 | [`app`] | wiring: what is loaded, what runs, how it ends |
//! | 8 | [`cli`] | a file for each command; the sandbox that people try |
//! | – | [`sandbox`] | simulated networks: plain state with thin servers, for the tests and for `glas sandbox` |
//!
//! Outside `src`: `locales/` has every word that is said or understood, `cities/` a folder for
//! each city, `migrations/` the schema, `tests/it/` the stories, `tests/fuzz/` what must hold
//! whatever comes in.
//!
//! # What is absent
//!
//! Most of what keeps this house in order is something that is not there. `tests/it/house` looks
//! for what can be looked for.
//!
//! - **No import upward.** Only `app` and `cli` import [`channels`] and [`sandbox`]; the sandbox
//!   sees nothing but `base`.
//! - **No platform's name** outside its adapter, its settings, its simulator and the wiring. What a
//!   network can do is data ([`message::limits::Limits`], [`channel::Rates`]), never a question of
//!   who it is.
//! - **No words in code.** Every sentence is a fluent message that is there in every language; no
//!   Cyrillic stands in `src`. A letter rests in the database already worded, so renaming a key
//!   strands nothing.
//! - **No IO in rules.** `rules` decide from what they are given; the time is an argument. Only
//!   `base::clock` asks the system what time it is, and leases go by the database's own clock.
//! - **No dialect of SQL** outside [`store`] and `outbox::hot`; everything else is one text for
//!   both databases, in a constant beside its function.
//! - **No sending** outside [`outbox`]: features post letters, in the transaction of their cause.
//!   Only the test letter of `glas doctor --send-to` passes it by.
//!   No transaction is open while a network is spoken to.
//! - **No durable state in memory.** Kill any process at any point: what was committed goes on,
//!   what was not is offered again.
//! - **No test's branch in the logic** (`cfg(test)`), no trait for the sake of a fake: SQLite, a
//!   clock that is set, and simulated networks on loopback are the fakes.
//! - **Nothing kept for good.** Each class of what is kept about people has its time
//!   ([`features::privacy::retention`]); where rows go, their numbers stay ([`outbox::removal`]).
//!   Whoever is forgotten leaves a keyed hash ([`people::suppression`]) and no row.
//! - **No secret in a file of settings, no address and no text in a log.** Ids only.
//! - **No `unsafe`, no panic on input.** What comes from outside is parsed at the door, bounded in
//!   size, and carried on as a type.
//!
//! # A citizen writes `/start`
//!
//! 1. `channels::telegram::listen` long-polls, and `update` turns each update into a
//!    [`channel::Inbound`]: who, in which languages, and what they did. It hands them to the
//!    [`channel::Inbox`] and waits; the network is told that they arrived only after the commit.
//!    Which process may listen is a [lease](outbox::lease), for one token has one listener.
//! 2. [`desk::Desk`] takes the waiting events into one transaction. Their ids go into `inbox`
//!    first: a replay ends there. The people they are from are read together, as a
//!    [crowd](people::crowd::Crowd), with their wishes and the forms they are filling in.
//! 3. [`desk::talk`] decides in memory, one event after the other and without any IO: a command in
//!    any language and script ([`desk::commands`]), a move in the open form
//!    ([`message::form::Form::step`], pure), or what free text most likely wants ([`desk::sense`]).
//!    `/start` opens the form that asks where; when it is done, [`features::subscribe`] makes
//!    wishes of the answers. What has changed is written back in a few statements, the answers
//!    are worded and posted, and all of it commits together.
//! 4. The desk rings the [bell](outbox::bell). The channel's [worker](outbox::lane) wakes and
//!    [claims](outbox::claim) the delivery: leased, with an epoch that fences whoever slept. The
//!    letter is rendered once for a language and sent within the [rates](outbox::pace); answers
//!    go before alerts.
//! 5. [`outbox::fate`] decides what the network's word means: sent with its receipt, tried again,
//!    gone, dead, uncertain. The next tick acknowledges it in the same transaction that claims
//!    more.
//!
//! # An alert goes out
//!
//! 1. `glas alert send FILE`: [`features::alert::cap`] reads CAP 1.0 to 1.2, leniently in form and
//!    strictly in size, into one [`features::alert::Alert`]. [`features::alert::template`] draws
//!    one up from facts that an operator has filled in, worded in every language.
//!    `glas alert new`, and `/alert new` in a chat ([`desk::talk::duty`]; step by step, or in a
//!    [window](channel::window) where there are any), make a [draft](features::alert::draft) of either:
//!    [`features::alert::draft::rules::decide`] says who may let it go, whoever can decide is
//!    [called](features::alert::draft::call), and each step is bound into the [record](features::audit).
//!    A [schedule](features::schedule) draws one up when it is due: [`features::schedule::fire`] claims the
//!    occurrence in the transaction that posts it, and asks somebody where it came too late.
//!    A program does the same through the [API](web::api): one [table](web::api::table) routes and
//!    is described, [`web::api::call::read`] makes a typed request of the bytes, and the office decides.
//! 2. [`features::alert::rules::judge`] maps its codes, polygons and circles to districts and says
//!    accepted, held (a person must look) or refused, with the reason. An alert that maps to no
//!    district is held; it never goes to everybody.
//! 3. [`features::alert::picture`] draws a [map](features::alert::map) in every language and puts
//!    it into the folder of [pictures](outbox::picture), before anything is written down; what
//!    cannot be drawn holds nothing back. A letter refers to its picture by what it holds, and
//!    [`features::alert::tidy`] removes what nothing refers to any more.
//!    [`features::alert::send::send_with_maps`] does the rest in one transaction: the letter in every
//!    language ([`features::alert::letter`]), a broadcast row for each channel, the alert itself.
//!    An update or a cancel also takes back what of its forerunner has not left, and goes, as an
//!    answer under it, to all whom that one reached; after it has come to somebody,
//!    [`outbox::mark`] marks their old message. The command only writes; now it is done.
//! 4. The workers of any running `glas run` see the row. Each tick expands the broadcast's next
//!    recipients into deliveries just in time, up to the window W, and sends them. A million
//!    subscribers cost one row until then, and who has unsubscribed meanwhile gets nothing.
//!    [`outbox::album`] brings the picture to each message, and where a network keeps pictures
//!    hands it over once.
//! 5. [`outbox::hold`] says who gets it now and who later: whoever wants a digest, has quiet hours
//!    or has chosen a point that it does not touch is spared, unless life is in danger. What was
//!    held, [`outbox::gather`] lets go when it is due: one letter as it is, several as one
//!    [digest](outbox::digest).
//! 6. Every channel has its own worker, lease and rates: one that is down keeps its deliveries and
//!    disturbs nobody. What of a thread is on its way to somebody lets what follows it wait.
//!    When the walk has ended, the planned number is written down by itself; where it ended early, by
//!    [`outbox::report::count_left_out`] within a minute, for nothing urgent waits for a count. And
//!    [`outbox::report`] checks that planned = deliveries by state + dropped + unexpanded. The
//!    same numbers are what `glas alert status` and `--wait` print, and what the alert's author and
//!    whoever let it go read while it goes out, in [one message](features::alert::draft::follow) that
//!    ends as its [report](features::alert::report).
//! 7. Everybody else reads it in the feeds of [`web`], which [`features::now::published`] finds;
//!    the alert itself is there, too, [written](features::alert::cap::write) as CAP 1.2.
//!
//! # Where to begin
//!
//! A further ability: a folder in [`features`], a line in [`desk::commands`]. A further network:
//! a folder in [`channels`], a line in its lists, a table in [`config`]. A further language: a
//! folder in `locales/`. A further city: a folder in `cities/` and a `bot.toml` that names it.

pub mod app;
pub mod base;
pub mod channel;
pub mod channels;
pub mod city;
pub mod cli;
pub mod config;
pub mod desk;
pub mod features;
pub mod message;
pub mod outbox;
pub mod page;
pub mod people;
pub mod sandbox;
pub mod schedule;
pub mod store;
pub mod web;
