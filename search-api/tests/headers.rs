//! What stands above every answer, and what no address reaches.

mod support;

use std::fs;
use std::path::Path;

use axum::body::Body;
use axum::http::{Request, StatusCode};
use lawcite_search_api::links::Links;
use support::{Answer, Service};

const ADDRESSES: &[(&str, StatusCode)] = &[
    ("/", StatusCode::OK),
    ("/?q=leak", StatusCode::OK),
    ("/cite", StatusCode::OK),
    ("/d/boshan", StatusCode::OK),
    ("/d/nothing", StatusCode::NOT_FOUND),
    ("/nothing", StatusCode::NOT_FOUND),
    ("/assets/style.css", StatusCode::OK),
    ("/widget/element.js", StatusCode::OK),
    ("/api/v1/search?q=leak", StatusCode::OK),
    ("/api/v1/search", StatusCode::BAD_REQUEST),
    ("/api/v1/nothing", StatusCode::NOT_FOUND),
    ("/api/v1/citations/extract", StatusCode::METHOD_NOT_ALLOWED),
    ("/openapi.json", StatusCode::OK),
    ("/healthz", StatusCode::OK),
    ("/readyz", StatusCode::OK),
    ("/metrics", StatusCode::OK),
];

async fn each(service: &Service, look: impl Fn(&str, &Answer)) {
    for (address, status) in ADDRESSES {
        let answer = service.get(address).await;
        assert_eq!(answer.status, *status, "{address}");
        look(address, &answer);
    }
    let long = service.get(&format!("/?q={}", "a".repeat(13_000))).await;
    assert_eq!(long.status, StatusCode::URI_TOO_LONG);
    look("an address that is too long", &long);
}

#[tokio::test]
async fn every_answer_is_strict() {
    let service = Service::new();
    each(&service, |address, answer| {
        for (name, value) in [
            ("x-content-type-options", "nosniff"),
            ("referrer-policy", "no-referrer"),
            ("cross-origin-opener-policy", "same-origin"),
            ("cross-origin-resource-policy", "same-origin"),
            ("strict-transport-security", ""),
        ] {
            assert_eq!(answer.header(name), value, "{address} {name}");
        }
        let policy = answer.header("content-security-policy");
        assert!(policy.starts_with("default-src 'none'; ") && !policy.contains("unsafe"), "{address} {policy}");
        assert!(answer.header("permissions-policy").contains("camera=()"), "{address}");
        let kept = answer.header("cache-control");
        let expected = match answer.status {
            StatusCode::OK if address.starts_with("/assets/") || address.starts_with("/widget/") => "max-age=3600",
            StatusCode::OK => "no-cache",
            _ => "no-store",
        };
        assert_eq!(kept, expected, "{address}");
        assert!(!answer.header("x-request-id").is_empty(), "{address}");
    })
    .await;
}

#[tokio::test]
async fn who_is_reached_by_https_is_reached_by_nothing_else() {
    let service = Service::under(Links::public("https://law.example").expect("a public URL"));
    each(&service, |address, answer| {
        assert_eq!(answer.header("strict-transport-security"), "max-age=31536000", "{address}");
    })
    .await;
}

#[tokio::test]
async fn a_request_keeps_its_number() {
    let service = Service::new();
    let numbered = async |id: &str| {
        let request = Request::get("/healthz").header("x-request-id", id).body(Body::empty());
        service.send(request.expect("a request")).await.header("x-request-id").to_owned()
    };
    assert_eq!(numbered("proxy-17").await, "proxy-17");
    assert_ne!(numbered("two words").await, "two words");
}

#[tokio::test]
async fn no_address_reaches_a_file() {
    let service = Service::new();
    let secret = service.index_folder().join("current");
    assert!(fs::read_to_string(&secret).expect("a file").starts_with("000001 "));
    let path = secret.to_string_lossy().into_owned();
    let encoded = format!("/{}", path.replace('/', "%2F"));
    for route in [
        "",
        "/assets",
        "/widget",
        "/d",
        "/s",
        "/export/d",
        "/audit",
        "/api/v1/documents",
        "/api/v1/units",
        "/api/v1/statutes",
    ] {
        for steps in ["/../current", "/..%2f..%2fcurrent", "/%2e%2e/%2e%2e/current", &path, &encoded] {
            let answer = service.get(&format!("{route}{steps}")).await;
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{route}{steps}");
            assert!(!answer.body.contains("000001"), "{route}{steps}");
        }
    }
}

/// That nothing else opens files makes the above true of every address.
#[test]
fn only_what_notes_missed_queries_uses_files() {
    let mut found = Vec::new();
    search(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src")), &mut found);
    found.sort();
    assert_eq!(found, ["missed.rs"]);
}

fn search(folder: &Path, found: &mut Vec<String>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            search(&path, found);
            continue;
        }
        let text = fs::read_to_string(&path).expect("source");
        let code = text.split("#[cfg(test)]").next().unwrap_or_default();
        if ["fs::", "std::fs", "File::", "tokio::fs", "OpenOptions"].iter().any(|word| code.contains(word)) {
            found.push(path.file_name().expect("a name").to_string_lossy().into_owned());
        }
    }
}
