//! What is asked of every match, side by side by slot: one look into memory answers all of it.

use tantivy::Searcher;

use super::postings::Slot;
use crate::index::reader::Index;
use crate::index::tables::{NONE, Tables, UnitNo};

/// An entry of the segments as [`Tables`] know its unit.
#[derive(Clone, Copy, Debug)]
pub(in crate::index) struct Entry {
    /// [`NONE`] for what is no unit (a document's own entry), or not any more; lists of tokens have neither.
    pub(super) unit: UnitNo,
    pub(super) document: u32,
    /// The statute that it belongs to, or [`NONE`].
    pub(super) statute: u32,
    /// The hit that it is together with others, or [`NONE`].
    pub(super) group: u32,
    /// Place in [`Kind::ALL`](crate::unit::Kind::ALL).
    pub(super) kind: u8,
}

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

/// The entries by slot.
pub(in crate::index) fn entries(units_by_slot: &[UnitNo], tables: &Tables) -> Vec<Entry> {
    let is_shared = tables.is_shared();
    let entry = |&unit: &UnitNo| {
        let at = unit as usize;
        if unit == NONE {
            return Entry { unit, document: NONE, statute: NONE, group: NONE, kind: 0 };
        }
        Entry {
            unit,
            document: tables.document_of[at],
            statute: tables.statute_of[at],
            group: if is_shared[at] { tables.group_of[at] } else { NONE },
            kind: tables.kinds[at],
        }
    };
    units_by_slot.iter().map(entry).collect()
}

impl Index {
    /// The unit at a slot that a list has.
    pub(super) fn unit_at(&self, slot: Slot) -> UnitNo {
        self.entries[slot as usize].unit
    }
}
