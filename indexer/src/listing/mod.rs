//! From blocks to a list of rows: power and responsibility lists as bureaus publish them, one item a row.
//!
//! Headings say what columns hold (`seeds/lexicon/columns.tsv`); what no heading says is kept as text under its own. Titles,
//! notes and rows that are no table are kept too. Nothing here knows of a file format.

mod vocabulary; // what headings are called

mod header; // where a table begins
mod pairs; // an item as keys and values
mod rows; // a table's rows as items
mod units; // what is said once and what by many
mod wrap; // lines that a cell's width broke

use std::collections::HashMap;

use lawcite_core::responsibility::{Column, Node, ResponsibilityList, Warning};
use lawcite_core::unit::Passage;

pub use self::vocabulary::Vocabulary;

use self::header::{Header, Heading};
use self::pairs::read_pairs;
use self::rows::{RawRow, TableRows, is_section, read_table};
use self::units::Items;
use crate::responsibility::front::read_front;
use crate::responsibility::marker::Marker;
use crate::source::{Block, Row, Table};

/// A list of rows, and how its columns were taken.
#[derive(Clone, Debug, Default)]
pub struct Listing {
    /// The list.
    pub list: ResponsibilityList,
    /// Its columns: for each heading, as printed, what it was taken for.
    pub columns: Vec<ListingColumn>,
}

/// A column of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListingColumn {
    /// As printed, without blanks.
    pub heading: String,
    /// What it was taken for, `None` where the vocabulary does not know it and it was kept as text.
    pub column: Option<Column>,
}

/// Whether blocks hold a list of rows: a workbook does, or tables with the headings of one.
pub fn is_listing(blocks: &[Block], vocabulary: &Vocabulary) -> bool {
    blocks.iter().any(|block| match block {
        Block::Table(Table { sheet: Some(_), .. }) => true,
        Block::Table(table) => has_header(table, vocabulary),
        _ => false,
    }) || read_pairs(blocks, vocabulary).is_some()
}

/// Whether a table has a header with the names of items. Tables of duties have none, and a parser of their own.
fn has_header(table: &Table, vocabulary: &Vocabulary) -> bool {
    let headers = (0..table.rows.len()).filter_map(|at| Header::at(&table.rows[at..], vocabulary));
    headers.into_iter().any(|header| header.names_items())
}

/// Reads a list of rows. `id` is the document's: the file's stem.
///
/// It never fails: what is not understood is kept as text and reported in the list's warnings.
pub fn parse(id: &str, blocks: &[Block], vocabulary: &Vocabulary) -> Listing {
    let mut reader = Reader { items: Items::new(id), ..Reader::default() };
    reader.list.id = id.to_owned();
    let shown = |table: &Table| table.sheet.as_ref().is_none_or(|sheet| !sheet.hidden);
    let has_shown =
        blocks.iter().any(|block| matches!(block, Block::Table(table) if shown(table) && !table.rows.is_empty()));
    let is_table =
        |block: &Block| matches!(block, Block::Table(table) if table.sheet.is_some() || has_header(table, vocabulary));
    if !blocks.iter().any(is_table)
        && let Some((rows, front)) = read_pairs(blocks, vocabulary)
    {
        reader.pairs(&rows, front);
        return reader.finish();
    }
    for block in blocks {
        match block {
            Block::Heading { text, .. } | Block::Paragraph(text) => reader.line(text),
            Block::Table(table) if has_shown && !shown(table) => reader.leave_out(table),
            Block::Table(table) => reader.table(table, vocabulary),
        }
    }
    reader.finish()
}

#[derive(Default)]
struct Reader {
    list: ResponsibilityList,
    columns: Vec<ListingColumn>,
    items: Items,
    /// What stands before the first row.
    front: Vec<Passage>,
    /// The heading or numbered line above the next table.
    section: Option<String>,
    /// How many items name each authority.
    authorities: HashMap<String, usize>,
}

impl Reader {
    fn line(&mut self, text: &Passage) {
        if Marker::scan(&text.text).is_some() && is_section(&text.text) {
            self.section = Some(text.text.clone());
        }
        if self.items.is_empty() {
            self.front.push(text.clone());
        } else {
            self.note(text.clone());
        }
    }

    fn leave_out(&mut self, table: &Table) {
        if let (Some(sheet), Some(row)) = (&table.sheet, table.rows.first()) {
            self.warn(row.number, format!("sheet `{}` is hidden and was left out", sheet.name));
        }
    }

    fn table(&mut self, table: &Table, vocabulary: &Vocabulary) {
        let TableRows { rows, titles, notes, columns, empty, has_header } = read_table(&table.rows, vocabulary);
        let sheet = table.sheet.as_ref().map(|sheet| sheet.name.as_str());
        if !has_header {
            self.no_table(&table.rows, sheet);
            return;
        }
        if self.items.is_empty() {
            self.front.extend(titles);
        } else {
            titles.into_iter().for_each(|title| self.note(title));
        }
        self.report(&columns);
        for row in &rows {
            self.count_authority(row);
            let named = sheet.filter(|sheet| !is_generic(sheet)).map(str::to_owned);
            let above = [self.section.clone(), named, row.section.clone()];
            let above: Vec<String> = above.into_iter().flatten().collect();
            let section = (!above.is_empty()).then(|| above.join(" › "));
            self.items.add(section, sheet, row);
        }
        notes.into_iter().for_each(|note| self.note(note));
        let of_sheet = sheet.map(|sheet| format!(" of sheet `{sheet}`")).unwrap_or_default();
        for row in empty {
            self.warn(row, format!("row {row}{of_sheet} holds a number and nothing else"));
        }
        if rows.is_empty() {
            let line = table.rows.first().map_or(1, |row| row.number);
            self.warn(line, format!("the table{of_sheet} has headings and no rows"));
        }
    }

    fn pairs(&mut self, rows: &[RawRow], front: Vec<Passage>) {
        self.front = front;
        for row in rows {
            for field in &row.fields {
                let column = ListingColumn { heading: field.heading.to_string(), column: Some(field.column) };
                if !self.columns.contains(&column) {
                    self.columns.push(column);
                }
            }
            self.count_authority(row);
            self.items.add(None, None, row);
        }
    }

    /// A sheet or table without known headings is kept as text, a note for each row.
    fn no_table(&mut self, rows: &[Row], sheet: Option<&str>) {
        let Some(first) = rows.first() else { return };
        let is_title = self.items.is_empty() && rows.len() <= 3;
        for row in rows {
            let mut text = Passage::default();
            for paragraph in row.cells.iter().flat_map(|cell| &cell.paragraphs) {
                text.append(if text.is_empty() { "" } else { "\n" }, paragraph);
            }
            if is_title {
                self.front.push(text);
            } else {
                self.note(text);
            }
        }
        if !is_title {
            let what = sheet.map_or("a table".to_owned(), |sheet| format!("sheet `{sheet}`"));
            self.warn(first.number, format!("{what} has no headings that are known: it is kept as text"));
        }
    }

    fn report(&mut self, columns: &[Heading]) {
        for heading in columns {
            let column =
                ListingColumn { heading: heading.text.clone(), column: heading.is_known.then_some(heading.column) };
            if !self.columns.contains(&column) {
                self.columns.push(column);
            }
        }
    }

    fn count_authority(&mut self, row: &RawRow) {
        let authority = row.fields.iter().find(|field| field.column == Column::Authority);
        if let Some(authority) = authority {
            *self.authorities.entry(rows::one_line(&authority.paragraphs).text).or_default() += 1;
        }
    }

    fn note(&mut self, text: Passage) {
        let is_title = |known: &Passage| known.text == text.text;
        if text.is_empty() || self.front.iter().any(is_title) || self.list.notes.iter().any(|note| is_title(&note.text))
        {
            return;
        }
        let id = format!("{}/note/{}", self.list.id, self.list.notes.len() + 1);
        self.list.notes.push(Node { id, text });
    }

    fn warn(&mut self, line: u32, message: String) {
        self.list.warnings.push(Warning { line: line.max(1), message });
    }

    fn finish(mut self) -> Listing {
        let lines: Vec<&Passage> = self.front.iter().collect();
        let front = read_front(&lines);
        let rest: Vec<Passage> = self.front.iter().filter(|line| !front.used.contains(line)).cloned().collect();
        for text in rest {
            let id = format!("{}/para/{}", self.list.id, self.list.paras.len() + 1);
            self.list.paras.push(Node { id, text });
        }
        self.list.title = front.title.unwrap_or_else(|| self.list.id.clone());
        self.list.date = front.date;
        let (rows, cells) = self.items.finish();
        // Where the title does not say who publishes it, most rows do.
        let most = self.authorities.into_iter().max_by(|a, b| (a.1, &b.0).cmp(&(b.1, &a.0)));
        self.list.issuer =
            front.issuer.or_else(|| most.filter(|(_, count)| count * 2 > rows.len()).map(|(authority, _)| authority));
        (self.list.rows, self.list.cells) = (rows, cells);
        for heading in self.columns.iter().filter(|column| column.column.is_none()) {
            let message = format!("the column `{}` is not known and is kept as text", heading.heading);
            self.list.warnings.push(Warning { line: 1, message });
        }
        self.list.warnings.sort_by_key(|warning| warning.line);
        Listing { list: self.list, columns: self.columns }
    }
}

/// Whether a sheet has the name that a program gave it: Sheet1, 工作表2, 1.
fn is_generic(sheet: &str) -> bool {
    let bare = sheet.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, ' ' | '(' | ')'));
    bare.is_empty() || ["sheet", "工作表", "表", "附表"].contains(&bare.to_lowercase().as_str())
}
