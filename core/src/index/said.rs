//! What the rows of a list say through the cells that they share: what they can be filtered by, and what they name.

use std::collections::{BTreeSet, HashMap};

use super::cites::{cites, cites_in};
use crate::responsibility::{Column, Field, FieldWords};
use crate::text::CharClass;
use crate::unit::{Detail, Kind, Unit};

/// A value longer than this is a text and no value to filter by.
const LONGEST_VALUE: usize = 60;

/// Values of a row, or of all rows that have a cell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Labels {
    /// 权力类型.
    pub(super) power_types: BTreeSet<String>,
    /// 承办机构, or, where a row names none, 实施主体.
    pub(super) departments: BTreeSet<String>,
    /// The statutes that it is grounded on.
    pub(super) statutes: BTreeSet<String>,
}

/// What the rows of one document say.
#[derive(Debug, Default)]
pub(super) struct Said<'u> {
    /// The cells, by identifier without the document's.
    cells: HashMap<&'u str, &'u Unit>,
    /// By number, from one.
    rows: Vec<Labels>,
}

impl<'u> Said<'u> {
    pub(super) fn of(document: &str, units: &'u [Unit]) -> Said<'u> {
        let place = |unit: &'u Unit| unit.id.get(document.len() + 1..).unwrap_or_default();
        let cells = units.iter().filter(|unit| matches!(unit.detail, Detail::Cell { .. }));
        let mut said = Said { cells: cells.map(|unit| (place(unit), unit)).collect(), rows: Vec::new() };
        said.rows = units.iter().filter(|unit| unit.kind == Kind::Row).map(|row| said.read(row)).collect();
        said
    }

    /// What a unit can be filtered by.
    pub(super) fn labels(&self, unit: &Unit) -> Labels {
        match &unit.detail {
            Detail::Row { .. } => self.row(row_number(unit)).cloned().unwrap_or_default(),
            Detail::Cell { column, carried, rows, .. } => {
                let mut labels = Labels::default();
                for row in rows.iter().filter_map(|&row| self.row(row)) {
                    labels.power_types.extend(row.power_types.iter().cloned());
                    labels.departments.extend(row.departments.iter().cloned());
                }
                if column.is_basis() {
                    labels.statutes = statutes(cites_in(&unit.passage.text, carried.as_deref()));
                }
                labels
            }
            _ => Labels::default(),
        }
    }

    fn row(&self, number: u32) -> Option<&Labels> {
        self.rows.get((number as usize).checked_sub(1)?)
    }

    fn read(&self, row: &Unit) -> Labels {
        let Detail::Row { fields, .. } = &row.detail else { return Labels::default() };
        let of = |column: Column| -> BTreeSet<String> {
            let lines = fields.iter().filter(|field| field.column == column).flat_map(|field| self.words(row, field));
            lines.map(value).filter(|value| !value.is_empty() && value.chars().count() <= LONGEST_VALUE).collect()
        };
        let departments = of(Column::Department);
        let mut named = statutes(cites(row));
        for field in fields.iter().filter(|field| field.column.is_basis()) {
            for cell in field.lines.iter().filter_map(|line| self.shared(&line.words)) {
                let Detail::Cell { carried, .. } = &cell.detail else { continue };
                named.extend(statutes(cites_in(&cell.passage.text, carried.as_deref())));
            }
        }
        Labels {
            power_types: of(Column::PowerType),
            departments: if departments.is_empty() { of(Column::Authority) } else { departments },
            statutes: named,
        }
    }

    fn words<'a>(&'a self, row: &'a Unit, field: &'a Field) -> impl Iterator<Item = &'a str> {
        field.lines.iter().map(|line| match &line.words {
            FieldWords::Own(span) => span.slice(&row.passage.text),
            FieldWords::Shared(_) => self.shared(&line.words).map_or("", |cell| cell.passage.text.as_str()),
        })
    }

    fn shared(&self, words: &FieldWords) -> Option<&'u Unit> {
        match words {
            FieldWords::Shared(id) => self.cells.get(id.as_str()).copied(),
            FieldWords::Own(_) => None,
        }
    }
}

/// `17` for `list/row/17`.
fn row_number(unit: &Unit) -> u32 {
    unit.id.rsplit('/').next().and_then(|number| number.parse().ok()).unwrap_or(0)
}

/// A value without the blanks and line breaks that a narrow column puts into it.
fn value(words: &str) -> String {
    words.chars().filter(|&c| CharClass::of(c) != CharClass::Blank).collect()
}

fn statutes(tokens: BTreeSet<String>) -> BTreeSet<String> {
    tokens.into_iter().filter(|token| !token.contains('#')).collect()
}
