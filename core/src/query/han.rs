//! Chinese words of a query as concepts, with the lexicon's words for them and with slips mended.

use super::function_words::{is_asking_word, is_function_word};
use super::intent::only_shapes_the_question;
use super::interpretation::{Alternative, Concept, Origin, Sought};
use super::look_alikes::looking_like;
use super::understand::{LEXICON_WEIGHT, SHAPING_WEIGHT, Understanding, Vocabulary, is_latin, letters_of};
use crate::analyzer::{Word, WordClass};
use crate::lexicon::EntryOrigin;
use crate::text::Folded;

/// A verb says less of what a text is about than a noun; a numeral or an adverb hardly anything.
const STATEMENT_WEIGHT: f32 = 0.7;
const FILLER_WEIGHT: f32 = 0.3;
/// A single letter says little.
const SINGLE_LETTER_WEIGHT: f32 = 0.6;
/// How many words a slip is looked for in.
const LONGEST_SLIP: usize = 4;

impl<'v, V: Vocabulary> Understanding<'v, V> {
    /// One concept of Chinese words, and how many of `words` it took.
    pub(super) fn han(&mut self, folded: &Folded, original: &str, words: &[Word], classes: &[WordClass]) -> usize {
        let first = &words[0];
        if first.text.len() > first.end - first.start || first.text.starts_with('〔') || is_number(&first.text) {
            let number = Alternative { sought: Sought::Number(first.text.clone()), origin: Origin::Typed, weight: 1.0 };
            let from = folded.original(first.start, first.end).slice(original).to_owned();
            self.concepts.push(Concept { from, weight: 1.0, alternatives: vec![number] });
            return 1;
        }
        let entries = self.entries(folded, words);
        let mut count = entries.first().map_or(1, |&(count, ..)| count);
        if entries.is_empty() {
            if is_asking_word(&first.text) {
                self.asking.push(folded.original(first.start, first.end));
            }
            if is_function_word(&first.text) {
                return 1;
            }
            if let Some(misspelt) = self.misspelt(folded, original, words) {
                return misspelt;
            }
            // Letters that the dictionary does not join are one unknown word, up to one that the lexicon knows.
            let joined = |at: usize| {
                let (before, next) = (&words[at - 1], &words[at]);
                is_single(next)
                    && !is_function_word(&next.text)
                    && before.end == next.start
                    && self.entries(folded, &words[at..]).is_empty()
            };
            if is_single(first) {
                count += (1..words.len()).take_while(|&at| joined(at)).count();
            }
        }
        let end = words[count - 1].end;
        let typed = letters_of(&folded.text()[first.start..end]);
        let span = folded.original(first.start, end);
        let from = span.slice(original).to_owned();
        let simplified = typed == letters_of(&from.chars().map(lower_char).collect::<String>());
        let origin = if simplified { Origin::Typed } else { Origin::Traditional };
        let mut weight = match classes[0] {
            _ if only_shapes_the_question(&typed) => SHAPING_WEIGHT,
            WordClass::Topic => 1.0,
            _ if count > 1 || !entries.is_empty() => 1.0,
            WordClass::Statement => STATEMENT_WEIGHT,
            WordClass::Filler => FILLER_WEIGHT,
        };
        if typed.chars().count() == 1 {
            weight *= SINGLE_LETTER_WEIGHT;
        }
        let mut alternatives = vec![Alternative { sought: Sought::Letters(typed.clone()), origin, weight: 1.0 }];
        for (_, entry_origin, terms) in entries.iter().filter(|entry| entry.0 == count) {
            let origin = if *entry_origin == EntryOrigin::Lay { Origin::Lay } else { Origin::Alias };
            self.add(&mut alternatives, *terms, origin, LEXICON_WEIGHT);
        }
        if !self.vocabulary.occurs(&typed) {
            self.add_heads(&mut alternatives);
        }
        self.concepts.push(Concept { from, weight, alternatives });
        count
    }

    /// The lexicon's entries for the terms that `words` begins with, longest first, with the number of words they take.
    fn entries(&self, folded: &Folded, words: &[Word]) -> Vec<(usize, EntryOrigin, &'v [String])> {
        if !self.expand {
            return Vec::new();
        }
        let start = words[0].start;
        let vocabulary: &'v V = self.vocabulary;
        let mut found: Vec<_> = vocabulary
            .lexicon()
            .han_matches(&folded.text()[start..])
            .filter(|found| found.start == 0)
            .filter_map(|found| {
                let count = words.iter().position(|word| word.end == start + found.end)? + 1;
                // Where the index has none of its words, what was typed is better taken word by word.
                let helps = |term: &String| self.vocabulary.occurs(term);
                (count == 1 || found.entry.alternatives.iter().any(helps)).then_some((
                    count,
                    found.entry.origin,
                    found.entry.alternatives.as_slice(),
                ))
            })
            .collect();
        found.sort_by_key(|entry| std::cmp::Reverse(entry.0));
        found
    }

    /// Whether the index has a word, or a word that the lexicon has for it.
    fn is_known(&self, word: &str) -> bool {
        let found = |term: &String| self.vocabulary.occurs(term);
        self.vocabulary.occurs(word)
            || self
                .vocabulary
                .lexicon()
                .han_matches(word)
                .any(|entry| entry.end - entry.start == word.len() && entry.entry.alternatives.iter().any(found))
    }

    /// A concept for words that the index does not have and another word that is probably meant, and how many of `words`
    /// it took. A slip breaks a word up, so single letters are tried together, the most of them first.
    fn misspelt(&mut self, folded: &Folded, original: &str, words: &[Word]) -> Option<usize> {
        if !self.expand {
            return None;
        }
        // Behind a whole word, a particle is a particle: 公务员对 is no slip for 公务员法.
        let broken = is_single(&words[0]);
        let goes_on = |pair: &[Word]| {
            is_single(&pair[1]) && pair[0].end == pair[1].start && (broken || !is_function_word(&pair[1].text))
        };
        let run = words.windows(2).take_while(|pair| goes_on(pair)).count() + 1;
        for count in (1..=run.min(LONGEST_SLIP)).rev() {
            let (start, end) = (words[0].start, words[count - 1].end);
            let typed = letters_of(&folded.text()[start..end]);
            if typed.chars().count() < 2 || self.vocabulary.occurs(&typed) {
                continue;
            }
            // A whole word with another letter behind it is one word of three letters only if it sounds like one.
            let only_by_sound = !broken && count > 1 && typed.chars().count() < 4;
            let similar = match looking_like(&typed, |word| self.is_known(word)) {
                Some(word) => vec![word],
                None => self.vocabulary.similar(&typed, only_by_sound),
            };
            let from = folded.original(start, end).slice(original).to_owned();
            let mut alternatives = Vec::new();
            self.add(&mut alternatives, &similar, Origin::Spelling, LEXICON_WEIGHT);
            let Some(Sought::Letters(best)) = alternatives.first().map(|best| best.sought.clone()) else { continue };
            for found in self.vocabulary.lexicon().han_matches(&best) {
                if found.end - found.start == best.len() {
                    self.add(&mut alternatives, &found.entry.alternatives, Origin::Spelling, LEXICON_WEIGHT);
                }
            }
            self.corrected.push((from.clone(), best));
            self.concepts.push(Concept { from, weight: 1.0, alternatives });
            return Some(count);
        }
        None
    }
}

/// A single Chinese letter.
fn is_single(word: &Word) -> bool {
    word.text.chars().count() == 1 && !is_latin(&word.text) && !word.text.starts_with(|c: char| c.is_ascii_digit())
}

fn is_number(word: &str) -> bool {
    word.starts_with('〔') || (word.starts_with('第') && word[3..].starts_with(|c: char| c.is_ascii_digit()))
}

/// Width and case folded, script not.
fn lower_char(c: char) -> char {
    if ('\u{3400}'..='\u{9fff}').contains(&c) { c } else { crate::text::fold_char(c) }
}
