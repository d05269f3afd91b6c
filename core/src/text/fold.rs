//! The normal form of text: width, case and script folded, blanks dropped.
//!
//! Folding goes character by character and many to one, by the same function for what is indexed and for what is asked:
//! Ａ, a and A are one letter, 險 and 险 one character, （ and ( one bracket. A [`Folded`] text keeps the way back to the
//! original bytes, so that what is found in it can be marked in what was printed.

use once_cell::sync::Lazy;

use super::Span;

/// What a character is to search: words are made of [`CharClass::Letter`]s and nothing else is indexed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CharClass {
    /// A letter, a digit or a Han character.
    Letter,
    /// White space and characters of no width. The folded text has none.
    Blank,
    /// Everything else.
    Punctuation,
}

impl CharClass {
    /// The class of a character, folded or not.
    pub fn of(c: char) -> CharClass {
        // Nearly all there is; the table is for the rest.
        if ('\u{4e00}'..='\u{9fff}').contains(&c) {
            return CharClass::Letter;
        }
        basic(c).map_or_else(|| class_of(c), |place| PLANE.classes[place])
    }
}

/// The normal form of one character: narrow, lower-case, simplified. It is its own normal form.
pub fn fold_char(c: char) -> char {
    basic(c).map_or_else(|| lower(c), |place| PLANE.folded[place])
}

/// The basic plane, which holds nearly all that is ever written, looked up once: the tables of Unicode are searched.
struct Plane {
    classes: Box<[CharClass]>,
    folded: Box<[char]>,
}

const BASIC: u32 = 0x10000;

static PLANE: Lazy<Plane> = Lazy::new(|| {
    let all = || (0..BASIC).map(|c| char::from_u32(c).unwrap_or(char::REPLACEMENT_CHARACTER)); // surrogates are no characters
    Plane { classes: all().map(class_of).collect(), folded: all().map(normal_form).collect() }
});

/// The place of a character in the tables of the basic plane.
fn basic(c: char) -> Option<usize> {
    (u32::from(c) < BASIC).then_some(c as usize)
}

fn class_of(c: char) -> CharClass {
    if c.is_whitespace()
        || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
    {
        CharClass::Blank
    } else if c.is_alphanumeric() {
        CharClass::Letter
    } else {
        CharClass::Punctuation
    }
}

fn normal_form(c: char) -> char {
    match c {
        // One character at a time: no context, so that equal characters fold alike everywhere.
        '\u{3400}'..='\u{9fff}' => fast2s::convert(c.encode_utf8(&mut [0; 4])).chars().next().unwrap_or(c),
        '\u{ff01}'..='\u{ff5e}' => lower(char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c)),
        '〇' | '○' | '◯' => '〇', // U+25CB and U+25EF stand for 〇 in typed dates and numbers
        _ => lower(c),
    }
}

fn lower(c: char) -> char {
    let mut lower = c.to_lowercase();
    match (lower.next(), lower.next()) {
        (Some(one), None) => one,
        _ => c,
    }
}

#[derive(Clone, Copy, Debug)]
struct Place {
    folded: u32,
    original: Span,
}

/// A text in its normal form, without blanks, and the way back.
#[derive(Clone, Debug, Default)]
pub struct Folded {
    text: String,
    places: Vec<Place>,
}

impl Folded {
    /// Folds `original`.
    pub fn new(original: &str) -> Folded {
        let mut text = String::with_capacity(original.len());
        let mut places = Vec::with_capacity(original.len() / 2);
        for (start, c) in original.char_indices() {
            if CharClass::of(c) == CharClass::Blank {
                continue;
            }
            places
                .push(Place { folded: Span::new(0, text.len()).end, original: Span::new(start, start + c.len_utf8()) });
            text.push(fold_char(c));
        }
        Folded { text, places }
    }

    /// The folded text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// How many characters the folded text has.
    pub fn char_count(&self) -> usize {
        self.places.len()
    }

    /// The stretch of the original that the bytes `start..end` of the folded text stand for, without the blanks around it.
    ///
    /// # Panics
    ///
    /// If `start..end` is empty or not in the folded text.
    pub fn original(&self, start: usize, end: usize) -> Span {
        assert!(start < end && end <= self.text.len(), "bytes {start}..{end} are not in the folded text");
        let char_at = |byte: usize| self.places.partition_point(|place| place.folded as usize <= byte) - 1;
        Span { start: self.places[char_at(start)].original.start, end: self.places[char_at(end - 1)].original.end }
    }

    /// The characters with the bytes of the folded text where they start, and their places in the original.
    pub fn chars(&self) -> impl Iterator<Item = (usize, char, Span)> + '_ {
        self.places.iter().zip(self.text.chars()).map(|(place, c)| (place.folded as usize, c, place.original))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn width_case_and_script_fold_by_character() {
        for (name, text, folded) in [
            ("script", "社會保險費徵繳", "社会保险费征缴"),
            ("script, without context", "乾淨 計畫", "干净计画"),
            ("width", "（ＡＢ１）", "(ab1)"),
            ("case", "WWW.Sdggcyfw.Com", "www.sdggcyfw.com"),
            ("blanks go", "国务院令 第\u{3000}423 号", "国务院令第423号"),
            ("simplified text stays", "泄露用人单位和个人信息的", "泄露用人单位和个人信息的"),
        ] {
            assert_eq!(Folded::new(text).text(), folded, "{name}");
        }
    }

    #[test]
    fn every_han_character_is_a_letter() {
        assert!(('\u{4e00}'..='\u{9fff}').all(char::is_alphanumeric));
    }

    #[test]
    fn a_folded_stretch_leads_back_to_the_printed_one() {
        let printed = "按 （國務院令 第423號） 执行";
        let folded = Folded::new(printed);
        let start = folded.text().find("令第").expect("it is there");
        assert_eq!(folded.original(start, start + "令第".len()).slice(printed), "令 第");
    }

    proptest! {
        #[test]
        fn folding_twice_is_folding_once(text in "\\PC*") {
            let once = Folded::new(&text);
            let twice = Folded::new(once.text());
            prop_assert_eq!(twice.text(), once.text());
        }

        #[test]
        fn every_folded_character_stands_for_its_original(text in "\\PC*") {
            let folded = Folded::new(&text);
            for (at, c, span) in folded.chars() {
                let original = span.slice(&text).chars().next().expect("a span covers its character");
                prop_assert_eq!(fold_char(original), c);
                prop_assert_eq!(folded.original(at, at + c.len_utf8()), span);
            }
        }
    }
}
