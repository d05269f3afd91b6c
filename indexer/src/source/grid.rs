//! Cells as they lie on a grid, on their way to a table: merged ones are told from blank ones.

use std::collections::BTreeMap;

use super::block::{Cell, Merged, PassageBuilder, Row};
use super::inline::LONG_PARAGRAPH;
use lawcite_core::unit::Passage;

/// What is further to the right is left out: no list has so many columns, and a hostile file may have millions.
pub(super) const MOST_COLUMNS: u32 = 1024;
/// A table of more cells than this is refused.
const MOST_CELLS: usize = 8 << 20;
/// All the text of one file.
const MOST_TEXT: usize = 256 << 20;

/// A file that is made to exhaust memory, or no list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TooMuch {
    Cells,
    Text,
}

impl TooMuch {
    pub(super) fn name(self) -> &'static str {
        match self {
            TooMuch::Cells => "more than 8 million cells",
            TooMuch::Text => "more than 256 MB of text",
        }
    }
}

/// Gives each stretch of a file that is no text itself a place: as if all its words stood one after the other, a line break
/// between them.
#[derive(Debug, Default)]
pub(super) struct Places {
    offset: usize,
}

impl Places {
    /// The paragraphs of `text`, which stands on `line`.
    pub(super) fn paragraphs(&mut self, text: &str, line: u32) -> Result<Vec<Passage>, TooMuch> {
        let mut paragraphs = Vec::new();
        for part in text.split(['\n', '\r', '\u{b}', '\u{2028}', '\u{2029}']) {
            let mut rest = part;
            while !rest.is_empty() {
                let mut end = rest.len().min(LONG_PARAGRAPH);
                while !rest.is_char_boundary(end) {
                    end -= 1;
                }
                let mut builder = PassageBuilder::default();
                builder.push(&rest[..end], line, self.offset);
                let passage = builder.take();
                if !passage.is_empty() {
                    paragraphs.push(passage);
                }
                self.offset += end;
                rest = &rest[end..];
            }
            self.offset += 1;
        }
        if self.offset > MOST_TEXT { Err(TooMuch::Text) } else { Ok(paragraphs) }
    }
}

/// Cells by row and column, both from zero, and which of them are merged.
#[derive(Debug, Default)]
pub(super) struct Grid {
    rows: BTreeMap<u32, Vec<(u32, Vec<Passage>)>>,
    merges: Vec<Area>,
    cells: usize,
}

/// Cells that are merged, the last ones included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Area {
    pub(super) rows: (u32, u32),
    pub(super) columns: (u32, u32),
}

impl Grid {
    /// Puts paragraphs into a cell; blank cells need not be put.
    pub(super) fn put(&mut self, row: u32, column: u32, paragraphs: Vec<Passage>) -> Result<(), TooMuch> {
        if paragraphs.is_empty() || column >= MOST_COLUMNS {
            return Ok(());
        }
        let cells = self.rows.entry(row).or_default();
        let width = cells.iter().map(|(column, _)| column + 1).max().unwrap_or(0);
        self.cells += (column + 1).saturating_sub(width) as usize;
        cells.push((column, paragraphs));
        if self.cells > MOST_CELLS { Err(TooMuch::Cells) } else { Ok(()) }
    }

    pub(super) fn merge(&mut self, area: Area) {
        if area.rows.0 <= area.rows.1 && area.columns.0 <= area.columns.1 && area.columns.0 < MOST_COLUMNS {
            self.merges.push(area);
        }
    }

    /// Makes the area that ends above `row` in `column` one row longer, if there is one.
    pub(super) fn extend(&mut self, column: u32, row: u32) -> bool {
        let above = |area: &&mut Area| area.columns.0 == column && area.rows.1 + 1 == row;
        match self.merges.iter_mut().rev().take(MOST_COLUMNS as usize).find(above) {
            Some(area) => {
                area.rows.1 = row;
                true
            }
            None => false,
        }
    }

    /// The rows that hold something, from top to bottom. `number` is what a row is called, from zero.
    pub(super) fn into_rows(mut self, number: impl Fn(u32) -> u32) -> Vec<Row> {
        self.merges.sort_unstable_by_key(|area| area.rows);
        let mut merges = self.merges.into_iter().peekable();
        // By column: the area that reaches furthest down of those that have begun.
        let mut open: Vec<Option<Area>> = Vec::new();
        let mut rows = Vec::with_capacity(self.rows.len());
        for (at, cells) in self.rows {
            while let Some(area) = merges.next_if(|area| area.rows.0 <= at) {
                let last = area.columns.1.min(MOST_COLUMNS - 1);
                open.resize(open.len().max(last as usize + 1), None);
                for column in &mut open[area.columns.0 as usize..=last as usize] {
                    *column = Some(area);
                }
            }
            let mut row = Row { number: number(at), cells: Vec::new() };
            let width = |row: &mut Row, column: u32| {
                if row.cells.len() <= column as usize {
                    row.cells.resize(column as usize + 1, Cell::default());
                }
            };
            for (column, area) in (0..).zip(&open) {
                let Some(area) = area.filter(|area| at <= area.rows.1) else { continue };
                let merged = if at > area.rows.0 { Merged::Above } else { Merged::Left };
                if at > area.rows.0 || column > area.columns.0 {
                    width(&mut row, column);
                    row.cells[column as usize].merged = Some(merged);
                }
            }
            for (column, paragraphs) in cells {
                width(&mut row, column);
                // Words behind the first of merged cells are not shown, but some programs leave them there.
                let cell = &mut row.cells[column as usize];
                if cell.merged.is_none() {
                    cell.paragraphs = paragraphs;
                }
            }
            if !row.is_blank() {
                rows.push(row);
            }
        }
        rows
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn merged_cells_say_where_their_words_stand() {
        let mut grid = Grid::default();
        let mut places = Places::default();
        for (row, column, text) in [(0, 0, "权责清单"), (1, 0, "1"), (1, 1, "许可\n审批"), (2, 1, "变更"), (9, 9, " ")]
        {
            let paragraphs = places.paragraphs(text, row + 1).expect("it is short");
            grid.put(row, column, paragraphs).expect("it is small");
        }
        grid.merge(Area { rows: (0, 0), columns: (0, 1) });
        grid.merge(Area { rows: (1, 3), columns: (0, 0) });
        let shown: Vec<String> = grid
            .into_rows(|row| row + 1)
            .iter()
            .map(|row| {
                let cells = row.cells.iter().map(|cell| match cell.merged {
                    Some(merged) => format!("{merged:?}"),
                    None => cell.paragraphs.iter().map(|text| text.text.as_str()).collect::<Vec<_>>().join("/"),
                });
                format!("{} {}", row.number, cells.collect::<Vec<_>>().join("|"))
            })
            .collect();
        assert_eq!(shown, ["1 权责清单|Left", "2 1|许可/审批", "3 Above|变更"]);
    }
}
