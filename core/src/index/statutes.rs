//! The statutes in an index: by name, by version, and who cites their articles.

use std::collections::HashSet;

use super::IndexError;
use super::reader::Index;
use super::tables::{DocumentRow, UnitNo};
use crate::document::DocumentHeader;
use crate::statute::{StatuteHeader, Version, statute_id};
use crate::unit::{Kind, Unit};

/// The units that cite an article.
#[derive(Debug, Default)]
pub struct CitedBy {
    /// Those that were asked for: units of lists first, then articles, each in the order of the documents.
    pub units: Vec<Unit>,
    /// How many there are.
    pub total: usize,
}

impl Index {
    /// Every version of every statute, by identifier.
    pub fn statutes(&self) -> impl Iterator<Item = (&DocumentHeader, &StatuteHeader)> {
        self.tables.documents.iter().filter_map(of_statute)
    }

    /// The versions of the statute of that name (as [`StatuteHeader::name`]), oldest first.
    pub fn versions(&self, name: &str) -> Vec<(&DocumentHeader, &StatuteHeader)> {
        let id = statute_id(name, &Version::Undated);
        let prefix = &id[..=id.rfind('@').expect("a statute's identifier has a version")];
        let documents = &self.tables.documents;
        let first = documents.partition_point(|row| row.header.id.as_str() < prefix);
        let same = documents[first..].iter().take_while(|row| row.header.id.starts_with(prefix));
        let mut versions: Vec<_> = same.filter_map(of_statute).collect();
        versions.sort_by(|a, b| a.1.version.cmp(&b.1.version));
        versions
    }

    /// Whether a document is no older version of a statute.
    pub fn is_newest(&self, document: &str) -> bool {
        let number = self.tables.document_number(document);
        number.is_none_or(|number| !self.superseded[number as usize])
    }

    /// The units that cite an article of a statute, in whatever version: `limit` of them, and how many there are.
    ///
    /// Articles of older versions do not count, nor does the article itself. A provision of a list whose words stand in
    /// another article by now cites that one.
    ///
    /// # Errors
    ///
    /// If the index cannot be read.
    pub fn cited_by(&self, statute: &str, article: &str, limit: usize) -> Result<CitedBy, IndexError> {
        let mut units = self.engine.citing(&format!("{statute}#{article}"))?;
        let of = |column: &[u32], names: &[String], unit: UnitNo, wanted: &str| {
            names.get(column[unit as usize] as usize).is_some_and(|name| name == wanted)
        };
        let tables = &self.tables;
        let is_at = |unit: UnitNo| {
            of(&tables.statute_of, &tables.statutes, unit, statute)
                && of(&tables.article_of, &tables.articles, unit, article)
        };
        let is_it = |unit: UnitNo| tables.kind(unit) == Kind::Article && is_at(unit);
        let moved: HashSet<UnitNo> = tables.moved.iter().map(|&(_, provision)| provision).collect();
        units.retain(|&unit| {
            let left = moved.contains(&unit) && is_at(unit);
            !is_it(unit) && !left && !self.superseded[tables.document_of[unit as usize] as usize]
        });
        units.extend(tables.moved.iter().filter(|&&(article, _)| is_it(article)).map(|&(_, provision)| provision));
        units.sort_unstable_by_key(|&unit| (tables.kind(unit) == Kind::Article, unit));
        units.dedup();
        let total = units.len();
        units.truncate(limit);
        let units = self.engine.read_all(&units)?;
        Ok(CitedBy { units, total })
    }
}

fn of_statute(row: &DocumentRow) -> Option<(&DocumentHeader, &StatuteHeader)> {
    row.header.statute.as_ref().map(|statute| (&row.header, statute))
}
