//! `GET /search` without HTTP.

use std::time::Instant;

use lawcite_core::citation::resolve::{Outcome, Status, Successor};
use lawcite_core::index::{self, Index, IndexError, UnderstandError};
use lawcite_core::query::{
    Filter, Intent, Interpretation, Language, Origin, PlanOptions, QueryError, QueryPlan, Sought, UnderstandOptions,
    Versions, Window,
};
use lawcite_core::responsibility::Column;
use lawcite_core::unit::{Detail, Kind, Unit};
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

use super::answer::{Answer, answer};
use super::schema;
use super::shared::{Article, Labelled, document_of, statute_and_article};
use crate::links::Links;

/// What is asked.
#[derive(Clone, Debug, PartialEq, Eq, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct SearchRequest {
    /// Words, `"exact words"`, `-without`, citations in any spelling.
    #[param(min_length = 1, max_length = 1000, example = "who is liable for leaking 社保 data")]
    pub q: String,
    /// Kinds of units. Repeatable: any of them will do.
    #[param(required = false, schema_with = schema::kinds)]
    pub kind: Vec<Kind>,
    /// Documents' identifiers. Repeatable.
    #[param(required = false)]
    pub document: Vec<String>,
    /// Statutes by identifier, name or alias: their articles, and the units citing them. Repeatable.
    #[param(required = false, example = json!(["社会保险法"]))]
    pub statute: Vec<String>,
    /// Articles: `92`, `120-1`. Repeatable.
    #[param(required = false, schema_with = article_numbers)]
    pub article: Vec<String>,
    /// 权力类型 of rows of lists and of what stands in their cells, as in the facets. Repeatable.
    #[param(required = false, example = json!(["行政处罚"]))]
    pub power_type: Vec<String>,
    /// 承办机构 (or 实施主体) of rows of lists and of what stands in their cells, as in the facets. Repeatable.
    #[param(required = false)]
    pub department: Vec<String>,
    /// `all`: older versions of statutes too.
    #[param(required = false, inline)]
    pub version: Option<Version>,
    /// How many hits are returned at most.
    #[param(required = false, minimum = 1, maximum = 100, default = 10)]
    pub limit: usize,
    /// How many hits are passed over.
    #[param(required = false, minimum = 0, maximum = 1000, default = 0)]
    pub offset: usize,
    /// Whether to look for aliases, translations, sounds and likely spellings too.
    #[param(required = false, default = true)]
    pub expand: bool,
    /// Words not to look for though they were understood: any `text` of `query.terms`. Repeatable.
    #[param(required = false, example = json!(["社会保障"]))]
    pub without: Vec<String>,
    /// Whether units of one kind, statute, provision and text are one hit.
    #[param(required = false, default = true)]
    pub collapse: bool,
    /// Whether hits say how their scores came about.
    #[param(required = false, default = false)]
    pub explain: bool,
}

fn article_numbers() -> utoipa::openapi::schema::Array {
    use utoipa::openapi::schema::{ArrayBuilder, ObjectBuilder, Type};
    let number = ObjectBuilder::new().schema_type(Type::String).pattern(Some("^[0-9]+(-[0-9]+)?$"));
    ArrayBuilder::new().items(number.build()).description(Some("Articles: `92`, `120-1`.")).build()
}

/// Which versions of statutes are searched.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Version {
    /// All of them, not only the newest.
    All,
}

impl SearchRequest {
    /// The most characters that a query may have.
    pub const LONGEST: usize = 1000;
    /// The most hits that one answer may have.
    pub const MOST: usize = 100;
    /// The most hits that may be passed over.
    pub const FARTHEST: usize = 1000;

    /// `q`, and the defaults for everything else.
    pub fn new(q: impl Into<String>) -> SearchRequest {
        let Window { offset, limit, collapse, explain } = Window::default();
        SearchRequest {
            q: q.into(),
            kind: Vec::new(),
            document: Vec::new(),
            statute: Vec::new(),
            article: Vec::new(),
            power_type: Vec::new(),
            department: Vec::new(),
            version: None,
            limit,
            offset,
            expand: true,
            without: Vec::new(),
            collapse,
            explain,
        }
    }

    /// Whether nothing is left out of what is found.
    pub(crate) fn is_unfiltered(&self) -> bool {
        let filters = [&self.document, &self.statute, &self.article, &self.power_type, &self.department, &self.without];
        self.kind.is_empty() && filters.iter().all(|filter| filter.is_empty())
    }

    /// How far the query may be widened.
    pub(crate) fn understand(&self) -> UnderstandOptions {
        UnderstandOptions { expand: self.expand, without_terms: self.without.clone() }
    }

    /// What is searched, and which part of the answer is wanted.
    pub(crate) fn options(&self) -> PlanOptions {
        PlanOptions {
            filter: Filter {
                kinds: self.kind.clone(),
                documents: self.document.clone(),
                statutes: self.statute.clone(),
                articles: self.article.clone(),
                power_types: self.power_type.clone(),
                departments: self.department.clone(),
                versions: self.version.map_or(Versions::Newest, |Version::All| Versions::All),
            },
            window: Window { offset: self.offset, limit: self.limit, collapse: self.collapse, explain: self.explain },
        }
    }
}

/// Ranked units.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct SearchResponse {
    /// What was understood.
    pub query: Query,
    /// How many hits there are in all.
    pub total: usize,
    /// How long it took.
    pub took_us: Timing,
    /// Best first.
    pub hits: Vec<Hit>,
    /// Units with too little of what was asked, only where there is no hit.
    pub weak: Vec<Hit>,
    /// How all hits are spread. The counts ignore the filter on their own field.
    pub facets: Facets,
    /// The answer to a question that asks for one; null where none is asked for.
    pub answer: Option<Answer>,
    /// What the reader should know, in sentences.
    pub notices: Vec<String>,
}

/// A query as it was understood.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Query {
    /// As typed.
    pub text: String,
    /// The languages it is in.
    #[schema(schema_with = schema::language)]
    pub language: Language,
    /// What it wants to know, if it says so.
    #[schema(schema_with = schema::intent)]
    pub intent: Option<Intent>,
    /// The place in a statute that it names.
    pub citation: Option<CitedPlace>,
    /// What was probably meant, where a word was not found as typed.
    pub corrected: Option<String>,
    /// The words that were looked for.
    pub terms: Vec<Term>,
    /// What stands in quotes: it must be there.
    pub exact: Vec<String>,
    /// What stands behind a minus sign: it must not be there.
    pub without: Vec<String>,
}

/// A place in the law as a query names it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct CitedPlace {
    /// The statute.
    pub statute: Option<String>,
    /// The article: `92`, `120-1`.
    pub article: Option<String>,
    /// 《社会保险法》第九十二条.
    pub canonical: String,
}

/// Words that were looked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Term {
    /// What was looked for.
    pub text: String,
    /// What was typed for it.
    pub from: String,
    /// Why it was looked for.
    #[schema(schema_with = schema::origin)]
    pub origin: Origin,
}

/// Microseconds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct Timing {
    /// Understanding the query.
    pub understand: u64,
    /// Finding and ordering.
    pub search: u64,
    /// Reading the hits and marking them.
    pub highlight: u64,
    /// All of it.
    pub total: u64,
}

/// One hit.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Hit {
    /// The unit.
    pub id: String,
    /// What it is.
    #[schema(schema_with = schema::kind)]
    pub kind: Kind,
    /// How well it fits; comparable within one answer only.
    pub score: f32,
    /// The document it belongs to, null for an article of a statute.
    pub document: Option<DocumentRef>,
    /// The way to it, outermost first.
    pub path: Vec<Labelled>,
    /// What stands above its clauses.
    pub heading: Vec<Segment>,
    /// Its clauses, those chosen to be shown.
    pub clauses: Vec<Clause>,
    /// The statute it belongs to or cites as its ground.
    pub statute: Option<StatuteRef>,
    /// The place in that statute.
    pub article: Option<Article>,
    /// For what stands in a column of a list: the rows that have it, five at most; null for anything else.
    pub applies_to: Option<AppliesTo>,
    /// Other units with the same words, twenty at most.
    pub also: Vec<Labelled>,
    /// How many there are.
    pub also_total: usize,
    /// The page on which it is shown.
    #[schema(format = "uri-reference")]
    pub url: String,
    /// How the score came about, if asked for. The values add up to it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub explain: Option<Vec<ExplainPart>>,
}

/// The rows that have what stands in a column.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct AppliesTo {
    /// What the column holds.
    #[schema(schema_with = schema::column)]
    pub column: Column,
    /// The first of them.
    pub rows: Vec<Labelled>,
    /// How many there are, in all lists that have the same words.
    pub total: usize,
}

impl AppliesTo {
    /// The rows that have a cell, `most` of them by name; `None` for what is no cell.
    pub(super) fn of(index: &Index, unit: &Unit, most: usize) -> Result<Option<AppliesTo>, IndexError> {
        let Detail::Cell { column, rows, .. } = &unit.detail else { return Ok(None) };
        let document = document_of(&unit.id);
        let mut first = Vec::new();
        for number in rows.iter().take(most) {
            let Some(row) = index.unit(&format!("{document}/row/{number}"))? else { continue };
            let Detail::Row { name, .. } = &row.detail else { continue };
            let label = name.slice(&row.passage.text).replace('\n', " ");
            first.push(Labelled { id: Some(row.id), label });
        }
        Ok(Some(AppliesTo { column: *column, rows: first, total: rows.len() }))
    }
}

/// A document in short.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct DocumentRef {
    /// Its identifier.
    pub id: String,
    /// Its title.
    pub title: String,
}

/// A statute in short.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct StatuteRef {
    /// Without 《》 and 中华人民共和国.
    pub name: String,
    /// With its version where the unit is an article of it.
    pub id: String,
}

/// A clause as printed: its segments joined.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Clause {
    /// The unit it is by itself: a circumstance of its provision.
    pub unit: Option<String>,
    /// Its words.
    pub segments: Vec<Segment>,
}

/// A stretch of printed text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Segment {
    /// As printed.
    pub text: String,
    /// Whether it is what was looked for.
    pub marked: bool,
}

/// One part of a score.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct ExplainPart {
    /// What kind of evidence it is.
    pub signal: String,
    /// Where it was found.
    pub field: String,
    /// What was found.
    pub term: String,
    /// What it adds, or takes away.
    pub value: f32,
    /// In an officer's words.
    pub why: String,
}

/// How hits are spread.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct Facets {
    /// By kind.
    pub kind: Vec<FacetValue>,
    /// By statute.
    pub statute: Vec<FacetValue>,
    /// By document.
    pub document: Vec<FacetValue>,
    /// By 权力类型 of rows of lists and of what stands in their cells.
    pub power_type: Vec<FacetValue>,
    /// By 承办机构 (or 实施主体) of rows of lists and of what stands in their cells.
    pub department: Vec<FacetValue>,
}

/// One value of a field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct FacetValue {
    /// As the filter takes it.
    pub value: String,
    /// As it is shown.
    pub label: String,
    /// How many hits have it.
    pub count: usize,
}

/// So many rows of a hit that stands in a column are named.
const MOST_ROWS: usize = 5;

/// A search that cannot be done.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SearchError {
    /// The query cannot be answered.
    #[error(transparent)]
    Query(#[from] QueryError),
    /// The index cannot be read.
    #[error(transparent)]
    Index(#[from] IndexError),
}

impl From<UnderstandError> for SearchError {
    fn from(error: UnderstandError) -> SearchError {
        match error {
            UnderstandError::Query(error) => error.into(),
            UnderstandError::Index(error) => error.into(),
        }
    }
}

/// Answers a request.
///
/// # Errors
///
/// If the query is too long, or the index cannot be read. A query of blanks, of punctuation, or only of words that must
/// not be there is answered: with nothing, and a notice that says why.
pub fn search(index: &Index, request: &SearchRequest, links: &Links) -> Result<SearchResponse, SearchError> {
    let started = Instant::now();
    let interpretation = match index.understand(&request.q, &request.understand()) {
        Ok(interpretation) => interpretation,
        Err(UnderstandError::Query(QueryError::Empty)) => {
            return Ok(nothing_to_look_for(Query::blank(&request.q), started));
        }
        Err(error) => return Err(error.into()),
    };
    let plan = QueryPlan::new(&interpretation, request.options());
    let understand = micros(started);
    if plan.is_empty() {
        return Ok(nothing_to_look_for(Query::new(interpretation), started));
    }
    let results = index.search(&interpretation, &plan)?;
    let notices = notices(index, &interpretation, &results)?;
    let answer = answer(index, &interpretation, &plan, &results)?;
    let hit = |hit| Hit::new(hit, index, request, links);
    let hits = results.hits.into_iter().map(hit).collect::<Result<_, _>>()?;
    let weak = results.weak.into_iter().map(hit).collect::<Result<_, _>>()?;
    Ok(SearchResponse {
        query: Query::new(interpretation),
        total: results.total,
        hits,
        weak,
        facets: Facets::new(results.facets),
        answer,
        notices,
        took_us: Timing {
            understand,
            search: results.timing.search,
            highlight: results.timing.highlight,
            total: micros(started),
        },
    })
}

/// What somebody who reads the results should know of them: phrases that were not looked for, a citation that cannot be met.
///
/// # Errors
///
/// If the index cannot be read.
pub fn notices(
    index: &Index,
    interpretation: &Interpretation,
    results: &index::Results,
) -> Result<Vec<String>, IndexError> {
    let too_common = results.too_common.as_deref().map(too_common_notice);
    Ok(too_common.into_iter().chain(citation_notice(index, interpretation)?).collect())
}

/// What is said where a phrase is too common to be looked for.
fn too_common_notice(phrase: &str) -> String {
    format!("“{phrase}”中有单字独立于标点之间，其余文字又过于常见，无法逐字核对：请引用更长的原文，或去掉该单字")
}

/// What is said of a citation that cannot be met as it was typed: the hits are then about something else.
fn citation_notice(index: &Index, interpretation: &Interpretation) -> Result<Option<String>, IndexError> {
    let Some(place) = &interpretation.citation else { return Ok(None) };
    let Some(statute) = &place.statute else { return Ok(None) };
    let resolution = index.resolver().place(place)?;
    let repealed = match &resolution.successor {
        _ if resolution.status != Status::Repealed => None,
        Some(Successor { name: Some(name), .. }) => Some(format!("《{statute}》已废止，由《{name}》取代")),
        _ => Some(format!("《{statute}》已废止")),
    };
    let part = place.canonical.split_once('》').map_or("", |(_, part)| part);
    let absent = match resolution.outcome {
        Outcome::ArticleAbsent => Some(format!("所收《{statute}》文本没有{part}")),
        Outcome::StatuteUnknown if repealed.is_some() => Some("未收录其条文".to_owned()),
        _ => None,
    };
    let said: Vec<String> = [repealed, absent].into_iter().flatten().collect();
    Ok((!said.is_empty()).then(|| said.join("；")))
}

fn nothing_to_look_for(query: Query, started: Instant) -> SearchResponse {
    let total = micros(started);
    SearchResponse {
        query,
        total: 0,
        took_us: Timing { understand: total, total, ..Timing::default() },
        hits: Vec::new(),
        weak: Vec::new(),
        facets: Facets::default(),
        answer: None,
        notices: vec!["没有可检索的词语：请输入关键词、法条或问题（仅有标点或“-排除词”时无从检索）".to_owned()],
    }
}

fn micros(started: Instant) -> u64 {
    u64::try_from(started.elapsed().as_micros()).unwrap_or(u64::MAX)
}

impl Query {
    fn new(interpretation: Interpretation) -> Query {
        let mut terms: Vec<Term> = Vec::new();
        for concept in interpretation.concepts {
            for alternative in concept.alternatives {
                let text = match alternative.sought {
                    Sought::Letters(text) | Sought::Number(text) => text,
                    Sought::Place(place) => place.canonical,
                };
                let term = Term { text, from: concept.from.clone(), origin: alternative.origin };
                if !terms.contains(&term) {
                    terms.push(term);
                }
            }
        }
        Query {
            text: interpretation.text,
            language: interpretation.language,
            intent: interpretation.intent,
            citation: interpretation.citation.map(|place| CitedPlace {
                statute: place.statute,
                article: place.article,
                canonical: place.canonical,
            }),
            corrected: interpretation.corrected,
            terms,
            exact: interpretation.exact,
            without: interpretation.without,
        }
    }

    /// Nothing but blanks.
    fn blank(text: &str) -> Query {
        Query {
            text: text.to_owned(),
            language: Language::Zh,
            intent: None,
            citation: None,
            corrected: None,
            terms: Vec::new(),
            exact: Vec::new(),
            without: Vec::new(),
        }
    }
}

impl Hit {
    fn new(hit: index::Hit, index: &Index, request: &SearchRequest, links: &Links) -> Result<Hit, IndexError> {
        let unit = hit.unit;
        let document = document_of(&unit.id);
        let (statute, article) = statute_and_article(&unit);
        let is_article = unit.kind == Kind::Article;
        let statute = statute.map(|name| {
            let id = if is_article { document } else { name };
            StatuteRef { name: name.to_owned(), id: id.to_owned() }
        });
        let header = index.header(document).filter(|_| !is_article);
        let explain = |part: index::Part| ExplainPart {
            signal: part.signal,
            field: part.field,
            term: part.term,
            value: part.value,
            why: part.why,
        };
        let mut applies_to = AppliesTo::of(index, &unit, MOST_ROWS)?;
        if let Some(applies_to) = &mut applies_to {
            applies_to.total += hit.also_rows;
        }
        Ok(Hit {
            applies_to,
            document: header.map(|header| DocumentRef { id: header.id.clone(), title: header.title.clone() }),
            kind: unit.kind,
            score: hit.score,
            path: Labelled::path(&unit.path),
            heading: segments(hit.heading),
            clauses: hit
                .clauses
                .into_iter()
                .map(|clause| Clause { unit: clause.unit, segments: segments(clause.segments) })
                .collect(),
            statute,
            article,
            also: hit.also.into_iter().map(|(id, label)| Labelled { id: Some(id), label }).collect(),
            also_total: hit.also_total,
            url: links.unit(&unit.id),
            explain: request.explain.then(|| hit.explain.into_iter().map(explain).collect()),
            id: unit.id,
        })
    }
}

pub(super) fn segments(segments: Vec<index::Segment>) -> Vec<Segment> {
    segments.into_iter().map(|segment| Segment { text: segment.text, marked: segment.marked }).collect()
}

impl Facets {
    fn new(facets: index::Facets) -> Facets {
        let values = |values: Vec<index::Facet>| {
            let value = |index::Facet { value, label, count }| FacetValue {
                value: value.to_string(),
                label: label.to_string(),
                count,
            };
            values.into_iter().map(value).collect()
        };
        Facets {
            kind: values(facets.kind),
            statute: values(facets.statute),
            document: values(facets.document),
            power_type: values(facets.power_type),
            department: values(facets.department),
        }
    }
}
