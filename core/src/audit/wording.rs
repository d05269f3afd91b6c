//! Quoted words beside the law's, letter by letter.

use std::collections::HashSet;
use std::ops::Range;

use serde::{Deserialize, Serialize};
use similar::{Algorithm, DiffOp, capture_diff_slices};

use crate::citation::resolve::{ComparedLetter, compared_letters};
use crate::text::{CharClass, Span};

/// Longer texts are compared by so many letters of their beginnings. The longest article has some 3,000.
const MOST_LETTERS: usize = 8_000;
/// A sentence of the law belongs to what is quoted if the quotation has this share of its pairs of letters: the same sentence
/// before and after an amendment shares more, two sentences about different things less.
const SHARED: f64 = 0.5;

/// How quoted words compare with the law's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Wording {
    /// Whether each sentence quoted stands in the law as it is quoted, in the law's order. Sentences may be left out: who
    /// quotes chooses. Width, script, punctuation and the spelling of numbers make no difference.
    pub(super) is_same: bool,
    /// The quotation and what the law has in its place.
    pub(super) segments: Vec<Segment>,
    /// The sentences of the law that the quotation renders: bytes of its text.
    pub(super) rendered: Span,
}

/// A stretch of a comparison.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Segment {
    /// Where it stands.
    pub kind: SegmentKind,
    /// Its words, without blanks.
    pub text: String,
}

/// Where a stretch of a comparison stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SegmentKind {
    /// In both.
    Same,
    /// In the earlier text or the quotation only.
    Removed,
    /// In the later text or the law only.
    Added,
}

impl SegmentKind {
    /// The name that the API uses.
    pub fn name(self) -> &'static str {
        match self {
            SegmentKind::Same => "same",
            SegmentKind::Removed => "removed",
            SegmentKind::Added => "added",
        }
    }
}

impl Wording {
    /// Compares what is quoted with a text of the law.
    pub(super) fn compare(quoted: &str, law: &str) -> Wording {
        let (quote, text) = (Letters::new(quoted), Letters::new(law));
        if let Some(found) = text.find_sentences(&quote) {
            let rendered = text.span(text.whole_sentences(found));
            return Wording { is_same: true, segments: segments(SegmentKind::Same, quoted), rendered };
        }
        let window = text.rendered_by(&quote);
        let rendered = text.span(window.clone());
        let segments = quote.difference(0..quote.letters.len(), &text, window);
        Wording { is_same: false, segments, rendered }
    }
}

/// What became of `before` in `after`, by character; as a whole where they have little in common.
pub fn difference(before: &str, after: &str) -> Vec<Segment> {
    let (old, new) = (Letters::new(before), Letters::new(after));
    if old.is_other(&new) {
        let whole = |kind, words| segments(kind, words).into_iter().filter(|segment| !segment.text.is_empty());
        return whole(SegmentKind::Removed, before).chain(whole(SegmentKind::Added, after)).collect();
    }
    old.difference(0..old.letters.len(), &new, 0..new.letters.len())
}

/// What parts two letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Break {
    None,
    Clause,
    Sentence,
}

impl Break {
    fn of(between: &str) -> Break {
        let one = |c| match c {
            '。' | '；' | ';' | '：' | ':' | '！' | '？' | '…' | '.' => Break::Sentence,
            // A line that ends in mid-sentence ends none: narrow columns are filled by hand.
            _ if CharClass::of(c) == CharClass::Punctuation => Break::Clause,
            _ => Break::None,
        };
        between.chars().map(one).max().unwrap_or(Break::None)
    }
}

/// The letters of a text, and what parts them.
struct Letters<'t> {
    text: &'t str,
    letters: Vec<char>,
    spans: Vec<Span>,
    /// What stands before each letter and, at the end, after the last.
    breaks: Vec<Break>,
}

impl<'t> Letters<'t> {
    fn new(text: &'t str) -> Letters<'t> {
        let mut compared = compared_letters(text);
        compared.truncate(MOST_LETTERS);
        let mut breaks = Vec::with_capacity(compared.len() + 1);
        let mut at = 0;
        for ComparedLetter { span, .. } in &compared {
            let start = (span.start as usize).max(at);
            breaks.push(if at == 0 { Break::Sentence } else { Break::of(&text[at..start]) });
            at = span.end as usize;
        }
        breaks.push(Break::Sentence);
        // A full stop ends a sentence; without one the last words of a quotation may go on in the law.
        if let Some(last) = breaks.last_mut() {
            *last = Break::of(&text[at..]);
        }
        Letters {
            text,
            letters: compared.iter().map(|compared| compared.letter).collect(),
            spans: compared.iter().map(|compared| compared.span).collect(),
            breaks,
        }
    }

    /// The bytes of some of its letters.
    fn span(&self, letters: Range<usize>) -> Span {
        match self.spans.get(letters.clone()) {
            Some([first, .., last]) => Span::new(first.start as usize, self.end_of(last.end as usize)),
            Some([only]) => Span::new(only.start as usize, self.end_of(only.end as usize)),
            _ => Span::default(),
        }
    }

    /// Where the punctuation behind a letter ends.
    fn end_of(&self, at: usize) -> usize {
        let closing = |c: char| CharClass::of(c) == CharClass::Punctuation && !"（(《〈“【".contains(c);
        at + self.text[at..].chars().take_while(|&c| closing(c)).map(char::len_utf8).sum::<usize>()
    }

    /// Its sentences as ranges of letters.
    fn sentences(&self) -> Vec<Range<usize>> {
        let mut sentences = Vec::new();
        let mut start = 0;
        for at in 1..=self.letters.len() {
            if at == self.letters.len() || self.breaks[at] == Break::Sentence {
                sentences.push(start..at);
                start = at;
            }
        }
        sentences
    }

    /// Where it has all sentences of a quotation, each whole and as quoted, in their order. The first may begin and the last
    /// may end with a clause of a sentence.
    fn find_sentences(&self, quote: &Letters<'_>) -> Option<Range<usize>> {
        let sentences = quote.sentences();
        let (mut first, mut at) = (None, 0);
        for (number, sentence) in sentences.iter().enumerate() {
            let words = &quote.letters[sentence.clone()];
            let begins = if number == 0 { Break::Clause } else { Break::Sentence };
            let goes_on = number + 1 == sentences.len() && quote.breaks[quote.letters.len()] < Break::Sentence;
            let ends = if goes_on { Break::Clause } else { Break::Sentence };
            let is_end = |end: usize| end == self.letters.len() || self.breaks[end] >= ends;
            let last = self.letters.len().checked_sub(words.len())?;
            let found = (at..=last).find(|&start| {
                self.letters[start..].starts_with(words)
                    && (start == 0 || self.breaks[start] >= begins)
                    && is_end(start + words.len())
            })?;
            first = first.or(Some(found));
            at = found + words.len();
        }
        first.map(|first| first..at)
    }

    fn whole_sentences(&self, letters: Range<usize>) -> Range<usize> {
        let sentences = self.sentences();
        let start = sentences.iter().rfind(|sentence| sentence.start <= letters.start).map_or(0, |one| one.start);
        let end = sentences.iter().find(|sentence| sentence.end >= letters.end).map_or(letters.end, |one| one.end);
        start..end
    }

    /// The sentences, and those between them, that a quotation renders, if not word by word; all of it if it renders none.
    fn rendered_by(&self, quote: &Letters<'_>) -> Range<usize> {
        let quoted = letter_pairs(&quote.letters);
        let is_rendered = |sentence: &&Range<usize>| {
            let own = letter_pairs(&self.letters[(*sentence).clone()]);
            let shared = own.intersection(&quoted).count();
            !own.is_empty() && shared as f64 >= SHARED * own.len() as f64
        };
        let sentences = self.sentences();
        let mut rendered = sentences.iter().filter(is_rendered);
        match (rendered.next(), rendered.next_back()) {
            (Some(first), Some(last)) => first.start..last.end,
            (Some(only), None) => only.clone(),
            _ => 0..self.letters.len(),
        }
    }

    /// Whether another text is about something else: letters that both have by chance would be marked as the same.
    fn is_other(&self, other: &Letters<'_>) -> bool {
        const IN_COMMON: f64 = 0.3;
        let (own, theirs) = (letter_pairs(&self.letters), letter_pairs(&other.letters));
        let shared = own.intersection(&theirs).count() as f64;
        2.0 * shared < IN_COMMON * (own.len() + theirs.len()) as f64
    }

    fn difference(&self, own: Range<usize>, other: &Letters<'_>, theirs: Range<usize>) -> Vec<Segment> {
        let mut found = Vec::new();
        let mut add = |kind: SegmentKind, words: &str| {
            let text: String = words.chars().filter(|&c| CharClass::of(c) != CharClass::Blank).collect();
            if !text.is_empty() {
                found.push(Segment { kind, text });
            }
        };
        let (before, after) = (&self.letters[own.clone()], &other.letters[theirs.clone()]);
        for op in capture_diff_slices(Algorithm::Myers, before, after) {
            let removed = |at: usize, length: usize| self.words(own.start + at..own.start + at + length);
            let added = |at: usize, length: usize| other.words(theirs.start + at..theirs.start + at + length);
            match op {
                DiffOp::Equal { old_index, len, .. } => add(SegmentKind::Same, removed(old_index, len)),
                DiffOp::Delete { old_index, old_len, .. } => add(SegmentKind::Removed, removed(old_index, old_len)),
                DiffOp::Insert { new_index, new_len, .. } => add(SegmentKind::Added, added(new_index, new_len)),
                DiffOp::Replace { old_index, old_len, new_index, new_len } => {
                    add(SegmentKind::Removed, removed(old_index, old_len));
                    add(SegmentKind::Added, added(new_index, new_len));
                }
            }
        }
        found
    }

    /// The words of some letters, with the punctuation behind each.
    fn words(&self, letters: Range<usize>) -> &'t str {
        let Some(first) = self.spans.get(letters.start).filter(|_| !letters.is_empty()) else { return "" };
        let start = if letters.start == 0 { 0 } else { first.start as usize };
        let end = self.spans.get(letters.end).map_or(self.text.len(), |next| next.start as usize);
        &self.text[start..end]
    }
}

fn letter_pairs(letters: &[char]) -> HashSet<(char, char)> {
    letters.windows(2).map(|pair| (pair[0], pair[1])).collect()
}

fn segments(kind: SegmentKind, words: &str) -> Vec<Segment> {
    let text: String = words.chars().filter(|&c| CharClass::of(c) != CharClass::Blank).collect();
    vec![Segment { kind, text }]
}
