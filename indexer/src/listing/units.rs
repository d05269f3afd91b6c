//! From items to units: what only one row says stands in its text, what several say is kept once.

use std::collections::HashMap;

use lawcite_core::citation::{MentionKind, NameIndex, find_mentions};
use lawcite_core::responsibility::{Column, Field, FieldLine, FieldWords, ListRow, RowCell};
use lawcite_core::text::{CharClass, Span};
use lawcite_core::unit::Passage;

use super::rows::{RawField, RawRow};
use crate::responsibility::marker::Marker;

/// The items of a list.
#[derive(Debug, Default)]
pub(super) struct Items {
    document: String,
    rows: Vec<Item>,
    /// The numbers of the rows that have a paragraph.
    said_by: HashMap<Key, Vec<u32>>,
}

#[derive(Debug)]
struct Item {
    section: Option<String>,
    sheet: Option<String>,
    row: u32,
    no: Option<String>,
    name: Passage,
    fields: Vec<ItemField>,
}

#[derive(Debug)]
struct ItemField {
    column: Column,
    heading: String,
    place: u32,
    lines: Vec<Line>,
}

/// A paragraph of a cell.
#[derive(Debug)]
struct Line {
    ordinal: String,
    words: Passage,
    carried: Option<String>,
}

/// What makes paragraphs the same: the words, and the statute that they go on with. The column does not matter: the same
/// ground stands in two, and an item's name in its 部门职责.
type Key = (String, Option<String>);

fn key(line: &Line) -> Key {
    (line.words.text.clone(), line.carried.clone())
}

/// Columns whose paragraphs are boilerplate by nature: alone in one list, they stand in a hundred others.
fn is_always_shared(column: Column) -> bool {
    matches!(
        column,
        Column::Duties | Column::DutyBasis | Column::Circumstances | Column::LiabilityBasis | Column::Persons
    )
}

impl Items {
    pub(super) fn new(document: &str) -> Items {
        Items { document: document.to_owned(), ..Items::default() }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    pub(super) fn add(&mut self, section: Option<String>, sheet: Option<&str>, row: &RawRow) {
        let number = u32::try_from(self.rows.len() + 1).unwrap_or(u32::MAX);
        let fields: Vec<ItemField> = row.fields.iter().map(read_field).collect();
        for field in fields.iter().filter(|field| !is_name(field.column)) {
            for line in &field.lines {
                let rows = self.said_by.entry(key(line)).or_default();
                if rows.last() != Some(&number) {
                    rows.push(number);
                }
            }
        }
        self.rows.push(Item {
            section,
            sheet: sheet.map(str::to_owned),
            row: row.number,
            no: row.no.clone(),
            name: row.name.clone(),
            fields,
        });
    }

    pub(super) fn finish(self) -> (Vec<ListRow>, Vec<RowCell>) {
        let Items { document, rows, said_by } = self;
        let mut writer = Writer { document, said_by, cells: Vec::new(), written: HashMap::new() };
        let rows = (1..).zip(rows).map(|(number, item)| writer.row(number, item)).collect();
        (rows, writer.cells)
    }
}

fn is_name(column: Column) -> bool {
    matches!(column, Column::Name | Column::SubItem)
}

fn read_field(field: &RawField) -> ItemField {
    let carried = if field.column.is_basis() { carried(&field.paragraphs) } else { Vec::new() };
    let mut carried = carried.into_iter();
    let lines = field.paragraphs.iter().map(|paragraph| {
        let (ordinal, words) = if is_name(field.column) { (0, paragraph.clone()) } else { part_ordinal(paragraph) };
        Line { ordinal: paragraph.text[..ordinal].to_owned(), words, carried: carried.next().flatten() }
    });
    ItemField { column: field.column, heading: field.heading.to_string(), place: field.place, lines: lines.collect() }
}

/// Where the words of a paragraph begin, behind its number: the same words have another number elsewhere. A paragraph
/// without letters has no words.
fn part_ordinal(paragraph: &Passage) -> (usize, Passage) {
    let text = &paragraph.text;
    if !text.contains(|c| CharClass::of(c) == CharClass::Letter) {
        return (text.len(), Passage::default());
    }
    let marker = Marker::scan(text).map_or(0, |marker| marker.length);
    let blanks = text[marker..].find(|c| CharClass::of(c) != CharClass::Blank).unwrap_or(0);
    let start = if marker == 0 { 0 } else { marker + blanks };
    if start >= text.len() { (0, paragraph.clone()) } else { (start, paragraph.from(start)) }
}

/// For each paragraph of a ground, the statute that its first articles belong to, if an earlier paragraph names it.
fn carried(paragraphs: &[Passage]) -> Vec<Option<String>> {
    let text = paragraphs.iter().map(|paragraph| paragraph.text.as_str()).collect::<Vec<_>>().join("\n");
    let mentions = find_mentions(&text, &NameIndex::empty());
    let mut end = 0;
    let lines = paragraphs.iter().map(|paragraph| {
        let start = end;
        end = start + paragraph.text.len() + 1;
        let inside = mentions.iter().filter(|mention| (start..end).contains(&mention.span.range().start));
        let mut of_others = inside
            .take_while(|mention| mention.kind != MentionKind::Named)
            .filter(|mention| matches!(mention.kind, MentionKind::Carried | MentionKind::SelfReference));
        of_others.find_map(|mention| mention.statute.clone())
    });
    lines.collect()
}

struct Writer {
    document: String,
    said_by: HashMap<Key, Vec<u32>>,
    cells: Vec<RowCell>,
    /// The identifiers of the cells, without the document's.
    written: HashMap<Key, String>,
}

impl Writer {
    fn row(&mut self, number: u32, item: Item) -> ListRow {
        let mut text = item.name;
        let mut name = Span::new(0, text.text.len());
        let mut fields = Vec::new();
        let mut written = RowWords::default();
        // Names first: they head the row's text.
        for field in item.fields.iter().filter(|field| is_name(field.column)) {
            let words = super::rows::one_line(&field.lines.iter().map(|line| line.words.clone()).collect::<Vec<_>>());
            let known = name.slice(&text.text).find(&words.text);
            let span = match known {
                Some(at) => Span::new(at, at + words.text.len()),
                None => add(&mut text, &words),
            };
            name = Span::new(0, name.range().end.max(span.range().end));
            let line = FieldLine { ordinal: String::new(), words: FieldWords::Own(span), carried: None };
            written.own.insert(words.text, span);
            fields.push(Field {
                column: field.column,
                heading: field.heading.clone(),
                place: field.place,
                lines: vec![line],
            });
        }
        for field in item.fields.into_iter().filter(|field| !is_name(field.column)) {
            let lines = field.lines.iter().map(|line| {
                let words = if line.words.is_empty() {
                    FieldWords::Own(Span::new(0, 0))
                } else {
                    self.words(number, &mut text, &field, line, &mut written)
                };
                FieldLine { ordinal: line.ordinal.clone(), words, carried: line.carried.clone() }
            });
            let lines = lines.collect();
            fields.push(Field { column: field.column, heading: field.heading, place: field.place, lines });
        }
        fields.sort_by_key(|field| field.place);
        ListRow {
            id: format!("{}/row/{number}", self.document),
            text,
            section: item.section,
            sheet: item.sheet,
            row: item.row,
            no: item.no,
            name,
            fields,
        }
    }

    fn words(
        &mut self,
        number: u32,
        text: &mut Passage,
        field: &ItemField,
        line: &Line,
        written: &mut RowWords,
    ) -> FieldWords {
        if let Some(&span) = written.own.get(&line.words.text) {
            return FieldWords::Own(span);
        }
        let key = key(line);
        if let Some(id) = self.written.get(&key) {
            return FieldWords::Shared(id.clone());
        }
        let rows = self.said_by.get(&key).cloned().unwrap_or_default();
        if rows.len() < 2 && !is_always_shared(field.column) {
            let span = add(text, &line.words);
            written.own.insert(line.words.text.clone(), span);
            return FieldWords::Own(span);
        }
        let mut cell = RowCell {
            id: String::new(),
            column: field.column,
            heading: field.heading.clone(),
            text: line.words.clone(),
            carried: line.carried.clone(),
            rows,
        };
        let kind = cell.kind().name();
        let count = written.cells.entry(kind).or_default();
        *count += 1;
        let place = format!("row/{number}/{kind}/{count}");
        cell.id = format!("{}/{place}", self.document);
        self.cells.push(cell);
        self.written.insert(key, place.clone());
        FieldWords::Shared(place)
    }
}

/// What was written of one row.
#[derive(Debug, Default)]
struct RowWords {
    /// Its own paragraphs: what it says twice stands there once.
    own: HashMap<String, Span>,
    /// How many cells of each kind it is the first to have.
    cells: HashMap<&'static str, u32>,
}

/// Adds words to a text on a line of their own.
fn add(text: &mut Passage, words: &Passage) -> Span {
    let start = text.text.len() + usize::from(!text.is_empty());
    let between = if text.is_empty() { "" } else { "\n" };
    text.append(between, words);
    Span::new(start, text.text.len())
}
