//! What makes a score: single tokens, concepts, titles above, the kind of unit.

use tantivy::fieldnorm::FieldNormReader;
use tantivy::schema::Field;

use super::demand::Demand;
use super::scores::{Scores, Values};
use super::weights::{self, B, K1};
use super::witness::Witness;
use crate::index::IndexError;
use crate::index::reader::Index;
use crate::index::tables::UnitNo;
use crate::query::{CitedPlace, GramField, Phrase, PlannedAlternative, PlannedConcept, QueryPlan, Sought};

/// BM25 of a token in a field.
struct Bm25 {
    idf: f32,
    /// K1 · (1 − B + B · length / average length), by the class of length.
    norms: [f32; 256],
}

impl Bm25 {
    fn new(frequency: usize, units: usize, average_length: f32) -> Bm25 {
        let norms = std::array::from_fn(|class| {
            let length = FieldNormReader::id_to_fieldnorm(u8::try_from(class).expect("there are 256 classes")) as f32;
            K1 * (1.0 - B + B * length / average_length)
        });
        Bm25 { idf: idf(frequency, units), norms }
    }

    /// Between 0 and K1 + 1.
    fn saturated(&self, frequency: u32, class: u8) -> f32 {
        let frequency = frequency as f32;
        frequency * (K1 + 1.0) / (frequency + self.norms[class as usize])
    }
}

/// How telling it is to have something that `frequency` of `units` units have; above zero.
fn idf(frequency: usize, units: usize) -> f32 {
    (1.0 + (units as f32 - frequency as f32 + 0.5).max(0.0) / (frequency as f32 + 0.5)).ln()
}

impl Index {
    /// Fills the arrays. Returns what evidence the query demands.
    pub(super) fn score(
        &self,
        plan: &QueryPlan,
        scores: &mut Scores,
        witness: &mut impl Witness,
    ) -> Result<Demand, IndexError> {
        self.score_grams(plan, scores, witness)?;
        let mut demand = Demand::default();
        for concept in &plan.concepts {
            let (found, idf) = self.score_concept(concept, scores, witness)?;
            demand.add(concept, found, idf);
        }
        Ok(demand)
    }

    fn score_grams(&self, plan: &QueryPlan, scores: &mut Scores, witness: &mut impl Witness) -> Result<(), IndexError> {
        for gram in &plan.grams {
            let fields: &[(Field, f32, &'static str)] = match gram.field {
                GramField::Bigrams => &[
                    (self.fields.bigrams, weights::BIGRAMS, "text"),
                    (self.fields.heading, weights::HEADING, "statute"),
                    (self.fields.context, weights::CONTEXT, "titles"),
                ],
                GramField::Characters => &[(self.fields.characters, weights::CHARACTERS, "text")],
            };
            for &(field, weight, name) in fields {
                let frequency = self.frequency(field, &gram.token)?;
                if frequency == 0 {
                    continue;
                }
                let bm25 = self.bm25(field, frequency);
                for segment in &self.segments {
                    segment.each(field, &gram.token, |unit, frequency, class| {
                        let value = weight * gram.weight * bm25.idf * bm25.saturated(frequency, class);
                        scores.grams.add(unit, value);
                        witness.saw(unit, "letters", name, &gram.token, value);
                    })?;
                }
            }
        }
        Ok(())
    }

    /// Adds what a concept is worth to each unit that has it. Returns how many have it, and how telling that is.
    fn score_concept(
        &self,
        concept: &PlannedConcept,
        scores: &mut Scores,
        witness: &mut impl Witness,
    ) -> Result<(usize, f32), IndexError> {
        scores.strength.clear();
        scores.presence.clear();
        for alternative in &concept.alternatives {
            self.find_alternative(alternative, scores)?;
        }
        let found = scores.presence.touched().len();
        let idf = idf(found, self.tables.units());
        let place = concept.alternatives.iter().any(|alternative| matches!(alternative.sought, Sought::Place(_)));
        let factor = weights::CONCEPTS * concept.weight * idf * if place { weights::PLACE } else { 1.0 };
        let Scores { concepts, evidence, strength, presence, .. } = scores;
        for &unit in strength.touched() {
            let value = factor * strength.get(unit);
            concepts.add(unit, value);
            witness.saw(
                unit,
                "concept",
                if presence.get(unit) < 0.6 { "titles" } else { "text" },
                &concept.from,
                value,
            );
            evidence.add(unit, concept.weight * idf * presence.get(unit));
        }
        Ok((found, idf))
    }

    /// Raises the strength and presence of every unit that has the alternative.
    fn find_alternative(&self, alternative: &PlannedAlternative, scores: &mut Scores) -> Result<(), IndexError> {
        let Scores { strength, presence, pairs, .. } = scores;
        let mut raise = |unit: UnitNo, value: f32, sure: f32| {
            strength.raise(unit, alternative.weight * value);
            presence.raise(unit, sure);
        };
        match &alternative.sought {
            Sought::Place(place) => {
                let Some((field, token)) = self.place_token(place) else { return Ok(()) };
                for segment in &self.segments {
                    for unit in segment.units_with(field, &token)? {
                        raise(unit, if self.is_place(unit, place) { 1.0 } else { weights::MENTIONED_PLACE }, 1.0);
                    }
                }
            }
            Sought::Number(number) => {
                self.find_token(self.fields.words, number, &mut |unit, value| raise(unit, value, 1.0))?;
            }
            Sought::Letters(letters) if alternative.bigrams.is_empty() => {
                self.find_token(self.fields.characters, letters, &mut |unit, value| raise(unit, value, 1.0))?;
            }
            Sought::Letters(_) => {
                let shares = [
                    (self.fields.bigrams, 1.0, 1.0),
                    (self.fields.heading, weights::CONCEPT_IN_HEADING, weights::PRESENCE_IN_HEADING),
                    (self.fields.context, weights::CONCEPT_IN_CONTEXT, weights::PRESENCE_IN_CONTEXT),
                ];
                for (field, share, sure) in shares {
                    let bm25 = self.bm25(field, 1);
                    for segment in &self.segments {
                        for (unit, frequency, class) in segment.all_of(field, &alternative.bigrams)? {
                            raise(unit, share * bm25.saturated(frequency, class), sure);
                        }
                    }
                }
                self.find_parts(alternative, pairs, &mut raise)?;
            }
        }
        Ok(())
    }

    /// Raises the units whose text has most of a long term's pairs.
    fn find_parts(
        &self,
        alternative: &PlannedAlternative,
        pairs: &mut Values,
        raise: &mut impl FnMut(UnitNo, f32, f32),
    ) -> Result<(), IndexError> {
        let count = alternative.bigrams.len() as f32;
        if count * (1.0 - weights::LEAST_PART) < 1.0 {
            return Ok(());
        }
        pairs.clear();
        for pair in &alternative.bigrams {
            for segment in &self.segments {
                segment.each(self.fields.bigrams, pair, |unit, _, _| pairs.add(unit, 1.0))?;
            }
        }
        for &unit in pairs.touched() {
            let share = pairs.get(unit) / count;
            if (weights::LEAST_PART..1.0).contains(&share) {
                raise(unit, weights::PART * share, weights::PART * share);
            }
        }
        Ok(())
    }

    fn find_token(&self, field: Field, token: &str, raise: &mut impl FnMut(UnitNo, f32)) -> Result<(), IndexError> {
        let bm25 = self.bm25(field, 1);
        for segment in &self.segments {
            segment.each(field, token, |unit, frequency, class| raise(unit, bm25.saturated(frequency, class)))?;
        }
        Ok(())
    }

    /// Where a place in the law is looked up.
    fn place_token(&self, place: &CitedPlace) -> Option<(Field, String)> {
        match (&place.statute, &place.article) {
            (Some(statute), Some(article)) => Some((self.fields.cites, format!("{statute}#{article}"))),
            (Some(statute), None) => Some((self.fields.cites, statute.clone())),
            (None, Some(article)) => Some((self.fields.article, article.clone())),
            (None, None) => None,
        }
    }

    /// Whether a unit is the place itself, or a ground that cites just that, and does not only speak of it.
    fn is_place(&self, unit: UnitNo, place: &CitedPlace) -> bool {
        let of = |column: &[u32], names: &[String], wanted: &Option<String>| {
            let name = names.get(column[unit as usize] as usize);
            wanted.is_none() || name == wanted.as_ref()
        };
        of(&self.tables.statute_of, &self.tables.statutes, &place.statute)
            && of(&self.tables.article_of, &self.tables.articles, &place.article)
    }

    fn bm25(&self, field: Field, frequency: usize) -> Bm25 {
        let tokens: f64 = self.segments.iter().map(|segment| segment.token_count(field)).sum();
        let units = self.tables.units();
        Bm25::new(frequency, units, (tokens as f32 / units.max(1) as f32).max(1.0))
    }

    fn frequency(&self, field: Field, token: &str) -> Result<usize, IndexError> {
        let mut frequency = 0;
        for segment in &self.segments {
            frequency += segment.document_frequency(field, token)? as usize;
        }
        Ok(frequency)
    }

    /// In how many units these letters stand next to each other, more or less: their pairs stand in so many.
    pub(super) fn document_frequency(&self, letters: &str) -> usize {
        let folded = crate::text::Folded::new(letters);
        let pairs: Vec<String> = crate::analyzer::bigrams(&folded).map(|gram| gram.text.to_owned()).collect();
        let found = |segment: &super::Segment| match pairs.as_slice() {
            [] => segment.document_frequency(self.fields.characters, folded.text()).unwrap_or(0) as usize,
            pairs => segment.all_of(self.fields.bigrams, pairs).map_or(0, |found| found.len()),
        };
        self.segments.iter().map(found).sum()
    }

    /// The units that have a phrase, and how often.
    pub(super) fn units_with_phrase(&self, phrase: &Phrase) -> Result<Vec<(UnitNo, u32)>, IndexError> {
        let pairs: Vec<(String, u32)> = phrase.bigrams().collect();
        let mut found = Vec::new();
        for segment in &self.segments {
            if pairs.is_empty() {
                let letter = phrase.letters[0].0.to_string();
                segment.each(self.fields.characters, &letter, |unit, frequency, _| found.push((unit, frequency)))?;
            } else {
                found.extend(segment.at_positions(self.fields.bigrams, &pairs)?);
            }
        }
        if !phrase.is_covered_by_bigrams() && phrase.letters.len() > 1 {
            // A letter alone between punctuation is in no pair: look at the text.
            let mut checked = Vec::new();
            for (unit, frequency) in found {
                let text = self.read(unit)?.passage.text;
                if phrase.occurs_in(&crate::text::Folded::new(&text)) {
                    checked.push((unit, frequency));
                }
            }
            found = checked;
        }
        Ok(found)
    }

    /// What a phrase that must be there is worth.
    pub(super) fn phrase_value(&self, found: usize, frequency: u32) -> f32 {
        weights::EXACT * idf(found, self.tables.units()) * frequency as f32 * (K1 + 1.0) / (frequency as f32 + K1)
    }
}
