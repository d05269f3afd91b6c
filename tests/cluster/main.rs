//! The same search on an OpenSearch cluster: real nodes, on loopback.

mod compare;
mod nodes;
#[path = "../support/mod.rs"]
mod support;

use std::fs;
use std::path::Path;

use lawcite_core::index::cluster::{ClusterFolder, ConnectionOptions, FillOptions, Filled, Filling, Layout};
use lawcite_core::index::{Index, IndexFolder};
use lawcite_core::unit::Unit;

use compare::{Agreement, ways};
use nodes::Nodes;
use support::{Case, shared_data};

struct Unwatched;

impl Filling for Unwatched {
    fn sent(&self, _: u64, _: u64) {}
}

fn folder_in(nodes: &Nodes, name: &str) -> ClusterFolder {
    let options = ConnectionOptions { urls: nodes.urls.clone(), ..ConnectionOptions::default() };
    ClusterFolder::new(&options, name).expect("the options can be used")
}

fn fill(cluster: &ClusterFolder, index: &Path) -> Filled {
    let options = FillOptions { layout: Layout { shards: 3, replicas: 1 }, full: false };
    cluster.fill(&IndexFolder::new(index), options, &Unwatched).expect("the cluster takes it")
}

fn all_units(index: &Index) -> Vec<Unit> {
    let ids: Vec<String> = index.documents().map(|(header, _)| header.id.clone()).collect();
    ids.iter().flat_map(|id| index.document(id).expect("readable").expect("it is listed").1).collect()
}

/// Queries of every sort: judged ones where they are at hand, and some of each kind of syntax.
fn queries() -> Vec<String> {
    let mut queries: Vec<String> = [
        "社保",
        "who is liable for leaking 社保 data",
        "社保法92条",
        "\"滥用职权\"",
        "滥用职权 -徇私舞弊",
        "劳动合同",
        "第九十二条",
        "shehuibaoxian",
        "社會保險",
        "工伤认定 期限",
        "举报电话",
        "拖欠工资怎么办",
        "泄露个人信息要承担什么责任",
        "\"的；将应\"",
        "欺诈骗保",
        "专利",
        "〔2002〕26号",
        "劳动保障监察",
        "公司不给员工交社保，员工离职后能不能要求补缴，单位要承担什么责任？",
        "劳动、人事争议仲裁",
        "xyzzy",
        "法",
    ]
    .map(str::to_owned)
    .into();
    if let Some(file) = shared_data("queries/seed-dev.jsonl") {
        let text = fs::read_to_string(file).expect("readable");
        let query = |line: &str| -> Option<String> {
            let judged: serde_json::Value = serde_json::from_str(line).ok()?;
            Some(judged["query"].as_str()?.to_owned())
        };
        queries.extend(text.lines().filter_map(query));
    }
    queries
}

#[test]
fn a_cluster_says_what_one_machine_says() {
    let Some(nodes) = Nodes::start(3) else { return };
    let built = Case::seeds(&["seeds", "tests/acceptance/statutes"]).index();
    let cluster = folder_in(&nodes, "seed");
    let filled = fill(&cluster, &built.path());
    assert_eq!(filled.units, filled.sent);
    let there = cluster.open().expect("it was just filled");
    assert_eq!(all_units(&there), all_units(&built.index));

    let mut agreement = Agreement::default();
    for query in queries() {
        for (name, way) in ways() {
            agreement.ask(&built.index, &there, &query, name, &way);
        }
    }
    let Agreement { asked, same_hits, same_totals, same_facets, same_scores, differences } = agreement;
    eprintln!(
        "{asked} asked, hits {same_hits}, totals {same_totals}, facets {same_facets}, to the last bit {same_scores}"
    );
    assert!(differences.is_empty(), "{} of {asked}:\n{}", differences.len(), differences.join("\n"));
}
