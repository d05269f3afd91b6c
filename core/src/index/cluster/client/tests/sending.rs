//! What goes out, and from where.

use std::path::PathBuf;
use std::thread;

use serde_json::json;

use super::super::Credentials;
use super::*;

#[test]
fn a_request_arrives_as_it_was_built() {
    let (host, _) = one_host(200, "{}");
    let connection = connection(&[format!("{}/behind/a/proxy", host.url())]);
    let search = Request::post("/units:1/_search").query("preference", "a b").json(&json!({"size": 0}));
    let _: Value = connection.send(search).unwrap();
    let _: Value = connection.send(Request::post("/_bulk").lines("{}\n{}\n")).unwrap();
    let _: Value = connection.send(Request::put("/a")).unwrap();
    let _: Value = connection.send(Request::delete("/a")).unwrap();
    let _: Value = connection.send(Request::get("/")).unwrap();
    let received = host.received();
    let seen: Vec<_> = received
        .iter()
        .map(|request| (request.line.as_str(), request.header("content-type").unwrap(), request.body.as_str()))
        .collect();
    assert_eq!(
        seen,
        [
            ("POST /behind/a/proxy/units:1/_search?preference=a+b", "application/json", r#"{"size":0}"#),
            ("POST /behind/a/proxy/_bulk", "application/x-ndjson", "{}\n{}\n"),
            ("PUT /behind/a/proxy/a", "application/json", ""),
            ("DELETE /behind/a/proxy/a", "application/json", ""),
            ("GET /behind/a/proxy/", "application/json", ""),
        ]
    );
    assert!(received.iter().all(|request| request.header("authorization").is_none()));
}

#[test]
fn credentials_are_sent_as_opensearch_expects_them() {
    let basic = Credentials::Basic { user: "indexer".into(), password: "法:律".into() };
    let key = Credentials::ApiKey("aWQ6a2V5".into());
    for (credentials, header) in [(basic, "Basic aW5kZXhlcjrms5U65b6L"), (key, "ApiKey aWQ6a2V5")] {
        let host = StandIn::start(|_| reply(200, "{}"));
        let options = ConnectionOptions { credentials: Some(credentials), ..options(&[host.url()]) };
        let connection = Connection::new(&options).unwrap();
        get(&connection).unwrap();
        assert_eq!(host.received()[0].header("authorization"), Some(header));
        assert_eq!(format!("{connection:?}"), format!("Connection {{ hosts: [\"{}\"], .. }}", host.url()));
    }
}

#[test]
fn options_that_cannot_be_used_are_refused() {
    const NAMELESS: Credentials = Credentials::Basic { user: String::new(), password: String::new() };
    let with = |credentials| ConnectionOptions { credentials: Some(credentials), ..Default::default() };
    let ca = |path: &str| ConnectionOptions { ca: Some(PathBuf::from(path)), ..Default::default() };
    let cases = [
        (options(&[]), "no address of a cluster: give at least one, such as http://localhost:9200"),
        (with(NAMELESS), "the credentials for the cluster cannot be used: the user has no name: give one"),
        (
            with(Credentials::ApiKey("key\n".into())),
            "the credentials for the cluster cannot be used: there is a line break or the like in the API key: give it \
             without",
        ),
        (
            ca("/no/such/file"),
            "cannot use `/no/such/file` to check the certificates of the cluster (No such file or directory (os error \
             2)): give a PEM file",
        ),
        (
            ca("Cargo.toml"),
            "cannot use `Cargo.toml` to check the certificates of the cluster (could not find PEM certificate in \
             input data): give a PEM file",
        ),
    ];
    for (options, message) in cases {
        assert_eq!(Connection::new(&options).unwrap_err().to_string(), message);
    }
}

#[test]
fn any_thread_may_send() {
    let (host, connection) = one_host(200, "1");
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).build().unwrap();
    let mut waiting = Vec::new();
    for _ in 0..8 {
        let of_its_own = connection.clone();
        waiting.push(thread::spawn(move || get(&of_its_own).unwrap()));
    }
    for _ in 0..8 {
        let of_a_runtime = connection.clone();
        let blocking = runtime.spawn_blocking(move || get(&of_a_runtime).unwrap());
        assert_eq!(runtime.block_on(blocking).unwrap(), 1);
    }
    for thread in waiting {
        assert_eq!(thread.join().unwrap(), 1);
    }
    assert_eq!(host.received().len(), 16);
    // Not that it should be done, but it does no harm either, and the connection may be dropped there.
    runtime.block_on(async move {
        get(&connection).unwrap();
        drop(connection);
    });
}
