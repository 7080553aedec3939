//! This machine's clock beside those of others: leases, letters and deadlines go by it.

use crate::channels::checkup::Finding;
use crate::message::{Arg, Words, say, say_with};

/// Clocks further apart, in milliseconds, are worth a look.
const APART: i64 = 30_000;
/// Clocks further apart, in milliseconds, do harm.
const FAR_APART: i64 = 300_000;

/// Compares with each clock: its name, and how many milliseconds it is ahead of ours.
pub fn judge(clocks: Vec<(Words, i64)>) -> Vec<Finding> {
    const ABOUT: &str = "clock";
    if clocks.is_empty() {
        return vec![Finding::note(ABOUT, say("doctor-clock-alone"))];
    }
    let mut findings = vec![];
    let mut agree = vec![];
    for (whose, ahead) in clocks {
        let apart = ahead.saturating_abs();
        if apart <= APART {
            agree.push(whose);
            continue;
        }
        let side = if ahead > 0 { "behind" } else { "ahead" };
        let args = [
            ("whose", Arg::Words(whose.into())),
            ("seconds", Arg::Number(apart.saturating_add(500) / 1000)),
            ("side", Arg::Text(side.to_owned())),
        ];
        findings.push(if apart > FAR_APART {
            Finding::fault(ABOUT, say_with("doctor-clock-wrong", args))
        } else {
            Finding::warning(ABOUT, say_with("doctor-clock-off", args))
        });
    }
    if findings.is_empty() {
        findings.push(Finding::ok(
            ABOUT,
            say_with("doctor-clock", [("whose", Arg::List(agree))]),
        ));
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::channels::checkup::Level;

    #[test]
    fn clocks_far_apart_are_told_one_by_one() {
        let level = |ahead: &[i64]| -> Vec<Level> {
            let clocks = ahead
                .iter()
                .map(|ahead| (Words::Verbatim("x".to_owned()), *ahead));
            judge(clocks.collect())
                .into_iter()
                .map(|finding| finding.level)
                .collect()
        };
        assert_eq!(level(&[]), [Level::Note]);
        assert_eq!(level(&[0, 30_000, -30_000]), [Level::Ok]);
        assert_eq!(
            level(&[0, 30_001, -300_001]),
            [Level::Warning, Level::Fault]
        );
        assert_eq!(level(&[i64::MIN]), [Level::Fault]);
    }
}
