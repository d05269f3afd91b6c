//! Lists of other layouts than the seed's, written for this test.
//!
//! A snapshot has a line for each unit: its place, what its kind adds, and its words, `⏎` for a line break. To add a
//! list, put it into `lists/`, name it below and review the snapshot against it.

mod common;

use std::path::Path;

use common::left_out;
use lawcite_core::responsibility::ResponsibilityList;
use lawcite_core::unit::{Detail, Unit};
use lawcite_indexer::responsibility::parse;
use lawcite_indexer::source::{blocks, read_source};

/// The list, as people read it, and what of it is in no unit.
fn reading(file: &str) -> String {
    let source = read_source(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/lists").join(file)).expect(file);
    let list = parse("list", &blocks(&source));
    let rebuilt = ResponsibilityList::from_units(list.header(), &list.units()).expect("they are its units");
    assert_eq!(rebuilt, list);
    let mut lines = vec![format!("{} · {:?} · {:?}", list.title, list.issuer, list.date)];
    lines.extend(list.units().iter().map(line));
    lines.extend(list.warnings.iter().map(|warning| format!("warning, line {}: {}", warning.line, warning.message)));
    lines.push("in no unit:".to_owned());
    lines.extend(left_out(source.text(), &list));
    lines.join("\n")
}

fn line(unit: &Unit) -> String {
    let words = &unit.passage.text;
    let extra = match &unit.detail {
        Detail::Numbered { no: Some(no) } => format!(" [{no}]"),
        Detail::ListItem { ordinal } => format!(" [{ordinal}]"),
        Detail::Citation { statute, .. } => format!(" [{statute}]"),
        Detail::Provision { circumstances, .. } => {
            let words: Vec<&str> = circumstances.iter().map(|span| span.slice(words)).collect();
            format!(" [{}]", words.join(" | "))
        }
        Detail::Service { phones, urls, .. } => format!(" [{}]", [&phones[..], &urls[..]].concat().join(" ")),
        Detail::Accountability { heading, .. } if !heading.is_empty() => format!(" [{}]", heading.slice(words)),
        _ => String::new(),
    };
    format!("{}{extra}: {}", unit.id.trim_start_matches("list/"), words.replace('\n', "⏎"))
}

/// Other columns in other order, a header between rows, Markdown headings instead of numbers, nested lists, a part
/// that is none of the known ones.
#[test]
fn a_list_with_headings_and_other_columns() {
    insta::assert_snapshot!(reading("qingshan-transport.md"));
}

/// Plain text without tables or contents: duties are headings, services are labelled lines, lines are wrapped.
#[test]
fn a_list_without_tables() {
    insta::assert_snapshot!(reading("heping-education.txt"));
}

/// No first part, statutes and circumstances in columns of their own, merged cells exported for every row.
#[test]
fn a_list_of_one_table() {
    insta::assert_snapshot!(reading("dongping-water.md"));
}
