//! Words that cite by pointing: 本法, 本条例 at the statute they stand in, 前款, 前条 at what stands before them.

use super::provision::Level;
use super::scan::{char_at, char_before};
use crate::text::scan_numeral;

/// What a statute calls itself after 本, longest first where one begins another.
const STATUTE_WORDS: &[&str] = &[
    "法典",
    "法",
    "暂行条例",
    "实施条例",
    "条例",
    "暂行规定",
    "实施规定",
    "若干规定",
    "规定",
    "暂行办法",
    "管理办法",
    "实施办法",
    "试行办法",
    "办法",
    "实施细则",
    "细则",
    "规则",
    "解释",
    "决定",
    "规程",
    "规范",
    "准则",
    "标准",
    "守则",
    "通则",
    "章程",
    "通知",
    "意见",
    "批复",
    "公约",
    "条约",
    "协定",
    "议定书",
    "修正案",
    "公告",
];

/// Where 本法, 本条例 and the like at `at` end.
pub(super) fn scan_own_name(text: &str, at: usize) -> Option<usize> {
    let rest = text[at..].strip_prefix('本')?;
    if belongs_to_word_before(text, at) {
        return None;
    }
    let word = STATUTE_WORDS.iter().find(|word| rest.starts_with(**word))?;
    let after = rest[word.len()..].chars().next();
    let other_word = match *word {
        // 本法院, 本法人, 本法定代表人
        "法" if rest[word.len()..].starts_with("定罪") => false,
        "法" => matches!(after, Some('院' | '人' | '定' | '律' | '官' | '庭' | '医' | '治' | '学' | '系')),
        "决定" | "通知" | "意见" | "解释" => matches!(after, Some('书' | '人' | '权' | '单')),
        "公告" => matches!(after, Some('期' | '栏' | '牌' | '费')),
        "标准" | "规范" => matches!(after, Some('化' | '性')),
        _ => false,
    };
    (!other_word).then_some(at + '本'.len_utf8() + word.len())
}

/// Whether 本 at `at` ends a word: 基本法律, 根本法, 日本法, 成本规则, but not 构成本法规定的犯罪.
fn belongs_to_word_before(text: &str, at: usize) -> bool {
    match char_before(text, at) {
        Some('成') => !["构成", "完成", "形成", "造成", "达成", "组成"].iter().any(|word| text[..at].ends_with(word)),
        Some(c) => matches!(c, '基' | '根' | '日' | '资' | '文' | '样' | '版' | '副' | '正' | '抄'),
        None => false,
    }
}

/// Whether a statute of that name calls itself `own_name`: 本法 is no 条例, and 本办法 no 法.
pub(super) fn is_own_name_of(own_name: &str, statute: &str) -> bool {
    let word = own_name.trim_start_matches('本');
    let statute = super::title::without_closing_parenthesis(statute);
    match word {
        "法" => statute.ends_with('法') && !statute.ends_with("办法") || statute.ends_with("法典"),
        _ => {
            let kind = ["条例", "规定", "办法", "细则"].into_iter().find(|kind| word.ends_with(kind)).unwrap_or(word);
            statute.ends_with(kind)
        }
    }
}

/// 前款, 前两项, 本条 and their like at `at`: the level they point at, and where they end.
pub(super) fn scan_relative(text: &str, at: usize) -> Option<(Level, usize)> {
    let first = char_at(text, at)?;
    let before = char_before(text, at);
    let mut end = at + first.len_utf8();
    let mut counted = false;
    match first {
        // 目前, 以前, 之前, 当前, 提前: 前 belongs to the word before.
        '前' if matches!(before, Some('目' | '之' | '当' | '提' | '此' | '先' | '空' | '生')) => return None,
        // 以前, 事前, but 以前款规定的方法 and 从事前款规定的业务
        '前' if matches!(before, Some('以' | '事')) && char_at(text, end).and_then(Level::of).is_none() => {
            return None;
        }
        '前' => {
            if let Some(c) = char_at(text, end).filter(|c| matches!(c, '几' | '数' | '各')) {
                end += c.len_utf8();
            } else if let Some(numeral) = scan_numeral(&text[end..]).filter(|numeral| numeral.value < 100) {
                end += numeral.len;
                counted = true;
            }
        }
        '上' if matches!(before, Some('以' | '之' | '如' | '马' | '网' | '身')) => return None,
        '本' if belongs_to_word_before(text, at) => return None,
        '上' | '本' => {}
        _ => return None,
    }
    let unit = char_at(text, end)?;
    let level = Level::of(unit)?;
    end += unit.len_utf8();
    let rest = &text[end..];
    let is_word = match (first, level) {
        (_, Level::Article) => !rest.starts_with(['例', '件', '款', '约', '线', '路', '河', '街', '形']),
        (_, Level::Paragraph) => !rest.starts_with(['项', '式', '车', '产', '游', '手']),
        // 前项 is a word of statutes; 本项 is mostly the beginning of 本项目.
        // 按照前三项征收 ranks things; 前三项规定 points back.
        ('前', Level::Item) if counted => is_told_of(rest),
        ('前', Level::Item) => !rest.starts_with('目'),
        (_, Level::Item) => ["规定", "所称", "所列", "前", "第", "中"].iter().any(|word| rest.starts_with(word)),
        (_, Level::Subitem) => ["规定", "所称", "所列"].iter().any(|word| rest.starts_with(word)),
    };
    // 上条 is a word of statutes only where one says so; 该条 points at an article just named, and cites none itself.
    let pointed = match first {
        '上' => ["规定", "所称", "所列", "第", "的规定"].iter().any(|word| rest.starts_with(word)),
        _ => true,
    };
    (is_word && pointed).then_some((level, end))
}

/// Whether `rest` goes on as behind the words for a provision: 规定, 所列情形.
fn is_told_of(rest: &str) -> bool {
    let rest = rest.strip_prefix('的').unwrap_or(rest);
    ["规定", "所称", "所列", "所述", "情形", "行为", "情况", "以外", "之外", "中", "罪", "违法"]
        .iter()
        .any(|word| rest.starts_with(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_statute_calls_itself_by_its_kind() {
        for (text, rest) in [
            ("本法第三条", "第三条"),
            ("本条例规定", "规定"),
            ("本实施细则的", "的"),
            ("本暂行办法", ""),
            ("本规定第八条", "第八条"),
            ("本法典", ""),
            ("本法定罪处刑", "定罪处刑"),
            ("本修正案自", "自"),
        ] {
            assert_eq!(scan_own_name(text, 0).map(|end| &text[end..]), Some(rest), "{text}");
        }
        for text in ["本法院", "本法人", "本市", "本条", "本通知书", "本解释权"] {
            assert_eq!(scan_own_name(text, 0), None, "{text}");
        }
        assert_eq!(scan_own_name("基本法律", "基".len()), None);
        assert_eq!(scan_own_name("成本规则", "成".len()), None);
        assert!(scan_own_name("构成本法规定的犯罪", "构成".len()).is_some());
    }

    #[test]
    fn its_kind_is_what_its_name_ends_in() {
        for (own_name, statute, fits) in [
            ("本法", "公务员法", true),
            ("本法", "民法典", true),
            ("本法", "军队转业干部安置暂行办法", false),
            ("本条例", "劳动保障监察条例", true),
            ("本条例", "公务员法", false),
            ("本实施细则", "税收征收管理法实施细则", true),
            ("本规定", "实施〈社会保险法〉若干规定", true),
            ("本办法", "组织办法（试行）", true),
        ] {
            assert_eq!(is_own_name_of(own_name, statute), fits, "{own_name} {statute}");
        }
    }

    #[test]
    fn words_that_point_back_are_told_from_others() {
        for (text, rest) in [
            ("前款规定", "规定"),
            ("前两款规定", "规定"),
            ("前三项规定", "规定"),
            ("前两项所列情形", "所列情形"),
            ("前条第二款", "第二款"),
            ("本条第一款", "第一款"),
            ("本条规定", "规定"),
            ("本项规定", "规定"),
        ] {
            assert_eq!(scan_relative(text, 0).map(|(_, end)| &text[end..]), Some(rest), "{text}");
        }
        for text in [
            "前项目",
            "前条件",
            "本条例",
            "本条件",
            "本项目",
            "本项工作",
            "该条第二款",
            "前台",
            "前三项污染物",
            "前五项征收",
            "本目录",
            "前款式",
        ] {
            assert_eq!(scan_relative(text, 0), None, "{text}");
        }
        for (before, text, found) in [
            ("目", "前款", false),
            ("以", "前款规定的方法", true),
            ("从事", "前款规定的业务", true),
            ("以", "前三年", false),
            ("以", "前条件", false),
        ] {
            assert_eq!(scan_relative(&format!("{before}{text}"), before.len()).is_some(), found, "{before}{text}");
        }
    }
}
