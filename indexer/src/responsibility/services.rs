//! 公共服务事项: a table, or labelled lines.

use lawcite_core::responsibility::Service;
use lawcite_core::text::Span;
use lawcite_core::unit::Passage;

use super::columns::{Column, Header, column};
use super::contact::{phones, urls};
use super::coverage::Coverage;
use super::join;
use super::marker::Marker;
use super::outline::Line;
use super::rows::{RowLook, RowNumbers, RowStart};
use crate::source::Row;

/// Collects services.
#[derive(Debug, Default)]
pub(super) struct Services {
    numbers: RowNumbers,
    services: Vec<Draft>,
}

/// A service, its cells joined as they come.
#[derive(Debug, Default)]
struct Draft {
    no: Option<u32>,
    name: Vec<Passage>,
    /// And whatever other columns hold (服务对象, 办理地点), with the column it stands in.
    content: Vec<(usize, Vec<Passage>)>,
    organiser: Vec<Passage>,
    contact: Vec<Passage>,
}

impl Draft {
    /// Adds a paragraph of the column at `index`.
    fn add(&mut self, column: Column, index: usize, paragraph: &Passage, is_new_cell: bool) {
        match column {
            Column::Service | Column::Duty => append(&mut self.name, paragraph),
            Column::Organiser => append(&mut self.organiser, paragraph),
            Column::Contact => match self.contact.last_mut() {
                // A number that stops short was cut; whole ones on lines of their own are several.
                Some(last) if is_new_cell && is_cut_number(&last.text, &paragraph.text) => last.append("", paragraph),
                _ => self.contact.push(paragraph.clone()),
            },
            _ => match self.content.iter_mut().find(|(of, _)| *of == index) {
                Some((_, content)) => join::add_paragraph(content, paragraph, true),
                None => self.content.push((index, vec![paragraph.clone()])),
            },
        }
    }
}

fn append(field: &mut Vec<Passage>, paragraph: &Passage) {
    match field.last_mut() {
        Some(last) => last.append("", paragraph),
        None => field.push(paragraph.clone()),
    }
}

impl Services {
    /// Reads a row of the table.
    pub(super) fn add_row(&mut self, header: &Header, row: &Row, coverage: &mut Coverage) {
        let cells = || row.cells.iter().enumerate().map(|(index, cell)| (header.column(index), cell));
        let letters = |wanted: Column| -> String {
            cells().filter(|(column, _)| *column == wanted).map(|(_, cell)| cell.letters()).collect()
        };
        let look = RowLook {
            numbered: header.has_numbers(),
            has_name: !letters(Column::Service).is_empty(),
            repeats_name: false,
            has_rest: cells()
                .any(|(column, cell)| !matches!(column, Column::Number | Column::Service) && !cell.is_blank()),
        };
        match self.numbers.read(&letters(Column::Number), look) {
            RowStart::New { no } => self.services.push(Draft { no, ..Draft::default() }),
            RowStart::Continues { no } => {
                if let Some(service) = self.services.last_mut() {
                    service.no = no;
                }
            }
        }
        let Some(service) = self.services.last_mut() else { return };
        for (index, (column, cell)) in cells().enumerate() {
            if column == Column::Number {
                coverage.leave_out_number(cell);
                continue;
            }
            for (n, paragraph) in cell.paragraphs.iter().enumerate() {
                service.add(column, index, paragraph, n == 0);
            }
        }
    }

    /// Reads lines where there is no table: a number and the name, then 主要内容：… 承办机构：… 联系电话：…
    pub(super) fn add_lines(&mut self, lines: &[Line], coverage: &mut Coverage) {
        let mut current = Column::Service;
        let mut kind = None;
        for line in lines {
            let text = line.text.text.as_str();
            let marker = Marker::scan(text);
            let start = marker.map_or(0, |marker| marker.length);
            if let Some((column, length)) = label(&text[start..]) {
                coverage.leave_out(line.text.to(start + length));
                if column == Column::Service {
                    self.services.push(Draft { no: marker.map(|marker| marker.number), ..Draft::default() });
                }
                current = column;
                self.add_text(column, &line.text.from(start + length).trimmed());
            } else if line.level.is_some() || marker.is_some_and(|m| kind.is_none_or(|kind| kind == m.kind)) {
                kind = kind.or(marker.map(|marker| marker.kind));
                coverage.leave_out(line.text.to(start));
                self.services.push(Draft { no: marker.map(|marker| marker.number), ..Draft::default() });
                current = Column::Content;
                let (name, content) = named(&text[start..]);
                self.add_text(Column::Service, &line.text.slice(name.shifted(start)).trimmed());
                self.add_text(Column::Content, &line.text.slice(content.shifted(start)).trimmed());
            } else {
                self.add_text(current, &line.text);
            }
        }
    }

    fn add_text(&mut self, column: Column, text: &Passage) {
        if let Some(service) = self.services.last_mut().filter(|_| !text.is_empty()) {
            service.add(column, 0, text, true);
        }
    }

    /// The services of the document.
    pub(super) fn finish(self, document: &str) -> Vec<Service> {
        let service = |(draft, n): (Draft, usize)| draft.finish(format!("{document}/service/{n}"));
        self.services.into_iter().zip(1..).map(service).collect()
    }
}

/// The service's name and what a line says of it: 用水咨询：每周一受理。
fn named(text: &str) -> (Span, Span) {
    let end = text.char_indices().find(|(_, c)| matches!(c, '：' | ':' | '。'));
    let (name, content) = match end.filter(|&(end, _)| join::is_title(&text[..end])) {
        Some((end, c)) => (end, end + c.len_utf8()),
        None => (text.len(), text.len()),
    };
    (Span::new(0, name), Span::new(content, text.len()))
}

/// The label that a line begins with, and its length.
fn label(text: &str) -> Option<(Column, usize)> {
    const LONGEST: usize = 10;
    let (end, colon) = text.char_indices().take(LONGEST).find(|(_, c)| matches!(c, '：' | ':'))?;
    let column = column(text[..end].trim());
    let known = matches!(column, Column::Service | Column::Content | Column::Organiser | Column::Contact);
    known.then_some((column, end + colon.len_utf8()))
}

impl Draft {
    fn finish(self, id: String) -> Service {
        let mut text = Passage::default();
        let mut add = |paragraphs: &[Passage]| {
            let mut span: Option<Span> = None;
            for paragraph in paragraphs {
                text.append(if text.is_empty() { "" } else { "\n" }, paragraph);
                let added = Span::new(text.text.len() - paragraph.text.len(), text.text.len());
                span = Some(Span { start: span.map_or(added.start, |span| span.start), end: added.end });
            }
            span.unwrap_or_else(|| Span::new(text.text.len(), text.text.len()))
        };
        let name = add(&self.name);
        let content: Vec<Passage> = self.content.into_iter().flat_map(|(_, paragraphs)| paragraphs).collect();
        let content = add(&content);
        let organiser = add(&self.organiser);
        let contact = add(&self.contact);
        let phones = phones(contact.slice(&text.text));
        let urls = urls(&text.text);
        Service { id, no: self.no, text, name, content, organiser, phones, urls }
    }
}

/// Whether a cell of telephone numbers goes on in the middle of one.
fn is_cut_number(before: &str, after: &str) -> bool {
    const SHORTEST: usize = 7;
    let last = before.rsplit(|c: char| !c.is_ascii_digit()).next().unwrap_or_default();
    join::begins_mid_sentence(after)
        || join::expects_more(before)
        || before.ends_with('-')
        || after.starts_with('-')
        || (1..SHORTEST).contains(&last.len()) && after.starts_with(|c: char| c.is_ascii_digit())
}
