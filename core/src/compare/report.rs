//! What became of the entries of a list in another one.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::entry::{Entry, entries, letters};
use super::matching::pairs;
use crate::audit::{Segment, difference};
use crate::unit::Unit;

/// Two lists beside each other.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Comparison {
    /// What changed, in the order of the later list; what was dropped stands where it was.
    pub changes: Vec<EntryChange>,
    /// How many entries are the same in both.
    pub unchanged: usize,
    /// What only the later list cites, in one spelling: 《社会保险法》第九十二条.
    pub citations_added: Vec<String>,
    /// What only the earlier list cites.
    pub citations_dropped: Vec<String>,
}

/// What became of an entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntryChange {
    /// In one word.
    pub fate: EntryFate,
    /// In the earlier list; `None` if it was added.
    pub before: Option<ListedEntry>,
    /// In the later list; `None` if it was dropped.
    pub after: Option<ListedEntry>,
    /// The name, where it changed.
    pub name: Vec<Segment>,
    /// The parts that changed, in the order of the later list.
    pub parts: Vec<ChangedPart>,
}

/// What became of an entry, in one word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum EntryFate {
    /// Only the later list has it.
    Added,
    /// Only the earlier list has it.
    Dropped,
    /// It has another name and is otherwise the same.
    Renamed,
    /// Something under its name has changed, and perhaps the name.
    Changed,
}

impl EntryFate {
    /// Every fate.
    pub const ALL: [EntryFate; 4] = [EntryFate::Added, EntryFate::Dropped, EntryFate::Renamed, EntryFate::Changed];

    /// The name that the API uses.
    pub fn name(self) -> &'static str {
        match self {
            EntryFate::Added => "added",
            EntryFate::Dropped => "dropped",
            EntryFate::Renamed => "renamed",
            EntryFate::Changed => "changed",
        }
    }

    /// What an officer calls it.
    pub fn label(self) -> &'static str {
        match self {
            EntryFate::Added => "新增",
            EntryFate::Dropped => "取消",
            EntryFate::Renamed => "更名",
            EntryFate::Changed => "变动",
        }
    }
}

/// An entry of a list: its identifier and its name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListedEntry {
    /// A unit's identifier.
    pub id: String,
    /// As printed.
    pub name: String,
}

/// A part of an entry that changed: a cell, the items of a duty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChangedPart {
    /// What it is: 责任事项, a column's heading.
    pub label: String,
    /// What changed, by character.
    pub difference: Vec<Segment>,
}

/// Compares an earlier list with a later one, each as the units of its document.
pub fn compare(before: &[Unit], after: &[Unit]) -> Comparison {
    let (before, after) = (entries(before), entries(after));
    let pairs = pairs(&before, &after);
    let mut comparison = Comparison::default();
    // Dropped entries stand behind the entry that they followed.
    let mut placed: Vec<((usize, usize), EntryChange)> = Vec::new();
    let followed = |one: usize| pairs.partition_point(|pair| pair.0 < one).checked_sub(1);
    for (place, entry) in before.iter().enumerate() {
        if pairs.binary_search_by_key(&place, |pair| pair.0).is_err() {
            let behind = followed(place).map_or(0, |at| pairs[at].1 + 1);
            placed.push(((behind, place + 1), EntryChange::of(Some(entry), None)));
        }
    }
    let mut origin = vec![None; after.len()];
    for &(one, other) in &pairs {
        origin[other] = Some(one);
    }
    for (place, entry) in after.iter().enumerate() {
        let change = EntryChange::of(origin[place].map(|one| &before[one]), Some(entry));
        if change.is_none() {
            comparison.unchanged += 1;
        } else {
            placed.push(((place + 1, 0), change));
        }
    }
    placed.sort_by_key(|&(place, _)| place);
    comparison.changes = placed.into_iter().map(|(_, change)| change).collect();
    let cited = |entries: &[Entry]| -> BTreeSet<String> {
        entries.iter().flat_map(|entry| entry.citations.iter().cloned()).collect()
    };
    let (earlier, later) = (cited(&before), cited(&after));
    comparison.citations_added = later.difference(&earlier).cloned().collect();
    comparison.citations_dropped = earlier.difference(&later).cloned().collect();
    comparison
}

impl EntryChange {
    fn of(before: Option<&Entry>, after: Option<&Entry>) -> EntryChange {
        let listed = |entry: &Entry| ListedEntry { id: entry.id.clone(), name: entry.name.clone() };
        let mut change = EntryChange {
            fate: EntryFate::Changed,
            before: before.map(listed),
            after: after.map(listed),
            name: Vec::new(),
            parts: Vec::new(),
        };
        match (before, after) {
            (Some(before), Some(after)) => {
                if letters(&before.name) != letters(&after.name) {
                    change.name = difference(&before.name, &after.name);
                }
                change.parts = changed_parts(before, after);
                if change.parts.is_empty() {
                    change.fate = EntryFate::Renamed;
                }
            }
            (None, _) => change.fate = EntryFate::Added,
            (_, None) => change.fate = EntryFate::Dropped,
        }
        change
    }

    /// Whether it says that nothing changed.
    fn is_none(&self) -> bool {
        self.fate == EntryFate::Renamed && self.name.is_empty()
    }
}

/// The parts that one of two entries has, or that say something else. Blanks and punctuation make no difference.
fn changed_parts(before: &Entry, after: &Entry) -> Vec<ChangedPart> {
    let find = |entry: &Entry, label: &str| {
        entry.parts.iter().find(|part| part.label == label).map_or_else(String::new, |part| part.text.clone())
    };
    let mut labels: Vec<&String> = after.parts.iter().map(|part| &part.label).collect();
    for part in &before.parts {
        if !labels.contains(&&part.label) {
            labels.push(&part.label);
        }
    }
    let mut changed = Vec::new();
    for label in labels {
        let (earlier, later) = (find(before, label), find(after, label));
        if letters(&earlier) != letters(&later) {
            changed.push(ChangedPart { label: label.clone(), difference: difference(&earlier, &later) });
        }
    }
    changed
}
