//! The generation that serves, and what is known of its bytes.
//!
//! A generation opens after a look at its manifest and its files' sizes; every byte is checked while it serves already, and
//! once a day from then on. If one is not what was written, the generation before it takes its place, if that one is sound;
//! otherwise nothing serves: a wrong answer is worse than none.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::{Arc, OnceLock, PoisonError, RwLock};
use std::time::Duration;
use std::{fs, io, thread};

use lawcite_core::citation::NameIndex;
use lawcite_core::index::{Index, IndexError, IndexFolder};
use tokio::sync::watch;

use crate::background::giving_way;

/// So long an answer waits for the first check of the bytes it is read from: within it a gigabyte is read, from a disk
/// that is in order.
const WAIT_FOR_CHECK: Duration = Duration::from_secs(2);

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

/// What is known of the bytes of the generation that serves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Soundness {
    /// They are being read.
    Checking,
    /// They are what was written.
    Sound,
    /// They are what was written, but what is published is damaged in this way: the generation before it serves.
    Previous(Arc<str>),
    /// They are not, and there is no other generation: nothing may be answered.
    Damaged(Arc<str>),
}

/// The open generation of an index, replaced when a newer one is published.
pub(crate) struct Live {
    folder: IndexFolder,
    generation: RwLock<Arc<Generation>>,
    soundness: watch::Sender<Soundness>,
}

impl Live {
    /// Opens what is published, or else what was published before. Reads files: not for an async thread.
    pub(crate) fn open(folder: IndexFolder) -> Result<Arc<Live>, IndexError> {
        let (index, soundness) = match without_panic(folder.path(), || Index::open(folder.path())) {
            Ok(index) => (index, Soundness::Checking),
            Err(error) => {
                let Some(index) = previous(folder.path(), &error) else { return Err(error) };
                (index, Soundness::Previous(message(&error)))
            }
        };
        let checked = soundness != Soundness::Checking;
        let generation = RwLock::new(Arc::new(Generation::new(index)));
        let live = Arc::new(Live { folder, generation, soundness: watch::Sender::new(soundness) });
        if !checked {
            let checking = Arc::clone(&live);
            // Without a thread to check it, a generation may be checked before it serves as well.
            match thread::Builder::new().name("check".to_owned()).spawn(move || checking.check()) {
                Ok(_) => {}
                Err(_) => live.check(),
            }
        }
        Ok(live)
    }

    /// The generation that serves now. Whoever holds it can go on reading it after a newer one has come.
    pub(crate) fn generation(&self) -> Arc<Generation> {
        Arc::clone(&self.generation.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// The same for an answer: not before its bytes were checked, unless that takes long.
    ///
    /// # Errors
    ///
    /// What is wrong with it, if it must not be answered from.
    pub(crate) async fn checked(&self) -> Result<Arc<Generation>, Arc<str>> {
        let mut soundness = self.soundness.subscribe();
        let known = soundness.wait_for(|soundness| *soundness != Soundness::Checking);
        // Whichever comes first: what is known then decides.
        let _ = tokio::time::timeout(WAIT_FOR_CHECK, known).await;
        match &*self.soundness.borrow() {
            Soundness::Damaged(reason) => Err(Arc::clone(reason)),
            _ => Ok(self.generation()),
        }
    }

    pub(crate) fn soundness(&self) -> Soundness {
        self.soundness.borrow().clone()
    }

    pub(crate) fn folder(&self) -> &IndexFolder {
        &self.folder
    }

    /// When what is published was published, as the file system says.
    pub(crate) fn written(&self) -> io::Result<std::time::SystemTime> {
        fs::metadata(self.folder.path().join("current")).and_then(|file| file.modified())
    }

    /// Opens what is published, checks every byte, and serves it from now on. Requests come first meanwhile, and find gathered what
    /// they found so in the generation before.
    ///
    /// # Errors
    ///
    /// If it is not in order. What served before goes on.
    pub(crate) fn reload(&self) -> Result<(), IndexError> {
        let before = self.generation();
        let open = || {
            let index = Index::open_verified(self.folder.path())?;
            index.gather_as(before.index())?;
            let next = Generation::new(index);
            if before.names.get().is_some() {
                next.names();
            }
            Ok(next)
        };
        let next = giving_way(|| without_panic(self.folder.path(), open))?;
        let index = next.index();
        tracing::info!(generation = index.generation(), units = index.manifest().counts.units, "new generation serves");
        self.serve(next, Soundness::Sound);
        Ok(())
    }

    /// Reads every byte of the generation that serves.
    pub(crate) fn check(&self) {
        let generation = self.generation();
        let index = generation.index();
        let Some(problem) = index.verify().into_iter().next() else {
            tracing::debug!(generation = index.generation(), "every byte is as it was written");
            self.soundness.send_if_modified(|soundness| {
                let checking = *soundness == Soundness::Checking;
                if checking {
                    *soundness = Soundness::Sound;
                }
                checking
            });
            return;
        };
        if !Arc::ptr_eq(&generation, &self.generation()) {
            return; // another one serves by now
        }
        let error = IndexError::Damaged { path: index.folder().join(problem.file), reason: problem.reason };
        match previous(self.folder.path(), &error) {
            Some(before) => self.serve(Generation::new(before), Soundness::Previous(message(&error))),
            None => {
                tracing::error!(error = %error, "the index is damaged, nothing is answered from it");
                self.soundness.send_replace(Soundness::Damaged(message(&error)));
            }
        }
    }

    fn serve(&self, generation: Generation, soundness: Soundness) {
        let generation = Arc::new(generation);
        let mut serving = self.generation.write().unwrap_or_else(PoisonError::into_inner);
        let before = std::mem::replace(&mut *serving, generation);
        self.soundness.send_replace(soundness);
        drop(serving);
        drop(before); // outside the lock: it may be the last to hold the old generation
    }
}

/// The generation before the one that `error` is about, if it is sound.
fn previous(folder: &Path, error: &IndexError) -> Option<Index> {
    if matches!(error, IndexError::Missing { .. }) {
        return None;
    }
    match without_panic(folder, || Index::open_previous(folder)) {
        Ok(Some(index)) => {
            tracing::error!(error = %error, serving = index.generation(), "the generation before it serves instead");
            Some(index)
        }
        Ok(None) => None,
        Err(also) => {
            tracing::error!(error = %also, "nor can the generation before it serve");
            None
        }
    }
}

/// What the search library makes of damaged files may be a panic: it trusts what it has written.
fn without_panic<T>(folder: &Path, open: impl FnOnce() -> Result<T, IndexError>) -> Result<T, IndexError> {
    catch_unwind(AssertUnwindSafe(open)).unwrap_or_else(|_| {
        let reason = "it cannot be read; `lawcite verify` names the file".to_owned();
        Err(IndexError::Damaged { path: folder.to_owned(), reason })
    })
}

fn message(error: &IndexError) -> Arc<str> {
    error.to_string().into()
}

#[cfg(test)]
mod tests {
    use lawcite_core::index::GenerationWriter;
    use lawcite_core::lexicon::LexiconFiles;

    use super::*;

    /// An index of so many generations, which hold nothing.
    fn index(generations: usize) -> tempfile::TempDir {
        let folder = tempfile::tempdir().expect("a temporary folder");
        for _ in 0..generations {
            let lock = IndexFolder::new(folder.path()).lock_for_writing().expect("nobody else writes");
            let writer = GenerationWriter::begin(&lock, &LexiconFiles::default(), false).expect("a new generation");
            writer.publish(Vec::new()).expect("a generation");
        }
        folder
    }

    /// One bit of a file of this generation is another one from now on.
    fn damage(index: &Path, generation: &str) {
        let path = index.join("generations").join(generation).join("tables.bin");
        let mut bytes = fs::read(&path).expect("readable");
        bytes[0] ^= 1;
        fs::write(&path, bytes).expect("writable");
    }

    fn serving(live: &Live) -> String {
        live.generation().index().generation().to_owned()
    }

    fn open(index: &Path) -> Arc<Live> {
        let live = Live::open(IndexFolder::new(index)).expect("one of them opens");
        while live.soundness() == Soundness::Checking {
            thread::yield_now();
        }
        live
    }

    #[test]
    fn a_sound_index_is_found_sound() {
        let folder = index(2);
        let live = open(folder.path());
        assert_eq!((live.soundness(), &*serving(&live)), (Soundness::Sound, "000002"));
    }

    #[test]
    fn damage_that_shows_at_the_start_is_named_and_the_generation_before_serves() {
        let folder = index(2);
        damage(folder.path(), "000002");
        let live = open(folder.path());
        assert_eq!(serving(&live), "000001");
        let Soundness::Previous(message) = live.soundness() else { panic!("{:?}", live.soundness()) };
        assert!(message.contains("000002/tables.bin` is damaged"), "{message}");
        assert!(message.contains("lawcite index"), "it says what to do: {message}");
    }

    #[test]
    fn where_no_generation_is_sound_none_opens() {
        let folder = index(2);
        damage(folder.path(), "000001");
        damage(folder.path(), "000002");
        let error = Live::open(IndexFolder::new(folder.path())).err().expect("none is sound");
        assert!(error.to_string().contains("000002/tables.bin"), "{error}");
    }

    #[test]
    fn damage_that_comes_later_is_found_by_the_next_check() {
        let folder = index(2);
        let live = open(folder.path());
        damage(folder.path(), "000002");
        live.check();
        assert_eq!(serving(&live), "000001");
        assert!(matches!(live.soundness(), Soundness::Previous(_)));
        damage(folder.path(), "000001");
        live.check();
        assert!(matches!(live.soundness(), Soundness::Damaged(_)), "nothing is answered from what is damaged");
    }

    #[test]
    fn a_damaged_new_generation_is_refused() {
        let folder = index(1);
        let live = open(folder.path());
        let lock = IndexFolder::new(folder.path()).lock_for_writing().expect("nobody else writes");
        let writer = GenerationWriter::begin(&lock, &LexiconFiles::default(), false).expect("a new generation");
        writer.publish(Vec::new()).expect("a generation");
        damage(folder.path(), "000002");
        assert!(live.reload().is_err());
        assert_eq!((live.soundness(), &*serving(&live)), (Soundness::Sound, "000001"));
    }
}
