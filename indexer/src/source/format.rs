//! What a file holds, told by its content: suffixes lie.

/// What a file holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Markdown or plain text; both are read by the same rules.
    Text,
    /// A zip container: `.docx`, `.xlsx`.
    OfficeArchive,
    /// An OLE container: `.doc`, `.xls`.
    OfficeBinary,
    /// A PDF.
    Pdf,
    /// Something else that is not text.
    Binary,
}

impl Format {
    /// The format of a file with these bytes.
    pub fn of(bytes: &[u8]) -> Format {
        if bytes.starts_with(b"PK\x03\x04") {
            Format::OfficeArchive
        } else if bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]) {
            Format::OfficeBinary
        } else if bytes.starts_with(b"%PDF-") {
            Format::Pdf
        } else if has_utf16_mark(bytes) || !bytes.contains(&0) {
            Format::Text
        } else {
            Format::Binary
        }
    }

    /// What it is called in a message.
    pub(super) fn name(self) -> &'static str {
        match self {
            Format::Text => "text",
            Format::OfficeArchive => "an Office document (.docx, .xlsx)",
            Format::OfficeBinary => "an old Office document (.doc, .xls)",
            Format::Pdf => "a PDF",
            Format::Binary => "a binary file",
        }
    }
}

/// UTF-16 is full of NULs, and is text only with its byte order mark.
pub(super) fn has_utf16_mark(bytes: &[u8]) -> bool {
    bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff])
}
