//! What a query wants to know, by the words that say so.

use super::Intent;

/// Words that say what is wanted, most telling first: the first row that fits decides.
const SIGNS: &[(Intent, &[&str])] = &[
    (
        Intent::Contact,
        &[
            "电话",
            "号码",
            "热线",
            "联系方式",
            "打给谁",
            "联系谁",
            "找谁",
            "who do i call",
            "whom to call",
            "phone",
            "telephone",
            "hotline",
            "contact",
            "call about",
        ],
    ),
    (
        Intent::Liability,
        &[
            "追责",
            "追究",
            "问责",
            "法律责任",
            "承担责任",
            "什么责任",
            "谁的责任",
            "责任人",
            "责任在谁",
            "担责",
            "有何责任",
            "什么处分",
            "怎么处分",
            "什么处罚",
            "怎么处罚",
            "处罚依据",
            "会受到",
            "判几年",
            "liable",
            "liability",
            "punish",
            "penalty",
            "penalties",
            "sanction",
            "held responsible",
            "consequence",
        ],
    ),
    (
        Intent::Deadline,
        &[
            "多久",
            "多长时间",
            "几天",
            "几日",
            "几个月",
            "几年",
            "期限",
            "时限",
            "多少天",
            "最多能延长",
            "how long",
            "deadline",
            "how many days",
            "how many months",
            "time limit",
            "how soon",
            "by when",
        ],
    ),
    (
        Intent::Responsibility,
        &[
            "谁负责",
            "归谁管",
            "谁管",
            "哪个部门",
            "哪个单位",
            "由谁",
            "什么部门",
            "哪些职责",
            "职责是什么",
            "who is responsible",
            "who handles",
            "which department",
            "in charge",
        ],
    ),
    (
        Intent::Procedure,
        &[
            "怎么办理",
            "程序",
            "流程",
            "步骤",
            "怎样申请",
            "如何申请",
            "怎么申请",
            "how to",
            "procedure",
            "how do i",
            "steps",
            "process",
        ],
    ),
];

/// The intent of a folded query (English with its blanks).
pub(super) fn intent(folded: &str) -> Option<Intent> {
    SIGNS.iter().find(|(_, signs)| signs.iter().any(|sign| folded.contains(sign))).map(|&(intent, _)| intent)
}

/// Whether words say what is wanted and nothing of what it is wanted for: 承担责任, 责任追究.
pub(super) fn only_asks(words: &str) -> bool {
    let mut rest = words.to_lowercase();
    let signs = SIGNS.iter().flat_map(|(_, signs)| signs.iter().copied());
    let mut asking: Vec<&str> = signs.chain(SHAPING.split_whitespace()).chain(["处分", "罚款"]).collect();
    asking.sort_by_key(|word| std::cmp::Reverse(word.len()));
    for word in asking {
        rest = rest.replace(word, "");
    }
    rest.trim().is_empty()
}

/// Words that say what is wanted and seldom stand in the answer.
const SHAPING: &str = "追责 追究 问责 担责 责任 承担 负责 处罚 电话 号码 联系 期限 时限 程序 流程 步骤 部门 单位 依据 liable liability responsible responsibility
    punish punishment penalty consequence phone telephone number call contact department procedure process deadline violation law legal data info
    information day week month year";

/// Whether a word is one of those: they weigh little as words to look for.
pub(super) fn only_shapes_the_question(word: &str) -> bool {
    SHAPING.split_whitespace().any(|shaping| shaping == word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_says_what_it_wants() {
        for (question, expected) in [
            ("who is liable for leaking 社保 data", Some(Intent::Liability)),
            ("培训机构违规归谁管", Some(Intent::Responsibility)),
            ("办理时限是几天", Some(Intent::Deadline)),
            ("失业了打什么电话", Some(Intent::Contact)),
            ("如何申请许可", Some(Intent::Procedure)),
            ("泄露个人信息", None),
        ] {
            assert_eq!(intent(question), expected, "{question}");
        }
    }

    #[test]
    fn what_only_asks_is_told_from_what_is_asked_about() {
        for (words, expected) in [
            ("承担责任", true),
            ("责任追究", true),
            ("处罚", true),
            ("Liable", true),
            ("用人单位", false),
            ("养老金", false),
        ] {
            assert_eq!(only_asks(words), expected, "{words}");
        }
    }
}
