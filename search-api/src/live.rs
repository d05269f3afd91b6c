//! The generation that serves, and what is known of its bytes.
//!
//! A generation opens after a look at its manifest and its files' sizes; every byte is checked while it serves already, and
//! once a day from then on. If one is not what was written, the generation before it takes its place, if that one is sound;
//! otherwise nothing serves until it is found in order again: a wrong answer is worse than none.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::thread;
use std::time::{Duration, Instant, SystemTime};

use lawcite_core::citation::NameIndex;
use lawcite_core::index::{Index, IndexError, IndexPlace};
use tokio::sync::watch;

use crate::background::giving_way;

/// So long an answer waits for the first check of the bytes it is read from: within it a gigabyte is read, from a disk
/// that is in order.
const WAIT_FOR_CHECK: Duration = Duration::from_secs(2);
/// How often every byte is checked again. Disks forget.
const CHECK_EVERY: Duration = Duration::from_secs(24 * 60 * 60);
/// How soon it is tried again after a check that failed: what cannot be read may be readable a little later.
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

/// What is published, as a look at the folder tells. An index that was deleted and built again has the old name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Published {
    pub(crate) name: String,
    written: Option<SystemTime>,
}

/// What serves. All of it changes together.
#[derive(Clone)]
struct Serving {
    generation: Arc<Generation>,
    soundness: Soundness,
    since: Instant,
    /// What is wrong with what was published after it and does not serve for that.
    refused: Option<Arc<str>>,
}

impl Serving {
    fn new(index: Index, soundness: Soundness) -> Serving {
        Serving { generation: Arc::new(Generation::new(index)), soundness, since: Instant::now(), refused: None }
    }
}

/// The open generation of an index, replaced when a newer one is published.
pub(crate) struct Live {
    place: IndexPlace,
    serving: watch::Sender<Serving>,
    /// What was published when this was opened, whether or not that is what serves.
    opened: Option<Published>,
    check_due: Mutex<Instant>,
    is_cut_off: AtomicBool,
}

impl Live {
    /// Opens what is published, or else what was published before. Reads files: not for an async thread.
    pub(crate) fn open(place: IndexPlace) -> Result<Arc<Live>, IndexError> {
        let opened = published(&place).ok().flatten();
        let (index, soundness) = match without_panic(&place.path(), || place.open()) {
            Ok(index) => (index, Soundness::Checking),
            // What the cluster cannot say now says nothing of what is published.
            Err(error) if error.is_of_cluster() => return Err(error),
            Err(error) => {
                let error = if place.is_empty() { error } else { lost(error) };
                let Some(index) = previous(&place, &error) else { return Err(error) };
                (index, Soundness::Previous(message(&error)))
            }
        };
        let is_checked = soundness != Soundness::Checking;
        let serving = watch::Sender::new(Serving::new(index, soundness));
        let live = Arc::new(Live {
            place,
            serving,
            opened,
            check_due: Mutex::new(Instant::now() + CHECK_EVERY),
            is_cut_off: AtomicBool::new(false),
        });
        if !is_checked {
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
        Arc::clone(&self.serving.borrow().generation)
    }

    /// The same for an answer: not before its bytes were checked, unless that takes long.
    ///
    /// # Errors
    ///
    /// What is wrong with it, if it must not be answered from.
    pub(crate) async fn checked(&self) -> Result<Arc<Generation>, Arc<str>> {
        let mut serving = self.serving.subscribe();
        let deadline = serving.borrow().since + WAIT_FOR_CHECK;
        let known = serving.wait_for(|serving| serving.soundness != Soundness::Checking);
        // Whichever comes first: what is known then decides.
        let _ = tokio::time::timeout_at(deadline.into(), known).await;
        let Serving { generation, soundness, .. } = self.serving.borrow().clone();
        match soundness {
            Soundness::Damaged(reason) => Err(reason),
            _ => Ok(generation),
        }
    }

    pub(crate) fn soundness(&self) -> Soundness {
        self.serving.borrow().soundness.clone()
    }

    /// What is wrong with what was published last, if it does not serve for that.
    pub(crate) fn damage(&self) -> Option<Arc<str>> {
        let Serving { soundness, refused, .. } = self.serving.borrow().clone();
        match soundness {
            Soundness::Previous(reason) | Soundness::Damaged(reason) => Some(reason),
            Soundness::Checking | Soundness::Sound => refused,
        }
    }

    /// What is published now, `None` where nothing is.
    ///
    /// # Errors
    ///
    /// If that cannot be told, which whoever asks for the [`damage`](Live::damage) is told then.
    pub(crate) fn published(&self) -> Result<Option<Published>, IndexError> {
        let published = match published(&self.place) {
            Ok(None) if !self.place.is_empty() => Err(lost(IndexError::Missing { folder: self.place.path() })),
            published => published,
        };
        let is_cut_off = published.as_ref().err().is_some_and(IndexError::is_of_cluster);
        self.is_cut_off.store(is_cut_off, Ordering::Relaxed);
        published.inspect_err(|error| {
            if !is_cut_off {
                self.refuse(error);
            }
        })
    }

    /// Whether the cluster that the index lies in did not answer when it was last asked what is published.
    pub(crate) fn is_cut_off(&self) -> bool {
        self.is_cut_off.load(Ordering::Relaxed)
    }

    fn refuse(&self, error: &IndexError) {
        self.serving.send_modify(|serving| serving.refused = Some(message(error)));
    }

    /// What was refused once is no longer what is published.
    pub(crate) fn forget_refused(&self) {
        self.serving.send_modify(|serving| serving.refused = None);
    }

    /// How often to ask what is published.
    pub(crate) fn look_every(&self) -> Duration {
        self.place.look_every()
    }

    /// What was published when this was opened.
    pub(crate) fn opened(&self) -> Option<Published> {
        self.opened.clone()
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
            let index = self.place.open_verified()?;
            index.gather_as(before.index())?;
            let next = Serving::new(index, Soundness::Sound);
            if before.names.get().is_some() {
                next.generation.names();
            }
            Ok(next)
        };
        let next = giving_way(|| without_panic(&self.place.path(), open)).inspect_err(|error| {
            if matches!(error, IndexError::Damaged { .. }) {
                self.refuse(error);
            }
        })?;
        let index = next.generation.index();
        tracing::info!(generation = index.generation(), units = index.manifest().counts.units, "new generation serves");
        self.replace(|_| true, next);
        self.check_again_after(CHECK_EVERY);
        Ok(())
    }

    /// Whether it is time to [`check`](Live::check).
    pub(crate) fn is_check_due(&self) -> bool {
        *self.check_due.lock().unwrap_or_else(PoisonError::into_inner) <= Instant::now()
    }

    fn check_again_after(&self, time: Duration) {
        *self.check_due.lock().unwrap_or_else(PoisonError::into_inner) = Instant::now() + time;
    }

    /// Reads every byte of the generation that serves. What cannot be read is no damage yet: it is tried again.
    pub(crate) fn check(&self) {
        let generation = self.generation();
        let index = generation.index();
        let problems = index.verify();
        let Some(problem) = problems.iter().find(|problem| !problem.is_unread).or(problems.first()) else {
            tracing::debug!(generation = index.generation(), "every byte is as it was written");
            self.judge(&generation, |known| match known {
                Soundness::Checking | Soundness::Damaged(_) => Soundness::Sound,
                known => known,
            });
            return self.check_again_after(CHECK_EVERY);
        };
        let (path, reason) = (index.folder().join(&problem.file), problem.reason.clone());
        let error = IndexError::Damaged { path, reason };
        self.check_again_after(TRY_AGAIN_AFTER);
        if problem.is_unread {
            tracing::error!(file = problem.file, reason = problem.reason, "the index cannot be checked");
            return;
        }
        let is_same = |serving: &Serving| Arc::ptr_eq(&serving.generation, &generation);
        match previous(&self.place, &error) {
            Some(before) => self.replace(is_same, Serving::new(before, Soundness::Previous(message(&error)))),
            None => {
                tracing::error!(error = %error, "the index is damaged, nothing is answered from it");
                self.judge(&generation, |_| Soundness::Damaged(message(&error)));
            }
        }
    }

    /// Changes what is known of a generation, if it still serves.
    fn judge(&self, generation: &Arc<Generation>, judge: impl FnOnce(Soundness) -> Soundness) {
        self.serving.send_if_modified(|serving| {
            let is_it = Arc::ptr_eq(&serving.generation, generation);
            if is_it {
                serving.soundness = judge(serving.soundness.clone());
            }
            is_it
        });
    }

    /// Serves `next`, if what serves `is_to_go`.
    fn replace(&self, is_to_go: impl FnOnce(&Serving) -> bool, next: Serving) {
        let mut next = Some(next);
        self.serving.send_if_modified(|serving| {
            let goes = is_to_go(serving);
            if goes && let Some(next) = &mut next {
                std::mem::swap(serving, next);
            }
            goes
        });
        drop(next); // outside the lock: it may be the last to hold the old generation
    }
}

/// What is published, `None` where nothing is.
fn published(place: &IndexPlace) -> Result<Option<Published>, IndexError> {
    let Some(name) = place.current()? else { return Ok(None) };
    Ok(Some(Published { name, written: place.published_at()? }))
}

/// Where there are generations but nothing is said to be published, what said so was lost.
fn lost(error: IndexError) -> IndexError {
    match error {
        IndexError::Missing { folder: root } => {
            let reason = "it is not there".to_owned();
            IndexError::Damaged { path: root.join("current"), reason }
        }
        error => error,
    }
}

/// The generation before the one that `error` is about, if it is sound.
fn previous(place: &IndexPlace, error: &IndexError) -> Option<Index> {
    if place.is_empty() {
        return None;
    }
    match without_panic(&place.path(), || place.open_previous()) {
        Ok(Some(index)) => {
            tracing::error!(error = %error, serving = index.generation(), "another generation serves instead");
            Some(index)
        }
        Ok(None) => None,
        Err(also) => {
            tracing::error!(error = %also, "nor can another generation serve");
            None
        }
    }
}

/// What the search library makes of damaged files may be a panic: it trusts what it has written.
fn without_panic<T>(path: &Path, open: impl FnOnce() -> Result<T, IndexError>) -> Result<T, IndexError> {
    catch_unwind(AssertUnwindSafe(open)).unwrap_or_else(|_| {
        let reason = "it cannot be read; `lawcite verify` names the file".to_owned();
        Err(IndexError::Damaged { path: path.to_owned(), reason })
    })
}

fn message(error: &IndexError) -> Arc<str> {
    error.to_string().into()
}

#[cfg(test)]
mod tests {
    use std::fs;

    use lawcite_core::index::{GenerationWriter, IndexFolder};
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
        let live = Live::open(IndexFolder::new(index).into()).expect("one of them opens");
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
        let error = Live::open(IndexFolder::new(folder.path()).into()).err().expect("none is sound");
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
    fn what_is_whole_again_serves_again() {
        let folder = index(1);
        let live = open(folder.path());
        damage(folder.path(), "000001");
        live.check();
        assert!(matches!(live.soundness(), Soundness::Damaged(_)));
        damage(folder.path(), "000001"); // the same bit once more
        live.check();
        assert_eq!(live.soundness(), Soundness::Sound);
    }

    #[cfg(unix)]
    #[test]
    fn what_cannot_be_read_is_no_damage_but_checked_again_soon() {
        let folder = index(2);
        let live = open(folder.path());
        let path = folder.path().join("generations/000002/tables.bin");
        let bytes = fs::read(&path).expect("readable");
        fs::remove_file(&path).expect("removable");
        std::os::unix::fs::symlink(&path, &path).expect("a link that leads nowhere");
        live.check();
        assert_eq!((live.soundness(), &*serving(&live)), (Soundness::Sound, "000002"));
        let due = *live.check_due.lock().expect("nobody panics");
        assert!(due <= Instant::now() + TRY_AGAIN_AFTER, "soon");
        fs::remove_file(&path).expect("removable");
        fs::write(&path, bytes).expect("writable");
        live.check();
        assert_eq!((live.soundness(), &*serving(&live)), (Soundness::Sound, "000002"));
    }

    #[test]
    fn a_check_that_comes_too_late_replaces_nothing() {
        let folder = index(2);
        let live = open(folder.path());
        let late = live.generation();
        let lock = IndexFolder::new(folder.path()).lock_for_writing().expect("nobody else writes");
        GenerationWriter::begin(&lock, &LexiconFiles::default(), false)
            .and_then(|writer| writer.publish(Vec::new()))
            .expect("a generation");
        live.reload().expect("it is in order");
        live.judge(&late, |_| Soundness::Damaged("it was".into()));
        assert_eq!((live.soundness(), &*serving(&live)), (Soundness::Sound, "000003"));
    }

    #[test]
    fn where_nothing_tells_which_generation_is_current_the_newest_serves() {
        for current in [None, Some("0000"), Some("000001 00\n"), Some("nonsense\n")] {
            let folder = index(2);
            let path = folder.path().join("current");
            match current {
                Some(text) => fs::write(&path, text).expect("writable"),
                None => fs::remove_file(&path).expect("removable"),
            }
            let live = open(folder.path());
            assert_eq!(serving(&live), "000002", "{current:?}");
            assert!(live.damage().is_some(), "{current:?}: whoever asks is told");
        }
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
        let damage = live.damage().expect("whoever asks is told");
        assert!(damage.contains("000002/tables.bin"), "{damage}");
    }
}
