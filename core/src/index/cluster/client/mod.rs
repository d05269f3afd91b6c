//! The connection to an OpenSearch cluster: requests go out from any thread, to whichever node answers.

mod connection;
mod options;

mod address; // http://node:9200/path, checked
mod credentials;
mod error;
mod failure; // an answer or a lost connection → what went wrong
mod host; // one address, and one attempt to ask it
mod hosts;
mod request;
mod retry;
mod runtime;
mod standing; // which hosts are put aside, and until when
mod version;

#[cfg(test)]
mod tests;

pub use connection::Connection;
pub use credentials::Credentials;
pub use error::ClusterError;
pub use options::ConnectionOptions;
pub use request::Request;
pub use version::ClusterVersion;
