//! Who is named as liable in an article, and what follows, in the article's own words.
//!
//! A liability clause is built like 用人单位不办理社会保险登记的，由社会保险行政部门责令限期改正；逾期不改正的，…: a *subject*, the *conduct*
//! that ends in 的, a *consequence*, and after ； what follows besides. [`liability`] finds the sentence that says what was
//! found, and in it these parts. Everything it returns is a stretch of the text: where the text does not say who or what,
//! neither does it.
//!
//! What is deliberately missing: parts of other articles (违反本法第十条规定 is not followed there), and the authority that
//! decides (由…) as a part of its own: it stands at the head of the consequence.

mod words; // the vocabulary of liability clauses

mod rule; // sentences with their items, and which of them says what was found

mod consequence; // 由…责令改正, 依法给予处分
mod subject; // 用人单位, 社会保险经办机构及其工作人员

use crate::text::Span;

use consequence::Consequence;
use rule::{Pieces, Rule, trimmed};

/// The parts of a liability clause: bytes of the text that was read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Liability {
    /// Who is named as liable: 社会保险经办机构及其工作人员.
    pub subject: Option<Span>,
    /// Whom the consequence falls on, if the clause names them besides: 直接负责的主管人员和其他直接责任人员.
    pub persons: Option<Span>,
    /// What follows: 依法给予处分; 由社会保险行政部门责令限期改正.
    pub consequence: Option<Span>,
    /// What follows besides, in graver or in other cases: 构成犯罪的，依法追究刑事责任. Behind the rest of its sentence stand
    /// the later sentences that have as much of what was found.
    pub further: Vec<Span>,
    /// In which case it follows: 用人单位不办理社会保险登记的, or the items that have what was found, with their numbers. Empty
    /// where the consequence stands alone.
    pub circumstances: Vec<Span>,
}

/// Reads an article whose paragraphs and items stand on lines of their own. `found` are the words that were found in it or
/// that a list quotes of it; without any the first liability clause is read.
///
/// # Example
///
/// ```
/// # use lawcite_core::liability::liability;
/// let text = "国家工作人员在社会保险管理、监督工作中滥用职权、玩忽职守、徇私舞弊的，依法给予处分。";
/// let found = liability(text, &["玩忽职守"]);
/// assert_eq!(found.subject.map(|span| span.slice(text)), Some("国家工作人员"));
/// assert_eq!(found.consequence.map(|span| span.slice(text)), Some("依法给予处分"));
/// ```
pub fn liability(text: &str, found: &[&str]) -> Liability {
    let rules = rule::rules(text);
    if found.iter().all(|words| words.is_empty()) {
        let first = rules.iter().find_map(|rule| Reading::of(text, rule, found));
        return first.map(Reading::liability).unwrap_or_default();
    }
    let Some(at) = rule::best(text, &rules, found) else { return Liability::default() };
    if let Some(mut reading) = Reading::of(text, &rules[at], found) {
        let others = rule::as_good(text, &rules, at, found);
        reading.further.extend(others.into_iter().flat_map(|sentence| with_consequence(text, sentence)));
        return reading.liability();
    }
    // 有前款行为的，…: what follows stands in the next sentence.
    let next = rules.get(at + 1).filter(|next| words::refers_back(next.head.slice(text)));
    let Some(mut reading) = next.and_then(|next| Reading::of(text, next, found)) else { return Liability::default() };
    reading.subject = reading.subject.or_else(|| subject::in_pieces(text, &Pieces::of(text, rules[at].head)));
    let items = rule::best_items(text, &rules[at], Some(rules[at].head), found);
    reading.circumstances = if items.is_empty() { vec![rules[at].head] } else { items };
    reading.liability()
}

/// The parts of a sentence in which something follows, each with its case.
fn with_consequence(text: &str, sentence: Span) -> impl Iterator<Item = Span> {
    let segments = rule::segments(text, sentence).into_iter();
    segments.filter(move |&segment| consequence::find(text, &Pieces::of(text, segment)).is_some())
}

/// Whether words name one who acts: 用人单位, 经营者.
pub fn names_actor(words: &str) -> bool {
    words::ends_with_actor(words)
}

/// Reads the words of a list's clause, as far as they say it: a circumstance may name its subject, and seldom more.
pub fn liability_of_clause(clause: &str) -> Liability {
    let whole = Span::new(0, clause.len());
    match Reading::of(clause, &Rule { head: whole, items: Vec::new() }, &[]) {
        Some(reading) => reading.liability(),
        None => Liability { subject: subject::in_pieces(clause, &Pieces::of(clause, whole)), ..Liability::default() },
    }
}

/// A sentence in which something follows.
struct Reading {
    subject: Option<Span>,
    /// Named by the item that was found.
    subject_of_item: Option<Span>,
    consequence: Consequence,
    further: Vec<Span>,
    circumstances: Vec<Span>,
}

impl Reading {
    fn of(text: &str, rule: &Rule, found: &[&str]) -> Option<Reading> {
        let item = rule::best_item(text, rule, found);
        // 按照下列规定处罚：（一）未登记的，处…罚款: an item may say itself what follows.
        if let Some(own) = item.and_then(|item| Reading::of_sentence(text, item, None)) {
            let whole = Reading::of_sentence(text, rule.head, item);
            return Some(Reading { subject: own.subject.or(whole.and_then(|whole| whole.subject)), ..own });
        }
        // What stands in an item has the consequence of the whole; what stands in the sentence has that of its part.
        let segment = rule::best_span(text, &rule::segments(text, rule.head), found);
        let mut reading = Reading::of_sentence_from(text, rule.head, if item.is_some() { 0 } else { segment }, item)?;
        let items = rule::best_items(text, rule, reading.circumstances.first().copied(), found);
        if !items.is_empty() {
            reading.circumstances = items;
        }
        Some(reading)
    }

    fn of_sentence(text: &str, sentence: Span, item: Option<Span>) -> Option<Reading> {
        Reading::of_sentence_from(text, sentence, 0, item)
    }

    /// Reads from the segment `from` on, and if nothing follows there, from the ones before.
    fn of_sentence_from(text: &str, sentence: Span, from: usize, item: Option<Span>) -> Option<Reading> {
        let segments = rule::segments(text, sentence);
        let read: Vec<(Pieces, Option<Consequence>)> = segments
            .iter()
            .map(|&segment| {
                let pieces = Pieces::of(text, segment);
                let consequence = consequence::find(text, &pieces);
                (pieces, consequence)
            })
            .collect();
        let has = |at: &usize| read[*at].1.is_some();
        let at = (from..read.len()).find(has).or_else(|| (0..from).rev().find(has))?;
        let conduct = |at: usize| {
            let (pieces, consequence) = &read[at];
            subject::in_pieces(text, &pieces.before(consequence.map(|found| found.piece)))
        };
        let after = segments[at + 1..].iter().zip(&read[at + 1..]);
        let consequence = read[at].1?;
        let begins = segments[from.min(at)].start as usize;
        let case = trimmed(text, Span::new(begins, read[at].0.get(consequence.piece).start as usize));
        Some(Reading {
            subject: conduct(at).or_else(|| (0..at).find_map(conduct)),
            subject_of_item: item.and_then(|item| subject::of_item(text, item)),
            consequence,
            circumstances: (!case.is_empty()).then_some(case).into_iter().collect(),
            further: after.filter(|(_, (_, consequence))| consequence.is_some()).map(|(&segment, _)| segment).collect(),
        })
    }

    fn liability(self) -> Liability {
        let Consequence { persons, span, .. } = self.consequence;
        let named = self.subject.or(self.subject_of_item);
        Liability {
            subject: named.or(persons),
            // Whoever is named nowhere else is the subject.
            persons: persons.filter(|_| named.is_some()),
            consequence: Some(span),
            further: self.further,
            circumstances: self.circumstances,
        }
    }
}

#[cfg(test)]
mod tests;
