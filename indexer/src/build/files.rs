//! From paths to the files that may be sources.

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use super::run::{BuildError, BuildOptions};

/// What every table of a lexicon begins with.
const LEXICON_HEAD: &[u8] = b"# lawcite lexicon ";

/// The files at or below the paths of `options`, in the order of their names within each path; each file once.
///
/// In folders hidden files, READMEs, index pages (`_index.md`) and what is ours (lexicons, the index) are left out.
pub(super) fn find_files(options: &BuildOptions) -> Result<Vec<PathBuf>, BuildError> {
    let ours = [options.lexicon.as_deref(), Some(options.index.as_path())];
    let ours: Vec<PathBuf> = ours.into_iter().flatten().filter_map(|folder| folder.canonicalize().ok()).collect();
    let mut files = Vec::new();
    for path in &options.paths {
        collect(path, &ours, &mut files)?;
    }
    if options.paths.len() > 1 {
        // The same file named twice is one source.
        let mut seen = std::collections::HashSet::new();
        files.retain(|path| seen.insert(path.canonicalize().unwrap_or_else(|_| path.clone())));
    }
    if files.is_empty() {
        let paths = options.paths.iter().map(|path| format!("`{}`", path.display())).collect::<Vec<_>>().join(", ");
        return Err(BuildError::NoSources { paths });
    }
    Ok(files)
}

fn collect(path: &Path, ours: &[PathBuf], files: &mut Vec<PathBuf>) -> Result<(), BuildError> {
    const NO_SOURCES: [&str; 2] = ["readme.md", "_index.md"];
    let unreadable = |source| BuildError::Path { path: path.to_owned(), source };
    if !fs::metadata(path).map_err(unreadable)?.is_dir() {
        files.push(path.to_owned());
        return Ok(());
    }
    if path.canonicalize().is_ok_and(|path| ours.contains(&path)) || is_lexicon(path) {
        return Ok(());
    }
    let mut entries = fs::read_dir(path).map_err(unreadable)?.collect::<Result<Vec<_>, _>>().map_err(unreadable)?;
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        if !name.starts_with('.') && !NO_SOURCES.iter().any(|other| name.eq_ignore_ascii_case(other)) {
            collect(&entry.path(), ours, files)?;
        }
    }
    Ok(())
}

/// Whether a folder is a lexicon, perhaps another one than that of this build: its aliases say so in their first line.
fn is_lexicon(folder: &Path) -> bool {
    let mut head = [0; LEXICON_HEAD.len()];
    fs::File::open(folder.join("aliases.tsv")).and_then(|mut file| file.read_exact(&mut head)).is_ok()
        && head == *LEXICON_HEAD
}
