//! Single tokens: pairs of letters, and the letters of long questions.

use tantivy::schema::Field;

use super::Embedded;
use super::Segment;
use super::postings::List;
use super::surroundings::SurroundingScores;
use crate::index::IndexError;
use crate::index::ranking::weights;
use crate::index::ranking::{Saturation, idf};
use crate::index::schema::Fields;
use crate::query::{Gram, GramField, QueryPlan};

/// A token that is looked for.
pub(super) struct Token<'q> {
    pub(super) gram: &'q Gram,
    /// What having it is worth, but for its saturation.
    pub(super) factor: f32,
    pub(super) saturation: &'q Saturation,
    /// Who has it, segment by segment.
    pub(super) lists: Vec<List<'q>>,
    /// How many have it.
    frequency: usize,
}

impl Embedded {
    /// The tokens of a plan that are worth reading, the rarest first. What is left when [`weights::MOST_POSTINGS`] would have
    /// been read are the most frequent ones, which tell least and cost most.
    pub(super) fn tokens<'q>(&'q self, plan: &'q QueryPlan) -> Result<Vec<Token<'q>>, IndexError> {
        let units = self.tables.units();
        let mut tokens = Vec::new();
        for gram in &plan.grams {
            let (field, weight) = match gram.field {
                GramField::Bigrams => (self.fields.bigrams, weights::BIGRAMS),
                GramField::Characters => (self.fields.characters, weights::CHARACTERS),
            };
            let lists = self.lists(field, &gram.token)?;
            let frequency = lists.iter().map(|list| list.frequency).sum::<f64>().round() as usize;
            let is_common = frequency as f32 > weights::MOST_OF_CHARACTER * units as f32;
            if frequency > 0 && !(is_common && gram.field == GramField::Characters) {
                let factor = weight * gram.weight * idf(frequency, units);
                tokens.push(Token { gram, factor, saturation: self.saturation(field), lists, frequency });
            }
        }
        tokens.sort_by_key(|token| token.frequency);
        let mut postings = 0;
        let enough = tokens.iter().position(|token| {
            postings += token.frequency;
            postings as f32 > weights::MOST_POSTINGS * units as f32
        });
        tokens.truncate(enough.unwrap_or(tokens.len()));
        Ok(tokens)
    }

    /// Scores the chapters and statutes as wholes by the pairs among the tokens.
    pub(super) fn score_surroundings(
        &self,
        tokens: &[Token<'_>],
        scores: &mut SurroundingScores,
    ) -> Result<(), IndexError> {
        let most = weights::MOST_OF_SURROUNDINGS * self.tables.units() as f32;
        let telling = |token: &&Token<'_>| token.gram.field == GramField::Bigrams && token.frequency as f32 <= most;
        for token in tokens.iter().filter(telling) {
            for list in self.lists(self.fields.bigrams, &token.gram.token)? {
                let mut counter = scores.counter(self);
                list.each(|slot, frequency, _| counter.count(slot, frequency));
                counter.finish();
            }
            scores.settle(&self.surroundings, token.gram.weight);
        }
        Ok(())
    }

    pub(super) fn saturation(&self, field: Field) -> &Saturation {
        let known = self.saturations.iter().find(|(known, _)| *known == field);
        &known.expect("every field that is scored has one").1
    }

    /// The saturation of every field that is scored, by its average length.
    pub(in crate::index) fn saturations(
        segments: &[Segment],
        fields: &Fields,
        units: usize,
    ) -> Vec<(Field, Saturation)> {
        let scored = [fields.words, fields.bigrams, fields.characters, fields.heading, fields.context];
        let saturation = |field: Field| {
            let tokens: f64 = segments.iter().map(|segment| segment.token_count(field)).sum();
            (field, Saturation::new((tokens as f32 / units.max(1) as f32).max(1.0)))
        };
        scored.map(saturation).into()
    }
}
