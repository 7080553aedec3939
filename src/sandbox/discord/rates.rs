//! Rate limits: a bucket per route and place, one for everything, and the headers that tell of them.

use std::collections::HashMap;

use serde_json::{Value, json};

use crate::base::clock::Millis;

/// How many buckets are kept before those that ran out are swept away.
const BUCKETS_SWEPT_AT: usize = 20_000;

/// How fast the bot may ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rates {
    /// Requests a second over all routes; interactions do not count.
    pub global_per_second: u32,
    /// New messages in one channel per [`Rates::window_ms`].
    pub messages: u32,
    /// Requests of any other route per [`Rates::window_ms`] and place.
    pub others: u32,
    /// How long a bucket lasts, in milliseconds.
    pub window_ms: u32,
}

impl Default for Rates {
    /// As the platform: 50 a second in all, 5 messages per 5 s in a channel.
    fn default() -> Self {
        Self {
            global_per_second: 50,
            messages: 5,
            others: 50,
            window_ms: 5_000,
        }
    }
}

/// Whom a 429 is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// The bot, everywhere.
    Global,
    /// The bot, on this route and place.
    User,
    /// The place itself, whoever asks.
    Shared,
}

impl Scope {
    fn name(self) -> &'static str {
        match self {
            Self::Global => "global",
            Self::User => "user",
            Self::Shared => "shared",
        }
    }
}

/// Header names and values.
pub(super) type Headers = Vec<(&'static str, String)>;

/// What the counting says of one request.
#[derive(Debug)]
pub(super) enum Pace {
    /// Go on, with these headers in the answer.
    Go(Headers),
    /// Too fast: answer with [`too_many`].
    Wait {
        scope: Scope,
        retry_after_ms: i64,
        headers: Headers,
    },
}

/// What a request counts against.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Meter {
    /// The route, without its ids.
    pub(super) class: &'static str,
    /// The place: channel, guild or webhook.
    pub(super) place: u64,
    /// Whether it is a new message.
    pub(super) message: bool,
    /// Whether it counts against the limit over everything.
    pub(super) global: bool,
}

#[derive(Debug)]
struct Bucket {
    left: u32,
    until: Millis,
}

/// The counters.
#[derive(Debug, Default)]
pub(super) struct Counters {
    buckets: HashMap<(&'static str, u64), Bucket>,
    second: i64,
    this_second: u32,
}

impl Counters {
    /// Counts a request.
    pub(super) fn count(&mut self, rates: &Rates, meter: Meter, now: Millis) -> Pace {
        if meter.global {
            let second = now.0.div_euclid(1000);
            if second != self.second {
                self.second = second;
                self.this_second = 0;
            }
            if self.this_second >= rates.global_per_second {
                return Pace::Wait {
                    scope: Scope::Global,
                    retry_after_ms: 1000 - now.0.rem_euclid(1000),
                    headers: vec![("x-ratelimit-global", "true".to_owned())],
                };
            }
            self.this_second += 1;
        }
        self.count_bucket(rates, meter, now)
    }

    fn count_bucket(&mut self, rates: &Rates, meter: Meter, now: Millis) -> Pace {
        if self.buckets.len() > BUCKETS_SWEPT_AT {
            self.buckets.retain(|_, bucket| bucket.until > now);
        }
        let limit = if meter.message {
            rates.messages
        } else {
            rates.others
        };
        let window = std::time::Duration::from_millis(u64::from(rates.window_ms));
        let fresh = || Bucket {
            left: limit,
            until: now.plus(window),
        };
        let bucket = self
            .buckets
            .entry((meter.class, meter.place))
            .or_insert_with(fresh);
        if bucket.until <= now {
            *bucket = fresh();
        }
        let wait = bucket.until.0 - now.0;
        let over = bucket.left == 0;
        bucket.left = bucket.left.saturating_sub(1);
        let headers = vec![
            ("x-ratelimit-bucket", name(meter.class)),
            ("x-ratelimit-limit", limit.to_string()),
            ("x-ratelimit-remaining", bucket.left.to_string()),
            ("x-ratelimit-reset", seconds(bucket.until.0)),
            ("x-ratelimit-reset-after", seconds(wait)),
        ];
        if over {
            return Pace::Wait {
                scope: Scope::User,
                retry_after_ms: wait,
                headers,
            };
        }
        Pace::Go(headers)
    }
}

/// The headers and body of a 429.
pub(super) fn too_many(
    scope: Scope,
    retry_after_ms: i64,
    mut headers: Headers,
) -> (Headers, Value) {
    let whole_seconds = (retry_after_ms.max(0) + 999) / 1000;
    headers.push(("retry-after", whole_seconds.to_string()));
    headers.push(("x-ratelimit-scope", scope.name().to_owned()));
    if scope == Scope::Global
        && !headers
            .iter()
            .any(|(name, _)| *name == "x-ratelimit-global")
    {
        headers.push(("x-ratelimit-global", "true".to_owned()));
    }
    let retry_after: Value =
        serde_json::from_str(&seconds(retry_after_ms)).unwrap_or_else(|_| json!(whole_seconds));
    let body = json!({
        "message": "You are being rate limited.",
        "retry_after": retry_after,
        "global": scope == Scope::Global,
    });
    (headers, body)
}

fn seconds(ms: i64) -> String {
    let ms = ms.max(0);
    format!("{}.{:03}", ms / 1000, ms % 1000)
}

/// A bucket's public name: the same for all places of a route (FNV-1a, 64 bits).
fn name(class: &str) -> String {
    let hash = class.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    format!("{hash:016x}")
}

#[cfg(test)]
mod tests {
    use super::*;

    const METER: Meter = Meter {
        class: "POST messages",
        place: 1,
        message: true,
        global: true,
    };

    #[test]
    fn the_sixth_message_within_a_window_waits_for_its_end() {
        let mut counters = Counters::default();
        let rates = Rates::default();
        for ms in 0..5 {
            let pace = counters.count(&rates, METER, Millis(100_000 + ms));
            assert!(matches!(pace, Pace::Go(_)));
        }
        let Pace::Wait {
            scope,
            retry_after_ms,
            ..
        } = counters.count(&rates, METER, Millis(101_000))
        else {
            panic!("the sixth went through");
        };
        assert_eq!((scope, retry_after_ms), (Scope::User, 4_000));
        let elsewhere = Meter { place: 2, ..METER };
        assert!(matches!(
            counters.count(&rates, elsewhere, Millis(101_000)),
            Pace::Go(_)
        ));
        assert!(matches!(
            counters.count(&rates, METER, Millis(105_000)),
            Pace::Go(_)
        ));
    }

    #[test]
    fn everything_together_may_be_fifty_a_second() {
        let mut counters = Counters::default();
        let rates = Rates::default();
        for place in 0..50 {
            let meter = Meter { place, ..METER };
            assert!(matches!(
                counters.count(&rates, meter, Millis(7_250)),
                Pace::Go(_)
            ));
        }
        let meter = Meter { place: 99, ..METER };
        let Pace::Wait {
            scope,
            retry_after_ms,
            headers,
        } = counters.count(&rates, meter, Millis(7_250))
        else {
            panic!("the fifty-first went through");
        };
        assert_eq!((scope, retry_after_ms), (Scope::Global, 750));
        let (headers, body) = too_many(scope, retry_after_ms, headers);
        assert!(headers.contains(&("retry-after", "1".to_owned())));
        assert_eq!(body["retry_after"], json!(0.75));
    }
}
