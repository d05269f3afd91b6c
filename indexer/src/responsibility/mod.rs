//! From blocks to a responsibility list.
//!
//! Nothing here fails and nothing is lost: every letter of the source is in the text of some unit, or is one of these,
//! which are left out on purpose: the title page and the table of contents, headers of tables, ordinals and labels
//! (注：, 具体责任事项：), cells that only repeat a merged one. What no rule understands is kept as a paragraph (`para/N`)
//! under the nearest duty or part, with a warning.

mod join; // what is cut, what is whole
pub(crate) mod marker; // 一、 （一） 1. ①
mod outline; // numbered lines as a tree
mod rows; // rows of a numbered table

mod contents; // 目录
pub(crate) mod front; // the title page
mod parts; // the parts of a document

mod columns; // what a table's columns hold
mod duties;
mod grounds; // the cell of citations
mod items; // the cell of responsibility items
mod notes;

mod accountability;
mod boundary;
mod contact; // telephone numbers
mod services;
mod supervision;

mod coverage; // which words are in some unit
mod leftover; // what nothing understood

use lawcite_core::responsibility::{Node, Part, ResponsibilityList, Warning};
use lawcite_core::unit::Passage;

use self::columns::{Header, TableKind};
use self::coverage::Coverage;
use self::outline::{Entry, Line, Titles, read_outline};
use self::parts::{PartRange, Role};
use crate::source::Block;

/// Reads a responsibility list. `id` is the document's: the file's stem.
///
/// It never fails: what is not understood is kept as text and reported in the list's warnings, which are in the order
/// of the lines.
pub fn parse(id: &str, blocks: &[Block]) -> ResponsibilityList {
    let mut parser =
        Parser { list: ResponsibilityList { id: id.to_owned(), ..Default::default() }, ..Default::default() };
    parser.read(blocks);
    parser.finish(blocks)
}

#[derive(Default)]
struct Parser {
    list: ResponsibilityList,
    coverage: Coverage,
    /// Of the table of contents.
    titles: Titles,
    duties: duties::Duties,
    boundaries: boundary::Boundaries,
    services: services::Services,
}

impl Parser {
    fn read(&mut self, blocks: &[Block]) {
        let contents = contents::find_contents(blocks);
        for block in &blocks[contents.clone()] {
            self.leave_out(block);
            self.add_titles(block);
        }
        let mut parts = parts::find_parts(blocks, contents.end);
        let first_part = parts.first().map(|part| part.start - 1);
        let front_end = first_of_body(blocks, contents.end, first_part);
        let end = first_part.unwrap_or(blocks.len());
        if front_end < end {
            let start = front_end;
            parts.insert(0, PartRange { role: Role::Unknown, title: None, ordinal: Passage::default(), start, end });
        }
        let front: Vec<&Passage> = blocks[..front_end]
            .iter()
            .enumerate()
            .filter(|(index, _)| !contents.contains(index))
            .filter_map(|(_, block)| line(block))
            .collect();
        self.read_front(&front);
        for part in parts {
            self.read_part(part, blocks);
        }
    }

    fn read_front(&mut self, lines: &[&Passage]) {
        let front = front::read_front(lines);
        self.coverage.leave_out_all(&front.used);
        self.list.title = front.title.unwrap_or_else(|| self.list.id.clone());
        self.list.issuer = front.issuer;
        self.list.date = front.date;
    }

    fn read_part(&mut self, part: PartRange, blocks: &[Block]) {
        self.coverage.leave_out(part.ordinal);
        if let Some(title) = part.title {
            let id = format!("{}/part/{}", self.list.id, self.list.parts.len() + 1);
            self.list.parts.push(Part { id, title, paras: Vec::new() });
        }
        let mut lines = Vec::new();
        let mut header: Option<Header> = None;
        for block in &blocks[part.start..part.end] {
            match block {
                Block::Heading { level, text } => {
                    lines.push(Line { text: text.clone(), level: Some(*level), is_row: false });
                }
                Block::Paragraph(text) => lines.push(Line { text: text.clone(), level: None, is_row: false }),
                Block::Table(table) => {
                    for row in table.rows.iter().filter(|row| !row.is_blank()) {
                        if let Some(found) = Header::of(row) {
                            for cell in &row.cells {
                                self.coverage.leave_out_all(&cell.paragraphs);
                            }
                            header = Some(found);
                            continue;
                        }
                        match &header {
                            Some(header) => self.read_row(header, row),
                            None => lines.extend(row_as_line(row)),
                        }
                    }
                }
            }
        }
        self.read_lines(part.role, &lines);
    }

    fn read_row(&mut self, header: &Header, row: &crate::source::Row) {
        match header.kind {
            TableKind::Duties => self.duties.add_row(header, row, &mut self.coverage),
            TableKind::Boundary => self.boundaries.add_row(header, row, &mut self.coverage),
            TableKind::Services => self.services.add_row(header, row, &mut self.coverage),
        }
    }

    fn read_lines(&mut self, role: Role, lines: &[Line]) {
        match role {
            Role::Duties | Role::Unknown => self.duties.add_lines(lines, &mut self.coverage),
            Role::Boundary => lines.iter().for_each(|line| self.boundaries.add_line(&line.text)),
            Role::Services => self.services.add_lines(lines, &mut self.coverage),
            Role::Supervision => {
                let root = self.read_outline(lines);
                let count = self.list.supervision.len();
                self.list.supervision.extend(supervision::read_chapters(&self.list.id, count, root.entries));
            }
            Role::Accountability => {
                let root = self.read_outline(lines);
                self.add_preamble(root.paras);
                let count = self.list.accountability.len();
                self.list.accountability.extend(accountability::read_sections(&self.list.id, count, root.entries));
            }
        }
    }

    fn read_outline(&mut self, lines: &[Line]) -> Entry {
        let root = read_outline(lines, &self.titles, &mut self.list.warnings);
        leave_out_ordinals(&root, &mut self.coverage);
        root
    }

    fn add_preamble(&mut self, paras: Vec<Passage>) {
        for para in paras {
            match &mut self.list.accountability_preamble {
                Some(preamble) => preamble.text.append("\n", &para),
                None => {
                    let id = format!("{}/accountability", self.list.id);
                    self.list.accountability_preamble = Some(Node { id, text: para });
                }
            }
        }
    }

    fn leave_out(&mut self, block: &Block) {
        match block {
            Block::Heading { text, .. } | Block::Paragraph(text) => self.coverage.cover(text),
            Block::Table(table) => {
                for cell in table.rows.iter().flat_map(|row| &row.cells) {
                    self.coverage.leave_out_all(&cell.paragraphs);
                }
            }
        }
    }

    fn add_titles(&mut self, block: &Block) {
        match block {
            Block::Heading { text, .. } | Block::Paragraph(text) => self.titles.add(contents::title(&text.text)),
            Block::Table(table) => {
                for paragraph in table.rows.iter().filter_map(|row| row.cells.first()?.paragraphs.first()) {
                    self.titles.add(contents::title(&paragraph.text));
                }
            }
        }
    }

    fn finish(mut self, blocks: &[Block]) -> ResponsibilityList {
        let id = self.list.id.clone();
        (self.list.duties, self.list.notes) = self.duties.finish(&id, &mut self.coverage);
        self.list.boundary = self.boundaries.finish(&id);
        self.list.services = self.services.finish(&id);
        for unit in self.list.units() {
            self.coverage.cover(&unit.passage);
        }
        let covered = self.coverage.finish();
        leftover::keep_leftovers(&mut self.list, blocks, &covered);
        self.list.warnings.sort_by_key(|warning| warning.line);
        shorten(&mut self.list.warnings);
        self.list
    }
}

fn leave_out_ordinals(entry: &Entry, coverage: &mut Coverage) {
    coverage.cover(&entry.ordinal);
    // ① inside an item is cut off later.
    for (at, c) in entry.text.text.char_indices().filter(|&(_, c)| marker::circled(c).is_some()) {
        coverage.leave_out(entry.text.slice((at..at + c.len_utf8()).into()));
    }
    for entry in &entry.entries {
        leave_out_ordinals(entry, coverage);
    }
}

fn line(block: &Block) -> Option<&Passage> {
    match block {
        Block::Heading { text, .. } | Block::Paragraph(text) => Some(text),
        Block::Table(_) => None,
    }
}

/// A file that is no list at all would be reported line by line.
fn shorten(warnings: &mut Vec<Warning>) {
    const MOST: usize = 200;
    if warnings.len() > MOST {
        let more = warnings.len() - MOST;
        let line = warnings[MOST].line;
        warnings.truncate(MOST);
        warnings.push(Warning { line, message: format!("and {more} more from here on") });
    }
}

/// Where the body begins: with the first table, the first part, or, where there is no part, the first number.
fn first_of_body(blocks: &[Block], from: usize, first_part: Option<usize>) -> usize {
    let is_body = |block: &Block| match block {
        Block::Table(_) => true,
        Block::Heading { text, .. } | Block::Paragraph(text) => {
            first_part.is_none() && marker::Marker::scan(&text.text).is_some()
        }
    };
    let end = first_part.unwrap_or(blocks.len());
    (from..end).find(|&index| is_body(&blocks[index])).unwrap_or(end)
}

/// A row of a table that is none of the known ones, its cells joined by line breaks.
fn row_as_line(row: &crate::source::Row) -> Option<Line> {
    let mut text = Passage::default();
    for paragraph in row.cells.iter().flat_map(|cell| &cell.paragraphs) {
        text.append(if text.is_empty() { "" } else { "\n" }, paragraph);
    }
    (!text.is_empty()).then_some(Line { text, level: None, is_row: true })
}
