//! Whether a question is about crime.

use super::interpretation::{Interpretation, Sought};

/// Letters of which a question about crime has some, in its own words or in those that the lexicon has for them.
const SIGNS: &[&str] = &[
    "罪",
    "刑",
    "犯",
    "判几",
    "判多",
    "牢",
    "监狱",
    "抓",
    "警",
    "公安",
    "检察",
    "拘",
    "逮捕",
    "盘问",
    "偷",
    "盗",
    "抢",
    "骗",
    "诈",
    "杀",
    "奸",
    "猥亵",
    "绑架",
    "虐",
    "毒",
    "赌",
    "枪",
    "贪",
    "贿",
    "挪用",
    "侵占",
    "走私",
    "伪造",
    "内幕交易",
    "醉",
];

/// Whether a query says anything of crime, of those who prosecute it, or of what it is punished with.
pub(super) fn is_about_crime(interpretation: &Interpretation) -> bool {
    let says_so = |text: &str| SIGNS.iter().any(|sign| text.contains(sign));
    let mut alternatives = interpretation.concepts.iter().flat_map(|concept| &concept.alternatives);
    says_so(&interpretation.text)
        || alternatives.any(|known| matches!(&known.sought, Sought::Letters(letters) if says_so(letters)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::{Alternative, Concept, Language, Origin};

    #[test]
    fn a_question_is_about_crime_in_lay_words_and_in_the_laws() {
        for (free, lexicon, expected) in [
            ("老板拖欠工资", "用人单位", false),
            ("捡到手机不还", "遗失物", false),
            ("偷手机", "盗窃", true),
            ("会坐班房", "有期徒刑", true),
        ] {
            let sought = Sought::Letters(lexicon.to_owned());
            let alternatives = vec![Alternative { sought, origin: Origin::Lay, weight: 0.9 }];
            let interpretation = Interpretation {
                text: free.to_owned(),
                language: Language::Zh,
                intent: None,
                citation: None,
                corrected: None,
                concepts: vec![Concept { from: free.to_owned(), weight: 1.0, alternatives }],
                exact: Vec::new(),
                without: Vec::new(),
                free: String::new(),
            };
            assert_eq!(is_about_crime(&interpretation), expected, "{free}");
        }
    }
}
