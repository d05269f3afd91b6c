//! Units read from the cluster, and kept for a while.

use std::num::NonZeroUsize;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use lru::LruCache;
use serde::Deserialize;
use serde_json::{Value, json};

use super::Cluster;
use super::answers::{ATTEMPT_TIME, Answer, Found, SEARCH_TIME, Source, in_order, search_all};
use super::clauses::{all_of, term};
use super::client::Request;
use super::document::Key;
use super::schema::TextField;
use crate::analyzer::bigrams;
use crate::index::IndexError;
use crate::index::entry::Entry;
use crate::index::tables::UnitNo;
use crate::query::GramField;
use crate::text::Folded;
use crate::unit::Unit;

/// So many units are kept, of some two kilobytes each.
const KEPT_UNITS: NonZeroUsize = NonZeroUsize::new(8192).unwrap();
/// So many answers to small questions are kept.
const KEPT_ANSWERS: NonZeroUsize = NonZeroUsize::new(16384).unwrap();
/// The status of what a node that is gone should have answered.
const UNAVAILABLE: u16 = 503;
/// How long it may take to find out whether some letters are there at all: a query asks so several times before it is a search.
const SMALL_TIME: Duration = Duration::from_secs(3);
/// So many units are read at once.
const READ_AT_ONCE: usize = 500;
/// So many are found at once.
const FOUND_AT_ONCE: usize = 10_000;

/// What was read lately. A generation never changes, so it stays true.
pub(super) struct Kept {
    units: Mutex<LruCache<UnitNo, Arc<Unit>>>,
    ids: Mutex<LruCache<String, Option<UnitNo>>>,
    letters: Mutex<LruCache<String, bool>>,
    /// By the hash of a query.
    counts: Mutex<LruCache<u128, usize>>,
}

impl Default for Kept {
    fn default() -> Kept {
        Kept {
            units: Mutex::new(LruCache::new(KEPT_UNITS)),
            ids: Mutex::new(LruCache::new(KEPT_ANSWERS)),
            letters: Mutex::new(LruCache::new(KEPT_ANSWERS)),
            counts: Mutex::new(LruCache::new(KEPT_ANSWERS)),
        }
    }
}

fn known<K: std::hash::Hash + Eq + Clone, V: Clone>(
    kept: &Mutex<LruCache<K, V>>,
    key: &K,
    find: impl FnOnce() -> Result<V, IndexError>,
) -> Result<V, IndexError> {
    let lock = || kept.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(known) = lock().get(key) {
        return Ok(known.clone());
    }
    // Not while the lock is held: others go on.
    let found = find()?;
    lock().put(key.clone(), found.clone());
    Ok(found)
}

#[derive(Deserialize)]
struct Documents {
    docs: Vec<Document>,
}

#[derive(Deserialize)]
struct Document {
    #[serde(rename = "_source")]
    source: Option<Source>,
    error: Option<Value>,
}

impl Cluster {
    /// Units in the order asked for.
    pub(super) fn read_units(&self, units: &[UnitNo]) -> Result<Vec<Unit>, IndexError> {
        let lock = || self.kept.units.lock().unwrap_or_else(PoisonError::into_inner);
        let mut read: Vec<Option<Arc<Unit>>> = {
            let mut kept = lock();
            units.iter().map(|unit| kept.get(unit).cloned()).collect()
        };
        let missing: Vec<usize> = (0..units.len()).filter(|&at| read[at].is_none()).collect();
        for missing in missing.chunks(READ_AT_ONCE) {
            let key = |&at: &usize| {
                let Key { id, routing } = self.key_of(units[at]);
                json!({ "_id": id, "routing": routing })
            };
            let keys: Vec<Value> = missing.iter().map(key).collect();
            let request = Request::post(format!("/{}/_mget", self.units_index))
                .query("filter_path", "docs._id,docs._source,docs.error")
                .json(&json!({ "docs": keys }))
                .repeatable()
                .timeout(ATTEMPT_TIME)
                .within(SEARCH_TIME);
            let Documents { docs } = self.connection.send(request)?;
            for (&at, document) in missing.iter().zip(docs) {
                if let Some(error) = document.error {
                    let body = json!({ "error": error, "status": UNAVAILABLE }).to_string();
                    return Err(self.connection.refused(UNAVAILABLE, body.as_bytes()).into());
                }
                let Some(Source { unit }) = document.source else { return Err(self.lost(units[at])) };
                let unit = Arc::new(unit);
                lock().put(units[at], Arc::clone(&unit));
                read[at] = Some(unit);
            }
        }
        let unit = |(at, read): (usize, Option<Arc<Unit>>)| {
            read.map(|unit| Unit::clone(&unit)).ok_or_else(|| self.lost(units[at]))
        };
        read.into_iter().enumerate().map(unit).collect()
    }

    /// A unit that a search brought along; `None` if the tables do not have it.
    pub(super) fn take(&self, found: Found) -> Result<Option<(UnitNo, Arc<Unit>)>, IndexError> {
        let Some(number) = self.number_of(&found) else { return Ok(None) };
        let Some(Source { unit }) = found.source else { return Err(self.lost(number)) };
        let unit = Arc::new(unit);
        self.kept.units.lock().unwrap_or_else(PoisonError::into_inner).put(number, Arc::clone(&unit));
        Ok(Some((number, unit)))
    }

    /// What tells the hit of a unit from others.
    pub(super) fn hit_of(&self, number: UnitNo) -> Result<i64, IndexError> {
        let unit = self.read_units(&[number])?.remove(0);
        let row = &self.tables.documents[self.tables.document_of[number as usize] as usize];
        Ok(Entry::of((&row.header.id, &row.header.title), &unit, []).collapse.cast_signed())
    }

    /// How many units each query finds.
    pub(super) fn count_all(&self, queries: &[Value]) -> Result<Vec<usize>, IndexError> {
        let lock = || self.kept.counts.lock().unwrap_or_else(PoisonError::into_inner);
        let hash = |query: &Value| xxhash_rust::xxh3::xxh3_128(query.to_string().as_bytes());
        let keys: Vec<u128> = queries.iter().map(hash).collect();
        let mut counts: Vec<Option<usize>> = {
            let mut kept = lock();
            keys.iter().map(|key| kept.get(key).copied()).collect()
        };
        let missing: Vec<usize> = (0..queries.len()).filter(|&at| counts[at].is_none()).collect();
        let body = |&at: &usize| json!({ "size": 0, "track_total_hits": true, "query": queries[at] });
        let bodies: Vec<Value> = missing.iter().map(body).collect();
        let answers = search_all(&self.connection, &self.units_index, &bodies)?;
        for (&at, answer) in missing.iter().zip(answers) {
            let count = answer.hits.total.map_or(0, |total| total.value);
            lock().put(keys[at], count);
            counts[at] = Some(count);
        }
        Ok(counts.into_iter().map(Option::unwrap_or_default).collect())
    }

    /// The unit of an identifier.
    pub(super) fn find_id(&self, id: &str) -> Result<Option<UnitNo>, IndexError> {
        // What is in no document is nowhere.
        if self.tables.document_number(id.split('/').next().unwrap_or_default()).is_none() {
            return Ok(None);
        }
        known(&self.kept.ids, &id.to_owned(), || {
            Ok(self.units_with(&json!({ "term": { "id": id } }))?.first().copied())
        })
    }

    /// The units that a query finds, in their order.
    pub(super) fn units_with(&self, query: &Value) -> Result<Vec<UnitNo>, IndexError> {
        let found = self.all_found(query, &in_order())?;
        Ok(found.iter().filter_map(|found| self.number_of(found)).collect())
    }

    /// All that a query finds, sorted, without what was sent of it.
    pub(super) fn all_found(&self, query: &Value, sort: &[Value]) -> Result<Vec<Found>, IndexError> {
        let mut all = Vec::new();
        let mut after = Value::Null;
        loop {
            let mut body = json!({
                "size": FOUND_AT_ONCE, "_source": false, "track_total_hits": false, "query": query, "sort": sort,
            });
            if !after.is_null() {
                body["search_after"] = after;
            }
            let answers = search_all(&self.connection, &self.units_index, &[body])?;
            let found: Vec<Found> = answers.into_iter().flat_map(|answer| answer.hits.hits).collect();
            let last = found.last().filter(|_| found.len() == FOUND_AT_ONCE).map(|last| last.sort.clone());
            all.extend(found);
            match last {
                Some(last) => after = last.into(),
                None => return Ok(all),
            }
        }
    }

    /// Whether the pairs of these letters stand in some unit.
    pub(super) fn letters_stand(&self, letters: &str) -> Result<bool, IndexError> {
        let folded = Folded::new(letters);
        let pairs: Vec<&str> = bigrams(&folded).map(|gram| gram.text).collect();
        let has = |field, token: &str| self.frequencies.of(field, token).is_some_and(|units| units > 0);
        if let [] | [_] = pairs[..] {
            let (field, token) =
                pairs.first().map_or((GramField::Characters, folded.text()), |pair| (GramField::Bigrams, *pair));
            return Ok(has(field, token));
        }
        if !pairs.iter().all(|pair| has(GramField::Bigrams, pair)) {
            return Ok(false);
        }
        if self.words.contains_key(folded.text()) {
            return Ok(true);
        }
        known(&self.kept.letters, &folded.text().to_owned(), || {
            let terms = pairs.iter().map(|pair| term(TextField::Bigrams, pair)).collect();
            let body = json!({
                "size": 0, "terminate_after": 1, "track_total_hits": true, "query": all_of(terms),
            });
            let request = Request::post(format!("/{}/_search", self.units_index))
                .query("allow_partial_search_results", "false")
                .query("filter_path", "hits.total.value")
                .json(&body)
                .repeatable()
                .timeout(SMALL_TIME / 3)
                .within(SMALL_TIME);
            let answer: Answer = self.connection.send(request)?;
            Ok(answer.hits.total.is_some_and(|total| total.value > 0))
        })
    }

    fn key_of(&self, unit: UnitNo) -> Key {
        let row = &self.tables.documents[self.tables.document_of[unit as usize] as usize];
        Key::of(&row.header.id, unit - row.first)
    }

    /// The cluster does not have a unit that the generation has.
    fn lost(&self, unit: UnitNo) -> IndexError {
        let row = &self.tables.documents[self.tables.document_of[unit as usize] as usize];
        let reason = format!("unit {} of `{}` is not there", unit - row.first, row.header.id);
        IndexError::damaged(std::path::Path::new(&self.units_index), reason)
    }
}
