//! Discord: messages out through the REST API; what people press, choose and type, by the gateway.
//!
//! serenity names the routes, the payloads and the intents. The calls are our own, because only
//! those let an urgent message pass and a 429 be read; so is the gateway's loop (`gateway.rs` says
//! why). What comes in is read from the fields that we use and no others.

mod backoff;
mod changing;
mod check;
mod directs;
mod events;
mod fate;
mod gateway;
mod handle;
mod interaction;
mod listen;
pub mod markdown;
mod menu;
mod payload;
mod picture;
mod places;
mod rates;
mod rest;
mod socket;
mod via;
mod window;

pub(super) use handle::role_handle;
pub use handle::{is_group, parse_handle};
pub(super) use interaction::group_of;
pub use payload::limits;

use std::path::PathBuf;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use serenity::http::{LightMethod, Route};
use serenity::model::id::{ChannelId, GuildId, MessageId, RoleId, UserId};
use tokio::time::Sleep;
use url::Url;

use crate::channel::{Channel, Inbox, MenuEntry, Parcel, Rates, Receipt, SendError};
use crate::config::discord::DiscordSettings;
use crate::config::web::BaseUrl;
use crate::message::layout::Part;
use crate::message::limits::Limits;
use crate::message::{Arg, Words, say, say_with};
use directs::Directs;
use events::WithId;
use handle::{Handle, channel_handle, parse, user_handle};
use rest::{CallError, Request, Rest};
use via::{Filled, Via};

/// The channel's name everywhere.
pub const NAME: &str = "discord";

/// The time for sending a part, all its calls together.
const PATIENCE: Duration = Duration::from_secs(15);

/// The Discord channel: one bot token.
pub struct Discord {
    rest: Arc<Rest>,
    limits: Limits,
    rates: Rates,
    menu: Vec<MenuEntry>,
    guild: Option<GuildId>,
    /// Where people with a role are called to work on alerts.
    operators: Option<ChannelId>,
    directs: Directs,
    filled: Filled,
    /// Where our pages are, for the pictures on them.
    pages: Option<BaseUrl>,
}

/// Why the channel cannot be set up from what was given.
#[derive(Debug, thiserror::Error)]
pub enum SetUpError {
    /// Empty, or with characters that no token has.
    #[error("the token is empty or holds characters that no token has")]
    Token,
    /// Not an http or https address with a host.
    #[error("api_url {0} is not an http or https address")]
    Address(Url),
    /// The certificates could not be read.
    #[error("ca_file {0}: {1}")]
    CaFile(PathBuf, String),
    /// The HTTP client could not be made.
    #[error("no HTTP client: {0}")]
    Client(String),
}

impl SetUpError {
    /// What is wrong and what to do, for the operator.
    #[must_use]
    pub fn words(&self) -> Words {
        let text = |text: &dyn ToString| Arg::Text(text.to_string());
        match self {
            Self::Token => say("channel-discord-token"),
            Self::Address(url) => say_with("channel-discord-address", [("url", text(url))]),
            Self::CaFile(file, why) => say_with(
                "channel-discord-ca-file",
                [("file", text(&file.display())), ("why", text(why))],
            ),
            Self::Client(why) => say_with("channel-discord-client", [("why", text(why))]),
        }
    }
}

/// The part of a sent message that makes its receipt.
#[derive(Deserialize)]
struct Sent {
    id: MessageId,
    channel_id: ChannelId,
    /// What the reader gets of the embeds we sent: none where the bot may not embed.
    #[serde(default)]
    embeds: Vec<serde::de::IgnoredAny>,
}

impl Discord {
    /// A channel that speaks for the bot of `token` and shows `menu` there. Makes no connection.
    ///
    /// # Errors
    /// A [`SetUpError`]; whether the token is the right one is found out by listening.
    #[expect(clippy::needless_pass_by_value, reason = "given away, not lent")]
    pub fn new(
        settings: &DiscordSettings,
        token: SecretString,
        menu: Vec<MenuEntry>,
    ) -> Result<Self, SetUpError> {
        Ok(Self {
            rest: Arc::new(Rest::new(settings, &token)?),
            limits: payload::limits(),
            rates: Rates {
                all_per_second: f64::from(settings.rate),
                person_per_second: 0.0,
                group_per_minute: 0.0,
                connections: usize::from(settings.connections.get()),
                exclusive: true,
            },
            menu,
            guild: settings.guild.map(|id| GuildId::new(id.get())),
            operators: (settings.operators_channel).map(|id| ChannelId::new(id.get())),
            directs: Directs::default(),
            filled: Filled::default(),
            pages: None,
        })
    }

    /// The same channel with pages of ours in the world, from which its messages have their pictures.
    #[must_use]
    pub fn with_pages(mut self, base: Option<&BaseUrl>) -> Self {
        self.pages = base.cloned();
        self
    }

    /// Answers an interaction: changes the message that was acted on where that is wanted, or fills
    /// the deferred answer once; what comes then follows up.
    async fn answer(
        &self,
        via: &Via,
        part: &Part,
        parcel: &Parcel<'_>,
        mut patience: Pin<&mut Sleep>,
    ) -> Result<Receipt, CallError> {
        let (application_id, token) = (via.application, via.token.as_str());
        let original = Route::WebhookOriginalInteractionResponse {
            application_id,
            token,
        };
        let changes = via.on.is_some() && via.on == replaced(parcel).map(|(_, message)| message);
        let fills = via.waiting && parcel.part == 0 && self.filled.claim(&via.token, parcel.nonce);
        if changes || fills {
            let body = payload::original(part);
            let request = self.showing((LightMethod::Patch, original), body, part, parcel);
            let sent = self.rest.call(request, patience.as_mut()).await;
            match sent {
                // That person has put it away; they get a new one.
                Err(error) if changes && fate::message_is_unknown(&error) => {}
                sent => return sent.map(receipt),
            }
        }
        let route = Route::WebhookFollowupMessages {
            application_id,
            token,
        };
        let body = payload::follow_up(part, via.private);
        let request = self.showing((LightMethod::Post, route), body, part, parcel);
        self.rest.call(request, patience).await.map(receipt)
    }

    /// Writes into a channel, under the message that this one belongs to.
    async fn write(
        &self,
        (channel, role): (ChannelId, Option<RoleId>),
        part: &Part,
        parcel: &Parcel<'_>,
        mut patience: Pin<&mut Sleep>,
    ) -> Result<Receipt, CallError> {
        let role = role.filter(|_| parcel.part == 0);
        let under = (parcel.reply_to)
            .and_then(message_of_receipt)
            .filter(|(original, _)| *original == channel);
        let route = Route::ChannelMessages {
            channel_id: channel,
        };
        let body = || payload::message(part, parcel.nonce, under).calling(role);
        let whole = self.showing((LightMethod::Post, route), body(), part, parcel);
        let mut sent = self.rest.call::<Sent>(whole, patience.as_mut()).await;
        if let Err(error) = &sent
            && part.picture.is_some()
            && fate::is_of_the_picture(error)
        {
            tracing::warn!(%channel, "discord: the text goes without its picture; give the bot Attach Files in this channel");
            let plain = request(LightMethod::Post, route, &body());
            sent = self.rest.call(plain, patience).await;
        }
        let sent = sent?;
        if part.title.is_some() && !part.text.text.is_empty() && sent.embeds.is_empty() {
            tracing::warn!(%channel, "discord: readers see titles only; give the bot Embed Links in this channel");
        }
        Ok(receipt(sent))
    }

    /// The channel of a person's direct messages; asking for it twice opens it once.
    async fn direct(
        &self,
        person: UserId,
        patience: Pin<&mut Sleep>,
    ) -> Result<ChannelId, SendError> {
        let body = serde_json::json!({"recipient_id": person});
        let request = request(LightMethod::Post, Route::UserMeDmChannels, &body);
        let opened: WithId<ChannelId> =
            (self.rest.call(request, patience).await).map_err(|error| match fate::of(error) {
                // Nothing was sent yet.
                SendError::Ambiguous { why } => SendError::Transient { why },
                other => other,
            })?;
        self.directs.remember(person, opened.id);
        Ok(opened.id)
    }
}

#[async_trait]
impl Channel for Discord {
    fn name(&self) -> &'static str {
        NAME
    }

    fn limits(&self) -> &Limits {
        &self.limits
    }

    fn rates(&self) -> Rates {
        self.rates
    }

    async fn send(&self, parcel: &Parcel<'_>) -> Result<Receipt, SendError> {
        let rejected = |why: &str| SendError::Rejected {
            why: why.to_owned(),
        };
        let to = parse(parcel.to).ok_or_else(|| {
            rejected("the handle is neither user:NUMBER, channel:NUMBER nor role:NUMBER@NUMBER")
        })?;
        let part = (parcel.rendering.parts.get(parcel.part))
            .ok_or_else(|| rejected("the letter has no such part"))?;
        let mut patience = pin!(tokio::time::sleep(PATIENCE));
        if let Some(via) = parcel.via.and_then(Via::parse) {
            match self.answer(&via, part, parcel, patience.as_mut()).await {
                Err(error) if fate::answer_is_over(&error) => {}
                done => return done.map_err(fate::of),
            }
        }
        let (channel, remembered) = match &to {
            Handle::Channel(channel) | Handle::Role(_, channel) => (*channel, None),
            Handle::Person(person) => match self.directs.get(*person) {
                Some(channel) => (channel, Some(*person)),
                None => (self.direct(*person, patience.as_mut()).await?, None),
            },
        };
        if let Some(message) = replaced(parcel).filter(|(place, _)| *place == channel)
            && let Some(done) = self
                .change(message, (part, parcel), patience.as_mut())
                .await
        {
            return done;
        }
        let role = match to {
            Handle::Role(role, _) => Some(role),
            Handle::Person(_) | Handle::Channel(_) => None,
        };
        let sent = self.write((channel, role), part, parcel, patience).await;
        sent.map_err(|error| match remembered {
            Some(person) if fate::channel_is_unknown(&error) => {
                self.directs.forget(person);
                SendError::Transient {
                    why: "the channel that led to this person is no more; it is opened anew"
                        .to_owned(),
                }
            }
            _ => fate::of(error),
        })
    }

    async fn mark(&self, parcel: &Parcel<'_>) -> Result<Receipt, SendError> {
        self.mark_standing(parcel).await
    }

    async fn listen(&self, inbox: Inbox) {
        listen::listen(&self.rest, self.guild, &self.menu, &inbox).await;
    }

    fn is_group(&self, handle: &str) -> bool {
        is_group(handle)
    }
}

fn request<'a>(method: LightMethod, route: Route<'a>, body: &impl Serialize) -> Request<'a> {
    Request {
        method,
        route,
        body: serde_json::to_vec(body).ok(),
        picture: None,
        exempt: false,
    }
}

#[expect(
    clippy::needless_pass_by_value,
    reason = "maps an answer to its receipt"
)]
fn receipt(sent: Sent) -> Receipt {
    Receipt {
        message: receipt_of(sent.channel_id, sent.id),
        picture: None,
    }
}

/// `channel:message`: a message's own number does not say where it is.
fn receipt_of(channel: ChannelId, message: MessageId) -> String {
    format!("{channel}:{message}")
}

/// The message that the first part of a letter takes the place of.
fn replaced(parcel: &Parcel<'_>) -> Option<(ChannelId, MessageId)> {
    let receipt = parcel.replacing.filter(|_| parcel.part == 0)?;
    message_of_receipt(receipt)
}

fn message_of_receipt(receipt: &str) -> Option<(ChannelId, MessageId)> {
    let (channel, message) = receipt.split_once(':')?;
    Some((channel.parse().ok()?, message.parse().ok()?))
}
