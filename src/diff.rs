//! `lawcite diff`.

use std::io::Write;

use lawcite_search_api::export::{diff_tables, marked};
use lawcite_search_api::links::Links;
use lawcite_search_api::wire::{self, DiffEntry, DiffRequest, DiffResponse};

use crate::arguments::DiffArguments;
use crate::report;

pub(crate) fn run(arguments: &DiffArguments) -> anyhow::Result<()> {
    let index = arguments.index.open()?;
    let id = |id: &String| id.trim_matches('/').to_owned();
    let request = DiffRequest { a: id(&arguments.a), b: id(&arguments.b) };
    let diff = wire::diff(&index, &Links::relative(), &request)?
        .map_err(|id| anyhow::anyhow!("there is no list `{id}`: a list is called as its file, without the ending"))?;
    report::write(&arguments.report, &diff, || diff_tables(&diff), |out| print(out, &diff))
}

fn print(out: &mut dyn Write, diff: &DiffResponse) -> std::io::Result<()> {
    let DiffResponse { a, b, totals, .. } = diff;
    writeln!(out, "- {} ({})\n+ {} ({})", a.title, a.id, b.title, b.id)?;
    writeln!(
        out,
        "{} unchanged, {} added, {} dropped, {} renamed, {} changed",
        totals.unchanged, totals.added, totals.dropped, totals.renamed, totals.changed
    )?;
    for entry in &diff.changes {
        print_entry(out, entry)?;
    }
    for (sign, citations) in [('-', &diff.citations_dropped), ('+', &diff.citations_added)] {
        if !citations.is_empty() {
            writeln!(out)?;
        }
        for citation in citations {
            writeln!(out, "{sign} {citation}")?;
        }
    }
    Ok(())
}

fn print_entry(out: &mut dyn Write, entry: &DiffEntry) -> std::io::Result<()> {
    let listed = entry.b.as_ref().or(entry.a.as_ref());
    let name = listed.map_or("", |place| place.name.lines().next().unwrap_or_default());
    writeln!(out, "\n[{}] {name}", entry.fate.label())?;
    for (sign, place) in [('-', &entry.a), ('+', &entry.b)] {
        if let Some(place) = place {
            writeln!(out, "   {sign} {}", place.id)?;
        }
    }
    if !entry.name.is_empty() {
        writeln!(out, "   {}", marked(&entry.name))?;
    }
    for part in &entry.parts {
        writeln!(out, "   {}: {}", part.label, marked(&part.difference))?;
    }
    Ok(())
}
