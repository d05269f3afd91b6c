//! What a citation means in a corpus of statutes, as programs outside see it.

use serde::{Deserialize, Serialize};

/// What a citation means in the statutes that are there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Resolution {
    /// How the search for it ended.
    pub outcome: Outcome,
    /// The articles found, in the order cited, or the statute where no article is cited; where several statutes could be
    /// meant, those of all.
    pub ids: Vec<String>,
    /// Whether the statute is in force.
    pub status: Status,
    /// How the quoted words compare with the article; `None` where nothing is quoted or there is no text to compare with.
    pub quotation: Option<Quotation>,
    /// What stands in the place of a statute that is repealed or renamed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub successor: Option<Successor>,
}

/// How the search for a cited place ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// It is there, in the version cited.
    Resolved,
    /// The version cited is not there; another one is.
    OtherVersion,
    /// Several statutes could be meant.
    Ambiguous,
    /// The statute that is there has no such article, or the article, which is then among the [`ids`](Resolution::ids), no such
    /// paragraph or item.
    ArticleAbsent,
    /// The statute is not there.
    StatuteUnknown,
    /// There is nothing to look up, as 前款 out of context.
    Unresolved,
}

/// Whether a statute is in force.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// The version cited is the law today.
    InForce,
    /// A later version is known than the one cited.
    Amended,
    /// It is no longer law.
    Repealed,
    /// Its day has not come.
    NotYet,
    /// Nothing is known of it.
    Unknown,
}

/// How quoted words compare with the article that is cited.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quotation {
    /// What the comparison says.
    pub verdict: Verdict,
    /// The article that has the words now, if not the one cited.
    pub moved_to: Option<String>,
}

/// What a comparison of quoted words with an article says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// The article cited has the words.
    Matches,
    /// The article cited is about the same, in other words.
    Differs,
    /// Another article of the statute has the words.
    Moved,
    /// No article of the statute has them.
    NotFound,
}

/// What stands in the place of a statute.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Successor {
    /// The statute's name; `None` where no single one does.
    pub name: Option<String>,
    /// Since when, if known.
    pub date: Option<String>,
}

impl Resolution {
    /// One that found nothing.
    pub(super) fn nothing(outcome: Outcome) -> Resolution {
        Resolution { outcome, ids: Vec::new(), status: Status::Unknown, quotation: None, successor: None }
    }
}

macro_rules! names {
    ($($type:ty: $($variant:ident $name:literal),*;)*) => {$(
        impl $type {
            /// The name that the API uses.
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name),* }
            }
        }
    )*};
}

names! {
    Outcome: Resolved "resolved", OtherVersion "other-version", Ambiguous "ambiguous", ArticleAbsent "article-absent",
        StatuteUnknown "statute-unknown", Unresolved "unresolved";
    Status: InForce "in-force", Amended "amended", Repealed "repealed", NotYet "not-yet", Unknown "unknown";
    Verdict: Matches "matches", Differs "differs", Moved "moved", NotFound "not-found";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_resolution_is_the_object_of_the_contract() {
        let resolution = Resolution {
            outcome: Outcome::OtherVersion,
            ids: vec!["公务员法@2018-12-29/article/104".to_owned()],
            status: Status::Amended,
            quotation: Some(Quotation {
                verdict: Verdict::Moved,
                moved_to: Some("公务员法@2018-12-29/article/108".to_owned()),
            }),
            successor: None,
        };
        insta::assert_json_snapshot!(resolution, @r#"
        {
          "outcome": "other-version",
          "ids": [
            "公务员法@2018-12-29/article/104"
          ],
          "status": "amended",
          "quotation": {
            "verdict": "moved",
            "moved_to": "公务员法@2018-12-29/article/108"
          }
        }
        "#);
    }

    #[test]
    fn a_name_is_the_serialized_one() {
        let quoted = |value: serde_json::Value| value.as_str().map(str::to_owned);
        for outcome in [Outcome::Resolved, Outcome::OtherVersion, Outcome::ArticleAbsent, Outcome::StatuteUnknown] {
            assert_eq!(quoted(serde_json::json!(outcome)).as_deref(), Some(outcome.name()));
        }
        for status in [Status::InForce, Status::NotYet] {
            assert_eq!(quoted(serde_json::json!(status)).as_deref(), Some(status.name()));
        }
        for verdict in [Verdict::Matches, Verdict::NotFound] {
            assert_eq!(quoted(serde_json::json!(verdict)).as_deref(), Some(verdict.name()));
        }
    }
}
