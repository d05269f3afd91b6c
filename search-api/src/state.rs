//! What all routes share.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use lawcite_core::index::{Index, IndexError, IndexFolder, IndexPlace};

use crate::follow::follow;
use crate::limits::{Entrance, Limits};
use crate::links::Links;
use crate::live::{Generation, Live, Soundness};
use crate::metrics::{Metrics, Stage};
use crate::missed::MissedQueries;
use crate::observe::AccessLog;
use crate::server::Connections;
use crate::wire::{SearchRequest, SearchResponse};
use crate::{ApiError, Origins};

/// The index that is served and where it is served. Cheap to clone: all clones share it.
#[derive(Clone)]
pub struct AppState {
    live: Arc<Live>,
    links: Arc<Links>,
    origins: Arc<Origins>,
    entrance: Arc<Entrance>,
    connections: Arc<Connections>,
    metrics: Arc<Metrics>,
    /// Whether `/metrics` is on the public listener.
    shows_metrics: bool,
    access_log: AccessLog,
    missed: Option<Arc<MissedQueries>>,
    started: Instant,
}

impl AppState {
    /// Opens the current generation of the index in `folder`; if that is damaged, the one before it, if that is sound. The
    /// bytes of a generation that opens are checked meanwhile, and nothing is answered from one that was found damaged. Reads
    /// files: not for an async thread.
    ///
    /// # Errors
    ///
    /// If neither opens, as [`Index::open`] says of the current one.
    pub fn open(folder: impl Into<PathBuf>, links: Links) -> Result<AppState, IndexError> {
        AppState::open_at(IndexFolder::new(folder).into(), links)
    }

    /// The same of an index wherever it is.
    ///
    /// # Errors
    ///
    /// As [`open`](AppState::open).
    pub fn open_at(place: IndexPlace, links: Links) -> Result<AppState, IndexError> {
        let (limits, metrics) = (Limits::default(), Arc::new(Metrics::new()));
        Ok(AppState {
            live: Live::open(place)?,
            links: Arc::new(links),
            origins: Arc::default(),
            connections: Arc::new(Connections::new(limits.connections, metrics.connections.clone())),
            entrance: Arc::new(Entrance::new(limits, &metrics)),
            metrics,
            shows_metrics: true,
            access_log: AccessLog::default(),
            missed: None,
            started: Instant::now(),
        })
    }

    /// Lets pages of these sites read the API and load the widget.
    #[must_use]
    pub fn allowing(self, origins: Origins) -> AppState {
        AppState { origins: Arc::new(origins), ..self }
    }

    /// Keeps to these limits instead of the default ones.
    #[must_use]
    pub fn limited(self, limits: Limits) -> AppState {
        AppState {
            connections: Arc::new(Connections::new(limits.connections, self.metrics.connections.clone())),
            entrance: Arc::new(Entrance::new(limits, &self.metrics)),
            ..self
        }
    }

    /// Logs requests in this way instead of the default one.
    #[must_use]
    pub fn logging(self, access_log: AccessLog) -> AppState {
        AppState { access_log, ..self }
    }

    /// Writes down queries that find nothing.
    #[must_use]
    pub fn noting_missed(self, missed: MissedQueries) -> AppState {
        AppState { missed: Some(Arc::new(missed)), ..self }
    }

    /// Keeps `/metrics` off the routes that everyone reaches.
    pub(crate) fn measured_elsewhere(self) -> AppState {
        AppState { shows_metrics: false, ..self }
    }

    /// Whether everyone reaches `/metrics`.
    pub(crate) fn shows_metrics(&self) -> bool {
        self.shows_metrics
    }

    /// Who is let in.
    pub(crate) fn entrance(&self) -> &Entrance {
        &self.entrance
    }

    /// Who is connected.
    pub(crate) fn connections(&self) -> &Arc<Connections> {
        &self.connections
    }

    /// What is counted.
    pub(crate) fn metrics(&self) -> &Metrics {
        &self.metrics
    }

    /// What is logged of requests.
    pub(crate) fn access_log(&self) -> AccessLog {
        self.access_log
    }

    /// Takes note of what a search took, and of one that found nothing. Filters apart: what they leave out was found.
    pub(crate) fn searched(&self, request: &SearchRequest, answer: &SearchResponse) {
        let took = &answer.took_us;
        self.metrics.spent(Stage::Understand, took.understand);
        self.metrics.spent(Stage::Search, took.search);
        self.metrics.spent(Stage::Highlight, took.highlight);
        let Some(missed) = &self.missed else { return };
        let is_missed = answer.total == 0 && answer.notices.is_empty() && request.is_unfiltered();
        if is_missed && !missed.note(&request.q) {
            self.metrics.missed_dropped.inc();
        }
    }

    /// The sites that may.
    pub(crate) fn origins(&self) -> &Origins {
        &self.origins
    }

    /// The generation that serves now.
    pub fn index(&self) -> Arc<Index> {
        Arc::clone(self.live.generation().index())
    }

    /// Addresses.
    pub fn links(&self) -> &Links {
        &self.links
    }

    /// How long this has been serving.
    pub fn uptime(&self) -> Duration {
        self.started.elapsed()
    }

    /// What is known of the bytes of what serves.
    pub(crate) fn soundness(&self) -> Soundness {
        self.live.soundness()
    }

    /// Whether the cluster that the index lies in did not answer when it was last asked.
    pub(crate) fn is_cut_off(&self) -> bool {
        self.live.is_cut_off()
    }

    /// What is wrong with what was published last, if it does not serve for that.
    pub(crate) fn damage(&self) -> Option<Arc<str>> {
        self.live.damage()
    }

    /// Moves to every new generation as it is published. Runs until it is dropped.
    pub async fn follow(self) {
        follow(self.live, self.metrics.reloads.clone()).await;
    }

    /// Reads the index on a thread that may take its time, when it is this request's turn.
    pub(crate) async fn read<T, E>(
        &self,
        read: impl FnOnce(&Index, &Links) -> Result<T, E> + Send + 'static,
    ) -> Result<T, ApiError>
    where
        T: Send + 'static,
        E: Into<ApiError> + Send + 'static,
    {
        self.read_generation(move |generation, links| read(generation.index(), links)).await
    }

    /// As [`read`](AppState::read), for what needs more than the index.
    pub(crate) async fn read_generation<T, E>(
        &self,
        read: impl FnOnce(&Generation, &Links) -> Result<T, E> + Send + 'static,
    ) -> Result<T, ApiError>
    where
        T: Send + 'static,
        E: Into<ApiError> + Send + 'static,
    {
        let generation = self.live.checked().await.map_err(|_| ApiError::Damaged)?;
        let slot = self.entrance.enter().await?;
        let links = Arc::clone(&self.links);
        let span = tracing::Span::current();
        let reading = tokio::task::spawn_blocking(move || {
            // Held to the end, also where nobody waits for the answer any more.
            let _slot = slot;
            span.in_scope(|| read(&generation, &links))
        });
        match reading.await {
            Ok(answer) => answer.map_err(Into::into),
            Err(panicked) => Err(ApiError::internal(panicked)),
        }
    }
}
