use super::Broken;
use crate::audit::fault::Rule;
use crate::text::Span;

/// So many characters a title has at most: what is not closed by then is not closed.
const LONGEST_TITLE: usize = 120;

/// Title marks without their other half, and title marks inside title marks.
pub(super) fn find(text: &str) -> Vec<Broken> {
    let mut broken = Vec::new();
    // Where the marks stand that are still open.
    let mut open: Vec<usize> = Vec::new();
    let mut nested = None;
    for (at, c) in text.char_indices() {
        let end = at + c.len_utf8();
        if let Some(&first) = open.first()
            && text[first..at].chars().nth(LONGEST_TITLE).is_some()
        {
            broken.push(unpaired(text, first));
            (open, nested) = (Vec::new(), None);
        }
        match c {
            '《' => open.push(at),
            '》' => match open.pop() {
                None => broken.push(unpaired(text, at)),
                Some(start) if open.is_empty() => {
                    if nested.take().is_some() {
                        broken.push(nested_in(text, start, end));
                    }
                }
                Some(_) => nested = Some(at),
            },
            '<' | '＜' | '>' | '＞' if !open.is_empty() => nested = Some(at),
            _ => {}
        }
    }
    broken.extend(open.first().map(|&at| unpaired(text, at)));
    broken
}

/// A mark with some words around it.
fn unpaired(text: &str, at: usize) -> Broken {
    const AROUND: usize = 12;
    let before: usize = text[..at].chars().rev().take_while(|&c| c != '\n').take(AROUND).map(char::len_utf8).sum();
    let after: usize = text[at..].chars().take_while(|&c| c != '\n').take(AROUND).map(char::len_utf8).sum();
    // A closing mark is shown with what stands before it, an opening one with what follows.
    let opens = text[at..].starts_with('《');
    let span = if opens { Span::new(at, at + after) } else { Span::new(at - before, at + '》'.len_utf8()) };
    Broken { rule: Rule::UnpairedTitleMark, span, instead: None }
}

fn nested_in(text: &str, start: usize, end: usize) -> Broken {
    let (open, close) = ('《'.len_utf8(), '》'.len_utf8());
    let inner = text[start + open..end - close].replace(['《', '<', '＜'], "〈").replace(['》', '>', '＞'], "〉");
    Broken { rule: Rule::NestedTitleMark, span: Span::new(start, end), instead: Some(format!("《{inner}》")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn title_marks_come_in_pairs_and_single_ones_stand_inside() {
        for (name, text, expected) in [
            ("a title", "《劳动法》和《实施〈劳动法〉若干规定》", &[][..]),
            ("closed twice", "依据《劳动法》》第一条", &[("unpaired-title-mark", "依据《劳动法》》", None)]),
            ("not closed", "依据《劳动法第一条", &[("unpaired-title-mark", "《劳动法第一条", None)]),
            (
                "inside",
                "《实施《劳动法》若干规定》",
                &[("nested-title-mark", "《实施《劳动法》若干规定》", Some("《实施〈劳动法〉若干规定》"))],
            ),
            (
                "signs for less and more",
                "《实施<劳动法>若干规定》",
                &[("nested-title-mark", "《实施<劳动法>若干规定》", Some("《实施〈劳动法〉若干规定》"))],
            ),
            ("no title", "温度<5，>3", &[]),
        ] {
            let found = find(text);
            let found: Vec<_> = found
                .iter()
                .map(|broken| (broken.rule.name(), broken.span.slice(text), broken.instead.as_deref()))
                .collect();
            assert_eq!(found, expected, "{name}");
        }
    }
}
