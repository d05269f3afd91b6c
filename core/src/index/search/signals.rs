//! What makes a score: single tokens and concepts, in the text, in the statute's name, in the titles above.

use tantivy::schema::Field;

use super::bm25::{Saturation, idf};
use super::demand::Demand;
use super::postings::{Slot, Wanted};
use super::scores::{Found, FoundIn, Scores};
use super::weights::{self, K1};
use super::witness::Witness;
use crate::index::IndexError;
use crate::index::reader::Index;
use crate::index::tables::{NONE, UnitNo};
use crate::query::{CitedPlace, GramField, Phrase, PlannedAlternative, PlannedConcept, QueryPlan, Sought};
use crate::text::Folded;

impl Index {
    /// Fills the arrays. Returns what evidence the query demands.
    pub(super) fn score(
        &self,
        plan: &QueryPlan,
        scores: &mut Scores,
        witness: &mut impl Witness,
    ) -> Result<Demand, IndexError> {
        let mut demand = Demand::default();
        for (number, concept) in (1..).zip(&plan.concepts) {
            let (found, idf) = self.score_concept(number, concept, scores, witness)?;
            demand.add(concept, found, idf);
        }
        self.score_grams(plan, scores, witness)?;
        Ok(demand)
    }

    /// Adds what single tokens are worth to the candidates, the rarest tokens first. What is left when
    /// [`weights::MOST_POSTINGS`] have been read are the most frequent ones, which tell least and cost most.
    fn score_grams(&self, plan: &QueryPlan, scores: &mut Scores, witness: &mut impl Witness) -> Result<(), IndexError> {
        let units = self.tables.units();
        let mut tokens = Vec::new();
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
                let lists = self.lists(field, &gram.token)?;
                let frequency = lists.iter().map(|list| list.frequency).sum::<f64>().round() as usize;
                let is_common = frequency as f32 > weights::MOST_OF_CHARACTER * units as f32;
                if frequency > 0 && !(is_common && gram.field == GramField::Characters) {
                    tokens.push((frequency, gram, field, weight, name, lists));
                }
            }
        }
        tokens.sort_by_key(|&(frequency, ..)| frequency);
        let mut postings = 0;
        for (frequency, gram, field, weight, name, lists) in tokens {
            postings += frequency;
            if postings as f32 > weights::MOST_POSTINGS * units as f32 {
                break;
            }
            let factor = weight * gram.weight * idf(frequency, units);
            let saturation = self.saturation(field);
            let Scores { words, evidence, surroundings, .. } = &mut *scores;
            let mut add = |slot: Slot, frequency: u32, class: u8| {
                let value = if evidence[slot as usize] > 0.0 { factor * saturation.of(frequency, class) } else { 0.0 };
                words[slot as usize] += value;
                witness.saw(self.units_by_slot[slot as usize], "letters", name, &gram.token, value);
            };
            if field == self.fields.bigrams {
                for list in lists {
                    list.each(|slot, frequency, class| {
                        add(slot, frequency, class);
                        surroundings.count(&self.surroundings, slot, frequency);
                    });
                }
                surroundings.settle(&self.surroundings, gram.weight);
            } else {
                lists.into_iter().for_each(|list| list.each(&mut add));
            }
        }
        Ok(())
    }

    /// Adds what a concept, the one of that number, is worth to each slot that has it. Returns how many have it, and how
    /// telling that is.
    fn score_concept(
        &self,
        number: u32,
        concept: &PlannedConcept,
        scores: &mut Scores,
        witness: &mut impl Witness,
    ) -> Result<(usize, f32), IndexError> {
        self.find_concept(number, concept, scores)?;
        let found = std::mem::take(&mut scores.found);
        let idf = idf(found.len(), self.tables.units());
        let place = concept.alternatives.iter().any(|alternative| matches!(alternative.sought, Sought::Place(_)));
        let factor = weights::CONCEPTS * concept.weight * idf * if place { weights::PLACE } else { 1.0 };
        for &Found { slot, strength, place, share } in &found {
            let (worth, sure) = weights::of_place(place);
            let value = factor * worth * strength;
            scores.add_concept(slot, value, concept.weight * idf * sure * share);
            witness.saw(self.units_by_slot[slot as usize], "concept", place.field(), &concept.from, value);
        }
        let count = found.len();
        scores.found = found;
        Ok((count, idf))
    }

    /// Who has a concept, and where it is found best: whoever has any of its words in the text is not asked for the titles
    /// above, and the first of the words counts.
    fn find_concept(&self, number: u32, concept: &PlannedConcept, scores: &mut Scores) -> Result<(), IndexError> {
        let Scores { met, found, pairs, .. } = scores;
        found.clear();
        let mut finder = Finder { number, units: &self.units_by_slot, met, found };
        for alternative in &concept.alternatives {
            let find = |slot: Slot, value: f32| finder.find(slot, alternative.weight * value, FoundIn::Text, 1.0);
            match &alternative.sought {
                Sought::Place(place) => self.find_place(place, find)?,
                Sought::Number(number) => self.find_token(self.fields.words, number, find)?,
                Sought::Letters(letters) if alternative.bigrams.is_empty() => {
                    self.find_token(self.fields.characters, letters, find)?;
                }
                Sought::Letters(_) => self.find_letters(self.fields.bigrams, alternative, find)?,
            }
        }
        let letters = || concept.alternatives.iter().filter(|alternative| !alternative.bigrams.is_empty());
        for (field, place) in [(self.fields.heading, FoundIn::Name), (self.fields.context, FoundIn::Titles)] {
            for alternative in letters() {
                let find = |slot: Slot, value: f32| finder.find(slot, alternative.weight * value, place, 1.0);
                self.find_letters(field, alternative, find)?;
            }
        }
        if finder.found.len() < weights::ENOUGH_WHOLE {
            for alternative in letters() {
                self.find_parts(alternative, pairs, |slot, share| {
                    finder.find(slot, alternative.weight * share, FoundIn::Part, share);
                })?;
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
            let unit = self.units_by_slot[slot as usize];
            let is_it = unit != NONE && self.is_place(unit, place);
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

    fn saturation(&self, field: Field) -> &Saturation {
        let known = self.saturations.iter().find(|(known, _)| *known == field);
        &known.expect("every field that is scored has one").1
    }

    /// The saturation of every field that is scored, by its average length.
    pub(in crate::index) fn saturations(
        segments: &[super::Segment],
        fields: &crate::index::schema::Fields,
        units: usize,
    ) -> Vec<(Field, Saturation)> {
        let scored = [fields.words, fields.bigrams, fields.characters, fields.heading, fields.context];
        let saturation = |field: Field| {
            let tokens: f64 = segments.iter().map(|segment| segment.token_count(field)).sum();
            (field, Saturation::new((tokens as f32 / units.max(1) as f32).max(1.0)))
        };
        scored.map(saturation).into()
    }

    /// Whether these letters stand next to each other in some unit, more or less: their pairs stand in it.
    pub(super) fn has_letters(&self, letters: &str) -> Result<bool, IndexError> {
        let folded = Folded::new(letters);
        let pairs: Vec<String> = crate::analyzer::bigrams(&folded).map(|gram| gram.text.to_owned()).collect();
        let (field, tokens) = match pairs.as_slice() {
            [] => (self.fields.characters, vec![folded.text().to_owned()]),
            _ => (self.fields.bigrams, pairs),
        };
        let mut has = false;
        self.each_with_all(field, &tokens, |slot, _, _| {
            has = self.units_by_slot[slot as usize] != NONE;
            if has { Wanted::NoMore } else { Wanted::More }
        })?;
        Ok(has)
    }

    /// The slots that have a phrase, and how often.
    pub(super) fn slots_with_phrase(&self, phrase: &Phrase) -> Result<Vec<(Slot, u32)>, IndexError> {
        let pairs: Vec<(String, u32)> = phrase.bigrams().collect();
        let mut found = Vec::new();
        if pairs.is_empty() {
            // Letters that stand alone are in no pair: all of them must be there.
            let letters: Vec<String> = phrase.letters.iter().map(|&(c, _)| c.to_string()).collect();
            self.each_with_all(self.fields.characters, &letters, |slot, frequency, _| {
                found.push((slot, frequency));
                Wanted::More
            })?;
        } else {
            for segment in &self.segments {
                found.extend(segment.at_positions(self.fields.bigrams, &pairs)?);
            }
        }
        found.retain(|&(slot, _)| self.units_by_slot[slot as usize] != NONE);
        if !phrase.is_covered_by_bigrams() && phrase.letters.len() > 1 {
            // A letter alone between punctuation is in no pair: look at the text.
            let mut checked = Vec::new();
            for (slot, frequency) in found {
                let text = self.read(self.units_by_slot[slot as usize])?.passage.text;
                if phrase.occurs_in(&Folded::new(&text)) {
                    checked.push((slot, frequency));
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

/// Gathers who has a concept. Whoever was found once is not found again.
struct Finder<'s> {
    /// The concept's, counted from one.
    number: u32,
    units: &'s [UnitNo],
    met: &'s mut [u32],
    found: &'s mut Vec<Found>,
}

impl Finder<'_> {
    fn find(&mut self, slot: Slot, strength: f32, place: FoundIn, share: f32) {
        let met = &mut self.met[slot as usize];
        // An entry that is gone is still in the lists.
        if *met != self.number && self.units[slot as usize] != NONE {
            *met = self.number;
            self.found.push(Found { slot, strength, place, share });
        }
    }
}
