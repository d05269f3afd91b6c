use crate::audit::fault::Rule;
use crate::citation::{PartPath, ProvisionPath};
use crate::statute::{may_have_item, paragraphs};

/// What is wrong with a provision cited, given the text of its article, and the provision put right.
pub(in crate::audit) fn provision(path: ProvisionPath, article: &str) -> Option<(Rule, Option<ProvisionPath>)> {
    let paragraphs = paragraphs(article);
    let count = paragraphs.len();
    if let Some(paragraph) = path.paragraph {
        return match (usize::from(paragraph), count) {
            (_, 0) => None,
            (1, 1) => Some((Rule::SingleParagraph, Some(ProvisionPath { paragraph: None, ..path }))),
            (number, count) if number > count => Some((Rule::NoSuchParagraph, None)),
            _ if path.item.is_some() && !may_have_item(article, PartPath::of(path)) => Some((Rule::NoSuchItem, None)),
            _ => None,
        };
    }
    (path.item.is_some() && !may_have_item(article, PartPath::of(path))).then_some((Rule::NoSuchItem, None))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_cited_is_part_of_the_article() {
        const ONE: &str = "有下列情形之一的，责令改正：\n（一）未登记的；\n（二）未报告的。";
        const TWO: &str = "有下列情形之一的，责令改正：\n（一）未登记的；\n（二）未报告的。\n情节严重的，处以罚款。";
        for (name, cited, article, expected) in [
            ("the article", (0, 0), ONE, None),
            ("the only paragraph", (1, 0), ONE, Some((Rule::SingleParagraph, "第七条"))),
            ("an item of it", (1, 2), ONE, Some((Rule::SingleParagraph, "第七条第（二）项"))),
            ("an item", (0, 2), ONE, None),
            ("an item that is not there", (0, 3), ONE, Some((Rule::NoSuchItem, ""))),
            ("a paragraph", (2, 0), TWO, None),
            ("a paragraph that is not there", (3, 0), TWO, Some((Rule::NoSuchParagraph, ""))),
            ("an item of another paragraph", (2, 1), TWO, Some((Rule::NoSuchItem, ""))),
            ("items in running text", (0, 2), "下列：（一）甲；（二）乙。", None),
            ("no text", (1, 0), "", None),
        ] {
            let some = |number| (number > 0).then_some(number);
            let path = ProvisionPath { paragraph: some(cited.0), item: some(cited.1), ..ProvisionPath::article(7) };
            let found = provision(path, article)
                .map(|(rule, instead)| (rule, instead.map(|path| path.to_string()).unwrap_or_default()));
            assert_eq!(found, expected.map(|(rule, instead)| (rule, instead.to_owned())), "{name}");
        }
    }
}
