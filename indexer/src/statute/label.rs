//! The label that an article begins with: 第九十二条, 第一百二十条之一.

use lawcite_core::citation::ProvisionPath;
use lawcite_core::text::{CharClass, scan_numeral};

/// A label at the beginning of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Label {
    pub(super) path: ProvisionPath,
    /// Where the article's words begin.
    pub(super) end: usize,
    /// Whether a blank or the like parts it from the words. Without one the words may be a reference: 第九条规定的….
    pub(super) is_set_off: bool,
}

/// The label that `text` begins with.
pub(super) fn scan_label(text: &str) -> Option<Label> {
    let at = skip_blanks(text, after(text, 0, "第")?);
    let number = scan_numeral(&text[at..])?;
    let mut end = after(text, skip_blanks(text, at + number.len), "条")?;
    let mut suffix = None;
    if let Some(at) = after(text, end, "之")
        && let Some(inserted) = scan_numeral(&text[at..])
    {
        suffix = Some(ordinal(inserted.value)?);
        end = at + inserted.len;
    }
    let words = skip_blanks(text, end);
    let colon = [":", "："].iter().find_map(|colon| after(text, words, colon));
    let is_set_off = words > end || end == text.len() || colon.is_some() || text[end..].starts_with(['【', '［', '[']);
    let path = ProvisionPath { suffix, ..ProvisionPath::article(ordinal(number.value)?) };
    Some(Label { path, end: skip_blanks(text, colon.unwrap_or(words)), is_set_off })
}

/// Whether what follows a label that is not set off makes it a reference: 第九条规定的, 第九条、第十条.
pub(super) fn is_reference(rest: &str) -> bool {
    const WORDS: &[&str] =
        &["的", "规定", "所", "、", "，", "和", "及", "或", "至", "到", "第", "中", "（", "(", "；", "。", "之"];
    WORDS.iter().any(|word| rest.starts_with(word))
}

fn ordinal(value: u32) -> Option<u16> {
    u16::try_from(value).ok().filter(|&number| number > 0)
}

fn after(text: &str, at: usize, word: &str) -> Option<usize> {
    text[at..].starts_with(word).then_some(at + word.len())
}

fn skip_blanks(text: &str, at: usize) -> usize {
    at + text[at..].len() - text[at..].trim_start_matches(|c| CharClass::of(c) == CharClass::Blank).len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_is_set_off_from_the_words() {
        for (text, expected) in [
            ("第九十二条 社会保险", Some(("92", "社会保险", true))),
            ("第九十二条　社会保险", Some(("92", "社会保险", true))),
            ("第一百二十条之一 帮助", Some(("120-1", "帮助", true))),
            ("第 ９２ 条：社会保险", Some(("92", "社会保险", true))),
            ("第三条【原则】甲", Some(("3", "【原则】甲", true))),
            ("第三条", Some(("3", "", true))),
            ("第十六条市人民代表大会", Some(("16", "市人民代表大会", false))),
            ("第九条规定的", Some(("9", "规定的", false))),
            ("第三款", None),
            ("第零条 甲", None),
            ("第三章 总则", None),
            ("第70000条 甲", None),
        ] {
            let label = scan_label(text);
            let keys = label.map(|label| (label.path.article_key(), &text[label.end..], label.is_set_off));
            let expected = expected.map(|(key, rest, set_off)| (key.to_owned(), rest, set_off));
            assert_eq!(keys, expected, "{text}");
        }
        assert!(is_reference("规定的") && !is_reference("市人民代表大会"));
    }
}
