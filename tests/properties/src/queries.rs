use lawcite_core::index::{Hit, Segment};
use lawcite_core::query::{Filter, Interpretation, PlanOptions, QueryPlan, UnderstandOptions, Versions, Window};
use lawcite_core::unit::Kind;

use crate::served::SERVED;

/// The most concepts that a query is understood to have.
const MOST_CONCEPTS: usize = 64;
/// The most ways of finding one.
const MOST_ALTERNATIVES: usize = 64;
/// The most single tokens. Every letter of the longest query is in two, and what stands for its words adds some more.
const MOST_GRAMS: usize = 6_000;
/// The most phrases that must be there, and the most that must not.
const MOST_PHRASES: usize = 16;

/// Any text is refused, or understood within bounds, planned and answered: the first line as a query, further ones as terms
/// taken out of it.
pub fn queries(text: &str) {
    let mut lines = text.split('\n');
    let query = lines.next().unwrap_or_default();
    let without_terms: Vec<String> = lines.map(str::to_owned).collect();
    for expand in [true, false] {
        let options = UnderstandOptions { expand, without_terms: without_terms.clone() };
        let Ok(interpretation) = SERVED.index.understand(query, &options) else { return };
        assert_eq!(interpretation.text, query);
        let filter = if expand {
            Filter::default()
        } else {
            Filter { kinds: vec![Kind::Provision, Kind::Article], versions: Versions::All, ..Filter::default() }
        };
        let window = Window { explain: expand, ..Window::default() };
        let plan = QueryPlan::new(&interpretation, PlanOptions { filter, window });
        assert_bounded(&plan);
        assert_answered(&interpretation, &plan);
    }
}

fn assert_bounded(plan: &QueryPlan) {
    assert!(plan.concepts.len() <= MOST_CONCEPTS, "{} concepts", plan.concepts.len());
    for concept in &plan.concepts {
        assert!(concept.weight.is_finite() && concept.weight > 0.0, "{concept:?}");
        assert!(!concept.alternatives.is_empty() && concept.alternatives.len() <= MOST_ALTERNATIVES, "{concept:?}");
        assert!(concept.alternatives.iter().all(|one| one.weight > 0.0 && one.weight <= 1.0), "{concept:?}");
    }
    assert!(plan.grams.len() <= MOST_GRAMS, "{} grams", plan.grams.len());
    assert!(plan.grams.iter().all(|gram| gram.weight.is_finite() && gram.weight > 0.0));
    assert!(plan.exact.len() <= MOST_PHRASES && plan.without.len() <= MOST_PHRASES);
}

fn assert_answered(interpretation: &Interpretation, plan: &QueryPlan) {
    let results = SERVED.index.search(interpretation, plan).expect("the index can be read");
    assert!(results.total >= results.hits.len() && results.hits.len() <= plan.window.limit);
    assert!(results.hits.is_empty() || results.weak.is_empty(), "weak hits stand where there is no other");
    for hits in [&results.hits, &results.weak] {
        assert!(hits.iter().all(|hit| hit.score.is_finite()), "scores are numbers");
        assert!(hits.windows(2).all(|pair| pair[0].score >= pair[1].score), "the best come first");
        for hit in hits {
            assert_shown_as_printed(hit);
        }
    }
}

fn assert_shown_as_printed(hit: &Hit) {
    let mut rest = hit.unit.passage.text.as_str();
    for clause in &hit.clauses {
        let shown: String = clause.segments.iter().map(|segment: &Segment| segment.text.as_str()).collect();
        let at = rest.find(&shown).unwrap_or_else(|| panic!("`{shown}` stands in {}", hit.unit.id));
        rest = &rest[at + shown.len()..];
    }
}
