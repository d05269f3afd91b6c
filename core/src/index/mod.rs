//! The embedded index: generations on disk, what they hold, and search over them.

mod cites; // what a unit names of the law
mod directory; // read-only access to a generation
mod files; // checksums, syncing, linking
mod generation; // the folder's layout, the switch from one generation to the next
mod manifest;
mod names; // statutes by any of their names
mod record; // units and headers as bytes
mod schema;
mod tables; // what depends on more than one source
mod tokenizers;
mod vocabulary; // all words
mod writer;

mod highlight;
mod reader;
mod search;

pub use generation::{IndexError, IndexFolder, Problem, WriterLock};
pub use highlight::{Clause, Segment};
pub use manifest::{Counts, FORMAT, FileEntry, Manifest, SourceEntry};
pub use reader::Index;
pub use search::{Facet, Facets, Hit, Part, Results, Timing};
pub use writer::GenerationWriter;
