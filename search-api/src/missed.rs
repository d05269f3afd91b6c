//! Queries that found nothing, written down if the operator wants: what the lexicon lacks shows there first.
//!
//! What people ask is personal data. The file is readable by its owner alone and never grows beyond twice its size.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;
use std::time::{SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};

/// So many may wait to be written. More are dropped and counted: no request waits for a disk.
const WAITING: usize = 256;

/// A query that found nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MissedQuery {
    /// When, in seconds since 1970.
    pub time: u64,
    /// What was asked.
    pub query: String,
}

/// Writes them down, one a line as JSON, on a thread of its own.
#[derive(Debug)]
pub struct MissedQueries(SyncSender<MissedQuery>);

/// Why they cannot be written down.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum MissedQueriesError {
    /// The server writes nothing below the index.
    #[error("`{path}` is in the folder of the index, where the server writes nothing: put it elsewhere")]
    InIndex {
        /// The file.
        path: PathBuf,
    },
    /// The file cannot be written.
    #[error("cannot write `{path}`")]
    Write {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
}

impl MissedQueries {
    /// Appends to `path`. A file of `most_bytes` becomes `path` with `.1` behind, which takes the place of an older one.
    ///
    /// # Errors
    ///
    /// If it is below `index` or cannot be written.
    pub fn new(path: &Path, most_bytes: u64, index: &Path) -> Result<MissedQueries, MissedQueriesError> {
        MissedQueries::check(path, index)?;
        let unwritten = |source| MissedQueriesError::Write { path: path.to_owned(), source };
        let files = Files { path: path.to_owned(), most_bytes, file: append(path).map_err(unwritten)? };
        let (sender, receiver) = sync_channel(WAITING);
        thread::Builder::new()
            .name("missed-queries".to_owned())
            .spawn(move || write_down(files, &receiver))
            .map_err(unwritten)?;
        Ok(MissedQueries(sender))
    }

    /// Whether there may be such a file, without making it.
    ///
    /// # Errors
    ///
    /// If it would be below `index`, or its folder is not there.
    pub fn check(path: &Path, index: &Path) -> Result<(), MissedQueriesError> {
        let unwritten = |source| MissedQueriesError::Write { path: path.to_owned(), source };
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let folder = folder.canonicalize().map_err(unwritten)?;
        if index.canonicalize().is_ok_and(|index| folder.starts_with(index)) {
            return Err(MissedQueriesError::InIndex { path: path.to_owned() });
        }
        Ok(())
    }

    /// Hands a query over to be written down; whether it could be.
    pub(crate) fn note(&self, query: &str) -> bool {
        let time = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
        self.0.try_send(MissedQuery { time, query: query.to_owned() }).is_ok()
    }

    /// Those in the file at `path` and in the one before it, the oldest first. A line that is none, as a crash may leave it, is
    /// passed over.
    ///
    /// # Errors
    ///
    /// If there is no such file or it cannot be read.
    pub fn read(path: &Path) -> io::Result<Vec<MissedQuery>> {
        let mut files = vec![File::open(path)?];
        if let Ok(before) = File::open(before(path)) {
            files.insert(0, before);
        }
        let mut missed = Vec::new();
        for file in files {
            for line in BufReader::new(file).split(b'\n') {
                missed.extend(serde_json::from_slice::<MissedQuery>(&line?));
            }
        }
        Ok(missed)
    }
}

/// Ends when the last server that notes queries has gone.
fn write_down(mut files: Files, missed: &Receiver<MissedQuery>) {
    let mut failing = false;
    for query in missed {
        let written = files.write(&query);
        if let (Err(error), false) = (&written, failing) {
            tracing::error!(error = %error, path = %files.path.display(), "missed queries cannot be written down");
        }
        failing = written.is_err();
    }
}

/// The file, and the one before it.
struct Files {
    path: PathBuf,
    most_bytes: u64,
    file: File,
}

impl Files {
    fn write(&mut self, query: &MissedQuery) -> io::Result<()> {
        let mut line = serde_json::to_vec(query)?;
        line.push(b'\n');
        let size = self.file.metadata()?.len();
        if size > 0 && size + line.len() as u64 > self.most_bytes {
            match fs::rename(&self.path, before(&self.path)) {
                // It was renamed the last time, but no new one could be opened.
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                done => done?,
            }
            self.file = append(&self.path)?;
        }
        self.file.write_all(&line)
    }
}

fn before(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".1");
    PathBuf::from(name)
}

fn append(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.create(true).append(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_files_hold_the_newest_queries() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("missed.jsonl");
        let mut files = Files { path: path.clone(), most_bytes: 100, file: append(&path).expect("a file") };
        for time in 0..20 {
            files.write(&MissedQuery { time, query: "彩票\n".to_owned() }).expect("room on the disk");
        }
        fs::write(
            folder.path().join("missed.jsonl.1"),
            [fs::read(before(&path)).expect("a file"), b"{\"ti".to_vec()].concat(),
        )
        .expect("a torn line");
        let times: Vec<u64> = MissedQueries::read(&path).expect("files").iter().map(|missed| missed.time).collect();
        assert!(times.len() >= 3 && times.ends_with(&[18, 19]) && times.is_sorted(), "{times:?}");
        assert!(fs::metadata(&path).expect("a file").len() <= 100);
    }

    #[test]
    fn nothing_is_written_into_the_index() {
        let index = tempfile::tempdir().expect("a folder");
        fs::create_dir(index.path().join("generations")).expect("a folder");
        for path in ["missed", "generations/missed", "generations/../missed"] {
            let refused = MissedQueries::new(&index.path().join(path), 1000, index.path());
            assert!(matches!(refused, Err(MissedQueriesError::InIndex { .. })), "{path}");
        }
        assert_eq!(fs::read_dir(index.path()).expect("a folder").count(), 1);
        let elsewhere = MissedQueries::new(&index.path().join("nowhere/missed"), 1000, index.path());
        assert!(matches!(elsewhere, Err(MissedQueriesError::Write { .. })));
    }
}
