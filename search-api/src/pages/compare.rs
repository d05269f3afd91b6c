//! What a list quotes beside the article that it quotes.

use lawcite_core::citation::resolve::{Difference, Verdict};
use lawcite_core::index::{Index, IndexError};
use lawcite_core::text::Span;
use lawcite_core::unit::{Detail, Kind, Unit};

use super::marks::cut;
use super::place;
use crate::links::Links;
use crate::wire::{Resolution, Segment};

/// A provision of a list and an article.
pub(super) struct Comparison {
    /// The article: its name and its page.
    pub(super) article: String,
    pub(super) url: String,
    /// Its words; those that the list quotes are marked.
    pub(super) text: Vec<Segment>,
    /// What the list quotes; words that the article does not have are marked. Empty where the words match.
    pub(super) listed: Vec<Vec<Segment>>,
}

impl Comparison {
    /// Of `provision` and the article that it resolves to: the one that has its words, if one has, else the one it cites.
    /// `None` where no single article is meant.
    pub(super) fn new(
        index: &Index,
        provision: &Unit,
        resolution: &Resolution,
        links: &Links,
    ) -> Result<Option<Comparison>, IndexError> {
        let verdict = resolution.quotation.as_ref().map(|quotation| quotation.verdict);
        let moved = resolution.quotation.as_ref().and_then(|quotation| quotation.moved_to.as_ref());
        let id = match (verdict, resolution.ids.as_slice()) {
            (Some(Verdict::Moved), _) => moved,
            // Without a quotation nothing but the version tells whether it is the text that was meant.
            (None, [id]) if resolution.gives_cited_text() => Some(id),
            (Some(_), [id]) => Some(id),
            _ => None,
        };
        let Some(id) = id else { return Ok(None) };
        let Some(article) = index.unit(id)?.filter(|unit| unit.kind == Kind::Article) else { return Ok(None) };
        let text = &article.passage.text;
        let quotations = quotations(provision);
        let differences: Vec<Difference> =
            quotations.iter().map(|quotation| Difference::between(quotation, text)).collect();
        let is_different = matches!(verdict, Some(verdict) if verdict != Verdict::Matches);
        let listed = quotations.iter().zip(&differences).map(|(quotation, differs)| {
            // A 的 at the end belongs to the list's way of putting it, not to the article's.
            let end = quotation.strip_suffix('的').unwrap_or(quotation).len();
            let missing: Vec<Span> =
                differs.only_quoted.iter().copied().filter(|span| span.range().start < end).collect();
            cut(quotation, &missing)
        });
        Ok(Some(Comparison {
            article: place::article(id),
            url: links.unit(id),
            listed: if is_different { listed.collect() } else { Vec::new() },
            text: cut(text, &joined(differences.into_iter().flat_map(|difference| difference.quoted).collect())),
        }))
    }
}

/// The circumstances of a provision.
fn quotations(provision: &Unit) -> Vec<&str> {
    let Detail::Provision { circumstances, .. } = &provision.detail else { return Vec::new() };
    circumstances.iter().map(|span| span.slice(&provision.passage.text)).collect()
}

/// Spans in order; those that overlap are one.
fn joined(mut spans: Vec<Span>) -> Vec<Span> {
    spans.sort_unstable();
    let mut joined: Vec<Span> = Vec::new();
    for span in spans {
        match joined.last_mut() {
            Some(last) if span.start <= last.end => last.end = last.end.max(span.end),
            _ => joined.push(span),
        }
    }
    joined
}
