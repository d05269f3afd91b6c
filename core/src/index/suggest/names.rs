//! Names by their letters, their syllables and the first letters of those.
//!
//! All keys of a kind stand in one text, a line each, so that one pass over some hundred kilobytes finds every key that has
//! what was typed: no structure to keep, and the same for the beginning, the middle and the end of a name.

use std::cmp::Reverse;
use std::collections::HashMap;

use pinyin::ToPinyin;

use super::{Suggestion, SuggestionKind};
use crate::text::{CharClass, Folded};

/// One letter is in nearly every name: it is looked for at the beginning alone.
const SHORTEST_INSIDE: usize = 2;

/// All names.
#[derive(Debug, Default)]
pub(in crate::index) struct Names {
    entries: Vec<Entry>,
    letters: Keys,
    syllables: Keys,
    initials: Keys,
}

#[derive(Debug)]
struct Entry {
    text: String,
    kind: SuggestionKind,
    id: Option<String>,
    /// Of equal matches the weightier comes first.
    weight: u32,
}

/// How well a key fits; the smallest is best.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    Whole,
    Beginning,
    Inside,
}

impl Names {
    /// Adds a name and other names for the same.
    pub(super) fn add<'n>(
        &mut self,
        kind: SuggestionKind,
        text: &'n str,
        id: Option<String>,
        weight: u32,
        others: impl Iterator<Item = &'n str>,
    ) {
        let entry = self.entries.len();
        self.entries.push(Entry { text: text.to_owned(), kind, id, weight });
        for name in std::iter::once(text).chain(others) {
            let letters = letters(name);
            self.letters.add(&letters, &[], entry);
            let (syllables, starts, initials) = sounds(&letters);
            self.syllables.add(&syllables, &starts, entry);
            self.initials.add(&initials, &[], entry);
        }
    }

    /// The same without room to grow.
    pub(super) fn prepared(mut self) -> Names {
        self.entries.shrink_to_fit();
        for keys in [&mut self.letters, &mut self.syllables, &mut self.initials] {
            keys.text.shrink_to_fit();
            keys.lines.shrink_to_fit();
        }
        self
    }

    /// The best names for what was typed.
    pub(super) fn find(&self, typed: &str, limit: usize) -> Vec<Suggestion> {
        let typed = letters(typed);
        if typed.is_empty() || limit == 0 {
            return Vec::new();
        }
        // By entry: how well its best key fits, by which kind of key, and the key.
        let mut best: HashMap<usize, (Fit, usize, &str)> = HashMap::new();
        let by_sound = typed.bytes().all(|byte| byte.is_ascii_alphabetic());
        let tables = [&self.letters, &self.initials, &self.syllables];
        for (table, keys) in tables.into_iter().enumerate().take(if by_sound { tables.len() } else { 1 }) {
            keys.find(&typed, |entry, fit, key| {
                let found = (fit, table, key);
                best.entry(entry).and_modify(|known| *known = (*known).min(found)).or_insert(found);
            });
        }
        let mut found: Vec<_> = best.into_iter().collect();
        let order = |&(entry, (fit, table, _)): &(usize, (Fit, usize, &str))| {
            let Entry { kind, weight, text, .. } = &self.entries[entry];
            (fit, table, *kind, Reverse(*weight), text.len(), entry)
        };
        if found.len() > limit {
            found.select_nth_unstable_by_key(limit, order);
            found.truncate(limit);
        }
        found.sort_unstable_by_key(order);
        let suggestion = |(entry, (_, _, key)): (usize, (Fit, usize, &str))| {
            let Entry { text, kind, id, .. } = &self.entries[entry];
            Suggestion { text: text.clone(), kind: *kind, id: id.clone(), matched: key.to_owned() }
        };
        found.into_iter().map(suggestion).collect()
    }
}

/// Keys of one kind, a line each.
#[derive(Debug, Default)]
struct Keys {
    text: String,
    lines: Vec<Line>,
}

#[derive(Debug)]
struct Line {
    start: usize,
    entry: usize,
    /// Where a match may begin inside, besides the beginning; empty for everywhere.
    starts: Box<[u16]>,
}

impl Keys {
    fn add(&mut self, key: &str, starts: &[u16], entry: usize) {
        if key.is_empty() {
            return;
        }
        self.lines.push(Line { start: self.text.len(), entry, starts: starts.into() });
        self.text.push_str(key);
        self.text.push('\n');
    }

    /// Gives every key that has `typed` to `found`: its entry, how it fits, and the key.
    fn find<'k>(&'k self, typed: &str, mut found: impl FnMut(usize, Fit, &'k str)) {
        let begins_only = typed.chars().count() < SHORTEST_INSIDE;
        for (at, _) in self.text.match_indices(typed) {
            let number = self.lines.partition_point(|line| line.start <= at) - 1;
            let line = &self.lines[number];
            let end = self.lines.get(number + 1).map_or(self.text.len(), |next| next.start) - 1;
            let inside = at - line.start;
            let fit = match inside {
                0 if at + typed.len() == end => Fit::Whole,
                0 => Fit::Beginning,
                _ if begins_only => continue,
                _ if line.starts.is_empty() || line.starts.iter().any(|&start| usize::from(start) == inside) => {
                    Fit::Inside
                }
                _ => continue,
            };
            found(line.entry, fit, &self.text[line.start..end]);
        }
    }
}

/// The folded letters of a text.
fn letters(text: &str) -> String {
    Folded::new(text).text().chars().filter(|&c| CharClass::of(c) == CharClass::Letter).collect()
}

/// The syllables of a name, where they begin, and their first letters.
fn sounds(letters: &str) -> (String, Vec<u16>, String) {
    let (mut syllables, mut starts, mut initials) = (String::new(), Vec::new(), String::new());
    for c in letters.chars() {
        let syllable = match c.to_pinyin() {
            Some(syllable) => syllable.plain().replace('ü', "v"),
            None if c.is_ascii() => c.to_string(),
            None => continue,
        };
        starts.extend(u16::try_from(syllables.len()).ok());
        initials.extend(syllable.chars().next());
        syllables.push_str(&syllable);
    }
    (syllables, starts, initials)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names() -> Names {
        let mut names = Names::default();
        for (name, weight, others) in [
            ("社会保险法", 9, &["社保法"][..]),
            ("社会保险费征缴暂行条例", 2, &[]),
            ("军人保险法", 1, &[]),
            ("山东省社会保险稽核办法", 0, &[]),
            ("税收征收管理法", 5, &["税收征管法", "征管法"]),
        ] {
            names.add(SuggestionKind::Statute, name, Some(name.to_owned()), weight, others.iter().copied());
        }
        names.add(SuggestionKind::Term, "社会保险", None, 0, ["社保"].into_iter());
        names.add(SuggestionKind::Duty, "负责社会保险工作", Some("甲/duty/1".to_owned()), 0, std::iter::empty());
        names.prepared()
    }

    #[test]
    fn names_are_suggested_in_the_order_of_how_well_they_fit() {
        #[rustfmt::skip]
        let cases: &[(&str, &str, &[(&str, &str)])] = &[
            ("beginnings before middles, weight before length", "社会保险", &[
                ("社会保险", "社会保险"), ("社会保险法", "社会保险法"), ("社会保险费征缴暂行条例", "社会保险费征缴暂行条例"),
                ("山东省社会保险稽核办法", "山东省社会保险稽核办法"), ("负责社会保险工作", "负责社会保险工作")]),
            ("another name", "社保法", &[("社会保险法", "社保法")]),
            ("a whole name before a beginning", "社保", &[("社会保险", "社保"), ("社会保险法", "社保法")]),
            ("first letters", "shbxf", &[
                ("社会保险法", "shbxf"), ("社会保险费征缴暂行条例", "shbxfzjzxtl")]),
            ("syllables, the last one begun", "shehuibaoxianj", &[("山东省社会保险稽核办法", "shandongshengshehuibaoxianjihebanfa")]),
            ("with blanks and capitals", "Jun Ren", &[("军人保险法", "junrenbaoxianfa")]),
            ("a syllable is not begun in its middle", "unren", &[]),
            ("traditional script and width", "軍人保險", &[("军人保险法", "军人保险法")]),
            ("one letter begins a name", "军", &[("军人保险法", "军人保险法")]),
            ("what is in no name", "刑法", &[]),
            ("nothing", "，", &[]),
        ];
        let names = names();
        for (reason, typed, expected) in cases {
            let found = names.find(typed, 8);
            let found: Vec<_> = found.iter().map(|found| (found.text.as_str(), found.matched.as_str())).collect();
            assert_eq!(found, *expected, "{reason}");
        }
        assert_eq!(names.find("社会保险", 2).len(), 2);
    }
}
