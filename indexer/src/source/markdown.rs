//! Markdown and plain text as blocks.
//!
//! Every line that is not blank is a block of its own. Markdown would join lines that have no blank line between
//! them, and part those that have one; in text that came off printed pages both are wrong as often as right.

use super::block::{Block, Cell, Row, Table};
use super::inline;

/// A row with more cells is no row of a table: what follows goes into the last cell.
const MOST_CELLS: usize = 128;

/// The blocks of a text, in its order. Bullets, rules between sections and page numbers are left out.
pub(super) fn blocks(text: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut table: Option<OpenTable> = None;
    let mut lines = Lines::new(text).peekable();
    while let Some(line) = lines.next() {
        let heads_a_table = has_pipe(line.text) && lines.peek().is_some_and(|next| is_delimiter_row(next.text));
        if heads_a_table || is_table_row(&line, table.as_ref()) {
            table.get_or_insert_default().add(&line);
            continue;
        }
        blocks.extend(table.take().map(OpenTable::close));
        add_line(&mut blocks, &line);
    }
    blocks.extend(table.map(OpenTable::close));
    blocks
}

/// A line without its end and the blanks around it.
#[derive(Clone, Copy, Debug)]
struct Line<'t> {
    text: &'t str,
    number: u32,
    /// Where `text` begins in the source.
    offset: usize,
}

struct Lines<'t> {
    source: &'t str,
    offset: usize,
    number: u32,
}

impl<'t> Lines<'t> {
    fn new(source: &'t str) -> Lines<'t> {
        Lines { source, offset: 0, number: 0 }
    }
}

impl<'t> Iterator for Lines<'t> {
    type Item = Line<'t>;

    fn next(&mut self) -> Option<Line<'t>> {
        let rest = &self.source[self.offset..];
        if rest.is_empty() {
            return None;
        }
        let end = rest.find('\n').map_or(rest.len(), |end| end + 1);
        let line = rest[..end].trim_start_matches(is_blank);
        let offset = self.offset + rest[..end].len() - line.len();
        self.offset += end;
        self.number += 1;
        Some(Line { text: line.trim_end_matches(is_blank), number: self.number, offset })
    }
}

fn is_blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}')
}

fn add_line(blocks: &mut Vec<Block>, line: &Line<'_>) {
    if line.text.is_empty() || is_rule(line.text) || is_page_number(line.text) {
        return;
    }
    let (level, words) = heading(line.text).unwrap_or_else(|| (0, without_bullet(line.text)));
    let offset = line.offset + (words.as_ptr() as usize - line.text.as_ptr() as usize);
    let texts = inline::paragraphs(words, line.number, offset);
    blocks.extend(texts.into_iter().map(|text| match level {
        0 => Block::Paragraph(text),
        level => Block::Heading { level, text },
    }));
}

/// The level and the words of a heading: `## 二、监督检查内容`.
fn heading(line: &str) -> Option<(u8, &str)> {
    let words = line.trim_start_matches('#');
    let level = line.len() - words.len();
    let level = u8::try_from(level).ok().filter(|level| (1..=6).contains(level))?;
    words.starts_with(is_blank).then(|| (level, words.trim_matches(is_blank).trim_end_matches('#').trim_end()))
}

fn without_bullet(line: &str) -> &str {
    let mut line = line;
    loop {
        let rest = line.strip_prefix(['-', '*', '+', '•', '●', '>']).filter(|rest| rest.starts_with(is_blank));
        match rest {
            Some(rest) => line = rest.trim_start_matches(is_blank),
            None => return line,
        }
    }
}

/// `---`, `***`, `___`.
fn is_rule(line: &str) -> bool {
    ["-", "*", "_", "="].iter().any(|mark| line.len() >= 3 && line.trim_matches(|c| mark.contains(c)).is_empty())
}

/// `- 8 -`, `— 8 —`, 第 8 页, 第8页 共30页. A number alone may as well be one that counts something.
fn is_page_number(line: &str) -> bool {
    const LONGEST: usize = 40;
    if line.len() > LONGEST {
        return false;
    }
    let bare: String = line.chars().filter(|&c| !is_blank(c)).collect();
    let dashes: &[char] = &['-', '—', '–', '－', '―', '~'];
    let inside = bare.trim_matches(dashes);
    let is_number = |text: &str| !text.is_empty() && text.len() <= 4 && text.bytes().all(|byte| byte.is_ascii_digit());
    if is_number(inside) {
        return bare.starts_with(dashes) && bare.ends_with(dashes);
    }
    let Some(page) = bare.strip_prefix('第').and_then(|rest| rest.split_once('页')) else { return false };
    let total = page.1.trim_start_matches(['/', '，', ',']);
    let total = total.strip_prefix('共').and_then(|rest| rest.strip_suffix('页'));
    is_number(page.0) && (page.1.is_empty() || total.is_some_and(is_number))
}

/// A table whose last line may not have been seen yet.
#[derive(Default)]
struct OpenTable {
    table: Table,
    /// The last row began with a pipe and has not ended with one: a line without a leading pipe is its rest.
    row_is_open: bool,
}

impl OpenTable {
    fn add(&mut self, line: &Line<'_>) {
        if is_delimiter_row(line.text) {
            return;
        }
        let has_leading_pipe = line.text.starts_with('|');
        let continues = self.row_is_open && !has_leading_pipe;
        self.row_is_open = (has_leading_pipe || continues) && !line.text.ends_with('|');
        let mut cells = cells(line).into_iter();
        match self.table.rows.last_mut() {
            Some(row) if continues => {
                if let (Some(last), Some(first)) = (row.cells.last_mut(), cells.next()) {
                    last.paragraphs.extend(first.paragraphs);
                }
                row.cells.extend(cells);
            }
            _ => self.table.rows.push(Row { number: line.number, cells: cells.collect() }),
        }
    }

    fn close(self) -> Block {
        Block::Table(self.table)
    }
}

fn is_table_row(line: &Line<'_>, table: Option<&OpenTable>) -> bool {
    line.text.starts_with('|') || table.is_some() && has_pipe(line.text)
}

fn has_pipe(line: &str) -> bool {
    pipes(line).next().is_some()
}

/// `|---|:--:|`: what Markdown has between header and body.
fn is_delimiter_row(line: &str) -> bool {
    line.contains('-') && has_pipe(line) && line.bytes().all(|byte| matches!(byte, b'|' | b'-' | b':' | b' ' | b'\t'))
}

/// Where the pipes that part cells stand.
fn pipes(line: &str) -> impl Iterator<Item = usize> + '_ {
    line.match_indices('|').map(|(at, _)| at).filter(|&at| at == 0 || line.as_bytes()[at - 1] != b'\\')
}

fn cells(line: &Line<'_>) -> Vec<Cell> {
    let start = usize::from(line.text.starts_with('|'));
    let text = &line.text[start..];
    let text = text.strip_suffix('|').filter(|rest| !rest.ends_with('\\')).unwrap_or(text);
    let mut cells = Vec::new();
    let mut from = 0;
    for to in pipes(text).take(MOST_CELLS - 1).chain([text.len()]) {
        // The last cell that is read takes the rest of the line.
        let to = if cells.len() + 1 == MOST_CELLS { text.len() } else { to };
        cells.push(cell(&text[from..to], line.number, line.offset + start + from));
        from = to + 1;
        if to == text.len() {
            break;
        }
    }
    cells
}

fn cell(text: &str, line: u32, offset: usize) -> Cell {
    Cell { paragraphs: inline::paragraphs(text, line, offset), merged: None }
}

#[cfg(test)]
mod tests {
    use lawcite_core::unit::Passage;

    use super::*;

    /// One line a block: headings with their level, cells with their paragraphs.
    fn outline(text: &str) -> Vec<String> {
        let words = |passage: &Passage| format!("{}:{}", passage.line(), passage.text);
        let mut lines = Vec::new();
        for block in blocks(text) {
            match block {
                Block::Heading { level, text } => lines.push(format!("h{level} {}", words(&text))),
                Block::Paragraph(text) => lines.push(words(&text)),
                Block::Table(table) => lines.extend(table.rows.iter().map(|row| {
                    let cells = row.cells.iter().map(|cell| {
                        cell.paragraphs.iter().map(|text| text.text.as_str()).collect::<Vec<_>>().join(" / ")
                    });
                    format!("| {} |", cells.collect::<Vec<_>>().join(" | "))
                })),
            }
        }
        lines
    }

    #[test]
    fn layout_becomes_blocks() {
        for (name, text, expected) in [
            ("headings", "# 责任清单\n##二\n## 二、边界 ##", &["h1 1:责任清单", "2:##二", "h2 3:二、边界"][..]),
            ("bullets go, numbers stay", "- （一）情况；\n* 1. 监督", &["1:（一）情况；", "2:1. 监督"]),
            ("page furniture", "做好\n\n- 8 -\n— 9 —\n第 10 页 共30页\n\n案件", &["1:做好", "7:案件"]),
            ("a number may count something", "8\n第3页至第5页", &["1:8", "2:第3页至第5页"]),
            ("rules", "一\n---\n二\n***", &["1:一", "3:二"]),
            (
                "a table",
                "| 序号 | 职责 |\n|--|:-:|\n| 1 | <p>甲</p> <p>乙</p> |",
                &["| 序号 | 职责 |", "| 1 | 甲 / 乙 |"],
            ),
            ("blank cells count", "| | | 丙 |\n| | | |", &["|  |  | 丙 |", "|  |  |  |"]),
            ("pipes inside a cell", "| 甲\\|乙 | 丙 |", &["| 甲|乙 | 丙 |"]),
            ("no pipes around", "序号 | 职责\n---|---\n1 | 甲\n后文", &["| 序号 | 职责 |", "| 1 | 甲 |", "4:后文"]),
            ("a row over two lines", "| 1 | 甲\n乙 | 丙 |\n| 2 | 丁 |", &["| 1 | 甲 / 乙 | 丙 |", "| 2 | 丁 |"]),
            ("a blank line ends a table", "| 1 |\n\n| 2 |", &["| 1 |", "| 2 |"]),
            ("Windows' line ends", "一\r\n\r\n二\r\n", &["1:一", "3:二"]),
        ] {
            assert_eq!(outline(text), expected, "{name}");
        }
    }

    #[test]
    fn every_piece_stands_where_it_says() {
        let text = "\u{feff}\u{3000}责任清单\r\n- **一、**职责\n| 1 | <p>甲 </p><p>乙</p> | 丙 |\n";
        let mut texts = Vec::new();
        for block in blocks(text) {
            match block {
                Block::Heading { text, .. } | Block::Paragraph(text) => texts.push(text),
                Block::Table(table) => {
                    texts.extend(table.rows.into_iter().flat_map(|row| row.cells).flat_map(|cell| cell.paragraphs));
                }
            }
        }
        assert_eq!(texts.len(), 6);
        for passage in texts {
            for (piece, end) in passage
                .pieces
                .iter()
                .zip(passage.pieces.iter().skip(1).map(|piece| piece.start as usize).chain([passage.text.len()]))
            {
                let words = &passage.text[piece.start as usize..end];
                assert!(text[piece.offset as usize..].starts_with(words), "{words}");
                let line = 1 + text[..piece.offset as usize].matches('\n').count();
                assert_eq!(piece.line as usize, line, "{words}");
            }
        }
    }

    #[test]
    fn a_row_of_pipes_is_bounded() {
        let line = "|a".repeat(100_000);
        let [Block::Table(table)] = &blocks(&line)[..] else { panic!("it is a table") };
        assert_eq!(table.rows[0].cells.len(), MOST_CELLS);
    }
}
