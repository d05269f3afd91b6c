//! What all routes share.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use lawcite_core::index::{Index, IndexError, IndexFolder};

use crate::links::Links;
use crate::live::{Follower, Generation, Live, Published};
use crate::{ApiError, Origins};

/// How often a running server looks for a new generation.
const LOOK_EVERY: Duration = Duration::from_millis(200);

/// The index that is served and where it is served. Cheap to clone: all clones share it.
#[derive(Clone)]
pub struct AppState {
    live: Arc<Live>,
    /// What was published before the first generation was opened.
    at_start: Option<Published>,
    links: Arc<Links>,
    origins: Arc<Origins>,
    started: Instant,
}

impl AppState {
    /// Opens the current generation of the index in `folder`. Reads files: not for an async thread.
    ///
    /// # Errors
    ///
    /// If [`Index::open`] does not open it.
    pub fn open(folder: impl Into<PathBuf>, links: Links) -> Result<AppState, IndexError> {
        let folder = IndexFolder::new(folder);
        let index = Index::open(folder.path())?;
        let name = index.generation().to_owned();
        let live = Live::new(folder, index);
        // If a generation was published since, the one that serves is not it, and the first look will find out.
        let at_start = live.published()?.filter(|published| published.name() == name);
        Ok(AppState {
            live: Arc::new(live),
            at_start,
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

    /// Moves to every new generation as it is published. Runs until it is dropped.
    pub async fn follow(self) {
        let mut follower = Follower::new(Arc::clone(&self.live), self.at_start.clone());
        let mut interval = tokio::time::interval(LOOK_EVERY);
        interval.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        loop {
            interval.tick().await;
            let looking = tokio::task::spawn_blocking(move || {
                follower.look();
                follower
            });
            follower = match looking.await {
                Ok(follower) => follower,
                Err(error) => {
                    tracing::error!(error = %error, "looking for a new generation failed");
                    Follower::new(Arc::clone(&self.live), None)
                }
            };
        }
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
        let (generation, links) = (self.live.generation(), Arc::clone(&self.links));
        match tokio::task::spawn_blocking(move || read(&generation, &links)).await {
            Ok(answer) => answer.map_err(Into::into),
            Err(panicked) => Err(ApiError::internal(panicked)),
        }
    }
}
