//! Which words of a quotation stand in an article, to be shown beside each other.

use super::texts::each_letter;
use crate::text::{Folded, Span};

/// Shorter stretches stand in nearly every article by chance.
const SHORTEST: usize = 2;
/// Longer quotations are compared by their beginning, longer articles too.
const LONGEST_QUOTE: usize = 1_000;
const LONGEST_ARTICLE: usize = 20_000;

/// What a quotation and an article do and do not have in common. Order, punctuation, width, script and the spelling of
/// numbers do not count.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Difference {
    /// The words of the quotation that do not stand in the article, in order; bytes of the quotation.
    pub only_quoted: Vec<Span>,
    /// The words of the article that are quoted, in order; bytes of the article.
    pub quoted: Vec<Span>,
}

/// A letter, or a number, and the bytes of the printed text that it stands for.
type Letter = (char, Span);

impl Difference {
    /// Compares printed words with an article's.
    pub fn between(quotation: &str, article: &str) -> Difference {
        let (quote, text) = (letters(quotation, LONGEST_QUOTE), letters(article, LONGEST_ARTICLE));
        let mut difference = Difference::default();
        let mut at = 0;
        while at < quote.len() {
            let (start, length) = longest(&quote[at..], &text);
            if length < SHORTEST {
                join(&mut difference.only_quoted, quote[at].1);
                at += 1;
                continue;
            }
            difference.quoted.push(Span::new(text[start].1.range().start, text[start + length - 1].1.range().end));
            at += length;
        }
        let mut found = std::mem::take(&mut difference.quoted);
        found.sort_unstable_by_key(|span| (span.start, span.end));
        found.into_iter().for_each(|span| join(&mut difference.quoted, span));
        difference
    }
}

fn letters(printed: &str, most: usize) -> Vec<Letter> {
    let folded = Folded::new(printed);
    let mut letters = Vec::new();
    each_letter(folded.text(), |letter, range| letters.push((letter, folded.original(range.start, range.end))));
    letters.truncate(most);
    letters
}

/// The first of the longest stretches of `text` that `quote` begins with: where it begins and how long it is.
fn longest(quote: &[Letter], text: &[Letter]) -> (usize, usize) {
    let common = |start: usize| quote.iter().zip(&text[start..]).take_while(|(a, b)| a.0 == b.0).count();
    let mut best = (0, 0);
    for start in 0..text.len() {
        let length = common(start);
        if length > best.1 {
            best = (start, length);
        }
    }
    best
}

/// Adds a span behind others; what touches or overlaps is one.
fn join(spans: &mut Vec<Span>, next: Span) {
    match spans.last_mut() {
        Some(last) if next.start <= last.end => last.end = last.end.max(next.end),
        _ => spans.push(next),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn marked(text: &str, spans: &[Span]) -> String {
        let mut shown = String::new();
        let mut at = 0;
        for span in spans {
            let range = span.range();
            shown += &format!("{}[{}]", &text[at..range.start], &text[range.clone()]);
            at = range.end;
        }
        shown + &text[at..]
    }

    #[test]
    fn the_words_of_both_are_told_apart() {
        for (name, quotation, article, quoted, in_article) in [
            ("all of it", "泄露信息的", "工作人员泄露信息的，给予处分", "泄露信息的", "工作人员[泄露信息的]，给予处分"),
            ("a word more", "泄露或者出卖信息的", "泄露信息的", "泄露[或者出卖]信息的", "[泄露信息的]"),
            (
                "another order",
                "玩忽职守、滥用职权的",
                "滥用职权、玩忽职守的",
                "玩忽职守、滥用职权[的]",
                "[滥用职权]、[玩忽职守]的",
            ),
            ("a figure", "处五百元罚款", "处一千元罚款", "[处五百]元罚款", "处一千[元罚款]"),
            ("the same figure", "处1000元罚款", "处一千元罚款", "处1000元罚款", "[处一千元罚款]"),
            ("width and script", "洩露Ａ資料", "泄露a资料", "洩露Ａ資料", "[泄露a资料]"),
            ("nothing in common", "甲乙", "丙丁", "[甲乙]", "丙丁"),
            ("nothing at all", "", "", "", ""),
        ] {
            let difference = Difference::between(quotation, article);
            assert_eq!(marked(quotation, &difference.only_quoted), quoted, "{name}");
            assert_eq!(marked(article, &difference.quoted), in_article, "{name}");
        }
    }

    proptest! {
        #[test]
        fn spans_are_in_order_and_inside(quotation in "\\PC{0,40}|[一百25%元的泄露 ]{0,30}", article in "\\PC{0,60}|[一百25%元的泄露 ]{0,40}") {
            let Difference { only_quoted, quoted } = Difference::between(&quotation, &article);
            for (text, spans) in [(&quotation, only_quoted), (&article, quoted)] {
                prop_assert!(spans.windows(2).all(|pair| pair[0].end < pair[1].start));
                spans.iter().for_each(|span| assert!(!span.slice(text).is_empty()));
            }
        }
    }
}
