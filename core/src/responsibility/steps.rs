//! What is numbered within one line: 1.受理人员；2.审核人员；3.分管负责人.

use crate::text::{CharClass, Span, scan_numeral};

/// What stands between two steps.
const BETWEEN: &str = "；;。，,、：:";

/// The parts of a line that numbers in it begin, without these; the whole line where there are none. Whoever made the sheet
/// pressed no Enter between them, but each is what a line is elsewhere.
///
/// `number` is the line's own, which stands before it. Only numbers that go on from it, or from one, begin a part: those of
/// 违反第1、2项 do not.
pub fn steps<'t>(number: &str, line: &'t str) -> Vec<&'t str> {
    let own = marks(number).first().map_or(0, |mark| mark.number);
    let mut next = own + 1;
    let mut style = marks(number).first().map(|mark| mark.style);
    let mut parts = Vec::new();
    let mut start = 0;
    for mark in marks(line) {
        if mark.number == next && style.is_none_or(|style| style == mark.style) {
            parts.push(trimmed(&line[start..mark.span.range().start]));
            start = mark.span.range().end;
            next += 1;
            style = Some(mark.style);
        }
    }
    if start == 0 {
        return vec![line];
    }
    parts.push(trimmed(&line[start..]));
    parts.retain(|part| !part.is_empty());
    parts
}

fn trimmed(part: &str) -> &str {
    let is_blank = |c: char| CharClass::of(c) == CharClass::Blank;
    // 有下列情形的： keeps what says that something follows.
    part.trim_matches(|c: char| is_blank(c) || "；;。，,、".contains(c))
}

/// A number as a list has them: 2. 2、 （2） （二） 二、 ②.
struct Mark {
    number: u32,
    style: Style,
    /// With its dot or brackets.
    span: Span,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Style {
    Arabic,
    Chinese,
    ArabicInBrackets,
    ChineseInBrackets,
    Circled,
}

/// All such numbers at the beginning of a text or behind what separates steps.
fn marks(text: &str) -> Vec<Mark> {
    let mut marks = Vec::new();
    let mut may_begin = true;
    for (at, c) in text.char_indices() {
        if may_begin && let Some((number, style, length)) = mark(&text[at..]) {
            marks.push(Mark { number, style, span: Span::new(at, at + length) });
        }
        may_begin = BETWEEN.contains(c) || CharClass::of(c) == CharClass::Blank;
    }
    marks
}

fn mark(text: &str) -> Option<(u32, Style, usize)> {
    let first = text.chars().next()?;
    if ('①'..='⑳').contains(&first) {
        return Some((u32::from(first) - u32::from('①') + 1, Style::Circled, first.len_utf8()));
    }
    let inside = text.strip_prefix(['（', '(']);
    let numeral = scan_numeral(inside.unwrap_or(text))?;
    let rest = &inside.unwrap_or(text)[numeral.len..];
    let close = rest.chars().next()?;
    let behind = &rest[close.len_utf8()..];
    let is_digit = |c: char| c.is_ascii_digit() || ('０'..='９').contains(&c);
    let is_arabic = inside.unwrap_or(text).starts_with(is_digit);
    let style = match (inside.is_some(), close) {
        (true, '）' | ')') if is_arabic => Style::ArabicInBrackets,
        (true, '）' | ')') => Style::ChineseInBrackets,
        // 3.5万 is an amount, and 1、2项 are places.
        (false, '.' | '．' | '、') if is_arabic && !behind.starts_with(is_digit) => Style::Arabic,
        (false, '、') if !is_arabic => Style::Chinese,
        _ => return None,
    };
    Some((numeral.value, style, text.len() - behind.len()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn numbers_that_go_on_begin_steps() {
        const CASES: &[(&str, &str, &str, &[&str])] = &[
            // (what the row shows, the line's number, the line, its steps)
            (
                "the first number stands before the line",
                "1.",
                "受理人员；2.审核人员；3.分管负责人",
                &["受理人员", "审核人员", "分管负责人"],
            ),
            ("or in it", "", "1.受理人员 2.审核人员。", &["受理人员", "审核人员"]),
            (
                "behind what announces them",
                "",
                "有下列情形的：（一）失职；（二）渎职",
                &["有下列情形的：", "失职", "渎职"],
            ),
            ("circled", "①", "承办人、②审核人", &["承办人", "审核人"]),
            ("a line alone is whole", "3.", "分管负责人；", &["分管负责人；"]),
            ("numbers of places are none", "1.", "违反第一项、第2、3项的", &["违反第一项、第2、3项的"]),
            ("nor are places that begin with one", "1.", "其他，2、3项除外", &["其他，2、3项除外"]),
            ("nor amounts", "1.", "少缴，2.5万元以上的", &["少缴，2.5万元以上的"]),
            ("nor numbers of another kind", "1.", "承办人；（二）不算", &["承办人；（二）不算"]),
            ("nor numbers out of order", "1.", "承办人；3.不算", &["承办人；3.不算"]),
        ];
        for (name, number, line, expected) in CASES {
            assert_eq!(steps(number, line), *expected, "{name}");
        }
    }

    proptest! {
        #[test]
        fn steps_stand_in_the_line_in_order(number in "([1-3]\\.|)", line in "[1-4.、；（）一二三人员 ]{0,30}|\\PC{0,30}") {
            let mut at = 0;
            for step in steps(&number, &line) {
                at += line[at..].find(step).expect("a step is a stretch of the line") + step.len();
            }
        }
    }
}
