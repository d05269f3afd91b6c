//! Which documents the files hold, found out before any of them is read whole.
//!
//! Mostly a file is a document. But a statute may be published in parts, the same text may lie in several folders, and a
//! file of JSON lines holds many statutes: which is why documents are planned first and made one by one.

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};

use lawcite_core::index::SourceEntry;
use lawcite_core::statute::{Version, statute_id};
use xxhash_rust::xxh3::{Xxh3, xxh3_128};

use super::files::find_files;
use super::run::{BuildError, BuildOptions, Progress};
use crate::listing::Vocabulary;
use crate::source::{SourceFile, read_file};
use crate::statute::{folder_level, identify, is_jsonl, is_statute, jsonl_statutes};

/// What there is to build.
pub(super) struct Survey {
    files: Vec<Surveyed>,
    /// In the order of their identifiers.
    pub(super) documents: Vec<Planned>,
}

/// A file that was looked at.
struct Surveyed {
    path: PathBuf,
    bytes: u64,
}

/// A document to be made.
#[derive(Debug)]
pub(super) struct Planned {
    pub(super) id: String,
    /// The numbers of the files that hold it, and how.
    pub(super) files: Vec<(usize, Form)>,
    /// Changes with whatever its content is read from.
    pub(super) hash: String,
}

/// How a file holds a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Form {
    List,
    /// A statute or a part of one, a file each.
    Statute(Version),
    /// A statute as lines of JSON, perhaps among others.
    Jsonl,
}

/// Looks at all files.
pub(super) fn survey(
    options: &BuildOptions,
    vocabulary: &Vocabulary,
    progress: &mut dyn Progress,
) -> Result<Survey, BuildError> {
    let paths = find_files(options)?;
    let mut plan = Plan { vocabulary: vocabulary.fingerprint(), ..Plan::default() };
    let (mut files, mut unusable) = (Vec::new(), Vec::new());
    for (number, path) in paths.iter().enumerate() {
        progress.surveyed(number, paths.len());
        match read_file(path) {
            Ok(source) => {
                files.push(Surveyed { path: path.clone(), bytes: source.bytes().len() as u64 });
                plan.add(files.len() - 1, &source)?;
            }
            Err(error) => unusable.push(error),
        }
    }
    if !unusable.is_empty() {
        return Err(BuildError::Sources(unusable));
    }
    let documents = plan.documents(&files)?;
    Ok(Survey { files, documents })
}

impl Survey {
    /// The path of a file.
    pub(super) fn file(&self, number: usize) -> &Path {
        &self.files[number].path
    }

    /// The first file of a document.
    pub(super) fn path(&self, document: &Planned) -> &Path {
        self.file(document.files[0].0)
    }

    /// The paths of a document's files as the manifest has them.
    pub(super) fn names(&self, document: &Planned) -> Vec<String> {
        document.files.iter().map(|(file, _)| self.name(*file)).collect()
    }

    pub(super) fn name(&self, file: usize) -> String {
        self.file(file).to_string_lossy().into_owned()
    }

    pub(super) fn sources(&self) -> Vec<SourceEntry> {
        let entry = |file: &Surveyed| SourceEntry { path: file.path.to_string_lossy().into_owned(), bytes: file.bytes };
        self.files.iter().map(entry).collect()
    }
}

/// What the files looked at so far hold.
#[derive(Default)]
struct Plan {
    /// By identifier: the files, how each holds it, and what decides its content.
    documents: BTreeMap<String, Vec<(usize, Form, String)>>,
    /// Parts that have no date of their own: their statute's version is the last date of them all.
    undated_parts: HashMap<String, Vec<(Version, usize, String)>>,
    /// What lists are read with.
    vocabulary: u64,
}

impl Plan {
    fn add(&mut self, file: usize, source: &SourceFile) -> Result<(), BuildError> {
        let path = source.path();
        let content = format!("{:032x}", xxh3_128(source.bytes()));
        let Some(source) = source.text() else { return self.add_list(file, path, &content) };
        // A statute's level may hang on the folder, its version on the file's name.
        let level = folder_level(path).map_or("", |level| level.name());
        if is_jsonl(source.text()) {
            for (name, version) in jsonl_statutes(source) {
                self.add_part(statute_id(&name, &version), Form::Jsonl, file, format!("{content}/{level}"));
            }
        } else if is_statute(source.text()) {
            let identity = identify(source);
            let stem = path.file_stem().unwrap_or_default().to_string_lossy();
            let key = format!("{content}/{level}/{stem}");
            if identity.is_undated_part {
                self.undated_parts.entry(identity.name).or_default().push((identity.version, file, key));
            } else {
                let id = statute_id(&identity.name, &identity.version);
                self.add_part(id, Form::Statute(identity.version), file, key);
            }
        } else {
            self.add_list(file, path, &content)?;
        }
        Ok(())
    }

    fn add_list(&mut self, file: usize, path: &Path, content: &str) -> Result<(), BuildError> {
        let id = list_id(path).ok_or_else(|| BuildError::NoId { path: path.to_owned() })?;
        self.add_part(id, Form::List, file, format!("{content}/{:016x}", self.vocabulary));
        Ok(())
    }

    fn add_part(&mut self, id: String, form: Form, file: usize, key: String) {
        self.documents.entry(id).or_default().push((file, form, key));
    }

    fn documents(mut self, files: &[Surveyed]) -> Result<Vec<Planned>, BuildError> {
        for (name, parts) in std::mem::take(&mut self.undated_parts) {
            let version = parts.iter().map(|(version, ..)| version).max().cloned().unwrap_or_default();
            let id = statute_id(&name, &version);
            for (_, file, key) in parts {
                self.add_part(id.clone(), Form::Statute(version.clone()), file, key);
            }
        }
        let planned = |(id, parts): (String, Vec<(usize, Form, String)>)| {
            if let [(first, Form::List, _), (second, ..), ..] = parts.as_slice() {
                let path = |number: &usize| files[*number].path.clone();
                return Err(BuildError::SameId { id, first: path(first), second: path(second) });
            }
            let mut hasher = Xxh3::new();
            for (.., key) in &parts {
                hasher.update(key.as_bytes());
                hasher.update(&[0]);
            }
            let files = parts.into_iter().map(|(file, form, _)| (file, form)).collect();
            Ok(Planned { id, files, hash: format!("{:032x}", hasher.digest128()) })
        };
        self.documents.into_iter().map(planned).collect()
    }
}

/// The identifier of the list in a file: the stem of its name, letters of any script, digits, `-`, `_` and `.` kept,
/// everything else a `-`.
fn list_id(path: &Path) -> Option<String> {
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
    fn a_lists_identifier_is_its_files_stem() {
        for (path, id) in [
            ("seeds/boshan-hrss-2015.md", Some("boshan-hrss-2015")),
            ("博山区 责任清单（2015）.txt", Some("博山区-责任清单-2015")),
            ("a/./b/../x_1.2.md", Some("x_1.2")),
            ("（）.md", None),
        ] {
            assert_eq!(list_id(Path::new(path)).as_deref(), id, "{path}");
        }
    }
}
