//! 注: notes below a table.

use lawcite_core::responsibility::Node;
use lawcite_core::text::Span;
use lawcite_core::unit::Passage;

use super::coverage::Coverage;
use super::join;
use super::marker::Marker;

/// Notes as they are found, page by page.
#[derive(Debug, Default)]
pub(super) struct Notes {
    pieces: Vec<Passage>,
}

/// Whether a text is the beginning of notes: 注：, 备注：, or 注 alone before a page break.
pub(super) fn begins_note(text: &str) -> bool {
    let rest = ["备注", "附注", "注", "说明"].iter().find_map(|word| text.strip_prefix(word));
    rest.is_some_and(|rest| {
        let rest = rest.trim_start();
        rest.is_empty() || rest.starts_with(['：', ':']) || Marker::scan(rest).is_some()
    })
}

impl Notes {
    /// Adds what one row or line holds.
    pub(super) fn add<'p>(&mut self, paragraphs: impl IntoIterator<Item = &'p Passage>) {
        for paragraph in paragraphs {
            join::add_paragraph(&mut self.pieces, paragraph, true);
        }
    }

    /// The notes of the document.
    pub(super) fn finish(self, document: &str, coverage: &mut Coverage) -> Vec<Node> {
        let mut notes = Vec::new();
        let mut expected = 1;
        for paragraph in &self.pieces {
            let label = if begins_note(&paragraph.text) { label_length(&paragraph.text) } else { 0 };
            coverage.leave_out(paragraph.to(label));
            for span in split(&paragraph.text, label, &mut expected) {
                let note = paragraph.slice(span).trimmed();
                let ordinal = Marker::scan(&note.text).map_or(0, |marker| marker.length);
                coverage.leave_out(note.to(ordinal));
                let text = note.from(ordinal).trimmed();
                if !text.is_empty() {
                    notes.push(Node { id: format!("{document}/note/{}", notes.len() + 1), text });
                }
            }
        }
        notes
    }
}

fn label_length(text: &str) -> usize {
    let words = text.find(|c| !matches!(c, '备' | '附' | '注' | '说' | '明')).unwrap_or(text.len());
    text.len() - text[words..].trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '：' | ':')).len()
}

/// Several notes in one paragraph are told by their numbers behind a 。 or ；.
fn split(text: &str, from: usize, expected: &mut u32) -> Vec<Span> {
    let mut starts = vec![from];
    let mut before = None;
    for (offset, c) in text[from..].char_indices() {
        let at = from + offset;
        if c.is_whitespace() {
            continue;
        }
        let may_begin = matches!(before, None | Some('。' | '；' | ';'));
        before = Some(c);
        let marker = Marker::scan(&text[at..]).filter(|marker| may_begin && marker.number == *expected);
        if let Some(marker) = marker {
            *expected = marker.number + 1;
            if offset > 0 {
                starts.push(at);
            }
        }
    }
    let ends: Vec<usize> = starts.iter().skip(1).copied().chain([text.len()]).collect();
    starts.into_iter().zip(ends).map(|(start, end)| Span::new(start, end)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notes_are_told_from_words_that_begin_alike() {
        for text in ["注：1. 追责依据", "备注：无", "注1.追责", "注", "说明：一、本清单"] {
            assert!(begins_note(text), "{text}");
        }
        for text in ["注册登记", "说明情况", "注重实效。"] {
            assert!(!begins_note(text), "{text}");
        }
    }
}
