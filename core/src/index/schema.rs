//! The fields of a unit in tantivy.

use tantivy::schema::{
    FAST, Field, INDEXED, IndexRecordOption, STORED, STRING, Schema, TextFieldIndexing, TextOptions,
};

use super::tokenizers::{BIGRAMS, CHARACTERS, WORDS};

/// The fields. What a unit's own source says is here; what depends on other sources is in the generation's tables.
#[derive(Clone, Copy, Debug)]
pub(super) struct Fields {
    /// The document's identifier: what a changed source deletes by.
    pub(super) document: Field,
    /// The unit's identifier.
    pub(super) id: Field,
    /// The unit's place among the document's units, from zero; [`HEADER`] for the document's own entry.
    pub(super) ordinal: Field,
    /// The kind, as its place in [`Kind::ALL`](crate::unit::Kind::ALL).
    pub(super) kind: Field,
    /// The statute that a provision, a citation or an article belongs to.
    pub(super) statute: Field,
    /// The number of that article: `92`, `120-1`.
    pub(super) article: Field,
    /// Every statute named (`社会保险法`), and with its article where one is cited (`社会保险法#92`).
    pub(super) cites: Field,
    /// Of a list's row, or of the rows that have a cell: 权力类型.
    pub(super) power_type: Field,
    /// 承办机构.
    pub(super) department: Field,
    /// The statutes they are grounded on.
    pub(super) grounded: Field,
    /// Of an article: the number of its chapter in the statute, counted from zero in the order printed.
    pub(super) chapter: Field,
    /// Equal for units that are one hit.
    pub(super) collapse: Field,
    /// The unit's text as words, without positions.
    pub(super) words: Field,
    /// The unit's text as pairs of letters, with positions.
    pub(super) bigrams: Field,
    /// The unit's text as single letters, without positions.
    pub(super) characters: Field,
    /// The statute that a provision or an article is of, as pairs of letters: part of what it is, not of its text.
    pub(super) heading: Field,
    /// The titles above the unit, the document's among them, as pairs of letters.
    pub(super) context: Field,
    /// The unit itself, serialized: the only field that is stored, which reading it relies on.
    pub(super) record: Field,
}

/// The ordinal of a document's own entry, which holds its header and is no unit.
pub(super) const HEADER: u64 = u64::MAX;

pub(super) fn schema() -> (Schema, Fields) {
    let text = |tokenizer: &str, record: IndexRecordOption| {
        TextOptions::default()
            .set_indexing_options(TextFieldIndexing::default().set_tokenizer(tokenizer).set_index_option(record))
    };
    let mut schema = Schema::builder();
    let fields = Fields {
        document: schema.add_text_field("document", STRING | FAST),
        id: schema.add_text_field("id", STRING),
        ordinal: schema.add_u64_field("ordinal", FAST),
        kind: schema.add_u64_field("kind", FAST | INDEXED),
        statute: schema.add_text_field("statute", STRING | FAST),
        article: schema.add_text_field("article", STRING | FAST),
        cites: schema.add_text_field("cites", STRING),
        power_type: schema.add_text_field("power_type", STRING | FAST),
        department: schema.add_text_field("department", STRING | FAST),
        grounded: schema.add_text_field("grounded", STRING | FAST),
        chapter: schema.add_u64_field("chapter", FAST),
        collapse: schema.add_u64_field("collapse", FAST),
        words: schema.add_text_field("words", text(WORDS, IndexRecordOption::WithFreqs)),
        bigrams: schema.add_text_field("bigrams", text(BIGRAMS, IndexRecordOption::WithFreqsAndPositions)),
        characters: schema.add_text_field("characters", text(CHARACTERS, IndexRecordOption::WithFreqs)),
        heading: schema.add_text_field("heading", text(BIGRAMS, IndexRecordOption::WithFreqs)),
        context: schema.add_text_field("context", text(BIGRAMS, IndexRecordOption::WithFreqs)),
        record: schema.add_bytes_field("record", STORED),
    };
    (schema.build(), fields)
}
