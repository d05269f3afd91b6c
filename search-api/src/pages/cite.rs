use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use lawcite_core::citation::resolve::Outcome;

use super::labels::{self, Remark};
use super::{Ui, failed, show};
use crate::limits::WholeBody;
use crate::parameters::Parameters;
use crate::wire::{self, Citation, ExtractRequest};
use crate::{ApiError, AppState};

/// The largest form that is read: it writes each byte of a text as three (`%E6`).
pub(super) const LARGEST_FORM: usize = 3 * ExtractRequest::LARGEST + 1024;

/// A text whose citations are to be checked, and what they mean.
#[derive(Template)]
#[template(path = "cite.html")]
struct CitePage {
    ui: Ui,
    text: String,
    /// What went wrong with it.
    problem: Option<String>,
    /// What was found, `None` before anything was asked.
    found: Option<Found>,
}

struct Found {
    pieces: Vec<Piece>,
    citations: Vec<Cited>,
    /// How many of them lead nowhere.
    lost: usize,
}

/// A stretch of the text: a citation, or what stands between two.
struct Piece {
    text: String,
    /// The citation's number, from one, and whether it leads somewhere.
    citation: Option<(usize, bool)>,
}

/// A citation and what it means.
struct Cited {
    number: usize,
    text: String,
    canonical: Option<String>,
    leads: bool,
    meaning: Vec<Remark>,
}

/// `GET /cite`.
pub(super) async fn form(ui: Ui) -> Response {
    show(StatusCode::OK, &CitePage { ui, text: String::new(), problem: None, found: None })
}

/// `POST /cite` with the field `text`.
pub(super) async fn page(ui: Ui, State(state): State<AppState>, body: Result<WholeBody, ApiError>) -> Response {
    let refused = |status: StatusCode, ui: Ui, problem: String| {
        show(status, &CitePage { ui, text: String::new(), problem: Some(problem), found: None })
    };
    let too_long = |ui: Ui| {
        let problem = ui.t.text_too_long(ExtractRequest::LARGEST);
        refused(StatusCode::PAYLOAD_TOO_LARGE, ui, problem)
    };
    let form = match &body {
        Ok(body) => std::str::from_utf8(&body.bytes).ok(),
        Err(ApiError::BodyTooLarge) => return too_long(ui),
        Err(ApiError::Body(_)) => None,
        Err(error) => return failed(ui, error),
    };
    let texts = form.map(|form| Parameters::parse_leniently(Some(form)).all("text")).unwrap_or_default();
    let Some(text) = texts.into_iter().next() else {
        let problem = ui.t.text_unreadable().to_owned();
        return refused(StatusCode::BAD_REQUEST, ui, problem);
    };
    if text.len() > ExtractRequest::LARGEST {
        return too_long(ui);
    }
    let text = text.replace("\r\n", "\n");
    let shown = ui.clone();
    let answer = state.read_generation(move |generation, _| {
        let citations = wire::extract(generation.index(), generation.names(), &text)?.citations;
        let found = Some(Found::new(&text, &citations, &shown));
        Ok::<_, wire::WireError>(CitePage { ui: shown, text, problem: None, found })
    });
    match answer.await {
        Ok(page) => show(StatusCode::OK, &page),
        Err(error) => failed(ui, &error),
    }
}

impl Found {
    fn new(text: &str, citations: &[Citation], ui: &Ui) -> Found {
        let cited: Vec<Cited> =
            (1..).zip(citations).map(|(number, citation)| Cited::new(number, citation, ui)).collect();
        let mut pieces = Vec::new();
        let (mut characters, mut at) = (text.chars(), 0);
        let mut take = |end: usize, citation| {
            let text: String = characters.by_ref().take(end - at).collect();
            at = end;
            if !text.is_empty() {
                pieces.push(Piece { text, citation });
            }
        };
        for (citation, cited) in citations.iter().zip(&cited) {
            take(citation.start, None);
            take(citation.end, Some((cited.number, cited.leads)));
        }
        take(text.chars().count(), None);
        Found { pieces, lost: cited.iter().filter(|cited| !cited.leads).count(), citations: cited }
    }
}

impl Cited {
    fn new(number: usize, citation: &Citation, ui: &Ui) -> Cited {
        let resolution = citation.resolution.as_ref();
        let outcome = resolution.map_or(Outcome::Unresolved, |resolution| resolution.outcome);
        Cited {
            number,
            text: citation.text.clone(),
            canonical: citation.canonical.clone().filter(|canonical| *canonical != citation.text),
            leads: matches!(outcome, Outcome::Resolved | Outcome::OtherVersion),
            meaning: resolution.map(|resolution| labels::meaning(ui.t, resolution, &ui.links)).unwrap_or_default(),
        }
    }
}
