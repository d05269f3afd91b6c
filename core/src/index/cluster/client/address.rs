//! The address of a host, as it was given and as it is used.

use opensearch::http::Url;

use super::error::ClusterError;

/// Where a host is. It holds no secrets, so that its name may stand in logs.
#[derive(Clone, Debug)]
pub(super) struct Address {
    /// Ends with a slash.
    url: Url,
    name: String,
}

impl Address {
    /// Reads an address.
    pub(super) fn parse(text: &str) -> Result<Address, ClusterError> {
        let refused =
            |reason: &str| ClusterError::Address { url: without_secrets(text.trim()), reason: reason.to_owned() };
        let spelled = text.trim().split_once("://").is_some_and(|(scheme, _)| matches!(scheme, "http" | "https"));
        if !spelled {
            return Err(refused("it begins neither with http:// nor with https://"));
        }
        let mut url = Url::parse(text).map_err(|error| refused(&error.to_string()))?;
        if !url.username().is_empty() || url.password().is_some() {
            return Err(refused("give user and password as credentials and not in it, since addresses are logged"));
        }
        if url.query().is_some() || url.fragment().is_some() {
            return Err(refused("leave out what begins with ? or #"));
        }
        if !url.path().ends_with('/') {
            url.set_path(&format!("{}/", url.path()));
        }
        Ok(Address { name: url.as_str().trim_end_matches('/').to_owned(), url })
    }

    pub(super) fn url(&self) -> &Url {
        &self.url
    }

    /// The address, for people.
    pub(super) fn name(&self) -> &str {
        &self.name
    }

    pub(super) fn is_encrypted(&self) -> bool {
        self.url.scheme() == "https"
    }

    /// What to connect to.
    pub(super) fn endpoint(&self) -> (&str, u16) {
        let host = self.url.host_str().expect("an address with http or https has a host");
        let port = self.url.port_or_known_default().expect("http and https have ports");
        // [::1] is ::1 once it stands alone.
        (host.trim_start_matches('[').trim_end_matches(']'), port)
    }

    /// Whether an answer from `url` is one to a request for `path` here, and not somebody else's.
    pub(super) fn is_asked_at(&self, url: &Url, path: &str) -> bool {
        self.url.join(path).is_ok_and(|asked| asked.origin() == url.origin() && asked.path() == url.path())
    }
}

/// An address that was not checked, without user and password.
pub(super) fn without_secrets(text: &str) -> String {
    // Whatever it is, they end at the last @.
    match (text.rsplit_once('@'), text.split_once("://")) {
        (Some((_, host)), Some((scheme, _))) => format!("{scheme}://{host}"),
        (Some((_, host)), None) => host.to_owned(),
        (None, _) => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_named_as_they_are_written() {
        const CASES: &[(&str, &str, (&str, u16))] = &[
            // (address, its name, what is connected to)
            ("http://localhost:9200", "http://localhost:9200", ("localhost", 9200)),
            (" https://search.example/ ", "https://search.example", ("search.example", 443)),
            ("https://proxy.example/a/b", "https://proxy.example/a/b", ("proxy.example", 443)),
            ("http://[::1]:9200", "http://[::1]:9200", ("::1", 9200)),
            ("http://10.0.0.7", "http://10.0.0.7", ("10.0.0.7", 80)),
        ];
        for (text, name, endpoint) in CASES {
            let address = Address::parse(text).unwrap();
            assert_eq!((address.name(), address.endpoint()), (*name, *endpoint), "{text}");
        }
    }

    #[test]
    fn what_is_no_address_is_refused_with_advice() {
        const CASES: &[(&str, &str)] = &[
            // (address, message)
            (
                "localhost:9200",
                "`localhost:9200` is no address of a cluster: it begins neither with http:// nor with https://",
            ),
            ("", "`` is no address of a cluster: it begins neither with http:// nor with https://"),
            (
                "ftp://me:s3cret@node",
                "`ftp://node` is no address of a cluster: it begins neither with http:// nor with https://",
            ),
            (
                "http://me:s3cret@node:9200",
                "`http://node:9200` is no address of a cluster: give user and password as credentials and not in it, \
                 since addresses are logged",
            ),
            ("http://node:port", "`http://node:port` is no address of a cluster: invalid port number"),
            ("http://", "`http://` is no address of a cluster: empty host"),
            (
                "http://node/?pretty",
                "`http://node/?pretty` is no address of a cluster: leave out what begins with ? or #",
            ),
        ];
        for (text, message) in CASES {
            assert_eq!(Address::parse(text).unwrap_err().to_string(), *message);
        }
    }
}
