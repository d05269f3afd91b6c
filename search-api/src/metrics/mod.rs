//! How the server is doing, in numbers.
//!
//! What happens is counted as it happens; what simply is (the generation, who waits, memory) is read when somebody asks. There
//! is no result cache, and so no number for one.

mod counts; // what happens
mod readings; // what is

pub(crate) use counts::{ConnectionCount, ConnectionEvent, Metrics, Reloads, Shed, Shedding, Stage};
