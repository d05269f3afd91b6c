//! Faults of drafting: what is written otherwise than the standards for it say.

use serde::{Deserialize, Serialize};

use super::report::Place;

/// A fault, and where it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The unit in which it stands.
    pub unit: String,
    /// The heading that says what it stands under.
    pub heading: Option<String>,
    /// Where that is in the source.
    pub place: Place,
    /// What is broken.
    pub rule: Rule,
    /// The words at fault, as printed.
    pub words: String,
    /// What should stand there, where that is certain.
    pub instead: Option<String>,
}

macro_rules! rules {
    ($($(#[$doc:meta])* $variant:ident $name:literal $label:literal $standard:literal;)*) => {
        /// A rule of drafting.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(rename_all = "kebab-case")]
        pub enum Rule {
            $($(#[$doc])* $variant,)*
        }

        impl Rule {
            /// Every rule.
            pub const ALL: &[Rule] = &[$(Rule::$variant),*];

            /// The name that the API uses.
            pub fn name(self) -> &'static str {
                match self { $(Rule::$variant => $name),* }
            }

            /// What is wrong, in an officer's words.
            pub fn label(self) -> &'static str {
                match self { $(Rule::$variant => $label),* }
            }

            /// What the rule rests on.
            pub fn standard(self) -> &'static str {
                match self { $(Rule::$variant => $standard),* }
            }
        }
    };
}

rules! {
    /// 第一款 of an article that has one paragraph.
    SingleParagraph "single-paragraph" "该条只有一款，应当直接引用条" "《立法法》第六十五条：条下分款，款不编序号";
    /// A paragraph that the article does not have.
    NoSuchParagraph "no-such-paragraph" "该条没有这一款" "《立法法》第六十五条：条下分款，款不编序号";
    /// An item that the article or the paragraph does not have.
    NoSuchItem "no-such-item" "该条款没有这一项" "《立法法》第六十五条：项的序号用中文数字加括号依次表述";
    /// One provision twice in one list.
    RepeatedProvision "repeated-provision" "同一条款重复引用" "《立法技术规范（试行）（一）》（法工委发〔2009〕62号）";
    /// 第六一条.
    IllFormedNumeral "ill-formed-numeral" "条款序号书写不规范" "《立法法》第六十五条：编、章、节、条的序号用中文数字依次表述";
    /// `（2011）`, `[2011]`, `【2011】` in a document number.
    DocumentNumberBrackets "document-number-brackets" "发文字号的年份应当用六角括号〔〕括入" "GB/T 9704—2012 7.2.5";
    /// 〔11〕 in a document number.
    DocumentNumberYear "document-number-year" "发文字号的年份应当标全称" "GB/T 9704—2012 7.2.5";
    /// 〔2011〕第5号.
    DocumentNumberOrdinal "document-number-ordinal" "发文顺序号不加“第”字" "GB/T 9704—2012 7.2.5";
    /// 〔2011〕005号.
    DocumentNumberZeros "document-number-zeros" "发文顺序号不编虚位" "GB/T 9704—2012 7.2.5";
    /// A title that no statute has and one nearly has.
    NearTitle "near-title" "没有这一名称的法规，有一部名称相近" "《立法技术规范（试行）（一）》（法工委发〔2009〕62号）：引用法律应当用其名称";
    /// 《 without 》, or the other way round.
    UnpairedTitleMark "unpaired-title-mark" "书名号不成对" "GB/T 15834—2011 4.15";
    /// 《…《…》…》 and 《…<…>…》.
    NestedTitleMark "nested-title-mark" "书名号内还要用书名号时，里面一层用单书名号〈〉" "GB/T 15834—2011 4.15";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_the_serialized_one() {
        for &rule in Rule::ALL {
            assert_eq!(serde_json::to_value(rule).expect("a name"), rule.name());
        }
    }
}
