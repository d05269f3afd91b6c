//! 部门职责边界: what the bureau shares with other departments.

use lawcite_core::responsibility::{Boundary, Node};
use lawcite_core::unit::Passage;

use super::columns::{Column, Header};
use super::coverage::Coverage;
use super::join;
use super::rows::{RowLook, RowNumbers, RowStart};
use crate::source::Row;

/// Collects the rows of the tables of boundaries.
#[derive(Debug, Default)]
pub(super) struct Boundaries {
    numbers: RowNumbers,
    /// The cells of each row, as they were cut.
    rows: Vec<Vec<Vec<Passage>>>,
}

impl Boundaries {
    /// Reads a row of the table.
    pub(super) fn add_row(&mut self, header: &Header, row: &Row, coverage: &mut Coverage) {
        let cells = || row.cells.iter().enumerate();
        let number: String = cells()
            .filter(|(index, _)| header.column(*index) == Column::Number)
            .map(|(_, cell)| cell.letters())
            .collect();
        let mut words = cells().filter(|(index, _)| header.column(*index) != Column::Number);
        let has_name = words.next().is_some_and(|(_, cell)| !cell.is_blank());
        let has_rest = words.any(|(_, cell)| !cell.is_blank());
        let look = RowLook { numbered: header.has_numbers(), has_name, repeats_name: false, has_rest };
        if matches!(self.numbers.read(&number, look), RowStart::New { .. }) || self.rows.is_empty() {
            self.rows.push(Vec::new());
        }
        let Some(fields) = self.rows.last_mut() else { return };
        for (index, cell) in cells() {
            if header.column(index) == Column::Number {
                coverage.leave_out_number(cell);
                continue;
            }
            if fields.len() <= index {
                fields.resize(index + 1, Vec::new());
            }
            for paragraph in &cell.paragraphs {
                join::add_paragraph(&mut fields[index], paragraph, true);
            }
        }
    }

    /// Reads a line where there is no table: 无.
    pub(super) fn add_line(&mut self, line: &Passage) {
        match self.rows.last_mut().and_then(|row| row.last_mut()) {
            Some(paragraphs) => join::add_paragraph(paragraphs, line, true),
            None => self.rows.push(vec![vec![line.clone()]]),
        }
    }

    /// The boundary of the document: its cells joined by line breaks, row by row.
    pub(super) fn finish(self, document: &str) -> Option<Boundary> {
        let texts = self.rows.iter().map(|row| {
            let mut text = Passage::default();
            for paragraph in row.iter().flatten() {
                text.append(if text.is_empty() { "" } else { "\n" }, paragraph);
            }
            text
        });
        let mut texts = texts.filter(|text| !text.is_empty());
        let text = texts.next()?;
        let id = format!("{document}/boundary");
        let rows = texts.zip(2..).map(|(text, n)| Node { id: format!("{id}/{n}"), text }).collect();
        Some(Boundary { id, text, rows })
    }
}
