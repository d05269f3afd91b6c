//! Ordinals before lines and entries: 一、 （一） 1. （1） ① 第一部分.

use lawcite_core::text::{CharClass, scan_numeral};

/// How an ordinal is written. Lists of one level use one way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum MarkerKind {
    /// 第一部分, 第一章, 第一节; the character after the number.
    Named(char),
    /// 一、
    Chinese,
    /// （一）
    ChineseInBrackets,
    /// 1. and 1、
    Arabic,
    /// （1） and 1）
    ArabicInBrackets,
    /// ①
    Circled,
}

/// An ordinal that a text begins with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Marker {
    pub(crate) kind: MarkerKind,
    pub(crate) number: u32,
    /// How many bytes it takes, without the blanks behind it.
    pub(crate) length: usize,
}

/// No list is longer; what has a greater number is a year or an amount.
const LONGEST_LIST: u32 = 200;

impl Marker {
    /// The ordinal that `text` begins with.
    pub(crate) fn scan(text: &str) -> Option<Marker> {
        let (kind, number, length) = match text.chars().next()? {
            '第' => named(text)?,
            '（' | '(' | '﹙' => in_brackets(text)?,
            c if circled(c).is_some() => (MarkerKind::Circled, circled(c)?, c.len_utf8()),
            _ => bare(text)?,
        };
        (1..=LONGEST_LIST).contains(&number).then_some(Marker { kind, number, length })
    }
}

/// The number of a circled digit.
pub(crate) fn circled(c: char) -> Option<u32> {
    ('①'..='⑳').contains(&c).then(|| u32::from(c) - u32::from('①') + 1)
}

fn named(text: &str) -> Option<(MarkerKind, u32, usize)> {
    let (number, mut at) = number(text, '第'.len_utf8())?;
    at = skip_blanks(text, at);
    let unit = ["部分", "章", "节", "编"].into_iter().find(|unit| text[at..].starts_with(unit))?;
    at += unit.len();
    let kind = MarkerKind::Named(unit.chars().next()?);
    Some((kind, number, end_of_separator(text, at)))
}

fn in_brackets(text: &str) -> Option<(MarkerKind, u32, usize)> {
    let start = skip_blanks(text, text.chars().next()?.len_utf8());
    let is_arabic = text[start..].starts_with(|c: char| c.is_ascii_digit() || ('０'..='９').contains(&c));
    let (number, at) = number(text, start)?;
    let close = text[skip_blanks(text, at)..].chars().next().filter(|c| matches!(c, '）' | ')' | '﹚'))?;
    let at = skip_blanks(text, at) + close.len_utf8();
    let kind = if is_arabic { MarkerKind::ArabicInBrackets } else { MarkerKind::ChineseInBrackets };
    Some((kind, number, end_of_separator(text, at)))
}

fn bare(text: &str) -> Option<(MarkerKind, u32, usize)> {
    let is_arabic = text.starts_with(|c: char| c.is_ascii_digit() || ('０'..='９').contains(&c));
    let (number, at) = number(text, 0)?;
    let separator_at = skip_blanks(text, at);
    let separator = text[separator_at..].chars().next()?;
    let end = separator_at + separator.len_utf8();
    let kind = match separator {
        '）' | ')' if is_arabic => MarkerKind::ArabicInBrackets,
        '、' | '．' | '.' if is_arabic => {
            // 3.5万 is an amount.
            let amount = separator != '、' && text[end..].starts_with(|c: char| c.is_ascii_digit());
            return (!amount).then_some((MarkerKind::Arabic, number, end));
        }
        '、' | '．' | '.' => MarkerKind::Chinese,
        _ => return None,
    };
    Some((kind, number, end))
}

fn number(text: &str, at: usize) -> Option<(u32, usize)> {
    let at = skip_blanks(text, at);
    let numeral = scan_numeral(&text[at..])?;
    Some((numeral.value, at + numeral.len))
}

fn skip_blanks(text: &str, at: usize) -> usize {
    text[at..].find(|c| CharClass::of(c) != CharClass::Blank).map_or(text.len(), |blanks| at + blanks)
}

/// （一）、 and 第一部分： are read with what stands behind them.
fn end_of_separator(text: &str, at: usize) -> usize {
    match text[at..].chars().next() {
        Some(c @ ('、' | '：' | ':')) => at + c.len_utf8(),
        _ => at,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ordinals_are_told_from_amounts_and_years() {
        use MarkerKind::*;
        for (text, expected) in [
            ("一、监督检查对象", Some((Chinese, 1, "一、"))),
            ("（十一）重大案件", Some((ChineseInBrackets, 11, "（十一）"))),
            ("(二) 专项检查", Some((ChineseInBrackets, 2, "(二)"))),
            ("1. 定期监督", Some((Arabic, 1, "1."))),
            ("12、人才", Some((Arabic, 12, "12、"))),
            ("（3）核准", Some((ArabicInBrackets, 3, "（3）"))),
            ("3）核准", Some((ArabicInBrackets, 3, "3）"))),
            ("⑥年度", Some((Circled, 6, "⑥"))),
            ("第一部分 主要职责", Some((Named('部'), 1, "第一部分"))),
            ("第 二 章、附则", Some((Named('章'), 2, "第 二 章、"))),
            ("(2003年2月)", None),
            ("（2003）", None),
            ("2.5万元", None),
            ("3日内", None),
            ("第九十二条", None),
            ("一级为优秀", None),
            ("（试行）", None),
            ("一", None),
        ] {
            let found = Marker::scan(text).map(|marker| (marker.kind, marker.number, &text[..marker.length]));
            assert_eq!(found, expected, "{text}");
        }
    }
}
