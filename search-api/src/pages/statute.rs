use askama::Template;
use axum::extract::{RawQuery, State};
use axum::http::{StatusCode, Uri};
use axum::response::{IntoResponse, Redirect, Response};
use lawcite_core::citation::NameIndex;
use lawcite_core::document::DocumentHeader;
use lawcite_core::index::{Index, IndexError};
use lawcite_core::statute::{Event, StatuteHeader, split_statute_id};
use lawcite_core::unit::{Detail, Unit};

use super::{failed, labels, not_found, show};
use crate::AppState;
use crate::links::{Links, Place};
use crate::parameters::{Parameters, id_from_path};
use crate::wire::{self, ArticleParagraph, ArticleResponse, CitedByRequest, Standing, find_statute, headings};

/// Contents of so many chapters are shown; longer ones are opened by whoever wants them.
const SHORT: usize = 20;

/// A whole statute.
#[derive(Template)]
#[template(path = "statute.html")]
struct StatutePage {
    links: Links,
    head: Head,
    history: Vec<Event>,
    chapters: Vec<Chapter>,
}

/// One article.
#[derive(Template)]
#[template(path = "article.html")]
struct ArticlePage {
    links: Links,
    head: Head,
    answer: ArticleResponse,
    /// The articles of this number in other versions: date and address.
    versions: Vec<(String, String)>,
    previous: Option<String>,
    next: Option<String>,
    /// Fewer and more of the units that cite it.
    earlier: Option<String>,
    later: Option<String>,
    /// The number of the first citing unit shown.
    first: usize,
}

/// What stands above a statute and each of its articles.
struct Head {
    name: String,
    title: String,
    url: String,
    /// Level, issuer, version, standing: what is known of them.
    facts: Vec<String>,
    /// The newest version, if this is another one.
    newest: Option<(String, String)>,
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
    paragraphs: Vec<ArticleParagraph>,
}

enum Found {
    Statute(Box<StatutePage>),
    Article(Box<ArticlePage>),
    /// It has another address.
    Elsewhere(String),
    Nothing,
}

/// `GET /s/{statute}` and `GET /s/{statute}/article/{n}`.
pub(super) async fn page(State(state): State<AppState>, uri: Uri, RawQuery(query): RawQuery) -> Response {
    let Some(id) = uri.path().strip_prefix("/s/").and_then(id_from_path) else { return not_found(&state) };
    let window = Parameters::parse_leniently(query.as_deref()).citing_page();
    let links = state.links().on_this_host();
    let found =
        state.read_generation(move |generation, _| find(generation.index(), generation.names(), &id, window, links));
    match found.await {
        Ok(Found::Statute(page)) => show(StatusCode::OK, &*page),
        Ok(Found::Article(page)) => show(StatusCode::OK, &*page),
        Ok(Found::Elsewhere(url)) => Redirect::temporary(&url).into_response(),
        Ok(Found::Nothing) => not_found(&state),
        Err(error) => failed(&state, &error),
    }
}

fn find(index: &Index, names: &NameIndex, id: &str, window: CitedByRequest, links: Links) -> Result<Found, IndexError> {
    let (called, place) = id.split_once('/').unwrap_or((id, ""));
    let Some((document, statute)) = find_statute(index, names, called) else { return Ok(Found::Nothing) };
    // An identifier is an address, and so is its name for the newest version; a nickname leads to it.
    let full = if place.is_empty() { document.id.clone() } else { format!("{}/{place}", document.id) };
    if called != document.id && called != statute.name {
        return Ok(Found::Elsewhere(links.unit(&full)));
    }
    if place.is_empty() {
        return StatutePage::new(index, document, statute, links).map(|page| Found::Statute(Box::new(page)));
    }
    if !Place::of(&full).anchor.is_empty() {
        let known = index.unit(&full)?.is_some();
        return Ok(if known { Found::Elsewhere(links.unit(&full)) } else { Found::Nothing });
    }
    let number = place.strip_prefix("article/").unwrap_or_default();
    match wire::article(index, names, &links, &document.id, number, window)? {
        Some(answer) => {
            let head = Head::new(index, document, statute, &links)?;
            Ok(Found::Article(Box::new(ArticlePage::new(head, answer, window, links))))
        }
        None => Ok(Found::Nothing),
    }
}

impl Head {
    fn new(
        index: &Index,
        document: &DocumentHeader,
        statute: &StatuteHeader,
        links: &Links,
    ) -> Result<Head, IndexError> {
        let standing = Standing::of(&index.resolver(), document, statute)?;
        let version = statute.version.date().map(|date| format!("{date}文本"));
        let successor = standing.successor.as_ref().map(|of| labels::successor(standing.status, of));
        let known = Some(labels::status(standing.status).to_owned()).filter(|status| !status.is_empty());
        let level = statute.level.map(|level| level.name().to_owned());
        let facts = [level, document.issuer.clone(), version, known, successor];
        let versions = index.versions(&statute.name);
        let newest = versions.last().filter(|(newest, _)| newest.id != document.id);
        Ok(Head {
            name: statute.name.clone(),
            title: document.title.clone(),
            url: links.unit(&document.id),
            facts: facts.into_iter().flatten().collect(),
            newest: newest.map(|(newest, of)| (date(of), links.unit(&newest.id))),
            versions: versions
                .iter()
                .map(|(other, of)| (date(of), (other.id != document.id).then(|| links.unit(&other.id))))
                .collect(),
        })
    }
}

fn date(statute: &StatuteHeader) -> String {
    statute.version.date().unwrap_or("日期不详").to_owned()
}

impl StatutePage {
    fn new(
        index: &Index,
        document: &DocumentHeader,
        statute: &StatuteHeader,
        links: Links,
    ) -> Result<StatutePage, IndexError> {
        let units = index.document(&document.id)?.map(|(_, units)| units).unwrap_or_default();
        Ok(StatutePage {
            head: Head::new(index, document, statute, &links)?,
            history: statute.history.clone(),
            chapters: Chapter::all(&units, &links),
            links,
        })
    }
}

impl Chapter {
    fn all(units: &[Unit], links: &Links) -> Vec<Chapter> {
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
                entries: units.iter().map(|unit| Entry::new(unit, links)).collect(),
            });
            before = path;
        }
        chapters
    }
}

impl Entry {
    fn new(unit: &Unit, links: &Links) -> Entry {
        let place = unit.id.split_once('/').map_or("", |(_, place)| place);
        let label = match &unit.detail {
            Detail::Article { path, .. } => Some((path.to_string(), links.unit(&unit.id))),
            _ => None,
        };
        Entry { anchor: place.replace('/', "-"), label, paragraphs: ArticleParagraph::all(&unit.passage.text) }
    }
}

impl ArticlePage {
    fn new(head: Head, answer: ArticleResponse, window: CitedByRequest, links: Links) -> ArticlePage {
        let at = |offset: usize| format!("{}?offset={offset}#cited-by", answer.article.url);
        let end = window.offset + window.limit;
        let version = |id: &String| {
            let (statute, _) = id.split_once('/').unwrap_or((id, ""));
            let version = split_statute_id(statute).1.and_then(|version| version.date().map(str::to_owned));
            (version.unwrap_or_else(|| "日期不详".to_owned()), links.unit(id))
        };
        ArticlePage {
            versions: answer.versions.iter().map(version).collect(),
            previous: answer.previous.as_deref().map(|id| links.unit(id)),
            next: answer.next.as_deref().map(|id| links.unit(id)),
            earlier: (window.offset > 0).then(|| at(window.offset.saturating_sub(window.limit))),
            later: (end < answer.cited_by_total && end <= CitedByRequest::FARTHEST).then(|| at(end)),
            first: window.offset + 1,
            head,
            answer,
            links,
        }
    }
}
