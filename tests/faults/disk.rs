//! A disk on which any step can fail, and that forgets what was not synced when the power goes.
//!
//! It works on a real folder, so that readers see what they would see, and remembers beside it what a disk would still
//! know after a power cut: of each file what was in it when it was last synced, of each folder the names in it then.

use std::collections::{BTreeMap, HashMap};
use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, Write};
use std::os::unix::fs::{FileExt, MetadataExt};
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard};

use lawcite_core::index::{Disk, LocalDisk, NewFile};

/// What happens at the step that is chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// It fails with this number of the operating system and does nothing; the steps after it go on.
    Fails(i32),
    /// If it writes, half of it is done before it fails; the steps after it go on.
    Torn(i32),
    /// It is the last one that is done, by half if it writes: the process is killed, or the power goes.
    Last,
}

/// `ENOSPC` and `EIO` of Linux.
pub(crate) const NO_SPACE: i32 = 28;
pub(crate) const BROKEN: i32 = 5;

/// The disk. Clones are the same disk.
#[derive(Clone, Debug)]
pub(crate) struct FaultyDisk {
    state: Arc<Mutex<State>>,
}

#[derive(Debug, Default)]
struct State {
    fault: Option<(usize, Fault)>,
    /// What was done, or tried, so far.
    steps: Vec<&'static str>,
    dead: bool,
    /// By inode, open so that no number is given twice.
    open: HashMap<u64, File>,
    /// What a power cut leaves: contents and names by inode.
    contents: HashMap<u64, Vec<u8>>,
    names: HashMap<u64, BTreeMap<OsString, u64>>,
}

/// How far a step goes, and how it ends.
struct Way {
    all: bool,
    half: bool,
    error: Option<i32>,
}

impl FaultyDisk {
    /// A disk that holds `root`, all of it synced. At the step of that number, from zero, the fault happens.
    pub(crate) fn new(root: &Path, fault: Option<(usize, Fault)>) -> FaultyDisk {
        let mut state = State { fault, ..State::default() };
        state.keep_all(root).expect("the folder can be read");
        FaultyDisk { state: Arc::new(Mutex::new(state)) }
    }

    /// The steps so far, by kind.
    pub(crate) fn steps(&self) -> Vec<&'static str> {
        self.lock().steps.clone()
    }

    /// Writes to `target` what is left of `root` when the power goes now. What was not synced is lost; with `random` it may
    /// also be there, or a part of it, as disks write what they like first.
    pub(crate) fn power_cut(
        &self,
        root: &Path,
        target: &Path,
        mut random: Option<&mut fastrand::Rng>,
    ) -> io::Result<()> {
        let state = self.lock();
        state.restore(fs::metadata(root)?.ino(), Some(root), target, &mut random)
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().expect("no step panics")
    }

    /// Takes part in the next step: `act` is called unless it fails before.
    fn step<T>(&self, kind: &'static str, act: impl FnOnce(&mut State, bool) -> io::Result<T>) -> io::Result<T> {
        let mut state = self.lock();
        let way = state.next(kind);
        if !way.all && !way.half {
            return Err(io::Error::from_raw_os_error(way.error.unwrap_or(BROKEN)));
        }
        let done = act(&mut state, way.half)?;
        match way.error {
            Some(number) => Err(io::Error::from_raw_os_error(number)),
            None => Ok(done),
        }
    }
}

impl State {
    fn next(&mut self, kind: &'static str) -> Way {
        let number = self.steps.len();
        self.steps.push(kind);
        if self.dead {
            return Way { all: false, half: false, error: Some(BROKEN) };
        }
        let writes = kind == "write";
        match self.fault.filter(|&(at, _)| at == number).map(|(_, fault)| fault) {
            None => Way { all: true, half: false, error: None },
            Some(Fault::Fails(error)) => Way { all: false, half: false, error: Some(error) },
            Some(Fault::Torn(error)) => Way { all: false, half: writes, error: Some(error) },
            Some(Fault::Last) => {
                self.dead = true;
                Way { all: !writes, half: writes, error: Some(BROKEN) }
            }
        }
    }

    fn keep_all(&mut self, path: &Path) -> io::Result<()> {
        self.opened(path)?;
        if path.is_dir() {
            for entry in fs::read_dir(path)? {
                self.keep_all(&entry?.path())?;
            }
        }
        self.synced(path)
    }

    fn opened(&mut self, path: &Path) -> io::Result<()> {
        let file = File::open(path)?;
        self.open.insert(file.metadata()?.ino(), file);
        Ok(())
    }

    fn synced(&mut self, path: &Path) -> io::Result<()> {
        let metadata = fs::metadata(path)?;
        if metadata.is_dir() {
            self.names.insert(metadata.ino(), names(path)?);
        } else {
            self.contents.insert(metadata.ino(), fs::read(path)?);
        }
        Ok(())
    }

    /// Writes the folder of that number to `target`. `live` is where it is now, if it is still there.
    fn restore(
        &self,
        inode: u64,
        live: Option<&Path>,
        target: &Path,
        random: &mut Option<&mut fastrand::Rng>,
    ) -> io::Result<()> {
        fs::create_dir(target)?;
        let mut kept = self.names.get(&inode).cloned().unwrap_or_default();
        if let (Some(random), Some(live)) = (random.as_mut(), live) {
            let now = names(live)?;
            let all: Vec<OsString> = kept.keys().chain(now.keys()).cloned().collect();
            for name in all.into_iter().filter(|name| kept.get(name) != now.get(name)).collect::<Vec<_>>() {
                if random.bool() {
                    match now.get(&name) {
                        Some(&inode) => drop(kept.insert(name, inode)),
                        None => drop(kept.remove(&name)),
                    }
                }
            }
        }
        for (name, inode) in kept {
            let target = target.join(&name);
            // The file that is locked is made by way of no disk. Nothing is ever in it.
            let Some(file) = self.open.get(&inode) else {
                fs::write(&target, "")?;
                continue;
            };
            if file.metadata()?.is_dir() {
                let live = live.map(|live| live.join(&name)).filter(|path| has_inode(path, inode));
                self.restore(inode, live.as_deref(), &target, random)?;
                continue;
            }
            let synced = self.contents.get(&inode);
            let mut content = synced.cloned().unwrap_or_default();
            if let (None, Some(random)) = (synced, random.as_mut()) {
                let mut written = vec![0; usize::try_from(file.metadata()?.len()).expect("it fits in memory")];
                file.read_exact_at(&mut written, 0)?;
                written.truncate(random.usize(..=written.len()));
                content = written;
            }
            fs::write(target, content)?;
        }
        Ok(())
    }
}

fn names(folder: &Path) -> io::Result<BTreeMap<OsString, u64>> {
    fs::read_dir(folder)?
        .map(|entry| entry.and_then(|entry| Ok((entry.file_name(), entry.metadata()?.ino()))))
        .collect()
}

fn has_inode(path: &Path, inode: u64) -> bool {
    fs::metadata(path).is_ok_and(|metadata| metadata.ino() == inode)
}

impl Disk for FaultyDisk {
    fn create_folder(&self, path: &Path) -> io::Result<()> {
        self.step("create folder", |state, _| {
            LocalDisk.create_folder(path)?;
            state.opened(path)
        })
    }

    fn create(&self, path: &Path) -> io::Result<Box<dyn NewFile>> {
        self.step("create", |state, _| {
            let file = File::create_new(path)?;
            state.opened(path)?;
            Ok(Box::new(FaultyFile { file, path: path.to_owned(), disk: self.clone() }) as Box<dyn NewFile>)
        })
    }

    fn sync(&self, path: &Path) -> io::Result<()> {
        self.step("sync", |state, _| state.synced(path))
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.step("rename", |_, _| LocalDisk.rename(from, to))
    }

    fn link(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.step("link", |_, _| LocalDisk.link(from, to))
    }

    fn remove_file(&self, path: &Path) -> io::Result<()> {
        self.step("remove", |_, _| LocalDisk.remove_file(path))
    }

    fn remove_folder(&self, path: &Path) -> io::Result<()> {
        self.step("remove folder", |_, _| LocalDisk.remove_folder(path))
    }
}

struct FaultyFile {
    file: File,
    path: std::path::PathBuf,
    disk: FaultyDisk,
}

impl Write for FaultyFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.disk.step("write", |_, half| {
            let bytes = if half { &bytes[..bytes.len() / 2] } else { bytes };
            self.file.write_all(bytes)?;
            Ok(bytes.len())
        })
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl NewFile for FaultyFile {
    fn sync(&mut self) -> io::Result<()> {
        self.disk.step("sync", |state, _| state.synced(&self.path))
    }
}
