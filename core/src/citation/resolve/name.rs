//! Names of statutes as keys: the ways in which one statute is named differently.

use crate::text::{CharClass, fold_char};

/// What issues a statute ends in one of these: 最高人民法院, 国务院, 财政部, 国家税务总局, 全国人民代表大会常务委员会.
const OFFICES: [char; 12] = ['院', '会', '部', '局', '署', '委', '厅', '室', '府', '行', '央', '办'];
const COUNTRY: &str = "中华人民共和国";
/// Words for a statute that is to be tried out.
const TRIAL: [&str; 2] = ["试行", "暂行"];

/// A name's letters, folded, without 中华人民共和国 wherever it stands: 实施〈中华人民共和国社会保险法〉若干规定 and
/// 实施《社会保险法》若干规定 have the same.
pub(super) fn letters(name: &str) -> String {
    let letters: String = name.chars().filter(|&c| CharClass::of(c) == CharClass::Letter).map(fold_char).collect();
    if !letters.contains(COUNTRY) || letters == COUNTRY {
        return letters;
    }
    letters.replace(COUNTRY, "")
}

/// What is left of a name where only its core is told: 《审计办法》 for 《财政部审计办法（试行）》 it is not, 《关于审计的规定》
/// for 《财政部关于审计的暂行规定》 it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Core {
    /// The letters without 试行, 暂行 and what stands before 关于.
    pub(super) letters: String,
    /// Who is named before 关于.
    pub(super) issuer: Option<String>,
}

impl Core {
    /// Of a name's [`letters`].
    pub(super) fn of(letters: &str) -> Core {
        let (issuer, rest) = match letters.find("关于") {
            Some(at) if letters[..at].ends_with(OFFICES) => (Some(letters[..at].to_owned()), &letters[at..]),
            _ => (None, letters),
        };
        let mut core = rest.to_owned();
        for word in TRIAL {
            if core.contains(word) && core != word {
                core = core.replace(word, "");
            }
        }
        Core { letters: core, issuer }
    }

    /// Whether a statute of this core that `issuer` is named in may be the one: two who issue different ones are not.
    pub(super) fn may_be_issued_by(&self, issuer: Option<&str>) -> bool {
        self.issuer.is_none() || issuer.is_none() || self.issuer.as_deref() == issuer
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_one_statute_have_the_same_letters() {
        for (a, b, same) in [
            ("实施〈中华人民共和国社会保险法〉若干规定", "实施《社会保险法》若干规定", true),
            ("中华人民共和国社會保險法", "社会保险法", true),
            ("统计法实施条例", "统计法", false),
            ("关于办理案件的补充规定（三）", "关于办理案件的补充规定(三)", true),
            ("关于办理案件的补充规定（三）", "关于办理案件的补充规定（二）", false),
        ] {
            assert_eq!(letters(a) == letters(b), same, "{a} {b}");
        }
    }

    #[test]
    fn a_core_is_what_trial_and_issuer_leave() {
        for (a, b, fits) in [
            ("军队转业干部安置办法（试行）", "军队转业干部安置办法", true),
            ("军队转业干部安置暂行办法", "军队转业干部安置办法（试行）", true),
            ("国务院关于职工探亲待遇的规定", "关于职工探亲待遇的规定", true),
            ("国务院关于职工探亲待遇的规定", "财政部关于职工探亲待遇的规定", false),
            ("最高人民法院、最高人民检察院关于审理的解释", "关于审理的解释", true),
            ("实施关于审理的解释", "关于审理的解释", false),
            ("统计法实施条例", "统计法", false),
            ("企业所得税法", "个人所得税法", false),
        ] {
            let (a_core, b_core) = (Core::of(&letters(a)), Core::of(&letters(b)));
            let may_be = a_core.letters == b_core.letters && a_core.may_be_issued_by(b_core.issuer.as_deref());
            assert_eq!(may_be, fits, "{a} {b}");
        }
    }
}
