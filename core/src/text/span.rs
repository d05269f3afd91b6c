//! A stretch of a text.

use std::ops::Range;

use serde::{Deserialize, Serialize};

/// A stretch of a text: UTF-8 bytes of the original, from `start` up to but not including `end`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Span {
    /// The first byte.
    pub start: u32,
    /// The byte after the last one.
    pub end: u32,
}

impl Span {
    /// The span from `start` up to but not including `end`, in bytes.
    ///
    /// # Panics
    ///
    /// If a position does not fit into 32 bits: one unit of text is never 4 GiB long.
    pub fn new(start: usize, end: usize) -> Span {
        debug_assert!(start <= end, "a span runs forward");
        let position = |at: usize| u32::try_from(at).expect("a unit of text is shorter than 4 GiB");
        Span { start: position(start), end: position(end) }
    }

    /// How many bytes it covers.
    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// Whether it covers nothing.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// As a range to slice with.
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// The words of `text` that it covers.
    ///
    /// # Panics
    ///
    /// If it is not a span of `text`.
    pub fn slice(self, text: &str) -> &str {
        &text[self.range()]
    }

    /// The same stretch where the text stands `offset` bytes further on.
    pub fn shifted(self, offset: usize) -> Span {
        Span::new(self.start as usize + offset, self.end as usize + offset)
    }
}

impl From<Range<usize>> for Span {
    fn from(range: Range<usize>) -> Span {
        Span::new(range.start, range.end)
    }
}
