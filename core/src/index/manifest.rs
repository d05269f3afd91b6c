//! What a generation says of itself.

use std::path::Path;

use serde::{Deserialize, Serialize};

use super::IndexError;
use crate::analyzer::Fingerprint;

/// The version of everything on disk but the analyzer: layout, fields, tables, records.
pub const FORMAT: u32 = 4;

/// Counts changes of what is read out of a source, the citations found in it among them. Units that an older reader made are
/// not used again.
pub(super) const READER: u32 = 3;

/// `manifest.json` of a generation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Manifest {
    /// [`FORMAT`] of the program that wrote it.
    pub format: u32,
    /// The version of what its program read out of sources.
    pub reader: u32,
    /// The analyzer it was built with.
    pub analyzer: Fingerprint,
    /// The version of the program that wrote it.
    pub program: String,
    /// When it was written, in seconds since 1970.
    pub created: u64,
    /// The files it was built from, by path.
    pub sources: Vec<SourceEntry>,
    /// The documents made of them, by identifier.
    pub documents: Vec<DocumentEntry>,
    /// What it holds.
    pub counts: Counts,
    /// Its files but this one, by name.
    pub files: Vec<FileEntry>,
}

/// A source file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceEntry {
    /// Its path as given to the indexer.
    pub path: String,
    /// Its size in bytes.
    pub bytes: u64,
}

/// A document and what it was made of: mostly one file, for a statute published in parts several, and one file of JSON
/// lines may hold many documents.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentEntry {
    /// Its identifier.
    pub id: String,
    /// XXH3 (128 bits) in hexadecimal digits of all that its content was read from. While it stays the same, so do the units.
    pub hash: String,
    /// The paths of the files that hold it, as given to the indexer.
    pub files: Vec<String>,
    /// Which of its units come from which file, in the order of its units. A file that says the same as another has none.
    pub parts: Vec<DocumentPart>,
    /// How many units it has.
    pub units: u32,
    /// How many citations it has: grounds of liability, of a list of rows the statutes named in its cells.
    pub citations: u32,
    /// How many warnings it gave.
    pub warnings: u32,
}

/// The part of a document that one file holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentPart {
    /// The file, as its place among the document's.
    pub file: u32,
    /// The place of its first unit among the document's, from zero.
    pub first: u32,
}

impl DocumentEntry {
    /// The file that holds the document's unit of that place, from zero.
    pub fn file_of(&self, unit: u32) -> Option<&str> {
        let after = self.parts.partition_point(|part| part.first <= unit);
        let part = self.parts.get(after.checked_sub(1)?)?;
        self.files.get(part.file as usize).map(String::as_str)
    }
}

/// Totals of a generation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// Documents.
    pub documents: u64,
    /// Units that search can return.
    pub units: u64,
    /// Citations, as counted in [`DocumentEntry::citations`].
    pub citations: u64,
    /// Warnings.
    pub warnings: u64,
    /// Bytes of the sources.
    pub source_bytes: u64,
    /// Bytes of the generation without its manifest.
    pub index_bytes: u64,
}

/// A file of a generation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileEntry {
    /// Its path in the generation's folder, with `/`.
    pub name: String,
    /// Its size in bytes.
    pub bytes: u64,
    /// XXH3 (128 bits) of its content, in hexadecimal digits.
    pub checksum: String,
}

impl Manifest {
    pub(super) const FILE: &str = "manifest.json";

    /// What is said of a document.
    pub fn document(&self, id: &str) -> Option<&DocumentEntry> {
        self.documents.binary_search_by(|entry| entry.id.as_str().cmp(id)).ok().map(|at| &self.documents[at])
    }

    /// Reads the manifest of the generation in `folder` and checks that this program can read the rest.
    pub(super) fn read(folder: &Path) -> Result<Manifest, IndexError> {
        let path = folder.join(Manifest::FILE);
        Manifest::from_json(&std::fs::read(&path).map_err(|source| IndexError::read(&path, source))?, &path, folder)
    }

    /// The same of the text of a manifest of `generation`, which was read from `path`.
    pub(super) fn from_json(json: &[u8], path: &Path, generation: &Path) -> Result<Manifest, IndexError> {
        // The format first: a manifest of another one may look otherwise.
        #[derive(Deserialize)]
        struct Format {
            format: u32,
        }
        let damaged = |source| IndexError::Damaged { path: path.to_owned(), reason: format!("{source}") };
        let Format { format } = serde_json::from_slice(json).map_err(damaged)?;
        if format != FORMAT {
            return Err(IndexError::OtherVersion { folder: generation.to_owned(), found: format!("format {format}") });
        }
        serde_json::from_slice(json).map_err(damaged)
    }

    pub(super) fn to_json(&self) -> Vec<u8> {
        serde_json::to_vec_pretty(self).expect("a manifest is plain data")
    }
}
