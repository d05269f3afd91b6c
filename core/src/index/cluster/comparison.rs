//! What the cluster should have of each document, and what it has.

use std::collections::{BTreeMap, HashMap};

use serde::Deserialize;
use serde_json::{Value, json};
use xxhash_rust::xxh3::Xxh3;

use super::client::{Connection, Request};
use super::document::check_of;
use super::publish::SLOW;
use super::schema::SCHEMA;
use super::surroundings::Chapters;
use crate::index::IndexError;
use crate::index::manifest::Manifest;
use crate::index::tables::{NONE, Tables};

/// What the cluster has of a document.
pub(super) struct StoredDocument {
    units: u64,
    /// The checks of its units, added up.
    sum: f64,
    /// One more than the greatest ordinal.
    pub(super) most: u32,
}

/// All documents in an index.
pub(super) fn stored_documents(
    connection: &Connection,
    index: &str,
) -> Result<HashMap<String, StoredDocument>, IndexError> {
    #[derive(Deserialize)]
    struct Answer {
        aggregations: Option<Aggregations>,
    }
    #[derive(Deserialize)]
    struct Aggregations {
        documents: Documents,
    }
    #[derive(Deserialize)]
    struct Documents {
        after_key: Option<Value>,
        #[serde(default)]
        buckets: Vec<Bucket>,
    }
    #[derive(Deserialize)]
    struct Bucket {
        key: BTreeMap<String, String>,
        doc_count: u64,
        sum: Number,
        most: Number,
    }
    #[derive(Deserialize)]
    struct Number {
        value: f64,
    }
    const AT_ONCE: usize = 5000;
    let mut documents = HashMap::new();
    let mut after = Value::Null;
    loop {
        let mut composite =
            json!({ "size": AT_ONCE, "sources": [{ "document": { "terms": { "field": "document" } } }] });
        if !after.is_null() {
            composite["after"] = after;
        }
        let body = json!({ "size": 0, "track_total_hits": false, "aggs": { "documents": {
            "composite": composite,
            "aggs": { "sum": { "sum": { "field": "check" } }, "most": { "max": { "field": "ordinal" } } },
        } } });
        let request = Request::post(format!("/{index}/_search"))
            .query("allow_partial_search_results", "false")
            .json(&body)
            .repeatable()
            .timeout(SLOW)
            .within(SLOW);
        let answer: Answer = connection.send(request)?;
        let Some(Aggregations { documents: found }) = answer.aggregations else { return Ok(documents) };
        for bucket in found.buckets {
            let Some(id) = bucket.key.into_values().next() else { continue };
            let stored =
                StoredDocument { units: bucket.doc_count, sum: bucket.sum.value, most: bucket.most.value as u32 + 1 };
            documents.insert(id, stored);
        }
        match found.after_key {
            Some(key) => after = key,
            None => return Ok(documents),
        }
    }
}

/// What the cluster should have of each document.
pub(super) struct Expected {
    /// By document: what all that is sent of its units follows from, as a number.
    pub(super) marks: Vec<u64>,
    documents: HashMap<String, (u64, f64)>,
    /// By unit: the number of the chapter around it.
    pub(super) around: Vec<Option<u32>>,
    /// By unit: whether it is one hit with others, and whether also with older versions of statutes left out.
    pub(super) is_shared: Vec<bool>,
    pub(super) is_shared_newest: Vec<bool>,
}

impl Expected {
    pub(super) fn new(manifest: &Manifest, tables: &Tables, superseded: &[bool], chapters: &Chapters) -> Expected {
        let around: Vec<Option<u32>> = tables
            .chapters_around(superseded)
            .into_iter()
            .map(|chapter| if chapter == NONE { None } else { chapters.number_of(chapter) })
            .collect();
        let analyzer = manifest.analyzer.to_string();
        let mut expected = Expected {
            marks: Vec::new(),
            documents: HashMap::new(),
            around,
            is_shared: tables.is_shared(),
            is_shared_newest: tables.is_shared_beside(superseded),
        };
        for (number, row) in tables.documents.iter().enumerate() {
            let mut mark = Xxh3::new();
            let hash = manifest.document(&row.header.id).map_or("", |document| document.hash.as_str());
            for part in [hash, row.header.id.as_str(), row.header.title.as_str(), analyzer.as_str()] {
                mark.update(part.as_bytes());
                mark.update(&[0]);
            }
            mark.update(&[u8::from(superseded[number])]);
            mark.update(&SCHEMA.to_le_bytes());
            mark.update(&manifest.reader.to_le_bytes());
            for unit in row.first..row.first + row.units {
                let unit = unit as usize;
                mark.update(&[expected.is_shared[unit], expected.is_shared_newest[unit]].map(u8::from));
                mark.update(&expected.around[unit].unwrap_or(NONE).to_le_bytes());
            }
            let mark = mark.digest();
            let sum = (0..row.units).map(|ordinal| check_of(mark, ordinal) as f64).sum();
            expected.marks.push(mark);
            if row.units > 0 {
                expected.documents.insert(row.header.id.clone(), (u64::from(row.units), sum));
            }
        }
        expected
    }

    /// The documents that are not as they should be, or should not be there.
    pub(super) fn wrong(&self, found: &HashMap<String, StoredDocument>) -> Vec<String> {
        let is_right =
            |id: &str, expected: &(u64, f64)| found.get(id).is_some_and(|found| (found.units, found.sum) == *expected);
        let mut wrong: Vec<String> =
            self.documents.iter().filter(|(id, expected)| !is_right(id, expected)).map(|(id, _)| id.clone()).collect();
        wrong.extend(found.keys().filter(|id| !self.documents.contains_key(*id)).cloned());
        wrong.sort();
        wrong
    }

    /// The same, asked of the cluster.
    pub(super) fn differences(&self, connection: &Connection, index: &str) -> Result<Vec<String>, IndexError> {
        Ok(self.wrong(&stored_documents(connection, index)?))
    }
}
