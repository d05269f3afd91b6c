//! The types of a statute.

use serde::{Deserialize, Serialize};

use super::history::Event;
use super::level::Level;
use super::version::{Version, statute_id};
use crate::citation::ProvisionPath;
use crate::document::{DocumentHeader, Warning};
use crate::unit::Passage;

/// One version of a statute.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Statute {
    /// As printed: 中华人民共和国社会保险法.
    pub title: String,
    /// As citations name it ([`statute_key`](crate::citation::statute_key)): 社会保险法.
    pub name: String,
    /// Which version it is.
    pub version: Version,
    /// `None` where nothing tells.
    pub level: Option<Level>,
    /// Who passed or issued it; joint issuers are parted by 、.
    pub issuer: Option<String>,
    /// In the order printed.
    pub history: Vec<Event>,
    /// Articles, and paragraphs outside articles, in the order printed.
    pub entries: Vec<Entry>,
    /// In the order of the lines.
    pub warnings: Vec<Warning>,
}

/// An article, or a paragraph outside all articles: of a preamble, an annex, a decision.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entry {
    /// The article's number; `None` for a paragraph.
    pub path: Option<ProvisionPath>,
    /// The headings above it, outermost first: 第二编 分则, 第一章 总则.
    pub divisions: Vec<String>,
    /// Its words without the number. Paragraphs and items of an article stand on lines of their own.
    pub text: Passage,
    /// The identifier that its source gives it.
    pub external_id: Option<String>,
}

/// What only a statute says of itself, beside its units.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatuteHeader {
    /// As [`Statute::name`].
    pub name: String,
    /// As [`Statute::version`].
    pub version: Version,
    /// As [`Statute::level`].
    pub level: Option<Level>,
    /// As [`Statute::history`].
    pub history: Vec<Event>,
    /// How many articles it has.
    pub articles: u32,
}

impl Statute {
    /// `社会保险法@2018-12-29`.
    pub fn id(&self) -> String {
        statute_id(&self.name, &self.version)
    }

    /// How many articles it has.
    pub fn articles(&self) -> usize {
        self.entries.iter().filter(|entry| entry.path.is_some()).count()
    }

    /// What the statute says of itself.
    pub fn header(&self) -> DocumentHeader {
        DocumentHeader {
            id: self.id(),
            title: self.title.clone(),
            issuer: self.issuer.clone(),
            date: self.version.date().map(str::to_owned),
            warnings: self.warnings.clone(),
            statute: Some(StatuteHeader {
                name: self.name.clone(),
                version: self.version.clone(),
                level: self.level,
                history: self.history.clone(),
                articles: u32::try_from(self.articles()).unwrap_or(u32::MAX),
            }),
        }
    }
}
