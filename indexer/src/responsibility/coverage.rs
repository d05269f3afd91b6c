//! Which words of the source are in some unit, so that none is lost.

use lawcite_core::text::{CharClass, Span};
use lawcite_core::unit::Passage;

use super::rows::row_number;
use crate::source::Cell;

/// Stretches of the source that are in a unit, or left out on purpose.
#[derive(Debug, Default)]
pub(super) struct Coverage {
    /// Bytes of the source, from and up to.
    stretches: Vec<(u32, u32)>,
}

impl Coverage {
    /// Counts a passage that is in a unit.
    pub(super) fn cover(&mut self, passage: &Passage) {
        let ends = passage.pieces.iter().skip(1).map(|next| next.start as usize);
        for (piece, end) in passage.pieces.iter().zip(ends.chain([passage.text.len()])) {
            // A line break that joins cells belongs to no place: no line has one in it.
            let words = passage.text[piece.start as usize..end].trim_end_matches('\n');
            self.stretches.push((piece.offset, piece.offset + Span::new(0, words.len()).end));
        }
    }

    /// Counts a passage that is in no unit on purpose: an ordinal, a header, a label.
    #[expect(clippy::needless_pass_by_value, reason = "callers slice what they leave out, and have no more use for it")]
    pub(super) fn leave_out(&mut self, passage: Passage) {
        self.cover(&passage);
    }

    /// As [`Coverage::leave_out`], of several.
    pub(super) fn leave_out_all(&mut self, passages: &[Passage]) {
        for passage in passages {
            self.cover(passage);
        }
    }

    /// Counts a cell of the column of numbers, if a number is what it holds.
    pub(super) fn leave_out_number(&mut self, cell: &Cell) {
        if row_number(&cell.letters()).is_some() {
            self.leave_out_all(&cell.paragraphs);
        }
    }

    /// Ends the counting.
    pub(super) fn finish(mut self) -> Covered {
        self.stretches.sort_unstable();
        let mut merged: Vec<(u32, u32)> = Vec::with_capacity(self.stretches.len());
        for (start, end) in self.stretches {
            match merged.last_mut() {
                Some(last) if start <= last.1 => last.1 = last.1.max(end),
                _ => merged.push((start, end)),
            }
        }
        Covered { stretches: merged }
    }
}

/// What [`Coverage`] counted, in order and without overlaps.
#[derive(Debug)]
pub(super) struct Covered {
    stretches: Vec<(u32, u32)>,
}

impl Covered {
    /// The stretches of a passage that were not counted and hold a letter.
    pub(super) fn missing(&self, passage: &Passage) -> Vec<Passage> {
        let mut missing: Vec<Span> = Vec::new();
        let ends = passage.pieces.iter().skip(1).map(|next| next.start as usize);
        for (piece, end) in passage.pieces.iter().zip(ends.chain([passage.text.len()])) {
            let to_text = |offset: u32| (piece.start + (offset - piece.offset)) as usize;
            let piece_end = piece.offset + Span::new(piece.start as usize, end).end - piece.start;
            let mut at = piece.offset;
            let first = self.stretches.partition_point(|&(_, end)| end <= at);
            for &(from, to) in self.stretches[first..].iter().take_while(|&&(from, _)| from < piece_end) {
                if from > at {
                    missing.push(Span::new(to_text(at), to_text(from)));
                }
                at = at.max(to.min(piece_end));
            }
            if at < piece_end {
                missing.push(Span::new(to_text(at), end));
            }
        }
        let has_letter = |text: &str| text.chars().any(|c| CharClass::of(c) == CharClass::Letter);
        let mut passages: Vec<Passage> = Vec::new();
        let mut last_end = None;
        for span in missing {
            // Markup parts a passage into pieces; its words are one stretch all the same.
            match passages.last_mut() {
                Some(last) if last_end == Some(span.start) => last.append("", &passage.slice(span)),
                _ => passages.push(passage.slice(span)),
            }
            last_end = Some(span.end);
        }
        passages.into_iter().filter(|passage| has_letter(&passage.text)).map(Passage::trimmed).collect()
    }
}
