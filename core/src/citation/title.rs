//! Titles: 《…》 with nested 〈〉, <> and 《》, and the name of a statute that is inside.

use super::scan::{char_at, is_blank, is_han, skip_blanks};
use crate::text::{Span, scan_numeral};

/// No title of a statute is longer; 《 without 》 is given up after so many characters.
const LONGEST_TITLE: usize = 300;
/// Titles are nested two or three deep; four stands for damage.
const DEEPEST: usize = 4;

/// A title found in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Title {
    /// What stands inside the outer brackets.
    pub(super) inner: Span,
    /// Where the text goes on.
    pub(super) end: usize,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Bracket {
    Double,
    Single,
}

fn opening(c: char) -> Option<Bracket> {
    match c {
        '《' | '≪' => Some(Bracket::Double),
        '〈' | '<' | '＜' | '﹤' | '‹' => Some(Bracket::Single),
        _ => None,
    }
}

fn closing(c: char) -> Option<Bracket> {
    match c {
        '》' | '≫' => Some(Bracket::Double),
        '〉' | '>' | '＞' | '﹥' | '›' => Some(Bracket::Single),
        _ => None,
    }
}

/// No title goes on over these.
fn ends_sentence(c: char) -> bool {
    matches!(c, '。' | '；' | ';' | '！' | '？' | '|')
}

/// The title whose bracket stands at `at`.
///
/// A title that is never closed ends before its article, its parenthesis or the end of the clause, if what stands there
/// reads like the name of a statute. 〈…〉 that is not inside 《…》 is a title under the same condition.
pub(super) fn scan_title(text: &str, at: usize) -> Option<Title> {
    let first = char_at(text, at)?;
    let start = at + first.len_utf8();
    match opening(first)? {
        Bracket::Double => closed_title(text, start).or_else(|| unclosed_title(text, start)),
        Bracket::Single => single_title(text, start),
    }
}

fn closed_title(text: &str, start: usize) -> Option<Title> {
    let mut open = [Bracket::Double; DEEPEST];
    let mut depth = 1;
    let mut breaks = 0;
    for (offset, c) in text[start..].char_indices().take(LONGEST_TITLE) {
        let at = start + offset;
        let after = at + c.len_utf8();
        if let Some(bracket) = opening(c) {
            if depth == DEEPEST {
                return None;
            }
            open[depth] = bracket;
            depth += 1;
        } else if let Some(bracket) = closing(c) {
            // Brackets of the wrong kind close what is open, as in 《实施〈劳动法》办法》, where the title goes on to the
            // bracket that is left; without one, as in 《实施〈劳动法》, they close the title.
            let right = bracket == open[depth - 1];
            if right || depth > 1 && closes_later(text, after) {
                depth -= 1;
            } else if bracket == Bracket::Double || depth == 1 && !closes_later(text, after) {
                depth = 0;
            }
            if depth == 0 {
                let (inner, after) = over_stray_closing(text, start, at, after);
                return (!inner.slice(text).chars().all(is_blank)).then_some(Title { inner, end: after });
            }
        } else if ends_sentence(c) {
            return None;
        } else if c == '\n' {
            // 《关于修改〈甲法〉, 〈乙法〉的决定》: each on a line of its own
            let next = char_at(text, skip_all_blanks(text, after));
            breaks += usize::from(next.and_then(opening) != Some(Bracket::Single));
            if breaks > 2 {
                return None;
            }
        }
    }
    None
}

/// Where a title that seems to end at `end` ends in fact, if one 》 too many stands behind it or in it: 《甲办法》》,
/// 《甲办法》实施细则》.
fn over_stray_closing(text: &str, start: usize, end: usize, after: usize) -> (Span, usize) {
    const LONGEST_REST: usize = 20;
    let rest = &text[after..];
    let run: usize = rest.chars().take(LONGEST_REST).take_while(|&c| is_han(c)).map(char::len_utf8).sum();
    let name_goes_on = run == 0 || names_statute(&rest[..run]) && !rest.starts_with(['和', '与', '及', '或', '的']);
    match rest[run..].chars().next() {
        Some(c) if closing(c) == Some(Bracket::Double) && name_goes_on => {
            let end = if run == 0 { end } else { after + run };
            (Span::new(start, end), after + run + c.len_utf8())
        }
        _ => (Span::new(start, end), after),
    }
}

/// Whether the clause at `at` has one more 》 that no 《 of its own explains.
fn closes_later(text: &str, at: usize) -> bool {
    for c in text[at..].chars().take(40) {
        if opening(c).is_some() || ends_sentence(c) || matches!(c, '：' | ':' | '、' | '“' | '\n') {
            return false;
        }
        if closing(c) == Some(Bracket::Double) {
            return true;
        }
    }
    false
}

/// Where the blanks at `at` end, an empty line among them.
fn skip_all_blanks(text: &str, at: usize) -> usize {
    skip_blanks(text, skip_blanks(text, at))
}

fn unclosed_title(text: &str, start: usize) -> Option<Title> {
    let mut end = start;
    for (offset, c) in text[start..].char_indices().take(LONGEST_TITLE) {
        if start + offset < end {
            continue;
        }
        if let Some(inner_end) = inner_of_title(text, start + offset, c) {
            end = inner_end;
            continue;
        }
        let stops = matches!(c, '（' | '(' | '，' | ',' | '、' | '：' | ':' | '“' | '”' | '\n')
            || ends_sentence(c)
            || opening(c).is_some()
            || c == '第' && begins_article(&text[start + offset..]);
        end = start + offset;
        if stops {
            break;
        }
        end += c.len_utf8();
    }
    let name = text[start..end].trim_end_matches(is_blank);
    names_statute(name).then(|| Title { inner: Span::new(start, start + name.len()), end: start + name.len() })
}

/// Where 〈劳动法〉 or （二） at `at`, which a title may have inside, ends.
fn inner_of_title(text: &str, at: usize, c: char) -> Option<usize> {
    const LONGEST: usize = 40;
    let is_closing = |other| match c {
        '（' | '(' => matches!(other, '）' | ')'),
        _ => closing(other) == Some(Bracket::Single),
    };
    let is_opening = matches!(c, '（' | '(') || opening(c) == Some(Bracket::Single);
    let inner_start = at + c.len_utf8();
    let (length, close) = text[inner_start..]
        .char_indices()
        .take(LONGEST)
        .take_while(|&(_, other)| !ends_sentence(other) && other != '\n')
        .find(|&(_, other)| is_closing(other))
        .filter(|_| is_opening)?;
    let inner = &text[inner_start..inner_start + length];
    let fits = match c {
        '（' | '(' => {
            inner == "试行"
                || inner == "暂行"
                || scan_numeral(inner).is_some_and(|n| n.len == inner.len() && n.value < 100)
        }
        _ => names_statute(inner),
    };
    fits.then_some(inner_start + length + close.len_utf8())
}

/// The title that the 》 at `end` closes, where none opens it: the words before it, back to `floor` at most, if they are a
/// statute's name.
pub(super) fn title_before(text: &str, end: usize, floor: usize) -> Option<Span> {
    const LONGEST: usize = 60;
    const SHORTEST: usize = 4;
    let inside = |c: char| is_han(c) || is_blank(c) && c != '\n' || matches!(c, '“' | '”' | '、');
    let before = text.get(floor..end)?;
    let length: usize = before.chars().rev().take(LONGEST).take_while(|&c| inside(c)).map(char::len_utf8).sum();
    let words = before[before.len() - length..].trim_start_matches(is_blank);
    let name = words.trim_end_matches(is_blank);
    let start = end - words.len();
    let is_name = names_statute(name) && name.chars().nth(SHORTEST - 1).is_some();
    is_name.then(|| Span::new(start, start + name.len()))
}

fn single_title(text: &str, start: usize) -> Option<Title> {
    for (offset, c) in text[start..].char_indices().take(LONGEST_TITLE / 2) {
        if closing(c).is_some() {
            let inner = Span::new(start, start + offset);
            return names_statute(inner.slice(text)).then(|| Title { inner, end: inner.end as usize + c.len_utf8() });
        }
        if opening(c).is_some() || ends_sentence(c) || c == '\n' {
            return None;
        }
    }
    None
}

fn begins_article(text: &str) -> bool {
    let rest = &text['第'.len_utf8()..];
    scan_numeral(rest).is_some_and(|numeral| rest[numeral.len..].starts_with('条'))
}

/// What names of statutes end in.
const STATUTE_ENDINGS: &[&str] = &[
    "法",
    "法典",
    "条例",
    "规定",
    "办法",
    "细则",
    "规则",
    "解释",
    "决定",
    "通知",
    "意见",
    "准则",
    "规范",
    "规程",
    "通则",
    "守则",
    "章程",
    "公约",
    "修正案",
    "批复",
    "公告",
    "制度",
    "标准",
    "决议",
    "命令",
    "纲要",
    "议定书",
    "协定",
    "通告",
    "函",
];

/// Whether `name` ends as names of statutes do, a closing （试行） apart.
pub(super) fn names_statute(name: &str) -> bool {
    let name = without_closing_parenthesis(name);
    name.chars().nth(1).is_some() && STATUTE_ENDINGS.iter().any(|ending| name.ends_with(ending))
}

/// Whether `name` is that of a licence, a form or a report, which has no articles: it is a title, and hands no statute on
/// to the articles after it.
pub(super) fn names_form(name: &str) -> bool {
    const FORM_ENDINGS: &[&str] = &[
        "证", "执照", "书", "表", "册", "单", "簿", "照", "票", "报告", "总结", "公报", "日报", "合同", "协议", "卡",
        "资料", "证明", "记录", "笔录", "申请", "名单", "清单", "方案",
    ];
    let name = without_closing_parenthesis(name);
    FORM_ENDINGS.iter().any(|ending| name.ends_with(ending)) && !name.ends_with("议定书")
}

/// `name` without the （试行） or （2018年修订） at its end.
pub(super) fn without_closing_parenthesis(name: &str) -> &str {
    let name = name.trim_end_matches(is_blank);
    if !name.ends_with(['）', ')']) {
        return name;
    }
    match name.rfind(['（', '(']) {
        Some(start) if start > 0 => name[..start].trim_end_matches(is_blank),
        _ => name,
    }
}

/// The name of a statute as identifiers use it: without the outer 《》, blanks and the prefix 中华人民共和国, inner titles
/// in 〈〉 and parentheses in （）.
///
/// Only the leading prefix goes: 《实施〈中华人民共和国社会保险法〉若干规定》 keeps the one inside.
///
/// # Example
///
/// ```
/// # use lawcite_core::citation::statute_key;
/// assert_eq!(statute_key("《中华人民共和国 社会保险法》"), "社会保险法");
/// assert_eq!(statute_key("国务院关于修改《公司登记管理条例》的决定(试行)"), "国务院关于修改〈公司登记管理条例〉的决定（试行）");
/// ```
pub fn statute_key(name: &str) -> String {
    const PREFIX: &str = "中华人民共和国";
    let name = outer_brackets_off(name.trim_matches(is_blank));
    let mut key = String::with_capacity(name.len());
    let mut open = 0_usize;
    for c in name.chars().filter(|&c| !is_blank(c)) {
        key.push(match c {
            '(' | '﹙' => '（',
            ')' | '﹚' => '）',
            _ if opening(c).is_some() => {
                open += 1;
                '〈'
            }
            _ if closing(c).is_some() => {
                // One too many, as in 《甲办法》实施细则》, is no part of the name.
                let Some(left) = open.checked_sub(1) else { continue };
                open = left;
                '〉'
            }
            _ => c,
        });
    }
    match key.strip_prefix(PREFIX) {
        Some(rest) if !rest.is_empty() => rest.to_owned(),
        _ => key,
    }
}

/// The inside of a name that is one title altogether; 《甲法》和《乙法》 is not.
fn outer_brackets_off(name: &str) -> &str {
    match closed_title_of_any_length(name) {
        Some(inner) => inner,
        None => name,
    }
}

fn closed_title_of_any_length(name: &str) -> Option<&str> {
    let first = name.chars().next()?;
    let last = name.chars().next_back()?;
    if opening(first)? != closing(last)? {
        return None;
    }
    let mut depth = 0_usize;
    for (at, c) in name.char_indices() {
        if opening(c).is_some() {
            depth += 1;
        } else if closing(c).is_some() {
            depth = depth.checked_sub(1)?;
            if depth == 0 && at + c.len_utf8() < name.len() {
                return None;
            }
        }
    }
    (depth == 0).then(|| &name[first.len_utf8()..name.len() - last.len_utf8()])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn title_of(text: &str) -> Option<(&str, &str)> {
        scan_title(text, 0).map(|title| (title.inner.slice(text), &text[title.end..]))
    }

    #[test]
    fn titles_end_at_the_bracket_that_belongs_to_theirs() {
        for (name, text, expected) in [
            ("plain", "《劳动法》第三条", Some(("劳动法", "第三条"))),
            ("nested 〈〉", "《实施〈社会保险法〉若干规定》的", Some(("实施〈社会保险法〉若干规定", "的"))),
            ("nested <>", "《实施<社会保险法>若干规定》", Some(("实施<社会保险法>若干规定", ""))),
            ("nested ﹤﹥", "《实施﹤社会保险法﹥若干规定》", Some(("实施﹤社会保险法﹥若干规定", ""))),
            ("nested 《》", "《关于修改《公司法》的决定》", Some(("关于修改《公司法》的决定", ""))),
            ("three deep", "《关于〈修改〈公司法〉的决定〉的说明》", Some(("关于〈修改〈公司法〉的决定〉的说明", ""))),
            ("inner 〉 printed as 》", "《实施〈劳动法》办法》第三条", Some(("实施〈劳动法》办法", "第三条"))),
            ("inner 〈 never closed", "《实施〈劳动法办法》第三条", Some(("实施〈劳动法办法", "第三条"))),
            ("outer 》 printed as 〉", "《劳动法〉第三条", Some(("劳动法", "第三条"))),
            ("one 》 too many", "《劳动监察办法》》（2019年）", Some(("劳动监察办法", "（2019年）"))),
            ("one 》 too many within", "《劳动法》实施细则》第三条", Some(("劳动法》实施细则", "第三条"))),
            ("another title's 》", "《劳动法》和实施细则》", Some(("劳动法", "和实施细则》"))),
            ("broken across lines", "《山东省劳动\n力市场管理条例》", Some(("山东省劳动\n力市场管理条例", ""))),
            ("never closed, article", "《劳动合同法第三十九条：", Some(("劳动合同法", "第三十九条："))),
            ("never closed, parenthesis", "《劳动合同法（2007年6月通过）", Some(("劳动合同法", "（2007年6月通过）"))),
            ("never closed, another title", "《劳动法、《社会保险法》", Some(("劳动法", "、《社会保险法》"))),
            (
                "never closed, another inside",
                "《关于适用〈婚姻法〉若干问题的解释（二）\n第三条",
                Some(("关于适用〈婚姻法〉若干问题的解释（二）", "\n第三条")),
            ),
            (
                "inner titles on lines of their own",
                "《关于修改〈组织法〉\n\n〈选举法〉\n\n〈代表法〉的决定》",
                Some(("关于修改〈组织法〉\n\n〈选举法〉\n\n〈代表法〉的决定", "")),
            ),
            ("never closed and no name", "《我们的生活。", None),
            ("empty", "《》", None),
            ("〈〉 alone, a statute", "〈劳动法〉第三条", Some(("劳动法", "第三条"))),
            ("〈〉 alone, something else", "a < b > c", None),
            ("a licence", "《营业执照》", Some(("营业执照", ""))),
        ] {
            assert_eq!(title_of(text), expected, "{name}");
        }
    }

    #[test]
    fn a_statute_has_one_key_in_every_spelling() {
        for (name, key) in [
            ("《中华人民共和国社会保险法》", "社会保险法"),
            ("中华人民共和国 社会\u{3000}保险法", "社会保险法"),
            ("《实施<中华人民共和国社会保险法>若干规定》", "实施〈中华人民共和国社会保险法〉若干规定"),
            ("实施《中华人民共和国社会保险法》若干规定", "实施〈中华人民共和国社会保险法〉若干规定"),
            ("组织办法(试行)", "组织办法（试行）"),
            ("劳动法》实施细则", "劳动法实施细则"),
            ("山东省劳动\n力市场管理条例", "山东省劳动力市场管理条例"),
            ("《甲法》和《乙法》", "〈甲法〉和〈乙法〉"),
            ("中华人民共和国", "中华人民共和国"),
            ("", ""),
        ] {
            assert_eq!(statute_key(name), key, "{name}");
        }
    }

    #[test]
    fn names_of_statutes_are_told_from_those_of_forms() {
        for name in ["劳动法", "人民检察院刑事诉讼规则（试行）", "劳动保障监察条例", "刑法修正案（八）"]
        {
            assert!(names_statute(name) && !names_form(name), "{name}");
        }
        for name in ["营业执照", "药品生产许可证（正本）", "行政执法监督决定书", "评审工作总结"]
        {
            assert!(!names_statute(name) && names_form(name), "{name}");
        }
    }
}
