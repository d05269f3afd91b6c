//! Addresses of pages.
//!
//! A unit's page is that of the duty, chapter, service or section it stands in, and its anchor the rest of its
//! identifier; everything else is an anchor on the document's own page. Of a statute each article has a page. Statutes'
//! identifiers have an `@`, documents' never do.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::wire::SearchRequest;

/// What a path segment or a fragment cannot hold as it is.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'@');

/// Longer queries are not taken along to the pages of what they found, in bytes.
const LONGEST_MARKED: usize = 600;

/// The parts of a list whose units have pages of their own.
const PAGED: &[&str] = &["duty", "supervision", "service", "accountability", "row"];
/// Those of a statute.
const PAGED_IN_STATUTES: &[&str] = &["article"];

/// Builds addresses: relative to the server's root, or absolute under a public URL.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Links {
    /// `https://law.example`, or nothing.
    origin: String,
    /// `/lawcite`, or nothing.
    prefix: String,
}

/// `text` as a path segment, a fragment or a parameter's value.
pub(crate) fn encoded(text: &str) -> String {
    utf8_percent_encode(text, ENCODED).to_string()
}

/// A public URL that nothing can be put under.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{url}` is no public URL: it must begin with http:// or https:// and have neither query nor fragment")]
pub struct PublicUrlError {
    url: String,
}

impl Links {
    /// Relative to the server's root.
    pub fn relative() -> Links {
        Links::default()
    }

    /// Absolute under `url`, which may have a path: `https://law.example/lawcite`.
    ///
    /// # Errors
    ///
    /// If it is not an `http` or `https` URL, or has a query or a fragment.
    pub fn public(url: &str) -> Result<Links, PublicUrlError> {
        let refused = || PublicUrlError { url: url.to_owned() };
        let uri: axum::http::Uri = url.parse().map_err(|_| refused())?;
        let (Some(scheme), Some(authority)) = (uri.scheme_str(), uri.authority()) else { return Err(refused()) };
        let plain_path = uri.path().split('/').skip(1).all(|segment| !segment.contains(['{', '}', '*']));
        if !matches!(scheme, "http" | "https") || uri.query().is_some() || url.contains('#') || !plain_path {
            return Err(refused());
        }
        let prefix = uri.path().trim_end_matches('/').to_owned();
        Ok(Links { origin: format!("{scheme}://{authority}"), prefix })
    }

    /// The same without scheme and host: for pages that link to each other.
    #[must_use]
    pub fn on_this_host(&self) -> Links {
        Links { origin: String::new(), prefix: self.prefix.clone() }
    }

    /// Whether people reach the server by https.
    pub(crate) fn is_https(&self) -> bool {
        self.origin.starts_with("https://")
    }

    /// The path of the public URL, without a slash at its end.
    pub fn prefix(&self) -> &str {
        &self.prefix
    }

    /// Where all of them begin; never empty.
    pub fn root(&self) -> String {
        self.to("/")
    }

    /// The address of `path`, which begins with a slash and is encoded already.
    pub fn to(&self, path: &str) -> String {
        format!("{}{}{path}", self.origin, self.prefix)
    }

    /// The page on which a unit, a document or a statute is shown, scrolled to it.
    pub fn unit(&self, id: &str) -> String {
        self.unit_with(id, &[])
    }

    /// The same with parameters.
    pub(crate) fn unit_with(&self, id: &str, parameters: &[(&str, &str)]) -> String {
        let place = Place::of(id);
        let mut path = String::from(if place.is_statute() { "/s" } else { "/d" });
        for segment in std::iter::once(place.document).chain(place.page.split('/')).filter(|part| !part.is_empty()) {
            path.push('/');
            path.extend(utf8_percent_encode(segment, ENCODED));
        }
        for (at, (name, value)) in parameters.iter().enumerate() {
            path.push(if at == 0 { '?' } else { '&' });
            path.push_str(&format!("{name}={}", encoded(value)));
        }
        if !place.anchor.is_empty() {
            path.push('#');
            path.push_str(&encoded(&place.anchor));
        }
        self.to(&path)
    }

    /// The page on which a unit that `q` found is shown, with what was looked for marked. A query that would make the address
    /// too long is left out.
    pub(crate) fn found(&self, id: &str, q: &str) -> String {
        if (1..=LONGEST_MARKED).contains(&q.len()) { self.unit_with(id, &[("q", q)]) } else { self.unit(id) }
    }

    /// The page that shows the answer to `request`.
    pub fn search(&self, request: &SearchRequest) -> String {
        self.asked("/", request)
    }

    /// The answer to `request` as a table.
    pub(crate) fn search_table(&self, request: &SearchRequest) -> String {
        self.asked("/export/search.csv", request)
    }

    /// A list, or a page of it, as a table.
    pub(crate) fn document_table(&self, id: &str) -> String {
        let path = self.on_this_host().unit(id);
        let path = path.strip_prefix(&self.prefix).unwrap_or(&path);
        self.to(&format!("/export{}.csv", path.split('#').next().unwrap_or(path)))
    }

    fn asked(&self, path: &str, request: &SearchRequest) -> String {
        let mut address = self.to(path);
        address.push_str("?q=");
        address.push_str(&encoded(&request.q));
        let mut add = |name: &str, value: &str| {
            address.push('&');
            address.push_str(name);
            address.push('=');
            address.push_str(&encoded(value));
        };
        request.kind.iter().for_each(|kind| add("kind", kind.name()));
        request.document.iter().for_each(|document| add("document", document));
        request.statute.iter().for_each(|statute| add("statute", statute));
        request.article.iter().for_each(|article| add("article", article));
        request.power_type.iter().for_each(|power_type| add("power_type", power_type));
        request.department.iter().for_each(|department| add("department", department));
        if request.version.is_some() {
            add("version", "all");
        }
        if !request.expand {
            add("expand", "false");
        }
        request.without.iter().for_each(|term| add("without", term));
        if !request.collapse {
            add("collapse", "false");
        }
        if request.offset > 0 {
            add("offset", &request.offset.to_string());
        }
        address
    }
}

/// Where a unit is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Place<'i> {
    /// The document's or statute's identifier.
    pub(crate) document: &'i str,
    /// The page under it: `duty/4`, or nothing for the document's own.
    pub(crate) page: &'i str,
    /// The element on the page: `citation-1-article-92`, or nothing for its top.
    pub(crate) anchor: String,
}

impl<'i> Place<'i> {
    pub(crate) fn of(id: &'i str) -> Place<'i> {
        let (document, rest) = id.split_once('/').unwrap_or((id, ""));
        let second = rest.match_indices('/').nth(1).map_or(rest.len(), |(at, _)| at);
        let parts = if document.contains('@') { PAGED_IN_STATUTES } else { PAGED };
        let paged = rest.split_once('/').is_some_and(|(part, _)| parts.contains(&part));
        let page = if paged { &rest[..second] } else { "" };
        let anchor = rest[page.len()..].trim_start_matches('/').replace('/', "-");
        Place { document, page, anchor }
    }

    /// Whether it is shown among the statutes.
    pub(crate) fn is_statute(&self) -> bool {
        self.document.contains('@')
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_unit_has_one_address() {
        const CASES: &[(&str, &str, &str)] = &[
            // (what the row shows, id, address)
            ("a document", "boshan-hrss-2015", "/d/boshan-hrss-2015"),
            ("a duty is a page", "list/duty/4", "/d/list/duty/4"),
            ("what it holds is there", "list/duty/4/citation/1/article/92", "/d/list/duty/4#citation-1-article-92"),
            ("the same article again", "list/duty/4/citation/1/article/92~2", "/d/list/duty/4#citation-1-article-92~2"),
            ("a note is on the document's page", "list/note/2", "/d/list#note-2"),
            ("so is a preamble", "list/accountability", "/d/list#accountability"),
            ("a section of it is a page", "list/accountability/6/sub/2", "/d/list/accountability/6#sub-2"),
            ("names in any script", "责任清单/boundary", "/d/%E8%B4%A3%E4%BB%BB%E6%B8%85%E5%8D%95#boundary"),
            ("a statute", "LAW@2018-12-29", "/s/LAW@2018-12-29"),
            ("an article", "LAW@2018-12-29/article/120-1", "/s/LAW@2018-12-29/article/120-1"),
            ("a second article of one number", "LAW@undated/article/6~2", "/s/LAW@undated/article/6~2"),
            ("a paragraph is on the statute's page", "LAW@2018-12-29/para/3", "/s/LAW@2018-12-29#para-3"),
        ];
        for (name, id, address) in CASES {
            assert_eq!(Links::relative().unit(id), *address, "{name}");
        }
    }

    #[test]
    fn a_public_url_may_have_a_path() {
        let links = Links::public("https://law.example:8443/lawcite/").expect("a public URL");
        assert_eq!(links.unit("list/note/1"), "https://law.example:8443/lawcite/d/list#note-1");
        assert_eq!(links.root(), "https://law.example:8443/lawcite/");
        assert_eq!(links.on_this_host().unit("list"), "/lawcite/d/list");
        assert_eq!(Links::public("http://law.example").expect("a public URL").root(), "http://law.example/");
        for refused in ["law.example", "/lawcite", "ftp://law.example", "https://law.example/?a=b", "https://x/#a", ""]
        {
            assert!(Links::public(refused).is_err(), "{refused}");
        }
    }
}
