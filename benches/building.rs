//! How fast does a list become an index? Reading it, and the whole build with everything synced to disk.
//!
//! Text: the seed document. Run: `cargo bench --bench building`

use std::path::{Path, PathBuf};

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use lawcite_indexer::source::{blocks, read_source};
use lawcite_indexer::{BuildOptions, Quiet, build, responsibility};

/// As the program has it.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const SEED: &str = "seeds/responsibility/boshan-hrss-2015.md";

fn building(criterion: &mut Criterion) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let source = read_source(&root.join(SEED)).expect("the seed");
    let mut group = criterion.benchmark_group("building");
    group.throughput(Throughput::Bytes(source.bytes().len() as u64));
    group.bench_function("parse", |bencher| {
        bencher.iter(|| assert_eq!(responsibility::parse("seed", &blocks(&source)).duties.len(), 11));
    });
    let folder = tempfile::tempdir().expect("a temporary folder");
    let options = BuildOptions {
        paths: vec![root.join(SEED)],
        index: PathBuf::from(folder.path()),
        lexicon: Some(root.join("seeds/lexicon")),
        full: true,
    };
    group.sample_size(10);
    group.bench_function("publish", |bencher| {
        bencher.iter(|| assert!(build(&options, &mut Quiet).expect("a generation").units > 400));
    });
    group.finish();
}

criterion_group!(benches, building);
criterion_main!(benches);
