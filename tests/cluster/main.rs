//! The same search on an OpenSearch cluster: real nodes, on loopback. Skipped, saying so, where they cannot be started.

mod builds; // sending, going on
mod compare; // two engines side by side
mod deaths; // nodes that die
mod faults; // clusters that are gone, slow, closed
mod nodes; // processes
mod same_answers;
mod server; // a process
mod sources; // what is indexed
#[path = "../support/mod.rs"]
mod support;

use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};

use lawcite_core::index::cluster::{ClusterFolder, ConnectionOptions, FillOptions, Filled, Filling, Layout};
use lawcite_core::index::{Index, IndexError, IndexFolder};
use lawcite_core::unit::Unit;

use nodes::Nodes;

/// Three nodes are enough for one machine at a time.
static ONE_CLUSTER: Mutex<()> = Mutex::new(());

fn one_at_a_time() -> MutexGuard<'static, ()> {
    ONE_CLUSTER.lock().unwrap_or_else(PoisonError::into_inner)
}

struct Unwatched;

impl Filling for Unwatched {
    fn sent(&self, _: u64, _: u64) {}
}

fn options(nodes: &Nodes) -> ConnectionOptions {
    ConnectionOptions { urls: nodes.urls.clone(), ..ConnectionOptions::default() }
}

fn folder_in(nodes: &Nodes, name: &str) -> ClusterFolder {
    ClusterFolder::new(&options(nodes), name).expect("the options can be used")
}

/// Three parts, and a copy of each.
fn try_to_fill(cluster: &ClusterFolder, index: &Path, progress: &dyn Filling) -> Result<Filled, IndexError> {
    let options = FillOptions { layout: Layout { shards: 3, replicas: 1 }, full: false };
    cluster.fill(&IndexFolder::new(index), options, progress)
}

fn fill(cluster: &ClusterFolder, index: &Path) -> Filled {
    try_to_fill(cluster, index, &Unwatched).expect("the cluster takes it")
}

fn all_units(index: &Index) -> Vec<Unit> {
    let ids: Vec<String> = index.documents().map(|(header, _)| header.id.clone()).collect();
    ids.iter().flat_map(|id| index.document(id).expect("readable").expect("it is listed").1).collect()
}
