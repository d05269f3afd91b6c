//! From an index and queries to microseconds.

use std::fs;
use std::path::Path;
use std::time::Instant;

use anyhow::{Context, ensure};
use serde::Serialize;
use tantivy::collector::{Count, TopDocs};
use tantivy::query::{BooleanQuery, Query, TermQuery};
use tantivy::schema::IndexRecordOption;
use tantivy::tokenizer::{TokenStream, Tokenizer};
use tantivy::{Searcher, Term};
use tantivy_jieba::JiebaTokenizer;

use crate::index::{self, Fields};

const HITS: usize = 10;

/// How much of a query's matches is looked at.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mode {
    /// Only what can still come among the first ten (block-max pruning).
    Top10,
    /// Every match is scored and counted.
    Exhaustive,
}

/// A line of the output, in the shape of `lawcite search --batch`.
#[derive(Serialize)]
struct Answer<'a> {
    id: &'a str,
    hits: usize,
    /// `None` where matches were not counted.
    total: Option<usize>,
    took_us: Took,
}

#[derive(Serialize)]
struct Took {
    total: u64,
}

/// Answers every query of a file (`id<TAB>query`) twice and prints the second pass: the time from text to the places of ten
/// hits, on this thread.
pub(crate) fn run(folder: &Path, queries: &Path, mode: Mode) -> anyhow::Result<()> {
    let (index, fields) = index::open(folder)?;
    let searcher = index.reader()?.searcher();
    let mut tokenizer = index::tokenizer();
    let text = fs::read_to_string(queries).with_context(|| format!("cannot read `{}`", queries.display()))?;
    let queries: Vec<(&str, &str)> = text.lines().filter_map(|line| line.split_once('\t')).collect();
    ensure!(!queries.is_empty(), "no queries: a line is `id<TAB>query`");
    let mut pass = || -> anyhow::Result<Vec<Answer<'_>>> {
        queries.iter().map(|(id, query)| answer(&searcher, fields, &mut tokenizer, id, query, mode)).collect()
    };
    pass()?;
    let answers = pass()?;
    for answer in &answers {
        println!("{}", serde_json::to_string(answer)?);
    }
    let mut took: Vec<u64> = answers.iter().map(|answer| answer.took_us.total).collect();
    took.sort_unstable();
    let at = |percent: usize| took[(took.len() - 1) * percent / 100];
    eprintln!("{} queries: p50 {} µs, p99 {} µs", took.len(), at(50), at(99));
    Ok(())
}

fn answer<'a>(
    searcher: &Searcher,
    fields: Fields,
    tokenizer: &mut JiebaTokenizer,
    id: &'a str,
    text: &str,
    mode: Mode,
) -> anyhow::Result<Answer<'a>> {
    let started = Instant::now();
    let query = any_token(fields, tokenizer, text);
    let best = TopDocs::with_limit(HITS).order_by_score();
    let (hits, total) = match mode {
        Mode::Top10 => (searcher.search(&query, &best)?, None),
        // Alone, `TopDocs` prunes. A pair of collectors is handed every match with its score.
        Mode::Exhaustive => {
            let (hits, total) = searcher.search(&query, &(best, Count))?;
            (hits, Some(total))
        }
    };
    let total_us = u64::try_from(started.elapsed().as_micros())?;
    Ok(Answer { id, hits: hits.len(), total, took_us: Took { total: total_us } })
}

/// Any of the text's tokens, in either field.
fn any_token(fields: Fields, tokenizer: &mut JiebaTokenizer, text: &str) -> BooleanQuery {
    let mut tokens: Vec<String> = Vec::new();
    tokenizer.token_stream(text).process(&mut |token| {
        if !tokens.contains(&token.text) {
            tokens.push(token.text.clone());
        }
    });
    let terms =
        tokens.iter().flat_map(|token| [fields.title, fields.text].map(|field| Term::from_field_text(field, token)));
    BooleanQuery::union(
        terms.map(|term| Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs)) as Box<dyn Query>).collect(),
    )
}
