//! `GET /diff` without HTTP.

use lawcite_core::audit::Segment;
use lawcite_core::compare::{self, EntryFate, compare};
use lawcite_core::index::{Index, IndexError};
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

use super::audit::DifferenceSegment;
use super::schema;
use super::search::DocumentRef;
use crate::links::Links;

/// The lists to be compared.
#[derive(Clone, Debug, PartialEq, Eq, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct DiffRequest {
    /// The earlier list's identifier.
    #[param(min_length = 1, example = "boshan-hrss-2015")]
    pub a: String,
    /// The later list's identifier.
    #[param(min_length = 1, example = "boshan-hrss-2016")]
    pub b: String,
}

/// Two lists beside each other.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct DiffResponse {
    /// The earlier list.
    pub a: DocumentRef,
    /// The later list.
    pub b: DocumentRef,
    /// How many entries are the same in both, and how many changed in which way.
    pub totals: DiffTotals,
    /// What changed, in the order of the later list; what was dropped stands where it was.
    pub changes: Vec<DiffEntry>,
    /// What only the later list cites.
    pub citations_added: Vec<String>,
    /// What only the earlier list cites.
    pub citations_dropped: Vec<String>,
}

/// How many entries there are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct DiffTotals {
    /// The same in both.
    pub unchanged: usize,
    /// In the later list only.
    pub added: usize,
    /// In the earlier list only.
    pub dropped: usize,
    /// With another name.
    pub renamed: usize,
    /// With other words under the name.
    pub changed: usize,
}

/// What became of an entry: a duty, a row, a chapter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct DiffEntry {
    /// In one word.
    #[schema(schema_with = schema::entry_fate)]
    pub fate: EntryFate,
    /// In the earlier list; null if it was added.
    pub a: Option<DiffPlace>,
    /// In the later list; null if it was dropped.
    pub b: Option<DiffPlace>,
    /// The name by character, where it changed.
    pub name: Vec<DifferenceSegment>,
    /// The parts that changed, in the order of the later list.
    pub parts: Vec<DiffPart>,
}

/// An entry of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct DiffPlace {
    /// The unit.
    pub id: String,
    /// Its name as printed.
    pub name: String,
    /// The page on which it is shown.
    #[schema(format = "uri-reference")]
    pub url: String,
}

/// A part of an entry that changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct DiffPart {
    /// What it is: 责任事项, a column's heading.
    pub label: String,
    /// What changed, by character.
    pub difference: Vec<DifferenceSegment>,
}

/// Compares two lists, `Err` with the identifier of one that is not there. A statute is no list.
///
/// # Errors
///
/// If the index cannot be read.
pub fn diff(index: &Index, links: &Links, request: &DiffRequest) -> Result<Result<DiffResponse, String>, IndexError> {
    let list = |id: &str| Ok::<_, IndexError>(index.document(id)?.filter(|(header, _)| header.statute.is_none()));
    let Some((a, before)) = list(&request.a)? else { return Ok(Err(request.a.clone())) };
    let Some((b, after)) = list(&request.b)? else { return Ok(Err(request.b.clone())) };
    let found = compare(&before, &after);
    let count = |fate| found.changes.iter().filter(|change| change.fate == fate).count();
    Ok(Ok(DiffResponse {
        a: DocumentRef { id: a.id.clone(), title: a.title.clone() },
        b: DocumentRef { id: b.id.clone(), title: b.title.clone() },
        totals: DiffTotals {
            unchanged: found.unchanged,
            added: count(EntryFate::Added),
            dropped: count(EntryFate::Dropped),
            renamed: count(EntryFate::Renamed),
            changed: count(EntryFate::Changed),
        },
        changes: found.changes.into_iter().map(|change| DiffEntry::new(change, links)).collect(),
        citations_added: found.citations_added,
        citations_dropped: found.citations_dropped,
    }))
}

impl DiffEntry {
    fn new(change: compare::EntryChange, links: &Links) -> DiffEntry {
        let compare::EntryChange { fate, before, after, name, parts } = change;
        let place =
            |entry: compare::ListedEntry| DiffPlace { url: links.unit(&entry.id), id: entry.id, name: entry.name };
        let part = |part: compare::ChangedPart| DiffPart { label: part.label, difference: segments(part.difference) };
        DiffEntry {
            fate,
            a: before.map(place),
            b: after.map(place),
            name: segments(name),
            parts: parts.into_iter().map(part).collect(),
        }
    }
}

fn segments(found: Vec<Segment>) -> Vec<DifferenceSegment> {
    found.into_iter().map(DifferenceSegment::from).collect()
}
