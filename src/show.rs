//! `lawcite show`, and everything that prints the API's JSON.

use std::io::Write;

use lawcite_core::index::Index;
use lawcite_core::unit::Unit;
use lawcite_search_api::links::Links;
use lawcite_search_api::wire::{self, SearchRequest};
use serde::Serialize;

use crate::arguments::{SearchArguments, ShowArguments};

pub(crate) fn run(arguments: &ShowArguments) -> anyhow::Result<()> {
    let index = Index::open(&arguments.index.path)?;
    let id = arguments.id.trim_matches('/');
    if let Some((header, units)) = index.document(id)? {
        if arguments.json {
            let document = wire::document(&index, id)?;
            return print_json(&document);
        }
        let mut out = std::io::stdout().lock();
        writeln!(out, "{}\n{}", header.title, header.date.as_deref().unwrap_or_default())?;
        for unit in &units {
            print_unit(&mut out, unit)?;
        }
        return Ok(());
    }
    let Some(unit) = index.unit(id)? else {
        anyhow::bail!("there is no document or unit `{id}`: `lawcite search` prints identifiers under its hits");
    };
    if arguments.json {
        return print_json(&wire::unit(&index, id, &Links::relative())?);
    }
    let mut out = std::io::stdout().lock();
    for ancestor in &unit.path {
        writeln!(out, "{}", ancestor.label)?;
    }
    print_unit(&mut out, &unit)?;
    Ok(())
}

fn print_unit(out: &mut impl Write, unit: &Unit) -> std::io::Result<()> {
    writeln!(out, "\n[{}] {} (line {})\n{}", unit.kind.label(), unit.id, unit.passage.line(), unit.passage.text)
}

/// `lawcite search --json`: what `GET /api/v1/search` answers.
pub(crate) fn print_search(index: &Index, arguments: &SearchArguments, query: &str) -> anyhow::Result<()> {
    let request = SearchRequest {
        kind: arguments.kind.clone(),
        limit: arguments.limit,
        expand: arguments.expand,
        collapse: arguments.collapse,
        explain: arguments.explain,
        ..SearchRequest::new(query)
    };
    print_json(&wire::search(index, &request, &Links::relative())?)
}

fn print_json(value: &impl Serialize) -> anyhow::Result<()> {
    let mut out = std::io::stdout().lock();
    serde_json::to_writer_pretty(&mut out, value)?;
    writeln!(out)?;
    Ok(())
}
