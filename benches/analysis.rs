//! How fast is text analysed? Folding, words, pairs, in bytes of text a second.
//!
//! Text: the seed document, whole. Run: `cargo bench --bench analysis`

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use lawcite_core::analyzer::{LegalAnalyzer, bigrams, numbers};
use lawcite_core::citation::{NameIndex, find_mentions};
use lawcite_core::text::Folded;

fn analysis(criterion: &mut Criterion) {
    let text = include_str!("../seeds/responsibility/boshan-hrss-2015.md");
    let dictionary = include_str!("../seeds/lexicon/segmentation.dict");
    let analyzer = LegalAnalyzer::shared(dictionary).expect("a dictionary");
    let folded = Folded::new(text);
    let mut group = criterion.benchmark_group("analysis");
    group.throughput(Throughput::Bytes(text.len() as u64));
    group.bench_function("fold", |bencher| bencher.iter(|| assert!(Folded::new(text).char_count() > 15_000)));
    group.bench_function("words", |bencher| {
        bencher.iter(|| {
            let mut words = 0;
            analyzer.each_word(&folded, &mut |_| words += 1);
            assert!(words > 8_000);
        });
    });
    group.bench_function("pairs", |bencher| bencher.iter(|| assert!(bigrams(&folded).count() > 12_000)));
    group.bench_function("numbers", |bencher| bencher.iter(|| assert!(numbers(&folded).len() > 50)));
    let names = NameIndex::empty();
    group.bench_function("citations", |bencher| bencher.iter(|| assert!(find_mentions(text, &names).len() > 100)));
    group.finish();
}

criterion_group!(benches, analysis);
criterion_main!(benches);
