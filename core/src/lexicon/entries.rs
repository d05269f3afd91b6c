//! What the lexicon's files say.

use std::collections::HashMap;

use aho_corasick::{AhoCorasick, MatchKind};

use super::LexiconFiles;
use crate::statute::{StatuteFate, Succession, SuccessionTable};
use crate::text::{CharClass, Folded};

/// Which file an entry stands in, and so what kind of relation it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum EntryOrigin {
    /// `aliases.tsv`: an abbreviation or another official wording.
    Alias,
    /// `lay.tsv`: what people say for what statutes say.
    Lay,
    /// `english.tsv`: an English term.
    English,
    /// `dictionary.tsv`: an English term of a general dictionary, reduced to the words of an index when it was built.
    Dictionary,
}

/// A term and what the law says for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The term, folded; English words are separated by one blank.
    pub term: String,
    /// What to look for instead or besides, folded, best first.
    pub alternatives: Vec<String>,
    /// Where it stands.
    pub origin: EntryOrigin,
}

/// An entry found in a folded text.
#[derive(Clone, Copy, Debug)]
pub struct HanMatch<'a> {
    /// The first byte of the term in the folded text.
    pub start: usize,
    /// The byte after its last.
    pub end: usize,
    /// What it stands for.
    pub entry: &'a Entry,
}

/// An English term at the beginning of some words.
#[derive(Clone, Debug)]
pub struct EnglishMatch<'a> {
    /// How many words it takes.
    pub words: usize,
    /// What it stands for.
    pub entries: Vec<&'a Entry>,
}

/// How many words a compound may be written in.
const LONGEST_COMPOUND: usize = 3;

/// A line of a lexicon file that is not as it should be. The other lines are used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LexiconWarning {
    /// The file.
    pub file: String,
    /// The line, from one.
    pub line: usize,
    /// What is wrong with it.
    pub message: String,
}

/// The lexicon, ready to be asked.
#[derive(Debug, Default)]
pub struct Lexicon {
    entries: Vec<Entry>,
    /// Finds the terms in Chinese text; the pattern's number is the entry's.
    han: Option<AhoCorasick>,
    han_entries: Vec<usize>,
    /// English terms by their first word.
    english: HashMap<String, Vec<usize>>,
    /// English terms by their letters alone.
    joined: HashMap<String, Vec<usize>>,
    statutes: Vec<(String, String)>,
    succession: SuccessionTable,
}

impl Lexicon {
    /// Reads the files. Lines that cannot be understood are left out and reported.
    pub fn parse(files: &LexiconFiles) -> (Lexicon, Vec<LexiconWarning>) {
        let mut lexicon = Lexicon::default();
        let mut warnings = Vec::new();
        for (file, origin) in [
            ("aliases.tsv", EntryOrigin::Alias),
            ("lay.tsv", EntryOrigin::Lay),
            ("english.tsv", EntryOrigin::English),
            (LexiconFiles::DICTIONARY, EntryOrigin::Dictionary),
        ] {
            for row in rows(files, file, &mut warnings) {
                let english = matches!(origin, EntryOrigin::English | EntryOrigin::Dictionary);
                let normal = if english { english_words } else { letters };
                let has_letters = |alternative: &&str| !letters(alternative).is_empty();
                let alternatives: Vec<_> = row.columns[1].split('|').filter(has_letters).map(printed).collect();
                let term = normal(row.columns[0]);
                if term.is_empty() || alternatives.is_empty() {
                    warnings.push(row.warning("a term and its alternatives need letters"));
                    continue;
                }
                lexicon.entries.push(Entry { term, alternatives, origin });
            }
        }
        for row in rows(files, "statute-names.tsv", &mut warnings) {
            // A nickname of several statutes means the likeliest, which stands first.
            let name = row.columns[1].split('|').next().unwrap_or_default().trim();
            let nickname = letters(row.columns[0]);
            if nickname.is_empty() || letters(name).is_empty() {
                warnings.push(row.warning("a nickname and a full name need letters"));
                continue;
            }
            lexicon.statutes.push((nickname, name.to_owned()));
        }
        let mut succession = Vec::new();
        for row in rows(files, "statute-succession.tsv", &mut warnings) {
            let fate = match row.columns[1].trim() {
                "repealed" => StatuteFate::Repealed,
                "renamed" => StatuteFate::Renamed,
                "replaced" => StatuteFate::Replaced,
                _ => {
                    warnings.push(row.warning("the second column is repealed, renamed or replaced"));
                    continue;
                }
            };
            let column =
                |at: usize| row.columns.get(at).map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
            succession.push((row.columns[0].trim(), Succession { fate, successor: column(2), date: column(3) }));
        }
        lexicon.succession = succession.into_iter().collect();
        lexicon.prepare();
        (lexicon, warnings)
    }

    fn prepare(&mut self) {
        for (at, entry) in self.entries.iter().enumerate() {
            if matches!(entry.origin, EntryOrigin::English | EntryOrigin::Dictionary) {
                let first = entry.term.split(' ').next().unwrap_or_default().to_owned();
                self.english.entry(first).or_default().push(at);
                self.joined.entry(entry.term.replace(' ', "")).or_default().push(at);
            } else {
                self.han_entries.push(at);
            }
        }
        self.han = AhoCorasick::builder()
            .match_kind(MatchKind::Standard)
            .build(self.han_entries.iter().map(|&at| &self.entries[at].term))
            .ok();
    }

    /// All terms in `folded`, overlapping ones too, in the order of their ends.
    pub fn han_matches<'a, 't>(&'a self, folded: &'t str) -> impl Iterator<Item = HanMatch<'a>> + use<'a, 't> {
        self.han.iter().flat_map(move |automaton| automaton.find_overlapping_iter(folded)).map(|found| HanMatch {
            start: found.start(),
            end: found.end(),
            entry: &self.entries[self.han_entries[found.pattern().as_usize()]],
        })
    }

    /// The longest English term that `words` begins with. Each word comes in its possible base forms, likeliest first, the
    /// word itself at the head: the glossary is believed before the dictionary, and a likelier form before another. A
    /// compound is found whether it is written in one word or in two.
    ///
    /// Of the dictionary's terms only those count that `is_term` approves of.
    pub fn english<'a>(&'a self, words: &[Vec<String>], is_term: impl Fn(&str) -> bool) -> Option<EnglishMatch<'a>> {
        let first = words.first()?;
        let mut found: Vec<(usize, bool, usize, &Entry)> = Vec::new();
        let mut add = |count: usize, form: usize, entry: &'a Entry| {
            let general = entry.origin == EntryOrigin::Dictionary;
            if !general || is_term(&entry.term) {
                found.push((count, general, form, entry));
            }
        };
        for entry in first.iter().filter_map(|form| self.english.get(form)).flatten().map(|&at| &self.entries[at]) {
            let count = entry.term.split(' ').count();
            let form = |(term, forms): (&str, &Vec<String>)| forms.iter().position(|form| form == term);
            let forms: Option<usize> = entry.term.split(' ').zip(words).map(form).sum();
            if let Some(form) = forms.filter(|_| count <= words.len()) {
                add(count, form, entry);
            }
        }
        let mut before = String::new();
        for (at, forms) in words.iter().enumerate().take(LONGEST_COMPOUND) {
            for (form, last) in forms.iter().enumerate() {
                let joined = self.joined.get(&format!("{before}{last}"));
                for entry in joined.into_iter().flatten().map(|&at| &self.entries[at]) {
                    if entry.term.split(' ').count() != at + 1 {
                        add(at + 1, form, entry);
                    }
                }
            }
            before.push_str(forms.first().map_or("", String::as_str));
        }
        let key = |&(count, general, form, _): &(usize, bool, usize, &Entry)| (std::cmp::Reverse(count), general, form);
        let best = found.iter().map(key).min()?;
        let entries = found.iter().filter(|found| key(found) == best).map(|found| found.3).collect();
        Some(EnglishMatch { words: best.0.0, entries })
    }

    /// All terms, in the order of the files.
    pub fn entries(&self) -> impl Iterator<Item = &Entry> {
        self.entries.iter()
    }

    /// Nicknames of statutes with their full names.
    pub fn statute_names(&self) -> impl Iterator<Item = (&str, &str)> {
        self.statutes.iter().map(|(nickname, name)| (nickname.as_str(), name.as_str()))
    }

    /// What became of statutes, as far as the lexicon knows.
    pub fn succession(&self) -> &SuccessionTable {
        &self.succession
    }
}

/// A text as folded, with its punctuation: letters on its two sides are no neighbours.
fn printed(text: &str) -> String {
    Folded::new(text).text().to_owned()
}

/// The folded letters of a text.
fn letters(text: &str) -> String {
    Folded::new(text).text().chars().filter(|&c| CharClass::of(c) == CharClass::Letter).collect()
}

/// Folded English words with one blank between.
fn english_words(text: &str) -> String {
    let folded: String = text.chars().map(crate::text::fold_char).collect();
    folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

struct TableRow<'a> {
    file: &'a str,
    line: usize,
    columns: Vec<&'a str>,
}

impl TableRow<'_> {
    fn warning(&self, message: &str) -> LexiconWarning {
        LexiconWarning { file: self.file.to_owned(), line: self.line, message: message.to_owned() }
    }
}

/// The rows of a table: lines with two columns or more. Lines that begin with # are comments.
fn rows<'a>(files: &'a LexiconFiles, file: &'a str, warnings: &mut Vec<LexiconWarning>) -> Vec<TableRow<'a>> {
    let mut rows = Vec::new();
    for (at, line) in files.file(file).lines().enumerate() {
        if line.trim().is_empty() || line.starts_with('#') {
            continue;
        }
        let row = TableRow { file, line: at + 1, columns: line.split('\t').collect() };
        if row.columns.len() < 2 {
            warnings.push(row.warning("a term, a tab and its alternatives are expected"));
            continue;
        }
        rows.push(row);
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lexicon() -> Lexicon {
        let files = LexiconFiles::default()
            .with("aliases.tsv", "# lawcite lexicon 1\n社保\t社会保险|社會保障\n")
            .with("english.tsv", "social insurance\t社会保险\nsocial\t社会\n")
            .with("statute-succession.tsv", "行政监察法\treplaced\t监察法\t2018-03-20\n合同法\tgone\t民法典\n")
            .with("lay.tsv", "no tab\n");
        let (lexicon, warnings) = Lexicon::parse(&files);
        let messages: Vec<_> = warnings.iter().map(|w| format!("{}:{}: {}", w.file, w.line, w.message)).collect();
        assert_eq!(
            messages,
            [
                "lay.tsv:1: a term, a tab and its alternatives are expected",
                "statute-succession.tsv:2: the second column is repealed, renamed or replaced"
            ]
        );
        lexicon
    }

    #[test]
    fn terms_are_found_and_folded() {
        let lexicon = lexicon();
        let found: Vec<_> =
            lexicon.han_matches("交社保了").map(|m| (m.start, m.end, m.entry.alternatives.clone())).collect();
        assert_eq!(found, [(3, 9, vec!["社会保险".to_owned(), "社会保障".to_owned()])]);
    }

    #[test]
    fn punctuation_parts_the_letters_of_an_alternative() {
        let files = LexiconFiles::default().with("lay.tsv", "弄坏了\t毁损、 滅失|，\n");
        let (lexicon, _) = Lexicon::parse(&files);
        let found: Vec<_> = lexicon.han_matches("弄坏了").map(|m| m.entry.alternatives.clone()).collect();
        assert_eq!(found, [vec!["毁损、灭失".to_owned()]]);
    }

    #[test]
    fn english_is_found_longest_first() {
        let files = LexiconFiles::default()
            .with("english.tsv", "social insurance\t社会保险\nsocial\t社会\nstartup\t创业\nform\t表格\n")
            .with(
                LexiconFiles::DICTIONARY,
                "social\t社交\nformer\t前任\nof course\t当然\nsocial insurance fund\t保险基金\n",
            );
        let (lexicon, warnings) = Lexicon::parse(&files);
        assert_eq!(warnings, []);
        for (reason, words, expected) in [
            (
                "a phrase before its words, however general",
                &[&["social"][..], &["insurance"], &["fund"]][..],
                Some((3, "保险基金")),
            ),
            ("the glossary before the dictionary", &[&["social"], &["life"]], Some((1, "社会"))),
            ("the word itself before a form of it", &[&["social", "insurance"]], Some((1, "社会"))),
            ("a compound in two words", &[&["start"], &["ups", "up"]], Some((2, "创业"))),
            ("a compound in one", &[&["socialinsurance"]], Some((1, "社会保险"))),
            ("no term of the dictionary that is none", &[&["of"], &["course"]], None),
        ] {
            let words: Vec<Vec<String>> =
                words.iter().map(|forms| forms.iter().map(|&form| form.to_owned()).collect()).collect();
            let found = lexicon.english(&words, |term| term != "of course");
            let found = found.as_ref().map(|found| (found.words, &*found.entries[0].alternatives[0]));
            assert_eq!(found, expected, "{reason}");
        }
    }

    #[test]
    fn what_became_of_a_statute_is_known() {
        let lexicon = lexicon();
        let fate = lexicon.succession().get("行政监察法").expect("it stands there");
        assert_eq!((fate.fate, fate.successor.as_deref()), (StatuteFate::Replaced, Some("监察法")));
        assert!(lexicon.succession().get("合同法").is_none());
    }
}
