//! `GET /statutes` and `GET /statutes/{id}` without HTTP.

use lawcite_core::citation::resolve::{CitingContext, Status};
use lawcite_core::citation::{Context, NameIndex, find_mentions_in, statute_key};
use lawcite_core::document::DocumentHeader;
use lawcite_core::index::{CitationResolver, Index, IndexError};
use lawcite_core::statute::{self, EventKind, StatuteHeader, split_statute_id, statute_id};
use lawcite_core::text::{CharClass, fold_char};
use lawcite_core::unit::Unit;
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

use super::citation::Successor;
use super::schema;
use crate::links::Links;

/// Which statutes are listed.
#[derive(Clone, Debug, PartialEq, Eq, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct StatutesRequest {
    /// A name, a nickname or a part of the name.
    #[param(required = false, max_length = 1000, example = "社会保险")]
    pub q: Option<String>,
    /// How many are returned at most.
    #[param(required = false, minimum = 1, maximum = 100, default = 10)]
    pub limit: usize,
    /// How many are passed over.
    #[param(required = false, minimum = 0, maximum = 1_000_000, default = 0)]
    pub offset: usize,
}

impl StatutesRequest {
    /// The most characters that `q` may have.
    pub const LONGEST: usize = 1000;
    /// The most statutes that one answer may have.
    pub const MOST: usize = 100;
    /// The most statutes that may be passed over.
    pub const FARTHEST: usize = 1_000_000;
}

impl Default for StatutesRequest {
    fn default() -> StatutesRequest {
        StatutesRequest { q: None, limit: 10, offset: 0 }
    }
}

/// The statutes of the index in their newest versions, by identifier. The one that is called as asked comes first, then
/// those whose names begin so.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Statutes {
    /// How many there are in all.
    pub total: usize,
    /// Those asked for.
    pub statutes: Vec<StatuteSummary>,
}

/// A version of a statute in a few facts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct StatuteSummary {
    /// Its name and version.
    pub id: String,
    /// As printed.
    pub title: String,
    /// 法律, 行政法规, …; null where nothing tells.
    #[schema(schema_with = schema::level)]
    pub level: Option<String>,
    /// Who passed or issued it; joint issuers are parted by 、.
    pub issuer: Option<String>,
    /// The date of the version, or `undated`.
    pub version: String,
    /// Whether it is in force.
    #[schema(schema_with = schema::statute_status)]
    pub status: Status,
    /// How many articles it has.
    pub articles: u32,
    /// The page on which it is shown.
    #[schema(format = "uri-reference")]
    pub url: String,
}

/// A version of a statute.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct StatuteResponse {
    /// What lists say of it.
    #[serde(flatten)]
    pub summary: StatuteSummary,
    /// What stands in its place, if it is repealed or renamed.
    pub successor: Option<Successor>,
    /// The identifiers of all its versions, oldest first.
    pub versions: Vec<String>,
    /// What happened to it, as printed.
    pub history: Vec<StatuteEvent>,
    /// Its units, by the headings that they stand under.
    pub chapters: Vec<StatuteChapter>,
}

/// One date of a statute's history.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct StatuteEvent {
    /// `2018-12-29`.
    pub date: String,
    /// The words after the date, as printed.
    pub text: String,
    /// What happened, where the words say it.
    #[schema(schema_with = schema::event_kinds)]
    pub kinds: Vec<EventKind>,
}

/// Consecutive units under the same headings.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct StatuteChapter {
    /// The headings, outermost first: 第二编 分则, 第一章 总则. Empty for what stands under none.
    pub path: Vec<String>,
    /// The identifiers of its articles, and of its paragraphs outside articles.
    pub units: Vec<String>,
}

/// The statutes of the index.
///
/// # Errors
///
/// If the index cannot be read.
pub fn statutes(
    index: &Index,
    names: &NameIndex,
    links: &Links,
    request: &StatutesRequest,
) -> Result<Statutes, IndexError> {
    let wanted = request.q.as_deref().map(letters).unwrap_or_default();
    let called = request.q.as_deref().and_then(|name| names.canonical(name));
    let is_called = |statute: &StatuteHeader| called == Some(statute.name.as_str());
    let is_wanted = |statute: &StatuteHeader| is_called(statute) || letters(&statute.name).contains(&wanted);
    // Brackets alone, or 中华人民共和国, name nothing.
    let names_nothing = wanted.is_empty() && request.q.as_deref().is_some_and(|q| !q.trim().is_empty());
    let is_wanted = |statute: &StatuteHeader| !names_nothing && is_wanted(statute);
    let newest = index.statutes().filter(|(document, _)| index.is_newest(&document.id));
    let mut found: Vec<_> = newest.filter(|(_, statute)| is_wanted(statute)).collect();
    // A stable sort: the others stay in the order of their identifiers.
    found.sort_by_cached_key(|(_, statute)| {
        let name = letters(&statute.name);
        (!is_called(statute) && name != wanted, !name.starts_with(&wanted))
    });
    let resolver = index.resolver();
    let summary = |&(document, statute): &(&DocumentHeader, &StatuteHeader)| {
        Standing::of(&resolver, document, statute).map(|standing| summary(document, statute, standing.status, links))
    };
    let statutes = found.iter().skip(request.offset).take(request.limit).map(summary).collect::<Result<_, _>>()?;
    Ok(Statutes { total: found.len(), statutes })
}

/// The statute with this identifier or name, `None` if there is none.
///
/// # Errors
///
/// If the index cannot be read.
pub fn statute(
    index: &Index,
    names: &NameIndex,
    links: &Links,
    id: &str,
) -> Result<Option<StatuteResponse>, IndexError> {
    let Some((document, statute)) = find_statute(index, names, id) else { return Ok(None) };
    let standing = Standing::of(&index.resolver(), document, statute)?;
    let units = index.document(&document.id)?.map(|(_, units)| units).unwrap_or_default();
    let event = |event: &statute::Event| StatuteEvent {
        date: event.date.clone(),
        text: event.text.clone(),
        kinds: event.kinds.clone(),
    };
    Ok(Some(StatuteResponse {
        summary: summary(document, statute, standing.status, links),
        successor: standing.successor,
        versions: index.versions(&statute.name).into_iter().map(|(version, _)| version.id.clone()).collect(),
        history: statute.history.iter().map(event).collect(),
        chapters: chapters(&units),
    }))
}

/// The statute with this identifier, name or nickname. Without a version it is the newest.
pub fn find_statute<'i>(
    index: &'i Index,
    names: &NameIndex,
    id: &str,
) -> Option<(&'i DocumentHeader, &'i StatuteHeader)> {
    let of = |document: &'i DocumentHeader| document.statute.as_ref().map(|statute| (document, statute));
    if let Some(document) = index.header(id) {
        return of(document);
    }
    let (name, version) = split_statute_id(id);
    let name = names.canonical(name).map_or_else(|| statute_key(name), str::to_owned);
    match version {
        Some(version) => index.header(&statute_id(&name, &version)).and_then(of),
        None => index.versions(&name).pop(),
    }
}

/// Whether a version of a statute is in force, and what stands in its place if not.
pub(crate) struct Standing {
    pub(crate) status: Status,
    pub(crate) successor: Option<Successor>,
}

impl Standing {
    /// What 本法 means in a statute's own text is that statute in that version.
    pub(crate) fn of(
        resolver: &CitationResolver<'_>,
        document: &DocumentHeader,
        statute: &StatuteHeader,
    ) -> Result<Standing, IndexError> {
        let context = Context { this_statute: Some(&statute.name), carry: None };
        let mut mentions = find_mentions_in("本法", &NameIndex::empty(), &context);
        let Some(mention) = mentions.pop() else { return Ok(Standing { status: Status::Unknown, successor: None }) };
        let context = CitingContext { this_statute: Some(&document.id), ..CitingContext::default() };
        let resolution = resolver.mention(&mention, &context)?;
        Ok(Standing { status: resolution.status, successor: resolution.successor.map(Successor::from) })
    }
}

fn summary(document: &DocumentHeader, statute: &StatuteHeader, status: Status, links: &Links) -> StatuteSummary {
    StatuteSummary {
        id: document.id.clone(),
        title: document.title.clone(),
        level: statute.level.map(|level| level.name().to_owned()),
        issuer: document.issuer.clone(),
        version: statute.version.to_string(),
        status,
        articles: statute.articles,
        url: links.unit(&document.id),
    }
}

/// Consecutive units under the same headings are one chapter.
fn chapters(units: &[Unit]) -> Vec<StatuteChapter> {
    let chapter = |units: &[Unit]| StatuteChapter {
        path: headings(&units[0]).map(str::to_owned).collect(),
        units: units.iter().map(|unit| unit.id.clone()).collect(),
    };
    units.chunk_by(|a, b| headings(a).eq(headings(b))).map(chapter).collect()
}

/// The headings above a unit of a statute, outermost first; the statute itself is none of them.
pub(crate) fn headings(unit: &Unit) -> impl Iterator<Item = &str> {
    unit.path.iter().filter(|step| step.id.is_none()).map(|step| step.label.as_str())
}

/// A name's letters alone, folded: what it is found by.
fn letters(name: &str) -> String {
    statute_key(name).chars().filter(|&c| CharClass::of(c) == CharClass::Letter).map(fold_char).collect()
}
