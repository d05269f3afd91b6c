//! What holds of whatever lawcite is given.
//!
//! Each function takes anything at all and panics where a promise is broken. They are said once, here, and run twice:
//! `tests/anything.rs` gives them texts made of the pieces that readers look for, and what once broke them; the targets in
//! `fuzz/` give them whatever coverage finds.

mod citations; // the citation finder
mod highlights; // marks
mod lists; // files of any format as lists
mod queries; // understanding, planning, searching
mod requests; // the service
mod served; // a small index behind all of it
mod statutes; // texts as statutes
mod units; // what both make

pub use citations::citations;
pub use highlights::highlights;
pub use lists::lists;
pub use queries::queries;
pub use requests::requests;
pub use served::serve;
pub use statutes::statutes;
