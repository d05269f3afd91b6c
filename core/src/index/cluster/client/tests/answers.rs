//! What comes back.

use super::*;

#[test]
fn what_is_missing_may_be_asked_for() {
    let (_host, connection) =
        one_host(404, r#"{"error": {"type": "index_not_found_exception", "reason": "no such index"}}"#);
    assert_eq!(connection.send_optional::<Value>(Request::get("/a")).unwrap(), None);
    assert!(!connection.exists("/a").unwrap());
    assert!(matches!(get(&connection), Err(ClusterError::NotFound { .. })));

    let (_host, connection) = one_host(404, "<html>no such page</html>");
    let error = connection.send_optional::<Value>(Request::get("/a")).unwrap_err();
    assert!(matches!(error, ClusterError::Unreadable { .. }), "{error}");

    let (_host, connection) = one_host(200, "");
    assert!(connection.exists("/a").unwrap());
}

#[test]
fn an_answer_that_cannot_be_read_says_what_it_is() {
    let cases = [
        (reply(200, "\n<!doctype html>"), "it is HTML, as of a proxy or a page to log in"),
        (reply(200, ""), "EOF while parsing a value at line 1 column 0"),
        (reply(200, r#"{"hits": 1}"#), "invalid type: map, expected u8 at line 1 column 0"),
        (Reply::Elsewhere("/login?next=a".into()), "it redirects to `http://host/login`, which is not followed"),
    ];
    for (answer, reason) in cases {
        let host = StandIn::start(
            move |request| {
                if request.line.contains("login") { reply(200, "{}") } else { answer.clone() }
            },
        );
        let result = connection(&[host.url()]).send::<u8>(Request::get("/a"));
        let expected =
            format!("the answer of `http://host` cannot be read ({reason}): check that the address is OpenSearch's");
        assert_eq!(message(result, &host), expected);
    }
}

#[test]
fn only_known_versions_of_opensearch_will_do() {
    const CASES: &[(&str, &str)] = &[
        // (front page, what is said)
        (
            r#"{"version": {"distribution": "opensearch", "number": "1.3.20"}}"#,
            "`http://host` is OpenSearch 1.3.20: use one of version 2 or 3",
        ),
        (
            r#"{"version": {"distribution": "opensearch", "number": "20.0.0"}}"#,
            "`http://host` is OpenSearch 20.0.0: use one of version 2 or 3",
        ),
        (
            r#"{"version": {"number": "8.13.0", "build_flavor": "default"}, "tagline": "You Know, for Search"}"#,
            "`http://host` is not OpenSearch but Elasticsearch 8.13.0: give the address of an OpenSearch cluster",
        ),
        (
            r#"{"couchdb": "Welcome"}"#,
            "`http://host` is not OpenSearch but something without a version: give the address of an OpenSearch \
             cluster",
        ),
        (
            "<html>",
            "the answer of `http://host` cannot be read (it is HTML, as of a proxy or a page to log in): check that \
             the address is OpenSearch's",
        ),
    ];
    for (front, expected) in CASES {
        let (host, connection) = one_host(200, front);
        assert_eq!(message(connection.check_version(), &host), *expected);
    }
    let (_host, connection) = one_host(200, r#"{"version": {"distribution": "opensearch", "number": "2.19.1"}}"#);
    assert_eq!(connection.check_version().unwrap().number, "2.19.1");
}
