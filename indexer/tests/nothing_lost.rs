//! Every letter of a source is in some unit, or is one of the things that are left out on purpose.

mod common;

use std::collections::BTreeMap;

use common::{essence, left_out, read, seed_text};
use lawcite_core::responsibility::ResponsibilityList;
use proptest::prelude::*;

#[test]
fn the_seed_loses_its_title_page_contents_headers_and_ordinals() {
    let text = seed_text();
    let mut kinds: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    let is_ordinal = |words: &str| {
        let bare: String = words.replace("<p>", "").replace("</p>", "").replace(['-', '|', ' '], "");
        let bare = bare.strip_prefix("注：").unwrap_or(&bare);
        bare.is_empty()
            || bare.chars().all(|c| "一二三四五六七八九十（）()、.0123456789①②③④⑤⑥".contains(c))
                && bare.chars().count() <= 6
    };
    for stretch in left_out(&text, &read(&text)) {
        let (line, words) = stretch.split_once(": ").expect("it was written so");
        let line: usize = line.parse().expect("it is a number");
        let kind = match line {
            ..12 => "title page",
            12..34 => "contents",
            _ if is_ordinal(words) => "ordinals",
            _ if words.starts_with("| 序号 |") => "headers",
            _ => "lost",
        };
        kinds.entry(kind).or_default().push(stretch);
    }
    assert_eq!(kinds.get("lost"), None);
    assert_eq!(kinds["headers"].len(), 8);
    assert_eq!(kinds["contents"].len(), 18);
}

/// Pieces that lists are made of, right and wrong; `@` becomes a word that occurs nowhere else.
const PIECES: &[&str] = &[
    "责任清单@",
    "一、部门主要职责",
    "## 二、事中事后监管制度@",
    "三、公共服务事项",
    "四、责任追究机制",
    "五、@",
    "（一）@制度",
    "（二）@。@；",
    "1. @；",
    "3. @",
    "@，",
    "@。",
    "@",
    "@①@；②@。",
    "- @",
    "# @",
    "注：1. @。2. @。",
    "具体责任事项：@",
    "追责依据：",
    "《@法》（2001年@通过）第三条：@的；@的。",
    "| 序号 | 主要职责 | 具体责任事项 | 追责依据及追责情形 |",
    "| 1 | @ | <p>@。</p> <p>@</p> | 1. 《@法》第二条：@。@。 |",
    "| | | @ | @。 2. 《@法》@（@）第五条 @。 3. @其他@。 |",
    "| @ | @ | @ | @ | @ |",
    "| @ |",
    "| 注：@ | | | |",
    "| 序号 | 服务事项 | 主要内容 | 承办机构 | 联系电话 | 备注 |",
    "| 2 | @ | @ | @ | @ 0533-1234567 | @ |",
    "| 序号 | 管理事项 | 相关部门 | 职责分工 |",
    "| | 无 | | @ |",
    "",
];

/// A document of such pieces, and its words.
fn document(pieces: &[usize]) -> (String, Vec<String>) {
    let (mut text, mut words) = (String::new(), Vec::new());
    for &piece in pieces {
        for (index, stretch) in PIECES[piece].split('@').enumerate() {
            if index > 0 {
                // Two rare characters that stand in no piece and in no name of a column.
                let word: String = [words.len() / 1000, words.len() % 1000]
                    .into_iter()
                    .filter_map(|n| char::from_u32(0x9000 + u32::try_from(n).expect("few")))
                    .collect();
                text.push_str(&word);
                words.push(word);
            }
            text.push_str(stretch);
        }
        text.push('\n');
    }
    (text, words)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_word_of_any_list_is_lost(pieces in prop::collection::vec(0..PIECES.len(), 1..30)) {
        let (text, words) = document(&pieces);
        prop_assume!(!text.trim().is_empty());
        let list = read(&text);
        let kept: String = list.units().iter().map(|unit| unit.passage.text.as_str()).chain([list.title.as_str()]).collect();
        for word in words {
            prop_assert!(kept.contains(&word), "{} is lost from\n{}", word, text);
        }
    }

    #[test]
    fn units_of_any_list_are_the_list_again(pieces in prop::collection::vec(0..PIECES.len(), 1..30)) {
        let (text, _) = document(&pieces);
        prop_assume!(!text.trim().is_empty());
        let list = read(&text);
        let units = list.units();
        let mut ids: Vec<&str> = units.iter().map(|unit| unit.id.as_str()).collect();
        ids.sort_unstable();
        prop_assert!(ids.windows(2).all(|pair| pair[0] != pair[1]), "two units of one name in\n{}", text);
        let rebuilt = ResponsibilityList::from_units(list.header(), &units).expect("they are its units");
        prop_assert_eq!(essence(&rebuilt), essence(&list));
        prop_assert_eq!(rebuilt, list);
    }

    #[test]
    fn no_text_makes_the_reader_panic(text in "([一二十（）()0-9.、第章节部分条款|#<>p/《》〈〉注：；。，①② a\n-]|\\PC){1,200}") {
        prop_assume!(text.chars().any(|c| !c.is_whitespace() && c != '\u{feff}' && c != '\0'));
        let list = read(&text);
        for unit in list.units() {
            prop_assert!(!unit.id.is_empty());
        }
    }
}
