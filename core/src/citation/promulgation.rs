//! The parenthesis after a statute's name: when it was passed, by whom, under which number.

use serde::{Deserialize, Serialize};

/// What the parenthesis after a statute's name says, as in （1997年6月通过，2004年11月修正）.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Promulgation {
    /// The parenthesis without its brackets, as printed, cut pieces rejoined.
    pub raw: String,
    /// The first date, as precise as printed: `2010`, `2010-10` or `2010-10-28`.
    pub date: Option<String>,
    /// What was done to the statute later, in the order printed.
    pub amended: Vec<Amendment>,
    /// Who issued it, as printed; joint issuers keep their 、.
    pub issuer: Option<String>,
    /// The order's or document's number without blanks and otherwise as printed: `国务院令第259号`, `鲁政办发〔2011〕48号`.
    pub document_number: Option<String>,
}

/// One change of a statute.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Amendment {
    /// As precise as printed: `2012`, `2012-12` or `2012-12-28`.
    pub date: String,
    /// The word used: 修正, 修订, 修改.
    pub kind: String,
}
