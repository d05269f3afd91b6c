//! From a query's text to what was understood of it.

use super::intent::intent;
use super::interpretation::{Alternative, Concept, Intent, Interpretation, Language, Origin, Sought};
use super::places::{find_places, join_english_names, place_concept, with_chinese_numbers};
use super::syntax::{self, QueryError};
use crate::analyzer::{LegalAnalyzer, Word, WordClass};
use crate::lexicon::Lexicon;
use crate::text::{CharClass, Folded, Span};

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
    /// Words of the index that are probably meant by `word`, which it does not have: the same sound, and unless
    /// `only_by_sound` one letter off.
    fn similar(&self, word: &str, only_by_sound: bool) -> Vec<String>;
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
pub(super) const LEXICON_WEIGHT: f32 = 0.9;
const NEXT_ALTERNATIVE: f32 = 0.85;
/// The head of a term that no unit has as a whole.
const HEAD_WEIGHT: f32 = 0.4;
/// A word that only shapes the question.
pub(super) const SHAPING_WEIGHT: f32 = 0.3;
/// More concepts than this are not told apart any more; a query of the greatest length has some three hundred words.
const MOST_CONCEPTS: usize = 64;

/// How far a query may be widened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnderstandOptions {
    /// Whether to look for anything but what was typed.
    pub expand: bool,
    /// Words not to look for, though the lexicon or the index offers them: what somebody who saw them took out.
    pub without_terms: Vec<String>,
}

impl Default for UnderstandOptions {
    fn default() -> UnderstandOptions {
        UnderstandOptions { expand: true, without_terms: Vec::new() }
    }
}

/// Keeps the letters on both sides apart.
const APART: char = '，';

/// Understands `text`.
///
/// # Errors
///
/// If the query is empty or too long.
pub fn understand(
    text: &str,
    vocabulary: &impl Vocabulary,
    options: &UnderstandOptions,
) -> Result<Interpretation, QueryError> {
    let mut syntax = syntax::parse(text)?;
    syntax.free = with_chinese_numbers(&syntax.free);
    let mut understanding = Understanding {
        vocabulary,
        expand: options.expand,
        without: options.without_terms.iter().map(|term| letters_of(Folded::new(term).text())).collect(),
        concepts: Vec::new(),
        corrected: Vec::new(),
        pinyin: false,
        asking: Vec::new(),
        free: String::new(),
    };
    let places = find_places(&syntax.free, vocabulary);
    let citation = places
        .iter()
        .map(|(_, place)| place)
        .find(|place| place.article.is_some())
        .or(places.first().map(|(_, place)| place));
    let citation = citation.cloned();
    let mut at = 0;
    for (span, place) in &places {
        understanding.words(&syntax.free[at..span.range().start]);
        understanding.free.push(APART);
        understanding.concepts.push(place_concept(span.slice(&syntax.free), place));
        at = span.range().end;
    }
    understanding.words(&syntax.free[at..]);
    // Who types nothing but words without content of their own means these letters: 规定. A single one says nothing.
    let letters = letters_of(Folded::new(&syntax.free).text());
    if understanding.concepts.is_empty() && letters.chars().filter(|c| !c.is_ascii()).nth(1).is_some() {
        let sought = Sought::Letters(letters);
        let alternatives = vec![Alternative { sought, origin: Origin::Typed, weight: 1.0 }];
        understanding.concepts.push(Concept { from: syntax.free.trim().to_owned(), weight: 1.0, alternatives });
    }
    let citation = join_english_names(&mut understanding.concepts, vocabulary).or(citation);

    let language = language(text, understanding.pinyin);
    let mut intent = if language == Language::Pinyin { None } else { intent(&lower(&syntax.free)) };
    let names_article = citation.as_ref().is_some_and(|place| place.article.is_some());
    let names_nothing_else = citation.is_some() && understanding.concepts.len() == 1;
    if intent.is_none() && (names_article || names_nothing_else) {
        intent = Some(Intent::Citation);
    }
    let Understanding { mut concepts, corrected, free, .. } = understanding;
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

/// A query being understood.
pub(super) struct Understanding<'v, V> {
    pub(super) vocabulary: &'v V,
    pub(super) expand: bool,
    /// Terms that were taken out, folded.
    without: Vec<String>,
    pub(super) concepts: Vec<Concept>,
    pub(super) corrected: Vec<(String, String)>,
    pub(super) pinyin: bool,
    /// Words of the stretch at hand that only ask.
    pub(super) asking: Vec<Span>,
    /// What was gone through, without these and without places in the law.
    free: String,
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
        let mut end = 0;
        for asking in self.asking.drain(..) {
            self.free.push_str(&text[end..asking.range().start]);
            self.free.push(APART);
            end = asking.range().end;
        }
        self.free.push_str(&text[end..]);
    }

    /// Adds `terms` as alternatives of this weight, each a little lighter than the one before. Those that were taken out are left out.
    pub(super) fn add<'t>(
        &self,
        alternatives: &mut Vec<Alternative>,
        terms: impl IntoIterator<Item = &'t String>,
        origin: Origin,
        mut weight: f32,
    ) {
        for term in terms {
            let sought = Sought::Letters(term.clone());
            let known = alternatives.iter().any(|known| known.sought == sought);
            if !known && !self.without.contains(&letters_of(term)) {
                alternatives.push(Alternative { sought, origin, weight });
                weight *= NEXT_ALTERNATIVE;
            }
        }
    }

    /// Where no unit has any of the words for a concept as a whole, the head that a term ends with is better than nothing:
    /// 工作时间 for 延长工作时间, 工资 for 拖欠工资.
    pub(super) fn add_heads(&self, alternatives: &mut Vec<Alternative>) {
        let expanded = |alternative: &Alternative| match &alternative.sought {
            Sought::Letters(letters) if alternative.origin != Origin::Typed => {
                Some((letters.clone(), alternative.origin))
            }
            _ => None,
        };
        let wholes: Vec<(String, Origin)> = alternatives.iter().filter_map(expanded).collect();
        if !self.expand || wholes.iter().any(|(whole, _)| self.vocabulary.occurs(whole)) {
            return;
        }
        for (whole, origin) in wholes {
            let mut ends: Vec<String> = Vec::new();
            self.vocabulary.analyzer().each_word(&Folded::new(&whole), &mut |word| {
                if word.len() < whole.len() && whole.ends_with(word) && word.chars().nth(1).is_some() {
                    ends.push(word.to_owned());
                }
            });
            let head = ends.into_iter().filter(|word| self.vocabulary.occurs(word)).max_by_key(String::len);
            let Some(head) = head.filter(|head| !self.without.contains(head)) else { continue };
            let sought = Sought::Letters(head);
            if !alternatives.iter().any(|known| known.sought == sought) {
                alternatives.push(Alternative { sought, origin, weight: HEAD_WEIGHT });
            }
        }
    }
}

pub(super) fn is_latin(word: &str) -> bool {
    word.chars().all(|c| c.is_ascii_alphabetic() || c == '\'') && !word.is_empty()
}

pub(super) fn letters_of(text: &str) -> String {
    text.chars().filter(|&c| CharClass::of(c) == CharClass::Letter).collect()
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
