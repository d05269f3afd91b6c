//! A unit as the cluster's document: all of it follows from the unit and from the tables of its generation.

use serde::Serialize;

use super::comparison::Expected;
use super::schema::GAP;
use crate::analyzer::{Gram, LegalAnalyzer, bigrams, characters};
use crate::index::cites::cites;
use crate::index::entry::Entry;
use crate::index::tables::{Tables, UnitNo};
use crate::text::Folded;
use crate::unit::Unit;

/// What a check is cut to, in bits: sums over a document are exact in the cluster's arithmetic, which is that of 53 bits.
const CHECK_BITS: u32 = 32;

/// What is sent of a unit.
#[derive(Serialize)]
pub(super) struct UnitDocument<'u> {
    /// Tells what it was made of.
    check: u64,
    document: &'u str,
    ordinal: u32,
    id: &'u str,
    kind: u8,
    #[serde(skip_serializing_if = "Option::is_none")]
    statute: Option<&'u str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    article: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    cites: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    power_type: Vec<&'u str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    department: Vec<&'u str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    grounded: Vec<&'u str>,
    /// Equal for units that are one hit.
    hit: i64,
    /// Whether there is another such unit.
    shared: bool,
    /// Whether there is one without the older versions of statutes.
    shared_newest: bool,
    /// Whether it is of an older version of a statute.
    superseded: bool,
    /// The number of the chapter that it stands in or cites.
    #[serde(skip_serializing_if = "Option::is_none")]
    around: Option<u32>,
    /// Whether it has one.
    placed: bool,
    words: String,
    bigrams: String,
    characters: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    heading: String,
    context: String,
    unit: &'u Unit,
}

/// What all documents of a generation are made with.
pub(super) struct Maker<'g> {
    pub(super) tables: &'g Tables,
    pub(super) superseded: &'g [bool],
    pub(super) analyzer: &'g LegalAnalyzer,
    /// What depends on other documents.
    pub(super) expected: &'g Expected,
}

impl Maker<'_> {
    /// The document of a unit, as JSON.
    pub(super) fn make(&self, number: UnitNo, unit: &Unit, check: u64) -> Vec<u8> {
        let at = number as usize;
        let document = self.tables.document_of[at] as usize;
        let row = &self.tables.documents[document];
        let entry = Entry::of((&row.header.id, &row.header.title), unit, self.tables.labels(number));
        let folded = Folded::new(&unit.passage.text);
        let around = self.expected.around[at];
        let made = UnitDocument {
            check,
            document: &row.header.id,
            ordinal: number - row.first,
            id: &unit.id,
            kind: self.tables.kinds[at],
            statute: entry.statute,
            article: entry.article,
            cites: cites(unit).into_iter().collect(),
            power_type: self.tables.power_types.names_of(number).collect(),
            department: self.tables.departments.names_of(number).collect(),
            grounded: self.tables.grounded.names_of(number).collect(),
            hit: entry.collapse.cast_signed(),
            shared: self.expected.is_shared[at],
            shared_newest: self.expected.is_shared_newest[at],
            superseded: self.superseded[document],
            placed: around.is_some(),
            around,
            words: words(self.analyzer, &folded),
            bigrams: placed(bigrams(&folded)),
            characters: placed(characters(&folded)),
            heading: entry.heading.map(pairs).unwrap_or_default(),
            context: entry.context.iter().map(|title| pairs(title)).collect::<Vec<_>>().join(" "),
            unit,
        };
        serde_json::to_vec(&made).expect("units are plain data")
    }
}

/// What a document's unit is checked by, whose content follows from what has this mark.
pub(super) fn check_of(mark: u64, ordinal: u32) -> u64 {
    let mut bytes = mark.to_le_bytes().to_vec();
    bytes.extend(ordinal.to_le_bytes());
    xxhash_rust::xxh3::xxh3_64(&bytes) >> (u64::BITS - CHECK_BITS)
}

/// Where a unit's document is in the cluster.
pub(super) struct Key {
    /// Its name: short, and the same for whatever stands at its place.
    pub(super) id: String,
    /// What it is routed by. All units of a document are in one shard, so that a shard counts all there are of it.
    pub(super) routing: String,
}

impl Key {
    pub(super) fn of(document: &str, ordinal: u32) -> Key {
        let routing = format!("{:016x}", xxhash_rust::xxh3::xxh3_64(document.as_bytes()));
        Key { id: format!("{routing}-{ordinal}"), routing }
    }
}

/// The words of a text as tokens, in no positions that count.
fn words(analyzer: &LegalAnalyzer, folded: &Folded) -> String {
    let mut tokens = String::with_capacity(3 * folded.text().len());
    analyzer.each_word(folded, &mut |word| push(&mut tokens, word));
    tokens
}

/// Tokens with gaps, so that each stands at its position.
pub(super) fn placed<'a>(grams: impl Iterator<Item = Gram<'a>>) -> String {
    let mut tokens = String::new();
    let mut next = 0;
    for gram in grams {
        for _ in next..gram.position {
            push(&mut tokens, GAP);
        }
        push(&mut tokens, gram.text);
        next = gram.position + 1;
    }
    tokens
}

/// The pairs of a title.
fn pairs(title: &str) -> String {
    let mut tokens = String::new();
    bigrams(&Folded::new(title)).for_each(|gram| push(&mut tokens, gram.text));
    tokens
}

fn push(tokens: &mut String, token: &str) {
    if !tokens.is_empty() {
        tokens.push(' ');
    }
    tokens.push_str(token);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_stand_at_their_positions() {
        let gaps = |text: &str| placed(bigrams(&Folded::new(text)));
        assert_eq!(gaps("社会保险"), "社会 会保 保险");
        let apart = gaps("社会，保险");
        let tokens: Vec<&str> = apart.split(' ').collect();
        let positions: Vec<(usize, &str)> =
            tokens.iter().copied().enumerate().filter(|&(_, token)| token != GAP).collect();
        let analysed: Vec<(usize, String)> =
            bigrams(&Folded::new("社会，保险")).map(|gram| (gram.position as usize, gram.text.to_owned())).collect();
        assert_eq!(positions, analysed.iter().map(|(at, text)| (*at, text.as_str())).collect::<Vec<_>>());
        assert!(tokens.contains(&GAP));
    }

    #[test]
    fn units_of_a_document_lie_together_and_are_told_apart() {
        let (first, second, other) = (Key::of("a", 0), Key::of("a", 1), Key::of("b", 0));
        assert_eq!(first.routing, second.routing);
        assert_ne!(first.id, second.id);
        assert_ne!(first.routing, other.routing);
        assert_ne!(check_of(7, 0), check_of(7, 1));
        assert_ne!(check_of(7, 0), check_of(8, 0));
        assert!(check_of(u64::MAX, u32::MAX) < 1 << CHECK_BITS);
    }
}
