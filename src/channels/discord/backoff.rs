//! How long to wait before the next attempt.

use std::time::Duration;

/// Doubles from `least` with each attempt (the first is 0) up to `most`, the last quarter left to
/// chance, so that many do not come back at the same moment.
pub(super) fn backoff(attempt: u32, least: Duration, most: Duration) -> Duration {
    let full = least.saturating_mul(1 << attempt.min(16)).min(most);
    full.mul_f64(rand::random_range(0.75..=1.0))
}
