//! Whether a lexicon keeps the rules of `seeds/lexicon/README.md`. Reading it asks for less: what can be understood is used.

use std::collections::HashMap;

use super::{Lexicon, LexiconFiles, LexiconWarning};
use crate::responsibility::Column;
use crate::text::{CharClass, Folded};

const ENGLISH: &str = "english.tsv";
const COLUMNS: &str = "columns.tsv";
const SUCCESSION: &str = "statute-succession.tsv";
const TABLES: [&str; 7] =
    ["aliases.tsv", "lay.tsv", ENGLISH, "statute-names.tsv", SUCCESSION, COLUMNS, LexiconFiles::DICTIONARY];

impl LexiconFiles {
    /// What people who edit the files should mend, by file and line: everything that [`Lexicon::parse`] reports and what is
    /// used all the same but is not as it should be. Empty where all is well.
    pub fn check(&self) -> Vec<LexiconWarning> {
        let (_, mut warnings) = Lexicon::parse(self);
        // The general dictionary is made anew with each index.
        let own = TABLES.into_iter().filter(|&table| table != LexiconFiles::DICTIONARY);
        for file in own.chain([LexiconFiles::SEGMENTATION]) {
            if !self.files().any(|(name, _)| name == file) {
                let message = "it is not there: nothing of it would be known".to_owned();
                warnings.push(LexiconWarning { file: file.to_owned(), line: 1, message });
            }
        }
        for (file, text) in self.files() {
            let mut check = Check { file, line: 0, warnings: &mut warnings };
            match file {
                LexiconFiles::SEGMENTATION => check.segmentation(text),
                file if TABLES.contains(&file) => check.table(text),
                _ => check.warn("no table is called so: its entries are not used".to_owned()),
            }
        }
        warnings.sort_by(|a, b| (&a.file, a.line).cmp(&(&b.file, b.line)));
        warnings.dedup_by(|a, b| (&a.file, a.line) == (&b.file, b.line));
        warnings
    }
}

struct Check<'a> {
    file: &'a str,
    line: usize,
    warnings: &'a mut Vec<LexiconWarning>,
}

impl Check<'_> {
    fn warn(&mut self, message: String) {
        // What concerns the whole file is said at its beginning.
        self.warnings.push(LexiconWarning { file: self.file.to_owned(), line: self.line.max(1), message });
    }

    fn table(&mut self, text: &str) {
        let stem = self.file.trim_end_matches(".tsv");
        let head = format!("# lawcite lexicon 1: {stem}");
        if self.file != LexiconFiles::DICTIONARY && text.lines().next() != Some(&head) {
            self.warn(format!("the first line must be `{head}`"));
        }
        let mut terms = HashMap::new();
        let mut headings = HashMap::new();
        for (at, line) in text.lines().enumerate() {
            self.line = at + 1;
            let Some((term, rest)) = line.split_once('\t').filter(|_| !line.starts_with('#')) else { continue };
            if term.trim() != term {
                self.warn(format!("`{term}` has blanks around it"));
            }
            let key = if self.file == ENGLISH { term.to_owned() } else { Folded::new(term).text().to_owned() };
            if let Some(line) = terms.insert(key, self.line) {
                self.warn(format!("`{term}` stands in line {line} already: put all of it in one line"));
            }
            match self.file {
                SUCCESSION => self.succession(rest),
                COLUMNS => {
                    if Column::from_name(term).is_none() {
                        self.warn(format!("`{term}` is no column"));
                    }
                    for heading in rest.split('|') {
                        if let Some(line) = headings.insert(heading.to_owned(), self.line) {
                            self.warn(format!("`{heading}` stands in line {line} already"));
                        }
                    }
                }
                _ => self.alternatives(term, rest),
            }
        }
    }

    fn alternatives(&mut self, term: &str, rest: &str) {
        if self.file == ENGLISH && term != term.to_lowercase() {
            self.warn(format!("`{term}` must be in lower case"));
        }
        if rest.contains('\t') {
            self.warn("there is one tab too many".to_owned());
        }
        let alternatives: Vec<&str> = rest.split('|').collect();
        for (at, alternative) in alternatives.iter().enumerate() {
            if alternative.trim() != *alternative || alternative.is_empty() {
                self.warn("an alternative is empty or has blanks around it".to_owned());
            } else if alternatives[..at].contains(alternative) {
                self.warn(format!("`{alternative}` stands there twice"));
            } else if *alternative == term {
                self.warn(format!("`{term}` stands for itself"));
            }
        }
    }

    fn succession(&mut self, rest: &str) {
        let columns: Vec<&str> = rest.split('\t').collect();
        let date = columns.get(2).copied().unwrap_or_default();
        let is_date = date.len() == 10
            && date
                .bytes()
                .enumerate()
                .all(|(at, byte)| if at == 4 || at == 7 { byte == b'-' } else { byte.is_ascii_digit() });
        if columns.len() != 3 {
            self.warn("a name, a status, a successor and a date are expected, with three tabs".to_owned());
        } else if !date.is_empty() && !is_date {
            self.warn(format!("`{date}` is no date like 2018-03-20"));
        }
    }

    fn segmentation(&mut self, text: &str) {
        let mut words = HashMap::new();
        for (at, line) in text.lines().enumerate() {
            self.line = at + 1;
            let columns: Vec<&str> = line.split(' ').collect();
            let frequency = columns.get(1).and_then(|frequency| frequency.parse::<u32>().ok());
            if !(2..=3).contains(&columns.len()) || frequency.is_none_or(|frequency| frequency == 0) {
                self.warn("a word, a frequency and a tag are expected, one blank between them".to_owned());
            } else if columns[0].chars().any(|c| CharClass::of(c) != CharClass::Letter) {
                self.warn(format!("`{}` is no word", columns[0]));
            } else if let Some(line) = words.insert(columns[0].to_owned(), self.line) {
                self.warn(format!("`{}` stands in line {line} already", columns[0]));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_should_be_mended_is_said_by_line() {
        let files = LexiconFiles::default()
            .with(
                "aliases.tsv",
                "# lawcite lexicon 1: aliases\n社保\t社会保险\n社保\t社会保障\n医保\t医保|医疗保险|医疗保险\n",
            )
            .with("english.tsv", "Seal\t印章\n")
            .with("lay.tsv", "# lawcite lexicon 1: lay\n老板\t用人单位| 雇主\n房东 出租人\n")
            .with("columns.tsv", "# lawcite lexicon 1: columns\nname\t事项名称\nnonsense\t事项名称\n")
            .with(
                "statute-succession.tsv",
                "# lawcite lexicon 1: statute-succession\n行政监察法\treplaced\t监察法\t2018\n",
            )
            .with("segmentation.dict", "劳务派遣单位 100 n\n# 注\n劳动\n劳务派遣单位 100 n\n")
            .with("nicknames.tsv", "a\tb\n");
        let said: Vec<String> = files
            .check()
            .iter()
            .map(|warning| format!("{}:{}: {}", warning.file, warning.line, warning.message))
            .collect();
        insta::assert_snapshot!(said.join("\n"), @r"
        aliases.tsv:3: `社保` stands in line 2 already: put all of it in one line
        aliases.tsv:4: `医保` stands for itself
        columns.tsv:3: `nonsense` is no column
        english.tsv:1: the first line must be `# lawcite lexicon 1: english`
        lay.tsv:2: an alternative is empty or has blanks around it
        lay.tsv:3: a term, a tab and its alternatives are expected
        nicknames.tsv:1: no table is called so: its entries are not used
        segmentation.dict:2: a word, a frequency and a tag are expected, one blank between them
        segmentation.dict:3: a word, a frequency and a tag are expected, one blank between them
        segmentation.dict:4: `劳务派遣单位` stands in line 1 already
        statute-names.tsv:1: it is not there: nothing of it would be known
        statute-succession.tsv:2: `2018` is no date like 2018-03-20
        ");
    }

    #[test]
    fn a_lexicon_that_keeps_the_rules_gives_no_warning() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../seeds/lexicon");
        assert_eq!(LexiconFiles::read(&folder).expect("it is there").check(), []);
    }
}
