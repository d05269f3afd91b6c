//! What a generation knows beside its units, as documents of an index of its own: the tables, the lexicon, the manifest.

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::client::{ClusterError, Connection, Request};
use super::publish::SLOW;
use super::schema::SCHEMA;
use crate::index::IndexError;
use crate::index::files::checksum_of;

/// So many bytes of a file are in one document.
const PART_BYTES: usize = 3 << 20;

/// The document that names the others.
const CONTENTS: &str = "contents";

/// Files by name.
pub(super) type SmallFiles = BTreeMap<String, Vec<u8>>;

#[derive(Debug, Serialize, Deserialize)]
struct Contents {
    /// [`SCHEMA`] of the program that wrote them.
    schema: u32,
    files: Vec<FileParts>,
}

#[derive(Debug, Serialize, Deserialize)]
struct FileParts {
    name: String,
    bytes: usize,
    /// XXH3 (128 bits) in hexadecimal digits.
    checksum: String,
    parts: usize,
}

#[derive(Deserialize)]
struct Stored<T> {
    #[serde(rename = "_source")]
    source: T,
}

#[derive(Deserialize)]
struct ContentsSource {
    contents: Contents,
}

#[derive(Deserialize)]
struct PartSource {
    bytes: String,
}

/// Writes all files, and last the document that names them.
pub(super) fn write(connection: &Connection, index: &str, files: &SmallFiles) -> Result<(), ClusterError> {
    let mut contents = Contents { schema: SCHEMA, files: Vec::new() };
    for (number, (name, bytes)) in files.iter().enumerate() {
        let parts: Vec<&[u8]> = bytes.chunks(PART_BYTES).collect();
        for (part, bytes) in parts.iter().enumerate() {
            put(connection, index, &key(number, part), &json!({ "bytes": STANDARD.encode(bytes) }))?;
        }
        let checksum = checksum_of(bytes);
        contents.files.push(FileParts { name: name.clone(), bytes: bytes.len(), checksum, parts: parts.len() });
    }
    put(connection, index, CONTENTS, &json!({ "contents": contents }))?;
    // A node may just be dying, and then it takes a while until another has taken over.
    let refresh = Request::post(format!("/{index}/_refresh")).repeatable().timeout(SLOW).within(SLOW);
    let _: serde::de::IgnoredAny = connection.send(refresh)?;
    Ok(())
}

fn put(connection: &Connection, index: &str, key: &str, body: &serde_json::Value) -> Result<(), ClusterError> {
    let request = Request::put(format!("/{index}/_doc/{key}")).json(body).timeout(SLOW).within(SLOW);
    let _: serde::de::IgnoredAny = connection.send(request)?;
    Ok(())
}

/// Takes back that all files are there.
pub(super) fn unname(connection: &Connection, index: &str) -> Result<(), ClusterError> {
    let request = Request::delete(format!("/{index}/_doc/{CONTENTS}")).timeout(SLOW).within(SLOW);
    let _: Option<serde::de::IgnoredAny> = connection.send_optional(request)?;
    Ok(())
}

/// Whether all files are there.
pub(super) fn are_whole(connection: &Connection, index: &str) -> Result<bool, ClusterError> {
    connection.exists(&format!("/{index}/_doc/{CONTENTS}"))
}

/// Reads all files, each checked byte by byte.
pub(super) fn read(connection: &Connection, index: &str) -> Result<SmallFiles, IndexError> {
    let contents = get::<ContentsSource>(connection, index, CONTENTS)?.contents;
    if contents.schema != SCHEMA {
        let found = format!("schema {} of the cluster", contents.schema);
        return Err(IndexError::OtherVersion { folder: index.into(), found });
    }
    let mut files = SmallFiles::new();
    for (number, file) in contents.files.into_iter().enumerate() {
        let mut bytes = Vec::with_capacity(file.bytes);
        for part in 0..file.parts {
            let PartSource { bytes: encoded } = get(connection, index, &key(number, part))?;
            let part = STANDARD.decode(encoded).map_err(|error| damaged(index, &file.name, &error.to_string()))?;
            bytes.extend(part);
        }
        if checksum_of(&bytes) != file.checksum {
            return Err(damaged(index, &file.name, "it is not what was written"));
        }
        files.insert(file.name, bytes);
    }
    Ok(files)
}

fn get<T: serde::de::DeserializeOwned>(connection: &Connection, index: &str, key: &str) -> Result<T, IndexError> {
    let found = connection.send_optional::<Stored<T>>(Request::get(format!("/{index}/_doc/{key}")))?;
    found.map(|found| found.source).ok_or_else(|| damaged(index, key, "it is not there"))
}

fn key(file: usize, part: usize) -> String {
    format!("{file}-{part}")
}

pub(super) fn damaged(index: &str, file: &str, reason: &str) -> IndexError {
    IndexError::damaged(&std::path::Path::new(index).join(file), reason)
}
