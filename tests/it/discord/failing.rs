//! Every way in which sending fails, and what follows from it.

use glas::sandbox::discord::{Rates, Scope, Trouble};

use super::*;

const MESSAGES: &str = "POST /channels";

async fn try_to(town: &Town, to: &str) -> SendError {
    match town.send(to, &line("Здравейте.")).await {
        Ok(receipt) => panic!("{to} was reached: {receipt:?}"),
        Err(error) => error,
    }
}

#[tokio::test]
async fn recipients_that_are_no_more_are_gone() -> Outcome {
    let town = Town::new().await?;
    town.world.close_dms(RESIDENT, true);
    town.world.add_channel(GUILD, 702, "затворен");
    town.world.forbid_channel(702, true);
    for (to, code) in [
        ("user:501", "50007"),
        ("user:999", "10013"),
        ("channel:702", "50001"),
        ("channel:799", "10003"),
    ] {
        let error = try_to(&town, to).await;
        assert!(
            matches!(&error, SendError::Gone { why } if why.contains(code)),
            "{to}: {error}"
        );
    }
    assert!(matches!(
        try_to(&town, "mail:1").await,
        SendError::Rejected { .. }
    ));
    town.check()
}

#[tokio::test]
async fn a_wrong_token_is_the_operator_s_to_mend_and_never_told() -> Outcome {
    let town = Town::new().await?;
    let wrong = channel(&town.world, "wrong-secret", |_| {});
    let error = send(&wrong, "channel:701", &line("Здравейте.")).await;
    let Err(SendError::Misconfigured { why }) = error else {
        return Err(format!("{error:?}").into());
    };
    assert!(
        !why.contains("wrong-secret") && why.contains("token"),
        "{why}"
    );
    Ok(())
}

#[tokio::test]
async fn what_may_have_been_taken_is_ambiguous() -> Outcome {
    let town = Town::new().await?;
    for trouble in [
        Trouble::Status(500),
        Trouble::Status(504),
        Trouble::ResetBefore,
        Trouble::ResetAfter,
        Trouble::Truncated,
        Trouble::Garbage,
        Trouble::Huge(100 * 1024 * 1024),
    ] {
        town.world.trouble(trouble, MESSAGES, Some(1));
        let error = try_to(&town, "channel:701").await;
        assert!(
            matches!(error, SendError::Ambiguous { .. }),
            "{trouble:?}: {error}"
        );
    }
    Ok(())
}

#[tokio::test]
async fn a_person_s_channel_that_cannot_be_opened_now_is_tried_again() -> Outcome {
    let town = Town::new().await?;
    town.world
        .trouble(Trouble::Status(502), "POST /users/@me", Some(1));
    let error = try_to(&town, "user:501").await;
    assert!(matches!(error, SendError::Transient { .. }), "{error}");
    town.send("user:501", &line("Здравейте.")).await?;
    Ok(())
}

#[tokio::test]
async fn a_silent_discord_is_given_up_within_fifteen_seconds() -> Outcome {
    let town = Town::new().await?;
    town.send("channel:701", &line("Здравейте.")).await?;
    town.world
        .trouble(Trouble::Delay(Duration::from_hours(1)), MESSAGES, Some(1));
    let give_up = Duration::from_secs(17);
    let error = tokio::time::timeout(give_up, try_to(&town, "channel:701")).await?;
    assert!(matches!(error, SendError::Ambiguous { .. }), "{error}");
    Ok(())
}

#[tokio::test]
async fn an_absent_discord_is_transient_and_then_back() -> Outcome {
    let town = Town::new().await?;
    town.world.stop().await;
    let error = try_to(&town, "channel:701").await;
    assert!(matches!(error, SendError::Transient { .. }), "{error}");
    town.world.start_again().await?;
    town.send("channel:701", &line("Здравейте.")).await?;
    Ok(())
}

#[tokio::test]
async fn too_fast_everywhere_pauses_everything_without_asking_again() -> Outcome {
    let town = Town::new().await?;
    let retry_after = Duration::from_secs(40);
    let trouble = Trouble::TooMany {
        scope: Scope::Global,
        retry_after,
    };
    town.world.trouble(trouble, MESSAGES, Some(1));
    let told = SendError::Limited {
        retry_after,
        everyone: true,
    };
    assert_eq!(try_to(&town, "channel:701").await, told);
    let asked = town.ledger.requests().len();
    let error = try_to(&town, "user:501").await;
    assert!(
        matches!(error, SendError::Limited { everyone: true, retry_after: left } if left <= retry_after),
        "{error}"
    );
    assert_eq!(town.ledger.requests().len(), asked);
    Ok(())
}

#[tokio::test]
async fn too_fast_in_one_channel_leaves_the_others_alone() -> Outcome {
    let town = Town::new().await?;
    for scope in [Scope::User, Scope::Shared] {
        town.world.add_channel(GUILD, 702, "друг");
        let retry_after = Duration::from_millis(120);
        town.world
            .trouble(Trouble::TooMany { scope, retry_after }, MESSAGES, Some(1));
        let told = SendError::Limited {
            retry_after,
            everyone: false,
        };
        assert_eq!(try_to(&town, "channel:701").await, told);
        let asked = town.asked("POST /channels/701");
        assert!(matches!(
            try_to(&town, "channel:701").await,
            SendError::Limited { .. }
        ));
        assert_eq!(
            town.asked("POST /channels/701"),
            asked,
            "not asked again too early"
        );
        town.send("channel:702", &line("Здравейте.")).await?;
        tokio::time::sleep(retry_after).await;
        town.send("channel:701", &line("Здравейте.")).await?;
    }
    Ok(())
}

#[tokio::test]
async fn a_channel_s_limit_is_learned_and_never_overrun() -> Outcome {
    let town = Town::new().await?;
    town.world.set_rates(Some(Rates {
        global_per_second: 1000,
        messages: 3,
        others: 1000,
        window_ms: 400,
    }));
    let mut sent = 0;
    while sent < 10 {
        match town.send("channel:701", &line("Здравейте.")).await {
            Ok(_) => sent += 1,
            Err(SendError::Limited {
                retry_after,
                everyone: false,
            }) => {
                tokio::time::sleep(retry_after).await;
            }
            Err(error) => return Err(error.into()),
        }
    }
    let refused = town
        .ledger
        .requests()
        .iter()
        .filter(|it| it.status == 429)
        .count();
    assert_eq!(refused, 0, "no 429 of our own making");
    Ok(())
}

#[tokio::test]
async fn the_pace_of_the_bot_counts_every_request() -> Outcome {
    let town = Town::new().await?;
    let slow = channel(&town.world, TOKEN, |settings| settings.rate = 2);
    send(&slow, "user:501", &line("Здравейте.")).await?;
    assert_eq!(town.ledger.requests().len(), 2, "to open and to write");
    let greeting = line("Здравейте.");
    let rush = (0..4).map(|_| send(&slow, "channel:701", &greeting));
    let rush = futures_util::future::join_all(rush).await;
    let limited = rush.iter().any(|it| {
        matches!(it, Err(SendError::Limited { retry_after, .. }) if *retry_after > Duration::ZERO)
    });
    assert!(limited && rush.iter().any(Result::is_ok), "{rush:?}");
    Ok(())
}

#[tokio::test]
async fn refusals_stop_us_well_before_discord_does() -> Outcome {
    let town = Town::new().await?;
    town.world.add_channel(GUILD, 702, "затворен");
    town.world.forbid_channel(702, true);
    let greeting = line("Здравейте.");
    for _ in 0..50 {
        let refused = (0..100).map(|_| send(&town.discord, "channel:702", &greeting));
        futures_util::future::join_all(refused).await;
    }
    while town.ledger.requests().len() < 5000 {
        try_to(&town, "channel:702").await;
    }
    let error = try_to(&town, "channel:701").await;
    assert!(
        matches!(&error, SendError::Misconfigured { why } if why.contains("5,000")),
        "{error}"
    );
    assert_eq!(town.ledger.requests().len(), 5000);
    Ok(())
}
