//! What we want from an index, in no engine's terms.
//!
//! This is the seam at which another engine can stand beside the embedded one. All tokens in it are the analyzer's, so
//! that an engine compares them and never analyses text by itself.

use std::collections::HashMap;
use std::ops::Range;

use super::interpretation::{CitedPlace, Intent, Interpretation, Origin, Sought};
use super::{crime, intent};
use crate::analyzer::{Letter, bigrams, characters, letters};
use crate::text::Folded;
use crate::unit::Kind;

/// A query for an engine.
#[derive(Clone, Debug, PartialEq)]
pub struct QueryPlan {
    /// Single tokens, each of which counts for itself: what ranks long questions.
    pub grams: Vec<Gram>,
    /// Concepts, which count as wholes: what decides whether a unit answers at all.
    pub concepts: Vec<PlannedConcept>,
    /// Must be there, each of them.
    pub exact: Vec<Phrase>,
    /// Must not be there, none of them.
    pub without: Vec<Phrase>,
    /// What the query wants to know.
    pub intent: Option<Intent>,
    /// Whether it says anything of crime or of those who prosecute it.
    pub is_about_crime: bool,
    /// Which units are asked.
    pub filter: Filter,
    /// Which part of the answer is wanted.
    pub window: Window,
}

/// A token with its weight.
#[derive(Clone, Debug, PartialEq)]
pub struct Gram {
    /// What it is a token of.
    pub field: GramField,
    /// One or two folded letters.
    pub token: String,
    /// How much it counts.
    pub weight: f32,
}

/// The fields that single tokens are looked up in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum GramField {
    /// Pairs of letters.
    Bigrams,
    /// Single letters.
    Characters,
}

/// A concept with its alternatives.
#[derive(Clone, Debug, PartialEq)]
pub struct PlannedConcept {
    /// What was typed.
    pub from: String,
    /// How much it matters.
    pub weight: f32,
    /// Any of these is evidence for it.
    pub alternatives: Vec<PlannedAlternative>,
}

impl PlannedConcept {
    /// Whether it is what the question is about, and not only what it says of that: a noun, or a term of the lexicon.
    pub fn is_topic(&self) -> bool {
        self.weight >= 1.0
    }

    /// Whether it says what is wanted and nothing of what that is wanted for: 追责, 承担责任.
    pub fn only_asks(&self) -> bool {
        intent::only_asks(&self.from)
    }
}

/// One way of finding a concept.
#[derive(Clone, Debug, PartialEq)]
pub struct PlannedAlternative {
    /// What to look for.
    pub sought: Sought,
    /// Why it is looked for.
    pub origin: Origin,
    /// How well it fits, up to 1.
    pub weight: f32,
    /// For [`Sought::Letters`] of two letters or more: its pairs. All of them must be there.
    pub bigrams: Vec<String>,
}

/// Letters that must stand next to each other, with any punctuation where punctuation stands in the quote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phrase {
    /// As typed.
    pub text: String,
    /// The letters and their positions relative to the first. A gap of one is punctuation.
    pub letters: Vec<(char, u32)>,
}

impl Phrase {
    /// `text` as a phrase, `None` if there is no letter in it. Punctuation at its ends is left out.
    pub fn new(text: &str) -> Option<Phrase> {
        let folded = Folded::new(text);
        let mut all = letters(&folded);
        let first = all.next()?;
        let rest = all.map(|letter| (letter.c, letter.position - first.position));
        Some(Phrase { text: text.to_owned(), letters: std::iter::once((first.c, 0)).chain(rest).collect() })
    }

    /// Its pairs of neighbouring letters, with their positions.
    pub fn bigrams(&self) -> impl Iterator<Item = (String, u32)> + '_ {
        self.letters
            .windows(2)
            .filter(|pair| pair[1].1 == pair[0].1 + 1)
            .map(|pair| ([pair[0].0, pair[1].0].iter().collect(), pair[0].1))
    }

    /// Whether its pairs, each at its position, say all there is to it: no letter stands alone between punctuation.
    pub fn is_covered_by_bigrams(&self) -> bool {
        let pairs: Vec<u32> = self.bigrams().map(|(_, position)| position).collect();
        let covered = |position: u32| pairs.iter().any(|&pair| pair == position || pair + 1 == position);
        self.letters.iter().all(|&(_, position)| covered(position))
    }

    /// Whether some of its letters stands in none of its pairs, as it stands between punctuation: no list of pairs tells where.
    pub fn has_letter_alone(&self) -> bool {
        self.letters.len() > 1 && !self.is_covered_by_bigrams()
    }

    /// Whether `folded` has it.
    pub fn occurs_in(&self, folded: &Folded) -> bool {
        !self.find_in(folded).is_empty()
    }

    /// Where it stands in `folded`, in bytes.
    pub fn find_in(&self, folded: &Folded) -> Vec<Range<usize>> {
        let text: Vec<Letter> = letters(folded).collect();
        let fits = |window: &&[Letter]| {
            let same = |(found, wanted): (&Letter, &(char, u32))| {
                found.c == wanted.0 && found.position - window[0].position == wanted.1
            };
            window.iter().zip(&self.letters).all(same)
        };
        let place = |window: &[Letter]| {
            let last = window[window.len() - 1];
            window[0].at..last.at + last.c.len_utf8()
        };
        text.windows(self.letters.len()).filter(fits).map(place).collect()
    }
}

/// Which units are asked. Within a field any value will do, and every field that has values must agree.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Kinds.
    pub kinds: Vec<Kind>,
    /// Documents' identifiers.
    pub documents: Vec<String>,
    /// Statutes' names or identifiers: their articles, and the units citing them.
    pub statutes: Vec<String>,
    /// Articles' numbers: `92`, `120-1`.
    pub articles: Vec<String>,
    /// 权力类型 of rows of lists and of what stands in their cells.
    pub power_types: Vec<String>,
    /// 承办机构 of rows of lists and of what stands in their cells.
    pub departments: Vec<String>,
    /// Which versions of statutes.
    pub versions: Versions,
}

/// Which versions of statutes are asked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Versions {
    /// The newest of each, and any that [`Filter::documents`] or [`Filter::statutes`] names by its identifier.
    #[default]
    Newest,
    /// All.
    All,
}

/// Which part of the answer is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// How many hits are passed over.
    pub offset: usize,
    /// How many are returned at most.
    pub limit: usize,
    /// Whether equal units are one hit.
    pub collapse: bool,
    /// Whether hits say how their scores came about.
    pub explain: bool,
}

impl Default for Window {
    fn default() -> Window {
        Window { offset: 0, limit: 10, collapse: true, explain: false }
    }
}

/// What the caller wants besides the words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PlanOptions {
    /// Which units.
    pub filter: Filter,
    /// Which part of the answer.
    pub window: Window,
}

/// The share of a word that somebody else chose (an alias, a translation) in the single tokens.
const EXPANDED_GRAM_WEIGHT: f32 = 0.7;

/// More phrases than this are not looked for: each may cost a list of most units. Nobody types so many by hand.
const MOST_PHRASES: usize = 16;

/// Single letters help questions; in a query of a few words they only add noise.
const CHARACTERS_FROM: usize = 8;

impl QueryPlan {
    /// The plan for an interpretation.
    pub fn new(interpretation: &Interpretation, options: PlanOptions) -> QueryPlan {
        let phrases = |texts: &[String]| {
            let mut phrases: Vec<Phrase> = Vec::new();
            for phrase in texts.iter().filter_map(|text| Phrase::new(text)) {
                if phrases.len() < MOST_PHRASES && phrases.iter().all(|known| known.letters != phrase.letters) {
                    phrases.push(phrase);
                }
            }
            phrases
        };
        QueryPlan {
            grams: grams(interpretation),
            concepts: interpretation
                .concepts
                .iter()
                .map(|concept| PlannedConcept {
                    from: concept.from.clone(),
                    weight: concept.weight,
                    alternatives: concept
                        .alternatives
                        .iter()
                        .map(|alternative| PlannedAlternative {
                            bigrams: pairs(&alternative.sought),
                            sought: alternative.sought.clone(),
                            origin: alternative.origin,
                            weight: alternative.weight,
                        })
                        .collect(),
                })
                .collect(),
            exact: phrases(&interpretation.exact),
            without: phrases(&interpretation.without),
            intent: interpretation.intent,
            is_about_crime: crime::is_about_crime(interpretation),
            filter: options.filter,
            window: options.window,
        }
    }

    /// Whether there is nothing to look for.
    pub fn is_empty(&self) -> bool {
        self.concepts.is_empty() && self.exact.is_empty()
    }

    /// The place in the law that is asked for, if one is.
    pub fn place(&self) -> Option<&CitedPlace> {
        self.concepts.iter().flat_map(|concept| &concept.alternatives).find_map(|alternative| {
            match &alternative.sought {
                Sought::Place(place) if place.article.is_some() => Some(place),
                _ => None,
            }
        })
    }
}

fn pairs(sought: &Sought) -> Vec<String> {
    match sought {
        Sought::Letters(text) => {
            let folded = Folded::new(text);
            bigrams(&folded).map(|gram| gram.text.to_owned()).collect()
        }
        Sought::Number(_) | Sought::Place(_) => Vec::new(),
    }
}

/// The pairs and letters of what was typed, and the pairs of what stands for it.
fn grams(interpretation: &Interpretation) -> Vec<Gram> {
    let mut weights: HashMap<(GramField, String), f32> = HashMap::new();
    let mut order = Vec::new();
    let mut add = |field, token: &str, weight: f32| {
        let known = weights.entry((field, token.to_owned())).or_insert_with(|| {
            order.push((field, token.to_owned()));
            0.0
        });
        *known = known.max(weight);
    };
    let typed = Folded::new(&interpretation.free);
    // English is looked up in other words, and whole words in Latin letters are concepts.
    let is_latin = |token: &str| token.bytes().all(|byte| byte.is_ascii_alphabetic());
    for gram in bigrams(&typed).filter(|gram| !is_latin(gram.text)) {
        add(GramField::Bigrams, gram.text, 1.0);
    }
    let letters = || characters(&typed).filter(|gram| !is_latin(gram.text));
    if letters().count() >= CHARACTERS_FROM {
        for gram in letters() {
            add(GramField::Characters, gram.text, 1.0);
        }
    }
    for concept in &interpretation.concepts {
        for alternative in concept.alternatives.iter().filter(|alternative| alternative.origin != Origin::Typed) {
            for pair in pairs(&alternative.sought) {
                add(GramField::Bigrams, &pair, EXPANDED_GRAM_WEIGHT * alternative.weight * concept.weight);
            }
        }
    }
    order
        .into_iter()
        .map(|(field, token)| {
            let weight = weights[&(field, token.clone())];
            Gram { field, token, weight }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phrase_counts_once_and_there_are_not_too_many() {
        let exact = (0..40).flat_map(|number| [format!("甲{number}"), format!("甲 {number}")]).collect();
        let interpretation = Interpretation {
            text: String::new(),
            language: crate::query::Language::Zh,
            intent: None,
            citation: None,
            corrected: None,
            concepts: Vec::new(),
            exact,
            without: vec!["乙".to_owned(), "乙。".to_owned()],
            free: String::new(),
        };
        let plan = QueryPlan::new(&interpretation, PlanOptions::default());
        assert_eq!((plan.exact.len(), plan.without.len()), (MOST_PHRASES, 1));
    }

    #[test]
    fn a_phrase_keeps_its_gaps_and_not_its_ends() {
        let phrase = Phrase::new("、收取，受贿 的。").expect("letters");
        assert_eq!(phrase.letters, [('收', 0), ('取', 1), ('受', 3), ('贿', 4), ('的', 5)]);
        assert!(phrase.is_covered_by_bigrams());
        assert!(phrase.occurs_in(&Folded::new("索取、收取；受贿的")));
        assert!(!phrase.occurs_in(&Folded::new("收取受贿的")));
        assert!(!Phrase::new("的；将应").expect("letters").is_covered_by_bigrams());
        assert_eq!(Phrase::new("，。"), None);
    }
}
