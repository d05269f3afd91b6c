//! Words, by jieba.

use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, Mutex};

use jieba_rs::Jieba;
use once_cell::sync::Lazy;
use xxhash_rust::xxh3::xxh3_64;

use super::{Number, numbers};
use crate::text::{CharClass, Folded, fold_char};

/// Counts changes of the code that makes tokens. An index built with another one is refused.
pub const ANALYZER_VERSION: u32 = 1;

/// Names an analyzer: the version of its code and the dictionary it was given.
#[derive(Clone, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub struct Fingerprint(String);

impl Fingerprint {
    /// The analyzer that this code makes with `dictionary`.
    pub fn of(dictionary: &str) -> Fingerprint {
        Fingerprint(format!("{ANALYZER_VERSION}-{:016x}", xxh3_64(dictionary.as_bytes())))
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A line of the segmentation dictionary that is not `word`, `word frequency` or `word frequency tag`.
#[derive(Debug, thiserror::Error)]
#[error("the segmentation dictionary is not one: {0}")]
pub struct DictionaryError(#[from] jieba_rs::Error);

/// A word of a folded text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// The word, or a canonical number.
    pub text: String,
    /// Its first byte in the folded text.
    pub start: usize,
    /// The byte after its last.
    pub end: usize,
}

/// How much a word says by itself, by the part of speech that jieba's dictionary gives it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WordClass {
    /// Nouns, names and set phrases: what a text is about.
    Topic,
    /// Verbs and adjectives: what is said of it.
    Statement,
    /// Numerals, measures, adverbs, pronouns, particles.
    Filler,
}

impl WordClass {
    /// The class for a tag of the PKU set that jieba uses.
    fn of(tag: &str) -> WordClass {
        match tag {
            "vn" | "an" | "eng" | "x" | "" => WordClass::Topic,
            _ => match tag.as_bytes()[0] {
                b'n' | b'i' | b'l' | b'j' | b'g' | b's' => WordClass::Topic,
                b'v' | b'a' | b'b' | b'z' => WordClass::Statement,
                _ => WordClass::Filler,
            },
        }
    }
}

/// Segments Chinese legal text.
pub struct LegalAnalyzer {
    jieba: Jieba,
    fingerprint: Fingerprint,
}

/// One analyzer for each dictionary that this process has met, shared by all that use it: loading one takes a tenth of a
/// second and fifty megabytes.
static SHARED: Lazy<Mutex<HashMap<Fingerprint, Arc<LegalAnalyzer>>>> = Lazy::new(Mutex::default);

impl LegalAnalyzer {
    /// The analyzer for jieba's dictionary with the words of `dictionary` added (a line each: `word [frequency [tag]]`).
    ///
    /// # Errors
    ///
    /// If a line of `dictionary` has a frequency that is no number.
    pub fn shared(dictionary: &str) -> Result<Arc<LegalAnalyzer>, DictionaryError> {
        let fingerprint = Fingerprint::of(dictionary);
        let mut shared = SHARED.lock().expect("nobody panics while holding it");
        if let Some(analyzer) = shared.get(&fingerprint) {
            return Ok(Arc::clone(analyzer));
        }
        let mut jieba = Jieba::new();
        if !dictionary.is_empty() {
            let folded: String = dictionary.chars().map(fold_char).collect();
            jieba.load_dict(&mut folded.as_bytes())?;
        }
        let analyzer = Arc::new(LegalAnalyzer { jieba, fingerprint: fingerprint.clone() });
        shared.insert(fingerprint, Arc::clone(&analyzer));
        Ok(analyzer)
    }

    /// Its name.
    pub fn fingerprint(&self) -> &Fingerprint {
        &self.fingerprint
    }

    /// Calls `each` with the words to index, in order: those that the text is cut into, each after the dictionary words
    /// inside it of two or more characters, and canonical numbers.
    pub fn each_word(&self, folded: &Folded, each: &mut impl FnMut(&str)) {
        self.each_run(folded, &mut |run, _| match run {
            Run::Number(number) => each(&number.token),
            Run::Text(text) => {
                for token in self.jieba.cut(text, false) {
                    if token.end - token.start > 2 {
                        let inside = self.jieba.cut_all(token.word).into_iter();
                        inside
                            .filter(|inner| inner.end - inner.start > 1 && inner.word.len() < token.word.len())
                            .for_each(|inner| each(inner.word));
                    }
                    each(token.word);
                }
            }
        });
    }

    /// The words that `folded` is cut into, each letter in one: how a question is read.
    pub fn cut(&self, folded: &Folded) -> Vec<Word> {
        self.cut_classed(folded).into_iter().map(|(word, _)| word).collect()
    }

    /// The words that `folded` is cut into, with how much each says by itself.
    pub fn cut_classed(&self, folded: &Folded) -> Vec<(Word, WordClass)> {
        let mut words = Vec::new();
        self.each_run(folded, &mut |run, offset| match run {
            Run::Number(Number { token, start, end }) => {
                words.push((Word { text: token.clone(), start: *start, end: *end }, WordClass::Topic));
            }
            Run::Text(text) => words.extend(
                self.jieba
                    .tag(text, false)
                    .into_iter()
                    .map(|tag| (word(tag.word, offset + tag.byte_start), WordClass::of(tag.tag))),
            ),
        });
        words
    }

    /// Whether the dictionary has `word` (folded).
    pub fn knows(&self, word: &str) -> bool {
        self.jieba.has_word(word)
    }

    /// Calls `each` with every canonical number and every run of letters between blanks, punctuation and numbers.
    fn each_run(&self, folded: &Folded, each: &mut impl FnMut(Run<'_>, usize)) {
        let text = folded.text();
        let mut numbers = numbers(folded).into_iter().peekable();
        let mut run: Option<usize> = None;
        let mut after: Option<(char, u32)> = None; // the letter before, and where it ends in the original
        for (at, c, place) in folded.chars() {
            // A number's own letters are passed over. It may begin with a bracket.
            if numbers.peek().is_some_and(|number| number.end <= at) {
                numbers.next();
            }
            let number = numbers.peek().filter(|number| number.start <= at);
            let letter = CharClass::of(c) == CharClass::Letter && number.is_none();
            // Blanks separate Latin words and numbers, and nothing else.
            let apart = after.is_some_and(|(before, end)| before.is_ascii() && c.is_ascii() && end != place.start);
            if let Some(start) = run.filter(|_| !letter || apart) {
                each(Run::Text(&text[start..at]), start);
                run = None;
            }
            if let Some(number) = number.filter(|number| number.start == at) {
                each(Run::Number(number), at);
            }
            if letter && run.is_none() {
                run = Some(at);
            }
            after = letter.then_some((c, place.end));
        }
        if let Some(start) = run {
            each(Run::Text(&text[start..]), start);
        }
    }
}

enum Run<'a> {
    Number(&'a Number),
    Text(&'a str),
}

fn word(text: &str, start: usize) -> Word {
    Word { text: text.to_owned(), start, end: start + text.len() }
}

impl fmt::Debug for LegalAnalyzer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LegalAnalyzer").field("fingerprint", &self.fingerprint).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn analyzer() -> Arc<LegalAnalyzer> {
        LegalAnalyzer::shared("安全生产 1000\n社会保险费 1000\n追责情形 1000\n").expect("a dictionary")
    }

    fn cut(text: &str) -> Vec<String> {
        analyzer().cut(&Folded::new(text)).into_iter().map(|word| word.text).collect()
    }

    #[test]
    fn a_question_is_cut_into_words_and_numbers() {
        const CASES: &[(&str, &str, &[&str])] = &[
            ("a term of art stays whole", "安全生产追责情形", &["安全生产", "追责情形"]),
            ("an ordinal is one token", "社会保险费第十二条", &["社会保险费", "第12条"]),
            ("a document's number takes its bracket along", "鲁人发[2002]26号。", &["鲁", "人", "发", "〔2002〕26号"]),
            ("punctuation and blanks are in no word", "泄露， 信息", &["泄露", "信息"]),
            ("Latin words are kept apart by blanks", "social insurance费", &["social", "insurance", "费"]),
            ("script and width are folded first", "社會保險費ＡＢ", &["社会保险费", "ab"]),
        ];
        for (name, text, expected) in CASES {
            assert_eq!(cut(text), *expected, "{name}");
        }
    }

    #[test]
    fn words_inside_words_are_indexed_too() {
        let mut words = Vec::new();
        analyzer().each_word(&Folded::new("社会保险费"), &mut |word| words.push(word.to_owned()));
        for word in ["社会", "社会保险", "保险", "社会保险费"] {
            assert!(words.iter().any(|found| found == word), "{word} in {words:?}");
        }
    }

    #[test]
    fn one_dictionary_is_one_analyzer() {
        assert!(Arc::ptr_eq(&analyzer(), &analyzer()));
        assert!(LegalAnalyzer::shared("词 many").is_err());
    }

    proptest! {
        #[test]
        fn words_move_forward_and_slice_the_folded_text(text in "[社会保险第九十二条〔〕0-9a-c 。号款]{0,40}|\\PC{0,30}") {
            let folded = Folded::new(&text);
            let mut end = 0;
            for word in analyzer().cut(&folded) {
                prop_assert!(word.start >= end && word.end <= folded.text().len());
                prop_assert!(folded.text().is_char_boundary(word.start) && folded.text().is_char_boundary(word.end));
                end = word.end;
            }
        }
    }
}
