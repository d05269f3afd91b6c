//! Counting hits in the cluster: how many there are, and how they are spread.
//!
//! A unit that is a hit by itself is counted where it lies; what is one hit with others is counted once for each value, which takes a
//! set. The cluster's own counts of different values are estimates.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::admission::{Admission, FilterField};
use super::clauses::all_of;
use crate::index::facets::{Facet, Facets, MOST_FACETS, joined};
use crate::index::tables::Tables;
use crate::unit::Kind;

/// So many values of a field are counted out where units are hits by themselves. Of what is more seldom, only what shared units
/// say is known.
const MOST_VALUES: usize = 4 * MOST_FACETS;
/// Each shard counts so many: of what more than one shard has it must be all, or a count may lack a shard's part.
const MOST_OF_SHARD: usize = 20_000;
/// What is in one shard alone, as a document's units are.
const MOST_OF_ONE_SHARD: usize = 5 * MOST_FACETS;

/// The fields whose values are counted, with the filter that is left aside for each.
const COUNTED: [(&str, FilterField); 6] = [
    ("kind", FilterField::Kind),
    ("statute", FilterField::Statute),
    ("grounded", FilterField::Statute),
    ("document", FilterField::Document),
    ("power_type", FilterField::PowerType),
    ("department", FilterField::Department),
];

/// What the cluster is asked to count among those who answer.
pub(super) fn to_count(admission: &Admission, tables: &Tables, collapse: bool) -> Map<String, Value> {
    let mut counts = Map::new();
    let shared = collapse.then_some(admission.shared);
    counts.insert("passing".to_owned(), counted(admission.all_but(None), shared, None));
    for (field, filter) in COUNTED {
        let values = match field {
            "statute" => tables.statutes.len(),
            "grounded" => tables.grounded.names.len(),
            "power_type" => tables.power_types.names.len(),
            "department" => tables.departments.names.len(),
            "document" => MOST_OF_ONE_SHARD,
            _ => Kind::ALL.len(),
        };
        if values > 0 {
            let of_shard = values.clamp(MOST_VALUES, MOST_OF_SHARD);
            counts.insert(field.to_owned(), counted(admission.all_but(Some(filter)), shared, Some((field, of_shard))));
        }
    }
    counts
}

/// Counts hits, by the values of a field of which each shard counts so many. `shared` is the field of those that are one hit with
/// others, where that counts.
fn counted(filters: Vec<Value>, shared: Option<&str>, field: Option<(&str, usize)>) -> Value {
    let alone = shared.map_or_else(|| json!({ "match_all": {} }), |shared| json!({ "term": { shared: false } }));
    let mut parts = Map::new();
    parts.insert(
        "alone".to_owned(),
        match field {
            Some((field, of_shard)) => json!({ "filter": alone, "aggs": { "values": { "terms": {
                "field": field, "size": MOST_VALUES, "shard_size": of_shard,
                "order": [{ "_count": "desc" }, { "_key": "asc" }],
            } } } }),
            None => json!({ "filter": alone }),
        },
    );
    if let Some(shared) = shared {
        let hits = json!({ "scripted_metric": {
            "params": { "field": field.map_or("", |(field, _)| field) },
            "init_script": "state.seen = new HashMap();",
            "map_script": "
                if (params.field == '') {
                    state.seen.computeIfAbsent('', key -> new HashSet()).add(doc['hit'].value);
                } else {
                    for (def value : doc[params.field]) {
                        state.seen.computeIfAbsent(String.valueOf(value), key -> new HashSet()).add(doc['hit'].value);
                    }
                }",
            "combine_script": "
                Map seen = new HashMap();
                for (def entry : state.seen.entrySet()) { seen.put(entry.getKey(), new ArrayList(entry.getValue())); }
                return seen;",
            "reduce_script": "
                Map all = new HashMap();
                for (def part : states) {
                    if (part != null) {
                        for (def entry : part.entrySet()) {
                            all.computeIfAbsent(entry.getKey(), key -> new HashSet()).addAll(entry.getValue());
                        }
                    }
                }
                Map counts = new HashMap();
                for (def entry : all.entrySet()) { counts.put(entry.getKey(), entry.getValue().size()); }
                return counts;",
        } });
        parts
            .insert("together".to_owned(), json!({ "filter": { "term": { shared: true } }, "aggs": { "hits": hits } }));
    }
    json!({ "filter": all_of(filters), "aggs": parts })
}

/// What it counted, by [`COUNTED`] and `passing`.
pub(super) type CountedHits = BTreeMap<String, HitCount>;

/// Hits of one sort.
#[derive(Debug, Deserialize)]
pub(super) struct HitCount {
    alone: Alone,
    together: Option<Together>,
}

#[derive(Debug, Deserialize)]
struct Alone {
    doc_count: usize,
    values: Option<Buckets>,
}

#[derive(Debug, Deserialize)]
struct Buckets {
    buckets: Vec<Bucket>,
}

#[derive(Debug, Deserialize)]
struct Bucket {
    key: Value,
    doc_count: usize,
}

#[derive(Debug, Deserialize)]
struct Together {
    hits: Shared,
}

#[derive(Debug, Deserialize)]
struct Shared {
    value: Option<BTreeMap<String, usize>>,
}

impl HitCount {
    /// How many hits there are.
    fn total(&self) -> usize {
        self.alone.doc_count + self.together().get("").copied().unwrap_or(0)
    }

    fn together(&self) -> BTreeMap<String, usize> {
        self.together.as_ref().and_then(|together| together.hits.value.clone()).unwrap_or_default()
    }

    /// By value, the most frequent first.
    fn values(&self, place: impl Fn(&str) -> usize) -> Vec<(String, usize)> {
        let mut counts = self.together();
        for bucket in self.alone.values.iter().flat_map(|values| &values.buckets) {
            let key = bucket.key.as_str().map_or_else(|| bucket.key.to_string(), str::to_owned);
            *counts.entry(key).or_default() += bucket.doc_count;
        }
        let mut counts: Vec<(String, usize)> = counts.into_iter().collect();
        counts.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| place(&a.0).cmp(&place(&b.0))).then_with(|| a.0.cmp(&b.0)));
        counts.truncate(MOST_FACETS);
        counts
    }
}

/// How many hits pass all filters.
pub(super) fn total(counts: &CountedHits) -> usize {
    counts.get("passing").map_or(0, HitCount::total)
}

/// How hits are spread.
pub(super) fn facets(counts: &CountedHits, tables: &Tables) -> Facets {
    let named = |field: &str| -> Vec<Facet> {
        let values = counts.get(field).map(|counted| counted.values(|_| 0)).unwrap_or_default();
        let facet = |(value, count): (String, usize)| {
            let value: Arc<str> = value.into();
            Facet { label: Arc::clone(&value), value, count }
        };
        values.into_iter().map(facet).collect()
    };
    let kind_of = |value: &str| value.parse::<usize>().ok().and_then(|number| Kind::ALL.get(number).copied());
    let kinds = counts.get("kind").map(|counted| counted.values(|value| value.parse().unwrap_or(0)));
    let kind = kinds.unwrap_or_default().into_iter().filter_map(|(value, count)| {
        let kind = kind_of(&value)?;
        Some(Facet { value: kind.name().into(), label: kind.label().into(), count })
    });
    let documents = counts.get("document").map(|counted| counted.values(|_| 0)).unwrap_or_default();
    let document = documents.into_iter().filter_map(|(id, count)| {
        let label = tables.document(&id)?.header.title.as_str().into();
        Some(Facet { value: id.into(), label, count })
    });
    Facets {
        kind: kind.collect(),
        statute: joined(named("statute"), named("grounded")),
        power_type: named("power_type"),
        department: named("department"),
        document: document.collect(),
    }
}
