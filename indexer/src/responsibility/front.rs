//! The title page: title, issuer, date.

use lawcite_core::text::{CharClass, scan_numeral};
use lawcite_core::unit::Passage;

use super::join;

/// What stands before the first part.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Front {
    pub(crate) title: Option<String>,
    pub(crate) issuer: Option<String>,
    pub(crate) date: Option<String>,
    /// The lines that the title and the date were read from.
    pub(crate) used: Vec<Passage>,
}

/// Names of such documents. What stands before one in a title is who published it.
const DOCUMENTS: &[&str] =
    &["部门责任清单", "责任清单", "权责清单", "权力责任清单", "权力和责任清单", "权力清单", "职责清单", "责任事项清单"];

/// Reads the lines before the first part.
pub(crate) fn read_front(lines: &[&Passage]) -> Front {
    let mut front = Front::default();
    let mut rest = Vec::new();
    for &line in lines {
        match date(&line.text) {
            Some(date) if front.date.is_none() => {
                front.date = Some(date);
                front.used.push(line.clone());
            }
            _ => rest.push(line),
        }
    }
    let Some((title, used)) = title(&rest) else { return front };
    front.used.extend(used);
    front.issuer = issuer(&title);
    if front.date.is_none() {
        // 某某局责任清单（2015年版）
        front.date = title.split(['（', '(']).nth(1).and_then(scan_date).map(|(date, _)| date);
    }
    front.title = Some(title);
    front
}

/// The title and its lines: all up to the one that names the kind of document, letters one a line rejoined.
fn title(lines: &[&Passage]) -> Option<(String, Vec<Passage>)> {
    const MOST_LINES: usize = 12;
    let mut joined = String::new();
    for (index, line) in lines.iter().enumerate().take(MOST_LINES) {
        if !join::is_title(&line.text) {
            joined.clear();
            continue;
        }
        joined.extend(line.text.chars().filter(|&c| CharClass::of(c) != CharClass::Blank));
        let document =
            joined.contains("清单").then(|| lines[..=index].iter().rev().take_while(|l| join::is_title(&l.text)));
        if let Some(used) = document {
            return Some((joined, used.map(|&line| line.clone()).collect()));
        }
    }
    let first = lines.first().filter(|line| join::is_title(&line.text))?;
    Some((first.text.clone(), vec![(*first).clone()]))
}

fn issuer(title: &str) -> Option<String> {
    let end = DOCUMENTS.iter().filter_map(|document| title.find(document)).min()?;
    let issuer = title[..end].trim_end_matches('的');
    (!issuer.is_empty()).then(|| issuer.to_owned())
}

/// The date that a line is: 二〇一五年七月, （2015年7月15日）, 发布日期：2015-07-15.
fn date(line: &str) -> Option<String> {
    let bare: String = line.chars().filter(|&c| CharClass::of(c) != CharClass::Blank).collect();
    let start = ["发布日期", "发布时间", "公布时间", "公布日期", "日期", "时间"]
        .iter()
        .find_map(|label| bare.strip_prefix(label));
    let start = start.unwrap_or(&bare).trim_start_matches(['：', ':', '（', '(']);
    let (date, length) = scan_date(start)?;
    let rest = start[length..].trim_end_matches(['）', ')', '版', '印', '制', '发', '布']);
    rest.is_empty().then_some(date)
}

/// The date that `text` begins with, as precise as it is written, and its length.
fn scan_date(text: &str) -> Option<(String, usize)> {
    let year = scan_numeral(text).filter(|year| (1900..2200).contains(&year.value))?;
    let mut date = year.value.to_string();
    let mut at = year.len;
    let separated = text[at..].starts_with(['-', '.', '/']);
    at += text[at..].chars().next().filter(|&c| c == '年' || separated)?.len_utf8();
    for (unit, most) in [('月', 12), ('日', 31)] {
        let Some(number) = scan_numeral(&text[at..]).filter(|number| (1..=most).contains(&number.value)) else { break };
        let end = at + number.len;
        let next = text[end..].chars().next();
        let closed = next.filter(|&c| c == unit || separated && matches!(c, '-' | '.' | '/'));
        if closed.is_none() && !(separated && next.is_none()) {
            break;
        }
        date.push_str(&format!("-{:02}", number.value));
        at = end + closed.map_or(0, char::len_utf8);
    }
    Some((date, at))
}

#[cfg(test)]
mod tests {
    use lawcite_core::text::chinese_numeral;

    use super::*;

    fn front(lines: &[&str]) -> (Option<String>, Option<String>, Option<String>) {
        let lines: Vec<Passage> =
            lines.iter().map(|text| Passage { text: (*text).to_owned(), pieces: Vec::new() }).collect();
        let front = read_front(&lines.iter().collect::<Vec<_>>());
        (front.title, front.issuer, front.date)
    }

    #[test]
    fn titles_are_read_as_they_are_set() {
        let some = |text: &str| Some(text.to_owned());
        for (lines, title, issuer, date) in [
            (
                &["博山区人力资源和社会保障局", "责", "任", "清", "单", "二〇一五年七月"][..],
                some("博山区人力资源和社会保障局责任清单"),
                some("博山区人力资源和社会保障局"),
                some("2015-07"),
            ),
            (
                &["某市交通运输局责任清单", "（2016年3月1日）"],
                some("某市交通运输局责任清单"),
                some("某市交通运输局"),
                some("2016-03-01"),
            ),
            (
                &["某县民政局部门责任清单（2015年版）"],
                some("某县民政局部门责任清单（2015年版）"),
                some("某县民政局"),
                some("2015"),
            ),
            (
                &["市委组织部责任清单", "发布日期：2015-7-8"],
                some("市委组织部责任清单"),
                some("市委组织部"),
                some("2015-07-08"),
            ),
            (&["说明"], some("说明"), None, None),
            (&["为了依法行政，制定本清单。"], None, None, None),
        ] {
            assert_eq!(front(lines), (title, issuer, date), "{lines:?}");
        }
    }

    #[test]
    fn months_are_read_as_they_are_written() {
        for month in 1..=12 {
            let line = format!("二〇一五年{}月", chinese_numeral(month));
            assert_eq!(date(&line), Some(format!("2015-{month:02}")), "{line}");
        }
    }
}
