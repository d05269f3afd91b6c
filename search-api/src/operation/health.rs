use std::time::{SystemTime, UNIX_EPOCH};

use axum::Json;
use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;

use crate::api::{NotReady, Refusals};
use crate::live::Soundness;
use crate::{ApiError, AppState};

/// That the process answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct Health {
    /// Always `ok`.
    status: &'static str,
    /// How long it has been serving.
    uptime_seconds: u64,
}

/// What it answers from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct Readiness {
    /// Always `ready`.
    status: &'static str,
    /// The generation of the index that serves.
    generation: String,
    /// When it was written, in seconds since 1970.
    created: u64,
    /// How old it is.
    age_seconds: u64,
    /// How many documents it holds.
    documents: u64,
    /// How many units.
    units: u64,
    /// What is wrong with what was published last, while another generation serves for that.
    damage: Option<String>,
}

/// Whether the process answers
#[utoipa::path(
    get,
    path = "/healthz",
    tag = "operation",
    responses((status = 200, description = "It does.", body = Health), Refusals)
)]
pub(crate) async fn healthz(State(state): State<AppState>) -> Json<Health> {
    Json(Health { status: "ok", uptime_seconds: state.uptime().as_secs() })
}

/// Which index it answers from
///
/// Not ready while the index is damaged and none before it is sound, or while the cluster that it lies in does not answer.
#[utoipa::path(
    get,
    path = "/readyz",
    tag = "operation",
    responses((status = 200, description = "It is ready.", body = Readiness), Refusals, NotReady)
)]
pub(crate) async fn readyz(State(state): State<AppState>) -> Result<Json<Readiness>, ApiError> {
    if let Soundness::Damaged(_) = state.soundness() {
        return Err(ApiError::Damaged);
    }
    if state.is_cut_off() {
        return Err(ApiError::Cluster("asked what is published, it does not say".into()));
    }
    let index = state.index();
    let manifest = index.manifest();
    let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    Ok(Json(Readiness {
        status: "ready",
        generation: index.generation().to_owned(),
        created: manifest.created,
        age_seconds: now.saturating_sub(manifest.created),
        documents: manifest.counts.documents,
        units: manifest.counts.units,
        damage: state.damage().map(|damage| damage.to_string()),
    }))
}
