//! 第二十六条第二款、第三款: what the words for the places of a statute mean.
//!
//! ```text
//! provisions = chain { [connector] chain }         第十条第一款第（一）、（三）项、第二款和第十二条
//! chain      = step { step of a lower level }    第十条 第一款 第（一）、（三）项
//! step       = [第] ordinals unit [之 numeral]   第二十五、二十六条; 第（一）至（五）项
//! unit       = 条 | 款 | 项 | 目
//! ```
//!
//! A step after a connector takes over the levels above its own from the one before.

use serde::{Deserialize, Serialize};

use super::ProvisionPath;
use super::scan::{after_any, char_at, is_blank, skip_blanks};
use crate::text::{Span, chinese_numeral, scan_numeral};

/// A provision as cited: its place, and the words that name it.
///
/// The parts of a range share the words of the whole range; in 第三条第一款、第二款 the second's words are 第二款.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CitedProvision {
    /// Its place in the statute.
    pub path: ProvisionPath,
    /// Its label: bytes of the text.
    pub span: Span,
}

/// A part of a statute above its articles, as cited: 第三章.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Division {
    /// 编, 分编, 章 or 节.
    pub level: DivisionLevel,
    /// Its number, from one.
    pub number: u16,
}

/// The levels above the article.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DivisionLevel {
    /// 编.
    Part,
    /// 分编.
    Subpart,
    /// 章.
    Chapter,
    /// 节.
    Section,
}

impl DivisionLevel {
    /// Every level with its word; 分编 stands before 编, which it ends in.
    const WORDS: [(&str, DivisionLevel); 4] = [
        ("分编", DivisionLevel::Subpart),
        ("编", DivisionLevel::Part),
        ("章", DivisionLevel::Chapter),
        ("节", DivisionLevel::Section),
    ];
}

/// As statutes write it: 第三章.
impl std::fmt::Display for Division {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (word, _) =
            DivisionLevel::WORDS.into_iter().find(|(_, level)| *level == self.level).expect("every level has its word");
        write!(f, "第{}{word}", chinese_numeral(self.number.into()))
    }
}

/// The provision that `text` begins with and the bytes it takes: 第九十二条, 第92条, 92条, 第一百二十条之一第二款第（三）项.
///
/// Lists and ranges are not expanded: of 第三条、第四条 it reads 第三条, of 第二十五、二十六条 nothing.
pub fn scan_provision(text: &str) -> Option<(ProvisionPath, usize)> {
    let mut path = UNKNOWN;
    let mut at = 0;
    let mut above: Option<Level> = None;
    while let Some(step) = scan_step(text, skip_blanks(text, at), Lead::Optional) {
        let [ordinal] = step.ordinals[..] else { break };
        let follows = match above {
            None => step.level == Level::Article,
            Some(above) => step.level > above && names_below(text, at, &step),
        };
        if !follows {
            break;
        }
        path = step.level.set(path, ordinal.value, step.suffix);
        above = Some(step.level);
        at = step.end;
    }
    (path.article > 0).then_some((path, at))
}

/// The place inside an article that the text does not name.
pub(super) const UNKNOWN: ProvisionPath =
    ProvisionPath { article: 0, suffix: None, paragraph: None, item: None, subitem: None };

/// So many places at most come out of one range; of a longer one only the ends are given.
const LONGEST_RANGE: u16 = 200;

/// What stands behind a name or alone: provisions, and where they end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Provisions {
    /// In the order of the text. Their `article` is 0 where neither the text nor the base names it.
    pub(super) list: Vec<CitedProvision>,
    pub(super) end: usize,
    /// The uppermost level that the first of them names.
    pub(super) first_level: Level,
    /// Whether the first number stands in brackets.
    pub(super) bracketed: bool,
}

/// Whether 第 may be missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lead {
    /// In running text, where 三条 is a number of things.
    Required,
    /// After a name, as in 社保法92条.
    Optional,
    /// At the end of a range, where 三项 is no number of things: 第一项至三项.
    RangeEnd,
}

/// Where a list of provisions ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reach {
    /// With the list.
    Articles,
    /// Before the first article: 本条第一款和第二十条 are two mentions.
    InsideArticle,
}

/// Reads the provisions at `at`. What they leave out is taken from `base`; ranges give at most `budget` places, which
/// goes down accordingly.
pub(super) fn scan_provisions(
    text: &str,
    at: usize,
    lead: Lead,
    base: ProvisionPath,
    reach: Reach,
    budget: &mut usize,
) -> Option<Provisions> {
    let within_reach = |step: &Step| reach == Reach::Articles || step.level != Level::Article;
    let first = scan_step(text, at, lead).filter(within_reach)?;
    let (first_level, bracketed) = (first.level, first.ordinals[0].bracketed);
    let mut reader = Reader { list: Vec::with_capacity(first.ordinals.len()), current: base, budget };
    let mut end = reader.chain(text, first, Join::First);
    while let Some(connector) = scan_connector(text, end).or_else(|| runs_on(text, end)) {
        let Some(step) = scan_step(text, connector.end, connector.lead).filter(within_reach) else { break };
        end = reader.chain(text, step, connector.join);
    }
    Some(Provisions { list: reader.list, end, first_level, bracketed })
}

/// The parts above the article at `at`: 第二编第三章, 第三章、第四章; nothing and `at` where there are none.
pub(super) fn scan_divisions(text: &str, at: usize) -> (Vec<Division>, usize) {
    let mut divisions = Vec::new();
    let mut end = at;
    loop {
        let next = if divisions.is_empty() { end } else { after_any(text, end, &['、', '和', '至']).unwrap_or(end) };
        let Some((division, after)) = scan_division(text, skip_blanks(text, next)) else { break };
        divisions.push(division);
        end = after;
    }
    (divisions, end)
}

fn scan_division(text: &str, at: usize) -> Option<(Division, usize)> {
    let at = after_any(text, at, &['第'])?;
    let (number, at) = scan_number(text, at)?;
    let at = skip_blanks(text, at);
    let (word, level) = DivisionLevel::WORDS.into_iter().find(|(word, _)| text[at..].starts_with(word))?;
    let end = at + word.len();
    // 第三章程, 第二节能, 第一编号: the word goes on.
    let goes_on = matches!(char_at(text, end), Some('程' | '能' | '课' | '点' | '号' | '制' | '码' | '辑' | '组'));
    (!goes_on).then_some((Division { level, number }, end))
}

/// The levels of a [`ProvisionPath`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Level {
    Article,
    Paragraph,
    Item,
    Subitem,
}

impl Level {
    pub(super) fn of(unit: char) -> Option<Level> {
        match unit {
            '条' | '條' => Some(Level::Article),
            '款' => Some(Level::Paragraph),
            '项' | '項' => Some(Level::Item),
            '目' => Some(Level::Subitem),
            _ => None,
        }
    }

    /// `path` with this level's number, and nothing below it.
    fn set(self, path: ProvisionPath, number: u16, suffix: Option<u16>) -> ProvisionPath {
        match self {
            Level::Article => ProvisionPath { suffix, ..ProvisionPath::article(number) },
            Level::Paragraph => ProvisionPath { paragraph: Some(number), item: None, subitem: None, ..path },
            Level::Item => ProvisionPath { item: Some(number), subitem: None, ..path },
            Level::Subitem => ProvisionPath { subitem: Some(number), ..path },
        }
    }

    fn get(self, path: ProvisionPath) -> Option<u16> {
        match self {
            Level::Article => Some(path.article),
            Level::Paragraph => path.paragraph,
            Level::Item => path.item,
            Level::Subitem => path.subitem,
        }
    }
}

/// How a place is joined to the one before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Join {
    First,
    And,
    Range,
}

#[derive(Clone, Copy, Debug)]
struct Ordinal {
    join: Join,
    value: u16,
    start: usize,
    end: usize,
    bracketed: bool,
}

#[derive(Debug)]
struct Step {
    level: Level,
    /// 之一 of the last article.
    suffix: Option<u16>,
    ordinals: Vec<Ordinal>,
    end: usize,
}

/// The longest list under one unit: 第（一）、（二）、…、（二十）项.
const MOST_ORDINALS: usize = 32;

fn scan_step(text: &str, at: usize, lead: Lead) -> Option<Step> {
    let start = at;
    let (led, at) = match char_at(text, at)? {
        '第' => (true, skip_blanks(text, at + '第'.len_utf8())),
        _ => (false, at),
    };
    if !led && lead == Lead::Required && !opens(char_at(text, at)?) && enclosed(char_at(text, at)?).is_none() {
        return None;
    }
    let arabic = char_at(text, at).is_some_and(|c| c.is_ascii_digit() || ('０'..='９').contains(&c));
    let paired = char_at(text, at) == Some('两');
    let mut ordinals = vec![scan_ordinal(text, at, Join::First)?];
    ordinals[0].start = start;
    loop {
        let last = ordinals[ordinals.len() - 1];
        let at = skip_blanks(text, last.end);
        let c = char_at(text, at)?;
        if let Some(level) = Level::of(c) {
            let end = at + c.len_utf8();
            if is_other_word(text, level, end) || !led && !stands_alone(level, last.bracketed, arabic, paired, lead) {
                return None;
            }
            let last = ordinals.len() - 1;
            ordinals[last].end = end;
            let mut step = Step { level, suffix: None, ordinals, end };
            if level == Level::Article
                && let Some((suffix, end)) = scan_suffix(text, end)
            {
                (step.suffix, step.end, step.ordinals[last].end) = (Some(suffix), end, end);
            }
            return Some(step);
        }
        if ordinals.len() == MOST_ORDINALS {
            return None;
        }
        let (join, next) = match c {
            '、' | '，' | ',' | '和' | '及' | '与' | '或' => (Join::And, at + c.len_utf8()),
            _ if is_range_sign(c) => (Join::Range, after_range_sign(text, at)),
            _ if opens(c) || enclosed(c).is_some() => (Join::And, at), // 第（一）（二）项
            _ => return None,
        };
        let next = skip_blanks(text, next);
        let next = after_any(text, next, &['第']).map_or(next, |after| skip_blanks(text, after));
        ordinals.push(scan_ordinal(text, next, join)?);
    }
}

/// Whether a step without 第 is one: 92条, 1款, （三）项, but not 两款 and 三项制度.
fn stands_alone(level: Level, bracketed: bool, arabic: bool, paired: bool, lead: Lead) -> bool {
    match level {
        Level::Article => lead != Lead::Required && !bracketed,
        Level::Paragraph => bracketed || lead != Lead::Required && !paired,
        Level::Item | Level::Subitem => bracketed || lead == Lead::RangeEnd || lead == Lead::Optional && arabic,
    }
}

/// Whether the unit that ends at `end` is the beginning of another word: 第三条款, 第一项目, 第二条件.
fn is_other_word(text: &str, level: Level, end: usize) -> bool {
    let rest = &text[end..];
    match level {
        Level::Article => {
            rest.starts_with(['件', '款', '幅', '形', '纹']) || rest.starts_with('例') && !rest.starts_with("例外")
        }
        Level::Paragraph => rest.starts_with(['项', '式', '待', '额']),
        Level::Item => rest.starts_with('目'),
        Level::Subitem => rest.starts_with(['录', '标', '的', '前', '次']),
    }
}

fn scan_suffix(text: &str, at: usize) -> Option<(u16, usize)> {
    let at = after_any(text, at, &['之'])?;
    // 第三条之一般规定
    scan_number(text, skip_blanks(text, at)).filter(|&(_, end)| !text[end..].starts_with(['般', '切', '种']))
}

fn opens(c: char) -> bool {
    matches!(c, '（' | '(' | '﹙' | '〔' | '[')
}

/// The number that a single character writes in a circle or in brackets.
fn enclosed(c: char) -> Option<u16> {
    let count_from = |first: char| u16::try_from(u32::from(c) - u32::from(first) + 1).ok();
    match c {
        '①'..='⑳' => count_from('①'),
        '⑴'..='⒇' => count_from('⑴'),
        '㈠'..='㈩' => count_from('㈠'),
        _ => None,
    }
}

fn scan_ordinal(text: &str, start: usize, join: Join) -> Option<Ordinal> {
    let first = char_at(text, start)?;
    if let Some(value) = enclosed(first) {
        return Some(Ordinal { join, value, start, end: start + first.len_utf8(), bracketed: true });
    }
    let bracketed = opens(first);
    let at = if bracketed { skip_blanks(text, start + first.len_utf8()) } else { start };
    let (value, at) = scan_number(text, at)?;
    let end = if bracketed { after_any(text, at, &['）', ')', '﹚', '〕', ']'])? } else { at };
    Some(Ordinal { join, value, start, end, bracketed })
}

/// A number from 1 to 9,999, blanks allowed between its digits.
fn scan_number(text: &str, at: usize) -> Option<(u16, usize)> {
    let numeral = scan_numeral(&text[at..])?;
    let mut found = (numeral.value, at + numeral.len);
    // 第二 十六 条: a blank belongs to the number where digits follow it.
    let next = skip_blanks(text, found.1);
    if next > found.1 && scan_numeral(&text[next..]).is_some() {
        const MOST_DIGITS: usize = 12;
        let mut digits = String::new();
        for (offset, c) in text[at..].char_indices().take(3 * MOST_DIGITS) {
            if is_blank(c) {
                continue;
            }
            if scan_numeral(c.encode_utf8(&mut [0; 4])).is_none() {
                break;
            }
            digits.push(c);
            if let Some(numeral) = scan_numeral(&digits).filter(|numeral| numeral.len == digits.len()) {
                found = (numeral.value, at + offset + c.len_utf8());
            }
        }
    }
    let value = u16::try_from(found.0).ok().filter(|value| (1..10_000).contains(value))?;
    Some((value, found.1))
}

fn is_range_sign(c: char) -> bool {
    matches!(c, '至' | '到' | '-' | '－' | '—' | '–' | '―' | '─' | '~' | '～' | '∼')
}

fn after_range_sign(text: &str, at: usize) -> usize {
    at + text[at..].chars().take(2).take_while(|&c| is_range_sign(c)).map(char::len_utf8).sum::<usize>()
}

struct Connector {
    join: Join,
    lead: Lead,
    end: usize,
}

/// What joins the next chain: 、 and commas, 和 and its like, or both; 至 and its like.
fn scan_connector(text: &str, at: usize) -> Option<Connector> {
    let at = skip_blanks(text, at);
    let c = char_at(text, at)?;
    if is_range_sign(c) {
        let end = skip_blanks(text, after_range_sign(text, at));
        return Some(Connector { join: Join::Range, lead: Lead::RangeEnd, end });
    }
    let stop = after_any(text, at, &['、', '，', ',']);
    let word_at = skip_blanks(text, stop.unwrap_or(at));
    const WORDS: [&str; 7] = ["或者", "以及", "和", "及", "与", "或", "并"];
    let word = WORDS.into_iter().find(|word| text[word_at..].starts_with(word));
    let end = match (stop, word) {
        (None, None) => return None,
        (_, Some(word)) => word_at + word.len(),
        (Some(stop), None) => stop,
    };
    // Only 、 promises that a number behind it goes on with the list: 第十条、十一条.
    let lead = if c == '、' && word.is_none() { Lead::Optional } else { Lead::Required };
    Some(Connector { join: Join::And, lead, end: skip_blanks(text, end) })
}

/// 第九项第十项: the list goes on without a word.
fn runs_on(text: &str, at: usize) -> Option<Connector> {
    text[at..].starts_with('第').then_some(Connector { join: Join::And, lead: Lead::Required, end: at })
}

/// Collects the places that chains name.
struct Reader<'a> {
    list: Vec<CitedProvision>,
    /// The place named last, from which the next takes the levels it leaves out.
    current: ProvisionPath,
    budget: &'a mut usize,
}

impl Reader<'_> {
    /// Reads a chain that begins with `step`; returns where it ends.
    fn chain(&mut self, text: &str, mut step: Step, join: Join) -> usize {
        self.step(&step, join);
        loop {
            let lower = scan_step(text, skip_blanks(text, step.end), Lead::Optional)
                .filter(|next| next.level > step.level && names_below(text, step.end, next));
            let Some(next) = lower else { return step.end };
            // 第七条第一款 is one place: the article was only the way to it.
            let way = self.list.pop().expect("a step names a place");
            let first = self.list.len();
            self.step(&next, Join::First);
            self.list[first].span.start = way.span.start;
            step = next;
        }
    }

    fn step(&mut self, step: &Step, join: Join) {
        for (index, ordinal) in step.ordinals.iter().enumerate() {
            let suffix = step.suffix.filter(|_| index + 1 == step.ordinals.len());
            let path = step.level.set(self.current, ordinal.value, suffix);
            let mut span = Span::new(ordinal.start, ordinal.end);
            if (if index == 0 { join } else { ordinal.join }) == Join::Range {
                span = self.fill_range(step.level, path, span);
            }
            self.list.push(CitedProvision { path, span });
            self.current = path;
        }
    }

    /// Adds what lies between the place named last and `to`; returns the words of the range.
    fn fill_range(&mut self, level: Level, to: ProvisionPath, span: Span) -> Span {
        let Some(from) = self.list.last_mut() else { return span };
        let whole = Span { start: from.span.start, end: span.end };
        from.span = whole;
        let from = from.path;
        let between: Vec<ProvisionPath> = match (level.get(from), level.get(to)) {
            // 第一百二十条之一至第一百二十条之六
            (Some(_), Some(_)) if level == Level::Article && from.article == to.article => {
                let (first, last) = (from.suffix.unwrap_or(0), to.suffix.unwrap_or(0));
                (first + 1..last).map(|suffix| ProvisionPath { suffix: Some(suffix), ..to.whole_article() }).collect()
            }
            (Some(first), Some(last)) if last > first && last - first <= LONGEST_RANGE => {
                (first + 1..last).map(|number| level.set(from, number, None)).collect()
            }
            _ => Vec::new(),
        };
        if between.len() <= *self.budget {
            *self.budget -= between.len();
            self.list.extend(between.into_iter().map(|path| CitedProvision { path, span: whole }));
        }
        whole
    }
}

/// Whether `next`, which follows the step that ends at `end`, goes on with it. Without 第 it must follow at once: in
/// 第十二条 （一）项目 and 第五条 1. nothing does.
fn names_below(text: &str, end: usize, next: &Step) -> bool {
    text[next.ordinals[0].start..].starts_with('第') || next.ordinals[0].start == end
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<(Vec<String>, &str)> {
        let mut budget = 1000;
        scan_provisions(text, 0, Lead::Optional, UNKNOWN, Reach::Articles, &mut budget)
            .map(|found| (found.list.iter().map(|provision| short(provision.path)).collect(), &text[found.end..]))
    }

    /// 120-1.2(3)4 for 第一百二十条之一第二款第（三）项第4目.
    fn short(path: ProvisionPath) -> String {
        let mut written = path.article_key();
        if let Some(paragraph) = path.paragraph {
            written += &format!(".{paragraph}");
        }
        if let Some(item) = path.item {
            written += &format!("({item})");
        }
        if let Some(subitem) = path.subitem {
            written += &format!("/{subitem}");
        }
        written
    }

    #[test]
    fn provisions_are_read_in_every_form() {
        for (name, text, expected, rest) in [
            ("an article", "第九十二条：", "92", "："),
            ("Arabic", "第92条第1款第2项", "92.1(2)", ""),
            ("full width", "第９２条", "92", ""),
            ("without 第", "92条的", "92", "的"),
            ("traditional", "第九十二條第二項", "92(2)", ""),
            ("blanks", "第 九十二 条\u{3000}第 （ 三 ） 项", "92(3)", ""),
            ("blanks inside the number", "第二 十 六条", "26", ""),
            ("a line break", "第九十\n二条", "92", ""),
            ("put in later", "第一百二十条之一第二款", "120-1.2", ""),
            ("put in later, Arabic", "第253条之一第1款", "253-1.1", ""),
            ("all levels", "第七条第一款第（三）项第2目", "7.1(3)/2", ""),
            ("item without brackets", "第七条第二项", "7(2)", ""),
            ("item without 第", "第七条（三）项、（四）项", "7(3) 7(4)", ""),
            ("item in one character", "第七条第㈠、㈢项", "7(1) 7(3)", ""),
            ("paragraph without 第", "第33条1款", "33.1", ""),
            ("articles", "第五十四条、第五十五条。", "54 55", "。"),
            ("articles under one 条", "第二十五、二十六条", "25 26", ""),
            ("a later article without 第", "第十条、十一条", "10 11", ""),
            ("和", "第十九条和第二十条规定", "19 20", "规定"),
            ("或者", "第二十一条、第二十五条、第二十八条或者第二十九条", "21 25 28 29", ""),
            ("，以及", "第三条，以及第五条", "3 5", ""),
            ("comma", "第三条,第五条", "3 5", ""),
            ("paragraphs", "第七条第一款和第二款", "7.1 7.2", ""),
            ("paragraphs under one 款", "第三条第三、四款", "3.3 3.4", ""),
            ("items under one 项", "第四十六条第一款第（二）、（三）项", "46.1(2) 46.1(3)", ""),
            ("items that run on", "第七十八条第二至第四项和第九项第十项：", "78(2) 78(3) 78(4) 78(9) 78(10)", "："),
            ("an ordinal runs on", "第三条第一次", "3", "第一次"),
            ("items side by side", "第四条第（一）（二）（三）项", "4(1) 4(2) 4(3)", ""),
            ("items", "第九条第（一）项、第（三）项", "9(1) 9(3)", ""),
            ("back to paragraphs", "第九条第一款第（一）项、第二款、第十条", "9.1(1) 9.2 10", ""),
            ("a range of articles", "第十条至第十二条", "10 11 12", ""),
            ("a range under one 条", "第十至十二条", "10 11 12", ""),
            ("a range with a dash", "第24－26条", "24 25 26", ""),
            ("a range with 条 twice", "第24条-26条", "24 25 26", ""),
            ("a range of items", "第九条第（一）至（三）项", "9(1) 9(2) 9(3)", ""),
            ("a range of items with 项 twice", "第九条第（一）项至第（三）项、第（六）项", "9(1) 9(2) 9(3) 9(6)", ""),
            ("a range of items with 第 once", "第九条第一项至三项", "9(1) 9(2) 9(3)", ""),
            ("a range of suffixes", "第一百二十条之一至第一百二十条之三", "120-1 120-2 120-3", ""),
            ("a range from an article", "第一百二十条至第一百二十条之二", "120 120-1 120-2", ""),
            ("a range into an article", "第十条至第十二条第二款", "10 11 12.2", ""),
            ("a list after a range", "第四十九条至第五十一条、第六十二条", "49 50 51 62", ""),
            ("backwards", "第十二条至第十条", "12 10", ""),
            ("too long", "第一条至第九千条", "1 9000", ""),
            ("the list ends before other words", "第三条、责令改正", "3", "、责令改正"),
            ("a number of things", "第三条、五项制度", "3", "、五项制度"),
            ("例外", "第十条例外情形", "10", "例外情形"),
        ] {
            let found = read(text).map(|(list, rest)| (list.join(" "), rest));
            assert_eq!(found, Some((expected.to_owned(), rest)), "{name}");
        }
        for text in [
            "第十届",
            "第三方",
            "第一、预防为主",
            "第二条件",
            "第三条款",
            "第一项目",
            "第条",
            "第零条",
            "第一万条",
            "第",
            "条",
            "",
            "第三章程",
            "两款",
            "三项制度",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn labels_are_the_words_that_name_the_place() {
        let text = "第九条第一款第（一）项、第（二）项，第十条至第十二条";
        let mut budget = 1000;
        let found = scan_provisions(text, 0, Lead::Required, UNKNOWN, Reach::Articles, &mut budget)
            .expect("it begins with an article");
        let labels: Vec<&str> = found.list.iter().map(|provision| provision.span.slice(text)).collect();
        let range = "第十条至第十二条";
        assert_eq!(labels, ["第九条第一款第（一）项", "第（二）项", range, range, range]);
    }

    #[test]
    fn what_is_left_out_comes_from_the_base() {
        let mut budget = 1000;
        let base = ProvisionPath::article(26);
        let found =
            scan_provisions("第三款：", 0, Lead::Required, base, Reach::Articles, &mut budget).expect("a paragraph");
        assert_eq!(short(found.list[0].path), "26.3");
        assert_eq!(found.first_level, Level::Paragraph);
    }

    #[test]
    fn ranges_stop_at_the_budget() {
        let mut budget = 3;
        let found = scan_provisions(
            "第一条至第五条、第十一条至第十五条",
            0,
            Lead::Required,
            UNKNOWN,
            Reach::Articles,
            &mut budget,
        );
        assert_eq!(found.expect("articles").list.len(), 5 + 2);
    }

    #[test]
    fn one_provision_is_read_without_its_list() {
        for (text, expected) in [
            ("第九十二条：泄露", Some(("92", "：泄露"))),
            ("第92条", Some(("92", ""))),
            ("92条", Some(("92", ""))),
            ("第一百二十条之一第二款第（三）项", Some(("120-1.2(3)", ""))),
            ("第二十六条第二款：违反", Some(("26.2", "：违反"))),
            ("第三条、第四条", Some(("3", "、第四条"))),
            ("第二款", None),
            ("违反第三条", None),
            ("", None),
        ] {
            let found = scan_provision(text);
            let found = found.map(|(path, end)| (short(path), &text[end..]));
            assert_eq!(found, expected.map(|(path, rest)| (path.to_owned(), rest)), "{text}");
        }
    }

    #[test]
    fn chapters_are_read_above_the_article() {
        for (text, expected, rest) in [
            ("第三章第二节第十条", "第三章第二节", "第十条"),
            ("第二编第三分编", "第二编第三分编", ""),
            ("第三章、第四章的规定", "第三章第四章", "的规定"),
            ("第三章程", "", "第三章程"),
        ] {
            let (divisions, end) = scan_divisions(text, 0);
            let written: String = divisions.iter().map(ToString::to_string).collect();
            assert_eq!((written.as_str(), &text[end..]), (expected, rest), "{text}");
        }
    }
}
