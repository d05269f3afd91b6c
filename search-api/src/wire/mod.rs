//! What goes over the wire: requests, and answers as JSON.
//!
//! Pure functions from an index to documented types. There is no HTTP in here, so that `lawcite search --json` and
//! `lawcite show --json` print what the API answers.

mod search; // GET /search
mod suggest; // GET /suggest

mod answer; // the card of a question, in the answer to GET /search
mod asked; // what it is about
mod ladder; // what rows of lists say to it
mod shared; // parts of several answers

mod document; // GET /documents
mod row; // rows of a list published as a table
mod unit; // GET /units

mod article; // GET /statutes/{id}/articles/{n}
mod resolve; // GET /citations/resolve, POST /citations/extract
mod statute; // GET /statutes

mod citation; // a mention of a statute

mod audit; // GET /documents/{id}/audit
mod diff; // GET /diff

mod schema; // names of closed sets, for the OpenAPI description

pub use answer::{Answer, AnswerGround};
pub use article::{
    ArticleItem, ArticleParagraph, ArticleResponse, CitedByRequest, CitingUnit, StatuteArticle, article,
};
pub use audit::{
    AuditPlace, AuditRequest, AuditResponse, AuditTotals, AuditedCitation, DifferenceSegment, DraftingFault,
    FindingCount, PresentLaw, RuleCount, audit,
};
pub use citation::{Citation, ProvisionPlace, Quotation, Resolution, Successor, citations};
pub use diff::{DiffEntry, DiffPart, DiffPlace, DiffRequest, DiffResponse, DiffTotals, diff};
pub use document::{AccountabilitySection, AccountabilitySubsection, Boundary};
pub use document::{
    Amendment, Chapter, Document, DocumentSummary, Documents, DocumentsRequest, Duty, Ground, GroundProvision,
    ListItem, Part, Promulgation, Section, Service, Text, Warning, document, documents,
};
pub use resolve::{ArticleWords, ExtractRequest, ExtractResponse, ResolveRequest, ResolveResponse, extract, resolve};
pub(crate) use row::row;
pub use row::{Row, RowField};
pub use search::{
    AppliesTo, CitedPlace, Clause, DocumentRef, ExplainPart, FacetValue, Facets, Hit, Query, SearchError,
    SearchRequest, SearchResponse, Segment, StatuteRef, Term, Timing, Version, notices, search,
};
pub use shared::{Article, Labelled};
pub(crate) use statute::{Standing, headings};
pub use statute::{
    StatuteChapter, StatuteEvent, StatuteResponse, StatuteSummary, Statutes, StatutesRequest, find_statute, statute,
    statutes,
};
pub use suggest::{SuggestRequest, Suggestion, Suggestions, suggest};
pub use unit::{Source, Unit, UnitResponse, unit};

use lawcite_core::index::IndexError;
use lawcite_core::responsibility::MisplacedUnit;

/// An index that cannot be shown.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum WireError {
    /// It cannot be read.
    #[error(transparent)]
    Index(#[from] IndexError),
    /// A document in it is no responsibility list.
    #[error("the document cannot be put together")]
    Misplaced(#[from] MisplacedUnit),
}
