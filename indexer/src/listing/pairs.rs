//! An item as keys and values: a page for each item, as 事项名称 beside its name, 实施依据 beside its grounds.

use std::rc::Rc;

use lawcite_core::responsibility::Column;
use lawcite_core::unit::Passage;

use super::rows::{RawField, RawRow};
use super::vocabulary::Vocabulary;
use crate::source::{Block, Table};

/// A page has at least so many keys beside the name that lists of power and responsibility have, or it is none of an item.
const LEAST_KEYS: usize = 2;

/// The items that blocks give as keys and values, with what belongs to none; `None` if they give none.
pub(super) fn read_pairs(blocks: &[Block], vocabulary: &Vocabulary) -> Option<(Vec<RawRow>, Vec<Passage>)> {
    let mut pages = Pages::default();
    for block in blocks {
        match block {
            Block::Heading { text, .. } | Block::Paragraph(text) => pages.line(text, vocabulary),
            Block::Table(table) => pages.table(table, vocabulary),
        }
    }
    pages.finish()
}

#[derive(Default)]
struct Pages {
    items: Vec<RawRow>,
    /// What stands before the first key.
    front: Vec<Passage>,
}

impl Pages {
    /// A line is a key, a key with its value behind ：, or goes on with the value before.
    fn line(&mut self, text: &Passage, vocabulary: &Vocabulary) {
        if let Some(column) = key(&text.text, vocabulary) {
            self.open(column, &text.text, text.line());
            return;
        }
        let colon = text.text.char_indices().find(|&(_, c)| matches!(c, '：' | ':'));
        if let Some((at, colon)) = colon
            && let Some(column) = key(&text.text[..at], vocabulary)
        {
            self.open(column, &text.text[..at], text.line());
            self.value(&text.from(at + colon.len_utf8()).trimmed());
            return;
        }
        self.value(text);
    }

    /// In a table a key is followed by its value in the same row, in two columns or four.
    fn table(&mut self, table: &Table, vocabulary: &Vocabulary) {
        for row in &table.rows {
            let mut is_value = false;
            for cell in row.cells.iter().filter(|cell| !cell.is_blank()) {
                let letters = cell.letters();
                match key(&letters, vocabulary).filter(|_| !is_value) {
                    Some(column) => {
                        self.open(column, &letters, row.number);
                        is_value = true;
                    }
                    None if is_value => {
                        cell.paragraphs.iter().for_each(|paragraph| self.value(paragraph));
                        is_value = false;
                    }
                    None => cell.paragraphs.iter().for_each(|paragraph| self.line(paragraph, vocabulary)),
                }
            }
        }
    }

    /// Begins the value of a key. A name after others begins the next item.
    fn open(&mut self, column: Column, heading: &str, line: u32) {
        let has_one = |item: &RawRow| item.fields.iter().any(|field| field.column == column);
        if self.items.is_empty() || column == Column::Name && self.items.last().is_some_and(has_one) {
            self.items.push(RawRow { number: line.max(1), ..RawRow::default() });
        }
        let Some(item) = self.items.last_mut() else { return };
        let place = u32::try_from(item.fields.len() + 1).unwrap_or(u32::MAX);
        let heading = heading.trim().trim_end_matches(['：', ':']);
        item.fields.push(RawField { column, heading: Rc::from(heading), place, paragraphs: Rc::default() });
    }

    fn value(&mut self, text: &Passage) {
        if text.is_empty() {
            return;
        }
        match self.items.last_mut().and_then(|item| item.fields.last_mut()) {
            Some(field) => Rc::make_mut(&mut field.paragraphs).push(text.clone()),
            None => self.front.push(text.clone()),
        }
    }

    fn finish(self) -> Option<(Vec<RawRow>, Vec<Passage>)> {
        let mut items = Vec::new();
        for mut item in self.items {
            item.fields.retain(|field| !field.paragraphs.is_empty());
            let name = item.fields.iter().find(|field| field.column == Column::Name);
            let Some(name) = name else { continue };
            item.name = super::rows::one_line(&name.paragraphs);
            let number = item.fields.iter().position(|field| field.column == Column::Number);
            item.no = number.map(|at| super::rows::one_line(&item.fields.remove(at).paragraphs).text);
            if says_enough(&item) {
                items.push(item);
            }
        }
        (!items.is_empty()).then_some((items, self.front))
    }
}

fn says_enough(item: &RawRow) -> bool {
    let mut columns: Vec<Column> = item.fields.iter().map(|field| field.column).filter(is_telling).collect();
    columns.sort_unstable();
    columns.dedup();
    columns.len() >= LEAST_KEYS
}

fn is_telling(column: &Column) -> bool {
    use Column::{
        Authority, Basis, Circumstances, Code, Duties, DutyBasis, LiabilityBasis, Persons, PowerType, SubItem,
    };
    matches!(
        column,
        Authority | Basis | Circumstances | Code | DutyBasis | Duties | LiabilityBasis | Persons | PowerType | SubItem
    )
}

/// What a key is the key of. Keys must be known as they are: any line may end like one.
fn key(text: &str, vocabulary: &Vocabulary) -> Option<Column> {
    const LONGEST: usize = 20;
    const SHORTEST: usize = 2;
    let bare = text.trim().trim_end_matches(['：', ':']);
    let length = bare.chars().filter(|c| !c.is_whitespace()).count();
    (SHORTEST..=LONGEST).contains(&length).then(|| vocabulary.exact(bare)).flatten()
}
