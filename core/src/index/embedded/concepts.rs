//! Who has a concept: in the text, in the statute's name, in the titles above.

use tantivy::schema::Field;

use super::Embedded;
use super::postings::{Slot, Wanted};
use super::scores::Scores;
use super::tokens::{Having, Token};
use crate::index::IndexError;
use crate::index::ranking::{Demand, FoundIn, idf, weights};
use crate::query::{CitedPlace, PlannedAlternative, PlannedConcept, QueryPlan, Sought};

impl Embedded {
    /// Finds who has each concept, and what that is worth. Returns what evidence the query demands. Tokens that are what a concept
    /// says are read on the way, once for all that they are good for.
    pub(super) fn find_concepts(
        &self,
        plan: &QueryPlan,
        tokens: &mut [Token<'_>],
        scores: &mut Scores,
    ) -> Result<Demand, IndexError> {
        let mut demand = Demand::new(plan);
        for (number, concept) in plan.concepts.iter().enumerate() {
            scores.found.begin(number);
            self.find_concept(concept, tokens, scores)?;
            let found = &mut scores.found;
            let idf = idf(found.having(), self.tables.units());
            found.settle(weights::concept(concept, idf), concept.weight * idf);
            demand.add(concept, found.having(), idf);
        }
        Ok(demand)
    }

    /// Who has a concept, and where it is found best: whoever has any of its words in the text is not asked for the titles
    /// above, and the first of the words counts.
    fn find_concept(
        &self,
        concept: &PlannedConcept,
        tokens: &mut [Token<'_>],
        scores: &mut Scores,
    ) -> Result<(), IndexError> {
        let Scores { found, pairs, surroundings, .. } = scores;
        let mut alternatives = concept.alternatives.as_slice();
        if let [first, others @ ..] = alternatives
            && let [pair] = first.bigrams.as_slice()
            && let Some(token) =
                self.read_token(pair, tokens, surroundings, |slot, strength| found.find(slot, strength))
        {
            tokens[token].having = Having::Read(found.end_run(FoundIn::Text, first.weight));
            alternatives = others;
        }
        for alternative in alternatives {
            let find = |slot: Slot, strength: f32| found.find(slot, strength);
            match &alternative.sought {
                Sought::Place(place) => self.find_place(place, find)?,
                Sought::Number(number) => self.find_token(self.fields.words, number, find)?,
                Sought::Letters(letters) if alternative.bigrams.is_empty() => {
                    self.find_token(self.fields.characters, letters, find)?;
                }
                Sought::Letters(_) => self.find_letters(self.fields.bigrams, alternative, find)?,
            }
            found.end_run(FoundIn::Text, alternative.weight);
        }
        let letters = || concept.alternatives.iter().filter(|alternative| !alternative.bigrams.is_empty());
        for (field, place) in [(self.fields.heading, FoundIn::Name), (self.fields.context, FoundIn::Titles)] {
            for alternative in letters() {
                self.find_letters(field, alternative, |slot, strength| found.find(slot, strength))?;
                found.end_run(place, alternative.weight);
            }
        }
        if found.having() < weights::ENOUGH_WHOLE {
            for alternative in letters() {
                self.find_parts(alternative, pairs, |slot, share| found.find(slot, share))?;
                found.end_run(FoundIn::Part, alternative.weight);
            }
        }
        Ok(())
    }

    fn find_letters(
        &self,
        field: Field,
        alternative: &PlannedAlternative,
        mut find: impl FnMut(Slot, f32),
    ) -> Result<(), IndexError> {
        if let [pair] = alternative.bigrams.as_slice() {
            return self.find_token(field, pair, find);
        }
        let saturation = self.saturation(field);
        self.each_with_all(field, &alternative.bigrams, |slot, frequency, class| {
            find(slot, saturation.of(frequency, class));
            Wanted::More
        })
    }

    /// Finds whose text has most of a long term's pairs.
    fn find_parts(
        &self,
        alternative: &PlannedAlternative,
        pairs: &mut [u8],
        mut find: impl FnMut(Slot, f32),
    ) -> Result<(), IndexError> {
        let count = alternative.bigrams.len().min(usize::from(u8::MAX));
        let Some(least) = weights::least_pairs(count) else { return Ok(()) };
        pairs.fill(0);
        let mut having_most = Vec::new();
        for pair in alternative.bigrams.iter().take(usize::from(u8::MAX)) {
            for list in self.lists(self.fields.bigrams, pair)? {
                list.each(|slot, _, _| {
                    let has = &mut pairs[slot as usize];
                    *has += 1;
                    if usize::from(*has) == least {
                        having_most.push(slot);
                    }
                });
            }
        }
        having_most.sort_unstable();
        for slot in having_most {
            let has = pairs[slot as usize];
            if usize::from(has) < count {
                find(slot, f32::from(has) / count as f32);
            }
        }
        Ok(())
    }

    fn find_token(&self, field: Field, token: &str, mut find: impl FnMut(Slot, f32)) -> Result<(), IndexError> {
        let saturation = self.saturation(field);
        for list in self.lists(field, token)? {
            list.each(|slot, frequency, class| find(slot, saturation.of(frequency, class)));
        }
        Ok(())
    }

    fn find_place(&self, place: &CitedPlace, mut find: impl FnMut(Slot, f32)) -> Result<(), IndexError> {
        let (field, token) = match (&place.statute, &place.article) {
            (Some(statute), Some(article)) => (self.fields.cites, format!("{statute}#{article}")),
            (Some(statute), None) => (self.fields.cites, statute.clone()),
            (None, Some(article)) => (self.fields.article, article.clone()),
            (None, None) => return Ok(()),
        };
        for slot in self.slots_with(field, &token)? {
            let is_it = self.tables.is_place(self.unit_at(slot), place);
            find(slot, if is_it { 1.0 } else { weights::MENTIONED_PLACE });
        }
        Ok(())
    }
}
