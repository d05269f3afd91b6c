//! What a query demands of a unit before it is an answer.

use super::weights;
use crate::query::{Origin, PlannedConcept, QueryPlan, Sought};

/// What a query demands of a unit.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::index) struct Demand {
    /// The weight of all that is asked for.
    whole: f32,
    concepts: usize,
    /// The same without any allowance for translations.
    to_the_letter: f32,
    /// Whether a topic that it asks about is one that some units have.
    known_topic: bool,
    /// Whether it asks about something that no unit has: in Chinese, or in an English term that the glossary knows.
    unknown_topic: bool,
    unknown_term: bool,
    is_about_crime: bool,
}

impl Demand {
    /// Of a plan, no concept of which is known yet.
    pub(in crate::index) fn new(plan: &QueryPlan) -> Demand {
        Demand { is_about_crime: plan.is_about_crime, ..Demand::default() }
    }

    /// Whether it says anything of crime.
    pub(in crate::index) fn is_about_crime(&self) -> bool {
        self.is_about_crime
    }

    /// Adds a concept that `found` units have, which is so telling.
    pub(in crate::index) fn add(&mut self, concept: &PlannedConcept, found: usize, idf: f32) {
        // A word in Latin letters that nothing knows is no topic either.
        let foreign = concept.from.is_ascii()
            && concept.alternatives.iter().all(|alternative| match &alternative.sought {
                Sought::Letters(letters) => alternative.origin == Origin::English || letters.is_ascii(),
                Sought::Number(_) | Sought::Place(_) => false,
            });
        let required = match (foreign, found) {
            (false, _) => 1.0,
            (true, 0) => weights::REQUIRED_OF_TRANSLATED_NOT_FOUND,
            (true, _) => weights::REQUIRED_OF_TRANSLATED,
        };
        let topic = concept.is_topic();
        let is_unknown = found == 0 && !foreign;
        let weight = concept.weight * idf;
        let weight = if is_unknown { weight.min(weights::MOST_OF_UNKNOWN) } else { weight };
        self.whole += required * weight;
        self.to_the_letter += weight;
        self.concepts += 1;
        self.known_topic |= topic && found > 0;
        self.unknown_topic |= topic && is_unknown;
        // The dictionary has only words of the index, so what is translated and not found is a term of the glossary's.
        let translated = concept.alternatives.iter().any(|alternative| alternative.origin == Origin::English);
        self.unknown_term |= topic && found == 0 && foreign && translated;
    }

    /// The evidence that some unit needs, or there is no answer.
    pub(in crate::index) fn least(self) -> f32 {
        /// Rounding must not keep out a unit that has just enough.
        const ROUNDING: f32 = 1e-4;
        self.demanded() - ROUNDING
    }

    fn demanded(self) -> f32 {
        let share = weights::least_evidence(self.concepts);
        if self.concepts > weights::MOST_CONCEPTS_OF_ONE_TOPIC {
            return self.whole * share;
        }
        if (self.unknown_topic || self.unknown_term) && !self.known_topic {
            // What is said of a topic does not answer a question about another one.
            return self.to_the_letter;
        }
        match (self.unknown_topic, self.unknown_term) {
            (true, _) => self.whole * share * weights::UNKNOWN_TOPIC,
            (false, true) => self.to_the_letter * share * weights::UNKNOWN_TERM,
            (false, false) => self.whole * share,
        }
    }

    /// The evidence that suffices where some unit has that.
    pub(in crate::index) fn following(self) -> f32 {
        self.least() * weights::following(self.concepts)
    }

    /// The weight of all that is asked for.
    pub(in crate::index) fn whole(self) -> f32 {
        self.whole
    }

    /// What the words of a unit that meets this share of the demand are multiplied by.
    pub(in crate::index) fn coverage(self, share: f32) -> f32 {
        1.0 - weights::coverage(self.concepts) * (1.0 - share.min(1.0))
    }

    /// How much of the demand some evidence meets, up to 1.
    pub(in crate::index) fn share(self, evidence: f32) -> f32 {
        if self.whole > 0.0 { (evidence / self.whole).min(1.0) } else { 1.0 }
    }
}

#[cfg(test)]
mod tests {
    use super::super::idf;
    use super::*;
    use crate::query::PlannedAlternative;

    fn concept(letters: &str) -> PlannedConcept {
        let sought = Sought::Letters(letters.to_owned());
        let alternative = PlannedAlternative { sought, origin: Origin::Typed, weight: 1.0, bigrams: Vec::new() };
        PlannedConcept { from: letters.to_owned(), weight: 1.0, alternatives: vec![alternative] }
    }

    /// What is asked for with one word that a thousandth of the units have, and one that none has.
    fn least(units: usize) -> f32 {
        let mut demand = Demand::default();
        for (letters, found) in [("播放", units / 1000), ("购物广场", 0)] {
            demand.add(&concept(letters), found, idf(found, units));
        }
        demand.least()
    }

    #[test]
    fn what_no_unit_has_weighs_as_what_one_of_a_thousand_has() {
        assert!((idf(1_000, 1_000_000) - weights::MOST_OF_UNKNOWN).abs() < 0.1);
        assert!((least(100_000) - least(1_000_000)).abs() < 0.01);
    }
}
