//! Source files: from bytes to text, and from text to blocks that no parser needs to know the format of.

mod block; // what parsers see
mod decode; // bytes → text
mod format; // what the bytes are
mod inline; // markup inside a line
mod markdown; // text → blocks

pub use block::{Block, Cell, Row, Table};
pub use decode::{SourceError, SourceText, decode, read_source};
pub use format::Format;

/// The blocks of a text, in its order.
pub fn blocks(source: &SourceText) -> Vec<Block> {
    blocks_of(source.text())
}

/// The blocks of a stretch of text that begins where its source does.
pub(crate) fn blocks_of(text: &str) -> Vec<Block> {
    markdown::blocks(text)
}
