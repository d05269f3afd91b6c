//! The routes that operators look at.

mod health;
mod metrics;

use axum::Router;
use axum::routing::get;

use crate::AppState;
use crate::app::{nothing_here, other_method, with_common_layers};

pub(crate) use health::{__path_healthz, __path_readyz};
pub(crate) use metrics::__path_metrics;

/// `/healthz`, `/readyz`, `/metrics`: never queued, never limited, so that they answer when nothing else does.
pub(crate) fn router(with_metrics: bool) -> Router<AppState> {
    let router = Router::new().route("/healthz", get(health::healthz)).route("/readyz", get(health::readyz));
    if with_metrics { router.route("/metrics", get(metrics::metrics)) } else { router }
}

/// These alone, for a listener of their own.
pub(crate) fn app(state: AppState) -> Router {
    let routes = router(true).fallback(nothing_here).method_not_allowed_fallback(other_method);
    with_common_layers(routes.with_state(state.clone()), state)
}
