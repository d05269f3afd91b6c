//! Units and headers as tantivy stores them.

use tantivy::schema::Value;
use tantivy::{DocAddress, Searcher, TantivyDocument};

use super::schema::Fields;
use crate::responsibility::DocumentHeader;
use crate::unit::Unit;

/// A unit or a header as bytes.
pub(super) fn record(value: &impl serde::Serialize) -> Vec<u8> {
    // Most records fit, so the bytes are moved once.
    postcard::to_extend(value, Vec::with_capacity(2 << 10))
        .expect("units and headers hold nothing that cannot be written")
}

fn read_record(searcher: &Searcher, fields: &Fields, address: DocAddress) -> tantivy::Result<Vec<u8>> {
    let entry: TantivyDocument = searcher.doc(address)?;
    let bytes = entry.get_first(fields.record).and_then(|value| value.as_bytes().map(<[u8]>::to_vec));
    bytes.ok_or_else(|| tantivy::TantivyError::InternalError("an entry has no record".to_owned()))
}

fn decode<T: serde::de::DeserializeOwned>(bytes: &[u8]) -> tantivy::Result<T> {
    postcard::from_bytes(bytes)
        .map_err(|error| tantivy::TantivyError::InternalError(format!("a record cannot be read: {error}")))
}

pub(super) fn read_header(
    searcher: &Searcher,
    fields: &Fields,
    address: DocAddress,
) -> tantivy::Result<DocumentHeader> {
    decode(&read_record(searcher, fields, address)?)
}

pub(super) fn read_unit(searcher: &Searcher, fields: &Fields, address: DocAddress) -> tantivy::Result<Unit> {
    decode(&read_record(searcher, fields, address)?)
}
