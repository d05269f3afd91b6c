//! Adding up, window by window.
//!
//! The lists of all concepts and tokens are read side by side, some thousand slots at a time: what is added up stays in the
//! processor's nearest memory, and where no slot of a window has any concept, no token is read. (Lucene's `BooleanScorer` works
//! like this.)

use super::Embedded;
use super::found::{Found, Run};
use super::postings::Slot;
use super::tokens::{Having, Token};
use super::witness::Witness;
use crate::index::ranking::RankedGram;
use crate::query::QueryPlan;

/// So many slots are added up at a time: 32 kB.
const WINDOW: usize = 4096;
/// What makes a slot a candidate that has no concept.
const LEAST_EVIDENCE: f32 = f32::MIN_POSITIVE;

/// What a query's words are worth at a slot.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Words {
    /// How much of the query's weight there is evidence for; above zero for candidates alone.
    pub(super) evidence: f32,
    /// What all signals of the words add up to.
    pub(super) score: f32,
}

/// The slots that are added up.
#[derive(Debug)]
pub(super) struct Window {
    first: Slot,
    /// By slot, counted from the first. All empty between two windows.
    words: Vec<Words>,
    /// Those who have anything, a bit each.
    candidates: [u64; WINDOW / 64],
}

impl Default for Window {
    fn default() -> Window {
        Window { first: 0, words: vec![Words::default(); WINDOW], candidates: [0; WINDOW / 64] }
    }
}

impl Window {
    /// Adds what it is worth to have a concept, and the evidence that it is.
    #[inline]
    fn add_concept(&mut self, slot: Slot, value: f32, evidence: f32) {
        let at = (slot - self.first) as usize;
        let words = &mut self.words[at];
        words.evidence += evidence;
        words.score += value;
        self.candidates[at / 64] |= 1 << (at % 64);
    }

    /// Adds what a token is worth, to candidates alone. Returns what was added.
    #[inline]
    fn add_token(&mut self, slot: Slot, value: f32) -> f32 {
        let words = &mut self.words[(slot - self.first) as usize];
        let value = if words.evidence > 0.0 { value } else { 0.0 };
        words.score += value;
        value
    }

    /// Hands out the candidates in order, and leaves the window empty.
    fn close(&mut self, mut judge: impl FnMut(Slot, Words)) {
        for (number, bits) in self.candidates.iter_mut().enumerate() {
            let mut rest = std::mem::take(bits);
            while rest != 0 {
                let at = number * 64 + rest.trailing_zeros() as usize;
                rest &= rest - 1;
                judge(self.first + at as Slot, std::mem::take(&mut self.words[at]));
            }
        }
    }
}

impl Embedded {
    /// Calls `judge` with every slot that has any concept or is one of those `required`, in their order, and with what its
    /// words are worth. Those of a required slot are worth what comes with it, too.
    pub(super) fn add_up<W: Witness>(
        &self,
        plan: &QueryPlan,
        (found, required): (&Found, &[(Slot, f32)]),
        tokens: &mut [Token<'_>],
        window: &mut Window,
        witness: &mut W,
        mut judge: impl FnMut(Slot, Words, &mut W),
    ) {
        if let Some(letters) = read_with_it(plan, required, tokens) {
            return go_through(plan, found, &letters, witness, judge);
        }
        let mut runs: Vec<Run> = found.runs.clone();
        let mut required = required;
        let slot_of = |run: &Run| (run.next < run.end).then(|| found.slots[run.next].0);
        while let Some(first) = runs.iter().filter_map(slot_of).chain(required.first().map(|&(slot, _)| slot)).min() {
            window.first = first;
            let end = first + WINDOW as Slot;
            let here = required.partition_point(|&(slot, _)| slot < end);
            for &(slot, value) in &required[..here] {
                window.add_concept(slot, value, LEAST_EVIDENCE);
            }
            required = &required[here..];
            for run in &mut runs {
                let rest = &found.slots[run.next..run.end];
                let here = rest.iter().take_while(|&&(slot, _)| slot < end);
                for &(slot, strength) in here {
                    let (value, evidence) = run.worth(strength);
                    window.add_concept(slot, value, evidence);
                    witness.saw(slot, "concept", run.place.field(), &plan.concepts[run.concept].from, value);
                    run.next += 1;
                }
            }
            for Token { ranked: RankedGram { gram, factor, .. }, saturation, having } in &mut *tokens {
                let mut add = |slot, strength| {
                    let value = window.add_token(slot, *factor * strength);
                    witness.saw(slot, "letters", "text", &gram.token, value);
                };
                match having {
                    Having::Read(run) => {
                        let here = found.of(run).iter().take_while(|&&(slot, _)| slot < end);
                        run.next += here.map(|&(slot, strength)| add(slot, strength)).count();
                    }
                    Having::Unread(lists) => {
                        for list in lists {
                            list.each_in(first..end, |slot, frequency, class| {
                                add(slot, saturation.of(frequency, class));
                            });
                        }
                    }
                }
            }
            window.close(|slot, words| judge(slot, words, witness));
        }
    }
}

/// The tokens of a plan of one concept, where all of them were read with it: then nothing has to be added up slot by slot.
fn read_with_it<'t>(
    plan: &QueryPlan,
    required: &[(Slot, f32)],
    tokens: &'t [Token<'_>],
) -> Option<Vec<(&'t RankedGram<'t>, Run)>> {
    let is_alone = plan.concepts.len() == 1 && required.is_empty();
    is_alone.then(|| tokens.iter().map(Token::read).collect()).flatten()
}

/// Does the same for such a plan: each slot stands in one of its runs, and has the letters of that run.
fn go_through<W: Witness>(
    plan: &QueryPlan,
    found: &Found,
    letters: &[(&RankedGram<'_>, Run)],
    witness: &mut W,
    mut judge: impl FnMut(Slot, Words, &mut W),
) {
    for run in &found.runs {
        let letters = letters.iter().filter(|(_, of)| (of.next, of.end) == (run.next, run.end));
        for &(slot, strength) in found.of(run) {
            let (value, evidence) = run.worth(strength);
            let mut words = Words { evidence, score: value };
            witness.saw(slot, "concept", run.place.field(), &plan.concepts[run.concept].from, value);
            for (RankedGram { gram, factor, .. }, _) in letters.clone() {
                let value = factor * strength;
                words.score += value;
                witness.saw(slot, "letters", "text", &gram.token, value);
            }
            judge(slot, words, witness);
        }
    }
}
