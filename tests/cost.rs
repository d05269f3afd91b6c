//! What a query may cost is bounded, whatever is asked.

mod support;

use std::fmt::Write;

use support::{Built, Case};

/// Articles that all say the same, but for a number.
fn alike(articles: usize) -> Built {
    let sources = tempfile::tempdir().expect("a temporary folder");
    for statute in 0..articles.div_ceil(4000) {
        let mut text = format!("# 测量规定之{statute}\n<!-- INFO END -->\n");
        for article in 1..=4000.min(articles - statute * 4000) {
            writeln!(text, "第{article}条 经营者应当，的确，登记编号{}。", statute * 4000 + article).expect("memory");
        }
        std::fs::write(sources.path().join(format!("{statute}.md")), text).expect("room on the disk");
    }
    Case::seeds(&[sources.path().to_str().expect("UTF-8")]).index()
}

#[test]
fn a_letter_alone_between_punctuation_is_not_looked_up_in_all_texts() {
    let (few, many) = (alike(300), alike(10_100));
    assert_eq!(few.search("\"应当，的，\"").total, 300);
    assert_eq!(few.search("\"登，应当，的\"").total, 0);
    assert_eq!(few.search("登记 -\"应当，确\"").total, 300);
    assert_eq!(few.search("登记 -\"应当，的\"").total, 0);

    for (query, named) in [("\"应当，的\"", "应当，的"), ("登记 -\"应当，确\"", "应当，确")] {
        let results = many.search(query);
        assert_eq!((results.total, results.hits.len(), results.weak.len()), (0, 0, 0), "{query}");
        assert_eq!(results.too_common.as_deref(), Some(named), "{query}");
    }
    // Another phrase leaves so few that their texts can be read.
    let results = many.search("\"应当，的\" \"编号9999\"");
    assert_eq!((results.total, results.too_common), (1, None));
}
