use std::any::Any;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;

use axum::extract::Request;
use axum::middleware::Next;
use axum::response::Response;
use futures_util::FutureExt;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::timeout;

use super::rate::RateLimit;
use super::{Admission, Client, Limits, Slot};
use crate::metrics::{Metrics, Shed, Shedding};
use crate::{ApiError, AppState};

/// Keeps to the [`Limits`].
pub(crate) struct Entrance {
    limits: Limits,
    admission: Admission,
    rate: Option<RateLimit>,
    body_memory: Arc<Semaphore>,
    answer_memory: Arc<Semaphore>,
    shed: Shedding,
    metrics: Arc<Metrics>,
}

impl Entrance {
    pub(crate) fn new(limits: Limits, metrics: &Arc<Metrics>) -> Entrance {
        let shed = metrics.shed.clone();
        Entrance {
            admission: Admission::new(&limits, shed.clone()),
            rate: RateLimit::new(&limits),
            body_memory: memory(limits.body_memory),
            answer_memory: memory(limits.answer_memory),
            shed,
            metrics: Arc::clone(metrics),
            limits,
        }
    }

    pub(crate) fn limits(&self) -> &Limits {
        &self.limits
    }

    /// Who searches, and who waits for that.
    pub(crate) fn admission(&self) -> &Admission {
        &self.admission
    }

    /// Waits for a place for searching.
    pub(crate) async fn enter(&self) -> Result<Slot, ApiError> {
        self.admission.enter().await
    }

    /// So many bytes of the memory for bodies, `None` if there are not so many.
    pub(super) fn memory_for_body(&self, bytes: usize) -> Option<OwnedSemaphorePermit> {
        Arc::clone(&self.body_memory).try_acquire_many_owned(u32::try_from(bytes).ok()?).ok()
    }

    /// So many bytes of the memory for answers, `None` if there are not so many.
    pub(super) fn memory_for_answer(&self, bytes: u64) -> Option<OwnedSemaphorePermit> {
        Arc::clone(&self.answer_memory).try_acquire_many_owned(u32::try_from(bytes).ok()?).ok()
    }

    /// Counts who is turned away.
    pub(super) fn shedding(&self) -> &Shedding {
        &self.shed
    }

    /// Lets a request count against what its client may ask.
    ///
    /// # Errors
    ///
    /// If that is used up.
    pub(crate) fn take_from_allowance(&self, request: &Request) -> Result<(), ApiError> {
        let (Some(rate), Some(client)) = (&self.rate, request.extensions().get::<Client>()) else { return Ok(()) };
        rate.take(*client).map_err(|wait| {
            self.metrics.rate_limited.inc();
            ApiError::TooManyRequests { retry_after: wait.as_secs() + 1 }
        })
    }
}

fn memory(bytes: usize) -> Arc<Semaphore> {
    Arc::new(Semaphore::new(bytes.min(Semaphore::MAX_PERMITS)))
}

/// Answers a request if its client may ask now, and within the time that there is; a panic is our failure and nobody else's.
pub(crate) async fn guarded(state: &AppState, request: Request, next: Next) -> Result<Response, ApiError> {
    let entrance = state.entrance();
    entrance.take_from_allowance(&request)?;
    let answering = AssertUnwindSafe(next.run(request)).catch_unwind();
    match timeout(entrance.limits.request_time, answering).await {
        Ok(Ok(response)) => Ok(response),
        Ok(Err(panic)) => Err(ApiError::internal(what_it_said(&*panic))),
        Err(_) => Err(entrance.shed.count(Shed::TookTooLong)),
    }
}

fn what_it_said(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().copied().or_else(|| panic.downcast_ref::<String>().map(String::as_str));
    format!("a panic: {}", text.unwrap_or("of no words"))
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use axum::Router;
    use axum::body::Body;
    use axum::http::StatusCode;
    use axum::middleware::from_fn_with_state;
    use axum::routing::get;
    use lawcite_core::index::{GenerationWriter, IndexFolder};
    use lawcite_core::lexicon::LexiconFiles;
    use tower::ServiceExt;

    use super::*;
    use crate::links::Links;
    use crate::{api, app};

    const NEVER: Duration = Duration::from_secs(3600);

    /// A service over an empty index.
    fn state(limits: Limits) -> (AppState, tempfile::TempDir) {
        let folder = tempfile::tempdir().expect("a folder");
        let lock = IndexFolder::new(folder.path()).lock_for_writing().expect("nobody else writes");
        let writer = GenerationWriter::begin(&lock, &LexiconFiles::default(), false).expect("a new generation");
        writer.publish(Vec::new()).expect("a generation");
        (AppState::open(folder.path(), Links::relative()).expect("an index").limited(limits), folder)
    }

    async fn get_from(app: Router, address: &str) -> Response {
        let request = Request::get(address).body(Body::empty()).expect("a request");
        app.oneshot(request).await.expect("the service never fails")
    }

    #[tokio::test]
    async fn a_panic_is_answered_and_the_next_request_too() {
        let (state, _folder) = state(Limits::default());
        let routes = Router::new()
            .route("/panics", get(async || -> &'static str { panic!("on purpose") }))
            .route(
                "/panics/searching",
                get(async |axum::extract::State(state): axum::extract::State<AppState>| {
                    state.read(|_, _| -> Result<&'static str, ApiError> { panic!("on purpose") }).await
                }),
            )
            .route("/works", get(async || "works"));
        let app = routes.route_layer(from_fn_with_state(state.clone(), api::guard)).with_state(state.clone());
        for address in ["/panics", "/panics/searching"] {
            let response = get_from(app.clone(), address).await;
            assert_eq!(response.status(), StatusCode::INTERNAL_SERVER_ERROR, "{address}");
            assert_eq!(response.headers()["content-type"], "application/problem+json", "{address}");
        }
        assert_eq!(get_from(app, "/works").await.status(), StatusCode::OK);
        assert_eq!(state.entrance().admission().searching(), 0, "its place is free again");
    }

    #[tokio::test]
    async fn a_full_queue_is_said_at_once_and_stops_neither_health_nor_styles() {
        let limits = Limits { searches: 1, queue: 0, queue_time: NEVER, request_time: NEVER, ..Limits::default() };
        let (state, _folder) = state(limits);
        let app = app(state.clone());
        let slot = state.entrance().enter().await.expect("nobody searches");
        for (address, kind) in
            [("/api/v1/search?q=a", "application/problem+json"), ("/?q=a", "text/html; charset=utf-8")]
        {
            let response = get_from(app.clone(), address).await;
            assert_eq!(response.status(), StatusCode::SERVICE_UNAVAILABLE, "{address}");
            assert_eq!(response.headers()["retry-after"], "1", "{address}");
            assert_eq!(response.headers()["cache-control"], "no-store", "{address}");
            assert_eq!(response.headers()["content-type"], kind, "{address}");
        }
        for address in ["/healthz", "/readyz", "/metrics", "/assets/style.css", "/widget/element.js"] {
            assert_eq!(get_from(app.clone(), address).await.status(), StatusCode::OK, "{address}");
        }
        drop(slot);
        assert_eq!(get_from(app, "/api/v1/search?q=a").await.status(), StatusCode::OK);
    }

    #[tokio::test]
    async fn a_request_that_takes_too_long_is_answered() {
        let limits = Limits {
            searches: 1,
            queue: 1,
            queue_time: NEVER,
            request_time: Duration::from_millis(20),
            ..Limits::default()
        };
        let (state, _folder) = state(limits);
        let _slot = state.entrance().enter().await.expect("nobody searches");
        let response = get_from(app(state.clone()), "/api/v1/search?q=a").await;
        assert_eq!(response.status(), StatusCode::SERVICE_UNAVAILABLE);
        let metrics = state.metrics().text(&state).expect("text");
        assert!(metrics.contains("lawcite_requests_shed_total{reason=\"took-too-long\"} 1\n"), "{metrics}");
    }
}
