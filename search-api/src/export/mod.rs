//! Answers as tables for spreadsheets.

mod audit; // an audit as a table

mod csv;
mod xlsx;

pub use self::csv::csv;
pub use self::xlsx::{WriteXlsxError, xlsx};
pub use audit::{audit_table, place};

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
