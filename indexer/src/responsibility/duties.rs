//! 部门主要职责: a table, or a heading for each duty and labels for what the table would have columns for.

use lawcite_core::responsibility::{Duty, Node};
use lawcite_core::unit::Passage;

use super::columns::{Column, Header, column};
use super::coverage::Coverage;
use super::grounds::read_grounds;
use super::items::read_items;
use super::join;
use super::marker::Marker;
use super::notes::{Notes, begins_note};
use super::outline::Line;
use super::rows::{RowLook, RowNumbers, RowStart};
use crate::source::Row;

/// Collects duties. Pieces are joined when all are there: only then is it known how a column's paragraphs end.
#[derive(Debug, Default)]
pub(super) struct Duties {
    duties: Vec<Draft>,
    numbers: RowNumbers,
    pub(super) notes: Notes,
    /// The last row was one of notes.
    in_notes: bool,
}

/// A duty, its cells as they were cut.
#[derive(Debug, Default)]
struct Draft {
    no: Option<u32>,
    title: Vec<Passage>,
    items: Vec<Passage>,
    grounds: Vec<Passage>,
    /// Where they have columns of their own.
    statutes: Vec<Passage>,
    circumstances: Vec<Passage>,
}

impl Draft {
    fn column(&mut self, column: Column) -> Option<&mut Vec<Passage>> {
        Some(match column {
            Column::Duty => &mut self.title,
            Column::Items => &mut self.items,
            Column::Grounds => &mut self.grounds,
            Column::Statutes => &mut self.statutes,
            Column::Circumstances => &mut self.circumstances,
            _ => return None,
        })
    }
}

impl Duties {
    /// Reads a row of the table.
    pub(super) fn add_row(&mut self, header: &Header, row: &Row, coverage: &mut Coverage) {
        if self.is_note(header, row) {
            self.in_notes = true;
            self.notes.add(row.cells.iter().flat_map(|cell| &cell.paragraphs));
            return;
        }
        self.in_notes = false;
        let cells = || row.cells.iter().enumerate().map(|(index, cell)| (header.column(index), cell));
        let letters = |wanted: Column| -> String {
            cells().filter(|(column, _)| *column == wanted).map(|(_, cell)| cell.letters()).collect()
        };
        let name = letters(Column::Duty);
        let look = RowLook {
            numbered: header.has_numbers(),
            has_name: !name.is_empty(),
            repeats_name: self.duties.last().is_some_and(|duty| repeats(&duty.title, &name)),
            has_rest: cells().any(|(column, cell)| {
                !matches!(column, Column::Number | Column::Duty | Column::Unknown) && !cell.is_blank()
            }),
        };
        match self.numbers.read(&letters(Column::Number), look) {
            RowStart::New { no } => self.duties.push(Draft { no, ..Draft::default() }),
            RowStart::Continues { no } => {
                if let Some(duty) = self.duties.last_mut() {
                    duty.no = no;
                }
            }
        }
        let Some(duty) = self.duties.last_mut() else { return };
        for (column, cell) in cells() {
            if column == Column::Number {
                coverage.leave_out_number(cell);
            } else if let Some(paragraphs) = duty.column(column) {
                // Merged cells may be exported once for every row that they span.
                if repeats(paragraphs, &cell.letters()) {
                    coverage.leave_out_all(&cell.paragraphs);
                } else {
                    paragraphs.extend(cell.paragraphs.iter().cloned());
                }
            }
        }
    }

    /// Whether the row is a note below the table: words in one cell that begin with 注, or go on from such a row.
    fn is_note(&self, header: &Header, row: &Row) -> bool {
        let mut filled = row.cells.iter().enumerate().filter(|(_, cell)| !cell.is_blank());
        let (Some((index, cell)), None) = (filled.next(), filled.next()) else { return false };
        let text = &cell.paragraphs[0].text;
        begins_note(text) || self.in_notes && matches!(header.column(index), Column::Number | Column::Unknown)
    }

    /// Reads the lines of a part where duties are headings.
    pub(super) fn add_lines(&mut self, lines: &[Line], coverage: &mut Coverage) {
        self.in_notes = false;
        let labels: Vec<Option<Label>> = lines.iter().map(Label::of).collect();
        let Some(opener) = labels.iter().flatten().next().map(|label| label.column) else {
            self.add_notes(lines);
            return;
        };
        let mut current = None;
        for (index, line) in lines.iter().enumerate() {
            match &labels[index] {
                Some(label) => {
                    if label.column == Column::Duty {
                        self.duties.push(Draft { no: label.number, ..Draft::default() });
                    }
                    coverage.leave_out(line.text.to(label.length));
                    current = Some(label.column);
                    self.add_text(label.column, &line.text.from(label.length).trimmed());
                }
                None if opener != Column::Duty && begins_duty(lines, &labels, index, opener) => {
                    let marker = Marker::scan(&line.text.text);
                    let ordinal = marker.map_or(0, |marker| marker.length);
                    coverage.leave_out(line.text.to(ordinal));
                    let title = vec![line.text.from(ordinal).trimmed()];
                    self.duties.push(Draft { no: marker.map(|marker| marker.number), title, ..Draft::default() });
                    // The rest of a title that is cut comes before the first label.
                    current = Some(Column::Duty);
                }
                None if begins_note(&line.text.text) || self.in_notes => {
                    self.in_notes = true;
                    self.notes.add([&line.text]);
                    continue;
                }
                None => {
                    if let Some(column) = current {
                        self.add_text(column, &line.text);
                    }
                }
            }
            self.in_notes = false;
        }
    }

    fn add_notes(&mut self, lines: &[Line]) {
        for line in lines {
            self.in_notes |= begins_note(&line.text.text);
            if self.in_notes {
                self.notes.add([&line.text]);
            }
        }
    }

    fn add_text(&mut self, column: Column, text: &Passage) {
        let Some(duty) = self.duties.last_mut() else { return };
        if let Some(paragraphs) = duty.column(column).filter(|_| !text.is_empty()) {
            paragraphs.push(text.clone());
        }
    }

    /// The duties of the document, and its notes.
    pub(super) fn finish(self, document: &str, coverage: &mut Coverage) -> (Vec<Duty>, Vec<Node>) {
        let sentences = |column: fn(&Draft) -> &Vec<Passage>| {
            let paragraphs = || self.duties.iter().flat_map(column);
            let ended = paragraphs().filter(|paragraph| join::ends_sentence(&paragraph.text)).count();
            ended * 2 >= paragraphs().count()
        };
        let (items_end, grounds_end) = (sentences(|duty| &duty.items), sentences(|duty| &duty.grounds));
        let duties = self.duties.iter().zip(1..).map(|(draft, n)| {
            let id = format!("{document}/duty/{n}");
            let (items, ordinals) = read_items(&joined(&draft.items, items_end));
            coverage.leave_out_all(&ordinals);
            let mut grounds = joined(&draft.grounds, grounds_end);
            grounds.extend(paired(&joined(&draft.statutes, false), &joined(&draft.circumstances, true)));
            let grounds = read_grounds(&id, &grounds);
            coverage.leave_out_all(&grounds.left_out);
            let mut title = Passage::default();
            for piece in &draft.title {
                title.append("", piece);
            }
            let items = items.into_iter().zip(1..).map(|(text, n)| Node { id: format!("{id}/item/{n}"), text });
            Duty {
                no: draft.no,
                title,
                items: items.collect(),
                citations: grounds.citations,
                other: grounds.other,
                paras: Vec::new(),
                id,
            }
        });
        (duties.collect(), self.notes.finish(document, coverage))
    }
}

fn repeats(paragraphs: &[Passage], letters: &str) -> bool {
    !letters.is_empty()
        && paragraphs
            .iter()
            .flat_map(|paragraph| paragraph.text.chars())
            .filter(|c| !c.is_whitespace())
            .eq(letters.chars())
}

fn joined(pieces: &[Passage], sentences: bool) -> Vec<Passage> {
    let mut paragraphs = Vec::new();
    for piece in pieces {
        join::add_paragraph(&mut paragraphs, piece, sentences);
    }
    paragraphs
}

/// Statutes and circumstances of columns of their own, one entry a pair. Where their numbers differ, which belongs to
/// which is not said: all circumstances go with the last statute.
fn paired(statutes: &[Passage], circumstances: &[Passage]) -> Vec<Passage> {
    let mut pairs = statutes.to_vec();
    if pairs.is_empty() {
        return circumstances.to_vec();
    }
    let last = pairs.len() - 1;
    for (index, circumstance) in circumstances.iter().enumerate() {
        let index = if statutes.len() == circumstances.len() { index } else { last };
        let ordinal = Marker::scan(&circumstance.text).map_or(0, |marker| marker.length);
        pairs[index].append("\n", &circumstance.from(ordinal).trimmed());
    }
    pairs
}

/// A line that says what the lines below it are: 具体责任事项：
#[derive(Debug)]
struct Label {
    column: Column,
    number: Option<u32>,
    /// How much of the line it takes.
    length: usize,
}

impl Label {
    fn of(line: &Line) -> Option<Label> {
        const LONGEST: usize = 16;
        let text = line.text.text.as_str();
        let marker = Marker::scan(text);
        let start = marker.map_or(0, |marker| marker.length);
        let words = &text[start..];
        let end = words.char_indices().take(LONGEST + 1).find(|(_, c)| matches!(c, '：' | ':' | '】'));
        let (name, length) = match end {
            Some((end, c)) => (&words[..end], start + end + c.len_utf8()),
            None if words.chars().count() <= LONGEST && join::is_title(words) => (words, text.len()),
            None => return None,
        };
        let letters: String = name.chars().filter(|&c| !c.is_whitespace() && c != '【' && c != '】').collect();
        let known = match column(&letters) {
            // A duty may be about 职责; only what is named as one is a label.
            Column::Duty
                if end.is_some() && ["职责", "主要职责", "职责名称", "部门职责"].contains(&letters.as_str()) =>
            {
                Column::Duty
            }
            column @ (Column::Items | Column::Grounds) => column,
            _ => return None,
        };
        // 追责依据： and 追责情形： under one duty are read as columns of their own are.
        let known = match known {
            Column::Grounds if letters.contains("情形") && !letters.contains("依据") => Column::Circumstances,
            Column::Grounds if letters.contains("依据") && !letters.contains("情形") => Column::Statutes,
            known => known,
        };
        Some(Label { column: known, number: marker.map(|marker| marker.number), length })
    }
}

/// Whether the line names a duty: it is a heading or has a number, and the label that opens duties comes next.
fn begins_duty(lines: &[Line], labels: &[Option<Label>], index: usize, opener: Column) -> bool {
    const LONGEST_TITLE: usize = 3;
    let is_marked = |line: &Line| line.level.is_some() || Marker::scan(&line.text.text).is_some();
    let following = labels[index + 1..].iter().take(LONGEST_TITLE);
    let to_label = following.into_iter().position(|label| label.as_ref().is_some_and(|label| label.column == opener));
    let Some(between) = to_label else { return false };
    // Lines between are the rest of the title: if one of them had a number, it would be the duty.
    is_marked(&lines[index])
        && !lines[index + 1..=index + between].iter().any(is_marked)
        && labels[index + 1..=index + between].iter().all(Option::is_none)
}
