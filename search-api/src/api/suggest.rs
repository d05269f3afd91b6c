use axum::Json;
use axum::extract::{RawQuery, State};

use super::openapi::Problems;
use crate::parameters::Parameters;
use crate::wire::{self, SuggestRequest, Suggestions};
use crate::{ApiError, AppState};

/// Names for what is being typed
///
/// Names that begin with it come before names that have it inside, letters before sounds. A number behind a statute's name is
/// completed to its articles.
#[utoipa::path(
    get,
    path = "/api/v1/suggest",
    tag = "search",
    params(SuggestRequest),
    responses((status = 200, description = "The names, best first.", body = Suggestions), Problems)
)]
pub(super) async fn suggest(
    State(state): State<AppState>,
    RawQuery(query): RawQuery,
) -> Result<Json<Suggestions>, ApiError> {
    let request = Parameters::parse(query.as_deref())?.suggest()?;
    state.read(move |index, _| wire::suggest(index, &request)).await.map(Json)
}
