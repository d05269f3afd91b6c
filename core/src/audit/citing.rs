//! Where a document cites: the grounds that its tree gives, the cells of its rows, and the running text of everything else.

use std::borrow::Cow;
use std::collections::HashMap;

use crate::citation::{Promulgation, ProvisionPath};
use crate::responsibility::Field;
use crate::text::Span;
use crate::unit::{Detail, Unit};

use super::report::Place;

/// A text in which citations are to be found.
pub(super) struct CitingText<'u> {
    pub(super) unit: &'u Unit,
    pub(super) heading: Option<String>,
    pub(super) text: Cow<'u, str>,
    /// The statute that it goes on with: what 第三条 at its head means.
    pub(super) carry: Option<&'u str>,
    /// The cell, if it is one.
    pub(super) cell: Option<Place>,
}

/// A ground of liability that the document's tree gives, or one provision under it.
pub(super) struct Ground<'u> {
    pub(super) unit: &'u Unit,
    pub(super) heading: Option<String>,
    pub(super) statute: &'u str,
    pub(super) promulgation: Option<&'u Promulgation>,
    pub(super) path: Option<ProvisionPath>,
    /// 第九十二条, or the name and the parenthesis.
    pub(super) words: Span,
    /// The circumstances, which render the article's words and need not have all of them.
    pub(super) circumstances: &'u [Span],
}

/// What cites.
pub(super) enum Citing<'u> {
    Text(CitingText<'u>),
    Ground(Ground<'u>),
}

/// What cites in a document, in its order.
pub(super) fn citing(units: &[Unit]) -> Vec<Citing<'_>> {
    let mut citing = Vec::new();
    let mut cells: Option<HashMap<&str, &str>> = None;
    // The ground whose provisions follow.
    let mut ground: Option<&Unit> = None;
    for (number, unit) in units.iter().enumerate() {
        match &unit.detail {
            Detail::Citation { statute, promulgation } => {
                ground = Some(unit);
                let is_under = |next: &Unit| matches!(next.detail, Detail::Provision { .. }) && stands_in(next, unit);
                // One with provisions is cited by each of them.
                if units.get(number + 1).is_some_and(is_under) {
                    continue;
                }
                citing.push(Citing::Ground(Ground {
                    unit,
                    heading: heading(unit),
                    statute,
                    promulgation: promulgation.as_ref(),
                    path: None,
                    words: Span::new(0, unit.passage.text.len()),
                    circumstances: &[],
                }));
            }
            Detail::Provision { statute, path, label, circumstances } => {
                let ground = ground.filter(|ground| stands_in(unit, ground)).map(|ground| &ground.detail);
                let promulgation = match ground {
                    Some(Detail::Citation { promulgation, .. }) => promulgation.as_ref(),
                    _ => None,
                };
                citing.push(Citing::Ground(Ground {
                    unit,
                    heading: heading(unit),
                    statute,
                    promulgation,
                    path: Some(*path),
                    words: *label,
                    circumstances,
                }));
            }
            Detail::Row { sheet, row, fields, .. } => {
                let cells = cells.get_or_insert_with(|| shared_cells(units));
                citing.extend(fields.iter().map(|field| {
                    let place =
                        Place { sheet: sheet.clone(), row: Some(*row), column: Some(field.place), ..Place::default() };
                    Citing::Text(cell(unit, field, place, cells))
                }));
            }
            // Each row that has it cites by it.
            Detail::Cell { .. } => {}
            _ => citing.push(Citing::Text(CitingText {
                unit,
                heading: heading(unit),
                text: Cow::Borrowed(&unit.passage.text),
                carry: None,
                cell: None,
            })),
        }
    }
    citing
}

/// The words of the cells that rows share, by their identifiers without the document's.
pub(crate) fn shared_cells(units: &[Unit]) -> HashMap<&str, &str> {
    let cells = units.iter().filter(|unit| matches!(unit.detail, Detail::Cell { .. }));
    cells.filter_map(|unit| Some((unit.id.split_once('/')?.1, unit.passage.text.as_str()))).collect()
}

/// A cell of a row, whose words may stand with other rows.
fn cell<'u>(unit: &'u Unit, field: &'u Field, place: Place, shared: &HashMap<&'u str, &'u str>) -> CitingText<'u> {
    let text = field.text(&unit.passage.text, |id| shared.get(id).copied());
    CitingText {
        unit,
        heading: Some(field.heading.clone()),
        text: Cow::Owned(text),
        carry: field.lines.first().and_then(|line| line.carried.as_deref()),
        cell: Some(place),
    }
}

fn stands_in(unit: &Unit, parent: &Unit) -> bool {
    unit.id.strip_prefix(parent.id.as_str()).is_some_and(|rest| rest.starts_with('/'))
}

/// The title above a unit, grounds apart: they are what is cited.
fn heading(unit: &Unit) -> Option<String> {
    let is_ground = |id: &str| id.rsplit('/').nth(1) == Some("citation");
    let above = unit.path.iter().rfind(|above| !above.id.as_deref().is_some_and(is_ground));
    above.map(|above| above.label.clone())
}

impl CitingText<'_> {
    /// Where a byte of the text stands in the source.
    pub(super) fn place(&self, at: usize) -> Place {
        self.cell.clone().unwrap_or_else(|| place(self.unit, at))
    }
}

/// Where a byte of a unit's text stands in the source.
pub(super) fn place(unit: &Unit, at: usize) -> Place {
    let piece = unit.passage.pieces.iter().rfind(|piece| piece.start as usize <= at);
    Place { line: piece.map(|piece| piece.line), ..Place::default() }
}
