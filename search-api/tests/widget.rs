//! The widget, and who may use it and the API from elsewhere.

mod support;

use axum::body::Body;
use axum::http::{Request, StatusCode};
use support::{Answer, Service};
use tower::ServiceExt;

const PORTAL: &str = "https://portal.example";

async fn from(service: &Service, origin: &str, method: &str, address: &str) -> Answer {
    let request = Request::builder().method(method).uri(address).header("origin", origin);
    let request = request.header("access-control-request-method", "GET");
    service.send(request.body(Body::empty()).expect("a request")).await
}

fn varies(answer: &Answer) -> Vec<&str> {
    answer.headers.get_all("vary").iter().filter_map(|value| value.to_str().ok()).collect()
}

#[tokio::test]
async fn long_answers_are_compressed_for_whoever_takes_that() {
    let service = Service::new();
    let request = Request::get("/widget/element.js").header("accept-encoding", "gzip, br").body(Body::empty());
    let response = service.app.clone().oneshot(request.expect("a request")).await.expect("the service never fails");
    assert_eq!(response.headers()["content-encoding"], "gzip");
}

#[tokio::test]
async fn the_widget_is_scripts_that_need_no_other() {
    let service = Service::new();
    let entry = service.get("/widget/lawcite-search.js").await;
    assert_eq!(entry.header("content-type"), "text/javascript; charset=utf-8");
    let mut modules = vec!["lawcite-search.js".to_owned()];
    let mut at = 0;
    while let Some(name) = modules.get(at).cloned() {
        let module = service.get(&format!("/widget/{name}")).await;
        assert_eq!(module.status, StatusCode::OK, "{name}");
        for import in module.body.lines().filter(|line| line.starts_with("import ")) {
            let from = import.rsplit('\'').nth(1).and_then(|from| from.strip_prefix("./")).expect("a module beside it");
            if !modules.iter().any(|known| known == from) {
                modules.push(from.to_owned());
            }
        }
        at += 1;
    }
    assert!(modules.len() > 1, "{modules:?}");
}

#[tokio::test]
async fn only_sites_that_are_listed_may_read_the_api() {
    let search = "/api/v1/search?q=leak";
    let closed = Service::new();
    let answer = from(&closed, PORTAL, "GET", search).await;
    assert_eq!(answer.header("access-control-allow-origin"), "");
    assert!(!varies(&answer).contains(&"origin"));

    let open = Service::new().allowing(&[PORTAL, "http://127.0.0.1:8000"]);
    for (origin, allowed) in [
        (PORTAL, PORTAL),
        ("http://127.0.0.1:8000", "http://127.0.0.1:8000"),
        ("https://evil.example", ""),
        ("null", ""),
    ] {
        for address in [search, "/api/v1/search", "/api/v1/suggest?q=a", "/widget/lawcite-search.js"] {
            let answer = from(&open, origin, "GET", address).await;
            assert_eq!(answer.header("access-control-allow-origin"), allowed, "{origin} {address}");
            assert!(varies(&answer).contains(&"origin"), "{origin} {address}");
            assert_eq!(answer.header("access-control-allow-credentials"), "", "{origin} {address}");
        }
        let preflight = from(&open, origin, "OPTIONS", search).await;
        assert_eq!(preflight.header("access-control-allow-origin"), allowed, "{origin}");
        // Pages are for nobody else.
        assert_eq!(from(&open, origin, "GET", "/?q=leak").await.header("access-control-allow-origin"), "", "{origin}");
    }
}
