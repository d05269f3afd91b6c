//! Real nodes on loopback: see the README beside.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

/// What `cluster.py` says where nothing can be started.
const SKIPPED: i32 = 77;

/// A cluster that is stopped and removed when this is dropped.
pub(crate) struct Nodes {
    home: tempfile::TempDir,
    pub(crate) urls: Vec<String>,
}

impl Nodes {
    /// Starts so many nodes. `None`, saying why, where that cannot be done.
    pub(crate) fn start(count: usize) -> Option<Nodes> {
        let home = tempfile::tempdir().expect("a temporary folder");
        let output = run("start", home.path(), &["--nodes", &count.to_string()]);
        if output.status.code() == Some(SKIPPED) {
            eprintln!("skipped: {}", String::from_utf8_lossy(&output.stderr).trim());
            return None;
        }
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let started: Value = serde_json::from_slice(&output.stdout).expect("JSON");
        let urls = started["urls"].as_array().expect("addresses").iter();
        Some(Nodes { home, urls: urls.map(|url| url.as_str().expect("a text").to_owned()).collect() })
    }

    /// Ends a node as a lost machine does.
    pub(crate) fn kill(&self, node: usize) {
        self.must("kill", &["--node", &node.to_string()]);
    }

    /// Brings it back with its data.
    pub(crate) fn restart(&self, node: usize) {
        self.must("restart", &["--node", &node.to_string()]);
    }

    /// Brings all nodes of a dead cluster back with their data.
    pub(crate) fn start_again(&self) {
        self.must("start", &["--nodes", &self.urls.len().to_string()]);
    }

    /// A node's process goes on (`CONT`) or stands still (`STOP`).
    pub(crate) fn signal(&self, node: usize, signal: &str) {
        let file = self.home.path().join("cluster.json");
        let known: Value = serde_json::from_slice(&fs::read(file).expect("readable")).expect("JSON");
        let pid = known["nodes"][node]["pid"].as_u64().expect("it runs").to_string();
        assert!(Command::new("kill").args([&format!("-{signal}"), &pid]).status().expect("kill runs").success());
    }

    fn must(&self, command: &str, arguments: &[&str]) {
        let output = run(command, self.home.path(), arguments);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }
}

impl Drop for Nodes {
    fn drop(&mut self) {
        run("stop", self.home.path(), &[]);
    }
}

fn run(command: &str, home: &Path, arguments: &[&str]) -> Output {
    let script: PathBuf = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cluster/cluster.py");
    let mut python = Command::new("python3");
    python.arg(script).arg(command).arg("--home").arg(home).args(arguments);
    python.output().expect("python3 runs")
}
