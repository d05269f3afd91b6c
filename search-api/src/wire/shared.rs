//! Parts of several answers.

use lawcite_core::citation::ProvisionPath;
use lawcite_core::unit::{Ancestor, Detail, Unit};
use serde::Serialize;
use utoipa::ToSchema;

/// Something with a name, and a unit of its own if it is one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Labelled {
    /// Its identifier, null for what is no unit, as a statute's chapter.
    pub id: Option<String>,
    /// What it is called.
    pub label: String,
}

impl Labelled {
    pub(super) fn path(path: &[Ancestor]) -> Vec<Labelled> {
        path.iter().map(|step| Labelled { id: step.id.clone(), label: step.label.clone() }).collect()
    }
}

/// The place of a provision in its statute.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Article {
    /// 条.
    pub number: u16,
    /// 之一.
    pub suffix: Option<u16>,
    /// 款.
    pub paragraph: Option<u16>,
    /// 项.
    pub item: Option<u16>,
    /// As printed: 第九十二条.
    pub label: String,
}

impl Article {
    fn new(path: &ProvisionPath, label: String) -> Article {
        Article { number: path.article, suffix: path.suffix, paragraph: path.paragraph, item: path.item, label }
    }
}

/// The statute that a unit belongs to or cites as its ground, and the place in it.
pub(super) fn statute_and_article(unit: &Unit) -> (Option<&str>, Option<Article>) {
    match &unit.detail {
        Detail::Citation { statute, .. } => (Some(statute), None),
        Detail::Provision { statute, path, label, .. } => {
            (Some(statute), Some(Article::new(path, label.slice(&unit.passage.text).to_owned())))
        }
        Detail::Article { statute, path, .. } => (Some(statute), Some(Article::new(path, path.to_string()))),
        Detail::StatuteParagraph { statute, .. } => (Some(statute), None),
        _ => (None, None),
    }
}

/// The document that a unit belongs to.
pub(super) fn document_of(id: &str) -> &str {
    id.split('/').next().unwrap_or(id)
}
