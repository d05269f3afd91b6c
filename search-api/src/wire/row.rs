//! Rows of a list published as a table.

use std::collections::HashMap;

use lawcite_core::citation::resolve::CitingContext;
use lawcite_core::citation::{NameIndex, find_mentions};
use lawcite_core::index::{Index, IndexError};
use lawcite_core::responsibility::{Column, Field, FieldWords, ListRow, ResponsibilityList};
use lawcite_core::unit::{Detail, Unit};
use serde::Serialize;
use utoipa::ToSchema;

use super::citation::Citation;
use super::resolve::resolved;
use super::schema;
use super::shared::document_of;

/// A row: an item of power or responsibility.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Row {
    /// Its identifier.
    pub id: String,
    /// 序号 as printed.
    pub no: Option<String>,
    /// 事项名称.
    pub name: String,
    /// 子项名称; null where it has none.
    pub sub_item: Option<String>,
    /// What stands above it and others, as 一、行政许可; null where nothing does.
    pub section: Option<String>,
    /// The sheet of a workbook that it stands on.
    pub sheet: Option<String>,
    /// Its row there, or its line in the source, from one.
    pub row: u32,
    /// Its cells, from left to right, but 序号 and blank ones.
    pub fields: Vec<RowField>,
    /// Who answers for it, in the words of 追责对象范围, one step of the ladder each.
    pub persons: Vec<String>,
    /// In which cases, in the words of 追责情形, one each.
    pub circumstances: Vec<String>,
}

/// A cell of a row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct RowField {
    /// What its column holds; `text` where its heading is not known.
    #[schema(schema_with = schema::column)]
    pub column: Column,
    /// The column's heading as printed.
    pub heading: String,
    /// The number of the column, from one.
    pub place: u32,
    /// Its text, paragraphs on lines of their own.
    pub text: String,
    /// The units that its paragraphs are, for all rows that have them; null for one that stands in this row's own text.
    pub units: Vec<Option<String>>,
    /// What its text cites, an article carried over from line to line; in a unit only, not in a document's tree.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false)]
    pub citations: Vec<Citation>,
}

/// The rows of a list, each with all its cells.
pub(super) fn rows(list: &ResponsibilityList) -> Vec<Row> {
    let cells: HashMap<&str, &str> =
        list.cells.iter().map(|cell| (place_in(&list.id, &cell.id), cell.text.text.as_str())).collect();
    list.rows.iter().map(|row| Row::new(&list.id, row, &|id| cells.get(id).copied())).collect()
}

/// A unit's identifier without its document's.
fn place_in<'i>(document: &str, id: &'i str) -> &'i str {
    id.get(document.len() + 1..).unwrap_or_default()
}

/// The row that a unit is, with all its cells; `None` if it is none.
///
/// # Errors
///
/// If the index cannot be read.
pub(crate) fn row(index: &Index, unit: &Unit) -> Result<Option<Row>, IndexError> {
    let Detail::Row { sheet, row, no, name, fields } = &unit.detail else { return Ok(None) };
    let document = document_of(&unit.id);
    let mut cells: HashMap<&str, String> = HashMap::new();
    for line in fields.iter().flat_map(|field| &field.lines) {
        let FieldWords::Shared(id) = &line.words else { continue };
        if !cells.contains_key(id.as_str()) {
            let cell = index.unit(&format!("{document}/{id}"))?;
            cells.insert(id, cell.map(|cell| cell.passage.text).unwrap_or_default());
        }
    }
    let row = ListRow {
        id: unit.id.clone(),
        text: unit.passage.clone(),
        section: unit.path.first().map(|step| step.label.clone()),
        sheet: sheet.clone(),
        row: *row,
        no: no.clone(),
        name: *name,
        fields: fields.clone(),
    };
    Ok(Some(Row::new(document, &row, &|id| cells.get(id).map(String::as_str))))
}

impl Row {
    /// The same with what its cells cite, resolved.
    ///
    /// # Errors
    ///
    /// If the index cannot be read.
    pub(super) fn cited(mut self, index: &Index) -> Result<Row, IndexError> {
        let header = index.header(document_of(&self.id));
        let as_of = header.and_then(|list| list.date.as_deref());
        let citing = CitingContext { as_of, ..CitingContext::default() };
        let resolver = index.resolver();
        for field in &mut self.fields {
            let mentions = find_mentions(&field.text, &NameIndex::empty());
            field.citations = resolved(&field.text, &mentions, &resolver, &citing)?;
        }
        Ok(self)
    }

    fn new<'t>(document: &str, row: &'t ListRow, shared: &impl Fn(&str) -> Option<&'t str>) -> Row {
        let own = row.text.text.as_str();
        let field = |field: &Field| RowField {
            column: field.column,
            heading: field.heading.clone(),
            place: field.place,
            text: field.text(own, shared),
            units: field
                .lines
                .iter()
                .map(|line| match &line.words {
                    FieldWords::Own(_) => None,
                    FieldWords::Shared(id) => Some(format!("{document}/{id}")),
                })
                .collect(),
            citations: Vec::new(),
        };
        let mut names = row.name.slice(own).split('\n').map(str::to_owned);
        let lines = |column: Column| -> Vec<String> { row.lines(column, shared).map(str::to_owned).collect() };
        Row {
            id: row.id.clone(),
            no: row.no.clone(),
            name: names.next().unwrap_or_default(),
            sub_item: names.next(),
            section: row.section.clone(),
            sheet: row.sheet.clone(),
            row: row.row,
            fields: row.fields.iter().map(field).collect(),
            persons: lines(Column::Persons),
            circumstances: lines(Column::Circumstances),
        }
    }
}
