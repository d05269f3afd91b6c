//! From a file's bytes to text.

use std::path::{Path, PathBuf};
use std::{fs, io, mem};

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8};
use lawcite_core::responsibility::Warning;

use super::format::{Format, has_utf16_mark};

/// Positions in a source are 32 bits wide.
const LONGEST: u64 = u32::MAX as u64;
/// What tells the encoding stands in the first stretch of any real file.
const DETECTED_ON: usize = 1 << 20;

/// A source file as text.
///
/// Positions in it are bytes of its UTF-8 form, a byte order mark included.
#[derive(Clone, Debug)]
pub struct SourceText {
    path: PathBuf,
    text: String,
    /// The file's bytes where they are not those of `text`.
    bytes: Option<Vec<u8>>,
    encoding: &'static Encoding,
    warnings: Vec<Warning>,
}

impl SourceText {
    /// Where the file lies, as it was asked for.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Its text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Its bytes as they are on disk, to be hashed.
    pub fn bytes(&self) -> &[u8] {
        self.bytes.as_deref().unwrap_or(self.text.as_bytes())
    }

    /// The encoding that it was read as: `UTF-8`, `GBK`, `gb18030` …
    pub fn encoding(&self) -> &'static str {
        self.encoding.name()
    }

    /// What was odd about its bytes. They belong before the warnings of its parser.
    pub fn warnings(&self) -> &[Warning] {
        &self.warnings
    }
}

/// What can go wrong while reading a source file.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SourceError {
    /// The file cannot be read.
    #[error("cannot read `{path}`: check that the path is right and that you may read it")]
    Read {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// There is nothing in it.
    #[error("`{path}` is empty: put the list's text into it, or take it away")]
    Empty {
        /// The file.
        path: PathBuf,
    },
    /// It holds something else than text.
    #[error("`{path}` is {}, not text: save it as Markdown or plain text, or take it away", format.name())]
    NotText {
        /// The file.
        path: PathBuf,
        /// What it holds.
        format: Format,
    },
    /// It asks for a password.
    #[error("`{path}` asks for a password: save it without one, or take it away")]
    Encrypted {
        /// The file.
        path: PathBuf,
    },
    /// It begins like a document and does not go on like one.
    #[error("`{path}` is damaged ({reason}): open it in the program that it was made with and save it again")]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What was found.
        reason: String,
    },
    /// It is larger than any list.
    #[error("`{path}` has {what}, as no list has: take it away, or keep only the list's sheets in it")]
    TooMuch {
        /// The file.
        path: PathBuf,
        /// What there is too much of.
        what: &'static str,
    },
    /// It is text in no encoding that is known.
    #[error("`{path}` is neither UTF-8 nor text in a known Chinese encoding: save it as UTF-8")]
    UnknownEncoding {
        /// The file.
        path: PathBuf,
    },
    /// It is longer than positions reach.
    #[error("`{path}` has {bytes} bytes, and a source may have 4 GiB: split it")]
    TooLong {
        /// The file.
        path: PathBuf,
        /// How long it is.
        bytes: u64,
    },
}

/// Reads a source file.
///
/// UTF-8 is taken as it is; UTF-16 needs its byte order mark; of anything else the encoding is guessed, which for
/// Chinese text means GB18030 nearly always.
///
/// # Errors
///
/// If the file cannot be read, is empty (or blank), is no text, or is text in an encoding that cannot be told.
pub fn read_source(path: &Path) -> Result<SourceText, SourceError> {
    decode(path, read_bytes(path)?)
}

/// The bytes of a file that is not too long.
pub(super) fn read_bytes(path: &Path) -> Result<Vec<u8>, SourceError> {
    let unreadable = |source| SourceError::Read { path: path.to_owned(), source };
    let length = fs::metadata(path).map_err(unreadable)?.len();
    if length > LONGEST {
        return Err(SourceError::TooLong { path: path.to_owned(), bytes: length });
    }
    fs::read(path).map_err(unreadable)
}

/// Reads a source file whose bytes are at hand; `path` is for messages only.
///
/// # Errors
///
/// As [`read_source`], but for reading.
pub fn decode(path: &Path, bytes: Vec<u8>) -> Result<SourceText, SourceError> {
    let path = path.to_owned();
    let format = Format::of(&bytes);
    if format != Format::Text {
        return Err(SourceError::NotText { path, format });
    }
    let source = match String::from_utf8(bytes) {
        Ok(text) => SourceText { path, text, bytes: None, encoding: UTF_8, warnings: Vec::new() },
        Err(error) => {
            let bytes = error.into_bytes();
            let (encoding, text, warnings) = convert(&bytes);
            if is_garbled(&text) {
                return Err(SourceError::UnknownEncoding { path });
            }
            SourceText { path, text, bytes: Some(bytes), encoding, warnings }
        }
    };
    if source.text.len() as u64 > LONGEST {
        return Err(SourceError::TooLong { path: source.path, bytes: source.text.len() as u64 });
    }
    if source.text.chars().all(|c| c.is_whitespace() || c == '\u{feff}') {
        return Err(SourceError::Empty { path: source.path });
    }
    Ok(source)
}

fn convert(bytes: &[u8]) -> (&'static Encoding, String, Vec<Warning>) {
    let encoding = if has_utf16_mark(bytes) {
        Encoding::for_bom(bytes).map_or(UTF_8, |(encoding, _)| encoding)
    } else if is_damaged_utf8(bytes) {
        UTF_8
    } else {
        let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
        detector.feed(&bytes[..bytes.len().min(DETECTED_ON)], true);
        match detector.guess(Some(b"cn"), Utf8Detection::Deny) {
            // GB18030 holds all of GBK, and only it has the rarer characters of names and places.
            guess if guess == encoding_rs::GBK => encoding_rs::GB18030,
            guess => guess,
        }
    };
    let (text, damaged) = encoding.decode_with_bom_removal(bytes);
    let text = text.into_owned();
    let mut warnings = Vec::new();
    if damaged {
        let at = text.find('\u{fffd}').unwrap_or(0);
        let line = 1 + text[..at].matches('\n').count();
        warnings.push(Warning {
            line: u32::try_from(line).unwrap_or(u32::MAX),
            message: format!("bytes here are not {}: they stand as \u{fffd}", encoding.name()),
        });
    }
    (encoding, text, warnings)
}

/// Whether the bytes are UTF-8 but for a few: a cut or mended file, not another encoding.
fn is_damaged_utf8(mut bytes: &[u8]) -> bool {
    let (mut sound, mut broken) = (0_usize, 0_usize);
    while let Err(error) = std::str::from_utf8(bytes) {
        let (valid, rest) = mem::take(&mut bytes).split_at(error.valid_up_to());
        sound += multibyte(valid);
        broken += 1;
        bytes = &rest[error.error_len().unwrap_or(rest.len())..];
    }
    sound += multibyte(bytes);
    sound / 20 >= broken
}

/// How many bytes begin a character of more than one byte.
fn multibyte(valid: &[u8]) -> usize {
    valid.iter().filter(|&&byte| byte >= 0xc0).count()
}

/// Whether what came out is no text: one character in twenty is a replacement, a control or of nobody's script.
fn is_garbled(text: &str) -> bool {
    let (mut all, mut odd) = (0_usize, 0_usize);
    for c in text.chars() {
        all += 1;
        if matches!(c, '\u{fffd}' | '\u{e000}'..='\u{f8ff}') || (c.is_control() && !c.is_whitespace()) {
            odd += 1;
        }
    }
    odd * 20 > all
}

#[cfg(test)]
mod tests {
    use super::*;

    const SENTENCE: &str =
        "一、部门主要职责\n泄露用人单位和个人信息的，由人力资源和社会保障局依法给予处分。镕基、㙍、䶮\n";

    fn read(bytes: &[u8]) -> Result<SourceText, SourceError> {
        decode(Path::new("lists/list.md"), bytes.to_vec())
    }

    #[test]
    fn text_is_read_in_the_encodings_that_lists_come_in() {
        let (gb18030, _, unmappable) = encoding_rs::GB18030.encode(SENTENCE);
        assert!(!unmappable);
        let utf16: Vec<u8> =
            [0xfeff_u16].into_iter().chain(SENTENCE.encode_utf16()).flat_map(u16::to_le_bytes).collect();
        for (name, bytes, encoding) in [
            ("as most are", SENTENCE.as_bytes().to_vec(), "UTF-8"),
            ("as older ones are", gb18030.into_owned(), "gb18030"),
            ("as Windows' Notepad saves Unicode", utf16, "UTF-16LE"),
        ] {
            let source = read(&bytes).expect(name);
            assert_eq!(source.text(), SENTENCE, "{name}");
            assert_eq!(source.encoding(), encoding, "{name}");
            assert_eq!(source.bytes(), bytes, "{name}");
            assert_eq!(source.warnings(), [], "{name}");
        }
    }

    #[test]
    fn a_byte_order_mark_counts_in_positions() {
        let source = read("\u{feff}一、部门主要职责".as_bytes()).expect("it is UTF-8");
        assert_eq!(source.text().find('一'), Some(3));
    }

    #[test]
    fn a_few_broken_bytes_are_reported_and_the_rest_is_kept() {
        let mut bytes = SENTENCE.as_bytes().to_vec();
        let at = SENTENCE.find("用人").expect("it is there");
        bytes.remove(at + 1);
        let source = read(&bytes).expect("the rest is UTF-8");
        assert!(source.text().contains("单位和个人信息的"));
        assert_eq!(source.warnings()[0].line, 2);
    }

    #[test]
    fn what_is_no_text_is_refused_with_advice() {
        let noise: Vec<u8> = (0..4000_u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8 | 0x81).collect();
        for (bytes, message) in [
            (b"".as_slice(), "`lists/list.md` is empty: put the list's text into it, or take it away"),
            (b" \n\t\n", "`lists/list.md` is empty: put the list's text into it, or take it away"),
            (
                b"\x7fELF\0\0\0\x01",
                "`lists/list.md` is a binary file, not text: save it as Markdown or plain text, or take it away",
            ),
            (
                b"%PDF-1.7\n1 0 obj",
                "`lists/list.md` is a PDF, not text: save it as Markdown or plain text, or take it away",
            ),
            (
                b"PK\x03\x04\x14\0",
                "`lists/list.md` is an Office document (.docx, .xlsx), not text: save it as Markdown or plain text, or take it away",
            ),
            (&noise, "`lists/list.md` is neither UTF-8 nor text in a known Chinese encoding: save it as UTF-8"),
        ] {
            let refused = read(bytes).err().map(|error| error.to_string());
            assert_eq!(refused.as_deref(), Some(message));
        }
    }

    #[test]
    fn a_missing_file_is_named() {
        let error = read_source(Path::new("no/such/list.md")).expect_err("there is none");
        assert_eq!(
            error.to_string(),
            "cannot read `no/such/list.md`: check that the path is right and that you may read it"
        );
    }
}
