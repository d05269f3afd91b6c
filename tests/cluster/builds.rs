//! Builds that send what changed, and go on where one was cut off.

use std::sync::atomic::{AtomicBool, Ordering};

use lawcite_core::index::cluster::client::{Connection, Request};
use lawcite_core::index::cluster::{ClusterError, ClusterFolder, FillOptions, Filled, Filling, Layout};
use lawcite_core::index::{IndexError, IndexFolder};
use serde_json::json;

use crate::nodes::Nodes;
use crate::sources::{Sources, long_statute, statute};
use crate::{Unwatched, all_units, folder_in, one_at_a_time, options};

#[test]
fn a_build_sends_what_changed() {
    let _alone = one_at_a_time();
    let Some(nodes) = Nodes::start(1) else { return };
    let cluster = folder_in(&nodes, "growing");
    let sources = Sources::new();
    let here = sources.build();
    let first = fill_one_node(&cluster, &sources);
    assert_eq!((first.sent, first.generation.as_str()), (here.manifest().counts.units, "000001"));

    // Nothing changed.
    sources.build();
    let same = fill_one_node(&cluster, &sources);
    assert_eq!((same.sent, same.documents, same.generation.as_str()), (0, 0, "000002"));

    // A document comes, one goes, and one changes.
    sources.write("试验用法(2020-01-01).md", &statute(9));
    let here = sources.build();
    let more = fill_one_node(&cluster, &sources);
    assert_eq!(more.units, here.manifest().counts.units);
    assert!((9..100).contains(&more.sent), "{} units sent", more.sent);
    sources.write("试验用法(2020-01-01).md", &statute(5));
    let here = sources.build();
    let fewer = fill_one_node(&cluster, &sources);
    assert!(fewer.sent <= more.sent, "{} units sent", fewer.sent);
    let there = cluster.open().expect("it was just filled");
    assert_eq!(all_units(&there), all_units(&here));
    assert_eq!(cluster.verify_current().expect("it says").1, []);
    sources.remove("试验用法(2020-01-01).md");
    let here = sources.build();
    let gone = fill_one_node(&cluster, &sources);
    assert_eq!((gone.units, gone.sent), (here.manifest().counts.units, 0));

    // What is published is never written again, and the generation before it stays.
    let connection = Connection::new(&options(&nodes)).expect("the options can be used");
    let bulk = "{\"index\":{\"_id\":\"x\"}}\n{\"document\":\"x\"}\n";
    let answer: serde_json::Value = connection.send(Request::post("/growing/_bulk").lines(bulk)).expect("it answers");
    assert_eq!(answer["errors"], true, "{answer}");
    let indexes: serde_json::Value = connection.send(Request::get("/growing-*/_alias")).expect("it answers");
    let names: Vec<&String> = indexes.as_object().expect("by name").keys().collect();
    assert_eq!(names, ["growing-000004", "growing-000004-files", "growing-000005", "growing-000005-files"]);

    // A build that finds no room leaves what serves.
    sources.write("试验用法(2020-01-01).md", &statute(400));
    sources.build();
    let blocked = json!({ "transient": { "cluster.max_shards_per_node": 7 } });
    let _: serde_json::Value = connection.send(Request::put("/_cluster/settings").json(&blocked)).expect("it answers");
    let refused = cluster.fill(&IndexFolder::new(sources.index()), one_node(), &Unwatched);
    assert!(matches!(refused, Err(IndexError::Cluster(ClusterError::Full { .. }))), "{refused:?}");
    assert_eq!(cluster.current().expect("it says").as_deref(), Some("000005"));
    let freed = json!({ "transient": { "cluster.max_shards_per_node": null } });
    let _: serde_json::Value = connection.send(Request::put("/_cluster/settings").json(&freed)).expect("it answers");
    let whole = fill_one_node(&cluster, &sources);
    assert_eq!(whole.generation, "000006");
    assert_eq!(cluster.verify_current().expect("it says").1, []);
}

/// Closes the index for writing when a share of the units is in.
struct CutOff<'c> {
    connection: &'c Connection,
    index: &'static str,
    is_cut: AtomicBool,
}

impl Filling for CutOff<'_> {
    fn sent(&self, sent: u64, total: u64) {
        if 10 * sent > 7 * total && !self.is_cut.swap(true, Ordering::Relaxed) {
            let block = Request::put(format!("/{}/_block/write", self.index));
            let _: serde_json::Value = self.connection.send(block).expect("it answers");
        }
    }
}

#[test]
fn a_build_goes_on_where_one_was_cut_off() {
    let _alone = one_at_a_time();
    let Some(nodes) = Nodes::start(1) else { return };
    let connection = Connection::new(&options(&nodes)).expect("the options can be used");
    let cluster = folder_in(&nodes, "long");
    let sources = Sources::new();
    for number in 1..=60 {
        sources.write(&format!("第{number}号设备管理办法(2020-01-01).md"), &long_statute(number, 100));
    }
    let here = sources.build();
    let units = here.manifest().counts.units;
    let cut_off = CutOff { connection: &connection, index: "long-000001", is_cut: AtomicBool::new(false) };
    let refused = cluster.fill(&IndexFolder::new(sources.index()), one_node(), &cut_off);
    assert!(matches!(refused, Err(IndexError::Cluster(ClusterError::ReadOnly { .. }))), "{refused:?}");
    assert_eq!(cluster.current().expect("it says"), None);

    let whole = fill_one_node(&cluster, &sources);
    assert_eq!((whole.generation.as_str(), whole.units), ("000001", units));
    assert!(whole.sent < units - units / 10, "{} of {units} units sent again", whole.sent);
    assert_eq!(cluster.verify_current().expect("it says").1, []);
    assert_eq!(all_units(&cluster.open().expect("it was just filled")), all_units(&here));

    // What somebody has taken away is found and sent again.
    let open = json!({ "index.blocks.write": null });
    let _: serde_json::Value = connection.send(Request::put("/long-000001/_settings").json(&open)).expect("it answers");
    let article = json!({ "query": { "term": { "id": "第7号设备管理办法@2020-01-01/article/7" } } });
    let taken = Request::post("/long-000001/_delete_by_query").query("refresh", "true").json(&article);
    let taken: serde_json::Value = connection.send(taken).expect("it answers");
    assert_eq!(taken["deleted"], 1, "{taken}");
    let problems = cluster.verify_current().expect("it says").1;
    assert_eq!(
        problems.iter().map(|problem| problem.file.as_str()).collect::<Vec<_>>(),
        ["第7号设备管理办法@2020-01-01"]
    );
    sources.build();
    let mended = fill_one_node(&cluster, &sources);
    assert_eq!((mended.documents, mended.units), (1, units));
    assert_eq!(cluster.verify_current().expect("it says").1, []);
}

fn one_node() -> FillOptions {
    FillOptions { layout: Layout { shards: 2, replicas: 0 }, full: false }
}

fn fill_one_node(cluster: &ClusterFolder, sources: &Sources) -> Filled {
    cluster.fill(&IndexFolder::new(sources.index()), one_node(), &Unwatched).expect("the cluster takes it")
}
