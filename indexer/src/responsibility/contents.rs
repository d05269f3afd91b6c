//! The table of contents, which repeats what the body says better.

use std::collections::HashMap;
use std::ops::Range;

use lawcite_core::text::CharClass;

use crate::source::{Block, Cell, Row};

/// The blocks of the table of contents, its heading 目录 among them; empty where there is none.
pub(super) fn find_contents(blocks: &[Block]) -> Range<usize> {
    let Some(start) = blocks.iter().position(|block| line(block).is_some_and(|line| letters(line) == "目录")) else {
        return 0..0;
    };
    // A line without a page number is of the contents if the body has it again.
    let lines = blocks.iter().enumerate().filter_map(|(index, block)| Some((letters(line(block)?), index)));
    let last: HashMap<String, usize> = lines.collect();
    let is_contents = |index: usize| match &blocks[index] {
        Block::Table(table) => {
            let rows: Vec<_> = table.rows.iter().filter(|row| !row.is_blank()).collect();
            rows.iter().filter(|row| is_contents_row(row)).count() * 2 > rows.len()
        }
        Block::Heading { text, .. } | Block::Paragraph(text) => {
            has_page_number(&text.text) || last.get(&letters(&text.text)).is_some_and(|&last| last > index)
        }
    };
    let end = (start + 1..blocks.len()).find(|&index| !is_contents(index)).unwrap_or(blocks.len());
    start..end
}

/// The title in a line of the contents: what stands before the dots and the page number.
pub(super) fn title(line: &str) -> &str {
    const LEADER: &[char] = &['.', '…', '·', '．'];
    let page = |c: char| c.is_whitespace() || c.is_ascii_digit() || matches!(c, '(' | ')' | '（' | '）');
    let words = line.trim_end_matches(page);
    // A bracket that belongs to the title is not followed by dots.
    if words.ends_with(LEADER) { words.trim_end_matches(LEADER) } else { line }
}

fn line(block: &Block) -> Option<&str> {
    match block {
        Block::Heading { text, .. } | Block::Paragraph(text) => Some(&text.text),
        Block::Table(_) => None,
    }
}

fn letters(text: &str) -> String {
    text.chars().filter(|&c| CharClass::of(c) == CharClass::Letter).collect()
}

fn is_contents_row(row: &Row) -> bool {
    let filled: Vec<String> = row.cells.iter().map(Cell::letters).filter(|cell| !cell.is_empty()).collect();
    match &filled[..] {
        [only] => has_page_number(only),
        [first, .., last] => has_leader(first) || is_page(last),
        [] => false,
    }
}

/// `(8)`, `8`, `- 8 -`.
fn is_page(text: &str) -> bool {
    let page = text.trim_matches(|c: char| c.is_whitespace() || "()（）-—·.…".contains(c));
    !page.is_empty() && page.len() <= 4 && page.bytes().all(|byte| byte.is_ascii_digit())
}

fn has_leader(text: &str) -> bool {
    ["...", "……", "···", "．．．", "…"].iter().any(|leader| text.contains(leader))
}

/// 一、部门主要职责..... (1)
fn has_page_number(text: &str) -> bool {
    let page = text.rsplit(|c: char| c.is_whitespace() || ".…·．".contains(c)).next().unwrap_or(text);
    has_leader(text) || page.len() < text.len() && is_page(page)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{blocks, decode};

    fn contents(text: &str) -> usize {
        find_contents(&blocks(&decode("list.md".as_ref(), text.into()).expect("it is text"))).len()
    }

    #[test]
    fn contents_end_where_the_body_begins() {
        for (name, text, length) in [
            (
                "a table",
                "目 录\n| | |\n|--|--|\n| 一、职责... | (1) |\n| 二、制度 | |\n| 三、追究. | (9) |\n\n一、职责\n职责。",
                2,
            ),
            ("lines with pages", "目录\n一、职责 ..... 1\n二、制度…………3\n三、追究 5\n一、职责\n（一）甲", 4),
            ("lines without", "## 目录\n一、职责\n二、制度\n\n一、职责\n负责。\n二、制度\n为了。", 3),
            ("none", "责任清单\n一、职责\n负责。", 0),
        ] {
            assert_eq!(contents(text), length, "{name}");
        }
    }
}
