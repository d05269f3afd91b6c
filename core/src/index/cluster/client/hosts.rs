//! The hosts of a cluster, and which of them is asked next.

use std::fs;
use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use opensearch::cert::Certificate;

use super::address::Address;
use super::error::ClusterError;
use super::host::Host;
use super::options::ConnectionOptions;
use super::standing::Standing;

/// All hosts of a connection. There is at least one.
pub(super) struct Hosts {
    hosts: Vec<Host>,
    standing: Mutex<Standing>,
}

impl Hosts {
    /// Prepares to ask the hosts that the options name.
    pub(super) fn new(options: &ConnectionOptions) -> Result<Hosts, ClusterError> {
        let mut hosts: Vec<Host> = Vec::new();
        for url in &options.urls {
            let address = Address::parse(url)?;
            if hosts.iter().all(|host| host.name() != address.name()) {
                let authority = options.ca.as_deref().map(read_authority).transpose()?;
                hosts.push(Host::new(address, options, authority)?);
            }
        }
        if hosts.is_empty() {
            return Err(ClusterError::NoAddress);
        }
        Ok(Hosts { standing: Mutex::new(Standing::of(hosts.len())), hosts })
    }

    /// Their addresses, for people.
    pub(super) fn names(&self) -> Vec<&str> {
        self.hosts.iter().map(Host::name).collect()
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.hosts.len()
    }

    /// The host to ask next, by its number. Not one of `tried`, unless they are all.
    pub(super) fn pick(&self, tried: &[usize]) -> (usize, &Host) {
        let number = self.standing().pick(tried, Instant::now());
        (number, &self.hosts[number])
    }

    /// Notes that a host answered.
    pub(super) fn answered(&self, number: usize) {
        if self.standing().restore(number) {
            tracing::info!(host = self.hosts[number].name(), "a host of the cluster is back");
        }
    }

    /// Notes that a host cannot serve now.
    pub(super) fn put_aside(&self, number: usize, error: &ClusterError) {
        if self.standing().put_aside(number, Instant::now()) {
            tracing::warn!(host = self.hosts[number].name(), %error, "a host of the cluster is put aside for a while");
        }
    }

    fn standing(&self) -> MutexGuard<'_, Standing> {
        self.standing.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn read_authority(path: &Path) -> Result<Certificate, ClusterError> {
    let unusable = |reason: String| ClusterError::Authority { path: path.to_owned(), reason };
    let bytes = fs::read(path).map_err(|error| unusable(error.to_string()))?;
    Certificate::from_pem(&bytes).map_err(|error| unusable(error.to_string()))
}
