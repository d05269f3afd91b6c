//! How `lawcite serve` is set up: by flags, the environment and a file, in this order; what none of them sets has its default.
//!
//! Every [`SETTINGS`] entry is at once a flag, a variable of the environment, a key of the file and a row of the
//! documentation, so that none of them can be forgotten.

mod settings; // all of them

mod check; // whether they go together
mod sources; // where they come from
mod value; // their types as text

use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;

use lawcite_search_api::{AccessLog, Limits};

pub(crate) use settings::{SETTINGS, Setting};
pub(crate) use sources::{Given, effective};
pub(crate) use value::Form;

use crate::logs::LogFormat;
use crate::place::{Backend, ClusterArguments};

/// All that a server is told.
#[derive(Clone, Debug)]
pub(crate) struct Configuration {
    pub(crate) listen: SocketAddr,
    pub(crate) ops_listen: Option<SocketAddr>,
    pub(crate) index: PathBuf,
    pub(crate) backend: Backend,
    pub(crate) cluster: ClusterArguments,
    pub(crate) seeds: PathBuf,
    pub(crate) public_url: Option<String>,
    pub(crate) allow_origin: Vec<String>,
    pub(crate) limits: Limits,
    pub(crate) log_format: LogFormat,
    pub(crate) log: String,
    pub(crate) access: AccessLog,
    pub(crate) missed_queries: Option<PathBuf>,
    pub(crate) missed_queries_size: u64,
}

impl Default for Configuration {
    fn default() -> Configuration {
        Configuration {
            listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 8080)),
            ops_listen: None,
            index: PathBuf::from("index"),
            backend: Backend::default(),
            cluster: ClusterArguments::default(),
            seeds: PathBuf::from("seeds"),
            public_url: None,
            allow_origin: Vec::new(),
            limits: Limits::default(),
            log_format: LogFormat::Text,
            log: crate::logs::DEFAULT_FILTER.to_owned(),
            access: AccessLog::default(),
            missed_queries: None,
            missed_queries_size: 10_000_000,
        }
    }
}
