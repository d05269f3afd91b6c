//! 以下简称: names that a text gives to a statute for its own use.

use std::collections::HashMap;

use super::NameIndex;
use super::scan::{char_at, is_blank, skip_blanks};
use super::title::{names_statute, statute_key};
use crate::text::Span;

/// A name given to a statute within a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Definition {
    /// The name, as [`statute_key`] writes it.
    pub(super) alias: String,
    /// The statute it stands for.
    pub(super) statute: String,
    /// From where in the text it holds.
    pub(super) from: usize,
}

/// The name that the words at `at`, inside or without a parenthesis, introduce: 以下简称“社会保险法”, ，下称《条例》.
pub(super) fn scan_definition(text: &str, at: usize) -> Option<Span> {
    const LONGEST_ALIAS: usize = 40;
    const WORDS: [&str; 6] = ["以下简称", "以下统称", "以下称", "以下均称", "下称", "简称"];
    let at = skip_blanks(text, at);
    let word = WORDS.into_iter().find(|word| text[at..].starts_with(word))?;
    let mut start = skip_blanks(text, at + word.len());
    if let Some(c) = char_at(text, start).filter(|&c| matches!(c, '：' | ':' | '为')) {
        start = skip_blanks(text, start + c.len_utf8());
    }
    if let Some(c) = char_at(text, start).filter(|&c| is_quote(c)) {
        start += c.len_utf8();
    }
    let mut end = start;
    let mut open = false;
    for c in text[start..].chars().take(LONGEST_ALIAS) {
        if matches!(c, '（' | '(') {
            open = true;
        } else if open && matches!(c, '）' | ')') {
            open = false;
        } else if is_quote(c) || matches!(c, '）' | ')' | '，' | ',' | '。' | '；' | '、' | '\n') {
            let alias = text[start..end].trim_end_matches(is_blank);
            // （以下简称《甲法》、《乙法》） gives names to several titles, and does not say which is whose.
            if text[end..].trim_start_matches(is_quote).starts_with('、') {
                return None;
            }
            return (!alias.is_empty()).then(|| Span::new(start, start + alias.len()));
        }
        end += c.len_utf8();
    }
    None
}

fn is_quote(c: char) -> bool {
    matches!(c, '“' | '”' | '"' | '《' | '》' | '「' | '」' | '〈' | '〉' | '‘' | '’' | '\'')
}

/// The names that a text defines, and from where each holds.
#[derive(Clone, Debug, Default)]
pub(super) struct LocalNames {
    index: NameIndex,
    /// By alias; a text may use one for several statutes in turn.
    definitions: HashMap<String, Vec<(usize, String)>>,
}

impl LocalNames {
    pub(super) fn new(definitions: Vec<Definition>) -> LocalNames {
        let bare = definitions.iter().map(|definition| definition.alias.as_str()).filter(|alias| names_statute(alias));
        let index = NameIndex::new(bare.map(|alias| (alias, alias)));
        let mut by_alias: HashMap<String, Vec<(usize, String)>> = HashMap::new();
        for definition in definitions {
            by_alias.entry(definition.alias).or_default().push((definition.from, definition.statute));
        }
        LocalNames { index, definitions: by_alias }
    }

    /// The names that can be found without 《》.
    pub(super) fn index(&self) -> &NameIndex {
        &self.index
    }

    /// Whether the words at `at` define `alias` rather than use it.
    pub(super) fn is_defined_at(&self, alias: &str, at: usize) -> bool {
        let found = self.definitions.get(alias).map(|all| all.binary_search_by_key(&at, |(from, _)| *from));
        matches!(found, Some(Ok(_)))
    }

    /// The statute that `alias`, a key, stands for at `at`.
    pub(super) fn statute_at(&self, alias: &str, at: usize) -> Option<&str> {
        let definitions = self.definitions.get(alias)?;
        let holding = definitions.partition_point(|(from, _)| *from <= at).checked_sub(1)?;
        Some(&definitions[holding].1)
    }
}

impl Definition {
    pub(super) fn new(text: &str, alias: Span, statute: &str) -> Definition {
        Definition { alias: statute_key(alias.slice(text)), statute: statute.to_owned(), from: alias.start as usize }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn definitions_are_read_in_every_form() {
        for (text, alias) in [
            ("以下简称社会保险法）", Some("社会保险法")),
            ("以下简称“社会保险法”）", Some("社会保险法")),
            ("以下简称《条例》）", Some("条例")),
            ("以下称：《办法》，", Some("办法")),
            ("以下简称企业破产法（试行））", Some("企业破产法（试行）")),
            ("简称保险补偿制度)", Some("保险补偿制度")),
            ("以下简称《甲法》、《乙法》）", None),
            ("以下简称", None),
            ("以下简称）", None),
            ("2010年", None),
        ] {
            assert_eq!(scan_definition(text, 0).map(|alias| alias.slice(text)), alias, "{text}");
        }
    }

    #[test]
    fn a_name_holds_from_its_definition_until_the_next() {
        let definition =
            |from, statute: &str| Definition { alias: "条例".to_owned(), statute: statute.to_owned(), from };
        let names = LocalNames::new(vec![definition(10, "甲条例"), definition(50, "乙条例")]);
        assert_eq!(names.statute_at("条例", 5), None);
        assert_eq!(names.statute_at("条例", 10), Some("甲条例"));
        assert_eq!(names.statute_at("条例", 60), Some("乙条例"));
    }
}
