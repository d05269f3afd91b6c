//! What units of one place have in common.
//!
//! Most of what is asked of a match (its kind, statute, document, chapter) is the same for whatever stands beside it. So a
//! slot knows but the number of its place: there are few places, and what is known of them stays in the processor's near memories.

use std::collections::HashMap;

use tantivy::Searcher;

use super::Embedded;
use super::postings::Slot;
use crate::index::tables::{NONE, Tables, UnitNo};
use crate::unit::Kind;

/// What the units of a place have in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(in crate::index) struct Place {
    /// Place in [`Kind::ALL`].
    pub(super) kind: u8,
    pub(super) document: u32,
    /// The statute that they belong to, or [`NONE`].
    pub(super) statute: u32,
    /// The chapter that articles stand in, and that the articles stand in which provisions cite, or [`NONE`].
    pub(super) chapter: u32,
}

impl Place {
    pub(super) fn kind(&self) -> Kind {
        Kind::ALL[usize::from(self.kind)]
    }
}

/// The places of a generation.
pub(in crate::index) struct Places {
    /// By slot: the number of the place and, above it, the [`SHARED`] and [`LABELLED`] traits. What is no unit (a document's own entry),
    /// or not any more, has the first place, and lists of tokens have neither.
    of_slot: Vec<u32>,
    places: Vec<Place>,
    /// By slot: the unit, or [`NONE`].
    units: Vec<UnitNo>,
}

/// The bits of a slot's number of place.
const NUMBER: u32 = u32::MAX >> TRAITS;
const TRAITS: u32 = 2;

/// One hit with others.
pub(super) const SHARED: u32 = 1 << 31;
/// Not of its place alone as far as counting goes: a row of a list, or what stands in its cells, with labels of its own.
pub(super) const LABELLED: u32 = 1 << 30;

/// The units by slot; [`NONE`] for what is none.
pub(in crate::index) fn units_by_slot(searcher: &Searcher, tables: &Tables) -> Vec<UnitNo> {
    let mut starts = Vec::new();
    let mut slots = 0;
    for reader in searcher.segment_readers() {
        starts.push(slots);
        slots += reader.max_doc() as usize;
    }
    let mut units = vec![NONE; slots];
    for (unit, &(segment, doc)) in (0..).zip(&tables.addresses) {
        if let Some(place) = starts.get(segment as usize).and_then(|start| units.get_mut(start + doc as usize)) {
            *place = unit;
        }
    }
    units
}

impl Places {
    /// `superseded` tells the older versions of statutes, by document.
    pub(in crate::index) fn new(searcher: &Searcher, tables: &Tables, superseded: &[bool]) -> Places {
        let units = units_by_slot(searcher, tables);
        let chapters = tables.chapters_around(superseded);
        let is_shared = tables.is_shared();
        let mut places = Vec::new();
        let mut numbers: HashMap<Place, u32> = HashMap::new();
        let mut last = None;
        let of_slot = units.iter().map(|&unit| {
            if unit == NONE {
                return 0;
            }
            let at = unit as usize;
            let place = Place {
                kind: tables.kinds[at],
                document: tables.document_of[at],
                statute: tables.statute_of[at],
                chapter: chapters[at],
            };
            let labels = [&tables.grounded, &tables.power_types, &tables.departments];
            let labelled = place.kind() != Kind::Article && labels.iter().any(|values| !values.of(unit).is_empty());
            let traits = if is_shared[at] { SHARED } else { 0 } | if labelled { LABELLED } else { 0 };
            if let Some((_, number)) = last.filter(|&(known, _)| known == place) {
                return traits | number;
            }
            let number = *numbers.entry(place).or_insert_with(|| {
                places.push(place);
                let number = u32::try_from(places.len() - 1).ok().filter(|&number| number <= NUMBER);
                number.expect("an index on one machine holds fewer than a thousand million places")
            });
            last = Some((place, number));
            traits | number
        });
        let of_slot = of_slot.collect();
        Places { of_slot, places, units }
    }

    /// How many slots there are.
    pub(in crate::index) fn slots(&self) -> usize {
        self.of_slot.len()
    }

    /// The slots of all units.
    pub(in crate::index) fn occupied(&self) -> impl Iterator<Item = Slot> {
        (0..).zip(&self.units).filter(|&(_, &unit)| unit != NONE).map(|(slot, _)| slot)
    }

    /// All places, by number.
    pub(in crate::index) fn all(&self) -> &[Place] {
        &self.places
    }

    /// The number of the place of a slot.
    #[inline]
    pub(super) fn number(&self, slot: Slot) -> u32 {
        self.of_slot[slot as usize] & NUMBER
    }

    /// A place by its number.
    pub(super) fn get(&self, number: u32) -> &Place {
        &self.places[number as usize]
    }

    /// Which of the traits a slot has: [`SHARED`], [`LABELLED`].
    #[inline]
    pub(super) fn traits(&self, slot: Slot) -> u32 {
        self.of_slot[slot as usize] & !NUMBER
    }

    /// The place of a slot.
    #[inline]
    pub(super) fn of(&self, slot: Slot) -> &Place {
        &self.places[self.number(slot) as usize]
    }
}

impl Embedded {
    /// The unit at a slot that a list has.
    #[inline]
    pub(super) fn unit_at(&self, slot: Slot) -> UnitNo {
        self.places.units[slot as usize]
    }

    /// The slot of a unit.
    pub(super) fn slot_of(&self, unit: UnitNo) -> Slot {
        let (segment, doc) = self.tables.addresses[unit as usize];
        self.segments[segment as usize].first() + doc
    }

    /// The hit that the unit at a slot is together with others.
    #[inline]
    pub(super) fn group_at(&self, slot: Slot) -> Option<u32> {
        (self.places.traits(slot) & SHARED != 0).then(|| self.tables.group_of[self.unit_at(slot) as usize])
    }
}
