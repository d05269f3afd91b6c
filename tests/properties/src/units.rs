//! What every reader of sources promises of the units that it makes.

use std::collections::HashSet;

use lawcite_core::text::Span;
use lawcite_core::unit::{Detail, Passage, Unit};

/// Identifiers are the document's and unique; places and spans are in the text.
pub(crate) fn assert_whole(document: &str, units: &[Unit]) {
    let mut seen = HashSet::new();
    for unit in units {
        let place = unit.id.strip_prefix(document).and_then(|rest| rest.strip_prefix('/'));
        assert!(place.is_some_and(|place| !place.is_empty()), "{} is of {document}", unit.id);
        assert!(seen.insert(&unit.id), "two units are {}", unit.id);
        assert_placed(&unit.passage);
        for span in spans(&unit.detail) {
            // Panics unless it is a span of the text.
            let _ = span.slice(&unit.passage.text);
        }
    }
}

/// Pieces begin with the text, go forward, and each begins with a character.
pub(crate) fn assert_placed(passage: &Passage) {
    assert_eq!(passage.pieces.is_empty(), passage.text.is_empty(), "{passage:?}");
    assert!(passage.pieces.first().is_none_or(|piece| piece.start == 0), "{passage:?}");
    assert!(passage.pieces.windows(2).all(|pair| pair[0].start <= pair[1].start), "{passage:?}");
    for piece in &passage.pieces {
        assert!(piece.line > 0 && passage.text.is_char_boundary(piece.start as usize), "{passage:?}");
    }
}

fn spans(detail: &Detail) -> Vec<Span> {
    match detail {
        Detail::Provision { label, circumstances, .. } => {
            let mut spans = circumstances.clone();
            spans.push(*label);
            spans
        }
        Detail::Service { name, content, organiser, .. } => vec![*name, *content, *organiser],
        Detail::Accountability { heading, body, .. } => vec![*heading, *body],
        Detail::Row { name, .. } => vec![*name],
        _ => Vec::new(),
    }
}
