use askama::Template;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, RawQuery, State};
use axum::http::StatusCode;
use axum::response::Response;
use lawcite_core::audit::Finding;

use super::labels;
use super::{Ui, failed, not_found, show};
use crate::links::encoded;
use crate::parameters::Parameters;
use crate::wire::{self, AuditRequest, AuditResponse, AuditedCitation, DifferenceSegment};
use crate::{ApiError, AppState};

/// What became of everything that a list cites.
#[derive(Template)]
#[template(path = "audit.html")]
struct AuditPage {
    ui: Ui,
    document_url: String,
    /// Label, count, the address that shows them alone, and whether they are shown alone.
    filters: Vec<Filter>,
    /// Under which address everything is shown.
    all: String,
    csv: String,
    xlsx: String,
    /// The number of the first citation shown.
    first: usize,
    earlier: Option<String>,
    later: Option<String>,
    /// Its citations are those of this page.
    audit: AuditResponse,
}

/// So many citations are on a page.
const ON_A_PAGE: usize = 200;

struct Filter {
    label: &'static str,
    count: usize,
    url: String,
    is_chosen: bool,
}

impl AuditPage {
    /// The page of the citations from `offset` on.
    fn new(mut audit: AuditResponse, request: &AuditRequest, offset: usize, ui: Ui) -> AuditPage {
        let links = &ui.links;
        let id = encoded(&audit.document.id);
        let page = links.to(&format!("/audit/{id}"));
        let findings: String = request.finding.iter().map(|finding| format!("&finding={}", finding.name())).collect();
        let download = |format: &str| links.to(&format!("/api/v1/documents/{id}/audit?format={format}{findings}"));
        let shown = audit.citations.len();
        let offset = offset.min(shown);
        audit.citations = audit.citations.drain(offset..shown.min(offset + ON_A_PAGE)).collect();
        let at = |offset: usize| format!("{page}?offset={offset}{findings}");
        let filters = audit.totals.findings.iter().map(|count| Filter {
            label: ui.t.finding(count.finding),
            count: count.count,
            url: format!("{page}?finding={}", count.finding.name()),
            is_chosen: request.finding.contains(&count.finding),
        });
        AuditPage {
            document_url: links.unit(&audit.document.id),
            filters: filters.collect(),
            csv: download("csv"),
            xlsx: download("xlsx"),
            first: offset + 1,
            earlier: (offset > 0).then(|| at(offset.saturating_sub(ON_A_PAGE))),
            later: (offset + ON_A_PAGE < shown).then(|| at(offset + ON_A_PAGE)),
            all: page.clone(),
            audit,
            ui,
        }
    }

    /// Whether the list should be put right.
    fn warns(&self, citation: &AuditedCitation) -> bool {
        citation.finding.calls_for_change()
    }

    /// What is known of the statute: whether it is in force, and what stands in its place.
    fn standing(&self, citation: &AuditedCitation) -> String {
        let successor = citation.successor.as_ref().map(|of| labels::successor(self.ui.t, citation.status, of));
        let status = Some(labels::status(self.ui.t, citation.status).to_owned()).filter(|status| !status.is_empty());
        status.into_iter().chain(successor).collect::<Vec<_>>().join(" · ")
    }

    /// Where it stands in the file: 工作表“附表1” 第 3 行 第 5 列, or 第 47 行.
    fn place(&self, place: &wire::AuditPlace) -> String {
        let t = self.ui.t;
        let sheet = place.sheet.as_ref().map(|sheet| t.sheet(sheet));
        let row = place.row.map(|row| t.row(row));
        let column = place.column.map(|column| t.in_column(column));
        let line = place.line.filter(|_| place.row.is_none()).map(|line| t.in_line(line));
        [sheet, row, column, line].into_iter().flatten().collect::<Vec<_>>().join(" ")
    }
}

/// `GET /audit/{document}`.
pub(super) async fn page(
    ui: Ui,
    State(state): State<AppState>,
    id: Result<Path<String>, PathRejection>,
    RawQuery(query): RawQuery,
) -> Response {
    let Ok(Path(id)) = id else { return not_found(ui) };
    let mut parameters = Parameters::parse_leniently(query.as_deref());
    let offset = parameters.all("offset").first().and_then(|offset| offset.parse().ok()).unwrap_or(0);
    let findings = parameters.all("finding");
    let request = AuditRequest { finding: findings.iter().filter_map(|name| Finding::from_name(name)).collect() };
    let shown = ui.clone();
    let answer = state.read(move |index, links| {
        let audit = wire::audit(index, &links.on_this_host(), &id, &request)?;
        let page = audit.map(|audit| AuditPage::new(audit, &request, offset, shown));
        Ok::<_, ApiError>(page.map(|page| show(StatusCode::OK, &page)))
    });
    match answer.await {
        Ok(page) => page.unwrap_or_else(|| not_found(ui)),
        Err(error) => failed(ui, &error),
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
