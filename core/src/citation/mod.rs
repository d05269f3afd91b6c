//! Citations of Chinese law: find what is written, resolve what it means.

mod path;
mod promulgation;

pub use path::ProvisionPath;
pub use promulgation::{Amendment, Promulgation};
