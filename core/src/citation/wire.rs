//! A mention as programs outside see it: positions in characters and in UTF-16.

use serde::Serialize;

use super::resolve::Resolution;
use super::{Mention, MentionKind, PartPath, Promulgation, ProvisionPath};

/// A mention as `lawcite cite --json` and `POST /citations/extract` give it.
///
/// Its positions count in characters and UTF-16 units of the text, from 0, the end exclusive; a [`Mention`]'s count bytes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct WireMention {
    /// The first character.
    pub start: usize,
    /// The character after the last one.
    pub end: usize,
    /// The first UTF-16 unit.
    pub utf16_start: usize,
    /// The UTF-16 unit after the last one.
    pub utf16_end: usize,
    /// Its words.
    pub text: String,
    /// How it cites.
    pub kind: MentionKind,
    /// The statute meant.
    pub statute: Option<String>,
    /// An order or document number.
    pub number: Option<String>,
    /// What the parenthesis says.
    pub promulgation: Option<Promulgation>,
    /// The places cited.
    pub provisions: Vec<WirePlace>,
    /// Its one spelling.
    pub canonical: Option<String>,
    /// What it means in an index, `null` where it was not looked up.
    pub resolution: Option<Resolution>,
}

impl WireMention {
    /// The mentions of `text`, in their order, which must be that of their starts. Takes one pass over the text.
    ///
    /// # Panics
    ///
    /// If a mention was not found in `text`, or they are not in order.
    pub fn all(text: &str, mentions: &[Mention]) -> Vec<WireMention> {
        let mut place = Place::default();
        mentions.iter().map(|mention| WireMention::after(&mut place, text, mention)).collect()
    }

    /// One mention of `text`. For several use [`WireMention::all`], which counts the characters before them only once.
    ///
    /// # Panics
    ///
    /// If it was not found in `text`.
    pub fn new(text: &str, mention: &Mention) -> WireMention {
        WireMention::after(&mut Place::default(), text, mention)
    }

    fn after(place: &mut Place, text: &str, mention: &Mention) -> WireMention {
        place.move_to(text, mention.span.start as usize);
        let start = *place;
        place.move_to(text, mention.span.end as usize);
        WireMention {
            start: start.chars,
            end: place.chars,
            utf16_start: start.utf16,
            utf16_end: place.utf16,
            text: mention.text(text).to_owned(),
            kind: mention.kind,
            statute: mention.statute.clone(),
            number: mention.number.clone(),
            promulgation: mention.promulgation.clone(),
            provisions: WirePlace::all(mention),
            canonical: mention.canonical(),
            resolution: None,
        }
    }
}

/// A place in a statute as programs outside see it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct WirePlace {
    /// 条; `None` for a part of an article that the mention does not name, as in 前款第（一）项.
    pub article: Option<u16>,
    /// 之一.
    pub suffix: Option<u16>,
    /// 款.
    pub paragraph: Option<u16>,
    /// 项.
    pub item: Option<u16>,
    /// 目.
    pub subitem: Option<u16>,
}

impl WirePlace {
    fn all(mention: &Mention) -> Vec<WirePlace> {
        let cited = mention.provisions.iter().map(|provision| WirePlace::from(provision.path));
        cited.chain(mention.parts.iter().map(|&part| WirePlace::from(part))).collect()
    }
}

impl From<ProvisionPath> for WirePlace {
    fn from(path: ProvisionPath) -> WirePlace {
        let ProvisionPath { article, suffix, paragraph, item, subitem } = path;
        WirePlace { article: Some(article), suffix, paragraph, item, subitem }
    }
}

impl From<PartPath> for WirePlace {
    fn from(part: PartPath) -> WirePlace {
        let PartPath { paragraph, item, subitem } = part;
        WirePlace { article: None, suffix: None, paragraph, item, subitem }
    }
}

/// One place of a text in every unit.
#[derive(Clone, Copy, Debug, Default)]
struct Place {
    byte: usize,
    chars: usize,
    utf16: usize,
}

impl Place {
    fn move_to(&mut self, text: &str, byte: usize) {
        for c in text[self.byte..byte].chars() {
            self.chars += 1;
            self.utf16 += c.len_utf16();
        }
        self.byte = byte;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::citation::{NameIndex, find_mentions};

    #[test]
    fn positions_count_characters_and_utf16_units() {
        let text = "😀按照《劳动法》第三条和😀《社会保险法》";
        let wire = WireMention::all(text, &find_mentions(text, &NameIndex::empty()));
        let places: Vec<_> = wire.iter().map(|one| (one.start, one.end, one.utf16_start, one.utf16_end)).collect();
        assert_eq!(places, [(3, 11, 4, 12), (13, 20, 15, 22)]);
        for one in &wire {
            let words: String = text.chars().skip(one.start).take(one.end - one.start).collect();
            assert_eq!(words, one.text);
        }
    }

    #[test]
    fn a_part_of_an_article_that_is_not_named_has_none() {
        let text = "有前款第（三）项行为";
        let wire = WireMention::all(text, &find_mentions(text, &NameIndex::empty()));
        let place = WirePlace { article: None, suffix: None, paragraph: None, item: Some(3), subitem: None };
        assert_eq!(wire[0].provisions, [place]);
    }

    #[test]
    fn a_mention_is_the_object_of_the_contract() {
        let text = "依据《中华人民共和国社会保险法》第九十二条";
        let mentions = find_mentions(text, &NameIndex::empty());
        insta::assert_json_snapshot!(WireMention::new(text, &mentions[0]), @r#"
        {
          "start": 2,
          "end": 21,
          "utf16_start": 2,
          "utf16_end": 21,
          "text": "《中华人民共和国社会保险法》第九十二条",
          "kind": "named",
          "statute": "社会保险法",
          "number": null,
          "promulgation": null,
          "provisions": [
            {
              "article": 92,
              "suffix": null,
              "paragraph": null,
              "item": null,
              "subitem": null
            }
          ],
          "canonical": "《社会保险法》第九十二条",
          "resolution": null
        }
        "#);
    }
}
