//! The folder `index/`: its layout, its locks, and the switch from one generation to the next.
//!
//! ```text
//! index/lock                   held by the one program that writes
//! index/current                the name of the generation that serves and its checksum, replaced by an atomic rename
//! index/generations/000007/    manifest.json, tables.bin, units/ (tantivy), lexicon/
//! index/generations/building-…/  what is being written; nobody reads it
//! ```
//!
//! A generation is complete before its name stands in `current`, and never changes afterwards. A reader holds a shared
//! lock on its manifest; the writer removes a generation only if it is neither the current nor the previous one and
//! nobody holds that lock.

use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, SystemTime};

use super::disk::{self, Disk, LocalDisk};
use super::files;
use super::manifest::Manifest;
use super::writer::{LEXICON, UNITS};
use crate::analyzer::DictionaryError;
use crate::lexicon::LexiconFiles;

/// What can go wrong with an index.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum IndexError {
    /// There is none.
    #[error("no index in `{}`: build one with `lawcite index`", folder.display())]
    Missing {
        /// Where it was looked for.
        folder: PathBuf,
    },
    /// It was written by a program that this one does not understand.
    #[error("the index in `{}` was built by another version ({found}): build it again with `lawcite index --full`", folder.display())]
    OtherVersion {
        /// The generation.
        folder: PathBuf,
        /// What is other about it.
        found: String,
    },
    /// A file of it is not what was written.
    #[error("`{}` is damaged ({reason}): build the index again with `lawcite index --full`", path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// A file is no backup, or not what was written.
    #[error("`{}` cannot be restored ({reason}): take another backup", path.display())]
    Backup {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// Another program is writing.
    #[error("another lawcite is writing to `{}`: wait until it is done", folder.display())]
    Busy {
        /// The index.
        folder: PathBuf,
    },
    /// A file cannot be read.
    #[error("cannot read `{}`", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// A file cannot be written.
    #[error("cannot write `{}`", path.display())]
    Write {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The cluster that holds it failed.
    #[error(transparent)]
    Cluster(#[from] super::cluster::ClusterError),
    /// An index of a cluster cannot have that name.
    #[error("`{name}` is no name for an index: use small letters, digits, `-` and `_`, a letter first")]
    ClusterName {
        /// The name.
        name: String,
    },
    /// The segmentation dictionary cannot be used.
    #[error(transparent)]
    Dictionary(#[from] DictionaryError),
    /// The search library failed.
    #[error("the index cannot be used")]
    Engine(#[from] tantivy::TantivyError),
}

impl IndexError {
    /// Whether it is not about the index but about the cluster that holds its units.
    pub fn is_of_cluster(&self) -> bool {
        matches!(self, IndexError::Cluster(_))
    }

    pub(super) fn read(path: &Path, source: io::Error) -> IndexError {
        IndexError::Read { path: path.to_owned(), source }
    }

    pub(super) fn write(path: &Path, source: io::Error) -> IndexError {
        IndexError::Write { path: path.to_owned(), source }
    }

    pub(super) fn damaged(path: &Path, reason: impl Into<String>) -> IndexError {
        IndexError::Damaged { path: path.to_owned(), reason: reason.into() }
    }
}

/// Something that [`IndexFolder::verify`] found wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The file, as the manifest names it.
    pub file: String,
    /// What is wrong with it.
    pub reason: String,
    /// Whether that is only that it could not be read, which may pass.
    pub is_unread: bool,
}

/// The folder that holds an index.
#[derive(Clone, Debug)]
pub struct IndexFolder {
    root: PathBuf,
    disk: Arc<dyn Disk>,
}

/// A generation that is being read and is not removed as long as this lives.
pub(super) struct Held {
    pub(super) folder: PathBuf,
    pub(super) manifest: Manifest,
    /// A shared lock on the manifest.
    pub(super) lock: File,
}

impl Held {
    /// The first file that is not what was written, if there is one.
    pub(super) fn check(&self, depth: Depth) -> Result<(), IndexError> {
        match verify_files(&self.folder, &self.manifest, depth).into_iter().next() {
            Some(problem) => Err(IndexError::damaged(&self.folder.join(&problem.file), problem.reason)),
            None => Ok(()),
        }
    }
}

const CURRENT: &str = "current";
const GENERATIONS: &str = "generations";
const BUILDING: &str = "building-";

/// How often, and how long apart, the writer's lock is tried before another program is said to write.
const LOCK_ATTEMPTS: u32 = 5;
const LOCK_PAUSE: Duration = Duration::from_millis(50);

impl IndexFolder {
    /// The index in `root`, whether or not there is one.
    pub fn new(root: impl Into<PathBuf>) -> IndexFolder {
        IndexFolder::on(root, Arc::new(LocalDisk))
    }

    /// The same, written by way of `disk`.
    pub fn on(root: impl Into<PathBuf>, disk: Arc<dyn Disk>) -> IndexFolder {
        IndexFolder { root: root.into(), disk }
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.root
    }

    /// The name of the generation that serves, `None` where nothing was published yet.
    ///
    /// # Errors
    ///
    /// If the file that holds it cannot be read, or is not what was written.
    pub fn current(&self) -> Result<Option<String>, IndexError> {
        let path = self.root.join(CURRENT);
        let line = match fs::read_to_string(&path) {
            Ok(line) => line,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) if error.kind() == io::ErrorKind::InvalidData => {
                return Err(IndexError::damaged(&path, "it names no generation"));
            }
            Err(error) => return Err(IndexError::read(&path, error)),
        };
        // A name alone is what earlier versions wrote.
        let (name, checksum) =
            line.trim_end().split_once(' ').map_or((line.trim_end(), None), |(name, sum)| (name, Some(sum)));
        if name.is_empty() || !name.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(IndexError::damaged(&path, "it names no generation"));
        }
        if checksum.is_some_and(|checksum| checksum != files::checksum_of(name.as_bytes())) {
            return Err(IndexError::damaged(&path, "it is not what was written"));
        }
        Ok(Some(name.to_owned()))
    }

    /// Whether nothing was ever built here. Where there are generations but none is [current](Self::current), what said which one
    /// is was lost, or the first build was cut off in its last step.
    pub fn is_empty(&self) -> bool {
        self.generations().map_or(true, |generations| generations.is_empty())
    }

    /// When what is published was published, as the file system says.
    ///
    /// # Errors
    ///
    /// If nothing is, or the file system does not say.
    pub fn published_at(&self) -> io::Result<SystemTime> {
        fs::metadata(self.root.join(CURRENT)).and_then(|file| file.modified())
    }

    /// The folder of a generation.
    pub fn generation(&self, name: &str) -> PathBuf {
        self.root.join(GENERATIONS).join(name)
    }

    /// The manifest of the generation that serves.
    ///
    /// # Errors
    ///
    /// If there is none, or it cannot be read, or another version wrote it.
    pub fn manifest(&self) -> Result<Manifest, IndexError> {
        let name = self.current()?.ok_or_else(|| IndexError::Missing { folder: self.root.clone() })?;
        Manifest::read(&self.generation(&name))
    }

    /// The lexicon's files in the generation that serves, as they were when it was built.
    ///
    /// # Errors
    ///
    /// If there is none, or they cannot be read.
    pub fn lexicon(&self) -> Result<LexiconFiles, IndexError> {
        let held = self.hold_current()?;
        held.check(Depth::Quick)?;
        let folder = held.folder.join(LEXICON);
        LexiconFiles::read(&folder).map_err(|error| IndexError::damaged(&folder, error.to_string()))
    }

    /// Takes the current generation for reading.
    pub(super) fn hold_current(&self) -> Result<Held, IndexError> {
        let mut lost = None;
        loop {
            let name = self.current()?.ok_or_else(|| IndexError::Missing { folder: self.root.clone() })?;
            match self.hold(&name)? {
                Some(held) => return Ok(held),
                None if lost.as_ref() == Some(&name) => {
                    return Err(IndexError::damaged(&self.generation(&name).join(Manifest::FILE), "it is not there"));
                }
                None => lost = Some(name),
            }
        }
    }

    /// The names of the generations before the current one that are still there, the newest first; of all where nothing tells any
    /// more which one is current.
    pub(super) fn older(&self) -> Result<Vec<String>, IndexError> {
        let current = self.current().ok().flatten().filter(|name| self.generation(name).is_dir());
        let current = current.and_then(|name| name.parse::<u64>().ok());
        // A higher number was never published.
        let is_older = |&(number, _): &(u64, String)| current.is_none_or(|current| number < current);
        Ok(self.generations()?.into_iter().rev().filter(is_older).map(|(_, name)| name).collect())
    }

    /// Takes a generation for reading. `None` if it is not there, or is removed while it is taken.
    pub(super) fn hold(&self, name: &str) -> Result<Option<Held>, IndexError> {
        let folder = self.generation(name);
        let path = folder.join(Manifest::FILE);
        match File::open(&path).and_then(|file| file.lock_shared().map(|()| file)) {
            // Between reading its name and locking it the generation may have been replaced and removed.
            Ok(lock) if path.exists() => Ok(Some(Held { manifest: Manifest::read(&folder)?, folder, lock })),
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(IndexError::read(&path, error)),
            _ => Ok(None),
        }
    }

    /// The generations that are there, published or not, by number.
    fn generations(&self) -> Result<Vec<(u64, String)>, IndexError> {
        let numbered = |name: String| Some((name.parse().ok()?, name));
        let mut found: Vec<_> = self.names()?.into_iter().filter_map(numbered).collect();
        found.sort();
        Ok(found)
    }

    /// All names in the folder of generations.
    fn names(&self) -> Result<Vec<String>, IndexError> {
        let folder = self.root.join(GENERATIONS);
        let name = |entry: io::Result<fs::DirEntry>| Ok(entry?.file_name().to_string_lossy().into_owned());
        let names = fs::read_dir(&folder).and_then(|entries| entries.map(name).collect());
        names.map_err(|source| IndexError::read(&folder, source))
    }

    /// Takes the index for writing.
    ///
    /// # Errors
    ///
    /// [`IndexError::Busy`] while another program has it.
    pub fn lock_for_writing(&self) -> Result<WriterLock, IndexError> {
        let generations = self.root.join(GENERATIONS);
        disk::create_folders(&*self.disk, &generations).map_err(|source| IndexError::write(&generations, source))?;
        let path = self.root.join("lock");
        let mut options = File::options();
        options.create(true).write(true).truncate(false);
        // Whoever could read it could lock it, and keep the writer out.
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let file = options.open(&path);
        let file = file.map_err(|source| IndexError::write(&path, source))?;
        // A process that was started while the lock was held keeps it until it has become another program: wait a moment.
        for _ in 0..LOCK_ATTEMPTS {
            match file.try_lock() {
                Ok(()) => return Ok(WriterLock { folder: self.clone(), _file: file }),
                Err(TryLockError::WouldBlock) => std::thread::sleep(LOCK_PAUSE),
                Err(TryLockError::Error(source)) => return Err(IndexError::write(&path, source)),
            }
        }
        Err(IndexError::Busy { folder: self.root.clone() })
    }

    /// Checks every file of the current generation against its manifest, byte by byte.
    ///
    /// # Errors
    ///
    /// If the manifest itself cannot be read. What is wrong with the rest is the list returned, empty where all is well.
    pub fn verify(&self) -> Result<(Manifest, Vec<Problem>), IndexError> {
        let held = self.hold_current()?;
        let problems = verify_files(&held.folder, &held.manifest, Depth::Bytes);
        Ok((held.manifest, problems))
    }
}

/// How closely files are looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Depth {
    /// Whether they are there and as long as they should be, and of small ones every byte: damage to what others are
    /// found by shows at once.
    Quick,
    /// Whether every byte is as it was written.
    Bytes,
}

/// What is read in no time.
const SMALL_FILE_BYTES: u64 = 1 << 20;

pub(super) fn verify_files(folder: &Path, manifest: &Manifest, depth: Depth) -> Vec<Problem> {
    let mut problems = Vec::new();
    for file in &manifest.files {
        let path = folder.join(&file.name);
        let mut problem = |reason: String| {
            problems.push(Problem { file: file.name.clone(), reason, is_unread: false });
        };
        let unread = |error: io::Error| Problem {
            file: file.name.clone(),
            reason: format!("cannot be read: {error}"),
            is_unread: error.kind() != io::ErrorKind::NotFound,
        };
        match fs::metadata(&path) {
            Err(error) => problems.push(unread(error)),
            Ok(metadata) if metadata.len() != file.bytes => {
                problem(format!("has {} bytes instead of {}", metadata.len(), file.bytes));
            }
            Ok(_) if depth == Depth::Quick && file.bytes > SMALL_FILE_BYTES => {}
            Ok(_) => match files::checksum(&path) {
                Err(error) => problems.push(unread(error)),
                Ok((_, checksum)) if checksum != file.checksum => problem("is not what was written".to_owned()),
                Ok(_) => {}
            },
        }
    }
    problems
}

/// The right to write an index, for as long as it lives.
#[derive(Debug)]
pub struct WriterLock {
    folder: IndexFolder,
    _file: File,
}

impl WriterLock {
    /// The index it is for.
    pub fn folder(&self) -> &IndexFolder {
        &self.folder
    }

    /// What all of it is written by way of.
    pub(super) fn disk(&self) -> &Arc<dyn Disk> {
        &self.folder.disk
    }

    /// An empty folder to build in. What earlier runs left is removed.
    ///
    /// Its name is used once: threads of a build that failed in this process may be writing to theirs still.
    pub(super) fn building(&self) -> Result<PathBuf, IndexError> {
        static BUILDS: AtomicU32 = AtomicU32::new(0);
        let generations = self.folder.root.join(GENERATIONS);
        for left in self.folder.names()?.iter().filter(|name| name.starts_with(BUILDING)) {
            if let Err(error) = disk::remove_all(&**self.disk(), &generations.join(left)) {
                tracing::warn!(folder = left, %error, "what an earlier build left cannot be removed and stays");
            }
        }
        self.remove_unpublished()?;
        let build = BUILDS.fetch_add(1, Ordering::Relaxed);
        let path = generations.join(format!("{BUILDING}{}-{build}", std::process::id()));
        // One that could not be removed, of a process that had the same number.
        let made = disk::remove_all(&**self.disk(), &path).and_then(|()| self.disk().create_folder(&path));
        made.map_err(|source| IndexError::write(&path, source))?;
        Ok(path)
    }

    /// Makes the generation in `building`, which is complete but for its manifest, the current one and removes what nobody
    /// needs any more.
    pub(super) fn publish(&self, building: &Path, manifest: &Manifest) -> Result<String, IndexError> {
        self.complete(building, manifest)?;
        let generations = self.folder.generations()?;
        let newest = generations.last().map_or(0, |&(number, _)| number);
        // What is published now replaces a name that cannot be read.
        let current = self.folder.current().ok().flatten();
        let previous = current.or_else(|| generations.into_iter().next_back().map(|(_, name)| name));
        let name = format!("{:06}", newest + 1);
        let folder = self.folder.root.join(GENERATIONS);
        let target = self.folder.generation(&name);
        let current = self.folder.root.join(CURRENT);
        let next = self.folder.root.join("current.next");
        let line = format!("{name} {}\n", files::checksum_of(name.as_bytes()));
        let disk = &**self.disk();
        let at = |path: &Path, done: io::Result<()>| done.map_err(|source| IndexError::write(path, source));

        at(&target, disk.rename(building, &target))?;
        at(&folder, disk.sync(&folder))?;
        at(&current, disk::replace(disk, &current, &next, line.as_bytes()))?;
        at(&self.folder.root, disk.sync(&self.folder.root))?;

        // It serves: what cannot be looked through for older ones is no failure of this one.
        if let Err(error) = self.prune(&name, previous.as_deref()) {
            tracing::warn!(%error, "old generations stay");
        }
        Ok(name)
    }

    /// Writes the manifest, waits until all of it is on the disk, and looks whether it is what the manifest says.
    fn complete(&self, building: &Path, manifest: &Manifest) -> Result<(), IndexError> {
        let disk = &**self.disk();
        let path = building.join(Manifest::FILE);
        let written = disk::write_synced(disk, &path, &manifest.to_json());
        written.map_err(|source| IndexError::write(&path, source))?;
        for folder in [UNITS, LEXICON, ""] {
            let path = building.join(folder);
            disk.sync(&path).map_err(|source| IndexError::write(&path, source))?;
        }
        match verify_files(building, manifest, Depth::Quick).into_iter().next() {
            Some(problem) => Err(IndexError::damaged(&building.join(&problem.file), problem.reason)),
            None => Ok(()),
        }
    }

    /// Removes every generation but the two named and those that a reader holds.
    fn prune(&self, current: &str, previous: Option<&str>) -> Result<(), IndexError> {
        for (_, name) in self.folder.generations()? {
            if name != current && Some(name.as_str()) != previous {
                self.remove(&name);
            }
        }
        Ok(())
    }

    /// Removes generations that are complete but were never published: the last step of their builds failed.
    fn remove_unpublished(&self) -> Result<(), IndexError> {
        // Where nothing tells which one is current, the newest may be it.
        let Some(current) = self.folder.current().ok().flatten().and_then(|name| name.parse::<u64>().ok()) else {
            return Ok(());
        };
        for (_, name) in self.folder.generations()?.into_iter().filter(|&(number, _)| number > current) {
            self.remove(&name);
        }
        Ok(())
    }

    /// Removes a generation unless a reader holds it.
    fn remove(&self, name: &str) {
        let folder = self.folder.generation(name);
        // A generation without a manifest was never published. The lock is kept until the folder is gone: a reader that
        // waits for it then finds no generation there and looks for the current one again.
        let manifest = File::open(folder.join(Manifest::FILE)).ok();
        if manifest.as_ref().is_some_and(|manifest| manifest.try_lock().is_err()) {
            tracing::info!(generation = name, "an old generation is still being read and stays");
        } else if let Err(error) = disk::remove_all(&**self.disk(), &folder) {
            tracing::warn!(generation = name, %error, "an old generation cannot be removed and stays");
        }
        drop(manifest);
    }
}
