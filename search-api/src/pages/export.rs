//! Results, and lists or parts of them, as tables for spreadsheet programs.

use axum::extract::{RawQuery, State};
use axum::http::Uri;
use axum::response::Response;
use lawcite_core::index::{Index, IndexError};
use lawcite_core::unit::{Detail, Kind, Unit};

use super::document::is_under;
use super::language::Language;
use super::place::Places;
use super::{Ui, failed, labels, not_found};
use crate::export::{Format, Table, download};
use crate::links::Links;
use crate::parameters::{Parameters, id_from_path};
use crate::wire::{self, Hit, Resolution, SearchRequest, Segment};
use crate::{ApiError, AppState};

/// So many results fit into a table.
const MOST_RESULTS: usize = 1000;

/// `GET /export/search.csv`: what `GET /` shows, from the first result on.
pub(super) async fn search(ui: Ui, State(state): State<AppState>, RawQuery(query): RawQuery) -> Response {
    let request = Parameters::parse_leniently(query.as_deref()).search_page();
    if !(1..=SearchRequest::LONGEST).contains(&request.q.chars().count()) {
        let detail = ui.t.too_long(SearchRequest::LONGEST);
        return failed(ui, &ApiError::Parameter { parameter: "q".to_owned(), detail });
    }
    let t = ui.t;
    let file = state.read(move |index, links| {
        let request = SearchRequest { limit: MOST_RESULTS, offset: 0, ..request };
        let answer = wire::search(index, &request, links)?;
        let heading =
            vec![t.number(), t.kinds(), t.heading(), t.text(), t.document(), t.path(), t.same_elsewhere(), t.address()];
        let rows = (1_usize..).zip(answer.hits).map(|(number, hit)| result(t, number, hit, links)).collect();
        download(Format::Csv, "lawcite", &[Table { name: request.q, heading, rows }])
    });
    file.await.unwrap_or_else(|error| failed(ui, &error))
}

fn result(t: Language, number: usize, hit: Hit, links: &Links) -> Vec<String> {
    let words = |segments: &[Segment]| segments.iter().map(|segment| segment.text.as_str()).collect::<String>();
    let clauses: Vec<String> = hit.clauses.iter().map(|clause| words(&clause.segments)).collect();
    let path: Vec<&str> = hit.path.iter().map(|step| step.label.as_str()).collect();
    vec![
        number.to_string(),
        t.kind(&hit.kind).to_owned(),
        words(&hit.heading),
        clauses.join("\n"),
        hit.document.map(|document| document.title).unwrap_or_default(),
        path.join(" › "),
        hit.also_total.to_string(),
        links.unit(&hit.id),
    ]
}

/// `GET /export/d/{document}.csv` and `GET /export/d/{document}/{place}.csv`.
pub(super) async fn document(ui: Ui, State(state): State<AppState>, uri: Uri) -> Response {
    let path = uri.path().strip_prefix("/export/d/").and_then(|path| path.strip_suffix(".csv"));
    let Some(id) = path.and_then(id_from_path) else { return not_found(ui) };
    let (t, name) = (ui.t, id.replace('/', "-"));
    let file = state.read(move |index, links| {
        let table = units(index, t, &id, links)?;
        table.map(|table| download(Format::Csv, &name, &[table])).transpose()
    });
    match file.await {
        Ok(Some(file)) => file,
        Ok(None) => not_found(ui),
        Err::<_, ApiError>(error) => failed(ui, &error),
    }
}

/// The units of a list or of a page of it.
fn units(index: &Index, t: Language, id: &str, links: &Links) -> Result<Option<Table>, IndexError> {
    let document = id.split('/').next().unwrap_or(id);
    let Some((header, units)) = index.document(document)?.filter(|(header, _)| header.statute.is_none()) else {
        return Ok(None);
    };
    let places = Places::new(header, &units);
    let resolver = index.resolver();
    let mut rows = Vec::new();
    for unit in units.iter().filter(|unit| is_under(id, &unit.id)) {
        let (statute, article, text) = parts(unit);
        let remarks = match resolver.provision(unit)?.map(Resolution::from) {
            Some(resolution) => labels::check(t, &resolution, links),
            None => Vec::new(),
        };
        let remarks: Vec<String> = remarks.into_iter().map(|remark| remark.text).collect();
        rows.push(vec![
            t.kind(&unit.kind).to_owned(),
            if unit.kind == Kind::Cell { places.citation(unit) } else { places.name(&unit.id) },
            statute,
            article,
            text,
            remarks.join(" · "),
            links.unit(&unit.id),
        ]);
    }
    let heading = vec![t.kinds(), t.path(), t.statutes(), t.articles(), t.text(), t.check(), t.address()];
    Ok((!rows.is_empty()).then(|| Table { name: header.title.clone(), heading, rows }))
}

/// The statute and the place in it that a unit cites as its ground, and its words.
fn parts(unit: &Unit) -> (String, String, String) {
    let text = unit.passage.text.as_str();
    match &unit.detail {
        Detail::Citation { statute, .. } => (statute.clone(), String::new(), text.to_owned()),
        Detail::Provision { statute, label, circumstances, .. } => {
            let words: Vec<&str> = circumstances.iter().map(|span| span.slice(text)).collect();
            let words = if words.is_empty() { text[label.range().end..].to_owned() } else { words.join("；") };
            (statute.clone(), label.slice(text).to_owned(), words)
        }
        Detail::ListItem { ordinal } => (String::new(), String::new(), format!("{ordinal}{text}")),
        _ => (String::new(), String::new(), text.to_owned()),
    }
}
