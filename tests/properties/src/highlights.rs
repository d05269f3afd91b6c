use lawcite_core::index::Highlighter;
use lawcite_core::query::{PlanOptions, QueryPlan, UnderstandOptions};

use crate::served::SERVED;

/// What the first line looks for is marked in the rest: the segments join to the text as printed, none is empty, and no two
/// neighbours are alike.
pub fn highlights(input: &str) {
    let (query, text) = input.split_once('\n').unwrap_or((input, input));
    let Ok(interpretation) = SERVED.index.understand(query, &UnderstandOptions::default()) else { return };
    let plan = QueryPlan::new(&interpretation, PlanOptions::default());
    let segments = Highlighter::new(&interpretation, &plan).segments(text);
    let joined: String = segments.iter().map(|segment| segment.text.as_str()).collect();
    assert_eq!(joined, text, "nothing is added and nothing is left out");
    assert!(segments.iter().all(|segment| !segment.text.is_empty()), "{segments:?}");
    assert!(
        segments.windows(2).all(|pair| !(pair[0].marked || pair[1].marked) || pair[0].marked != pair[1].marked),
        "{segments:?}"
    );
}
