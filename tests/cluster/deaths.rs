//! A node that dies while it is written, and two while they are asked.

use std::fs;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::time::Duration;

use lawcite_core::index::cluster::Filling;
use lawcite_core::index::cluster::client::{Connection, Request};

use crate::compare::{Agreement, Way};
use crate::nodes::Nodes;
use crate::same_answers::QUERIES;
use crate::support::{Case, shared_data};
use crate::{folder_in, one_at_a_time, options, try_to_fill};

/// Says when a share of the units is in.
struct Watched {
    percent: AtomicU64,
}

impl Filling for Watched {
    fn sent(&self, sent: u64, total: u64) {
        self.percent.store(100 * sent / total.max(1), Ordering::Relaxed);
    }
}

#[test]
fn a_node_may_die_while_it_is_written_and_while_it_is_asked() {
    let _alone = one_at_a_time();
    let Some(statutes) = shared_data("statutes") else { return };
    let Some(nodes) = Nodes::start(3) else { return };
    let mut files: Vec<PathBuf> =
        fs::read_dir(statutes).expect("readable").map(|file| file.expect("readable").path()).collect();
    files.sort();
    let paths: Vec<String> =
        files.iter().filter(|file| file.is_file()).step_by(8).map(|file| file.display().to_string()).collect();
    let mut paths: Vec<&str> = paths.iter().map(String::as_str).collect();
    paths.push("seeds");
    let built = Case::seeds(&paths).index();
    let cluster = folder_in(&nodes, "dying");
    let path = built.path();

    // While it is written.
    let watched = Watched { percent: AtomicU64::new(0) };
    let filled = std::thread::scope(|scope| {
        let filling = scope.spawn(|| try_to_fill(&cluster, &path, &watched));
        while watched.percent.load(Ordering::Relaxed) < 30 && !filling.is_finished() {
            std::thread::sleep(Duration::from_millis(5));
        }
        assert!(!filling.is_finished(), "there is too little to write");
        nodes.kill(1);
        filling.join().expect("no panic")
    });
    let filled = filled.expect("two nodes take it");
    assert_eq!(filled.units, built.index.manifest().counts.units);
    assert_eq!(cluster.verify_current().expect("it says").1, [], "nothing is lost or doubled");
    nodes.restart(1);
    wait_for(&nodes, "green");
    assert_eq!(cluster.verify_current().expect("it says").1, []);

    // While it is asked.
    let there = cluster.open().expect("it serves");
    for dying in [0, 2] {
        let (stop, asked) = (AtomicBool::new(false), AtomicUsize::new(0));
        std::thread::scope(|scope| {
            let asking: Vec<_> = (0..4)
                .map(|thread| {
                    let (stop, asked, there, here) = (&stop, &asked, &there, &built.index);
                    scope.spawn(move || {
                        let mut agreement = Agreement::default();
                        for query in QUERIES.iter().cycle().skip(thread * 5) {
                            if stop.load(Ordering::Relaxed) {
                                break;
                            }
                            agreement.ask(here, there, query, "as it is", &Way::default());
                            asked.fetch_add(1, Ordering::Relaxed);
                        }
                        agreement
                    })
                })
                .collect();
            let answers = |more: usize| {
                let before = asked.load(Ordering::Relaxed);
                while asked.load(Ordering::Relaxed) < before + more && asking.iter().all(|asking| !asking.is_finished())
                {
                    std::thread::sleep(Duration::from_millis(20));
                }
            };
            answers(20);
            nodes.kill(dying);
            answers(60);
            nodes.restart(dying);
            answers(20);
            stop.store(true, Ordering::Relaxed);
            for agreement in asking {
                agreement.join().expect("no query fails").assert_complete();
            }
        });
        eprintln!("{} answers around the death of node {dying}", asked.into_inner());
        wait_for(&nodes, "green");
    }
    assert_eq!(cluster.verify_current().expect("it says").1, []);
}

fn wait_for(nodes: &Nodes, status: &str) {
    let connection = Connection::new(&options(nodes)).expect("the options can be used");
    let request = Request::get("/_cluster/health").query("wait_for_status", status).query("timeout", "120s");
    let time = Duration::from_secs(130);
    let health: serde_json::Value = connection.send(request.timeout(time).within(time)).expect("it answers");
    assert_eq!(health["status"], status, "{health}");
}
