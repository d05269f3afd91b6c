//! What a question asks about, to tell from an article whether it is about that, and which of its words are.

use lawcite_core::index::Highlighter;
use lawcite_core::liability::names_actor;
use lawcite_core::query::{Interpretation, PlannedConcept, QueryPlan, Sought};
use lawcite_core::text::{Folded, Span};
use lawcite_core::unit::Unit;

use super::search::{Segment, segments};
use super::shared::statute_and_article;

/// What a question asks about.
pub(super) struct Asked<'q> {
    /// All but what only asks.
    concepts: Vec<&'q PlannedConcept>,
    /// The one of them that an article must have to be about the same.
    topic: Option<&'q PlannedConcept>,
    typed: &'q str,
    highlighter: Highlighter,
}

impl<'q> Asked<'q> {
    pub(super) fn new(interpretation: &'q Interpretation, plan: &'q QueryPlan) -> Asked<'q> {
        let concepts: Vec<&PlannedConcept> = plan.concepts.iter().filter(|concept| !concept.only_asks()).collect();
        // 用人单位 stands in every article about 用人单位: who did it is no topic. Of nouns and terms the longest says the most
        // (养老金 in 足额支付养老金), and of equal ones the last, since what is done stands before what it is done to. No article has
        // all that people say in a question: to demand more leaves out more of what answers than of what does not.
        let nouns = concepts.iter().copied().filter(|concept| concept.is_topic() && !names_actor(&concept.from));
        let topic = nouns.max_by_key(|concept| concept.from.chars().count());
        Asked { concepts, topic, typed: &interpretation.free, highlighter: Highlighter::new(interpretation, plan) }
    }

    /// Whether a unit has the topic, in its words or in the titles above it. Where none is known, every unit may.
    pub(super) fn is_topic_of(&self, unit: &Unit) -> bool {
        let titles = unit.path.iter().map(|step| step.label.as_str()).chain(statute_and_article(unit).0);
        let words: Vec<&str> = std::iter::once(unit.passage.text.as_str()).chain(titles).collect();
        self.topic.is_none_or(|topic| is_said(topic, Folded::new(&words.join("\n")).text()))
    }

    /// The letters that are looked for. One alone is taken with its neighbours as typed: 假 says something in 经营假农药.
    pub(super) fn words(&self) -> Vec<&str> {
        let alternatives = self.concepts.iter().flat_map(|concept| &concept.alternatives);
        let sought: Vec<&str> = alternatives
            .filter_map(|alternative| match &alternative.sought {
                Sought::Letters(letters) => Some(letters.as_str()),
                Sought::Number(_) | Sought::Place(_) => None,
            })
            .collect();
        let single = sought.iter().filter(|letters| letters.chars().nth(1).is_none());
        let neighbours: Vec<&str> = single.flat_map(|letter| with_neighbours(self.typed, letter)).collect();
        sought.into_iter().chain(neighbours).collect()
    }

    /// Stretches of a text with marks, from each of them on what parts it from the next.
    pub(super) fn marked(&self, text: &str, stretches: &[Span]) -> Vec<Segment> {
        let all = segments(self.highlighter.segments(text));
        let between = |c: char| c.is_whitespace() || "；;，,。".contains(c);
        let mut marked = Vec::new();
        for (at, stretch) in stretches.iter().enumerate() {
            let range = stretch.range();
            let rest = &text[range.end..];
            let gap = rest.len() - rest.trim_start_matches(between).len();
            let end = if at + 1 == stretches.len() { range.end } else { range.end + gap };
            marked.extend(cut(&all, range.start, end));
        }
        marked
    }
}

/// Every place of a letter in a text, with the letters before and behind it.
fn with_neighbours<'t>(text: &'t str, letter: &str) -> impl Iterator<Item = &'t str> {
    text.match_indices(letter).map(|(at, found)| {
        let end = at + found.len();
        let before = text[..at].chars().next_back().map_or(0, char::len_utf8);
        let behind = text[end..].chars().next().map_or(0, char::len_utf8);
        &text[at - before..end + behind]
    })
}

/// The segments of a text between two of its bytes.
fn cut(segments: &[Segment], start: usize, end: usize) -> Vec<Segment> {
    let mut at = 0;
    let mut cut = Vec::new();
    for Segment { text, marked } in segments {
        let (from, to) = (start.max(at), end.min(at + text.len()));
        if from < to {
            cut.push(Segment { text: text[from - at..to - at].to_owned(), marked: *marked });
        }
        at += text.len();
    }
    cut
}

/// Whether a folded text says it in any of its words. A term may be parted, as is 未取得许可证 in 未取得农药经营许可证: then all its
/// pairs but one are there, and its ends among them. What has lost an end is another: 基本养老保险 is not 基本养老金. Places in the law
/// are no words.
fn is_said(concept: &PlannedConcept, folded: &str) -> bool {
    concept.alternatives.iter().any(|alternative| {
        let Sought::Letters(letters) = &alternative.sought else { return true };
        let has = |pair: &&String| folded.contains(pair.as_str());
        let pairs = &alternative.bigrams;
        let ends = [pairs.first(), pairs.last()];
        let is_parted =
            || pairs.len() > 2 && ends.iter().flatten().all(has) && pairs.iter().filter(has).count() + 1 >= pairs.len();
        folded.contains(letters.as_str()) || is_parted()
    })
}
