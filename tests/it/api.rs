//! Programs that work with alerts: what they may do, what they are told, and whether the description is true.

mod desk;
mod once;
mod program;
mod reading;
mod tokens;
mod troubles;

use program::{Book, Program};

use crate::town::{Base, Plan, Town};

/// Tokens of the town, as `glas token new` makes them, with the hash that stands in `bot.toml`.
pub const DISPATCH: &str = "glas_dispatchdispatchdispatchdispatchdispatch5xybwf";
pub const CHIEF: &str = "glas_chiefchiefchiefchiefchiefchiefchiefchiefiskzpf";
pub const PUBLISHER: &str = "glas_publisherpublisherpublisherpublisherpubldapsqd";
pub const VIEWER: &str = "glas_viewerviewerviewerviewerviewerviewerviews63mwc";
pub const PAST: &str = "glas_pastpastpastpastpastpastpastpastpastpastvv7jbe";
pub const UNKNOWN: &str = "glas_unknownunknownunknownunknownunknownunknoduuc6p";

/// The dispatch system only writes; the chief's program decides; the publisher's does what one may
/// do alone; the volunteer's only looks; and one has expired.
const OPERATORS: &str = "[pictures]\nmaps = false\n[[operator]]\nname = \"dispatch\"\nrole = \"publisher\"\n\
    token = \"sha256:0378dd9e4db7c86340f0f2636ff6a6b8283584e08428d86d509cb30e53a2bfd6\"\n\
    expires = \"2099-06-30\"\nscopes = [\"draft\", \"read\"]\n\
    [[operator]]\nname = \"chief\"\nrole = \"administrator\"\ntelegram = 903\n\
    token = \"sha256:39b169745cbb8e2c30c11e65ca694fd3bfddadb60eb4536954e4564aa147ad43\"\n\
    scopes = [\"read\", \"draft\", \"send\", \"decide\", \"break-glass\"]\n\
    [[operator]]\nname = \"publisher\"\nrole = \"publisher\"\ntelegram = 901\n\
    token = \"sha256:affb5fd4cea9acb2f23951017d19264a97e7bd72a3af9ba9e38b4b9297b33e18\"\n\
    scopes = [\"read\", \"draft\", \"send\", \"break-glass\"]\n\
    [[operator]]\nname = \"volunteer\"\nrole = \"viewer\"\n\
    token = \"sha256:99853193fe47f257dd19e057c23b6c8a5a9b73dc0b685971655e7c74e382fbff\"\n\
    scopes = [\"read\", \"draft\", \"decide\"]\n\
    [[operator]]\nname = \"past\"\nrole = \"viewer\"\n\
    token = \"sha256:90a18a2d717add75f22a5acf67cc8e11a95edd89b55af6c4fc552f605acad5c4\"\n\
    expires = \"2026-01-31\"\nscopes = [\"read\"]\n\
    [[operator]]\nname = \"approver\"\nrole = \"approver\"\ndiscord = 902\n";

/// The Bulgarian resident on Telegram and the English one on Discord.
pub const BULGARIAN: &str = "42";
pub const ENGLISH: &str = "user:43";

/// A town with the pages on, where two residents want everything.
pub async fn town(base: Base) -> Town {
    let plan = Plan {
        web: true,
        channels: &["telegram", "discord"],
        more: OPERATORS,
        ..Plan::default()
    };
    let mut town = Town::build(base, plan).await;
    town.settle_in("telegram", 42, "bg");
    town.settle_in("discord", 43, "en");
    for (channel, number) in [("telegram", 901), ("telegram", 903), ("discord", 902)] {
        town.settle_in(channel, number, "bg");
    }
    town.subscribe("telegram", BULGARIAN, "bg").await;
    town.subscribe("discord", ENGLISH, "en").await;
    town.start().await;
    town
}
