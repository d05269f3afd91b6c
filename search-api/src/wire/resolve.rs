//! `GET /citations/resolve` and `POST /citations/extract` without HTTP.

use lawcite_core::citation::resolve::{CitingContext, Outcome, Verdict};
use lawcite_core::citation::{Mention, NameIndex, WireMention, find_mentions};
use lawcite_core::index::{CitationResolver, Index, IndexError};
use lawcite_core::unit::Kind;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::article::{CitedBy, CitedByRequest, CitingUnit};
use super::citation::{Citation, Resolution};
use crate::links::Links;

/// A citation to be looked up.
#[derive(Clone, Debug, PartialEq, Eq, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ResolveRequest {
    /// A citation in any spelling; the first one in it counts.
    #[param(min_length = 1, max_length = 1000, example = "社保法92条")]
    pub q: String,
    /// How many citing units are returned at most.
    #[param(required = false, minimum = 1, maximum = 100, default = 20)]
    pub limit: usize,
    /// How many are passed over.
    #[param(required = false, minimum = 0, maximum = 1000, default = 0)]
    pub offset: usize,
}

impl ResolveRequest {
    /// The most characters that `q` may have.
    pub const LONGEST: usize = 1000;
}

/// What a citation means.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct ResolveResponse {
    /// The citation, null where there is none in what was asked.
    pub citation: Option<Citation>,
    /// The first article cited, null unless it may be shown as the cited text: it is not if another version was cited than
    /// the one that is there.
    pub article: Option<ArticleWords>,
    /// The units that cite that article, those of lists first.
    pub cited_by: Vec<CitingUnit>,
    /// How many there are.
    pub cited_by_total: usize,
}

/// An article's words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct ArticleWords {
    /// Its identifier.
    pub id: String,
    /// Its words without the number.
    pub text: String,
}

/// A text in which citations are to be found.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ExtractRequest {
    /// At most 1 MiB of UTF-8.
    #[schema(example = "依据《社会保险法》第九十二条、第九十三条")]
    pub text: String,
}

impl ExtractRequest {
    /// The most bytes that `text` may have.
    pub const LARGEST: usize = 1024 * 1024;
}

/// The citations in a text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct ExtractResponse {
    /// In their order; they do not overlap.
    pub citations: Vec<Citation>,
}

/// What the first citation in `request.q` means.
///
/// # Errors
///
/// If the index cannot be read.
pub fn resolve(
    index: &Index,
    names: &NameIndex,
    links: &Links,
    request: &ResolveRequest,
) -> Result<ResolveResponse, IndexError> {
    let mut response = ResolveResponse { citation: None, article: None, cited_by: Vec::new(), cited_by_total: 0 };
    let mentions = find_mentions(&request.q, names);
    let citations = resolved(&request.q, &mentions, &index.resolver(), &CitingContext::default())?;
    let Some(citation) = citations.into_iter().next() else { return Ok(response) };
    // Where several statutes could be meant, none is chosen.
    let resolution = citation.resolution.as_ref().filter(|found| found.outcome != Outcome::Ambiguous);
    let id = resolution.and_then(|resolution| resolution.ids.first());
    if let Some(unit) = id.map(|id| index.unit(id)).transpose()?.flatten().filter(|unit| unit.kind == Kind::Article) {
        let window = CitedByRequest { limit: request.limit, offset: request.offset };
        let cited_by = CitedBy::find(index, &unit, window, links)?;
        (response.cited_by, response.cited_by_total) = (cited_by.units, cited_by.total);
        let is_cited_text = resolution.is_some_and(Resolution::gives_cited_text);
        response.article = is_cited_text.then_some(ArticleWords { id: unit.id, text: unit.passage.text });
    }
    response.citation = Some(citation);
    Ok(response)
}

/// The citations in a text, resolved.
///
/// # Errors
///
/// If the index cannot be read.
pub fn extract(index: &Index, names: &NameIndex, text: &str) -> Result<ExtractResponse, IndexError> {
    let mentions = find_mentions(text, names);
    let citations = resolved(text, &mentions, &index.resolver(), &CitingContext::default())?;
    Ok(ExtractResponse { citations })
}

/// The mentions of `text` with what they mean to a text of which `context` is known.
pub(super) fn resolved(
    text: &str,
    mentions: &[Mention],
    resolver: &CitationResolver<'_>,
    context: &CitingContext<'_>,
) -> Result<Vec<Citation>, IndexError> {
    let resolve = |(wire, mention): (WireMention, &Mention)| {
        let resolution = resolver.mention(mention, context)?;
        Ok(Citation { resolution: Some(resolution.into()), ..wire.into() })
    };
    WireMention::all(text, mentions).into_iter().zip(mentions).map(resolve).collect()
}

impl Resolution {
    /// Whether the articles found may be shown as the text that is cited: where words are quoted, if they stand there, else
    /// if it is the version cited.
    pub(crate) fn gives_cited_text(&self) -> bool {
        match &self.quotation {
            Some(quotation) => quotation.verdict == Verdict::Matches,
            None => self.outcome == Outcome::Resolved,
        }
    }
}
