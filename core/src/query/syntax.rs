//! The small syntax of a query: words, `"exact words"`, `-without`.

use crate::text::CharClass;

/// A query that cannot be answered at all.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum QueryError {
    /// Nothing was typed.
    #[error("the query is empty")]
    Empty,
    /// Too much was typed.
    #[error("the query has {characters} characters, at most {MAX_CHARACTERS} are searched for")]
    TooLong {
        /// How much.
        characters: usize,
    },
}

/// The most that a query may hold.
pub(super) const MAX_CHARACTERS: usize = 1000;

/// A query taken apart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Syntax {
    /// What stands outside quotes and without a minus sign; one blank where something was taken out.
    pub(super) free: String,
    /// What stands in quotes.
    pub(super) exact: Vec<String>,
    /// What must not be there.
    pub(super) without: Vec<String>,
}

/// Takes a query apart. An unclosed quote closes at the end. A minus sign counts only at the beginning of a word, so
/// that 1-2家 and dates are text.
pub(super) fn parse(text: &str) -> Result<Syntax, QueryError> {
    let characters = text.chars().count();
    if characters > MAX_CHARACTERS {
        return Err(QueryError::TooLong { characters });
    }
    if text.trim().is_empty() {
        return Err(QueryError::Empty);
    }
    let mut syntax = Syntax::default();
    let mut rest = text;
    let question = is_question(text);
    let mut at_start = true; // of a word
    while let Some(c) = rest.chars().next() {
        let after = &rest[c.len_utf8()..];
        let minus =
            at_start && matches!(c, '-' | '－' | '−') && after.chars().next().is_some_and(|c| !c.is_whitespace());
        let quoted = if minus { after } else { rest };
        // Between the words of a question, what stands in quotes is a part of it.
        let within = question && syntax.free.ends_with(|c| CharClass::of(c) == CharClass::Letter);
        if let Some((words, behind)) = quotation(quoted, at_start, within) {
            let target = if minus { &mut syntax.without } else { &mut syntax.exact };
            target.push(words.to_owned());
            syntax.free.push(' ');
            rest = behind;
            at_start = true;
        } else if minus {
            let end = after.find(char::is_whitespace).unwrap_or(after.len());
            syntax.without.push(after[..end].to_owned());
            syntax.free.push(' ');
            rest = &after[end..];
        } else {
            syntax.free.push(c);
            at_start = c.is_whitespace();
            rest = after;
        }
    }
    Ok(syntax)
}

/// The words in quotes that `text` begins with, and what follows.
///
/// Quotes with more of the sentence right behind them are the sentence's own, as are those `within` a question: 名为“合伙”实为借贷
/// asks for no exact words. And a closing quote within a word opens nothing.
fn quotation(text: &str, at_start: bool, within: bool) -> Option<(&str, &str)> {
    let open = text.chars().next().filter(|&c| matches!(c, '"' | '“' | '＂') || c == '”' && at_start)?;
    let inside = &text[open.len_utf8()..];
    let end = inside.find(['"', '“', '”', '＂']).unwrap_or(inside.len());
    let close = inside[end..].chars().next().map_or(0, char::len_utf8);
    let behind = &inside[end + close..];
    let sentence_goes_on = behind.starts_with(|c| c == '“' || CharClass::of(c) == CharClass::Letter);
    (!sentence_goes_on && !within).then_some((&inside[..end], behind))
}

/// Whether a text ends in a question mark, whatever unprintable may follow.
fn is_question(text: &str) -> bool {
    text.trim_end_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '?' | '？')).ends_with(['?', '？'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_and_minus_signs_are_taken_out() {
        const CASES: &[(&str, &str, &str, &[&str], &[&str])] = &[
            // (what the row shows, query, free, exact, without)
            ("plain words", "泄露 信息", "泄露 信息", &[], &[]),
            ("quotes of every kind", "\"限期补缴\" “社会保险费” 的", "    的", &["限期补缴", "社会保险费"], &[]),
            ("an unclosed quote closes at the end", "追责 \"限期", "追责  ", &["限期"], &[]),
            ("a minus sign before a word", "监察 -行政监察", "监察  ", &[], &["行政监察"]),
            ("a minus sign before a quotation", "-\"行政 监察\"", " ", &[], &["行政 监察"]),
            ("quotes of the sentence itself", "名为“合伙”实为借贷", "名为“合伙”实为借贷", &[], &[]),
            ("quotes within a question", "是不是“名为保理”？", "是不是“名为保理”？", &[], &[]),
            ("quotes beside quotes", "“复利”“利滚利”的约定", "“复利”“利滚利”的约定", &[], &[]),
            ("a question about exact words", "谁负责 \"限期补缴\"？", "谁负责  ？", &["限期补缴"], &[]),
            ("quotes at its end", "泄露“个人信息”", "泄露", &["个人信息"], &[]),
            ("a closing quote alone", "概不负责”的规定", "概不负责”的规定", &[], &[]),
            ("a hyphen is no minus sign", "1-2家 - 企业", "1-2家 - 企业", &[], &[]),
        ];
        for (name, query, free, exact, without) in CASES {
            let syntax = parse(query).expect("a query");
            assert_eq!(
                syntax.free.split_whitespace().collect::<Vec<_>>(),
                free.split_whitespace().collect::<Vec<_>>(),
                "{name}"
            );
            assert_eq!(syntax.exact, *exact, "{name}");
            assert_eq!(syntax.without, *without, "{name}");
        }
        assert_eq!(parse(" \t"), Err(QueryError::Empty));
        assert_eq!(parse(&"长".repeat(1001)), Err(QueryError::TooLong { characters: 1001 }));
    }
}
