//! What a unit may be worth at most, in the cluster's own query language.
//!
//! Scores are those that are reckoned [exactly](super::exact) or more: where all pairs of a term must be there their saturation is taken
//! on average and not that of the rarest, and where a question has too many words for one query some are taken at their most. So
//! whoever is not among the first by these scores need not be looked at. (Rounding, and average lengths that have moved since the index was
//! begun, are allowed for where that is [decided](super::page).)

use serde_json::{Value, json};

use super::asked::{Asked, CountedConcept, at_least, field_of, in_text, of_letters, parts_of};
use super::clauses::{MOST_LEAVES, MOST_PAIRS, any_of, best_of, leaves, worth, worth_term};
use super::evidence::{levels, share_of};
use super::schema::TextField;
use crate::index::ranking::{FoundIn, RankedGram, Saturation, phrase_value, weights};
use crate::query::{PlannedAlternative, Sought};
use crate::unit::Kind;

impl Asked<'_> {
    /// Those of `answering` that pass `filters`, scored by what their words are worth at most, their kind and how much of the demand
    /// they meet.
    pub(super) fn by_words(&self, answering: &Value, filters: &[Value]) -> Value {
        let query = self.each_word(answering, filters);
        let query = if leaves(&query) <= MOST_LEAVES { query } else { self.rarest_letters(answering, filters) };
        self.weighted_by_kind(&self.weighted_by_coverage(query))
    }

    /// All words, each by how often it stands there.
    fn each_word(&self, answering: &Value, filters: &[Value]) -> Value {
        let mut signals: Vec<Value> = self.concepts.iter().map(words).collect();
        signals.extend(self.grams.iter().map(letters));
        signals.extend(at_most(self.phrases_at_most()));
        let passing: Vec<&Value> = std::iter::once(answering).chain(filters).collect();
        json!({ "bool": { "filter": passing, "should": signals } })
    }

    /// The same of few clauses: concepts by the evidence that there is for them, and only the letters that tell most.
    fn rarest_letters(&self, answering: &Value, filters: &[Value]) -> Value {
        let most_of_concept = self.concepts.iter().map(|concept| concept.value / concept.evidence).fold(0.0, f32::max);
        let places = FoundIn::ALL.map(weights::of_place).map(|(worth, sure)| worth / sure);
        let most_by_evidence = most_of_concept * places.into_iter().fold(0.0, f32::max) * Saturation::MOST;
        let concepts = json!({ "function_score": {
            "query": answering, "functions": [{ "weight": most_by_evidence }], "boost_mode": "multiply",
        } });
        let mut query = json!({ "bool": { "must": concepts, "filter": filters } });
        let mut grams = self.grams.clone();
        grams.sort_by(|a, b| b.factor.total_cmp(&a.factor));
        let others = grams.split_off(MOST_LEAVES.saturating_sub(leaves(&query) + 1).min(grams.len()));
        tracing::debug!(left_out = others.len(), "too many words for one query: some are taken at their most");
        let rest = others.iter().map(|gram| gram.factor).sum::<f32>() * Saturation::MOST;
        let mut signals: Vec<Value> = grams.iter().map(letters).collect();
        signals.extend(at_most(rest + self.phrases_at_most()));
        query["bool"]["should"] = signals.into();
        query
    }

    fn phrases_at_most(&self) -> f32 {
        self.phrases.iter().map(|&(_, having)| phrase_value(having, self.units, u32::MAX)).sum()
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

/// What it is worth to have some letters.
fn letters(ranked: &RankedGram<'_>) -> Value {
    worth_term(field_of(ranked.gram.field), &ranked.gram.token, ranked.factor)
}

/// What is added to all.
fn at_most(value: f32) -> Option<Value> {
    (value > 0.0).then(|| worth(&json!({ "match_all": {} }), value))
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
