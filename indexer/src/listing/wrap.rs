//! Lines that a cell's width broke, joined again. Text that came out of a PDF has a break at the end of each line as it was
//! set, and a narrow column one every few characters.

use lawcite_core::text::CharClass;
use lawcite_core::unit::Passage;

use crate::responsibility::marker::Marker;

/// A cell of fewer lines is not judged by how many of them are cut.
const LEAST_LINES: usize = 4;
/// Lines of at most so many characters are those of a narrow column.
const NARROW: usize = 5;

/// The paragraphs of a cell. Where a third of the breaks cut a sentence, no break that does so parts paragraphs.
pub(super) fn unwrapped(lines: Vec<Passage>) -> Vec<Passage> {
    let breaks = lines.len().saturating_sub(1);
    let cuts = lines.windows(2).filter(|pair| is_cut(&pair[0].text, &pair[1].text)).count();
    let is_narrow = lines.iter().all(|line| line.text.chars().nth(NARROW).is_none());
    let is_wrapped = lines.len() >= LEAST_LINES && cuts * 3 >= breaks || is_narrow && cuts == breaks;
    if !is_wrapped || cuts == 0 {
        return lines;
    }
    let mut paragraphs: Vec<Passage> = Vec::new();
    let mut before = String::new();
    for line in lines {
        match paragraphs.last_mut() {
            Some(last) if is_cut(&before, &line.text) => last.append("", &line),
            _ => paragraphs.push(line.clone()),
        }
        before = line.text;
    }
    paragraphs
}

/// Whether a break between two lines is none of the text's: the first does not end, and the second begins nothing.
fn is_cut(before: &str, after: &str) -> bool {
    let end = before.chars().rev().find(|&c| CharClass::of(c) != CharClass::Blank);
    let ends = matches!(end, Some('。' | '；' | ';' | '：' | ':' | '！' | '？' | '…'));
    !ends && !begins(before, after)
}

/// Whether a line begins an entry, a ground or a quoted article.
fn begins(before: &str, line: &str) -> bool {
    let closed = before.trim_end().ends_with(['》', '）', ')', '〉']);
    Marker::scan(line).is_some()
        || line.starts_with('【')
        || closed && (line.starts_with('《') || is_article(line) || line.starts_with("全文"))
}

/// Whether a line begins with 第…条, 第…项, 第…章.
fn is_article(line: &str) -> bool {
    const LONGEST: usize = 12;
    let units = ['条', '项', '章', '款', '节', '部'];
    line.starts_with('第') && line.chars().take(LONGEST).any(|c| units.contains(&c))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn joined(lines: &[&str]) -> Vec<String> {
        let passage = |text: &&str| Passage { text: (*text).to_owned(), pieces: Vec::new() };
        unwrapped(lines.iter().map(passage).collect()).into_iter().map(|paragraph| paragraph.text).collect()
    }

    #[test]
    fn broken_lines_are_joined_and_paragraphs_are_not() {
        for (name, lines, expected) in [
            (
                "a narrow column",
                &["1.具体", "承办", "人；", "2.内设", "机构负", "责人。"][..],
                &["1.具体承办人；", "2.内设机构负责人。"][..],
            ),
            ("a word in two", &["行政", "处罚"], &["行政处罚"]),
            (
                "a page's lines",
                &["因不履行职责，有下列情形", "的，应承担相应的责", "任：", "1.不具备资格", "实施处罚的；"],
                &["因不履行职责，有下列情形的，应承担相应的责任：", "1.不具备资格实施处罚的；"],
            ),
            (
                "grounds, one a paragraph",
                &["【法律】《行政处罚法》（2021年修订）", "第五章、第六章。", "《价格法》（1997年）", "全文适用"],
                &["【法律】《行政处罚法》（2021年修订）", "第五章、第六章。", "《价格法》（1997年）", "全文适用"],
            ),
            (
                "offices, one a line",
                &["克拉玛依市消防救援支队", "各区消防救援大队"],
                &["克拉玛依市消防救援支队", "各区消防救援大队"],
            ),
            (
                "a heading inside",
                &["直接实施责任：", "1.依法实施事项", "指导监督责任：", "2.指导下级。", "3.监督下级。"],
                &["直接实施责任：", "1.依法实施事项", "指导监督责任：", "2.指导下级。", "3.监督下级。"],
            ),
        ] {
            assert_eq!(joined(lines), expected, "{name}");
        }
    }
}
