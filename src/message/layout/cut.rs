//! Where a long text may be cut, best place first: block, line, sentence, word, grapheme.

use std::ops::Range;

use unicode_normalization::char::is_combining_mark;
use unicode_segmentation::{GraphemeCursor, UnicodeSegmentation};

type Measure = fn(&str) -> usize;

/// UTF-8 bytes that a character takes at most; no network counts a character as less than one.
const BYTES_PER_UNIT: usize = 4;

/// How good a place is for a cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    Word,
    Sentence,
    Line,
    Block,
}

/// White space between two words, where a line may break.
struct Gap {
    range: Range<usize>,
    rank: Rank,
}

/// A text that is taken off from the front, piece by piece.
pub(super) struct Cutter<'a> {
    text: &'a str,
    measure: Measure,
    gaps: Vec<Gap>,
    /// Where the next piece starts, and the first gap behind that.
    at: usize,
    gap: usize,
}

/// Space that may be lost at a cut; no-break spaces may not.
pub(super) fn blank(char: char) -> bool {
    char.is_whitespace() && !matches!(char, '\u{a0}' | '\u{2007}' | '\u{202f}')
}

/// The text without the space around it, where that fits into one piece.
pub(super) fn whole_text(text: &str, limit: usize, measure: Measure) -> Option<Range<usize>> {
    let text = text.trim_end_matches(blank);
    let from = text.len() - text.trim_start_matches(blank).len();
    let fits = (text.len() - from) / BYTES_PER_UNIT <= limit && measure(&text[from..]) <= limit;
    fits.then_some(from..text.len())
}

impl<'a> Cutter<'a> {
    /// A cutter at the beginning of `text`.
    pub fn new(text: &'a str, measure: Measure) -> Self {
        let text = text.trim_end_matches(blank);
        Self {
            text,
            measure,
            gaps: gaps(text),
            at: text.len() - text.trim_start_matches(blank).len(),
            gap: 0,
        }
    }

    /// Whether everything was taken.
    pub fn is_done(&self) -> bool {
        self.at >= self.text.len()
    }

    /// Takes the next piece of at most `limit`. It is empty when the next word does not fit here
    /// but fits into `whole`, the limit of a piece to come. A piece is over its limit only when
    /// the limit does not even hold one character.
    pub fn take(&mut self, limit: usize, whole: usize) -> Range<usize> {
        while self
            .gaps
            .get(self.gap)
            .is_some_and(|gap| gap.range.start <= self.at)
        {
            self.gap += 1;
        }
        let end = if self.fits(self.text.len(), limit) {
            self.text.len()
        } else {
            self.between_words(limit)
                .unwrap_or_else(|| self.within_word(limit, whole))
        };
        let piece = self.at..end;
        self.at = match self.gaps[self.gap..].binary_search_by_key(&end, |gap| gap.range.start) {
            Ok(gap) => self.gaps[self.gap + gap].range.end,
            Err(_) => end,
        };
        piece
    }

    fn fits(&self, end: usize, limit: usize) -> bool {
        (end - self.at) / BYTES_PER_UNIT <= limit
            && (self.measure)(&self.text[self.at..end]) <= limit
    }

    /// The best end between words: a better place wins as long as it leaves the piece a quarter
    /// full, else a short first paragraph would travel alone.
    fn between_words(&self, limit: usize) -> Option<usize> {
        let mut budget = limit;
        loop {
            let places = self.places(budget);
            let good = [Rank::Block, Rank::Line, Rank::Sentence]
                .iter()
                .find_map(|least| {
                    places
                        .iter()
                        .rev()
                        .find(|place| place.rank >= *least && place.used >= limit / 4)
                });
            let end = good.or(places.last())?.end;
            let size = (self.measure)(&self.text[self.at..end]);
            if size <= limit {
                return Some(end);
            }
            // The words measured one by one came out shorter than they are together.
            budget = budget.saturating_sub(size - limit);
        }
    }

    /// The ends of words that `budget` reaches.
    fn places(&self, budget: usize) -> Vec<Place> {
        let nothing = (self.measure)("");
        let mut places = vec![];
        let (mut from, mut used) = (self.at, nothing);
        let last = Gap {
            range: self.text.len()..self.text.len(),
            rank: Rank::Block,
        };
        for gap in self.gaps[self.gap..].iter().chain([&last]) {
            let piece = &self.text[from..gap.range.start];
            if piece.len() / BYTES_PER_UNIT > budget {
                break;
            }
            used += (self.measure)(piece).saturating_sub(nothing);
            if used > budget {
                break;
            }
            from = gap.range.start;
            places.push(Place {
                end: from,
                used,
                rank: gap.rank,
            });
        }
        places
    }

    /// An end within the next word, which is longer than `limit`; where we stand when a piece to
    /// come can hold what comes next whole. First between the word's parts (a dash, a comma,
    /// ideographs), links kept whole; then between graphemes; then, for a grapheme that somebody
    /// piled up until no message could hold it, between characters.
    fn within_word(&self, limit: usize, whole: usize) -> usize {
        let gap = self.gaps.get(self.gap);
        let word_end = gap.map_or(self.text.len(), |gap| gap.range.start);
        if limit < whole && self.fits(word_end, whole) {
            return self.at;
        }
        let reach = whole
            .max(limit)
            .saturating_add(1)
            .saturating_mul(BYTES_PER_UNIT);
        let far = self.text.floor_char_boundary(self.at.saturating_add(reach));
        let word = &self.text[self.at..far.min(word_end)];
        let links = links(word, whole, self.measure);
        let parts = || word_parts(word, &links);
        let graphemes = || ends(word.grapheme_indices(true)).filter(|end| !is_within(&links, *end));
        let chars = || word.char_indices().map(|(at, char)| at + char.len_utf8());
        self.inside(word, parts, limit, whole)
            .or_else(|| self.inside(word, graphemes, limit, whole))
            .or_else(|| self.inside(word, chars, limit, whole))
            .unwrap_or(self.at + chars().next().unwrap_or(0))
    }

    /// The last of `ends` within `limit`; where we stand when only `whole` holds the first.
    fn inside<I: Iterator<Item = usize>>(
        &self,
        word: &str,
        ends: impl Fn() -> I,
        limit: usize,
        whole: usize,
    ) -> Option<usize> {
        if let Some(end) = longest(word, &ends, limit, self.measure, "") {
            return Some(self.at + end);
        }
        let first = ends().next()?;
        (limit < whole && self.fits(self.at + first, whole)).then_some(self.at)
    }
}
/// A place for a cut: where, how much stands before it, how good it is.
struct Place {
    end: usize,
    used: usize,
    rank: Rank,
}

fn ends<'a>(pieces: impl Iterator<Item = (usize, &'a str)>) -> impl Iterator<Item = usize> {
    pieces.map(|(at, piece)| at + piece.len())
}

/// The last of `ends` (rising) up to which `text`, followed by `tail`, is at most `limit`; `None` when even the first is too far.
pub(super) fn longest<I: Iterator<Item = usize>>(
    text: &str,
    ends: impl Fn() -> I,
    limit: usize,
    measure: Measure,
    tail: &str,
) -> Option<usize> {
    let nothing = measure("");
    let mut budget = limit;
    loop {
        let (mut from, mut used) = (0, measure(tail));
        let mut best = None;
        for end in ends() {
            let piece = &text[from..end];
            if piece.len() / BYTES_PER_UNIT > budget {
                break;
            }
            used += measure(piece).saturating_sub(nothing);
            if used > budget {
                break;
            }
            from = end;
            best = Some(end);
        }
        let size = measure(&format!("{}{tail}", &text[..best?]));
        if size <= limit {
            return best;
        }
        budget = budget.saturating_sub(size - limit);
    }
}

/// The gaps between words, rising. A space that belongs to a grapheme, such as one that a combining
/// mark sits on, is no gap.
fn gaps(text: &str) -> Vec<Gap> {
    let mut gaps = vec![];
    let mut from = 0;
    while let Some(found) = text[from..].find(blank) {
        let (mut start, word) = (from + found, from);
        let space = &text[start..];
        let length = space.find(|char| !blank(char)).unwrap_or(space.len());
        let mut end = start + length;
        from = end;
        if !is_boundary(text, start) {
            start += space.chars().next().map_or(0, char::len_utf8);
        }
        if !is_boundary(text, end) {
            end -= space[..length]
                .chars()
                .next_back()
                .map_or(0, char::len_utf8);
        }
        if start < end {
            let rank = rank(&text[word..start], &text[start..end], &text[end..]);
            gaps.push(Gap {
                range: start..end,
                rank,
            });
        }
    }
    gaps
}

fn is_boundary(text: &str, at: usize) -> bool {
    GraphemeCursor::new(at, text.len(), true)
        .is_boundary(text, 0)
        .unwrap_or(true)
}

/// How good a gap is, from the word before it, itself and what follows.
fn rank(word: &str, gap: &str, next: &str) -> Rank {
    let closing = |char: char| matches!(char, '"' | '“' | '”' | '»' | '\'' | '’' | ')' | ']');
    match gap.matches('\n').count() {
        0 => {
            let ends = word
                .trim_end_matches(closing)
                .ends_with(['.', '!', '?', '…']);
            // A small letter follows an abbreviation, not a full stop.
            let begins = !next.starts_with(char::is_lowercase);
            if ends && begins {
                Rank::Sentence
            } else {
                Rank::Word
            }
        }
        1 => Rank::Line,
        _ => Rank::Block,
    }
}

/// The links of a word that a whole part can hold, rising and apart.
fn links(word: &str, whole: usize, measure: Measure) -> Vec<Range<usize>> {
    let mut links: Vec<Range<usize>> = vec![];
    for (start, _) in word.match_indices("http") {
        let link = &word[start..];
        let is_link = link.starts_with("http://") || link.starts_with("https://");
        if !is_link || links.last().is_some_and(|last| start < last.end) {
            continue;
        }
        let inside = |char: char| {
            char.is_alphanumeric()
                || is_combining_mark(char)
                || "-._~:/?#[]@!$&'()*+,;=%".contains(char)
        };
        let end = start + link.find(|char| !inside(char)).unwrap_or(link.len());
        links.push(start..end);
    }
    links.retain(|link| measure(&word[link.clone()]) <= whole);
    links
}

/// The ends of a word's parts (UAX #29) that cut no grapheme and none of `links`.
fn word_parts(word: &str, links: &[Range<usize>]) -> impl Iterator<Item = usize> {
    let mut graphemes = ends(word.grapheme_indices(true)).peekable();
    ends(word.split_word_bound_indices()).filter(move |end| {
        while graphemes.next_if(|grapheme| grapheme < end).is_some() {}
        graphemes.peek() == Some(end) && !is_within(links, *end)
    })
}

/// Whether a cut at `end` would go through one of `links`, which rise and are apart.
fn is_within(links: &[Range<usize>], end: usize) -> bool {
    let link = links.partition_point(|link| link.end <= end);
    links.get(link).is_some_and(|link| link.start < end)
}
