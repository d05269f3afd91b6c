//! Many documents at once.

use std::time::{Duration, Instant};

use serde::Deserialize;
use serde_json::{Value, json};

use super::client::{ClusterError, Connection, Request};
use super::document::Key;
use crate::index::IndexError;

/// So many bytes are sent at once. All bulks in flight may take a tenth of a node's heap together, and several times their size while
/// they are read.
const BULK_BYTES: usize = 4 << 20;
/// How long one bulk may take, attempts among them, while nodes come and go.
const BULK_TIME: Duration = Duration::from_secs(180);
/// How long an attempt may take.
const ATTEMPT_TIME: Duration = Duration::from_secs(60);
/// How long is waited before what a full node did not take is sent again; doubled each time.
const FIRST_PAUSE: Duration = Duration::from_millis(100);
const LONGEST_PAUSE: Duration = Duration::from_secs(5);

/// Documents that are gathered and sent.
pub(super) struct Bulk<'c> {
    connection: &'c Connection,
    index: &'c str,
    /// By document: the lines that are sent of it.
    lines: Vec<Vec<u8>>,
    bytes: usize,
}

#[derive(Deserialize)]
struct Answer {
    errors: bool,
    #[serde(default)]
    items: Vec<Item>,
}

#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum Item {
    Index(Done),
    Delete(Done),
}

#[derive(Deserialize)]
struct Done {
    status: u16,
    error: Option<Value>,
}

impl<'c> Bulk<'c> {
    pub(super) fn new(connection: &'c Connection, index: &'c str) -> Bulk<'c> {
        Bulk { connection, index, lines: Vec::new(), bytes: 0 }
    }

    /// Adds a document, in the place of what has its key. Says how many bytes it takes.
    pub(super) fn index(&mut self, key: &Key, document: &[u8]) -> Result<u64, IndexError> {
        let mut lines = json!({ "index": { "_id": key.id, "routing": key.routing } }).to_string().into_bytes();
        lines.push(b'\n');
        lines.extend_from_slice(document);
        lines.push(b'\n');
        self.add(lines)
    }

    /// Takes a document away.
    pub(super) fn delete(&mut self, key: &Key) -> Result<u64, IndexError> {
        self.add(format!("{}\n", json!({ "delete": { "_id": key.id, "routing": key.routing } })).into_bytes())
    }

    fn add(&mut self, lines: Vec<u8>) -> Result<u64, IndexError> {
        let bytes = lines.len();
        self.bytes += bytes;
        self.lines.push(lines);
        if self.bytes >= BULK_BYTES {
            self.send()?;
        }
        Ok(bytes as u64)
    }

    /// Sends what is left.
    pub(super) fn finish(mut self) -> Result<(), IndexError> {
        self.send()
    }

    /// Sends what was gathered; what a node is too busy for once more.
    fn send(&mut self) -> Result<(), IndexError> {
        let deadline = Instant::now() + BULK_TIME;
        let mut pause = FIRST_PAUSE;
        self.bytes = 0;
        let mut lines = std::mem::take(&mut self.lines);
        while !lines.is_empty() {
            let request = Request::post(format!("/{}/_bulk", self.index))
                .query("filter_path", "errors,items.*.status,items.*.error")
                .lines(lines.concat())
                // Whatever is sent twice is there once.
                .repeatable()
                .timeout(ATTEMPT_TIME)
                .within(deadline.saturating_duration_since(Instant::now()));
            let Answer { errors, items } = self.connection.send(request)?;
            if !errors {
                return Ok(());
            }
            let mut failure = None;
            let mut kept = Vec::new();
            for (Item::Index(done) | Item::Delete(done), lines) in items.into_iter().zip(lines) {
                let Some(error) = done.error else { continue };
                let body = json!({ "error": error, "status": done.status }).to_string();
                let error = self.connection.refused(done.status, body.as_bytes());
                if !may_pass(&error) {
                    return Err(error.into());
                }
                failure = Some(error);
                kept.push(lines);
            }
            lines = kept;
            if let Some(error) = failure {
                if Instant::now() + pause >= deadline {
                    return Err(error.into());
                }
                std::thread::sleep(pause);
                pause = (2 * pause).min(LONGEST_PAUSE);
            }
        }
        Ok(())
    }
}

/// Whether it may pass while a build waits. What wants room or permission does not.
fn may_pass(error: &ClusterError) -> bool {
    error.is_passing() && !matches!(error, ClusterError::ReadOnly { .. } | ClusterError::Full { .. })
}
