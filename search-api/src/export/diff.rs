//! A comparison of two lists as tables.

use super::Table;
use super::marked::marked;
use crate::wire::{DiffEntry, DiffPlace, DiffResponse};

/// A row for each part that changed, and in a second table one for each citation that came or went.
pub fn diff_tables(diff: &DiffResponse) -> Vec<Table> {
    let changes = Table {
        name: "条目".to_owned(),
        heading: vec!["变化", "原条目", "原名称", "现条目", "现名称", "部分", "差异"],
        rows: diff.changes.iter().flat_map(rows).collect(),
    };
    let cited = |what: &str, citations: &[String]| -> Vec<Vec<String>> {
        citations.iter().map(|citation| vec![what.to_owned(), citation.clone()]).collect()
    };
    let citations = Table {
        name: "引用".to_owned(),
        heading: vec!["变化", "引用"],
        rows: [cited("新增", &diff.citations_added), cited("取消", &diff.citations_dropped)].concat(),
    };
    vec![changes, citations]
}

fn rows(entry: &DiffEntry) -> Vec<Vec<String>> {
    let row = |part: &str, difference: String| {
        let id = |place: &Option<DiffPlace>| place.as_ref().map(|place| place.id.clone()).unwrap_or_default();
        let name = |place: &Option<DiffPlace>| place.as_ref().map(|place| place.name.clone()).unwrap_or_default();
        let (a, b) = (&entry.a, &entry.b);
        vec![entry.fate.label().to_owned(), id(a), name(a), id(b), name(b), part.to_owned(), difference]
    };
    let mut rows = Vec::new();
    if !entry.name.is_empty() {
        rows.push(row("名称", marked(&entry.name)));
    }
    rows.extend(entry.parts.iter().map(|part| row(&part.label, marked(&part.difference))));
    if rows.is_empty() {
        rows.push(row("", String::new()));
    }
    rows
}
