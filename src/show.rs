//! `lawcite show`, and everything that prints the API's JSON.

use std::io::{BufWriter, Write};

use lawcite_core::citation::NameIndex;
use lawcite_core::document::DocumentHeader;
use lawcite_core::index::{CitedBy, Index};
use lawcite_core::statute::{Level, StatuteHeader};
use lawcite_core::unit::{Ancestor, Detail, Unit};
use lawcite_search_api::links::Links;
use lawcite_search_api::wire::{self, SearchRequest};
use serde::Serialize;

use crate::arguments::{SearchArguments, ShowArguments};

/// So many units are printed with the article that they cite.
const MOST_CITING: usize = 20;

pub(crate) fn run(arguments: &ShowArguments) -> anyhow::Result<()> {
    let index = arguments.index.open()?;
    let links = Links::relative();
    let id = full_id(&index, arguments.id.trim_matches('/'));
    if let Some(document) = index.header(&id) {
        let is_statute = document.statute.is_some();
        return match (arguments.json, is_statute) {
            (true, true) => print_json(&wire::statute(&index, &NameIndex::empty(), &links, &id)?),
            (true, false) => print_json(&wire::document(&index, &id)?),
            (false, _) => print_document(&index, &id),
        };
    }
    let Some(unit) = index.unit(&id)? else {
        anyhow::bail!("there is no document or unit `{id}`: `lawcite search` prints identifiers under its hits");
    };
    if arguments.json {
        return print_json(&wire::unit(&index, &id, &links)?);
    }
    let mut out = BufWriter::new(std::io::stdout().lock());
    for ancestor in &unit.path {
        writeln!(out, "{}", ancestor.label)?;
    }
    print_unit(&mut out, &unit)?;
    if let Detail::Article { statute, path, .. } = &unit.detail {
        print_citing(&mut out, &index.cited_by(statute, &path.article_key(), MOST_CITING)?)?;
    }
    out.flush()?;
    Ok(())
}

/// `id` with the version of its statute, which may be given by a nickname.
fn full_id(index: &Index, id: &str) -> String {
    let (document, place) = id.split_at(id.find('/').unwrap_or(id.len()));
    if index.header(document).is_some() {
        return index.full_id(id).into_owned();
    }
    match wire::find_statute(index, &index.name_index(), document) {
        Some((statute, _)) => format!("{}{place}", statute.id),
        None => id.to_owned(),
    }
}

fn print_document(index: &Index, id: &str) -> anyhow::Result<()> {
    let Some((header, units)) = index.document(id)? else { return Ok(()) };
    let mut out = BufWriter::new(std::io::stdout().lock());
    writeln!(out, "{}", header.title)?;
    match &header.statute {
        Some(statute) => print_statute(&mut out, index, header, statute, &units)?,
        None => {
            writeln!(out, "{}", header.date.as_deref().unwrap_or_default())?;
            for unit in &units {
                print_unit(&mut out, unit)?;
            }
        }
    }
    out.flush()?;
    Ok(())
}

/// A statute as it is read: its history, and its articles under their headings.
fn print_statute(
    out: &mut impl Write,
    index: &Index,
    header: &DocumentHeader,
    statute: &StatuteHeader,
    units: &[Unit],
) -> std::io::Result<()> {
    let level = statute.level.map(Level::name);
    let facts: Vec<&str> = level.into_iter().chain(header.issuer.as_deref()).chain([header.id.as_str()]).collect();
    writeln!(out, "{}", facts.join(" · "))?;
    for event in &statute.history {
        writeln!(out, "{} {}", event.date, event.text)?;
    }
    let versions = index.versions(&statute.name);
    if versions.len() > 1 {
        let ids: Vec<&str> = versions.iter().map(|(version, _)| version.id.as_str()).collect();
        writeln!(out, "versions: {}", ids.join(" "))?;
    }
    let mut above: &[Ancestor] = &[];
    for unit in units {
        for (depth, heading) in unit.path.iter().enumerate().filter(|(_, heading)| heading.id.is_none()) {
            // A heading is printed again where one above it has changed.
            if above.get(..=depth) != unit.path.get(..=depth) {
                writeln!(out, "\n{}", heading.label)?;
            }
        }
        above = &unit.path;
        match &unit.detail {
            Detail::Article { path, .. } => writeln!(out, "\n{path}　{}", unit.passage.text)?,
            _ => writeln!(out, "\n{}", unit.passage.text)?,
        }
    }
    Ok(())
}

fn print_citing(out: &mut impl Write, cited_by: &CitedBy) -> std::io::Result<()> {
    if cited_by.total == 0 {
        return Ok(());
    }
    writeln!(out, "\ncited by {}", cited_by.total)?;
    for unit in &cited_by.units {
        let label = unit.path.first().map_or("", |top| top.label.as_str());
        writeln!(out, "  {}  {label}", unit.id)?;
    }
    if cited_by.total > cited_by.units.len() {
        writeln!(out, "  … and {} more", cited_by.total - cited_by.units.len())?;
    }
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
