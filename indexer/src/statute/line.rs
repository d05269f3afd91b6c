//! A source as lines with words, and where its head ends.

use lawcite_core::unit::Passage;

use super::label::scan_label;
use crate::source::{Block, Row, SourceText, blocks_of};

/// A line with words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Line {
    pub(super) text: Passage,
    /// 1 to 6 for a heading that is marked as one.
    pub(super) level: Option<u8>,
    /// Whether it is a row of a table.
    pub(super) is_row: bool,
}

/// Ends the head of a file: `<!-- INFO END -->`.
pub(super) const HEAD_END: &str = "INFO END";

impl Line {
    /// All lines, and the number of those that are head.
    pub(super) fn all(source: &SourceText) -> (Vec<Line>, usize) {
        Line::read(source, source.text().len())
    }

    /// The lines of the head and, where nothing says where it ends, as many more as tell.
    pub(super) fn head(source: &SourceText) -> (Vec<Line>, usize) {
        const LONGEST_HEAD: usize = 16 << 10;
        let text = source.text();
        let end = match text.find(HEAD_END) {
            Some(mark) => end_of_mark(text, mark),
            None => text.floor_char_boundary(front_matter(text) + LONGEST_HEAD),
        };
        Line::read(source, end)
    }

    fn read(source: &SourceText, end: usize) -> (Vec<Line>, usize) {
        // Of the whole text, so that a head is the same however much of it is read.
        let start = front_matter(source.text());
        let lines: Vec<Line> = blocks_of(&source.text()[..end])
            .into_iter()
            .flat_map(Line::of_block)
            .filter(|line| line.offset() >= start)
            .collect();
        let body = match source.text().find(HEAD_END) {
            Some(head) => lines.iter().take_while(|line| line.offset() < head).count(),
            None => unmarked_head(&lines),
        };
        (lines, body)
    }

    fn of_block(block: Block) -> Vec<Line> {
        match block {
            Block::Heading { level, text } => vec![Line { text, level: Some(level), is_row: false }],
            Block::Paragraph(text) => vec![Line { text, level: None, is_row: false }],
            Block::Table(table) => table.rows.iter().filter_map(row).collect(),
        }
    }

    fn offset(&self) -> usize {
        self.text.pieces.first().map_or(0, |piece| piece.offset as usize)
    }
}

/// Where the line ends that closes the comment around [`HEAD_END`]: half a comment would be words.
fn end_of_mark(text: &str, mark: usize) -> usize {
    let closed = text[mark..].find("-->").map_or(mark, |close| mark + close);
    text[closed..].find('\n').map_or(text.len(), |end| closed + end)
}

/// A row as one line, its cells parted by blanks.
fn row(row: &Row) -> Option<Line> {
    let mut text = Passage::default();
    for paragraph in row.cells.iter().flat_map(|cell| &cell.paragraphs) {
        text.append(if text.is_empty() { "" } else { " " }, paragraph);
    }
    (!text.is_empty()).then_some(Line { text, level: None, is_row: true })
}

/// Where the text begins after what programs put before it between two lines `---`.
fn front_matter(text: &str) -> usize {
    let text_start = text.len() - text.trim_start_matches(['\u{feff}', '\n', '\r', ' ']).len();
    let Some(inside) = text[text_start..].strip_prefix("---").filter(|rest| rest.starts_with(['\n', '\r'])) else {
        return 0;
    };
    match inside.find("\n---") {
        Some(end) => text.len() - inside.len() + end + "\n---".len(),
        None => 0,
    }
}

/// How many lines stand before the first heading below the title, or the first article.
fn unmarked_head(lines: &[Line]) -> usize {
    let is_body = |line: &Line| {
        line.level.is_some_and(|level| level > 1)
            || scan_label(&line.text.text).is_some_and(|label| label.is_set_off)
            || super::body::is_contents(&line.text.text)
            || super::body::scan_division(&line.text.text).is_some()
    };
    lines.iter().position(is_body).unwrap_or(lines.len().min(1))
}
