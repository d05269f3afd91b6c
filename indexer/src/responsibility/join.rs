//! What is cut and what is whole: the rules by which pieces are joined again.
//!
//! A page break may stand between any two characters, so nothing is inserted where pieces meet. All rules look at the
//! ends of the two pieces only, in time that does not depend on how long they are.

use lawcite_core::text::CharClass;
use lawcite_core::unit::Passage;

use super::marker::Marker;

/// Pieces are not joined to more than this: one unit must stay what a search can take.
const LONGEST: usize = 1 << 20;
/// How much of a text's end tells whether it is cut.
const TAIL: usize = 2048;

/// Whether a text is cut in the middle of a sentence, judged by both sides of the cut.
pub(super) fn is_sentence_cut(before: &str, after: &str) -> bool {
    !ends_sentence(before) && before.len() + after.len() <= LONGEST
}

/// Adds a paragraph of a cell to what the cell held before the page or the row ended.
///
/// `sentences` says whether the column's paragraphs end like sentences; where they do, one that does not is cut.
pub(super) fn add_paragraph(paragraphs: &mut Vec<Passage>, next: &Passage, sentences: bool) {
    match paragraphs.last_mut() {
        Some(last) if goes_on(&last.text, &next.text, sentences) => last.append("", next),
        _ => paragraphs.push(next.clone()),
    }
}

fn goes_on(before: &str, after: &str, sentences: bool) -> bool {
    if !is_sentence_cut(before, after) {
        // A closing bracket or quote may stand alone on the next page.
        return begins_with_closing(after) && before.len() + after.len() <= LONGEST;
    }
    if begins_mid_sentence(after) || has_open_bracket(before) {
        return true;
    }
    if follows_in_list(before, after) {
        return false;
    }
    sentences || expects_more(before)
}

/// Whether `after` is the list's next entry: `2. …` behind `1. …`.
fn follows_in_list(before: &str, after: &str) -> bool {
    match (Marker::scan(before), Marker::scan(after)) {
        (Some(before), Some(after)) => before.kind == after.kind && before.number + 1 == after.number,
        _ => false,
    }
}

fn last_char(text: &str) -> Option<char> {
    text.chars().rev().find(|&c| CharClass::of(c) != CharClass::Blank)
}

fn is_closing(c: char) -> bool {
    matches!(c, '）' | ')' | '》' | '〉' | '」' | '』' | '”' | '’' | '〕' | '】' | ']' | '"')
}

/// Whether a sentence ends with the text: after 。 and the like, and closing brackets and quotes behind them.
pub(super) fn ends_sentence(text: &str) -> bool {
    let end = text.chars().rev().filter(|&c| CharClass::of(c) != CharClass::Blank).find(|&c| !is_closing(c));
    matches!(end, Some('。' | '！' | '？' | '!' | '?'))
}

/// Whether an entry of a list, or a sentence that a list follows, ends with the text.
pub(super) fn ends_entry(text: &str) -> bool {
    ends_sentence(text) || matches!(last_char(text), Some('；' | ';' | '：' | ':' | '…'))
}

/// Whether the text is left hanging: after ， or 、 more must come.
pub(super) fn expects_more(text: &str) -> bool {
    matches!(last_char(text), Some('，' | '、' | '；' | '：' | ',' | ';' | ':' | '（' | '(' | '《' | '〈' | '“' | '〔'))
}

/// Whether the text begins with what cannot begin a sentence.
pub(super) fn begins_mid_sentence(text: &str) -> bool {
    text.starts_with(|c| {
        is_closing(c)
            || matches!(c, '。' | '，' | '、' | '；' | '：' | '！' | '？' | ',' | '.' | ';' | ':' | '!' | '?' | '．')
    })
}

fn begins_with_closing(text: &str) -> bool {
    text.starts_with(|c| is_closing(c) && c != '"')
}

/// Whether the text has the punctuation of sentences in it, which headings do not.
pub(super) fn has_sentence_punctuation(text: &str) -> bool {
    head(text).contains(['，', '。', '；', '：', '！', '？', ',', ';', ':', '!', '?'])
}

/// Whether a line looks like a heading: short, and no sentence.
pub(super) fn is_title(text: &str) -> bool {
    const LONGEST_TITLE: usize = 60;
    !has_sentence_punctuation(text) && text.chars().nth(LONGEST_TITLE).is_none()
}

/// Whether a bracket near the end of the text waits for its other half. Widths may mix: （ is closed by ).
pub(super) fn has_open_bracket(text: &str) -> bool {
    let (mut round, mut title, mut inner, mut square) = (0_i32, 0_i32, 0_i32, 0_i32);
    for c in tail(text).chars() {
        let (depth, step) = match c {
            '（' | '(' => (&mut round, 1),
            '）' | ')' => (&mut round, -1),
            '《' => (&mut title, 1),
            '》' => (&mut title, -1),
            '〈' => (&mut inner, 1),
            '〉' => (&mut inner, -1),
            '〔' | '[' | '【' => (&mut square, 1),
            '〕' | ']' | '】' => (&mut square, -1),
            _ => continue,
        };
        *depth = (*depth + step).max(0);
    }
    round + title + inner + square > 0
}

/// The last stretch of a text.
fn tail(text: &str) -> &str {
    let mut start = text.len().saturating_sub(TAIL);
    while !text.is_char_boundary(start) {
        start += 1;
    }
    &text[start..]
}

/// The first stretch of a text.
fn head(text: &str) -> &str {
    let mut end = text.len().min(TAIL);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_paragraph_of_a_cell_goes_on_where_it_was_cut() {
        for (name, before, after, joined) in [
            ("in a clause", "加收滞纳金；申请人民", "法院强制执行", true),
            ("in a sentence that ends with its next character", "从事中介活动收取费用", "的。 6. 依法", true),
            ("between sentences", "负责转业军官培训工作。", "指导协调", false),
            ("in a bracket", "（试行", "）》", true),
            ("before a bracket that ends a sentence", "（保留。", "）", true),
            ("in an ordinal", "滥用职权的。 2", ". 《劳动法》", true),
            ("between entries", "1. 拟订规划；", "2. 组织实施；", false),
            ("in an entry", "1. 拟订规划；", "组织实施；", true),
            ("in a date", "（200", "5年4月通过）", true),
        ] {
            assert_eq!(goes_on(before, after, true), joined, "{name}");
        }
    }

    #[test]
    fn a_column_without_full_stops_has_one_entry_a_paragraph() {
        for (name, before, after, joined) in [
            ("entries", "拟订规划", "组织实施", false),
            ("a list goes on", "拟订规划、", "计划", true),
            ("a title goes on", "依据《劳动", "法》处理", true),
        ] {
            assert_eq!(goes_on(before, after, false), joined, "{name}");
        }
    }

    #[test]
    fn headings_are_told_from_sentences() {
        assert!(is_title("重大案件查处制度"));
        assert!(is_title("对高级（含副高）专业技术职务评审、认定工作的监督检查"));
        assert!(!is_title("自查。企业按照监督检查内容实施自查"));
    }
}
