//! From the rows of a table to items: which row begins one, which goes on with one, and what a blank cell means.

use std::rc::Rc;

use lawcite_core::responsibility::Column;
use lawcite_core::unit::Passage;

use super::header::{Header, Heading};
use super::vocabulary::{Vocabulary, letters};
use super::wrap::unwrapped;
use crate::responsibility::marker::Marker;
use crate::source::{Cell, Merged, Row};

/// An item as its row gives it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct RawRow {
    /// The row of the sheet, or the line.
    pub(super) number: u32,
    /// 序号.
    pub(super) no: Option<String>,
    /// 事项名称; of a sub-item the main item's.
    pub(super) name: Passage,
    /// The row above that is no item but heads several.
    pub(super) section: Option<String>,
    /// Its cells that are not blank, from left to right.
    pub(super) fields: Vec<RawField>,
}

/// A cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct RawField {
    pub(super) column: Column,
    pub(super) heading: Rc<str>,
    /// From one.
    pub(super) place: u32,
    pub(super) paragraphs: Rc<Vec<Passage>>,
}

/// What a table's rows gave.
#[derive(Debug, Default)]
pub(super) struct TableRows {
    pub(super) rows: Vec<RawRow>,
    /// What stands before the header, between the rows and behind them, in order.
    pub(super) titles: Vec<Passage>,
    pub(super) notes: Vec<Passage>,
    /// The columns of its headers: heading and what it was taken for.
    pub(super) columns: Vec<Heading>,
    /// Rows that hold a number and nothing else.
    pub(super) empty: Vec<u32>,
    pub(super) has_header: bool,
}

/// Reads a table that may have a title above its header, several headers, and notes.
pub(super) fn read_table(rows: &[Row], vocabulary: &Vocabulary) -> TableRows {
    let mut found = TableRows::default();
    let mut header: Option<Header> = None;
    let mut readers: Vec<Reader> = Vec::new();
    let mut at = 0;
    while at < rows.len() {
        if let Some(next) = Header::at(&rows[at..], vocabulary) {
            at += next.height;
            found.has_header = true;
            if header.as_ref().is_none_or(|header| !header.repeats(&next)) {
                readers.drain(..).for_each(|reader| found.rows.extend(reader.rows));
                let last = next.tables.len() - 1;
                let tables = next.tables.iter().enumerate();
                readers = tables.map(|(at, table)| Reader::new(table, at == last)).collect();
                found.columns.extend(next.tables.iter().flatten().cloned());
                header = Some(next);
            }
            continue;
        }
        let row = &rows[at];
        at += 1;
        if readers.is_empty() {
            found.titles.extend(distinct(row));
        } else if let Some(note) = alone(row, &readers) {
            if is_section(&note.text) {
                readers.iter_mut().for_each(|reader| reader.section = Some(note.text.clone()));
            }
            found.notes.push(note);
        } else {
            for reader in &mut readers {
                if !reader.add(row) {
                    found.empty.push(row.number);
                }
            }
        }
    }
    readers.into_iter().for_each(|reader| found.rows.extend(reader.rows));
    found
}

/// The paragraphs of a row above the header, each once: a title is often repeated in every cell.
fn distinct(row: &Row) -> Vec<Passage> {
    let mut paragraphs: Vec<Passage> = Vec::new();
    for paragraph in row.cells.iter().flat_map(|cell| &cell.paragraphs) {
        if !paragraphs.iter().any(|known| known.text == paragraph.text) {
            paragraphs.push(paragraph.clone());
        }
    }
    paragraphs
}

/// The words of a row that is one cell in front of all columns or across them: 一、行政许可, 注：….
fn alone(row: &Row, readers: &[Reader]) -> Option<Passage> {
    let mut filled = row.cells.iter().enumerate().filter(|(_, cell)| !cell.is_blank());
    let (at, cell) = filled.next()?;
    let is_one =
        filled.all(|(_, other)| other.paragraphs.iter().map(|p| &p.text).eq(cell.paragraphs.iter().map(|p| &p.text)));
    if !is_one || row.cells.iter().any(|cell| cell.merged == Some(Merged::Above)) {
        return None;
    }
    // Where names stand in the first column, a name alone is an item.
    let first = readers.iter().flat_map(|reader| reader.headings.first());
    let front = first.into_iter().any(|heading| at <= heading.from && heading.column != Column::Name);
    let is_across = row.cells.iter().skip(at + 1).take_while(|cell| cell.merged == Some(Merged::Left)).count() >= 2;
    let is_number = is_number(&cell.letters());
    if is_number || !(front || is_across) {
        return None;
    }
    let mut note = Passage::default();
    for paragraph in &cell.paragraphs {
        note.append(if note.is_empty() { "" } else { "\n" }, paragraph);
    }
    Some(note)
}

/// Whether words head the rows below: short, and no note. 一、行政许可（共12项）, 县级事项.
pub(super) fn is_section(text: &str) -> bool {
    const LONGEST: usize = 40;
    let is_note =
        text.starts_with(['注', '※', '*']) || ["说明", "备注", "填表"].iter().any(|word| text.starts_with(word));
    text.chars().nth(LONGEST).is_none() && !is_note && !text.contains(['。', '；', '，', '\n'])
}

/// Whether letters count something: 12, 1-3, 2,3, 十二, （一）.
fn is_number(letters: &str) -> bool {
    let is_digit = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | '，' | '-' | '、' | '—' | '~' | '至');
    !letters.is_empty()
        && (letters.chars().all(is_digit)
            || letters.chars().all(|c| "〇零一二三四五六七八九十百".contains(c))
            || Marker::scan(letters).is_some_and(|marker| marker.length == letters.len()))
}

/// Reads the rows of one table.
struct Reader {
    headings: Vec<Heading>,
    printed: Vec<Rc<str>>,
    /// The column behind the last heading, if no other table stands there.
    end: Option<usize>,
    /// What the last row has in each column, for cells that are merged with the one above.
    above: Vec<Option<Rc<Vec<Passage>>>>,
    /// The row that began the item which is read.
    first: Option<RawRow>,
    section: Option<String>,
    rows: Vec<RawRow>,
}

/// What a row has in a column.
#[derive(Clone, Debug)]
struct Value {
    paragraphs: Option<Rc<Vec<Passage>>>,
    /// The row's own, not that of a merged cell further up.
    is_own: bool,
    is_merged: bool,
}

impl Reader {
    fn new(table: &[Heading], is_last: bool) -> Reader {
        let headings = named(table.to_vec());
        Reader {
            end: headings.last().filter(|_| is_last).map(|heading| heading.to),
            printed: headings.iter().map(|heading| Rc::from(heading.text.as_str())).collect(),
            above: vec![None; headings.len()],
            headings,
            first: None,
            section: None,
            rows: Vec::new(),
        }
    }

    /// Adds a row. Says whether it held anything but a number.
    fn add(&mut self, row: &Row) -> bool {
        let values: Vec<Value> = (0..self.headings.len()).map(|at| self.value(row, at)).collect();
        let own = |column: Column| {
            self.headings
                .iter()
                .zip(&values)
                .any(|(heading, value)| heading.column == column && value.is_own && value.paragraphs.is_some())
        };
        let filled = values.iter().filter(|value| value.is_own && value.paragraphs.is_some()).count();
        let numbered = own(Column::Number);
        self.above = values.iter().map(|value| value.paragraphs.clone()).collect();
        if filled == 0 {
            return true;
        }
        if filled == 1 && numbered && !values.iter().any(|value| value.is_merged && value.paragraphs.is_some()) {
            return false;
        }
        let is_named = own(Column::Name) || own(Column::SubItem);
        // Under the item of the row above: the same again for another authority, or the rest of what does not fit.
        let before = self.rows.last().map_or(0, |row| row.fields.len());
        if numbered || is_named || self.rows.is_empty() || filled * 2 > before {
            self.begin(row, &values, numbered, own(Column::Name));
        } else {
            self.go_on(&values);
        }
        true
    }

    fn value(&self, row: &Row, at: usize) -> Value {
        let heading = &self.headings[at];
        let cells: Vec<&Cell> = (heading.from..heading.to).filter_map(|column| row.cells.get(column)).collect();
        let is_merged = cells.iter().any(|cell| cell.merged == Some(Merged::Above));
        let mut paragraphs: Vec<Passage> = Vec::new();
        for paragraph in cells.iter().flat_map(|cell| &cell.paragraphs) {
            paragraphs.push(paragraph.clone());
        }
        if !paragraphs.is_empty() {
            let paragraphs = unwrapped(paragraphs);
            return Value { paragraphs: Some(Rc::new(paragraphs)), is_own: true, is_merged };
        }
        let paragraphs = if is_merged { self.above[at].clone() } else { None };
        Value { paragraphs, is_own: false, is_merged }
    }

    /// Begins an item, or a sub-item of the one above.
    fn begin(&mut self, row: &Row, values: &[Value], numbered: bool, named: bool) {
        let is_merged_name =
            self.headings.iter().zip(values).any(|(heading, value)| {
                heading.column == Column::Name && value.is_merged && value.paragraphs.is_some()
            });
        // A blank name without a number of its own: still the same item.
        let belongs_above = !named && (!numbered || is_merged_name) && self.first.is_some();
        let inherited = if belongs_above && !is_merged_name { self.first.clone() } else { None };
        let mut item = RawRow { number: row.number, section: self.section.clone(), ..RawRow::default() };
        for (at, (heading, value)) in self.headings.iter().zip(values).enumerate() {
            let mut paragraphs = value.paragraphs.clone();
            if let (None, Some(first)) = (&paragraphs, &inherited)
                && is_inherited(heading.column)
            {
                let place = place(heading);
                paragraphs =
                    first.fields.iter().find(|field| field.place == place).map(|field| Rc::clone(&field.paragraphs));
            }
            let Some(paragraphs) = paragraphs else { continue };
            match heading.column {
                Column::Number if item.no.is_none() => {
                    item.no = Some(one_line(&paragraphs).text);
                    continue;
                }
                Column::Name if item.name.is_empty() => item.name = one_line(&paragraphs),
                // The same column printed once more.
                column if is_repeated(&item, column, &paragraphs) => continue,
                _ => {}
            }
            item.fields.push(self.field(at, paragraphs));
        }
        if let Some(first) = inherited {
            item.no = item.no.or(first.no);
        }
        if item.name.is_empty() {
            item.name = name_of_another_column(&item);
        }
        item.fields.extend(self.behind(row));
        if !belongs_above {
            self.first = Some(item.clone());
        }
        self.rows.push(item);
    }

    /// What stands to the right of all headings.
    fn behind(&self, row: &Row) -> Vec<RawField> {
        let Some(end) = self.end else { return Vec::new() };
        let cells = row.cells.iter().enumerate().skip(end).filter(|(_, cell)| !cell.is_blank());
        let field = |(at, cell): (usize, &Cell)| RawField {
            column: Column::Text,
            heading: Rc::from(""),
            place: u32::try_from(at + 1).unwrap_or(u32::MAX),
            paragraphs: Rc::new(cell.paragraphs.clone()),
        };
        cells.map(field).collect()
    }

    /// Adds a row to the item before.
    fn go_on(&mut self, values: &[Value]) {
        for (at, value) in values.iter().enumerate() {
            let (true, Some(paragraphs)) = (value.is_own, &value.paragraphs) else { continue };
            let place = place(&self.headings[at]);
            let field = self.field(at, Rc::clone(paragraphs));
            let Some(item) = self.rows.last_mut() else { return };
            match item.fields.iter_mut().find(|field| field.place == place) {
                Some(known) => Rc::make_mut(&mut known.paragraphs).extend(paragraphs.iter().cloned()),
                None => {
                    let behind = item.fields.partition_point(|field| field.place < place);
                    item.fields.insert(behind, field);
                }
            }
        }
    }

    fn field(&self, at: usize, paragraphs: Rc<Vec<Passage>>) -> RawField {
        let heading = &self.headings[at];
        RawField { column: heading.column, heading: Rc::clone(&self.printed[at]), place: place(heading), paragraphs }
    }
}

fn place(heading: &Heading) -> u32 {
    u32::try_from(heading.from + 1).unwrap_or(u32::MAX)
}

/// Where no heading says that it is the name, the first column that says nothing else is.
fn named(mut headings: Vec<Heading>) -> Vec<Heading> {
    let has_name = headings.iter().any(|heading| heading.column == Column::Name);
    if !has_name && let Some(heading) = headings.iter_mut().find(|heading| !heading.is_known) {
        heading.column = Column::Name;
    }
    headings
}

/// Whether a blank cell below an item's first row means the same as there.
fn is_inherited(column: Column) -> bool {
    !matches!(column, Column::Number | Column::SubItem | Column::Code | Column::Remark | Column::Text | Column::Status)
}

/// Whether a column that stands there twice says the same again.
fn is_repeated(item: &RawRow, column: Column, paragraphs: &[Passage]) -> bool {
    column != Column::Text
        && item.fields.iter().filter(|field| field.column == column).any(|field| {
            let words = |paragraphs: &[Passage]| paragraphs.iter().map(|p| letters(&p.text)).collect::<String>();
            words(&field.paragraphs) == words(paragraphs)
        })
}

fn name_of_another_column(item: &RawRow) -> Passage {
    let by = |column: Column| item.fields.iter().find(|field| field.column == column);
    let field = by(Column::SubItem).or_else(|| item.fields.first());
    field.map(|field| one_line(&field.paragraphs)).unwrap_or_default()
}

/// A name or a number that is broken over several lines of its cell.
pub(super) fn one_line(paragraphs: &[Passage]) -> Passage {
    let mut line = Passage::default();
    for paragraph in paragraphs {
        line.append("", paragraph);
    }
    line
}
