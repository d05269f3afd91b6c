//! The lexicon's files.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{fs, io};

/// A lexicon folder that cannot be read.
#[derive(Debug, thiserror::Error)]
#[error("cannot read the lexicon `{}`", path.display())]
pub struct LexiconError {
    path: PathBuf,
    source: io::Error,
}

/// The files of a lexicon by name, as they are on the disk. The empty one holds none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LexiconFiles {
    files: BTreeMap<String, String>,
}

impl LexiconFiles {
    /// Words that the segmentation should not cut, a line each: `word [frequency [tag]]`.
    pub const SEGMENTATION: &str = "segmentation.dict";
    /// English terms of a general dictionary. Made when an index is built, out of the words it holds, and kept in the
    /// generation only.
    pub const DICTIONARY: &str = "dictionary.tsv";

    /// Reads `*.tsv` and [`SEGMENTATION`](Self::SEGMENTATION) of `folder`.
    ///
    /// # Errors
    ///
    /// If the folder or one of the files cannot be read as UTF-8.
    pub fn read(folder: &Path) -> Result<LexiconFiles, LexiconError> {
        let failed = |path: &Path| {
            let path = path.to_owned();
            move |source| LexiconError { path, source }
        };
        let mut files = BTreeMap::new();
        for entry in fs::read_dir(folder).map_err(failed(folder))? {
            let path = entry.map_err(failed(folder))?.path();
            let Some(name) = path.file_name().and_then(|name| name.to_str()) else { continue };
            if name.ends_with(".tsv") || name == Self::SEGMENTATION {
                files.insert(name.to_owned(), fs::read_to_string(&path).map_err(failed(&path))?);
            }
        }
        Ok(LexiconFiles { files })
    }

    /// With one more file, or another text for one.
    #[must_use]
    pub fn with(mut self, name: &str, text: &str) -> LexiconFiles {
        self.files.insert(name.to_owned(), text.to_owned());
        self
    }

    /// The segmentation dictionary, empty if there is none.
    pub fn dictionary(&self) -> &str {
        self.file(Self::SEGMENTATION)
    }

    /// A file's text, empty if there is none of that name.
    pub fn file(&self, name: &str) -> &str {
        self.files.get(name).map_or("", String::as_str)
    }

    /// Names and texts.
    pub fn files(&self) -> impl Iterator<Item = (&str, &str)> {
        self.files.iter().map(|(name, text)| (name.as_str(), text.as_str()))
    }
}
