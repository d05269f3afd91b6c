//! Serves the index over HTTP.
