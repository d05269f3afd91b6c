//! Arrays with a place for each unit, used again from query to query.

use std::cell::RefCell;

use crate::index::tables::UnitNo;

/// Values by unit, zero where nothing was added.
#[derive(Debug, Default)]
pub(super) struct Values {
    values: Vec<f32>,
    touched: Vec<UnitNo>,
}

impl Values {
    fn fit(&mut self, units: usize) {
        self.clear();
        self.values.resize(units, 0.0);
    }

    pub(super) fn clear(&mut self) {
        if self.touched.len() > self.values.len() / 8 {
            self.values.fill(0.0);
        } else {
            for &unit in &self.touched {
                self.values[unit as usize] = 0.0;
            }
        }
        self.touched.clear();
    }

    pub(super) fn get(&self, unit: UnitNo) -> f32 {
        self.values[unit as usize]
    }

    /// Adds a value above zero.
    pub(super) fn add(&mut self, unit: UnitNo, value: f32) {
        let place = &mut self.values[unit as usize];
        if *place == 0.0 {
            self.touched.push(unit);
        }
        *place += value;
    }

    /// Keeps the greater one.
    pub(super) fn raise(&mut self, unit: UnitNo, value: f32) {
        let place = &mut self.values[unit as usize];
        if *place == 0.0 {
            self.touched.push(unit);
        }
        *place = place.max(value);
    }

    /// The units with a value, in no order.
    pub(super) fn touched(&self) -> &[UnitNo] {
        &self.touched
    }
}

/// The arrays of one query.
#[derive(Debug, Default)]
pub(super) struct Scores {
    /// What single tokens add up to, by unit.
    pub(super) grams: Values,
    /// What concepts add up to.
    pub(super) concepts: Values,
    /// How much of the query's weight a unit has evidence for.
    pub(super) evidence: Values,
    /// The best alternative of the concept at hand.
    pub(super) strength: Values,
    /// How surely a unit has the concept at hand, up to 1.
    pub(super) presence: Values,
    /// How many pairs of a long term a unit has.
    pub(super) pairs: Values,
}

thread_local! {
    static SCORES: RefCell<Scores> = RefCell::default();
}

impl Scores {
    /// Empty arrays for `units` units. Each thread keeps its own from query to query.
    pub(super) fn with<T>(units: usize, run: impl FnOnce(&mut Scores) -> T) -> T {
        SCORES.with_borrow_mut(|scores| {
            for values in [
                &mut scores.grams,
                &mut scores.concepts,
                &mut scores.evidence,
                &mut scores.strength,
                &mut scores.presence,
                &mut scores.pairs,
            ] {
                values.fit(units);
            }
            run(scores)
        })
    }
}
