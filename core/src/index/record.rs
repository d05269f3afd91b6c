//! Units and headers as tantivy stores them.

use tantivy::schema::OwnedValue;
use tantivy::schema::document::{DeserializeError, DocumentDeserialize, DocumentDeserializer};
use tantivy::{DocAddress, Searcher};

use crate::responsibility::DocumentHeader;
use crate::unit::Unit;

/// A unit or a header as bytes.
pub(super) fn record(value: &impl serde::Serialize) -> Vec<u8> {
    // Most records fit, so the bytes are moved once.
    postcard::to_extend(value, Vec::with_capacity(2 << 10))
        .expect("units and headers hold nothing that cannot be written")
}

/// All that tantivy stores of an entry.
struct Record(Vec<u8>);

impl DocumentDeserialize for Record {
    fn deserialize<'de, D: DocumentDeserializer<'de>>(mut entry: D) -> Result<Record, DeserializeError> {
        match entry.next_field()? {
            Some((_, OwnedValue::Bytes(bytes))) => Ok(Record(bytes)),
            _ => Err(DeserializeError::custom("an entry has no record")),
        }
    }
}

fn read<T: serde::de::DeserializeOwned>(searcher: &Searcher, address: DocAddress) -> tantivy::Result<T> {
    let Record(bytes) = searcher.doc(address)?;
    postcard::from_bytes(&bytes)
        .map_err(|error| tantivy::TantivyError::InternalError(format!("a record cannot be read: {error}")))
}

pub(super) fn read_header(searcher: &Searcher, address: DocAddress) -> tantivy::Result<DocumentHeader> {
    read(searcher, address)
}

pub(super) fn read_unit(searcher: &Searcher, address: DocAddress) -> tantivy::Result<Unit> {
    read(searcher, address)
}
