//! Reads responsibility lists and statutes, and builds the index.

pub mod source;
