//! The build: from paths to a published generation.

mod lexicon;
mod run; // the build itself // another lexicon, the same sources

mod files; // paths → files
mod read; // a document's files → its units
mod survey; // files → which documents they hold

pub use lexicon::install_lexicon;
pub use run::{BuildError, BuildOptions, ColumnsRead, Progress, Quiet, SourceWarning, Summary, build, build_in};
