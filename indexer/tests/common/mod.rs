//! What several tests need.

#![allow(dead_code, reason = "no test needs all of it")]

use std::path::Path;

use lawcite_core::responsibility::ResponsibilityList;
use lawcite_indexer::responsibility::parse;
use lawcite_indexer::source::{blocks, decode};

/// The seed document.
pub(crate) fn seed_text() -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../seeds/responsibility/boshan-hrss-2015.md");
    std::fs::read_to_string(path).expect("the seed is there")
}

/// Reads a text as the document `list`.
pub(crate) fn read(text: &str) -> ResponsibilityList {
    let source = decode(Path::new("list.md"), text.as_bytes().to_vec()).expect("it is text");
    parse("list", &blocks(&source))
}

/// The tree and its units without blanks, places and warnings: what a page break may not change.
pub(crate) fn essence(list: &ResponsibilityList) -> Vec<String> {
    let bare = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    let mut tree = serde_json::to_value(list).expect("trees are JSON");
    tree["warnings"] = serde_json::Value::Null;
    let mut lines: Vec<String> =
        list.units().iter().map(|unit| format!("{} {}", unit.id, bare(&unit.passage.text))).collect();
    lines.push(bare(&tree.to_string()));
    lines
}

/// The stretches of a text that hold a letter and are in no unit, with their lines.
pub(crate) fn left_out(text: &str, list: &ResponsibilityList) -> Vec<String> {
    let mut is_in_unit = vec![false; text.len()];
    for unit in list.units() {
        let ends = unit.passage.pieces.iter().skip(1).map(|next| next.start as usize);
        for (piece, end) in unit.passage.pieces.iter().zip(ends.chain([unit.passage.text.len()])) {
            let words = unit.passage.text[piece.start as usize..end].trim_end_matches('\n');
            is_in_unit[piece.offset as usize..piece.offset as usize + words.len()].fill(true);
        }
    }
    let mut stretches = Vec::new();
    for (number, line) in
        text.split_inclusive('\n').scan(0, |at, line| Some((std::mem::replace(at, *at + line.len()), line))).enumerate()
    {
        let (offset, line) = line;
        let mut stretch = String::new();
        for (at, c) in line.char_indices().chain([(line.len(), '\n')]) {
            if is_in_unit.get(offset + at).copied().unwrap_or(true) || c == '\n' {
                if stretch.chars().any(char::is_alphanumeric) {
                    stretches.push(format!("{}: {}", number + 1, stretch.trim()));
                }
                stretch.clear();
            } else {
                stretch.push(c);
            }
        }
    }
    stretches
}
