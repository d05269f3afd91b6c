use askama::Template;
use axum::extract::{RawQuery, State};
use axum::http::StatusCode;
use axum::response::Response;
use lawcite_core::index::{Index, IndexError};
use lawcite_core::unit::Kind;

use super::choices::{Choice, Facet, Understood, chosen, facets, understood, ways_out};
use super::language::Ui;
use super::results::{Shown, Whose};
use super::{failed, show};
use crate::parameters::Parameters;
use crate::wire::{self, AnswerGround, DocumentSummary, DocumentsRequest, SearchRequest, SearchResponse};
use crate::{ApiError, AppState};

const EXAMPLES: [&str; 4] =
    ["who is liable for leaking 社保 data", "社保法92条", "未按时足额支付养老金怎么追责", "\"依法给予处分\""];
/// So many lists are named where nothing is asked.
const MOST_LISTS: usize = 5;

/// Nothing is asked.
#[derive(Template)]
#[template(path = "home.html")]
struct HomePage {
    ui: Ui,
    request: SearchRequest,
    examples: Vec<(&'static str, String)>,
    lists: Vec<DocumentSummary>,
    more_lists: usize,
}

/// What answers a question.
#[derive(Template)]
#[template(path = "search.html")]
struct SearchPage {
    ui: Ui,
    request: SearchRequest,
    answer: SearchResponse,
    hits: Vec<Shown>,
    weak: Vec<Shown>,
    /// What was typed, and what else was looked for.
    understood: Vec<Understood>,
    /// The same search without expansions.
    exact: String,
    corrected: Option<Choice>,
    facets: Vec<Facet>,
    /// Filters and options that are on, with the search without them.
    chosen: Vec<Choice>,
    /// What to do where nothing was found.
    ways_out: Vec<Choice>,
    examples: Vec<(&'static str, String)>,
    previous: Option<String>,
    next: Option<String>,
    table: String,
}

/// `GET /`.
pub(super) async fn page(ui: Ui, State(state): State<AppState>, RawQuery(query): RawQuery) -> Response {
    let request = Parameters::parse_leniently(query.as_deref()).search_page();
    if request.q.trim().is_empty() {
        let visit = ui.clone();
        let read = state.read(move |index, _| Ok::<_, ApiError>(HomePage::new(index, visit, request)));
        return read.await.map_or_else(|error| failed(ui, &error), |page| show(StatusCode::OK, &page));
    }
    if request.q.chars().count() > SearchRequest::LONGEST {
        let detail = ui.t.too_long(SearchRequest::LONGEST);
        return failed(ui, &ApiError::Parameter { parameter: "q".to_owned(), detail });
    }
    let visit = ui.clone();
    let noting = state.clone();
    let searched = state.read(move |index, _| {
        let answer = wire::search(index, &request, &ui.links)?;
        noting.searched(&request, &answer);
        SearchPage::new(index, ui, request, answer).map_err(wire::SearchError::from)
    });
    match searched.await {
        Ok(page) => show(StatusCode::OK, &page),
        Err(error) => failed(visit, &error),
    }
}

fn examples(ui: &Ui) -> Vec<(&'static str, String)> {
    EXAMPLES.map(|example| (example, ui.links.search(&SearchRequest::new(example)))).into()
}

impl HomePage {
    fn new(index: &Index, ui: Ui, request: SearchRequest) -> HomePage {
        let lists = wire::documents(index, DocumentsRequest { limit: MOST_LISTS, offset: 0 });
        HomePage {
            examples: examples(&ui),
            more_lists: lists.total - lists.documents.len(),
            lists: lists.documents,
            ui,
            request,
        }
    }
}

impl SearchPage {
    fn new(
        index: &Index,
        ui: Ui,
        request: SearchRequest,
        mut answer: SearchResponse,
    ) -> Result<SearchPage, IndexError> {
        let change = |change: &dyn Fn(&mut SearchRequest)| {
            let mut other = SearchRequest { offset: 0, ..request.clone() };
            change(&mut other);
            ui.links.search(&other)
        };
        let next = request.offset + request.limit;
        let next =
            (next < answer.total && next <= SearchRequest::FARTHEST).then(|| change(&|other| other.offset = next));
        // From beyond the end it leads to the last page.
        let before = request.offset.saturating_sub(request.limit);
        let last = answer.total.saturating_sub(1) / request.limit * request.limit;
        let previous = (request.offset > 0).then(|| change(&|other| other.offset = before.min(last)));
        let corrected = answer
            .query
            .corrected
            .as_ref()
            .map(|corrected| Choice::new(corrected, change(&|other| other.q.clone_from(corrected))));
        let hits = std::mem::take(&mut answer.hits);
        let weak = if answer.total == 0 { std::mem::take(&mut answer.weak) } else { Vec::new() };
        Ok(SearchPage {
            hits: Shown::all(hits, index, &request, &ui.links)?,
            weak: Shown::all(weak, index, &request, &ui.links)?,
            understood: understood(&answer.query.terms, &change),
            exact: change(&|other| {
                other.expand = false;
                other.without.clear();
            }),
            corrected,
            facets: facets(index, ui.t, &answer, &request, &change),
            chosen: chosen(index, ui.t, &request, &change),
            ways_out: ways_out(ui.t, &answer, &request, &change),
            examples: examples(&ui),
            previous,
            next,
            table: ui.links.search_table(&SearchRequest { offset: 0, ..request.clone() }),
            ui,
            request,
            answer,
        })
    }

    /// The number of the first hit shown and of the last.
    fn first(&self) -> usize {
        self.request.offset + 1
    }

    fn last(&self) -> usize {
        self.request.offset + self.hits.len()
    }

    /// The article that a ground quotes, unless the ground is that article.
    fn source<'g>(&self, ground: &'g AnswerGround) -> Option<&'g String> {
        ground.source.as_ref().filter(|source| **source != ground.unit)
    }
}
