//! What an answer that is no success means, and what a connection that brought none does.

use std::error::Error;
use std::io;
use std::time::Duration;

use reqwest::StatusCode;
use serde::Deserialize;

use super::error::ClusterError;

/// How much of what a cluster says is kept, in characters. It may quote whole queries.
const REASON_LENGTH: usize = 500;

/// The meaning of an answer whose status is no success.
pub(super) fn of_answer(host: &str, status: StatusCode, body: &[u8]) -> ClusterError {
    let complaint = read_complaint(body);
    let is_foreign = complaint.is_none() && !body.is_empty();
    let Cause { kind, reason, index, .. } = complaint.unwrap_or_default();
    let (host, kind) = (host.to_owned(), kind.unwrap_or_default());
    let reason = match reason {
        Some(reason) => cut(&reason),
        None if is_html(body) => HTML.to_owned(),
        None if body.is_empty() => status.canonical_reason().unwrap_or("it says nothing").to_owned(),
        None => cut(String::from_utf8_lossy(body).lines().next().unwrap_or_default()),
    };
    match (status.as_u16(), kind.as_str()) {
        (401, _) => ClusterError::Unauthorized { host },
        // 429 is what a disk over the flood stage gives since version 2.
        (403 | 429, "cluster_block_exception" | "index_create_block_exception") => {
            ClusterError::ReadOnly { host, reason }
        }
        (403, _) => ClusterError::Forbidden { host, reason },
        (404, _) if !is_foreign => ClusterError::NotFound { host, reason, index },
        (429, _) | (_, "circuit_breaking_exception" | "rejected_execution_exception") => {
            ClusterError::Busy { host, reason }
        }
        // Neither has a type of its own: validation_exception and io_exception say many other things.
        _ if reason.contains("shards open") || reason.contains("No space left on device") => {
            ClusterError::Full { host, reason }
        }
        // Proxies answer these in their own words: a node is gone, or what was sent is over a limit of theirs.
        (status @ (413 | 500..), _) => ClusterError::Refused { host, status, kind, reason },
        (status, _) if is_foreign => ClusterError::Unreadable { host, reason: format!("{status}, {reason}") },
        (status, _) => ClusterError::Refused { host, status, kind, reason },
    }
}

/// The meaning of a connection that brought no answer within `time`.
pub(super) fn of_transport(host: &str, error: &opensearch::Error, time: Duration) -> ClusterError {
    let host = host.to_owned();
    let causes = causes(error);
    let reason = deepest(error);
    // That this is the version of reqwest that opensearch was built with is what the test of refused connections shows.
    let http = causes.iter().find_map(|cause| cause.downcast_ref::<reqwest::Error>());
    if http.is_some_and(reqwest::Error::is_connect) {
        return match causes.iter().find_map(|cause| failed_encryption(*cause)) {
            Some(reason) if reason.contains("certificate") => ClusterError::Certificate { host, reason },
            Some(reason) => ClusterError::Unreadable { host, reason: format!("no TLS: {reason}") },
            None => ClusterError::Unreachable { host, reason },
        };
    }
    match http {
        Some(http) if http.is_timeout() => ClusterError::TimedOut { host, time },
        Some(http) if !http.is_decode() && !http.is_redirect() && !http.is_builder() => {
            ClusterError::Lost { host, reason }
        }
        _ => ClusterError::Unreadable { host, reason: cut(&reason) },
    }
}

/// What rustls says, which comes as an input or output error of bad data, in another one.
fn failed_encryption(cause: &(dyn Error + 'static)) -> Option<String> {
    let error = cause.downcast_ref::<io::Error>()?;
    if error.kind() == io::ErrorKind::InvalidData {
        return Some(error.to_string());
    }
    // An input or output error does not name what it holds as its source.
    failed_encryption(error.get_ref()?)
}

/// The first cause of an error, in its own words. Those above it name addresses and say little.
pub(super) fn deepest(error: &(dyn Error + 'static)) -> String {
    causes(error).last().map_or_else(|| error.to_string(), ToString::to_string)
}

/// All that led to an error, itself first.
fn causes<'a>(error: &'a (dyn Error + 'static)) -> Vec<&'a (dyn Error + 'static)> {
    std::iter::successors(Some(error), |&error| error.source()).collect()
}

pub(super) const HTML: &str = "it is HTML, as of a proxy or a page to log in";

pub(super) fn is_html(body: &[u8]) -> bool {
    body.trim_ascii_start().starts_with(b"<")
}

/// At most [`REASON_LENGTH`] characters.
pub(super) fn cut(text: &str) -> String {
    match text.char_indices().nth(REASON_LENGTH) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// OpenSearch's own words about what went wrong, those of the first root cause where there is one. `None` if the answer
/// is not of OpenSearch.
fn read_complaint(body: &[u8]) -> Option<Cause> {
    let Complaint { error } = serde_json::from_slice(body).ok()?;
    Some(match error {
        Some(Said::Cause(mut cause)) if !cause.root_cause.is_empty() => cause.root_cause.swap_remove(0),
        Some(Said::Cause(cause)) => cause,
        Some(Said::Text(text)) => Cause { reason: Some(text), ..Cause::default() },
        None => Cause::default(),
    })
}

#[derive(Deserialize)]
struct Complaint {
    error: Option<Said>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Said {
    Cause(Cause),
    Text(String),
}

#[derive(Default, Deserialize)]
struct Cause {
    #[serde(rename = "type")]
    kind: Option<String>,
    reason: Option<String>,
    index: Option<String>,
    #[serde(default)]
    root_cause: Vec<Cause>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_say_what_is_wrong_and_what_to_do() {
        const CASES: &[(u16, &str, bool, &str)] = &[
            // (status, body, whether it may pass, message)
            (
                401,
                "Unauthorized",
                false,
                "`n` wants to know who asks: give a user with the right password, or a valid API key",
            ),
            (
                403,
                r#"{"error": {"root_cause": [{"type": "security_exception", "reason": "no permissions for [a]"}]}}"#,
                false,
                "`n` does not allow this (no permissions for [a]): give the user or the API key the permission for it",
            ),
            (
                403,
                r#"{"error": {"type": "cluster_block_exception", "reason": "[FORBIDDEN/8/index write (api)]"}}"#,
                true,
                "`n` lets nothing be changed ([FORBIDDEN/8/index write (api)]): free disk space on its nodes, or lift \
                 the block",
            ),
            (
                429,
                r#"{"error": {"type": "cluster_block_exception", "reason": "disk over flood-stage watermark"}}"#,
                true,
                "`n` lets nothing be changed (disk over flood-stage watermark): free disk space on its nodes, or \
                 lift the block",
            ),
            (
                429,
                r#"{"error": {"root_cause": [{"type": "circuit_breaking_exception", "reason": "Data too large"}],
                    "type": "search_phase_execution_exception", "reason": "all shards failed"}}"#,
                true,
                "`n` has too much to do (Data too large): try again later, or send less at once",
            ),
            (
                404,
                r#"{"error": {"type": "index_not_found_exception", "reason": "no such index [a]", "index": "a"}}"#,
                false,
                "`n` does not have what was asked for (no such index [a]): check its name, or build it first",
            ),
            (
                404,
                r#"{"error": "alias [a] missing", "status": 404}"#,
                false,
                "`n` does not have what was asked for (alias [a] missing): check its name, or build it first",
            ),
            (
                404,
                " <html><h1>404</h1></html>",
                false,
                "the answer of `n` cannot be read (404, it is HTML, as of a proxy or a page to log in): check that the \
                 address is OpenSearch's",
            ),
            (
                400,
                r#"{"error": {"type": "validation_exception", "reason": "[1000]/[1000] maximum shards open;"}}"#,
                true,
                "the cluster of `n` is full ([1000]/[1000] maximum shards open;): remove indexes that nobody needs, or \
                 free disk space",
            ),
            (
                400,
                r#"{"error": {"type": "parsing_exception", "reason": "unknown query [mach]"}, "status": 400}"#,
                false,
                "`n` refused the request with 400 (parsing_exception): unknown query [mach]",
            ),
            (
                502,
                "<html>Bad Gateway</html>",
                true,
                "`n` refused the request with 502: it is HTML, as of a proxy or a page to log in",
            ),
            (503, "no healthy upstream\n", true, "`n` refused the request with 503: no healthy upstream"),
            (413, "", false, "`n` refused the request with 413: Payload Too Large"),
        ];
        for (status, body, is_passing, message) in CASES {
            let error = of_answer("n", StatusCode::from_u16(*status).unwrap(), body.as_bytes());
            assert_eq!((error.to_string().as_str(), error.is_passing()), (*message, *is_passing), "{error:?}");
        }
    }

    #[test]
    fn a_missing_index_is_named() {
        let body = br#"{"error":{"type":"index_not_found_exception","reason":"no such index [a]","index":"a"}}"#;
        let error = of_answer("n", StatusCode::NOT_FOUND, body);
        assert!(matches!(error, ClusterError::NotFound { index: Some(index), .. } if index == "a"));
    }

    #[test]
    fn long_reasons_are_cut_between_characters() {
        let reason = cut(&"法".repeat(REASON_LENGTH + 1));
        assert_eq!(reason.chars().count(), REASON_LENGTH + 1);
        assert!(reason.ends_with("法…"));
        assert_eq!(cut(&"法".repeat(REASON_LENGTH)).chars().count(), REASON_LENGTH);
    }
}
