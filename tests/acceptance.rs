//! Cases that a lawyer can read: `tests/acceptance/*.toml`.

mod support;

use lawcite_core::query::{Filter, Versions, Window};
use lawcite_core::unit::Kind;
use serde::Deserialize;
use support::{Case, SEED, root, seed};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Cases {
    /// What is indexed; the seed document where nothing is named.
    #[serde(default)]
    seeds: Vec<String>,
    case: Vec<Expectation>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Expectation {
    name: String,
    query: String,
    kind: Option<String>,
    /// By identifier or name.
    statute: Option<String>,
    /// `all`: older versions of statutes too.
    version: Option<String>,
    /// The first hit.
    first: Option<String>,
    /// The first hits, in order.
    #[serde(default)]
    ranked: Vec<String>,
    /// Words marked in the first hit, in order.
    marked: Option<Vec<String>>,
    /// Among the first ten hits, or the units that are one with them.
    #[serde(default)]
    contains: Vec<String>,
    /// Not among them.
    #[serde(default)]
    lacks: Vec<String>,
    /// How many hits there are.
    total: Option<usize>,
}

fn check(file: &str) {
    let text = std::fs::read_to_string(root("tests/acceptance").join(file)).expect("the cases are there");
    let cases: Cases = toml::from_str(&text).expect("cases");
    let own;
    let built = if cases.seeds.is_empty() {
        seed()
    } else {
        let paths: Vec<&str> = cases.seeds.iter().map(String::as_str).collect();
        own = Case::seeds(&paths).index();
        &own
    };
    let document = built.index.documents().next().map(|(header, _)| header.id.clone()).unwrap_or_default();
    let full = |id: &String| {
        if built.index.header(id.split('/').next().unwrap_or(id)).is_some() {
            id.clone()
        } else {
            format!("{document}/{id}")
        }
    };
    for case in cases.case {
        let kinds = case.kind.iter().map(|name| Kind::from_name(name).expect("a kind")).collect();
        let versions = match case.version.as_deref() {
            None => Versions::Newest,
            Some("all") => Versions::All,
            Some(other) => panic!("{}: `{other}` is no version", case.name),
        };
        let filter = Filter { kinds, statutes: case.statute.into_iter().collect(), versions, ..Filter::default() };
        let results = built.search_with(&case.query, filter, Window::default());
        let found: Vec<&str> = results
            .hits
            .iter()
            .flat_map(|hit| std::iter::once(hit.unit.id.as_str()).chain(hit.also.iter().map(|(id, _)| id.as_str())))
            .collect();
        if let Some(first) = &case.first {
            assert_eq!(found.first().copied(), Some(full(first).as_str()), "{}: {}", case.name, case.query);
        }
        let ranked: Vec<String> = case.ranked.iter().map(full).collect();
        assert!(
            found.iter().zip(&ranked).all(|(found, ranked)| found == ranked) && found.len() >= ranked.len(),
            "{}: {found:?}",
            case.name
        );
        if let Some(marked) = &case.marked {
            let hit = results.hits.first().unwrap_or_else(|| panic!("{}: no hit", case.name));
            let segments = hit.clauses.iter().flat_map(|clause| &clause.segments).filter(|segment| segment.marked);
            assert_eq!(segments.map(|segment| segment.text.clone()).collect::<Vec<_>>(), *marked, "{}", case.name);
        }
        for id in &case.contains {
            assert!(found.contains(&full(id).as_str()), "{}: {id} is not in {found:?}", case.name);
        }
        for id in &case.lacks {
            assert!(!found.contains(&full(id).as_str()), "{}: {id} is in {found:?}", case.name);
        }
        if let Some(total) = case.total {
            assert_eq!(results.total, total, "{}: {found:?}", case.name);
        }
    }
}

#[test]
fn the_seed_answers_as_an_officer_expects() {
    assert!(seed().index.header(SEED).is_some());
    check("seed.toml");
}

#[test]
fn statutes_answer_beside_the_lists_that_cite_them() {
    check("statutes.toml");
}
