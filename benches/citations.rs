//! How fast are citations found in statutes, on one core? In bytes of text a second, with no name known and with all.
//!
//! Text: every statute in `../shared/data/statutes`, 57 MB; nothing is measured where it is absent, and `analysis` measures the
//! seed document. Run: `cargo bench --bench citations`

#[path = "../tests/support/statutes.rs"]
mod statutes;

use std::path::Path;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use lawcite_core::citation::{Context, NameIndex, find_mentions_in};

fn citations(criterion: &mut Criterion) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let data = root.join("../shared/data");
    if !data.join("statutes").exists() {
        eprintln!("skipped: no `../shared/data/statutes` beside the project");
        return;
    }
    let texts: Vec<String> = statutes::files(&data)
        .iter()
        .map(|file| String::from_utf8_lossy(&std::fs::read(file).expect("a statute")).into_owned())
        .collect();
    let find_all = |names: &NameIndex| -> usize {
        texts.iter().map(|text| find_mentions_in(text, names, &Context::default()).len()).sum()
    };
    let mut group = criterion.benchmark_group("citations");
    group.throughput(Throughput::Bytes(texts.iter().map(|text| text.len() as u64).sum()));
    group.sample_size(10);
    for (name, names) in [
        ("no name known", NameIndex::empty()),
        ("all names known", statutes::names(&data, &root.join("seeds/lexicon"))),
    ] {
        group.bench_function(name, |bencher| bencher.iter(|| assert!(find_all(&names) > 200_000)));
    }
    group.finish();
}

criterion_group!(benches, citations);
criterion_main!(benches);
