//! What can go wrong with a cluster.

use std::io;
use std::path::PathBuf;
use std::time::Duration;

use reqwest::StatusCode;

/// What can go wrong with a cluster. A host is named by its address, which holds no secrets.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ClusterError {
    /// An address in the options is none.
    #[error("`{url}` is no address of a cluster: {reason}")]
    Address {
        /// The address, without user and password.
        url: String,
        /// What is wrong with it.
        reason: String,
    },
    /// The options name no address.
    #[error("no address of a cluster: give at least one, such as http://localhost:9200")]
    NoAddress,
    /// The file of the authority in the options cannot be used.
    #[error("cannot use `{}` to check the certificates of the cluster ({reason}): give a PEM file", path.display())]
    Authority {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// The credentials in the options cannot be sent.
    #[error("the credentials for the cluster cannot be used: {reason}")]
    Credentials {
        /// What is wrong with them.
        reason: String,
    },
    /// This program cannot talk to any cluster.
    #[error("the threads that talk to clusters do not run: start the program again")]
    Threads {
        /// Why.
        source: io::Error,
    },
    /// No connection was made. Nothing was sent.
    #[error("cannot connect to `{host}` ({reason}): check that OpenSearch runs there and that the address is right")]
    Unreachable {
        /// The host, or those that were tried in turn.
        host: String,
        /// Why, of the last one.
        reason: String,
    },
    /// The connection broke before the answer was complete. The request may have been carried out.
    #[error("the connection to `{host}` broke before it answered ({reason}): {}", advice_for_lost(host))]
    Lost {
        /// The host.
        host: String,
        /// How.
        reason: String,
    },
    /// The answer did not come in time. The request may be carried out yet.
    #[error("`{host}` did not answer within {time:?}: try again later, or give it more time")]
    TimedOut {
        /// The host.
        host: String,
        /// How long was waited.
        time: Duration,
    },
    /// The cluster has more to do than it takes on: its queues are full, or a circuit breaker saves its memory.
    #[error("`{host}` has too much to do ({reason}): try again later, or send less at once")]
    Busy {
        /// The host.
        host: String,
        /// What it said.
        reason: String,
    },
    /// The index or the whole cluster is blocked, by itself for want of disk space or by somebody.
    #[error("`{host}` lets nothing be changed ({reason}): free disk space on its nodes, or lift the block")]
    ReadOnly {
        /// The host.
        host: String,
        /// What it said.
        reason: String,
    },
    /// A part of an index has not confirmed that nobody writes into it any more.
    #[error("not all of `{index}` can be closed for writing: see to the health of the cluster, then build again")]
    NotClosed {
        /// The index.
        index: String,
    },
    /// There is no room for more shards, or no space on a disk.
    #[error("the cluster of `{host}` is full ({reason}): remove indexes that nobody needs, or free disk space")]
    Full {
        /// The host.
        host: String,
        /// What it said.
        reason: String,
    },
    /// The cluster does not know who asks.
    #[error("`{host}` wants to know who asks: give a user with the right password, or a valid API key")]
    Unauthorized {
        /// The host.
        host: String,
    },
    /// Who asks may not do this.
    #[error("`{host}` does not allow this ({reason}): give the user or the API key the permission for it")]
    Forbidden {
        /// The host.
        host: String,
        /// What it said.
        reason: String,
    },
    /// The certificate of a host is not trusted.
    #[error(
        "cannot trust the certificate of `{host}` ({reason}): give the PEM file of the authority that signed it, and \
         use a host name that stands in it"
    )]
    Certificate {
        /// The host.
        host: String,
        /// What is wrong with it.
        reason: String,
    },
    /// There is no such thing.
    #[error("`{host}` does not have what was asked for ({reason}): check its name, or build it first")]
    NotFound {
        /// The host.
        host: String,
        /// What it said.
        reason: String,
        /// The index that is not there, if that is what is missing.
        index: Option<String>,
    },
    /// It is a version of OpenSearch that this program does not know.
    #[error("`{host}` is OpenSearch {found}: use one of version 2 or 3")]
    OtherVersion {
        /// The host.
        host: String,
        /// Its version.
        found: String,
    },
    /// It is something else.
    #[error("`{host}` is not OpenSearch but {found}: give the address of an OpenSearch cluster")]
    NotOpenSearch {
        /// The host.
        host: String,
        /// What it says it is.
        found: String,
    },
    /// Any other answer that is no success.
    #[error("`{host}` refused the request with {status}{}: {reason}", in_parentheses(kind))]
    Refused {
        /// The host.
        host: String,
        /// The HTTP status.
        status: u16,
        /// OpenSearch's name of the error, empty where the answer was not its own.
        kind: String,
        /// What it said.
        reason: String,
    },
    /// The answer is not what was expected.
    #[error("the answer of `{host}` cannot be read ({reason}): check that the address is OpenSearch's")]
    Unreadable {
        /// The host.
        host: String,
        /// What is wrong with it.
        reason: String,
    },
}

impl ClusterError {
    /// Whether it may go away without a change to the options or the request.
    pub fn is_passing(&self) -> bool {
        match self {
            ClusterError::Unreachable { .. }
            | ClusterError::Lost { .. }
            | ClusterError::TimedOut { .. }
            | ClusterError::Busy { .. }
            | ClusterError::ReadOnly { .. }
            | ClusterError::Full { .. } => true,
            ClusterError::Refused { status, .. } => {
                StatusCode::from_u16(*status).is_ok_and(|status| status.is_server_error())
            }
            _ => false,
        }
    }
}

fn in_parentheses(kind: &str) -> String {
    if kind.is_empty() { String::new() } else { format!(" ({kind})") }
}

/// A node that wants TLS closes a connection without it.
fn advice_for_lost(host: &str) -> &'static str {
    if host.starts_with("http:") {
        "try again, and if it speaks TLS, write https:// in its address"
    } else {
        "try again, and look into its log"
    }
}
