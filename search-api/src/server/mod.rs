//! From sockets to the service: who may connect, for how long a client may keep us waiting, and how it all ends.

mod connection; // one client
mod connections; // all of them
mod files; // as many of those as they need
mod stream; // its bytes

mod serve;

pub(crate) use connection::{Connection, Phase};
pub(crate) use connections::Connections;
pub use serve::{Listeners, serve, shutdown_signal};
