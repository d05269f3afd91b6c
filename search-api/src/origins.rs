//! Which other sites may read the API and load the widget.

use std::time::Duration;

use axum::http::{HeaderValue, Method, Uri, header};
use tower_http::cors::CorsLayer;

/// How long a browser keeps the answer to a preflight.
const REMEMBERED: Duration = Duration::from_secs(60 * 60);

/// Origins as browsers write them: `https://portal.example`, `http://127.0.0.1:8000`. None unless they are listed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Origins(Vec<HeaderValue>);

/// What is no origin.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{origin}` is no origin: write scheme and host, with the port if it has one, as `https://portal.example`")]
pub struct OriginError {
    origin: String,
}

impl Origins {
    /// Those listed.
    ///
    /// # Errors
    ///
    /// If one has a path, or is neither `http` nor `https`. There is no wildcard: name the sites.
    pub fn new<S: AsRef<str>>(origins: &[S]) -> Result<Origins, OriginError> {
        origins.iter().map(|origin| read(origin.as_ref())).collect::<Result<_, _>>().map(Origins)
    }

    /// What says so to browsers, `None` if no site may.
    pub(crate) fn layer(&self) -> Option<CorsLayer> {
        let layer = CorsLayer::new()
            .allow_origin(self.0.clone())
            .allow_methods([Method::GET, Method::POST])
            .allow_headers([header::CONTENT_TYPE])
            .vary([header::ORIGIN])
            .max_age(REMEMBERED);
        (!self.0.is_empty()).then_some(layer)
    }
}

fn read(origin: &str) -> Result<HeaderValue, OriginError> {
    let refused = || OriginError { origin: origin.to_owned() };
    // Browsers compare letter by letter and write both in small letters.
    let origin_written = origin.trim_end_matches('/').to_ascii_lowercase();
    let uri: Uri = origin_written.parse().map_err(|_| refused())?;
    let (Some(scheme), Some(authority)) = (uri.scheme_str(), uri.authority()) else { return Err(refused()) };
    let is_bare = origin_written == format!("{scheme}://{authority}") && !authority.as_str().contains(['@', '*']);
    if !is_bare || !matches!(scheme, "http" | "https") {
        return Err(refused());
    }
    HeaderValue::from_str(&origin_written).map_err(|_| refused())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_is_a_scheme_and_a_host() {
        let written =
            |origin: &str| Origins::new(&[origin]).map(|Origins(all)| all[0].to_str().unwrap_or("").to_owned());
        for (origin, expected) in [
            ("https://portal.example", "https://portal.example"),
            ("https://Portal.example/", "https://portal.example"),
            ("http://127.0.0.1:8000", "http://127.0.0.1:8000"),
        ] {
            assert_eq!(written(origin).as_deref(), Ok(expected));
        }
        for refused in ["", "*", "portal.example", "https://*", "https://a/path", "ftp://a", "https://u@a", "null"] {
            assert!(written(refused).is_err(), "{refused}");
        }
        assert!(Origins::default().layer().is_none());
    }
}
