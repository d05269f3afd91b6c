//! The parenthesis after a statute's name: when it was passed, by whom, under which number.

use serde::{Deserialize, Serialize};

use super::number::{Number, find_numbers};
use super::provision::scan_provision;
use super::scan::{char_at, is_blank, skip_blanks, without_blanks};
use crate::text::{Span, scan_numeral};

/// What the parenthesis after a statute's name says, as in （1997年6月通过，2004年11月修正）.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Promulgation {
    /// The parenthesis without its brackets, as printed, cut pieces rejoined.
    pub raw: String,
    /// The first date that is no amendment's, as precise as printed: `2010`, `2010-10` or `2010-10-28`.
    pub date: Option<String>,
    /// What was done to the statute later, in the order printed.
    pub amended: Vec<Amendment>,
    /// Who issued it, as printed; joint issuers keep their 、.
    pub issuer: Option<String>,
    /// The order's or document's number without blanks and otherwise as printed: `国务院令第259号`, `鲁政办发〔2011〕48号`.
    pub document_number: Option<String>,
}

/// One change of a statute.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Amendment {
    /// As precise as printed: `2012`, `2012-12` or `2012-12-28`.
    pub date: String,
    /// The word used: 修正, 修订, 修改.
    pub kind: String,
}

/// Reads the parenthesis after a statute's name, with or without its brackets.
///
/// What it does not understand stays in [`Promulgation::raw`] alone.
///
/// # Example
///
/// ```
/// # use lawcite_core::citation::find_promulgation;
/// let promulgation = find_promulgation("1997年6月通过，2004年11月修正");
/// assert_eq!(promulgation.date.as_deref(), Some("1997-06"));
/// assert_eq!(promulgation.amended[0].date, "2004-11");
/// ```
pub fn find_promulgation(parenthesis: &str) -> Promulgation {
    // A page break may cut it anywhere, even inside a date.
    let joined: String = parenthesis.chars().filter(|c| !matches!(c, '\n' | '\r')).collect();
    let text = without_brackets(&joined);
    let numbers = find_numbers(text);
    let dates = find_dates(text, &numbers);

    let mut promulgation = Promulgation { raw: text.to_owned(), ..Promulgation::default() };
    let mut in_force = None;
    for (index, date) in dates.iter().enumerate() {
        let next = dates.get(index + 1).map_or(text.len(), |next| next.span.start as usize);
        let before = text[..date.span.start as usize].trim_end_matches(is_blank);
        let after = &text[date.span.end as usize..next];
        if let Some(kind) = amendment_word(after).or_else(|| amendment_word_that_leads(before)) {
            promulgation.amended.push(Amendment { date: date.value.clone(), kind: kind.to_owned() });
        } else if before.ends_with('自') || after.starts_with(['起', '施']) {
            in_force = in_force.or(Some(&date.value));
        } else if promulgation.date.is_none() {
            promulgation.date = Some(date.value.clone());
        }
    }
    promulgation.date = promulgation.date.or_else(|| in_force.cloned());
    if let Some(number) = numbers.first() {
        promulgation.document_number = Some(without_blanks(number.span.slice(text)));
    }
    promulgation.issuer = find_issuer(text, &dates, numbers.first());
    promulgation
}

/// A parenthesis that follows a title.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Parenthesis {
    /// With its brackets.
    pub(super) span: Span,
    pub(super) inner: Span,
}

/// The parenthesis that begins at `at`, of whatever brackets; the pair may be mixed, as in （2003年2月).
///
/// One that is never closed ends with its line or before an article, if it tells of a promulgation.
pub(super) fn scan_parenthesis(text: &str, at: usize) -> Option<Parenthesis> {
    const LONGEST: usize = 500;
    let is_opening = |c| matches!(c, '（' | '(' | '【' | '[' | '〔' | '﹝' | '［');
    let is_closing = |c| matches!(c, '）' | ')' | '】' | ']' | '〕' | '﹞' | '］');
    let first = char_at(text, at).filter(|&c| is_opening(c))?;
    let inner_start = at + first.len_utf8();
    // Where it ends if it is never closed: before the line's end and any article.
    let mut given_up = None;
    let mut read_to = inner_start;
    let mut depth = 0;
    for (offset, c) in text[at..].char_indices().take(LONGEST) {
        let end = at + offset;
        if is_opening(c) {
            depth += 1;
        } else if is_closing(c) {
            depth -= 1;
            if depth == 0 {
                return Some(Parenthesis {
                    span: Span::new(at, end + c.len_utf8()),
                    inner: Span::new(inner_start, end),
                });
            }
        } else if c == '\n' {
            given_up = given_up.or(Some(end));
            if begins_paragraph(text, end + c.len_utf8()) {
                break;
            }
        } else if c == '第' && given_up.is_none() && scan_provision(&text[end..]).is_some() {
            given_up = Some(end);
        }
        read_to = end + c.len_utf8();
    }
    if given_up.is_none() && read_to < text.len() {
        return None;
    }
    let line = text[inner_start..given_up.unwrap_or(read_to)].trim_end_matches(is_blank);
    let end = inner_start + line.len();
    tells_of_promulgation(line).then(|| Parenthesis { span: Span::new(at, end), inner: Span::new(inner_start, end) })
}

/// Whether a new entry or paragraph begins with the line at `at`, over which no parenthesis goes on.
fn begins_paragraph(text: &str, at: usize) -> bool {
    let at = skip_blanks(text, at);
    let rest = &text[at..];
    match char_at(text, at) {
        None | Some('【' | '《' | '\n') => true,
        Some('第') => scan_provision(rest).is_some(),
        _ => false,
    }
}

/// Whether a parenthesis after a title tells of its promulgation, so that it belongs to the citation.
pub(super) fn tells_of_promulgation(inside: &str) -> bool {
    const SIGNS: &[&str] =
        &["号", "修正", "修订", "修改", "通过", "公布", "发布", "颁布", "施行", "试行", "暂行", "主席令", "国务院令"];
    let dated = !find_dates(inside, &[]).is_empty();
    // A title inside is that of the decision that amended the statute, or another statute's, as in （或者《乙证》）.
    dated || !inside.contains('《') && SIGNS.iter().any(|sign| inside.contains(sign))
}

fn without_brackets(parenthesis: &str) -> &str {
    let text = parenthesis.trim_matches(is_blank);
    let inner = text
        .strip_prefix(['（', '(', '【', '[', '〔'])
        .and_then(|text| text.strip_suffix(['）', ')', '】', ']', '〕']));
    // The brackets of （2001年）国发（86）77号 are two pairs.
    match inner {
        Some(inner) if !text.starts_with('〔') && balanced(inner) => inner.trim_matches(is_blank),
        _ => text,
    }
}

fn balanced(text: &str) -> bool {
    let mut depth = 0_i32;
    for c in text.chars() {
        match c {
            '（' | '(' => depth += 1,
            '）' | ')' => depth -= 1,
            _ => {}
        }
        if depth < 0 {
            return false;
        }
    }
    true
}

struct Date {
    span: Span,
    value: String,
}

/// The dates in `text` outside its numbers: 2010年10月28日, 2010.10.28, 2010-10, 二〇一〇年十月, 2010.
fn find_dates(text: &str, numbers: &[Number]) -> Vec<Date> {
    let mut dates = Vec::new();
    let mut at = 0;
    let mut numbers = numbers.iter().peekable();
    while let Some(c) = char_at(text, at) {
        if let Some(number) = numbers.next_if(|number| number.span.start as usize <= at) {
            at = at.max(number.span.end as usize);
            continue;
        }
        match scan_numeral(&text[at..]) {
            Some(numeral) => match scan_date(text, at) {
                Some(date) => {
                    at = date.span.end as usize;
                    dates.push(date);
                }
                None => at += numeral.len,
            },
            None => at += c.len_utf8(),
        }
    }
    dates
}

fn scan_date(text: &str, start: usize) -> Option<Date> {
    let numeral = scan_numeral(&text[start..])?;
    if !(1900..2100).contains(&numeral.value) {
        return None;
    }
    let mut value = numeral.value.to_string();
    let mut end = start + numeral.len;
    // One way of writing holds for the whole date: 年月日, or one sign between the numbers.
    let first = skip_blanks(text, end);
    let sign = char_at(text, first);
    let marks: &[char] = match sign {
        Some('年') => &['年', '月', '日'],
        Some(sign @ ('.' | '-' | '/' | '．' | '－')) => &[sign, sign],
        _ => return Some(Date { span: Span::new(start, end), value }),
    };
    if sign == Some('年') {
        end = first + '年'.len_utf8();
    }
    for (index, most) in [(1, 12), (2, 31)] {
        let at = match marks {
            ['年', ..] => end,
            [sign, _] if text[skip_blanks(text, end)..].starts_with(*sign) => skip_blanks(text, end) + sign.len_utf8(),
            _ => break,
        };
        let at = skip_blanks(text, at);
        let Some(part) = scan_numeral(&text[at..]).filter(|part| (1..=most).contains(&part.value)) else { break };
        let mut after = at + part.len;
        if let Some(mark) = marks.get(index).filter(|_| sign == Some('年')) {
            after = skip_blanks(text, after);
            if !text[after..].starts_with(*mark) {
                break;
            }
            after += mark.len_utf8();
        }
        value += &format!("-{:02}", part.value);
        end = after;
    }
    Some(Date { span: Span::new(start, end), value })
}

const AMENDMENT_WORDS: [&str; 3] = ["修正", "修订", "修改"];

fn amendment_word(text: &str) -> Option<&'static str> {
    let found = AMENDMENT_WORDS.into_iter().filter_map(|word| text.find(word).map(|at| (at, word)));
    // 根据《关于修改…的决定》第二次修正: the word that ends the phrase is the one for this date.
    found.max().map(|(_, word)| word)
}

/// 修订：2012年12月
fn amendment_word_that_leads(before: &str) -> Option<&'static str> {
    let before = before.trim_end_matches(|c| is_blank(c) || matches!(c, '：' | ':' | '于' | '时' | '间' | '日' | '期'));
    AMENDMENT_WORDS
        .into_iter()
        .find(|word| before.ends_with(word))
        .filter(|_| !before.chars().rev().take(16).any(|c| matches!(c, '年' | '月')))
}

/// Who is named before 令第…号, before a document number, or between the first date and 发布, 通过 and the like.
fn find_issuer(text: &str, dates: &[Date], number: Option<&Number>) -> Option<String> {
    if let Some(issuer) = number.and_then(|number| number.issuer) {
        return Some(without_blanks(issuer.slice(text)));
    }
    let start = dates.first().map_or(0, |date| date.span.end as usize);
    let number_start = number.map(|number| number.span.start as usize);
    let rest = &text[start..];
    const ACTS: [&str; 8] = ["发布", "颁布", "公布", "通过", "批准", "印发", "制定", "修订"];
    let act = ACTS.into_iter().filter_map(|act| rest.find(act)).min().map(|at| start + at);
    let end = [number_start, act].into_iter().flatten().filter(|&end| end >= start).min()?;
    let named = text[start..end]
        .trim_matches(|c| is_blank(c) || matches!(c, '，' | ',' | '、' | '：' | ':' | '经' | '由' | '以'));
    // 第十一届全国人民代表大会常务委员会第十七次会议: the body, not its meeting.
    let named = match named.rfind('第') {
        Some(at) if at > 0 && named.ends_with("会议") => &named[..at],
        _ => named,
    };
    let is_office = named.chars().nth(1).is_some() && !named.contains(['，', ',', '。', '《', '号']);
    is_office.then(|| without_blanks(named))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parentheses_say_when_by_whom_and_under_which_number() {
        type Row<'a> = (&'a str, Option<&'a str>, &'a [(&'a str, &'a str)], Option<&'a str>, Option<&'a str>);
        const NONE: &[(&str, &str)] = &[];
        let rows: &[Row] = &[
            ("2010年10月通过", Some("2010-10"), NONE, None, None),
            ("（2010年10月28日通过）", Some("2010-10-28"), NONE, None, None),
            ("1997年6月通过，2004年11月修正", Some("1997-06"), &[("2004-11", "修正")], None, None),
            ("2002年12月通过 2013年6月修改", Some("2002-12"), &[("2013-06", "修改")], None, None),
            ("1999年1月 国务院令第259号", Some("1999-01"), NONE, Some("国务院"), Some("国务院令第259号")),
            ("1990年11月 国务院令 第66号", Some("1990-11"), NONE, Some("国务院"), Some("国务院令第66号")),
            (
                "2007年10月 劳动和社会保障部令 第28号，2014年12月修订",
                Some("2007-10"),
                &[("2014-12", "修订")],
                Some("劳动和社会保障部"),
                Some("劳动和社会保障部令第28号"),
            ),
            (
                "2012年8月 人力资源社会保障部、监察部令第18号",
                Some("2012-08"),
                NONE,
                Some("人力资源社会保障部、监察部"),
                Some("人力资源社会保障部、监察部令第18号"),
            ),
            ("1985年9月 国务院发布", Some("1985-09"), NONE, Some("国务院"), None),
            (
                "2001年1月 中共中央、国务院、中央军委发布",
                Some("2001-01"),
                NONE,
                Some("中共中央、国务院、中央军委"),
                None,
            ),
            ("2002年6月 鲁人发[2002]26号", Some("2002-06"), NONE, None, Some("鲁人发[2002]26号")),
            ("2011年9月 鲁政办发〔2011〕48号", Some("2011-09"), NONE, None, Some("鲁政办发〔2011〕48号")),
            ("2010年8月省政府令第226号", Some("2010-08"), NONE, Some("省政府"), Some("省政府令第226号")),
            (
                "2003\n年2月 劳动和社会保障部令第16号",
                Some("2003-02"),
                NONE,
                Some("劳动和社会保障部"),
                Some("劳动和社会保障部令第16号"),
            ),
            (
                "中华人民共和国主席令第三十五号",
                None,
                NONE,
                Some("中华人民共和国主席"),
                Some("中华人民共和国主席令第三十五号"),
            ),
            ("2011年修正本", None, &[("2011", "修正")], None, None),
            ("2018修正", None, &[("2018", "修正")], None, None),
            ("2007年8月30日通过，自2008年1月1日起施行", Some("2007-08-30"), NONE, None, None),
            ("自2008年1月1日起施行", Some("2008-01-01"), NONE, None, None),
            (
                "2010年10月28日第十一届全国人民代表大会常务委员会第十七次会议通过",
                Some("2010-10-28"),
                NONE,
                Some("第十一届全国人民代表大会常务委员会"),
                None,
            ),
            (
                "1994年7月5日通过 根据2009年8月27日《关于修改部分法律的决定》第一次修正",
                Some("1994-07-05"),
                &[("2009-08-27", "修正")],
                None,
                None,
            ),
            ("2010.10.28通过", Some("2010-10-28"), NONE, None, None),
            ("二〇一〇年十月二十八日通过", Some("2010-10-28"), NONE, None, None),
            ("2004年国务院令第412号", Some("2004"), NONE, Some("国务院"), Some("国务院令第412号")),
            ("国务院令2004年第412号", None, NONE, Some("国务院"), Some("国务院令2004年第412号")),
            ("试行", None, NONE, None, None),
            ("", None, NONE, None, None),
        ];
        for &(text, date, amended, issuer, document_number) in rows {
            let found = find_promulgation(text);
            assert_eq!(found.date.as_deref(), date, "date of {text}");
            let changes: Vec<_> =
                found.amended.iter().map(|change| (change.date.as_str(), change.kind.as_str())).collect();
            assert_eq!(changes, amended, "amendments of {text}");
            assert_eq!(found.issuer.as_deref(), issuer, "issuer of {text}");
            assert_eq!(found.document_number.as_deref(), document_number, "number of {text}");
        }
    }

    #[test]
    fn the_parenthesis_is_kept_without_its_brackets() {
        for (text, raw) in [
            ("（2010年10月通过）", "2010年10月通过"),
            ("(2002年6月 鲁人发[2002]26号)", "2002年6月 鲁人发[2002]26号"),
            ("2002年6月 鲁人发[2002]26号", "2002年6月 鲁人发[2002]26号"),
            ("【2011年修正】", "2011年修正"),
        ] {
            assert_eq!(find_promulgation(text).raw, raw);
        }
    }
}
