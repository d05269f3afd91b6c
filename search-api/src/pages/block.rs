//! A unit of a list as its page shows it.

use lawcite_core::text::Span;
use lawcite_core::unit::{Detail, Kind, Unit};

use super::Ui;
use super::compare::Comparison;
use super::document::is_under;
use super::labels::Remark;
use super::marks::Marker;
use super::permalink::Permalink;
use super::place::Places;
use crate::links::Place;
use crate::wire::{self, Segment};

/// A unit on the page.
pub(super) struct Block {
    /// The element's identifier; empty at the top of a page.
    pub(super) anchor: String,
    pub(super) kind: Kind,
    /// What the units from here on are, where that is not plain from a heading.
    pub(super) caption: Option<&'static str>,
    /// Of its heading, 0 for none.
    pub(super) level: u8,
    /// The number before its words.
    pub(super) label: String,
    pub(super) heading: Vec<Segment>,
    pub(super) text: Vec<Segment>,
    pub(super) circumstances: Vec<Circumstance>,
    /// Of a row the cells; on the whole document's page none, as every row has a page of its own.
    pub(super) fields: Vec<RowField>,
    /// Where a row stands in its source.
    pub(super) place: Option<String>,
    /// For a provision, what is known of the article that it cites.
    pub(super) check: Vec<Remark>,
    pub(super) comparison: Option<Comparison>,
    /// The page of a duty, chapter, service or section, where this is another one.
    pub(super) page: Option<String>,
    pub(super) permalink: Permalink,
}

/// A circumstance of a provision.
pub(super) struct Circumstance {
    pub(super) anchor: String,
    pub(super) text: Vec<Segment>,
    pub(super) permalink: Permalink,
}

/// A cell of a row.
pub(super) struct RowField {
    pub(super) heading: String,
    pub(super) lines: Vec<FieldLine>,
}

/// A paragraph of a cell.
pub(super) struct FieldLine {
    pub(super) text: Vec<Segment>,
    /// Where it is a unit that has its place on this page: its anchor and its link.
    pub(super) unit: Option<(String, Permalink)>,
    /// Where it is one that has its place on another page: its address.
    pub(super) url: Option<String>,
}

impl Block {
    /// `unit` on the page of `top`.
    pub(super) fn new(unit: &Unit, top: &str, ui: &Ui, places: &Places, marker: &Marker) -> Block {
        let anchor = unit.id[top.len()..].trim_start_matches('/').replace('/', "-");
        let text = unit.passage.text.as_str();
        let words = |span: &Span| marker.segments(span.slice(text));
        let numbered = |no: &Option<u32>| no.map(|no| format!("{no}　")).unwrap_or_default();
        let place = Place::of(&unit.id);
        let mut block = Block {
            kind: unit.kind,
            caption: None,
            level: 0,
            label: String::new(),
            heading: Vec::new(),
            text: marker.segments(text),
            circumstances: Vec::new(),
            fields: Vec::new(),
            place: None,
            check: Vec::new(),
            comparison: None,
            page: (unit.id != top && !place.page.is_empty() && place.anchor.is_empty())
                .then(|| ui.links.unit(&unit.id)),
            permalink: Permalink::new(&unit.id, text, places.citation(unit), &ui.links),
            anchor,
        };
        match &unit.detail {
            Detail::Numbered { no } => {
                block.label = numbered(no);
                block.become_heading(2);
            }
            Detail::Citation { .. } => block.become_heading(3),
            Detail::Provision { label, circumstances, .. } => {
                block.level = 4;
                block.heading = words(label);
                // Words that belong to no circumstance are shown too.
                let rest = if circumstances.is_empty() { &text[label.range().end..] } else { "" };
                block.text = marker.segments(rest);
                let circumstance = |(number, span): (usize, &Span)| {
                    let id = format!("{}/circumstance/{number}", unit.id);
                    Circumstance {
                        anchor: format!("{}-circumstance-{number}", block.anchor),
                        text: words(span),
                        permalink: Permalink::new(&id, span.slice(text), places.citation(unit), &ui.links),
                    }
                };
                block.circumstances = (1..).zip(circumstances).map(circumstance).collect();
            }
            Detail::ListItem { ordinal } => block.label.clone_from(ordinal),
            Detail::Service { no, name, .. } => {
                block.label = numbered(no);
                block.level = 2;
                block.heading = words(name);
                block.text = marker.segments(text[name.range().end..].trim_start());
            }
            Detail::Accountability { ordinal, heading, body } => {
                block.label = ordinal.clone().unwrap_or_default();
                if !heading.is_empty() {
                    block.level = 3;
                    block.heading = words(heading);
                    block.text = words(body);
                }
            }
            Detail::Row { no, name, .. } => {
                block.label = no.as_ref().map(|no| format!("{no}　")).unwrap_or_default();
                block.level = 2;
                block.heading = marker.segments(&name.slice(text).replace('\n', " "));
                block.text = marker.segments(text[name.range().end..].trim_start());
            }
            Detail::Cell { heading, .. } => block.label = format!("{heading}："),
            Detail::Article { path, .. } => {
                block.level = 3;
                block.heading = marker.segments(&path.to_string());
            }
            Detail::Plain if unit.kind == Kind::Part => block.become_heading(2),
            Detail::Plain if unit.kind == Kind::Supervision && is_section(&unit.id) => block.become_heading(3),
            Detail::Plain | Detail::StatuteParagraph { .. } => {}
        }
        block
    }

    /// Shows a row's cells in place of its text.
    pub(super) fn show_row(&mut self, row: &wire::Row, file: Option<&str>, ui: &Ui, marker: &Marker) {
        let line = |heading: &str, text: &str, unit: Option<&str>| {
            let is_here = unit.is_some_and(|unit| is_under(&row.id, unit));
            let citation = format!("{}“{heading}”", self.permalink.citation);
            FieldLine {
                text: marker.segments(text),
                unit: unit
                    .filter(|_| is_here)
                    .map(|unit| (Place::of(unit).anchor, Permalink::new(unit, text, citation, &ui.links))),
                url: unit.filter(|_| !is_here).map(|unit| ui.links.unit(unit)),
            }
        };
        let field = |field: &wire::RowField| RowField {
            heading: field.heading.clone(),
            lines: field
                .text
                .split('\n')
                .zip(&field.units)
                .map(|(text, unit)| line(&field.heading, text, unit.as_deref()))
                .collect(),
        };
        self.fields = row.fields.iter().map(field).collect();
        self.text = Vec::new();
        let file = file.map(|file| file.rsplit(['/', '\\']).next().unwrap_or(file).to_owned());
        let place = [file, row.sheet.as_ref().map(|sheet| ui.t.sheet(sheet)), Some(ui.t.row(row.row))];
        self.place = Some(place.into_iter().flatten().collect::<Vec<_>>().join(" › "));
    }

    fn become_heading(&mut self, level: u8) {
        self.level = level;
        self.heading = std::mem::take(&mut self.text);
    }

    /// Whether there is any text beside the heading.
    pub(super) fn has_text(&self) -> bool {
        self.text.iter().any(|segment| !segment.text.is_empty())
    }
}

fn is_section(id: &str) -> bool {
    id.rsplit('/').nth(1) == Some("section")
}
