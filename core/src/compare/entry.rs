//! A list's entries: duties with what stands under them, rows with their cells.

use std::collections::{BTreeSet, HashMap};

use crate::audit::shared_cells;
use crate::citation::{Context, MentionKind, NameIndex, find_mentions_in};
use crate::responsibility::Column;
use crate::text::{CharClass, fold_char};
use crate::unit::{Detail, Kind, Unit};

/// An entry of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Entry {
    /// Its identifier.
    pub(super) id: String,
    /// Its name as printed.
    pub(super) name: String,
    /// 项目编码, if it has one.
    pub(super) code: Option<String>,
    /// What it consists of beside its name, in the order printed.
    pub(super) parts: Vec<Part>,
    /// What it cites, each statute and each place in one once, in one spelling.
    pub(super) citations: BTreeSet<String>,
}

/// A part of an entry: the items of a duty, a cell of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Part {
    /// What it is: 责任事项, a column's heading.
    pub(super) label: String,
    /// Its words, paragraphs on lines of their own.
    pub(super) text: String,
}

/// The entries of a document. What stands in none (chapters, notes, services) is one each.
pub(super) fn entries(units: &[Unit]) -> Vec<Entry> {
    let cells = shared_cells(units);
    let mut entries: Vec<Entry> = Vec::new();
    // What rows share stands with each of them.
    for unit in units.iter().filter(|unit| !matches!(unit.detail, Detail::Cell { .. })) {
        let is_inside =
            |entry: &&mut Entry| unit.id.strip_prefix(entry.id.as_str()).is_some_and(|rest| rest.starts_with('/'));
        match entries.last_mut().filter(is_inside) {
            Some(entry) => entry.add(unit),
            None => entries.push(Entry::new(unit, &cells)),
        }
    }
    entries
}

impl Entry {
    fn new(unit: &Unit, cells: &HashMap<&str, &str>) -> Entry {
        let text = unit.passage.text.as_str();
        let mut entry =
            Entry { id: unit.id.clone(), name: text.to_owned(), code: None, parts: Vec::new(), citations: cited(unit) };
        if let Detail::Row { name, fields, .. } = &unit.detail {
            entry.name = name.slice(text).to_owned();
            entry.citations.clear();
            for field in fields {
                let words = field.text(text, |id| cells.get(id).copied());
                match field.column {
                    Column::Code => entry.code = Some(letters(&words)),
                    Column::Name | Column::SubItem => {}
                    _ => {
                        let carried = field.lines.first().and_then(|line| line.carried.as_deref());
                        entry.citations.append(&mut cited_in(&words, carried));
                        entry.part(&field.heading, &words);
                    }
                }
            }
        }
        if let Detail::Service { name, content, organiser, phones, .. } = &unit.detail {
            entry.name = name.slice(text).to_owned();
            entry.part("主要内容", content.slice(text));
            entry.part("承办机构", organiser.slice(text));
            entry.part("联系电话", &phones.join("、"));
        }
        entry
    }

    /// Takes a unit that stands in it.
    fn add(&mut self, unit: &Unit) {
        // A provision stands under its statute, which gives it its name.
        let label = match unit.kind {
            Kind::Citation | Kind::Provision => Kind::Provision.label(),
            kind => kind.label(),
        };
        self.part(label, &unit.passage.text);
        self.citations.append(&mut cited(unit));
    }

    /// Adds words to a part, on a line of their own.
    fn part(&mut self, label: &str, words: &str) {
        if words.is_empty() {
            return;
        }
        match self.parts.iter_mut().find(|part| part.label == label) {
            Some(part) => {
                part.text.push('\n');
                part.text.push_str(words);
            }
            None => self.parts.push(Part { label: label.to_owned(), text: words.to_owned() }),
        }
    }
}

/// What a unit cites.
fn cited(unit: &Unit) -> BTreeSet<String> {
    let one = |statute: &str, place: &str| format!("《{statute}》{place}");
    match &unit.detail {
        Detail::Citation { statute, .. } => return BTreeSet::from([one(statute, "")]),
        Detail::Provision { statute, path, .. } => return BTreeSet::from([one(statute, &path.to_string())]),
        _ => {}
    }
    cited_in(&unit.passage.text, None)
}

/// What a text cites that goes on with the statute `carried`.
fn cited_in(text: &str, carried: Option<&str>) -> BTreeSet<String> {
    let mut citations = BTreeSet::new();
    for mention in find_mentions_in(text, &NameIndex::empty(), &Context { carry: carried, ..Context::default() }) {
        if !matches!(mention.kind, MentionKind::Named | MentionKind::Bare | MentionKind::Carried) {
            continue;
        }
        let Some(statute) = &mention.statute else { continue };
        citations.insert(format!("《{statute}》"));
        citations.extend(mention.provisions.iter().map(|provision| format!("《{statute}》{}", provision.path)));
    }
    citations
}

/// The letters of a text, folded: what makes two texts the same.
pub(super) fn letters(text: &str) -> String {
    text.chars().filter(|&c| CharClass::of(c) == CharClass::Letter).map(fold_char).collect()
}
