//! An index that grew by small changes answers like one built at once.

mod support;

use std::fs;

use lawcite_core::index::Index;
use lawcite_core::query::{PlanOptions, QueryPlan, UnderstandOptions, Window};
use lawcite_indexer::{BuildOptions, Quiet, build};
use support::root;

fn ranked(index: &std::path::Path, query: &str) -> Vec<(String, f32)> {
    let index = Index::open(index).expect("it opens");
    let interpretation = index.understand(query, &UnderstandOptions::default()).expect("a query");
    let window = Window { limit: 50, collapse: false, ..Window::default() };
    let plan = QueryPlan::new(&interpretation, PlanOptions { window, ..PlanOptions::default() });
    index.rank(&interpretation, &plan).expect("an answer").0
}

#[test]
fn a_source_edited_again_and_again_leaves_no_trace() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let lists = folder.path().join("lists");
    fs::create_dir(&lists).expect("a folder");
    let seed = fs::read_to_string(root("seeds/responsibility/boshan-hrss-2015.md")).expect("the seed");
    fs::write(lists.join("one.md"), &seed).expect("a list");
    let options = |index: &str| BuildOptions {
        paths: vec![lists.clone()],
        index: folder.path().join(index),
        lexicon: Some(root("seeds/lexicon")),
        full: false,
    };
    for edition in 0..5 {
        let other = format!("# 某局责任清单\n\n一、部门主要职责\n\n第{edition}版：泄露商业秘密的，依法处理。\n");
        fs::write(lists.join("two.md"), other).expect("a list");
        let summary = build(&options("grown"), &mut Quiet).expect("a generation");
        assert_eq!(summary.reused, usize::from(edition > 0), "the other list is not read again");
    }
    build(&options("fresh"), &mut Quiet).expect("a generation");
    for query in ["泄露商业秘密", "社会保险费征缴", "泄露个人信息会受到什么处分"] {
        let grown = ranked(&folder.path().join("grown"), query);
        let fresh = ranked(&folder.path().join("fresh"), query);
        let ids = |ranked: &[(String, f32)]| ranked.iter().map(|(id, _)| id.clone()).collect::<Vec<_>>();
        assert_eq!(ids(&grown), ids(&fresh), "{query}");
        for ((id, grown), (_, fresh)) in grown.iter().zip(&fresh) {
            assert!((grown - fresh).abs() < 0.02 * fresh, "{query}: {id} has {grown} instead of {fresh}");
        }
    }
}
