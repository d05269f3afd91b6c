//! Filling a generation in the cluster from one on this machine's disk, and switching to it.
//!
//! A new index begins as a clone of the one before, whose files it shares. Of each document the cluster then says how many units it
//! has and of what they were made, and those that are not as they should be are sent again, whole: which is all of an incremental
//! build, what is left to do after a crash, and how a build finds out at the end that nothing was lost or doubled. Units are named
//! by their place, so that whatever is sent twice is there once. Nobody reads the index until the alias names it.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use serde::de::IgnoredAny;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::client::{ClusterError, Request};
use super::generations::ClusterFolder;
use super::local::Local;
use super::schema::{Averages, Layout, SATURATION, SCHEMA, file_index, unit_index};
use super::small_files;
use super::surroundings::Chapters;
use crate::index::{IndexError, IndexFolder};

/// How far the average lengths may have moved before the similarity is made anew.
const MOST_DRIFT: f32 = 0.02;
/// How long it takes at most to clone an index or to see all parts of it somewhere.
pub(super) const SLOW: Duration = Duration::from_secs(120);

/// So often it is tried to close an index for writing, a second apart.
const CLOSING: usize = 30;

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
            Some(name) => match self.chapters(name) {
                Err(error) if error.is_of_cluster() => return Err(error),
                // Of another version: numbers begin anew.
                chapters => chapters.ok(),
            },
            None => None,
        };
        let chapters =
            Chapters::new(&local.tables, &local.superseded, local.units.counted_chapters()?, before.as_ref());
        let averages = local.units.averages();
        let name = self.begin(current.as_deref(), options, &averages)?;
        let index = self.units_index(&name);
        let expected = local.expected(&chapters);
        let sent = local.send(&self.connection, &index, &expected, progress)?;
        self.close(&index)?;
        local.compare(&self.connection, &index, &expected)?;
        let files = local.small_files(&chapters, &averages)?;
        small_files::write(&self.connection, &self.files_index(&name), &files)?;
        self.close(&self.files_index(&name))?;
        if small_files::read(&self.connection, &self.files_index(&name))? != files {
            return Err(small_files::damaged(&self.files_index(&name), "its files", "they are not what was sent"));
        }
        self.wait_for_copies(&name)?;
        self.publish(&name, current.as_deref())?;
        // It serves: what cannot be told is no failure of it.
        let stored = self.stored(&index).unwrap_or(0);
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
        let known = json!({ "schema": SCHEMA, "averages": averages, "saturation": SATURATION });
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
                self.make_file_index(&name, options.layout)?;
                for index in [self.units_index(&name), self.files_index(&name)] {
                    // What was closed in part can be opened only when it is closed as a whole.
                    self.close(&index)?;
                    self.put(&format!("/{index}/_settings"), &settings)?;
                }
                // It is whole no more until it is filled again.
                small_files::unname(&self.connection, &self.files_index(&name))?;
                self.wait_for_copies(&name)?;
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
                self.create(&index, &unit_index(options.layout, averages, &known))?;
            }
        }
        self.make_file_index(&name, options.layout)?;
        // What is written while a copy is not there yet is lost with its only node.
        self.wait_for_copies(&name)?;
        Ok(name)
    }

    /// Whether what is in an index can be used in the next one.
    fn fits(&self, name: &str, layout: Layout, averages: &Averages) -> Result<bool, IndexError> {
        #[derive(Deserialize)]
        struct Description {
            mappings: Value,
            settings: Value,
        }
        let request = Request::get(format!("/{}", self.units_index(name))).within(SLOW);
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
            && known["saturation"] == json!(SATURATION)
            && settings["index"]["number_of_shards"].as_str() == Some(layout.shards.to_string().as_str())
            && averages.iter().enumerate().all(near))
    }

    /// Makes an index with the files of the one that serves, which nobody writes any more.
    fn clone_units(&self, from: &str, to: &str, options: FillOptions) -> Result<(), IndexError> {
        let (from, to) = (self.units_index(from), self.units_index(to));
        self.close(&from)?;
        let settings = json!({ "settings": { "index": {
            "number_of_replicas": options.layout.replicas, "blocks": { "write": null },
        } } });
        let request = Request::put(format!("/{from}/_clone/{to}")).query("timeout", "60s").json(&settings);
        self.made(request)
    }

    /// Makes an index.
    fn create(&self, index: &str, body: &Value) -> Result<(), IndexError> {
        self.made(Request::put(format!("/{index}")).json(body))
    }

    /// Sends a request that makes an index whose name was free. If it is taken now, an answer was lost and the request sent again.
    fn made(&self, request: Request) -> Result<(), IndexError> {
        match self.connection.send::<IgnoredAny>(request.timeout(SLOW).within(SLOW)) {
            Err(ClusterError::Refused { kind, .. }) if kind == "resource_already_exists_exception" => Ok(()),
            made => Ok(made.map(|_| ())?),
        }
    }

    /// Lets nobody write into an index from now on; what was being written is in it then.
    fn close(&self, index: &str) -> Result<(), IndexError> {
        #[derive(Deserialize)]
        struct Closed {
            acknowledged: bool,
        }
        for attempt in 0..CLOSING {
            if attempt > 0 {
                std::thread::sleep(Duration::from_secs(1));
            }
            let request = Request::put(format!("/{index}/_block/write")).timeout(SLOW).within(SLOW);
            // A part whose node has just gone does not say so, and its copy does as soon as it has taken over.
            if self.connection.send::<Closed>(request)?.acknowledged {
                return Ok(());
            }
        }
        Err(ClusterError::NotClosed { index: index.to_owned() }.into())
    }

    fn make_file_index(&self, name: &str, layout: Layout) -> Result<(), IndexError> {
        let index = self.files_index(name);
        if !self.connection.exists(&format!("/{index}"))? {
            self.create(&index, &file_index(layout, &json!({ "schema": SCHEMA })))?;
        }
        Ok(())
    }

    /// Waits until every part of a generation and its copies are somewhere, but not for ever: a node may be missing.
    fn wait_for_copies(&self, name: &str) -> Result<(), IndexError> {
        #[derive(Deserialize)]
        struct Health {
            status: String,
        }
        let index = format!("{},{}", self.units_index(name), self.files_index(name));
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
        let mut actions = vec![json!({ "add": { "index": self.units_index(name), "alias": self.name } })];
        let previous_index = previous.map(|previous| self.units_index(previous));
        let serves = self.current()?;
        actions.extend(
            previous_index
                .filter(|_| serves.as_deref() == previous)
                .map(|index| json!({ "remove": { "index": index, "alias": self.name } })),
        );
        let request = Request::post("/_aliases").json(&json!({ "actions": actions })).repeatable();
        let _: IgnoredAny = self.connection.send(request.timeout(SLOW).within(SLOW))?;
        // It serves: what cannot be looked through for older ones is no failure of this one.
        if let Err(error) = self.prune(name, previous) {
            tracing::warn!(%error, "old generations stay");
        }
        Ok(())
    }

    /// Removes every generation but the two named.
    fn prune(&self, current: &str, previous: Option<&str>) -> Result<(), IndexError> {
        for number in self.numbers()? {
            let other = format!("{number:06}");
            if other != current && Some(other.as_str()) != previous {
                self.remove(&other)?;
            }
        }
        Ok(())
    }

    fn remove(&self, name: &str) -> Result<(), IndexError> {
        // The files first: what has them is held for whole.
        for index in [self.files_index(name), self.units_index(name)] {
            let request = Request::delete(format!("/{index}")).timeout(SLOW).within(SLOW);
            let _: Option<IgnoredAny> = self.connection.send_optional(request)?;
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
