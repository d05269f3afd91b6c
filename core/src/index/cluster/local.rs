//! A generation on this machine's disk, and sending it.

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};

use serde::de::IgnoredAny;

use super::answers::Source;
use super::bulk::Bulk;
use super::client::{Connection, Request};
use super::comparison::{Expected, StoredDocument, stored_documents};
use super::document::{Key, Maker, check_of};
use super::frequencies::Frequencies;
use super::generations::{AVERAGES, WORDS};
use super::publish::{Filling, SLOW};
use super::schema::Averages;
use super::small_files::SmallFiles;
use super::surroundings::Chapters;
use crate::analyzer::LegalAnalyzer;
use crate::index::embedded::Embedded;
use crate::index::engine::{Engine as _, UnitStore as _};
use crate::index::generation::{Depth, Held};
use crate::index::manifest::Manifest;
use crate::index::reader::Opened;
use crate::index::tables::{Tables, UnitNo};
use crate::index::writer::UNITS;
use crate::index::{IndexError, IndexFolder, files};

/// How often what is not as it should be is sent.
const MOST_ROUNDS: usize = 4;
/// How many units are compared with what was sent, letter by letter.
const SAMPLE: usize = 200;

/// A generation on this machine's disk.
pub(super) struct Local {
    pub(super) tables: Arc<Tables>,
    pub(super) superseded: Vec<bool>,
    analyzer: Arc<LegalAnalyzer>,
    pub(super) units: Embedded,
    manifest: Manifest,
    path: PathBuf,
    /// Keeps it from being removed.
    _lock: std::fs::File,
}

/// What was sent.
#[derive(Default)]
pub(super) struct Sent {
    pub(super) units: u64,
    pub(super) documents: u64,
    pub(super) bytes: u64,
}

impl Local {
    pub(super) fn open(folder: &IndexFolder) -> Result<Local, IndexError> {
        let held = folder.hold_current()?;
        held.check(Depth::Quick)?;
        let Held { folder: path, manifest, lock } = held;
        let Opened { tables, superseded, analyzer, manifest, .. } = Opened::of_folder(&path, manifest)?;
        let units = Embedded::open(&path.join(UNITS), Arc::clone(&tables), &superseded, Arc::clone(&analyzer))?;
        Ok(Local { tables, superseded, analyzer, units, manifest, path, _lock: lock })
    }

    /// What the cluster should have, where chapters have such numbers.
    pub(super) fn expected(&self, chapters: &Chapters) -> Expected {
        Expected::new(&self.manifest, &self.tables, &self.superseded, chapters)
    }

    /// Sends what is not in the cluster as it should be, until all is.
    pub(super) fn send(
        &self,
        connection: &Connection,
        index: &str,
        expected: &Expected,
        progress: &dyn Filling,
    ) -> Result<Sent, IndexError> {
        let mut sent = Sent::default();
        for round in 0.. {
            refresh(connection, index)?;
            let found = stored_documents(connection, index)?;
            let wrong = expected.wrong(&found);
            if wrong.is_empty() {
                return Ok(sent);
            }
            if round == MOST_ROUNDS {
                return Err(others_write(index, wrong.len()));
            }
            if round > 0 {
                tracing::warn!(documents = wrong.len(), "sending again what has not arrived");
            }
            let round = self.send_documents(connection, index, expected, &wrong, &found, progress)?;
            sent.units += round.units;
            sent.bytes += round.bytes;
            sent.documents += wrong.len() as u64;
        }
        unreachable!("the rounds end")
    }

    fn send_documents(
        &self,
        connection: &Connection,
        index: &str,
        expected: &Expected,
        wrong: &[String],
        found: &HashMap<String, StoredDocument>,
        progress: &dyn Filling,
    ) -> Result<Sent, IndexError> {
        let maker = Maker { tables: &self.tables, superseded: &self.superseded, analyzer: &self.analyzer, expected };
        let count = |id: &String| self.tables.document(id).map_or(0, |row| u64::from(row.units));
        let total: u64 = wrong.iter().map(count).sum();
        let (next, units, bytes) = (AtomicUsize::new(0), AtomicU64::new(0), AtomicU64::new(0));
        let failed = AtomicBool::new(false);
        let work = || -> Result<(), IndexError> {
            let mut bulk = Bulk::new(connection, index);
            while let Some(id) = wrong.get(next.fetch_add(1, Ordering::Relaxed)) {
                let had = found.get(id).map_or(0, |found| found.most);
                let has = self.tables.document(id).map_or(0, |row| row.units);
                for ordinal in has..had {
                    bytes.fetch_add(bulk.delete(&Key::of(id, ordinal))?, Ordering::Relaxed);
                }
                let Some(number) = self.tables.document_number(id) else { continue };
                let first = self.tables.documents[number as usize].first;
                for ordinal in 0..has {
                    if failed.load(Ordering::Relaxed) {
                        return Ok(());
                    }
                    let unit = self.units.read(first + ordinal)?;
                    let check = check_of(expected.marks[number as usize], ordinal);
                    let json = maker.make(first + ordinal, &unit, check);
                    bytes.fetch_add(bulk.index(&Key::of(id, ordinal), &json)?, Ordering::Relaxed);
                    let sent = units.fetch_add(1, Ordering::Relaxed) + 1;
                    if sent % 256 == 0 || sent == total {
                        progress.sent(sent, total);
                    }
                }
            }
            bulk.finish()
        };
        let threads = std::thread::available_parallelism().map_or(2, usize::from).clamp(2, 8);
        std::thread::scope(|scope| {
            let work = || work().inspect_err(|_| failed.store(true, Ordering::Relaxed));
            let working: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
            let done =
                working.into_iter().map(|work| work.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
            done.collect::<Result<(), IndexError>>()
        })?;
        Ok(Sent { units: units.into_inner(), documents: 0, bytes: bytes.into_inner() })
    }

    /// Compares an index into which nobody writes any more with what is here: all documents by their checks, and some units in full.
    pub(super) fn compare(&self, connection: &Connection, index: &str, expected: &Expected) -> Result<(), IndexError> {
        refresh(connection, index)?;
        let wrong = expected.differences(connection, index)?;
        if !wrong.is_empty() {
            return Err(others_write(index, wrong.len()));
        }
        let units = self.tables.units();
        let step = (units / SAMPLE).max(1);
        for unit in (0..units).step_by(step) {
            let unit = UnitNo::try_from(unit).expect("units have numbers of 32 bits");
            let row = &self.tables.documents[self.tables.document_of[unit as usize] as usize];
            let Key { id, routing } = Key::of(&row.header.id, unit - row.first);
            let request = Request::get(format!("/{index}/_source/{id}")).query("routing", routing);
            let found: Option<Source> = connection.send_optional(request.timeout(SLOW).within(SLOW))?;
            let local = self.units.read(unit)?;
            if found.is_none_or(|found| found.unit != local) {
                let reason = format!("`{}` is not what was sent", local.id);
                return Err(IndexError::damaged(Path::new(index), reason));
            }
        }
        Ok(())
    }

    /// What the generation knows beside its units.
    pub(super) fn small_files(&self, chapters: &Chapters, averages: &Averages) -> Result<SmallFiles, IndexError> {
        let mut small = SmallFiles::new();
        let own = |name: &&String| !name.starts_with(UNITS);
        let names = files::list(&self.path).map_err(|source| IndexError::read(&self.path, source))?;
        for name in names.iter().filter(own) {
            let path = self.path.join(name);
            small.insert(name.clone(), std::fs::read(&path).map_err(|source| IndexError::read(&path, source))?);
        }
        let binary = |value: &BTreeMap<String, u32>| postcard::to_stdvec(value).expect("words can be written");
        small.insert(Chapters::FILE.to_owned(), chapters.to_bytes());
        let frequencies = postcard::to_stdvec(&self.units.frequencies()?).expect("numbers can be written");
        small.insert(Frequencies::FILE.to_owned(), frequencies);
        small.insert(WORDS.to_owned(), binary(&self.units.words()?));
        small.insert(AVERAGES.to_owned(), postcard::to_stdvec(averages).expect("numbers can be written"));
        Ok(small)
    }
}

fn others_write(index: &str, documents: usize) -> IndexError {
    let reason = format!("{documents} documents are not as they were sent: is somebody else writing?");
    IndexError::damaged(Path::new(index), reason)
}

fn refresh(connection: &Connection, index: &str) -> Result<(), IndexError> {
    let request = Request::post(format!("/{index}/_refresh")).repeatable().timeout(SLOW).within(SLOW);
    let _: IgnoredAny = connection.send(request)?;
    Ok(())
}
