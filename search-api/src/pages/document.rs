use askama::Template;
use axum::extract::State;
use axum::http::{StatusCode, Uri};
use axum::response::{IntoResponse, Redirect, Response};
use lawcite_core::index::{Index, IndexError};
use lawcite_core::text::Span;
use lawcite_core::unit::{Detail, Kind, Unit};

use super::labels::{self, Remark};
use super::{failed, not_found, show};
use crate::links::{Links, Place, encoded};
use crate::parameters::id_from_path;
use crate::wire::{self, Resolution};
use crate::{ApiError, AppState};

/// A list, or the part of it that stands on a page of its own.
#[derive(Template)]
#[template(path = "document.html")]
struct DocumentPage {
    links: Links,
    title: String,
    document: String,
    document_url: String,
    audit_url: String,
    issuer: Option<String>,
    date: Option<String>,
    /// Whether it is all of the document.
    whole: bool,
    blocks: Vec<Block>,
}

/// A unit on the page.
struct Block {
    /// The element's identifier; empty at the top of a page.
    anchor: String,
    /// That as an address writes it.
    fragment: String,
    kind: Kind,
    /// Of its heading, 0 for none.
    level: u8,
    /// The number before its words.
    label: String,
    heading: String,
    text: String,
    /// Anchor and words.
    circumstances: Vec<(String, String)>,
    /// Of a row the fields with their paragraphs; on the whole document's page none, as every row has a page of its own.
    fields: Vec<(String, Vec<(String, Option<String>)>)>,
    /// Where a row stands in its source.
    place: Option<String>,
    /// For a provision, what is known of the article that it cites.
    check: Vec<Remark>,
    /// That article's text, where it may be shown as the cited one.
    article: Option<String>,
    /// The unit's own address.
    url: String,
}

enum Found {
    Page(Box<DocumentPage>),
    /// The unit is on another page.
    Elsewhere(String),
    Nothing,
}

/// `GET /d/{document}` and `GET /d/{document}/{place}`.
pub(super) async fn page(State(state): State<AppState>, uri: Uri) -> Response {
    let Some(id) = uri.path().strip_prefix("/d/").and_then(id_from_path) else { return not_found(&state) };
    let links = state.links().on_this_host();
    let found: Result<Found, ApiError> = state.read(move |index, _| find(index, &id, links)).await;
    match found {
        Ok(Found::Page(page)) => show(StatusCode::OK, &*page),
        Ok(Found::Elsewhere(url)) => Redirect::temporary(&url).into_response(),
        Ok(Found::Nothing) => not_found(&state),
        Err(error) => failed(&state, &error),
    }
}

fn find(index: &Index, id: &str, links: Links) -> Result<Found, IndexError> {
    let place = Place::of(id);
    if let Some(statute) = index.header(place.document).filter(|header| header.statute.is_some()) {
        let rest = &id[place.document.len()..];
        return Ok(Found::Elsewhere(links.unit(&format!("{}{rest}", statute.id))));
    }
    let Some((header, units)) = index.document(place.document)? else { return Ok(Found::Nothing) };
    let whole = id == place.document;
    if !whole && !place.anchor.is_empty() {
        let known = index.unit(id)?.is_some();
        return Ok(if known { Found::Elsewhere(links.unit(id)) } else { Found::Nothing });
    }
    let on_page =
        |unit: &&Unit| whole || unit.id.strip_prefix(id).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
    let top = if whole { place.document } else { id };
    let resolver = index.resolver();
    let mut blocks = Vec::new();
    for unit in units.iter().filter(on_page) {
        // A row's page shows its cells in their fields, and so does not list them once more.
        if matches!(unit.detail, Detail::Cell { .. }) {
            continue;
        }
        let mut block = Block::new(unit, top, &links);
        if let Some(row) = wire::row(index, unit)?.filter(|_| !whole) {
            block.show_row(&row, index.file_of(&unit.id)?, &links);
        }
        if let Some(resolution) = resolver.provision(unit)?.map(Resolution::from) {
            block.check = labels::check(&resolution, &links);
            block.article = if whole { None } else { cited_text(index, &resolution)? };
        }
        blocks.push(block);
    }
    if blocks.is_empty() && !whole {
        return Ok(Found::Nothing);
    }
    let part = blocks.first().filter(|_| !whole).map(|block| format!("{}{} - ", block.label, block.heading));
    Ok(Found::Page(Box::new(DocumentPage {
        title: part.unwrap_or_default() + &header.title,
        document: header.title.clone(),
        document_url: links.unit(place.document),
        audit_url: links.to(&format!("/audit/{}", encoded(place.document))),
        issuer: header.issuer.clone(),
        date: header.date.clone(),
        whole,
        blocks,
        links,
    })))
}

/// The words of the article that is cited, if they may be shown as such.
fn cited_text(index: &Index, resolution: &Resolution) -> Result<Option<String>, IndexError> {
    let [id] = resolution.ids.as_slice() else { return Ok(None) };
    let unit = if resolution.gives_cited_text() { index.unit(id)? } else { None };
    Ok(unit.filter(|unit| unit.kind == Kind::Article).map(|unit| unit.passage.text))
}

impl Block {
    /// `unit` on the page of `top`.
    fn new(unit: &Unit, top: &str, links: &Links) -> Block {
        let anchor = unit.id[top.len()..].trim_start_matches('/').replace('/', "-");
        let text = unit.passage.text.as_str();
        let words = |span: &Span| span.slice(text).to_owned();
        let mut block = Block {
            fragment: encoded(&anchor),
            kind: unit.kind,
            level: 0,
            label: String::new(),
            heading: String::new(),
            text: text.to_owned(),
            circumstances: Vec::new(),
            fields: Vec::new(),
            place: None,
            check: Vec::new(),
            article: None,
            url: links.unit(&unit.id),
            anchor,
        };
        match &unit.detail {
            Detail::Numbered { no } => {
                block.label = no.map(|no| format!("{no}　")).unwrap_or_default();
                block.become_heading(2);
            }
            Detail::Citation { .. } => block.become_heading(3),
            Detail::Provision { label, circumstances, .. } => {
                block.level = 4;
                block.heading = words(label);
                // Words that belong to no circumstance are shown too.
                block.text =
                    if circumstances.is_empty() { text[label.range().end..].to_owned() } else { String::new() };
                block.circumstances = circumstances
                    .iter()
                    .enumerate()
                    .map(|(at, span)| (format!("{}-circumstance-{}", block.anchor, at + 1), words(span)))
                    .collect();
            }
            Detail::ListItem { ordinal } => block.label.clone_from(ordinal),
            Detail::Service { no, name, .. } => {
                block.label = no.map(|no| format!("{no}　")).unwrap_or_default();
                block.level = 2;
                block.heading = words(name);
                block.text = text[name.range().end..].trim_start().to_owned();
            }
            Detail::Accountability { ordinal, heading, body } => {
                block.label = ordinal.clone().unwrap_or_default();
                if !heading.is_empty() {
                    block.level = 3;
                    block.heading = words(heading);
                    block.text = words(body);
                }
            }
            Detail::Row { no, name, .. } => {
                block.label = no.as_ref().map(|no| format!("{no}　")).unwrap_or_default();
                block.level = 2;
                block.heading = words(name).replace('\n', " ");
                block.text = text[name.range().end..].trim_start().to_owned();
            }
            Detail::Cell { heading, .. } => block.label = format!("{heading}："),
            Detail::Article { path, .. } => {
                block.level = 3;
                block.heading = path.to_string();
            }
            Detail::Plain if unit.kind == Kind::Part => block.become_heading(2),
            Detail::Plain if unit.kind == Kind::Supervision && is_section(&unit.id) => block.become_heading(3),
            Detail::Plain | Detail::StatuteParagraph { .. } => {}
        }
        block
    }

    fn show_row(&mut self, row: &wire::Row, file: Option<&str>, links: &Links) {
        let field = |field: &wire::RowField| {
            let lines = field.text.split('\n').map(str::to_owned);
            let units = field.units.iter().map(|unit| unit.as_ref().map(|unit| links.unit(unit)));
            (field.heading.clone(), lines.zip(units).collect())
        };
        self.fields = row.fields.iter().map(field).collect();
        self.text = String::new();
        let file = file.map(|file| file.rsplit(['/', '\\']).next().unwrap_or(file).to_owned());
        let sheet = row.sheet.as_ref().map(|sheet| format!("工作表“{sheet}”"));
        let place = [file, sheet, Some(format!("第 {} 行", row.row))];
        self.place = Some(place.into_iter().flatten().collect::<Vec<_>>().join(" › "));
    }

    fn become_heading(&mut self, level: u8) {
        self.level = level;
        self.heading = std::mem::take(&mut self.text);
    }

    /// The heading's level on this page: the unit that the page is about has the first.
    fn tag(&self) -> u8 {
        if self.anchor.is_empty() { 1 } else { self.level.max(2) }
    }
}

fn is_section(id: &str) -> bool {
    id.rsplit('/').nth(1) == Some("section")
}
