//! `lawcite search --batch`: many queries, one after the other, for programs that measure.

use std::fs;
use std::io::{BufWriter, Read, Write};
use std::path::Path;
use std::time::Instant;

use anyhow::Context;
use lawcite_core::index::Index;
use lawcite_core::query::{Filter, PlanOptions, QueryPlan, UnderstandOptions, Window};
use serde::Serialize;

use crate::arguments::{BatchFormat, SearchArguments};

#[derive(Serialize)]
struct Answer<'a> {
    id: &'a str,
    query: &'a str,
    ids: Vec<String>,
    scores: Vec<f32>,
    took_us: Took,
}

/// Microseconds.
#[derive(Serialize)]
struct Took {
    understand: u64,
    search: u64,
    highlight: u64,
    total: u64,
}

pub(crate) fn run(arguments: &SearchArguments, file: &Path) -> anyhow::Result<()> {
    let text = read(file).with_context(|| format!("cannot read `{}`", file.display()))?;
    let index = arguments.index.open()?;
    let options = PlanOptions {
        filter: Filter { kinds: arguments.kind.clone(), ..Filter::default() },
        window: Window { limit: arguments.limit, collapse: arguments.collapse, ..Window::default() },
    };
    let mut out = BufWriter::new(std::io::stdout().lock());
    for (number, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let line_number = (number + 1).to_string();
        let (id, query) = line.split_once('\t').unwrap_or((&line_number, line));
        let answer = answer(&index, id, query, arguments.expand, options.clone())
            .with_context(|| format!("`{}`, line {line_number}", file.display()))?;
        match arguments.format {
            BatchFormat::Jsonl => {
                serde_json::to_writer(&mut out, &answer)?;
                writeln!(out)?;
            }
            BatchFormat::Trec => {
                for (rank, (unit, score)) in answer.ids.iter().zip(&answer.scores).enumerate() {
                    writeln!(out, "{id} Q0 {unit} {} {score} lawcite", rank + 1)?;
                }
            }
        }
    }
    out.flush()?;
    Ok(())
}

fn read(file: &Path) -> std::io::Result<String> {
    if file == Path::new("-") {
        let mut text = String::new();
        std::io::stdin().read_to_string(&mut text)?;
        return Ok(text);
    }
    fs::read_to_string(file)
}

fn answer<'a>(
    index: &Index,
    id: &'a str,
    query: &'a str,
    expand: bool,
    options: PlanOptions,
) -> anyhow::Result<Answer<'a>> {
    let started = Instant::now();
    let understanding = UnderstandOptions { expand, ..UnderstandOptions::default() };
    let interpretation = index.understand(query, &understanding)?;
    let plan = QueryPlan::new(&interpretation, options);
    let understood = micros(started);
    let (ranked, timing) = index.rank(&interpretation, &plan)?;
    let (ids, scores) = ranked.into_iter().unzip();
    let took_us = Took {
        understand: understood,
        search: timing.search,
        highlight: timing.highlight,
        total: understood + timing.search + timing.highlight,
    };
    Ok(Answer { id, query, ids, scores, took_us })
}

fn micros(started: Instant) -> u64 {
    u64::try_from(started.elapsed().as_micros()).unwrap_or(u64::MAX)
}
