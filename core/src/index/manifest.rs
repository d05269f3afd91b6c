//! What a generation says of itself.

use std::path::Path;

use serde::{Deserialize, Serialize};

use super::IndexError;
use crate::analyzer::Fingerprint;

/// The version of everything on disk but the analyzer: layout, fields, tables, records.
pub const FORMAT: u32 = 1;

/// Counts changes of what is read out of a source. Units that an older reader made are not used again.
pub(super) const READER: u32 = 1;

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
    /// What it was built from, in the order of the documents' identifiers.
    pub sources: Vec<SourceEntry>,
    /// What it holds.
    pub counts: Counts,
    /// Its files but this one, by name.
    pub files: Vec<FileEntry>,
}

/// A source file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceEntry {
    /// The document made of it.
    pub document: String,
    /// Its path as given to the indexer.
    pub path: String,
    /// XXH3 (128 bits) of its bytes, in hexadecimal digits.
    pub hash: String,
    /// Its size in bytes.
    pub bytes: u64,
    /// How many units it gave.
    pub units: u32,
    /// How many citations it gave: grounds of liability.
    pub citations: u32,
    /// How many warnings it gave.
    pub warnings: u32,
}

/// Totals of a generation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// Documents.
    pub documents: u64,
    /// Units that search can return.
    pub units: u64,
    /// Citations, as counted in [`SourceEntry::citations`].
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

    /// Reads the manifest of the generation in `folder` and checks that this program can read the rest.
    pub(super) fn read(folder: &Path) -> Result<Manifest, IndexError> {
        let path = folder.join(Manifest::FILE);
        let bytes = std::fs::read(&path).map_err(|source| IndexError::read(&path, source))?;
        // The format first: a manifest of another one may look otherwise.
        #[derive(Deserialize)]
        struct Format {
            format: u32,
        }
        let damaged = |source| IndexError::Damaged { path: path.clone(), reason: format!("{source}") };
        let Format { format } = serde_json::from_slice(&bytes).map_err(damaged)?;
        if format != FORMAT {
            return Err(IndexError::OtherVersion { folder: folder.to_owned(), found: format!("format {format}") });
        }
        serde_json::from_slice(&bytes).map_err(damaged)
    }
}
