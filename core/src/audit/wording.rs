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
        let sentences = text.rendered_by(&quote);
        let hull = sentences.first().map_or(0, |first| first.start)..sentences.last().map_or(0, |last| last.end);
        let segments = quote.difference(&text.select(&sentences));
        Wording { is_same: false, segments, rendered: text.span(hull) }
    }
}

/// What became of `before` in `after`, by character; as a whole where they have little in common.
pub fn difference(before: &str, after: &str) -> Vec<Segment> {
    let (old, new) = (Letters::new(before), Letters::new(after));
    if old.is_other(&new) {
        let whole = |kind, words| segments(kind, words).into_iter().filter(|segment| !segment.text.is_empty());
        return whole(SegmentKind::Removed, before).chain(whole(SegmentKind::Added, after)).collect();
    }
    old.difference(&new)
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
    /// What is printed for each letter: itself, the punctuation behind it and an opening bracket before it.
    pieces: Vec<Span>,
    /// What stands before each letter and, at the end, after the last.
    breaks: Vec<Break>,
}

impl<'t> Letters<'t> {
    fn new(text: &'t str) -> Letters<'t> {
        let mut compared = compared_letters(text);
        compared.truncate(MOST_LETTERS);
        let mut breaks = Vec::with_capacity(compared.len() + 1);
        let mut pieces: Vec<Span> = Vec::with_capacity(compared.len());
        let mut at = 0;
        for ComparedLetter { span, .. } in &compared {
            let start = (span.start as usize).max(at);
            breaks.push(if at == 0 { Break::Sentence } else { Break::of(&text[at..start]) });
            let cut = if at == 0 { 0 } else { at + behind(&text[at..start]) };
            if let Some(last) = pieces.last_mut() {
                *last = Span::new(last.start as usize, cut);
            }
            at = span.end as usize;
            pieces.push(Span::new(cut, at));
        }
        // A full stop ends a sentence; without one the last words of a quotation may go on in the law.
        breaks.push(Break::of(&text[at..]));
        if let Some(last) = pieces.last_mut() {
            *last = Span::new(last.start as usize, at + behind(&text[at..]));
        }
        Letters { text, letters: compared.iter().map(|compared| compared.letter).collect(), pieces, breaks }
    }

    /// The same text without some of its letters.
    fn select(&self, parts: &[Range<usize>]) -> Letters<'t> {
        let mut selected = Letters { text: self.text, letters: Vec::new(), pieces: Vec::new(), breaks: Vec::new() };
        for part in parts {
            selected.letters.extend(&self.letters[part.clone()]);
            selected.pieces.extend(&self.pieces[part.clone()]);
            selected.breaks.extend(&self.breaks[part.clone()]);
        }
        selected.breaks.push(Break::Sentence);
        selected
    }

    /// The bytes from the first to the last of some of its letters.
    fn span(&self, letters: Range<usize>) -> Span {
        match self.pieces.get(letters) {
            Some([first, .., last]) => Span::new(first.start as usize, last.end as usize),
            Some([only]) => *only,
            _ => Span::default(),
        }
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

    /// The sentences that a quotation renders, if not word by word; all of them if it renders none.
    fn rendered_by(&self, quote: &Letters<'_>) -> Vec<Range<usize>> {
        let quoted = letter_pairs(&quote.letters);
        let is_rendered = |sentence: &Range<usize>| {
            let own = letter_pairs(&self.letters[sentence.clone()]);
            let shared = own.intersection(&quoted).count();
            !own.is_empty() && shared as f64 >= SHARED * own.len() as f64
        };
        let mut sentences = self.sentences();
        if sentences.iter().any(is_rendered) {
            sentences.retain(is_rendered);
        }
        sentences
    }

    /// Whether another text is about something else: letters that both have by chance would be marked as the same.
    fn is_other(&self, other: &Letters<'_>) -> bool {
        const IN_COMMON: f64 = 0.3;
        let (own, theirs) = (letter_pairs(&self.letters), letter_pairs(&other.letters));
        let shared = own.intersection(&theirs).count() as f64;
        2.0 * shared < IN_COMMON * (own.len() + theirs.len()) as f64
    }

    /// What became of it in `other`.
    fn difference(&self, other: &Letters<'_>) -> Vec<Segment> {
        // What both have is shown as it is printed here. Punctuation may be all that keeps letters apart, though: 第7条 and 第7、8条
        // share the 7, which without its comma would stand before the 8 as 78. Then what is the same must be printed alike.
        let found = self.segments(other, false);
        let reads = |of: &Letters<'_>, left_out: SegmentKind| {
            let words = found.iter().filter(|segment| segment.kind != left_out).map(|segment| segment.text.as_str());
            let text: String = words.collect();
            compared_letters(&text).iter().map(|compared| compared.letter).eq(of.letters.iter().copied())
        };
        if reads(self, SegmentKind::Added) && reads(other, SegmentKind::Removed) {
            found
        } else {
            self.segments(other, true)
        }
    }

    /// The same, where letters that both have are shown as such only if they are printed `alike`.
    fn segments(&self, other: &Letters<'_>, alike: bool) -> Vec<Segment> {
        let mut found: Vec<Segment> = Vec::new();
        let mut add = |kind, text: String| match found.last_mut() {
            _ if text.is_empty() => {}
            Some(last) if last.kind == kind => last.text.push_str(&text),
            _ => found.push(Segment { kind, text }),
        };
        for op in capture_diff_slices(Algorithm::Myers, &self.letters, &other.letters) {
            let (own, theirs) = (op.old_range(), op.new_range());
            if !matches!(op, DiffOp::Equal { .. }) {
                add(SegmentKind::Removed, self.words(own));
                add(SegmentKind::Added, other.words(theirs));
            } else if !alike {
                add(SegmentKind::Same, self.words(own));
            } else {
                let pairs: Vec<(String, String)> =
                    own.zip(theirs).map(|(a, b)| (self.words(a..a + 1), other.words(b..b + 1))).collect();
                for run in pairs.chunk_by(|a, b| (a.0 == a.1) == (b.0 == b.1)) {
                    let (own, theirs): (Vec<&str>, Vec<&str>) =
                        run.iter().map(|(a, b)| (a.as_str(), b.as_str())).unzip();
                    if run[0].0 == run[0].1 {
                        add(SegmentKind::Same, own.concat());
                    } else {
                        add(SegmentKind::Removed, own.concat());
                        add(SegmentKind::Added, theirs.concat());
                    }
                }
            }
        }
        found
    }

    /// The words of some letters, without blanks.
    fn words(&self, letters: Range<usize>) -> String {
        self.pieces[letters].iter().flat_map(|piece| without_blanks(piece.slice(self.text))).collect()
    }
}

/// How much of the punctuation between two letters belongs to the first: all but an opening bracket and what follows it.
fn behind(between: &str) -> usize {
    between.find(['（', '(', '《', '〈', '“', '‘', '【', '〔', '「']).unwrap_or(between.len())
}

fn without_blanks(words: &str) -> impl Iterator<Item = char> + '_ {
    words.chars().filter(|&c| CharClass::of(c) != CharClass::Blank)
}

fn letter_pairs(letters: &[char]) -> HashSet<(char, char)> {
    letters.windows(2).map(|pair| (pair[0], pair[1])).collect()
}

fn segments(kind: SegmentKind, words: &str) -> Vec<Segment> {
    vec![Segment { kind, text: without_blanks(words).collect() }]
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const LAW: &str = "有下列行为之一的，责令改正，处五千元罚款：\n（一）未登记的；\n（二）未报告的；\n（三）拒绝检查的。\n情节严重的，吊销许可证。";

    fn marked(segments: &[Segment]) -> String {
        let mark = |segment: &Segment| match segment.kind {
            SegmentKind::Same => segment.text.clone(),
            SegmentKind::Removed => format!("[-{}-]", segment.text),
            SegmentKind::Added => format!("{{+{}+}}", segment.text),
        };
        segments.iter().map(mark).collect()
    }

    #[test]
    fn sentences_are_the_laws_or_what_differs_is_marked() {
        for (name, quoted, is_same, expected) in [
            ("all of it", LAW, true, None),
            (
                "lines broken by hand, other digits",
                "有下列行为之一的， 责令\n改正，处5000元罚款：(一)未登记的",
                true,
                None,
            ),
            ("items left out", "有下列行为之一的，责令改正，处五千元罚款：（三）拒绝检查的。", true, None),
            ("from a clause on", "责令改正，处五千元罚款：", true, None),
            ("up to a clause, which may go on", "有下列行为之一的，责令改正", true, None),
            (
                "a sentence that ends too soon",
                "有下列行为之一的，责令改正。",
                false,
                Some("有下列行为之一的，责令改正。{+处五千元罚款：+}"),
            ),
            (
                "another fine, items left out",
                "有下列行为之一的，责令改正，处三千元罚款：（三）拒绝检查的。",
                false,
                Some("有下列行为之一的，责令改正，处[-三千-]{+五千+}元罚款：（三）拒绝检查的。"),
            ),
            ("another word", "情节严重的，收回许可证。", false, Some("情节严重的，[-收回-]{+吊销+}许可证。")),
        ] {
            let found = Wording::compare(quoted, LAW);
            assert_eq!(found.is_same, is_same, "{name}");
            if let Some(expected) = expected {
                assert_eq!(marked(&found.segments), expected, "{name}");
            }
        }
    }

    #[test]
    fn the_laws_words_are_whole_sentences() {
        let found = Wording::compare("吊销许可证。", LAW);
        assert_eq!(found.rendered.slice(LAW), "情节严重的，吊销许可证。");
    }

    #[test]
    fn numbers_side_by_side_stay_two() {
        assert_eq!(marked(&difference("依照第7条处理。", "依照第7、8条处理。")), "依照第[-7-]{+7、8+}条处理。");
        assert_eq!(marked(&difference("之乙分之百", "百分之，百")), "[-之乙-]{+百+}分[-之-]{+之，+}百");
        assert_eq!(marked(&difference("丙分7百乙之百乙百", "7。0之百乙百")), "[-丙分7-]{+7。+}[-百乙-]{+0+}之百乙百");
    }

    #[test]
    fn texts_about_something_else_are_not_marked_letter_by_letter() {
        assert_eq!(marked(&difference("受理申请。", "报送年度报告。")), "[-受理申请。-]{+报送年度报告。+}");
        assert_eq!(marked(&difference("", "报送年度报告。")), "{+报送年度报告。+}");
        assert_eq!(marked(&difference("", "")), "");
    }

    proptest! {
        #[test]
        fn segments_give_both_texts(before in "[甲乙（）丙，。0-9百分之 \n]{0,30}", after in "[甲乙（）丙，。0-9百分之 \n]{0,30}") {
            let segments = difference(&before, &after);
            let letters = |text: &str| compared_letters(text).iter().map(|one| one.letter).collect::<String>();
            let text = |other: SegmentKind| -> String {
                segments.iter().filter(|segment| segment.kind != other).map(|segment| segment.text.as_str()).collect()
            };
            prop_assert_eq!(letters(&text(SegmentKind::Added)), letters(&before));
            prop_assert_eq!(letters(&text(SegmentKind::Removed)), letters(&after));
        }

        #[test]
        fn no_text_is_too_odd(quoted in "\\PC{0,60}", law in "\\PC{0,120}") {
            Wording::compare(&quoted, &law);
        }
    }
}
