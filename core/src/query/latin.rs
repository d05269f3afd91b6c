//! Words in Latin letters: English by the glossary and the dictionary, or Chinese by its sound.

use super::english::{derivations, inflections, is_function_word};
use super::intent::only_shapes_the_question;
use super::interpretation::{Alternative, Concept, Origin, Sought};
use super::understand::{LEXICON_WEIGHT, SHAPING_WEIGHT, Understanding, Vocabulary};
use crate::analyzer::Word;
use crate::lexicon::{EnglishMatch, EntryOrigin};

/// A general dictionary's words are less likely to be the law's.
const DICTIONARY_WEIGHT: f32 = 0.75;
/// How long, how often: what is asked for, and seldom in these words in the answer.
const ASKING_WEIGHT: f32 = 0.5;

impl<'v, V: Vocabulary> Understanding<'v, V> {
    /// The concepts of a run of Latin words.
    pub(super) fn latin(&mut self, words: &[Word]) {
        if self.expand && self.by_sound(words) {
            return;
        }
        let forms: Vec<Vec<String>> = words.iter().map(|word| inflections(&word.text)).collect();
        let mut at = 0;
        while at < words.len() {
            let found = if self.expand { self.english(&words[at..], &forms[at..]) } else { None };
            let count = found.as_ref().map_or(1, |found| found.words);
            if found.is_some() || !is_function_word(&words[at].text) {
                let typed = &words[at..at + count];
                let shapes = count == 1 && forms[at].iter().any(|form| only_shapes_the_question(form));
                self.english_concept(typed, shapes, found);
            }
            at += count;
        }
    }

    fn english_concept(&mut self, typed: &[Word], shapes: bool, found: Option<EnglishMatch<'_>>) {
        let from = joined(typed, " ");
        let mut weight = match typed {
            _ if shapes => SHAPING_WEIGHT,
            [how, _, ..] if how.text == "how" => ASKING_WEIGHT,
            _ => 1.0,
        };
        let mut alternatives = Vec::new();
        for entry in found.into_iter().flat_map(|found| found.entries) {
            let general = entry.origin == EntryOrigin::Dictionary;
            let weight = if general { DICTIONARY_WEIGHT } else { LEXICON_WEIGHT };
            self.add(&mut alternatives, &entry.alternatives, Origin::English, weight);
        }
        self.add_heads(&mut alternatives);
        if alternatives.is_empty() {
            // A word that neither the lexicon nor, most likely, the documents know says little.
            weight *= if self.vocabulary.occurs(&from) { 1.0 } else { SHAPING_WEIGHT };
            let sought = Sought::Letters(from.clone());
            alternatives.push(Alternative { sought, origin: Origin::Typed, weight: 1.0 });
        }
        self.concepts.push(Concept { from, weight, alternatives });
    }

    /// The longest term that the words begin with: as they are or inflected, and only where that gives none, derived from
    /// a word that the lexicon knows.
    fn english(&self, words: &[Word], forms: &[Vec<String>]) -> Option<EnglishMatch<'v>> {
        let vocabulary: &'v V = self.vocabulary;
        let lexicon = vocabulary.lexicon();
        let inflected = lexicon.english(forms, is_term);
        if inflected.is_some() || is_function_word(&words[0].text) {
            return inflected;
        }
        lexicon.english(&[derivations(&words[0].text)], is_term)
    }

    /// Takes the words for Chinese by its sound, all of them together, if they can be.
    fn by_sound(&mut self, words: &[Word]) -> bool {
        let glossary = |at: usize| {
            let forms: Vec<Vec<String>> = words[at..].iter().map(|word| inflections(&word.text)).collect();
            self.vocabulary.lexicon().english(&forms, |_| false).is_some()
        };
        // Some syllables are English words too (she, guiding), so one word that is none is enough to try.
        if (0..words.len()).all(|at| is_function_word(&words[at].text) || glossary(at)) {
            return false;
        }
        let meant = self.vocabulary.sounding_like(&joined(words, ""));
        let mut alternatives = Vec::new();
        self.add(&mut alternatives, &meant, Origin::Pinyin, LEXICON_WEIGHT);
        if alternatives.is_empty() {
            return false;
        }
        self.pinyin = true;
        self.concepts.push(Concept { from: joined(words, " "), weight: 1.0, alternatives });
        true
    }
}

fn joined(words: &[Word], between: &str) -> String {
    words.iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(between)
}

/// Whether a phrase of the dictionary is a term: one that begins or ends with a word without content of its own (as well,
/// have to) is a turn of speech.
fn is_term(phrase: &str) -> bool {
    let mut words = phrase.split(' ');
    let first = words.next().unwrap_or_default();
    let last = words.next_back().unwrap_or(first);
    !is_function_word(first) && !is_function_word(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn turns_of_speech_are_no_terms() {
        for (phrase, expected) in
            [("working day", true), ("as well", false), ("have to", false), ("right of way", true)]
        {
            assert_eq!(is_term(phrase), expected, "{phrase}");
        }
    }
}
