//! Character pairs and single characters, with positions.

use crate::text::{CharClass, Folded};

/// A letter of a folded text and its position.
///
/// Positions count letters. A run of punctuation, however long, counts as one letter: what it separates is no pair,
/// and a phrase with punctuation inside matches whatever punctuation stands there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Letter {
    /// The letter.
    pub c: char,
    /// Its first byte in the folded text.
    pub at: usize,
    /// Its position.
    pub position: u32,
}

/// A token of one or two letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gram<'a> {
    /// The letters.
    pub text: &'a str,
    /// The first byte in the folded text.
    pub at: usize,
    /// The position of its first letter.
    pub position: u32,
}

/// The letters of `folded`, in order.
pub fn letters(folded: &Folded) -> impl Iterator<Item = Letter> + '_ {
    let mut next = 0;
    let mut after_letter = false;
    folded.chars().filter_map(move |(at, c, _)| {
        if CharClass::of(c) == CharClass::Letter {
            let position = next;
            next += 1;
            after_letter = true;
            return Some(Letter { c, at, position });
        }
        if std::mem::take(&mut after_letter) {
            next += 1;
        }
        None
    })
}

/// Every pair of letters without punctuation between them.
pub fn bigrams(folded: &Folded) -> impl Iterator<Item = Gram<'_>> + '_ {
    let mut previous: Option<Letter> = None;
    letters(folded).filter_map(move |letter| {
        let first = previous.replace(letter)?;
        (letter.position == first.position + 1).then(|| Gram {
            text: &folded.text()[first.at..letter.at + letter.c.len_utf8()],
            at: first.at,
            position: first.position,
        })
    })
}

/// Every single letter.
pub fn characters(folded: &Folded) -> impl Iterator<Item = Gram<'_>> + '_ {
    letters(folded).map(|letter| Gram {
        text: &folded.text()[letter.at..letter.at + letter.c.len_utf8()],
        at: letter.at,
        position: letter.position,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_run_over_blanks_and_stop_at_punctuation() {
        const CASES: &[(&str, &str, &[(&str, u32)])] = &[
            // (what the row shows, text, pairs and their positions)
            ("pairs overlap", "社会保险", &[("社会", 0), ("会保", 1), ("保险", 2)]),
            ("a blank is nothing", "工时 工作", &[("工时", 0), ("时工", 1), ("工作", 2)]),
            ("punctuation separates, however much of it", "的。……将应", &[("将应", 2)]),
            ("Latin letters and digits pair like Han characters", "Ab1", &[("ab", 0), ("b1", 1)]),
            ("one letter is no pair", "（一）", &[]),
        ];
        for (name, text, expected) in CASES {
            let folded = Folded::new(text);
            let pairs: Vec<_> = bigrams(&folded).map(|gram| (gram.text, gram.position)).collect();
            assert_eq!(pairs, *expected, "{name}");
        }
    }
}
