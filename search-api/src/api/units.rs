use axum::Json;
use axum::extract::{RawQuery, State};
use axum::http::Uri;

use super::openapi::{NotFound, Problems};
use crate::parameters::{Parameters, id_from_path};
use crate::wire::{self, UnitResponse};
use crate::{ApiError, AppState};

/// A unit and what is around it
#[utoipa::path(
    get,
    path = "/api/v1/units/{id}",
    tag = "documents",
    params((
        "id" = String,
        Path,
        description = "The unit's identifier, percent-encoded segment by segment: its slashes stay.",
        example = "boshan-hrss-2015/duty/4/citation/1/article/92"
    )),
    responses((status = 200, description = "The unit.", body = UnitResponse), NotFound, Problems)
)]
pub(super) async fn unit(
    State(state): State<AppState>,
    uri: Uri,
    RawQuery(query): RawQuery,
) -> Result<Json<UnitResponse>, ApiError> {
    Parameters::parse(query.as_deref())?.finish()?;
    let id = uri.path().strip_prefix("/api/v1/units/").and_then(id_from_path);
    let not_found = || ApiError::NotFound("there is no such unit".to_owned());
    let id = id.ok_or_else(not_found)?;
    state.read(move |index, links| wire::unit(index, &id, links)).await?.map(Json).ok_or_else(not_found)
}
