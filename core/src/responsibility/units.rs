//! A responsibility list as units, in the order of the document.

use crate::unit::{Ancestor, Detail, Kind, Passage, Unit};

use super::row::{ListRow, RowCell};
use super::tree::{
    AccountabilitySection, Chapter, Citation, Duty, ListItem, Node, Provision, ResponsibilityList, Section,
};

impl ResponsibilityList {
    /// The units of the list, in the order of the document: a unit comes after what it stands in.
    ///
    /// Circumstances are no units of their own but clauses of their provision; see [`Provision::circumstance_id`].
    /// [`ResponsibilityList::from_units`] is the inverse.
    pub fn units(&self) -> Vec<Unit> {
        let mut groups = Groups::default();
        groups.add(self.paras.iter().map(note));
        groups.add(self.parts.iter().map(|part| {
            one(Unit {
                id: part.id.clone(),
                kind: Kind::Part,
                passage: part.title.clone(),
                path: Vec::new(),
                detail: Detail::Plain,
            })
        }));
        for part in &self.parts {
            let path = [ancestor(&part.id, &part.title)];
            groups.add(part.paras.iter().map(|para| Writer::new(&path).node(para, Kind::Note)));
        }
        groups.add(self.duties.iter().map(duty));
        groups.add(self.notes.iter().map(note));
        groups.add(self.boundary.iter().map(|boundary| {
            let first = plain(&boundary.id, Kind::Boundary, &boundary.text);
            let mut units = one(first);
            for row in &boundary.rows {
                units.push(plain(&row.id, Kind::Boundary, &row.text));
            }
            units
        }));
        groups.add(self.supervision.iter().map(chapter));
        groups.add(self.services.iter().map(|service| {
            one(Unit {
                id: service.id.clone(),
                kind: Kind::Service,
                passage: service.text.clone(),
                path: Vec::new(),
                detail: Detail::Service {
                    no: service.no,
                    name: service.name,
                    content: service.content,
                    organiser: service.organiser,
                    phones: service.phones.clone(),
                    urls: service.urls.clone(),
                },
            })
        }));
        groups.add(
            self.accountability_preamble
                .iter()
                .map(|preamble| one(plain(&preamble.id, Kind::Accountability, &preamble.text))),
        );
        groups.add(self.accountability.iter().map(accountability));
        let mut cells = self.cells.iter().peekable();
        groups.add(self.rows.iter().map(|list_row| {
            let mut units = one(row(list_row));
            while let Some(cell) = cells.next_if(|cell| stands_in(&cell.id, &list_row.id)) {
                units.push(row_cell(cell, list_row));
            }
            units
        }));
        groups.in_document_order()
    }
}

impl Provision {
    /// The identifier of a circumstance, counted from one.
    pub fn circumstance_id(&self, number: usize) -> String {
        format!("{}/circumstance/{number}", self.id)
    }
}

/// Units that stay together, with where the first of them begins in the source.
#[derive(Default)]
struct Groups {
    groups: Vec<(u32, Vec<Unit>)>,
}

impl Groups {
    /// Adds the groups of one list, which is in the order of the document itself.
    fn add(&mut self, groups: impl Iterator<Item = Vec<Unit>>) {
        let mut at = 0;
        for units in groups {
            // What the source does not have (the blank title of a duty) stands where its first words do.
            let begins = units.iter().find_map(|unit| unit.passage.pieces.first()).map_or(at, |piece| piece.offset);
            at = at.max(begins);
            self.groups.push((at, units));
        }
    }

    fn in_document_order(mut self) -> Vec<Unit> {
        self.groups.sort_by_key(|&(at, _)| at);
        self.groups.into_iter().flat_map(|(_, units)| units).collect()
    }
}

fn one(unit: Unit) -> Vec<Unit> {
    vec![unit]
}

fn note(note: &Node) -> Vec<Unit> {
    one(plain(&note.id, Kind::Note, &note.text))
}

fn plain(id: &str, kind: Kind, text: &Passage) -> Unit {
    Unit { id: id.to_owned(), kind, passage: text.clone(), path: Vec::new(), detail: Detail::Plain }
}

fn ancestor(id: &str, label: &Passage) -> Ancestor {
    Ancestor { id: Some(id.to_owned()), label: label.text.clone() }
}

/// Writes units under a path.
struct Writer {
    path: Vec<Ancestor>,
    units: Vec<Unit>,
}

impl Writer {
    fn new(path: &[Ancestor]) -> Writer {
        Writer { path: path.to_vec(), units: Vec::new() }
    }

    fn add(&mut self, id: &str, kind: Kind, passage: &Passage, detail: Detail) {
        self.units.push(Unit { id: id.to_owned(), kind, passage: passage.clone(), path: self.path.clone(), detail });
    }

    fn node(mut self, node: &Node, kind: Kind) -> Vec<Unit> {
        self.add(&node.id, kind, &node.text, Detail::Plain);
        self.units
    }

    fn nodes(&mut self, nodes: &[Node], kind: Kind) {
        for node in nodes {
            self.add(&node.id, kind, &node.text, Detail::Plain);
        }
    }

    /// Writes what stands under `id`, whose title is `label`.
    fn under(&mut self, id: &str, label: &Passage, write: impl FnOnce(&mut Writer)) {
        self.path.push(ancestor(id, label));
        write(self);
        self.path.pop();
    }
}

fn row(row: &ListRow) -> Unit {
    Unit {
        id: row.id.clone(),
        kind: Kind::Row,
        passage: row.text.clone(),
        path: row.section.iter().map(|section| Ancestor { id: None, label: section.clone() }).collect(),
        detail: Detail::Row {
            sheet: row.sheet.clone(),
            row: row.row,
            no: row.no.clone(),
            name: row.name,
            fields: row.fields.clone(),
        },
    }
}

fn stands_in(id: &str, parent: &str) -> bool {
    id.strip_prefix(parent).is_some_and(|rest| rest.starts_with('/'))
}

/// A cell stands under its row if no other row has it, and under its column in any case.
fn row_cell(cell: &RowCell, row: &ListRow) -> Unit {
    let mut path = Vec::new();
    if cell.rows.len() == 1 {
        path.push(Ancestor { id: Some(row.id.clone()), label: row.name.slice(&row.text.text).replace('\n', " ") });
    }
    path.push(Ancestor { id: None, label: cell.heading.clone() });
    Unit {
        id: cell.id.clone(),
        kind: cell.kind(),
        passage: cell.text.clone(),
        path,
        detail: Detail::Cell {
            column: cell.column,
            heading: cell.heading.clone(),
            carried: cell.carried.clone(),
            rows: cell.rows.clone(),
        },
    }
}

fn duty(duty: &Duty) -> Vec<Unit> {
    let mut writer = Writer::new(&[]);
    writer.add(&duty.id, Kind::Duty, &duty.title, Detail::Numbered { no: duty.no });
    writer.under(&duty.id, &duty.title, |writer| {
        writer.nodes(&duty.items, Kind::Item);
        for citation in &duty.citations {
            add_citation(writer, citation);
        }
        if let Some(other) = &duty.other {
            writer.add(&other.id, Kind::Other, &other.text, Detail::Plain);
        }
        writer.nodes(&duty.paras, Kind::Note);
    });
    writer.units
}

fn add_citation(writer: &mut Writer, citation: &Citation) {
    let detail = Detail::Citation { statute: citation.statute.clone(), promulgation: citation.promulgation.clone() };
    writer.add(&citation.id, Kind::Citation, &citation.text, detail);
    writer.under(&citation.id, &citation.text, |writer| {
        for provision in &citation.provisions {
            let detail = Detail::Provision {
                statute: citation.statute.clone(),
                path: provision.path,
                label: provision.label_span(),
                circumstances: provision.circumstances.iter().map(|circumstance| circumstance.span).collect(),
            };
            writer.add(&provision.id, Kind::Provision, &provision.text, detail);
        }
    });
}

fn chapter(chapter: &Chapter) -> Vec<Unit> {
    let mut writer = Writer::new(&[]);
    writer.add(&chapter.id, Kind::Supervision, &chapter.title, Detail::Numbered { no: chapter.no });
    writer.under(&chapter.id, &chapter.title, |writer| {
        writer.nodes(&chapter.paras, Kind::Supervision);
        add_items(writer, &chapter.items);
        for section in &chapter.sections {
            add_section(writer, section);
        }
    });
    writer.units
}

fn add_section(writer: &mut Writer, section: &Section) {
    writer.add(&section.id, Kind::Supervision, &section.heading, Detail::Plain);
    writer.under(&section.id, &section.heading, |writer| {
        writer.nodes(&section.paras, Kind::Supervision);
        add_items(writer, &section.items);
    });
}

fn add_items(writer: &mut Writer, items: &[ListItem]) {
    for item in items {
        let detail = Detail::ListItem { ordinal: item.ordinal.clone() };
        writer.add(&item.id, Kind::Supervision, &item.text, detail);
        writer.under(&item.id, &item.text, |writer| {
            writer.nodes(&item.paras, Kind::Supervision);
            add_items(writer, &item.items);
        });
    }
}

fn accountability(section: &AccountabilitySection) -> Vec<Unit> {
    let mut writer = Writer::new(&[]);
    writer.add(&section.id, Kind::Accountability, &section.title, Detail::Numbered { no: section.no });
    writer.under(&section.id, &section.title, |writer| {
        for sub in &section.sections {
            let detail = Detail::Accountability { ordinal: sub.ordinal.clone(), heading: sub.heading, body: sub.body };
            writer.add(&sub.id, Kind::Accountability, &sub.text, detail);
        }
    });
    writer.units
}
