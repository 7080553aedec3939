//! Operators who can and who cannot be called.

use crate::town::{Base, GUILD, on_both};

use super::{Clinic, assert_has};

on_both!(
    whoever_has_a_role_alone_needs_a_channel_to_be_called_in,
    the_channel_of_operators_is_on_their_server,
);

const ROLE: &str = "[[operator]]\nname = \"approvers\"\nrole = \"approver\"\ndiscord_role = 7001\n";

/// Who works with alerts comes at the end of the settings.
fn add(clinic: &Clinic, operators: &str) {
    clinic.edit("[email.dkim]", &format!("{operators}[email.dkim]"));
}

async fn whoever_has_a_role_alone_needs_a_channel_to_be_called_in(base: Base) {
    let clinic = Clinic::open(base).await;
    add(&clinic, ROLE);
    clinic
        .has_warning(
            "Предупреждения: няма кого да повикаме да одобри",
            "Alerts: nobody who may approve can be called",
        )
        .await;
    clinic
        .town
        .discord
        .add_channel(GUILD, 8001, "предупреждения");
    clinic.edit("guild =", "operators_channel = 8001\nguild =");
    for (lang, level, line) in [
        (
            "bg",
            "наред",
            "Предупреждения: за одобрение можем да повикаме 1 профил или роля.",
        ),
        (
            "en",
            "ok",
            "Alerts: 1 account or role can be called to approve.",
        ),
    ] {
        let said = clinic.says(lang).await;
        assert_has(&said.out, level, line);
        assert!(!said.out.contains("8001"), "{}", said.out);
    }
    clinic.edit(&format!("guild = {GUILD}"), "");
    clinic
        .has_fault(
            "Предупреждения: никой не може да работи с тях",
            "Alerts: nobody can work with them until bot.toml is mended",
        )
        .await;
}

async fn the_channel_of_operators_is_on_their_server(base: Base) {
    let clinic = Clinic::open(base).await;
    add(&clinic, ROLE);
    clinic.edit("guild =", "operators_channel = 8001\nguild =");
    let (bg, en) = (
        "Discord: в канала 8001 не можем да повикаме никого",
        "Discord: nobody can be called in channel 8001",
    );
    clinic.has_fault(bg, en).await;
    clinic.town.discord.add_guild(900_002, "Другаде", "bg");
    clinic.town.discord.add_channel(900_002, 8001, "общ");
    clinic.has_fault(bg, en).await;
}
