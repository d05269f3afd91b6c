//! Units as the responsibility list that they came from, so that an index stores the text once.

use crate::document::DocumentHeader;
use crate::unit::{Detail, Passage, Unit};

use super::row::{ListRow, RowCell};
use super::tree::{
    AccountabilitySection, AccountabilitySubsection, Boundary, Chapter, Circumstance, Citation, Duty, ListItem, Node,
    Part, Provision, ResponsibilityList, Section, Service,
};

/// A unit is not one of the list's, or comes before what it stands in.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{unit}` is not a unit of the list `{document}` at this place")]
pub struct MisplacedUnit {
    /// The list.
    pub document: String,
    /// The unit.
    pub unit: String,
}

impl ResponsibilityList {
    /// What the list says of itself.
    pub fn header(&self) -> DocumentHeader {
        DocumentHeader {
            id: self.id.clone(),
            title: self.title.clone(),
            issuer: self.issuer.clone(),
            date: self.date.clone(),
            warnings: self.warnings.clone(),
            statute: None,
        }
    }

    /// The list that `units` came from: the inverse of [`ResponsibilityList::units`].
    ///
    /// # Errors
    ///
    /// If a unit does not belong to the list, or comes before the unit that it stands in.
    pub fn from_units(header: DocumentHeader, units: &[Unit]) -> Result<ResponsibilityList, MisplacedUnit> {
        let mut list = ResponsibilityList {
            id: header.id,
            title: header.title,
            issuer: header.issuer,
            date: header.date,
            warnings: header.warnings,
            ..ResponsibilityList::default()
        };
        for unit in units {
            let place = unit.id.strip_prefix(&list.id).and_then(|place| place.strip_prefix('/'));
            let steps: Vec<&str> = place.unwrap_or_default().split('/').collect();
            if list.put(&steps, unit).is_none() {
                return Err(MisplacedUnit { document: list.id, unit: unit.id.clone() });
            }
        }
        Ok(list)
    }

    fn put(&mut self, steps: &[&str], unit: &Unit) -> Option<()> {
        let id = unit.id.clone();
        let text = unit.passage.clone();
        match (steps, &unit.detail) {
            (["para", _], _) => self.paras.push(Node { id, text }),
            (["part", _], _) => self.parts.push(Part { id, title: text, paras: Vec::new() }),
            (["part", _, "para", _], _) => {
                parent(&mut self.parts, unit, |part| &part.id)?.paras.push(Node { id, text });
            }
            (["duty", _], Detail::Numbered { no }) => self.duties.push(Duty {
                id,
                no: *no,
                title: text,
                items: Vec::new(),
                citations: Vec::new(),
                other: None,
                paras: Vec::new(),
            }),
            (["duty", _, rest @ ..], _) => put_in_duty(parent(&mut self.duties, unit, |duty| &duty.id)?, rest, unit)?,
            (["note", _], _) => self.notes.push(Node { id, text }),
            (["boundary"], _) => self.boundary = Some(Boundary { id, text, rows: Vec::new() }),
            (["boundary", _], _) => self.boundary.as_mut()?.rows.push(Node { id, text }),
            (["supervision", _], Detail::Numbered { no }) => self.supervision.push(Chapter {
                id,
                no: *no,
                title: text,
                paras: Vec::new(),
                items: Vec::new(),
                sections: Vec::new(),
            }),
            (["supervision", _, rest @ ..], _) => {
                put_in_chapter(parent(&mut self.supervision, unit, |chapter| &chapter.id)?, rest, unit)?;
            }
            (["service", _], Detail::Service { no, name, content, organiser, phones, urls }) => {
                self.services.push(Service {
                    id,
                    no: *no,
                    text,
                    name: *name,
                    content: *content,
                    organiser: *organiser,
                    phones: phones.clone(),
                    urls: urls.clone(),
                });
            }
            (["accountability"], _) => self.accountability_preamble = Some(Node { id, text }),
            (["accountability", _], Detail::Numbered { no }) => {
                self.accountability.push(AccountabilitySection { id, no: *no, title: text, sections: Vec::new() });
            }
            (["accountability", _, "sub", _], Detail::Accountability { ordinal, heading, body }) => {
                parent(&mut self.accountability, unit, |section| &section.id)?.sections.push(
                    AccountabilitySubsection { id, ordinal: ordinal.clone(), text, heading: *heading, body: *body },
                );
            }
            (["row", _], Detail::Row { sheet, row, no, name, fields }) => self.rows.push(ListRow {
                id,
                text,
                section: unit.path.first().map(|ancestor| ancestor.label.clone()),
                sheet: sheet.clone(),
                row: *row,
                no: no.clone(),
                name: *name,
                fields: fields.clone(),
            }),
            (["row", _, _, _], Detail::Cell { column, heading, carried, rows }) => {
                parent(&mut self.rows, unit, |row| &row.id)?;
                self.cells.push(RowCell {
                    id,
                    column: *column,
                    heading: heading.clone(),
                    text,
                    carried: carried.clone(),
                    rows: rows.clone(),
                });
            }
            _ => return None,
        }
        Some(())
    }
}

/// The last of `list`, if `unit` stands in it.
fn parent<'l, T>(list: &'l mut [T], unit: &Unit, id: impl Fn(&T) -> &String) -> Option<&'l mut T> {
    let inside = |parent: &T| unit.id.strip_prefix(id(parent)).is_some_and(|rest| rest.starts_with('/'));
    list.last_mut().filter(|last| inside(last))
}

fn put_in_duty(duty: &mut Duty, steps: &[&str], unit: &Unit) -> Option<()> {
    let id = unit.id.clone();
    let text = unit.passage.clone();
    match (steps, &unit.detail) {
        (["item", _], _) => duty.items.push(Node { id, text }),
        (["para", _], _) => duty.paras.push(Node { id, text }),
        (["other"], _) => duty.other = Some(Node { id, text }),
        (["citation", _], Detail::Citation { statute, promulgation }) => duty.citations.push(Citation {
            id,
            text,
            statute: statute.clone(),
            promulgation: promulgation.clone(),
            provisions: Vec::new(),
        }),
        (["citation", _, "article", ..], Detail::Provision { path, label, circumstances, .. }) => {
            let words = |span: &crate::text::Span| span.slice(&unit.passage.text).to_owned();
            parent(&mut duty.citations, unit, |citation| &citation.id)?.provisions.push(Provision {
                id,
                path: *path,
                label: words(label),
                circumstances: circumstances
                    .iter()
                    .map(|span| Circumstance { text: words(span), span: *span })
                    .collect(),
                text,
            });
        }
        _ => return None,
    }
    Some(())
}

fn put_in_chapter(chapter: &mut Chapter, steps: &[&str], unit: &Unit) -> Option<()> {
    let node = || Node { id: unit.id.clone(), text: unit.passage.clone() };
    match steps {
        ["para", _] => chapter.paras.push(node()),
        ["section", _] => {
            let Node { id, text } = node();
            chapter.sections.push(Section { id, heading: text, paras: Vec::new(), items: Vec::new() });
        }
        ["section", _, "para", _] => {
            parent(&mut chapter.sections, unit, |section| &section.id)?.paras.push(node());
        }
        ["section", _, "item", rest @ ..] => {
            let section = parent(&mut chapter.sections, unit, |section| &section.id)?;
            put_in_items(&mut section.items, rest, unit)?;
        }
        ["item", rest @ ..] => put_in_items(&mut chapter.items, rest, unit)?,
        _ => return None,
    }
    Some(())
}

/// `steps` begin with the number of an item of `items`.
fn put_in_items(items: &mut Vec<ListItem>, steps: &[&str], unit: &Unit) -> Option<()> {
    let (id, text): (String, Passage) = (unit.id.clone(), unit.passage.clone());
    match (steps, &unit.detail) {
        ([_], Detail::ListItem { ordinal }) => {
            items.push(ListItem { id, ordinal: ordinal.clone(), text, paras: Vec::new(), items: Vec::new() });
        }
        ([_, "para", _], _) => parent(items, unit, |item| &item.id)?.paras.push(Node { id, text }),
        ([_, "item", rest @ ..], _) => put_in_items(&mut parent(items, unit, |item| &item.id)?.items, rest, unit)?,
        _ => return None,
    }
    Some(())
}
