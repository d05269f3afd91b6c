//! Filling a generation in the cluster from one on this machine's disk, and switching to it.
//!
//! A new index begins as a clone of the one before, whose files it shares. Of each document the cluster then says how many units it
//! has and of what they were made, and those that are not as they should be are sent again, whole: which is all of an incremental
//! build, what is left to do after a crash, and how a build finds out at the end that nothing was lost or doubled. Units are named
//! by their place, so that whatever is sent twice is there once. Nobody reads the index until the alias names it.

use std::collections::{BTreeMap, HashMap};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use serde::de::IgnoredAny;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use xxhash_rust::xxh3::Xxh3;

use super::answers::Source;
use super::bulk::Bulk;
use super::client::{ClusterError, Connection, Request};
use super::document::{Key, Maker, check_of};
use super::frequencies::Frequencies;
use super::generations::{AVERAGES, ClusterFolder, WORDS};
use super::schema::{Averages, Layout, SCHEMA, file_index, unit_index};
use super::small_files::{self, SmallFiles};
use super::surroundings::Chapters;
use crate::index::embedded::Embedded;
use crate::index::engine::{Engine as _, UnitStore as _};
use crate::index::generation::{Depth, Held};
use crate::index::manifest::Manifest;
use crate::index::reader::Opened;
use crate::index::tables::{NONE, Tables, UnitNo};
use crate::index::writer::{LEXICON, UNITS};
use crate::index::{IndexError, IndexFolder, files};

/// How often what is not as it should be is sent.
const MOST_ROUNDS: usize = 4;
/// How many units are compared with what was sent, letter by letter.
const SAMPLE: usize = 200;
/// How far the average lengths may have moved before the similarity is made anew.
const MOST_DRIFT: f32 = 0.02;
/// How long it takes at most to clone an index or to see all parts of it somewhere.
const SLOW: Duration = Duration::from_secs(120);

/// How a generation is filled.
#[derive(Clone, Copy, Debug, Default)]
pub struct FillOptions {
    /// How its index is laid out.
    pub layout: Layout,
    /// Whether all is sent, also what is there already.
    pub full: bool,
}

/// Is told how far it is.
pub trait Filling: Sync {
    /// `sent` of `total` units are in.
    fn sent(&self, sent: u64, total: u64);
}

/// What was done.
#[derive(Clone, Debug, Serialize)]
pub struct Filled {
    /// The generation in the cluster that serves now.
    pub generation: String,
    /// How many units it has.
    pub units: u64,
    /// How many of them were sent.
    pub sent: u64,
    /// How many documents have gone or were sent anew.
    pub documents: u64,
    /// How many bytes were sent for that.
    pub bytes: u64,
    /// How many bytes its units take on the disks of the cluster, copies apart.
    pub stored: u64,
    /// How long it took, in seconds.
    pub seconds: f64,
}

impl ClusterFolder {
    /// Asks the cluster whether it is one that can be used.
    ///
    /// # Errors
    ///
    /// If it does not answer, does not know who asks, or is something else.
    pub fn check(&self) -> Result<(), IndexError> {
        self.connection.check_version()?;
        Ok(())
    }

    /// Brings the generation that serves in `folder` into the cluster and makes it the one that serves there.
    ///
    /// # Errors
    ///
    /// If it cannot be read, or the cluster does not take all of it. What served there goes on serving; what has come to be is
    /// used when it is tried again.
    pub fn fill(
        &self,
        folder: &IndexFolder,
        options: FillOptions,
        progress: &dyn Filling,
    ) -> Result<Filled, IndexError> {
        let started = Instant::now();
        self.check()?;
        let local = Local::open(folder)?;
        let current = self.serving()?;
        let before = match &current {
            Some(name) => self.chapters(name).ok(),
            None => None,
        };
        let chapters =
            Chapters::new(&local.tables, &local.superseded, local.units.counted_chapters()?, before.as_ref());
        let averages = local.units.averages();
        let name = self.begin(current.as_deref(), options, &averages)?;
        let index = self.units_index(&name);
        let sent = local.send(&self.connection, &index, &chapters, progress)?;
        local.compare(&self.connection, &index)?;
        let files = local.small_files(&chapters, &averages)?;
        small_files::write(&self.connection, &self.files_index(&name), &files)?;
        self.wait_for_copies(&index)?;
        self.publish(&name, current.as_deref())?;
        let stored = self.stored(&index)?;
        Ok(Filled {
            generation: name,
            units: local.tables.units() as u64,
            sent: sent.units,
            documents: sent.documents,
            bytes: sent.bytes,
            stored,
            seconds: started.elapsed().as_secs_f64(),
        })
    }

    /// The generation that serves. Where nothing tells any more which one does, the last that is whole.
    fn serving(&self) -> Result<Option<String>, IndexError> {
        if let Some(current) = self.current()? {
            return Ok(Some(current));
        }
        for number in self.numbers()?.into_iter().rev() {
            let name = format!("{number:06}");
            if small_files::are_whole(&self.connection, &self.files_index(&name))? {
                tracing::warn!(generation = name, alias = self.name, "the alias is lost: this generation is kept");
                return Ok(Some(name));
            }
        }
        Ok(None)
    }

    /// An index to be filled: the one that an earlier build left, a clone of the one that serves, or an empty one.
    fn begin(&self, current: Option<&str>, options: FillOptions, averages: &Averages) -> Result<String, IndexError> {
        let known = json!({ "schema": SCHEMA, "averages": averages });
        let serving = current.and_then(|name| name.parse::<u64>().ok()).unwrap_or(0);
        let numbers = self.numbers()?;
        for left in numbers.iter().filter(|&&number| number > serving) {
            let name = format!("{left:06}");
            let fits = !options.full && self.fits(&name, options.layout, averages)?;
            if fits {
                tracing::info!(generation = name, "going on with what an earlier build has left");
                let settings = json!({ "index": {
                    "number_of_replicas": options.layout.replicas, "blocks": { "write": null },
                } });
                self.put(&format!("/{}/_settings", self.units_index(&name)), &settings)?;
                self.wait_for_copies(&self.units_index(&name))?;
                self.make_file_index(&name, options.layout)?;
                return Ok(name);
            }
            self.remove(&name)?;
        }
        let name = format!("{:06}", numbers.last().copied().unwrap_or(0).max(serving) + 1);
        let index = self.units_index(&name);
        match current.filter(|_| !options.full) {
            Some(current) if self.fits(current, options.layout, averages)? => {
                self.clone_units(current, &name, options)?;
            }
            _ => {
                let body = unit_index(options.layout, averages, &known);
                self.put(&format!("/{index}"), &body)?;
            }
        }
        // What is written while a copy is not there yet is lost with its only node.
        self.wait_for_copies(&index)?;
        self.make_file_index(&name, options.layout)?;
        Ok(name)
    }

    /// Whether what is in an index can be used in the next one.
    fn fits(&self, name: &str, layout: Layout, averages: &Averages) -> Result<bool, IndexError> {
        #[derive(Deserialize)]
        struct Description {
            mappings: Value,
            settings: Value,
        }
        let request = Request::get(format!("/{}", self.units_index(name)));
        let found: Option<BTreeMap<String, Description>> = self.connection.send_optional(request)?;
        let Some(Description { mappings, settings }) = found.and_then(|mut found| found.pop_first()).map(|it| it.1)
        else {
            return Ok(false);
        };
        let known = &mappings["_meta"];
        let near = |(at, &average): (usize, &f32)| {
            let before = known["averages"][at].as_f64().unwrap_or(0.0) as f32;
            (before - average).abs() <= MOST_DRIFT * average
        };
        Ok(known["schema"] == SCHEMA
            && settings["index"]["number_of_shards"].as_str() == Some(layout.shards.to_string().as_str())
            && averages.iter().enumerate().all(near))
    }

    /// Makes an index with the files of the one that serves, which nobody writes any more.
    fn clone_units(&self, from: &str, to: &str, options: FillOptions) -> Result<(), IndexError> {
        let (from, to) = (self.units_index(from), self.units_index(to));
        self.put(&format!("/{from}/_settings"), &json!({ "index": { "blocks": { "write": true } } }))?;
        let settings = json!({ "settings": { "index": {
            "number_of_replicas": options.layout.replicas, "blocks": { "write": null },
        } } });
        let request = Request::put(format!("/{from}/_clone/{to}")).query("timeout", "60s").json(&settings);
        let _: IgnoredAny = self.connection.send(request.timeout(SLOW).within(SLOW))?;
        Ok(())
    }

    fn make_file_index(&self, name: &str, layout: Layout) -> Result<(), IndexError> {
        let index = self.files_index(name);
        if !self.connection.exists(&format!("/{index}"))? {
            self.put(&format!("/{index}"), &file_index(layout, &json!({ "schema": SCHEMA })))?;
        }
        Ok(())
    }

    /// Waits until every part of an index and its copies are somewhere, but not for ever: a node may be missing.
    fn wait_for_copies(&self, index: &str) -> Result<(), IndexError> {
        #[derive(Deserialize)]
        struct Health {
            status: String,
        }
        let request =
            Request::get(format!("/_cluster/health/{index}")).query("wait_for_status", "green").query("timeout", "30s");
        match self.connection.send::<Health>(request.timeout(SLOW).within(SLOW)) {
            Ok(health) if health.status == "green" => {}
            // That the time was up is said with this status.
            Ok(_) | Err(ClusterError::Refused { status: 408, .. }) => {
                tracing::warn!(index, "not all copies have a node: if one is lost now, so may be what is on it");
            }
            Err(error) => return Err(error.into()),
        }
        Ok(())
    }

    /// Makes a generation the one that serves, and removes all but the one before it.
    fn publish(&self, name: &str, previous: Option<&str>) -> Result<(), IndexError> {
        let index = self.units_index(name);
        self.put(&format!("/{index}/_settings"), &json!({ "index": { "blocks": { "write": true } } }))?;
        let mut actions = vec![json!({ "add": { "index": index, "alias": self.name } })];
        let previous_index = previous.map(|previous| self.units_index(previous));
        let serves = self.current()?;
        actions.extend(
            previous_index
                .filter(|_| serves.as_deref() == previous)
                .map(|index| json!({ "remove": { "index": index, "alias": self.name } })),
        );
        let request = Request::post("/_aliases").json(&json!({ "actions": actions })).repeatable();
        let _: IgnoredAny = self.connection.send(request)?;
        for number in self.numbers()? {
            let other = format!("{number:06}");
            if other != name && Some(other.as_str()) != previous {
                // It serves: what cannot be removed is no failure of this one.
                if let Err(error) = self.remove(&other) {
                    tracing::warn!(generation = other, %error, "an old generation cannot be removed and stays");
                }
            }
        }
        Ok(())
    }

    fn remove(&self, name: &str) -> Result<(), IndexError> {
        for index in [self.units_index(name), self.files_index(name)] {
            let _: Option<IgnoredAny> = self.connection.send_optional(Request::delete(format!("/{index}")))?;
        }
        Ok(())
    }

    fn put(&self, path: &str, body: &Value) -> Result<(), IndexError> {
        let _: IgnoredAny = self.connection.send(Request::put(path).timeout(SLOW).within(SLOW).json(body))?;
        Ok(())
    }

    /// How many bytes the units of an index take, copies apart.
    fn stored(&self, index: &str) -> Result<u64, IndexError> {
        let request = Request::get(format!("/{index}/_stats/store")).query("filter_path", "_all.primaries.store");
        let stats: Value = self.connection.send(request)?;
        Ok(stats["_all"]["primaries"]["store"]["size_in_bytes"].as_u64().unwrap_or(0))
    }
}

/// A generation on this machine's disk.
struct Local {
    tables: Arc<Tables>,
    superseded: Vec<bool>,
    analyzer: Arc<crate::analyzer::LegalAnalyzer>,
    units: Embedded,
    manifest: Manifest,
    path: PathBuf,
    /// Keeps it from being removed.
    _lock: std::fs::File,
}

/// What was sent.
#[derive(Default)]
struct Sent {
    units: u64,
    documents: u64,
    bytes: u64,
}

impl Local {
    fn open(folder: &IndexFolder) -> Result<Local, IndexError> {
        let held = folder.hold_current()?;
        held.check(Depth::Quick)?;
        let Held { folder: path, manifest, lock } = held;
        let Opened { tables, superseded, analyzer, manifest, .. } = Opened::of_folder(&path, manifest)?;
        let units = Embedded::open(&path.join(UNITS), Arc::clone(&tables), &superseded, Arc::clone(&analyzer))?;
        Ok(Local { tables, superseded, analyzer, units, manifest, path, _lock: lock })
    }

    /// Sends what is not in the cluster as it should be, until all is.
    fn send(
        &self,
        connection: &Connection,
        index: &str,
        chapters: &Chapters,
        progress: &dyn Filling,
    ) -> Result<Sent, IndexError> {
        let expected = Expected::new(&self.manifest, &self.tables, &self.superseded, chapters);
        let mut sent = Sent::default();
        for round in 0.. {
            refresh(connection, index)?;
            let found = stored_documents(connection, index)?;
            let wrong = expected.wrong(&found);
            if wrong.is_empty() {
                return Ok(sent);
            }
            if round == MOST_ROUNDS {
                let reason = format!("{} documents are not as they were sent: is somebody else writing?", wrong.len());
                return Err(IndexError::damaged(std::path::Path::new(index), reason));
            }
            if round > 0 {
                tracing::warn!(documents = wrong.len(), "sending again what has not arrived");
            }
            let round = self.send_documents(connection, index, &expected, &wrong, &found, progress)?;
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
        let maker = Maker {
            tables: &self.tables,
            superseded: &self.superseded,
            is_shared: self.tables.is_shared(),
            analyzer: &self.analyzer,
            around: expected.around.clone(),
        };
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

    /// Compares some units in the cluster with those here.
    fn compare(&self, connection: &Connection, index: &str) -> Result<(), IndexError> {
        let units = self.tables.units();
        let step = (units / SAMPLE).max(1);
        for unit in (0..units).step_by(step) {
            let unit = UnitNo::try_from(unit).expect("units have numbers of 32 bits");
            let row = &self.tables.documents[self.tables.document_of[unit as usize] as usize];
            let Key { id, routing } = Key::of(&row.header.id, unit - row.first);
            let request = Request::get(format!("/{index}/_source/{id}")).query("routing", routing);
            let found: Option<Source> = connection.send_optional(request)?;
            let local = self.units.read(unit)?;
            if found.is_none_or(|found| found.unit != local) {
                let reason = format!("`{}` is not what was sent", local.id);
                return Err(IndexError::damaged(std::path::Path::new(index), reason));
            }
        }
        Ok(())
    }

    /// What the generation knows beside its units.
    fn small_files(&self, chapters: &Chapters, averages: &Averages) -> Result<SmallFiles, IndexError> {
        let mut small = SmallFiles::new();
        let own = |name: &&String| !name.starts_with(UNITS);
        let names = files::list(&self.path).map_err(|source| IndexError::read(&self.path, source))?;
        for name in names.iter().filter(own) {
            let path = self.path.join(name);
            small.insert(name.clone(), std::fs::read(&path).map_err(|source| IndexError::read(&path, source))?);
        }
        debug_assert!(small.keys().any(|name| name.starts_with(LEXICON)) || small.contains_key(Tables::FILE));
        let binary = |value: &BTreeMap<String, u32>| postcard::to_stdvec(value).expect("words can be written");
        small.insert(Chapters::FILE.to_owned(), chapters.to_bytes());
        let frequencies = postcard::to_stdvec(&self.units.frequencies()?).expect("numbers can be written");
        small.insert(Frequencies::FILE.to_owned(), frequencies);
        small.insert(WORDS.to_owned(), binary(&self.units.words()?));
        small.insert(AVERAGES.to_owned(), postcard::to_stdvec(averages).expect("numbers can be written"));
        Ok(small)
    }
}

fn refresh(connection: &Connection, index: &str) -> Result<(), IndexError> {
    let request = Request::post(format!("/{index}/_refresh")).repeatable().timeout(SLOW).within(SLOW);
    let _: IgnoredAny = connection.send(request)?;
    Ok(())
}

/// What the cluster has of a document.
struct StoredDocument {
    units: u64,
    /// The checks of its units, added up.
    sum: f64,
    /// One more than the greatest ordinal.
    most: u32,
}

/// All documents in an index.
fn stored_documents(connection: &Connection, index: &str) -> Result<HashMap<String, StoredDocument>, IndexError> {
    #[derive(Deserialize)]
    struct Answer {
        aggregations: Option<Aggregations>,
    }
    #[derive(Deserialize)]
    struct Aggregations {
        documents: Documents,
    }
    #[derive(Deserialize)]
    struct Documents {
        after_key: Option<Value>,
        #[serde(default)]
        buckets: Vec<Bucket>,
    }
    #[derive(Deserialize)]
    struct Bucket {
        key: BTreeMap<String, String>,
        doc_count: u64,
        sum: Number,
        most: Number,
    }
    #[derive(Deserialize)]
    struct Number {
        value: f64,
    }
    const AT_ONCE: usize = 5000;
    let mut documents = HashMap::new();
    let mut after = Value::Null;
    loop {
        let mut composite =
            json!({ "size": AT_ONCE, "sources": [{ "document": { "terms": { "field": "document" } } }] });
        if !after.is_null() {
            composite["after"] = after;
        }
        let body = json!({ "size": 0, "track_total_hits": false, "aggs": { "documents": {
            "composite": composite,
            "aggs": { "sum": { "sum": { "field": "check" } }, "most": { "max": { "field": "ordinal" } } },
        } } });
        let request = Request::post(format!("/{index}/_search"))
            .query("allow_partial_search_results", "false")
            .json(&body)
            .repeatable()
            .timeout(SLOW)
            .within(SLOW);
        let answer: Answer = connection.send(request)?;
        let Some(Aggregations { documents: found }) = answer.aggregations else { return Ok(documents) };
        for bucket in found.buckets {
            let Some(id) = bucket.key.into_values().next() else { continue };
            let stored =
                StoredDocument { units: bucket.doc_count, sum: bucket.sum.value, most: bucket.most.value as u32 + 1 };
            documents.insert(id, stored);
        }
        match found.after_key {
            Some(key) => after = key,
            None => return Ok(documents),
        }
    }
}

/// What the cluster should have of each document.
pub(super) struct Expected {
    /// By document: what all that is sent of its units follows from, as a number.
    marks: Vec<u64>,
    documents: HashMap<String, (u64, f64)>,
    /// By unit: the number of the chapter around it.
    around: Vec<Option<u32>>,
}

impl Expected {
    pub(super) fn new(manifest: &Manifest, tables: &Tables, superseded: &[bool], chapters: &Chapters) -> Expected {
        let around: Vec<Option<u32>> = tables
            .chapters_around(superseded)
            .into_iter()
            .map(|chapter| if chapter == NONE { None } else { chapters.number_of(chapter) })
            .collect();
        let is_shared = tables.is_shared();
        let analyzer = manifest.analyzer.to_string();
        let mut expected = Expected { marks: Vec::new(), documents: HashMap::new(), around };
        for (number, row) in tables.documents.iter().enumerate() {
            let mut mark = Xxh3::new();
            let hash = manifest.document(&row.header.id).map_or("", |document| document.hash.as_str());
            for part in [hash, row.header.id.as_str(), row.header.title.as_str(), analyzer.as_str()] {
                mark.update(part.as_bytes());
                mark.update(&[0]);
            }
            mark.update(&[u8::from(superseded[number])]);
            mark.update(&SCHEMA.to_le_bytes());
            mark.update(&manifest.reader.to_le_bytes());
            for unit in row.first..row.first + row.units {
                mark.update(&[u8::from(is_shared[unit as usize])]);
                mark.update(&expected.around[unit as usize].unwrap_or(NONE).to_le_bytes());
            }
            let mark = mark.digest();
            let sum = (0..row.units).map(|ordinal| check_of(mark, ordinal) as f64).sum();
            expected.marks.push(mark);
            if row.units > 0 {
                expected.documents.insert(row.header.id.clone(), (u64::from(row.units), sum));
            }
        }
        expected
    }

    /// The documents that are not as they should be, or should not be there.
    fn wrong(&self, found: &HashMap<String, StoredDocument>) -> Vec<String> {
        let is_right =
            |id: &str, expected: &(u64, f64)| found.get(id).is_some_and(|found| (found.units, found.sum) == *expected);
        let mut wrong: Vec<String> =
            self.documents.iter().filter(|(id, expected)| !is_right(id, expected)).map(|(id, _)| id.clone()).collect();
        wrong.extend(found.keys().filter(|id| !self.documents.contains_key(*id)).cloned());
        wrong.sort();
        wrong
    }

    /// The same, asked of the cluster.
    pub(super) fn differences(&self, connection: &Connection, index: &str) -> Result<Vec<String>, IndexError> {
        Ok(self.wrong(&stored_documents(connection, index)?))
    }
}
