use askama::Template;
use axum::extract::{RawQuery, State};
use axum::http::{StatusCode, Uri};
use axum::response::{IntoResponse, Redirect, Response};
use lawcite_core::citation::NameIndex;
use lawcite_core::document::DocumentHeader;
use lawcite_core::index::{Index, IndexError};
use lawcite_core::statute::{Event, StatuteHeader};
use lawcite_core::unit::{Detail, Unit};

use super::article::{ArticlePage, MarkedParagraph};
use super::language::Language;
use super::marks::Marker;
use super::permalink::{Changed, Permalink, Remembered};
use super::place::Places;
use super::{Ui, failed, gone, labels, not_found, show};
use crate::links::Place;
use crate::parameters::{PageVisit, Parameters, id_from_path};
use crate::wire::{self, Standing, find_statute, headings};
use crate::{ApiError, AppState};

/// Contents of so many chapters are shown; longer ones are opened by whoever wants them.
const SHORT: usize = 20;

/// A whole statute.
#[derive(Template)]
#[template(path = "statute.html")]
struct StatutePage {
    ui: Ui,
    head: Head,
    history: Vec<Event>,
    chapters: Vec<Chapter>,
    changed: Option<Changed>,
    citation: String,
}

/// What stands above a statute and each of its articles.
pub(super) struct Head {
    pub(super) name: String,
    pub(super) title: String,
    pub(super) url: String,
    /// Level, issuer, version, standing: what is known of them.
    pub(super) facts: Vec<String>,
    /// The newest version, if this is another one.
    pub(super) newest: Option<(String, String)>,
    /// Every version, oldest first: its date, its address unless it is this one.
    versions: Vec<(String, Option<String>)>,
}

/// Units under the same headings.
struct Chapter {
    /// Those of its headings that the chapter before it does not have.
    headings: Vec<Heading>,
    entries: Vec<Entry>,
}

struct Heading {
    anchor: String,
    /// From two: the page's title has the first.
    level: usize,
    text: String,
}

/// An article, or a paragraph outside the articles.
struct Entry {
    anchor: String,
    /// 第九十二条 and its address; nothing for a paragraph.
    label: Option<(String, String)>,
    paragraphs: Vec<MarkedParagraph>,
    permalink: Permalink,
}

enum Found {
    Statute(Box<StatutePage>),
    Article(Box<ArticlePage>),
    /// It has another address.
    Elsewhere(String),
    /// It is not there, though what stood there may stand somewhere else.
    Nothing(Option<Changed>),
}

impl Found {
    fn answer(self, ui: Ui) -> Response {
        match self {
            Found::Statute(page) => show(StatusCode::OK, &*page),
            Found::Article(page) => show(StatusCode::OK, &*page),
            Found::Elsewhere(url) => Redirect::temporary(&url).into_response(),
            Found::Nothing(changed) => gone(ui, changed),
        }
    }
}

/// `GET /s/{statute}` and `GET /s/{statute}/article/{n}`.
pub(super) async fn page(ui: Ui, State(state): State<AppState>, uri: Uri, RawQuery(query): RawQuery) -> Response {
    let Some(id) = uri.path().strip_prefix("/s/").and_then(id_from_path) else { return not_found(ui) };
    let visit = Parameters::parse_leniently(query.as_deref()).visit();
    let shown = ui.clone();
    let answer = state.read_generation(move |generation, _| {
        let found = find(generation.index(), generation.names(), &id, &visit, shown.clone())?;
        Ok::<_, ApiError>(found.answer(shown))
    });
    answer.await.unwrap_or_else(|error| failed(ui, &error))
}

fn find(index: &Index, names: &NameIndex, id: &str, visit: &PageVisit, ui: Ui) -> Result<Found, IndexError> {
    let (called, place) = id.split_once('/').unwrap_or((id, ""));
    let Some((document, statute)) = find_statute(index, names, called) else { return Ok(Found::Nothing(None)) };
    // An identifier is an address, and so is its name for the newest version; a nickname leads to it.
    let full = if place.is_empty() { document.id.clone() } else { format!("{}/{place}", document.id) };
    if called != document.id && called != statute.name {
        return Ok(Found::Elsewhere(ui.links.unit(&full)));
    }
    let remembered = visit.version.as_deref().and_then(Remembered::parse);
    let changed = |units: &[&Unit]| match &remembered {
        Some(remembered) => remembered.changed(index, &document.id, &full, units, &ui.links),
        None => Ok(None),
    };
    let head = Head::new(index, document, statute, &ui)?;
    let marker = Marker::new(index, visit.q());
    if place.is_empty() {
        let units = index.document(&document.id)?.map(|(_, units)| units).unwrap_or_default();
        let changed = changed(&units.iter().collect::<Vec<_>>())?;
        let page = StatutePage::new(head, document, statute, &units, &marker, ui);
        return Ok(Found::Statute(Box::new(StatutePage { changed, ..page })));
    }
    let unit = index.unit(&full)?;
    if !Place::of(&full).anchor.is_empty() {
        return Ok(if unit.is_some() { Found::Elsewhere(ui.links.unit(&full)) } else { Found::Nothing(None) });
    }
    let number = place.strip_prefix("article/").unwrap_or_default();
    let article = wire::article(index, names, &ui.links, &document.id, number, visit.citing)?;
    let changed = changed(&unit.iter().collect::<Vec<_>>())?;
    let Some((answer, unit)) = article.zip(unit) else { return Ok(Found::Nothing(changed)) };
    let places = Places::new(document, &[]);
    let page = ArticlePage::new(head, answer, &unit, &places, &marker, visit.citing, changed, ui);
    Ok(Found::Article(Box::new(page)))
}

impl Head {
    fn new(index: &Index, document: &DocumentHeader, statute: &StatuteHeader, ui: &Ui) -> Result<Head, IndexError> {
        let (t, links) = (ui.t, &ui.links);
        let standing = Standing::of(&index.resolver(), document, statute)?;
        let version = statute.version.date().map(|date| t.version_of(date));
        let successor = standing.successor.as_ref().map(|of| labels::successor(t, standing.status, of));
        let known = Some(labels::status(t, standing.status).to_owned()).filter(|status| !status.is_empty());
        let level = statute.level.map(|level| level.name().to_owned());
        let facts = [level, document.issuer.clone(), version, known, successor];
        let versions = index.versions(&statute.name);
        let newest = versions.last().filter(|(newest, _)| newest.id != document.id);
        Ok(Head {
            name: statute.name.clone(),
            title: document.title.clone(),
            url: links.unit(&document.id),
            facts: facts.into_iter().flatten().collect(),
            newest: newest.map(|(newest, of)| (date(t, of), links.unit(&newest.id))),
            versions: versions
                .iter()
                .map(|(other, of)| (date(t, of), (other.id != document.id).then(|| links.unit(&other.id))))
                .collect(),
        })
    }
}

fn date(t: Language, statute: &StatuteHeader) -> String {
    statute.version.date().unwrap_or(t.undated()).to_owned()
}

impl StatutePage {
    fn new(
        head: Head,
        document: &DocumentHeader,
        statute: &StatuteHeader,
        units: &[Unit],
        marker: &Marker,
        ui: Ui,
    ) -> StatutePage {
        let places = Places::new(document, &[]);
        StatutePage {
            history: statute.history.clone(),
            chapters: Chapter::all(units, &places, marker, &ui),
            citation: places.dated(&document.id),
            changed: None,
            head,
            ui,
        }
    }
}

impl Chapter {
    fn all(units: &[Unit], places: &Places, marker: &Marker, ui: &Ui) -> Vec<Chapter> {
        let mut chapters = Vec::new();
        let (mut before, mut count): (Vec<&str>, usize) = (Vec::new(), 0);
        for units in units.chunk_by(|a, b| headings(a).eq(headings(b))) {
            let path: Vec<&str> = headings(&units[0]).collect();
            let shared = path.iter().zip(&before).take_while(|(a, b)| a == b).count();
            let heading = |(depth, text): (usize, &&str)| {
                count += 1;
                Heading { anchor: format!("chapter-{count}"), level: (depth + 2).min(6), text: (*text).to_owned() }
            };
            chapters.push(Chapter {
                headings: path.iter().enumerate().skip(shared).map(heading).collect(),
                entries: units.iter().map(|unit| Entry::new(unit, places, marker, ui)).collect(),
            });
            before = path;
        }
        chapters
    }
}

impl Entry {
    fn new(unit: &Unit, places: &Places, marker: &Marker, ui: &Ui) -> Entry {
        let place = unit.id.split_once('/').map_or("", |(_, place)| place);
        let label = match &unit.detail {
            Detail::Article { path, .. } => Some((path.to_string(), ui.links.unit(&unit.id))),
            _ => None,
        };
        Entry {
            anchor: place.replace('/', "-"),
            label,
            paragraphs: MarkedParagraph::all(&unit.passage.text, marker),
            permalink: Permalink::new(&unit.id, &unit.passage.text, places.citation(unit), &ui.links),
        }
    }
}
