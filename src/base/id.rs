//! Ids made by the application: 64 bits, ordered by time, unique across processes in practice.

use std::sync::atomic::{AtomicU64, Ordering};

use super::clock::{Clock, Millis};

/// 2026-01-01T00:00:00Z, the zero of our ids.
const EPOCH: i64 = 1_767_225_600_000;
/// 41 bits of milliseconds last until 2095; below them 22 bits of random start and sequence.
const LOW_BITS: u32 = 22;

static LAST: AtomicU64 = AtomicU64::new(0);

/// A new id, larger than every one this process made before.
///
/// The low bits start at a random value in each millisecond, so that two processes that make an
/// id in the same millisecond collide about once in two million such pairs; every use sits behind
/// a primary key, where a collision is an error and not a mix-up.
#[must_use]
pub fn next() -> i64 {
    block(1)
}

/// The first of `count` consecutive new ids (`count` ≥ 1).
#[must_use]
pub fn block(count: u32) -> i64 {
    let count = u64::from(count.max(1));
    let since = u64::try_from(Clock::system().now().0.saturating_sub(EPOCH)).unwrap_or(0);
    let fresh = (since << LOW_BITS) | u64::from(rand::random::<u32>() >> (33 - LOW_BITS));
    let taken = LAST.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |last| {
        Some(fresh.max(last + 1) + count - 1)
    });
    let last = taken.unwrap_or(0);
    i64::try_from(fresh.max(last + 1)).unwrap_or(i64::MAX)
}

/// The smallest id that can be made at `moment`: ids from then on are larger.
#[must_use]
pub fn at(moment: Millis) -> i64 {
    moment
        .0
        .saturating_sub(EPOCH)
        .max(0)
        .saturating_mul(1 << LOW_BITS)
}

/// A random id for what must not be guessed or ordered: 62 bits from the system's generator.
#[must_use]
pub fn random() -> i64 {
    i64::try_from(rand::random::<u64>() >> 2).unwrap_or(i64::MAX)
}

/// An id in the digits 0 to 9 and a to z, for where every byte counts; at most 13 of them.
#[must_use]
pub fn base36(id: i64) -> String {
    const DIGITS: &[u8; 36] = b"0123456789abcdefghijklmnopqrstuvwxyz";
    let mut digits = vec![];
    let mut rest = id.unsigned_abs();
    while rest > 0 || digits.is_empty() {
        digits.push(DIGITS[usize::try_from(rest % 36).unwrap_or(0)]);
        rest /= 36;
    }
    digits.reverse();
    String::from_utf8_lossy(&digits).into_owned()
}

/// Reads what [`base36`] wrote of an id that is not negative.
#[must_use]
pub fn from_base36(text: &str) -> Option<i64> {
    let plain = |byte: u8| byte.is_ascii_digit() || byte.is_ascii_lowercase();
    if !text.bytes().all(plain) {
        return None;
    }
    i64::from_str_radix(text, 36).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_ids_are_read_as_they_are_written() {
        for id in [0, 1, 35, 36, 1_000_000, i64::MAX] {
            assert_eq!(from_base36(&base36(id)), Some(id));
        }
        assert!(base36(i64::MAX).len() <= 13);
        for wrong in ["", "-1", "+1", "A", "ж", "zzzzzzzzzzzzzz"] {
            assert_eq!(from_base36(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn ids_only_grow_and_blocks_do_not_overlap() {
        let threads: Vec<_> = (0..4)
            .map(|_| {
                std::thread::spawn(|| {
                    let mut ends = vec![];
                    for count in (1..200).cycle().take(5000) {
                        let first = block(count);
                        ends.push((first, first + i64::from(count) - 1));
                    }
                    ends
                })
            })
            .collect();
        let mut all = vec![];
        for thread in threads {
            let ends = thread.join().unwrap_or_default();
            assert_eq!(ends.len(), 5000);
            assert!(
                ends.windows(2).all(|pair| pair[0].1 < pair[1].0),
                "grows in a thread"
            );
            all.extend(ends);
        }
        all.sort_unstable();
        assert!(
            all.windows(2).all(|pair| pair[0].1 < pair[1].0),
            "blocks overlap"
        );
    }

    #[test]
    fn an_id_tells_its_time() {
        let before = Clock::system().now();
        let id = next();
        assert!(id >= at(before) && id > 0);
        assert!(at(Millis(EPOCH)) == 0 && at(Millis(i64::MIN)) == 0);
        assert!(at(Millis(EPOCH + 1)) > at(Millis(EPOCH)));
        assert_eq!(at(Millis(i64::MAX)), i64::MAX);
    }

    #[test]
    fn random_ids_are_positive_and_differ() {
        let (one, other) = (random(), random());
        assert!(one >= 0 && other >= 0 && one != other);
    }
}
