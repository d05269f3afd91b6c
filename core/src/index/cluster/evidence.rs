//! A plan in the cluster's own query language: which units answer, and what they may be worth at most.
//!
//! Both are made of posting lists alone, without scripts that look at single tokens. Evidence is what the embedded engine reckons.
//! Scores are that or a little more: where all pairs of a term must be there, their saturation is taken on average and not
//! that of the rarest. So whoever is not among the first by these scores is not among the first, and of those who are the score is
//! reckoned [exactly](super::exact).

use serde_json::{Value, json};

use super::admission::Admission;
use super::asked::{Asked, Counted, at_least, field_of, in_text, of_letters, parts_of, whole_in};
use super::clauses::{any_of, best_of, worth, worth_term};
use super::schema::TextField;
use crate::index::ranking::{FoundIn, phrase_value, weights};
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
            best_of(levels(concept).into_iter().map(|level| worth(&level.query, level.evidence)).collect())
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
        let mut must = vec![answering];
        must.extend(filters);
        let mut signals: Vec<Value> = self.concepts.iter().map(words).collect();
        for ranked in &self.grams {
            signals.push(worth_term(field_of(ranked.gram.field), &ranked.gram.token, ranked.factor));
        }
        for &(_, having) in &self.phrases {
            signals.push(worth(&json!({ "match_all": {} }), phrase_value(having, self.units, 1)));
        }
        let query = json!({ "bool": { "filter": must, "should": signals } });
        self.weighted_by_kind(&self.weighted_by_coverage(query))
    }

    fn weighted_by_coverage(&self, query: Value) -> Value {
        let whole = self.demand.whole();
        if whole <= 0.0 {
            return query;
        }
        let rest = self.demand.coverage(0.0);
        let mut functions = vec![json!({ "weight": rest })];
        for concept in &self.concepts {
            let mut before: Vec<Value> = Vec::new();
            for level in levels(concept) {
                let query = json!({ "bool": { "filter": [level.query.clone()], "must_not": before } });
                functions.push(json!({ "filter": query, "weight": (1.0 - rest) * level.evidence / whole }));
                before.push(level.query);
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

/// Where a concept is found, best first, and what evidence it is to have it there.
fn levels(counted: &Counted<'_>) -> Vec<Level> {
    let concept = counted.concept;
    let mut levels = Vec::new();
    for place in [FoundIn::Text, FoundIn::Name, FoundIn::Titles] {
        let found = whole_in(concept, place);
        if !found.is_empty() {
            let (_, sure) = weights::of_place(place);
            levels.push(Level { query: any_of(found), evidence: counted.evidence * sure });
        }
    }
    if !counted.counts_parts {
        return levels;
    }
    // What the titles say comes before a part of it in the text, even where that is worth more.
    let titles = any_of(whole_in(concept, FoundIn::Titles));
    let (_, sure) = weights::of_place(FoundIn::Part);
    for (pairs, least) in of_letters(concept).filter_map(parts_of) {
        for count in (least..pairs.len()).rev() {
            let query = json!({ "bool": { "filter": [at_least(pairs, count)], "must_not": [titles.clone()] } });
            let share = count as f32 / pairs.len() as f32;
            levels.push(Level { query, evidence: counted.evidence * sure * share });
        }
    }
    levels
}

/// What it is worth at most to have a concept.
fn words(counted: &Counted<'_>) -> Value {
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
            for count in least..pairs.len() {
                let share = count as f32 / pairs.len() as f32;
                found.push(worth(&at_least(pairs, count), boost * share));
            }
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
    let boost = boost / pairs.len() as f32;
    let mut terms: Vec<Value> = pairs.iter().map(|pair| worth_term(field, pair, boost)).collect();
    if terms.len() == 1 { terms.remove(0) } else { json!({ "bool": { "must": terms } }) }
}
