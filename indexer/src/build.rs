//! The build: from paths to a published generation.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use lawcite_core::index::{GenerationWriter, IndexError, IndexFolder, SourceEntry};
use lawcite_core::lexicon::{Lexicon, LexiconError, LexiconFiles, LexiconWarning};
use lawcite_core::responsibility::Warning;
use lawcite_core::unit::Kind;
use serde::Serialize;
use xxhash_rust::xxh3::xxh3_128;

use crate::dictionary::dictionary;
use crate::responsibility;
use crate::source::{SourceError, SourceText, blocks, read_source};

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
    /// A file's name has no letter or digit to make an identifier of.
    #[error("`{}` has no letter or digit in its name: rename it", path.display())]
    NoId {
        /// The file.
        path: PathBuf,
    },
    /// Files that cannot be sources.
    #[error("{}", messages(.0))]
    Sources(Vec<SourceError>),
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
    /// `done` of `total` sources are in; `current` is next.
    fn source(&mut self, done: usize, total: usize, current: &Path);
    /// All sources are in; the generation is being completed.
    fn publishing(&mut self);
}

/// Nobody watches.
pub struct Quiet;

impl Progress for Quiet {
    fn source(&mut self, _: usize, _: usize, _: &Path) {}
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
    /// Grounds of liability: statutes cited as such.
    pub citations: u64,
    /// Sources that had not changed and were not read again.
    pub reused: usize,
    /// Bytes of the sources.
    pub source_bytes: u64,
    /// Bytes of the generation.
    pub index_bytes: u64,
    /// How long it took.
    pub seconds: f64,
    /// What was not understood in the sources read this time.
    pub warnings: Vec<SourceWarning>,
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
    let started = Instant::now();
    let sources = find_sources(options)?;
    let files = options.lexicon.as_deref().map(LexiconFiles::read).transpose()?.unwrap_or_default();
    let (_, lexicon_warnings) = Lexicon::parse(&files);
    let folder = IndexFolder::new(&options.index);
    let lock = folder.lock_for_writing()?;
    let mut writer = GenerationWriter::begin(&lock, &files, !options.full)?;
    let mut warnings: Vec<SourceWarning> =
        lexicon_warnings.into_iter().map(|warning| lexicon_warning(options, warning)).collect();
    let (mut reused, mut unusable) = (0, Vec::new());
    for (done, (id, path)) in sources.iter().enumerate() {
        progress.source(done, sources.len(), path);
        let source = match read_source(path) {
            Ok(source) => source,
            Err(error) => {
                unusable.push(error);
                continue;
            }
        };
        let hash = format!("{:032x}", xxh3_128(source.bytes()));
        let name = path.to_string_lossy();
        if writer.keep(id, &hash, &name) {
            reused += 1;
            continue;
        }
        warnings.extend(add(&mut writer, id, &name, hash, &source)?);
    }
    if !unusable.is_empty() {
        return Err(BuildError::Sources(unusable));
    }
    progress.publishing();
    let manifest = match options.lexicon {
        Some(_) => writer.publish_with_dictionary(dictionary)?,
        None => writer.publish()?,
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
    })
}

/// Parses a source and adds what it holds. Returns its warnings.
fn add(
    writer: &mut GenerationWriter<'_>,
    id: &str,
    path: &str,
    hash: String,
    source: &SourceText,
) -> Result<Vec<SourceWarning>, BuildError> {
    let mut list = responsibility::parse(id, &blocks(source));
    let mut warnings: Vec<Warning> = source.warnings().to_vec();
    warnings.append(&mut list.warnings);
    list.warnings = warnings;
    let units = list.units();
    let count = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    let entry = SourceEntry {
        document: id.to_owned(),
        path: path.to_owned(),
        hash,
        bytes: source.bytes().len() as u64,
        units: count(units.len()),
        citations: count(units.iter().filter(|unit| unit.kind == Kind::Citation).count()),
        warnings: count(list.warnings.len()),
    };
    let header = list.header();
    writer.add(entry, &header, &units)?;
    let warning =
        |warning: Warning| SourceWarning { file: path.to_owned(), line: warning.line, message: warning.message };
    Ok(header.warnings.into_iter().map(warning).collect())
}

fn lexicon_warning(options: &BuildOptions, warning: LexiconWarning) -> SourceWarning {
    let folder = options.lexicon.clone().unwrap_or_default();
    SourceWarning {
        file: folder.join(&warning.file).to_string_lossy().into_owned(),
        line: u32::try_from(warning.line).unwrap_or(u32::MAX),
        message: warning.message,
    }
}

/// The files to read with the identifiers of their documents, by identifier.
fn find_sources(options: &BuildOptions) -> Result<Vec<(String, PathBuf)>, BuildError> {
    let ours = [options.lexicon.as_deref(), Some(options.index.as_path())];
    let ours: Vec<PathBuf> = ours.into_iter().flatten().filter_map(|folder| folder.canonicalize().ok()).collect();
    let mut files = Vec::new();
    for path in &options.paths {
        collect(path, &ours, &mut files)?;
    }
    let mut found: HashMap<String, PathBuf> = HashMap::new();
    for path in files {
        let id = document_id(&path).ok_or_else(|| BuildError::NoId { path: path.clone() })?;
        match found.get(&id) {
            // The same file named twice is one source.
            Some(first) if first.canonicalize().ok() == path.canonicalize().ok() => {}
            Some(first) => return Err(BuildError::SameId { id, first: first.clone(), second: path }),
            None => {
                found.insert(id, path);
            }
        }
    }
    if found.is_empty() {
        let paths = options.paths.iter().map(|path| format!("`{}`", path.display())).collect::<Vec<_>>().join(", ");
        return Err(BuildError::NoSources { paths });
    }
    let mut sources: Vec<_> = found.into_iter().collect();
    sources.sort();
    Ok(sources)
}

/// The files at or below `path`. In folders hidden files and READMEs are left out, and
/// `ours`: the lexicon and the index.
fn collect(path: &Path, ours: &[PathBuf], files: &mut Vec<PathBuf>) -> Result<(), BuildError> {
    let unreadable = |source| BuildError::Path { path: path.to_owned(), source };
    if !fs::metadata(path).map_err(unreadable)?.is_dir() {
        files.push(path.to_owned());
        return Ok(());
    }
    if path.canonicalize().is_ok_and(|path| ours.contains(&path)) {
        return Ok(());
    }
    let mut entries = fs::read_dir(path).map_err(unreadable)?.collect::<Result<Vec<_>, _>>().map_err(unreadable)?;
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        if !name.starts_with('.') && !name.eq_ignore_ascii_case("readme.md") {
            collect(&entry.path(), ours, files)?;
        }
    }
    Ok(())
}

/// The identifier of the document in a file: the stem of its name, letters of any script, digits, `-`, `_` and `.` kept,
/// everything else a `-`.
fn document_id(path: &Path) -> Option<String> {
    let stem = path.file_stem()?.to_string_lossy();
    let kept: String =
        stem.chars().map(|c| if c.is_alphanumeric() || matches!(c, '-' | '_' | '.') { c } else { '-' }).collect();
    let id = kept.trim_matches(|c| matches!(c, '-' | '.'));
    id.chars().any(char::is_alphanumeric).then(|| id.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_documents_identifier_is_its_files_stem() {
        for (path, id) in [
            ("seeds/boshan-hrss-2015.md", Some("boshan-hrss-2015")),
            ("博山区 责任清单（2015）.txt", Some("博山区-责任清单-2015")),
            ("a/./b/../x_1.2.md", Some("x_1.2")),
            ("（）.md", None),
        ] {
            assert_eq!(document_id(Path::new(path)).as_deref(), id, "{path}");
        }
    }
}
