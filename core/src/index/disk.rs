//! What a build does to a disk. All of it goes through here, so that tests can let any step fail, or be the last before
//! the power goes.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;
use std::time::Duration;

/// The steps that write, each as small as the operating system offers it. Reading needs none of them.
///
/// What was written is on the disk only after [`sync`](Disk::sync): of a file its content, of a folder the names in it.
pub trait Disk: std::fmt::Debug + Send + Sync {
    /// Makes a folder. Its parent exists.
    ///
    /// # Errors
    ///
    /// As [`fs::create_dir`].
    fn create_folder(&self, path: &Path) -> io::Result<()>;

    /// Makes a file and opens it for writing. There is none of that name.
    ///
    /// # Errors
    ///
    /// As [`File::create_new`].
    fn create(&self, path: &Path) -> io::Result<Box<dyn NewFile>>;

    /// Waits until a file's content, or a folder's list of names, is on the disk.
    ///
    /// # Errors
    ///
    /// As [`File::sync_all`].
    fn sync(&self, path: &Path) -> io::Result<()>;

    /// Gives a file or a folder another name, which may be that of a file that goes.
    ///
    /// # Errors
    ///
    /// As [`fs::rename`].
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;

    /// Gives a file a second name.
    ///
    /// # Errors
    ///
    /// As [`fs::hard_link`]. Some file systems have no second names.
    fn link(&self, from: &Path, to: &Path) -> io::Result<()>;

    /// Removes a file.
    ///
    /// # Errors
    ///
    /// As [`fs::remove_file`].
    fn remove_file(&self, path: &Path) -> io::Result<()>;

    /// Removes an empty folder.
    ///
    /// # Errors
    ///
    /// As [`fs::remove_dir`].
    fn remove_folder(&self, path: &Path) -> io::Result<()>;
}

/// A file that is being written.
pub trait NewFile: Write + Send + Sync {
    /// Waits until what was written is on the disk.
    ///
    /// # Errors
    ///
    /// As [`File::sync_all`].
    fn sync(&mut self) -> io::Result<()>;
}

/// The disk of this machine.
#[derive(Clone, Copy, Debug)]
pub struct LocalDisk;

impl Disk for LocalDisk {
    fn create_folder(&self, path: &Path) -> io::Result<()> {
        fs::create_dir(path)
    }

    fn create(&self, path: &Path) -> io::Result<Box<dyn NewFile>> {
        Ok(Box::new(File::create_new(path)?))
    }

    fn sync(&self, path: &Path) -> io::Result<()> {
        File::open(path)?.sync_all()
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::rename(from, to)
    }

    fn link(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::hard_link(from, to)
    }

    fn remove_file(&self, path: &Path) -> io::Result<()> {
        fs::remove_file(path)
    }

    fn remove_folder(&self, path: &Path) -> io::Result<()> {
        fs::remove_dir(path)
    }
}

impl NewFile for File {
    fn sync(&mut self) -> io::Result<()> {
        self.sync_all()
    }
}

/// Writes a file and waits until it is on the disk.
pub(super) fn write_synced(disk: &dyn Disk, path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = disk.create(path)?;
    file.write_all(bytes)?;
    file.sync()
}

/// Copies a file and waits until the copy is on the disk.
pub(super) fn copy_synced(disk: &dyn Disk, from: &Path, to: &Path) -> io::Result<()> {
    let mut file = disk.create(to)?;
    io::copy(&mut File::open(from)?, &mut file)?;
    file.sync()
}

/// Puts a file in the place of another, which is there until this one is whole. `beside` is its name until then.
pub(super) fn replace(disk: &dyn Disk, path: &Path, beside: &Path, bytes: &[u8]) -> io::Result<()> {
    remove_all(disk, beside)?;
    write_synced(disk, beside, bytes)?;
    disk.rename(beside, path)
}

/// Makes a folder and those above it that are not there.
pub(super) fn create_folders(disk: &dyn Disk, path: &Path) -> io::Result<()> {
    if path.as_os_str().is_empty() || path.is_dir() {
        return Ok(());
    }
    let parent = path.parent().unwrap_or(Path::new(""));
    create_folders(disk, parent)?;
    match disk.create_folder(path) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => return Err(error),
        _ => {}
    }
    disk.sync(if parent.as_os_str().is_empty() { Path::new(".") } else { parent })
}

/// How often, and how long apart, a folder is emptied that somebody is still writing to.
const REMOVAL_ATTEMPTS: u32 = 50;
const REMOVAL_PAUSE: Duration = Duration::from_millis(20);

/// Removes a file, or a folder with all that is in it, if it is there.
pub(super) fn remove_all(disk: &dyn Disk, path: &Path) -> io::Result<()> {
    let mut attempt = 0;
    loop {
        match remove_once(disk, path) {
            // Somebody else was faster.
            Err(error) if error.kind() == io::ErrorKind::NotFound && !path.exists() => return Ok(()),
            // A thread of a build that failed has not stopped yet: it adds files, or removes them before us.
            Err(error)
                if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::DirectoryNotEmpty)
                    && attempt < REMOVAL_ATTEMPTS =>
            {
                attempt += 1;
                std::thread::sleep(REMOVAL_PAUSE);
            }
            removed => return removed,
        }
    }
}

fn remove_once(disk: &dyn Disk, path: &Path) -> io::Result<()> {
    if !fs::symlink_metadata(path)?.is_dir() {
        return disk.remove_file(path);
    }
    for entry in fs::read_dir(path)? {
        remove_once(disk, &entry?.path())?;
    }
    disk.remove_folder(path)
}
