//! How alike two folded names are: one slip apart, or only so that one may be meant by the other.

/// The shortest key in which a slip is forgiven: in shorter ones it makes another name.
const LEAST_FOR_SLIPS: usize = 5;
/// How alike a name must be to be suggested (Jaro–Winkler, 1 is equal).
pub(super) const LEAST_ALIKE: f64 = 0.82;

/// How often each letter stands in a key; letters that are not ASCII count as one and the same.
pub(super) struct Letters {
    count: u32,
    each: [u32; 129],
}

impl Letters {
    /// The letters of `key`.
    pub(super) fn of(key: &str) -> Self {
        let mut letters = Self {
            count: 0,
            each: [0; 129],
        };
        for at in key.chars().map(place) {
            letters.each[at] += 1;
            letters.count += 1;
        }
        letters
    }

    /// How many letters two keys have in common at most, and how many the other one has.
    fn shared(&self, key: &str) -> (u32, u32) {
        let mut left = self.each;
        let (mut shared, mut count) = (0, 0);
        for at in key.chars().map(place) {
            shared += u32::from(left[at] > 0);
            left[at] = left[at].saturating_sub(1);
            count += 1;
        }
        (shared, count)
    }
}

fn place(letter: char) -> usize {
    usize::try_from(u32::from(letter)).unwrap_or(128).min(128)
}

/// Whether the Jaro–Winkler likeness of two keys can reach [`LEAST_ALIKE`], by the letters that
/// they share and those that they begin with. Only then is it worth working out.
pub(super) fn may_be_alike(one: &str, letters: &Letters, other: &str) -> bool {
    let (shared, count) = letters.shared(other);
    if shared == 0 {
        return false;
    }
    let part = |of: u32| f64::from(shared) / f64::from(of);
    let jaro = (part(letters.count) + part(count) + 1.0) / 3.0;
    let mut same = one.chars().zip(other.chars()).take(4);
    let mut bonus = 0.0;
    while same.next().is_some_and(|(one, other)| one == other) {
        bonus += 0.1;
    }
    // A hair more, for the last digit of a sum of fractions.
    jaro + bonus * (1.0 - jaro) + 1e-9 >= LEAST_ALIKE
}

/// Whether one letter was mistyped, left out, put in, or two were swapped. Numbers must agree:
/// Lyulin 3 is no slip for Lyulin 4; nor is a single letter: Levski V is not Levski G.
pub(super) fn is_slip(typed: &str, letters: &Letters, name: &str) -> bool {
    if typed.len().abs_diff(name.len()) > 2 {
        return false;
    }
    let (shared, count) = letters.shared(name);
    if shared + 1 < letters.count.max(count) {
        return false;
    }
    let firm = |key: &str| -> Vec<String> {
        key.split(' ')
            .filter(|word| word.chars().all(char::is_numeric) || word.chars().count() == 1)
            .map(str::to_owned)
            .collect()
    };
    let length = typed.chars().count().min(name.chars().count());
    length >= LEAST_FOR_SLIPS && strsim::osa_distance(typed, name) <= 1 && firm(typed) == firm(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_one_letter_and_no_number() {
        let slip = |typed, name| is_slip(typed, &Letters::of(typed), name);
        assert!(slip("liulin", "liulim") && slip("liulin", "liulinn") && slip("liuiln", "liulin"));
        assert!(slip("liulin", "lilin") && slip("liulin", "liulin"));
        assert!(!slip("liulin 3", "liulin 4") && !slip("levski v", "levski g"));
        assert!(!slip("liulin", "lulim") && !slip("ilin", "iliq"));
    }

    #[test]
    fn what_is_alike_is_never_passed_over() {
        let keys = [
            "mladost",
            "mladost 1",
            "liulin",
            "lozenec",
            "l",
            "krasno selo",
            "ovca kupel",
            "kvartal mladost chetiri do parka",
            "zdraveite",
            "liulim",
            "lulin",
            "nadejda i oboriste",
            "αθηνα",
            "αθηνα 2",
        ];
        for one in keys {
            for other in keys {
                let score = strsim::jaro_winkler(one, other);
                let may_be = may_be_alike(one, &Letters::of(one), other);
                assert!(score < LEAST_ALIKE || may_be, "{one} {other}");
            }
        }
        let text = "koga ste pusnat vodata na nasata ulica";
        assert!(!may_be_alike(text, &Letters::of(text), "mladost"));
    }
}
