//! One pass over a text that finds what it cites.

use aho_corasick::{AhoCorasick, MatchKind};
use once_cell::sync::Lazy;

use super::bare::{guess_name, may_describe, name_end};
use super::carry::Carry;
use super::definition::{Definition, LocalNames, scan_definition};
use super::layout::{begins_entry, begins_line, ends_line, is_markdown_title, is_set_off, quotes};
use super::number::{begins_number, number_at};
use super::promulgation::{find_promulgation, scan_parenthesis, tells_of_promulgation};
use super::provision::{Lead, Level, Provisions, Reach, UNKNOWN, scan_divisions, scan_provisions};
use super::reference::{scan_own_name, scan_relative};
use super::scan::{after_any, char_at, char_before, is_blank, is_han, skip_blanks, without_blanks};
use super::title::{names_form, scan_title, statute_key, title_before};
use super::{CitedProvision, Division, Mention, MentionKind, NameIndex, PartPath};
use crate::text::{Span, scan_numeral};

/// What the caller knows of a text.
#[derive(Clone, Copy, Debug, Default)]
pub struct Context<'a> {
    /// The statute whose own text this is: what 本法 means. Its articles' headings are then no citations; where it is not
    /// given, they are articles of a statute that the text does not name.
    pub this_statute: Option<&'a str>,
    /// The statute named before the text begins, as in the row above: what 第三条 means until another is named.
    pub carry: Option<&'a str>,
}

/// The mentions in `text`, in order of their start; they do not overlap.
///
/// Takes time linear in `text`, whatever it holds.
///
/// # Example
///
/// ```
/// # use lawcite_core::citation::{find_mentions, NameIndex};
/// let text = "依据《社会保险法》第九十二条、第九十三条";
/// let mentions = find_mentions(text, &NameIndex::empty());
/// assert_eq!(mentions[0].text(text), "《社会保险法》第九十二条、第九十三条");
/// assert_eq!(mentions[0].provisions.len(), 2);
/// ```
pub fn find_mentions(text: &str, names: &NameIndex) -> Vec<Mention> {
    find_mentions_in(text, names, &Context::default())
}

/// As [`find_mentions`], for a text of which more is known than its words.
pub fn find_mentions_in(text: &str, names: &NameIndex, context: &Context<'_>) -> Vec<Mention> {
    let none = LocalNames::default();
    let first = Pass::new(text, names, &none, context).run();
    if first.definitions.is_empty() {
        return first.mentions;
    }
    // Names that the text defines are known only now; they are found as all others are, in one pass.
    let local = LocalNames::new(first.definitions);
    Pass::new(text, names, &local, context).run().mentions
}

/// What may begin or end at a place, or change what the next mention means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sign {
    Title,
    TitleEnd,
    Provision,
    Number,
    Pointer,
    OpenQuotation,
    CloseQuotation,
    OpenParenthesis,
    CloseParenthesis,
}

const SIGNS: &[(&str, Sign)] = &[
    ("《", Sign::Title),
    ("≪", Sign::Title),
    ("〈", Sign::Title),
    ("》", Sign::TitleEnd),
    ("第", Sign::Provision),
    ("号", Sign::Number),
    ("號", Sign::Number),
    ("“", Sign::OpenQuotation),
    ("”", Sign::CloseQuotation),
    ("（", Sign::OpenParenthesis),
    ("(", Sign::OpenParenthesis),
    ("）", Sign::CloseParenthesis),
    (")", Sign::CloseParenthesis),
];

/// The first two characters of words that point back; whether they are such words is for [`scan_own_name`] and
/// [`scan_relative`] to say.
const POINTERS: &[(&str, &str)] = &[
    ("本", "法条暂实规若管办试细解决准标守通章意批公修协议款项目"),
    ("前", "款条项目一二两三四五六七八九十几数各123456789"),
    ("上", "款条项"),
];

static SIGN_FINDER: Lazy<(AhoCorasick, Vec<Sign>)> = Lazy::new(|| {
    let pointers = POINTERS
        .iter()
        .flat_map(|(first, seconds)| seconds.chars().map(move |second| (format!("{first}{second}"), Sign::Pointer)));
    let (patterns, signs): (Vec<String>, Vec<Sign>) =
        SIGNS.iter().map(|&(pattern, sign)| (pattern.to_owned(), sign)).chain(pointers).unzip();
    let finder = AhoCorasick::builder()
        .match_kind(MatchKind::LeftmostFirst)
        .kind(Some(aho_corasick::AhoCorasickKind::DFA))
        .build(patterns)
        .expect("a hundred short patterns");
    (finder, signs)
});

struct Pass<'a> {
    text: &'a str,
    names: &'a NameIndex,
    local: &'a LocalNames,
    carry: Carry,
    found: Found,
    /// Everything before this byte has been read.
    floor: usize,
    /// How many places ranges may still give, so that they stay in proportion to the text.
    budget: usize,
}

#[derive(Default)]
struct Found {
    mentions: Vec<Mention>,
    definitions: Vec<Definition>,
}

/// What stands behind a name.
#[derive(Default)]
struct Tail {
    end: usize,
    /// Where the next mention may begin.
    read_to: usize,
    promulgation: Option<(Span, Span)>,
    divisions: Vec<Division>,
    provisions: Vec<CitedProvision>,
}

impl<'a> Pass<'a> {
    fn new(text: &'a str, names: &'a NameIndex, local: &'a LocalNames, context: &Context<'_>) -> Pass<'a> {
        Pass {
            text,
            names,
            local,
            carry: Carry::new(text, context),
            found: Found::default(),
            floor: 0,
            budget: 1000 + text.len() / 8,
        }
    }

    fn run(mut self) -> Found {
        let (finder, kinds) = &*SIGN_FINDER;
        let mut signs = finder.find_iter(self.text).peekable();
        let mut known = self.names.find_all(self.text).peekable();
        let mut local = self.local.index().find_all(self.text).peekable();
        loop {
            while signs.next_if(|sign| sign.start() < self.floor).is_some() {}
            while known.next_if(|name| name.start < self.floor).is_some() {}
            while local.next_if(|name| name.start < self.floor).is_some() {}
            let sign_at = signs.peek().map_or(usize::MAX, aho_corasick::Match::start);
            let known_at = known.peek().map_or(usize::MAX, |name| name.start);
            let local_at = local.peek().map_or(usize::MAX, |name| name.start);
            if local_at < usize::MAX && local_at <= sign_at && local_at <= known_at {
                let name = local.next().expect("it was peeked at");
                let alias = &self.text[name.start..name.end];
                let statute = self.local.statute_at(alias, name.start);
                if let Some(statute) = statute.filter(|_| !self.local.is_defined_at(alias, name.start)) {
                    self.bare(name.start, name.end, statute, true);
                }
            } else if known_at < usize::MAX && known_at <= sign_at {
                let name = known.next().expect("it was peeked at");
                self.bare(name.start, name.end, self.names.canonical_of(name.name), false);
            } else if let Some(sign) = signs.next() {
                let at = sign.start();
                match kinds[sign.pattern().as_usize()] {
                    Sign::Title => self.title(at),
                    Sign::TitleEnd => self.unopened_title(at),
                    Sign::Provision => self.provision(at),
                    Sign::Number => self.number(at),
                    Sign::Pointer => self.pointer(at),
                    Sign::OpenQuotation => self.carry.open_quotation(),
                    Sign::CloseQuotation => self.carry.close_quotation(),
                    Sign::OpenParenthesis => self.carry.open_parenthesis(),
                    Sign::CloseParenthesis => self.carry.close_parenthesis(),
                }
            } else {
                return self.found;
            }
        }
    }

    /// 《社会保险法》（2010年10月通过）第九十二条
    fn title(&mut self, at: usize) {
        let Some(title) = scan_title(self.text, at) else { return };
        if let Some(whole) = self.whole_title(at, title.end) {
            let statute = statute_key(whole.slice(self.text));
            self.named(MentionKind::Bare, whole.start as usize, whole, whole.end as usize, statute);
            return;
        }
        self.titled(at, title.inner, title.end);
    }

    /// 【法规】禁止使用童工规定》（2002年公布）: the bracket that closes is all there is.
    fn unopened_title(&mut self, at: usize) {
        let end = at + '》'.len_utf8();
        let Some(inner) = title_before(self.text, at, self.floor) else { return };
        let next = char_at(self.text, skip_blanks(self.text, end));
        let cites =
            ends_line(self.text, end) || next.is_some_and(|c| matches!(c, '（' | '(' | '【' | '第' | '：' | ':'));
        if !cites {
            return;
        }
        let start = inner.start as usize;
        if let Some(bracket) = opens_wrongly(&self.text[self.floor..start]) {
            self.titled(start - bracket.len_utf8(), inner, end);
        } else if begins_entry(self.text, start) {
            self.titled(start, inner, end);
        }
    }

    fn titled(&mut self, start: usize, inner: Span, end: usize) {
        let key = statute_key(inner.slice(self.text));
        let statute = self
            .local
            .statute_at(&key, inner.start as usize)
            .or_else(|| self.names.canonical(&key))
            .unwrap_or(&key)
            .to_owned();
        self.named(MentionKind::Named, start, inner, end, statute);
    }

    /// 山东省实施《消防法》办法: the brackets enclose but a part of the statute's name.
    fn whole_title(&self, at: usize, end: usize) -> Option<Span> {
        const KINDS: [&str; 8] = ["办法", "细则", "若干规定", "规定", "条例", "实施办法", "实施细则", "若干意见"];
        const LONGEST_REGION: usize = 12;
        let text = self.text;
        let kind = KINDS.into_iter().find(|kind| text[end..].starts_with(kind))?;
        let end = end + kind.len();
        let before = &text[self.floor.min(at)..at];
        let verb = ["实施", "贯彻"].into_iter().find(|verb| before.ends_with(verb))?;
        let verb_start = at - verb.len();
        let before = &before[..before.len() - verb.len()];
        let run: usize = before.chars().rev().take(LONGEST_REGION).take_while(|&c| is_han(c)).map(char::len_utf8).sum();
        let run = &before[before.len() - run..];
        let region = &run[super::bare::after_lead(run)..];
        if region.ends_with(['省', '市', '区', '县', '州']) {
            let start = verb_start - region.len();
            return (!is_markdown_title(text, start, end)).then(|| Span::new(start, end));
        }
        // Without a region 实施《劳动法》规定的职责 is no name, but what cites an article is.
        let cites = kind != "规定" && region.is_empty() && (self.cites_article(end) || begins_entry(text, verb_start));
        cites.then(|| Span::new(verb_start, end))
    }

    /// Whether an article follows the name that ends at `end`.
    fn cites_article(&self, end: usize) -> bool {
        let at = skip_blanks(self.text, end);
        scan_provisions(self.text, at, Lead::Optional, UNKNOWN, Reach::Articles, &mut 0)
            .is_some_and(|found| found.first_level == Level::Article)
    }

    /// 社保法92条
    fn bare(&mut self, start: usize, end: usize, statute: &str, defined: bool) {
        let text = self.text;
        let Some(whole_end) = name_end(text, start, end, |end| self.cites_article(end)) else { return };
        if !defined && may_describe(&text[start..whole_end]) {
            let promulgated = scan_parenthesis(text, skip_blanks(text, whole_end))
                .is_some_and(|parenthesis| tells_of_promulgation(parenthesis.inner.slice(text)));
            if !promulgated && !self.cites_article(whole_end) {
                return;
            }
        }
        let statute = format!("{statute}{}", &text[end..whole_end]);
        const PREFIX: &str = "中华人民共和国";
        let prefix = if text[self.floor..start].ends_with(PREFIX) { PREFIX.len() } else { 0 };
        if is_markdown_title(text, start - prefix, whole_end) {
            return;
        }
        self.named(MentionKind::Bare, start - prefix, Span::new(start - prefix, whole_end), whole_end, statute);
    }

    fn named(&mut self, kind: MentionKind, start: usize, title: Span, name_end: usize, statute: String) {
        let text = self.text;
        let is_form = names_form(title.slice(text));
        let tail = self.tail(name_end, &statute, kind);
        let mut mention = Mention::new(Span::new(start, tail.end), kind);
        if let Some((span, inner)) = tail.promulgation {
            mention.promulgation = Some(find_promulgation(inner.slice(text)));
            mention.promulgation_span = Some(span);
        }
        let cites = !tail.provisions.is_empty();
        if cites || !is_form {
            let quotes = quotes(text, tail.end);
            // 《甲规定》已于2005年通过 tells of a statute, and lists nothing of it.
            let tells = !cites && text[tail.end..].starts_with(['已', '自', '经', '于']);
            let heads = begins_entry(text, start) && !tells || ends_line(text, tail.end);
            let lists = if self.carry.is_quoted() { heads && quotes && cites } else { heads || quotes };
            self.carry.name(&statute, lists, tail.provisions.last().map(|provision| provision.path));
            if cites && begins_line(text, start) && (quotes || is_set_off(text, tail.end)) {
                self.carry.begin_list();
            }
        }
        mention.title = Some(title);
        mention.statute = Some(statute);
        mention.divisions = tail.divisions;
        mention.provisions = tail.provisions;
        self.push(mention);
        self.floor = self.floor.max(tail.read_to);
    }

    /// What belongs to the name that ends at `name_end`.
    fn tail(&mut self, name_end: usize, statute: &str, kind: MentionKind) -> Tail {
        const MOST_PARENTHESES: usize = 3;
        let text = self.text;
        let mut tail = Tail { end: name_end, ..Tail::default() };
        let mut at = name_end;
        for _ in 0..MOST_PARENTHESES {
            let next = skip_blanks(text, at);
            let Some(parenthesis) = scan_parenthesis(text, next).filter(|_| !begins_number(text, next)) else { break };
            if counts_entries(parenthesis.inner.slice(text)) {
                break;
            }
            let inner = parenthesis.inner.slice(text);
            let definition = ["以下", "下称", "简称"].into_iter().filter_map(|word| inner.find(word)).min();
            let defined = definition
                .and_then(|offset| scan_definition(text, parenthesis.inner.start as usize + offset))
                .is_some_and(|alias| self.define(alias, statute));
            let promulgated = tells_of_promulgation(&inner[..definition.unwrap_or(inner.len())]);
            // Whatever stands in round brackets behind 《…》 is part of the citation; behind a bare name and in other brackets it
            // may be a remark on the sentence.
            let beside_title = kind == MentionKind::Named && text[next..].starts_with(['（', '(']);
            if !promulgated && !defined && !beside_title {
                break;
            }
            at = parenthesis.span.end as usize;
            tail.end = at;
            if promulgated {
                let (span, inner) = tail.promulgation.unwrap_or((parenthesis.span, parenthesis.inner));
                tail.promulgation =
                    Some((Span { end: parenthesis.span.end, ..span }, Span { end: parenthesis.inner.end, ..inner }));
            }
        }
        if at == name_end {
            let next = after_any(text, at, &['，', ',']).unwrap_or(at);
            if let Some(alias) = scan_definition(text, next) {
                self.define(alias, statute);
            }
        }

        // 第三章 is on the way to an article; where none follows, the words end before it.
        let (divisions, divisions_end) = scan_divisions(text, at);
        tail.read_to = if divisions.is_empty() { tail.end } else { divisions_end };
        tail.divisions = divisions;
        if let Some(provisions) = self.provisions(skip_blanks(text, divisions_end), Lead::Optional, Reach::Articles) {
            tail.read_to = provisions.end;
            // An item directly under a title is an entry of a catalogue, no place of a statute.
            if provisions.first_level == Level::Article {
                tail.end = provisions.end;
                tail.provisions = provisions.list;
            }
        }
        tail
    }

    fn define(&mut self, alias: Span, statute: &str) -> bool {
        if names_form(statute) {
            return false;
        }
        self.found.definitions.push(Definition::new(self.text, alias, statute));
        true
    }

    fn provisions(&mut self, at: usize, lead: Lead, reach: Reach) -> Option<Provisions> {
        let mut provisions = self.scan(at, lead, reach)?;
        provisions.list.retain(|provision| provision.path.article > 0);
        Some(provisions)
    }

    /// As [`Pass::provisions`], with the places whose article the text does not name.
    fn scan(&mut self, at: usize, lead: Lead, reach: Reach) -> Option<Provisions> {
        scan_provisions(self.text, at, lead, UNKNOWN, reach, &mut self.budget)
    }

    /// 第九十三条 without a name before it.
    fn provision(&mut self, at: usize) {
        let text = self.text;
        let (divisions, divisions_end) = scan_divisions(text, at);
        let first = if divisions.is_empty() { at } else { skip_blanks(text, divisions_end) };
        let heads = begins_entry(text, at);
        let base = if heads { self.carry.place() } else { UNKNOWN };
        let Some(mut found) = scan_provisions(text, first, Lead::Required, base, Reach::Articles, &mut self.budget)
        else {
            self.skip_divisions(&divisions, divisions_end);
            return;
        };
        if found.first_level != Level::Article && !divisions.is_empty() {
            self.skip_divisions(&divisions, divisions_end);
            return;
        }
        if found.first_level != Level::Article {
            let carried = heads && base.article > 0 && (quotes(text, found.end) || is_set_off(text, found.end));
            if !carried {
                self.inside_article(at);
                return;
            }
        } else if divisions.is_empty() && counts_things(text, found.end) {
            self.floor = found.end;
            return;
        } else if self.is_heading(at, &found) {
            self.carry.head(found.list[0].path);
            self.floor = found.end;
            if !self.carry.knows_own_statute() {
                // It may be a heading or cite what another text names: the caller has not said whose text this is.
                let mut mention = Mention::new(Span::new(at, found.end), MentionKind::Carried);
                mention.provisions = found.list;
                self.found.mentions.push(mention);
            }
            return;
        }
        found.list.retain(|provision| provision.path.article > 0);

        let mut mention = Mention::new(Span::new(at, found.end), MentionKind::Carried);
        let guessed = guess_name(text, at, self.floor);
        if let Some(name) = guessed {
            self.unknown_name(name, &mut mention);
            self.carry.name(mention.statute.as_deref().unwrap_or_default(), quotes(text, found.end), None);
        } else {
            let statute = self.carry.of_kind(&text[self.floor..at]).or_else(|| self.carry.statute(heads));
            mention.statute = statute.map(str::to_owned);
            if heads {
                self.carry.list(found.list.last().map_or(UNKNOWN, |provision| provision.path));
            }
        }
        mention.divisions = divisions;
        mention.provisions = found.list;
        self.push(mention);
    }

    /// Chapters without an article cite nothing; were each of them read on to the end of the row, a long one would take
    /// quadratic time.
    fn skip_divisions(&mut self, divisions: &[Division], end: usize) {
        if !divisions.is_empty() {
            self.floor = self.floor.max(end);
        }
    }

    /// 治安管理处罚法第四十二条 where no index knows the name: better a name that may be wrong than the wrong statute.
    fn unknown_name(&self, name: Span, mention: &mut Mention) {
        let key = statute_key(name.slice(self.text));
        let of_last = ["实施条例", "实施细则", "实施办法"].contains(&key.as_str());
        let statute = match self.carry.last().filter(|_| of_last) {
            Some(last) => format!("{last}{key}"),
            None => key,
        };
        mention.kind = MentionKind::Bare;
        mention.title = Some(name);
        mention.span.start = name.start;
        mention.statute = Some(statute);
    }

    /// The heading of an article in what reads like a statute's own text.
    fn is_heading(&self, at: usize, found: &Provisions) -> bool {
        let [provision] = found.list[..] else { return false };
        let path = provision.path;
        path == path.whole_article()
            && begins_line(self.text, at)
            && is_set_off(self.text, found.end)
            && (self.carry.is_own_text() || self.carry.lists_nothing() || (path.article, path.suffix) == (1, None))
    }

    /// 第二款, 第（三）项 in mid-sentence: of the article that they stand in.
    fn inside_article(&mut self, at: usize) {
        let Some(found) = self.scan(at, Lead::Required, Reach::InsideArticle) else { return };
        let rest = &self.text[found.end..];
        let cites = match found.first_level {
            Level::Paragraph => !counts_things(self.text, found.end),
            // 第二部分第三项 is an entry of a catalogue.
            Level::Item | Level::Subitem if self.text[..at].ends_with("部分") => false,
            // 第一项工作, 第二项任务
            Level::Item | Level::Subitem => {
                found.bracketed
                    || found.list.len() > 1
                    || self.text[..at].ends_with("作为")
                    || [
                        "规定",
                        "的规定",
                        "所列",
                        "至",
                        "情形",
                        "、",
                        "或者",
                        "和",
                        "行为",
                        "所称",
                        "所述",
                        "条件",
                        "以外",
                        "除外",
                        "之外",
                        "中",
                        "，",
                        "；",
                        "。",
                    ]
                    .iter()
                    .any(|word| rest.starts_with(word))
            }
            Level::Article => false,
        };
        if cites {
            self.relative(at, found.end, Some(found));
        } else {
            self.floor = found.end;
        }
    }

    fn pointer(&mut self, at: usize) {
        let text = self.text;
        if let Some(end) = scan_own_name(text, at) {
            let name = &text[at..end];
            let statute = self.carry.statute_called(name).map(str::to_owned);
            let tail = self.tail(end, statute.as_deref().unwrap_or(name), MentionKind::SelfReference);
            self.carry.own_name(statute.as_deref());
            let mut mention = Mention::new(Span::new(at, tail.end), MentionKind::SelfReference);
            mention.statute = statute;
            mention.divisions = tail.divisions;
            mention.provisions = tail.provisions;
            self.push(mention);
            self.floor = self.floor.max(tail.read_to);
        } else if let Some((_, end)) = scan_relative(text, at) {
            let inside = self.scan(skip_blanks(text, end), Lead::Optional, Reach::InsideArticle);
            self.relative(at, end, inside);
        }
    }

    fn relative(&mut self, start: usize, end: usize, inside: Option<Provisions>) {
        let end = inside.as_ref().map_or(end, |inside| inside.end);
        let mut mention = Mention::new(Span::new(start, end), MentionKind::Relative);
        mention.parts = inside.map_or_else(Vec::new, |inside| {
            inside.list.into_iter().map(|provision| PartPath::of(provision.path)).collect()
        });
        self.push(mention);
    }

    fn number(&mut self, at: usize) {
        let Some(number) = number_at(self.text, at, self.floor) else { return };
        let mut mention = Mention::new(number.span, MentionKind::Number);
        mention.number = Some(without_blanks(number.span.slice(self.text)));
        self.push(mention);
    }

    fn push(&mut self, mention: Mention) {
        debug_assert!(mention.span.start as usize >= self.floor, "mentions do not overlap");
        self.floor = mention.span.end as usize;
        self.found.mentions.push(mention);
    }
}

/// The bracket that `before` ends in, if it stands for 《 at the head of an entry: （禁止使用童工规定》.
fn opens_wrongly(before: &str) -> Option<char> {
    let bracket = char_before(before, before.len()).filter(|&c| matches!(c, '（' | '(' | '<' | '【'))?;
    let entry = before.len() - bracket.len_utf8();
    begins_entry(&before[..entry], entry).then_some(bracket)
}

/// Whether a parenthesis only numbers an entry: （一）, (2). A year alone tells of a promulgation.
fn counts_entries(inside: &str) -> bool {
    let inside = inside.trim_matches(is_blank);
    scan_numeral(inside).is_some_and(|numeral| numeral.len == inside.len() && numeral.value < 1900)
}

/// Whether 第一条 that ends at `end` numbers things: 第一条生产线, 第一百条消息.
fn counts_things(text: &str, end: usize) -> bool {
    const THINGS: &[&str] = &[
        "生产线",
        "流水线",
        "消息",
        "信息",
        "道路",
        "公路",
        "铁路",
        "马路",
        "线路",
        "路线",
        "线",
        "路",
        "河",
        "街",
        "船",
        "鱼",
        "腿",
        "裤",
        "跑道",
        "航线",
        "新闻",
        "短信",
        "微博",
        "建议",
        "意见",
        "理由",
        "经验",
        "线索",
        "评论",
        "产品",
        "手机",
        "游戏",
        "车",
        "应用",
        "软件",
        "贷款",
        "隧道",
        "渠道",
        "通道",
        "措施",
        "热线",
        "管道",
        "战线",
        "生命",
    ];
    let rest = &text[end..];
    char_at(text, end).is_some() && THINGS.iter().any(|thing| rest.starts_with(thing))
}

#[cfg(test)]
mod tests;
