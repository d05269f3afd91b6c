use askama::Template;
use axum::extract::{RawQuery, State};
use axum::http::{StatusCode, Uri};
use axum::response::{IntoResponse, Redirect, Response};
use lawcite_core::document::DocumentHeader;
use lawcite_core::index::{Index, IndexError};
use lawcite_core::unit::{Detail, Kind, Unit};

use super::block::Block;
use super::compare::Comparison;
use super::labels;
use super::marks::Marker;
use super::permalink::{Changed, Remembered};
use super::place::Places;
use super::{Ui, failed, gone, not_found, show};
use crate::links::{Place, encoded};
use crate::parameters::{PageVisit, Parameters, id_from_path};
use crate::wire::{self, Resolution};
use crate::{ApiError, AppState};

/// A longer table of contents has parts alone: a workbook may have thousands of rows.
const MOST_ENTRIES: usize = 200;

/// A list, or the part of it that stands on a page of its own.
#[derive(Template)]
#[template(path = "document.html")]
struct DocumentPage {
    ui: Ui,
    title: String,
    document: String,
    document_url: String,
    audit_url: String,
    issuer: Option<String>,
    date: Option<String>,
    /// Whether it is all of the document.
    whole: bool,
    contents: Vec<Entry>,
    blocks: Vec<Block>,
    changed: Option<Changed>,
    previous: Option<String>,
    next: Option<String>,
    table: String,
}

/// A line of the table of contents.
struct Entry {
    is_part: bool,
    label: String,
    url: String,
    is_here: bool,
}

enum Found {
    Page(Box<DocumentPage>),
    /// The unit is on another page.
    Elsewhere(String),
    /// It is not there, though what stood there may stand somewhere else.
    Nothing(Option<Changed>),
}

impl Found {
    fn answer(self, ui: Ui) -> Response {
        match self {
            Found::Page(page) => show(StatusCode::OK, &*page),
            Found::Elsewhere(url) => Redirect::temporary(&url).into_response(),
            Found::Nothing(changed) => gone(ui, changed),
        }
    }
}

/// `GET /d/{document}` and `GET /d/{document}/{place}`.
pub(super) async fn page(ui: Ui, State(state): State<AppState>, uri: Uri, RawQuery(query): RawQuery) -> Response {
    let Some(id) = uri.path().strip_prefix("/d/").and_then(id_from_path) else { return not_found(ui) };
    let visit = Parameters::parse_leniently(query.as_deref()).visit();
    let shown = ui.clone();
    let answer = state.read(move |index, _| Ok::<_, ApiError>(find(index, &id, &visit, shown.clone())?.answer(shown)));
    answer.await.unwrap_or_else(|error| failed(ui, &error))
}

fn find(index: &Index, id: &str, visit: &PageVisit, ui: Ui) -> Result<Found, IndexError> {
    let place = Place::of(id);
    if let Some(statute) = index.header(place.document).filter(|header| header.statute.is_some()) {
        let rest = &id[place.document.len()..];
        return Ok(Found::Elsewhere(ui.links.unit(&format!("{}{rest}", statute.id))));
    }
    let remembered = visit.version.as_deref().and_then(Remembered::parse);
    let changed = |page: &str, units: &[&Unit]| match &remembered {
        Some(remembered) => remembered.changed(index, place.document, page, units, &ui.links),
        None => Ok(None),
    };
    let Some((header, units)) = index.document(place.document)? else {
        return changed(id, &[]).map(|changed| Found::Nothing(changed.filter(|found| !found.offered.is_empty())));
    };
    if id != place.document && !place.anchor.is_empty() {
        let known = index.unit(id)?.is_some();
        return Ok(if known { Found::Elsewhere(ui.links.unit(id)) } else { Found::Nothing(None) });
    }
    let on_page: Vec<&Unit> = units.iter().filter(|unit| is_under(id, &unit.id)).collect();
    let changed = changed(id, &on_page)?;
    if on_page.is_empty() {
        return Ok(Found::Nothing(changed));
    }
    let mut page = DocumentPage::new(index, header, &units, id, visit, ui)?;
    page.changed = changed;
    Ok(Found::Page(Box::new(page)))
}

/// Whether the unit `id` stands on the page of `top`, a document or a part of it.
pub(super) fn is_under(top: &str, id: &str) -> bool {
    id.strip_prefix(top).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

impl DocumentPage {
    fn new(
        index: &Index,
        header: &DocumentHeader,
        units: &[Unit],
        id: &str,
        visit: &PageVisit,
        ui: Ui,
    ) -> Result<DocumentPage, IndexError> {
        let whole = id == header.id;
        let (resolver, places, marker) = (index.resolver(), Places::new(header, units), Marker::new(index, visit.q()));
        let mut blocks: Vec<Block> = Vec::new();
        let mut level = u8::from(whole);
        let mut before = None;
        for unit in units.iter().filter(|unit| is_under(id, &unit.id)) {
            // A row's page shows its cells in their fields, and so does not list them once more.
            if matches!(unit.detail, Detail::Cell { .. }) {
                continue;
            }
            let mut block = Block::new(unit, id, &ui, &places, &marker);
            if let Some(row) = wire::row(index, unit)?.filter(|_| !whole) {
                block.show_row(&row, index.file_of(&unit.id)?, &ui, &marker);
            }
            let group = group(unit.kind).or(before);
            block.caption = group.filter(|_| group != before).map(|group| ui.t.kind(&group));
            before = if unit.kind == Kind::Duty { None } else { group };
            if block.level > 0 {
                // The page's title has the first level, and none is left out.
                let own = if whole { block.level } else { block.level - 1 };
                level = own.min(level + 1).max(if blocks.is_empty() && !whole { 1 } else { 2 });
                block.level = level;
            }
            if let Some(resolution) = resolver.provision(unit)?.map(Resolution::from) {
                block.check = labels::check(ui.t, &resolution, &ui.links);
                block.comparison = if whole { None } else { Comparison::new(index, unit, &resolution, &ui.links)? };
            }
            blocks.push(block);
        }
        let mut contents = Entry::all(units, id, &ui);
        let pages: Vec<&Entry> = contents.iter().filter(|entry| !entry.is_part).collect();
        let here = pages.iter().position(|entry| entry.is_here);
        let neighbour = |at: Option<usize>| at.and_then(|at| pages.get(at)).map(|entry| entry.url.clone());
        let (previous, next) = (neighbour(here.and_then(|at| at.checked_sub(1))), neighbour(here.map(|at| at + 1)));
        if contents.len() > MOST_ENTRIES {
            contents.retain(|entry| entry.is_part);
        }
        let part = units.iter().find(|unit| unit.id == id).map(|unit| format!("{} - ", title(unit)));
        Ok(DocumentPage {
            title: part.unwrap_or_default() + &header.title,
            document: header.title.clone(),
            document_url: ui.links.unit(&header.id),
            audit_url: ui.links.to(&format!("/audit/{}", encoded(&header.id))),
            issuer: header.issuer.clone(),
            date: header.date.clone(),
            whole,
            previous,
            next,
            contents,
            blocks,
            changed: None,
            table: ui.links.document_table(id),
            ui,
        })
    }
}

/// What a duty's units of a kind are gathered under.
fn group(kind: Kind) -> Option<Kind> {
    match kind {
        Kind::Item => Some(Kind::Item),
        Kind::Citation | Kind::Provision => Some(Kind::Provision),
        _ => None,
    }
}

/// A unit's title with its number.
fn title(unit: &Unit) -> String {
    let text = unit.passage.text.as_str();
    let (no, words) = match &unit.detail {
        Detail::Numbered { no } => (*no, text),
        Detail::Service { no, name, .. } => (*no, name.slice(text)),
        Detail::Row { name, .. } => (None, name.slice(text).lines().next().unwrap_or_default()),
        _ => (None, text),
    };
    no.map(|no| format!("{no}　")).unwrap_or_default() + words
}

impl Entry {
    /// The parts of a document and what has a page of its own.
    fn all(units: &[Unit], here: &str, ui: &Ui) -> Vec<Entry> {
        let entry = |unit: &Unit| {
            let place = Place::of(&unit.id);
            let is_part = unit.kind == Kind::Part;
            let is_page = !place.page.is_empty() && place.anchor.is_empty();
            let whole = here == place.document;
            // On the document's own page they are further down.
            let anchor = || format!("#{}", encoded(&unit.id[place.document.len() + 1..].replace('/', "-")));
            (is_part || is_page).then(|| Entry {
                is_part,
                label: title(unit),
                url: if whole { anchor() } else { ui.links.unit(&unit.id) },
                is_here: unit.id == here,
            })
        };
        units.iter().filter_map(entry).collect()
    }
}
