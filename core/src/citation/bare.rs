//! Names without 《》: whether the characters of a known name are one, and what an unknown name may be.

use super::scan::{char_at, char_before, is_han};
use super::title::without_closing_parenthesis;
use crate::text::Span;

/// Where the name at `start..end` ends, if the characters around it leave it a name.
///
/// 劳动合同法 in 劳动合同法实施条例 is no name (a longer one is, and it is returned), nor is 公务员法 in 公务员法定义务.
pub(super) fn name_end(text: &str, start: usize, end: usize, cites_article: impl Fn(usize) -> bool) -> Option<usize> {
    const LONGER: [&str; 6] = ["实施条例", "实施细则", "实施办法", "实施规定", "暂行条例", "司法解释"];
    let name = &text[start..end];
    let mut end = end;
    if name.ends_with('法') || name.ends_with("条例") {
        if let Some(longer) = LONGER.into_iter().find(|longer| text[end..].starts_with(longer)) {
            end += longer.len();
        } else if text[end..].starts_with("修正案") {
            return None;
        }
    }
    let rest = &text[end..];
    let tells_of_text = ["条文", "条款", "规定"].iter().any(|word| rest.starts_with(word));
    if text[start..end].ends_with('法') && !tells_of_text && char_at(text, end).is_some_and(goes_on_after_law) {
        return None;
    }
    // 全国人民代表大会宪法和法律委员会
    if text[end..].starts_with("和法律委员会") {
        return None;
    }
    // Short names are parts of longer ones: 供水法, 行政监察法. What leads to a name stands before it, or an article after.
    // No longer name ends in these two.
    let short = text[start..end].chars().nth(3).is_none() && !matches!(&text[start..end], "宪法" | "刑法");
    let led = char_before(text, start).is_none_or(|c| !is_han(c) || leads_to_name(c));
    (!short || led || cites_article(end)).then_some(end)
}

/// Whether `name` may be words of the sentence where nothing else says that it is a name: 遵守禁止使用童工规定的情况. A
/// 法 or 条例 is always one.
pub(super) fn may_describe(name: &str) -> bool {
    let name = without_closing_parenthesis(name);
    !["法", "法典", "条例", "细则", "修正案"].iter().any(|ending| name.ends_with(ending))
}

fn goes_on_after_law(c: char) -> bool {
    matches!(
        c,
        '定' | '律'
            | '规'
            | '院'
            | '官'
            | '人'
            | '治'
            | '学'
            | '制'
            | '庭'
            | '理'
            | '医'
            | '令'
            | '案'
            | '典'
            | '条'
            | '式'
            | '务'
            | '系'
            | '委'
            | '性'
            | '日'
            | '宣'
    )
}

fn leads_to_name(c: char) -> bool {
    matches!(
        c,
        '据' | '照'
            | '反'
            | '用'
            | '合'
            | '守'
            | '犯'
            | '依'
            | '按'
            | '从'
            | '和'
            | '与'
            | '及'
            | '的'
            | '对'
            | '由'
            | '是'
            | '在'
            | '以'
            | '或'
            | '于'
            | '国'
            | '为'
            | '经'
            | '将'
            | '因'
            | '行'
            | '新'
            | '原'
            | '称'
            | '该'
            | '前'
            | '后'
            | '除'
    )
}

/// The name that an article at `at` follows directly, where no index knows it: 治安管理处罚法 in
/// 依照治安管理处罚法第四十二条. It begins at `floor` or later.
pub(super) fn guess_name(text: &str, at: usize, floor: usize) -> Option<Span> {
    const LONGEST: usize = 30;
    const ENDINGS: [&str; 6] = ["法", "法典", "条例", "细则", "办法", "规定"];
    let before = &text[floor..at];
    if !ENDINGS.iter().any(|ending| before.ends_with(ending)) {
        return None;
    }
    let run: usize = before.chars().rev().take(LONGEST).take_while(|&c| is_han(c)).map(char::len_utf8).sum();
    let run = &before[before.len() - run..];
    let name = &run[after_lead(run)..];
    let long_enough = match name {
        "刑法" | "宪法" | "民法" | "实施条例" | "实施细则" | "实施办法" => true,
        _ if name.ends_with("办法") || name.ends_with("规定") || name.ends_with("条例") || name.ends_with("细则") => {
            name.chars().nth(4).is_some()
        }
        _ => name.chars().nth(2).is_some() && !name.ends_with("方法") && !name.ends_with("违法"),
    };
    let points_back = ["该", "其", "上述", "前述", "本", "此"].iter().any(|word| name.starts_with(word));
    (long_enough && !points_back).then(|| Span::new(at - name.len(), at))
}

/// Where in a run of characters the name begins that it ends in: behind the last word that leads to a name.
pub(super) fn after_lead(run: &str) -> usize {
    const WORDS: &[&str] = &[
        "违反", "依照", "按照", "根据", "依据", "适用", "参照", "触犯", "符合", "遵守", "执行", "贯彻", "或者", "以及",
        "关于", "属于", "指定", "认定", "具有", "不服", "援引", "引用", "有关", "违背", "遵照", "及其", "修订", "修正",
        "修改", "废止",
    ];
    const SINGLE: &[char] = &[
        '和', '与', '及', '或', '依', '按', '据', '以', '由', '在', '对', '将', '为', '是', '的', '犯', '除', '经',
        '有',
    ];
    let word = WORDS.iter().filter_map(|word| run.rfind(word).map(|at| at + word.len())).max().unwrap_or(0);
    let single = run.char_indices().rfind(|&(at, c)| {
        let (before, after) = (&run[..at], &run[at + c.len_utf8()..]);
        let inside = match c {
            '和' => ["劳动", "资源", "住房", "卫生", "工业", "文化", "人口"].iter().any(|name| before.ends_with(name)),
            '经' => after.starts_with(['济', '贸', '营', '纪']),
            '对' => after.starts_with('外'),
            '为' => before.ends_with('行'),
            '无' => after.starts_with(['线', '障', '形']),
            '因' => before.ends_with('基'),
            '有' => before.ends_with(['国', '所', '稀', '特']) || after.starts_with(['限', '色']),
            '以' => after.starts_with(['上', '下']),
            '在' => before.ends_with('存'),
            '据' => before.ends_with(['证', '数', '票']),
            '与' => ["保护", "利用", "管理"].iter().any(|word| before.ends_with(word)),
            _ => false,
        };
        SINGLE.contains(&c) && !inside
    });
    single.map_or(0, |(at, c)| at + c.len_utf8()).max(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_known_name_is_one_where_the_words_around_leave_it_one() {
        for (text, name, expected) in [
            ("参照公务员法管理", "公务员法", Some("公务员法")),
            ("公务员法定义务", "公务员法", None),
            ("节约用水法律", "水法", None),
            ("城市供水法的规定", "水法", None),
            ("依照刑法处罚", "刑法", Some("刑法")),
            ("刑法条文", "刑法", Some("刑法")),
            ("修改后商标法的规定", "商标法", Some("商标法")),
            ("行政监察法的规定", "监察法", None),
            ("不得同宪法相抵触", "宪法", Some("宪法")),
            ("违反刑法规定", "刑法", Some("刑法")),
            ("国家宪法日", "宪法", None),
            ("宪法和法律委员会", "宪法", None),
            ("劳动合同法实施条例规定", "劳动合同法", Some("劳动合同法实施条例")),
            ("刑法修正案（八）", "刑法", None),
        ] {
            let start = text.find(name).expect("the name is in the text");
            let end = name_end(text, start, start + name.len(), |_| false);
            assert_eq!(end.map(|end| &text[start..end]), expected, "{text}");
        }
        assert!(name_end("供水法第三条", "供".len(), "供水法".len(), |_| true).is_some());
    }

    #[test]
    fn an_unknown_name_before_an_article_is_guessed() {
        for (text, name) in [
            ("依照治安管理处罚法", Some("治安管理处罚法")),
            ("构成犯罪的，依照刑法", Some("刑法")),
            ("违反对外贸易法", Some("对外贸易法")),
            ("用人单位违反劳动和社会保障监察条例", Some("劳动和社会保障监察条例")),
            ("可以指定民法典", Some("民法典")),
            ("违反该条例", None),
            ("违反条例", None),
            ("采用上述方法", None),
            ("有下列行为", None),
        ] {
            assert_eq!(guess_name(text, text.len(), 0).map(|span| span.slice(text)), name, "{text}");
        }
    }
}
