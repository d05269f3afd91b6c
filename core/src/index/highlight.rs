//! Marks what was found, in the words as printed.
//!
//! Whole clauses are shown, never a window of characters. The longest match wins, marks that touch are one, and where a
//! unit has more clauses than fit, those are chosen that together show the most of what was asked.

use std::ops::Range;

use crate::analyzer::numbers;
use crate::citation::PartPath;
use crate::query::{CitedPlace, Interpretation, Phrase, QueryPlan, Sought};
use crate::statute::find_part;
use crate::text::{Folded, Span};
use crate::unit::{Detail, Unit};

/// A stretch of printed text, marked or not. The segments of a clause join to the clause.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Segment {
    /// As printed.
    pub text: String,
    /// Whether it is what was looked for.
    pub marked: bool,
}

/// One clause of a unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clause {
    /// The unit it is by itself: a circumstance of its provision.
    pub unit: Option<String>,
    /// Its words.
    pub segments: Vec<Segment>,
}

/// A unit of at most this many characters is shown whole.
const SHOWN_WHOLE: usize = 90;
/// How many clauses of a longer one are shown at most.
const MOST_CLAUSES: usize = 3;

/// A particle between two words is at most this long, in bytes: two Han characters.
const LONGEST_PARTICLE: usize = 6;

/// What a query marks. [`search`](super::Index::search) marks its hits with it; pages mark what surrounds a hit.
#[derive(Debug, Default)]
pub struct Highlighter {
    /// Folded letters with the number of the concept they belong to.
    words: Vec<(String, usize)>,
    numbers: Vec<(String, usize)>,
    phrases: Vec<(Phrase, usize)>,
    /// Places inside articles.
    parts: Vec<CitedPlace>,
    /// What was typed outside quotes, folded: a particle between two words is marked where the three stand so.
    typed: String,
}

/// A match in a folded text.
#[derive(Clone, Debug)]
struct Match {
    range: Range<usize>,
    concept: usize,
}

impl Highlighter {
    /// Marks what `plan` looks for, which was made of `interpretation`.
    pub fn new(interpretation: &Interpretation, plan: &QueryPlan) -> Highlighter {
        let typed = Folded::new(&interpretation.free).text().to_owned();
        let mut highlighter = Highlighter { typed, ..Highlighter::default() };
        let many = interpretation.concepts.len() > 1;
        for (concept, planned) in plan.concepts.iter().enumerate() {
            for alternative in &planned.alternatives {
                match &alternative.sought {
                    // A single letter among other words would be marked all over the page.
                    Sought::Letters(letters) if many && letters.chars().nth(1).is_none() => {}
                    Sought::Letters(letters) => highlighter.words.push((letters.clone(), concept)),
                    Sought::Number(number) => highlighter.numbers.push((number.clone(), concept)),
                    Sought::Place(place) => {
                        highlighter
                            .parts
                            .extend(place.path.filter(|path| *path != path.whole_article()).map(|_| place.clone()));
                        let name = place.statute.iter().map(|name| (Folded::new(name).text().to_owned(), concept));
                        highlighter.words.extend(name);
                        let article = place
                            .article
                            .as_deref()
                            .map(|article| format!("第{}条", article.split('-').next().unwrap_or(article)));
                        let suffix = place.article.as_deref().and_then(|article| article.split_once('-'));
                        let token = article
                            .map(|token| suffix.map_or(token.clone(), |(_, suffix)| format!("{token}之{suffix}")));
                        highlighter.numbers.extend(token.map(|token| (token, concept)));
                    }
                }
            }
        }
        for (at, phrase) in plan.exact.iter().enumerate() {
            highlighter.phrases.push((phrase.clone(), plan.concepts.len() + at));
        }
        highlighter
    }

    /// Printed words cut at the marks.
    pub fn segments(&self, text: &str) -> Vec<Segment> {
        let folded = Folded::new(text);
        let matches = self.find(&folded);
        segments(text, &folded, &matches, Span::new(0, text.len()))
    }

    /// The heading and the clauses of a unit, marked.
    pub(super) fn mark(&self, unit: &Unit) -> (Vec<Segment>, Vec<Clause>) {
        let heading = heading(unit);
        let folded = Folded::new(&heading);
        let marks = self.find(&folded);
        let heading = segments(&heading, &folded, &marks, Span::new(0, heading.len()));
        (heading, self.clauses(unit))
    }

    /// The paragraph or item of an article that was asked for.
    fn cited_part(&self, unit: &Unit) -> Option<Span> {
        let Detail::Article { statute, path, .. } = &unit.detail else { return None };
        let asked = self.parts.iter().filter(|place| place.statute.as_ref().is_none_or(|name| name == statute));
        let mut paths = asked.filter_map(|place| place.path);
        let asked = paths.find(|asked| asked.whole_article() == path.whole_article())?;
        find_part(&unit.passage.text, PartPath::of(asked))
    }

    fn clauses(&self, unit: &Unit) -> Vec<Clause> {
        let text = &unit.passage.text;
        if let Some(part) = self.cited_part(unit) {
            // All of it is what was looked for.
            return vec![Clause {
                unit: None,
                segments: vec![Segment { text: part.slice(text).to_owned(), marked: true }],
            }];
        }
        let folded = Folded::new(text);
        let matches = self.find(&folded);
        let spans: Vec<(Span, Option<String>)> = match &unit.detail {
            Detail::Provision { circumstances, .. } if !circumstances.is_empty() => {
                let id = |at: usize| format!("{}/circumstance/{}", unit.id, at + 1);
                circumstances.iter().enumerate().map(|(at, &span)| (span, Some(id(at)))).collect()
            }
            _ if folded.char_count() <= SHOWN_WHOLE => vec![(Span::new(0, text.len()), None)],
            _ => clause_spans(text).into_iter().map(|span| (span, None)).collect(),
        };
        let originals: Vec<(Span, usize)> =
            matches.iter().map(|found| (folded.original(found.range.start, found.range.end), found.concept)).collect();
        let chosen = choose(&spans, &originals, folded.char_count() <= SHOWN_WHOLE);
        chosen
            .into_iter()
            .map(|at| {
                let (span, unit) = &spans[at];
                Clause { unit: unit.clone(), segments: segments(text, &folded, &matches, *span) }
            })
            .collect()
    }

    /// All matches in a folded text, in order, not overlapping: the longest wins, then the first.
    fn find(&self, folded: &Folded) -> Vec<Match> {
        let text = folded.text();
        let mut found = Vec::new();
        for (letters, concept) in self.words.iter().filter(|(letters, _)| !letters.is_empty()) {
            found.extend(
                text.match_indices(letters.as_str())
                    .map(|(at, _)| Match { range: at..at + letters.len(), concept: *concept }),
            );
        }
        if !self.numbers.is_empty() {
            for number in numbers(folded) {
                let wanted = self.numbers.iter().find(|(token, _)| *token == number.token);
                found.extend(wanted.map(|&(_, concept)| Match { range: number.start..number.end, concept }));
            }
        }
        for (phrase, concept) in &self.phrases {
            found.extend(phrase.find_in(folded).into_iter().map(|range| Match { range, concept: *concept }));
        }
        found.sort_by(|a, b| b.range.len().cmp(&a.range.len()).then(a.range.start.cmp(&b.range.start)));
        let mut kept: Vec<Match> = Vec::new();
        for candidate in found {
            if kept
                .iter()
                .all(|kept| candidate.range.end <= kept.range.start || kept.range.end <= candidate.range.start)
            {
                kept.push(candidate);
            }
        }
        kept.sort_by_key(|kept| kept.range.start);
        for at in 1..kept.len() {
            let both = kept[at - 1].range.start..kept[at].range.end;
            let gap = kept[at].range.start - kept[at - 1].range.end;
            if gap > 0 && gap <= LONGEST_PARTICLE && self.typed.contains(&text[both]) {
                kept[at - 1].range.end = kept[at].range.start;
            }
        }
        kept
    }
}

/// What stands above a unit's clauses: the statute and article, or the nearest title.
fn heading(unit: &Unit) -> String {
    match &unit.detail {
        Detail::Provision { statute, label, .. } => format!("《{statute}》{}", label.slice(&unit.passage.text)),
        Detail::Article { statute, path, .. } => format!("{statute}{path}"),
        Detail::StatuteParagraph { statute, .. } => statute.clone(),
        Detail::Row { name, .. } => name.slice(&unit.passage.text).replace('\n', " "),
        Detail::Cell { .. } => {
            let labels: Vec<&str> = unit.path.iter().map(|ancestor| ancestor.label.as_str()).collect();
            labels.join(" › ")
        }
        _ => unit.path.last().map(|ancestor| ancestor.label.clone()).unwrap_or_default(),
    }
}

/// The clauses of a text: they end with 。；！？ or a line break, which belong to them.
fn clause_spans(text: &str) -> Vec<Span> {
    let mut spans = Vec::new();
    let mut start = 0;
    for (at, c) in text.char_indices() {
        if matches!(c, '。' | '；' | ';' | '！' | '？' | '!' | '?' | '\n') {
            let end = at + c.len_utf8();
            if !text[start..end].trim().is_empty() {
                spans.push(Span::new(start, end));
            }
            start = end;
        }
    }
    if !text[start..].trim().is_empty() || spans.is_empty() {
        spans.push(Span::new(start, text.len()));
    }
    spans
}

/// Which clauses to show, in order: all of them if they fit, else those that show the most concepts not shown yet.
fn choose(spans: &[(Span, Option<String>)], matches: &[(Span, usize)], fits: bool) -> Vec<usize> {
    if fits && spans.len() <= MOST_CLAUSES {
        return (0..spans.len()).collect();
    }
    let concepts_in = |span: Span| -> Vec<usize> {
        matches
            .iter()
            .filter(|(found, _)| found.start < span.end && span.start < found.end)
            .map(|&(_, concept)| concept)
            .collect()
    };
    let mut shown = std::collections::HashSet::new();
    let mut chosen: Vec<usize> = Vec::new();
    while chosen.len() < MOST_CLAUSES {
        let gain = |at: &usize| {
            let concepts = concepts_in(spans[*at].0);
            let fresh = concepts
                .iter()
                .filter(|concept| !shown.contains(*concept))
                .collect::<std::collections::HashSet<_>>()
                .len();
            (fresh, concepts.len())
        };
        let rest = (0..spans.len()).filter(|at| !chosen.contains(at));
        // The first of equals: max_by_key would take the last.
        let Some(best) = rest.max_by_key(|at| (gain(at), std::cmp::Reverse(*at))) else { break };
        if gain(&best).1 == 0 {
            break;
        }
        shown.extend(concepts_in(spans[best].0));
        chosen.push(best);
    }
    if chosen.is_empty() {
        chosen.push(0);
    }
    chosen.sort_unstable();
    chosen
}

/// `span` of `text` cut at the marks. Marks that touch are one.
fn segments(text: &str, folded: &Folded, matches: &[Match], span: Span) -> Vec<Segment> {
    let mut marks: Vec<Range<usize>> = Vec::new();
    let mut folded_end = None;
    for found in matches {
        let original = folded.original(found.range.start, found.range.end).range();
        match marks.last_mut() {
            Some(last) if folded_end == Some(found.range.start) => last.end = original.end,
            _ => marks.push(original),
        }
        folded_end = Some(found.range.end);
    }
    let Range { start: mut at, end } = span.range();
    let mut segments = Vec::new();
    let mut push = |range: Range<usize>, marked: bool| {
        if !range.is_empty() {
            segments.push(Segment { text: text[range].to_owned(), marked });
        }
    };
    for mark in marks {
        let (start, stop) = (mark.start.max(at), mark.end.min(end));
        if start < stop {
            push(at..start, false);
            push(start..stop, true);
            at = stop;
        }
    }
    push(at..end, false);
    segments
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn highlighter(words: &[&str]) -> Highlighter {
        Highlighter {
            words: words.iter().enumerate().map(|(concept, word)| ((*word).to_owned(), concept)).collect(),
            ..Highlighter::default()
        }
    }

    fn shown(highlighter: &Highlighter, text: &str) -> String {
        let segments = highlighter.segments(text).into_iter();
        segments.map(|segment| if segment.marked { format!("[{}]", segment.text) } else { segment.text }).collect()
    }

    #[test]
    fn marks_are_as_long_as_they_can_be() {
        const CASES: &[(&str, &[&str], &str, &str)] = &[
            // (what the row shows, words, text, marked)
            ("the longest match wins", &["社会", "社会保险"], "交社会保险费", "交[社会保险]费"),
            ("marks that touch are one", &["泄露", "信息"], "泄露信息的", "[泄露信息]的"),
            ("marks that touch over a blank are one", &["工时", "工作"], "工时 工作制", "[工时 工作]制"),
            ("script and width are as printed", &["社会", "1"], "社會（１）", "[社會]（[１]）"),
            ("nothing found, nothing marked", &["合同"], "泄露", "泄露"),
        ];
        for (name, words, text, expected) in CASES {
            assert_eq!(shown(&highlighter(words), text), *expected, "{name}");
        }
    }

    #[test]
    fn the_clauses_that_show_the_most_are_chosen() {
        let text = "未按规定核定的；泄露信息的；收取费用，泄露信息的；其他行为。";
        let spans: Vec<_> = clause_spans(text).into_iter().map(|span| (span, None)).collect();
        let folded = Folded::new(text);
        let matches: Vec<_> = highlighter(&["泄露", "收取"])
            .find(&folded)
            .iter()
            .map(|found| (folded.original(found.range.start, found.range.end), found.concept))
            .collect();
        assert_eq!(choose(&spans, &matches, false), [1, 2]);
        assert_eq!(choose(&spans, &[], false), [0]);
    }

    proptest! {
        #[test]
        fn segments_join_to_the_text(text in "\\PC{0,40}|[社会保险費 （）a1。；]{0,40}", words in proptest::collection::vec("[社会保险费a1]{1,3}", 0..4)) {
            let words: Vec<&str> = words.iter().map(String::as_str).collect();
            let folded = Folded::new(&text);
            let highlighter = highlighter(&words);
            let marks = highlighter.find(&folded);
            let joined: String = clause_spans(&text)
                .into_iter()
                .flat_map(|span| segments(&text, &folded, &marks, span))
                .map(|segment| segment.text)
                .collect();
            let blank = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
            prop_assert_eq!(blank(&joined), blank(&text));
        }
    }
}
