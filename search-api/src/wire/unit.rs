//! `GET /units/{id}` without HTTP.

use std::collections::HashSet;

use lawcite_core::index::{Index, IndexError};
use lawcite_core::unit::{Detail, Kind, Unit as IndexedUnit};
use serde::Serialize;
use utoipa::ToSchema;

use super::article::{CitedBy, CitedByRequest};
use super::citation::{Citation, citations};
use super::resolve::ArticleWords;
use super::row::{Row, row};
use super::schema;
use super::search::{AppliesTo, StatuteRef};
use super::shared::{Article, Labelled, document_of, statute_and_article};
use crate::links::Links;

/// So many articles are shown with what cites them.
const MOST_ARTICLES: usize = 20;
/// So many rows are named that have a cell.
const MOST_ROWS: usize = 100;

/// A unit and what is around it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct UnitResponse {
    /// The unit.
    pub unit: Unit,
    /// The unit that it stands in; null if that is the document.
    pub parent: Option<String>,
    /// The units that stand in it.
    pub children: Vec<String>,
    /// The one before it in the document.
    pub previous: Option<String>,
    /// The one after it.
    pub next: Option<String>,
    /// What its text cites.
    pub citations: Vec<Citation>,
    /// The articles that may be shown as what it cites, twenty at most.
    pub articles: Vec<ArticleWords>,
    /// For an article the units that cite it, those of lists first, a hundred at most.
    pub cited_by: Vec<String>,
    /// How many there are.
    pub cited_by_total: usize,
}

/// A unit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Unit {
    /// The document's identifier and the unit's place in it.
    pub id: String,
    /// What it is.
    #[schema(schema_with = schema::kind)]
    pub kind: Kind,
    /// Its own words as printed, cut pieces rejoined.
    pub text: String,
    /// The document or statute it belongs to.
    pub document: String,
    /// The way to it, outermost first.
    pub path: Vec<Labelled>,
    /// The statute it belongs to or cites as its ground.
    pub statute: Option<StatuteRef>,
    /// The place in that statute.
    pub article: Option<Article>,
    /// Of a row all its cells, null for any other kind.
    pub row: Option<Row>,
    /// Of what stands in a column of a list the rows that have it, null for anything else.
    pub applies_to: Option<AppliesTo>,
    /// Where it was read.
    pub source: Source,
    /// The page on which it is shown.
    #[schema(format = "uri-reference")]
    pub url: String,
}

/// A place in a source file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Source {
    /// The file as it was given to the indexer.
    pub file: String,
    /// The line, from one, or the row of the sheet; null where the source has no words for the unit.
    pub line: Option<u32>,
    /// The sheet of a workbook; left out for anything but its rows.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub sheet: Option<String>,
}

/// The unit with this identifier, `None` if there is none.
///
/// # Errors
///
/// If the index cannot be read.
pub fn unit(index: &Index, id: &str, links: &Links) -> Result<Option<UnitResponse>, IndexError> {
    let Some(unit) = index.unit(id)? else { return Ok(None) };
    // The one asked for may have no version.
    let id = unit.id.as_str();
    let is_part = unit.kind == Kind::Circumstance && !matches!(unit.detail, Detail::Cell { .. });
    let provision = id.rsplit_once("/circumstance/").filter(|_| is_part);
    let (around, citations) = match provision.map(|(provision, _)| index.unit(provision)).transpose()?.flatten() {
        Some(provision) => (Around::circumstance(&provision, id), citations(index, &unit, Some(&provision))?),
        None => (Around::find(index, &unit)?, citations(index, &unit, None)?),
    };
    let most = CitedByRequest { limit: CitedByRequest::MOST, offset: 0 };
    let cited_by = CitedBy::find(index, &unit, most, links)?;
    let document = document_of(id);
    let (statute, article) = statute_and_article(&unit);
    let statute = statute.map(|name| {
        let id = if unit.kind == Kind::Article { document } else { name };
        StatuteRef { name: name.to_owned(), id: id.to_owned() }
    });
    let file = index.file_of(id)?;
    let line = Some(unit.passage.line()).filter(|&line| line > 0);
    let row = row(index, &unit)?.map(|row| row.cited(index)).transpose()?;
    let applies_to = AppliesTo::of(index, &unit, MOST_ROWS)?;
    let (line, sheet) = row.as_ref().map_or((line, None), |row| (Some(row.row), row.sheet.clone()));
    Ok(Some(UnitResponse {
        unit: Unit {
            kind: unit.kind,
            document: document.to_owned(),
            path: Labelled::path(&unit.path),
            statute,
            article,
            source: Source { file: file.unwrap_or_default().to_owned(), line, sheet },
            row,
            applies_to,
            url: links.unit(id),
            id: unit.id,
            text: unit.passage.text,
        },
        parent: around.parent,
        children: around.children,
        previous: around.previous,
        next: around.next,
        articles: cited_articles(index, &citations)?,
        citations,
        cited_by: cited_by.units.into_iter().map(|citing| citing.unit).collect(),
        cited_by_total: cited_by.total,
    }))
}

/// The words of the articles that `citations` cite, where they may be shown as what is cited; each once.
fn cited_articles(index: &Index, citations: &[Citation]) -> Result<Vec<ArticleWords>, IndexError> {
    let resolutions = citations.iter().filter_map(|citation| citation.resolution.as_ref());
    let mut ids: Vec<&String> = Vec::new();
    for id in resolutions.filter(|resolution| resolution.gives_cited_text()).flat_map(|resolution| &resolution.ids) {
        if ids.len() < MOST_ARTICLES && !ids.contains(&id) {
            ids.push(id);
        }
    }
    let mut articles = Vec::new();
    for id in ids {
        let article = index.unit(id)?.filter(|unit| unit.kind == Kind::Article);
        articles.extend(article.map(|unit| ArticleWords { id: unit.id, text: unit.passage.text }));
    }
    Ok(articles)
}

/// What is around a unit. What it stands in is told by identifiers: the longest one that it begins with.
#[derive(Default)]
struct Around {
    parent: Option<String>,
    children: Vec<String>,
    previous: Option<String>,
    next: Option<String>,
}

impl Around {
    fn find(index: &Index, unit: &IndexedUnit) -> Result<Around, IndexError> {
        let (previous, next) = index.neighbours(&unit.id)?;
        let units = index.document(document_of(&unit.id))?.map(|(_, units)| units).unwrap_or_default();
        let ids: HashSet<&str> = units.iter().map(|unit| unit.id.as_str()).collect();
        let parent_of = |id: &str| {
            let mut prefixes = id.rmatch_indices('/').map(|(at, _)| &id[..at]);
            prefixes.find_map(|prefix| ids.get(prefix).copied()).map(str::to_owned)
        };
        let mut children = circumstances(unit);
        let below = format!("{}/", unit.id);
        let inside = units.iter().filter(|other| other.id.starts_with(&below));
        children.extend(
            inside.filter(|other| parent_of(&other.id).as_ref() == Some(&unit.id)).map(|other| other.id.clone()),
        );
        Ok(Around { parent: parent_of(&unit.id), children, previous, next })
    }

    /// A circumstance has the other circumstances of its provision before and after it.
    fn circumstance(provision: &IndexedUnit, id: &str) -> Around {
        let all = circumstances(provision);
        let at = all.iter().position(|other| other == id);
        let other = |at: Option<usize>| at.and_then(|at| all.get(at)).cloned();
        Around {
            parent: Some(provision.id.clone()),
            children: Vec::new(),
            previous: other(at.and_then(|at| at.checked_sub(1))),
            next: other(at.map(|at| at + 1)),
        }
    }
}

/// The identifiers of a provision's circumstances, which are units without being hits of their own.
fn circumstances(unit: &IndexedUnit) -> Vec<String> {
    let count = match &unit.detail {
        Detail::Provision { circumstances, .. } => circumstances.len(),
        _ => 0,
    };
    (1..=count).map(|number| format!("{}/circumstance/{number}", unit.id)).collect()
}
