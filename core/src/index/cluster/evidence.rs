//! A plan in the cluster's own query language: which units answer, and what they may be worth at most.
//!
//! Both are made of posting lists alone, without scripts that look at single tokens. Evidence is what the embedded engine reckons.
//! Scores are that or a little more: where all pairs of a term must be there, their saturation is taken on average and not
//! that of the rarest. So whoever is not among the first by these scores is not among the first, and of those who are the score is
//! reckoned [exactly](super::exact).

use serde_json::{Value, json};

use super::admission::Admission;
use super::asked::{Asked, CountedConcept, at_least, field_of, in_text, of_letters, parts_of, whole_in};
use super::clauses::{MOST_LEAVES, MOST_PAIRS, any_of, best_of, leaves, term, worth, worth_term};
use super::schema::TextField;
use crate::index::ranking::{FoundIn, Saturation, phrase_value, weights};
use crate::query::{PlannedAlternative, Sought};
use crate::unit::Kind;

/// A concept's units in one place, beside those that have it in a better one.
struct Level {
    query: Value,
    evidence: f32,
}

impl Asked<'_> {
    /// Who answers, scored by evidence; at least `least` of it, above zero.
    pub(super) fn by_evidence(&self, admission: &Admission, least: f32) -> Value {
        let evidence = self.concepts.iter().map(|concept| {
            let mut found: Vec<Value> =
                levels(concept).into_iter().map(|level| worth(&level.query, level.evidence)).collect();
            found.extend(parts(concept));
            best_of(found)
        });
        let evidence: Vec<Value> = evidence.collect();
        let query = self.admitted(admission, &evidence);
        if least > 0.0 { json!({ "function_score": { "query": query, "min_score": least } }) } else { query }
    }

    /// Who is admitted and has any of `signals`; where something must be there, also who has none.
    fn admitted(&self, admission: &Admission, signals: &[Value]) -> Value {
        let (mut required, excluded) = self.required();
        let least = usize::from(required.is_empty());
        required.extend(admission.seen.clone());
        json!({ "bool": { "should": signals, "minimum_should_match": least, "filter": required, "must_not": excluded } })
    }

    /// The same units, scored by what their words are worth at most, their kind and how much of the demand they meet.
    pub(super) fn by_words(&self, answering: Value, filters: Vec<Value>) -> Value {
        let mut signals: Vec<Value> = self.concepts.iter().map(words).collect();
        for ranked in &self.grams {
            signals.push(worth_term(field_of(ranked.gram.field), &ranked.gram.token, ranked.factor));
        }
        let leaves = leaves(&answering) + signals.iter().map(leaves).sum::<usize>();
        let mut query = json!({ "filter": filters });
        if leaves <= MOST_LEAVES {
            query["filter"].as_array_mut().expect("filters").push(answering);
        } else {
            // Too many words to look at each once more: by the evidence for them none is worth more than this.
            let most = self.concepts.iter().map(|concept| concept.value / concept.evidence).fold(0.0, f32::max);
            let place =
                FoundIn::ALL.map(weights::of_place).map(|(worth, sure)| worth / sure).into_iter().fold(0.0, f32::max);
            query["must"] = json!({ "bool": { "must": answering, "boost": most * place * Saturation::MOST } });
            let letters: f32 = self.grams.iter().map(|ranked| ranked.factor).sum();
            signals = vec![worth(&json!({ "match_all": {} }), letters * Saturation::MOST)];
        }
        for &(_, having) in &self.phrases {
            signals.push(worth(&json!({ "match_all": {} }), phrase_value(having, self.units, u32::MAX)));
        }
        query["should"] = signals.into();
        self.weighted_by_kind(&self.weighted_by_coverage(json!({ "bool": query })))
    }

    fn weighted_by_coverage(&self, query: Value) -> Value {
        let whole = self.demand.whole();
        if whole <= 0.0 {
            return query;
        }
        let rest = self.demand.coverage(0.0);
        let mut functions = vec![json!({ "weight": rest })];
        for concept in &self.concepts {
            // Who has it in the text counts once; who has it in two other places may count twice, which is no less than it should.
            let mut text: Option<Value> = None;
            let mut add = |query: Value, evidence: f32| {
                let filter = json!({ "bool": { "filter": [&query], "must_not": text.iter().collect::<Vec<_>>() } });
                functions.push(json!({ "filter": filter, "weight": (1.0 - rest) * evidence / whole }));
                text.get_or_insert(query);
            };
            for level in levels(concept) {
                add(level.query, level.evidence);
            }
            let (_, sure) = weights::of_place(FoundIn::Part);
            let in_part = of_letters(concept.concept).filter(|_| concept.counts_parts).filter_map(parts_of);
            let in_part: Vec<Value> = in_part.map(|(pairs, least)| at_least(pairs, least)).collect();
            if !in_part.is_empty() {
                add(any_of(in_part), concept.evidence * sure);
            }
        }
        json!({ "function_score": {
            "query": query, "functions": functions, "score_mode": "sum", "boost_mode": "multiply", "max_boost": 1.0,
        } })
    }

    fn weighted_by_kind(&self, query: &Value) -> Value {
        let functions: Vec<Value> = (0..)
            .zip(Kind::ALL)
            .map(|(number, kind): (u32, Kind)| (number, weights::kind_weight(kind, self.plan)))
            .filter(|&(_, weight)| weight != 1.0)
            .map(|(number, weight)| json!({ "filter": { "term": { "kind": number } }, "weight": weight }))
            .collect();
        json!({ "function_score": {
            "query": query, "functions": functions, "score_mode": "first", "boost_mode": "multiply",
        } })
    }
}

/// Where a concept is found as a whole, best first, and what evidence it is to have it there.
fn levels(counted: &CountedConcept<'_>) -> Vec<Level> {
    let level = |place| {
        let found = whole_in(counted.concept, place);
        let (_, sure) = weights::of_place(place);
        (!found.is_empty()).then(|| Level { query: any_of(found), evidence: counted.evidence * sure })
    };
    [FoundIn::Text, FoundIn::Name, FoundIn::Titles].into_iter().filter_map(level).collect()
}

/// Who has a part of a concept in the text and does not have it in the titles, scored by what evidence that is. What the titles say
/// comes before a part, even where that is worth more, and a part of the first of its words before one of the next.
fn parts(counted: &CountedConcept<'_>) -> Vec<Value> {
    if !counted.counts_parts {
        return Vec::new();
    }
    let (_, sure) = weights::of_place(FoundIn::Part);
    let mut before = whole_in(counted.concept, FoundIn::Titles);
    let mut found = Vec::new();
    for (pairs, least) in of_letters(counted.concept).filter_map(parts_of) {
        found.push(json!({ "bool": {
            "must": [share_of(pairs, least, counted.evidence * sure)], "must_not": before.clone(),
        } }));
        before.push(at_least(pairs, least));
    }
    found
}

/// Who has at least so many of the pairs in the text, worth the share that they have.
fn share_of(pairs: &[String], least: usize, whole: f32) -> Value {
    let each = whole / pairs.len() as f32;
    let terms: Vec<Value> = pairs.iter().map(|pair| worth(&term(TextField::Bigrams, pair), each)).collect();
    json!({ "bool": { "should": terms, "minimum_should_match": least } })
}

/// What it is worth at most to have a concept.
fn words(counted: &CountedConcept<'_>) -> Value {
    let mut found = Vec::new();
    for alternative in &counted.concept.alternatives {
        found.extend(in_text_worth(alternative, counted.value * alternative.weight));
    }
    for (place, field) in [(FoundIn::Name, TextField::Heading), (FoundIn::Titles, TextField::Context)] {
        let (worth, _) = weights::of_place(place);
        for alternative in of_letters(counted.concept) {
            found.push(pairs_worth(field, &alternative.bigrams, counted.value * alternative.weight * worth));
        }
    }
    if counted.counts_parts {
        let (of_part, _) = weights::of_place(FoundIn::Part);
        for alternative in of_letters(counted.concept) {
            let Some((pairs, least)) = parts_of(alternative) else { continue };
            let boost = counted.value * alternative.weight * of_part;
            found.push(share_of(pairs, least, boost));
        }
    }
    best_of(found)
}

fn in_text_worth(alternative: &PlannedAlternative, boost: f32) -> Option<Value> {
    Some(match &alternative.sought {
        Sought::Place(_) => worth(&in_text(alternative)?, boost),
        Sought::Number(number) => worth_term(TextField::Words, number, boost),
        Sought::Letters(letters) if alternative.bigrams.is_empty() => worth_term(TextField::Characters, letters, boost),
        Sought::Letters(_) => pairs_worth(TextField::Bigrams, &alternative.bigrams, boost),
    })
}

fn pairs_worth(field: TextField, pairs: &[String], boost: f32) -> Value {
    let pairs = &pairs[..pairs.len().min(MOST_PAIRS)];
    let boost = boost / pairs.len() as f32;
    let mut terms: Vec<Value> = pairs.iter().map(|pair| worth_term(field, pair, boost)).collect();
    if terms.len() == 1 { terms.remove(0) } else { json!({ "bool": { "must": terms } }) }
}
