//! The cell of responsibility items.

use lawcite_core::text::{CharClass, Span};
use lawcite_core::unit::Passage;

use super::marker::Marker;

/// The items of a duty, and the ordinals before them, which are not part of their words.
pub(super) fn read_items(paragraphs: &[Passage]) -> (Vec<Passage>, Vec<Passage>) {
    let (mut items, mut ordinals) = (Vec::new(), Vec::new());
    let mut expected = 1;
    for paragraph in paragraphs {
        for span in sentences(&paragraph.text, &mut expected) {
            let item = paragraph.slice(span).trimmed();
            let ordinal = Marker::scan(&item.text).map_or(0, |marker| marker.length);
            ordinals.push(item.to(ordinal));
            let words = item.from(ordinal).trimmed();
            if !words.is_empty() {
                items.push(words);
            }
        }
    }
    (items, ordinals)
}

/// Several items in one paragraph are parted by 。 and a blank, or by the next number behind a 。 or ；.
fn sentences(text: &str, expected: &mut u32) -> Vec<Span> {
    let mut spans = Vec::new();
    let mut from = 0;
    let mut previous = None;
    let mut has_blank = false;
    for (at, c) in text.char_indices() {
        if CharClass::of(c) == CharClass::Blank {
            has_blank = true;
            continue;
        }
        let next_number =
            || Marker::scan(&text[at..]).filter(|marker| previous.is_none() || marker.number == *expected);
        let starts = match previous {
            None => true,
            Some('。') if has_blank => true,
            Some('。' | '；' | ';') => next_number().is_some(),
            _ => false,
        };
        if starts {
            if let Some(marker) = next_number() {
                *expected = marker.number + 1;
            }
            if at > from {
                spans.push(Span::new(from, at));
            }
            from = at;
        }
        previous = Some(c);
        has_blank = false;
    }
    spans.push(Span::new(from, text.len()));
    spans
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(paragraphs: &[&str]) -> Vec<String> {
        let passage = |text: &&str| Passage { text: (*text).to_owned(), pieces: Vec::new() };
        let paragraphs: Vec<Passage> = paragraphs.iter().map(passage).collect();
        read_items(&paragraphs).0.into_iter().map(|item| item.text).collect()
    }

    #[test]
    fn items_come_as_paragraphs_flat_and_numbered() {
        for (name, paragraphs, items) in [
            ("paragraphs", &["拟订规划。", "组织实施；协调解决。"][..], &["拟订规划。", "组织实施；协调解决。"][..]),
            (
                "flat",
                &["拟订规划。 组织实施；协调解决。 负责培训。"],
                &["拟订规划。", "组织实施；协调解决。", "负责培训。"],
            ),
            ("two sentences", &["拟订规划。并组织实施。"], &["拟订规划。并组织实施。"]),
            (
                "numbered",
                &["1.拟订规划；2.组织实施，3个月内完成；3.负责培训。"],
                &["拟订规划；", "组织实施，3个月内完成；", "负责培训。"],
            ),
            ("numbered paragraphs", &["（1）拟订规划", "（2）组织实施"], &["拟订规划", "组织实施"]),
        ] {
            assert_eq!(texts(paragraphs), items, "{name}");
        }
    }
}
