//! Whether a text is a statute or a responsibility list.

use super::label::scan_label;
use super::line::HEAD_END;

/// Whether a Markdown or plain text is a statute, told by its content.
///
/// A statute says where its head ends, or has articles one after the other at the beginnings of lines. A responsibility
/// list has 清单 in its title; the articles that it cites stand in no order, and mostly in tables.
pub fn is_statute(text: &str) -> bool {
    const LINES_OF_TITLE: usize = 8;
    const LISTS: &[&str] = &["责任清单", "权责清单", "权力清单", "职责清单", "事项清单"];
    if text.contains(HEAD_END) {
        return true;
    }
    let mut title = text.lines().map(str::trim).filter(|line| !line.is_empty()).take(LINES_OF_TITLE);
    if title.any(|line| LISTS.iter().any(|list| line.contains(list))) {
        return false;
    }
    let (mut last, mut steps, mut labels) = (0, 0, 0);
    for line in text.lines() {
        let line = line.trim_start_matches(['#', '*', ' ', '\u{3000}', '\t', '\u{feff}']);
        let Some(label) = scan_label(line) else { continue };
        let number = label.path.article;
        labels += 1;
        steps += usize::from(number == last + 1 || number == last && label.path.suffix.is_some());
        last = number;
    }
    labels >= 2 && steps * 2 > labels
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statutes_and_lists_are_told_apart() {
        for (name, text, expected) in [
            ("a marked head", "# 决定\n<!-- INFO END -->\n一、废止。", true),
            ("articles", "垃圾分类条例\n第一条 甲。\n第二条 乙。", true),
            ("articles that are headings", "# 条例\n## 第一条 甲\n## 第二条 乙", true),
            ("a list that cites", "某局责任清单\n第一条 甲。\n第二条 乙。", false),
            ("citations in no order", "职责\n第六十九条：甲。\n第三条：乙。\n第七十条：丙。", false),
            ("a table", "# 清单\n| 1 | 第一条 |\n| 2 | 第二条 |", false),
            ("one article", "第一条 甲。", false),
        ] {
            assert_eq!(is_statute(text), expected, "{name}");
        }
    }
}
