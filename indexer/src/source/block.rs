//! The form in which parsers see a source: headings, paragraphs and tables, each stretch of text with its place.

use lawcite_core::unit::{Passage, Piece};

/// A part of a source, as it is laid out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// A line marked as a heading.
    Heading {
        /// From one, the outermost.
        level: u8,
        /// Its words.
        text: Passage,
    },
    /// A line of text. Lines that belong together are joined by the parsers, which know what may be cut.
    Paragraph(Passage),
    /// A table.
    Table(Table),
}

/// A table. Rows may have different numbers of cells.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// The sheet of a workbook that it fills, with the titles and notes around its rows.
    pub sheet: Option<Sheet>,
    /// From top to bottom, the header among them. Of a workbook blank rows are left out.
    pub rows: Vec<Row>,
}

/// A sheet of a workbook.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sheet {
    /// What its tab says.
    pub name: String,
    /// Whether it is hidden from who opens the workbook.
    pub hidden: bool,
}

/// A row of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// From one: the row of its sheet, or the line on which it begins; 0 where the format has neither.
    pub number: u32,
    /// From left to right, one for each column as far as there is something.
    pub cells: Vec<Cell>,
}

/// A cell of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cell {
    /// Its paragraphs; blank ones are left out.
    pub paragraphs: Vec<Passage>,
    /// What it is a part of, if it is merged with others. The words stand in the first cell alone.
    pub merged: Option<Merged>,
}

/// In which direction the first of some merged cells lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Merged {
    /// The cell has what the one above has.
    Above,
    /// The cell has what the one to the left has.
    Left,
}

impl Cell {
    /// Whether it holds nothing.
    pub fn is_blank(&self) -> bool {
        self.paragraphs.is_empty()
    }

    /// Its words without blanks: what a header says.
    pub fn letters(&self) -> String {
        self.paragraphs.iter().flat_map(|paragraph| paragraph.text.chars()).filter(|c| !c.is_whitespace()).collect()
    }
}

impl Row {
    /// Whether all its cells are blank.
    pub fn is_blank(&self) -> bool {
        self.cells.iter().all(Cell::is_blank)
    }
}

/// Builds a passage from stretches of a line.
#[derive(Debug, Default)]
pub(super) struct PassageBuilder {
    passage: Passage,
    /// Where the last stretch ended in the source.
    end: usize,
}

impl PassageBuilder {
    /// Adds `text`, which stands at byte `offset` of the source, on `line`.
    pub(super) fn push(&mut self, text: &str, line: u32, offset: usize) {
        if text.is_empty() {
            return;
        }
        if self.passage.pieces.is_empty() || self.end != offset {
            let position = |at: usize| u32::try_from(at).expect("sources are shorter than 4 GiB");
            self.passage.pieces.push(Piece {
                start: position(self.passage.text.len()),
                line,
                offset: position(offset),
            });
        }
        self.passage.text.push_str(text);
        self.end = offset + text.len();
    }

    /// Takes what was built, without the blanks around it.
    pub(super) fn take(&mut self) -> Passage {
        self.end = 0;
        std::mem::take(&mut self.passage).trimmed()
    }
}
