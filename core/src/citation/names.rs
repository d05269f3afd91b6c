//! Known names of statutes, found in running text by one pass over all of them.

use std::collections::HashMap;

use aho_corasick::{AhoCorasick, MatchKind};

use super::title::statute_key;

/// Names and aliases of statutes, to find them where they stand without 《》.
///
/// Build it once and share it: building reads every name, looking for all of them costs one pass over a text.
#[derive(Clone, Debug, Default)]
pub struct NameIndex {
    /// Over the names as given and over their keys; the pattern's number leads to the canonical name.
    automaton: Option<AhoCorasick>,
    canonical: Vec<String>,
    by_key: HashMap<String, usize>,
}

/// A name found in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct FoundName {
    pub(super) start: usize,
    pub(super) end: usize,
    /// Of which name of the index.
    pub(super) name: usize,
}

impl NameIndex {
    /// Knows no name: only 《》 and 第…条 are found.
    pub fn empty() -> NameIndex {
        NameIndex::default()
    }

    /// Takes pairs of a name or alias and the canonical name; a canonical name is found only if it is paired with itself.
    ///
    /// Names of one character are left out: they occur in every sentence. Of an alias given twice the first is kept.
    pub fn new<A: AsRef<str>, N: AsRef<str>>(names: impl IntoIterator<Item = (A, N)>) -> NameIndex {
        let mut index = NameIndex::default();
        let mut patterns = Vec::new();
        for (alias, canonical) in names {
            let alias = statute_key(alias.as_ref());
            if alias.chars().nth(1).is_none() || index.by_key.contains_key(&alias) {
                continue;
            }
            index.by_key.insert(alias.clone(), index.canonical.len());
            index.canonical.push(statute_key(canonical.as_ref()));
            patterns.push(alias);
        }
        if !patterns.is_empty() {
            let automaton = AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(&patterns);
            index.automaton =
                Some(automaton.expect("names of statutes are far fewer and shorter than an automaton holds"));
        }
        index
    }

    /// The canonical name of a name or alias in any spelling that [`statute_key`] unites.
    pub fn canonical(&self, name: &str) -> Option<&str> {
        if self.by_key.is_empty() {
            return None;
        }
        self.by_key.get(&statute_key(name)).map(|&at| self.canonical[at].as_str())
    }

    /// How many names and aliases it knows.
    pub fn len(&self) -> usize {
        self.canonical.len()
    }

    /// Whether it knows none.
    pub fn is_empty(&self) -> bool {
        self.canonical.is_empty()
    }

    pub(super) fn canonical_of(&self, name: usize) -> &str {
        &self.canonical[name]
    }

    /// The leftmost longest names in `text`, one after the other.
    pub(super) fn find_all<'a>(&'a self, text: &'a str) -> impl Iterator<Item = FoundName> + 'a {
        self.automaton.iter().flat_map(move |automaton| automaton.find_iter(text)).map(|found| FoundName {
            start: found.start(),
            end: found.end(),
            name: found.pattern().as_usize(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_alias_leads_to_the_canonical_name() {
        let names =
            NameIndex::new([("社会保险法", "社会保险法"), ("社保法", "中华人民共和国社会保险法"), ("法", "法")]);
        assert_eq!(names.canonical("社保法"), Some("社会保险法"));
        assert_eq!(names.canonical("《中华人民共和国社会保险法》"), Some("社会保险法"));
        assert_eq!(names.canonical("劳动法"), None);
        assert_eq!(names.len(), 2);
        assert_eq!(NameIndex::empty().canonical("劳动法"), None);
    }

    #[test]
    fn the_longest_of_several_names_is_found() {
        let names = NameIndex::new([("劳动合同法", "劳动合同法"), ("劳动合同法实施条例", "劳动合同法实施条例")]);
        let text = "依照劳动合同法实施条例和劳动合同法";
        let found: Vec<&str> = names.find_all(text).map(|found| &text[found.start..found.end]).collect();
        assert_eq!(found, ["劳动合同法实施条例", "劳动合同法"]);
    }
}
