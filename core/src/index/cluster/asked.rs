//! A plan with what the cluster says of its words: how many units have each.

use super::clauses::{any_of, phrase, phrase_near, term, with_pairs};
use super::frequencies::Frequencies;
use super::schema::TextField;
use crate::index::ranking::{Demand, FoundIn, RankedGram, idf, weights, worth_reading};
use crate::query::{CitedPlace, Gram, GramField, Phrase, PlannedAlternative, PlannedConcept, QueryPlan, Sought};
use serde_json::{Value, json};

/// A plan whose words are counted.
pub(super) struct Asked<'q> {
    pub(super) plan: &'q QueryPlan,
    pub(super) concepts: Vec<CountedConcept<'q>>,
    /// Those that are worth reading, the rarest first.
    pub(super) grams: Vec<RankedGram<'q>>,
    /// How many have each phrase that must be there, as far as pairs tell.
    pub(super) phrases: Vec<(&'q Phrase, usize)>,
    pub(super) demand: Demand,
    /// How many units there are.
    pub(super) units: usize,
}

/// A concept with how many units have it.
pub(super) struct CountedConcept<'q> {
    pub(super) concept: &'q PlannedConcept,
    /// Whether parts of its terms count too.
    pub(super) counts_parts: bool,
    /// What having it is worth.
    pub(super) value: f32,
    /// What evidence it is to have it.
    pub(super) evidence: f32,
}

/// The field in which a gram is looked up.
pub(super) fn field_of(field: GramField) -> TextField {
    match field {
        GramField::Bigrams => TextField::Bigrams,
        GramField::Characters => TextField::Characters,
    }
}

/// Where a concept's place in the law is looked up: the cluster's field, and the token.
pub(super) fn place_token(place: &CitedPlace) -> Option<(&'static str, String)> {
    match (&place.statute, &place.article) {
        (Some(statute), Some(article)) => Some(("cites", format!("{statute}#{article}"))),
        (Some(statute), None) => Some(("cites", statute.clone())),
        (None, Some(article)) => Some(("article", article.clone())),
        (None, None) => None,
    }
}

/// Who has an alternative in the text.
pub(super) fn in_text(alternative: &PlannedAlternative) -> Option<Value> {
    Some(match &alternative.sought {
        Sought::Place(place) => {
            let (field, token) = place_token(place)?;
            json!({ "term": { field: token } })
        }
        Sought::Number(number) => term(TextField::Words, number),
        Sought::Letters(letters) if alternative.bigrams.is_empty() => term(TextField::Characters, letters),
        Sought::Letters(_) => with_pairs(TextField::Bigrams, &alternative.bigrams),
    })
}

/// Those that are looked for in names and titles too, and in part.
pub(super) fn of_letters(concept: &PlannedConcept) -> impl Iterator<Item = &PlannedAlternative> {
    concept.alternatives.iter().filter(|alternative| !alternative.bigrams.is_empty())
}

/// Who has a concept as a whole in one of the places.
pub(super) fn whole_in(concept: &PlannedConcept, place: FoundIn) -> Vec<Value> {
    let in_field = |field| of_letters(concept).map(|it| with_pairs(field, &it.bigrams)).collect();
    match place {
        FoundIn::Text => concept.alternatives.iter().filter_map(in_text).collect(),
        FoundIn::Name => in_field(TextField::Heading),
        FoundIn::Titles => in_field(TextField::Context),
        FoundIn::Part => Vec::new(),
    }
}

/// Who has a concept as a whole anywhere.
pub(super) fn whole(concept: &PlannedConcept) -> Vec<Value> {
    [FoundIn::Text, FoundIn::Name, FoundIn::Titles].into_iter().flat_map(|place| whole_in(concept, place)).collect()
}

/// The pairs of an alternative that count for parts of it, and how many of them a unit needs.
pub(super) fn parts_of(alternative: &PlannedAlternative) -> Option<(&[String], usize)> {
    let pairs = &alternative.bigrams[..alternative.bigrams.len().min(usize::from(u8::MAX))];
    Some((pairs, weights::least_pairs(pairs.len())?))
}

/// What is asked of the cluster before anything else: queries whose hits are counted.
pub(super) fn to_count(plan: &QueryPlan) -> Vec<Value> {
    let mut queries = Vec::new();
    for concept in &plan.concepts {
        let mut all = whole(concept);
        queries.push(any_of(all.clone()));
        all.extend(of_letters(concept).filter_map(parts_of).map(|(pairs, least)| at_least(pairs, least)));
        queries.push(any_of(all));
    }
    queries.extend(plan.exact.iter().map(phrase_near));
    queries
}

/// Who has at least so many of the pairs in the text.
pub(super) fn at_least(pairs: &[String], least: usize) -> Value {
    let terms: Vec<Value> = pairs.iter().map(|pair| term(TextField::Bigrams, pair)).collect();
    json!({ "bool": { "should": terms, "minimum_should_match": least } })
}

impl<'q> Asked<'q> {
    /// The plan with `counts` of what [`to_count`] says, in its order.
    pub(super) fn new(plan: &'q QueryPlan, counts: &[usize], frequencies: &Frequencies, units: usize) -> Asked<'q> {
        let mut counts = counts.iter().copied();
        let mut next = || counts.next().unwrap_or(0);
        let mut demand = Demand::new(plan);
        let concepts = plan.concepts.iter().map(|concept| {
            let (whole, with_parts) = (next(), next());
            let counts_parts = whole < weights::ENOUGH_WHOLE;
            let having = if counts_parts { with_parts } else { whole };
            let idf = idf(having, units);
            demand.add(concept, having, idf);
            let (value, evidence) = (weights::concept(concept, idf), concept.weight * idf);
            CountedConcept { concept, counts_parts, value, evidence }
        });
        let concepts = concepts.collect();
        let gram = |gram: &'q Gram| {
            let frequency = frequencies.of(gram.field, &gram.token).unwrap_or(0);
            RankedGram::new(gram, frequency, units)
        };
        let grams = plan.grams.iter().map(gram).collect();
        let phrases = plan.exact.iter().map(|phrase| (phrase, next())).collect();
        Asked { plan, concepts, grams: worth_reading(grams, |gram| *gram, units), phrases, demand, units }
    }

    /// What must be there, and what must not.
    pub(super) fn required(&self) -> (Vec<Value>, Vec<Value>) {
        (self.plan.exact.iter().map(phrase).collect(), self.plan.without.iter().map(phrase).collect())
    }
}
