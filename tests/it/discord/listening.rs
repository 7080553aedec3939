//! What people do reaches the desk, and the desk's answers reach them.

use glas::channel::{Act, NotTaken};

use super::*;

/// Sends a letter as the answer to an event.
async fn answer(town: &Town, to: &Inbound, nonce: &str, text: &str) -> Result<Receipt, SendError> {
    let rendering = town.discord.render(&line(text), lang("bg"));
    let parcel = Parcel {
        via: to.via.as_deref(),
        ..parcel(&rendering, 0, &to.from, nonce)
    };
    town.discord.send(&parcel).await
}

#[tokio::test]
async fn a_command_in_one_s_own_language_is_heard_and_answered_in_its_place() -> Outcome {
    let town = Town::new().await?;
    let mut ear = town.listen().await?;
    let interaction = town.world.command(RESIDENT, CHANNEL, "/старт", &[])?;
    let inbound = ear.next().await?;
    assert_eq!(inbound.act, Act::Said("/start".to_owned()));
    assert_eq!(
        (inbound.channel, inbound.from.as_str()),
        ("discord", "user:501")
    );
    assert_eq!(inbound.languages, ["bg", "en-US"]);
    assert!(inbound.id.contains(&interaction.to_string()));
    assert_eq!(
        town.asked("POST /interactions"),
        1,
        "a sign of life came before"
    );

    let first = answer(&town, &inbound, "n1", "Абонирахте се.").await?;
    assert_eq!(
        answer(&town, &inbound, "n1", "Абонирахте се.").await?,
        first,
        "a repeat changes nothing"
    );
    answer(&town, &inbound, "n2", "И още нещо.").await?;
    let shown = town.world.messages_of(CHANNEL);
    let texts: Vec<_> = shown
        .iter()
        .filter_map(|it| it["content"].as_str())
        .collect();
    assert_eq!(texts, ["Абонирахте се.", "И още нещо."]);
    for message in &shown {
        assert_eq!(
            message["flags"].as_u64().map(|flags| flags & 64),
            Some(64),
            "for Resident alone"
        );
    }
    let everybody = town.ledger.seen_since(0);
    assert!(
        everybody.iter().all(|seen| seen.to == "user:501"),
        "{everybody:?}"
    );
    town.check()
}

#[tokio::test]
async fn an_answer_that_comes_too_late_arrives_as_a_direct_message() -> Outcome {
    let town = Town::new().await?;
    let mut ear = town.listen().await?;
    town.world.command(NEIGHBOUR, CHANNEL, "start", &[])?;
    let inbound = ear.next().await?;
    town.world.let_pass(Duration::from_mins(16));
    let receipt = answer(&town, &inbound, "n1", "Done.").await?;
    assert_eq!(Some(place(&receipt)?.0), town.world.dm(NEIGHBOUR));
    let seen = town.seen(0, 1).await?;
    assert_eq!(
        (seen[0].to.as_str(), seen[0].text.as_str()),
        ("user:502", "Done.")
    );
    town.check()
}

#[tokio::test]
async fn a_pressed_button_leaves_its_message_as_it_is() -> Outcome {
    let town = Town::new().await?;
    let mut ear = town.listen().await?;
    for to in ["channel:701", "user:502"] {
        let (channel, message) = place(&town.send(to, &full("Спира водата", "До 18 ч.")).await?)?;
        let before = town.ledger.seen_since(0).len();
        town.world.press(NEIGHBOUR, channel, message, "stop:7")?;
        let inbound = ear.next().await?;
        assert_eq!(inbound.act, Act::Pressed(token("stop:7")));
        assert_eq!(inbound.from, "user:502");
        assert_eq!(inbound.languages.first().map(String::as_str), Some("en-GB"));
        answer(&town, &inbound, &format!("press{channel}"), "Stopped.").await?;
        let seen = town.seen(before, 1).await?;
        assert_eq!(
            (seen[0].to.as_str(), seen[0].text.as_str()),
            ("user:502", "Stopped.")
        );
        let original = town.world.messages_of(channel);
        let message = message.to_string();
        let original = original.iter().find(|it| it["id"] == message.as_str());
        assert_eq!(
            original.map(|it| &it["content"]),
            Some(&"**Спира водата**".into())
        );
    }
    town.check()
}

#[tokio::test]
async fn written_words_are_heard_when_they_are_meant_for_us() -> Outcome {
    let town = Town::new().await?;
    let mut ear = town.listen().await?;
    let bot = glas::sandbox::discord::BOT;
    let direct = town.world.dm(RESIDENT).ok_or("no direct channel")?;
    town.send("user:501", &line("Нашите собствени думи не ни засягат."))
        .await?;
    town.world
        .say(RESIDENT, CHANNEL, "Говорим си помежду си.")?;
    town.world
        .say(RESIDENT, CHANNEL, &format!("<@{bot}> кога идва водата?"))?;
    let said = town.world.say(RESIDENT, direct, "Здравейте *всички*")?;
    for words in ["кога идва водата?", "Здравейте *всички*"] {
        let inbound = ear.next().await?;
        assert_eq!(inbound.act, Act::Said(words.to_owned()));
        assert_eq!((inbound.from.as_str(), inbound.via), ("user:501", None));
        if words.starts_with("Здравейте") {
            assert_eq!(inbound.id, format!("message:{said}"));
            assert!(inbound.at > Millis(1_700_000_000_000), "{:?}", inbound.at);
        }
    }
    Ok(())
}

#[tokio::test]
async fn what_is_not_written_down_is_offered_again_in_order() -> Outcome {
    let town = Town::new().await?;
    let mut ear = town.listen().await?;
    let direct = town.world.dm(RESIDENT).ok_or("no direct channel")?;
    town.world.command(RESIDENT, direct, "start", &[])?;
    let full_disk = || Err(NotTaken("disk full".to_owned()));
    let first = ear.next_batch(full_disk()).await?;
    town.world.say(RESIDENT, direct, "едно")?;
    town.world.say(RESIDENT, direct, "две")?;
    assert_eq!(ear.next_batch(full_disk()).await?, first);
    assert_eq!(ear.next_batch(Ok(())).await?, first);
    let mut rest = vec![];
    while rest.len() < 2 {
        rest.extend(ear.next_batch(Ok(())).await?);
    }
    let acts: Vec<_> = rest.into_iter().map(|it| it.act).collect();
    assert_eq!(
        acts,
        ["едно", "две"].map(|words| Act::Said(words.to_owned()))
    );
    assert!(
        answer(&town, &first[0], "n1", "Късно, но готово.")
            .await
            .is_ok()
    );
    town.check()
}

#[tokio::test]
async fn channels_that_go_away_are_left() -> Outcome {
    let town = Town::new().await?;
    let mut ear = town.listen().await?;
    town.world.add_channel(GUILD, 702, "втори");
    town.world.add_channel(GUILD, 703, "трети");
    town.world.remove_channel(702);
    let left = ear.next().await?;
    assert_eq!((left.from.as_str(), left.act), ("channel:702", Act::Left));
    town.world.remove_guild(GUILD);
    let left = ear.next_batch(Ok(())).await?;
    let channels: Vec<_> = left.iter().map(|it| it.from.as_str()).collect();
    assert_eq!(channels, ["channel:701", "channel:703"]);
    assert!(left.iter().all(|it| it.act == Act::Left));
    assert_ne!(left[0].id, left[1].id);
    Ok(())
}

#[tokio::test]
async fn commands_are_known_in_every_language_of_the_menu() -> Outcome {
    let town = Town::new().await?;
    let _ear = town.listen().await?;
    let commands = town.world.commands();
    let start = commands
        .iter()
        .find(|it| it["name"] == "start")
        .ok_or("no start")?;
    for (locale, name, what) in [
        ("bg", "старт", "Абонирайте се"),
        ("en-US", "start", "Subscribe"),
        ("en-GB", "start", "Subscribe"),
    ] {
        assert_eq!(start["name_localizations"][locale], name);
        assert_eq!(start["description_localizations"][locale], what);
    }
    assert_eq!(start["description"], "Subscribe");
    town.check()
}

#[tokio::test]
async fn commands_of_one_server_are_registered_there_after_a_first_failure() -> Outcome {
    use glas::sandbox::discord::Trouble;

    let town = Town::new().await?;
    let local = channel(&town.world, TOKEN, |settings| {
        settings.guild = std::num::NonZeroU64::new(GUILD);
    });
    town.world
        .trouble(Trouble::Status(503), "PUT /applications", Some(1));
    let mut ear = listen(&local);
    let registered = |world: &World| world.command(RESIDENT, CHANNEL, "стоп", &[]).is_ok();
    assert!(town.world.wait_until(SOON, registered).await);
    assert_eq!(ear.next().await?.act, Act::Said("/stop".to_owned()));
    assert!(town.world.commands().is_empty(), "nowhere else");
    town.check()
}
