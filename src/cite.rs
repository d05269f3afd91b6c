//! `lawcite cite`.

use std::fs;
use std::io::{BufWriter, Read, Write};
use std::path::Path;

use anyhow::Context;
use lawcite_core::citation::{NameIndex, WireMention, find_mentions};
use lawcite_core::index::Index;

use crate::arguments::CiteArguments;

pub(crate) fn run(arguments: &CiteArguments) -> anyhow::Result<()> {
    let text = read(&arguments.file).with_context(|| format!("cannot read `{}`", arguments.file.display()))?;
    let names = match &arguments.index {
        Some(folder) => Index::open(folder)?.name_index(),
        None => NameIndex::empty(),
    };
    let mentions = find_mentions(&text, &names);
    let mut out = BufWriter::new(std::io::stdout().lock());
    for mention in WireMention::all(&text, &mentions) {
        if arguments.json {
            serde_json::to_writer(&mut out, &mention)?;
            writeln!(out)?;
        } else {
            let canonical = mention.canonical.as_deref().unwrap_or("—");
            writeln!(
                out,
                "{}-{}\t{}\t{canonical}\t{}",
                mention.start,
                mention.end,
                mention.kind.name(),
                one_line(&mention.text)
            )?;
        }
    }
    out.flush()?;
    Ok(())
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
