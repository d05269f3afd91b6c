//! Reading a text forward and back, over the blanks that typesetting and recognition leave between characters.
//!
//! Every look ahead and back is bounded, which is what keeps the whole extractor linear on any input.

use crate::text::CharClass;

/// So many blanks at most stand between two parts of one citation: cells of tables fill lines up with them.
const MOST_BLANKS: usize = 256;

/// Whether `c` takes no part in what a citation says: white space and characters of no width.
pub(super) fn is_blank(c: char) -> bool {
    match c {
        '\0'..='\x7f' => c.is_ascii_whitespace(),
        // Most of every text, told without a look at Unicode's tables.
        _ if is_han(c) => false,
        _ => CharClass::of(c) == CharClass::Blank,
    }
}

/// The character at `at`.
pub(super) fn char_at(text: &str, at: usize) -> Option<char> {
    text[at..].chars().next()
}

/// The character before `at`.
pub(super) fn char_before(text: &str, at: usize) -> Option<char> {
    text[..at].chars().next_back()
}

/// Where the blanks at `at` end. A second line break is no blank: it ends a paragraph, and with it a citation.
pub(super) fn skip_blanks(text: &str, at: usize) -> usize {
    let mut end = at;
    let mut breaks = 0;
    for c in text[at..].chars().take(MOST_BLANKS) {
        breaks += usize::from(c == '\n');
        if !is_blank(c) || breaks > 1 {
            break;
        }
        end += c.len_utf8();
    }
    end
}

/// Where the blanks before `at` begin.
pub(super) fn skip_blanks_back(text: &str, at: usize) -> usize {
    let blanks = text[..at].chars().rev().take(MOST_BLANKS).take_while(|&c| is_blank(c));
    at - blanks.map(char::len_utf8).sum::<usize>()
}

/// Where the character `c` ends, if it is one of `wanted` and the next one after blanks.
pub(super) fn after_any(text: &str, at: usize, wanted: &[char]) -> Option<usize> {
    let at = skip_blanks(text, at);
    let c = char_at(text, at)?;
    wanted.contains(&c).then(|| at + c.len_utf8())
}

/// `text` without its blanks.
pub(super) fn without_blanks(text: &str) -> String {
    text.chars().filter(|&c| !is_blank(c)).collect()
}

/// Whether `c` is a Han character, 〇 included.
pub(super) fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '〇' | '\u{20000}'..='\u{3ffff}')
}
