//! Who asks.

use std::fmt;

use opensearch::auth;
use opensearch::http::headers::{AUTHORIZATION, HeaderValue};
use opensearch::http::transport::TransportBuilder;

use super::error::ClusterError;

/// What a cluster knows its users by. `Debug` shows no secrets.
#[derive(Clone, PartialEq, Eq)]
pub enum Credentials {
    /// A user of the cluster's security plugin, or of a proxy.
    Basic {
        /// The name.
        user: String,
        /// The password.
        password: String,
    },
    /// An API key, as the cluster handed it out.
    ApiKey(String),
}

impl Credentials {
    /// Lets all requests carry them.
    pub(super) fn add_to(&self, transport: TransportBuilder) -> Result<TransportBuilder, ClusterError> {
        let refused = |reason: &str| ClusterError::Credentials { reason: reason.to_owned() };
        match self {
            Credentials::Basic { user, .. } if user.is_empty() => Err(refused("the user has no name: give one")),
            // RFC 7617, section 2: the first colon ends the name.
            Credentials::Basic { user, .. } if user.contains(':') => {
                Err(refused("there is a colon in the name of the user: choose another user"))
            }
            Credentials::Basic { user, password } => {
                Ok(transport.auth(auth::Credentials::Basic(user.clone(), password.clone())))
            }
            Credentials::ApiKey(key) if key.is_empty() => Err(refused("the API key is empty: give one")),
            // The library's API key is the two halves of what was handed out, which it would encode once more.
            Credentials::ApiKey(key) => {
                let mut value = HeaderValue::from_str(&format!("ApiKey {key}"))
                    .map_err(|_| refused("there is a line break or the like in the API key: give it without"))?;
                value.set_sensitive(true);
                Ok(transport.header(AUTHORIZATION, value))
            }
        }
    }
}

impl fmt::Debug for Credentials {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Credentials::Basic { user, .. } => {
                formatter.debug_struct("Basic").field("user", user).finish_non_exhaustive()
            }
            Credentials::ApiKey(_) => formatter.debug_struct("ApiKey").finish_non_exhaustive(),
        }
    }
}
