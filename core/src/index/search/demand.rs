//! What a query demands of a unit before it is an answer.

use super::weights;
use crate::query::{Origin, PlannedConcept};

/// What a query demands of a unit.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Demand {
    /// The weight of all that is asked for.
    whole: f32,
    concepts: usize,
    /// Whether it asks about something that no unit has.
    unknown_topic: bool,
}

impl Demand {
    /// Adds a concept that `found` units have, which is so telling.
    pub(super) fn add(&mut self, concept: &PlannedConcept, found: usize, idf: f32) {
        let translated = concept.alternatives.iter().all(|alternative| alternative.origin == Origin::English);
        let required = match (translated, found) {
            (false, _) => 1.0,
            (true, 0) => weights::REQUIRED_OF_TRANSLATED_NOT_FOUND,
            (true, _) => weights::REQUIRED_OF_TRANSLATED,
        };
        self.whole += required * concept.weight * idf;
        self.concepts += 1;
        self.unknown_topic |= !translated && found == 0 && concept.weight >= 1.0;
    }

    /// The evidence that a unit needs to be an answer.
    pub(super) fn least(self) -> f32 {
        let factor = if self.unknown_topic { weights::UNKNOWN_TOPIC } else { 1.0 };
        self.whole * weights::least_evidence(self.concepts) * factor
    }

    /// How much of the demand some evidence meets, up to 1.
    pub(super) fn share(self, evidence: f32) -> f32 {
        if self.whole > 0.0 { (evidence / self.whole).min(1.0) } else { 1.0 }
    }
}
