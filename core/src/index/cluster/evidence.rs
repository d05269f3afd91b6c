//! Who answers: the rule of evidence in the cluster's own query language.
//!
//! It is made of posting lists alone, without scripts that look at single tokens, and scores are what the embedded engine reckons. The
//! cluster counts the clauses of a query; where there would be too many the same is said with functions, whose filters it counts
//! each by itself.

use serde_json::{Value, json};

use super::admission::Admission;
use super::asked::{Asked, CountedConcept, at_least, of_letters, parts_of, place_token, whole_in};
use super::clauses::{any_of, best_of, leaves, term, worth};
use super::schema::TextField;
use crate::index::ranking::{FoundIn, weights};
use crate::query::Sought;

/// So many clauses are taken for this, where others are to stand beside it.
const MOST_OF_EVIDENCE: usize = 500;

/// A concept's units in one place, beside those that have it in a better one.
pub(super) struct Level {
    pub(super) query: Value,
    pub(super) evidence: f32,
}

impl Asked<'_> {
    /// Who answers, scored by evidence; at least `least` of it, above zero.
    pub(super) fn by_evidence(&self, admission: &Admission, least: f32) -> Value {
        let signals: Vec<Value> = self.concepts.iter().map(evidence).collect();
        let query = self.admitted(admission, &signals);
        if leaves(&query) <= MOST_OF_EVIDENCE {
            return if least > 0.0 { at_least_worth(&query, least) } else { query };
        }
        let signals: Vec<Value> = self.concepts.iter().map(evidence_by_functions).collect();
        let query = self.admitted(admission, &signals);
        // Who has some of the letters may yet have no evidence.
        let nothing = if self.plan.exact.is_empty() { f32::MIN_POSITIVE } else { 0.0 };
        at_least_worth(&query, least.max(nothing))
    }

    /// Who is admitted and has any of `signals`; where something must be there, also who has none.
    fn admitted(&self, admission: &Admission, signals: &[Value]) -> Value {
        let (mut required, excluded) = self.required();
        let least = usize::from(required.is_empty());
        required.extend(admission.seen.clone());
        json!({ "bool": { "should": signals, "minimum_should_match": least, "filter": required, "must_not": excluded } })
    }
}

/// Who is worth so much by a query.
fn at_least_worth(query: &Value, least: f32) -> Value {
    json!({ "function_score": { "query": query, "min_score": least } })
}

/// Who has a concept, scored by what evidence that is.
fn evidence(concept: &CountedConcept<'_>) -> Value {
    let mut found: Vec<Value> = levels(concept).into_iter().map(|level| worth(&level.query, level.evidence)).collect();
    found.extend(parts(concept));
    best_of(found)
}

/// The same of few clauses: who has some of its letters, of which functions tell how much evidence that is.
fn evidence_by_functions(concept: &CountedConcept<'_>) -> Value {
    let mut functions = vec![json!({ "weight": 0 })];
    for level in levels(concept) {
        functions.push(json!({ "filter": level.query, "weight": level.evidence }));
    }
    each_part(concept, |pairs, least, before| {
        let (_, sure) = weights::of_place(FoundIn::Part);
        for has in least..=pairs.len() {
            let weight = concept.evidence * sure * has as f32 / pairs.len() as f32;
            let filter = json!({ "bool": { "filter": at_least(pairs, has), "must_not": before } });
            functions.push(json!({ "filter": filter, "weight": weight }));
        }
    });
    // A concept that stands twice in a question is put together by Lucene as one with twice the boost, which "replace" would drop.
    let who = worth(&any_of(some_letters(concept)), 1.0);
    json!({ "function_score": {
        "query": who, "functions": functions, "score_mode": "max", "boost_mode": "multiply",
    } })
}

/// Who may have a concept, in whole or in part: whoever has one of its tokens.
fn some_letters(counted: &CountedConcept<'_>) -> Vec<Value> {
    let mut found = Vec::new();
    for alternative in &counted.concept.alternatives {
        match &alternative.sought {
            Sought::Place(place) => {
                found.extend(place_token(place).map(|(field, token)| json!({ "term": { field: token } })));
            }
            Sought::Number(number) => found.push(term(TextField::Words, number)),
            Sought::Letters(letters) if alternative.bigrams.is_empty() => {
                found.push(term(TextField::Characters, letters));
            }
            Sought::Letters(_) => {}
        }
    }
    let firsts: Vec<&String> = of_letters(counted.concept).filter_map(|it| it.bigrams.first()).collect();
    let all: Vec<&String> = of_letters(counted.concept).flat_map(|it| &it.bigrams).collect();
    if !firsts.is_empty() {
        let in_text = if counted.counts_parts { &all } else { &firsts };
        for (field, pairs) in
            [(TextField::Bigrams, in_text), (TextField::Heading, &firsts), (TextField::Context, &firsts)]
        {
            found.push(json!({ "terms": { field.name(): pairs } }));
        }
    }
    found
}

/// Where a concept is found as a whole, best first, and what evidence it is to have it there.
pub(super) fn levels(counted: &CountedConcept<'_>) -> Vec<Level> {
    let level = |place| {
        let found = whole_in(counted.concept, place);
        let (_, sure) = weights::of_place(place);
        (!found.is_empty()).then(|| Level { query: any_of(found), evidence: counted.evidence * sure })
    };
    [FoundIn::Text, FoundIn::Name, FoundIn::Titles].into_iter().filter_map(level).collect()
}

/// Who has a part of a concept in the text and does not have it in the titles, scored by what evidence that is.
fn parts(counted: &CountedConcept<'_>) -> Vec<Value> {
    let (_, sure) = weights::of_place(FoundIn::Part);
    let mut found = Vec::new();
    each_part(counted, |pairs, least, before| {
        found.push(json!({ "bool": {
            "must": [share_of(pairs, least, counted.evidence * sure)], "must_not": before,
        } }));
    });
    found
}

/// Calls `each` with the pairs of which parts count, how many a unit needs, and who has something that comes before it: what the titles
/// say, even where a part is worth more, and parts of words that stand before this one.
fn each_part(counted: &CountedConcept<'_>, mut each: impl FnMut(&[String], usize, &[Value])) {
    if !counted.counts_parts {
        return;
    }
    let mut before = whole_in(counted.concept, FoundIn::Titles);
    for (pairs, least) in of_letters(counted.concept).filter_map(parts_of) {
        each(pairs, least, &before);
        before.push(at_least(pairs, least));
    }
}

/// Who has at least so many of the pairs in the text, worth the share that they have.
pub(super) fn share_of(pairs: &[String], least: usize, whole: f32) -> Value {
    let each = whole / pairs.len() as f32;
    let terms: Vec<Value> = pairs.iter().map(|pair| worth(&term(TextField::Bigrams, pair), each)).collect();
    json!({ "bool": { "should": terms, "minimum_should_match": least } })
}
