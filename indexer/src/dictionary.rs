//! A general Chinese–English dictionary turned round and reduced to the words of an index: English term → Chinese words.
//!
//! The data are CC-CEDICT (see NOTICE), as the crate `chinese_dictionary` carries them. They take some 150 MB once read,
//! so they are read here, when an index is built, and what is of use goes into the generation as a table of the
//! lexicon's kind. The lexicon's own glossary comes before it: a dictionary says what a word can mean, a glossary what
//! the law calls it.

use std::collections::{BTreeMap, HashMap};
use std::fmt::Write;

use chinese_dictionary::{WordEntry, query_by_simplified};

/// Terms of more words than this are explanations.
const LONGEST_TERM: usize = 4;
/// At most so many Chinese words stand for a term.
const MOST_ALTERNATIVES: usize = 4;
/// A word that fits less than this share of the best one is left out.
const LEAST_SHARE: f32 = 0.25;
/// What a sense is worth beside the one before it in an entry.
const NEXT_SENSE: f32 = 0.85;
/// What a sense is worth that holds only in a context given in parentheses.
const IN_CONTEXT: f32 = 0.7;

/// The text of the table for an index with this vocabulary: words with the number of units that have them.
pub(crate) fn dictionary(vocabulary: &BTreeMap<String, u32>) -> String {
    let mut terms: BTreeMap<String, HashMap<&str, f32>> = BTreeMap::new();
    for (word, &units) in vocabulary {
        // A word that many units have is likelier to be meant, and the more of its entry a sense is, the better it fits.
        let common = (1.0 + units as f32).ln();
        for entry in query_by_simplified(word) {
            for (term, fit) in senses(entry) {
                let known = terms.entry(term).or_default().entry(word).or_default();
                *known = known.max(fit * common);
            }
        }
    }
    let mut table = String::from("# CC-CEDICT, CC BY-SA 4.0, reduced to the words of this index\n");
    for (term, words) in &terms {
        let mut words: Vec<(&str, f32)> = words.iter().map(|(&word, &fit)| (word, fit)).collect();
        words.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(b.0)));
        let least = words[0].1 * LEAST_SHARE;
        let words: Vec<&str> = words
            .into_iter()
            .take(MOST_ALTERNATIVES)
            .take_while(|&(_, fit)| fit >= least)
            .map(|(word, _)| word)
            .collect();
        writeln!(table, "{term}\t{}", words.join("|")).expect("text grows");
    }
    table
}

/// The English terms of an entry with how well they fit.
fn senses(entry: &WordEntry) -> Vec<(String, f32)> {
    let mut senses = Vec::new();
    let mut fit = 1.0;
    for gloss in &entry.english {
        for sense in gloss.split(';') {
            let Some((term, in_context)) = term(sense) else { continue };
            senses.push((term, if in_context { fit * IN_CONTEXT } else { fit }));
        }
        fit *= NEXT_SENSE;
    }
    senses
}

/// The term that a sense gives, in lower case without articles and infinitive particle, and whether it is meant only in a
/// context; `None` for names, cross references, explanations and remarks on use.
fn term(sense: &str) -> Option<(String, bool)> {
    let remark = |start: &str| sense.trim_start().starts_with(start);
    if REMARKS.iter().any(|start| remark(start)) || !sense.is_ascii() {
        return None;
    }
    let (bare, in_context) = without_parentheses(sense);
    let lower = bare.to_ascii_lowercase();
    let mut words: Vec<&str> = lower
        .split(|c: char| !c.is_ascii_alphanumeric() && c != '\'')
        .map(|word| word.trim_matches('\''))
        .filter(|word| !word.is_empty() && !PLACEHOLDERS.contains(word))
        .collect();
    while words.len() > 1 && PARTICLES.contains(&words[0]) {
        words.remove(0);
    }
    let telling = words.iter().any(|word| word.len() > 1);
    (telling && words.len() <= LONGEST_TERM).then(|| (words.join(" "), in_context))
}

/// How remarks begin that are no translations.
const REMARKS: &[&str] = &[
    "surname ",
    "variant of ",
    "old variant of ",
    "erhua variant of ",
    "Japanese variant of ",
    "abbr. ",
    "see ",
    "see also ",
    "used in ",
    "used to ",
    "used as ",
    "CL:",
    "classifier ",
    "also written ",
    "also pr. ",
    "Taiwan pr. ",
    "same as ",
    "equivalent to ",
    "(bound form)",
    "(surname)",
    "lit. ",
    "also called ",
    "pr. ",
];
/// What stands for any noun.
const PLACEHOLDERS: &[&str] = &["sb", "sth", "etc", "sb's"];
/// What a term may begin with that is no part of it.
const PARTICLES: &[&str] = &["to", "be", "a", "an", "the"];

/// A sense without what stands in parentheses, and whether anything did.
fn without_parentheses(sense: &str) -> (String, bool) {
    let mut bare = String::with_capacity(sense.len());
    let mut depth = 0_usize;
    for c in sense.chars() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            c if depth == 0 => bare.push(c),
            _ => {}
        }
    }
    let any = bare.len() < sense.len();
    (bare, any)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sense_gives_a_term_or_none() {
        for (reason, sense, expected) in [
            ("a verb in its bare form", "to leak (information etc)", Some(("leak", true))),
            ("a noun without its article", "the public", Some(("public", false))),
            ("placeholders are left out", "to rob sb of sth", Some(("rob of", false))),
            ("a hyphen parts words", "check-up", Some(("check up", false))),
            ("surnames are no words", "surname Li", None),
            ("nor are cross references", "variant of 账簿[zhang4 bu4]", None),
            ("nor explanations", "tax levied on persons by the former imperial state", None),
        ] {
            let expected = expected.map(|(term, in_context): (&str, bool)| (term.to_owned(), in_context));
            assert_eq!(term(sense), expected, "{reason}");
        }
    }

    #[test]
    fn only_words_of_the_index_stand_for_a_term_the_commonest_first() {
        let vocabulary = [("邻居", 1), ("街坊", 9), ("社会保险", 3)].map(|(word, units)| (word.to_owned(), units));
        let table = dictionary(&BTreeMap::from(vocabulary));
        let of = |term: &str| {
            let line = table.lines().find_map(|line| line.strip_prefix(&format!("{term}\t")));
            line.map(str::to_owned)
        };
        assert_eq!(of("neighbor").as_deref(), Some("街坊|邻居"));
        assert_eq!(of("social security").as_deref(), Some("社会保险"));
        assert_eq!(of("bicycle"), None);
    }
}
