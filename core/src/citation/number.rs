//! Orders and document numbers: 国务院令第423号, 公安部第69号令, 鲁政办发〔2011〕48号, （1994）503号.
//!
//! Both end in 号, so they are read backwards from there. Where they begin is told by what cannot be part of them: a
//! date, a bracket, or one of the words with which a sentence leads to a number (根据, 经, 以).

use super::scan::{after_any, char_at, char_before, is_blank, is_han, skip_blanks, skip_blanks_back};
use crate::text::{Span, parse_numeral, scan_numeral};

/// An order or document number found in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Number {
    /// All of it; an order's begins with its issuer.
    pub(super) span: Span,
    /// Who issued the order, if its number says so.
    pub(super) issuer: Option<Span>,
}

/// So many characters an issuer (often several, joined by 、) takes at most.
const LONGEST_ISSUER: usize = 60;
/// So many characters stand before the year of a document number at most: 国食药监市.
const LONGEST_PREFIX: usize = 24;

/// Every number in `text`, in its order.
pub(super) fn find_numbers(text: &str) -> Vec<Number> {
    let mut found: Vec<Number> = Vec::new();
    for (sign, _) in text.match_indices(['号', '號']) {
        let floor = found.last().map_or(0, |number| number.span.end as usize);
        if let Some(number) = number_at(text, sign, floor) {
            found.push(number);
        }
    }
    found
}

/// The number whose 号 stands at `sign`, if it begins at `floor` or later.
pub(super) fn number_at(text: &str, sign: usize, floor: usize) -> Option<Number> {
    if sign < floor {
        return None;
    }
    let sign_end = sign + char_at(text, sign)?.len_utf8();
    let text_from_floor = &text[floor..];
    let number = read_back(text_from_floor, sign - floor, sign_end - floor)?;
    Some(Number { span: number.span.shifted(floor), issuer: number.issuer.map(|issuer| issuer.shifted(floor)) })
}

fn read_back(text: &str, sign: usize, sign_end: usize) -> Option<Number> {
    let digits = digits_before(text, skip_blanks_back(text, sign))?;
    let mut at = skip_blanks_back(text, digits);
    let ordinal = text[..at].ends_with('第');
    if ordinal {
        at = skip_blanks_back(text, at - '第'.len_utf8());
    }

    // 第69号令: the word follows. Without 第 only a name of an office tells it from 2号令.
    if let Some(end) = order_word_after(text, sign_end) {
        let year = text[..at].strip_suffix('年').and_then(|before| digits_before(text, before.len()));
        let issuer_end = year.unwrap_or(at);
        if ordinal || text[..issuer_end].ends_with(ends_office) {
            return Some(order(text, issuer_end, at, end)).filter(|number| number.issuer.is_some());
        }
    }
    let before = char_before(text, at)?;
    // 国务院令（第412号）
    if is_opening(before)
        && let Some(closing) = char_at(text, sign_end).filter(|&c| is_closing(c))
    {
        let word_end = skip_blanks_back(text, at - before.len_utf8());
        return ends_in_order_word(&text[..word_end])
            .then(|| order_before(text, word_end, sign_end + closing.len_utf8()));
    }
    // 国务院第412号, where nothing goes on behind it
    if ordinal && ends_office(before) && ends_phrase(text, sign_end) {
        return Some(order(text, at, at, sign_end)).filter(|number| number.issuer.is_some());
    }
    if is_closing(before) {
        let year = year_before(text, at)?;
        let prefix_end = skip_blanks_back(text, year);
        if ends_in_order_word(&text[..prefix_end]) {
            return Some(order_before(text, prefix_end, sign_end));
        }
        let start = prefix_before(text, prefix_end);
        let start = if start == prefix_end { year } else { start };
        return Some(Number { span: Span::new(start, sign_end), issuer: None });
    }
    if before == '年' {
        // 国家税务总局公告2011年第25号
        let year = digits_before(text, at - '年'.len_utf8())?;
        let prefix_end = skip_blanks_back(text, year);
        return ends_in_order_word(&text[..prefix_end]).then(|| order_before(text, prefix_end, sign_end));
    }
    if ends_in_order_word(&text[..at]) {
        return Some(order_before(text, at, sign_end));
    }
    // 〔1994〕财税字第20号: the year stands first.
    let start = prefix_before(text, at);
    if ordinal && start < at && is_closing(char_before(text, start)?) {
        let year = year_before(text, start)?;
        let court = prefix_before(text, year); // （2013）鲁民终字第5号 has none
        return Some(Number { span: Span::new(court, sign_end), issuer: None });
    }
    None
}

/// Where 令 or 公告 behind 号 ends.
fn order_word_after(text: &str, sign_end: usize) -> Option<usize> {
    let at = skip_blanks(text, sign_end);
    ["令", "公告"].into_iter().find(|word| text[at..].starts_with(word)).map(|word| at + word.len())
}

fn ends_phrase(text: &str, at: usize) -> bool {
    char_at(text, at)
        .is_none_or(|c| matches!(c, '）' | ')' | '，' | ',' | '。' | '；' | '、' | '\n' | '公' | '发' | '颁'))
}

fn ends_in_order_word(text: &str) -> bool {
    text.ends_with('令') || text.ends_with("公告") || text.ends_with("通告")
}

/// The order whose 令 or 公告 ends at `word_end`.
fn order_before(text: &str, word_end: usize, end: usize) -> Number {
    let word = if text[..word_end].ends_with('令') { "令" } else { "公告" };
    let word_start = word_end - word.len();
    order(text, word_start, word_start, end)
}

/// The order whose issuer, if it has one, ends at `issuer_end`, and which begins at `start` otherwise.
fn order(text: &str, issuer_end: usize, start: usize, end: usize) -> Number {
    let issuer_end = skip_blanks_back(text, issuer_end);
    let issuer_start = issuer_before(text, issuer_end);
    let issuer = (issuer_start < issuer_end).then(|| Span::new(issuer_start, issuer_end));
    Number { span: Span::new(issuer.map_or(start, |issuer| issuer.start as usize), end), issuer }
}

/// Where the digits that end at `end` begin, blanks between them allowed.
fn digits_before(text: &str, end: usize) -> Option<usize> {
    const MOST_DIGITS: usize = 16;
    let mut start = end;
    let mut at = end;
    for c in text[..end].chars().rev().take(MOST_DIGITS) {
        at -= c.len_utf8();
        if scan_numeral(c.encode_utf8(&mut [0; 4])).is_some() {
            start = at;
        } else if !is_blank(c) {
            break;
        }
    }
    (start < end).then_some(start)
}

fn is_closing(c: char) -> bool {
    matches!(c, '〕' | ')' | '）' | ']' | '］' | '】' | '﹞' | '〗' | '〉' | '>' | '＞')
}

fn is_opening(c: char) -> bool {
    matches!(c, '〔' | '(' | '（' | '[' | '［' | '【' | '﹝' | '〖' | '〈' | '<' | '＜')
}

/// Where the year in brackets that ends at `end` begins: `〔2011〕`, `[02]`, `（一九九四）`.
fn year_before(text: &str, end: usize) -> Option<usize> {
    const LONGEST_YEAR: usize = 10;
    let closing = char_before(text, end)?;
    let inner_end = end - closing.len_utf8();
    let mut at = inner_end;
    for c in text[..inner_end].chars().rev().take(LONGEST_YEAR) {
        if is_opening(c) {
            let year: String = text[at..inner_end].chars().filter(|&c| !is_blank(c) && c != '年').collect();
            let plausible = parse_numeral(&year)
                .is_some_and(|year| (1949..2100).contains(&year) || (50..100).contains(&year))
                || matches!(year.as_bytes(), [b'0'..=b'9', b'0'..=b'9']);
            return plausible.then(|| at - c.len_utf8());
        }
        at -= c.len_utf8();
    }
    None
}

/// Words that lead to a number and are not part of it.
const LEADING_WORDS: &[&str] = &[
    "发布", "公布", "颁布", "通过", "违反", "执行", "贯彻", "落实", "修订", "修正", "修改", "施行", "印发", "转发",
    "下发", "文件", "通知", "规定", "根据", "依据", "依照", "按照", "参照", "以及", "或者",
];

/// Characters that no issuer has, however it is joined to what stands before.
fn leads_in(c: char) -> bool {
    matches!(
        c,
        '据' | '照'
            | '按'
            | '以'
            | '由'
            | '被'
            | '的'
            | '于'
            | '见'
            | '即'
            | '了'
            | '是'
            | '为'
            | '在'
            | '依'
            | '年'
            | '月'
            | '日'
    )
}

/// What names of issuers end in.
fn ends_office(c: char) -> bool {
    matches!(c, '部' | '局' | '委' | '院' | '会' | '署' | '厅' | '府' | '办' | '行' | '社' | '室' | '央' | '席')
}

/// Where the issuer that ends at `end` begins; `end` where there is none.
fn issuer_before(text: &str, end: usize) -> usize {
    // 人力资源和社会保障部: 和 belongs to the name after these.
    const JOINED_NAMES: &[&str] = &[
        "资源",
        "劳动",
        "发展",
        "卫生",
        "人口",
        "住房",
        "工业",
        "文化",
        "规划",
        "新闻",
        "科学",
        "教育",
        "商务",
        "城乡",
        "农业",
        "民共",
        "电影",
        "家安全",
    ];
    let mut start = end;
    let mut at = end;
    let mut next = None;
    for c in text[..end].chars().rev().take(LONGEST_ISSUER) {
        let before = &text[..at - c.len_utf8()];
        let goes_on = match c {
            '和' => JOINED_NAMES.iter().any(|name| before.ends_with(name)) || before.ends_with(ends_office),
            '与' | '及' => before.ends_with(ends_office),
            '、' => before.trim_end_matches(is_blank).ends_with(ends_office),
            '\n' => false,
            _ if is_blank(c) => before.trim_end_matches(is_blank).ends_with(ends_office) || before.ends_with('、'),
            '经' => matches!(next, Some('济' | '贸' | '委')),
            '对' => next == Some('外'),
            _ => is_han(c) && !leads_in(c),
        };
        if !goes_on {
            break;
        }
        at -= c.len_utf8();
        if !is_blank(c) && c != '、' {
            start = at;
        }
        next = Some(c);
    }
    start + after_leading_word(&text[start..end])
}

/// Where the letters before the year of a document number begin: those of 鲁政办发〔2011〕.
fn prefix_before(text: &str, end: usize) -> usize {
    let mut start = end;
    for c in text[..end].chars().rev().take(LONGEST_PREFIX) {
        if !(is_han(c) || c.is_ascii_alphabetic()) || leads_in(c) || matches!(c, '和' | '与' | '及') {
            break;
        }
        start -= c.len_utf8();
    }
    start += after_leading_word(&text[start..end]);
    start + after_office(&text[start..end])
}

/// Where in the letters before a year the number begins: behind 省人民政府 in 省人民政府鲁政发, behind 劳动部 in 劳动部劳部发.
/// Abbreviated offices belong to the number: 人社部发, 工信部企业.
fn after_office(prefix: &str) -> usize {
    const OFFICES: &[&str] = &[
        "人民政府",
        "省政府",
        "市政府",
        "办公厅",
        "办公室",
        "委员会",
        "国务院",
        "总局",
        "财政部",
        "卫生部",
        "建设部",
        "教育部",
        "交通部",
        "公安部",
        "民政部",
        "司法部",
        "劳动部",
        "人事部",
        "监察部",
        "水利部",
        "农业部",
        "文化部",
        "商务部",
        "保障部",
        "资源部",
        "保护部",
        "财政厅",
        "教育厅",
        "建设厅",
        "人事厅",
        "卫生厅",
        "公安厅",
        "民政厅",
        "司法厅",
        "水利厅",
        "农业厅",
        "文化厅",
        "商务厅",
        "保障厅",
        "物价局",
        "财政局",
    ];
    let behind = OFFICES.iter().filter_map(|office| prefix.rfind(office).map(|at| at + office.len()));
    behind.filter(|&at| prefix[at..].chars().nth(1).is_some()).max().unwrap_or(0)
}

fn after_leading_word(text: &str) -> usize {
    LEADING_WORDS.iter().filter_map(|word| text.rfind(word).map(|at| at + word.len())).max().unwrap_or(0)
}

/// Whether a document number begins right at `at`, as in 《…的通知》（2013）5号.
pub(super) fn begins_number(text: &str, at: usize) -> bool {
    const LONGEST: usize = 12;
    let mut rest = text[at..].char_indices();
    let Some((_, opening)) = rest.next() else { return false };
    if !is_opening(opening) {
        return false;
    }
    let Some((closing, c)) = rest.take(LONGEST).find(|&(_, c)| is_closing(c)) else { return false };
    let mut end = skip_blanks(text, at + closing + c.len_utf8());
    end = after_any(text, end, &['第']).unwrap_or(end);
    let Some(numeral) = scan_numeral(&text[end..]) else { return false };
    let sign = skip_blanks(text, end + numeral.len);
    text[sign..].starts_with(['号', '號'])
        && number_at(text, sign, at).is_some_and(|number| number.span.start as usize == at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_found_in_every_form() {
        for (name, text, number, issuer) in [
            ("an order", "根据国务院令第423号的规定", "国务院令第423号", "国务院"),
            ("without 第", "人力资源社会保障部令13号", "人力资源社会保障部令13号", "人力资源社会保障部"),
            ("blanks", "1990年11月 国务院令 第66 号", "国务院令 第66 号", "国务院"),
            ("和 in the name", "人力资源和社会保障部令第19号", "人力资源和社会保障部令第19号", "人力资源和社会保障部"),
            ("full name", "中华人民共和国主席令第十二号", "中华人民共和国主席令第十二号", "中华人民共和国主席"),
            ("原", "（原劳动部令第3号）", "原劳动部令第3号", "原劳动部"),
            ("经 before it", "2004年经国务院令第412号公布", "国务院令第412号", "国务院"),
            ("经 in it", "国家经济贸易委员会令第5号", "国家经济贸易委员会令第5号", "国家经济贸易委员会"),
            (
                "joint",
                "人力资源社会保障部、监察部令第18号",
                "人力资源社会保障部、监察部令第18号",
                "人力资源社会保障部、监察部",
            ),
            ("公布 before it", "公布国务院令第5号", "国务院令第5号", "国务院"),
            ("令 behind", "公安部第69号令", "公安部第69号令", "公安部"),
            ("令 behind, without 第", "1998年国务院253号令", "国务院253号令", "国务院"),
            ("a notice behind", "国家税务总局2011年第25号公告", "国家税务总局2011年第25号公告", "国家税务总局"),
            ("in brackets", "国务院令（第412号）公布", "国务院令（第412号）", "国务院"),
            ("without 令", "（国务院第412号）", "国务院第412号", "国务院"),
            ("year in between", "国务院令2004年第412号", "国务院令2004年第412号", "国务院"),
            ("bracketed year in between", "建设部令[2001]第88号", "建设部令[2001]第88号", "建设部"),
            ("a notice", "国家税务总局公告2011年第25号", "国家税务总局公告2011年第25号", "国家税务总局"),
            ("no issuer", "（令第12号）", "令第12号", ""),
            ("a document", "按照国发〔2011〕48号文件", "国发〔2011〕48号", ""),
            ("square brackets", "鲁人发[2002]26号", "鲁人发[2002]26号", ""),
            ("round brackets", "财税（1994）503号", "财税（1994）503号", ""),
            ("heavy brackets", "鲁发【2013】5号", "鲁发【2013】5号", ""),
            ("small brackets", "鲁发﹝2015﹞5号", "鲁发﹝2015﹞5号", ""),
            ("mixed brackets", "鲁发〔2015]5 号", "鲁发〔2015]5 号", ""),
            ("no prefix", "，（1994）503号", "（1994）503号", ""),
            ("the year first", "（1994）财税字第20号", "（1994）财税字第20号", ""),
            ("第", "财税[2009]第59号", "财税[2009]第59号", ""),
            ("two digits", "国发（86）77号", "国发（86）77号", ""),
            ("the office before it", "省人民政府鲁政发〔1995〕48号", "鲁政发〔1995〕48号", ""),
            ("the ministry before it", "劳动部劳部发〔1995〕309号", "劳部发〔1995〕309号", ""),
            ("a short ministry in it", "人社部发〔2010〕38 号", "人社部发〔2010〕38 号", ""),
            ("its department in it", "工信部联企业〔2011〕300号", "工信部联企业〔2011〕300号", ""),
            ("a ministry in it", "国人部发〔2006〕59号", "国人部发〔2006〕59号", ""),
        ] {
            let found = find_numbers(text);
            let number_of =
                |number: &Number| (number.span.slice(text), number.issuer.map_or("", |issuer| issuer.slice(text)));
            assert_eq!(found.iter().map(number_of).collect::<Vec<_>>(), [(number, issuer)], "{name}");
        }
        for text in [
            "门牌号",
            "第5号",
            "5号楼",
            "（3）5号",
            "第十二条 荣誉市民称号",
            "银行账号",
            "号",
            "第号",
            "2号令人",
            "法院第5号法庭",
        ] {
            assert_eq!(find_numbers(text), [], "{text}");
        }
    }

    #[test]
    fn several_numbers_do_not_overlap() {
        let text = "国发〔2011〕48号、国务院令第423号";
        let found: Vec<&str> = find_numbers(text).iter().map(|number| number.span.slice(text)).collect();
        assert_eq!(found, ["国发〔2011〕48号", "国务院令第423号"]);
    }
}
