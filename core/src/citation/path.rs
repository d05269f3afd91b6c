//! The place of a provision inside one statute.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::text::chinese_numeral;

/// The place of a provision inside one statute: 条, 条之一, then 款, 项 and 目.
///
/// An article with a single paragraph is cited without its 款, as in 《安全生产法》第二十一条第（三）项: `paragraph` is
/// `None`, `item` is not. All numbers count from one. 《立法法》第六十五条: items are numbered in parentheses, so
/// 第（三）项 and 第三项 are one item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct ProvisionPath {
    /// 条.
    pub article: u16,
    /// 之一: an article put in between later.
    pub suffix: Option<u16>,
    /// 款.
    pub paragraph: Option<u16>,
    /// 项.
    pub item: Option<u16>,
    /// 目.
    pub subitem: Option<u16>,
}

/// The place of a part of an article that the text does not name: 第一款 of 本条第一款.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct PartPath {
    /// 款.
    pub paragraph: Option<u16>,
    /// 项.
    pub item: Option<u16>,
    /// 目.
    pub subitem: Option<u16>,
}

impl PartPath {
    /// What `path` says below its article.
    pub fn of(path: ProvisionPath) -> PartPath {
        let ProvisionPath { paragraph, item, subitem, .. } = path;
        PartPath { paragraph, item, subitem }
    }
}

impl ProvisionPath {
    /// A whole article.
    pub fn article(article: u16) -> ProvisionPath {
        ProvisionPath { article, suffix: None, paragraph: None, item: None, subitem: None }
    }

    /// The article alone, without what is inside it.
    pub fn whole_article(self) -> ProvisionPath {
        ProvisionPath { paragraph: None, item: None, subitem: None, ..self }
    }

    /// The article's number as identifiers and filters write it: `92`, `120-1`.
    pub fn article_key(&self) -> String {
        match self.suffix {
            Some(suffix) => format!("{}-{suffix}", self.article),
            None => self.article.to_string(),
        }
    }
}

/// As statutes write it: 第一百二十条之一第二款第（三）项.
impl fmt::Display for ProvisionPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "第{}条", chinese_numeral(self.article.into()))?;
        if let Some(suffix) = self.suffix {
            write!(f, "之{}", chinese_numeral(suffix.into()))?;
        }
        if let Some(paragraph) = self.paragraph {
            write!(f, "第{}款", chinese_numeral(paragraph.into()))?;
        }
        if let Some(item) = self.item {
            write!(f, "第（{}）项", chinese_numeral(item.into()))?;
        }
        if let Some(subitem) = self.subitem {
            write!(f, "第{}目", chinese_numeral(subitem.into()))?;
        }
        Ok(())
    }
}
