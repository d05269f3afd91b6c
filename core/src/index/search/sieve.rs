//! Filters, in the numbers of the generation.

use std::collections::HashSet;

use crate::index::IndexError;
use crate::index::reader::Index;
use crate::index::tables::{UnitNo, Values};
use crate::query::{Filter, StatuteName, Versions};
use crate::statute::{split_statute_id, statute_id};
use crate::text::{CharClass, Folded};
use crate::unit::Kind;

/// A filter in the numbers of the generation.
pub(super) struct Sieve {
    kinds: Option<HashSet<u8>>,
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
    pub(super) fn new(index: &Index, filter: &Filter) -> Result<Sieve, IndexError> {
        let documents: HashSet<u32> =
            filter.documents.iter().filter_map(|id| index.tables.document_number(&index.full_id(id))).collect();
        let articles = filter.articles.iter().filter_map(|article| {
            let at = index.tables.articles.binary_search_by(|known| known.as_str().cmp(article)).ok()?;
            u32::try_from(at).ok()
        });
        let mut named = documents.clone();
        let mut statutes = HashSet::new();
        for statute in &filter.statutes {
            let (called, asked) = split_statute_id(statute);
            let Some(name) = whole_name(index, called) else { continue };
            let version = asked.as_ref().and_then(|asked| index.tables.document_number(&statute_id(&name, asked)));
            named.extend(version);
            // Who names a version means its articles, not those of the statute's other versions.
            let is_of_another = |unit: UnitNo| {
                let document = index.tables.document_of[unit as usize];
                let own = index.tables.documents[document as usize].header.statute.as_ref();
                asked.is_some() && Some(document) != version && own.is_some_and(|own| own.name == name)
            };
            let mut units = index.units_with(index.fields.cites, &name)?;
            // Rows that say so in a paragraph which they share.
            units.extend(index.units_with(index.fields.grounded, &name)?);
            statutes.extend(units.into_iter().filter(|&unit| !is_of_another(unit)));
        }
        let mut left_out = match filter.versions {
            Versions::Newest => index.superseded.clone(),
            Versions::All => Vec::new(),
        };
        for document in named {
            if let Some(left_out) = left_out.get_mut(document as usize) {
                *left_out = false;
            }
        }
        let kind_number =
            |kind: &Kind| Kind::ALL.iter().position(|other| other == kind).and_then(|at| u8::try_from(at).ok());
        let some = |empty: bool| (!empty).then_some(());
        Ok(Sieve {
            kinds: some(filter.kinds.is_empty()).map(|()| filter.kinds.iter().filter_map(kind_number).collect()),
            documents: some(filter.documents.is_empty()).map(|()| documents),
            articles: some(filter.articles.is_empty()).map(|()| articles.collect()),
            statutes: some(filter.statutes.is_empty()).map(|()| statutes),
            power_types: places(&index.tables.power_types, &filter.power_types),
            departments: places(&index.tables.departments, &filter.departments),
            left_out,
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

    /// Whether a document is an older version of a statute that was not asked for: nobody sees it, nothing counts it.
    pub(super) fn leaves_out(&self, document: u32) -> bool {
        self.left_out.get(document as usize).copied().unwrap_or(false)
    }

    pub(super) fn verdict(&self, index: &Index, unit: UnitNo) -> Verdict {
        let at = unit as usize;
        Verdict {
            kind: self.kinds.as_ref().is_none_or(|kinds| kinds.contains(&index.tables.kinds[at])),
            statute: self.statutes.as_ref().is_none_or(|units| units.contains(&unit)),
            document: self.documents.as_ref().is_none_or(|documents| documents.contains(&index.tables.document_of[at])),
            power_type: has(self.power_types.as_ref(), index.tables.power_types.of(unit)),
            department: has(self.departments.as_ref(), index.tables.departments.of(unit)),
            article: self.articles.as_ref().is_none_or(|articles| articles.contains(&index.tables.article_of[at])),
        }
    }
}

impl Verdict {
    pub(super) const PASSES: Verdict =
        Verdict { kind: true, statute: true, document: true, article: true, power_type: true, department: true };
}

/// The values that a filter names, `None` where it names none.
fn places(values: &Values, wanted: &[String]) -> Option<HashSet<u32>> {
    (!wanted.is_empty()).then(|| wanted.iter().filter_map(|name| values.find(name)).collect())
}

fn has(wanted: Option<&HashSet<u32>>, values: &[u32]) -> bool {
    wanted.is_none_or(|wanted| values.iter().any(|value| wanted.contains(value)))
}

/// The statute that `text` as a whole names, but for brackets around it.
fn whole_name(index: &Index, text: &str) -> Option<String> {
    let folded = Folded::new(text);
    let found = index.names.find(&folded, &index.analyzer);
    let is_letter = |c: char| CharClass::of(c) == CharClass::Letter;
    let rest = |found: &StatuteName| {
        folded.text()[..found.start].contains(is_letter) || folded.text()[found.end..].contains(is_letter)
    };
    found.into_iter().next().filter(|found| !rest(found)).map(|found| found.name)
}
