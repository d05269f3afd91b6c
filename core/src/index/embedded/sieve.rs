//! Filters over slots.

use std::collections::HashSet;

use super::Embedded;
use super::postings::Slot;
use crate::index::IndexError;
use crate::index::engine::Scope;
use crate::index::tables::UnitNo;
use crate::unit::Kind;

/// A [`Scope`] as sets to look into.
pub(super) struct Sieve {
    kinds: Option<HashSet<Kind>>,
    documents: Option<HashSet<u32>>,
    articles: Option<HashSet<u32>>,
    /// The units of or about the statutes.
    statutes: Option<HashSet<UnitNo>>,
    power_types: Option<HashSet<u32>>,
    departments: Option<HashSet<u32>>,
    /// Documents that are left out: older versions of statutes that nobody named. By number; empty where none is.
    left_out: Vec<bool>,
}

/// Which of a unit's fields are as the filter wants them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Verdict {
    pub(super) kind: bool,
    pub(super) statute: bool,
    pub(super) document: bool,
    pub(super) article: bool,
    pub(super) power_type: bool,
    pub(super) department: bool,
}

impl Sieve {
    pub(super) fn new(engine: &Embedded, scope: &Scope) -> Result<Sieve, IndexError> {
        let statutes = scope.statutes.as_ref().map(|statutes| {
            let mut units = HashSet::new();
            for statute in statutes {
                let mut found = engine.units_with_token(engine.fields.cites, &statute.name)?;
                // Rows that say so in a paragraph which they share.
                found.extend(engine.units_with_token(engine.fields.grounded, &statute.name)?);
                let is_meant = |unit: &UnitNo| !statute.but.contains(&engine.tables.document_of[*unit as usize]);
                units.extend(found.into_iter().filter(is_meant));
            }
            Ok::<_, IndexError>(units)
        });
        let numbers = |values: &Option<Vec<u32>>| values.as_ref().map(|values| values.iter().copied().collect());
        let kinds = scope.kinds.as_ref();
        Ok(Sieve {
            kinds: kinds.map(|kinds| kinds.iter().copied().collect()),
            documents: numbers(&scope.documents),
            articles: numbers(&scope.articles),
            statutes: statutes.transpose()?,
            power_types: numbers(&scope.power_types),
            departments: numbers(&scope.departments),
            left_out: scope.left_out.clone(),
        })
    }

    /// Whether nothing but older versions is left out.
    pub(super) fn is_open(&self) -> bool {
        self.kinds.is_none()
            && self.documents.is_none()
            && self.articles.is_none()
            && self.statutes.is_none()
            && self.power_types.is_none()
            && self.departments.is_none()
    }

    /// Whether the unit at a slot is as the filter wants it, older versions apart.
    pub(super) fn passes(&self, engine: &Embedded, slot: Slot) -> bool {
        self.is_open() || self.verdict(engine, engine.unit_at(slot)) == Verdict::PASSES
    }

    /// Whether a document is an older version of a statute that was not asked for: nobody sees it, nothing counts it.
    pub(super) fn leaves_out(&self, document: u32) -> bool {
        self.left_out.get(document as usize).copied().unwrap_or(false)
    }

    pub(super) fn verdict(&self, engine: &Embedded, unit: UnitNo) -> Verdict {
        let at = unit as usize;
        Verdict {
            kind: self.kinds.as_ref().is_none_or(|kinds| kinds.contains(&engine.tables.kind(unit))),
            statute: self.statutes.as_ref().is_none_or(|units| units.contains(&unit)),
            document: self
                .documents
                .as_ref()
                .is_none_or(|documents| documents.contains(&engine.tables.document_of[at])),
            power_type: has(self.power_types.as_ref(), engine.tables.power_types.of(unit)),
            department: has(self.departments.as_ref(), engine.tables.departments.of(unit)),
            article: self.articles.as_ref().is_none_or(|articles| articles.contains(&engine.tables.article_of[at])),
        }
    }
}

impl Verdict {
    pub(super) const PASSES: Verdict =
        Verdict { kind: true, statute: true, document: true, article: true, power_type: true, department: true };
}

fn has(wanted: Option<&HashSet<u32>>, values: &[u32]) -> bool {
    wanted.is_none_or(|wanted| values.iter().any(|value| wanted.contains(value)))
}
