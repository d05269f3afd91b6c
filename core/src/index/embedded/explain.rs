//! What the scores of some units are made of.

use std::collections::HashMap;

use super::Embedded;
use super::postings::Slot;
use super::sieve::Sieve;
use super::witness::Witness;
use crate::index::IndexError;
use crate::index::engine::{Account, Scope};
use crate::index::explain::Part;
use crate::index::ranking::Standing;
use crate::index::tables::UnitNo;
use crate::query::QueryPlan;

/// Notes what is said of some units.
struct Notes {
    of: HashMap<Slot, Account>,
}

impl Witness for Notes {
    fn saw(&mut self, slot: Slot, signal: &'static str, field: &'static str, term: &str, value: f32) {
        if let Some(account) = self.of.get_mut(&slot) {
            account.words.push(Part::of_word(signal, field, term, value));
        }
    }

    fn stands(&mut self, slot: Slot, standing: Standing) {
        if let Some(account) = self.of.get_mut(&slot) {
            account.standing = standing;
        }
    }
}

impl Embedded {
    /// Scores once more and notes what comes together for `units`.
    pub(super) fn accounts(
        &self,
        plan: &QueryPlan,
        scope: &Scope,
        units: &[UnitNo],
    ) -> Result<Vec<Account>, IndexError> {
        let slots = units.iter().map(|&unit| self.slot_of(unit));
        let mut notes = Notes { of: slots.clone().map(|slot| (slot, Account::default())).collect() };
        self.answering(plan, &Sieve::new(self, scope)?, &mut notes)?;
        Ok(slots.map(|slot| notes.of.remove(&slot).unwrap_or_default()).collect())
    }
}
