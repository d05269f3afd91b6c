//! The embedded index: generations on disk, what they hold, and search over them.

mod authority; // how much the law itself builds on a statute
mod backup; // a generation as one file
mod build_directory; // what tantivy writes
mod cites; // what a unit names of the law
mod directory; // read-only access to a generation
mod disk; // every step that writes
mod files; // names and checksums
mod generation; // the folder's layout, the switch from one generation to the next
mod manifest;
mod names; // statutes by any of their names
mod record; // units and headers as bytes
mod resolution; // what citations mean
mod said; // what rows say through the cells they share
mod schema;
mod tables; // what depends on more than one source
mod tokenizers;
mod vocabulary; // all words
mod writer;

mod highlight;
mod reader;
mod search;
mod statutes; // by name and version, and who cites them
mod suggest; // names for somebody who types

pub use disk::{Disk, LocalDisk, NewFile};
pub use generation::{IndexError, IndexFolder, Problem, WriterLock};
pub use highlight::{Clause, Highlighter, Segment};
pub use manifest::{Counts, DocumentEntry, DocumentPart, FORMAT, FileEntry, Manifest, SourceEntry};
pub use reader::Index;
pub use resolution::CitationResolver;
pub use search::{Facet, Facets, Hit, Part, Results, Timing};
pub use statutes::CitedBy;
pub use suggest::{Suggestion, SuggestionKind};
pub use writer::GenerationWriter;
