//! Operators by a role on Discord: called in their channel, and nobody else decides there.

use glas::config::operators::Role;
use glas::features::alert::cap;
use glas::features::alert::draft::Kind;
use glas::features::alert::draft::office::{Done, Office};
use glas::features::alert::draft::rules::Act;
use glas::message::{Action, Letter, Token, Weight};
use glas::outbox::Lane;
use glas::people::permit::Actor;
use glas::sandbox::ledger::Seen;

use super::{CHANNELS, RESIDENT, letters_to_the_resident, submitted};
use crate::town::{Base, Cap, GUILD, Plan, Town, on_both};

on_both!(
    a_role_is_called_in_its_channel_and_decides_there,
    a_role_gives_back_with_a_reason_in_its_own_language,
    a_role_counts_nowhere_else,
    whoever_wrote_by_a_role_hears_what_became_of_it,
);

const OPERATORS: &str = "[[operator]]\nname = \"publisher\"\nrole = \"publisher\"\ntelegram = 901\n\
    [[operator]]\nname = \"approvers\"\nrole = \"approver\"\ndiscord_role = 7001\n\
    [[operator]]\nname = \"writers\"\nrole = \"moderator\"\ndiscord_role = 7002\n";

const APPROVERS: u64 = 7001;
const PLACE: u64 = 8001;
/// Another server, where a role has the same number, and its channel.
const ELSEWHERE: (u64, u64) = (900_002, 8002);

/// A town whose approvers have a role; 902 reads Bulgarian, 903 English, 904 has no role, 905 has
/// it on another server.
async fn town(base: Base) -> Town {
    let plan = Plan {
        channels: CHANNELS,
        more: OPERATORS,
        ..Plan::default()
    };
    let mut town = Town::build(base, plan).await;
    let own = format!("[discord]\nguild = {GUILD}\noperators_channel = {PLACE}");
    let settings = std::fs::read_to_string(town.config()).expect("bot.toml");
    std::fs::write(town.config(), settings.replace("[discord]", &own)).expect("bot.toml");
    let discord = &town.discord;
    discord.add_role(GUILD, APPROVERS, "одобряващи");
    discord.add_channel(GUILD, PLACE, "предупреждения");
    discord.add_guild(ELSEWHERE.0, "Другаде", "bg");
    discord.add_role(ELSEWHERE.0, APPROVERS, "одобряващи");
    discord.add_channel(ELSEWHERE.0, ELSEWHERE.1, "общ");
    town.settle_in("telegram", 42, "bg");
    town.subscribe("telegram", RESIDENT, "bg").await;
    town.settle_in("telegram", 901, "bg");
    for (number, lang) in [(902, "bg"), (903, "en"), (904, "en"), (905, "bg")] {
        town.settle_in("discord", number, lang);
    }
    for number in [902, 903] {
        town.discord.join(number, GUILD, &[APPROVERS]);
    }
    town.discord.join(905, ELSEWHERE.0, &[APPROVERS]);
    town.start().await;
    town
}

/// The call that stands in the channel.
async fn call(town: &Town) -> Seen {
    let place = format!("channel:{PLACE}");
    town.reads("discord", &place, 1).await;
    town.inbox("discord", &place).remove(0)
}

fn token(seen: &Seen, label: &str) -> String {
    let (_, token) = (seen.buttons.iter())
        .find(|(shown, _)| shown == label)
        .unwrap_or_else(|| panic!("no “{label}”: {:?}", seen.buttons));
    token.clone()
}

/// Presses a button of a message in a channel of a server.
fn press(town: &Town, who: u64, channel: u64, seen: &Seen, label: &str) {
    let message = seen.id.parse().expect("a number");
    let pressed = (town.discord).press(who, channel, message, &token(seen, label));
    pressed.expect("a button");
}

async fn a_role_is_called_in_its_channel_and_decides_there(base: Base) {
    let town = town(base).await;
    submitted(&town, &Cap::new("storm"), "publisher");
    let call = call(&town).await;
    assert!(call.text.contains("Чака Ви за одобрение"), "{}", call.text);
    let mentioned = &call.raw["mention_roles"];
    assert_eq!(*mentioned, serde_json::json!([APPROVERS.to_string()]));
    assert_eq!(call.raw["mention_everyone"], false);

    // Whoever has no role is told so, where nobody else reads it.
    press(&town, 904, PLACE, &call, "Одобрявам");
    let told = town.hand("discord", 904);
    told.reads("not among the people who work with alerts")
        .await;

    press(&town, 902, PLACE, &call, "Вижте как ще изглежда");
    let hand = town.hand("discord", 902);
    hand.reads("Така ще изглежда").await;
    assert!(letters_to_the_resident(&town).is_empty());
    press(&town, 902, PLACE, &call, "Одобрявам");
    hand.reads("Одобрено е и се разпраща.").await;
    town.reads("telegram", RESIDENT, 1).await;
    let who = town.hand("telegram", 901);
    who.reads("discord:user:902 одобри").await;
    press(&town, 903, PLACE, &call, "Одобрявам");
    let late = town.hand("discord", 903);
    late.reads("It has gone out already.").await;
    town.quiet().await;
    assert_eq!(letters_to_the_resident(&town).len(), 1);
    town.end().await;
}

async fn a_role_gives_back_with_a_reason_in_its_own_language(base: Base) {
    let town = town(base).await;
    submitted(&town, &Cap::new("storm"), "publisher");
    let call = call(&town).await;
    press(&town, 903, PLACE, &call, "Върнете за поправка");
    let hand = town.hand("discord", 903);
    let asked = hand.reads("Why?").await;
    press(&town, 903, PLACE, &asked, &asked.buttons[0].0);
    let window = town.discord.clone();
    assert!(
        window
            .wait_until(crate::town::PATIENCE, |it| it.window_of(903).is_some())
            .await
    );
    hand.fills("A telephone number is missing").await;
    hand.reads("It is back with its author.").await;
    let told = town.hand("telegram", 901).reads("върна").await;
    assert!(
        told.text.contains("A telephone number is missing"),
        "{}",
        told.text
    );
    town.quiet().await;
    assert!(letters_to_the_resident(&town).is_empty());
    town.end().await;
}

/// A letter of ours with somebody else's button.
fn copied(token: String) -> Letter<String> {
    Letter {
        title: Some("…".to_owned()),
        body: vec![],
        actions: vec![vec![Action::Press {
            label: "Одобрявам".to_owned(),
            token: Token::try_from(token).expect("a token"),
        }]],
        weight: Weight::Normal,
        footer: None,
        picture: None,
    }
}

async fn a_role_counts_nowhere_else(base: Base) {
    let town = town(base).await;
    let elsewhere = format!("channel:{}", ELSEWHERE.1);
    town.subscribe("discord", &elsewhere, "bg").await;
    town.subscribe("discord", "user:902", "bg").await;
    submitted(&town, &Cap::new("storm"), "publisher");
    let call = call(&town).await;
    let letter = copied(token(&call, "Одобрявам"));
    let letter = town.broadcast(&letter, Lane::Alert).await;
    town.delivered(letter).await;

    let copy = town.inbox("discord", &elsewhere).remove(0);
    press(&town, 905, ELSEWHERE.1, &copy, "Одобрявам");
    let stranger = "не е сред хората, които работят с предупреждения";
    town.hand("discord", 905).reads(stranger).await;
    // In a direct message nobody says who has which role.
    let approver = town.hand("discord", 902);
    approver.taps("Одобрявам").await;
    approver.reads(stranger).await;
    town.quiet().await;
    let sent = "select count(*) from draft where state = 'sent'";
    assert_eq!(town.count(sent).await, 0);
    assert_eq!(town.count("select count(*) from draft").await, 1);
    town.end().await;
}

async fn whoever_wrote_by_a_role_hears_what_became_of_it(base: Base) {
    let town = town(base).await;
    let loaded = glas::app::load(&town.config()).expect("the settings");
    let roster = loaded.roster().expect("a roster");
    let office = Office {
        catalogue: &loaded.catalogue,
        city: &loaded.city,
        channels: CHANNELS,
        roster: &roster,
        settings: &loaded.config.alerts,
    };
    let now = town.clock.now();
    let alert = cap::read(Cap::new("storm").at(now).xml().as_bytes()).expect("an alert");
    let writer = Actor {
        name: "discord:user:904".to_owned(),
        role: Role::Moderator,
    };
    let mut tx = town.db.begin().await.expect("the database");
    let filed = (office.file(&mut tx, (Kind::New, None), &alert, &writer, now)).await;
    let Ok(Done::Draft(draft)) = filed else {
        panic!("{filed:?}");
    };
    let done = (office.act(&mut tx, (draft.id, 1), &writer, Act::Submit, now)).await;
    assert!(matches!(done, Ok(Done::Draft(_))), "{done:?}");
    tx.commit().await.expect("the database");
    let call = call(&town).await;
    press(&town, 903, PLACE, &call, "Одобрявам");
    town.hand("discord", 904).reads("discord:user:903").await;
    town.reads("telegram", RESIDENT, 1).await;
    town.quiet().await;
    town.end().await;
}
