//! Single tokens: pairs of letters, and the letters of long questions.

use tantivy::schema::Field;

use super::Embedded;
use super::Segment;
use super::postings::List;
use super::surroundings::SurroundingScores;
use crate::index::IndexError;
use crate::index::ranking::{RankedGram, Saturation, worth_reading};
use crate::index::schema::Fields;
use crate::query::{GramField, QueryPlan};

/// A token with who has it.
pub(super) struct Token<'q> {
    pub(super) ranked: RankedGram<'q>,
    pub(super) saturation: &'q Saturation,
    /// Who has it, segment by segment.
    pub(super) lists: Vec<List<'q>>,
}

impl Embedded {
    /// The tokens of a plan that are [worth reading](worth_reading).
    pub(super) fn tokens<'q>(&'q self, plan: &'q QueryPlan) -> Result<Vec<Token<'q>>, IndexError> {
        let units = self.tables.units();
        let mut tokens = Vec::new();
        for gram in &plan.grams {
            let field = match gram.field {
                GramField::Bigrams => self.fields.bigrams,
                GramField::Characters => self.fields.characters,
            };
            let lists = self.lists(field, &gram.token)?;
            let frequency = lists.iter().map(|list| list.frequency).sum::<f64>().round() as usize;
            let ranked = RankedGram::new(gram, frequency, units);
            tokens.push(Token { ranked, saturation: self.saturation(field), lists });
        }
        Ok(worth_reading(tokens, |token| token.ranked, units))
    }

    /// Scores the chapters and statutes as wholes by the pairs among the tokens.
    pub(super) fn score_surroundings(
        &self,
        tokens: &[Token<'_>],
        scores: &mut SurroundingScores,
    ) -> Result<(), IndexError> {
        let units = self.tables.units();
        for RankedGram { gram, .. } in
            tokens.iter().map(|token| &token.ranked).filter(|it| it.tells_surroundings(units))
        {
            for list in self.lists(self.fields.bigrams, &gram.token)? {
                let mut counter = scores.counter(self);
                list.each(|slot, frequency, _| counter.count(slot, frequency));
                counter.finish();
            }
            scores.settle(&self.surroundings, gram.weight);
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
        scored.map(|field| (field, Saturation::new(Embedded::average_length(segments, field, units)))).into()
    }

    /// How many tokens a field has on average.
    pub(super) fn average_length(segments: &[Segment], field: Field, units: usize) -> f32 {
        let tokens: f64 = segments.iter().map(|segment| segment.token_count(field)).sum();
        (tokens as f32 / units.max(1) as f32).max(1.0)
    }
}
