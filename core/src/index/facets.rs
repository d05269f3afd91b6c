//! How hits are spread over kinds, statutes and documents.

use std::sync::Arc;

/// How hits are spread over a field.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facets {
    /// By kind.
    pub kind: Vec<Facet>,
    /// By the statute that provisions, citations and articles belong to, and that rows of lists are grounded on.
    pub statute: Vec<Facet>,
    /// By document.
    pub document: Vec<Facet>,
    /// By 权力类型 of rows of lists and of what stands in their cells.
    pub power_type: Vec<Facet>,
    /// By 承办机构 of rows of lists and of what stands in their cells.
    pub department: Vec<Facet>,
}

/// One value of a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facet {
    /// As a filter takes it.
    pub value: Arc<str>,
    /// As it is shown.
    pub label: Arc<str>,
    /// How many hits have it. Filters on the field itself are left aside, those on others hold.
    pub count: usize,
}

/// How many values of a field are counted out; kinds and most lists have fewer.
pub(super) const MOST_FACETS: usize = 50;

/// Counts of one field from two places. No hit is in both.
pub(super) fn joined(mut facets: Vec<Facet>, others: Vec<Facet>) -> Vec<Facet> {
    if others.is_empty() {
        return facets;
    }
    for other in others {
        match facets.iter_mut().find(|facet| facet.value == other.value) {
            Some(facet) => facet.count += other.count,
            None => facets.push(other),
        }
    }
    facets.sort_by_key(|facet| std::cmp::Reverse(facet.count));
    facets.truncate(MOST_FACETS);
    facets
}
