//! Words as segments: what was looked for is marked.

use lawcite_core::index::{Highlighter, Index};
use lawcite_core::query::QueryPlan;
use lawcite_core::text::Span;

use crate::wire::{SearchRequest, Segment};

/// Marks the words of the search that a reader comes from, if they come from one.
#[derive(Default)]
pub(super) struct Marker(Option<Highlighter>);

impl Marker {
    /// Of the query `q`; a query that cannot be understood marks nothing.
    pub(super) fn new(index: &Index, q: Option<&str>) -> Marker {
        let request = SearchRequest::new(q.unwrap_or_default());
        let interpretation = index.understand(&request.q, &request.understand()).ok();
        Marker(interpretation.map(|found| Highlighter::new(&found, &QueryPlan::new(&found, request.options()))))
    }

    /// `text` cut at the marks.
    pub(super) fn segments(&self, text: &str) -> Vec<Segment> {
        match &self.0 {
            Some(highlighter) => highlighter
                .segments(text)
                .into_iter()
                .map(|segment| Segment { text: segment.text, marked: segment.marked })
                .collect(),
            None => vec![Segment { text: text.to_owned(), marked: false }],
        }
    }
}

/// `text` cut at `spans`, which are marked.
pub(super) fn cut(text: &str, spans: &[Span]) -> Vec<Segment> {
    let mut segments = Vec::new();
    let mut at = 0;
    let mut push = |text: &str, marked: bool| {
        if !text.is_empty() {
            segments.push(Segment { text: text.to_owned(), marked });
        }
    };
    for span in spans {
        push(&text[at..span.range().start], false);
        push(span.slice(text), true);
        at = span.range().end;
    }
    push(&text[at..], false);
    segments
}
