//! Counting how hits are spread.

use std::collections::HashSet;

use super::Embedded;
use super::evidence::Scored;
use super::sieve::{Sieve, Verdict};
use crate::index::facets::{Facet, Facets, MOST_FACETS, joined};
use crate::index::tables::NONE;
use crate::unit::Kind;

/// Counts the hits that have each value of a field.
struct Counter {
    /// By value.
    counts: Vec<u32>,
    /// The hits of several units that were counted for a value: equal units of two documents are one hit, counted for
    /// each of the two.
    seen: HashSet<(u32, u32)>,
}

impl Counter {
    fn new(values: usize) -> Counter {
        Counter { counts: vec![0; values], seen: HashSet::new() }
    }

    /// Counts so many hits.
    fn add(&mut self, value: u32, hits: u32) {
        if value != NONE {
            self.counts[value as usize] += hits;
        }
    }

    /// Counts a hit that may be of several units by one of them; `group` is the hit's if it is.
    fn add_one(&mut self, value: u32, group: Option<u32>) {
        if group.is_none_or(|group| self.seen.insert((value, group))) {
            self.add(value, 1);
        }
    }

    /// The most frequent values, `name`d.
    fn facets(self, name: impl Fn(usize) -> (String, String)) -> Vec<Facet> {
        let mut counts: Vec<_> = self.counts.into_iter().enumerate().filter(|&(_, count)| count > 0).collect();
        let order = |&(value, count): &(usize, u32)| (std::cmp::Reverse(count), value);
        if counts.len() > MOST_FACETS {
            counts.select_nth_unstable_by_key(MOST_FACETS, order);
            counts.truncate(MOST_FACETS);
        }
        counts.sort_unstable_by_key(order);
        let facet = |(value, count): (usize, u32)| {
            let (value, label) = name(value);
            Facet { value, label, count: count as usize }
        };
        counts.into_iter().map(facet).collect()
    }
}

impl Embedded {
    pub(super) fn facets(&self, units: &[Scored], sieve: &Sieve, collapse: bool) -> Facets {
        let tables = &self.tables;
        let mut kinds = Counter::new(Kind::ALL.len());
        let mut statutes = Counter::new(tables.statutes.len());
        let mut documents = Counter::new(tables.documents.len());
        let mut grounded = Counter::new(tables.grounded.names.len());
        let mut power_types = Counter::new(tables.power_types.names.len());
        let mut departments = Counter::new(tables.departments.names.len());
        // Neighbours that are hits by themselves are counted together, but for rows and what stands in their cells, which have each
        // their own departments.
        let has_labels = |scored: &Scored| {
            let labels = [&tables.grounded, &tables.power_types, &tables.departments];
            self.places.of(scored.slot).kind() != Kind::Article
                && labels.iter().any(|values| !values.of(self.unit_at(scored.slot)).is_empty())
        };
        let counts_alone = |scored: &Scored| {
            !sieve.is_open() || collapse && self.group_at(scored.slot).is_some() || has_labels(scored)
        };
        let together =
            |a: &Scored, b: &Scored| self.places.number(a.slot) == self.places.number(b.slot) && !counts_alone(b);
        for neighbours in units.chunk_by(|a, b| !counts_alone(a) && together(a, b)) {
            let scored = &neighbours[0];
            let place = self.places.of(scored.slot);
            if !counts_alone(scored) {
                let hits = u32::try_from(neighbours.len()).expect("units have numbers of 32 bits");
                kinds.add(u32::from(place.kind), hits);
                statutes.add(place.statute, hits);
                documents.add(place.document, hits);
                continue;
            }
            let unit = self.unit_at(scored.slot);
            let group = if collapse { self.group_at(scored.slot) } else { None };
            let passes = sieve.verdict(self, unit);
            // A filter on the field itself is left aside.
            if (Verdict { kind: true, ..passes }) == Verdict::PASSES {
                kinds.add_one(u32::from(place.kind), group);
            }
            if (Verdict { statute: true, ..passes }) == Verdict::PASSES {
                statutes.add_one(place.statute, group);
                tables.grounded.of(unit).iter().for_each(|&value| grounded.add_one(value, group));
            }
            if (Verdict { document: true, ..passes }) == Verdict::PASSES {
                documents.add_one(place.document, group);
            }
            if (Verdict { power_type: true, ..passes }) == Verdict::PASSES {
                tables.power_types.of(unit).iter().for_each(|&value| power_types.add_one(value, group));
            }
            if (Verdict { department: true, ..passes }) == Verdict::PASSES {
                tables.departments.of(unit).iter().for_each(|&value| departments.add_one(value, group));
            }
        }
        let named = |names: &[String], value: usize| (names[value].clone(), names[value].clone());
        Facets {
            kind: kinds.facets(|value| (Kind::ALL[value].name().to_owned(), Kind::ALL[value].label().to_owned())),
            statute: joined(
                statutes.facets(|value| named(&tables.statutes, value)),
                grounded.facets(|value| named(&tables.grounded.names, value)),
            ),
            power_type: power_types.facets(|value| named(&tables.power_types.names, value)),
            department: departments.facets(|value| named(&tables.departments.names, value)),
            document: documents.facets(|value| {
                let header = &tables.documents[value].header;
                (header.id.clone(), header.title.clone())
            }),
        }
    }
}
