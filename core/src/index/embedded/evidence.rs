//! Which units answer a query at all, and with what score.

use super::Embedded;
use super::phrases::Texts;
use super::postings::Slot;
use super::scores::Scores;
use super::sieve::{Sieve, Verdict};
use super::surroundings::SurroundingScores;
use super::window::Words;
use super::witness::Witness;
use crate::index::IndexError;
use crate::index::ranking::{Around, Demand, Standing, phrase_value, weights};
use crate::index::tables::NONE;
use crate::query::{Phrase, QueryPlan};
use crate::text::Folded;

/// A unit with its score.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Scored {
    pub(super) slot: Slot,
    pub(super) score: f32,
}

/// The units that answer, and, if none of them passes the filter, those that fall short of the rule of evidence; in no
/// order.
#[derive(Debug, Default)]
pub(super) struct Answering {
    pub(super) answers: Vec<Scored>,
    pub(super) weak: Vec<Scored>,
    /// A phrase that cannot be looked for: too many texts would have to be read. There are no units then.
    pub(super) too_common: Option<String>,
}

impl Embedded {
    /// Scores all units and applies the rule of evidence: a unit answers if the concepts it has make up at least a certain
    /// share of the query's weight ([`weights::least_evidence`]), a concept weighing as much as it is rare, and one that
    /// only the titles above the unit have counting less, or, where some unit does, if it has part of that
    /// ([`weights::following`]); if it has every phrase in quotes; and if it has nothing that
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
            let demand = self.find_concepts(plan, scores)?;
            let Scores { found, window, surroundings, .. } = scores;
            let mut tokens = self.tokens(plan)?;
            self.score_surroundings(&tokens, surroundings)?;
            let case = Case { index: self, plan, sieve, demand, surroundings, required: required.as_deref(), excluded };
            let (least, following) = (demand.least(), demand.following());
            let mut answers = Judge::new(&case);
            let mut is_answered = false;
            self.add_up(plan, (found, must), &mut tokens, window, witness, |slot, words, witness| {
                if words.evidence >= following {
                    is_answered |= answers.look(slot, words, witness) && words.evidence >= least;
                }
            });
            let answers = if is_answered { answers.units() } else { Vec::new() };
            let passes =
                |scored: &Scored| sieve.is_open() || sieve.verdict(self, self.unit_at(scored.slot)) == Verdict::PASSES;
            if answers.iter().any(passes) {
                return Ok(Answering { answers, ..Answering::default() });
            }
            // What falls short is seldom asked for, so that it is not kept the first time.
            let enough = if is_answered { following } else { least };
            let mut weak = Judge::new(&case);
            self.add_up(plan, (found, must), &mut self.tokens(plan)?, window, witness, |slot, words, witness| {
                if words.evidence < enough {
                    weak.look(slot, words, witness);
                }
            });
            Ok(Answering { answers, weak: weak.units(), too_common: None })
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

/// What a unit's words are seen beside.
struct Case<'q> {
    index: &'q Embedded,
    plan: &'q QueryPlan,
    sieve: &'q Sieve,
    demand: Demand,
    surroundings: &'q SurroundingScores,
    /// What must be there, sorted.
    required: Option<&'q [(Slot, f32)]>,
    /// What must not, sorted.
    excluded: Vec<Slot>,
}

impl Case<'_> {
    /// Whether the unit at a slot may be seen, and has every phrase in quotes.
    #[inline]
    fn admits(&self, slot: Slot) -> bool {
        !self.sieve.leaves_out(self.index.places.of(slot).document)
            && self.required.is_none_or(|required| required.binary_search_by_key(&slot, |&(slot, _)| slot).is_ok())
            && (self.excluded.is_empty() || self.excluded.binary_search(&slot).is_err())
    }
}

/// Gives units their scores.
struct Judge<'q> {
    case: &'q Case<'q>,
    /// The place of the last unit, what stands around it, and how likely such a unit is what is asked for.
    place: u32,
    around: Option<Around>,
    kind: f32,
    /// Those that something stands around, and the others.
    placed: Vec<Scored>,
    others: Vec<Scored>,
    /// What stands around the former, added up.
    sum: f64,
}

impl<'q> Judge<'q> {
    fn new(case: &'q Case<'q>) -> Judge<'q> {
        Judge { case, place: NONE, around: None, kind: 1.0, placed: Vec::new(), others: Vec::new(), sum: 0.0 }
    }

    /// Scores the unit at a slot, if it is admitted; whether it is.
    fn look(&mut self, slot: Slot, words: Words, witness: &mut impl Witness) -> bool {
        let Case { index, demand, .. } = self.case;
        if !self.case.admits(slot) {
            return false;
        }
        let place = index.places.number(slot);
        if place != self.place {
            self.place = place;
            self.around = index.around(self.case.surroundings, place, demand);
            self.kind = weights::kind_weight(index.places.of(slot).kind(), self.case.plan);
        }
        let standing = Standing::new(demand, words.evidence, self.kind, self.around);
        witness.stands(slot, standing);
        let scored = Scored { slot, score: standing.score(words.score) };
        match self.around {
            Some(around) => {
                self.sum += f64::from(around.sum());
                self.placed.push(scored);
            }
            None => self.others.push(scored),
        }
        true
    }

    /// The units that were looked at.
    fn units(self) -> Vec<Scored> {
        // Nothing stands around other units of a list as a statute stands around its articles. They get what articles get on
        // average, so that neither are preferred.
        let average = (self.sum / self.placed.len().max(1) as f64) as f32;
        let others = self.others.into_iter().map(|other| Scored { score: other.score + average, ..other });
        let mut units = self.placed;
        units.extend(others);
        units
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
