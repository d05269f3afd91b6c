//! Single tokens: pairs of letters, and the letters of long questions.

use tantivy::schema::Field;

use super::Embedded;
use super::Segment;
use super::found::Run;
use super::postings::{List, Slot};
use super::surroundings::SurroundingScores;
use crate::index::IndexError;
use crate::index::ranking::{RankedGram, Saturation, worth_reading};
use crate::index::schema::Fields;
use crate::query::{GramField, QueryPlan};

/// A token with who has it.
pub(super) struct Token<'q> {
    pub(super) ranked: RankedGram<'q>,
    pub(super) saturation: &'q Saturation,
    pub(super) having: Having<'q>,
}

/// Who has a token.
pub(super) enum Having<'q> {
    /// Not read yet: its lists, segment by segment.
    Unread(Vec<List<'q>>),
    /// Read with a concept: the run of those that have it, as strongly as they have the token.
    Read(Run),
}

impl Token<'_> {
    /// The token and who has it, if it was read with a concept.
    pub(super) fn read(&self) -> Option<(&RankedGram<'_>, Run)> {
        match self.having {
            Having::Read(run) => Some((&self.ranked, run)),
            Having::Unread(_) => None,
        }
    }
}

impl Embedded {
    /// The tokens of a plan that are [worth reading](worth_reading).
    pub(super) fn tokens<'q>(&'q self, plan: &'q QueryPlan) -> Result<Vec<Token<'q>>, IndexError> {
        let units = self.tables.units();
        let mut tokens = Vec::with_capacity(plan.grams.len());
        for gram in &plan.grams {
            let field = match gram.field {
                GramField::Bigrams => self.fields.bigrams,
                GramField::Characters => self.fields.characters,
            };
            let lists = self.lists(field, &gram.token)?;
            let frequency = lists.iter().map(|list| list.frequency).sum::<f64>().round() as usize;
            let ranked = RankedGram::new(gram, frequency, units);
            tokens.push(Token { ranked, saturation: self.saturation(field), having: Having::Unread(lists) });
        }
        Ok(worth_reading(tokens, |token| token.ranked, units))
    }

    /// Calls `each` with whoever has a pair of letters that is among the tokens, and how strongly, and counts for chapters and statutes
    /// on the way. Returns the token's place among `tokens`, to be marked as read; `None` if it is none of them or was read before, and
    /// nothing was called.
    pub(super) fn read_token(
        &self,
        pair: &str,
        tokens: &mut [Token<'_>],
        surroundings: &mut SurroundingScores,
        mut each: impl FnMut(Slot, f32),
    ) -> Option<usize> {
        let is_it = |token: &Token<'_>| {
            let gram = token.ranked.gram;
            gram.field == GramField::Bigrams && gram.token == pair && matches!(token.having, Having::Unread(_))
        };
        let at = tokens.iter().position(is_it)?;
        let Token { ranked, saturation, having } = &mut tokens[at];
        let Having::Unread(lists) = having else { return None };
        let lists = std::mem::take(lists);
        let telling = ranked.tells_surroundings(self.tables.units());
        for list in lists {
            if telling {
                list.each(|slot, frequency, class| {
                    each(slot, saturation.of(frequency, class));
                    surroundings.count(self.places.number(slot), frequency);
                });
            } else {
                list.each(|slot, frequency, class| each(slot, saturation.of(frequency, class)));
            }
        }
        if telling {
            surroundings.settle(&self.surroundings, ranked.gram.weight);
        }
        Some(at)
    }

    /// Scores the chapters and statutes as wholes by the pairs among the tokens that have not been read yet.
    pub(super) fn score_surroundings(
        &self,
        tokens: &[Token<'_>],
        scores: &mut SurroundingScores,
    ) -> Result<(), IndexError> {
        let units = self.tables.units();
        for Token { ranked, having, .. } in tokens {
            if matches!(having, Having::Read(_)) || !ranked.tells_surroundings(units) {
                continue;
            }
            for list in self.lists(self.fields.bigrams, &ranked.gram.token)? {
                list.each(|slot, frequency, _| scores.count(self.places.number(slot), frequency));
            }
            scores.settle(&self.surroundings, ranked.gram.weight);
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
