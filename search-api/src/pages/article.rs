use askama::Template;
use lawcite_core::statute::split_statute_id;
use lawcite_core::unit::Unit;

use super::Ui;
use super::marks::Marker;
use super::permalink::{Changed, Permalink};
use super::place::Places;
use super::statute::Head;
use crate::wire::{ArticleParagraph, ArticleResponse, CitedByRequest, Segment};

/// One article.
#[derive(Template)]
#[template(path = "article.html")]
pub(super) struct ArticlePage {
    ui: Ui,
    head: Head,
    answer: ArticleResponse,
    paragraphs: Vec<MarkedParagraph>,
    permalink: Permalink,
    changed: Option<Changed>,
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

/// 款, with what was looked for marked.
pub(super) struct MarkedParagraph {
    pub(super) number: usize,
    pub(super) text: Vec<Segment>,
    /// 项.
    pub(super) items: Vec<Vec<Segment>>,
}

impl MarkedParagraph {
    /// Those of an article's text.
    pub(super) fn all(text: &str, marker: &Marker) -> Vec<MarkedParagraph> {
        let paragraph = |paragraph: ArticleParagraph| MarkedParagraph {
            number: paragraph.number,
            text: marker.segments(&paragraph.text),
            items: paragraph.items.iter().map(|item| marker.segments(&item.text)).collect(),
        };
        ArticleParagraph::all(text).into_iter().map(paragraph).collect()
    }
}

impl ArticlePage {
    #[expect(clippy::too_many_arguments, reason = "each is a part of the page, put together once")]
    pub(super) fn new(
        head: Head,
        answer: ArticleResponse,
        unit: &Unit,
        places: &Places,
        marker: &Marker,
        window: CitedByRequest,
        changed: Option<Changed>,
        ui: Ui,
    ) -> ArticlePage {
        let at = |offset: usize| format!("{}?offset={offset}#cited-by", answer.article.url);
        let end = window.offset + window.limit;
        let version = |id: &String| {
            let (statute, _) = id.split_once('/').unwrap_or((id, ""));
            let version = split_statute_id(statute).1.and_then(|version| version.date().map(str::to_owned));
            (version.unwrap_or_else(|| ui.t.undated().to_owned()), ui.links.unit(id))
        };
        ArticlePage {
            paragraphs: MarkedParagraph::all(&unit.passage.text, marker),
            permalink: Permalink::new(&unit.id, &unit.passage.text, places.citation(unit), &ui.links),
            versions: answer.versions.iter().map(version).collect(),
            previous: answer.previous.as_deref().map(|id| ui.links.unit(id)),
            next: answer.next.as_deref().map(|id| ui.links.unit(id)),
            earlier: (window.offset > 0).then(|| at(window.offset.saturating_sub(window.limit))),
            later: (end < answer.cited_by_total && end <= CitedByRequest::FARTHEST).then(|| at(end)),
            first: window.offset + 1,
            changed,
            head,
            answer,
            ui,
        }
    }
}
