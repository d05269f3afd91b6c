//! A source file of any format, told by its content.

use std::path::{Path, PathBuf};

use lawcite_core::responsibility::Warning;

use super::archive::{self, Archive};
use super::biff::{self, Container};
use super::block::Block;
use super::decode::{SourceError, SourceText, decode, read_bytes};
use super::format::Format;
use super::workbook::{self, Unreadable};
use super::{docx, html, markdown};

/// A source file, read as far as its format.
#[derive(Clone, Debug)]
pub struct SourceFile {
    path: PathBuf,
    content: Content,
}

#[derive(Clone, Debug)]
enum Content {
    /// Markdown or plain text.
    Text(SourceText),
    /// A page.
    Page(SourceText),
    /// `.xlsx` or `.xls`.
    Workbook { bytes: Vec<u8>, is_archive: bool },
    /// `.docx`.
    Document(Vec<u8>),
}

impl SourceFile {
    /// Where the file lies, as it was asked for.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Its bytes as they are on disk, to be hashed.
    pub fn bytes(&self) -> &[u8] {
        match &self.content {
            Content::Text(text) | Content::Page(text) => text.bytes(),
            Content::Workbook { bytes, .. } | Content::Document(bytes) => bytes,
        }
    }

    /// Its text, if that is what it is. Statutes are published as text; anything else is a list.
    pub fn text(&self) -> Option<&SourceText> {
        match &self.content {
            Content::Text(text) => Some(text),
            Content::Page(_) | Content::Workbook { .. } | Content::Document(_) => None,
        }
    }

    /// Its content as it is laid out, and what was odd about it.
    ///
    /// # Errors
    ///
    /// If it is damaged, asks for a password, or is larger than any list.
    pub fn blocks(&self) -> Result<(Vec<Block>, Vec<Warning>), SourceError> {
        let laid_out = match &self.content {
            Content::Text(text) => Ok((markdown::blocks(text.text()), text.warnings().to_vec())),
            Content::Page(text) => html::blocks(text.text()).map(|blocks| (blocks, text.warnings().to_vec())),
            Content::Workbook { bytes, is_archive } => workbook::blocks(bytes, *is_archive),
            Content::Document(bytes) => docx::blocks(bytes).map(|blocks| (blocks, Vec::new())),
        };
        laid_out.map_err(|error| unreadable(&self.path, error))
    }
}

/// Reads a source file of any format.
///
/// # Errors
///
/// If the file cannot be read, is empty, or holds what no list is published as.
pub fn read_file(path: &Path) -> Result<SourceFile, SourceError> {
    decode_file(path, read_bytes(path)?)
}

/// Reads a source file whose bytes are at hand; `path` is for messages only.
///
/// # Errors
///
/// As [`read_file`], but for reading.
pub fn decode_file(path: &Path, bytes: Vec<u8>) -> Result<SourceFile, SourceError> {
    let refused = |format: Format| SourceError::NotText { path: path.to_owned(), format };
    let content = match Format::of(&bytes) {
        Format::OfficeArchive => match archive::open(&bytes).map_err(|error| unreadable(path, error))? {
            Archive::Workbook => Content::Workbook { bytes, is_archive: true },
            Archive::Document => Content::Document(bytes),
            Archive::Other => return Err(refused(Format::OfficeArchive)),
        },
        Format::OfficeBinary => match biff::container(&bytes) {
            Container::Workbook => Content::Workbook { bytes, is_archive: false },
            Container::Encrypted => return Err(unreadable(path, Unreadable::Encrypted)),
            Container::Other => return Err(refused(Format::OfficeBinary)),
        },
        _ => {
            let text = decode(path, bytes)?;
            if html::is_page(text.text()) { Content::Page(text) } else { Content::Text(text) }
        }
    };
    Ok(SourceFile { path: path.to_owned(), content })
}

fn unreadable(path: &Path, error: Unreadable) -> SourceError {
    let path = path.to_owned();
    match error {
        Unreadable::Encrypted => SourceError::Encrypted { path },
        Unreadable::Damaged(reason) => SourceError::Damaged { path, reason },
        Unreadable::TooMuch(what) => SourceError::TooMuch { path, what },
    }
}
