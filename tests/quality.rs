//! How well the judged queries are answered: tables in git, one line a query, so that a change shows what it helps and
//! whom it hurts. `LAWCITE_BLESS=1 cargo test --test quality` writes them anew.

mod support;

use std::fs;
use std::path::Path;

use support::judgments::{Judged, Score, read, table};
use support::{Case, SEED, root, seed, shared_data};

/// Asks the seed.
fn check(queries: &Path, committed: &str, words: bool) {
    let judged = read(queries);
    let scores: Vec<_> = judged.iter().map(|query| query.score(seed(), SEED)).collect();
    compare(&judged, &scores, committed, words);
}

fn compare(judged: &[Judged], scores: &[Score], committed: &str, words: bool) {
    let now = table(judged, scores, words);
    let path = root("tests/quality").join(committed);
    if std::env::var_os("LAWCITE_BLESS").is_some() {
        fs::write(&path, &now).expect("the table can be written");
    }
    let before = fs::read_to_string(&path).unwrap_or_default();
    let changed: Vec<String> = before
        .lines()
        .filter(|line| !now.contains(line))
        .map(|line| format!("- {line}"))
        .chain(now.lines().filter(|line| !before.contains(line)).map(|line| format!("+ {line}")))
        .collect();
    assert!(
        before == now,
        "answers have changed; if for the better, `LAWCITE_BLESS=1 cargo test --test quality` and commit\n{}",
        changed.join("\n")
    );
}

#[test]
fn chinese_queries_are_answered_as_the_table_says() {
    check(&root("tests/quality/queries/seed-zh.jsonl"), "seed-zh.tsv", true);
}

#[test]
fn english_queries_are_answered_as_the_table_says() {
    check(&root("tests/quality/queries/seed-en.jsonl"), "seed-en.tsv", true);
}

#[test]
fn held_out_english_queries_are_answered_as_the_table_says() {
    check(&root("tests/quality/queries/seed-en-holdout.jsonl"), "seed-en-holdout.tsv", true);
}

#[test]
fn given_queries_are_answered_as_the_table_says() {
    if let Some(queries) = shared_data("queries/seed-dev.jsonl") {
        check(&queries, "seed-dev.tsv", false);
    }
}

#[test]
fn queries_on_the_statutes_are_answered_as_the_table_says() {
    if shared_data("statutes").is_some() {
        let built = Case::seeds(&["seeds", "../shared/data/statutes"]).index();
        let judged = read(&root("tests/quality/queries/statutes.jsonl"));
        let scores: Vec<_> = judged.iter().map(|query| query.score(&built, "")).collect();
        compare(&judged, &scores, "statutes.tsv", true);
    }
}
