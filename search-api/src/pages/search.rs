use askama::Template;
use axum::extract::{RawQuery, State};
use axum::http::StatusCode;
use axum::response::Response;
use lawcite_core::query::Origin;

use super::{failed, show};
use crate::links::{Links, Place};
use crate::parameters::Parameters;
use crate::wire::{self, FacetValue, SearchRequest, SearchResponse, Term};
use crate::{ApiError, AppState};

const EXAMPLES: [&str; 4] =
    ["who is liable for leaking 社保 data", "社保法92条", "未按时足额支付养老金怎么追责", "\"依法给予处分\""];

#[derive(Template)]
#[template(path = "search.html")]
struct SearchPage {
    links: Links,
    request: SearchRequest,
    answer: Option<SearchResponse>,
    /// What was typed, and what else was looked for.
    understood: Vec<(String, String)>,
    /// The same search without expansions.
    exact: String,
    /// Field and its values to choose from.
    facets: Vec<(&'static str, Vec<Choice>)>,
    /// Filters that are on, with the search without them.
    chosen: Vec<Choice>,
    previous: Option<String>,
    next: Option<String>,
    examples: Vec<(&'static str, String)>,
}

/// A filter value that can be switched on or off.
struct Choice {
    label: String,
    count: usize,
    url: String,
}

/// `GET /`.
pub(super) async fn page(State(state): State<AppState>, RawQuery(query): RawQuery) -> Response {
    let request = Parameters::parse_leniently(query.as_deref()).search_page();
    let links = state.links().on_this_host();
    if request.q.trim().is_empty() {
        return show(StatusCode::OK, &SearchPage::new(links, request, None));
    }
    if request.q.chars().count() > SearchRequest::LONGEST {
        let detail = format!("检索词不能超过 {} 字。", SearchRequest::LONGEST);
        return failed(&state, &ApiError::Parameter { parameter: "q".to_owned(), detail });
    }
    let searched = state.read(move |index, _| {
        let answer = wire::search(index, &request, &links)?;
        Ok::<_, wire::SearchError>(SearchPage::new(links, request, Some(answer)))
    });
    match searched.await {
        Ok(page) => show(StatusCode::OK, &page),
        Err(error) => failed(&state, &error),
    }
}

impl SearchPage {
    fn new(links: Links, request: SearchRequest, answer: Option<SearchResponse>) -> SearchPage {
        let to = |change: &dyn Fn(&mut SearchRequest)| {
            let mut other = SearchRequest { offset: 0, ..request.clone() };
            change(&mut other);
            links.search(&other)
        };
        let total = answer.as_ref().map_or(0, |answer| answer.total);
        let next = request.offset + request.limit;
        let next = (next < total && next <= SearchRequest::FARTHEST).then(|| to(&|other| other.offset = next));
        let previous =
            (request.offset > 0).then(|| to(&|other| other.offset = request.offset.saturating_sub(request.limit)));
        SearchPage {
            understood: answer.as_ref().map(|answer| understood(&answer.query.terms)).unwrap_or_default(),
            exact: to(&|other| other.expand = false),
            facets: answer.as_ref().map(|answer| facets(answer, &request, &to)).unwrap_or_default(),
            chosen: chosen(&request, &to),
            previous,
            next,
            examples: EXAMPLES.map(|example| (example, links.search(&SearchRequest::new(example)))).into(),
            links,
            request,
            answer,
        }
    }
}

type To<'a> = &'a dyn Fn(&dyn Fn(&mut SearchRequest)) -> String;

/// Values of fields that no filter is on yet.
fn facets(answer: &SearchResponse, request: &SearchRequest, to: To<'_>) -> Vec<(&'static str, Vec<Choice>)> {
    let choices = |values: &[FacetValue], add: &dyn Fn(&mut SearchRequest, &str)| -> Vec<Choice> {
        let choice = |value: &FacetValue| Choice {
            label: value.label.clone(),
            count: value.count,
            url: to(&|other| add(other, &value.value)),
        };
        values.iter().take(8).map(choice).collect()
    };
    // Statutes have a field of their own.
    let lists: Vec<FacetValue> =
        answer.facets.document.iter().filter(|list| !Place::of(&list.value).is_statute()).cloned().collect();
    let kind = |other: &mut SearchRequest, value: &str| other.kind.extend(lawcite_core::unit::Kind::from_name(value));
    let fields = [
        ("类别", request.kind.is_empty(), choices(&answer.facets.kind, &kind)),
        (
            "法规",
            request.statute.is_empty(),
            choices(&answer.facets.statute, &|other, value| other.statute.push(value.to_owned())),
        ),
        (
            "权力类型",
            request.power_type.is_empty(),
            choices(&answer.facets.power_type, &|other, value| other.power_type.push(value.to_owned())),
        ),
        (
            "承办机构",
            request.department.is_empty(),
            choices(&answer.facets.department, &|other, value| other.department.push(value.to_owned())),
        ),
        ("清单", request.document.is_empty(), choices(&lists, &|other, value| other.document.push(value.to_owned()))),
    ];
    // A field with one value has nothing to choose from.
    let open = fields.into_iter().filter(|(_, open, values)| *open && values.len() > 1);
    open.map(|(name, _, values)| (name, values)).collect()
}

fn chosen(request: &SearchRequest, to: To<'_>) -> Vec<Choice> {
    let choice = |label: String, url: String| Choice { label, count: 0, url };
    let mut chosen = Vec::new();
    for kind in &request.kind {
        let url = to(&|other| other.kind.retain(|value| value != kind));
        chosen.push(choice(kind.label().to_owned(), url));
    }
    let fields: [fn(&mut SearchRequest) -> &mut Vec<String>; 5] = [
        |request| &mut request.document,
        |request| &mut request.statute,
        |request| &mut request.article,
        |request| &mut request.power_type,
        |request| &mut request.department,
    ];
    for field in fields {
        for value in field(&mut request.clone()).iter() {
            chosen.push(choice(value.clone(), to(&|other| field(other).retain(|other| other != value))));
        }
    }
    if !request.expand {
        chosen.push(choice("只查原词".to_owned(), to(&|other| other.expand = true)));
    }
    chosen
}

/// What was looked for beyond the words typed.
fn understood(terms: &[Term]) -> Vec<(String, String)> {
    let mut understood: Vec<(String, String)> = Vec::new();
    for term in terms.iter().filter(|term| term.origin != Origin::Typed) {
        match understood.iter_mut().find(|(from, _)| *from == term.from) {
            Some((_, to)) => {
                to.push('、');
                to.push_str(&term.text);
            }
            None => understood.push((term.from.clone(), term.text.clone())),
        }
    }
    understood
}
