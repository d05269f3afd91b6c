//! The inside of an article: its 款 and 项, found in its text.

use crate::text::{Span, scan_numeral};

/// A paragraph (款) of an article. Its number is its place in the article, from one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paragraph {
    /// All of it, its items included: bytes of the article's text.
    pub span: Span,
    /// 项.
    pub items: Vec<Item>,
}

/// An item (项) of a paragraph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Item {
    /// As printed: （三） is 3.
    pub number: u16,
    /// All of it, what stands below it (目) included: bytes of the article's text.
    pub span: Span,
}

/// The paragraphs of an article whose lines stand on lines of their own.
///
/// A line that begins with （一） is an item of the paragraph before it, one that begins with `1.` or （1） is part of the
/// item before it, and every other line is a paragraph.
///
/// # Example
///
/// ```
/// # use lawcite_core::statute::paragraphs;
/// let text = "有下列情形之一的，责令改正：\n（一）未登记的；\n（二）未报告的。\n情节严重的，处以罚款。";
/// let found = paragraphs(text);
/// assert_eq!(found.len(), 2);
/// assert_eq!(found[0].items[1].span.slice(text), "（二）未报告的。");
/// ```
pub fn paragraphs(text: &str) -> Vec<Paragraph> {
    let mut paragraphs: Vec<Paragraph> = Vec::new();
    let mut start = 0;
    for line in text.split('\n') {
        let end = start + line.len();
        let span = Span::new(start, end);
        start = end + 1;
        if line.is_empty() {
            continue;
        }
        match paragraphs.last_mut() {
            Some(paragraph) if scan_item(line).is_some() => {
                let number = scan_item(line).map_or(0, |(number, _)| number);
                paragraph.items.push(Item { number, span });
                paragraph.span.end = span.end;
            }
            Some(paragraph) if is_subitem(line) && !paragraph.items.is_empty() => {
                if let Some(item) = paragraph.items.last_mut() {
                    item.span.end = span.end;
                }
                paragraph.span.end = span.end;
            }
            _ => paragraphs.push(Paragraph { span, items: Vec::new() }),
        }
    }
    paragraphs
}

/// The number of the item that `line` begins, and the bytes of its mark: （三）, (三).
pub fn scan_item(line: &str) -> Option<(u16, usize)> {
    let inside = line.strip_prefix(['（', '(', '〔', '﹙'])?;
    let numeral = scan_numeral(inside)?;
    let is_chinese = !inside.starts_with(|c: char| c.is_ascii_digit() || ('０'..='９').contains(&c));
    let close = inside[numeral.len..].chars().next().filter(|c| matches!(c, '）' | ')' | '〕' | '﹚'))?;
    let length = line.len() - inside.len() + numeral.len + close.len_utf8();
    u16::try_from(numeral.value).ok().filter(|&number| is_chinese && number > 0).map(|number| (number, length))
}

/// 1. and （1） begin a 目.
fn is_subitem(line: &str) -> bool {
    scan_subitem(line).is_some()
}

/// The number of the 目 that `line` begins.
fn scan_subitem(line: &str) -> Option<u16> {
    let bare = line.trim_start_matches(['（', '(']);
    let numeral =
        scan_numeral(bare).filter(|_| bare.starts_with(|c: char| c.is_ascii_digit() || ('０'..='９').contains(&c)))?;
    let begins = bare[numeral.len..].starts_with(['.', '．', '、', '）', ')']);
    u16::try_from(numeral.value).ok().filter(|_| begins)
}

/// The 目 of the item at `item` with their numbers: bytes of the article's text.
pub(super) fn subitems(text: &str, item: Span) -> Vec<(u16, Span)> {
    let mut found: Vec<(u16, Span)> = Vec::new();
    let mut start = item.start as usize;
    for line in item.slice(text).split('\n') {
        let span = Span::new(start, start + line.len());
        start += line.len() + 1;
        match (scan_subitem(line), found.last_mut()) {
            (Some(number), _) => found.push((number, span)),
            (None, Some((_, last))) => last.end = span.end,
            (None, None) => {}
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `1[12]2` for a first paragraph with items 1 and 2, and a second one.
    fn shape(text: &str) -> String {
        let numbers = |paragraph: &Paragraph| {
            paragraph.items.iter().map(|item| item.number.to_string()).collect::<Vec<_>>().join(" ")
        };
        paragraphs(text).iter().map(|paragraph| format!("[{}]", numbers(paragraph))).collect()
    }

    #[test]
    fn paragraphs_and_items_are_told_apart() {
        for (name, text, expected) in [
            ("one paragraph", "国家建立社会保险制度。", "[]"),
            ("two paragraphs", "甲。\n乙。", "[][]"),
            ("items belong to the paragraph before", "下列：\n（一）甲；\n（二）乙。\n情节严重的，罚款。", "[1 2][]"),
            ("brackets of either width", "下列：\n(一)甲；\n（十一）乙。", "[1 11]"),
            ("what stands below an item is part of it", "下列：\n（一）甲：\n1. 丙；\n（2）丁；\n（二）乙。", "[1 2]"),
            ("an item without a paragraph is one", "（一）甲；\n（二）乙。", "[2]"),
            ("a year in brackets is no item", "甲。\n（二〇一五年施行）", "[][]"),
            ("nothing", "", ""),
        ] {
            assert_eq!(shape(text), expected, "{name}");
        }
    }

    #[test]
    fn an_item_ends_where_the_next_begins() {
        let text = "下列：\n（一）甲：\n1. 丙；\n（二）乙。";
        let items: Vec<&str> = paragraphs(text)[0].items.iter().map(|item| item.span.slice(text)).collect();
        assert_eq!(items, ["（一）甲：\n1. 丙；", "（二）乙。"]);
    }
}
