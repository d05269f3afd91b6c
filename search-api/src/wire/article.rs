//! `GET /statutes/{id}/articles/{n}` without HTTP: an article, and who cites it.

use lawcite_core::citation::NameIndex;
use lawcite_core::index::{self, Index, IndexError};
use lawcite_core::statute::{self, StatuteHeader};
use lawcite_core::text::Span;
use lawcite_core::unit::{Detail, Kind, Unit};
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

use super::schema;
use super::shared::document_of;
use super::statute::{find_statute, headings};
use crate::links::Links;

/// So many characters of a unit's words call it.
const LONGEST_LABEL: usize = 40;

/// Which of the units citing an article are returned.
#[derive(Clone, Copy, Debug, PartialEq, Eq, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct CitedByRequest {
    /// How many citing units are returned at most.
    #[param(required = false, minimum = 1, maximum = 100, default = 20)]
    pub limit: usize,
    /// How many are passed over.
    #[param(required = false, minimum = 0, maximum = 1000, default = 0)]
    pub offset: usize,
}

impl CitedByRequest {
    /// The most units that one answer may have.
    pub const MOST: usize = 100;
    /// The most units that may be passed over.
    pub const FARTHEST: usize = 1000;
}

impl Default for CitedByRequest {
    fn default() -> CitedByRequest {
        CitedByRequest { limit: 20, offset: 0 }
    }
}

/// An article and what is around it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct ArticleResponse {
    /// The article.
    pub article: StatuteArticle,
    /// The articles of this number in the statute's other versions, oldest first.
    pub versions: Vec<String>,
    /// The unit before it in the statute.
    pub previous: Option<String>,
    /// The one after it.
    pub next: Option<String>,
    /// The units that cite it, those of lists first.
    pub cited_by: Vec<CitingUnit>,
    /// How many there are.
    pub cited_by_total: usize,
}

/// An article of a statute.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct StatuteArticle {
    /// Its identifier.
    pub id: String,
    /// 第九十二条.
    pub label: String,
    /// The headings above it, outermost first, null where there are none.
    pub chapter: Option<String>,
    /// Its words without the number.
    pub text: String,
    /// 款.
    pub paragraphs: Vec<ArticleParagraph>,
    /// The page on which it is shown.
    #[schema(format = "uri-reference")]
    pub url: String,
}

/// A paragraph (款) of an article. Its number is its place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct ArticleParagraph {
    /// From one.
    pub number: usize,
    /// Its words before its items.
    pub text: String,
    /// 项.
    pub items: Vec<ArticleItem>,
}

/// An item (项) of a paragraph.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct ArticleItem {
    /// （三） is 3.
    pub number: u16,
    /// Its words with the number, and what stands below it (目) on lines of their own.
    pub text: String,
}

/// A unit that cites an article.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct CitingUnit {
    /// Its identifier.
    pub unit: String,
    /// What it is.
    #[schema(schema_with = schema::kind)]
    pub kind: Kind,
    /// The duty or chapter of the list that it stands in, or its place in its statute.
    pub label: String,
    /// The list or statute that it belongs to.
    pub document: String,
    /// That as printed.
    pub title: String,
    /// The page on which it is shown.
    #[schema(format = "uri-reference")]
    pub url: String,
}

/// The article of that number (`92`, `120-1`) in the statute with this identifier or name, `None` if there is none.
///
/// # Errors
///
/// If the index cannot be read.
pub fn article(
    index: &Index,
    names: &NameIndex,
    links: &Links,
    statute: &str,
    number: &str,
    request: CitedByRequest,
) -> Result<Option<ArticleResponse>, IndexError> {
    let Some((document, statute)) = find_statute(index, names, statute) else { return Ok(None) };
    let Some(unit) = index.unit(&format!("{}/article/{number}", document.id))? else { return Ok(None) };
    let Some(article) = StatuteArticle::new(&unit, links) else { return Ok(None) };
    let (previous, next) = index.neighbours(&unit.id)?;
    let cited_by = CitedBy::find(index, &unit, request, links)?;
    Ok(Some(ArticleResponse {
        versions: other_versions(index, statute, &document.id, number)?,
        article,
        previous,
        next,
        cited_by: cited_by.units,
        cited_by_total: cited_by.total,
    }))
}

/// The articles of a number in the other versions of a statute, oldest first.
fn other_versions(
    index: &Index,
    statute: &StatuteHeader,
    document: &str,
    number: &str,
) -> Result<Vec<String>, IndexError> {
    let others = index.versions(&statute.name).into_iter().filter(|(version, _)| version.id != document);
    let mut versions = Vec::new();
    for (version, _) in others {
        let id = format!("{}/article/{number}", version.id);
        versions.extend(index.unit(&id)?.map(|unit| unit.id));
    }
    Ok(versions)
}

impl StatuteArticle {
    /// `None` for a unit that is no article.
    pub(crate) fn new(unit: &Unit, links: &Links) -> Option<StatuteArticle> {
        let Detail::Article { path, .. } = &unit.detail else { return None };
        let text = unit.passage.text.as_str();
        let headings: Vec<&str> = headings(unit).collect();
        Some(StatuteArticle {
            id: unit.id.clone(),
            label: path.to_string(),
            chapter: (!headings.is_empty()).then(|| headings.join(" ")),
            text: text.to_owned(),
            paragraphs: ArticleParagraph::all(text),
            url: links.unit(&unit.id),
        })
    }
}

impl ArticleParagraph {
    /// Those of an article's text.
    pub(crate) fn all(text: &str) -> Vec<ArticleParagraph> {
        let words = |span: Span| span.slice(text).trim_end().to_owned();
        let paragraph = |(number, paragraph): (usize, statute::Paragraph)| {
            let all = paragraph.span.range();
            let end = paragraph.items.first().map_or(all.end, |item| item.span.range().start);
            let item = |item: &statute::Item| ArticleItem { number: item.number, text: words(item.span) };
            ArticleParagraph {
                number,
                text: words(Span::new(all.start, end)),
                items: paragraph.items.iter().map(item).collect(),
            }
        };
        (1..).zip(statute::paragraphs(text)).map(paragraph).collect()
    }
}

/// The units that cite an article.
pub(crate) struct CitedBy {
    pub(crate) units: Vec<CitingUnit>,
    pub(crate) total: usize,
}

impl CitedBy {
    /// Those that cite `article`; none for a unit that is no article.
    pub(crate) fn find(
        index: &Index,
        article: &Unit,
        request: CitedByRequest,
        links: &Links,
    ) -> Result<CitedBy, IndexError> {
        let Detail::Article { statute, path, .. } = &article.detail else {
            return Ok(CitedBy { units: Vec::new(), total: 0 });
        };
        let index::CitedBy { units, total } =
            index.cited_by(statute, &path.article_key(), request.offset + request.limit)?;
        let units = units.iter().skip(request.offset).map(|unit| CitingUnit::new(unit, index, links)).collect();
        Ok(CitedBy { units, total })
    }
}

impl CitingUnit {
    fn new(unit: &Unit, index: &Index, links: &Links) -> CitingUnit {
        let document = document_of(&unit.id);
        let title = index.header(document).map(|header| header.title.clone()).unwrap_or_default();
        CitingUnit {
            unit: unit.id.clone(),
            kind: unit.kind,
            label: label(unit),
            document: document.to_owned(),
            title,
            url: links.unit(&unit.id),
        }
    }
}

/// Where a unit stands: an article in its statute, what lists hold under the duty or chapter at the top. What stands under
/// nothing is called by its first words.
fn label(unit: &Unit) -> String {
    let above = match &unit.detail {
        Detail::Article { path, .. } => Some(path.to_string()),
        Detail::StatuteParagraph { .. } => headings(unit).last().map(str::to_owned),
        _ => unit.path.first().map(|top| top.label.clone()),
    };
    above.unwrap_or_else(|| {
        let line = unit.passage.text.lines().next().unwrap_or_default();
        line.char_indices().nth(LONGEST_LABEL).map_or(line.to_owned(), |(end, _)| format!("{}…", &line[..end]))
    })
}
