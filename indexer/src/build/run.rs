//! Builds a generation and publishes it.

use std::path::{Path, PathBuf};
use std::time::Instant;

use lawcite_core::index::{GenerationWriter, IndexError, IndexFolder};
use lawcite_core::lexicon::{Lexicon, LexiconError, LexiconFiles, LexiconWarning};
use lawcite_core::responsibility::Column;
use serde::Serialize;

use super::read::Reader;
use super::survey::survey;
use crate::dictionary::dictionary;
use crate::listing::{ListingColumn, Vocabulary};
use crate::source::SourceError;

/// What to build and where.
#[derive(Clone, Debug)]
pub struct BuildOptions {
    /// Files and folders that become the whole content of the index.
    pub paths: Vec<PathBuf>,
    /// The folder that receives it.
    pub index: PathBuf,
    /// The lexicon; its folder is no source even where it lies in one. Without it there are no aliases and no English.
    pub lexicon: Option<PathBuf>,
    /// Whether to read every source again, also those that have not changed.
    pub full: bool,
}

/// What can keep a build from being published. The index is as it was before.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum BuildError {
    /// A path that was given does not exist or cannot be read.
    #[error("cannot read `{}`: check that the path is right and that you may read it", path.display())]
    Path {
        /// The path.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// There is nothing to index.
    #[error("no sources in {paths}: give files or folders that hold responsibility lists or statutes")]
    NoSources {
        /// What was given.
        paths: String,
    },
    /// Two files would become one document.
    #[error("`{}` and `{}` would both be the document `{id}`: rename one", first.display(), second.display())]
    SameId {
        /// The identifier.
        id: String,
        /// The one.
        first: PathBuf,
        /// The other.
        second: PathBuf,
    },
    /// Two files hold different texts of one version of a statute.
    #[error(
        "`{}` and `{}` are different texts of `{id}`: take one away, or let its name end in the date of its version",
        first.display(),
        second.display()
    )]
    DifferentTexts {
        /// The statute's identifier.
        id: String,
        /// The one.
        first: PathBuf,
        /// The other.
        second: PathBuf,
    },
    /// A file was changed while the build was reading it.
    #[error("`{}` was changed while it was being read: build again", path.display())]
    Changed {
        /// The file.
        path: PathBuf,
    },
    /// A file's name has no letter or digit to make an identifier of.
    #[error("`{}` has no letter or digit in its name: rename it", path.display())]
    NoId {
        /// The file.
        path: PathBuf,
    },
    /// Files that cannot be sources.
    #[error("{}", messages(.0))]
    Sources(Vec<SourceError>),
    /// A lexicon was to be installed alone, but reading sources depends on what changed.
    #[error("`{file}` has changed, and sources are read by it: index them again with `lawcite index`")]
    LexiconActsOnSources {
        /// The file of the lexicon.
        file: &'static str,
    },
    /// A lexicon was to be installed alone, but the generation that serves cannot be used in another one.
    #[error("the index is damaged or was built by another version: index the sources again with `lawcite index`")]
    NotReusable,
    /// The lexicon cannot be read.
    #[error(transparent)]
    Lexicon(#[from] LexiconError),
    /// The index cannot be written.
    #[error(transparent)]
    Index(#[from] IndexError),
}

fn messages(errors: &[SourceError]) -> String {
    errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

/// Is told how far a build is.
pub trait Progress {
    /// `done` of `total` files have been looked at, to find out which documents they hold.
    fn surveyed(&mut self, done: usize, total: usize);
    /// `done` of `total` documents are in; what `current` holds is next.
    fn document(&mut self, done: usize, total: usize, current: &Path);
    /// All documents are in; the generation is being completed.
    fn publishing(&mut self);
}

/// Nobody watches.
pub struct Quiet;

impl Progress for Quiet {
    fn surveyed(&mut self, _: usize, _: usize) {}
    fn document(&mut self, _: usize, _: usize, _: &Path) {}
    fn publishing(&mut self) {}
}

/// What a build did.
#[derive(Clone, Debug, Serialize)]
pub struct Summary {
    /// The generation that serves now.
    pub generation: String,
    /// Documents in it.
    pub documents: u64,
    /// Units that search can return.
    pub units: u64,
    /// Grounds of liability: statutes cited as such, and those named in the cells of lists of rows.
    pub citations: u64,
    /// Documents whose sources had not changed and were not read again.
    pub reused: usize,
    /// Bytes of the sources.
    pub source_bytes: u64,
    /// Bytes of the generation.
    pub index_bytes: u64,
    /// How long it took.
    pub seconds: f64,
    /// What was not understood in the sources read this time.
    pub warnings: Vec<SourceWarning>,
    /// How the columns of the lists of rows read this time were taken.
    pub columns: Vec<ColumnsRead>,
}

/// How the columns of a list of rows were taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ColumnsRead {
    /// The file, as it was given.
    pub file: String,
    /// Headings that are known, with what they were taken for.
    pub known: Vec<(String, Column)>,
    /// Headings that are not; what stands under them was kept as text.
    pub kept_as_text: Vec<String>,
}

impl ColumnsRead {
    fn new(file: &Path, columns: &[ListingColumn]) -> ColumnsRead {
        let known = |column: &ListingColumn| Some((column.heading.clone(), column.column?));
        let unknown = columns.iter().filter(|column| column.column.is_none());
        ColumnsRead {
            file: file.to_string_lossy().into_owned(),
            known: columns.iter().filter_map(known).collect(),
            kept_as_text: unknown.map(|column| column.heading.clone()).collect(),
        }
    }
}

/// A warning with its file.
#[derive(Clone, Debug, Serialize)]
pub struct SourceWarning {
    /// The file, as it was given.
    pub file: String,
    /// Its line, from one.
    pub line: u32,
    /// What it is.
    pub message: String,
}

/// Builds a generation and publishes it.
///
/// # Errors
///
/// Whatever goes wrong, the index is left as it was.
pub fn build(options: &BuildOptions, progress: &mut dyn Progress) -> Result<Summary, BuildError> {
    build_in(&IndexFolder::new(&options.index), options, progress)
}

/// The same in a folder that is at hand, whose disk may be another one than this machine's.
///
/// # Errors
///
/// As [`build`].
pub fn build_in(
    folder: &IndexFolder,
    options: &BuildOptions,
    progress: &mut dyn Progress,
) -> Result<Summary, BuildError> {
    let started = Instant::now();
    let files = options.lexicon.as_deref().map(LexiconFiles::read).transpose()?.unwrap_or_default();
    let vocabulary = Vocabulary::of(&files);
    let survey = survey(options, &vocabulary, progress)?;
    let (_, lexicon_warnings) = Lexicon::parse(&files);
    let lock = folder.lock_for_writing()?;
    let mut writer = GenerationWriter::begin(&lock, &files, !options.full)?;
    let mut warnings: Vec<SourceWarning> =
        lexicon_warnings.into_iter().map(|warning| lexicon_warning(options, warning)).collect();
    let mut reader = Reader::new(&survey, &vocabulary);
    let mut reused = 0;
    let mut columns = Vec::new();
    for (done, document) in survey.documents.iter().enumerate() {
        progress.document(done, survey.documents.len(), survey.path(document));
        if writer.keep(&document.id, &document.hash, survey.names(document)) {
            reused += 1;
            continue;
        }
        let read = reader.read(document)?;
        writer.add(read.entry, &read.header, &read.units)?;
        warnings.extend(read.warnings);
        if !read.columns.is_empty() {
            columns.push(ColumnsRead::new(survey.path(document), &read.columns));
        }
    }
    progress.publishing();
    let manifest = match options.lexicon {
        Some(_) => writer.publish_with_dictionary(survey.sources(), dictionary)?,
        None => writer.publish(survey.sources())?,
    };
    Ok(Summary {
        generation: folder.current()?.unwrap_or_default(),
        documents: manifest.counts.documents,
        units: manifest.counts.units,
        citations: manifest.counts.citations,
        reused,
        source_bytes: manifest.counts.source_bytes,
        index_bytes: manifest.counts.index_bytes,
        seconds: started.elapsed().as_secs_f64(),
        warnings,
        columns,
    })
}

fn lexicon_warning(options: &BuildOptions, warning: LexiconWarning) -> SourceWarning {
    let folder = options.lexicon.clone().unwrap_or_default();
    SourceWarning {
        file: folder.join(&warning.file).to_string_lossy().into_owned(),
        line: u32::try_from(warning.line).unwrap_or(u32::MAX),
        message: warning.message,
    }
}
