//! Where a table begins and what its columns hold.

use lawcite_core::responsibility::Column;

use super::vocabulary::{Vocabulary, letters};
use crate::source::{Cell, Merged, Row};

/// A column of a table: under one heading there may be several columns of the sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Heading {
    /// As printed, the levels of a heading of two joined.
    pub(super) text: String,
    /// What it says.
    pub(super) column: Column,
    /// Whether the vocabulary knows it.
    pub(super) is_known: bool,
    /// The sheet's columns under it, from zero, the last one not included.
    pub(super) from: usize,
    pub(super) to: usize,
}

/// The header of one table, or of the tables that stand side by side under it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Header {
    /// How many rows it takes.
    pub(super) height: usize,
    /// The tables from left to right.
    pub(super) tables: Vec<Vec<Heading>>,
}

/// Headings of two or three levels are common, of more unheard of.
const MOST_LEVELS: usize = 3;
/// A header has at least so many columns that are known.
const LEAST_KNOWN: usize = 3;
/// A cell with more letters heads nothing.
const LONGEST: usize = 40;

impl Header {
    /// The header that begins with the first of `rows`, if one does.
    pub(super) fn at(rows: &[Row], vocabulary: &Vocabulary) -> Option<Header> {
        let first = rows.first()?;
        if !looks_like_headings(first) {
            return None;
        }
        let mut best: Option<(usize, Header)> = None;
        for height in 1..=MOST_LEVELS.min(rows.len()) {
            let levels = &rows[..height];
            if height > 1 && !goes_on(&levels[..height - 1], &levels[height - 1], vocabulary) {
                break;
            }
            let headings = headings(levels, vocabulary);
            let known = known(&headings);
            if best.as_ref().is_none_or(|(most, _)| known >= *most) {
                best = Some((known, Header { height, tables: side_by_side(headings) }));
            }
        }
        let (_, header) = best?;
        header.tables.iter().any(|table| is_header(table)).then_some(header)
    }

    /// Whether it is that of items of power and responsibility wherever it stands: it names them and says more of them.
    pub(super) fn names_items(&self) -> bool {
        let headings = || self.tables.iter().flatten().filter(|heading| heading.is_known);
        let is_name = |heading: &Heading| matches!(heading.column, Column::Name | Column::SubItem);
        headings().any(is_name) && headings().any(|heading| ABOUT_ITEMS.contains(&heading.column))
    }

    /// Whether both have the same columns in the same places: the same header, printed again.
    pub(super) fn repeats(&self, other: &Header) -> bool {
        let columns = |header: &Header| -> Vec<(Column, usize, String)> {
            header
                .tables
                .iter()
                .flatten()
                .map(|heading| (heading.column, heading.from, letters(&heading.text)))
                .collect()
        };
        columns(self) == columns(other)
    }
}

/// Columns that say something of an item of power and responsibility, and of little else.
const ABOUT_ITEMS: &[Column] = &[
    Column::PowerType,
    Column::Code,
    Column::SubItem,
    Column::Basis,
    Column::Authority,
    Column::Level,
    Column::Duties,
    Column::DutyBasis,
    Column::Persons,
    Column::Circumstances,
    Column::LiabilityBasis,
    Column::Subject,
    Column::Department,
];

/// Whether the headings are those of such a list: the item's name and two more columns, or enough others.
fn is_header(headings: &[Heading]) -> bool {
    let has = |column: Column| headings.iter().any(|heading| heading.is_known && heading.column == column);
    let known = known(headings);
    let filled = headings.len();
    let about = ABOUT_ITEMS.iter().filter(|&&column| has(column)).count();
    let named = has(Column::Name) || has(Column::SubItem);
    // A catalogue has numbers and names, and no more.
    let is_catalogue = has(Column::Number) && has(Column::Name) && known == filled;
    is_catalogue || known >= LEAST_KNOWN && known * 2 >= filled && (named && about >= 1 || about >= LEAST_KNOWN)
}

fn known(headings: &[Heading]) -> usize {
    let mut columns: Vec<Column> =
        headings.iter().filter(|heading| heading.is_known).map(|heading| heading.column).collect();
    columns.sort_unstable();
    columns.dedup();
    columns.len()
}

fn looks_like_headings(row: &Row) -> bool {
    let filled: Vec<String> = row.cells.iter().map(Cell::letters).filter(|text| !text.is_empty()).collect();
    // A title may be repeated in every cell.
    filled.iter().any(|text| *text != filled[0]) && filled.iter().all(|text| is_short(text))
}

fn is_short(text: &str) -> bool {
    text.chars().count() <= LONGEST && !text.contains(['。', '《'])
}

/// Whether a row is the lower level of the headings above it: nowhere does it give an item a number or a name.
fn goes_on(above: &[Row], row: &Row, vocabulary: &Vocabulary) -> bool {
    if !row.cells.iter().all(|cell| is_short(&cell.letters())) {
        return false;
    }
    let width = above.iter().map(|row| row.cells.len()).max().unwrap_or(0).max(row.cells.len());
    let mut completes = 0;
    for column in 0..width {
        let Some(cell) = row.cells.get(column).filter(|cell| !cell.is_blank()) else { continue };
        let upper = text_above(above, column);
        let lower = cell.letters();
        if upper.is_empty() {
            // A heading may stand on the lower level alone.
            if vocabulary.column(&lower).is_none() {
                return false;
            }
            completes += 1;
            continue;
        }
        let whole = vocabulary.exact(&format!("{upper}{lower}")).or_else(|| vocabulary.exact(&lower));
        match (vocabulary.column(&upper), whole) {
            (_, Some(_)) => completes += 1,
            // The number 1 under 序号, a name under 事项名称: an item.
            (Some(Column::Number | Column::Name | Column::SubItem | Column::PowerType | Column::Code), None) => {
                return false;
            }
            (_, None) => {}
        }
    }
    completes > 0
}

/// The letters that stand above a column, an upper level that spans it included.
fn text_above(above: &[Row], column: usize) -> String {
    above.iter().map(|row| spanning(row, column).map(Cell::letters).unwrap_or_default()).collect()
}

/// The cell of a row that covers a column: itself, or the one to the left that it is merged with.
fn spanning(row: &Row, column: usize) -> Option<&Cell> {
    let mut at = column;
    while row.cells.get(at)?.merged == Some(Merged::Left) {
        at = at.checked_sub(1)?;
    }
    row.cells.get(at)
}

/// One heading for each stretch of columns: columns to the right without a heading of their own, and those that repeat it,
/// belong to the one before.
fn headings(levels: &[Row], vocabulary: &Vocabulary) -> Vec<Heading> {
    let width = levels.iter().map(|row| row.cells.len()).max().unwrap_or(0);
    let mut headings: Vec<Heading> = Vec::new();
    let mut last = String::new();
    for column in 0..width {
        let parts: Vec<String> = levels
            .iter()
            .filter_map(|row| spanning(row, column))
            .filter(|cell| cell.merged != Some(Merged::Above))
            .map(Cell::letters)
            .filter(|text| !text.is_empty())
            .collect();
        let whole = parts.concat();
        let is_own = levels.iter().any(|row| row.cells.get(column).is_some_and(|cell| !cell.is_blank()));
        let repeats = whole == last && !whole.is_empty();
        match headings.last_mut() {
            Some(heading) if !is_own || repeats => heading.to = column + 1,
            _ if whole.is_empty() || !is_own => continue,
            _ => {
                let lower = parts.last().map_or("", String::as_str);
                let upper = parts.first().map_or("", String::as_str);
                let known = vocabulary
                    .exact(&whole)
                    .or_else(|| vocabulary.exact(lower))
                    .or_else(|| vocabulary.column(&whole))
                    .or_else(|| vocabulary.column(lower))
                    .or_else(|| vocabulary.column(upper));
                headings.push(Heading {
                    text: whole.clone(),
                    column: known.unwrap_or(Column::Text),
                    is_known: known.is_some(),
                    from: column,
                    to: column + 1,
                });
            }
        }
        last = whole;
    }
    headings
}

/// Parts headings where the numbers of items begin anew.
fn side_by_side(headings: Vec<Heading>) -> Vec<Vec<Heading>> {
    let is = |heading: &Heading, column: Column| heading.is_known && heading.column == column;
    let first =
        headings.iter().find(|heading| is(heading, Column::Number) || is(heading, Column::Name)).map(|h| h.column);
    let mut tables: Vec<Vec<Heading>> = Vec::new();
    for heading in headings {
        let begins =
            first.is_some_and(|first| is(&heading, first)) && tables.last().is_some_and(|table| is_header(table));
        match tables.last_mut() {
            Some(table) if !begins => table.push(heading),
            _ => tables.push(vec![heading]),
        }
    }
    if tables.iter().all(|table| is_header(table)) { tables } else { vec![tables.concat()] }
}
