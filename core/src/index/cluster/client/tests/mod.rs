//! What a connection does, against hosts that a test tells what to answer.
//!
//! To add a test: start a [`StandIn`] with the answer it gives to what it receives, connect to it, and look at what
//! comes back and at what it received.

mod answers;
mod encryption;
mod failing_over;
mod sending;
mod stand_in;
mod unreachable;

use std::time::Duration;

use serde_json::Value;

use super::{ClusterError, Connection, ConnectionOptions, Request};
use stand_in::{Received, Reply, StandIn, nobody, reply};

/// Long enough for whatever a test waits for, and over before a reader loses patience.
const PATIENCE: Duration = Duration::from_secs(5);

fn options(urls: &[String]) -> ConnectionOptions {
    ConnectionOptions { urls: urls.to_vec(), timeout: PATIENCE, retry_time: PATIENCE, ..Default::default() }
}

fn connection(urls: &[String]) -> Connection {
    Connection::new(&options(urls)).unwrap()
}

/// A host that answers the same to everybody, and a connection to it.
fn one_host(status: u16, body: &'static str) -> (StandIn, Connection) {
    let host = StandIn::start(move |_| reply(status, body));
    let connection = connection(&[host.url()]);
    (host, connection)
}

fn get(connection: &Connection) -> Result<Value, ClusterError> {
    connection.send(Request::get("/a"))
}

/// What a reader is told, without the number of the port.
fn message(result: Result<impl std::fmt::Debug, ClusterError>, host: &StandIn) -> String {
    result.unwrap_err().to_string().replace(&host.url(), "http://host")
}
