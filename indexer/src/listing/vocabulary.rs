//! What the headings of such lists are called: `seeds/lexicon/columns.tsv`.

use std::collections::HashMap;

use lawcite_core::lexicon::LexiconFiles;
use lawcite_core::responsibility::Column;
use lawcite_core::text::{CharClass, fold_char};
use xxhash_rust::xxh3::xxh3_64;

/// The vocabulary that is used where a lexicon has none.
const BUILT_IN: &str = include_str!("../../../seeds/lexicon/columns.tsv");

/// The headings that are known, and what stands under them.
#[derive(Clone, Debug)]
pub struct Vocabulary {
    /// By the letters of a heading.
    headings: HashMap<String, Column>,
    longest: usize,
    fingerprint: u64,
}

/// A heading is short; what is longer is a cell.
const LONGEST_HEADING: usize = 40;
/// A heading of so few characters says nothing inside a longer one.
const SHORTEST_INSIDE: usize = 3;

impl Default for Vocabulary {
    fn default() -> Vocabulary {
        Vocabulary::parse(BUILT_IN)
    }
}

impl Vocabulary {
    /// The file's name in a lexicon.
    pub const FILE: &str = "columns.tsv";

    /// The vocabulary of a lexicon, or the built-in one where that has none.
    pub fn of(lexicon: &LexiconFiles) -> Vocabulary {
        match lexicon.file(Vocabulary::FILE) {
            "" => Vocabulary::default(),
            text => Vocabulary::parse(text),
        }
    }

    /// Reads `column<TAB>heading|heading|…`. Lines of unknown columns are left out.
    pub fn parse(text: &str) -> Vocabulary {
        let mut headings = HashMap::new();
        for line in text.lines().filter(|line| !line.starts_with('#')) {
            let Some((column, names)) = line.split_once('\t') else { continue };
            let Some(column) = Column::from_name(column.trim()) else { continue };
            for name in names.split('|').map(letters).filter(|name| !name.is_empty()) {
                headings.entry(name).or_insert(column);
            }
        }
        let longest = headings.keys().map(|name| name.chars().count()).max().unwrap_or(0);
        Vocabulary { headings, longest, fingerprint: xxh3_64(text.as_bytes()) }
    }

    /// Changes with the file.
    pub fn fingerprint(&self) -> u64 {
        self.fingerprint
    }

    /// What stands under a heading, if that is known.
    pub fn column(&self, heading: &str) -> Option<Column> {
        self.exact(heading).or_else(|| self.inside(heading))
    }

    /// The same for a heading that is known as it is, but for what stands in brackets.
    pub fn exact(&self, heading: &str) -> Option<Column> {
        let bare = letters(&without_brackets(heading));
        let known = |letters: &str| self.headings.get(letters).copied();
        known(&bare).or_else(|| known(&letters(heading)))
    }

    /// What the longest known heading at the end or at the beginning says: 行政处罚事项名称, 实施依据及条款.
    fn inside(&self, heading: &str) -> Option<Column> {
        let bare: Vec<char> = letters(&without_brackets(heading)).chars().collect();
        if bare.len() > LONGEST_HEADING {
            return None;
        }
        let lengths = (2..=self.longest.min(bare.len().saturating_sub(1))).rev();
        for length in lengths {
            let at_end: String = bare[bare.len() - length..].iter().collect();
            let known = self.headings.get(&at_end).copied();
            // 依据 and 编码 say what they say behind any word.
            let says = |column: Column| length >= SHORTEST_INSIDE || column.is_basis() || column == Column::Code;
            if let Some(column) = known.filter(|&column| says(column)) {
                return Some(column);
            }
            let at_start: String = bare[..length].iter().collect();
            if let Some(&column) = self.headings.get(&at_start).filter(|_| length >= SHORTEST_INSIDE) {
                return Some(column);
            }
        }
        None
    }
}

/// The folded letters of a heading, without 的.
pub(super) fn letters(text: &str) -> String {
    text.chars().map(fold_char).filter(|&c| CharClass::of(c) == CharClass::Letter && c != '的').collect()
}

/// A heading without its explanations: 法定期限（天）.
fn without_brackets(heading: &str) -> String {
    let mut depth = 0_u32;
    let mut bare = String::new();
    for c in heading.chars() {
        match c {
            '（' | '(' | '【' | '[' | '〔' => depth += 1,
            '）' | ')' | '】' | ']' | '〕' => depth = depth.saturating_sub(1),
            _ if depth == 0 => bare.push(c),
            _ => {}
        }
    }
    bare
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_say_what_they_head() {
        let vocabulary = Vocabulary::default();
        use Column::*;
        for (name, heading, column) in [
            ("as it is", "事项名称", Some(Name)),
            ("with blanks and line breaks", "序  号", Some(Number)),
            ("cut", "追责对\n象范围", Some(Persons)),
            ("with what it means", "实施依据（法律、法规、规章）", Some(Basis)),
            ("in the traditional script", "職權類型", Some(PowerType)),
            ("with 的", "责任事项的依据", Some(DutyBasis)),
            ("behind a word", "行政处罚事项名称", Some(Name)),
            ("before a word", "实施层级及权限层级", Some(Level)),
            ("the longer one decides", "追责情形依据", Some(LiabilityBasis)),
            ("a ground of any kind", "委托依据", Some(Basis)),
            ("a general one", "录入人", Some(Text)),
            ("another one", "是否容缺受理", None),
            ("a cell", "对未经批准擅自从事农业转基因生物环境释放、生产性试验等行为的处罚", None),
        ] {
            assert_eq!(vocabulary.column(heading), column, "{name}");
        }
    }

    #[test]
    fn no_heading_stands_twice() {
        let mut seen = std::collections::HashSet::new();
        for line in BUILT_IN.lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
            let (column, headings) = line.split_once('\t').expect("a tab");
            assert!(Column::from_name(column).is_some(), "{column}");
            for heading in headings.split('|') {
                assert!(seen.insert(letters(heading)), "{heading}");
            }
        }
    }
}
