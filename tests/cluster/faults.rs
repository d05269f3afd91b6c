//! A cluster that is gone, slow, or closed for writing.

use lawcite_core::index::IndexError;
use lawcite_core::index::cluster::ClusterError;
use lawcite_core::index::cluster::client::{Connection, Request};
use serde_json::json;

use crate::nodes::Nodes;
use crate::server::Server;
use crate::support::Case;
use crate::{Unwatched, fill, folder_in, one_at_a_time, options, try_to_fill};

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
