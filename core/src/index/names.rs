//! The names of statutes that the documents hold, found in a query however they are written.

use aho_corasick::{AhoCorasick, MatchKind};

use crate::analyzer::LegalAnalyzer;
use crate::lexicon::Lexicon;
use crate::query::StatuteName;
use crate::text::{CharClass, Folded};

const PREFIX: &str = "中华人民共和国";

/// All names and nicknames, compared by their letters alone, the words 中华人民共和国 left out wherever they stand.
pub(super) struct StatuteNames {
    automaton: Option<AhoCorasick>,
    names: Vec<String>,
}

impl StatuteNames {
    /// The names in the index, and those that the lexicon has nicknames for.
    pub(super) fn new(indexed: &[String], lexicon: &Lexicon) -> StatuteNames {
        let own = indexed.iter().map(|name| (skeleton(&Folded::new(name)).0, name.clone()));
        let nicknames = lexicon.statute_names().flat_map(|(nickname, name)| {
            [(nickname.to_owned(), name.to_owned()), (skeleton(&Folded::new(name)).0, name.to_owned())]
        });
        // A nickname is what a statute is really called before it is anything else.
        let (patterns, names): (Vec<_>, Vec<_>) =
            own.chain(nicknames).filter(|(pattern, _)| pattern.chars().count() > 1).unzip();
        let automaton = AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(patterns).ok();
        StatuteNames { automaton, names }
    }

    /// The names in `folded` that begin and end where words do, so that 劳动法律 is not 劳动法.
    pub(super) fn find(&self, folded: &Folded, analyzer: &LegalAnalyzer) -> Vec<StatuteName> {
        let Some(automaton) = &self.automaton else { return Vec::new() };
        let (letters, places) = skeleton(folded);
        let text = folded.text();
        let mut found: Vec<_> = automaton
            .find_iter(&letters)
            .map(|name| {
                let (start, end) = (places[name.start()], places[name.end() - 1]);
                let end = end + text[end..].chars().next().map_or(0, char::len_utf8);
                (start, end, &self.names[name.pattern().as_usize()])
            })
            .collect();
        if !found.is_empty() {
            let words = analyzer.cut(folded);
            let starts = |at: usize| words.iter().all(|word| word.start >= at || word.end <= at);
            found.retain(|&(start, end, _)| starts(start) && starts(end));
        }
        found.into_iter().map(|(start, end, name)| with_brackets(text, start, end, name)).collect()
    }
}

/// The letters of a folded text without 中华人民共和国, and the byte of the folded text for each of its bytes.
fn skeleton(folded: &Folded) -> (String, Vec<usize>) {
    let text = folded.text();
    let (mut letters, mut places) = (String::new(), Vec::new());
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        if text[at..].starts_with(PREFIX) {
            at += PREFIX.len();
            continue;
        }
        if CharClass::of(c) == CharClass::Letter {
            letters.push(c);
            places.extend(std::iter::repeat_n(at, c.len_utf8()));
        }
        at += c.len_utf8();
    }
    (letters, places)
}

/// Takes 《 and 》 around the name along, and the words 中华人民共和国 before it.
fn with_brackets(text: &str, start: usize, end: usize, name: &str) -> StatuteName {
    let before = text[..start].strip_suffix(PREFIX).unwrap_or(&text[..start]);
    let start = before.strip_suffix('《').unwrap_or(before).len();
    // A name may itself end in brackets: 办法（试行）.
    let own = Folded::new(name);
    let letters = own.text().trim_end_matches(|c| CharClass::of(c) != CharClass::Letter).len();
    let tail = &own.text()[letters..];
    let end = end + if text[end..].starts_with(tail) { tail.len() } else { 0 };
    let end = end + if text[end..].starts_with('》') { '》'.len_utf8() } else { 0 };
    StatuteName { start, end, name: name.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::LexiconFiles;

    #[test]
    fn a_name_is_found_however_it_is_written() {
        let files = LexiconFiles::default().with("statute-names.tsv", "社保法\t社会保险法\n");
        let (lexicon, _) = Lexicon::parse(&files);
        let indexed =
            ["社会保险法", "实施〈中华人民共和国社会保险法〉若干规定", "劳动法", "监察办法（试行）"].map(str::to_owned);
        let names = StatuteNames::new(&indexed, &lexicon);
        let analyzer = LegalAnalyzer::shared("").expect("no dictionary");
        for (query, expected) in [
            ("《中华人民共和国社会保险法》第92条", &[("社会保险法", "《中华人民共和国社会保险法》")][..]),
            ("社保法92条", &[("社会保险法", "社保法")]),
            (
                "实施《社会保险法》若干规定 26条",
                &[("实施〈中华人民共和国社会保险法〉若干规定", "实施《社会保险法》若干规定")],
            ),
            ("《监察办法（试行）》第3条", &[("监察办法（试行）", "《监察办法(试行)》")]),
            ("劳动法律法规", &[]),
            ("社會保險法和劳动法", &[("社会保险法", "社会保险法"), ("劳动法", "劳动法")]),
        ] {
            let folded = Folded::new(query);
            let found: Vec<_> = names
                .find(&folded, &analyzer)
                .into_iter()
                .map(|found| (found.name.clone(), folded.text()[found.start..found.end].to_owned()))
                .collect();
            let found: Vec<_> = found.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
            assert_eq!(found, expected, "{query}");
        }
    }
}
