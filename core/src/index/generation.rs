//! The folder `index/`: its layout, its locks, and the switch from one generation to the next.
//!
//! ```text
//! index/lock                   held by the one program that writes
//! index/current                the name of the generation that serves, replaced by an atomic rename
//! index/generations/000007/    manifest.json, tables.bin, units/ (tantivy), lexicon/
//! index/generations/building/  what is being written; nobody reads it
//! ```
//!
//! A generation is complete before its name stands in `current`, and never changes afterwards. A reader holds a shared
//! lock on its manifest; the writer removes a generation only if it is neither the current nor the previous one and
//! nobody holds that lock.

use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::files;
use super::manifest::Manifest;
use crate::analyzer::DictionaryError;

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
    /// The segmentation dictionary cannot be used.
    #[error(transparent)]
    Dictionary(#[from] DictionaryError),
    /// The search library failed.
    #[error("the index cannot be used")]
    Engine(#[from] tantivy::TantivyError),
}

impl IndexError {
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
}

/// The folder that holds an index.
#[derive(Clone, Debug)]
pub struct IndexFolder {
    root: PathBuf,
}

const CURRENT: &str = "current";
const GENERATIONS: &str = "generations";
const BUILDING: &str = "building";

/// How often, and how long apart, the writer's lock is tried before another program is said to write.
const LOCK_ATTEMPTS: u32 = 5;
const LOCK_PAUSE: Duration = Duration::from_millis(50);

impl IndexFolder {
    /// The index in `root`, whether or not there is one.
    pub fn new(root: impl Into<PathBuf>) -> IndexFolder {
        IndexFolder { root: root.into() }
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.root
    }

    /// The name of the generation that serves, `None` where nothing was published yet.
    ///
    /// # Errors
    ///
    /// If the file that holds it cannot be read or holds no name.
    pub fn current(&self) -> Result<Option<String>, IndexError> {
        let path = self.root.join(CURRENT);
        let name = match fs::read_to_string(&path) {
            Ok(name) => name.trim_end().to_owned(),
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(IndexError::read(&path, error)),
        };
        if name.is_empty() || !name.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(IndexError::damaged(&path, "it names no generation"));
        }
        Ok(Some(name))
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

    /// Opens the current generation for reading and keeps it from being removed while the lock lives.
    pub(super) fn hold_current(&self) -> Result<(PathBuf, File, Manifest), IndexError> {
        let mut lost = None;
        loop {
            let name = self.current()?.ok_or_else(|| IndexError::Missing { folder: self.root.clone() })?;
            let folder = self.generation(&name);
            let path = folder.join(Manifest::FILE);
            match File::open(&path).and_then(|file| file.lock_shared().map(|()| file)) {
                // Between reading its name and locking it the generation may have been replaced and removed.
                Ok(file) if path.exists() => {
                    let manifest = Manifest::read(&folder)?;
                    return Ok((folder, file, manifest));
                }
                Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(IndexError::read(&path, error)),
                _ if lost.as_ref() == Some(&name) => return Err(IndexError::damaged(&path, "it is not there")),
                _ => lost = Some(name),
            }
        }
    }

    /// Takes the index for writing.
    ///
    /// # Errors
    ///
    /// [`IndexError::Busy`] while another program has it.
    pub fn lock_for_writing(&self) -> Result<WriterLock, IndexError> {
        let generations = self.root.join(GENERATIONS);
        fs::create_dir_all(&generations).map_err(|source| IndexError::write(&generations, source))?;
        let path = self.root.join("lock");
        let file = File::options().create(true).write(true).truncate(false).open(&path);
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
        let (folder, _held, manifest) = self.hold_current()?;
        Ok((manifest.clone(), verify_files(&folder, &manifest, Depth::Bytes)))
    }
}

/// How closely files are looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Depth {
    /// Whether they are there and as long as they should be.
    Sizes,
    /// Whether every byte is as it was written.
    Bytes,
}

pub(super) fn verify_files(folder: &Path, manifest: &Manifest, depth: Depth) -> Vec<Problem> {
    let mut problems = Vec::new();
    for file in &manifest.files {
        let path = folder.join(&file.name);
        let mut problem = |reason: String| problems.push(Problem { file: file.name.clone(), reason });
        match fs::metadata(&path) {
            Err(error) => problem(format!("cannot be read: {error}")),
            Ok(metadata) if metadata.len() != file.bytes => {
                problem(format!("has {} bytes instead of {}", metadata.len(), file.bytes));
            }
            Ok(_) if depth == Depth::Sizes => {}
            Ok(_) => match files::checksum(&path) {
                Err(error) => problem(format!("cannot be read: {error}")),
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

    /// An empty folder to build in. What an earlier run left there is removed.
    pub(super) fn building(&self) -> Result<PathBuf, IndexError> {
        let path = self.folder.root.join(GENERATIONS).join(BUILDING);
        match fs::remove_dir_all(&path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(IndexError::write(&path, error)),
            _ => {}
        }
        fs::create_dir(&path).map_err(|source| IndexError::write(&path, source))?;
        Ok(path)
    }

    /// Makes the complete generation in `building` the current one and removes what nobody needs any more.
    pub(super) fn publish(&self, building: &Path) -> Result<String, IndexError> {
        // What is published now replaces a name that cannot be read.
        let previous = self.folder.current().ok().flatten();
        let newest = self.generations()?.last().map_or(0, |&(number, _)| number);
        let name = format!("{:06}", newest + 1);
        let generations = self.folder.root.join(GENERATIONS);
        let target = self.folder.generation(&name);
        let rename = |from: &Path, to: &Path| fs::rename(from, to).map_err(|source| IndexError::write(to, source));
        let sync = |path: &Path| files::sync(path).map_err(|source| IndexError::write(path, source));

        rename(building, &target)?;
        sync(&generations)?;
        let next = self.folder.root.join("current.next");
        files::write_synced(&next, format!("{name}\n").as_bytes())
            .map_err(|source| IndexError::write(&next, source))?;
        rename(&next, &self.folder.root.join(CURRENT))?;
        sync(&self.folder.root)?;

        self.prune(&name, previous.as_deref())?;
        Ok(name)
    }

    /// Removes every generation but the two named and those that a reader holds.
    fn prune(&self, current: &str, previous: Option<&str>) -> Result<(), IndexError> {
        for (_, name) in self.generations()? {
            if name == current || Some(name.as_str()) == previous {
                continue;
            }
            let folder = self.folder.generation(&name);
            // A generation without a manifest was never published. The lock is kept until the folder is gone: a reader that
            // waits for it then finds no generation there and looks for the current one again.
            let manifest = File::open(folder.join(Manifest::FILE)).ok();
            if manifest.as_ref().is_some_and(|manifest| manifest.try_lock().is_err()) {
                tracing::info!(generation = name, "an old generation is still being read and stays");
                continue;
            }
            if let Err(error) = fs::remove_dir_all(&folder) {
                tracing::warn!(generation = name, %error, "an old generation cannot be removed and stays");
            }
            drop(manifest);
        }
        Ok(())
    }

    fn generations(&self) -> Result<Vec<(u64, String)>, IndexError> {
        let folder = self.folder.root.join(GENERATIONS);
        let mut found = Vec::new();
        for entry in fs::read_dir(&folder).map_err(|source| IndexError::read(&folder, source))? {
            let name =
                entry.map_err(|source| IndexError::read(&folder, source))?.file_name().to_string_lossy().into_owned();
            if let Ok(number) = name.parse() {
                found.push((number, name));
            }
        }
        found.sort();
        Ok(found)
    }
}
