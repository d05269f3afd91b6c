//! Text documents (`.docx`) as blocks: paragraphs, headings and tables of ISO/IEC 29500, part 1, section 17.

use std::io::{Cursor, Read};

use lawcite_core::unit::Passage;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::block::{Block, Table};
use super::grid::Places;
use super::table::{Down, OpenTable};
use super::workbook::Unreadable;

/// Tables in tables beyond this are read as one.
const DEEPEST: usize = 32;

/// The blocks of a document. Tracked deletions, hidden field codes and what other parts hold are left out.
pub(super) fn blocks(bytes: &[u8]) -> Result<Vec<Block>, Unreadable> {
    let damaged = |error: String| Unreadable::Damaged(error);
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|error| damaged(error.to_string()))?;
    let mut part = archive.by_name("word/document.xml").map_err(|error| damaged(error.to_string()))?;
    let mut xml = Vec::new();
    part.read_to_end(&mut xml).map_err(|error| damaged(error.to_string()))?;
    let mut reader = Reader::from_reader(xml.as_slice());
    let mut document = Document::default();
    let mut buffer = Vec::new();
    loop {
        match reader.read_event_into(&mut buffer).map_err(|error| damaged(error.to_string()))? {
            Event::Start(tag) => document.start(&tag)?,
            Event::Empty(tag) => {
                document.start(&tag)?;
                document.end(tag.local_name().as_ref())?;
            }
            Event::End(tag) => document.end(tag.local_name().as_ref())?,
            Event::Text(text) => document.text(&text.xml10_content()),
            Event::GeneralRef(entity) => document.entity(&entity),
            Event::Eof => break,
            _ => {}
        }
        buffer.clear();
    }
    document.finish()
}

#[derive(Default)]
struct Document {
    blocks: Vec<Block>,
    tables: Vec<OpenTable>,
    /// How the cell that begins reaches, until its first content.
    cell: Option<(u32, Down)>,
    text: String,
    level: u8,
    /// Whether the text of a run is being read.
    in_words: bool,
    /// How many elements are open inside of what is left out.
    left_out: u32,
    paragraphs: u32,
    places: Places,
}

impl Document {
    fn start(&mut self, tag: &BytesStart<'_>) -> Result<(), Unreadable> {
        let name = tag.local_name();
        let name = name.as_ref();
        if self.left_out > 0 || matches!(name, "del" | "moveFrom" | "Fallback") {
            self.left_out += 1;
            return Ok(());
        }
        match name {
            "tbl" if self.tables.len() < DEEPEST => {
                self.open_cell();
                self.tables.push(OpenTable::default());
            }
            "tr" => {
                let line = self.paragraphs + 1;
                if let Some(table) = self.tables.last_mut() {
                    table.begin_row(line);
                }
            }
            "tc" => self.cell = Some((1, Down::Rows(1))),
            "gridSpan" => {
                if let (Some((columns, _)), Some(span)) = (&mut self.cell, value(tag)) {
                    *columns = span.parse().unwrap_or(1);
                }
            }
            "vMerge" => {
                if let Some((_, down)) = &mut self.cell {
                    *down = if value(tag).as_deref() == Some("restart") { Down::Rows(1) } else { Down::GoesOn };
                }
            }
            "p" => {
                self.open_cell();
                self.paragraphs += 1;
            }
            "pStyle" | "outlineLvl" => self.level = level(name, value(tag)).unwrap_or(self.level),
            "t" => self.in_words = true,
            "tab" | "ptab" => self.push(" "),
            "br" | "cr" => self.push("\n"),
            _ => {}
        }
        Ok(())
    }

    fn end(&mut self, name: &str) -> Result<(), Unreadable> {
        if self.left_out > 0 {
            self.left_out -= 1;
            return Ok(());
        }
        match name {
            "t" => self.in_words = false,
            "p" => self.end_paragraph()?,
            "tc" => {
                self.open_cell();
                if let Some(table) = self.tables.last_mut() {
                    table.end_cell(&mut self.places)?;
                }
            }
            "tbl" => {
                if let Some(table) = self.tables.pop() {
                    let rows = table.close(&mut self.places)?;
                    if !rows.is_empty() {
                        self.blocks.push(Block::Table(Table { sheet: None, rows }));
                    }
                }
            }
            _ => {}
        }
        Ok(())
    }

    /// Puts the cell that was announced into its table.
    fn open_cell(&mut self) {
        let line = self.paragraphs + 1;
        if let Some((columns, down)) = self.cell.take()
            && let Some(table) = self.tables.last_mut()
        {
            table.begin_cell(columns, down, line);
        }
    }

    fn text(&mut self, words: &str) {
        if self.in_words && self.left_out == 0 {
            self.push(words);
        }
    }

    fn entity(&mut self, entity: &quick_xml::events::BytesRef<'_>) {
        let character = match entity.resolve_char_ref() {
            Ok(Some(character)) => Some(character),
            _ => match entity.as_ref() {
                "lt" => Some('<'),
                "gt" => Some('>'),
                "amp" => Some('&'),
                "quot" => Some('"'),
                "apos" => Some('\''),
                _ => None,
            },
        };
        if let Some(character) = character {
            self.text(character.encode_utf8(&mut [0; 4]));
        }
    }

    fn push(&mut self, words: &str) {
        match self.tables.last_mut().and_then(OpenTable::text) {
            Some(cell) => cell.push_str(words),
            None => self.text.push_str(words),
        }
    }

    fn end_paragraph(&mut self) -> Result<(), Unreadable> {
        if self.tables.last_mut().and_then(OpenTable::text).is_some() {
            self.push("\n");
            self.level = 0;
            return Ok(());
        }
        let level = std::mem::take(&mut self.level);
        let paragraphs = self.places.paragraphs(&std::mem::take(&mut self.text), self.paragraphs)?;
        let block = |text: Passage| if level == 0 { Block::Paragraph(text) } else { Block::Heading { level, text } };
        self.blocks.extend(paragraphs.into_iter().map(block));
        Ok(())
    }

    fn finish(mut self) -> Result<Vec<Block>, Unreadable> {
        while !self.tables.is_empty() {
            self.end("tbl")?;
        }
        self.end_paragraph()?;
        if self.blocks.is_empty() {
            return Err(Unreadable::Damaged("it holds no text".to_owned()));
        }
        Ok(self.blocks)
    }
}

/// `w:val` of a property.
fn value(tag: &BytesStart<'_>) -> Option<String> {
    let mut attributes = tag.attributes().filter_map(Result::ok);
    let value = attributes.find(|attribute| attribute.key.local_name().as_ref() == "val")?;
    Some(value.value.into_owned())
}

/// The level that a style or an outline gives a heading, from one.
fn level(name: &str, value: Option<String>) -> Option<u8> {
    let value = value?;
    if name == "outlineLvl" {
        return value.parse::<u8>().ok().filter(|level| *level < 9).map(|level| level + 1);
    }
    let number = value.to_lowercase().strip_prefix("heading").map(|rest| rest.trim().parse());
    number.and_then(Result::ok).filter(|level| (1..=9).contains(level))
}
