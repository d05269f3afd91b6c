//! The index: generations, what they hold, and search over them, on this machine or on a cluster.

mod authority; // how much the law itself builds on a statute
mod backup; // a generation as one file
mod build_directory; // what tantivy writes
mod cites; // what a unit names of the law
mod directory; // read-only access to a generation
mod disk; // every step that writes
mod entry; // what is indexed of a unit
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

pub mod cluster; // the engine on many machines
mod embedded; // the engine on this machine
mod engine; // the seam: what is asked of whatever holds the units
mod explain; // how a score came about
mod facets; // how hits are spread
mod highlight;
mod place; // a folder or a cluster
mod ranking; // what ranking is made of
mod reader;
mod scope; // filters
mod search;
mod sounds; // pinyin and slips
mod statutes; // by name and version, and who cites them
mod suggest; // names for somebody who types

pub use disk::{Disk, LocalDisk, NewFile};
pub use explain::Part;
pub use facets::{Facet, Facets};
pub use generation::{IndexError, IndexFolder, Problem, WriterLock};
pub use highlight::{Clause, Highlighter, Segment};
pub use manifest::{Counts, DocumentEntry, DocumentPart, FORMAT, FileEntry, Manifest, SourceEntry};
pub use place::IndexPlace;
pub use reader::Index;
pub use resolution::CitationResolver;
pub use search::{Hit, Results, Timing, UnderstandError};
pub use statutes::CitedBy;
pub use suggest::{Suggestion, SuggestionKind};
pub use writer::GenerationWriter;
