//! What every document says of itself, whatever kind it is of.

use serde::{Deserialize, Serialize};

use crate::statute::StatuteHeader;

/// What a document says of itself, beside its units.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentHeader {
    /// A list's is its file's stem, a statute's its name and version.
    pub id: String,
    /// As printed.
    pub title: String,
    /// Who published it, if it says so.
    pub issuer: Option<String>,
    /// As precise as printed: `2015-07`. A statute's is that of its version.
    pub date: Option<String>,
    /// What was not understood, or was odd.
    pub warnings: Vec<Warning>,
    /// What only a statute has.
    pub statute: Option<StatuteHeader>,
}

/// Something odd about a source: a line, from one, and a sentence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Warning {
    /// From one.
    pub line: u32,
    /// What it is.
    pub message: String,
}
