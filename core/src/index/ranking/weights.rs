//! Every number that ranking depends on, in one place. `tests/quality/README.md` says what they are worth.

use super::FoundIn;
use crate::query::{Intent, PlannedAlternative, PlannedConcept, QueryPlan, Sought};
use crate::unit::Kind;

/// BM25's saturation of repeated tokens (Robertson and Zaragoza 2009, section 3.4).
pub(in crate::index) const K1: f32 = 1.2;
/// BM25's correction for length. Units are short and say one thing, so long ones are not much worse.
pub(in crate::index) const B: f32 = 0.6;

/// Tokens that stand in a text more often than this count as if they stood so often: saturation has all but levelled off.
pub(in crate::index) const MOST_FREQUENCY: usize = 16;

/// Single tokens: pairs of letters, and single letters of long questions.
pub(in crate::index) const BIGRAMS: f32 = 0.4;
pub(in crate::index) const CHARACTERS: f32 = 0.6;
/// Single letters that more than this share of all units have tell nothing, and would be most of the work.
pub(in crate::index) const MOST_OF_CHARACTER: f32 = 0.1;
/// So many postings of single tokens are read for a query at most, as a share of all units.
pub(in crate::index) const MOST_POSTINGS: f32 = 0.45;
/// Pairs that more than this share of all units have tell one chapter or statute from another as little as nothing.
pub(in crate::index) const MOST_OF_SURROUNDINGS: f32 = 0.05;
/// An article's chapter and its statute as wholes, each by BM25 of its pairs.
pub(in crate::index) const CHAPTER: f32 = 0.25;
pub(in crate::index) const STATUTE: f32 = 0.3;
/// How much the law itself builds on an article's statute: the logarithm of how many articles of others speak of it counts
/// so much. Half of what laymen ask is answered in a few great codes, but whoever asks in a few words asks for those words.
pub(in crate::index) fn authority(demand: f32) -> f32 {
    /// What a question of a sentence or two demands.
    const WHOLE_QUESTION: f32 = 15.0;
    3.5 * (demand / WHOLE_QUESTION).min(1.0)
}
/// The share of its authority that a criminal statute keeps where a question says nothing of crime.
pub(in crate::index) const CRIMINAL_AUTHORITY: f32 = 0.5;
/// Concepts as wholes.
const CONCEPTS: f32 = 1.0;
/// A concept that only the statute's name has, or only the titles above a unit.
const CONCEPT_IN_HEADING: f32 = 0.9;
const CONCEPT_IN_CONTEXT: f32 = 0.5;
/// The least share of a long term's pairs that is still something of it: 劳动、人事争议仲裁 for 劳动仲裁.
const LEAST_PART: f32 = 0.6;
/// How many pairs of a term of so many that is; `None` where that is all of them, or the term is no term any more.
pub(in crate::index) fn least_pairs(pairs: usize) -> Option<usize> {
    /// Longer than this are lines that were pasted.
    const MOST: usize = 32;
    if pairs > MOST {
        return None;
    }
    let pairs = pairs as f32;
    (pairs * (1.0 - LEAST_PART) >= 1.0).then(|| (pairs * LEAST_PART).ceil() as usize)
}
/// Where so many have the term itself, nobody looks for parts of it.
pub(in crate::index) const ENOUGH_WHOLE: usize = 200;
/// What such a part is worth, and how sure it is, beside the whole term.
const PART: f32 = 0.7;
/// A place in the law that was asked for outweighs words.
const PLACE: f32 = 6.0;
/// A unit that only speaks of the place, beside one that is it or cites it as its ground.
pub(in crate::index) const MENTIONED_PLACE: f32 = 0.6;
/// What having a concept that is so telling is worth.
pub(in crate::index) fn concept(concept: &PlannedConcept, idf: f32) -> f32 {
    let is_place = |alternative: &PlannedAlternative| matches!(alternative.sought, Sought::Place(_));
    let place = if concept.alternatives.iter().any(is_place) { PLACE } else { 1.0 };
    CONCEPTS * concept.weight * idf * place
}
/// Words in quotes.
pub(in crate::index) const EXACT: f32 = 1.0;
/// More texts than this are not read to find out where a letter stands: at some 10 µs each it is what a query may cost.
pub(in crate::index) const MOST_TEXTS: usize = 10_000;
/// How much a unit loses that has no evidence for the query; one that has some loses as much less. Of a few words each
/// matters, of a long question no article has all.
pub(in crate::index) fn coverage(concepts: usize) -> f32 {
    match concepts {
        0..=5 => 0.9,
        _ => 0.7,
    }
}

/// The share of the query's weight that a unit must have evidence for, to be an answer.
///
/// A query of a few words must be met by most of it. A question of many words is never met in all of them: only 45 % of
/// a lay question's content words occur in the article that answers it.
pub(in crate::index) fn least_evidence(concepts: usize) -> f32 {
    match concepts {
        0..=2 => 0.4,
        3 => 0.35,
        4..=5 => 0.25,
        6..=8 => 0.1,
        9..=14 => 0.06,
        _ => 0.03,
    }
}

/// Once a unit has the evidence that is asked for, the query is about something that is said here, and units with this share
/// of that evidence answer it too. A question of many words is never met in all of them, and the article that answers
/// it need not be the one that has most of them.
pub(in crate::index) fn following(concepts: usize) -> f32 {
    match concepts {
        0..=2 => 1.0,
        3 => 0.3,
        4..=5 => 0.2,
        _ => 0.1,
    }
}

/// The share of its weight that a translated concept puts on what must be met: a unit may say it in other words than the
/// glossary's. The less so if no unit has any of the glossary's words. A Chinese word, however, that no unit has is what no
/// unit is about.
pub(in crate::index) const REQUIRED_OF_TRANSLATED: f32 = 0.7;
pub(in crate::index) const REQUIRED_OF_TRANSLATED_NOT_FOUND: f32 = 0.25;

/// A query about something that no unit has asks for this much more of the rest: who asks for 专利 where nothing says 专利
/// is not served by what is said of 赔偿.
pub(in crate::index) const UNKNOWN_TOPIC: f32 = 1.4;
/// What no unit has weighs at most as much as a topic that one unit of a thousand has. The more units there are, the likelier it is
/// that they say it in other words (购物广场, 外地), and the more its own idf would ask for.
pub(in crate::index) const MOST_OF_UNKNOWN: f32 = 7.0;
/// A query of more concepts than this is seldom about one thing: it is answered though none has one of its topics.
pub(in crate::index) const MOST_CONCEPTS_OF_ONE_TOPIC: usize = 8;
/// The same as [`UNKNOWN_TOPIC`] for a term in English that the glossary has in several words, none of which any unit has.
pub(in crate::index) const UNKNOWN_TERM: f32 = 1.0;

/// How surely a concept that only the statute's name has, or only the titles above a unit, is the unit's own.
const PRESENCE_IN_HEADING: f32 = 0.9;
const PRESENCE_IN_CONTEXT: f32 = 0.65;

/// What finding a concept in a place is worth beside finding it in the text, and how surely it is then the unit's own.
pub(in crate::index) fn of_place(place: FoundIn) -> (f32, f32) {
    match place {
        FoundIn::Text => (1.0, 1.0),
        FoundIn::Name => (CONCEPT_IN_HEADING, PRESENCE_IN_HEADING),
        FoundIn::Titles => (CONCEPT_IN_CONTEXT, PRESENCE_IN_CONTEXT),
        FoundIn::Part => (PART, PART),
    }
}

/// How likely a unit of this kind is what was asked for.
pub(in crate::index) fn kind_weight(kind: Kind, plan: &QueryPlan) -> f32 {
    let general = match kind {
        Kind::Part | Kind::Boundary | Kind::Cell => 0.8,
        Kind::Other => 0.7,
        Kind::Citation => 0.85,
        Kind::Note => 0.9,
        _ => 1.0,
    };
    let wanted = match (plan.intent, kind) {
        // Who names the statute comes before what else is said under it; the very article is worth more than either.
        (Some(Intent::Citation), Kind::Citation) => 1.6,
        (Some(Intent::Citation), Kind::Article) if plan.place().is_some() => 1.3,
        (Some(Intent::Liability), Kind::Provision) => 1.5,
        // A row says who answers for its item, and a circumstance in which case.
        (Some(Intent::Liability), Kind::Row | Kind::Circumstance) => 1.5,
        (Some(Intent::Contact), Kind::Service) => 2.0,
        (Some(Intent::Responsibility), Kind::Duty | Kind::Supervision) => 1.1,
        _ => 1.0,
    };
    general * wanted
}
