use askama::Template;
use axum::extract::{RawQuery, State};
use axum::http::StatusCode;
use axum::response::Response;
use lawcite_core::index::{Index, IndexError};
use lawcite_core::query::Origin;
use lawcite_core::unit::Kind;

use super::language::{Language, Ui};
use super::results::{Result as Found, Whose};
use super::{failed, show};
use crate::links::Place;
use crate::parameters::Parameters;
use crate::wire::{
    self, AnswerGround, DocumentSummary, DocumentsRequest, FacetValue, SearchRequest, SearchResponse, Term,
};
use crate::{ApiError, AppState};

const EXAMPLES: [&str; 4] =
    ["who is liable for leaking 社保 data", "社保法92条", "未按时足额支付养老金怎么追责", "\"依法给予处分\""];
/// So many values of a field are offered.
const MOST_VALUES: usize = 8;
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
    hits: Vec<Found>,
    weak: Vec<Found>,
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

/// What was typed and the words that are looked for besides, each with the search without it.
struct Understood {
    from: String,
    to: Vec<Choice>,
}

/// A field and its values, those that are on first said.
struct Facet {
    name: &'static str,
    /// The search without a filter on this field, if there is one.
    all: Option<String>,
    values: Vec<Choice>,
}

/// A link that changes the search.
struct Choice {
    label: String,
    count: usize,
    is_on: bool,
    url: String,
}

impl Choice {
    fn new(label: impl Into<String>, url: String) -> Choice {
        Choice { label: label.into(), count: 0, is_on: false, url }
    }
}

/// `GET /`.
pub(super) async fn page(ui: Ui, State(state): State<AppState>, RawQuery(query): RawQuery) -> Response {
    let request = Parameters::parse_leniently(query.as_deref()).search_page();
    if request.q.trim().is_empty() {
        return show(StatusCode::OK, &HomePage::new(&state.index(), ui, request));
    }
    if request.q.chars().count() > SearchRequest::LONGEST {
        let detail = ui.t.too_long(SearchRequest::LONGEST);
        return failed(ui, &ApiError::Parameter { parameter: "q".to_owned(), detail });
    }
    let visit = ui.clone();
    let searched = state.read(move |index, _| {
        let answer = wire::search(index, &request, &ui.links)?;
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
        let previous =
            (request.offset > 0).then(|| change(&|other| other.offset = request.offset.saturating_sub(request.limit)));
        let corrected = answer
            .query
            .corrected
            .as_ref()
            .map(|corrected| Choice::new(corrected, change(&|other| other.q.clone_from(corrected))));
        let hits = std::mem::take(&mut answer.hits);
        let weak = if answer.total == 0 { std::mem::take(&mut answer.weak) } else { Vec::new() };
        Ok(SearchPage {
            hits: Found::all(hits, index, &request, &ui.links)?,
            weak: Found::all(weak, index, &request, &ui.links)?,
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

/// The address of the search changed so.
type Change<'a> = &'a dyn Fn(&dyn Fn(&mut SearchRequest)) -> String;
/// The values of a field that are filtered by.
type Field = fn(&mut SearchRequest) -> &mut Vec<String>;

const POWER_TYPE: Field = |request| &mut request.power_type;
const DEPARTMENT: Field = |request| &mut request.department;
const DOCUMENT: Field = |request| &mut request.document;
const STATUTE: Field = |request| &mut request.statute;
const ARTICLE: Field = |request| &mut request.article;
/// All of them.
const TEXTS: [Field; 5] = [STATUTE, ARTICLE, POWER_TYPE, DEPARTMENT, DOCUMENT];

/// Each field with its values: choosing one switches it on or off.
fn facets(
    index: &Index,
    t: Language,
    answer: &SearchResponse,
    request: &SearchRequest,
    change: Change<'_>,
) -> Vec<Facet> {
    let kind = |value: &FacetValue| {
        let kind = Kind::from_name(&value.value)?;
        let is_on = request.kind.contains(&kind);
        let url = change(&|other| toggle(&mut other.kind, &kind, is_on));
        Some(Choice { label: t.kind(&kind).to_owned(), count: value.count, is_on, url })
    };
    let text = |field: Field, value: &FacetValue| {
        let is_on = field(&mut request.clone()).contains(&value.value);
        let url = change(&|other| toggle(field(other), &value.value, is_on));
        Choice { label: label(index, &value.value, &value.label), count: value.count, is_on, url }
    };
    let texts = |name: &'static str, field: Field, values: Vec<&FacetValue>| {
        let is_on = !field(&mut request.clone()).is_empty();
        let all = change(&|other| field(other).clear());
        (name, is_on, all, values.into_iter().take(MOST_VALUES).map(|value| text(field, value)).collect())
    };
    // Statutes have a field of their own.
    let lists = answer.facets.document.iter().filter(|list| !Place::of(&list.value).is_statute());
    let found = &answer.facets;
    let fields = [
        (
            t.kinds(),
            !request.kind.is_empty(),
            change(&|other| other.kind.clear()),
            found.kind.iter().filter_map(kind).collect::<Vec<_>>(),
        ),
        texts(t.statutes(), STATUTE, found.statute.iter().collect()),
        texts(t.power_types(), POWER_TYPE, found.power_type.iter().collect()),
        texts(t.departments(), DEPARTMENT, found.department.iter().collect()),
        texts(t.documents(), DOCUMENT, lists.collect()),
    ];
    let facet = |(name, is_on, all, values): (_, bool, String, Vec<Choice>)| {
        // A field with one value has nothing to choose from.
        (is_on && !values.is_empty() || values.len() > 1).then(|| Facet { name, all: is_on.then_some(all), values })
    };
    fields.into_iter().filter_map(facet).collect()
}

fn toggle<T: Clone + PartialEq>(values: &mut Vec<T>, value: &T, is_on: bool) {
    if is_on {
        values.retain(|other| other != value);
    } else {
        values.push(value.clone());
    }
}

/// A list's title for its identifier; anything else is called as it is filtered by.
fn label(index: &Index, value: &str, label: &str) -> String {
    match index.header(value).filter(|header| header.statute.is_none()) {
        Some(header) => header.title.clone(),
        None => label.to_owned(),
    }
}

/// What is on and not the default, each with the search without it.
fn chosen(index: &Index, t: Language, request: &SearchRequest, change: Change<'_>) -> Vec<Choice> {
    let mut chosen = Vec::new();
    for kind in &request.kind {
        chosen.push(Choice::new(t.kind(kind), change(&|other| other.kind.retain(|value| value != kind))));
    }
    for field in TEXTS {
        for value in field(&mut request.clone()).iter() {
            let url = change(&|other| field(other).retain(|other| other != value));
            chosen.push(Choice::new(label(index, value, value), url));
        }
    }
    if request.version.is_some() {
        chosen.push(Choice::new(t.all_versions(), change(&|other| other.version = None)));
    }
    if !request.collapse {
        chosen.push(Choice::new(t.uncollapsed(), change(&|other| other.collapse = true)));
    }
    if !request.expand {
        chosen.push(Choice::new(t.only_typed(), change(&|other| other.expand = true)));
    }
    for term in &request.without {
        let url = change(&|other| other.without.retain(|other| other != term));
        chosen.push(Choice::new(t.taken_out(term), url));
    }
    chosen
}

/// What was looked for beyond the words typed.
fn understood(terms: &[Term], change: Change<'_>) -> Vec<Understood> {
    let mut understood: Vec<Understood> = Vec::new();
    for term in terms.iter().filter(|term| term.origin != Origin::Typed) {
        let without = Choice::new(&term.text, change(&|other| other.without.push(term.text.clone())));
        match understood.iter_mut().find(|known| known.from == term.from) {
            Some(known) => known.to.push(without),
            None => understood.push(Understood { from: term.from.clone(), to: vec![without] }),
        }
    }
    understood
}

/// What may find something where nothing was found.
fn ways_out(t: Language, answer: &SearchResponse, request: &SearchRequest, change: Change<'_>) -> Vec<Choice> {
    let mut ways = Vec::new();
    let mut filters = request.clone();
    if !request.kind.is_empty() || TEXTS.iter().any(|field| !field(&mut filters).is_empty()) {
        let clear = |other: &mut SearchRequest| {
            other.kind.clear();
            TEXTS.iter().for_each(|field| field(other).clear());
        };
        ways.push(Choice::new(t.unfilter(), change(&clear)));
    }
    if !answer.query.exact.is_empty() {
        ways.push(Choice::new(t.unquote(), change(&|other| other.q.retain(|c| !matches!(c, '"' | '“' | '”' | '＂')))));
    }
    if !answer.query.without.is_empty() {
        let words =
            |q: &str| q.split_whitespace().filter(|word| !word.starts_with(['-', '－'])).collect::<Vec<_>>().join(" ");
        let url = change(&|other| other.q = words(&other.q));
        ways.push(Choice::new(t.unexclude(), url));
    }
    if !request.expand || !request.without.is_empty() {
        let widen = |other: &mut SearchRequest| {
            other.expand = true;
            other.without.clear();
        };
        ways.push(Choice::new(t.reexpand(), change(&widen)));
    }
    ways
}
