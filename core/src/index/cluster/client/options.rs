//! What a connection needs to know.

use std::fmt;
use std::path::PathBuf;
use std::time::Duration;

use super::address;
use super::credentials::Credentials;

/// Where a cluster is, who asks, and how patient they are.
#[derive(Clone)]
pub struct ConnectionOptions {
    /// The addresses of nodes, or of proxies before them, such as `https://search.example:9200/cluster`. Requests are
    /// spread over all of them.
    pub urls: Vec<String>,
    /// Who asks. `None` for a cluster that is open to everybody.
    pub credentials: Option<Credentials>,
    /// A PEM file of the authority that signed the nodes' certificates, if the system does not trust it already.
    pub ca: Option<PathBuf>,
    /// How long one attempt may take, until the last byte of its answer.
    pub timeout: Duration,
    /// How long a request may take in all, if it has to be repeated.
    pub retry_time: Duration,
}

impl Default for ConnectionOptions {
    /// A cluster on this machine, without security.
    fn default() -> ConnectionOptions {
        ConnectionOptions {
            urls: vec!["http://localhost:9200".to_owned()],
            credentials: None,
            ca: None,
            timeout: Duration::from_secs(10),
            retry_time: Duration::from_secs(30),
        }
    }
}

impl fmt::Debug for ConnectionOptions {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        // They were not checked yet, and a password in one would be refused only then.
        let urls: Vec<String> = self.urls.iter().map(|url| address::without_secrets(url)).collect();
        formatter
            .debug_struct("ConnectionOptions")
            .field("urls", &urls)
            .field("credentials", &self.credentials)
            .field("ca", &self.ca)
            .field("timeout", &self.timeout)
            .field("retry_time", &self.retry_time)
            .finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_secret_is_shown() {
        let basic = Credentials::Basic { user: "indexer".into(), password: "s3cret".into() };
        for credentials in [basic, Credentials::ApiKey("s3cret".into())] {
            let urls = vec!["http://indexer:s3cret@node:9200".into(), "indexer:s3cret@node".into()];
            let options = ConnectionOptions { urls, credentials: Some(credentials), ..Default::default() };
            let shown = format!("{options:?}");
            assert!(!shown.contains("s3cret"), "{shown}");
            assert!(shown.contains("node:9200"), "{shown}");
        }
    }
}
