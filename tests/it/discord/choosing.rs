//! Lists, windows and messages changed in place: what people see, and what is heard of them.

use glas::channel::{Act, Channel, Media};
use glas::message::choice::{Answer, Choice};
use glas::sandbox::discord::{Media as Sent, Trouble};
use glas::sandbox::ledger::What;

use super::*;

/// A question with three answers, of which the second is chosen.
fn choice(several: bool) -> Choice<String> {
    let answers = [("Лозенец", "a"), ("Люлин", "b"), ("Банкя", "c")];
    Choice {
        label: "Къде живеете?".to_owned(),
        token: token("f1.where"),
        answers: answers
            .map(|(label, value)| Answer {
                label: label.to_owned(),
                value: value.to_owned(),
                chosen: value == "b",
            })
            .to_vec(),
        several,
        page: 0,
    }
}

fn press(label: &str, behind: &str) -> Action<String> {
    Action::Press {
        label: label.to_owned(),
        token: token(behind),
    }
}

fn write() -> Action<String> {
    Action::Type {
        label: "Напишете улицата, на която живеете, и номера й".to_owned(),
        token: token("f1.street"),
    }
}

/// A letter with a list, a button, a field to type in, and a place that nobody can share here.
fn asking(several: bool) -> Letter<String> {
    let mut letter = line("Къде?");
    letter.body.push(Block::Choice(choice(several)));
    let share = Action::Share {
        label: "Къде съм".to_owned(),
        token: token("f1.here"),
    };
    letter.actions = vec![vec![press("Отказ", "f1.off"), write()], vec![share]];
    letter
}

/// Answers an event with a letter, in the place of the message of `replacing`.
async fn answer(
    town: &Town,
    to: &Inbound,
    replacing: Option<&str>,
    letter: &Letter<String>,
) -> Result<Receipt, SendError> {
    let rendering = town.discord.render(letter, lang("bg"));
    let nonce = glas::base::id::next().to_string();
    let parcel = Parcel {
        via: to.via.as_deref(),
        replacing,
        ..parcel(&rendering, 0, &to.from, &nonce)
    };
    town.discord.send(&parcel).await
}

/// What people saw, except for windows: how, who, and what.
fn story(town: &Town) -> Vec<(What, String, String)> {
    let seen = town.ledger.seen_since(0).into_iter();
    seen.map(|it| (it.what, it.to, it.text)).collect()
}

fn told(what: What, to: &str, text: &str) -> (What, String, String) {
    (what, to.to_owned(), text.to_owned())
}

#[tokio::test]
async fn a_choice_is_a_list_above_the_buttons_and_comes_back_as_it_was_meant() -> Outcome {
    let town = Town::new().await?;
    let mut ear = town.listen().await?;
    for several in [false, true] {
        let (channel, message) = place(&town.send("user:501", &asking(several)).await?)?;
        let seen = town.ledger.seen_since(0).pop().ok_or("nothing arrived")?;
        let list = &seen.lists[0];
        assert_eq!(
            (list.label.as_str(), list.token.as_str()),
            ("Къде живеете?", "f1.where")
        );
        assert_eq!(
            (list.least, list.most),
            if several { (0, 3) } else { (1, 1) }
        );
        let chosen: Vec<_> = list.options.iter().map(|it| it.chosen).collect();
        assert_eq!(chosen, [false, true, false]);
        let labels: Vec<_> = seen
            .buttons
            .iter()
            .map(|(label, _)| label.as_str())
            .collect();
        assert_eq!(
            labels,
            ["Отказ", "Напишете улицата, на която живеете, и номера й"]
        );

        let values: &[&str] = if several { &["c", "a"] } else { &["c"] };
        town.world
            .choose(RESIDENT, channel, message, "f1.where", values)?;
        let inbound = ear.next().await?;
        let act = if several {
            Act::Chose {
                token: token("f1.where"),
                values: vec!["c".to_owned(), "a".to_owned()],
            }
        } else {
            Act::Pressed(token("f1.where=c"))
        };
        assert_eq!(inbound.act, act);
        assert_eq!(inbound.on, Some(format!("{channel}:{message}")));
        if several {
            town.world
                .choose(RESIDENT, channel, message, "f1.where", &[])?;
            let nothing = Act::Chose {
                token: token("f1.where"),
                values: vec![],
            };
            assert_eq!(ear.next().await?.act, nothing);
        }
    }
    town.check()
}

#[tokio::test]
async fn a_direct_message_is_changed_where_it_stands() -> Outcome {
    let town = Town::new().await?;
    let mut ear = town.listen().await?;
    let first = town.send("user:501", &asking(false)).await?;
    let (channel, message) = place(&first)?;
    town.world.press(RESIDENT, channel, message, "f1.off")?;
    let pressed = ear.next().await?;
    assert_eq!(pressed.on.as_deref(), Some(first.message.as_str()));
    // By the interaction's token, again after it, and without one.
    for (text, later) in [("Първо", 0), ("Второ", 0), ("Трето", 16)] {
        town.world.let_pass(Duration::from_mins(later));
        let changed = answer(&town, &pressed, pressed.on.as_deref(), &line(text)).await?;
        assert_eq!(changed, first, "it is the same message");
    }
    let typed = Inbound {
        via: None,
        ..pressed.clone()
    };
    let changed = answer(&town, &typed, pressed.on.as_deref(), &line("Четвърто")).await?;
    assert_eq!(changed, first);
    let expected =
        ["Първо", "Второ", "Трето", "Четвърто"].map(|text| told(What::Edited, "user:501", text));
    assert_eq!(story(&town)[1..], expected);
    assert_eq!(town.world.messages_of(channel).len(), 1);
    let last = town.ledger.seen_since(0).pop().ok_or("nothing")?;
    assert!(
        last.lists.is_empty() && last.buttons.is_empty(),
        "what was there is gone"
    );
    assert_eq!(town.asked("PATCH /webhooks"), 3);
    assert_eq!(town.asked("PATCH /channels"), 2);
    town.check()
}

#[tokio::test]
async fn what_cannot_be_changed_is_said_anew() -> Outcome {
    let town = Town::new().await?;
    let _ear = town.listen().await?;
    let first = town.send("user:501", &line("Едно")).await?;
    let (direct, _) = place(&first)?;
    let theirs = town.world.say(RESIDENT, direct, "Здравейте")?;
    let in_channel = town.send("channel:701", &line("За всички")).await?;
    let event = Inbound {
        id: "x".to_owned(),
        channel: "discord",
        from: "user:501".to_owned(),
        group: false,
        via: None,
        at: Millis(0),
        languages: vec![],
        on: None,
        groups: vec![],
        act: Act::Left,
    };
    let gone = format!("{direct}:999");
    let foreign = format!("{direct}:{theirs}");
    for replacing in [
        gone.as_str(),
        foreign.as_str(),
        in_channel.message.as_str(),
        "nonsense",
    ] {
        let sent = answer(&town, &event, Some(replacing), &line("Ново")).await?;
        assert_ne!(sent.message, replacing);
        let last = story(&town).pop();
        assert_eq!(
            last,
            Some(told(What::Sent, "user:501", "Ново")),
            "{replacing}"
        );
    }
    // A change whose answer was lost is made once more, and is still one message.
    town.world
        .trouble(Trouble::ResetAfter, "PATCH /channels", Some(1));
    let lost = answer(&town, &event, Some(&first.message), &line("Две")).await;
    assert!(matches!(lost, Err(SendError::Transient { .. })), "{lost:?}");
    let again = answer(&town, &event, Some(&first.message), &line("Две")).await?;
    assert_eq!(again, first);
    town.check()
}

#[tokio::test]
async fn in_a_server_only_what_one_person_sees_is_changed() -> Outcome {
    let town = Town::new().await?;
    let mut ear = town.listen().await?;
    let (channel, public) = place(&town.send("channel:701", &asking(false)).await?)?;
    town.world.press(NEIGHBOUR, channel, public, "f1.off")?;
    let pressed = ear.next().await?;
    assert_eq!(pressed.on, None, "others read it, too");
    let quiet = answer(&town, &pressed, None, &asking(true)).await?;
    let (_, message) = place(&quiet)?;
    town.world
        .choose(NEIGHBOUR, channel, message, "f1.where", &["a"])?;
    let chosen = ear.next().await?;
    assert_eq!(chosen.on.as_deref(), Some(quiet.message.as_str()));
    let changed = answer(&town, &chosen, chosen.on.as_deref(), &line("Лозенец.")).await?;
    assert_eq!(changed, quiet);
    answer(&town, &chosen, None, &line("И още.")).await?;
    assert_eq!(
        story(&town)[1..],
        [
            told(What::Sent, "user:502", "Къде?"),
            told(What::Edited, "user:502", "Лозенец."),
            told(What::Sent, "user:502", "И още."),
        ]
    );
    // After its time nothing but a direct message is left, and nobody counts as gone.
    town.world.let_pass(Duration::from_mins(16));
    let late = answer(&town, &chosen, chosen.on.as_deref(), &line("Късно.")).await?;
    assert_eq!(Some(place(&late)?.0), town.world.dm(NEIGHBOUR));
    town.check()
}

#[tokio::test]
async fn a_field_opens_at_once_and_what_is_typed_comes_for_its_token() -> Outcome {
    let town = Town::new().await?;
    let mut ear = town.listen().await?;
    let behind = |seen: &Seen| -> Option<String> {
        let (_, behind) = seen
            .buttons
            .iter()
            .find(|(label, _)| label.starts_with("Напишете"))?;
        Some(behind.clone())
    };
    for (to, person) in [("user:502", NEIGHBOUR), ("channel:701", RESIDENT)] {
        let (channel, message) = place(&town.send(to, &asking(false)).await?)?;
        let seen = town.ledger.seen_since(0);
        let behind = behind(seen.last().ok_or("nothing")?).ok_or("no such button")?;
        town.world.press(person, channel, message, &behind)?;
        let opened = |world: &World| world.window_of(person).is_some();
        assert!(town.world.wait_until(SOON, opened).await);
        let window = town.world.window_of(person).ok_or("no window")?;
        let label = "Напишете улицата, на която живеете, и номера…";
        assert_eq!(window["title"], label);
        assert_eq!(label.chars().count(), 45);
        town.world
            .submit_modal(person, &[("text", "ул. „Шипка“ 12")])?;
        let typed = ear.next().await?;
        let act = Act::Typed {
            token: token("f1.street"),
            text: "ул. „Шипка“ 12".to_owned(),
        };
        assert_eq!(
            (typed.act.clone(), typed.from.clone()),
            (act, format!("user:{person}"))
        );
        let direct = to.starts_with("user");
        assert_eq!(typed.on.is_some(), direct);
        let before = town.ledger.seen_since(0).len();
        answer(&town, &typed, typed.on.as_deref(), &line("Записано.")).await?;
        let seen = town.seen(before, 1).await?.remove(0);
        let what = if direct { What::Edited } else { What::Sent };
        assert_eq!((seen.what, seen.text.as_str()), (what, "Записано."));
        assert_eq!(seen.to, format!("user:{person}"), "nobody else sees it");
    }
    town.check()
}

#[tokio::test]
async fn what_may_stand_after_a_command_is_asked_for_in_each_language() -> Outcome {
    let town = Town::new().await?;
    let mut ear = town.listen().await?;
    let commands = town.world.commands();
    let start = commands
        .iter()
        .find(|it| it["name"] == "start")
        .ok_or("no start")?;
    let option = &start["options"][0];
    assert_eq!(
        (&option["type"], &option["required"]),
        (&3.into(), &false.into())
    );
    assert_eq!(option["name_localizations"]["bg"], "район");
    assert_eq!(
        option["description_localizations"]["en-GB"],
        "Your district"
    );
    assert_eq!(option["description"], "Your district");
    let stop = commands
        .iter()
        .find(|it| it["name"] == "stop")
        .ok_or("no stop")?;
    assert_eq!(stop["options"], serde_json::json!([]));
    let district = [("район", "Младост 4".into())];
    town.world.command(RESIDENT, CHANNEL, "/старт", &district)?;
    assert_eq!(
        ear.next().await?.act,
        Act::Said("/start Младост 4".to_owned())
    );
    town.world.command(RESIDENT, CHANNEL, "/старт", &[])?;
    assert_eq!(ear.next().await?.act, Act::Said("/start".to_owned()));
    town.check()
}

#[tokio::test]
async fn what_is_no_text_is_heard_as_what_it_is() -> Outcome {
    let town = Town::new().await?;
    let mut ear = town.listen().await?;
    let direct = town.world.dm(RESIDENT).ok_or("no direct channel")?;
    town.world.send_media(RESIDENT, CHANNEL, Sent::Photo)?;
    for (sent, media) in [
        (Sent::Photo, Media::Photo),
        (Sent::Video, Media::Video),
        (Sent::Voice, Media::Voice),
        (Sent::Sticker, Media::Sticker),
        (Sent::File, Media::File),
    ] {
        town.world.send_media(RESIDENT, direct, sent)?;
        let heard = ear.next().await?;
        assert_eq!(
            (heard.from.as_str(), heard.act),
            ("user:501", Act::Sent(media))
        );
    }
    Ok(())
}
