//! What holds for any words of the documents: the Ctrl-F promise, marks that are inside, and facets that say what is left.

mod support;

use lawcite_core::index::Facet;
use lawcite_core::query::{Filter, Window};
use lawcite_core::text::{CharClass, Folded};
use lawcite_core::unit::Kind;
use support::rows::rows;
use support::{Case, seed};

/// Any 2 to 12 characters of any unit's text, quoted, that hold two letters, digits or Han characters side by side, have
/// that unit among their matches.
#[test]
fn any_words_of_a_unit_find_it() {
    let seed = seed();
    let units = seed.units();
    let mut random = fastrand::Rng::with_seed(20_150_701);
    let mut tried = 0;
    while tried < 10_000 {
        let unit = &units[random.usize(..units.len())];
        let text: Vec<char> = unit.passage.text.chars().collect();
        if text.len() < 2 {
            continue;
        }
        let length = random.usize(2..=12).min(text.len());
        let start = random.usize(..=text.len() - length);
        let words: String = text[start..start + length].iter().collect();
        // A quotation mark cannot stand in quotes.
        let letters: Vec<char> = words.chars().collect();
        let pair = letters.windows(2).any(|pair| pair.iter().all(|&c| CharClass::of(c) == CharClass::Letter));
        if !pair || words.contains(['"', '“', '”']) {
            continue;
        }
        tried += 1;
        let found = seed.all_ids(&format!("\"{words}\""));
        assert!(found.contains(&unit.id), "{words:?} does not find {} ({})", unit.id, unit.passage.text);
    }
}

/// Segments join to what is printed, and what is marked is there.
#[test]
fn marks_stand_in_the_words_as_printed() {
    let seed = seed();
    let units = seed.units();
    let mut random = fastrand::Rng::with_seed(20_150_702);
    for _ in 0..10_000 {
        let mut query = String::new();
        for _ in 0..random.usize(1..4) {
            let text: Vec<char> = units[random.usize(..units.len())].passage.text.chars().collect();
            let length = random.usize(1..=6).min(text.len());
            let start = random.usize(..=text.len() - length);
            query.extend(&text[start..start + length]);
            query.push([' ', '"', '-', '，', 'a'][random.usize(..5)]);
        }
        if query.trim().is_empty() {
            continue;
        }
        let results = seed.search_with(&query, Filter::default(), Window { limit: 5, ..Window::default() });
        for hit in results.hits.iter().chain(&results.weak) {
            let printed = Folded::new(&hit.unit.passage.text);
            for clause in &hit.clauses {
                let joined: String = clause.segments.iter().map(|segment| segment.text.as_str()).collect();
                assert!(
                    hit.unit.passage.text.contains(&joined),
                    "{query:?}: {joined:?} is not printed in {}",
                    hit.unit.id
                );
                for segment in clause.segments.iter().filter(|segment| segment.marked) {
                    assert!(printed.text().contains(Folded::new(&segment.text).text()), "{query:?}");
                }
                let touching = clause.segments.windows(2).any(|pair| pair[0].marked == pair[1].marked);
                assert!(!touching, "{query:?}: two segments of one kind side by side in {:?}", clause.segments);
            }
        }
    }
}

/// The count beside a value is the number of hits that are left when it is chosen; of a statute there are those besides that cite
/// it in passing.
#[test]
fn a_facet_says_how_many_hits_its_filter_leaves() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let list = folder.path().join("责任清单.md");
    std::fs::write(&list, rows()).expect("writable");
    let built = Case::seeds(&["seeds", list.to_str().expect("a path of text")]).index();
    let mut with_power_types = 0;
    for query in ["玩忽职守", "审查 材料", "行政处罚", "社保", "车辆经营者", "垃圾分类条例"] {
        let all = built.search(query).facets;
        with_power_types += usize::from(!all.power_type.is_empty());
        type Choose = fn(&mut Filter, &Facet);
        let fields: [(&[Facet], Choose); 5] = [
            (&all.kind, |filter, facet| filter.kinds = vec![Kind::from_name(&facet.value).expect("a kind")]),
            (&all.statute, |filter, facet| filter.statutes = vec![facet.value.to_string()]),
            (&all.document, |filter, facet| filter.documents = vec![facet.value.to_string()]),
            (&all.power_type, |filter, facet| filter.power_types = vec![facet.value.to_string()]),
            (&all.department, |filter, facet| filter.departments = vec![facet.value.to_string()]),
        ];
        for (facets, choose) in fields {
            for facet in facets {
                let mut filter = Filter::default();
                choose(&mut filter, facet);
                let left = built.search_with(query, filter, Window::default()).total;
                let is_statute = std::ptr::eq(facets, all.statute.as_slice());
                assert!(left == facet.count || is_statute && left > facet.count, "{query}: {} {left}", facet.value);
            }
        }
    }
    assert!(with_power_types >= 4, "{with_power_types}");
}
