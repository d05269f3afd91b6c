//! The part of an article that a citation means: its 款, 项 and 目.

use super::layout::{Paragraph, paragraphs, scan_item, subitems};
use crate::citation::PartPath;
use crate::text::Span;

/// The place of `part` in full: an item that is cited directly under its article has the paragraph that it stands in.
///
/// 第七条第二项 is 第七条第一款第二项 where the article has one paragraph, or where only one has such an item. A part that the
/// text has not, or several times, stays as it is.
///
/// # Example
///
/// ```
/// # use lawcite_core::citation::PartPath;
/// # use lawcite_core::statute::complete_part;
/// let text = "有下列情形之一的，责令改正：\n（一）未登记的；\n（二）未报告的。";
/// let second_item = PartPath { paragraph: None, item: Some(2), subitem: None };
/// assert_eq!(complete_part(text, second_item).paragraph, Some(1));
/// ```
pub fn complete_part(text: &str, part: PartPath) -> PartPath {
    let (None, Some(item)) = (part.paragraph, part.item) else { return part };
    let paragraphs = paragraphs(text);
    let mut having = (1..).zip(&paragraphs).filter(|(_, paragraph)| has_item(paragraph, item));
    match (having.next(), having.next()) {
        (Some((number, _)), None) => PartPath { paragraph: Some(number), ..part },
        _ => part,
    }
}

/// Where a part stands: bytes of the article's text. `None` where the article has no such part, or several.
///
/// An empty part is the whole article. An item does not hold the words before the list (有下列情形之一的), which belong to
/// its paragraph.
///
/// # Example
///
/// ```
/// # use lawcite_core::citation::PartPath;
/// # use lawcite_core::statute::find_part;
/// let text = "有下列情形之一的，责令改正：\n（一）未登记的；\n（二）未报告的。\n情节严重的，处以罚款。";
/// let second_paragraph = PartPath { paragraph: Some(2), item: None, subitem: None };
/// assert_eq!(find_part(text, second_paragraph).unwrap().slice(text), "情节严重的，处以罚款。");
/// ```
pub fn find_part(text: &str, part: PartPath) -> Option<Span> {
    let part = complete_part(text, part);
    let Some(paragraph) = part.paragraph else {
        return (part.item.is_none() && part.subitem.is_none()).then(|| Span::new(0, text.len()));
    };
    let paragraphs = paragraphs(text);
    let paragraph = paragraphs.get(usize::from(paragraph).checked_sub(1)?)?;
    let Some(item) = part.item else {
        return part.subitem.is_none().then_some(paragraph.span);
    };
    let item = paragraph.items.iter().find(|one| one.number == item)?;
    match part.subitem {
        None => Some(item.span),
        Some(subitem) => {
            subitems(text, item.span).into_iter().find(|&(number, _)| number == subitem).map(|(_, span)| span)
        }
    }
}

/// Whether an article may have the item that is named. Where items stand in running text, or several paragraphs have it, nothing
/// is certain.
pub fn may_have_item(text: &str, part: PartPath) -> bool {
    let part = PartPath { subitem: None, ..part };
    let in_several = part.paragraph.is_none() && complete_part(text, part).paragraph.is_none() && {
        let item = part.item.unwrap_or_default();
        paragraphs(text).iter().filter(|paragraph| has_item(paragraph, item)).count() > 1
    };
    let in_line = text.lines().any(|line| {
        line.char_indices().any(|(at, c)| at > 0 && matches!(c, '（' | '(') && scan_item(&line[at..]).is_some())
    });
    in_several || in_line || find_part(text, part).is_some()
}

/// Whether it is certain that an article has no such paragraph or item.
pub fn lacks_part(text: &str, part: PartPath) -> bool {
    let paragraphs = paragraphs(text).len();
    let beyond = part.paragraph.is_some_and(|paragraph| usize::from(paragraph) > paragraphs);
    paragraphs > 0 && (beyond || part.item.is_some() && !may_have_item(text, part))
}

fn has_item(paragraph: &Paragraph, number: u16) -> bool {
    paragraph.items.iter().any(|item| item.number == number)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "下列：\n（一）甲：\n1. 丙；\n2. 丁；\n（二）乙。\n戊。\n另列：\n（三）己；\n（二）庚。";

    fn part(paragraph: u16, item: u16, subitem: u16) -> PartPath {
        let some = |number| (number > 0).then_some(number);
        PartPath { paragraph: some(paragraph), item: some(item), subitem: some(subitem) }
    }

    #[test]
    fn a_part_is_cut_out_of_its_article() {
        for (name, cited, expected) in [
            ("the whole article", part(0, 0, 0), Some(TEXT)),
            ("a paragraph with its items", part(1, 0, 0), Some("下列：\n（一）甲：\n1. 丙；\n2. 丁；\n（二）乙。")),
            ("a paragraph", part(2, 0, 0), Some("戊。")),
            ("an item with what is below it", part(1, 1, 0), Some("（一）甲：\n1. 丙；\n2. 丁；")),
            ("a subitem", part(1, 1, 2), Some("2. 丁；")),
            ("an item directly under the article", part(0, 3, 0), Some("（三）己；")),
            ("a subitem directly under such an item", part(0, 1, 1), Some("1. 丙；")),
            ("an item that two paragraphs have", part(0, 2, 0), None),
            ("no such paragraph", part(4, 0, 0), None),
            ("no such item", part(2, 1, 0), None),
            ("no such subitem", part(1, 2, 1), None),
        ] {
            assert_eq!(find_part(TEXT, cited).map(|span| span.slice(TEXT)), expected, "{name}");
        }
    }

    #[test]
    fn an_item_of_the_only_paragraph_has_its_place() {
        assert_eq!(complete_part("下列：\n（一）甲；\n（二）乙。", part(0, 2, 0)), part(1, 2, 0));
        assert_eq!(complete_part(TEXT, part(0, 2, 0)), part(0, 2, 0));
        assert_eq!(complete_part(TEXT, part(2, 0, 0)), part(2, 0, 0));
    }
}
