//! The score of one unit, reckoned here as the embedded engine does it, to the last bit: the cluster says which units may be the
//! best, and this which are.

use std::collections::HashMap;

use super::asked::{Asked, CountedConcept, field_of, of_letters, parts_of, place_token};
use super::counted_tokens::CountedTokens;
use super::schema::TextField;
use crate::analyzer::{LegalAnalyzer, bigrams, characters};
use crate::index::cites::cites;
use crate::index::entry::Entry;
use crate::index::explain::Part;
use crate::index::ranking::{Around, FoundIn, Saturation, Standing, phrase_value, weights};
use crate::index::tables::{Tables, UnitNo};
use crate::query::{CitedPlace, Phrase, PlannedAlternative, Sought};
use crate::text::Folded;
use crate::unit::Unit;

/// What scores are reckoned with.
pub(super) struct Reckoner<'g> {
    pub(super) tables: &'g Tables,
    pub(super) analyzer: &'g LegalAnalyzer,
    /// In the order of [`TextField::ALL`].
    pub(super) saturations: &'g [Saturation],
}

/// What a unit's words are worth.
#[derive(Debug, Default)]
pub(super) struct Reckoned {
    /// How much of the query's weight there is evidence for.
    pub(super) evidence: f32,
    /// What all signals of the words add up to.
    words: f32,
    /// What each adds.
    pub(super) parts: Vec<Part>,
    /// What is made of them.
    pub(super) standing: Standing,
}

impl Reckoned {
    /// The score, but for what units with nothing around them get.
    pub(super) fn score(&self) -> f32 {
        self.standing.score(self.words)
    }

    fn add(&mut self, signal: &str, field: &str, term: &str, value: f32) {
        self.words += value;
        self.parts.push(Part::of_word(signal, field, term, value));
    }
}

/// A unit that is reckoned.
struct Seen<'u> {
    number: UnitNo,
    unit: &'u Unit,
    tokens: CountedTokens,
    classes: [u8; 5],
}

impl Reckoner<'_> {
    /// What a unit is worth that has `around` it.
    pub(super) fn reckon(&self, asked: &Asked<'_>, number: UnitNo, unit: &Unit, around: Option<Around>) -> Reckoned {
        let row = &self.tables.documents[self.tables.document_of[number as usize] as usize];
        let entry = Entry::of((&row.header.id, &row.header.title), unit, self.tables.labels(number));
        let is_number = |alternative: &PlannedAlternative| matches!(alternative.sought, Sought::Number(_));
        let with_words = asked.plan.concepts.iter().any(|concept| concept.alternatives.iter().any(is_number));
        let tokens = CountedTokens::of(self.analyzer, unit, &entry, with_words);
        let classes = TextField::ALL.map(|field| Saturation::class_of(tokens.length(field)));
        let seen = Seen { number, unit, tokens, classes };
        let mut reckoned = Reckoned::default();
        if !asked.phrases.is_empty() {
            let folded = Folded::new(&unit.passage.text);
            let mut sum = 0.0;
            for (place, &(phrase, having)) in asked.phrases.iter().enumerate() {
                let value = phrase_value(having, asked.units, near(phrase, &folded));
                sum = if place == 0 { value } else { sum + value };
                reckoned.parts.push(Part::of_word("exact words", "text", &phrase.text, value));
            }
            reckoned.words += sum;
            reckoned.evidence += f32::MIN_POSITIVE;
        }
        for concept in &asked.concepts {
            let Some((place, value, evidence)) = self.concept(concept, &seen) else { continue };
            reckoned.evidence += evidence;
            reckoned.add("concept", place.field(), &concept.concept.from, value);
        }
        if reckoned.evidence > 0.0 {
            for ranked in &asked.grams {
                let strength =
                    self.strength(&seen, field_of(ranked.gram.field), std::slice::from_ref(&ranked.gram.token));
                if let Some(strength) = strength {
                    reckoned.add("letters", "text", &ranked.gram.token, ranked.factor * strength);
                }
            }
        }
        let kind = weights::kind_weight(self.tables.kind(number), asked.plan);
        reckoned.standing = Standing::new(&asked.demand, reckoned.evidence, kind, around);
        reckoned
    }

    /// Where a unit has a concept best, what that is worth, and what evidence it is.
    fn concept(&self, counted: &CountedConcept<'_>, seen: &Seen<'_>) -> Option<(FoundIn, f32, f32)> {
        let (place, alternative, strength) = self.found(counted, seen)?;
        let (worth, sure) = weights::of_place(place);
        let share = if place == FoundIn::Part { strength } else { 1.0 };
        let value = alternative.weight * (counted.value * worth) * strength;
        Some((place, value, counted.evidence * sure * share))
    }

    /// The first of the places, and there the first of the words, in which a unit has a concept, and how strongly.
    fn found<'q>(
        &self,
        counted: &CountedConcept<'q>,
        seen: &Seen<'_>,
    ) -> Option<(FoundIn, &'q PlannedAlternative, f32)> {
        let concept = counted.concept;
        let in_text = concept.alternatives.iter().find_map(|alternative| {
            let strength = match &alternative.sought {
                Sought::Place(place) => self.place(place, seen),
                Sought::Number(number) => self.strength(seen, TextField::Words, std::slice::from_ref(number)),
                Sought::Letters(letters) if alternative.bigrams.is_empty() => {
                    self.strength(seen, TextField::Characters, std::slice::from_ref(letters))
                }
                Sought::Letters(_) => self.strength(seen, TextField::Bigrams, &alternative.bigrams),
            };
            Some((FoundIn::Text, alternative, strength?))
        });
        let above = [(FoundIn::Name, TextField::Heading), (FoundIn::Titles, TextField::Context)];
        let above = || {
            above.into_iter().find_map(|(place, field)| {
                of_letters(concept).find_map(|alternative| {
                    Some((place, alternative, self.strength(seen, field, &alternative.bigrams)?))
                })
            })
        };
        let in_part = || {
            of_letters(concept).filter(|_| counted.counts_parts).find_map(|alternative| {
                let (pairs, least) = parts_of(alternative)?;
                let has = pairs.iter().filter(|pair| seen.tokens.frequency(TextField::Bigrams, pair) > 0).count();
                let share = has as f32 / pairs.len() as f32;
                (least..pairs.len()).contains(&has).then_some((FoundIn::Part, alternative, share))
            })
        };
        in_text.or_else(above).or_else(in_part)
    }

    /// How strongly a unit has all of some tokens in a field: as its rarest, by BM25 without its idf.
    fn strength(&self, seen: &Seen<'_>, field: TextField, tokens: &[String]) -> Option<f32> {
        let least = tokens.iter().map(|token| seen.tokens.frequency(field, token)).min()?;
        let at = field.number();
        (least > 0).then(|| self.saturations[at].of(least, seen.classes[at]))
    }

    fn place(&self, place: &CitedPlace, seen: &Seen<'_>) -> Option<f32> {
        let (_, token) = place_token(place)?;
        let has = match &place.statute {
            Some(_) => cites(seen.unit).contains(&token),
            None => self.tables.is_place(seen.number, place),
        };
        let is_it = self.tables.is_place(seen.number, place);
        has.then_some(if is_it { 1.0 } else { weights::MENTIONED_PLACE })
    }
}

/// How often a phrase stands in a text, as far as its pairs tell.
fn near(phrase: &Phrase, folded: &Folded) -> u32 {
    let pairs: Vec<(String, u32)> = phrase.bigrams().collect();
    let Some((first, rest)) = pairs.split_first() else {
        let letters: Vec<&str> = characters(folded).map(|gram| gram.text).collect();
        let count = |c: char| letters.iter().filter(|letter| letter.chars().eq([c])).count();
        let least = phrase.letters.iter().map(|&(c, _)| count(c)).min().unwrap_or(0);
        return u32::try_from(least).unwrap_or(u32::MAX);
    };
    let at: HashMap<u32, &str> = bigrams(folded).map(|gram| (gram.position, gram.text)).collect();
    let begins = |&(&position, &token): &(&u32, &&str)| {
        let follows = |(pair, place): &(String, u32)| at.get(&(position + place - first.1)) == Some(&pair.as_str());
        token == first.0 && rest.iter().all(follows)
    };
    u32::try_from(at.iter().filter(begins).count()).unwrap_or(u32::MAX)
}
