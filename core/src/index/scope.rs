//! Filters, in the numbers of the generation.

use super::reader::Index;
use crate::query::{Filter, StatuteName, Versions};
use crate::statute::{split_statute_id, statute_id};
use crate::text::{CharClass, Folded};
use crate::unit::Kind;

/// Which units are asked: a [`Filter`] in the numbers of the generation. What is `None` lets everything pass.
#[derive(Debug, Default)]
pub(super) struct Scope {
    pub(super) kinds: Option<Vec<Kind>>,
    /// Places in [`Tables::documents`](super::tables::Tables::documents).
    pub(super) documents: Option<Vec<u32>>,
    /// Places in [`Tables::articles`](super::tables::Tables::articles).
    pub(super) articles: Option<Vec<u32>>,
    /// What is of one of these statutes, cites it or is grounded on it.
    pub(super) statutes: Option<Vec<StatuteScope>>,
    /// Places in [`Tables::power_types`](super::tables::Tables::power_types).
    pub(super) power_types: Option<Vec<u32>>,
    /// Places in [`Tables::departments`](super::tables::Tables::departments).
    pub(super) departments: Option<Vec<u32>>,
    /// Documents that nobody sees and nothing counts: older versions of statutes that nobody named. By number; empty where
    /// none is.
    pub(super) left_out: Vec<bool>,
}

/// A statute that a filter names.
#[derive(Debug)]
pub(super) struct StatuteScope {
    pub(super) name: String,
    /// Its versions that are not meant, where a version was named.
    pub(super) but: Vec<u32>,
}

impl Scope {
    /// What `filter` means in `index`.
    pub(super) fn of(index: &Index, filter: &Filter) -> Scope {
        let tables = &index.tables;
        let documents: Vec<u32> =
            filter.documents.iter().filter_map(|id| tables.document_number(&index.full_id(id))).collect();
        let mut named = documents.clone();
        let mut statutes = Vec::new();
        for statute in &filter.statutes {
            let (called, asked) = split_statute_id(statute);
            // What the grounds of a list name is a value of the facet, though no document need be of it.
            let grounded = || tables.grounded.find(called).map(|_| called.to_owned());
            let Some(name) = whole_name(index, called).or_else(grounded) else { continue };
            let version = asked.as_ref().and_then(|asked| tables.document_number(&statute_id(&name, asked)));
            named.extend(version);
            // Who names a version means its articles, not those of the statute's other versions.
            let others = index.versions(&name).into_iter().filter(|_| asked.is_some());
            let others = others.filter_map(|(header, _)| tables.document_number(&header.id));
            let but = others.filter(|&other| Some(other) != version).collect();
            statutes.push(StatuteScope { name, but });
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
        let articles = filter.articles.iter().filter_map(|article| {
            let at = tables.articles.binary_search_by(|known| known.as_str().cmp(article)).ok()?;
            u32::try_from(at).ok()
        });
        Scope {
            kinds: asked(&filter.kinds, filter.kinds.iter().copied()),
            documents: asked(&filter.documents, documents.into_iter()),
            articles: asked(&filter.articles, articles),
            statutes: asked(&filter.statutes, statutes.into_iter()),
            power_types: asked(
                &filter.power_types,
                filter.power_types.iter().filter_map(|name| tables.power_types.find(name)),
            ),
            departments: asked(
                &filter.departments,
                filter.departments.iter().filter_map(|name| tables.departments.find(name)),
            ),
            left_out,
        }
    }
}

/// The values, `None` where nothing was asked for.
fn asked<A, V>(wanted: &[A], values: impl Iterator<Item = V>) -> Option<Vec<V>> {
    (!wanted.is_empty()).then(|| values.collect())
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
