//! Character pairs and single characters, with positions.

use std::str::CharIndices;

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
pub fn letters(folded: &Folded) -> Letters<'_> {
    Letters { chars: folded.text().char_indices(), next: 0, after_letter: false }
}

/// Every pair of letters without punctuation between them.
pub fn bigrams(folded: &Folded) -> Bigrams<'_> {
    Bigrams { text: folded.text(), letters: letters(folded), previous: None }
}

/// Every single letter.
pub fn characters(folded: &Folded) -> Characters<'_> {
    Characters { text: folded.text(), letters: letters(folded) }
}

/// See [`letters`].
#[derive(Clone, Debug)]
pub struct Letters<'a> {
    chars: CharIndices<'a>,
    next: u32,
    after_letter: bool,
}

impl Iterator for Letters<'_> {
    type Item = Letter;

    fn next(&mut self) -> Option<Letter> {
        for (at, c) in self.chars.by_ref() {
            if CharClass::of(c) == CharClass::Letter {
                let position = self.next;
                self.next += 1;
                self.after_letter = true;
                return Some(Letter { c, at, position });
            }
            if std::mem::take(&mut self.after_letter) {
                self.next += 1;
            }
        }
        None
    }
}

/// See [`bigrams`].
#[derive(Clone, Debug)]
pub struct Bigrams<'a> {
    text: &'a str,
    letters: Letters<'a>,
    previous: Option<Letter>,
}

impl<'a> Iterator for Bigrams<'a> {
    type Item = Gram<'a>;

    fn next(&mut self) -> Option<Gram<'a>> {
        for letter in self.letters.by_ref() {
            if let Some(first) = self.previous.replace(letter)
                && letter.position == first.position + 1
            {
                let text = &self.text[first.at..letter.at + letter.c.len_utf8()];
                return Some(Gram { text, at: first.at, position: first.position });
            }
        }
        None
    }
}

/// See [`characters`].
#[derive(Clone, Debug)]
pub struct Characters<'a> {
    text: &'a str,
    letters: Letters<'a>,
}

impl<'a> Iterator for Characters<'a> {
    type Item = Gram<'a>;

    fn next(&mut self) -> Option<Gram<'a>> {
        let Letter { c, at, position } = self.letters.next()?;
        Some(Gram { text: &self.text[at..at + c.len_utf8()], at, position })
    }
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
