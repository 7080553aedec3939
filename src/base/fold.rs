//! One key for a name, however it was typed: Cyrillic, official transliteration, informal Latin.
//!
//! Text is first written in Latin letters by the transliteration law (State Gazette 19/2009), then
//! spellings that people mix are made one. In a key `y` is `i`, `ts` is `c`, `zh` is `j`, doubled
//! letters are single, and words are parted by one space.

use unicode_normalization::UnicodeNormalization;

/// The law's Latin letters for U+0430 to U+044F, the small letters of the Russian range. The three
/// that Bulgarian lacks (U+044B, U+044D) are taken as they sound.
const OFFICIAL: [&str; 32] = [
    "a", "b", "v", "g", "d", "e", "zh", "z", "i", "y", "k", "l", "m", "n", "o", "p", "r", "s", "t",
    "u", "f", "h", "ts", "ch", "sh", "sht", "a", "y", "y", "e", "yu", "ya",
];

/// The hard sign, which people write in Latin as `a`, `u` or `y`.
const HARD_SIGN: char = '\u{044A}';

/// The key of a text: equal for every usual way to type the same Bulgarian name. Never fails;
/// text without letters or digits has the empty key. Folding a key gives the same key.
#[must_use]
pub fn fold(text: &str) -> String {
    key(text, "a")
}

/// Every key under which a name should be known: [`fold`] first, then those of people who write
/// the hard sign as `u` or `y`.
#[must_use]
pub fn spellings(name: &str) -> Vec<String> {
    let mut keys = vec![fold(name)];
    if name.to_lowercase().contains(HARD_SIGN) {
        keys.extend([key(name, "u"), key(name, "y")]);
    }
    keys
}

/// A text in Latin letters as the law writes them, for readers of other languages: words and case
/// are kept, a final `-iya` is `-ia`, and what is not Bulgarian stays as it is.
#[must_use]
pub fn latin(text: &str) -> String {
    let letters: Vec<char> = text.nfc().collect();
    let mut latin = String::with_capacity(text.len());
    for (at, letter) in letters.iter().enumerate() {
        let next = letters.get(at + 1);
        let small = letter.to_lowercase().next().unwrap_or(*letter);
        let ends = !next.is_some_and(|next| next.is_alphanumeric());
        let before = at.checked_sub(1).and_then(|at| letters.get(at));
        let after_i = before.is_some_and(|before| matches!(before, '\u{0438}' | '\u{0418}'));
        let written = match small {
            '\u{044F}' if ends && after_i => "a",
            '\u{0430}'..='\u{044F}' => OFFICIAL[small as usize - 0x0430],
            '\u{0450}' => "e",
            '\u{045D}' => "i",
            _ => {
                latin.push(*letter);
                continue;
            }
        };
        let loud = [before, next]
            .into_iter()
            .flatten()
            .any(|it| it.is_uppercase());
        let mut written = written.chars();
        match written.next() {
            Some(first) if letter.is_uppercase() => latin.push(first.to_ascii_uppercase()),
            first => latin.extend(first),
        }
        if letter.is_uppercase() && loud {
            latin.extend(written.map(|char| char.to_ascii_uppercase()));
        } else {
            latin.extend(written);
        }
    }
    latin
}

/// Parts digits from the Latin letters before them: in `Mladost4` the 4 would be read as a letter.
#[must_use]
pub fn part_trailing_digits(text: &str) -> String {
    let mut parted = String::with_capacity(text.len() + 2);
    for word in text.split_inclusive(char::is_whitespace) {
        let name = word
            .trim_end()
            .trim_end_matches(|c: char| c.is_ascii_digit());
        parted.push_str(name);
        if !name.is_empty() && name.len() < word.trim_end().len() {
            parted.push(' ');
        }
        parted.push_str(&word[name.len()..]);
    }
    parted
}

fn key(text: &str, hard_sign: &str) -> String {
    let plain: String = text.nfkc().filter(|c| !is_silent(*c)).collect();
    let mut key = String::with_capacity(plain.len());
    for word in plain.split(|c: char| !c.is_alphanumeric()) {
        let latin = in_latin(word, hard_sign);
        for piece in pieces(&latin) {
            if !key.is_empty() {
                key.push(' ');
            }
            key.push_str(&piece);
        }
    }
    key
}

/// Marks and characters without width: an accent over a vowel, a soft hyphen, a joiner.
fn is_silent(c: char) -> bool {
    matches!(c, '\u{0300}'..='\u{036F}' | '\u{00AD}' | '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}')
}

/// Whether [`push_small`] turns the letter into Latin ones. Letters of other alphabets stay as
/// they are, also in a key, and so must not make a word Cyrillic.
fn is_cyrillic(c: char) -> bool {
    matches!(
        c,
        '\u{0400}' | '\u{0401}' | '\u{0406}' | '\u{0408}' | '\u{040D}' | '\u{0410}'
            ..='\u{0451}' | '\u{0456}' | '\u{0458}' | '\u{045D}'
    )
}

/// A word in small Latin letters and digits. Digits for letters (4, 6) are still digits here.
fn in_latin(word: &str, hard_sign: &str) -> String {
    let cyrillic = word.chars().any(is_cyrillic);
    let letters = word.chars().filter(char::is_ascii_alphabetic).count();
    let mut latin = String::with_capacity(word.len() * 2);
    for c in word.chars() {
        if let Some(twin) = cyrillic.then(|| look_alike(c)).flatten() {
            latin.push(twin);
            continue;
        }
        for small in c.to_lowercase() {
            push_small(&mut latin, small, hard_sign);
        }
    }
    if cyrillic || letters < 2 {
        return latin;
    }
    digits_as_letters(&latin)
}

/// What a Latin letter within a Cyrillic word was meant for, where the two look the same.
fn look_alike(c: char) -> Option<char> {
    Some(match c {
        'c' | 'C' => 's',
        'p' | 'P' => 'r',
        'x' | 'X' => 'h',
        'y' | 'Y' => 'u',
        'B' => 'v',
        'H' => 'n',
        _ => return None,
    })
}

fn push_small(latin: &mut String, small: char, hard_sign: &str) {
    match small {
        HARD_SIGN => latin.push_str(hard_sign),
        '\u{0430}'..='\u{044F}' => latin.push_str(OFFICIAL[small as usize - 0x0430]),
        // Letters of neighbours and of old spelling that turn up in Bulgarian text.
        '\u{0450}' => latin.push('e'),
        '\u{0451}' => latin.push_str("yo"),
        '\u{0456}' | '\u{045D}' => latin.push('i'),
        '\u{0458}' => latin.push('y'),
        _ if small.is_ascii_alphanumeric() => latin.push(small),
        // An accented letter stands for its base; other scripts stay as they are.
        _ => {
            for base in small.nfkd().filter(|c| c.is_alphanumeric()) {
                if base == small {
                    latin.push(base);
                } else {
                    push_small(latin, base, hard_sign);
                }
            }
        }
    }
}

/// Reads a lone 4 or 6 beside letters as the letters that they look like: `6i6kov4e`.
fn digits_as_letters(latin: &str) -> String {
    let chars: Vec<char> = latin.chars().collect();
    let is_digit = |at: Option<usize>| {
        at.and_then(|at| chars.get(at))
            .is_some_and(char::is_ascii_digit)
    };
    let mut read = String::with_capacity(latin.len() + 4);
    for (at, c) in chars.iter().enumerate() {
        let alone = !is_digit(at.checked_sub(1)) && !is_digit(Some(at + 1));
        match c {
            '4' if alone => read.push_str("ch"),
            '6' if alone => read.push_str("sh"),
            _ => read.push(*c),
        }
    }
    read
}

/// The word cut where letters and digits meet, each piece of letters in its one spelling.
fn pieces(latin: &str) -> Vec<String> {
    let mut pieces: Vec<String> = vec![];
    let mut before: Option<bool> = None;
    for c in latin.chars() {
        let digit = c.is_numeric();
        match pieces.last_mut() {
            Some(piece) if before == Some(digit) => piece.push(c),
            _ => pieces.push(c.to_string()),
        }
        before = Some(digit);
    }
    pieces.iter().map(|piece| one_spelling(piece)).collect()
}

fn one_spelling(piece: &str) -> String {
    match piece {
        _ if piece.chars().all(char::is_numeric) => return piece.to_owned(),
        "ii" => return "2".to_owned(),
        "iii" => return "3".to_owned(),
        _ => {}
    }
    let sounds = piece
        .replace('q', "ia")
        .replace('x', "h")
        .replace('w', "v")
        .replace('y', "i");
    let single = without_doubles(&sounds);
    let joined = single
        .replace("zh", "j")
        .replace("tz", "c")
        .replace("ts", "c");
    without_doubles(&joined)
}

fn without_doubles(text: &str) -> String {
    let mut single = String::with_capacity(text.len());
    for c in text.chars() {
        if !single.ends_with(c) {
            single.push(c);
        }
    }
    single
}
