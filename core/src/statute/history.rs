//! The history of a statute: dates and what happened on them.

use serde::{Deserialize, Serialize};

use crate::text::{CharClass, scan_numeral};

/// One date of a statute's history.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// `2018-12-29`.
    pub date: String,
    /// The words after the date, as printed: 第十一届全国人民代表大会常务委员会第十七次会议通过.
    pub text: String,
    /// What happened, in the order of the words; empty where they do not say.
    pub kinds: Vec<EventKind>,
}

/// What can happen to a statute.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum EventKind {
    /// 通过.
    Passed,
    /// 批准.
    Approved,
    /// 公布, 发布, 颁布, 印发.
    Promulgated,
    /// 修正, 修改: some articles changed.
    Amended,
    /// 修订: all of it was gone over.
    Revised,
    /// 施行, 实施, 生效.
    InForce,
    /// 废止.
    Repealed,
}

const WORDS: &[(&str, EventKind)] = &[
    ("通过", EventKind::Passed),
    ("批准", EventKind::Approved),
    ("公布", EventKind::Promulgated),
    ("发布", EventKind::Promulgated),
    ("颁布", EventKind::Promulgated),
    ("印发", EventKind::Promulgated),
    ("修正", EventKind::Amended),
    ("修改", EventKind::Amended),
    ("修订", EventKind::Revised),
    ("施行", EventKind::InForce),
    ("实施", EventKind::InForce),
    ("生效", EventKind::InForce),
    ("废止", EventKind::Repealed),
];

/// The events that `text` tells, one for each date outside 《》. The words before the first date are left aside.
///
/// # Example
///
/// ```
/// # use lawcite_core::statute::{EventKind, read_events};
/// let events = read_events("2010年10月28日 第十一届全国人民代表大会常务委员会第十七次会议通过");
/// assert_eq!(events[0].date, "2010-10-28");
/// assert_eq!(events[0].kinds, [EventKind::Passed]);
/// ```
pub fn read_events(text: &str) -> Vec<Event> {
    let dates = find_dates(text);
    let ends = dates.iter().skip(1).map(|date| date.start).chain([text.len()]);
    dates
        .iter()
        .zip(ends)
        .map(|(date, end)| {
            let words = text[date.end..end].trim_matches(|c: char| CharClass::of(c) == CharClass::Blank);
            // 自2013年11月1日施行 ends the words of the date before in 自.
            let words = words.strip_suffix(['自', '经']).unwrap_or(words);
            Event { date: date.value.clone(), text: words.to_owned(), kinds: kinds(words) }
        })
        .collect()
}

/// What the words outside 《》 say, each kind once.
fn kinds(words: &str) -> Vec<EventKind> {
    let mut kinds = Vec::new();
    let mut depth = 0_usize;
    for (at, c) in words.char_indices() {
        match c {
            '《' | '〈' | '<' => depth += 1,
            '》' | '〉' | '>' => depth = depth.saturating_sub(1),
            _ if depth == 0 => {
                let kind = WORDS.iter().find(|(word, _)| words[at..].starts_with(word)).map(|&(_, kind)| kind);
                kinds.extend(kind.filter(|kind| !kinds.contains(kind)));
            }
            _ => {}
        }
    }
    kinds
}

struct Date {
    value: String,
    start: usize,
    end: usize,
}

fn find_dates(text: &str) -> Vec<Date> {
    let mut dates = Vec::new();
    let (mut depth, mut next) = (0_usize, 0);
    let mut before = None;
    for (at, c) in text.char_indices() {
        if at < next {
            continue;
        }
        match c {
            '《' => depth += 1,
            '》' => depth = depth.saturating_sub(1),
            _ if depth == 0 && !before.is_some_and(|before: char| before.is_ascii_digit()) => {
                if let Some((value, length)) = scan_date(&text[at..]) {
                    dates.push(Date { value, start: at, end: at + length });
                    next = at + length;
                }
            }
            _ => {}
        }
        before = Some(c);
    }
    dates
}

/// The day that `text` begins with, as `2018-12-29`, and the bytes it takes: 2018年12月29日, 二〇一八年十二月二十九日,
/// 2018-12-29. Blanks inside do not matter.
pub fn scan_date(text: &str) -> Option<(String, usize)> {
    let (year, at) = scan_part(text, 0, &["年", "-", "."])?;
    let (month, at) = scan_part(text, at, &["月", "-", "."])?;
    let at = skip_blanks(text, at);
    let day = scan_numeral(&text[at..])?;
    // A line may be cut before 日.
    let end = at + day.len;
    let after = skip_blanks(text, end);
    let end = if text[after..].starts_with('日') { after + '日'.len_utf8() } else { end };
    let day = day.value;
    let is_day = (1900..2200).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day);
    is_day.then(|| (format!("{year:04}-{month:02}-{day:02}"), end))
}

/// A number with one of `ends` behind it, and where that ends.
fn scan_part(text: &str, at: usize, ends: &[&str]) -> Option<(u32, usize)> {
    let at = skip_blanks(text, at);
    let numeral = scan_numeral(&text[at..])?;
    let after = skip_blanks(text, at + numeral.len);
    let end = ends.iter().find(|end| text[after..].starts_with(**end))?;
    Some((numeral.value, after + end.len()))
}

fn skip_blanks(text: &str, at: usize) -> usize {
    at + text[at..].len() - text[at..].trim_start_matches(|c: char| CharClass::of(c) == CharClass::Blank).len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_date_is_an_event() {
        use EventKind::{Amended, Approved, InForce, Passed, Promulgated, Revised};
        type Case = (&'static str, &'static str, &'static [(&'static str, &'static [EventKind])]);
        const CASES: &[Case] = &[
            ("as most are", "2010年10月28日 第十一届全国人大常委会通过", &[("2010-10-28", &[Passed])]),
            ("two words", "1982年12月4日 全国人民代表大会公告公布施行", &[("1982-12-04", &[Promulgated, InForce])]),
            (
                "the words of a title say nothing",
                "2018年12月29日 第七次会议《关于修改〈社会保险法〉的决定》修正",
                &[("2018-12-29", &[Amended])],
            ),
            (
                "two dates in one line",
                "2018年6月28日 某市第十六次会议通过并经2018年7月27日某省第四次会议批准的《关于修改〈1999年1月2日条例〉的决定》修正",
                &[("2018-06-28", &[Passed]), ("2018-07-27", &[Approved, Amended])],
            ),
            (
                "in force from",
                "2013年9月29日 公告公布自2013年11月1日施行",
                &[("2013-09-29", &[Promulgated]), ("2013-11-01", &[InForce])],
            ),
            ("in Chinese numerals, with blanks", "二〇一八年 十二月 二十九日修订", &[("2018-12-29", &[Revised])]),
            ("in a parenthesis", "（1994年12月6日发布）", &[("1994-12-06", &[Promulgated])]),
            ("no day", "2010年10月通过", &[]),
            ("no date", "第12345年13月40日", &[]),
        ];
        for (name, text, expected) in CASES {
            let events = read_events(text);
            let found: Vec<_> = events.iter().map(|event| (event.date.as_str(), event.kinds.as_slice())).collect();
            assert_eq!(found, *expected, "{name}");
        }
    }

    #[test]
    fn an_event_keeps_its_words() {
        let events = read_events("2013年9月29日 某市公告公布自2013年11月1日施行");
        let words: Vec<&str> = events.iter().map(|event| event.text.as_str()).collect();
        assert_eq!(words, ["某市公告公布", "施行"]);
    }
}
