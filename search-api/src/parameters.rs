//! Query strings, read strictly: the API refuses what it does not know, so that a misspelt filter is noticed.

use std::ops::RangeInclusive;
use std::str::FromStr;

use lawcite_core::audit::Finding;
use lawcite_core::unit::Kind;
use percent_encoding::percent_decode_str;

use crate::ApiError;
use crate::export::{Format, FormatRequest};
use crate::wire::{
    AuditRequest, CitedByRequest, DiffRequest, DocumentsRequest, ResolveRequest, SearchRequest, StatutesRequest,
    SuggestRequest, Version,
};

/// The parameters of a request that were not taken yet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Parameters {
    pairs: Vec<(String, String)>,
}

/// With what somebody comes to the page of a document or a statute.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PageVisit {
    /// The search that they come from.
    q: Option<String>,
    /// What a permanent link remembers of the text.
    pub(crate) version: Option<String>,
    /// Which of the units that cite an article they want to see.
    pub(crate) citing: CitedByRequest,
}

impl PageVisit {
    /// The search that they come from.
    pub(crate) fn q(&self) -> Option<&str> {
        self.q.as_deref()
    }
}

fn refused(parameter: &str, detail: impl Into<String>) -> ApiError {
    ApiError::Parameter { parameter: parameter.to_owned(), detail: detail.into() }
}

fn decode(text: &str) -> Option<String> {
    let text = text.replace('+', " ");
    percent_decode_str(&text).decode_utf8().ok().map(std::borrow::Cow::into_owned)
}

impl Parameters {
    /// The parameters of the query string `raw`, as forms write it.
    pub(crate) fn parse(raw: Option<&str>) -> Result<Parameters, ApiError> {
        let mut pairs = Vec::new();
        for pair in raw.unwrap_or_default().split('&').filter(|pair| !pair.is_empty()) {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            let name = decode(name).ok_or_else(|| refused("", "a parameter's name is not UTF-8"))?;
            let value = decode(value).ok_or_else(|| refused(&name, "the value is not UTF-8"))?;
            pairs.push((name, value));
        }
        Ok(Parameters { pairs })
    }

    /// As [`parse`](Parameters::parse), for pages: what cannot be read is left out.
    pub(crate) fn parse_leniently(raw: Option<&str>) -> Parameters {
        let pairs = raw.unwrap_or_default().split('&').filter_map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            Some((decode(name)?, decode(value)?))
        });
        Parameters { pairs: pairs.collect() }
    }

    /// All values of a parameter that may be repeated.
    pub(crate) fn all(&mut self, name: &str) -> Vec<String> {
        self.pairs.extract_if(.., |(given, _)| given == name).map(|(_, value)| value).collect()
    }

    /// The value of a parameter that may be given once.
    pub(crate) fn one(&mut self, name: &str) -> Result<Option<String>, ApiError> {
        let mut values = self.all(name);
        if values.len() > 1 {
            return Err(refused(name, "the parameter may be given once only"));
        }
        Ok(values.pop())
    }

    fn number(&mut self, name: &str, range: RangeInclusive<usize>, default: usize) -> Result<usize, ApiError> {
        let Some(value) = self.one(name)? else { return Ok(default) };
        let digits = !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit());
        let number = digits.then(|| usize::from_str(&value).ok()).flatten().filter(|number| range.contains(number));
        number.ok_or_else(|| {
            refused(name, format!("the value must be a whole number from {} to {}", range.start(), range.end()))
        })
    }

    fn switch(&mut self, name: &str, default: bool) -> Result<bool, ApiError> {
        match self.one(name)?.as_deref() {
            None => Ok(default),
            Some("true") => Ok(true),
            Some("false") => Ok(false),
            Some(_) => Err(refused(name, "the value must be `true` or `false`")),
        }
    }

    /// The parameter `q`, which says `what`.
    fn query(&mut self, what: &str, longest: usize) -> Result<String, ApiError> {
        let q = self.one("q")?.ok_or_else(|| refused("q", format!("the parameter is missing: {what}")))?;
        let characters = q.chars().count();
        if !(1..=longest).contains(&characters) {
            return Err(refused("q", format!("the query has {characters} characters and may have 1 to {longest}")));
        }
        Ok(q)
    }

    /// Refuses what was not taken.
    pub(crate) fn finish(self) -> Result<(), ApiError> {
        match self.pairs.first() {
            Some((name, _)) => Err(refused(name, "there is no such parameter here")),
            None => Ok(()),
        }
    }

    /// What `GET /search` takes.
    pub(crate) fn search(mut self) -> Result<SearchRequest, ApiError> {
        let mut request = SearchRequest::new(self.query("what to search for", SearchRequest::LONGEST)?);
        for name in self.all("kind") {
            let names = || Kind::ALL.map(Kind::name).join(", ");
            let kind = Kind::from_name(&name);
            request.kind.push(kind.ok_or_else(|| refused("kind", format!("the value must be one of {}", names())))?);
        }
        request.document = self.all("document");
        request.statute = self.all("statute");
        request.article = self.all("article");
        request.power_type = self.all("power_type");
        request.department = self.all("department");
        if !request.article.iter().all(|article| is_article(article)) {
            return Err(refused("article", "the value must be an article's number, as `92` or `120-1`"));
        }
        request.version = match self.one("version")?.as_deref() {
            None => None,
            Some("all") => Some(Version::All),
            Some(_) => return Err(refused("version", "the value must be `all`")),
        };
        request.limit = self.number("limit", 1..=SearchRequest::MOST, request.limit)?;
        request.offset = self.number("offset", 0..=SearchRequest::FARTHEST, request.offset)?;
        request.expand = self.switch("expand", request.expand)?;
        request.without = self.all("without");
        request.collapse = self.switch("collapse", request.collapse)?;
        request.explain = self.switch("explain", request.explain)?;
        self.finish()?;
        Ok(request)
    }

    /// What `GET /suggest` takes.
    pub(crate) fn suggest(mut self) -> Result<SuggestRequest, ApiError> {
        let q = self.query("what was typed so far", SuggestRequest::LONGEST)?;
        let limit = self.number("limit", 1..=SuggestRequest::MOST, SuggestRequest::DEFAULT_LIMIT)?;
        self.finish()?;
        Ok(SuggestRequest { q, limit })
    }

    /// What `GET /documents/{id}/audit` takes beside `format`.
    pub(crate) fn audit(mut self) -> Result<AuditRequest, ApiError> {
        let mut request = AuditRequest::default();
        for name in self.all("finding") {
            let names = || Finding::ALL.map(Finding::name).join(", ");
            let finding = Finding::from_name(&name);
            request
                .finding
                .push(finding.ok_or_else(|| refused("finding", format!("the value must be one of {}", names())))?);
        }
        self.finish()?;
        Ok(request)
    }

    /// What `GET /diff` takes beside `format`.
    pub(crate) fn diff(mut self) -> Result<DiffRequest, ApiError> {
        let mut list = |name: &str| {
            let id = self.one(name)?.filter(|id| !id.is_empty());
            id.ok_or_else(|| refused(name, "the parameter is missing: a list's identifier"))
        };
        let request = DiffRequest { a: list("a")?, b: list("b")? };
        self.finish()?;
        Ok(request)
    }

    /// The form of the report.
    pub(crate) fn format(&mut self) -> Result<FormatRequest, ApiError> {
        let format = match self.one("format")?.as_deref() {
            None | Some("json") => None,
            Some(name) => {
                let format = Format::from_name(name);
                Some(format.ok_or_else(|| refused("format", "the value must be `json`, `csv` or `xlsx`"))?)
            }
        };
        Ok(FormatRequest { format })
    }

    /// What `GET /documents` takes.
    pub(crate) fn documents(mut self) -> Result<DocumentsRequest, ApiError> {
        let default = DocumentsRequest::default();
        let request = DocumentsRequest {
            limit: self.number("limit", 1..=DocumentsRequest::MOST, default.limit)?,
            offset: self.number("offset", 0..=DocumentsRequest::FARTHEST, default.offset)?,
        };
        self.finish()?;
        Ok(request)
    }

    /// What `GET /statutes` takes. An empty `q` is none, as a form sends it.
    pub(crate) fn statutes(mut self) -> Result<StatutesRequest, ApiError> {
        let default = StatutesRequest::default();
        let q = self.one("q")?.filter(|q| !q.is_empty());
        if q.as_ref().is_some_and(|q| q.chars().count() > StatutesRequest::LONGEST) {
            return Err(refused("q", format!("the value may have {} characters", StatutesRequest::LONGEST)));
        }
        let request = StatutesRequest {
            q,
            limit: self.number("limit", 1..=StatutesRequest::MOST, default.limit)?,
            offset: self.number("offset", 0..=StatutesRequest::FARTHEST, default.offset)?,
        };
        self.finish()?;
        Ok(request)
    }

    /// What `GET /statutes/{id}/articles/{n}` takes.
    pub(crate) fn cited_by(mut self) -> Result<CitedByRequest, ApiError> {
        let request = self.citing_units()?;
        self.finish()?;
        Ok(request)
    }

    /// What `GET /citations/resolve` takes.
    pub(crate) fn resolve(mut self) -> Result<ResolveRequest, ApiError> {
        let q = self.query("the citation to look up", ResolveRequest::LONGEST)?;
        let CitedByRequest { limit, offset } = self.citing_units()?;
        self.finish()?;
        Ok(ResolveRequest { q, limit, offset })
    }

    fn citing_units(&mut self) -> Result<CitedByRequest, ApiError> {
        let default = CitedByRequest::default();
        Ok(CitedByRequest {
            limit: self.number("limit", 1..=CitedByRequest::MOST, default.limit)?,
            offset: self.number("offset", 0..=CitedByRequest::FARTHEST, default.offset)?,
        })
    }

    /// What pages of documents and statutes understand; the rest is left aside.
    pub(crate) fn visit(mut self) -> PageVisit {
        let mut first = |name: &str| self.all(name).into_iter().next();
        let offset = first("offset").and_then(|offset| offset.parse().ok()).unwrap_or(0);
        PageVisit {
            q: first("q").filter(|q| q.chars().count() <= SearchRequest::LONGEST),
            version: first("v"),
            citing: CitedByRequest { offset: offset.min(CitedByRequest::FARTHEST), ..CitedByRequest::default() },
        }
    }

    /// What the search page understands; the rest is left aside.
    pub(crate) fn search_page(mut self) -> SearchRequest {
        let mut first = |name: &str| self.all(name).into_iter().next();
        let mut request = SearchRequest::new(first("q").unwrap_or_default());
        request.offset = first("offset").and_then(|offset| offset.parse().ok()).unwrap_or(0);
        request.offset = request.offset.min(SearchRequest::FARTHEST);
        request.expand = first("expand").is_none_or(|expand| expand != "false");
        request.collapse = first("collapse").is_none_or(|collapse| collapse != "false");
        request.kind = self.all("kind").iter().filter_map(|name| Kind::from_name(name)).collect();
        request.document = self.all("document");
        request.statute = self.all("statute");
        request.article = self.all("article").into_iter().filter(|article| is_article(article)).collect();
        request.power_type = self.all("power_type");
        request.department = self.all("department");
        request.without = self.all("without");
        request.version = (self.all("version") == ["all"]).then_some(Version::All);
        request
    }
}

/// Whether it is written as identifiers write articles.
fn is_article(text: &str) -> bool {
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    match text.split_once('-') {
        Some((article, suffix)) => digits(article) && digits(suffix),
        None => digits(text),
    }
}

/// The segments of a path, each decoded by itself, joined to an identifier.
///
/// A slash inside a segment (`%2F`) is no separator, and no identifier has one, so it leads nowhere.
pub(crate) fn id_from_path(path: &str) -> Option<String> {
    let segments = path.split('/').map(|segment| {
        let segment = percent_decode_str(segment).decode_utf8().ok()?;
        (!segment.is_empty() && !segment.contains('/')).then_some(segment)
    });
    Some(segments.collect::<Option<Vec<_>>>()?.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identifiers_are_decoded_segment_by_segment() {
        const CASES: &[(&str, Option<&str>)] = &[
            ("list/duty/4", Some("list/duty/4")),
            ("%E6%B8%85%E5%8D%95/duty/4", Some("清单/duty/4")),
            ("清单/duty/4", Some("清单/duty/4")),
            ("list%2Fduty/4", None),
            ("list//4", None),
            ("list/duty/4/", None),
            ("%FF/duty", None),
            ("a+b", Some("a+b")),
        ];
        for (path, id) in CASES {
            assert_eq!(id_from_path(path).as_deref(), *id, "{path}");
        }
    }

    #[test]
    fn pages_take_what_they_understand() {
        let request = |raw| Parameters::parse_leniently(Some(raw)).search_page();
        let asked = request("q=a&q=b&kind=duty&kind=nothing&offset=20&utm_source=x&%FF=1&limit=7");
        assert_eq!((asked.q.as_str(), asked.kind.as_slice(), asked.offset), ("a", &[Kind::Duty][..], 20));
        assert_eq!(asked.limit, 10);
        assert_eq!(request("offset=-1").offset, 0);
        assert!(!request("q=x&expand=false").expand);
    }
}
