//! The build: from paths to a published generation.

mod run; // the build itself

mod files; // paths → files
mod read; // a document's files → its units
mod survey; // files → which documents they hold

pub use run::{BuildError, BuildOptions, ColumnsRead, Progress, Quiet, SourceWarning, Summary, build};
