//! Source files: from bytes of any format to blocks, so that no parser needs to know the format.

mod block; // what parsers see
mod decode; // bytes → text
mod file; // a file of any format
mod format; // what the bytes are

mod inline; // markup inside a line
mod markdown; // text → blocks

mod archive; // zip containers
mod biff; // what an old workbook would take
mod grid; // cells as they lie
mod workbook; // .xlsx, .xls → blocks

mod docx; // .docx → blocks
mod html; // pages → blocks
mod table; // tables whose cells say how far they reach

pub use block::{Block, Cell, Merged, Row, Sheet, Table};
pub use decode::{SourceError, SourceText, decode, read_source};
pub use file::{SourceFile, decode_file, read_file};
pub use format::Format;

/// The blocks of a text, in its order.
pub fn blocks(source: &SourceText) -> Vec<Block> {
    blocks_of(source.text())
}

/// The blocks of a stretch of text that begins where its source does.
pub(crate) fn blocks_of(text: &str) -> Vec<Block> {
    markdown::blocks(text)
}
