//! The generations in a cluster: which there are, which serves, and reading one.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use serde::Deserialize;

use serde_json::Value;

use super::client::{Connection, ConnectionOptions, Request};
use super::frequencies::Frequencies;
use super::small_files::{self, SmallFiles, damaged};
use super::surroundings::Chapters;
use super::{Cluster, Parts};
use crate::index::manifest::Manifest;
use crate::index::reader::{Index, Opened, Origin};
use crate::index::tables::Tables;
use crate::index::writer::LEXICON;
use crate::index::{IndexError, Problem};
use crate::lexicon::LexiconFiles;

/// The small files of a generation that only a cluster has.
pub(super) const WORDS: &str = "words.bin";
pub(super) const AVERAGES: &str = "averages.bin";

/// How long a look at what serves may take: who follows it looks again soon.
const LOOK_TIME: Duration = Duration::from_secs(4);

/// The indexes of one name in a cluster: what [`IndexFolder`](crate::index::IndexFolder) is on a disk.
#[derive(Clone)]
pub struct ClusterFolder {
    pub(super) connection: Connection,
    /// The alias of the generation that serves, and what the names of all indexes begin with.
    pub(super) name: String,
}

impl std::fmt::Debug for ClusterFolder {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "`{}` in {}", self.name, self.connection.addresses())
    }
}

/// A name that OpenSearch lets an index have, and whose numbered indexes are told from those of others.
fn is_name(name: &str) -> bool {
    let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '-' | '_');
    name.starts_with(|c: char| c.is_ascii_lowercase()) && name.chars().all(fits) && name.len() <= 100
}

impl ClusterFolder {
    /// The indexes of that name, whether or not there are any. Nothing is sent yet.
    ///
    /// # Errors
    ///
    /// If the options cannot be used, or an index cannot have that name.
    pub fn new(options: &ConnectionOptions, name: &str) -> Result<ClusterFolder, IndexError> {
        if !is_name(name) {
            return Err(IndexError::ClusterName { name: name.to_owned() });
        }
        Ok(ClusterFolder { connection: Connection::new(options)?, name: name.to_owned() })
    }

    /// The name of the generation that serves, `None` where nothing was published yet.
    ///
    /// # Errors
    ///
    /// If the cluster does not say.
    pub fn current(&self) -> Result<Option<String>, IndexError> {
        let request = Request::get(format!("/{0}-*/_alias/{0}", self.name)).timeout(LOOK_TIME / 2).within(LOOK_TIME);
        let found: Option<BTreeMap<String, Value>> = self.connection.send_optional(request)?;
        let names = found.into_iter().flatten().filter_map(|(index, _)| self.generation_of(&index));
        Ok(names.max().map(|number| format!("{number:06}")))
    }

    /// When the generation that serves was begun: one that was deleted and built again has the old name.
    ///
    /// # Errors
    ///
    /// If the cluster does not say.
    pub fn published_at(&self) -> Result<Option<SystemTime>, IndexError> {
        #[derive(Deserialize)]
        struct Known {
            settings: BTreeMap<String, String>,
        }
        let request =
            Request::get(format!("/{}/_settings/index.creation_date", self.name)).query("flat_settings", "true");
        let request = request.timeout(LOOK_TIME / 2).within(LOOK_TIME);
        let known: Option<BTreeMap<String, Known>> = self.connection.send_optional(request)?;
        let known = known.into_iter().flatten();
        let date = known.filter_map(|(_, known)| known.settings.into_values().next()?.parse().ok()).max();
        Ok(date.map(|date| SystemTime::UNIX_EPOCH + Duration::from_millis(date)))
    }

    /// Opens the generation that serves. Its units are not checked.
    ///
    /// # Errors
    ///
    /// If there is none, it was built by another version, or something is missing or not what was written.
    pub fn open(&self) -> Result<Index, IndexError> {
        let Some(name) = self.current()? else { return Err(self.missing()) };
        self.open_generation(&name)
    }

    /// Opens the newest whole generation before the one that serves, `None` if there is none.
    ///
    /// # Errors
    ///
    /// As [`open`](Self::open).
    pub fn open_previous(&self) -> Result<Option<Index>, IndexError> {
        let current = self.current()?.and_then(|name| name.parse::<u64>().ok());
        let is_older = |&number: &u64| current.is_none_or(|current| number < current);
        for number in self.numbers()?.into_iter().rev().filter(is_older) {
            let name = format!("{number:06}");
            if small_files::are_whole(&self.connection, &self.files_index(&name))? {
                return self.open_generation(&name).map(Some);
            }
        }
        Ok(None)
    }

    /// Looks at all units of the generation that serves. What is wrong is the list returned, by document.
    ///
    /// # Errors
    ///
    /// If there is none, or the cluster does not say.
    pub fn verify_current(&self) -> Result<(Manifest, Vec<Problem>), IndexError> {
        let Some(name) = self.current()? else { return Err(self.missing()) };
        self.verify(&name)
    }

    /// Whether nothing was ever built under this name. What cannot be told is not so.
    pub fn is_empty(&self) -> bool {
        self.numbers().is_ok_and(|numbers| numbers.is_empty())
    }

    /// What people find it by.
    pub fn path(&self) -> PathBuf {
        PathBuf::from(format!("{}/{}", self.connection.addresses(), self.name))
    }

    fn missing(&self) -> IndexError {
        IndexError::Missing { folder: self.path() }
    }

    fn open_generation(&self, name: &str) -> Result<Index, IndexError> {
        let index = self.units_index(name);
        let files = small_files::read(&self.connection, &self.files_index(name))?;
        let read = Files { index: &index, files };
        let manifest = read.manifest()?;
        let opened = Opened::new(&PathBuf::from(&index), manifest, &read.lexicon(), read.tables()?)?;
        let cluster = Cluster::new(Parts {
            connection: self.connection.clone(),
            units_index: index.clone(),
            tables: Arc::clone(&opened.tables),
            superseded: opened.superseded.clone(),
            analyzer: Arc::clone(&opened.analyzer),
            averages: read.binary(AVERAGES)?,
            chapters: read.chapters()?,
            frequencies: read.binary(Frequencies::FILE)?,
            words: read.binary(WORDS)?,
        });
        let origin = Origin::Cluster { folder: self.clone(), index };
        Ok(opened.with(Box::new(cluster), name.to_owned(), origin))
    }

    /// What is wrong with the units of a generation: how many each document has, and of what they were made.
    pub(in crate::index) fn verify(&self, name: &str) -> Result<(Manifest, Vec<Problem>), IndexError> {
        let index = self.units_index(name);
        let files = small_files::read(&self.connection, &self.files_index(name))?;
        let read = Files { index: &index, files };
        let (manifest, tables, chapters) = (read.manifest()?, read.tables()?, read.chapters()?);
        let superseded = tables.superseded();
        let expected = super::comparison::Expected::new(&manifest, &tables, &superseded, &chapters);
        let problems = expected.differences(&self.connection, &index)?.into_iter().map(|document| Problem {
            file: document,
            reason: "its units are not those that were sent".to_owned(),
            is_unread: false,
        });
        Ok((manifest, problems.collect()))
    }

    /// The small file of the chapters of a generation.
    pub(super) fn chapters(&self, name: &str) -> Result<Chapters, IndexError> {
        let files = small_files::read(&self.connection, &self.files_index(name))?;
        Files { index: name, files }.chapters()
    }

    /// The numbers of all generations that are there, published or not.
    pub(super) fn numbers(&self) -> Result<BTreeSet<u64>, IndexError> {
        let request = Request::get(format!("/{}-*/_alias", self.name));
        let found: Option<BTreeMap<String, Value>> = self.connection.send_optional(request)?;
        Ok(found.into_iter().flatten().filter_map(|(index, _)| self.generation_of(&index)).collect())
    }

    pub(super) fn units_index(&self, generation: &str) -> String {
        format!("{}-{generation}", self.name)
    }

    pub(super) fn files_index(&self, generation: &str) -> String {
        format!("{}-{generation}-files", self.name)
    }

    /// The generation whose units, or small files, an index has.
    fn generation_of(&self, index: &str) -> Option<u64> {
        let rest = index.strip_prefix(&self.name)?.strip_prefix('-')?;
        let number = rest.strip_suffix("-files").unwrap_or(rest);
        (number.len() >= 6 && number.bytes().all(|byte| byte.is_ascii_digit())).then(|| number.parse().ok())?
    }
}

/// The small files of a generation, read.
struct Files<'n> {
    index: &'n str,
    files: SmallFiles,
}

impl Files<'_> {
    fn bytes(&self, name: &str) -> Result<&[u8], IndexError> {
        self.files.get(name).map(Vec::as_slice).ok_or_else(|| damaged(self.index, name, "it is not there"))
    }

    fn manifest(&self) -> Result<Manifest, IndexError> {
        let generation = PathBuf::from(self.index);
        Manifest::from_json(self.bytes(Manifest::FILE)?, &generation.join(Manifest::FILE), &generation)
    }

    fn tables(&self) -> Result<Tables, IndexError> {
        Tables::from_bytes(self.bytes(Tables::FILE)?)
            .map_err(|error| damaged(self.index, Tables::FILE, &error.to_string()))
    }

    fn chapters(&self) -> Result<Chapters, IndexError> {
        Chapters::from_bytes(self.bytes(Chapters::FILE)?)
            .map_err(|error| damaged(self.index, Chapters::FILE, &error.to_string()))
    }

    fn binary<T: serde::de::DeserializeOwned>(&self, name: &str) -> Result<T, IndexError> {
        postcard::from_bytes(self.bytes(name)?).map_err(|error| damaged(self.index, name, &error.to_string()))
    }

    fn lexicon(&self) -> LexiconFiles {
        let prefix = format!("{LEXICON}/");
        let files = self.files.iter().filter_map(|(name, bytes)| Some((name.strip_prefix(&prefix)?, bytes)));
        files.fold(LexiconFiles::default(), |files, (name, bytes)| files.with(name, &String::from_utf8_lossy(bytes)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_called_so_is_a_generation() {
        let folder = ClusterFolder::new(&ConnectionOptions::default(), "law").expect("a name");
        for (index, number) in [
            ("law-000007", Some(7)),
            ("law-000007-files", Some(7)),
            ("law-1234567", Some(1_234_567)),
            ("law-7", None),
            ("law-north-000007", None),
            ("law-00000x", None),
            ("law", None),
            ("lawful-000007", None),
            ("law-000007-files-files", None),
            ("law-99999999999999999999", None),
        ] {
            assert_eq!(folder.generation_of(index), number, "{index}");
        }
    }
}
