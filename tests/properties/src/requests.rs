use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Method, Request, StatusCode, Uri, header};
use serde_json::Value;
use tower::ServiceExt;

use crate::served::SERVED;

/// An element that no page has: in a page it can only be what the caller sent.
const PLANTED: &str = "<planted";

/// Any request is answered, and never with a failure of the server's own. The first line is the address; what follows, if
/// anything does, is a body that is posted.
///
/// Of the API every refusal is a problem of RFC 9457 and every other answer JSON; and no page repeats what was sent as markup.
pub fn requests(input: &str) {
    let (address, body) = match input.split_once('\n') {
        Some((address, body)) => (address, Some(body)),
        None => (input, None),
    };
    let Ok(uri) = format!("/{}", address.trim_start_matches('/')).parse::<Uri>() else { return };
    let request = Request::builder().uri(&uri);
    let request = match body {
        Some(body) => {
            let form = if uri.path() == "/cite" { "application/x-www-form-urlencoded" } else { "application/json" };
            request.method(Method::POST).header(header::CONTENT_TYPE, form).body(Body::from(body.to_owned()))
        }
        None => request.body(Body::empty()),
    };
    let request = request.expect("all its parts were made");
    let (status, headers, body) = SERVED.runtime.block_on(async {
        let response = SERVED.app.clone().oneshot(request).await.expect("the service never fails");
        let (parts, body) = response.into_parts();
        let body = to_bytes(body, usize::MAX).await.expect("a body in memory");
        (parts.status, parts.headers, body)
    });
    assert!(!status.is_server_error(), "{status} for {uri}: {}", String::from_utf8_lossy(&body));
    assert_said(&uri, status, &headers, &body);
}

fn assert_said(uri: &Uri, status: StatusCode, headers: &HeaderMap, body: &[u8]) {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    assert_eq!(headers[header::X_CONTENT_TYPE_OPTIONS], "nosniff", "{uri}");
    if kind.starts_with("text/html") {
        let page = std::str::from_utf8(body).expect("pages are text");
        assert!(!page.contains(PLANTED), "{uri} is repeated as markup");
    }
    if kind.contains("json") {
        let value: Value =
            serde_json::from_slice(body).unwrap_or_else(|error| panic!("{uri} answers no JSON: {error}"));
        if status.is_client_error() {
            assert_problem(uri, status, &value);
        }
    }
    if uri.path().starts_with("/api/") {
        let expected = if status.is_success() { "application/json" } else { "application/problem+json" };
        assert!(kind == expected || status.is_success() && !kind.is_empty(), "{status} of {uri} is {kind}");
    }
}

fn assert_problem(uri: &Uri, status: StatusCode, problem: &Value) {
    assert_eq!(problem["type"], "about:blank", "{uri}: {problem}");
    assert_eq!(problem["status"], status.as_u16(), "{uri}: {problem}");
    for field in ["title", "detail"] {
        assert!(problem[field].as_str().is_some_and(|words| !words.is_empty()), "{uri}: {problem}");
    }
}
