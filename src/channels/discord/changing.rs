//! Changing messages that stand: in place of a new one, or to mark them.

use std::pin::{Pin, pin};

use serenity::http::{LightMethod, Route};
use serenity::model::id::{ChannelId, MessageId};
use tokio::time::Sleep;

use super::{Discord, PATIENCE, fate, payload, receipt, replaced, request};
use crate::channel::{Parcel, Receipt, SendError};
use crate::message::layout::Part;

impl Discord {
    /// Changes a message of ours; `None` where only a new one can say it.
    pub(super) async fn change(
        &self,
        (channel_id, message_id): (ChannelId, MessageId),
        (part, parcel): (&Part, &Parcel<'_>),
        patience: Pin<&mut Sleep>,
    ) -> Option<Result<Receipt, SendError>> {
        let route = Route::ChannelMessage {
            channel_id,
            message_id,
        };
        let body = payload::original(part);
        let request = self.showing((LightMethod::Patch, route), body, part, parcel);
        match self.rest.call(request, patience).await {
            Ok(sent) => Some(Ok(receipt(sent))),
            Err(error) => fate::of_edit(error).map(Err),
        }
    }

    /// Marks a message; one that cannot be changed any more stays as it is. Its file stays where
    /// it is, and what is on our pages is referred to again.
    pub(super) async fn mark_standing(&self, parcel: &Parcel<'_>) -> Result<Receipt, SendError> {
        let part = parcel.rendering.parts.get(parcel.part);
        let (Some(part), Some((channel_id, message_id))) = (part, replaced(parcel)) else {
            return Ok(parcel.as_it_stands());
        };
        let mut body = payload::original(part);
        if let Some((picture, pages)) = part.picture.as_ref().zip(self.pages.as_ref()) {
            body = body.showing(picture, Some(&pages.of(&picture.id.path())));
        }
        let route = Route::ChannelMessage {
            channel_id,
            message_id,
        };
        let patience = pin!(tokio::time::sleep(PATIENCE));
        let request = request(LightMethod::Patch, route, &body);
        match self
            .rest
            .call::<serde::de::IgnoredAny>(request, patience)
            .await
        {
            Ok(_) => Ok(parcel.as_it_stands()),
            Err(error) => match fate::of_edit(error) {
                None => Ok(parcel.as_it_stands()),
                Some(why) => Err(why),
            },
        }
    }
}
