//! Whether a cluster is one that this program knows.

use serde::Deserialize;
use serde_json::Value;

use super::connection::Connection;
use super::error::ClusterError;
use super::request::Request;

/// The major versions whose answers are understood.
const KNOWN: [&str; 2] = ["2", "3"];

/// The version of a cluster.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClusterVersion {
    /// As the host that was asked spells it, such as `2.19.1`.
    pub number: String,
}

impl Connection {
    /// Asks which version the cluster has. One host answers for all.
    ///
    /// # Errors
    ///
    /// [`ClusterError::NotOpenSearch`] for anything else, Elasticsearch included, and [`ClusterError::OtherVersion`]
    /// for a version other than 2 and 3. Else as [`send`](Self::send).
    pub fn check_version(&self) -> Result<ClusterVersion, ClusterError> {
        let answer = self.exchange(Request::get("/"))?;
        let (host, front) = (answer.host.clone(), answer.read::<Value>()?);
        let Ok(Front { version: Version { distribution, number } }) = serde_json::from_value(front) else {
            return Err(ClusterError::NotOpenSearch { host, found: "something without a version".to_owned() });
        };
        match distribution.as_deref() {
            Some("opensearch") => {}
            Some(other) => return Err(ClusterError::NotOpenSearch { host, found: format!("{other} {number}") }),
            // Elasticsearch has no such field.
            None => return Err(ClusterError::NotOpenSearch { host, found: format!("Elasticsearch {number}") }),
        }
        match number.split('.').next() {
            Some(major) if KNOWN.contains(&major) => Ok(ClusterVersion { number }),
            _ => Err(ClusterError::OtherVersion { host, found: number }),
        }
    }
}

/// The front page of a cluster.
#[derive(Deserialize)]
struct Front {
    version: Version,
}

#[derive(Deserialize)]
struct Version {
    distribution: Option<String>,
    number: String,
}
