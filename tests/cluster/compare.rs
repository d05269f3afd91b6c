//! Whether two engines say the same.

use lawcite_core::index::{Facets, Index, Results};
use lawcite_core::query::{Filter, PlanOptions, QueryPlan, UnderstandOptions, Versions, Window};
use lawcite_core::unit::Kind;

/// Scores that differ by less are equal: the last bits of sums depend on their order.
const TIE: f32 = 1e-4;

/// How often two engines agree.
#[derive(Debug, Default)]
pub(crate) struct Agreement {
    pub(crate) asked: usize,
    pub(crate) same_hits: usize,
    pub(crate) same_totals: usize,
    pub(crate) same_facets: usize,
    pub(crate) same_scores: usize,
    /// What they differ in.
    pub(crate) differences: Vec<String>,
}

/// One way of asking.
#[derive(Clone, Debug, Default)]
pub(crate) struct Way {
    pub(crate) filter: Filter,
    pub(crate) window: Window,
}

/// Ways that each use another part of the engine.
pub(crate) fn ways() -> Vec<(&'static str, Way)> {
    let filtered = |filter| Way { filter, ..Way::default() };
    let window = |window| Way { window, ..Way::default() };
    vec![
        ("as it is", Way::default()),
        ("next page", window(Window { offset: 10, ..Window::default() })),
        ("each unit by itself", window(Window { collapse: false, limit: 25, ..Window::default() })),
        ("articles", filtered(Filter { kinds: vec![Kind::Article], ..Filter::default() })),
        ("provisions and rows", filtered(Filter { kinds: vec![Kind::Provision, Kind::Row], ..Filter::default() })),
        ("a statute", filtered(Filter { statutes: vec!["社会保险法".to_owned()], ..Filter::default() })),
        ("an article", filtered(Filter { articles: vec!["92".to_owned()], ..Filter::default() })),
        ("a document", filtered(Filter { documents: vec!["boshan-hrss-2015".to_owned()], ..Filter::default() })),
        ("all versions", filtered(Filter { versions: Versions::All, ..Filter::default() })),
        (
            "an older version",
            filtered(Filter { documents: vec!["垃圾分类条例@2015-03-01".to_owned()], ..Filter::default() }),
        ),
        (
            "a statute's older version",
            filtered(Filter { statutes: vec!["垃圾分类条例@2015-03-01".to_owned()], ..Filter::default() }),
        ),
        ("a type of power", filtered(Filter { power_types: vec!["行政处罚".to_owned()], ..Filter::default() })),
        ("an office", filtered(Filter { departments: vec!["运输科".to_owned()], ..Filter::default() })),
        ("a page of one, explained", window(Window { offset: 2, limit: 1, explain: true, ..Window::default() })),
        ("a long page", window(Window { limit: 100, ..Window::default() })),
    ]
}

fn ask(index: &Index, query: &str, way: &Way) -> Results {
    let interpretation = index.understand(query, &UnderstandOptions::default()).expect("a query");
    let options = PlanOptions { filter: way.filter.clone(), window: way.window };
    index.search(&interpretation, &QueryPlan::new(&interpretation, options)).expect("a readable index")
}

impl Agreement {
    /// Asks both.
    pub(crate) fn ask(&mut self, here: &Index, there: &Index, query: &str, name: &str, way: &Way) {
        let (a, b) = (ask(here, query, way), ask(there, query, way));
        self.asked += 1;
        let hits = same_hits(&a, &b);
        self.same_hits += usize::from(hits);
        self.same_totals += usize::from(a.total == b.total);
        self.same_facets += usize::from(a.facets == b.facets);
        let bits = |results: &Results| -> Vec<(String, u32)> {
            results.hits.iter().map(|hit| (hit.unit.id.clone(), hit.score.to_bits())).collect()
        };
        self.same_scores += usize::from(bits(&a) == bits(&b));
        if bits(&a) == bits(&b) && shown(&a) != shown(&b) {
            self.differences.push(format!("`{query}` ({name}) is shown otherwise: {} and {}", shown(&a), shown(&b)));
        }
        if !hits || a.total != b.total || a.facets != b.facets {
            self.differences.push(format!("`{query}` ({name}): {}", describe(&a, &b)));
        }
    }
}

impl Agreement {
    /// Says how often they agree.
    pub(crate) fn say(&self) {
        let Agreement { asked, same_hits, same_totals, same_facets, same_scores, .. } = self;
        eprintln!(
            "{asked} asked; the same hits {same_hits}, totals {same_totals}, facets {same_facets}, scores to the last bit {same_scores}"
        );
    }

    /// Nothing differs.
    pub(crate) fn assert_complete(&self) {
        self.say();
        let differences = &self.differences;
        assert!(differences.is_empty(), "{} of {}:\n{}", differences.len(), self.asked, differences.join("\n"));
    }
}

/// Headings, clauses, marks, and how scores came about.
fn shown(results: &Results) -> String {
    let shown = |hit: &lawcite_core::index::Hit| {
        format!("{:?}", (&hit.heading, &hit.clauses, &hit.also, hit.also_rows, &hit.explain))
    };
    results.hits.iter().map(shown).collect()
}

/// Whether the hits are the same, units of equal scores in any order.
fn same_hits(a: &Results, b: &Results) -> bool {
    let listed = |results: &Results| -> Vec<(String, f32, Vec<String>, usize)> {
        let hits = if results.total > 0 { &results.hits } else { &results.weak };
        let also = |hit: &lawcite_core::index::Hit| hit.also.iter().map(|(id, _)| id.clone()).collect();
        hits.iter().map(|hit| (hit.unit.id.clone(), hit.score, also(hit), hit.also_total)).collect()
    };
    let (a, b) = (listed(a), listed(b));
    let tied = |x: f32, y: f32| (x - y).abs() <= TIE * x.abs().max(1.0);
    a.len() == b.len()
        && a.iter().zip(&b).all(|(x, y)| {
            tied(x.1, y.1)
                && ((&x.0, &x.2, x.3) == (&y.0, &y.2, y.3) || {
                    let other = a.iter().find(|other| other.0 == y.0);
                    other.map_or_else(|| a.last().is_some_and(|last| tied(last.1, y.1)), |other| tied(other.1, y.1))
                })
        })
}

fn facets(results: &Results) -> [Vec<(&str, usize)>; 5] {
    let Facets { kind, statute, power_type, department, document } = &results.facets;
    [kind, statute, power_type, department, document]
        .map(|facets| facets.iter().map(|facet| (&*facet.value, facet.count)).collect())
}

fn describe(a: &Results, b: &Results) -> String {
    let mut said = Vec::new();
    if a.total != b.total {
        said.push(format!("{} and {} hits", a.total, b.total));
    }
    if a.facets != b.facets {
        for (a, b) in facets(a).iter().zip(&facets(b)) {
            let differing = a.iter().zip(b).enumerate().filter(|(_, (a, b))| a != b).take(2);
            said.extend(differing.map(|(rank, (a, b))| format!("facet {}: {a:?} and {b:?}", rank + 1)));
            said.extend((a.len() != b.len()).then(|| format!("{} and {} values", a.len(), b.len())));
        }
    }
    let list = |results: &Results| -> Vec<String> {
        let hits = if results.total > 0 { &results.hits } else { &results.weak };
        hits.iter().map(|hit| format!("{} {:.5}", hit.unit.id, hit.score)).collect()
    };
    for (rank, (x, y)) in list(a).iter().zip(&list(b)).enumerate().filter(|(_, (x, y))| x != y).take(2) {
        said.push(format!("rank {}: {x} and {y}", rank + 1));
    }
    said.join("; ")
}
