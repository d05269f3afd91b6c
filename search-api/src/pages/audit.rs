use askama::Template;
use axum::extract::{Path, RawQuery, State};
use axum::http::StatusCode;
use axum::response::Response;
use lawcite_core::audit::Finding;

use super::labels;
use super::{failed, not_found, show};
use crate::links::{Links, encoded};
use crate::parameters::Parameters;
use crate::wire::{self, AuditRequest, AuditResponse, AuditedCitation, DifferenceSegment, WireError};
use crate::{ApiError, AppState, export};

/// What became of everything that a list cites.
#[derive(Template)]
#[template(path = "audit.html")]
struct AuditPage {
    links: Links,
    document_url: String,
    /// Label, count, the address that shows them alone, and whether they are shown alone.
    filters: Vec<Filter>,
    /// Under which address everything is shown.
    all: String,
    csv: String,
    xlsx: String,
    audit: AuditResponse,
}

struct Filter {
    label: String,
    count: usize,
    url: String,
    is_chosen: bool,
}

impl AuditPage {
    fn new(audit: AuditResponse, request: &AuditRequest, links: Links) -> AuditPage {
        let id = encoded(&audit.document.id);
        let page = links.to(&format!("/audit/{id}"));
        let download = |format: &str| {
            let findings: String =
                request.finding.iter().map(|finding| format!("&finding={}", finding.name())).collect();
            links.to(&format!("/api/v1/documents/{id}/audit?format={format}{findings}"))
        };
        let filters = audit.totals.findings.iter().map(|count| Filter {
            label: count.label.clone(),
            count: count.count,
            url: format!("{page}?finding={}", count.finding.name()),
            is_chosen: request.finding.contains(&count.finding),
        });
        AuditPage {
            document_url: links.unit(&audit.document.id),
            filters: filters.collect(),
            csv: download("csv"),
            xlsx: download("xlsx"),
            all: page,
            audit,
            links,
        }
    }

    /// Whether the list should be put right.
    fn warns(&self, citation: &AuditedCitation) -> bool {
        citation.finding.calls_for_change()
    }

    /// What is known of the statute: whether it is in force, and what stands in its place.
    fn standing(&self, citation: &AuditedCitation) -> String {
        let successor = citation.successor.as_ref().map(|of| labels::successor(citation.status, of));
        let status = Some(labels::status(citation.status).to_owned()).filter(|status| !status.is_empty());
        status.into_iter().chain(successor).collect::<Vec<_>>().join(" · ")
    }

    fn place(&self, place: &wire::AuditPlace) -> String {
        export::place(place)
    }
}

/// `GET /audit/{document}`.
pub(super) async fn page(State(state): State<AppState>, Path(id): Path<String>, RawQuery(query): RawQuery) -> Response {
    let findings = Parameters::parse_leniently(query.as_deref()).all("finding");
    let request = AuditRequest { finding: findings.iter().filter_map(|name| Finding::from_name(name)).collect() };
    let links = state.links().on_this_host();
    let wanted = request.clone();
    let found: Result<Option<AuditResponse>, ApiError> = state
        .read(move |index, links| wire::audit(index, &links.on_this_host(), &id, &wanted).map_err(WireError::from))
        .await;
    match found {
        Ok(Some(audit)) => show(StatusCode::OK, &AuditPage::new(audit, &request, links)),
        Ok(None) => not_found(&state),
        Err(error) => failed(&state, &error),
    }
}

/// The element in which a stretch of a comparison is shown; none where both texts have it.
pub(crate) fn element(segment: &DifferenceSegment) -> &'static str {
    use lawcite_core::audit::SegmentKind::{Added, Removed, Same};
    match segment.kind {
        Same => "span",
        Removed => "del",
        Added => "ins",
    }
}
