//! Reads responsibility lists and statutes, and builds the index.

pub mod responsibility;
pub mod source;
