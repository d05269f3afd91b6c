//! The generation that serves, and the move to the next one.

use std::fs;
use std::sync::{Arc, OnceLock, PoisonError, RwLock};
use std::time::{Duration, Instant, SystemTime};

use lawcite_core::citation::NameIndex;
use lawcite_core::index::{Index, IndexError, IndexFolder};

/// How often a refused generation is tried again: what kept it from opening may have been a passing want of files or memory.
const TRY_AGAIN_AFTER: Duration = Duration::from_secs(60);

/// An open generation, and what is made of it once.
pub(crate) struct Generation {
    index: Arc<Index>,
    names: OnceLock<NameIndex>,
}

impl Generation {
    fn new(index: Index) -> Generation {
        Generation { index: Arc::new(index), names: OnceLock::new() }
    }

    pub(crate) fn index(&self) -> &Arc<Index> {
        &self.index
    }

    /// The names of the statutes in it. Made when a text is first read for citations.
    pub(crate) fn names(&self) -> &NameIndex {
        self.names.get_or_init(|| self.index.name_index())
    }
}

/// The open generation of an index, replaced when a newer one is published.
pub(crate) struct Live {
    folder: IndexFolder,
    generation: RwLock<Arc<Generation>>,
}

/// What `current` said: the name, and when it was written. An index that was deleted and built again has the old name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Published {
    name: String,
    written: Option<SystemTime>,
}

impl Published {
    /// The generation's name.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }
}

impl Live {
    pub(crate) fn new(folder: IndexFolder, index: Index) -> Live {
        Live { folder, generation: RwLock::new(Arc::new(Generation::new(index))) }
    }

    /// The generation that serves now. Whoever holds it can go on reading it after a newer one has come.
    pub(crate) fn generation(&self) -> Arc<Generation> {
        Arc::clone(&self.generation.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// What is published now, `None` where nothing is.
    pub(crate) fn published(&self) -> Result<Option<Published>, IndexError> {
        let Some(name) = self.folder.current()? else { return Ok(None) };
        let written = fs::metadata(self.folder.path().join("current")).and_then(|file| file.modified()).ok();
        Ok(Some(Published { name, written }))
    }

    /// Opens what is published and serves it from now on. If it does not open, what served before goes on.
    fn reload(&self) -> Result<(), IndexError> {
        let index = Index::open(self.folder.path())?;
        tracing::info!(generation = index.generation(), units = index.manifest().counts.units, "new generation serves");
        let generation = Arc::new(Generation::new(index));
        let mut serving = self.generation.write().unwrap_or_else(PoisonError::into_inner);
        let before = std::mem::replace(&mut *serving, generation);
        drop(serving);
        drop(before); // outside the lock: it may be the last to hold the old generation
        Ok(())
    }
}

/// Follows what is published. Each [`look`](Follower::look) reads one small file; it belongs on a blocking thread.
pub(crate) struct Follower {
    live: Arc<Live>,
    /// What serves.
    seen: Option<Published>,
    /// What did not open, and when that was.
    refused: Option<(Published, Instant)>,
    /// Whether the last look failed, so that a lasting failure is logged once.
    blind: bool,
}

impl Follower {
    /// Follows from `seen` on, which was read before the generation that serves was opened.
    pub(crate) fn new(live: Arc<Live>, seen: Option<Published>) -> Follower {
        Follower { live, seen, refused: None, blind: false }
    }

    pub(crate) fn look(&mut self) {
        let published = match self.live.published() {
            Ok(published) => published,
            Err(error) => {
                if !self.blind {
                    tracing::error!(error = %error, "cannot tell which generation is current");
                }
                self.blind = true;
                return;
            }
        };
        self.blind = false;
        // An index that is being deleted has no `current`; what is open stays readable.
        let Some(published) = published.filter(|published| self.seen.as_ref() != Some(published)) else { return };
        let again = self.refused.as_ref().filter(|(refused, _)| *refused == published);
        if again.is_some_and(|(_, since)| since.elapsed() < TRY_AGAIN_AFTER) {
            return;
        }
        match self.live.reload() {
            Ok(()) => {
                self.seen = Some(published);
                self.refused = None;
            }
            Err(error) => {
                let error = &error as &dyn std::error::Error;
                tracing::error!(
                    generation = published.name,
                    error,
                    "a new generation does not open, the old one goes on"
                );
                self.refused = Some((published, Instant::now()));
            }
        }
    }
}
