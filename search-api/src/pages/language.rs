//! In which language a page speaks, and what every page knows of its visit.

use axum::extract::{FromRequestParts, OriginalUri, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::middleware::Next;
use axum::response::Response;

use crate::AppState;
use crate::links::Links;
use crate::parameters::Parameters;

/// The languages of the pages. Documents are shown in their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Language {
    Chinese,
    English,
}

/// The parameter that switches the language, and the cookie that keeps it.
const SWITCH: &str = "lang";
const A_YEAR: u32 = 365 * 24 * 60 * 60;

impl Language {
    fn from_code(code: &str) -> Option<Language> {
        match code {
            "zh" => Some(Language::Chinese),
            "en" => Some(Language::English),
            _ => None,
        }
    }

    fn code(self) -> &'static str {
        match self {
            Language::Chinese => "zh",
            Language::English => "en",
        }
    }

    /// As HTML writes it.
    pub(super) fn tag(self) -> &'static str {
        match self {
            Language::Chinese => "zh-CN",
            Language::English => "en",
        }
    }

    /// What it calls itself.
    pub(super) fn name(self) -> &'static str {
        match self {
            Language::Chinese => "中文",
            Language::English => "English",
        }
    }

    pub(super) fn other(self) -> Language {
        match self {
            Language::Chinese => Language::English,
            Language::English => Language::Chinese,
        }
    }

    /// The address first, then the cookie, then what the browser prefers, then Chinese.
    fn of(query: Option<&str>, headers: &HeaderMap) -> Language {
        let switched = Language::switched(query);
        let kept = || {
            let cookies = headers.get_all(header::COOKIE).iter().filter_map(|cookies| cookies.to_str().ok());
            let mut pairs =
                cookies.flat_map(|cookies| cookies.split(';')).filter_map(|pair| pair.trim().split_once('='));
            pairs.find(|(name, _)| *name == SWITCH).and_then(|(_, code)| Language::from_code(code))
        };
        let preferred = || Language::preferred(headers.get(header::ACCEPT_LANGUAGE)?.to_str().ok()?);
        switched.or_else(kept).or_else(preferred).unwrap_or(Language::Chinese)
    }

    fn switched(query: Option<&str>) -> Option<Language> {
        let codes = Parameters::parse_leniently(query).all(SWITCH);
        codes.first().and_then(|code| Language::from_code(code))
    }

    /// The one of ours that an `Accept-Language` header likes best.
    fn preferred(header: &str) -> Option<Language> {
        let weighed = header.split(',').filter_map(|range| {
            let (tag, parameters) = range.split_once(';').unwrap_or((range, ""));
            let language = Language::from_code(tag.trim().split('-').next()?.to_ascii_lowercase().as_str())?;
            let weight = parameters.trim().strip_prefix("q=").map_or(Some(1.0), |weight| weight.trim().parse().ok());
            weight.filter(|weight: &f32| *weight > 0.0).map(|weight| (language, weight))
        });
        // Of equal ones the first: a later one must be greater.
        let better = |best: (Language, f32), next: (Language, f32)| if next.1 > best.1 { next } else { best };
        weighed.reduce(better).map(|(language, _)| language)
    }
}

/// What every page knows: where it links to, how it speaks, and its own address.
#[derive(Clone, Debug)]
pub(crate) struct Ui {
    pub(crate) links: Links,
    pub(crate) t: Language,
    /// This page's address without the language.
    here: String,
}

impl Ui {
    /// This page in the other language.
    pub(super) fn switch(&self) -> String {
        let joint = if self.here.contains('?') { '&' } else { '?' };
        format!("{}{joint}{SWITCH}={}", self.here, self.t.other().code())
    }
}

impl FromRequestParts<AppState> for Ui {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Ui, Self::Rejection> {
        let links = state.links().on_this_host();
        let query = parts.uri.query();
        let asked = |pair: &&str| pair.split('=').next() != Some(SWITCH);
        let query_kept: Vec<&str> =
            query.unwrap_or_default().split('&').filter(|pair| !pair.is_empty()).filter(asked).collect();
        let mut here = links.to(parts.uri.path());
        if !query_kept.is_empty() {
            here.push('?');
            here.push_str(&query_kept.join("&"));
        }
        Ok(Ui { links, t: Language::of(query, &parts.headers), here })
    }
}

/// Keeps a language that was switched to, and says that pages depend on it.
pub(super) async fn keep_language(uri: OriginalUri, request: Request, next: Next) -> Response {
    let switched = Language::switched(uri.query());
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    headers.append(header::VARY, HeaderValue::from_static("accept-language, cookie"));
    if let Some(language) = switched {
        let cookie = format!("{SWITCH}={}; Path=/; Max-Age={A_YEAR}; SameSite=Lax; HttpOnly", language.code());
        headers.append(header::SET_COOKIE, HeaderValue::from_str(&cookie).expect("nothing but ASCII"));
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_comes_before_the_cookie_and_that_before_the_browser() {
        const CASES: &[(&str, &str, &str, Language)] = &[
            // (query, cookie, Accept-Language, language)
            ("", "", "", Language::Chinese),
            ("", "", "de", Language::Chinese),
            ("", "", "en-GB,en;q=0.9", Language::English),
            ("", "", "zh-CN,zh;q=0.9,en;q=0.8", Language::Chinese),
            ("", "", "de,en;q=0.3,zh;q=0.5", Language::Chinese),
            ("", "", "en;q=0,zh;q=0.1", Language::Chinese),
            ("", "", "en;q=nothing", Language::Chinese),
            ("", "a=b; lang=en", "zh-CN", Language::English),
            ("", "lang=fr", "en", Language::English),
            ("q=a&lang=zh", "lang=en", "en", Language::Chinese),
            ("lang=xx", "lang=en", "", Language::English),
        ];
        for (query, cookie, accepted, language) in CASES {
            let mut headers = HeaderMap::new();
            for (name, value) in [(header::COOKIE, cookie), (header::ACCEPT_LANGUAGE, accepted)] {
                if !value.is_empty() {
                    headers.insert(name, HeaderValue::from_static(value));
                }
            }
            assert_eq!(Language::of(Some(query), &headers), *language, "{query} {cookie} {accepted}");
        }
    }
}
