//! Where an index is: in a folder of this machine, or in a cluster.

use std::path::PathBuf;
use std::time::{Duration, SystemTime};

use super::generation::{IndexError, IndexFolder, Problem};
use super::manifest::Manifest;
use super::reader::Index;

use super::cluster::ClusterFolder;

/// Where an index is.
#[derive(Clone, Debug)]
pub enum IndexPlace {
    /// On this machine.
    Folder(IndexFolder),
    /// In a cluster.
    Cluster(ClusterFolder),
}

impl IndexPlace {
    /// What people find it by: a folder, or the addresses of a cluster and a name in it.
    pub fn path(&self) -> PathBuf {
        match self {
            IndexPlace::Folder(folder) => folder.path().to_owned(),
            IndexPlace::Cluster(cluster) => cluster.path(),
        }
    }

    /// The name of the generation that serves, `None` where nothing was published yet.
    ///
    /// # Errors
    ///
    /// If that cannot be told.
    pub fn current(&self) -> Result<Option<String>, IndexError> {
        match self {
            IndexPlace::Folder(folder) => folder.current(),
            IndexPlace::Cluster(cluster) => cluster.current(),
        }
    }

    /// Whether nothing was ever built here, as far as can be told.
    pub fn is_empty(&self) -> bool {
        match self {
            IndexPlace::Folder(folder) => folder.is_empty(),
            IndexPlace::Cluster(cluster) => cluster.is_empty(),
        }
    }

    /// When what is published was published, where that is said: an index that was deleted and built again has the old name.
    ///
    /// # Errors
    ///
    /// If a cluster does not answer.
    pub fn published_at(&self) -> Result<Option<SystemTime>, IndexError> {
        match self {
            IndexPlace::Folder(folder) => Ok(folder.published_at().ok()),
            IndexPlace::Cluster(cluster) => cluster.published_at(),
        }
    }

    /// How often it does no harm to ask what is published.
    pub fn look_every(&self) -> Duration {
        match self {
            IndexPlace::Folder(_) => Duration::from_millis(200),
            IndexPlace::Cluster(_) => Duration::from_secs(2),
        }
    }

    /// Opens the generation that serves, after a first look at it.
    ///
    /// # Errors
    ///
    /// If there is none, it was built by another version, or something of it is missing, not what was written, or unreadable.
    pub fn open(&self) -> Result<Index, IndexError> {
        match self {
            IndexPlace::Folder(folder) => Index::open(folder.path()),
            IndexPlace::Cluster(cluster) => cluster.open(),
        }
    }

    /// The same after a look at all of it.
    ///
    /// # Errors
    ///
    /// As [`open`](IndexPlace::open).
    pub fn open_verified(&self) -> Result<Index, IndexError> {
        match self {
            IndexPlace::Folder(folder) => Index::open_verified(folder.path()),
            // A build compares all before it publishes, and a cluster checks what it reads by itself.
            IndexPlace::Cluster(cluster) => cluster.open(),
        }
    }

    /// Opens the newest generation before the one that serves that is in order, `None` if there is none.
    ///
    /// # Errors
    ///
    /// As [`open`](IndexPlace::open).
    pub fn open_previous(&self) -> Result<Option<Index>, IndexError> {
        match self {
            IndexPlace::Folder(folder) => Index::open_previous(folder.path()),
            IndexPlace::Cluster(cluster) => cluster.open_previous(),
        }
    }

    /// Looks at all of the generation that serves. What is wrong is the list returned, empty where all is well.
    ///
    /// # Errors
    ///
    /// If it cannot be looked at.
    pub fn verify(&self) -> Result<(Manifest, Vec<Problem>), IndexError> {
        match self {
            IndexPlace::Folder(folder) => folder.verify(),
            IndexPlace::Cluster(cluster) => cluster.verify_current(),
        }
    }
}

impl From<IndexFolder> for IndexPlace {
    fn from(folder: IndexFolder) -> IndexPlace {
        IndexPlace::Folder(folder)
    }
}

impl From<ClusterFolder> for IndexPlace {
    fn from(cluster: ClusterFolder) -> IndexPlace {
        IndexPlace::Cluster(cluster)
    }
}
