//! What became of statutes: repealed, replaced, renamed.

use std::collections::HashMap;

use crate::citation::statute_key;

/// What became of a statute.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StatuteFate {
    /// No longer in force.
    Repealed,
    /// In force under another name.
    Renamed,
    /// Repealed, and another one took its place.
    Replaced,
}

/// What became of a statute, by what, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Succession {
    /// What became of it.
    pub fate: StatuteFate,
    /// The statute that stands in its place, if one does.
    pub successor: Option<String>,
    /// Since when, as `2021-01-01`, if known.
    pub date: Option<String>,
}

/// What is known to have become of statutes. That one is missing says nothing about it.
#[derive(Clone, Debug, Default)]
pub struct SuccessionTable {
    by_name: HashMap<String, Succession>,
}

impl SuccessionTable {
    /// What became of a statute, its name in any spelling that [`statute_key`] unites.
    pub fn get(&self, statute: &str) -> Option<&Succession> {
        if self.by_name.is_empty() {
            return None;
        }
        self.by_name.get(statute).or_else(|| self.by_name.get(&statute_key(statute)))
    }
}

/// From statutes' names. Of a name given twice the last is kept.
impl<N: AsRef<str>> FromIterator<(N, Succession)> for SuccessionTable {
    fn from_iter<I: IntoIterator<Item = (N, Succession)>>(lines: I) -> SuccessionTable {
        let by_name = lines.into_iter().map(|(name, fate)| (statute_key(name.as_ref()), fate)).collect();
        SuccessionTable { by_name }
    }
}
