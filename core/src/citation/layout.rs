//! Where a mention stands: at the head of an entry or in mid-sentence. Lists and statutes tell by that, not by words,
//! which statute a later 第…条 belongs to.

use super::scan::{char_at, char_before, is_blank, is_han, skip_blanks, skip_blanks_back};
use super::title::names_statute;
use crate::text::scan_numeral;

/// Whether `at` begins an entry or a sentence: nothing but blanks, a number (1., （一）) or a tag (【法律】) stands between
/// it and the end of a sentence, of a quotation or of the line before.
pub(super) fn begins_entry(text: &str, at: usize) -> bool {
    let back = skip_blanks_back(text, at);
    if text[back..at].contains('\n') {
        return true;
    }
    match char_before(text, back) {
        None | Some('。' | '；' | ';' | '：' | ':' | '”' | '】' | '>' | '|' | '！' | '…') => true,
        Some('.' | '．' | '、') => ends_in_number(&text[..back - char_before(text, back).map_or(0, char::len_utf8)]),
        Some('）' | ')') => {
            let inner = &text[..back - char_before(text, back).map_or(0, char::len_utf8)];
            ends_in_number(inner)
        }
        Some(c) => matches!(c, '①'..='⒛' | '㈠'..='㈩'),
    }
}

/// Whether a number of an entry ends `text`: `1`, `（一`, but not 第一.
fn ends_in_number(text: &str) -> bool {
    const MOST_DIGITS: usize = 4;
    let mut at = text.len();
    let mut digits = 0;
    for c in text.chars().rev().take(MOST_DIGITS) {
        if scan_numeral(c.encode_utf8(&mut [0; 4])).is_none() {
            break;
        }
        at -= c.len_utf8();
        digits += 1;
    }
    digits > 0
        && char_before(text, at)
            .is_none_or(|c| is_blank(c) || matches!(c, '（' | '(' | '。' | '；' | '>' | '|' | '：' | ':' | '”'))
}

/// Whether the words of a provision follow at `at`: ：, a quotation, or 规定 with one of them.
pub(super) fn quotes(text: &str, at: usize) -> bool {
    let at = skip_blanks(text, at);
    let rest = &text[at..];
    let rest = rest.strip_prefix("规定").or_else(|| rest.strip_prefix("的规定")).unwrap_or(rest);
    rest.starts_with(['：', ':', '“', '"', '「', '﹕'])
}

/// Whether `at` begins a line, Markdown's marks apart.
pub(super) fn begins_line(text: &str, at: usize) -> bool {
    const MOST_MARKS: usize = 16;
    let mut before = text[..at].chars().rev();
    for _ in 0..MOST_MARKS {
        match before.next() {
            None | Some('\n') => return true,
            Some(c) if is_blank(c) || matches!(c, '#' | '*' | '-') => {}
            Some(_) => return false,
        }
    }
    false
}

/// Whether nothing follows `at` on its line.
pub(super) fn ends_line(text: &str, at: usize) -> bool {
    let blanks = &text[at..skip_blanks(text, at)];
    at + blanks.len() == text.len() || blanks.contains('\n')
}

/// Whether `start..end` is the whole of a heading in Markdown: the title of the text itself, which cites nothing.
pub(super) fn is_markdown_title(text: &str, start: usize, end: usize) -> bool {
    let before = text[..start].trim_end_matches([' ', '\u{3000}']);
    before.ends_with('#') && char_at(text, end).is_none_or(|c| c == '\n' || c == '\r')
}

/// Whether the article that ends at `at` is set off as a heading is: by a blank, the line's end or a 【title】.
pub(super) fn is_set_off(text: &str, at: usize) -> bool {
    char_at(text, at).is_none_or(|c| is_blank(c) || matches!(c, '【' | '*' | '〔'))
}

/// The name of the enactment whose own text `text` is, if its first line gives it and nothing else.
pub(super) fn own_heading(text: &str) -> Option<&str> {
    const LONGEST: usize = 400;
    let mut lines =
        text.lines().map(|line| line.trim_matches(|c| is_blank(c) || c == '#')).filter(|line| !line.is_empty());
    let heading = lines.find(|line| !line.starts_with("<!--"))?;
    let is_part = |c| is_han(c) || is_blank(c) || "〈〉《》<>（）()、“”".contains(c);
    let is_name = heading.len() <= LONGEST && heading.chars().all(is_part) && names_statute(heading);
    (is_name && !heading.starts_with(['第', '《', '（', '【']) && lines.next().is_some()).then_some(heading)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_begins_after_a_sentence_a_number_or_a_tag() {
        for (before, expected) in [
            ("", true),
            ("泄露的。", true),
            ("1. ", true),
            ("（一）", true),
            ("依据：1、", true),
            ("【法律】", true),
            ("一、", true),
            ("处罚。”", true),
            ("上一行\n", true),
            ("不得……", true),
            ("根据", false),
            ("第一、", false),
            ("《劳动法》、", false),
            ("（", false),
        ] {
            let text = format!("{before}《劳动法》");
            assert_eq!(begins_entry(&text, before.len()), expected, "{before}");
        }
    }

    #[test]
    fn words_of_a_provision_follow_a_colon_or_a_quotation_mark() {
        for (text, expected) in [("：泄露", true), (" “泄露", true), ("规定：", true), ("的规定", false), ("", false)]
        {
            assert_eq!(quotes(text, 0), expected, "{text}");
        }
    }

    #[test]
    fn the_first_line_of_an_enactment_is_its_name() {
        for (text, heading) in [
            ("# 中华人民共和国\u{3000}劳动法\n\n第一条", Some("中华人民共和国\u{3000}劳动法")),
            (
                "<!-- INFO END -->\n\n关于审理〈劳动法〉案件的规定\n法释〔2022〕17号",
                Some("关于审理〈劳动法〉案件的规定"),
            ),
            ("《劳动法》\n第三条", None),
            ("第一条 制定本法", None),
            ("为了保护劳动者，制定本法。\n第二条", None),
            ("按照规定", None),
        ] {
            assert_eq!(own_heading(text), heading, "{text}");
        }
    }
}
