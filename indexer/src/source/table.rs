//! Tables of pages and text documents, whose cells come one after the other and say how far they reach.

use super::block::Row;
use super::grid::{Area, Grid, MOST_COLUMNS, Places, TooMuch};

/// No table that people read has cells that reach further down.
const MOST_ROWS_SPANNED: u32 = 65_534;

/// A table whose end may not have been seen yet.
#[derive(Debug, Default)]
pub(super) struct OpenTable {
    grid: Grid,
    /// The row being read, from zero; `None` before the first.
    row: Option<u32>,
    /// By row: the line it begins on.
    lines: Vec<u32>,
    column: u32,
    cell: Option<OpenCell>,
    /// By column: the first row that is free again below cells that reach down.
    taken_until: Vec<u32>,
}

#[derive(Debug)]
struct OpenCell {
    column: u32,
    text: String,
    line: u32,
}

/// How a cell is merged downwards.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Down {
    /// It takes so many rows.
    Rows(u32),
    /// It goes on with the cell above.
    GoesOn,
}

impl OpenTable {
    pub(super) fn begin_row(&mut self, line: u32) {
        self.row = Some(self.row.map_or(0, |row| row + 1));
        self.lines.push(line);
        self.column = 0;
    }

    /// Begins a cell; the one before must have ended.
    pub(super) fn begin_cell(&mut self, columns: u32, down: Down, line: u32) {
        if self.row.is_none() {
            self.begin_row(line);
        }
        let row = self.row.unwrap_or_default();
        while down != Down::GoesOn && self.taken_until.get(self.column as usize).is_some_and(|&free| free > row) {
            self.column += 1;
        }
        let first = self.column.min(MOST_COLUMNS);
        let last = first.saturating_add(columns.clamp(1, MOST_COLUMNS) - 1).min(MOST_COLUMNS);
        let (top, bottom) = match down {
            Down::Rows(rows) => (row, row + rows.clamp(1, MOST_ROWS_SPANNED) - 1),
            Down::GoesOn => (row.saturating_sub(1), row),
        };
        if (top, first) != (bottom, last) {
            if down == Down::GoesOn && self.grid.extend(first, row) {
                // The area that the cell above began is one row longer.
            } else if bottom > top || last > first {
                self.grid.merge(Area { rows: (top, bottom), columns: (first, last) });
            }
        }
        if matches!(down, Down::Rows(_)) && bottom > row {
            let end = last as usize + 1;
            self.taken_until.resize(self.taken_until.len().max(end), 0);
            self.taken_until[first as usize..end].fill(bottom + 1);
        }
        self.column = last + 1;
        self.cell = Some(OpenCell { column: first, text: String::new(), line });
    }

    /// The text of the cell being read.
    pub(super) fn text(&mut self) -> Option<&mut String> {
        self.cell.as_mut().map(|cell| &mut cell.text)
    }

    pub(super) fn end_cell(&mut self, places: &mut Places) -> Result<(), TooMuch> {
        let Some(cell) = self.cell.take() else { return Ok(()) };
        let paragraphs = places.paragraphs(&cell.text, cell.line)?;
        self.grid.put(self.row.unwrap_or_default(), cell.column, paragraphs)
    }

    /// The rows that hold something.
    pub(super) fn close(mut self, places: &mut Places) -> Result<Vec<Row>, TooMuch> {
        self.end_cell(places)?;
        let lines = self.lines;
        Ok(self.grid.into_rows(|row| lines.get(row as usize).copied().unwrap_or(0)))
    }
}
