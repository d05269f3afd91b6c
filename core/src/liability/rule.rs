//! The sentences of an article with their items, and which of them says what was found.

use std::collections::HashSet;

use super::words;
use crate::statute::{paragraphs, scan_item};
use crate::text::{CharClass, Span, fold_char};

/// A sentence. The items below it belong to the last sentence of their paragraph.
#[derive(Clone, Debug)]
pub(super) struct Rule {
    /// Without the 。 or ： at its end.
    pub(super) head: Span,
    /// Without their numbers.
    pub(super) items: Vec<Span>,
}

impl Rule {
    /// How many of the pairs stand in it, its items included.
    fn common(&self, text: &str, wanted: &HashSet<(char, char)>) -> usize {
        let own = std::iter::once(self.head).chain(self.items.iter().copied());
        common(wanted, own.map(|span| span.slice(text)))
    }
}

/// The parts of a sentence between ；.
pub(super) fn segments(text: &str, sentence: Span) -> Vec<Span> {
    split(text, sentence, &['；', ';'])
}

/// All sentences of an article.
pub(super) fn rules(text: &str) -> Vec<Rule> {
    let mut rules: Vec<Rule> = Vec::new();
    for paragraph in paragraphs(text) {
        let end = paragraph.items.first().map_or(paragraph.span.end, |item| item.span.start);
        let head = Span { start: paragraph.span.start, end };
        rules.extend(split(text, head, &['。', '\n']).into_iter().map(|head| Rule { head, items: Vec::new() }));
        if let Some(last) = rules.last_mut() {
            last.items.extend(paragraph.items.iter().map(|item| {
                let mark = scan_item(item.span.slice(text)).map_or(0, |(_, length)| length);
                trimmed(text, Span::new(item.span.start as usize + mark, item.span.end as usize))
            }));
        }
    }
    rules
}

/// Stretches between separators, without blanks and stops around them; empty ones left out.
fn split(text: &str, span: Span, separators: &[char]) -> Vec<Span> {
    let mut start = span.start as usize;
    let mut spans = Vec::new();
    for part in span.slice(text).split_inclusive(separators) {
        let part_span = trimmed(text, Span::new(start, start + part.len()));
        spans.extend((!part_span.is_empty()).then_some(part_span));
        start += part.len();
    }
    spans
}

/// Without blanks and stops around it.
pub(super) fn trimmed(text: &str, span: Span) -> Span {
    let is_around = |c: char| CharClass::of(c) == CharClass::Blank || "，,；;：:。、".contains(c);
    let words = span.slice(text);
    let start = span.start as usize + (words.len() - words.trim_start_matches(is_around).len());
    Span::new(start, start + words.trim_matches(is_around).len())
}

/// The parts of a segment between commas.
#[derive(Clone, Debug)]
pub(super) struct Pieces(Vec<Span>);

impl Pieces {
    pub(super) fn of(text: &str, segment: Span) -> Pieces {
        Pieces(split(text, segment, &['，', ',']))
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = Span> + '_ {
        self.0.iter().copied()
    }

    pub(super) fn get(&self, at: usize) -> Span {
        self.0[at]
    }

    /// All to the end of the segment, from the piece `at` on.
    pub(super) fn from(&self, at: usize) -> Span {
        Span { start: self.0[at].start, end: self.0[self.0.len() - 1].end }
    }

    /// Those before the piece `end`.
    pub(super) fn before(&self, end: Option<usize>) -> Pieces {
        Pieces(self.0[..end.unwrap_or(self.0.len())].to_vec())
    }
}

/// The sentence that has most of what was found; of equal ones, and where nothing was found, the first with a consequence.
pub(super) fn best(text: &str, rules: &[Rule], found: &[&str]) -> Option<usize> {
    let wanted = pairs(found);
    let score = |at: &usize| (rules[*at].common(text, &wanted), words::has_sanction(rules[*at].head.slice(text)));
    // Of equal maxima the last is taken, hence the order.
    (0..rules.len()).rev().max_by_key(score)
}

/// The sentences behind the best one that have by themselves as much of what was found.
pub(super) fn as_good(text: &str, rules: &[Rule], best: usize, found: &[&str]) -> Vec<Span> {
    let wanted = pairs(found);
    let most = rules[best].common(text, &wanted);
    let heads = rules[best + 1..].iter().map(|rule| rule.head);
    heads.filter(|head| most > 0 && common(&wanted, std::iter::once(head.slice(text))) >= most).collect()
}

/// The item that has what was found, if one has more of it than the sentence itself.
pub(super) fn best_item(text: &str, rule: &Rule, found: &[&str]) -> Option<Span> {
    let wanted = pairs(found);
    let of = |span: Span| common(&wanted, std::iter::once(span.slice(text)));
    let item = rule.items.iter().copied().rev().max_by_key(|&item| of(item))?;
    (of(item) > of(rule.head)).then_some(item)
}

/// The items that have most of what was found and `conduct`, the words of the sentence itself, has not, with their numbers:
/// what is announced as 下列情形之一 is said in them.
pub(super) fn best_items(text: &str, rule: &Rule, conduct: Option<Span>, found: &[&str]) -> Vec<Span> {
    let mut wanted = pairs(found);
    for pair in conduct.into_iter().flat_map(|conduct| pairs_of(conduct.slice(text))) {
        wanted.remove(&pair);
    }
    let of = |span: Span| common(&wanted, std::iter::once(span.slice(text)));
    let most = rule.items.iter().map(|&item| of(item)).max().unwrap_or(0);
    let best = rule.items.iter().filter(|&&item| most > 0 && of(item) == most);
    best.map(|&item| with_number(text, item)).collect()
}

/// An item from the beginning of its line on, where its number stands.
fn with_number(text: &str, item: Span) -> Span {
    let line = text[..item.start as usize].rfind('\n').map_or(0, |end| end + 1);
    trimmed(text, Span::new(line, item.end as usize))
}

/// The span that has most of what was found; of equal ones the first.
pub(super) fn best_span(text: &str, spans: &[Span], found: &[&str]) -> usize {
    let wanted = pairs(found);
    let of = |at: &usize| common(&wanted, std::iter::once(spans[*at].slice(text)));
    (0..spans.len()).rev().max_by_key(of).unwrap_or(0)
}

/// Pairs of neighbouring letters.
fn pairs(texts: &[&str]) -> HashSet<(char, char)> {
    texts.iter().flat_map(|text| pairs_of(text)).collect()
}

fn pairs_of(text: &str) -> Vec<(char, char)> {
    let letters: Vec<char> = text.chars().filter(|&c| CharClass::of(c) == CharClass::Letter).map(fold_char).collect();
    letters.windows(2).map(|pair| (pair[0], pair[1])).collect()
}

/// How many of the pairs stand in one of `texts`.
fn common<'t>(wanted: &HashSet<(char, char)>, texts: impl Iterator<Item = &'t str>) -> usize {
    if wanted.is_empty() {
        return 0;
    }
    let there: HashSet<(char, char)> = texts.flat_map(pairs_of).filter(|pair| wanted.contains(pair)).collect();
    there.len()
}
