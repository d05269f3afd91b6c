//! From scored units to a page: filters, totals, facets, equal units as one hit.

use std::cmp::Ordering;
use std::collections::{HashMap, HashSet};

use super::evidence::Scored;
use super::witness::Unseen;
use crate::index::IndexError;
use crate::index::reader::Index;
use crate::index::tables::{NONE, UnitNo};
use crate::query::{Filter, QueryPlan, StatuteName};
use crate::text::CharClass;
use crate::unit::Kind;

/// How hits are spread over a field.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facets {
    /// By kind.
    pub kind: Vec<Facet>,
    /// By the statute that provisions, citations and articles belong to.
    pub statute: Vec<Facet>,
    /// By document.
    pub document: Vec<Facet>,
}

/// One value of a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facet {
    /// As a filter takes it.
    pub value: String,
    /// As it is shown.
    pub label: String,
    /// How many hits have it. Filters on the field itself are left aside, those on others hold.
    pub count: usize,
}

/// A hit to be read.
#[derive(Clone, Debug)]
pub(super) struct Ranked {
    pub(super) unit: UnitNo,
    pub(super) score: f32,
    /// The other units that are this hit, in document order.
    pub(super) also: Vec<UnitNo>,
}

#[derive(Debug, Default)]
pub(super) struct Page {
    pub(super) total: usize,
    pub(super) hits: Vec<Ranked>,
    pub(super) weak: Vec<Ranked>,
    pub(super) facets: Facets,
}

/// How many values of a field are counted out; kinds and most lists have fewer.
const MOST_FACETS: usize = 50;

impl Index {
    pub(super) fn page(&self, plan: &QueryPlan) -> Result<Page, IndexError> {
        let answering = self.answering(plan, &mut Unseen)?;
        let sieve = Sieve::new(self, &plan.filter)?;
        let facets = self.facets(&answering.answers, &sieve, plan.window.collapse);
        let (total, hits) = self.rank_units(answering.answers, &sieve, plan);
        let mut weak = Vec::new();
        if total == 0 {
            weak = self.rank_units(answering.weak, &sieve, plan).1;
        }
        Ok(Page { total, hits, weak, facets })
    }

    /// The number of hits, and those of the window.
    fn rank_units(&self, mut units: Vec<Scored>, sieve: &Sieve, plan: &QueryPlan) -> (usize, Vec<Ranked>) {
        units.retain(|&(unit, _)| sieve.passes(self, unit));
        let window = plan.window;
        if !window.collapse {
            let total = units.len();
            sort_best(&mut units, window.offset.saturating_add(window.limit));
            let ranked = |(unit, score)| Ranked { unit, score, also: Vec::new() };
            return (total, units.into_iter().skip(window.offset).take(window.limit).map(ranked).collect());
        }
        let mut best: HashMap<u32, Ranked> = HashMap::with_capacity(units.len());
        units.sort_unstable_by_key(|&(unit, _)| unit);
        for (unit, score) in units {
            match best.entry(self.tables.group_of[unit as usize]) {
                std::collections::hash_map::Entry::Vacant(entry) => {
                    entry.insert(Ranked { unit, score, also: Vec::new() });
                }
                std::collections::hash_map::Entry::Occupied(mut entry) => {
                    let hit = entry.get_mut();
                    let other = if score > hit.score { std::mem::replace(&mut hit.unit, unit) } else { unit };
                    hit.score = hit.score.max(score);
                    hit.also.push(other);
                }
            }
        }
        let total = best.len();
        let mut order: Vec<Scored> = best.values().map(|hit| (hit.unit, hit.score)).collect();
        sort_best(&mut order, window.offset.saturating_add(window.limit));
        let hits = order.into_iter().skip(window.offset).take(window.limit).filter_map(|(unit, _)| {
            let mut hit = best.remove(&self.tables.group_of[unit as usize])?;
            hit.also.sort_unstable();
            Some(hit)
        });
        (total, hits.collect())
    }

    fn facets(&self, units: &[Scored], sieve: &Sieve, collapse: bool) -> Facets {
        let mut counts: [HashMap<u32, usize>; 3] = Default::default();
        let mut seen: [HashSet<(u32, u32)>; 3] = Default::default();
        for &(unit, _) in units {
            let (kind, statute, document, article) = sieve.verdicts(self, unit);
            let at = unit as usize;
            let fields = [
                (statute && document && article, u32::from(self.tables.kinds[at])),
                (kind && document && article, self.tables.statute_of[at]),
                (kind && statute && article, self.tables.document_of[at]),
            ];
            for (field, (counts_here, value)) in fields.into_iter().enumerate() {
                // Equal units of two documents are one hit, counted for each of the two.
                if counts_here && value != NONE && (!collapse || seen[field].insert((value, self.tables.group_of[at])))
                {
                    *counts[field].entry(value).or_default() += 1;
                }
            }
        }
        let [kind, statute, document] = counts;
        Facets {
            kind: facets(kind, |value| {
                let kind = Kind::ALL[value as usize % Kind::ALL.len()];
                (kind.name().to_owned(), kind.label().to_owned())
            }),
            statute: facets(statute, |value| {
                let name = &self.tables.statutes[value as usize];
                (name.clone(), name.clone())
            }),
            document: facets(document, |value| {
                let header = &self.tables.documents[value as usize].header;
                (header.id.clone(), header.title.clone())
            }),
        }
    }
}

fn facets(counts: HashMap<u32, usize>, name: impl Fn(u32) -> (String, String)) -> Vec<Facet> {
    let mut counts: Vec<_> = counts.into_iter().collect();
    counts.sort_by_key(|&(value, count)| (std::cmp::Reverse(count), value));
    counts.truncate(MOST_FACETS);
    counts
        .into_iter()
        .map(|(value, count)| {
            let (value, label) = name(value);
            Facet { value, label, count }
        })
        .collect()
}

/// Best first, equal scores in document order; only the first `wanted` are sure to be in their places.
fn sort_best(units: &mut Vec<Scored>, wanted: usize) {
    let order = |a: &Scored, b: &Scored| -> Ordering { b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)) };
    if wanted == 0 {
        units.clear();
        return;
    }
    if units.len() > wanted {
        units.select_nth_unstable_by(wanted - 1, order);
        units.truncate(wanted);
    }
    units.sort_unstable_by(order);
}

/// A filter in the numbers of the generation.
struct Sieve {
    kinds: Option<HashSet<u8>>,
    documents: Option<HashSet<u32>>,
    articles: Option<HashSet<u32>>,
    /// The units of or about the statutes.
    statutes: Option<HashSet<UnitNo>>,
}

impl Sieve {
    fn new(index: &Index, filter: &Filter) -> Result<Sieve, IndexError> {
        let some = |empty: bool| (!empty).then_some(());
        let documents = filter.documents.iter().filter_map(|id| {
            let at = index.tables.documents.binary_search_by(|row| row.header.id.as_str().cmp(id)).ok()?;
            u32::try_from(at).ok()
        });
        let articles = filter.articles.iter().filter_map(|article| {
            let at = index.tables.articles.binary_search_by(|known| known.as_str().cmp(article)).ok()?;
            u32::try_from(at).ok()
        });
        let mut statutes = HashSet::new();
        for statute in &filter.statutes {
            let name = statute.split('@').next().unwrap_or(statute);
            let folded = crate::text::Folded::new(name);
            let found = index.names.find(&folded, &index.analyzer);
            // The whole value must be the name, but for brackets around it.
            let is_letter = |c: char| CharClass::of(c) == CharClass::Letter;
            let rest = |found: &StatuteName| {
                folded.text()[..found.start].contains(is_letter) || folded.text()[found.end..].contains(is_letter)
            };
            let name = found.first().filter(|found| !rest(found));
            let Some(name) = name else { continue };
            for segment in &index.segments {
                statutes.extend(segment.units_with(index.fields.cites, &name.name)?);
            }
        }
        let kind_number =
            |kind: &Kind| Kind::ALL.iter().position(|other| other == kind).and_then(|at| u8::try_from(at).ok());
        Ok(Sieve {
            kinds: some(filter.kinds.is_empty()).map(|()| filter.kinds.iter().filter_map(kind_number).collect()),
            documents: some(filter.documents.is_empty()).map(|()| documents.collect()),
            articles: some(filter.articles.is_empty()).map(|()| articles.collect()),
            statutes: some(filter.statutes.is_empty()).map(|()| statutes),
        })
    }

    /// Whether kind, statute, document and article are among those asked for.
    fn verdicts(&self, index: &Index, unit: UnitNo) -> (bool, bool, bool, bool) {
        let at = unit as usize;
        (
            self.kinds.as_ref().is_none_or(|kinds| kinds.contains(&index.tables.kinds[at])),
            self.statutes.as_ref().is_none_or(|units| units.contains(&unit)),
            self.documents.as_ref().is_none_or(|documents| documents.contains(&index.tables.document_of[at])),
            self.articles.as_ref().is_none_or(|articles| articles.contains(&index.tables.article_of[at])),
        )
    }

    fn passes(&self, index: &Index, unit: UnitNo) -> bool {
        self.verdicts(index, unit) == (true, true, true, true)
    }
}
