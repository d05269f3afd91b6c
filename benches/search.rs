//! How long does a query take, by kind of query? Understanding, searching, and marking ten hits, without a cache.
//!
//! Text: the seed document and the project's lexicon. Run: `cargo bench --bench search`

use std::path::Path;

use criterion::{Criterion, criterion_group, criterion_main};
use lawcite_core::index::Index;
use lawcite_core::query::{PlanOptions, QueryPlan, UnderstandOptions};
use lawcite_indexer::{BuildOptions, Quiet, build};

/// As the program has it.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// (kind of query, query, how its first hit ends)
const QUERIES: &[(&str, &str, &str)] = &[
    ("keyword", "商业秘密", "article/31"),
    ("exact words", "\"申请人民法院强制执行\"", "article/28"),
    ("citation", "社保法92条", "article/92"),
    ("question", "挂牌督办的案件最多能延长多久？", "para/1"),
    ("two languages", "who is liable for leaking 社保 data", "article/92"),
    ("sound", "chuangye zhidao", "service/2"),
];

fn search(criterion: &mut Criterion) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = tempfile::tempdir().expect("a temporary folder");
    let options = BuildOptions {
        paths: vec![root.join("seeds")],
        index: folder.path().to_owned(),
        lexicon: Some(root.join("seeds/lexicon")),
        full: true,
    };
    build(&options, &mut Quiet).expect("a generation");
    let index = Index::open(folder.path()).expect("it opens");
    let mut group = criterion.benchmark_group("search");
    for (kind, query, first) in QUERIES {
        group.bench_function(*kind, |bencher| {
            bencher.iter(|| {
                let interpretation = index.understand(query, &UnderstandOptions::default()).expect("a query");
                let plan = QueryPlan::new(&interpretation, PlanOptions::default());
                let results = index.search(&interpretation, &plan).expect("an answer");
                assert!(results.hits.first().is_some_and(|hit| hit.unit.id.ends_with(first)), "{query}");
            });
        });
    }
    group.bench_function("understanding alone", |bencher| {
        bencher.iter(|| {
            assert!(!index.understand(QUERIES[4].1, &UnderstandOptions::default()).expect("a query").is_empty());
        });
    });
    group.finish();
}

criterion_group!(benches, search);
criterion_main!(benches);
