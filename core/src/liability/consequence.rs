//! What follows: where the consequence begins in a segment, and on whom it falls.

use super::rule::{Pieces, trimmed};
use super::words;
use crate::text::Span;

/// What follows in a segment, to its end.
#[derive(Clone, Copy, Debug)]
pub(super) struct Consequence {
    /// The piece that it begins with.
    pub(super) piece: usize,
    /// 对…: the persons between 对 and what they get, without 对.
    pub(super) persons: Option<Span>,
    /// Its words, without those.
    pub(super) span: Span,
}

/// The consequence of a segment, `None` where nothing follows.
pub(super) fn find(text: &str, pieces: &Pieces) -> Option<Consequence> {
    let is_conduct = |piece: Span| piece.slice(text).ends_with('的');
    let follows = |at: usize| {
        let words = pieces.get(at).slice(text);
        if is_conduct(pieces.get(at)) || words::refers_to_conduct(words) {
            return false;
        }
        let behind_conduct = at > 0 && is_conduct(pieces.get(at - 1));
        let begins = words::begins_consequence(words);
        // Behind …的 it may begin with anything, as with who imposes it: 公安机关可以处…罚款.
        let says = words::has_sanction(words) && (begins || behind_conduct);
        // 对直接负责的主管人员，由其所在单位给予处分: the next piece says it.
        let next = (at + 1 < pieces.len()).then(|| pieces.get(at + 1)).filter(|&next| !is_conduct(next));
        says || begins && next.is_some_and(|next| words::has_sanction(next.slice(text)))
    };
    let at = (0..pieces.len()).find(|&at| follows(at))?;
    let (persons, span) = without_persons(text, pieces.from(at));
    Some(Consequence { piece: at, persons, span })
}

/// Cuts 对直接负责的主管人员和其他直接责任人员 off the head of a consequence.
fn without_persons(text: &str, span: Span) -> (Option<Span>, Span) {
    let Some(rest) = span.slice(text).strip_prefix('对') else { return (None, span) };
    let Some(end) = words::measure_begins(rest) else { return (None, span) };
    let start = span.start as usize + '对'.len_utf8();
    let persons = trimmed(text, Span::new(start, start + end));
    if !words::ends_with_actor(persons.slice(text)) {
        return (None, span);
    }
    (Some(persons), trimmed(text, Span::new(start + end, span.end as usize)))
}
