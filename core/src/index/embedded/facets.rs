//! Counting how hits are spread.

use std::collections::HashSet;
use std::sync::Arc;

use super::Embedded;
use super::sieve::{Sieve, Verdict};
use super::tally::{Counts, Tally};
use crate::index::facets::{Facet, Facets, MOST_FACETS, joined};
use crate::index::tables::Tables;
use crate::unit::Kind;

/// The names of all values: so many are told with each answer that copying their letters would be a good part of it.
pub(super) struct FacetNames {
    kinds: Vec<Name>,
    statutes: Vec<Name>,
    grounded: Vec<Name>,
    power_types: Vec<Name>,
    departments: Vec<Name>,
    documents: Vec<Name>,
}

/// A value as a filter takes it, and as it is shown.
#[derive(Clone)]
struct Name {
    value: Arc<str>,
    label: Arc<str>,
}

impl Name {
    fn new(value: &str, label: &str) -> Name {
        Name { value: value.into(), label: label.into() }
    }
}

impl FacetNames {
    pub(super) fn new(tables: &Tables) -> FacetNames {
        let one = |name: &String| {
            let value: Arc<str> = name.as_str().into();
            Name { label: Arc::clone(&value), value }
        };
        let all = |names: &[String]| names.iter().map(one).collect();
        let headers = tables.documents.iter().map(|row| &row.header);
        FacetNames {
            kinds: Kind::ALL.iter().map(|kind| Name::new(kind.name(), kind.label())).collect(),
            statutes: all(&tables.statutes),
            grounded: all(&tables.grounded.names),
            power_types: all(&tables.power_types.names),
            departments: all(&tables.departments.names),
            documents: headers.map(|header| Name::new(&header.id, &header.title)).collect(),
        }
    }
}

/// Counts the hits that have each value of a field.
struct Counter {
    counts: Counts,
    /// The hits of several units that were counted for a value: equal units of two documents are one hit, counted for
    /// each of the two.
    seen: HashSet<(u32, u32)>,
}

impl Counter {
    /// Some hits are counted already.
    fn new(counts: Counts) -> Counter {
        Counter { counts, seen: HashSet::new() }
    }

    /// Counts a hit that may be of several units by one of them; `group` is the hit's if it is.
    fn add(&mut self, value: u32, group: Option<u32>) {
        if group.is_none_or(|group| self.seen.insert((value, group))) {
            self.counts.add(value, 1);
        }
    }

    /// The most frequent values, by their names.
    fn facets(self, names: &[Name]) -> Vec<Facet> {
        let mut counts: Vec<(u32, u32)> = self.counts.into_met().collect();
        let order = |&(value, count): &(u32, u32)| (std::cmp::Reverse(count), value);
        if counts.len() > MOST_FACETS {
            counts.select_nth_unstable_by_key(MOST_FACETS, order);
            counts.truncate(MOST_FACETS);
        }
        counts.sort_unstable_by_key(order);
        let facet = |(value, count): (u32, u32)| {
            let Name { value, label } = names[value as usize].clone();
            Facet { value, label, count: count as usize }
        };
        counts.into_iter().map(facet).collect()
    }
}

impl Embedded {
    pub(super) fn facets(&self, units: &mut Tally, sieve: &Sieve, collapse: bool) -> Facets {
        let tables = &self.tables;
        let mut kinds = Counter::new(std::mem::take(&mut units.kinds));
        let mut statutes = Counter::new(std::mem::take(&mut units.statutes));
        let mut documents = Counter::new(std::mem::take(&mut units.documents));
        let [mut grounded, mut power_types, mut departments] =
            [&tables.grounded, &tables.power_types, &tables.departments]
                .map(|values| Counter::new(Counts::new(values.names.len())));
        for scored in &units.apart {
            let place = self.places.of(scored.slot);
            let unit = self.unit_at(scored.slot);
            let group = if collapse { self.group_at(scored.slot) } else { None };
            let passes = sieve.verdict(self, unit);
            // A filter on the field itself is left aside.
            if (Verdict { kind: true, ..passes }) == Verdict::PASSES {
                kinds.add(u32::from(place.kind), group);
            }
            if (Verdict { statute: true, ..passes }) == Verdict::PASSES {
                statutes.add(place.statute, group);
                tables.grounded.of(unit).iter().for_each(|&value| grounded.add(value, group));
            }
            if (Verdict { document: true, ..passes }) == Verdict::PASSES {
                documents.add(place.document, group);
            }
            if (Verdict { power_type: true, ..passes }) == Verdict::PASSES {
                tables.power_types.of(unit).iter().for_each(|&value| power_types.add(value, group));
            }
            if (Verdict { department: true, ..passes }) == Verdict::PASSES {
                tables.departments.of(unit).iter().for_each(|&value| departments.add(value, group));
            }
        }
        let names = &self.facet_names;
        Facets {
            kind: kinds.facets(&names.kinds),
            statute: joined(statutes.facets(&names.statutes), grounded.facets(&names.grounded)),
            power_type: power_types.facets(&names.power_types),
            department: departments.facets(&names.departments),
            document: documents.facets(&names.documents),
        }
    }
}
