//! The fields of a unit in the cluster.
//!
//! Tokens are the analyzer's, sent as text between blanks, so that the cluster needs no plugin and analyses nothing by itself. How
//! much a token counts (BM25's saturation, Robertson and Zaragoza 2009, section 3.4) is a similarity of ours, in which a query's
//! boost is all that a term weighs by.

use serde_json::{Value, json};

use crate::index::ranking::weights::{B, K1, MOST_FREQUENCY};

/// Stands for a position without a token. No token has its three letters.
pub(super) const GAP: &str = "···";

/// A field of tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(in crate::index) enum TextField {
    /// The unit's text as words.
    Words,
    /// As pairs of letters, with positions.
    Bigrams,
    /// As single letters, with positions.
    Characters,
    /// The statute that a provision or an article is of, as pairs of letters.
    Heading,
    /// The titles above the unit, as pairs of letters.
    Context,
}

impl TextField {
    pub(in crate::index) const ALL: [TextField; 5] =
        [TextField::Words, TextField::Bigrams, TextField::Characters, TextField::Heading, TextField::Context];

    /// What the cluster calls it.
    pub(super) fn name(self) -> &'static str {
        match self {
            TextField::Words => "words",
            TextField::Bigrams => "bigrams",
            TextField::Characters => "characters",
            TextField::Heading => "heading",
            TextField::Context => "context",
        }
    }

    fn has_positions(self) -> bool {
        matches!(self, TextField::Bigrams | TextField::Characters)
    }

    /// Its place in [`ALL`](TextField::ALL).
    pub(super) fn number(self) -> usize {
        self as usize
    }
}

/// The average number of tokens in each field, in the order of [`TextField::ALL`].
pub(in crate::index) type Averages = [f32; 5];

/// How an index is laid out in its cluster.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Layout {
    /// Into how many parts the units are divided.
    pub shards: u32,
    /// How many copies there are of each part beside it. With one, any node may be lost.
    pub replicas: u32,
}

impl Default for Layout {
    /// One part, which answers well for a million units or two, and a copy of it.
    fn default() -> Layout {
        Layout { shards: 1, replicas: 1 }
    }
}

/// Changes whenever what is sent of a unit does: what was sent under another number is sent again.
pub(super) const SCHEMA: u32 = 2;

/// What the similarity was made with, beside averages.
pub(super) const SATURATION: [f32; 3] = [K1, B, MOST_FREQUENCY as f32];

/// The settings and fields of an index of units, with what is `known` of it.
pub(super) fn unit_index(layout: Layout, averages: &Averages, known: &Value) -> Value {
    let mut similarities = serde_json::Map::new();
    let mut properties = serde_json::Map::new();
    for field in TextField::ALL {
        let name = field.name();
        similarities.insert(name.to_owned(), similarity(averages[field.number()]));
        let options = if field.has_positions() { "positions" } else { "freqs" };
        let text = json!({ "type": "text", "analyzer": "tokens", "similarity": name, "index_options": options });
        properties.insert(name.to_owned(), text);
    }
    for name in ["document", "statute", "article", "power_type", "department", "grounded"] {
        properties.insert(name.to_owned(), json!({ "type": "keyword" }));
    }
    for name in ["id", "cites"] {
        properties.insert(name.to_owned(), json!({ "type": "keyword", "doc_values": false }));
    }
    for (name, form) in [("ordinal", "integer"), ("kind", "integer"), ("hit", "long")] {
        properties.insert(name.to_owned(), json!({ "type": form }));
    }
    for (name, form) in [("around", "integer"), ("check", "long")] {
        properties.insert(name.to_owned(), json!({ "type": form, "index": false }));
    }
    for name in ["shared", "shared_newest", "superseded", "placed"] {
        properties.insert(name.to_owned(), json!({ "type": "boolean" }));
    }
    properties.insert("unit".to_owned(), json!({ "type": "object", "enabled": false }));
    json!({
        "settings": { "index": {
            "number_of_shards": layout.shards,
            "number_of_replicas": layout.replicas,
            "refresh_interval": "-1",
            "similarity": similarities,
            "analysis": {
                "filter": { "gaps": { "type": "stop", "stopwords": [GAP] } },
                "analyzer": { "tokens": { "type": "custom", "tokenizer": "whitespace", "filter": ["gaps"] } },
            },
        } },
        "mappings": {
            "dynamic": "strict",
            "_meta": known,
            // Of what is sent, only the unit is ever read again.
            "_source": { "includes": ["unit"] },
            "properties": properties,
        },
    })
}

/// The same as [`Saturation`](crate::index::ranking::Saturation), for a field of so many tokens on average.
fn similarity(average: f32) -> Value {
    let (most, gain) = (MOST_FREQUENCY, K1 + 1.0);
    let source = format!(
        "double f = Math.min(doc.freq, {most}); \
         return query.boost * f * {gain} / (f + {K1} * ({rest} + {B} * doc.length / {average:?}));",
        rest = 1.0 - B
    );
    json!({ "type": "scripted", "script": { "source": source } })
}

/// The settings and fields of the index that holds a generation's small files.
pub(super) fn file_index(layout: Layout, known: &Value) -> Value {
    json!({
        "settings": { "index": { "number_of_shards": 1, "number_of_replicas": layout.replicas } },
        "mappings": {
            "dynamic": "strict",
            "_meta": known,
            "properties": {
                "contents": { "type": "object", "enabled": false },
                "bytes": { "type": "binary" },
            },
        },
    })
}
