//! Filters as the cluster reads them.

use serde_json::{Value, json};

use super::clauses::any_of;
use crate::index::engine::Scope;
use crate::index::tables::Tables;

/// What a filter says of each field; nothing where nothing is asked of it.
#[derive(Debug, Default)]
pub(super) struct Admission {
    /// Who is seen at all.
    pub(super) seen: Option<Value>,
    /// The field that says whether a unit is one hit with others that are seen.
    pub(super) shared: &'static str,
    fields: Vec<(FilterField, Value)>,
}

/// The fields that can be filtered by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FilterField {
    Kind,
    Statute,
    Document,
    Article,
    PowerType,
    Department,
}

impl Admission {
    /// What `scope` means in the cluster. `superseded` tells the older versions of statutes, by document.
    pub(super) fn of(scope: &Scope, tables: &Tables, superseded: &[bool]) -> Admission {
        let mut fields = Vec::new();
        let mut terms = |field: FilterField, name: &str, values: Option<Vec<Value>>| {
            fields.extend(values.map(|values| (field, json!({ "terms": { name: values } }))));
        };
        let named = |places: &Option<Vec<u32>>, names: &[String]| {
            let name = |&place: &u32| json!(names[place as usize]);
            places.as_ref().map(|places| places.iter().map(name).collect())
        };
        let kinds = scope
            .kinds
            .as_ref()
            .map(|kinds| kinds.iter().map(|&kind| json!(crate::index::writer::kind_number(kind))).collect());
        terms(FilterField::Kind, "kind", kinds);
        let id = |&document: &u32| json!(tables.documents[document as usize].header.id);
        terms(FilterField::Document, "document", scope.documents.as_ref().map(|it| it.iter().map(id).collect()));
        terms(FilterField::Article, "article", named(&scope.articles, &tables.articles));
        terms(FilterField::PowerType, "power_type", named(&scope.power_types, &tables.power_types.names));
        terms(FilterField::Department, "department", named(&scope.departments, &tables.departments.names));
        if let Some(statutes) = &scope.statutes {
            // Rows say so in a paragraph which they share.
            let named = |names: &[&String]| {
                any_of(vec![json!({ "terms": { "cites": names } }), json!({ "terms": { "grounded": names } })])
            };
            let (as_version, whole): (Vec<_>, Vec<_>) = statutes.iter().partition(|statute| !statute.but.is_empty());
            let whole: Vec<&String> = whole.iter().map(|statute| &statute.name).collect();
            let mut of = vec![named(&whole)];
            of.extend(as_version.iter().map(|statute| {
                let but: Vec<Value> = statute.but.iter().map(id).collect();
                json!({ "bool": {
                    "filter": [named(&[&statute.name])], "must_not": [{ "terms": { "document": but } }],
                } })
            }));
            fields.push((FilterField::Statute, any_of(of)));
        }
        let shared = if is_newest_alone(scope, superseded) { "shared_newest" } else { "shared" };
        Admission { seen: seen(scope, tables, superseded), shared, fields }
    }

    /// What is asked of all fields, `but` one.
    pub(super) fn all_but(&self, but: Option<FilterField>) -> Vec<Value> {
        self.fields.iter().filter(|(field, _)| Some(*field) != but).map(|(_, query)| query.clone()).collect()
    }
}

/// Whether no older version of a statute is seen.
fn is_newest_alone(scope: &Scope, superseded: &[bool]) -> bool {
    scope.left_out.len() == superseded.len()
        && scope.left_out.iter().zip(superseded).all(|(left_out, old)| left_out == old)
}

/// Older versions of statutes are not seen, but for those that were named.
fn seen(scope: &Scope, tables: &Tables, superseded: &[bool]) -> Option<Value> {
    if !scope.left_out.contains(&true) {
        return None;
    }
    let is_named = |&(document, _): &(usize, &bool)| superseded[document] && !scope.left_out[document];
    let named: Vec<&str> = superseded
        .iter()
        .enumerate()
        .filter(is_named)
        .map(|(document, _)| tables.documents[document].header.id.as_str())
        .collect();
    let newest = json!({ "term": { "superseded": false } });
    Some(match named.as_slice() {
        [] => newest,
        named => any_of(vec![newest, json!({ "terms": { "document": named } })]),
    })
}
