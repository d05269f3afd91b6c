//! Zip containers: which document one holds, and whether it is safe to unpack.

use std::io::{self, Cursor, Read};

use zip::ZipArchive;

use super::workbook::Unreadable;

/// All that an archive unpacks to. The largest list known unpacks to 20 MB.
const MOST_UNPACKED: u64 = 256 << 20;
/// A document has some dozens of parts.
const MOST_PARTS: usize = 10_000;

/// What a zip container holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Archive {
    /// `.xlsx`, `.xlsm`.
    Workbook,
    /// `.docx`.
    Document,
    Other,
}

/// What the container holds, told by the names of its parts, after all of it was unpacked once to see that it can be.
pub(super) fn open(bytes: &[u8]) -> Result<Archive, Unreadable> {
    let damaged = |error: zip::result::ZipError| Unreadable::Damaged(error.to_string());
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?;
    let has = |name: &str| archive.index_for_name(name).is_some();
    let kind = if has("xl/workbook.xml") {
        Archive::Workbook
    } else if has("word/document.xml") {
        Archive::Document
    } else {
        let mut names = archive.file_names().flatten();
        // Some programs write the names of parts with other separators or capitals.
        match names.any(|name| name.to_lowercase().replace('\\', "/").ends_with("xl/workbook.xml")) {
            true => Archive::Workbook,
            false => Archive::Other,
        }
    };
    if archive.len() > MOST_PARTS {
        return Err(Unreadable::TooMuch("more than 10,000 parts"));
    }
    let mut rest = MOST_UNPACKED;
    for part in 0..archive.len() {
        // What the archive says of its parts' sizes may be a lie, so they are unpacked, to nowhere.
        let part = archive.by_index(part).map_err(damaged)?;
        let unpacked = io::copy(&mut part.take(rest + 1), &mut io::sink());
        rest = match unpacked {
            Ok(bytes) if bytes > rest => return Err(Unreadable::TooMuch("more than 256 MB once it is unpacked")),
            Ok(bytes) => rest - bytes,
            Err(error) => return Err(Unreadable::Damaged(error.to_string())),
        };
    }
    Ok(kind)
}
