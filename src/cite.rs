//! `lawcite cite`.

use std::fs;
use std::io::{BufWriter, Read, Write};
use std::path::Path;

use anyhow::Context;
use lawcite_core::citation::resolve::{CitingContext, Resolution};
use lawcite_core::citation::{NameIndex, WireMention, find_mentions};
use lawcite_core::index::Index;

use crate::arguments::CiteArguments;

pub(crate) fn run(arguments: &CiteArguments) -> anyhow::Result<()> {
    let text = read(&arguments.file).with_context(|| format!("cannot read `{}`", arguments.file.display()))?;
    let index = arguments.index.as_ref().map(Index::open).transpose()?;
    let names = index.as_ref().map_or_else(NameIndex::empty, Index::name_index);
    let mentions = find_mentions(&text, &names);
    let mut citations = WireMention::all(&text, &mentions);
    if let Some(index) = &index {
        let resolver = index.resolver();
        for (citation, mention) in citations.iter_mut().zip(&mentions) {
            citation.resolution = Some(resolver.mention(mention, &CitingContext::default())?);
        }
    }
    let mut out = BufWriter::new(std::io::stdout().lock());
    for citation in &citations {
        if arguments.json {
            serde_json::to_writer(&mut out, citation)?;
            writeln!(out)?;
        } else {
            print(&mut out, citation)?;
        }
    }
    out.flush()?;
    Ok(())
}

/// A line: where it stands, how it cites, its one spelling, its words, and what it means where that was looked up.
fn print(out: &mut impl Write, citation: &WireMention) -> std::io::Result<()> {
    let WireMention { start, end, kind, .. } = citation;
    let canonical = citation.canonical.as_deref().unwrap_or("—");
    write!(out, "{start}-{end}\t{}\t{canonical}\t{}", kind.name(), one_line(&citation.text))?;
    if let Some(Resolution { outcome, status, ids, .. }) = &citation.resolution {
        write!(out, "\t{}\t{}\t{}", outcome.name(), status.name(), ids.join(" "))?;
    }
    writeln!(out)
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn read(file: &Path) -> anyhow::Result<String> {
    if file == Path::new("-") {
        let mut text = String::new();
        std::io::stdin().read_to_string(&mut text)?;
        return Ok(text);
    }
    Ok(lawcite_indexer::source::decode(file, fs::read(file)?)?.text().to_owned())
}
