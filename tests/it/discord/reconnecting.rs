//! The gateway breaks in every way, and listening goes on.

use glas::channel::Act;
use glas::sandbox::discord::GatewayTrouble;

use super::*;

/// Says something and expects to hear it, however the connection stands at the moment.
async fn is_heard(town: &Town, ear: &mut Ear, words: &str) -> Outcome {
    let direct = town.world.dm(RESIDENT).ok_or("no direct channel")?;
    town.world.say(RESIDENT, direct, words)?;
    assert_eq!(ear.next().await?.act, Act::Said(words.to_owned()));
    Ok(())
}

#[tokio::test]
async fn a_broken_session_is_resumed_and_misses_nothing() -> Outcome {
    let town = Town::new().await?;
    let mut ear = town.listen().await?;
    for trouble in [
        GatewayTrouble::Reconnect,
        GatewayTrouble::InvalidSession { resumable: true },
        GatewayTrouble::Cut,
        GatewayTrouble::Close(4000),
    ] {
        town.world.gateway(trouble);
        is_heard(&town, &mut ear, &format!("след {trouble:?}")).await?;
    }
    assert_eq!(town.world.identified(), 1, "always resumed");
    Ok(())
}

#[tokio::test]
async fn a_session_that_is_over_is_begun_anew() -> Outcome {
    let town = Town::new().await?;
    let mut ear = town.listen().await?;
    for (number, trouble) in [
        GatewayTrouble::InvalidSession { resumable: false },
        GatewayTrouble::Close(4009),
    ]
    .into_iter()
    .enumerate()
    {
        town.world.gateway(trouble);
        let begun = 2 + u64::try_from(number)?;
        let anew = |world: &World| world.identified() == begun && world.listening() == 1;
        assert!(town.world.wait_until(SOON, anew).await, "{trouble:?}");
        is_heard(&town, &mut ear, &format!("след {trouble:?}")).await?;
    }
    Ok(())
}

#[tokio::test]
async fn a_gateway_that_stops_answering_is_left() -> Outcome {
    let town = Town::new().await?;
    town.world.set_heartbeat(Duration::from_millis(50));
    let mut ear = town.listen().await?;
    town.world.gateway(GatewayTrouble::Silence);
    let gone = |world: &World| world.listening() == 0;
    assert!(town.world.wait_until(SOON, gone).await);
    town.world.gateway(GatewayTrouble::Recover);
    is_heard(&town, &mut ear, "още сте тук").await?;
    Ok(())
}

#[tokio::test]
async fn discord_stopped_and_started_again_is_found_again() -> Outcome {
    let town = Town::new().await?;
    let mut ear = town.listen().await?;
    town.world.stop().await;
    town.world.start_again().await?;
    is_heard(&town, &mut ear, "отново").await?;
    town.send("user:501", &line("Здравейте отново.")).await?;
    Ok(())
}

#[tokio::test]
async fn refusals_end_nothing() -> Outcome {
    let town = Town::new().await?;
    town.world.gateway(GatewayTrouble::RefuseIdentify(4008, 2));
    let mut ear = town.listen().await?;
    is_heard(&town, &mut ear, "все пак").await?;
    let wrong = channel(&town.world, "wrong-secret", |_| {});
    let wrong = listen(&wrong);
    town.world.gateway(GatewayTrouble::Close(4014));
    let gone = |world: &World| world.listening() == 0;
    assert!(town.world.wait_until(SOON, gone).await);
    assert!(!ear.has_stopped() && !wrong.has_stopped());
    Ok(())
}

#[tokio::test]
async fn nothing_is_left_behind_when_listening_ends() -> Outcome {
    let town = Town::new().await?;
    let ear = town.listen().await?;
    drop(ear);
    assert!(
        town.world
            .wait_until(SOON, |world| world.listening() == 0)
            .await
    );
    Ok(())
}
