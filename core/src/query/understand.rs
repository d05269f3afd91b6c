//! From a query's text to what was understood of it.

use super::english::{base_forms, is_function_word as is_english_function_word};
use super::function_words::is_function_word;
use super::intent::{intent, only_shapes_the_question};
use super::interpretation::{Alternative, Concept, Intent, Interpretation, Language, Origin, Sought};
use super::places::{find_places, join_english_names, place_concept, with_chinese_articles};
use super::syntax::{self, QueryError};
use crate::analyzer::{LegalAnalyzer, Word, WordClass};
use crate::lexicon::{EntryOrigin, Lexicon};
use crate::text::{CharClass, Folded};

/// What understanding needs to know of the index that will be asked.
pub trait Vocabulary {
    /// The analyzer that the text was analysed with.
    fn analyzer(&self) -> &LegalAnalyzer;
    /// The lexicon.
    fn lexicon(&self) -> &Lexicon;
    /// The statutes' names in `folded` (a folded text), not overlapping, in order.
    fn statutes_in(&self, folded: &Folded) -> Vec<StatuteName>;
    /// Whether any unit has these letters next to each other (folded).
    fn occurs(&self, letters: &str) -> bool;
    /// Words of the index that sound like `syllables` (pinyin without tones or blanks), most frequent first.
    fn sounding_like(&self, syllables: &str) -> Vec<String>;
    /// Words of the index that are probably meant by `word`, which it does not have: the same sound, one letter off.
    fn similar(&self, word: &str) -> Vec<String>;
}

/// A statute's name found in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatuteName {
    /// Bytes of the folded text, the brackets around the name among them.
    pub start: usize,
    /// The byte after its last.
    pub end: usize,
    /// The name without 《》 and 中华人民共和国.
    pub name: String,
}

/// Alternatives from the lexicon count a little less than what was typed, the later ones less than the first.
const LEXICON_WEIGHT: f32 = 0.9;
const NEXT_ALTERNATIVE: f32 = 0.85;
/// A word that only shapes the question.
const SHAPING_WEIGHT: f32 = 0.3;
/// A verb says less of what a text is about than a noun; a numeral or an adverb hardly anything.
const STATEMENT_WEIGHT: f32 = 0.7;
const FILLER_WEIGHT: f32 = 0.3;
/// A single letter says little.
const SINGLE_LETTER_WEIGHT: f32 = 0.4;
/// How many words a slip is looked for in.
const LONGEST_SLIP: usize = 4;
/// More concepts than this are not told apart any more; a query of the greatest length has some three hundred words.
const MOST_CONCEPTS: usize = 64;

/// Understands `text`. With `expand` off, nothing is looked for but what was typed.
///
/// # Errors
///
/// If the query is empty or too long.
pub fn understand(text: &str, vocabulary: &impl Vocabulary, expand: bool) -> Result<Interpretation, QueryError> {
    let mut syntax = syntax::parse(text)?;
    syntax.free = with_chinese_articles(&syntax.free);
    let mut understanding =
        Understanding { vocabulary, expand, concepts: Vec::new(), corrected: Vec::new(), pinyin: false };
    let places = find_places(&syntax.free, vocabulary);
    let citation = places
        .iter()
        .map(|(_, place)| place)
        .find(|place| place.article.is_some())
        .or(places.first().map(|(_, place)| place));
    let citation = citation.cloned();
    let mut free = String::new();
    let mut at = 0;
    for (span, place) in &places {
        understanding.words(&syntax.free[at..span.range().start]);
        free.push_str(&syntax.free[at..span.range().start]);
        free.push('，'); // keeps the letters on both sides apart
        understanding.concepts.push(place_concept(span.slice(&syntax.free), place));
        at = span.range().end;
    }
    understanding.words(&syntax.free[at..]);
    free.push_str(&syntax.free[at..]);
    let citation = join_english_names(&mut understanding.concepts, vocabulary).or(citation);

    let language = language(text, understanding.pinyin);
    let mut intent = if language == Language::Pinyin { None } else { intent(&lower(&syntax.free)) };
    let names_article = citation.as_ref().is_some_and(|place| place.article.is_some());
    let names_nothing_else = citation.is_some() && understanding.concepts.len() == 1;
    if intent.is_none() && (names_article || names_nothing_else) {
        intent = Some(Intent::Citation);
    }
    let Understanding { mut concepts, corrected, .. } = understanding;
    concepts.truncate(MOST_CONCEPTS);
    Ok(Interpretation {
        text: text.to_owned(),
        language,
        intent,
        citation,
        corrected: correct(&syntax.free, &corrected),
        concepts,
        exact: syntax.exact,
        without: syntax.without,
        free,
    })
}

struct Understanding<'v, V> {
    vocabulary: &'v V,
    expand: bool,
    concepts: Vec<Concept>,
    corrected: Vec<(String, String)>,
    pinyin: bool,
}

impl<'v, V: Vocabulary> Understanding<'v, V> {
    /// The concepts of a stretch of text without places in the law.
    fn words(&mut self, text: &str) {
        let folded = Folded::new(text);
        let (words, classes): (Vec<Word>, Vec<WordClass>) =
            self.vocabulary.analyzer().cut_classed(&folded).into_iter().unzip();
        let mut at = 0;
        while at < words.len() {
            let latin = words[at..].iter().take_while(|word| is_latin(&word.text)).count();
            if latin > 0 {
                self.latin(&words[at..at + latin]);
                at += latin;
                continue;
            }
            at += self.han(&folded, text, &words[at..], &classes[at..]);
        }
    }

    /// One concept of Chinese words, and how many of `words` it took.
    fn han(&mut self, folded: &Folded, original: &str, words: &[Word], classes: &[WordClass]) -> usize {
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
            if is_function_word(&first.text) {
                return 1;
            }
            if let Some(misspelt) = self.misspelt(folded, original, words) {
                return misspelt;
            }
            // Letters that the dictionary does not join are one unknown word.
            let joined =
                |pair: &[Word]| is_single(&pair[1]) && !is_function_word(&pair[1].text) && pair[0].end == pair[1].start;
            if is_single(first) {
                count += words.windows(2).take_while(|pair| joined(pair)).count();
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
            expand(&mut alternatives, terms, origin);
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

    /// A concept for words that the index does not have and another word that is probably meant, and how many of `words`
    /// it took. A slip breaks a word up, so single letters are tried together, the most of them first.
    fn misspelt(&mut self, folded: &Folded, original: &str, words: &[Word]) -> Option<usize> {
        if !self.expand {
            return None;
        }
        let run = words.windows(2).take_while(|pair| is_single(&pair[1]) && pair[0].end == pair[1].start).count() + 1;
        for count in (1..=run.min(LONGEST_SLIP)).rev() {
            let (start, end) = (words[0].start, words[count - 1].end);
            let typed = letters_of(&folded.text()[start..end]);
            if typed.chars().count() < 2 || self.vocabulary.occurs(&typed) {
                continue;
            }
            let similar = self.vocabulary.similar(&typed);
            let Some(best) = similar.first() else { continue };
            let from = folded.original(start, end).slice(original).to_owned();
            self.corrected.push((from.clone(), best.clone()));
            let mut alternatives = Vec::new();
            expand(&mut alternatives, &similar, Origin::Spelling);
            self.concepts.push(Concept { from, weight: 1.0, alternatives });
            return Some(count);
        }
        None
    }

    /// The concepts of a run of Latin words: English by the glossary, or Chinese by its sound.
    fn latin(&mut self, words: &[Word]) {
        let forms: Vec<Vec<String>> = words.iter().map(|word| base_forms(&word.text)).collect();
        let known = |at: usize| {
            is_english_function_word(&words[at].text)
                || self.vocabulary.lexicon().english(&forms[at..]).next().is_some()
        };
        // Some syllables are English words too (she, guiding), so one word that is none is enough to try.
        if self.expand && !(0..words.len()).all(known) {
            let together: String = words.iter().map(|word| word.text.as_str()).collect();
            let meant = self.vocabulary.sounding_like(&together);
            if !meant.is_empty() {
                self.pinyin = true;
                let from = words.iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" ");
                let mut alternatives = Vec::new();
                expand(&mut alternatives, &meant, Origin::Pinyin);
                self.concepts.push(Concept { from, weight: 1.0, alternatives });
                return;
            }
        }
        let mut at = 0;
        while at < words.len() {
            let entries: Vec<_> =
                if self.expand { self.vocabulary.lexicon().english(&forms[at..]).collect() } else { Vec::new() };
            let count = entries.first().map_or(1, |&(count, _)| count);
            let from = words[at..at + count].iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" ");
            let function_word = count == 1 && is_english_function_word(&words[at].text);
            if !function_word {
                let mut alternatives = Vec::new();
                for (_, entry) in entries.iter().filter(|entry| entry.0 == count) {
                    expand(&mut alternatives, &entry.alternatives, Origin::English);
                }
                let mut weight = if forms[at].iter().any(|form| only_shapes_the_question(form)) && count == 1 {
                    SHAPING_WEIGHT
                } else {
                    1.0
                };
                if alternatives.is_empty() {
                    // A word that neither the glossary nor, most likely, the documents know says little.
                    weight *= if self.vocabulary.occurs(&from) { 1.0 } else { SHAPING_WEIGHT };
                    alternatives.push(Alternative {
                        sought: Sought::Letters(from.clone()),
                        origin: Origin::Typed,
                        weight: 1.0,
                    });
                }
                self.concepts.push(Concept { from, weight, alternatives });
            }
            at += count;
        }
    }
}

/// Adds `terms` as alternatives, each a little lighter than the one before.
fn expand(alternatives: &mut Vec<Alternative>, terms: &[String], origin: Origin) {
    let mut weight = LEXICON_WEIGHT;
    for term in terms {
        let sought = Sought::Letters(term.clone());
        if !alternatives.iter().any(|known| known.sought == sought) {
            alternatives.push(Alternative { sought, origin, weight });
            weight *= NEXT_ALTERNATIVE;
        }
    }
}

/// A single Chinese letter.
fn is_single(word: &Word) -> bool {
    word.text.chars().count() == 1 && !is_latin(&word.text) && !word.text.starts_with(|c: char| c.is_ascii_digit())
}

fn is_latin(word: &str) -> bool {
    word.chars().all(|c| c.is_ascii_alphabetic() || c == '\'') && !word.is_empty()
}

fn is_number(word: &str) -> bool {
    word.starts_with('〔') || (word.starts_with('第') && word[3..].starts_with(|c: char| c.is_ascii_digit()))
}

fn letters_of(text: &str) -> String {
    text.chars().filter(|&c| CharClass::of(c) == CharClass::Letter).collect()
}

/// Width and case folded, script not.
fn lower_char(c: char) -> char {
    if ('\u{3400}'..='\u{9fff}').contains(&c) { c } else { crate::text::fold_char(c) }
}

fn lower(text: &str) -> String {
    text.chars().map(crate::text::fold_char).collect()
}

fn language(text: &str, pinyin: bool) -> Language {
    let latin = text.chars().any(|c| c.is_ascii_alphabetic());
    let han = text.chars().any(|c| CharClass::of(c) == CharClass::Letter && !c.is_ascii());
    match (latin, han) {
        (true, true) => Language::Mixed,
        (true, false) if pinyin => Language::Pinyin,
        (true, false) => Language::En,
        _ => Language::Zh,
    }
}

/// The query with the corrections put in.
fn correct(text: &str, corrections: &[(String, String)]) -> Option<String> {
    if corrections.is_empty() {
        return None;
    }
    let corrected = corrections.iter().fold(text.to_owned(), |text, (from, to)| text.replacen(from, to, 1));
    Some(corrected.split_whitespace().collect::<Vec<_>>().join(" "))
}
