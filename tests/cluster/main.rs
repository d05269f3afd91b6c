//! The same search on an OpenSearch cluster: real nodes, on loopback. Skipped, saying so, where they cannot be started.

mod compare;
mod nodes;
mod server;
#[path = "../support/mod.rs"]
mod support;

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use lawcite_core::index::cluster::client::{Connection, Request};
use lawcite_core::index::cluster::{
    ClusterError, ClusterFolder, ConnectionOptions, FillOptions, Filled, Filling, Layout,
};
use lawcite_core::index::{Index, IndexError, IndexFolder};
use lawcite_core::unit::Unit;
use lawcite_indexer::{BuildOptions, Quiet, build};
use serde_json::json;

use compare::{Agreement, Way, ways};
use nodes::Nodes;
use server::Server;
use support::{Case, root, shared_data};

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

/// Queries of each kind of syntax.
const QUERIES: [&str; 22] = [
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
];

/// Those, and the judged ones where they are at hand.
fn queries() -> Vec<String> {
    let mut queries: Vec<String> = QUERIES.map(str::to_owned).into();
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
    let _alone = one_at_a_time();
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
    agreement.assert_complete();

    // What stands beside search.
    for statute in ["社会保险法", "劳动合同法"] {
        for article in 1..=98 {
            let article = article.to_string();
            let cited = |index: &Index| {
                let cited = index.cited_by(statute, &article, 10).expect("readable");
                (cited.total, cited.units)
            };
            assert_eq!(cited(&built.index), cited(&there), "{statute} {article}");
        }
    }
    for typed in ["社保法92", "劳动", "shbxf", "gongshang"] {
        let suggest = |index: &Index| index.suggest(typed, 10).expect("readable");
        assert_eq!(suggest(&built.index), suggest(&there), "{typed}");
    }
    let audit = |index: &Index| {
        let (header, units) = index.document(support::SEED).expect("readable").expect("it is there");
        format!("{:?}", index.resolver().audit(header, &units).expect("readable"))
    };
    assert_eq!(audit(&built.index), audit(&there));
}

/// Sources that can be changed.
struct Sources {
    folder: tempfile::TempDir,
}

impl Sources {
    fn new() -> Sources {
        let sources = Sources { folder: tempfile::tempdir().expect("a temporary folder") };
        fs::create_dir(sources.folder.path().join("sources")).expect("writable");
        for from in ["seeds/responsibility", "tests/acceptance/statutes"] {
            for file in fs::read_dir(root(from)).expect("readable") {
                let file = file.expect("readable").path();
                if file.is_file() {
                    fs::copy(&file, sources.source(file.file_name().expect("a name").to_str().expect("text")))
                        .expect("writable");
                }
            }
        }
        sources
    }

    fn source(&self, name: &str) -> PathBuf {
        self.folder.path().join("sources").join(name)
    }

    fn index(&self) -> PathBuf {
        self.folder.path().join("index")
    }

    fn build(&self) -> Index {
        let options = BuildOptions {
            paths: vec![self.folder.path().join("sources")],
            index: self.index(),
            lexicon: Some(root("seeds/lexicon")),
            full: false,
        };
        build(&options, &mut Quiet).expect("the sources can be indexed");
        Index::open(self.index()).expect("it was just built")
    }
}

#[test]
fn a_build_sends_what_changed_and_goes_on_where_one_was_cut_off() {
    let _alone = one_at_a_time();
    let Some(nodes) = Nodes::start(1) else { return };
    let cluster = folder_in(&nodes, "growing");
    let sources = Sources::new();
    let here = sources.build();
    let first = try_with_one_node(&cluster, &sources);
    assert_eq!((first.sent, first.generation.as_str()), (here.manifest().counts.units, "000001"));

    // Nothing changed.
    sources.build();
    let same = try_with_one_node(&cluster, &sources);
    assert_eq!((same.sent, same.documents, same.generation.as_str()), (0, 0, "000002"));

    // A document comes, one goes, and one changes.
    let statute = |articles: usize| {
        let articles: String = (1..=articles).map(|n| format!("第{n}条 试验用法的第{n}项规定。\n\n")).collect();
        format!("# 试验用法\n\n2020年1月1日公布\n\n<!-- INFO END -->\n\n{articles}")
    };
    fs::write(sources.source("试验用法(2020-01-01).md"), statute(9)).expect("writable");
    let here = sources.build();
    let more = try_with_one_node(&cluster, &sources);
    assert_eq!(more.units, here.manifest().counts.units);
    assert!((9..100).contains(&more.sent), "{} units sent", more.sent);
    fs::write(sources.source("试验用法(2020-01-01).md"), statute(5)).expect("writable");
    let here = sources.build();
    let fewer = try_with_one_node(&cluster, &sources);
    assert!(fewer.sent <= more.sent, "{} units sent", fewer.sent);
    let there = cluster.open().expect("it was just filled");
    assert_eq!(all_units(&there), all_units(&here));
    assert_eq!(cluster.verify_current().expect("it says").1, []);
    fs::remove_file(sources.source("试验用法(2020-01-01).md")).expect("it was there");
    let here = sources.build();
    let gone = try_with_one_node(&cluster, &sources);
    assert_eq!((gone.units, gone.sent), (here.manifest().counts.units, 0));

    // What is published is never written again, and the generation before it stays.
    let connection = Connection::new(&options(&nodes)).expect("the options can be used");
    let bulk = "{\"index\":{\"_id\":\"x\"}}\n{\"document\":\"x\"}\n";
    let answer: serde_json::Value = connection.send(Request::post("/growing/_bulk").lines(bulk)).expect("it answers");
    assert_eq!(answer["errors"], true, "{answer}");
    let indexes: serde_json::Value = connection.send(Request::get("/growing-*/_alias")).expect("it answers");
    let names: Vec<&String> = indexes.as_object().expect("by name").keys().collect();
    assert_eq!(names, ["growing-000004", "growing-000004-files", "growing-000005", "growing-000005-files"]);

    // A build that is cut off leaves what serves; the next one goes on with what it has sent.
    fs::write(sources.source("试验用法(2020-01-01).md"), statute(400)).expect("writable");
    sources.build();
    let blocked = json!({ "transient": { "cluster.max_shards_per_node": 7 } });
    let _: serde_json::Value = connection.send(Request::put("/_cluster/settings").json(&blocked)).expect("it answers");
    let cut_off = cluster.fill(&IndexFolder::new(sources.index()), one_node(), &Unwatched);
    assert!(matches!(cut_off, Err(IndexError::Cluster(ClusterError::Full { .. }))), "{cut_off:?}");
    assert_eq!(cluster.current().expect("it says").as_deref(), Some("000005"));
    let freed = json!({ "transient": { "cluster.max_shards_per_node": null } });
    let _: serde_json::Value = connection.send(Request::put("/_cluster/settings").json(&freed)).expect("it answers");
    let whole = try_with_one_node(&cluster, &sources);
    assert_eq!(whole.generation, "000006");
    assert_eq!(cluster.verify_current().expect("it says").1, []);
}

fn one_node() -> FillOptions {
    FillOptions { layout: Layout { shards: 2, replicas: 0 }, full: false }
}

fn try_with_one_node(cluster: &ClusterFolder, sources: &Sources) -> Filled {
    cluster.fill(&IndexFolder::new(sources.index()), one_node(), &Unwatched).expect("the cluster takes it")
}

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

#[test]
fn a_cluster_that_is_gone_or_slow_or_closed_is_told_and_comes_back() {
    let _alone = one_at_a_time();
    let Some(nodes) = Nodes::start(3) else { return };
    let built = Case::seeds(&["seeds"]).index();
    let cluster = folder_in(&nodes, "fragile");
    fill(&cluster, &built.path());
    let server = Server::start(&nodes.urls, "fragile");
    let search = "/api/v1/search?q=%E7%A4%BE%E4%BF%9D";
    let well = server.get(search);
    assert_eq!(well.status, 200, "{}", well.body);
    for path in ["/?q=%E7%A4%BE%E4%BF%9D", "/api/v1/documents/boshan-hrss-2015", "/api/v1/suggest?q=%E7%A4%BE"] {
        assert_eq!(server.get(path).status, 200, "{path}");
    }

    // Closed for writing: it answers on, and a build says so.
    let connection = Connection::new(&options(&nodes)).expect("the options can be used");
    let block = |value: serde_json::Value| {
        let settings = json!({ "transient": { "cluster.blocks.read_only_allow_delete": value } });
        let _: serde_json::Value =
            connection.send(Request::put("/_cluster/settings").json(&settings)).expect("it answers");
    };
    block(json!(true));
    let refused = try_to_fill(&cluster, &built.path(), &Unwatched);
    assert!(matches!(refused, Err(IndexError::Cluster(ClusterError::ReadOnly { .. }))), "{refused:?}");
    assert_eq!(server.get(search).status, 200);
    block(serde_json::Value::Null);
    fill(&cluster, &built.path());

    // Slow: nobody waits for ever.
    (0..3).for_each(|node| nodes.signal(node, "STOP"));
    let slow = server.get("/api/v1/search?q=%E5%8A%B3%E5%8A%A8%E5%90%88%E5%90%8C");
    assert_eq!(slow.status, 503, "{}", slow.body);
    assert!(slow.headers.contains("retry-after:"), "{}", slow.headers);
    (0..3).for_each(|node| nodes.signal(node, "CONT"));
    server.until("/api/v1/search?q=%E5%8A%B3%E5%8A%A8%E5%90%88%E5%90%8C", 200);

    // Gone.
    (0..3).for_each(|node| nodes.kill(node));
    let gone = server.get("/api/v1/search?q=%E5%B7%A5%E4%BC%A4");
    assert_eq!(gone.status, 503, "{}", gone.body);
    assert!(gone.headers.contains("retry-after:") && gone.body.contains("try again"), "{} {}", gone.headers, gone.body);
    assert_eq!(server.get("/healthz").status, 200, "the server itself is well");
    server.until("/readyz", 503);
    let refused = try_to_fill(&cluster, &built.path(), &Unwatched);
    assert!(matches!(refused, Err(IndexError::Cluster(ClusterError::Unreachable { .. }))), "{refused:?}");
    nodes.start_again();
    server.until("/readyz", 200);
    server.until("/api/v1/search?q=%E5%B7%A5%E4%BC%A4", 200);
}

/// The whole corpus, for whoever measures: `LAWCITE_QUERIES=1000` asks so many queries.
#[test]
fn the_whole_corpus_says_the_same() {
    let Some(wanted) = std::env::var("LAWCITE_QUERIES").ok().and_then(|wanted| wanted.parse::<usize>().ok()) else {
        eprintln!("skipped: LAWCITE_QUERIES does not say how many queries to ask");
        return;
    };
    let _alone = one_at_a_time();
    let (Some(_), Some(questions)) = (shared_data("statutes"), shared_data("questions/dev.tsv")) else { return };
    let Some(nodes) = Nodes::start(3) else { return };
    let built = Case::seeds(&["../shared/data/statutes", "seeds"]).index();
    let cluster = folder_in(&nodes, "whole");
    fill(&cluster, &built.path());
    let there = cluster.open().expect("it was just filled");
    let text = fs::read_to_string(questions).expect("readable");
    let asked = text.lines().filter_map(|line| Some(line.split_once('\t')?.1.to_owned()));
    // Then names of statutes and words of articles, as keywords are.
    let names = built.index.statutes().map(|(header, _)| header.title.clone()).step_by(17);
    let citations = built.index.statutes().map(|(_, statute)| format!("{}第三条", statute.name)).step_by(31);
    let mut agreement = Agreement::default();
    for query in queries().into_iter().chain(asked).chain(names).chain(citations).take(wanted) {
        agreement.ask(&built.index, &there, &query, "as it is", &Way::default());
    }
    eprintln!("{}", agreement.differences.join("\n"));
    agreement.say();
    assert!(100 * agreement.same_hits >= 99 * agreement.asked);
    assert!(100 * agreement.same_totals >= 99 * agreement.asked);
    assert!(100 * agreement.same_facets >= 99 * agreement.asked);
}
