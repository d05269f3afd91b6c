//! Who has a concept: in the text, in the statute's name, in the titles above.

use tantivy::schema::Field;

use super::Embedded;
use super::found::Found;
use super::postings::{Slot, Wanted};
use super::scores::Scores;
use crate::index::IndexError;
use crate::index::ranking::Demand;
use crate::index::ranking::FoundIn;
use crate::index::ranking::idf;
use crate::index::ranking::weights;
use crate::index::tables::UnitNo;
use crate::query::{CitedPlace, PlannedAlternative, PlannedConcept, QueryPlan, Sought};

impl Embedded {
    /// Finds who has each concept, and what that is worth. Returns what evidence the query demands.
    pub(super) fn find_concepts(&self, plan: &QueryPlan, scores: &mut Scores) -> Result<Demand, IndexError> {
        let Scores { found, pairs, .. } = scores;
        let mut demand = Demand::default();
        for (number, concept) in plan.concepts.iter().enumerate() {
            found.begin(number);
            self.find_concept(concept, found, pairs)?;
            let idf = idf(found.having(), self.tables.units());
            let is_place = |alternative: &PlannedAlternative| matches!(alternative.sought, Sought::Place(_));
            let place = if concept.alternatives.iter().any(is_place) { weights::PLACE } else { 1.0 };
            found.settle(weights::CONCEPTS * concept.weight * idf * place, concept.weight * idf);
            demand.add(concept, found.having(), idf);
        }
        Ok(demand)
    }

    /// Who has a concept, and where it is found best: whoever has any of its words in the text is not asked for the titles
    /// above, and the first of the words counts.
    fn find_concept(&self, concept: &PlannedConcept, found: &mut Found, pairs: &mut [u8]) -> Result<(), IndexError> {
        for alternative in &concept.alternatives {
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
        let count = alternative.bigrams.len().min(usize::from(u8::MAX)) as f32;
        if count * (1.0 - weights::LEAST_PART) < 1.0 {
            return Ok(());
        }
        pairs.fill(0);
        for pair in alternative.bigrams.iter().take(usize::from(u8::MAX)) {
            for list in self.lists(self.fields.bigrams, pair)? {
                list.each(|slot, _, _| pairs[slot as usize] += 1);
            }
        }
        let least = (count * weights::LEAST_PART).ceil() as u8;
        for (slot, &has) in (0..).zip(pairs.iter()) {
            if has >= least && f32::from(has) < count {
                find(slot, f32::from(has) / count);
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
            let is_it = self.is_place(self.unit_at(slot), place);
            find(slot, if is_it { 1.0 } else { weights::MENTIONED_PLACE });
        }
        Ok(())
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
}
