//! Links that change a search: its filters, the steps of what was understood, ways out of an empty answer. Each is an
//! address that holds the whole search.

use lawcite_core::index::Index;
use lawcite_core::query::Origin;
use lawcite_core::unit::Kind;

use super::language::Language;
use crate::links::Place;
use crate::wire::{FacetValue, SearchRequest, SearchResponse, Term};

/// So many values of a field are offered.
const MOST_VALUES: usize = 8;

/// What was typed and the words that are looked for besides, each with the search without it.
pub(super) struct Understood {
    pub(super) from: String,
    pub(super) to: Vec<Choice>,
}

/// A field and its values, those that are on first said.
pub(super) struct Facet {
    pub(super) name: &'static str,
    /// The search without a filter on this field, if there is one.
    pub(super) all: Option<String>,
    pub(super) values: Vec<Choice>,
}

/// A link that changes the search.
pub(super) struct Choice {
    pub(super) label: String,
    pub(super) count: usize,
    pub(super) is_on: bool,
    pub(super) url: String,
}

impl Choice {
    pub(super) fn new(label: impl Into<String>, url: String) -> Choice {
        Choice { label: label.into(), count: 0, is_on: false, url }
    }
}

/// The address of the search changed so.
pub(super) type Change<'a> = &'a dyn Fn(&dyn Fn(&mut SearchRequest)) -> String;
/// The values of a field that are filtered by.
type Field = fn(&mut SearchRequest) -> &mut Vec<String>;

const POWER_TYPE: Field = |request| &mut request.power_type;
const DEPARTMENT: Field = |request| &mut request.department;
const DOCUMENT: Field = |request| &mut request.document;
const STATUTE: Field = |request| &mut request.statute;
const ARTICLE: Field = |request| &mut request.article;
/// All of them.
const TEXTS: [Field; 5] = [STATUTE, ARTICLE, POWER_TYPE, DEPARTMENT, DOCUMENT];

/// Each field with its values: choosing one switches it on or off.
pub(super) fn facets(
    index: &Index,
    t: Language,
    answer: &SearchResponse,
    request: &SearchRequest,
    change: Change<'_>,
) -> Vec<Facet> {
    let kind = |value: &FacetValue| {
        let kind = Kind::from_name(&value.value)?;
        let is_on = request.kind.contains(&kind);
        let url = change(&|other| toggle(&mut other.kind, &kind, is_on));
        Some(Choice { label: t.kind(&kind).to_owned(), count: value.count, is_on, url })
    };
    let text = |field: Field, value: &FacetValue| {
        let is_on = field(&mut request.clone()).contains(&value.value);
        let url = change(&|other| toggle(field(other), &value.value, is_on));
        Choice { label: label(index, &value.value, &value.label), count: value.count, is_on, url }
    };
    let texts = |name: &'static str, field: Field, values: Vec<&FacetValue>| {
        let is_on = !field(&mut request.clone()).is_empty();
        let all = change(&|other| field(other).clear());
        (name, is_on, all, values.into_iter().take(MOST_VALUES).map(|value| text(field, value)).collect())
    };
    // Statutes have a field of their own.
    let lists = answer.facets.document.iter().filter(|list| !Place::of(&list.value).is_statute());
    let found = &answer.facets;
    let fields = [
        (
            t.kinds(),
            !request.kind.is_empty(),
            change(&|other| other.kind.clear()),
            found.kind.iter().filter_map(kind).collect::<Vec<_>>(),
        ),
        texts(t.statutes(), STATUTE, found.statute.iter().collect()),
        texts(t.power_types(), POWER_TYPE, found.power_type.iter().collect()),
        texts(t.departments(), DEPARTMENT, found.department.iter().collect()),
        texts(t.documents(), DOCUMENT, lists.collect()),
    ];
    let facet = |(name, is_on, all, values): (_, bool, String, Vec<Choice>)| {
        // A field with one value has nothing to choose from.
        (is_on && !values.is_empty() || values.len() > 1).then(|| Facet { name, all: is_on.then_some(all), values })
    };
    fields.into_iter().filter_map(facet).collect()
}

fn toggle<T: Clone + PartialEq>(values: &mut Vec<T>, value: &T, is_on: bool) {
    if is_on {
        values.retain(|other| other != value);
    } else {
        values.push(value.clone());
    }
}

/// A list's title for its identifier; anything else is called as it is filtered by.
fn label(index: &Index, value: &str, label: &str) -> String {
    match index.header(value).filter(|header| header.statute.is_none()) {
        Some(header) => header.title.clone(),
        None => label.to_owned(),
    }
}

/// What is on and not the default, each with the search without it.
pub(super) fn chosen(index: &Index, t: Language, request: &SearchRequest, change: Change<'_>) -> Vec<Choice> {
    let mut chosen = Vec::new();
    for kind in &request.kind {
        chosen.push(Choice::new(t.kind(kind), change(&|other| other.kind.retain(|value| value != kind))));
    }
    for field in TEXTS {
        for value in field(&mut request.clone()).iter() {
            let url = change(&|other| field(other).retain(|other| other != value));
            chosen.push(Choice::new(label(index, value, value), url));
        }
    }
    if request.version.is_some() {
        chosen.push(Choice::new(t.all_versions(), change(&|other| other.version = None)));
    }
    if !request.collapse {
        chosen.push(Choice::new(t.uncollapsed(), change(&|other| other.collapse = true)));
    }
    if !request.expand {
        chosen.push(Choice::new(t.only_typed(), change(&|other| other.expand = true)));
    }
    for term in &request.without {
        let url = change(&|other| other.without.retain(|other| other != term));
        chosen.push(Choice::new(t.taken_out(term), url));
    }
    chosen
}

/// What was looked for beyond the words typed.
pub(super) fn understood(terms: &[Term], change: Change<'_>) -> Vec<Understood> {
    let mut understood: Vec<Understood> = Vec::new();
    for term in terms.iter().filter(|term| term.origin != Origin::Typed) {
        let without = Choice::new(&term.text, change(&|other| other.without.push(term.text.clone())));
        match understood.iter_mut().find(|known| known.from == term.from) {
            Some(known) => known.to.push(without),
            None => understood.push(Understood { from: term.from.clone(), to: vec![without] }),
        }
    }
    understood
}

/// What may find something where nothing was found.
pub(super) fn ways_out(
    t: Language,
    answer: &SearchResponse,
    request: &SearchRequest,
    change: Change<'_>,
) -> Vec<Choice> {
    let mut ways = Vec::new();
    let mut filters = request.clone();
    if !request.kind.is_empty() || TEXTS.iter().any(|field| !field(&mut filters).is_empty()) {
        let clear = |other: &mut SearchRequest| {
            other.kind.clear();
            TEXTS.iter().for_each(|field| field(other).clear());
        };
        ways.push(Choice::new(t.unfilter(), change(&clear)));
    }
    if !answer.query.exact.is_empty() {
        ways.push(Choice::new(t.unquote(), change(&|other| other.q.retain(|c| !matches!(c, '"' | '“' | '”' | '＂')))));
    }
    if !answer.query.without.is_empty() {
        let words =
            |q: &str| q.split_whitespace().filter(|word| !word.starts_with(['-', '－'])).collect::<Vec<_>>().join(" ");
        let url = change(&|other| other.q = words(&other.q));
        ways.push(Choice::new(t.unexclude(), url));
    }
    if !request.expand || !request.without.is_empty() {
        let widen = |other: &mut SearchRequest| {
            other.expand = true;
            other.without.clear();
        };
        ways.push(Choice::new(t.reexpand(), change(&widen)));
    }
    ways
}
