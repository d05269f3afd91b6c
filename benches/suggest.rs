//! How long does a suggestion take, by what was typed?
//!
//! Text: the seed document, and all statutes of `../shared/data/statutes` where they are there (3,400 names). The names are
//! gathered before time is taken. Run: `cargo bench --bench suggest`

use std::path::Path;

use criterion::{Criterion, criterion_group, criterion_main};
use lawcite_core::index::Index;
use lawcite_indexer::{BuildOptions, Quiet, build};

/// (what was typed, its first suggestion, whether that is in the statutes)
const TYPED: &[(&str, &str, bool)] = &[
    ("社保", "社会保险", false),
    ("负责", "", false),
    ("社会保险法", "社会保险法", true),
    ("shbxf", "社会保险法", true),
    ("shehuibaoxian", "社会保险", false),
    ("社保法92", "《社会保险法》第九十二条", true),
    ("条例", "", true),
    ("s", "", false),
];

fn suggest(criterion: &mut Criterion) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let statutes = root.join("../shared/data/statutes");
    let has_statutes = statutes.is_dir();
    let folder = tempfile::tempdir().expect("a temporary folder");
    let options = BuildOptions {
        paths: std::iter::once(root.join("seeds")).chain(has_statutes.then_some(statutes)).collect(),
        index: folder.path().to_owned(),
        lexicon: Some(root.join("seeds/lexicon")),
        full: true,
    };
    build(&options, &mut Quiet).expect("a generation");
    let index = Index::open(folder.path()).expect("it opens");
    let started = std::time::Instant::now();
    index.suggest("社", 8).expect("names");
    eprintln!("names gathered in {:.0?}", started.elapsed());
    let mut group = criterion.benchmark_group("suggest");
    for (typed, first, in_statutes) in TYPED.iter().filter(|(_, _, in_statutes)| has_statutes || !in_statutes) {
        group.bench_function(*typed, |bencher| {
            bencher.iter(|| {
                let found = index.suggest(typed, 8).expect("names");
                assert!(
                    found.first().is_some_and(|found| first.is_empty() || found.text == *first),
                    "{typed} {in_statutes}"
                );
            });
        });
    }
    group.finish();
}

criterion_group!(benches, suggest);
criterion_main!(benches);
