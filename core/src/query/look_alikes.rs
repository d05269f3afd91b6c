//! Characters that are taken for one another because they look alike.

/// Each row holds characters that are written for one another, in legal text as elsewhere.
const LOOK_ALIKES: &[&str] = &[
    "薄簿",
    "帐账胀",
    "遣谴",
    "己已巳",
    "未末",
    "土士",
    "侯候",
    "辨辩辫瓣",
    "陪赔培",
    "拨拔",
    "戊戌戍",
    "晴睛",
    "侵浸",
    "徵征微",
    "幅辐",
    "缴激",
    "抵低诋",
    "贷货",
    "栽裁载",
    "免兔",
    "折拆析",
    "仓仑",
    "侍待持",
    "偿尝",
    "管营",
    "住往",
    "决诀",
    "即既",
    "历厉",
    "师帅",
    "券卷",
    "拘抱",
    "治冶",
    "汇江",
    "沧沦",
    "审宙",
    "竞竟",
    "徒徙",
    "失矢",
    "刑邢",
    "刺剌",
    "妨防",
    "揭渴",
    "搏博",
    "撤撒",
    "瞻赡",
    "赃脏",
    "赢羸",
    "遗遣",
    "职识",
    "钧钩",
    "阴荫",
    "陷馅",
    "隐稳",
    "顷倾",
];

/// The word that `typed` looks like with one character changed, if `is_word` knows it.
pub(super) fn looking_like(typed: &str, is_word: impl Fn(&str) -> bool) -> Option<String> {
    typed.char_indices().find_map(|(at, c)| {
        let rows = LOOK_ALIKES.iter().filter(|row| row.contains(c));
        rows.flat_map(|row| row.chars()).filter(|&other| other != c).find_map(|other| {
            let changed = format!("{}{other}{}", &typed[..at], &typed[at + c.len_utf8()..]);
            is_word(&changed).then_some(changed)
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_look_alike_is_mended() {
        let is_word = |word: &str| ["账簿", "派遣", "博士", "仲裁"].contains(&word);
        for (typed, expected) in [
            ("账薄", Some("账簿")),
            ("派谴", Some("派遣")),
            ("博土", Some("博士")),
            ("仲栽", Some("仲裁")),
            ("电脑", None),
        ] {
            assert_eq!(looking_like(typed, is_word).as_deref(), expected, "{typed}");
        }
    }
}
