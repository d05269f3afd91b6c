//! What went wrong, as the caller sees it: RFC 9457.

use std::error::Error;

use axum::Json;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use lawcite_core::index::IndexError;
use serde::Serialize;
use utoipa::ToSchema;

use crate::wire::{ExtractRequest, SearchError, WireError};

/// The longest address that is read, in bytes: a query of as many Han characters as there may be has nine for each.
pub(crate) const LONGEST_URI: usize = 12 * 1024;
/// No body is longer, in bytes, whether or not anybody reads it: only a text to find citations in is taken at all.
pub(crate) const LARGEST_BODY: u64 = 1024 * 1024;
/// The largest JSON that is read, in bytes: it may write each byte of a text as six (`\u0061`).
pub(crate) const LARGEST_JSON: usize = 6 * ExtractRequest::LARGEST + 1024;

/// What can go wrong with a request. The caller's mistakes are answered, ours are logged.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ApiError {
    /// A parameter is missing, wrong, given twice or unknown.
    #[error("{detail}")]
    Parameter {
        /// Its name as the caller wrote it.
        parameter: String,
        /// What is wrong with it.
        detail: String,
    },
    /// There is nothing there.
    #[error("{0}")]
    NotFound(
        /// What is not there.
        String,
    ),
    /// The route does not take this method.
    #[error("this address takes {} only", allowed.replace(", ", " and "))]
    MethodNotAllowed {
        /// Those that it takes, as the `Allow` header lists them.
        allowed: &'static str,
    },
    /// The body, or the text in it, is larger than any route takes.
    #[error("the body has more than {LARGEST_BODY} bytes")]
    BodyTooLarge,
    /// The body is not said to be JSON.
    #[error("the body must be JSON, with `content-type: application/json`")]
    NotJson,
    /// The body is not the JSON that the route takes.
    #[error("the body cannot be read: {0}")]
    Body(
        /// What is wrong with it.
        String,
    ),
    /// The address is longer than any route takes.
    #[error("the address has more than {LONGEST_URI} bytes")]
    UriTooLong,
    /// The body does not come.
    #[error("the body took too long")]
    BodyTooSlow,
    /// The client asks too often.
    #[error("too many requests: try again in {retry_after} s")]
    TooManyRequests {
        /// In how many seconds it may ask again.
        retry_after: u64,
    },
    /// More is asked than can be answered in time.
    #[error("the server is busy: try again in a moment")]
    Busy,
    /// The index is not what was written, and there is no other.
    #[error("the index is damaged and is not answered from; it must be built again or restored from a backup")]
    Damaged,
    /// The cluster that holds the units does not answer as it should.
    #[error("the search engine behind this server does not answer: try again in a moment")]
    Cluster(#[source] Box<dyn Error + Send + Sync>),
    /// Our own failure.
    #[error("the request could not be answered; the reason is in the server's log")]
    Internal(#[source] Box<dyn Error + Send + Sync>),
}

impl ApiError {
    /// Our own failure, whatever it is.
    pub fn internal(source: impl Into<Box<dyn Error + Send + Sync>>) -> ApiError {
        ApiError::Internal(source.into())
    }

    /// The status that answers it.
    pub fn status(&self) -> StatusCode {
        match self {
            ApiError::Parameter { .. } | ApiError::Body(_) => StatusCode::BAD_REQUEST,
            ApiError::NotFound(_) => StatusCode::NOT_FOUND,
            ApiError::MethodNotAllowed { .. } => StatusCode::METHOD_NOT_ALLOWED,
            ApiError::BodyTooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            ApiError::NotJson => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            ApiError::UriTooLong => StatusCode::URI_TOO_LONG,
            ApiError::BodyTooSlow => StatusCode::REQUEST_TIMEOUT,
            ApiError::TooManyRequests { .. } => StatusCode::TOO_MANY_REQUESTS,
            ApiError::Busy => StatusCode::SERVICE_UNAVAILABLE,
            ApiError::Damaged => StatusCode::SERVICE_UNAVAILABLE,
            ApiError::Cluster(_) => StatusCode::SERVICE_UNAVAILABLE,
            ApiError::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// What the status says more of in headers.
    pub(crate) fn headers(&self) -> HeaderMap {
        let header = match self {
            ApiError::MethodNotAllowed { allowed } => Some((header::ALLOW, HeaderValue::from_static(allowed))),
            ApiError::TooManyRequests { retry_after } => Some((header::RETRY_AFTER, (*retry_after).into())),
            ApiError::Busy => Some((header::RETRY_AFTER, HeaderValue::from_static("1"))),
            ApiError::Damaged => Some((header::RETRY_AFTER, HeaderValue::from_static("60"))),
            ApiError::Cluster(_) => Some((header::RETRY_AFTER, HeaderValue::from_static("5"))),
            // What is left of the body would be taken for the next request.
            ApiError::BodyTooSlow => Some((header::CONNECTION, HeaderValue::from_static("close"))),
            _ => None,
        };
        header.into_iter().collect()
    }

    pub(crate) fn log(&self) {
        if let ApiError::Internal(source) | ApiError::Cluster(source) = self {
            let error: &(dyn Error + 'static) = source.as_ref();
            tracing::error!(error, "a request could not be answered");
        }
    }
}

impl From<IndexError> for ApiError {
    fn from(error: IndexError) -> ApiError {
        if error.is_of_cluster() { ApiError::Cluster(error.into()) } else { ApiError::internal(error) }
    }
}

impl From<WireError> for ApiError {
    fn from(error: WireError) -> ApiError {
        match error {
            WireError::Index(error) => error.into(),
            error => ApiError::internal(error),
        }
    }
}

impl From<SearchError> for ApiError {
    fn from(error: SearchError) -> ApiError {
        match error {
            SearchError::Query(error) => ApiError::Parameter { parameter: "q".to_owned(), detail: error.to_string() },
            SearchError::Index(error) => error.into(),
        }
    }
}

/// An error as JSON (`application/problem+json`, RFC 9457).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Problem {
    /// Always `about:blank`: the status says what kind of problem it is.
    #[serde(rename = "type")]
    #[schema(format = "uri-reference")]
    pub kind: String,
    /// The status in words.
    pub title: String,
    /// The status.
    #[schema(minimum = 400, maximum = 599)]
    pub status: u16,
    /// What is wrong, and what would be right.
    pub detail: String,
    /// The parameter at fault, where one is.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub parameter: Option<String>,
}

impl From<&ApiError> for Problem {
    fn from(error: &ApiError) -> Problem {
        let status = error.status();
        let parameter = match error {
            ApiError::Parameter { parameter, .. } => Some(parameter.clone()),
            _ => None,
        };
        Problem {
            kind: "about:blank".to_owned(),
            title: status.canonical_reason().unwrap_or_default().to_owned(),
            status: status.as_u16(),
            detail: error.to_string(),
            parameter,
        }
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        self.log();
        let json = HeaderValue::from_static("application/problem+json");
        (self.status(), self.headers(), [(header::CONTENT_TYPE, json)], Json(Problem::from(&self))).into_response()
    }
}
