//! Links that know the text they were made for.
//!
//! A permanent link carries a short hash of its unit's text, `?v=1a2b3c4d-note-2#note-2`: lists are published anew under one
//! name, and what stood at a place may stand elsewhere by then. The page compares, says so, and offers the unit that has
//! the text now.

use lawcite_core::index::{Index, IndexError};
use lawcite_core::text::Folded;
use lawcite_core::unit::{Detail, Unit};
use xxhash_rust::xxh3::xxh3_64;

use super::place::Places;
use crate::links::{Links, Place};

/// How many units with the former text are offered.
const MOST_OFFERED: usize = 3;
/// No more units than this are looked through for it.
const MOST_READ: usize = 50_000;

/// A short hash of a text. Width, script, case and blanks do not count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct TextHash(u32);

impl TextHash {
    pub(super) fn of(text: &str) -> TextHash {
        #[expect(clippy::cast_possible_truncation, reason = "a short hash is the lower half")]
        TextHash(xxh3_64(Folded::new(text).text().as_bytes()) as u32)
    }
}

/// A unit's permanent address, and how the unit is cited.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Permalink {
    pub(super) url: String,
    pub(super) citation: String,
}

impl Permalink {
    pub(super) fn new(id: &str, text: &str, citation: String, links: &Links) -> Permalink {
        let Place { anchor, .. } = Place::of(id);
        let TextHash(hash) = TextHash::of(text);
        let version = if anchor.is_empty() { format!("{hash:08x}") } else { format!("{hash:08x}-{anchor}") };
        Permalink { url: links.unit_with(id, &[("v", &version)]), citation }
    }
}

/// What a permanent link was made for: a place on a page, and the hash of the text that stood there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Remembered {
    hash: TextHash,
    anchor: String,
}

impl Remembered {
    /// From the parameter `v`; `None` for what is no such thing.
    pub(super) fn parse(version: &str) -> Option<Remembered> {
        let (hash, anchor) = version.split_once('-').unwrap_or((version, ""));
        let is_hash = hash.len() == 8 && hash.bytes().all(|digit| digit.is_ascii_hexdigit());
        let hash = u32::from_str_radix(hash, 16).ok().filter(|_| is_hash)?;
        Some(Remembered { hash: TextHash(hash), anchor: anchor.to_owned() })
    }

    /// What changed since the link was made, `None` if its place on the page of `page` still has its text. `units` are those
    /// of the page, none where there is no such page any more.
    pub(super) fn changed(
        &self,
        index: &Index,
        document: &str,
        page: &str,
        units: &[&Unit],
        links: &Links,
    ) -> Result<Option<Changed>, IndexError> {
        let here = with_circumstances(units.iter().copied()).find(|(id, _)| {
            id.strip_prefix(page).is_some_and(|rest| rest.trim_start_matches('/').replace('/', "-") == self.anchor)
        });
        if here.as_ref().is_some_and(|(_, text)| TextHash::of(text) == self.hash) {
            return Ok(None);
        }
        let mut offered = Vec::new();
        let mut read = 0;
        for document in others(index, document) {
            let Some((header, units)) = index.document(document)? else { continue };
            read += units.len();
            if read > MOST_READ {
                break;
            }
            let places = Places::new(header, &units);
            let same = with_circumstances(units.iter()).filter(|(_, text)| TextHash::of(text) == self.hash);
            let offer = |(id, _): (String, &str)| (places.name(&id), links.unit(&id));
            offered.extend(same.map(offer).take(MOST_OFFERED - offered.len()));
            if !offered.is_empty() {
                break; // the document itself comes before others
            }
        }
        Ok(Some(Changed { is_here: here.is_some(), offered }))
    }
}

/// A text that does not stand where its link leads.
pub(super) struct Changed {
    /// Whether something else stands there.
    pub(super) is_here: bool,
    /// Where the text stands now: name and address.
    pub(super) offered: Vec<(String, String)>,
}

/// Where the text of a unit of `document` may stand by now: there, then in other versions of the statute or other lists.
fn others<'i>(index: &'i Index, document: &'i str) -> Vec<&'i str> {
    let statute = index.header(document).and_then(|header| header.statute.as_ref());
    let others: Vec<&str> = match statute {
        Some(statute) => {
            index.versions(&statute.name).into_iter().rev().map(|(header, _)| header.id.as_str()).collect()
        }
        None => index
            .documents()
            .filter(|(header, _)| header.statute.is_none())
            .map(|(header, _)| header.id.as_str())
            .collect(),
    };
    std::iter::once(document).chain(others.into_iter().filter(|other| *other != document)).collect()
}

/// Identifiers and texts, a provision's circumstances behind it.
fn with_circumstances<'u>(units: impl Iterator<Item = &'u Unit>) -> impl Iterator<Item = (String, &'u str)> {
    units.flat_map(|unit| {
        let text = unit.passage.text.as_str();
        let circumstances = match &unit.detail {
            Detail::Provision { circumstances, .. } => circumstances.as_slice(),
            _ => &[],
        };
        let circumstances = (1..)
            .zip(circumstances)
            .map(|(number, span)| (format!("{}/circumstance/{number}", unit.id), span.slice(text)));
        std::iter::once((unit.id.clone(), text)).chain(circumstances)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_remembers_the_place_and_the_text() {
        let link = |id, text| Permalink::new(id, text, String::new(), &Links::relative()).url;
        let whole = link("list/duty/4", "负责档案管理");
        assert_eq!(whole, "/d/list/duty/4?v=443a65b1");
        assert_eq!(link("list/duty/4", "負責 檔案管理"), whole);
        assert_ne!(link("list/duty/4", "负责档案"), whole);
        assert!(link("list/duty/4/item/2", "保管").ends_with("-item-2#item-2"));
        let remembered = Remembered::parse("0000abcd-citation-1-article-92~2").expect("a version");
        assert_eq!((remembered.hash, remembered.anchor.as_str()), (TextHash(0xabcd), "citation-1-article-92~2"));
        for nothing in ["", "abcd", "zzzzzzzz", "12345678x", "+2345678"] {
            assert_eq!(Remembered::parse(nothing), None, "{nothing}");
        }
    }
}
