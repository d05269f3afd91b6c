//! Hits as the search page shows them.

use lawcite_core::index::{Index, IndexError};

use super::permalink::Permalink;
use super::place::Places;
use crate::links::{Links, Place};
use crate::wire::{Hit, SearchRequest};

/// A hit, with its addresses.
pub(super) struct Shown {
    pub(super) hit: Hit,
    /// Its page, with what was looked for marked.
    pub(super) url: String,
    pub(super) permalink: Permalink,
    /// Where the same words stand.
    pub(super) same: Option<Same>,
}

/// Units with the same words.
pub(super) struct Same {
    /// What has them, and how many.
    pub(super) whose: Whose,
    /// Name and address.
    pub(super) units: Vec<(String, String)>,
    /// Those not among them.
    pub(super) more: usize,
}

/// What has the same words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Whose {
    /// So many duties.
    Duties(usize),
    /// So many rows of lists.
    Rows(usize),
    /// So many other units.
    Others(usize),
}

impl Shown {
    pub(super) fn all(
        hits: Vec<Hit>,
        index: &Index,
        request: &SearchRequest,
        links: &Links,
    ) -> Result<Vec<Shown>, IndexError> {
        let result = |hit: Hit| {
            let unit = index.unit(&hit.id)?;
            let document = Place::of(&hit.id).document;
            // The numbers printed at duties would have to be read from all of the document; an identifier's are the same
            // unless the print counts wrongly.
            let places = index.header(document).map(|header| Places::new(header, &[]));
            let citation = unit.as_ref().zip(places).map(|(unit, places)| places.citation(unit)).unwrap_or_default();
            let text = unit.as_ref().map_or("", |unit| unit.passage.text.as_str());
            Ok(Shown {
                url: links.found(&hit.id, &request.q),
                permalink: Permalink::new(&hit.id, text, citation, links),
                same: Same::new(&hit, request, links),
                hit,
            })
        };
        hits.into_iter().map(result).collect()
    }
}

impl Same {
    fn new(hit: &Hit, request: &SearchRequest, links: &Links) -> Option<Same> {
        let mut same = Same { whose: Whose::Others(hit.also_total), units: Vec::new(), more: 0 };
        if let Some(applies) = &hit.applies_to {
            same.whose = Whose::Rows(applies.total);
            let rows = applies.rows.iter().filter_map(|row| Some((row.label.as_str(), row.id.as_deref()?)));
            rows.for_each(|(label, id)| same.add(label, id, request, links));
            same.more = applies.total.saturating_sub(same.units.len());
            return Some(same);
        }
        same.more = hit.also_total.saturating_sub(hit.also.len());
        let own = hit.path.first().map_or("", |top| top.label.as_str());
        let others = hit.also.iter().filter_map(|other| Some((other.label.as_str(), other.id.as_deref()?)));
        let mut duties: Vec<&str> = Vec::new();
        for (label, id) in std::iter::once((own, hit.id.as_str())).chain(others) {
            let Some(duty) = duty_of(id) else {
                // The hit itself is above already.
                if id != hit.id {
                    same.add(label, id, request, links);
                }
                continue;
            };
            if !duties.contains(&duty) {
                duties.push(duty);
                same.add(label, id, request, links);
            }
        }
        if !duties.is_empty() {
            same.whose = Whose::Duties(duties.len() + same.more);
        }
        (hit.also_total > 0).then_some(same)
    }

    fn add(&mut self, label: &str, id: &str, request: &SearchRequest, links: &Links) {
        let label = if label.is_empty() { id } else { label };
        self.units.push((label.to_owned(), links.found(id, &request.q)));
    }
}

/// The document and the duty of a unit, `None` for one that stands under no duty.
fn duty_of(id: &str) -> Option<&str> {
    let place = Place::of(id);
    place.page.starts_with("duty/").then(|| &id[..place.document.len() + 1 + place.page.len()])
}
