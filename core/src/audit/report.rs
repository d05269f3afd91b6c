//! What an audit finds.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::fault::{Fault, Rule};
use super::wording::Segment;
use crate::citation::ProvisionPath;
use crate::citation::resolve::{Outcome, Status, Successor};

/// An audit of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Audit {
    /// The document's identifier.
    pub document: String,
    /// Its title as printed.
    pub title: String,
    /// The day for which is told what is law, as `2025-12-31`.
    pub day: String,
    /// Its citations, in the order of the document.
    pub citations: Vec<CheckedCitation>,
    /// Its faults of drafting, in the order of the document.
    pub faults: Vec<Fault>,
}

/// How many there are of everything; what there is none of is left out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// Citations.
    pub citations: usize,
    /// Citations, by finding.
    pub findings: BTreeMap<Finding, usize>,
    /// Faults, by rule.
    pub faults: BTreeMap<Rule, usize>,
}

/// A citation and what became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CheckedCitation {
    /// The unit in which it stands.
    pub unit: String,
    /// The heading that says what it stands under: a duty's title, a column's heading.
    pub heading: Option<String>,
    /// Where that is in the source.
    pub place: Place,
    /// The citation as printed.
    pub words: String,
    /// The statute meant, `None` where a number is cited.
    pub statute: Option<String>,
    /// The places cited.
    pub provisions: Vec<ProvisionPath>,
    /// What is found.
    pub checked: Checked,
}

/// What is found about a citation, wherever it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checked {
    /// In one word.
    pub finding: Finding,
    /// How the search for the version cited ended.
    pub outcome: Outcome,
    /// Whether the version cited is the law today.
    pub status: Status,
    /// What stands in the place of a statute that is repealed or renamed.
    pub successor: Option<Successor>,
    /// The words quoted, `None` where nothing is quoted.
    pub quoted: Option<String>,
    /// What the document should cite today, where that is known and one place.
    pub present: Option<Present>,
    /// The words quoted beside the law's of today, where they differ.
    pub difference: Vec<Segment>,
}

/// What became of a citation. Words are compared with the law of today, whatever version is cited.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Finding {
    /// The article cited has the words quoted.
    Unchanged,
    /// Nothing is quoted, and the place cited is there.
    Found,
    /// The article cited says about the same in other words.
    Differs,
    /// Another article of the statute has the words.
    Moved,
    /// The statute has no such article, or no article of it has the words.
    Absent,
    /// The statute is no longer law.
    Repealed,
    /// The statute is not among those that are there.
    NotInCorpus,
    /// Several statutes could be meant.
    Ambiguous,
}

impl Finding {
    /// Every finding, in the order in which totals list them.
    pub const ALL: [Finding; 8] = [
        Finding::Unchanged,
        Finding::Found,
        Finding::Differs,
        Finding::Moved,
        Finding::Absent,
        Finding::Repealed,
        Finding::NotInCorpus,
        Finding::Ambiguous,
    ];

    /// The name that the API uses.
    pub fn name(self) -> &'static str {
        match self {
            Finding::Unchanged => "unchanged",
            Finding::Found => "found",
            Finding::Differs => "differs",
            Finding::Moved => "moved",
            Finding::Absent => "absent",
            Finding::Repealed => "repealed",
            Finding::NotInCorpus => "not-in-corpus",
            Finding::Ambiguous => "ambiguous",
        }
    }

    /// What an officer calls it.
    pub fn label(self) -> &'static str {
        match self {
            Finding::Unchanged => "文字一致",
            Finding::Found => "条文存在",
            Finding::Differs => "文字有出入",
            Finding::Moved => "条序已变",
            Finding::Absent => "已无此条文",
            Finding::Repealed => "法规已废止",
            Finding::NotInCorpus => "未收录",
            Finding::Ambiguous => "名称不明确",
        }
    }

    /// The finding of that name.
    pub fn from_name(name: &str) -> Option<Finding> {
        Finding::ALL.into_iter().find(|finding| finding.name() == name)
    }

    /// Whether the document should be put right.
    pub fn calls_for_change(self) -> bool {
        matches!(self, Finding::Differs | Finding::Moved | Finding::Absent | Finding::Repealed)
    }
}

/// A place in a source.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// The line, from one.
    pub line: Option<u32>,
    /// The sheet of a workbook.
    pub sheet: Option<String>,
    /// Its row there, from one.
    pub row: Option<u32>,
    /// Its column, from one.
    pub column: Option<u32>,
}

/// What a document should cite.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Present {
    /// The identifier of the article, or of the statute where no article is cited.
    pub id: String,
    /// The statute's name as citations write it.
    pub statute: String,
    /// The version that is law: its date, if one is known.
    pub version: Option<String>,
    /// The article: 第一百零八条.
    pub label: Option<String>,
    /// The law's words in the place of those quoted; all of the article where nothing is quoted.
    pub words: Option<String>,
}

impl Audit {
    /// How many there are of everything.
    pub fn totals(&self) -> Totals {
        let mut totals = Totals { citations: self.citations.len(), ..Totals::default() };
        for citation in &self.citations {
            *totals.findings.entry(citation.checked.finding).or_default() += 1;
        }
        for fault in &self.faults {
            *totals.faults.entry(fault.rule).or_default() += 1;
        }
        totals
    }
}
