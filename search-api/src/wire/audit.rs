//! `GET /documents/{id}/audit` without HTTP.

use lawcite_core::audit::{self, Finding, Rule, SegmentKind};
use lawcite_core::citation::resolve::{Outcome, Status};
use lawcite_core::index::{Index, IndexError};
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

use super::citation::{ProvisionPlace, Successor};
use super::schema;
use super::search::DocumentRef;
use crate::links::Links;

/// Which findings of an audit to give.
#[derive(Clone, Debug, Default, PartialEq, Eq, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct AuditRequest {
    /// Only citations with one of these findings; all of them if none is given. Totals count all in any case.
    #[param(required = false, schema_with = schema::findings)]
    pub finding: Vec<Finding>,
}

/// What became of everything that a document cites.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct AuditResponse {
    /// The document.
    pub document: DocumentRef,
    /// The file that it was read from.
    pub file: String,
    /// The day for which is told what is law.
    pub day: String,
    /// How many there are of everything.
    pub totals: AuditTotals,
    /// The citations asked for, in the order of the document.
    pub citations: Vec<AuditedCitation>,
    /// Its faults of drafting, in the order of the document, whatever findings are asked for.
    pub faults: Vec<DraftingFault>,
}

/// How many there are of everything.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct AuditTotals {
    /// Citations.
    pub citations: usize,
    /// Citations by finding, those that no citation has left out.
    pub findings: Vec<FindingCount>,
    /// Faults of drafting by rule, in the same way.
    pub faults: Vec<RuleCount>,
}

/// How many faults break a rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct RuleCount {
    /// The rule.
    #[schema(schema_with = schema::rule)]
    pub rule: Rule,
    /// What is wrong, in an officer's words.
    pub label: String,
    /// How many.
    pub count: usize,
}

/// Something that is written otherwise than the standard for it says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct DraftingFault {
    /// The rule that is broken.
    #[schema(schema_with = schema::rule)]
    pub rule: Rule,
    /// What is wrong, in an officer's words.
    pub label: String,
    /// What the rule rests on.
    pub standard: String,
    /// The words at fault.
    pub text: String,
    /// What should stand there; null where that is not certain.
    pub instead: Option<String>,
    /// The unit in which it stands.
    pub unit: String,
    /// What that stands under.
    pub heading: Option<String>,
    /// Where that is in the source.
    pub place: AuditPlace,
    /// The page on which the unit is shown.
    #[schema(format = "uri-reference")]
    pub url: String,
}

/// How many citations have a finding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct FindingCount {
    /// The finding.
    #[schema(schema_with = schema::finding)]
    pub finding: Finding,
    /// What an officer calls it.
    pub label: String,
    /// How many.
    pub count: usize,
}

/// A citation and what became of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct AuditedCitation {
    /// The unit in which it stands.
    pub unit: String,
    /// What that stands under: a duty's title, a column's heading.
    pub heading: Option<String>,
    /// Where that is in the source.
    pub place: AuditPlace,
    /// The citation as printed.
    pub text: String,
    /// The statute meant; null where a number is cited.
    pub statute: Option<String>,
    /// The places cited.
    pub provisions: Vec<ProvisionPlace>,
    /// What became of it: words are compared with the law of today, whatever version is cited.
    #[schema(schema_with = schema::finding)]
    pub finding: Finding,
    /// How the search for the version cited ended.
    #[schema(schema_with = schema::outcome)]
    pub outcome: Outcome,
    /// Whether the version cited is the law today.
    #[schema(schema_with = schema::statute_status)]
    pub status: Status,
    /// What stands in the place of a statute that is repealed or renamed.
    pub successor: Option<Successor>,
    /// The words quoted; null where nothing is quoted.
    pub quoted: Option<String>,
    /// What the document should cite today; null where that is not known.
    pub present: Option<PresentLaw>,
    /// The words quoted beside the law's of today, where they differ.
    pub difference: Vec<DifferenceSegment>,
    /// The page on which the unit is shown.
    #[schema(format = "uri-reference")]
    pub url: String,
}

/// A place in a source.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct AuditPlace {
    /// The line, from one.
    pub line: Option<u32>,
    /// The sheet of a workbook.
    pub sheet: Option<String>,
    /// The row, from one.
    pub row: Option<u32>,
    /// The column, from one.
    pub column: Option<u32>,
}

/// What a document should cite.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct PresentLaw {
    /// The article, or the statute where no article is cited.
    pub id: String,
    /// The statute's name.
    pub statute: String,
    /// The date of the version that is law.
    pub version: Option<String>,
    /// The place: 第一百零八条.
    pub label: Option<String>,
    /// The law's words in the place of those quoted; all of the article where nothing is quoted.
    pub text: Option<String>,
    /// The page on which it is shown.
    #[schema(format = "uri-reference")]
    pub url: String,
}

/// A stretch of a comparison: `removed` is what the earlier text or the quotation has, `added` the later one or the law.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct DifferenceSegment {
    /// Where it stands.
    #[schema(schema_with = schema::segment_kind)]
    pub kind: SegmentKind,
    /// Its words.
    pub text: String,
}

/// The audit of a document, `None` if there is no such document. A statute is none: what it cites is for its makers to check.
///
/// # Errors
///
/// If the index cannot be read.
pub fn audit(
    index: &Index,
    links: &Links,
    id: &str,
    request: &AuditRequest,
) -> Result<Option<AuditResponse>, IndexError> {
    let Some((header, units)) = index.document(id)?.filter(|(header, _)| header.statute.is_none()) else {
        return Ok(None);
    };
    let found = index.resolver().audit(header, &units)?;
    let file = units.first().map(|unit| index.file_of(&unit.id)).transpose()?.flatten().unwrap_or_default();
    let totals = found.totals();
    let is_wanted = |finding| request.finding.is_empty() || request.finding.contains(&finding);
    let citations = found.citations.into_iter().filter(|citation| is_wanted(citation.checked.finding));
    Ok(Some(AuditResponse {
        document: DocumentRef { id: found.document, title: found.title },
        file: file.to_owned(),
        day: found.day,
        totals: totals.into(),
        citations: citations.map(|citation| AuditedCitation::new(citation, links)).collect(),
        faults: found.faults.into_iter().map(|fault| DraftingFault::new(fault, links)).collect(),
    }))
}

impl From<audit::Totals> for AuditTotals {
    fn from(totals: audit::Totals) -> AuditTotals {
        let counts = totals.findings.into_iter();
        AuditTotals {
            citations: totals.citations,
            findings: counts
                .map(|(finding, count)| FindingCount { finding, label: finding.label().to_owned(), count })
                .collect(),
            faults: totals
                .faults
                .into_iter()
                .map(|(rule, count)| RuleCount { rule, label: rule.label().to_owned(), count })
                .collect(),
        }
    }
}

impl DraftingFault {
    fn new(fault: audit::Fault, links: &Links) -> DraftingFault {
        let audit::Fault { unit, heading, place, rule, words, instead } = fault;
        DraftingFault {
            rule,
            label: rule.label().to_owned(),
            standard: rule.standard().to_owned(),
            text: words,
            instead,
            url: links.unit(&unit),
            unit,
            heading,
            place: place.into(),
        }
    }
}

impl AuditedCitation {
    fn new(citation: audit::CheckedCitation, links: &Links) -> AuditedCitation {
        let audit::CheckedCitation { unit, heading, place, words, statute, provisions, checked } = citation;
        AuditedCitation {
            url: links.unit(&unit),
            unit,
            heading,
            place: place.into(),
            text: words,
            statute,
            provisions: provisions.into_iter().map(ProvisionPlace::from).collect(),
            finding: checked.finding,
            outcome: checked.outcome,
            status: checked.status,
            successor: checked.successor.map(Successor::from),
            quoted: checked.quoted,
            present: checked.present.map(|present| PresentLaw::new(present, links)),
            difference: checked.difference.into_iter().map(DifferenceSegment::from).collect(),
        }
    }
}

impl PresentLaw {
    fn new(present: audit::Present, links: &Links) -> PresentLaw {
        let audit::Present { id, statute, version, label, words } = present;
        PresentLaw { url: links.unit(&id), id, statute, version, label, text: words }
    }
}

impl From<audit::Place> for AuditPlace {
    fn from(place: audit::Place) -> AuditPlace {
        let audit::Place { line, sheet, row, column } = place;
        AuditPlace { line, sheet, row, column }
    }
}

impl From<audit::Segment> for DifferenceSegment {
    fn from(segment: audit::Segment) -> DifferenceSegment {
        DifferenceSegment { kind: segment.kind, text: segment.text }
    }
}
