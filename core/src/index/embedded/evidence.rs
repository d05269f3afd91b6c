//! Which units answer a query at all.

use super::Embedded;
use super::judge::{Case, Judge};
use super::phrases::Texts;
use super::postings::Slot;
use super::scores::Scores;
use super::sieve::Sieve;
use super::tally::Tally;
use super::witness::Witness;
use crate::index::IndexError;
use crate::index::ranking::phrase_value;
use crate::query::{Phrase, QueryPlan};
use crate::text::Folded;

/// The units that answer, and, if none of them passes the filter, those that fall short of the rule of evidence.
#[derive(Default)]
pub(super) struct Answering {
    pub(super) answers: Tally,
    pub(super) weak: Tally,
    /// A phrase that cannot be looked for: too many texts would have to be read. There are no units then.
    pub(super) too_common: Option<String>,
}

impl Embedded {
    /// Scores all units and applies the rule of evidence: a unit answers if the concepts it has make up at least a certain
    /// share of the query's weight ([`least_evidence`](crate::index::ranking::weights::least_evidence)), a concept weighing as much as it is rare, and one that
    /// only the titles above the unit have counting less, or, where some unit does, if it has part of that
    /// ([`following`](crate::index::ranking::weights::following)); if it has every phrase in quotes; and if it has nothing that
    /// must not be there. Units that the sieve leaves out are not looked at; its other filters are for the caller.
    pub(super) fn answering(
        &self,
        plan: &QueryPlan,
        sieve: &Sieve,
        witness: &mut impl Witness,
    ) -> Result<Answering, IndexError> {
        if plan.is_empty() {
            return Ok(Answering::default());
        }
        let mut texts = Texts::new(self);
        let required = self.required(plan, &mut texts, witness)?;
        let excluded = self.excluded(plan, required.as_deref(), &mut texts)?;
        let too_common = texts.too_common();
        if too_common.is_some() {
            return Ok(Answering { too_common, ..Answering::default() });
        }
        let must = required.as_deref().unwrap_or_default();
        Scores::with(self.places.slots(), &self.surroundings, |scores| {
            let mut tokens = self.tokens(plan)?;
            let demand = self.find_concepts(plan, &mut tokens, scores)?;
            let Scores { found, window, surroundings, alone, .. } = scores;
            self.score_surroundings(&tokens, surroundings)?;
            let case = Case { index: self, plan, sieve, demand, surroundings, required: required.as_deref(), excluded };
            let (least, following) = (demand.least(), demand.following());
            let wanted = plan.window.offset.saturating_add(plan.window.limit);
            let mut answers = Judge::new(&case, alone, wanted);
            self.add_up(plan, (found, must), &mut tokens, window, witness, |slot, words, witness| {
                if words.evidence >= following {
                    answers.look(slot, words, witness);
                }
            });
            let is_answered = answers.most_evidence() >= least;
            let answers = if is_answered { answers.tally() } else { Tally::default() };
            if answers.has_any(|slot| sieve.passes(self, slot)) {
                return Ok(Answering { answers, ..Answering::default() });
            }
            // What falls short is seldom asked for, so that it is not kept the first time. It is shown from the first on, whatever page
            // was asked for.
            let enough = if is_answered { following } else { least };
            let mut weak = Judge::new(&case, alone, plan.window.limit);
            self.add_up(plan, (found, must), &mut self.tokens(plan)?, window, witness, |slot, words, witness| {
                if words.evidence < enough {
                    weak.look(slot, words, witness);
                }
            });
            Ok(Answering { answers, weak: weak.tally(), too_common: None })
        })
    }

    /// The slots that have every phrase in quotes, with what that is worth; `None` where nothing is quoted. Texts are read last,
    /// and only of what has all phrases as far as lists tell.
    fn required(
        &self,
        plan: &QueryPlan,
        texts: &mut Texts<'_>,
        witness: &mut impl Witness,
    ) -> Result<Option<Vec<(Slot, f32)>>, IndexError> {
        let mut required: Option<Vec<(Slot, f32)>> = None;
        for phrase in &plan.exact {
            if required.as_ref().is_some_and(Vec::is_empty) {
                break;
            }
            let found = self.slots_near_phrase(phrase)?;
            let count = found.len();
            let valued: Vec<(Slot, f32)> = found
                .into_iter()
                .map(|(slot, frequency)| (slot, phrase_value(count, self.tables.units(), frequency)))
                .collect();
            for &(slot, value) in &valued {
                witness.saw(slot, "exact words", "text", &phrase.text, value);
            }
            required = Some(match required {
                None => valued,
                Some(before) => in_both(&before, &valued),
            });
        }
        let unread: Vec<&Phrase> = plan.exact.iter().filter(|phrase| phrase.has_letter_alone()).collect();
        if let (Some(slots), [phrase, ..]) = (&mut required, &unread[..]) {
            let has_all = |text: &Folded| unread.iter().all(|phrase| phrase.occurs_in(text));
            texts.retain(slots, |&(slot, _)| slot, phrase, has_all)?;
        }
        Ok(required)
    }

    /// The slots among those `required` that have a phrase which must not be there, in order.
    fn excluded(
        &self,
        plan: &QueryPlan,
        required: Option<&[(Slot, f32)]>,
        texts: &mut Texts<'_>,
    ) -> Result<Vec<Slot>, IndexError> {
        let is_required = |slot: &Slot| {
            required.is_none_or(|required| required.binary_search_by_key(slot, |&(slot, _)| slot).is_ok())
        };
        let mut excluded = Vec::new();
        for phrase in &plan.without {
            let found = self.slots_near_phrase(phrase)?.into_iter().map(|(slot, _)| slot);
            let mut found: Vec<Slot> = found.filter(is_required).collect();
            if phrase.has_letter_alone() {
                texts.retain(&mut found, |&slot| slot, phrase, |text| phrase.occurs_in(text))?;
            }
            excluded.append(&mut found);
        }
        excluded.sort_unstable();
        Ok(excluded)
    }
}

/// The slots of both lists, both sorted, with their values added up.
fn in_both(a: &[(Slot, f32)], b: &[(Slot, f32)]) -> Vec<(Slot, f32)> {
    a.iter()
        .filter_map(|&(slot, value)| {
            let at = b.binary_search_by_key(&slot, |&(other, _)| other).ok()?;
            Some((slot, value + b[at].1))
        })
        .collect()
}
