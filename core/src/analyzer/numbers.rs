//! Numbers of articles, paragraphs, items, orders and documents as canonical tokens.
//!
//! jieba cuts 第九十二条 into four words and 第92条 into three others. Found before segmentation, both are the one token
//! `第92条`; `鲁人发【2002】26号` and `鲁人发[2002]26号` share `〔2002〕26号`.

use crate::text::{Folded, scan_numeral};

/// A number found in a folded text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Number {
    /// The canonical token.
    pub token: String,
    /// Its first byte in the folded text.
    pub start: usize,
    /// The byte after its last.
    pub end: usize,
}

/// What is counted with 第…: articles, paragraphs, items, points, orders; and chapters, sections and parts of a statute.
const COUNTED: [char; 8] = ['条', '款', '项', '目', '号', '章', '节', '编'];

/// The numbers in `folded`, in order, not overlapping.
pub fn numbers(folded: &Folded) -> Vec<Number> {
    let text = folded.text();
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(step) = text[at..].find(begins_number) {
        at += step;
        let first = text[at..].chars().next().expect("one was found");
        let number = match first {
            '第' => ordinal(text, at),
            '0'..='9' => bare_number(text, at),
            _ => document_number(text, at),
        };
        at = match number {
            Some(number) => {
                let end = number.end;
                found.push(number);
                end
            }
            // A numeral that belongs to no token is passed over whole, so that no later digit of it begins one.
            None if first.is_ascii_digit() => at + scan_numeral(&text[at..]).map_or(1, |numeral| numeral.len),
            None => at + first.len_utf8(),
        };
    }
    found
}

fn begins_number(c: char) -> bool {
    matches!(c, '第' | '〔' | '[' | '【' | '(' | '﹝' | '〖' | '0'..='9')
}

/// 第九十二条, 第一百二十条之一, 第(三)项, 第423号.
fn ordinal(text: &str, start: usize) -> Option<Number> {
    let mut at = start + '第'.len_utf8();
    let bracket = text[at..].starts_with('(');
    at += usize::from(bracket);
    let numeral = scan_numeral(&text[at..])?;
    at += numeral.len;
    if bracket {
        at += text[at..].starts_with(')').then_some(1)?;
    }
    let counted = text[at..].chars().next().filter(|c| COUNTED.contains(c))?;
    at += counted.len_utf8();
    let mut token = format!("第{}{counted}", numeral.value);
    if counted == '条'
        && let Some(inserted) = text[at..].strip_prefix('之').and_then(scan_numeral)
    {
        at += '之'.len_utf8() + inserted.len;
        token.push_str(&format!("之{}", inserted.value));
    }
    Some(Number { token, start, end: at })
}

/// 〔2011〕48号 in any brackets.
fn document_number(text: &str, start: usize) -> Option<Number> {
    let mut at = start + text[start..].chars().next()?.len_utf8();
    let year = scan_numeral(&text[at..]).filter(|year| (1900..2100).contains(&year.value))?;
    at += year.len;
    let close = text[at..].chars().next().filter(|c| matches!(c, '〕' | ']' | '】' | ')' | '﹞' | '〗'))?;
    at += close.len_utf8();
    at += if text[at..].starts_with('第') { '第'.len_utf8() } else { 0 };
    let serial = scan_numeral(&text[at..])?;
    at += serial.len;
    at += text[at..].starts_with('号').then_some('号'.len_utf8())?;
    Some(Number { token: format!("〔{}〕{}号", year.value, serial.value), start, end: at })
}

/// 92条 and 269号 without 第: only after Arabic digits, as 三条 and 一号 mostly count things.
fn bare_number(text: &str, start: usize) -> Option<Number> {
    let numeral = scan_numeral(&text[start..])?;
    let mut at = start + numeral.len;
    let counted = text[at..].chars().next().filter(|c| matches!(c, '条' | '款' | '项' | '号'))?;
    at += counted.len_utf8();
    Some(Number { token: format!("第{}{counted}", numeral.value), start, end: at })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_spelling_of_a_number_is_one_token() {
        const CASES: &[(&str, &str, &[&str])] = &[
            ("Chinese numerals", "《社会保险法》第九十二条", &["第92条"]),
            ("Arabic numerals, wide, with blanks", "第 ９２ 条", &["第92条"]),
            ("without 第", "社保法92条", &["第92条"]),
            ("an inserted article", "第一百二十条之一", &["第120条之1"]),
            ("paragraph and item", "第二十六条第二款第（三）项", &["第26条", "第2款", "第3项"]),
            ("an order, with and without 第", "国务院令 第423号，省政府令269号", &["第423号", "第269号"]),
            (
                "document numbers in every bracket",
                "〔2011〕48号[2002]26号【2002】26号（1994）503号",
                &["〔2011〕48号", "〔2002〕26号", "〔2002〕26号", "〔1994〕503号"],
            ),
            ("a year in brackets is not a document", "（2015）年", &[]),
            ("things are counted without 第", "三条建议，一号楼", &[]),
            ("part of a longer number is not a number", "20154条例", &["第20154条"]),
        ];
        for (name, text, expected) in CASES {
            let tokens: Vec<_> = numbers(&Folded::new(text)).into_iter().map(|number| number.token).collect();
            assert_eq!(tokens, *expected, "{name}");
        }
    }
}
