//! Answers as tables for spreadsheets.

mod audit; // an audit as tables
mod diff; // a comparison of lists as tables
mod marked; // what changed, as plain text

mod csv;
mod xlsx;

mod download; // as a file over HTTP

pub use self::csv::csv;
pub(crate) use self::download::{Format, FormatRequest, download};
pub use self::xlsx::{WriteXlsxError, xlsx};
pub use audit::{audit_tables, place};
pub use diff::diff_tables;
pub use marked::marked;

/// A table: a heading and rows of as many cells.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// What it is called.
    pub name: String,
    /// The columns' headings.
    pub heading: Vec<&'static str>,
    /// From top to bottom.
    pub rows: Vec<Vec<String>>,
}
