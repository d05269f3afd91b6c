//! The words of articles, as they are compared with what is quoted.

use std::ops::Range;
use std::sync::Arc;

use crate::text::{CharClass, Span, fold_char, scan_numeral};

/// Where the words of statutes come from.
pub trait Texts {
    /// What can go wrong while reading.
    type Error;

    /// The articles of a document in the order printed, none if it has none. They are asked for once for every citation
    /// that quotes, so keep them.
    ///
    /// # Errors
    ///
    /// If they cannot be read.
    fn articles(&self, document: &str) -> Result<Arc<[ArticleText]>, Self::Error>;

    /// Whether a document has an article of that number (`92`, `120-1`).
    ///
    /// # Errors
    ///
    /// If that cannot be read.
    fn has_article(&self, document: &str, key: &str) -> Result<bool, Self::Error> {
        Ok(self.articles(document)?.iter().any(|article| article.key() == key))
    }
}

/// An article's words in the form in which they are compared: letters alone, folded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ArticleText {
    key: Box<str>,
    letters: Box<[char]>,
}

impl ArticleText {
    /// Takes what stands behind `article/` in its identifier (`92`, `120-1`, `92~2`) and its text.
    pub fn new(key: &str, text: &str) -> ArticleText {
        ArticleText { key: key.into(), letters: letters(text).into() }
    }

    /// What stands behind `article/` in its identifier.
    pub fn key(&self) -> &str {
        &self.key
    }

    pub(super) fn letters(&self) -> &[char] {
        &self.letters
    }

    /// Its number without 之一.
    pub(super) fn number(&self) -> i32 {
        number(&self.key)
    }
}

/// The number that a key begins with.
pub(super) fn number(key: &str) -> i32 {
    key.split(['-', '~']).next().and_then(|number| number.parse().ok()).unwrap_or(0)
}

/// The letters of a text, folded, each number one letter: 25%, ２５％ and 百分之二十五 are the same two, 1万元 and 一万元 too.
pub(super) fn letters(text: &str) -> Vec<char> {
    // A line may end inside a number.
    let text: String = text.chars().filter(|&c| CharClass::of(c) != CharClass::Blank).collect();
    let mut letters = Vec::with_capacity(text.len() / 3);
    each_letter(&text, |letter, _| letters.push(letter));
    letters
}

/// A letter as texts of law are compared, and where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ComparedLetter {
    /// Folded; a number is one letter of a private plane.
    pub letter: char,
    /// What it was printed as, blanks inside a number included: bytes of the text. The sign of a percentage, whose number stands
    /// for all of it, is empty.
    pub span: Span,
}

/// The letters by which quotations are compared, with their places: width, script, blanks, punctuation and the spelling of
/// numbers make no difference.
///
/// # Example
///
/// ```
/// # use lawcite_core::citation::resolve::compared_letters;
/// let text = "处 五万元";
/// let letters = compared_letters(text);
/// assert_eq!(letters.len(), 3);
/// assert_eq!(letters[1].span.slice(text), "五万");
/// ```
pub fn compared_letters(text: &str) -> Vec<ComparedLetter> {
    // The place of each byte of the text without blanks.
    let mut places = Vec::with_capacity(text.len());
    for (at, c) in text.char_indices().filter(|&(_, c)| CharClass::of(c) != CharClass::Blank) {
        places.extend(at..at + c.len_utf8());
    }
    let bare: String = text.chars().filter(|&c| CharClass::of(c) != CharClass::Blank).collect();
    let mut letters = Vec::with_capacity(text.len() / 3);
    each_letter(&bare, |letter, range| {
        let end = places[range.end - 1] + 1;
        let span = if letter == PERCENT { Span::new(end, end) } else { Span::new(places[range.start], end) };
        letters.push(ComparedLetter { letter, span });
    });
    letters
}

/// Calls `take` with each of the [`letters`] of a text without blanks and the bytes it stands for; both letters of a
/// percentage stand for all of it.
pub(super) fn each_letter(text: &str, mut take: impl FnMut(char, Range<usize>)) {
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        if let Some((number, length)) = scan_percentage(&text[at..]) {
            take(number, at..at + length);
            take(PERCENT, at..at + length);
            at += length;
        } else if let Some((number, length)) = scan_number(&text[at..]) {
            take(number, at..at + length);
            at += length;
        } else {
            let end = at + c.len_utf8();
            if CharClass::of(c) == CharClass::Letter {
                take(fold_char(c), at..end);
            }
            at = end;
        }
    }
}

const PERCENT: char = '%';
/// Numbers are letters of this private plane; large ones share them.
const NUMBERS: Range<u32> = 0xf_0000..0xf_fffd;

/// Whether a letter of [`letters`] is a number.
pub(super) fn is_number(letter: char) -> bool {
    NUMBERS.contains(&u32::from(letter))
}

/// Whether a letter of [`letters`] says what a number before it counts.
pub(super) fn is_unit(letter: char) -> bool {
    const UNITS: &[char] = &['元', '日', '天', '月', '年', '周', '岁', '倍', '人', '名', '次', '米', '吨', PERCENT];
    UNITS.contains(&letter)
}

fn scan_number(text: &str) -> Option<(char, usize)> {
    let numeral = scan_numeral(text)?;
    let rest = &text[numeral.len..];
    // 1万元 is 一万元.
    let large = [('万', 10_000_u64), ('亿', 100_000_000)].into_iter().find(|(word, _)| rest.starts_with(*word));
    let (factor, length) = large.map_or((1, 0), |(word, factor)| (factor, word.len_utf8()));
    let value = u64::from(numeral.value) * factor % u64::from(NUMBERS.end - NUMBERS.start);
    let letter = u32::try_from(value).ok().and_then(|value| char::from_u32(NUMBERS.start + value))?;
    Some((letter, numeral.len + length))
}

fn scan_percentage(text: &str) -> Option<(char, usize)> {
    const WORD: &str = "百分之";
    if let Some(rest) = text.strip_prefix(WORD) {
        return scan_number(rest).map(|(number, length)| (number, WORD.len() + length));
    }
    let (number, length) = scan_number(text)?;
    let sign = text[length..].chars().next().filter(|c| matches!(c, '%' | '％'))?;
    Some((number, length + sign.len_utf8()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_that_do_not_matter_have_the_same_letters() {
        for (a, b, same) in [
            ("洩露ＡＢ資料。", "泄露ab资料", true),
            ("处一万元以上二十万元以下罚款", "处1万元以上20 万元以下罚款", true),
            ("五\n十万元", "五十万元", true),
            ("百分之二十五", "２５％", true),
            ("十五日内", "15日内", true),
            ("一百零二条", "102条", true),
            ("五千元", "五百元", false),
            ("25元", "25%", false),
        ] {
            assert_eq!(letters(a) == letters(b), same, "{a} {b}");
        }
        assert_eq!(letters("不一般").len(), 3);
        assert_eq!(letters("99999999万元").len(), 2);
    }
}
