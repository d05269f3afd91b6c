//! What all routes share.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use lawcite_core::index::{Index, IndexError, IndexFolder};

use crate::follow::follow;
use crate::links::Links;
use crate::live::{Generation, Live, Soundness};
use crate::{ApiError, Origins};

/// The index that is served and where it is served. Cheap to clone: all clones share it.
#[derive(Clone)]
pub struct AppState {
    live: Arc<Live>,
    links: Arc<Links>,
    origins: Arc<Origins>,
    started: Instant,
}

impl AppState {
    /// Opens the current generation of the index in `folder`; if that is damaged, the one before it, if that is sound. The
    /// bytes of a generation that opens are checked meanwhile, and nothing is answered from a damaged one. Reads files: not
    /// for an async thread.
    ///
    /// # Errors
    ///
    /// If neither opens, as [`Index::open`] says of the current one.
    pub fn open(folder: impl Into<PathBuf>, links: Links) -> Result<AppState, IndexError> {
        Ok(AppState {
            live: Live::open(IndexFolder::new(folder))?,
            links: Arc::new(links),
            origins: Arc::default(),
            started: Instant::now(),
        })
    }

    /// Lets pages of these sites read the API and load the widget.
    #[must_use]
    pub fn allowing(self, origins: Origins) -> AppState {
        AppState { origins: Arc::new(origins), ..self }
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

    /// Moves to every new generation as it is published. Runs until it is dropped.
    pub async fn follow(self) {
        follow(self.live).await;
    }

    /// Reads the index on a thread that may take its time.
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
        let links = Arc::clone(&self.links);
        match tokio::task::spawn_blocking(move || read(&generation, &links)).await {
            Ok(answer) => answer.map_err(Into::into),
            Err(panicked) => Err(ApiError::internal(panicked)),
        }
    }
}
