//! Whether a question is about crime.

use super::interpretation::{Interpretation, Sought};
use crate::text::Folded;

/// Letters of which a question about crime has some, in its own words or in those that the lexicon has for them: offences, who
/// prosecutes them and how, what they are punished with. One too many does no harm: such a question is answered as any other.
const SIGNS: &str = "
罪 犯 偷 盗 抢 骗 诈 杀 伤害 轻伤 殴 打架 寻衅 奸 性侵 猥亵 绑架 拐卖 虐 放火 毒 赌 嫖 卖淫 枪 贪 贿 挪用 侵占 走私 洗钱 伪造 假币 诽谤 重婚 传销
勒索 间谍 肇事 酒驾 醉 警 公安 检察 抓 拘 逮捕 嫌疑 通缉 羁押 看守所 取保 监视居住 公诉 自诉 被告人 辩护 刑 判几 判多 牢 监狱 死缓 自首 假释
正当防卫
";

/// Whether a query says anything of crime, of those who prosecute it, or of what it is punished with.
pub(super) fn is_about_crime(interpretation: &Interpretation) -> bool {
    let says_so = |text: &str| SIGNS.split_whitespace().any(|sign| text.contains(sign));
    let mut alternatives = interpretation.concepts.iter().flat_map(|concept| &concept.alternatives);
    says_so(Folded::new(&interpretation.text).text())
        || alternatives.any(|known| match &known.sought {
            Sought::Letters(letters) => says_so(letters),
            Sought::Place(place) => place.statute.as_deref().is_some_and(says_so),
            Sought::Number(_) => false,
        })
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
